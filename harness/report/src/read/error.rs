//! Why a report could not be read: the file, the line, and what is wrong with it.

use std::io;

/// A report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error("cannot read the report {name}")]
    Io {
        /// The report.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file has no line at all.
    #[error("the report {name} is empty")]
    Empty {
        /// The report.
        name: String,
    },
    /// The last line is not a summary: the run was killed, or is still going on.
    #[error("the report {name} ends after line {line} without a summary")]
    Unfinished {
        /// The report.
        name: String,
        /// The number of the last whole line.
        line: usize,
    },
    /// A line is not what it should be.
    #[error("{name}, line {line}: {problem}")]
    Line {
        /// The report.
        name: String,
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not JSON.
    #[error("not JSON at column {column}: {message}")]
    NotJson {
        /// The column, from 1.
        column: usize,
        /// What the parser said.
        message: String,
    },
    /// JSON, but not an event.
    #[error("not a line of a report: {0}")]
    NotAnEvent(String),
    /// The first line is not of type `run`.
    #[error("the first line is of type `{0}`; it must be `run`")]
    NoRun(&'static str),
    /// A second line of type `run`, as in reports that were put one after the other.
    #[error("a second line of type `run`")]
    SecondRun,
    /// A report of a later format version.
    #[error("format version {found}; this sharespec reads up to {known}")]
    Newer {
        /// The version of the report.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// A case that an earlier line already has.
    #[error("case {id} is already on line {first}")]
    Duplicate {
        /// The id of the case.
        id: String,
        /// The number of the earlier line.
        first: usize,
    },
    /// Something follows the summary.
    #[error("a line of type `{0}` after the summary, which must be the last line")]
    AfterSummary(&'static str),
    /// The summary counts other cases than the lines before it.
    #[error("the summary counts {said} of `{what}`, the lines before it {counted}")]
    Miscounted {
        /// The count.
        what: &'static str,
        /// The summary's number.
        said: usize,
        /// The number of the lines.
        counted: usize,
    },
}

impl ReadError {
    /// What the user can do, as the end of a `hint:` line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } => "name the JSON Lines file of a run: --report jsonl=PATH writes one",
            Self::Empty { .. } => "the run was killed before its first line; run again",
            Self::Unfinished { .. } => {
                "the run was killed or is still going on; let a run come to its end"
            }
            Self::Line { problem, .. } => problem.hint(),
        }
    }
}

impl Problem {
    const fn hint(&self) -> &'static str {
        match self {
            Self::NotJson { .. } | Self::NotAnEvent(_) => {
                "this may be no report; reports/report.schema.json describes each line"
            }
            Self::NoRun(_) | Self::AfterSummary(_) | Self::Miscounted { .. } => {
                "lines were lost, moved or added; use the file as sharespec wrote it"
            }
            Self::SecondRun | Self::Duplicate { .. } => {
                "do not put reports one after the other; `sharespec merge` joins shards"
            }
            Self::Newer { .. } => "use the sharespec that wrote it, or a newer one",
        }
    }
}
