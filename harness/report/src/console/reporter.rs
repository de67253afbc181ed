//! The console reporter: what it keeps of each event, and when it prints what.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use sharespec_events::{
    CaseEvent, Cause, CheckName, CheckResult, Event, Failure, KnownEvent, Level, Outcome,
    ReasonKind, RunEvent, SnapshotEvent, Summary, Verdict,
};

use super::ending;
use super::failure;
use super::groups::Groups;
use super::page::Page;
use super::progress::{Done, Meter, Progress};
use super::styles::Styles;
use super::text;
use crate::error::ReportError;
use crate::reporter::Reporter;

/// How many causes of failures, and of warnings, are kept.
const CAUSES: usize = 200;

/// What the end of a report is made of.
#[derive(Debug)]
pub struct Kept {
    /// Whether the target is sharespec's own.
    pub reference: bool,
    /// How many cases are planned.
    pub planned: usize,
    /// How often each of them is played.
    pub rounds: usize,
    /// Failures by cause, each with its level and its example as text.
    pub failures: Groups<Cause, (Level, String)>,
    /// By cause: how many failing cases were played again alone, and how many of them passed then.
    pub again: BTreeMap<Cause, (usize, usize)>,
    /// Warnings by cause, each with a sentence.
    pub warnings: Groups<Cause, String>,
    /// Cases that passed unexpectedly, by the entry that says otherwise.
    pub unexpected: Groups<String, ()>,
    /// What has to change in the known-failures file, the first of it.
    pub known: Vec<KnownEvent>,
    /// How much there is besides.
    pub known_beyond: usize,
    /// Answers that are not those of their snapshots, the first of them.
    pub snapshots: Vec<SnapshotEvent>,
    /// Unsupported and inconclusive cases by kind and unlock, each with a detail.
    pub reasons: Groups<(ReasonKind, Option<String>), String>,
    /// The open points of which a reading was seen.
    pub points: BTreeSet<String>,
    /// The counts of the cases seen.
    pub counted: Summary,
    /// The summary, if the run sent one.
    pub summary: Option<Summary>,
}

/// Prints a run for a person: progress as it goes, all else at its end.
#[derive(Debug)]
pub struct Console<W> {
    out: W,
    styles: Styles,
    progress: Progress,
    meter: Meter,
    kept: Kept,
}

impl<W: Write> Console<W> {
    /// Prints to `out`. A bar goes to the standard error whatever `out` is.
    pub fn new(out: W, styles: Styles, progress: Progress) -> Self {
        let kept = Kept {
            reference: false,
            planned: 0,
            rounds: 1,
            failures: Groups::new(CAUSES),
            again: BTreeMap::new(),
            warnings: Groups::new(CAUSES),
            unexpected: Groups::new(CAUSES),
            known: Vec::new(),
            known_beyond: 0,
            snapshots: Vec::new(),
            reasons: Groups::new(CAUSES),
            points: BTreeSet::new(),
            counted: Summary::default(),
            summary: None,
        };
        Self { out, styles, progress, meter: Meter::Off, kept }
    }

    /// What was printed to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn run(&mut self, run: &RunEvent) -> Result<(), ReportError> {
        self.kept.reference = run.target_is_reference;
        self.kept.planned = run.cases;
        self.kept.rounds = run.repeat.unwrap_or(1);
        let mut page = Page::new(&self.styles);
        if run.target_is_reference {
            page.line(self.styles.doubtful, ending::REFERENCE);
        }
        let RunEvent { version, api, target, seed, cases, .. } = run;
        let cases = text::count(*cases, "case");
        let head = format!("sharespec {version}: {cases} of {api} against {target}, seed {seed}");
        page.line(self.styles.heading, &head);
        page.line(self.styles.label, &format!("documents: {}", run.documents.join(", ")));
        let text = page.into_text();
        self.print(&text)?;
        self.meter = Meter::start(self.progress, run.cases);
        Ok(())
    }

    fn case(&mut self, case: &CaseEvent) -> Result<(), ReportError> {
        self.kept.counted.add(case);
        self.kept.keep(case, &self.styles);
        let counted = &self.kept.counted;
        let failed = counted.failed + counted.unexpected_pass;
        let done = Done { cases: counted.total(), total: self.kept.planned, failed };
        match self.meter.update(done) {
            Some(line) => self.print(&format!("{line}\n")),
            None => Ok(()),
        }
    }

    fn note(&mut self, text: &str) -> Result<(), ReportError> {
        let mut page = Page::new(&self.styles);
        page.line(self.styles.label, &format!("note: {text}"));
        let text = page.into_text();
        self.print(&text)
    }

    fn print(&mut self, text: &str) -> Result<(), ReportError> {
        let out = &mut self.out;
        let written =
            self.meter.suspend(|| out.write_all(text.as_bytes()).and_then(|()| out.flush()));
        written.map_err(|source| ReportError::Write { name: "the console".into(), source })
    }
}

impl<W: Write> Reporter for Console<W> {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        match event {
            Event::Run(run) => self.run(run),
            Event::Case(case) => self.case(case),
            Event::Behaviour(behaviour) => {
                self.kept.points.insert(text::key(&behaviour.point));
                Ok(())
            }
            Event::Known(known) => {
                match self.kept.known.len() < CAUSES {
                    true => self.kept.known.push(known.as_ref().clone()),
                    false => self.kept.known_beyond += 1,
                }
                Ok(())
            }
            Event::Snapshot(snapshot) => {
                if self.kept.snapshots.len() < CAUSES {
                    self.kept.snapshots.push(snapshot.as_ref().clone());
                }
                Ok(())
            }
            Event::Note(note) => self.note(&note.text),
            Event::Summary(summary) => {
                self.kept.summary = Some(summary.as_ref().clone());
                Ok(())
            }
        }
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.meter.clear();
        let text = ending::text(&self.kept, &self.styles);
        self.print(&text)
    }
}

impl Kept {
    fn keep(&mut self, case: &CaseEvent, styles: &Styles) {
        for check in case.checks_with(Verdict::Warn) {
            let detail = || text::key(check.detail.as_deref().unwrap_or_default());
            self.warnings.add(cause_of(check), &case.id, detail);
        }
        match case.outcome {
            Outcome::Pass | Outcome::Known | Outcome::Disabled => {}
            Outcome::Fail => self.failure(case, styles),
            Outcome::UnexpectedPass => {
                let entry = text::key(case.known.as_deref().unwrap_or("(not named)"));
                self.unexpected.add(entry, &case.id, || ());
            }
            Outcome::Unsupported | Outcome::Inconclusive => self.reason(case),
        }
    }

    fn failure(&mut self, case: &CaseEvent, styles: &Styles) {
        let example =
            |failure: &Failure| (failure.rule.level, failure::example(case, failure, styles));
        if let Some(failure) = case.failure.as_deref() {
            let Cause { check, rule, observed } = &failure.cause;
            let cause =
                Cause { check: *check, rule: text::key(rule), observed: text::key(observed) };
            if let Some(alone) = failure.alone
                && (self.again.len() < CAUSES || self.again.contains_key(&cause))
            {
                let (played, passed) = self.again.entry(cause.clone()).or_default();
                *played += 1;
                *passed += usize::from(alone == Outcome::Pass);
            }
            self.failures.add(cause, &case.id, || example(failure));
        } else if let Some(check) = case.checks_with(Verdict::Fail).next() {
            // No bug report came with it; the case must not vanish for that.
            self.failures.add(cause_of(check), &case.id, || (check.level, String::new()));
        } else {
            let unexplained = Cause {
                check: CheckName::Step,
                rule: String::new(),
                observed: "the case failed without saying why, which is a bug in sharespec".into(),
            };
            self.failures.add(unexplained, &case.id, || (Level::Must, String::new()));
        }
    }

    fn reason(&mut self, case: &CaseEvent) {
        let Some(reason) = &case.reason else { return };
        let key = (reason.kind, reason.unlock.as_deref().map(text::key));
        self.reasons.add(key, &case.id, || text::key(&reason.detail));
    }
}

fn cause_of(check: &CheckResult) -> Cause {
    Cause {
        check: check.name,
        rule: text::key(check.rule.as_deref().unwrap_or_default()),
        observed: text::key(check.observed.as_deref().unwrap_or_default()),
    }
}
