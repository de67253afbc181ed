//! What is wrong with an entry of the known-failures file: each such line fails the run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::name::names;

/// The ways in which the known-failures file is no longer true.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum KnownProblem {
    /// An entry matches no case of the suite.
    MatchesNothing,
    /// What an entry says to fail passes.
    PassesNow,
    /// It fails, but in another check or with another answer than the entry says.
    FailsDifferently,
    /// The date until which an entry holds is over.
    Expired,
    /// A case is unsupported that is not recorded as such.
    CoverageLost,
    /// A case has a verdict that is recorded as unsupported.
    CoverageGained,
}

names!(KnownProblem {
    MatchesNothing => "matches_nothing",
    PassesNow => "passes_now",
    FailsDifferently => "fails_differently",
    Expired => "expired",
    CoverageLost => "coverage_lost",
    CoverageGained => "coverage_gained",
});

/// A line of the known-failures file that has to change, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KnownEvent {
    /// What is wrong.
    pub problem: KnownProblem,
    /// The file, as it was named.
    pub file: String,
    /// The line that has to change, counted from one; new lines go below it.
    pub line: usize,
    /// The entry as written; empty if there is none yet.
    pub entry: String,
    /// What is wrong, as a sentence.
    pub message: String,
    /// The line as it is; absent if lines are to be added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The lines that take its place; empty if it is to be taken out.
    pub after: Vec<String>,
    /// The cases that show it, or `CASE#CHECK`.
    pub cases: Vec<String>,
}
