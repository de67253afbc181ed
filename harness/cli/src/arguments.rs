//! The command line.

pub use crate::fuzz_arguments::{
    CorpusArguments, CorpusCommand, FindStatus, FindsArguments, FindsCommand, FuzzArguments,
    PromoteArguments, ReplayArguments,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use sharespec_generators::Strength;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// A conformance suite and fuzzer for cloud resource-sharing APIs.
///
/// Point it at a server that implements such an API and learn, rule by rule, where the server
/// departs from the published documents.
#[derive(Debug, Parser)]
#[command(name = "sharespec", version, propagate_version = true)]
pub struct App {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play cases against a target and report what does not conform.
    ///
    /// Exit codes: 0 conforms; 1 does not; 2 usage or configuration; 3 inconclusive or target
    /// unreachable; 4 nothing judged; 70 a bug in sharespec.
    Run(Box<RunArguments>),
    /// Serve the reference implementation over HTTP.
    Serve(ServeArguments),
    /// Find out whether a target can be judged, without judging it.
    Smoke(SmokeArguments),
    /// List the cases that `run` would play.
    List(ListArguments),
    /// Show one case as data: what is sent, from which state, and what is admissible.
    Show(ShowArguments),
    /// Explain a rule, an error code or a case.
    Explain(ExplainArguments),
    /// Show what a target was seen to make of the open points, or compare two targets.
    Behaviour(BehaviourArguments),
    /// Say of each rule of each document whether some case tests it.
    ///
    /// Exit codes: 0 every rule is tested or says why it cannot be; 1 some rule is not.
    Coverage(CoverageArguments),
    /// Print the table of what the documents of one operation have in common and what they
    /// contradict each other in, as Markdown.
    Documents(ApiArguments),
    /// Look at the editions of the suite: which there are, and what an upgrade brings.
    Edition(EditionArguments),
    /// Compare the reports of two builds, case by case.
    ///
    /// Exit codes: 0 nothing got worse; 1 something did; 2 a report cannot be used.
    Compare(CompareArguments),
    /// Make one report of the reports of all shards of a run, or other reports of one.
    ///
    /// Exit codes: those of `run`; 2 if the parts are not the whole.
    Merge(MergeArguments),
    /// Keep the history of a target over many reports: the trend, and since when each failure is there.
    ///
    /// Exit codes: 0; `check`: 1 if the newest report is too old; 2 a file cannot be used.
    History(HistoryArguments),
    /// Keep the file of known failures.
    Known(KnownArguments),
    /// Make cases up and play them against a target: what fails is made smaller and written as a case.
    ///
    /// Exit codes: 0 nothing new was found; 1 a new find, or one that was fixed is back; 2 usage or
    /// configuration; 3 the target could not be reached; 4 nothing judged.
    Fuzz(FuzzArguments),
    /// Look at folders of cases, and keep them small.
    Corpus(CorpusArguments),
    /// Print the finds that are open, or say what became of one.
    Finds(FindsArguments),
    /// Play a case file, such as a find, again.
    ///
    /// Exit codes: 0 FIXED, 1 FAILED, 3 ERROR: it could not be judged; with --bisect 125 instead of 3
    /// and of 2, as `git bisect run` wants it.
    Replay(ReplayArguments),
    /// Make a case file, such as a find, a regression fixture that `run --suite` plays.
    Promote(PromoteArguments),
    /// Measure the suite itself: every lawful variant passes, every fault is caught.
    Selftest(SelftestArguments),
    /// Write, check or explain a world file.
    World(WorldArguments),
    /// Write a sharespec.toml with every key explained.
    Init(InitArguments),
    /// Print what is in force for a target, and where each value comes from.
    Config(ConfigArguments),
    /// Delete the shares that runs which were ended left behind on a target.
    ///
    /// Exit codes: 0 nothing is left; 2 usage or configuration; 3 something is, or the target is
    /// unreachable.
    Cleanup(CleanupArguments),
    /// Print a script with which a shell completes this command line.
    Completions(CompletionsArguments),
}

/// A length of time: a number and a unit, seconds if there is none.
fn length(text: &str) -> Result<Duration, String> {
    let digits = text.find(|each: char| !each.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let millis = match unit {
        "ms" => 1,
        "" | "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => 0,
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(millis)) {
        None | Some(0) => Err("write a number above 0 with ms, s, m or h, such as 90s".to_owned()),
        Some(millis) => Ok(Duration::from_millis(millis)),
    }
}

fn strength(text: &str) -> Result<Strength, String> {
    match (text, text.parse()) {
        ("full", _) => Ok(Strength::Full),
        (_, Ok(axes @ 1..=6)) => Ok(Strength::Of(axes)),
        _ => Err("write a number from 1 to 6, or `full`".to_owned()),
    }
}

/// A part of the selected cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, counted from one.
    pub index: usize,
    /// How many parts there are.
    pub of: usize,
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/');
    match parts.and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?))) {
        Some((index, of)) if 1 <= index && index <= of => Ok(Shard { index, of }),
        _ => Err("write I/N with I from 1 to N, such as 2/4".to_owned()),
    }
}

/// The APIs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ApiName {
    /// Alibaba Cloud ResourceSharing.
    #[default]
    Alibaba,
    /// AWS Resource Access Manager.
    Aws,
}

/// The API alone.
#[derive(Debug, Args)]
pub struct ApiArguments {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
}

/// What is judged, and in which world.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What is judged")]
pub struct Scope {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
    /// A document that the target follows; by default the newest of each operation.
    #[arg(long = "document", value_name = "ID")]
    pub documents: Vec<String>,
    /// The world around the target: a JSON file; by default the embedded one.
    #[arg(long, value_name = "FILE", env = "SHARESPEC_WORLD")]
    pub world: Option<PathBuf>,
}

/// How a target is reached.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Target")]
pub struct TargetArguments {
    /// `builtin`, a URL such as http://127.0.0.1:8080, `@NAME` of sharespec.toml, or `exec:COMMAND`,
    /// which is started. By default the file's `default`, else `builtin`. [env: SHARESPEC_TARGET]
    #[arg(long, value_name = "TARGET")]
    pub target: Option<String>,
    /// How many requests may be in flight. [default: 32]
    #[arg(long, value_name = "N")]
    pub jobs: Option<String>,
    /// How long to wait for an answer, in milliseconds. [default: 5000]
    #[arg(long, value_name = "MS")]
    pub timeout: Option<String>,
    /// How long to wait for transitions to end, in milliseconds. [default: 30000]
    #[arg(long, value_name = "MS")]
    pub settle: Option<String>,
    /// The signature of requests.
    #[arg(long, value_enum)]
    pub signing: Option<Signing>,
    /// Any key of a target: see `sharespec config --keys`.
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Signing {
    /// ACS3-HMAC-SHA256, in a header.
    V3,
    /// HMAC-SHA1, in parameters.
    V2,
    /// Not at all.
    None,
}

/// `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// Cases to play: semantic paths or prefixes of them; `*` is one part, `**` any number.
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Cases to leave out.
    #[arg(long, value_name = "PATTERN")]
    pub skip: Vec<String>,
    /// Only the cases of this part: shard I of N, by a stable hash. Each shard wants a target of its own.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Only the cases that failed, passed unexpectedly or were inconclusive in this JSON Lines report.
    #[arg(long, value_name = "REPORT")]
    pub rerun_failed: Option<PathBuf>,
    /// Begin no further case once one failed.
    #[arg(long)]
    pub fail_fast: bool,
    /// Play the selected cases so many times over: the second time a line is of `CASE@2`, and so on. What
    /// fails only now and then fails the run. With --max-time, later rounds end when it is over.
    #[arg(long, value_name = "N", default_value_t = NonZeroUsize::MIN, hide_default_value = true)]
    pub repeat: NonZeroUsize,
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
    /// What is played: `enumerated`, with what was promoted; `corpus`, the distilled one; or a folder of
    /// cases.
    #[arg(long, value_name = "SUITE", default_value = "enumerated")]
    pub suite: Vec<String>,
    /// The seed of ids and choices; the same seed gives the same report.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Let warnings fail.
    #[arg(long)]
    pub strict: bool,
    /// How many axes of requests are combined with each other: a number, or `full` for all of them,
    /// which are tens of thousands of cases. [default: 2]
    #[arg(long, value_name = "N|full", value_parser = strength)]
    pub strength: Option<Strength>,
    /// The edition of the suite that decides, such as 2026.1, or a JSON file that `edition freeze` wrote:
    /// with its levels and defaults. Cases that it does not have are played and not scored. Also a key of
    /// a target.
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// Hold the target to a recorded behaviour: a reading that it does not have fails. Points of
    /// which nothing was recorded stay open.
    #[arg(long, value_name = "FILE")]
    pub hold_to: Option<PathBuf>,
    /// Failures that are known, as a TOML file: see docs/pipeline.md. They do not fail the run, but
    /// what is no longer true of the file does.
    #[arg(long, value_name = "FILE")]
    pub known_failures: Option<PathBuf>,
    /// A folder of snapshots: the answer to each call under test in canonical form. They are taken on first
    /// use; what is different afterwards fails, though no rule is broken by it.
    #[arg(long, value_name = "DIR")]
    pub snapshots: Option<PathBuf>,
    /// Accept what is different from the snapshots.
    #[arg(long, requires = "snapshots")]
    pub update_snapshots: bool,
    /// Write a report; several may be named: `jsonl=PATH` (every line), `html=PATH` (one page),
    /// `junit=PATH`, `markdown=PATH` (fits a pull request), `github=$GITHUB_STEP_SUMMARY` (appended,
    /// with annotations), `behaviour=PATH` (the readings that were seen).
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub reports: Vec<String>,
    /// How long the whole run may take, such as 90s or 10m. Cases that were not played by then are
    /// inconclusive.
    #[arg(long, value_name = "TIME", env = "SHARESPEC_MAX_TIME", value_parser = length)]
    pub max_time: Option<Duration>,
    /// A label of the run, kept in the report.
    #[arg(long = "label", value_name = "NAME=VALUE")]
    pub labels: Vec<String>,
    /// A lawful variant of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub variant: Vec<String>,
    /// A fault of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub fault: Vec<String>,
}

/// How `serve` knows who calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ServedIdentity {
    /// By access key.
    #[default]
    Keys,
    /// By a header.
    Headers,
    /// There is one account.
    Single,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDR")]
    pub listen: String,
    /// A lawful variant, by name; several add up.
    #[arg(long, value_name = "NAME")]
    pub variant: Vec<String>,
    /// A fault, by name; several add up.
    #[arg(long, value_name = "NAME")]
    pub fault: Vec<String>,
    /// Check signatures, times and nonces.
    #[arg(long, conflicts_with = "identity")]
    pub check_signatures: bool,
    /// Have these operations alone.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub operations: Vec<String>,
    /// How callers are known: by access key, by account id in the header `x-sharespec-account`, or
    /// not at all: everybody is `owner`.
    #[arg(long, value_enum, default_value_t)]
    pub identity: ServedIdentity,
    /// The path at which the endpoint is served. Hooks stay where they are.
    #[arg(long, value_name = "PATH", default_value = "/")]
    pub path: String,
    /// How long transitions take, in milliseconds.
    #[arg(long, default_value_t = 250, value_name = "MS")]
    pub transition: i64,
    /// The seed of ids.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
}

/// `smoke`.
#[derive(Debug, Args)]
pub struct SmokeArguments {
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
}

/// `cleanup`.
#[derive(Debug, Args)]
pub struct CleanupArguments {
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
    /// The prefix of a run, as its summary names it, where its ledger is lost.
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
}

/// `init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// Where to write it; what is there is never overwritten.
    #[arg(value_name = "FILE", default_value = "sharespec.toml")]
    pub path: PathBuf,
}

/// `config`.
#[derive(Debug, Args)]
pub struct ConfigArguments {
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
    /// Print all keys and what they mean instead.
    #[arg(long)]
    pub keys: bool,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
    /// Cases to list, as for `run`.
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Cases to leave out.
    #[arg(long, value_name = "PATTERN")]
    pub skip: Vec<String>,
    /// List the variants of the reference implementation instead.
    #[arg(long, group = "changes")]
    pub variants: bool,
    /// List the faults of the reference implementation instead.
    #[arg(long, group = "changes")]
    pub faults: bool,
    /// List the deep faults instead, which are for the fuzzer to find.
    #[arg(long, group = "changes")]
    pub deep: bool,
    /// List the servers instead that answer everything alike.
    #[arg(long, group = "changes")]
    pub degenerate: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// The case.
    pub case: String,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
    /// A rule id, an error code, a condition, an open point or a case.
    #[arg(value_name = "RULE|CODE|CASE")]
    pub subject: String,
}

/// `coverage`.
#[derive(Debug, Args)]
pub struct CoverageArguments {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
    /// How the table is written.
    #[arg(long, value_enum, default_value_t)]
    pub format: CoverageFormat,
    /// Only this document.
    #[arg(long = "document", value_name = "ID")]
    pub document: Option<String>,
}

/// How coverage is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// A table for people, with every rule that is not tested.
    #[default]
    Table,
    /// One JSON object with every rule.
    Json,
}

/// `selftest`.
#[derive(Debug, Args)]
pub struct SelftestArguments {
    /// The API.
    #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
    pub api: ApiName,
    /// Only variants and faults whose names contain this.
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// A document that the reference implementation follows; by default the newest of each
    /// operation.
    #[arg(long = "document", value_name = "ID")]
    pub documents: Vec<String>,
    /// How many threads; by default one for each core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The seed of ids and choices.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Measure the fuzzer instead: the made-up cases until each fault is noticed.
    #[arg(long)]
    pub fuzz: bool,
    /// With how many seeds the fuzzer is measured.
    #[arg(long, default_value_t = 5, value_name = "N", requires = "fuzz")]
    pub seeds: u64,
    /// How many cases are made up at most: never more than the aim, 2000, and 200000 for deep faults.
    #[arg(long, value_name = "N", requires = "fuzz")]
    pub most: Option<u64>,
    /// Also print, for every fault, the case that caught it.
    #[arg(long)]
    pub verbose: bool,
    /// Write the whole matrix: `markdown=PATH`. The same suite gives the same page.
    #[arg(long, value_name = "FORMAT=PATH", conflicts_with_all = ["only", "seed"])]
    pub report: Option<String>,
}

/// `behaviour`.
#[derive(Debug, Args)]
pub struct BehaviourArguments {
    /// What to do with behaviours.
    #[command(subcommand)]
    pub command: BehaviourCommand,
}

/// The commands about behaviours; `run --report behaviour=FILE` records one.
#[derive(Debug, Subcommand)]
pub enum BehaviourCommand {
    /// Show a behaviour: the readings seen, and which condition wins for each pair.
    Show {
        /// The behaviour.
        file: PathBuf,
    },
    /// Compare two behaviours.
    ///
    /// Exit codes: 0 the same; 1 different; 2 a file cannot be used.
    Diff {
        /// The first behaviour.
        a: PathBuf,
        /// The second behaviour.
        b: PathBuf,
        /// How the difference is written.
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,
    },
}

/// How a difference is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a person.
    #[default]
    Text,
    /// As JSON.
    Json,
}

/// `edition`.
#[derive(Debug, Args)]
pub struct EditionArguments {
    /// What to do with editions.
    #[command(subcommand)]
    pub command: EditionCommand,
}

/// The commands about editions; `run --edition NAME` chooses one.
#[derive(Debug, Subcommand)]
pub enum EditionCommand {
    /// Name the editions that there are.
    List,
    /// Say what an upgrade brings: cases, levels and defaults.
    Diff {
        /// The API.
        #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
        api: ApiName,
        /// The edition that is in use.
        #[arg(value_name = "FROM")]
        from: String,
        /// The edition after the upgrade; by default the suite of this binary.
        #[arg(value_name = "TO")]
        to: Option<String>,
    },
    /// Print the suite of this binary as an edition, for a file in `fixtures/editions`.
    Freeze {
        /// The API.
        #[arg(long, value_enum, default_value_t, env = "SHARESPEC_API")]
        api: ApiName,
        /// The name.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// `compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The JSON Lines report of the first build.
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// The JSON Lines report of the second build.
    #[arg(value_name = "HEAD")]
    pub head: PathBuf,
    /// Write the comparison, too: `markdown=PATH`, `html=PATH` or `json=PATH`.
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub reports: Vec<String>,
}

/// `merge`.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// The JSON Lines reports of all shards of one run.
    #[arg(value_name = "REPORT", required = true)]
    pub parts: Vec<PathBuf>,
    /// Write a report, as `run` does.
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub reports: Vec<String>,
}

/// `history`.
#[derive(Debug, Args)]
pub struct HistoryArguments {
    /// What to do with a history.
    #[command(subcommand)]
    pub command: HistoryCommand,
}

/// The commands about histories.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Add a report, the oldest first, and print the trend.
    Add {
        /// The JSON Lines report of a run.
        #[arg(value_name = "REPORT")]
        report: PathBuf,
        /// The history.
        #[arg(long, value_name = "FILE", default_value = "history.jsonl")]
        file: PathBuf,
    },
    /// Print the trend, oldest to newest, and what fails at present with the report in which it first
    /// appeared.
    Show {
        /// The history.
        #[arg(long, value_name = "FILE", default_value = "history.jsonl")]
        file: PathBuf,
    },
    /// Fail if the newest report is too old: the nights have stopped.
    Check {
        /// How old the newest report may be, such as 48h.
        #[arg(long, value_name = "TIME", value_parser = length)]
        max_age: Duration,
        /// The history.
        #[arg(long, value_name = "FILE", default_value = "history.jsonl")]
        file: PathBuf,
        /// The time, in RFC 3339, instead of that of this machine.
        #[arg(long, value_name = "TIME")]
        now: Option<jiff::Timestamp>,
    },
}

/// `known`.
#[derive(Debug, Args)]
pub struct KnownArguments {
    /// What to do with known failures.
    #[command(subcommand)]
    pub command: KnownCommand,
}

/// The commands about known failures; `run --known-failures FILE` uses them.
#[derive(Debug, Subcommand)]
pub enum KnownCommand {
    /// Make the file agree with a report: what passes now is taken out, what fails differently is
    /// written so, and what is unsupported is recorded. A file that is not there yet is written with
    /// all failures. Comments stay.
    Update(KnownUpdate),
}

/// `known update`.
#[derive(Debug, Args)]
pub struct KnownUpdate {
    /// The known-failures file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The JSON Lines report of a run, with or without `--known-failures`.
    #[arg(long = "from", value_name = "REPORT")]
    pub report: PathBuf,
    /// Make new failures of these cases known, too: patterns as for `run`.
    #[arg(long, value_name = "PATTERN")]
    pub accept: Vec<String>,
    /// The reason of new entries; by default what was observed.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Let entries that have expired hold until this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub renew: Option<String>,
}

/// `world`.
#[derive(Debug, Args)]
pub struct WorldArguments {
    /// What to do with worlds.
    #[command(subcommand)]
    pub command: WorldCommand,
}

/// The commands about worlds.
#[derive(Debug, Subcommand)]
pub enum WorldCommand {
    /// Print the embedded world, to be changed to what a target really holds.
    Init(Scope),
    /// Check a world file.
    Check(Scope),
    /// Say how many cases a world and a target let be played, and what would unlock the rest.
    Explain(SmokeArguments),
}
