//! What is asked about the suite, its documents, its worlds and behaviours.

use super::{ApiName, Scope, SmokeArguments};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

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
    #[command(flatten)]
    pub scope: Scope,
    /// Cases to list, as for `run`.
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Cases to leave out.
    #[arg(long, value_name = "PATTERN")]
    pub skip: Vec<String>,
    /// List the variants of the reference implementation instead.
    #[arg(long, group = "changes")]
    pub variants: bool,
    /// List the faults of the reference implementation instead, as far as they break a rule of the documents.
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
