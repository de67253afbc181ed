//! What a pipeline asks: editions, comparisons, parts, histories, known failures.

use super::{ApiName, length};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

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
