//! `merge`: the reports of all shards of one run as the report of the whole; of one report, other forms
//! of it.
//!
//! What is merged must be whole: parts of one suite and one selection, each shard once, each at its end,
//! and together as many cases as were selected, none twice. A missing part would be a missing failure.

use crate::arguments::MergeArguments;
use crate::failure::Failure;
use crate::reports::read;
use crate::run::{opened, reached};
use anyhow::anyhow;
use sharespec_events::{CaseEvent, Event, Recorder, RunEvent, Summary};
use sharespec_generators::Strength;
use sharespec_report::Reporter;
use std::collections::BTreeMap;
use std::path::Path;

/// Merges reports.
pub fn merge(arguments: &MergeArguments) -> Result<u8, Failure> {
    let mut parts = Vec::new();
    for path in &arguments.parts {
        parts.push(Part::read(path)?);
    }
    let whole = Whole::of(parts).map_err(|error| {
        Failure::usage(error).hint("merge takes the reports of all shards of one run, each once")
    })?;
    let mut reports = opened(&arguments.reports, "merged")?;
    let mut summary = Summary::default();
    let mut recorder = Recorder::default();
    let judged = whole.cases.values().filter(|case| case.outcome.is_judged());
    let judged: Vec<String> = judged.map(|case| case.id.clone()).collect();
    let cases = whole.cases.into_values().map(|case| Event::Case(Box::new(case)));
    let first = Event::Run(Box::new(whole.run.clone()));
    for event in [first].into_iter().chain(cases).chain(whole.beside) {
        match &event {
            Event::Case(case) => summary.add(case),
            Event::Known(_) => summary.known_problems += 1,
            Event::Snapshot(_) => summary.snapshots_changed += 1,
            Event::Run(_) | Event::Behaviour(_) | Event::Note(_) | Event::Summary(_) => {}
        }
        recorder.event(&event);
        reports.event(&event)?;
    }
    for line in recorder.lines() {
        reports.event(&line.into())?;
    }
    summary.conclude(whole.took, None);
    summary.strength = whole.run.strength.and_then(|strength| {
        reached(Strength::Of(strength.strength), judged.iter().map(String::as_str))
    });
    let code = summary.exit_code;
    reports.event(&summary.into())?;
    reports.finish()?;
    Ok(code)
}

/// One report.
struct Part {
    name: String,
    run: RunEvent,
    cases: Vec<CaseEvent>,
    /// Lines of known failures and snapshots.
    beside: Vec<Event>,
    took: u64,
    interrupted: bool,
}

impl Part {
    fn read(path: &Path) -> Result<Self, Failure> {
        let mut part = Self {
            name: path.display().to_string(),
            run: RunEvent::default(),
            cases: Vec::new(),
            beside: Vec::new(),
            took: 0,
            interrupted: false,
        };
        read(path, |event| match event {
            Event::Run(run) => part.run = *run,
            Event::Case(case) => part.cases.push(*case),
            Event::Known(_) | Event::Snapshot(_) => part.beside.push(event),
            Event::Summary(summary) => {
                part.took = summary.duration_ms;
                part.interrupted = summary.interrupted;
            }
            Event::Behaviour(_) | Event::Note(_) => {}
        })?;
        Ok(part)
    }

    /// What all parts of one run have in common, by name.
    fn common(&self) -> [(&'static str, String); 10] {
        let RunEvent { version, api, seed, strict, world, suite_hash, .. } = &self.run;
        [
            ("suites", suite_hash.clone()),
            ("versions of sharespec", version.clone()),
            ("APIs", api.clone()),
            ("documents", self.run.documents.join(", ")),
            ("selections", format!("{:?} without {:?}", self.run.selection, self.run.skipped)),
            ("numbers of selected cases", self.run.whole().to_string()),
            ("editions", format!("{:?}", self.run.edition)),
            ("seeds", seed.to_string()),
            ("strictness", strict.to_string()),
            ("worlds", world.clone()),
        ]
    }
}

/// All parts as one run.
struct Whole {
    run: RunEvent,
    cases: BTreeMap<String, CaseEvent>,
    /// Lines of known failures and snapshots.
    beside: Vec<Event>,
    took: u64,
}

impl Whole {
    /// # Errors
    /// What keeps the parts from being the whole.
    fn of(parts: Vec<Part>) -> Result<Self, anyhow::Error> {
        let first = parts.first().ok_or_else(|| anyhow!("there is nothing to merge"))?;
        for part in &parts {
            if let Some(problem) = part.incomplete() {
                return Err(anyhow!("{}: {problem}", part.name));
            }
            for ((what, one), (_, other)) in first.common().iter().zip(part.common()) {
                if *one != other {
                    let (a, b) = (&first.name, &part.name);
                    return Err(anyhow!("{a} and {b} are of different {what}: {one} and {other}"));
                }
            }
        }
        every_shard(&parts)?;
        let mut run = RunEvent { shard: None, ..first.run.clone() };
        let whole = run.whole();
        let support = format!("{}/support/", run.api);
        let mut found =
            Self { run: RunEvent::default(), cases: BTreeMap::new(), beside: Vec::new(), took: 0 };
        for part in parts {
            found.took = found.took.max(part.took);
            run.labels.extend(part.run.labels);
            run.jobs = run.jobs.max(part.run.jobs);
            for line in part.beside {
                if !found.beside.contains(&line) {
                    found.beside.push(line);
                }
            }
            for case in part.cases {
                // An operation that is missing is missing for each shard.
                let twice = found.cases.insert(case.id.clone(), case);
                if let Some(case) = twice.filter(|case| !case.id.starts_with(&support)) {
                    return Err(anyhow!("the case {} is in two reports", case.id));
                }
            }
        }
        let number = found.cases.keys().filter(|id| !id.starts_with(&support)).count();
        if number != whole {
            return Err(anyhow!("together they have {number} cases of {whole}"));
        }
        run.cases = found.cases.len();
        found.run = run;
        Ok(found)
    }
}

impl Part {
    fn incomplete(&self) -> Option<String> {
        let (cases, planned) = (self.cases.len(), self.run.cases);
        if self.interrupted {
            return Some("the run was interrupted".to_owned());
        }
        (cases != planned).then(|| format!("it has {cases} cases of {planned}"))
    }
}

/// Each shard of one number is there once.
fn every_shard(parts: &[Part]) -> Result<(), anyhow::Error> {
    let mut shards: BTreeMap<&str, &str> = BTreeMap::new();
    for part in parts {
        let shard = part.run.shard.as_deref().unwrap_or("1/1");
        if let Some(other) = shards.insert(shard, &part.name) {
            return Err(anyhow!("{other} and {} are both shard {shard}", part.name));
        }
    }
    let of = |shard: &str| shard.split_once('/').and_then(|(_, of)| of.parse::<usize>().ok());
    let numbers: Vec<Option<usize>> = shards.keys().map(|shard| of(shard)).collect();
    let Some(Some(number)) = numbers.first().copied() else {
        return Err(anyhow!("a report has a shard that is none"));
    };
    for index in 1..=number {
        let wanted = format!("{index}/{number}");
        if !shards.contains_key(wanted.as_str()) {
            return Err(anyhow!("shard {wanted} is missing"));
        }
    }
    if shards.len() != number {
        return Err(anyhow!("the reports are of different numbers of shards"));
    }
    Ok(())
}
