//! The page: put together when the run ends, from what was kept and what was spooled.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use sharespec_events::{Event, KnownEvent, Outcome, Recorder, RunEvent, SnapshotEvent, exit};

use super::cases::Cases;
use super::coverage::{Coverage, Document};
use crate::behaviour::matrix;
use crate::console::text::{count, duration};
use crate::digest::Digest;
use crate::error::ReportError;
use crate::file;
use crate::reporter::Reporter;

/// The style of pages.
pub const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");
/// Where the rows of cases stand. Escaped text has no `<`, so nothing else looks like it.
const CASES: &str = "<!--CASES-->";

/// Writes the page when the run ends.
pub struct Html {
    out: File,
    path: PathBuf,
    digest: Digest,
    recorder: Recorder,
    coverage: Coverage,
    cases: Cases,
}

impl Html {
    /// Creates the file at `path`, and the directories above it.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        let out = file::create(path)?;
        let cases = Cases::new().map_err(|source| file::failed(path, source))?;
        Ok(Self {
            out,
            path: path.to_owned(),
            digest: Digest::new(),
            recorder: Recorder::default(),
            coverage: Coverage::default(),
            cases,
        })
    }

    fn write(&mut self) -> io::Result<()> {
        let page = page(&self.digest, &self.recorder, &self.coverage);
        let text = page.render().map_err(io::Error::other)?;
        let (before, after) = text.split_once(CASES).unwrap_or((&text, ""));
        let mut out = BufWriter::new(&self.out);
        out.write_all(before.as_bytes())?;
        self.cases.write(&mut out)?;
        out.write_all(after.as_bytes())?;
        out.flush()
    }
}

impl Reporter for Html {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        self.digest.event(event);
        self.recorder.event(event);
        if let Event::Case(case) = event {
            self.coverage.add(case);
            self.cases.add(case).map_err(|source| file::failed(&self.path, source))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.write().map_err(|source| file::failed(&self.path, source))
    }
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    script_hash: String,
    run: &'a RunEvent,
    verdict: String,
    mark: &'static str,
    ended: bool,
    outcomes: Vec<Part>,
    passed: usize,
    denominator: usize,
    warnings: usize,
    duration: String,
    notes: &'a [String],
    changes: &'a [KnownEvent],
    snapshots: &'a [SnapshotEvent],
    causes: Vec<CauseRow>,
    reasons: Vec<String>,
    coverage: Vec<Document>,
    points: Vec<Point>,
    legend: &'static str,
    precedence: Vec<(String, Vec<String>)>,
}

struct Part {
    name: String,
    class: &'static str,
    cases: usize,
}

struct CauseRow {
    cases: usize,
    check: &'static str,
    observed: String,
    rule: String,
}

struct Point {
    name: String,
    seen: String,
    possible: String,
}

fn page<'a>(digest: &'a Digest, recorder: &Recorder, coverage: &Coverage) -> Page<'a> {
    let Digest { run, summary, ended, .. } = digest;
    let conforms = *ended && summary.exit_code == exit::CONFORMS;
    let behaviour = recorder.behaviour();
    let names = |found: &std::collections::BTreeMap<String, sharespec_events::Evidence>| {
        let texts = found.iter().map(|(name, evidence)| format!("{name} ({})", evidence.count));
        texts.collect::<Vec<_>>().join(", ")
    };
    let points = behaviour.points.iter().map(|(name, found)| Point {
        name: name.clone(),
        seen: names(&found.seen),
        possible: names(&found.possible),
    });
    let precedence = behaviour.precedence.iter();
    Page {
        style: STYLE,
        script: SCRIPT,
        script_hash: STANDARD.encode(Sha256::digest(SCRIPT)),
        run,
        verdict: if *ended { exit::verdict(summary) } else { "no verdict" }.to_owned(),
        mark: if conforms { "good" } else { "bad" },
        ended: *ended,
        outcomes: outcomes(digest),
        passed: summary.passed,
        denominator: summary.denominator(),
        warnings: summary.warnings,
        duration: duration(summary.duration_ms),
        notes: &digest.notes,
        changes: &digest.changes,
        snapshots: &digest.snapshots,
        causes: causes(digest),
        reasons: reasons(digest),
        coverage: coverage.documents(),
        points: points.collect(),
        legend: matrix::LEGEND,
        precedence: precedence
            .map(|(operation, pairs)| (operation.clone(), matrix::lines(pairs)))
            .collect(),
    }
}

fn outcomes(digest: &Digest) -> Vec<Part> {
    let parts = Outcome::ALL.iter().map(|outcome| Part {
        name: outcome.name().replace('_', " "),
        class: outcome.name(),
        cases: digest.summary.count(*outcome),
    });
    parts.filter(|part| part.cases > 0).collect()
}

fn causes(digest: &Digest) -> Vec<CauseRow> {
    let causes = digest.causes.largest_first().into_iter();
    causes
        .map(|(cause, group)| CauseRow {
            cases: group.cases,
            check: cause.check.name(),
            observed: cause.observed.clone(),
            rule: cause.rule.clone(),
        })
        .collect()
}

fn reasons(digest: &Digest) -> Vec<String> {
    let reasons = digest.reasons.largest_first().into_iter();
    reasons
        .map(|((kind, unlock), group)| {
            let cases = count(group.cases, "case");
            let needs = unlock.as_ref().map(|what| format!(", for lack of {what}"));
            let needs = needs.unwrap_or_default();
            format!("{cases} {} ({kind}){needs}: {}", kind.outcome(), group.example)
        })
        .collect()
}
