//! What is wrong with settings, and where.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nothing else was said.
    Default,
    /// A place in a file.
    File(Place),
    /// An environment variable.
    Environment(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File(place) => place.fmt(formatter),
            Self::Environment(name) => write!(formatter, "environment variable {name}"),
            Self::Flag(name) => formatter.write_str(name),
        }
    }
}

/// A place in a file; line and column are counted from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Place {
    /// The place at a byte of a text.
    pub fn of(path: &Path, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// Something wrong with settings. The text never holds a value that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub source: Source,
    /// What, and what to do.
    pub text: String,
}

impl Problem {
    /// A problem.
    pub fn new(source: &Source, text: impl Into<String>) -> Self {
        Self { source: source.clone(), text: text.into() }
    }
}

/// All that is wrong with settings.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// One problem.
    pub fn one(source: &Source, text: impl Into<String>) -> Self {
        Self(vec![Problem::new(source, text)])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            let before = if position == 0 { "" } else { "\n       " };
            write!(formatter, "{before}{}: {}", problem.source, problem.text)?;
        }
        Ok(())
    }
}
