//! The known-failures file as it is read: entries with the lines on which they stand.

use crate::selection::matches_whole;
use serde::Deserialize;
use sharespec_events::CheckName;
use std::collections::HashMap;
use toml::Spanned;
use toml::value::Datetime;

/// What is wrong with a known-failures file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KnownError {
    /// It is no TOML, or has other members than it should.
    #[error("{file} cannot be read: {message}")]
    Form {
        /// The file.
        file: String,
        /// What is wrong, with the place.
        message: String,
    },
    /// A value means nothing.
    #[error("{file}, line {line}: {message}")]
    Value {
        /// The file.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}

/// The lists of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `[[failure]]`: fails as known.
    Failure,
    /// `[[flaky]]`: runs and decides nothing.
    Flaky,
    /// `[unsupported]`: has no verdict, and was recorded without one.
    Unsupported,
}

/// One text of `cases`, with what its table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The list.
    pub list: List,
    /// The entry as written: `PATTERN` or `PATTERN#CHECK`.
    pub text: String,
    /// The pattern of cases.
    pub pattern: String,
    /// The check, if one is named.
    pub check: Option<CheckName>,
    /// The line of the entry, counted from one.
    pub line: usize,
    /// What the call under test is answered, status and code, and its line.
    pub outcome: Option<(String, usize)>,
    /// Whether it is the only one of its table.
    pub alone: bool,
    /// The last day on which the entry holds, as `YYYY-MM-DD`, and its line.
    pub expires: Option<(String, usize)>,
}

impl Entry {
    /// Whether the pattern is a case id.
    pub fn is_exact(&self) -> bool {
        !self.pattern.contains('*')
    }

    /// Whether the entry is about this check.
    pub fn covers(&self, check: CheckName) -> bool {
        self.check.is_none_or(|own| own == check)
    }
}

/// The entries of a known-failures file.
#[derive(Debug, Default)]
pub struct KnownFailures {
    /// The file, as it was named.
    pub file: String,
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// Where the list of unsupported cases begins, if the file has one.
    pub unsupported: Option<usize>,
    lines: Vec<String>,
    exact: HashMap<String, Vec<usize>>,
    patterns: Vec<usize>,
    today: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    failure: Vec<Failure>,
    #[serde(default)]
    flaky: Vec<Flaky>,
    unsupported: Option<Unsupported>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    cases: Vec<Spanned<String>>,
    reason: Spanned<String>,
    #[serde(default, rename = "issue")]
    _issue: Option<String>,
    outcome: Option<Spanned<String>>,
    expires: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flaky {
    cases: Vec<Spanned<String>>,
    reason: Spanned<String>,
    #[serde(default, rename = "issue")]
    _issue: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unsupported {
    cases: Spanned<Vec<Spanned<String>>>,
}

impl KnownFailures {
    /// Reads the text of a file; `today` is a date as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`KnownError`] if the text is no known-failures file.
    pub fn parse(file: &str, text: &str, today: &str) -> Result<Self, KnownError> {
        let read: File = toml::from_str(text).map_err(|error| KnownError::Form {
            file: file.to_owned(),
            message: error.to_string(),
        })?;
        let mut known = Self {
            file: file.to_owned(),
            lines: text.lines().map(str::to_owned).collect(),
            today: today.to_owned(),
            ..Self::default()
        };
        for table in &read.failure {
            known.reason(text, &table.reason)?;
            let expires = table.expires.as_ref().map(|date| known.date(text, date)).transpose()?;
            let outcome = table.outcome.as_ref();
            let outcome = outcome.map(|it| (it.get_ref().clone(), line_of(text, it.span().start)));
            let alone = table.cases.len() == 1;
            for case in &table.cases {
                let entry = known.entry(text, List::Failure, case)?;
                let (outcome, expires) = (outcome.clone(), expires.clone());
                known.add(Entry { outcome, expires, alone, ..entry })?;
            }
        }
        for table in &read.flaky {
            known.reason(text, &table.reason)?;
            for case in &table.cases {
                let entry = known.entry(text, List::Flaky, case)?;
                known.add(entry)?;
            }
        }
        if let Some(table) = &read.unsupported {
            known.unsupported = Some(line_of(text, table.cases.span().start));
            for case in table.cases.get_ref() {
                let entry = known.entry(text, List::Unsupported, case)?;
                known.add(entry)?;
            }
        }
        Ok(known)
    }

    fn value(&self, line: usize, message: String) -> KnownError {
        KnownError::Value { file: self.file.clone(), line, message }
    }

    fn reason(&self, text: &str, reason: &Spanned<String>) -> Result<(), KnownError> {
        if reason.get_ref().trim().is_empty() {
            let message = "an entry says why it is accepted: reason = \"…\"".to_owned();
            return Err(self.value(line_of(text, reason.span().start), message));
        }
        Ok(())
    }

    fn date(&self, text: &str, date: &Spanned<Datetime>) -> Result<(String, usize), KnownError> {
        let line = line_of(text, date.span().start);
        match date.get_ref() {
            Datetime { date: Some(date), time: None, offset: None } => Ok((date.to_string(), line)),
            _ => Err(self.value(line, "write a date alone: expires = 2027-01-31".to_owned())),
        }
    }

    fn entry(&self, text: &str, list: List, case: &Spanned<String>) -> Result<Entry, KnownError> {
        let line = line_of(text, case.span().start);
        let written = case.get_ref();
        let (pattern, check) = match written.split_once('#') {
            None => (written.as_str(), None),
            Some((pattern, name)) => {
                let check = CheckName::parse(name).ok_or_else(|| {
                    let names: Vec<&str> = CheckName::ALL.iter().map(|each| each.name()).collect();
                    let names = names.join(", ");
                    self.value(line, format!("there is no check `{name}`; there are {names}"))
                })?;
                (pattern, Some(check))
            }
        };
        if pattern.is_empty() || (list == List::Unsupported && check.is_some()) {
            let message = format!("`{written}` is no pattern of cases");
            return Err(self.value(line, message));
        }
        Ok(Entry {
            list,
            text: written.clone(),
            pattern: pattern.to_owned(),
            check,
            line,
            outcome: None,
            alone: false,
            expires: None,
        })
    }

    fn add(&mut self, entry: Entry) -> Result<(), KnownError> {
        let index = self.entries.len();
        let same = |other: &&Entry| other.list == entry.list && other.text == entry.text;
        if entry.is_exact() {
            let others = self.exact.entry(entry.pattern.clone()).or_default();
            let twice = others.iter().filter_map(|other| self.entries.get(*other)).find(same);
            if let Some(line) = twice.map(|first| first.line) {
                let message = format!("`{}` is already on line {line}", entry.text);
                return Err(self.value(entry.line, message));
            }
            others.push(index);
        } else {
            self.patterns.push(index);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// The entries of a list that match a case, with their positions.
    pub fn of<'a>(&'a self, list: List, id: &'a str) -> impl Iterator<Item = (usize, &'a Entry)> {
        let exact = self.exact.get(id).into_iter().flatten();
        let patterns = self.patterns.iter().filter(move |index| {
            self.entries.get(**index).is_some_and(|entry| matches_whole(&entry.pattern, id))
        });
        let found = exact.chain(patterns);
        found
            .filter_map(|index| Some((*index, self.entries.get(*index)?)))
            .filter(move |(_, entry)| entry.list == list)
    }

    /// Whether an entry names this case.
    pub fn names(&self, id: &str) -> bool {
        self.exact.contains_key(id)
    }

    /// Whether a failure of this check of a case is known, as far as the check tells.
    pub fn has(&self, id: &str, check: CheckName) -> bool {
        let found = self.of(List::Failure, id).chain(self.of(List::Flaky, id));
        found.into_iter().any(|(_, entry)| !self.is_over(entry) && entry.covers(check))
    }

    /// Whether the date of an entry is over.
    pub fn is_over(&self, entry: &Entry) -> bool {
        entry.expires.as_ref().is_some_and(|(date, _)| *date < self.today)
    }

    /// A line of the file, counted from one.
    pub fn line(&self, line: usize) -> &str {
        let line = line.checked_sub(1).and_then(|index| self.lines.get(index));
        line.map_or("", String::as_str)
    }
}

/// The line of a byte, counted from one.
fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    before.bytes().filter(|byte| *byte == b'\n').count() + 1
}
