//! The command line.

mod ask;
mod fuzz;
mod gate;
mod run;

pub use ask::{
    BehaviourArguments, BehaviourCommand, CompletionsArguments, CoverageArguments, CoverageFormat,
    DiffFormat, ExplainArguments, ListArguments, SelftestArguments, ShowArguments, WorldArguments,
    WorldCommand,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
pub use fuzz::{
    CorpusArguments, CorpusCommand, FindStatus, FindsArguments, FindsCommand, FuzzArguments,
    PromoteArguments, ReplayArguments,
};
pub use gate::{
    CompareArguments, EditionArguments, EditionCommand, HistoryArguments, HistoryCommand,
    KnownArguments, KnownCommand, KnownUpdate, MergeArguments,
};
pub use run::{
    CleanupArguments, ConfigArguments, InitArguments, RunArguments, ServeArguments, ServedIdentity,
    Shard, SmokeArguments,
};
use sharespec_generators::Strength;
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
