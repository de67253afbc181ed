//! The reader: line by line, with what a whole report must be checked on the way.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde_json::Value;
use sharespec_events::{Event, FORMAT_VERSION, Outcome, Summary};

use super::error::{Problem, ReadError};
use super::ids::Ids;

/// What to do about a report without a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It is an error.
    Reject,
    /// It simply ends, and a last line that was cut is dropped.
    Accept,
}

/// Reads all events of the report at `path`, which must be of a run that came to its end.
pub fn read_jsonl(path: &Path) -> Result<Vec<Event>, ReadError> {
    Reader::open(path, Unfinished::Reject)?.collect()
}

/// The events of a report, one at a time. After an error it yields nothing.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    name: String,
    unfinished: Unfinished,
    line: usize,
    cases: Ids,
    counted: Summary,
    summarised: bool,
    over: bool,
}

impl Reader<BufReader<File>> {
    /// Opens the report at `path`.
    pub fn open(path: &Path, unfinished: Unfinished) -> Result<Self, ReadError> {
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => Ok(Self::new(BufReader::new(file), name, unfinished)),
            Err(source) => Err(ReadError::Io { name, source }),
        }
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads from `input`, which errors call `name`.
    pub fn new(input: R, name: impl Into<String>, unfinished: Unfinished) -> Self {
        Self {
            input,
            name: name.into(),
            unfinished,
            line: 0,
            cases: Ids::default(),
            counted: Summary::default(),
            summarised: false,
            over: false,
        }
    }

    fn step(&mut self) -> Result<Option<Event>, ReadError> {
        let mut bytes = Vec::new();
        let read = self.input.read_until(b'\n', &mut bytes);
        if read.map_err(|source| self.io(source))? == 0 {
            return self.end().map(|()| None);
        }
        let whole = bytes.last() == Some(&b'\n');
        match decode(&bytes) {
            // A kill in the middle of a write: the line has neither its end nor a sense. A file that has
            // nothing else is no report.
            Err(_) if !whole && self.line > 0 => self.end().map(|()| None),
            Err(problem) => {
                self.line += 1;
                Err(self.at(problem))
            }
            Ok(event) => {
                self.line += 1;
                self.check(&event).map_err(|problem| self.at(problem))?;
                Ok(Some(event))
            }
        }
    }

    fn check(&mut self, event: &Event) -> Result<(), Problem> {
        if self.line == 1 && !matches!(event, Event::Run(_)) {
            return Err(Problem::NoRun(event.kind()));
        }
        if self.summarised {
            return Err(Problem::AfterSummary(event.kind()));
        }
        match event {
            Event::Run(_) if self.line > 1 => Err(Problem::SecondRun),
            Event::Run(run) if run.schema > FORMAT_VERSION => {
                Err(Problem::Newer { found: run.schema, known: FORMAT_VERSION })
            }
            Event::Case(case) => {
                self.counted.add(case);
                match self.cases.insert(&case.id, self.line) {
                    Some(first) => Err(Problem::Duplicate { id: case.id.clone(), first }),
                    None => Ok(()),
                }
            }
            Event::Summary(summary) => {
                self.summarised = true;
                recount(summary, &self.counted)
            }
            Event::Known(_) => {
                self.counted.known_problems += 1;
                Ok(())
            }
            Event::Snapshot(_) => {
                self.counted.snapshots_changed += 1;
                Ok(())
            }
            Event::Run(_) | Event::Behaviour(_) | Event::Note(_) => Ok(()),
        }
    }

    fn end(&self) -> Result<(), ReadError> {
        if self.summarised || (self.unfinished == Unfinished::Accept && self.line > 0) {
            Ok(())
        } else if self.line == 0 {
            Err(ReadError::Empty { name: self.name.clone() })
        } else {
            Err(ReadError::Unfinished { name: self.name.clone(), line: self.line })
        }
    }

    fn at(&self, problem: Problem) -> ReadError {
        ReadError::Line { name: self.name.clone(), line: self.line, problem }
    }

    fn io(&self, source: io::Error) -> ReadError {
        ReadError::Io { name: self.name.clone(), source }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.step().transpose();
        self.over = !matches!(next, Some(Ok(_)));
        next
    }
}

/// In two steps, since an enum with a tag loses the column of an error.
fn decode(line: &[u8]) -> Result<Event, Problem> {
    let value: Value = serde_json::from_slice(line).map_err(|error| {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::NotJson { column: error.column(), message }
    })?;
    // The version comes first: a later one may have lines that cannot be read here at all.
    if let Some(found) = later_version(&value) {
        return Err(Problem::Newer { found, known: FORMAT_VERSION });
    }
    serde_json::from_value(value).map_err(|error| Problem::NotAnEvent(error.to_string()))
}

fn later_version(line: &Value) -> Option<u32> {
    line.get("type").filter(|kind| *kind == "run")?;
    let version = u32::try_from(line.get("schema")?.as_u64()?).unwrap_or(u32::MAX);
    (version > FORMAT_VERSION).then_some(version)
}

fn recount(said: &Summary, counted: &Summary) -> Result<(), Problem> {
    let outcomes = Outcome::ALL
        .iter()
        .map(|outcome| (outcome.name(), said.count(*outcome), counted.count(*outcome)));
    let warnings = ("warnings", said.warnings, counted.warnings);
    let known = ("known_problems", said.known_problems, counted.known_problems);
    let snapshots = ("snapshots_changed", said.snapshots_changed, counted.snapshots_changed);
    match outcomes.chain([warnings, known, snapshots]).find(|(_, said, counted)| said != counted) {
        Some((what, said, counted)) => Err(Problem::Miscounted { what, said, counted }),
        None => Ok(()),
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
