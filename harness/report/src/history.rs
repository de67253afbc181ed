//! The history of a target: a small file with a line for each report, which holds its counts and what
//! changed since the report before. What fails at present, and since when, is told from these alone.

use serde::{Deserialize, Serialize};
use sharespec_events::{CaseEvent, Outcome, RunEvent, Summary, case_id};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Why a history cannot be used or go on.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// A line cannot be read.
    #[error("line {line} is no line of a history: {why}")]
    Line {
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The report is older than the newest one, or the same.
    #[error(
        "the report is of {new}, and the newest of the history of {newest}: they go oldest first"
    )]
    Order {
        /// When the run of the report started.
        new: String,
        /// When the newest run of the history started.
        newest: String,
    },
    /// The report is of another API.
    #[error("the report is of the API {new}, and the history of {known}")]
    Api {
        /// That of the report.
        new: String,
        /// That of the history.
        known: String,
    },
}

/// What is kept of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The name of the report.
    pub report: String,
    /// When the run started, in RFC 3339.
    pub started: String,
    /// The version of sharespec.
    pub version: String,
    /// The API.
    pub api: String,
    /// The target as given.
    pub target: String,
    /// The hash of the suite.
    pub suite_hash: String,
    /// The labels of the run, such as the build of the target.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// How many cases came to each outcome that some case came to.
    pub counts: BTreeMap<Outcome, usize>,
    /// The exit code.
    pub exit_code: u8,
    /// The cases that fail, known or not, and did not in the report before.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub broken: BTreeSet<String>,
    /// The cases that failed before and do not fail any more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub mended: BTreeSet<String>,
}

/// The reports of one target, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    entries: Vec<Entry>,
}

impl History {
    /// Reads a history. Nothing is one, too.
    ///
    /// # Errors
    /// [`HistoryError`] with the first line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, HistoryError> {
        let mut history = Self::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let entry: Result<Entry, _> = serde_json::from_str(line);
            history.entries.push(entry.map_err(|error| HistoryError::Line {
                line: number + 1,
                why: error.to_string(),
            })?);
        }
        Ok(history)
    }

    /// The reports, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes a report to the end of the history.
    ///
    /// # Errors
    /// [`HistoryError`] if it does not go on from there.
    pub fn add(
        &mut self,
        name: &str,
        run: &RunEvent,
        cases: &[CaseEvent],
        summary: &Summary,
    ) -> Result<(), HistoryError> {
        if let Some(last) = self.entries.last() {
            // Times of RFC 3339 in UTC, as the runner writes them, are in the order of their texts.
            if run.started <= last.started {
                let (new, newest) = (run.started.clone(), last.started.clone());
                return Err(HistoryError::Order { new, newest });
            }
            if run.api != last.api {
                let (new, known) = (run.api.clone(), last.api.clone());
                return Err(HistoryError::Api { new, known });
            }
        }
        let failing = self.failing();
        let fails = |outcome| matches!(outcome, Outcome::Fail | Outcome::Known);
        let mut outcomes: BTreeMap<&str, Outcome> = BTreeMap::new();
        for case in cases {
            // A case that fails in some round fails.
            let outcome = outcomes.entry(case_id(&case.id)).or_insert(case.outcome);
            if fails(case.outcome) {
                *outcome = case.outcome;
            }
        }
        let broken = outcomes.iter().filter(|(_, outcome)| fails(**outcome)).map(|(id, _)| *id);
        let broken = broken.filter(|id| !failing.contains_key(id)).map(str::to_owned).collect();
        let whole = run.selection.is_empty()
            && run.skipped.is_empty()
            && run.shard.is_none()
            && cases.len() >= run.cases.max(run.whole());
        let mended = failing.keys().filter(|id| match outcomes.get(**id) {
            Some(Outcome::Pass | Outcome::UnexpectedPass) => true,
            // What has no verdict says nothing.
            Some(_) => false,
            // A case that a whole run has not is gone.
            None => whole,
        });
        let mended = mended.map(|id| (*id).to_owned()).collect();
        let count = |outcome: &Outcome| (*outcome, summary.count(*outcome));
        self.entries.push(Entry {
            report: name.to_owned(),
            started: run.started.clone(),
            version: run.version.clone(),
            api: run.api.clone(),
            target: run.target.clone(),
            suite_hash: run.suite_hash.clone(),
            labels: run.labels.clone(),
            counts: Outcome::ALL.iter().map(count).filter(|(_, count)| *count > 0).collect(),
            exit_code: summary.exit_code,
            broken,
            mended,
        });
        Ok(())
    }

    /// What fails at present, each with the report in which it first appeared since it last did not.
    pub fn failing(&self) -> BTreeMap<&str, &Entry> {
        let mut failing = BTreeMap::new();
        for entry in &self.entries {
            failing.extend(entry.broken.iter().map(|id| (id.as_str(), entry)));
            for id in &entry.mended {
                failing.remove(id.as_str());
            }
        }
        failing
    }

    /// The history as its file.
    ///
    /// # Errors
    /// If an entry cannot be written as JSON, which does not happen.
    pub fn written(&self) -> Result<String, serde_json::Error> {
        let lines = self.entries.iter().map(|entry| Ok(serde_json::to_string(entry)? + "\n"));
        lines.collect()
    }

    /// The trend, oldest to newest, and what fails at present by the report in which it first appeared.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "started                 passed  failed  known  inconclusive  unsupported  new  gone  report\n",
        );
        for entry in &self.entries {
            let count = |outcome| entry.counts.get(&outcome).copied().unwrap_or_default();
            let line = (
                count(Outcome::Pass) + count(Outcome::UnexpectedPass),
                count(Outcome::Fail),
                count(Outcome::Known),
                count(Outcome::Inconclusive),
                count(Outcome::Unsupported),
            );
            let (passed, failed, known, inconclusive, unsupported) = line;
            let (broken, mended) = (entry.broken.len(), entry.mended.len());
            // Writing to a text does not fail.
            let _ = writeln!(
                text,
                "{:<22} {passed:>7} {failed:>7} {known:>6} {inconclusive:>13} {unsupported:>12} \
                 {broken:>4} {mended:>5}  {}",
                entry.started,
                entry.name()
            );
        }
        let failing = self.failing();
        let mut since: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
        for (id, entry) in &failing {
            since.entry((&entry.started, entry.name())).or_default().push(id);
        }
        let _ = writeln!(text, "\n{} fail at present", failing.len());
        for ((started, name), ids) in since {
            let _ = writeln!(text, "\nsince {started} {name}");
            for id in ids {
                let _ = writeln!(text, "  {id}");
            }
        }
        text
    }
}

impl Entry {
    /// The name of the report, with its labels.
    fn name(&self) -> String {
        let labels = self.labels.iter().map(|(name, value)| format!(" {name}={value}"));
        format!("{}{}", self.report, labels.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(
        history: &mut History,
        day: u32,
        cases: &[(&str, Outcome)],
    ) -> Result<(), HistoryError> {
        let run = RunEvent {
            started: format!("2026-11-{day:02}T01:00:00Z"),
            api: "alibaba".to_owned(),
            cases: cases.len(),
            ..RunEvent::default()
        };
        let cases: Vec<CaseEvent> =
            cases.iter().map(|(id, outcome)| CaseEvent::new(*id, "Operation", *outcome)).collect();
        let mut summary = Summary::default();
        cases.iter().for_each(|case| summary.add(case));
        history.add(&format!("{day}.jsonl"), &run, &cases, &summary)
    }

    fn since(history: &History) -> Vec<(String, String)> {
        let all = history.failing().into_iter();
        all.map(|(id, entry)| (id.to_owned(), entry.report.clone())).collect()
    }

    #[test]
    fn each_failure_has_the_report_in_which_it_appeared() {
        use Outcome::{Fail, Inconclusive, Known, Pass};
        let mut history = History::default();
        night(&mut history, 1, &[("a", Pass), ("b", Fail), ("c", Fail)]).unwrap();
        night(&mut history, 2, &[("a", Fail), ("b", Known), ("c", Pass)]).unwrap();
        night(&mut history, 3, &[("a", Inconclusive), ("b", Fail), ("c", Fail)]).unwrap();
        let pair = |id: &str, report: &str| (id.to_owned(), report.to_owned());
        let wanted = [pair("a", "2.jsonl"), pair("b", "1.jsonl"), pair("c", "3.jsonl")];
        assert_eq!(since(&history), wanted);
        // It is the same once it was written and read.
        let again = History::parse(&history.written().unwrap()).unwrap();
        assert_eq!(again, history);
        assert!(
            again.text().contains("since 2026-11-03T01:00:00Z 3.jsonl\n  c"),
            "{}",
            again.text()
        );
        // What a whole run has not any more does not fail any more.
        night(&mut history, 4, &[("b", Pass)]).unwrap();
        assert_eq!(since(&history), []);
        // What fails in one round fails.
        night(&mut history, 5, &[("b", Pass), ("b@2", Fail), ("b@3", Pass)]).unwrap();
        assert_eq!(since(&history), [pair("b", "5.jsonl")]);
    }

    #[test]
    fn reports_go_oldest_first_and_are_of_one_api() {
        let mut history = History::default();
        night(&mut history, 2, &[]).unwrap();
        assert!(matches!(night(&mut history, 2, &[]), Err(HistoryError::Order { .. })));
        assert!(matches!(night(&mut history, 1, &[]), Err(HistoryError::Order { .. })));
        let run =
            RunEvent { started: "2026-11-30".into(), api: "aws".into(), ..RunEvent::default() };
        let added = history.add("x", &run, &[], &Summary::default());
        assert!(matches!(added, Err(HistoryError::Api { .. })));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = History::parse("\n{}\n").unwrap_err();
        assert!(error.to_string().starts_with("line 2 "), "{error}");
    }
}
