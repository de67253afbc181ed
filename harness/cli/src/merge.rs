//! `merge`: the reports of all shards of one run as the report of the whole; of one report, other forms
//! of it.
//!
//! What is merged must be whole: parts of one suite and one selection, each shard once, each at its end,
//! and together as many cases as were selected, none twice. A missing part would be a missing failure.
//! The reports are read twice, line by line: once to see that they are, and once to hand their lines on.

use crate::arguments::MergeArguments;
use crate::failure::Failure;
use crate::reports::{events, opened};
use crate::run::reached;
use anyhow::anyhow;
use sharespec_events::{CaseEvent, Event, Recorder, RunEvent, Summary, case_id};
use sharespec_generators::Strength;
use sharespec_report::read::Ids;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Merges reports.
pub fn merge(arguments: &MergeArguments) -> Result<u8, Failure> {
    let mut ids = Ids::default();
    let mut parts = Vec::new();
    for path in &arguments.parts {
        parts.push(Part::read(path, &mut ids)?);
    }
    let whole = Whole::of(&parts).map_err(|error| {
        Failure::usage(error).hint("merge takes the reports of all shards of one run, each once")
    })?;
    let mut reports = opened(&arguments.reports, "merged")?;
    let mut summary = Summary::default();
    let mut recorder = Recorder::default();
    let mut judged = BTreeSet::new();
    let mut say = |event: Event| {
        match &event {
            Event::Case(case) => {
                summary.add(case);
                let id = case_id(&case.id);
                if case.outcome.is_judged() && !judged.contains(id) {
                    judged.insert(id.to_owned());
                }
            }
            Event::Known(_) => summary.known_problems += 1,
            Event::Snapshot(_) => summary.snapshots_changed += 1,
            Event::Run(_) | Event::Behaviour(_) | Event::Note(_) | Event::Summary(_) => {}
        }
        recorder.event(&event);
        reports.event(&event);
    };
    say(whole.run.clone().into());
    in_order(&parts, &whole.support, &mut |case| say(case.into()))?;
    whole.beside.into_iter().for_each(say);
    for line in recorder.lines() {
        reports.event(&line.into());
    }
    summary.conclude(whole.took, None);
    summary.strength = whole.run.strength.and_then(|strength| {
        reached(Strength::Of(strength.strength), judged.iter().map(String::as_str))
    });
    let code = summary.exit_code;
    reports.event(&summary.into());
    reports.finish().map(|()| code)
}

/// The cases of all parts, each part in its order: the least id of those that come next is next.
fn in_order(parts: &[Part], support: &str, take: &mut dyn FnMut(CaseEvent)) -> Result<(), Failure> {
    let mut streams = Vec::new();
    for part in parts {
        let mut cases = events(&part.path)?.filter_map(|event| match event {
            Ok(Event::Case(case)) => Some(Ok(*case)),
            Ok(_) => None,
            Err(failure) => Some(Err(failure)),
        });
        let first = cases.next().transpose()?;
        streams.push((first, cases));
    }
    let mut missing = BTreeSet::new();
    while let Some((next, rest)) = streams
        .iter_mut()
        .filter(|(next, _)| next.is_some())
        .min_by(|(one, _), (other, _)| id(one.as_ref()).cmp(&id(other.as_ref())))
    {
        let Some(case) = std::mem::replace(next, rest.next().transpose()?) else { break };
        // An operation that is missing is missing for each shard.
        if !case.id.starts_with(support) || missing.insert(case.id.clone()) {
            take(case);
        }
    }
    Ok(())
}

fn id(case: Option<&CaseEvent>) -> Option<&str> {
    case.map(|case| case.id.as_str())
}

/// One report.
struct Part {
    path: PathBuf,
    name: String,
    run: RunEvent,
    /// How many lines it has of cases, and how many of these are of the first round.
    lines: usize,
    first: usize,
    /// The operations that are missing: their lines are of no case.
    missing: BTreeSet<String>,
    /// A case that an earlier part has.
    twice: Option<String>,
    /// Lines of known failures and snapshots.
    beside: Vec<Event>,
    took: u64,
    interrupted: bool,
}

impl Part {
    fn read(path: &Path, ids: &mut Ids) -> Result<Self, Failure> {
        let mut part = Self {
            path: path.to_owned(),
            name: path.display().to_string(),
            run: RunEvent::default(),
            lines: 0,
            first: 0,
            missing: BTreeSet::new(),
            twice: None,
            beside: Vec::new(),
            took: 0,
            interrupted: false,
        };
        for event in events(path)? {
            match event? {
                Event::Run(run) => part.run = *run,
                Event::Case(case) => part.case(case.id, ids),
                event @ (Event::Known(_) | Event::Snapshot(_)) => part.beside.push(event),
                Event::Summary(summary) => {
                    part.took = summary.duration_ms;
                    part.interrupted = summary.interrupted;
                }
                Event::Behaviour(_) | Event::Note(_) => {}
            }
        }
        Ok(part)
    }

    fn case(&mut self, id: String, ids: &mut Ids) {
        if id.starts_with(&support(&self.run)) {
            self.missing.insert(id);
            return;
        }
        self.lines += 1;
        self.first += usize::from(case_id(&id) == id);
        if ids.insert(&id, 0).is_some() {
            self.twice.get_or_insert(id);
        }
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

    fn incomplete(&self) -> Option<String> {
        if self.interrupted {
            return Some("the run was interrupted".to_owned());
        }
        let planned = self.run.cases.saturating_sub(self.missing.len());
        let (found, planned) = self.once(planned);
        (found != planned).then(|| format!("it has {found} cases of {planned}"))
    }

    /// How many cases it has of so many lines. Of rounds after the first none is missed.
    fn once(&self, lines: usize) -> (usize, usize) {
        match self.run.repeat {
            Some(rounds) => (self.first, lines.checked_div(rounds).unwrap_or(lines)),
            None => (self.lines, lines),
        }
    }
}

/// What the ids of lines begin with that are of operations, and of no case.
fn support(run: &RunEvent) -> String {
    format!("{}/support/", run.api)
}

/// All parts as one run.
struct Whole {
    run: RunEvent,
    support: String,
    /// Lines of known failures and snapshots.
    beside: Vec<Event>,
    took: u64,
}

impl Whole {
    /// # Errors
    /// What keeps the parts from being the whole.
    fn of(parts: &[Part]) -> Result<Self, anyhow::Error> {
        let first = parts.first().ok_or_else(|| anyhow!("there is nothing to merge"))?;
        for part in parts {
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
        every_shard(parts)?;
        if let Some(id) = parts.iter().find_map(|part| part.twice.as_ref()) {
            return Err(anyhow!("the case {id} is in two reports"));
        }
        let mut run = RunEvent { shard: None, ..first.run.clone() };
        let mut beside: Vec<Event> = Vec::new();
        let mut missing = BTreeSet::new();
        for part in parts {
            run.labels.extend(part.run.labels.clone());
            run.jobs = run.jobs.max(part.run.jobs);
            missing.extend(&part.missing);
            for line in &part.beside {
                if !beside.contains(line) {
                    beside.push(line.clone());
                }
            }
        }
        let number: usize = parts.iter().map(|part| part.once(0).0).sum();
        let (_, whole) = first.once(run.whole());
        if number != whole {
            return Err(anyhow!("together they have {number} cases of {whole}"));
        }
        let lines: usize = parts.iter().map(|part| part.lines).sum();
        if lines != run.whole() {
            // Rounds that were not played to their end are not planned any more.
            (run.selected, run.repeat) = (Some(lines), None);
        }
        run.cases = lines + missing.len();
        let took = parts.iter().map(|part| part.took).max().unwrap_or(0);
        Ok(Self { support: support(&run), run, beside, took })
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
