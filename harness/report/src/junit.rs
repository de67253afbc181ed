//! The run as JUnit XML, which every CI service reads. A case is a test case: its name is its id, its
//! class the document that it stands on. Known, unsupported and disabled cases are skipped; an
//! unexpected pass is a failure, as is a line of the known failures that has to change; an
//! inconclusive case is an error, never a pass.
//!
//! A file that would be larger than 25 MB is split: `report.xml`, `report-2.xml` and so on.

use std::io::Write;
use std::path::{Path, PathBuf};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use sharespec_events::{CaseEvent, Event, Failure, KnownEvent, Outcome, RunEvent, SnapshotEvent};

use crate::digest::cause_of;
use crate::error::ReportError;
use crate::file;
use crate::reporter::Reporter;
use crate::trimmed::{cut, trimmed};

/// The size of a file at most: at 25 MB services stop reading.
const PART: usize = 25 * 1000 * 1000;
/// What a test case without a text takes at most.
const FRAME: usize = 400;
/// What a file takes beside its test cases, at most: a suite for each document.
const HEADING: usize = 16 * 1024;

/// Writes each part as soon as it is full, and the last one when the run ends.
pub struct JUnit {
    path: PathBuf,
    limit: usize,
    run: RunEvent,
    part: usize,
    size: usize,
    suites: Vec<TestSuite>,
}

impl JUnit {
    /// Creates the file at `path`, and the directories above it.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        file::create(path)?;
        Ok(Self {
            path: path.to_owned(),
            limit: PART,
            run: RunEvent::default(),
            part: 1,
            size: 0,
            suites: Vec::new(),
        })
    }

    /// Splits at another size.
    #[cfg(test)]
    fn split_at(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    fn add(&mut self, suite: &str, case: TestCase, size: usize) -> Result<(), ReportError> {
        if self.size > 0 && HEADING + self.size + size > self.limit {
            self.write()?;
            self.part += 1;
        }
        self.size += size;
        match self.suites.iter_mut().find(|each| each.name.as_str() == suite) {
            Some(found) => {
                found.add_test_case(case);
            }
            None => {
                let mut new = TestSuite::new(suite);
                let RunEvent { target, seed, suite_hash, version, .. } = &self.run;
                new.add_property(("target", target.as_str()));
                new.add_property(("seed", seed.to_string().as_str()));
                new.add_property(("suite", suite_hash.as_str()));
                new.add_property(("sharespec", version.as_str()));
                new.add_test_case(case);
                self.suites.push(new);
            }
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), ReportError> {
        let path = part_path(&self.path, self.part);
        let mut report = Report::new("sharespec");
        report.add_test_suites(std::mem::take(&mut self.suites));
        self.size = 0;
        let text = report
            .to_string()
            .map_err(|error| file::failed(&path, std::io::Error::other(error)))?;
        let mut out = file::create(&path)?;
        out.write_all(text.as_bytes()).map_err(|source| file::failed(&path, source))
    }

    fn case(&mut self, case: &CaseEvent) -> Result<(), ReportError> {
        let (status, size) = status(case);
        let mut test = TestCase::new(case.id.as_str(), status);
        let document = self.document(case);
        test.set_classname(document.as_str());
        test.set_time(std::time::Duration::from_millis(case.duration_ms));
        if case.flaky {
            test.add_property(("flaky", "true"));
        }
        self.add(&document, test, FRAME + 3 * case.id.len() + size)
    }

    /// The document that a case stands on: the first of the run that it cites a rule of.
    fn document(&self, case: &CaseEvent) -> String {
        let cites = |document: &&String| {
            case.rules.iter().any(|rule| rule.split('/').next() == Some(document.as_str()))
        };
        self.run.documents.iter().find(cites).cloned().unwrap_or_else(|| self.run.api.clone())
    }

    fn known(&mut self, known: &KnownEvent) -> Result<(), ReportError> {
        let KnownEvent { file, line, entry, message, before, after, problem, .. } = known;
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message.as_str()).set_type(problem.name());
        let before = before.iter().map(|line| format!("-{line}"));
        let mut lines: String = before
            .chain(after.iter().map(|line| format!("+{line}")))
            .map(|line| line + "\n")
            .collect();
        cut(&mut lines);
        let size = FRAME + escaped(&lines) + escaped(message);
        status.set_description(lines);
        // Two problems of one line differ in their kind, two of one kind in their entry.
        let lost = known.cases.first().filter(|_| entry.is_empty()).unwrap_or(entry);
        let mut test = TestCase::new(format!("{file}:{line} {problem} {lost}"), status);
        test.set_classname("known-failures");
        self.add("known-failures", test, size)
    }

    fn snapshot(&mut self, snapshot: &SnapshotEvent) -> Result<(), ReportError> {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let message = format!("answered otherwise than in {}", snapshot.file);
        status.set_message(message).set_type("snapshot");
        let mut diff = snapshot.diff.clone();
        cut(&mut diff);
        let size = FRAME + escaped(&diff);
        status.set_description(diff);
        let mut test = TestCase::new(format!("snapshot of {}", snapshot.case), status);
        test.set_classname("snapshots");
        self.add("snapshots", test, size)
    }
}

impl Reporter for JUnit {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        match event {
            Event::Run(run) => {
                self.run = run.as_ref().clone();
                Ok(())
            }
            Event::Case(case) => self.case(case),
            Event::Known(known) => self.known(known),
            Event::Snapshot(snapshot) => self.snapshot(snapshot),
            Event::Behaviour(_) | Event::Note(_) | Event::Summary(_) => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.write()
    }
}

/// `report.xml`, `report-2.xml`, …
fn part_path(path: &Path, part: usize) -> PathBuf {
    if part == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|it| format!(".{}", it.to_string_lossy()));
    path.with_file_name(format!("{stem}-{part}{}", extension.unwrap_or_default()))
}

/// How many bytes a text takes in XML, at most.
fn escaped(text: &str) -> usize {
    let taken = |byte: u8| match byte {
        b'&' | b'<' | b'>' | b'"' | b'\'' | b'\t' | b'\r' | b'\n' => 6,
        _ => 1,
    };
    text.bytes().map(taken).sum()
}

/// How a case is said in JUnit, and how many bytes that takes at most.
fn status(case: &CaseEvent) -> (TestCaseStatus, usize) {
    let reason =
        || case.reason.as_ref().map(|reason| format!("{}: {}", reason.kind, reason.detail));
    let known = || case.known.clone().unwrap_or_default();
    let (mut status, message, text) = match case.outcome {
        Outcome::Pass => return (TestCaseStatus::success(), 0),
        Outcome::Known => (TestCaseStatus::skipped(), format!("known failure: {}", known()), None),
        Outcome::Unsupported => (
            TestCaseStatus::skipped(),
            format!("unsupported, {}", reason().unwrap_or_default()),
            None,
        ),
        Outcome::Disabled => (
            TestCaseStatus::skipped(),
            match case.not_scored {
                Some(outcome) => format!("not scored, as it is not of the edition: {outcome}"),
                None => reason()
                    .map_or_else(|| "disabled".to_owned(), |reason| format!("disabled, {reason}")),
            },
            None,
        ),
        Outcome::Fail => {
            let cause = cause_of(case);
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(cause.rule.as_str());
            let text = trimmed(case).failure.map(|failure| report(&failure));
            (status, format!("{}: {}", cause.check, cause.observed), text)
        }
        Outcome::UnexpectedPass => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type("unexpected pass");
            (status, format!("passed, but is known to fail: {}", known()), None)
        }
        Outcome::Inconclusive => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type("inconclusive");
            (status, reason().unwrap_or_else(|| "no verdict".to_owned()), None)
        }
    };
    let size = escaped(&message) + text.as_deref().map_or(0, escaped);
    status.set_message(message);
    if let Some(text) = text {
        status.set_description(text);
    }
    (status, size)
}

/// A failure as a bug report.
fn report(failure: &Failure) -> String {
    let Failure { rule, expected, diff, exchanges, reproduce, curl, step, stderr, .. } = failure;
    let mut text =
        format!("rule: {} ({})\n{}\n{}\n\n", rule.id, rule.level, rule.text, rule.citation);
    text.push_str(&format!("admissible: {}\nactual: {}\n", expected.join(" or "), failure.actual));
    if !diff.is_empty() {
        text.push_str(&format!("\n{diff}\n"));
    }
    for exchange in exchanges.iter().filter(|exchange| exchange.step == *step) {
        let (request, response) = (&exchange.request, &exchange.response);
        text.push_str(&format!("\n{}:\n{request}\n\n{response}\n", exchange.step));
    }
    if let Some(stderr) = stderr {
        text.push_str(&format!("\nstderr:\n{stderr}\n"));
    }
    text.push_str(&format!("\nreproduce: {reproduce}\n{curl}\n"));
    text
}

#[cfg(test)]
#[path = "junit_tests.rs"]
mod tests;
