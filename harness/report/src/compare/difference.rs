//! What is different between two runs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use sharespec_events::{CaseEvent, Cause, Event, Outcome, Recorder, RunEvent};
use similar::TextDiff;

use crate::digest::cause_of;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It passed, or was not there, and fails.
    NewFailure,
    /// It was judged, and is not there any more.
    Vanished,
    /// It was judged, and is unsupported or disabled.
    CoverageLost,
    /// It was judged, and is inconclusive.
    Inconclusive,
    /// It fails as before, but otherwise.
    FailsDifferently,
    /// It passes as before, but the answer to the call under test is another.
    AnswerChanged,
    /// It failed, and passes.
    Fixed,
    /// It is new, and did not fail.
    Appeared,
    /// It was not judged, and is now.
    CoverageGained,
    /// Its content changed: it is another test under the same id.
    TestChanged,
    /// The flaky list of either run has it, and it came to something else.
    Flaky,
}

impl Change {
    /// Every change, in the order in which it is told.
    pub const ALL: [Self; 11] = [
        Self::NewFailure,
        Self::Vanished,
        Self::CoverageLost,
        Self::Inconclusive,
        Self::FailsDifferently,
        Self::AnswerChanged,
        Self::Fixed,
        Self::Appeared,
        Self::CoverageGained,
        Self::TestChanged,
        Self::Flaky,
    ];

    /// The heading of its cases.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NewFailure => "New failures",
            Self::Vanished => "Vanished",
            Self::CoverageLost => "Coverage lost",
            Self::Inconclusive => "Inconclusive now",
            Self::FailsDifferently => "Failing differently",
            Self::AnswerChanged => "Answered differently",
            Self::Fixed => "Fixed",
            Self::Appeared => "Appeared",
            Self::CoverageGained => "Coverage gained",
            Self::TestChanged => "Tests changed",
            Self::Flaky => "Flaky",
        }
    }

    /// Whether the target got worse.
    pub const fn is_regression(self) -> bool {
        match self {
            Self::NewFailure | Self::Vanished | Self::CoverageLost | Self::Inconclusive => true,
            Self::FailsDifferently
            | Self::AnswerChanged
            | Self::Fixed
            | Self::Appeared
            | Self::CoverageGained
            | Self::TestChanged
            | Self::Flaky => false,
        }
    }
}

/// A case that is different.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseChange {
    /// The id.
    pub id: String,
    /// What became of it.
    pub change: Change,
    /// What it came to in the first run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Outcome>,
    /// What it came to in the second run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<Outcome>,
    /// Why it fails in the second run, or has no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The rule that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Call and answer in canonical form, as a unified diff; empty if they are the same.
    pub diff: String,
    /// How the case is played again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reproduce: Option<String>,
}

/// A point that is read otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BehaviourChange {
    /// The point.
    pub point: String,
    /// The readings seen in the first run.
    pub base: BTreeSet<String>,
    /// The readings seen in the second run.
    pub head: BTreeSet<String>,
}

/// Two runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Whether some case got worse.
    pub regressed: bool,
    /// What makes the runs hard to compare.
    pub notes: Vec<String>,
    /// How many cases are the same in both.
    pub same: usize,
    /// The changes, those that matter most first.
    pub cases: Vec<CaseChange>,
    /// The points that are read otherwise.
    pub behaviour: Vec<BehaviourChange>,
}

impl Comparison {
    /// The changes of a kind.
    pub fn of(&self, change: Change) -> impl Iterator<Item = &CaseChange> {
        self.cases.iter().filter(move |case| case.change == change)
    }
}

/// What a comparison needs of a case.
#[derive(Debug)]
struct Kept {
    outcome: Outcome,
    hash: String,
    flaky: bool,
    cause: Option<Cause>,
    why: Option<String>,
    /// Call and answer as text: rounds of one case have one text.
    exchange: Arc<str>,
    reproduce: Option<String>,
}

/// What a comparison needs of a run.
#[derive(Debug, Default)]
pub struct Run {
    run: RunEvent,
    recorder: Recorder,
    cases: BTreeMap<String, Kept>,
    exchanges: BTreeSet<Arc<str>>,
    ended: bool,
}

impl Run {
    /// Takes one event.
    pub fn event(&mut self, event: &Event) {
        self.recorder.event(event);
        match event {
            Event::Run(run) => self.run = run.as_ref().clone(),
            Event::Case(case) => {
                let exchange = self.exchange(case);
                self.cases.insert(case.id.clone(), Kept::of(case, exchange));
            }
            Event::Summary(summary) => self.ended = !summary.interrupted,
            Event::Behaviour(_) | Event::Known(_) | Event::Snapshot(_) | Event::Note(_) => {}
        }
    }
}

impl Run {
    fn exchange(&mut self, case: &CaseEvent) -> Arc<str> {
        let exchange = serde_json::json!({ "call": case.call, "answer": case.answer }).to_string();
        if let Some(known) = self.exchanges.get(exchange.as_str()) {
            return Arc::clone(known);
        }
        let new: Arc<str> = exchange.into();
        self.exchanges.insert(Arc::clone(&new));
        new
    }
}

impl Kept {
    fn of(case: &CaseEvent, exchange: Arc<str>) -> Self {
        let cause =
            (case.failure.is_some() || case.outcome == Outcome::Fail).then(|| cause_of(case));
        let reason = case.reason.as_ref().map(|it| format!("{}: {}", it.kind, it.detail));
        let observed = cause.as_ref().map(|cause| format!("{}: {}", cause.check, cause.observed));
        Self {
            outcome: case.outcome,
            hash: case.hash.clone(),
            flaky: case.flaky,
            cause,
            why: observed.or(reason),
            exchange,
            reproduce: case.failure.as_ref().map(|failure| failure.reproduce.clone()),
        }
    }

    fn fails(&self) -> bool {
        matches!(self.outcome, Outcome::Fail | Outcome::Known)
    }
}

/// Compares two runs.
pub fn compare(base: &Run, head: &Run) -> Comparison {
    let ids: BTreeSet<&String> = base.cases.keys().chain(head.cases.keys()).collect();
    let mut cases = Vec::new();
    let mut same = 0;
    for id in ids {
        let (one, other) = (base.cases.get(id), head.cases.get(id));
        match change(one, other) {
            Some(change) => cases.push(described(id, change, one, other)),
            None => same += 1,
        }
    }
    cases.sort_by(|one, other| (one.change, &one.id).cmp(&(other.change, &other.id)));
    Comparison {
        regressed: cases.iter().any(|case| case.change.is_regression()),
        notes: notes(base, head),
        same,
        cases,
        behaviour: behaviour(base, head),
    }
}

fn change(base: Option<&Kept>, head: Option<&Kept>) -> Option<Change> {
    let (base, head) = match (base, head) {
        (None, None) => return None,
        (Some(base), None) if base.flaky => return Some(Change::Flaky),
        (Some(base), None) => return base.outcome.is_judged().then_some(Change::Vanished),
        // What was not there has not got worse, but it fails.
        (None, Some(head)) if head.outcome == Outcome::Fail => return Some(Change::NewFailure),
        (None, Some(_)) => return Some(Change::Appeared),
        (Some(base), Some(head)) => (base, head),
    };
    if base.hash != head.hash {
        return Some(Change::TestChanged);
    }
    let differs =
        base.outcome.is_judged() != head.outcome.is_judged() || base.fails() != head.fails();
    if base.flaky || head.flaky {
        return differs.then_some(Change::Flaky);
    }
    match (base.outcome.is_judged(), head.outcome) {
        (true, Outcome::Unsupported | Outcome::Disabled) => Some(Change::CoverageLost),
        (true, Outcome::Inconclusive) => Some(Change::Inconclusive),
        (false, Outcome::Fail) if base.outcome == Outcome::Inconclusive => Some(Change::NewFailure),
        (false, _) if head.outcome.is_judged() => Some(Change::CoverageGained),
        (false, _) => None,
        (true, _) => match (base.fails(), head.fails()) {
            (false, true) => Some(Change::NewFailure),
            (true, false) => Some(Change::Fixed),
            (true, true) if base.cause != head.cause => Some(Change::FailsDifferently),
            _ if base.exchange != head.exchange => Some(Change::AnswerChanged),
            _ => None,
        },
    }
}

fn described(id: &str, change: Change, base: Option<&Kept>, head: Option<&Kept>) -> CaseChange {
    let failing = head.filter(|head| head.fails() || !head.outcome.is_judged());
    CaseChange {
        id: id.to_owned(),
        change,
        base: base.map(|kept| kept.outcome),
        head: head.map(|kept| kept.outcome),
        why: failing.and_then(|kept| kept.why.clone()),
        rule: failing.and_then(|kept| Some(kept.cause.as_ref()?.rule.clone())),
        diff: match (base, head) {
            (Some(base), Some(head)) if base.exchange != head.exchange => {
                let value = |kept: &Kept| serde_json::from_str(&kept.exchange).unwrap_or_default();
                exchange_diff(&value(base), &value(head))
            }
            _ => String::new(),
        },
        reproduce: failing.and_then(|kept| kept.reproduce.clone()),
    }
}

/// Two canonical exchanges as a unified diff; empty if they are the same.
pub fn exchange_diff(base: &Value, head: &Value) -> String {
    if base == head {
        return String::new();
    }
    let text = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    let (base, head) = (text(base), text(head));
    TextDiff::from_lines(&base, &head).unified_diff().context_radius(3).to_string()
}

fn notes(base: &Run, head: &Run) -> Vec<String> {
    let (one, other) = (&base.run, &head.run);
    let mut notes = Vec::new();
    let mut differ = |what: &str, one: String, other: String| {
        if one != other {
            notes.push(format!("{what}: {one} and {other}"));
        }
    };
    differ("different documents", one.documents.join(", "), other.documents.join(", "));
    differ("different worlds", one.world.clone(), other.world.clone());
    differ("different seeds", one.seed.to_string(), other.seed.to_string());
    differ("different selections", one.selection.join(" "), other.selection.join(" "));
    differ("different skips", one.skipped.join(" "), other.skipped.join(" "));
    differ("different strictness", one.strict.to_string(), other.strict.to_string());
    differ("different versions of sharespec", one.version.clone(), other.version.clone());
    for (run, name) in [(base, "base"), (head, "head")] {
        if !run.ended {
            notes.push(format!("the run of {name} did not come to its end"));
        }
    }
    notes
}

fn behaviour(base: &Run, head: &Run) -> Vec<BehaviourChange> {
    let seen = |run: &Run| -> BTreeMap<String, BTreeSet<String>> {
        let points = run.recorder.behaviour().points.into_iter();
        points.map(|(point, found)| (point, found.seen.into_keys().collect())).collect()
    };
    let (mut one, mut other) = (seen(base), seen(head));
    let points: BTreeSet<String> = one.keys().chain(other.keys()).cloned().collect();
    let change = |point: String| {
        let base = one.remove(&point).unwrap_or_default();
        let head = other.remove(&point).unwrap_or_default();
        (base != head).then_some(BehaviourChange { point, base, head })
    };
    points.into_iter().filter_map(change).collect()
}
