//! What a report for people keeps of a run: counts, causes with an example each, what has to change
//! in the known failures, and what has no verdict. It grows with the number of causes, never with
//! that of cases.

use sharespec_events::{
    CaseEvent, Cause, CheckName, Event, KnownEvent, Outcome, ReasonKind, RunEvent, SnapshotEvent,
    Summary, Verdict,
};

use crate::console::groups::Groups;
use crate::console::text;
use crate::trimmed::trimmed;

/// How many groups of a kind are kept.
const GROUPS: usize = 200;

/// A run in short.
#[derive(Debug)]
pub struct Digest {
    /// The first line.
    pub run: RunEvent,
    /// Failures by cause, each with a case whose exchanges are cut.
    pub causes: Groups<Cause, Box<CaseEvent>>,
    /// Warnings by cause, each with a sentence.
    pub warnings: Groups<Cause, String>,
    /// Cases that passed unexpectedly, by the entry that says otherwise.
    pub unexpected: Groups<String, ()>,
    /// Failures that are known, by entry.
    pub known: Groups<String, ()>,
    /// What has to change in the known failures.
    pub changes: Vec<KnownEvent>,
    /// Answers that are not those of their snapshots.
    pub snapshots: Vec<SnapshotEvent>,
    /// Cases without a verdict by kind and unlock, each with a detail.
    pub reasons: Groups<(ReasonKind, Option<String>), String>,
    /// Notes for a person.
    pub notes: Vec<String>,
    /// The last line, or the counts until the run was cut short.
    pub summary: Summary,
    /// Whether the last line came.
    pub ended: bool,
}

impl Digest {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self {
            run: RunEvent::default(),
            causes: Groups::new(GROUPS),
            warnings: Groups::new(GROUPS),
            unexpected: Groups::new(GROUPS),
            known: Groups::new(GROUPS),
            changes: Vec::new(),
            snapshots: Vec::new(),
            reasons: Groups::new(GROUPS),
            notes: Vec::new(),
            summary: Summary::default(),
            ended: false,
        }
    }

    /// Takes one event.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Run(run) => self.run = run.as_ref().clone(),
            Event::Case(case) => self.case(case),
            Event::Known(known) => {
                if self.changes.len() < GROUPS {
                    self.changes.push(known.as_ref().clone());
                }
                if !self.ended {
                    self.summary.known_problems += 1;
                }
            }
            Event::Snapshot(snapshot) => {
                if self.snapshots.len() < GROUPS {
                    self.snapshots.push(snapshot.as_ref().clone());
                }
                if !self.ended {
                    self.summary.snapshots_changed += 1;
                }
            }
            Event::Note(note) if self.notes.len() < GROUPS => self.notes.push(note.text.clone()),
            Event::Note(_) | Event::Behaviour(_) => {}
            Event::Summary(summary) => {
                self.summary = summary.as_ref().clone();
                self.ended = true;
            }
        }
    }

    fn case(&mut self, case: &CaseEvent) {
        self.summary.add(case);
        for check in case.checks_with(Verdict::Warn) {
            let cause = Cause {
                check: check.name,
                rule: text::key(check.rule.as_deref().unwrap_or_default()),
                observed: text::key(check.observed.as_deref().unwrap_or_default()),
            };
            let detail = || text::key(check.detail.as_deref().unwrap_or_default());
            self.warnings.add(cause, &case.id, detail);
        }
        let entry = || text::key(case.known.as_deref().unwrap_or("(not named)"));
        match case.outcome {
            Outcome::Pass | Outcome::Disabled => {}
            Outcome::Known => self.known.add(entry(), &case.id, || ()),
            Outcome::UnexpectedPass => self.unexpected.add(entry(), &case.id, || ()),
            Outcome::Fail => {
                self.causes.add(cause_of(case), &case.id, || Box::new(trimmed(case)));
            }
            Outcome::Unsupported | Outcome::Inconclusive => {
                if let Some(reason) = &case.reason {
                    let key = (reason.kind, reason.unlock.as_deref().map(text::key));
                    self.reasons.add(key, &case.id, || text::key(&reason.detail));
                }
            }
        }
    }
}

/// What a failed case is grouped by.
pub fn cause_of(case: &CaseEvent) -> Cause {
    let failure = case.failure.as_ref().map(|failure| &failure.cause);
    let check = case.checks_with(Verdict::Fail).next();
    let own = || Cause {
        check: check.map_or(CheckName::Step, |check| check.name),
        rule: check.and_then(|check| check.rule.clone()).unwrap_or_default(),
        observed: check.and_then(|check| check.observed.clone()).unwrap_or_default(),
    };
    let cause = failure.cloned().unwrap_or_else(own);
    Cause { rule: text::key(&cause.rule), observed: text::key(&cause.observed), ..cause }
}
