//! Selftest: the suite measured against the reference implementation. Every variant must pass, every
//! fault must be caught by a case that cites a broken rule, and degenerate servers must pass
//! nothing but what truly cannot tell. And each reading that a variant stands on must be recorded,
//! and break the behaviour of the default one if that one follows another.

mod faults;
mod variants;

use crate::hold::Hold;
use crate::manner::Manner;
use crate::setup::{Abilities, Pace, Setup, Target};
use crate::verdict;
use faults::{degenerate, fault};
use sharespec_events::{Behaviour, CaseEvent, Outcome};
use sharespec_oracles::readings::Told;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::{self, Platform};
use sharespec_wire::case::Case;
use sharespec_wire::form::Signing;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use variants::{default, readings, variant};

/// What became of a variant.
#[derive(Clone, Debug)]
pub struct VariantResult {
    /// Its name.
    pub name: &'static str,
    /// How many cases were judged.
    pub judged: usize,
    /// How many cases were not.
    pub unjudged: usize,
    /// The cases that failed or had no verdict, with what was observed: false alarms.
    pub alarms: Vec<(String, String)>,
    /// What became of the readings that it stands on.
    pub readings: Vec<ReadingResult>,
}

/// What became of a reading that a variant stands on.
#[derive(Clone, Debug)]
pub struct ReadingResult {
    /// The reading, written `point:reading`.
    pub name: &'static str,
    /// How it was told.
    pub told: Telling,
}

/// How a reading of a variant was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// It was recorded, first in this case.
    Recorded(String),
    /// It was recorded, first in this case, which fails if the target is held to the behaviour of
    /// the default variant.
    Held(String),
    /// No case can tell it, for this reason.
    Untold(&'static str),
    /// It was not recorded.
    Missed,
    /// It was recorded, first in this case, which passes although the default variant follows
    /// another reading.
    NotHeld(String),
}

/// What became of a fault.
#[derive(Clone, Debug)]
pub struct FaultResult {
    /// Its name.
    pub name: &'static str,
    /// The rules in force that it breaks.
    pub breaks: Vec<String>,
    /// How many cases cite one of them.
    pub candidates: usize,
    /// The case that caught it, by which check and rule, if any did.
    pub caught: Option<(String, String)>,
}

/// What became of a degenerate server.
#[derive(Clone, Debug)]
pub struct DegenerateResult {
    /// Its name.
    pub name: &'static str,
    /// How many cases came to each outcome.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// The cases that passed although they can tell.
    pub passed: Vec<String>,
}

/// The whole measurement.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The variants, the default one first.
    pub variants: Vec<VariantResult>,
    /// The faults.
    pub faults: Vec<FaultResult>,
    /// The degenerate servers.
    pub degenerate: Vec<DegenerateResult>,
}

impl Matrix {
    /// Whether there is no false alarm, no miss, and no degenerate server that passes.
    pub fn is_clean(&self) -> bool {
        self.variants.iter().all(VariantResult::is_clean)
            && self.faults.iter().all(|each| each.caught.is_some())
            && self.degenerate.iter().all(|each| each.passed.is_empty())
    }
}

impl VariantResult {
    /// Whether it raises no alarm and each of its readings is told.
    pub fn is_clean(&self) -> bool {
        let told =
            |each: &ReadingResult| !matches!(each.told, Telling::Missed | Telling::NotHeld(_));
        self.alarms.is_empty() && self.readings.iter().all(told)
    }
}

fn blueprint_for(api: &Arc<dyn Platform>, changes: &[Change]) -> Blueprint {
    Blueprint::new(Arc::clone(api), changes).checking_signatures(true)
}

/// A setup against the reference implementation with some changes.
pub fn setup_for(api: &Arc<dyn Platform>, changes: &[Change], seed: u64) -> Setup {
    Setup {
        api: Arc::clone(api),
        target: Target::Builtin(Arc::new(blueprint_for(api, changes))),
        form: api.plain_form(Signing::Newest),
        prefix: "ss-self-".to_owned(),
        strict: false,
        levels: None,
        abilities: Abilities::of_builtin(),
        pace: Pace::default(),
        seed,
        target_name: "builtin".to_owned(),
        held: None,
        known: None,
        given: String::new(),
        seen: Arc::new(Mutex::default()),
        manner: Manner::default(),
        life: Arc::default(),
        told: Told::of(api.spec()),
        seeds: Arc::default(),
        watch: None,
    }
}

/// What is measured, and with what.
#[derive(Clone, Copy)]
pub struct Measure<'a> {
    /// The API.
    pub api: &'a Arc<dyn Platform>,
    /// The cases.
    pub cases: &'a [Case],
    /// How many threads.
    pub workers: usize,
    /// The seed.
    pub seed: u64,
    /// Only changes whose names contain this.
    pub only: Option<&'a str>,
}

/// Measures the suite.
pub fn measure(measured: Measure<'_>, progress: &mut dyn FnMut(&str)) -> Matrix {
    let Measure { api, cases, workers, seed, only } = measured;
    let wanted = |change: &&Change| only.is_none_or(|text| change.name.contains(text));
    let mut matrix = Matrix::default();
    progress("variants");
    let usual = default(measured);
    let (default, recorder) = variant(measured, "default", &setup_for(api, &[], seed), &usual);
    let behaviour = Behaviour { api: api.spec().api.clone(), ..recorder.behaviour() };
    let own = Hold::new(api.spec(), &behaviour, "the default variant").ok().map(Arc::new);
    if only.is_none() {
        matrix.variants.push(default);
        let held = Setup { held: own.clone(), ..setup_for(api, &[], seed) };
        matrix.variants.push(variant(measured, "default-held-to-itself", &held, &[]).0);
    }
    for change in api.catalogue().variants.iter().filter(wanted) {
        let setup = setup_for(api, &[*change], seed);
        let (mut result, recorder) = variant(measured, change.name, &setup, &usual);
        result.readings = readings(measured, change, &recorder, own.as_ref());
        matrix.variants.push(result);
    }
    progress("faults");
    let cited: Vec<Vec<String>> =
        cases.iter().map(|case| verdict::rules_of(api.spec(), case, &[])).collect();
    let all: Vec<&'static Change> = platform::faults_in_force(&**api).filter(wanted).collect();
    matrix.faults = in_parallel(&all, workers, |change| fault(api, cases, &cited, seed, change));
    progress("degenerate servers");
    for change in api.catalogue().degenerate.iter().filter(wanted) {
        matrix.degenerate.push(degenerate(api, cases, workers, seed, change));
    }
    matrix
}

/// What was observed in a case that did not pass.
pub fn observed(event: &CaseEvent) -> String {
    match (&event.failure, &event.reason) {
        (Some(failure), _) => {
            let cause = &failure.cause;
            format!("{}: {} ({})", cause.check, cause.observed, cause.rule)
        }
        (None, Some(reason)) => reason.detail.clone(),
        (None, None) => String::new(),
    }
}

/// Maps items over threads, keeping their order.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    map: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers.max(1))
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let position = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(item) = items.get(position) else { return done };
                        done.push((position, map(item)));
                    }
                })
            })
            .collect();
        handles.into_iter().filter_map(|handle| handle.join().ok()).flatten().collect()
    });
    results.sort_by_key(|(position, _)| *position);
    results.into_iter().map(|(_, result)| result).collect()
}
