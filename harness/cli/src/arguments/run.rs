//! What is said of a target, and of a run against it.

use super::{Scope, TargetArguments, length, strength};
use clap::{Args, ValueEnum};
use sharespec_generators::Strength;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

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
