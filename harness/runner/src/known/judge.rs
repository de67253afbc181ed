//! Holds what cases came to against the known-failures file, and the file against the cases.

use super::file::{Entry, KnownFailures, List};
use serde_json::Value;
use sharespec_events::{
    CaseEvent, CheckName, KnownEvent, KnownProblem, Outcome, ReasonKind, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was seen of one entry.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What still is as the entry says.
    pub holds: BTreeSet<String>,
    /// What is not.
    pub fails: BTreeMap<KnownProblem, BTreeSet<String>>,
    /// What the first case that fails differently came to.
    instead: Option<Instead>,
}

/// Another failure than the known one.
#[derive(Debug)]
enum Instead {
    Checks(Vec<CheckName>),
    Answer(String),
}

/// Gives each case of a run its outcome in view of a known-failures file.
#[derive(Debug)]
pub struct Judge {
    known: Arc<KnownFailures>,
    seen: BTreeMap<usize, Seen>,
    lost: BTreeSet<String>,
    played: BTreeSet<String>,
}

impl Judge {
    /// Nothing seen yet.
    pub fn new(known: Arc<KnownFailures>) -> Self {
        Self { known, seen: BTreeMap::new(), lost: BTreeSet::new(), played: BTreeSet::new() }
    }

    /// The line of a case with the outcome that the file gives it.
    pub fn judge(&mut self, mut event: CaseEvent) -> CaseEvent {
        let (known, id) = (Arc::clone(&self.known), event.id.clone());
        if known.names(&event.id) {
            self.played.insert(id.clone());
        }
        self.coverage(&known, &event);
        let flaky: Vec<&Entry> = known.of(List::Flaky, &id).map(|(_, entry)| entry).collect();
        event.flaky = flaky.iter().any(|entry| entry.check.is_none());
        match event.outcome {
            Outcome::Pass => self.passed(&known, &mut event),
            Outcome::Fail => self.failed(&known, &mut event, &flaky),
            Outcome::Inconclusive if event.flaky => event.outcome = Outcome::Disabled,
            Outcome::Inconclusive
            | Outcome::Unsupported
            | Outcome::Disabled
            | Outcome::Known
            | Outcome::UnexpectedPass => {}
        }
        event
    }

    /// What was seen of an entry, by its position.
    pub(super) fn seen_of(&self, index: usize) -> Option<&Seen> {
        self.seen.get(&index)
    }

    fn seen(&mut self, index: usize) -> &mut Seen {
        self.seen.entry(index).or_default()
    }

    fn note(&mut self, index: usize, problem: KnownProblem, what: String) {
        self.seen(index).fails.entry(problem).or_default().insert(what);
    }

    fn coverage(&mut self, known: &KnownFailures, event: &CaseEvent) {
        if known.unsupported.is_none() {
            return;
        }
        let mut recorded = known.of(List::Unsupported, &event.id).peekable();
        if event.outcome == Outcome::Unsupported && recorded.peek().is_none() {
            // What an operation blocks that fails by itself is that failure.
            let blocked = event.reason.as_ref().is_some_and(|it| it.kind == ReasonKind::Blocked);
            if !blocked && known.of(List::Flaky, &event.id).next().is_none() {
                self.lost.insert(event.id.clone());
            }
        }
        for (index, _) in recorded {
            if event.outcome.is_judged() {
                self.note(index, KnownProblem::CoverageGained, event.id.clone());
            } else {
                self.seen(index).holds.insert(event.id.clone());
            }
        }
    }

    fn passed(&mut self, known: &KnownFailures, event: &mut CaseEvent) {
        for (index, entry) in known.of(List::Failure, &event.id) {
            // A warning is what fails with `--strict`: neither way is the entry wrong.
            let verdict = |name: CheckName| {
                event.checks.iter().find(|check| check.name == name).map(|check| check.verdict)
            };
            let passes = match entry.check {
                Some(name) => verdict(name) == Some(Verdict::Pass),
                None => event.checks_with(Verdict::Warn).next().is_none(),
            };
            if !passes {
                continue;
            }
            if known.is_over(entry) {
                self.note(index, KnownProblem::Expired, named(&event.id, entry.check));
                continue;
            }
            self.note(index, KnownProblem::PassesNow, named(&event.id, entry.check));
            if event.outcome == Outcome::Pass && !event.flaky {
                event.outcome = Outcome::UnexpectedPass;
                event.known = Some(entry.text.clone());
            }
        }
    }

    fn failed(&mut self, known: &KnownFailures, event: &mut CaseEvent, flaky: &[&Entry]) {
        let failing = failing(event);
        let found = answer(event);
        let mut covered: BTreeMap<CheckName, &Entry> = BTreeMap::new();
        for (index, entry) in known.of(List::Failure, &event.id) {
            let own: Vec<CheckName> =
                failing.iter().copied().filter(|check| entry.covers(*check)).collect();
            let what = named(&event.id, entry.check);
            let instead = if own.is_empty() {
                Instead::Checks(failing.clone())
            } else if entry.outcome.as_ref().is_some_and(|(pinned, _)| *pinned != found) {
                Instead::Answer(found.clone())
            } else if known.is_over(entry) {
                self.note(index, KnownProblem::Expired, what);
                continue;
            } else {
                covered.extend(own.into_iter().map(|check| (check, entry)));
                self.seen(index).holds.insert(what);
                continue;
            };
            self.note(index, KnownProblem::FailsDifferently, what);
            self.seen(index).instead.get_or_insert(instead);
        }
        for check in &failing {
            if let Some(entry) = flaky.iter().find(|entry| entry.covers(*check)) {
                covered.entry(*check).or_insert(entry);
                event.flaky = true;
            }
        }
        if failing.iter().all(|check| covered.contains_key(check)) {
            if let Some(entry) = covered.values().next() {
                event.outcome = Outcome::Known;
                event.known = Some(entry.text.clone());
            }
        } else {
            event.flaky = false;
        }
    }

    /// What has to change in the file, by line. `exists` says whether a pattern matches some case of
    /// the suite, played or not; `whole` whether all of the suite was played.
    pub fn problems(mut self, exists: impl Fn(&str) -> bool, whole: bool) -> Vec<KnownEvent> {
        let known = Arc::clone(&self.known);
        let mut problems = Vec::new();
        for (index, entry) in known.entries.iter().enumerate() {
            let seen = self.seen.remove(&index).unwrap_or_default();
            if !exists(&entry.pattern) {
                problems.push(nothing(&known, entry));
            } else if whole && entry.is_exact() && !self.played.contains(&entry.pattern) {
                // An operation that is answered has no line.
                let none = BTreeSet::new();
                problems.push(stale(&known, entry, KnownProblem::PassesNow, &seen, &none));
            }
            for (problem, cases) in &seen.fails {
                problems.push(stale(&known, entry, *problem, &seen, cases));
            }
        }
        problems.extend(self.lost.iter().map(|id| lost(&known, id)));
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// The checks that failed.
pub fn failing(event: &CaseEvent) -> Vec<CheckName> {
    let mut failing: Vec<CheckName> =
        event.checks_with(Verdict::Fail).map(|check| check.name).collect();
    if let Some(failure) = &event.failure
        && !failing.contains(&failure.check)
    {
        failing.push(failure.check);
    }
    failing
}

/// What the call under test was answered: status and code.
pub fn answer(event: &CaseEvent) -> String {
    let member = |name: &str| event.answer.as_ref().and_then(|answer| answer.get(name));
    let status = member("status").and_then(Value::as_u64);
    match (status, member("code").and_then(Value::as_str)) {
        (Some(status), Some(code)) => format!("{status} {code}"),
        (Some(status), None) => status.to_string(),
        (None, _) => "no answer".to_owned(),
    }
}

fn named(id: &str, check: Option<CheckName>) -> String {
    check.map_or_else(|| id.to_owned(), |check| format!("{id}#{check}"))
}

fn event(known: &KnownFailures, entry: &Entry, problem: KnownProblem) -> KnownEvent {
    KnownEvent {
        problem,
        file: known.file.clone(),
        line: entry.line,
        entry: entry.text.clone(),
        message: String::new(),
        before: Some(known.line(entry.line).to_owned()),
        after: Vec::new(),
        cases: Vec::new(),
    }
}

fn nothing(known: &KnownFailures, entry: &Entry) -> KnownEvent {
    let message = "the entry matches no case of this suite: take it out".to_owned();
    within_its_line(
        entry,
        KnownEvent { message, ..event(known, entry, KnownProblem::MatchesNothing) },
    )
}

/// The change of an entry that stands on a line with others, or with the name of their list: the line
/// without it, or with what comes in its place.
fn within_its_line(entry: &Entry, mut event: KnownEvent) -> KnownEvent {
    let bare = |line: &str| line.trim().trim_end_matches(',').to_owned();
    let own = format!("\"{}\"", entry.text);
    let Some(line) = event.before.as_ref().filter(|line| bare(line) != own) else { return event };
    let new: Vec<String> = event.after.iter().map(|line| bare(line)).collect();
    let after = match new.is_empty() {
        false => line.replacen(&own, &new.join(", "), 1),
        true => [format!("{own}, "), format!(", {own}"), own]
            .iter()
            .find(|text| line.contains(text.as_str()))
            .map_or_else(|| line.clone(), |text| line.replacen(text.as_str(), "", 1)),
    };
    if after != *line {
        event.after = vec![after];
    }
    event
}

fn lost(known: &KnownFailures, id: &str) -> KnownEvent {
    KnownEvent {
        problem: KnownProblem::CoverageLost,
        file: known.file.clone(),
        line: known.unsupported.unwrap_or(1),
        entry: String::new(),
        message: format!("coverage is lost: {id} had a verdict, and is unsupported now"),
        before: None,
        after: vec![format!("  \"{id}\",")],
        cases: vec![id.to_owned()],
    }
}

fn stale(
    known: &KnownFailures,
    entry: &Entry,
    problem: KnownProblem,
    seen: &Seen,
    cases: &BTreeSet<String>,
) -> KnownEvent {
    let many = match cases.len() + seen.holds.len() {
        0 | 1 => String::new(),
        all => format!(" ({} of {all} cases)", cases.len()),
    };
    let mut event = event(known, entry, problem);
    event.cases = cases.iter().cloned().collect();
    // A pattern of which a part still holds becomes that part.
    event.after = seen.holds.iter().map(|what| format!("  \"{what}\",")).collect();
    event.message = match problem {
        KnownProblem::PassesNow => format!("what is known to fail passes{many}: take it out"),
        KnownProblem::FailsDifferently => differently(known, entry, seen, &many, &mut event),
        KnownProblem::Expired => {
            let (date, line) = entry.expires.clone().unwrap_or_default();
            event.line = line;
            event.before = Some(known.line(line).to_owned());
            event.after = vec!["expires = a later date, or take the entry out".to_owned()];
            format!("the entry held until {date}{many}")
        }
        KnownProblem::CoverageGained => format!("it has a verdict now{many}: take it out"),
        KnownProblem::MatchesNothing | KnownProblem::CoverageLost => String::new(),
    };
    match event.line == entry.line {
        true => within_its_line(entry, event),
        false => event,
    }
}

/// Says how, and what the line would have to be if that were known.
fn differently(
    known: &KnownFailures,
    entry: &Entry,
    seen: &Seen,
    many: &str,
    event: &mut KnownEvent,
) -> String {
    match (&seen.instead, &entry.outcome) {
        (Some(Instead::Checks(checks)), _) => {
            if entry.is_exact() {
                let text = |check| format!("  \"{}\",", named(&entry.pattern, Some(check)));
                event.after = checks.iter().copied().map(text).collect();
            }
            let names: Vec<&str> = checks.iter().map(|check| check.name()).collect();
            let own = entry.check.map_or("another", CheckName::name);
            format!("it fails in `{}`{many}, and is known to in `{own}`", names.join("`, `"))
        }
        (Some(Instead::Answer(found)), Some((pinned, line))) => {
            if entry.alone && entry.is_exact() {
                event.line = *line;
                event.before = Some(known.line(*line).to_owned());
                event.after = vec![format!("outcome = \"{found}\"")];
            }
            format!("it fails with `{found}`{many}, and is known to with `{pinned}`")
        }
        (Some(Instead::Answer(_)) | None, _) => String::new(),
    }
}
