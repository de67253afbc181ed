//! Selftest: the suite measured against the reference implementation. Every variant must pass, every
//! fault must be caught by a case that cites a broken rule, and degenerate servers must pass
//! nothing but what truly cannot tell. And each reading that a variant stands on must be recorded,
//! and break the behaviour of the default one if that one follows another.

use crate::hold::Hold;
use crate::manner::Manner;
use crate::run;
use crate::setup::{Abilities, Pace, Setup, Target};
use crate::verdict;
use sharespec_events::{Behaviour, CaseEvent, CheckName, Outcome, Recorder, Verdict};
use sharespec_model::spec::Spec;
use sharespec_oracles::readings::Told;
use sharespec_reference::change::{Change, Nature};
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::{Platform, broken, faults};
use sharespec_wire::case::{Case, Step};
use sharespec_wire::form::Signing;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

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
    for change in api.variants().iter().filter(wanted) {
        let setup = setup_for(api, &[*change], seed);
        let (mut result, recorder) = variant(measured, change.name, &setup, &usual);
        result.readings = readings(measured, change, &recorder, own.as_ref());
        matrix.variants.push(result);
    }
    progress("faults");
    let cited: Vec<Vec<String>> =
        cases.iter().map(|case| verdict::rules_of(api.spec(), case, &[])).collect();
    let all: Vec<&'static Change> =
        faults(&**api).filter(wanted).filter(|change| !broken(&**api, change).is_empty()).collect();
    matrix.faults = in_parallel(&all, workers, |change| fault(api, cases, &cited, seed, change));
    progress("degenerate servers");
    for change in api.degenerate().iter().filter(wanted) {
        matrix.degenerate.push(degenerate(api, cases, workers, seed, change));
    }
    matrix
}

/// A case as it went with the default variant, and a blueprint that took down what the case asked of
/// its policy.
struct Usual {
    event: CaseEvent,
    asked: Blueprint,
}

/// Plays every case with the default variant.
fn default(measured: Measure<'_>) -> Vec<Usual> {
    let setup = setup_for(measured.api, &[], measured.seed);
    let blueprint = blueprint_for(measured.api, &[]);
    played(measured, |position, case| {
        let asked = Arc::new(blueprint.apart());
        let setup = Setup { target: Target::Builtin(Arc::clone(&asked)), ..setup.clone() };
        let event = futures::executor::block_on(run::play(&setup, case, position));
        Usual { event, asked: asked.apart() }
    })
}

/// What becomes of every case, in their order.
fn played<R: Send>(measured: Measure<'_>, play: impl Fn(usize, &Case) -> R + Sync) -> Vec<R> {
    let cases: Vec<(usize, &Case)> = measured.cases.iter().enumerate().collect();
    in_parallel(&cases, measured.workers, |(position, case)| play(*position, case))
}

/// What becomes of the cases with a variant. Whoever follows other readings of points that a case never
/// asks for does the same in it, byte by byte: such a case need not be played again.
fn variant(
    measured: Measure<'_>,
    name: &'static str,
    setup: &Setup,
    usual: &[Usual],
) -> (VariantResult, Recorder) {
    let mut recorder = Recorder::default();
    let mut result =
        VariantResult { name, judged: 0, unjudged: 0, alarms: Vec::new(), readings: Vec::new() };
    let events = played(measured, |position, case| {
        let same = usual.get(position).filter(|usual| match &setup.target {
            Target::Builtin(blueprint) => usual.asked.would_answer_as(blueprint),
            _ => false,
        });
        match same {
            Some(usual) => Cow::Borrowed(&usual.event),
            None => Cow::Owned(futures::executor::block_on(run::play(setup, case, position))),
        }
    });
    for event in events {
        recorder.case(&event);
        match event.outcome {
            Outcome::Pass => result.judged += 1,
            Outcome::Unsupported | Outcome::Disabled => result.unjudged += 1,
            _ => result.alarms.push((event.id.clone(), observed(&event))),
        }
    }
    (result, recorder)
}

/// How the readings that a variant stands on were told.
fn readings(
    measured: Measure<'_>,
    change: &'static Change,
    recorder: &Recorder,
    default: Option<&Arc<Hold>>,
) -> Vec<ReadingResult> {
    let Nature::Variant(readings) = change.nature else { return Vec::new() };
    let behaviour = recorder.behaviour();
    let newest = measured.api.library().spec_with(&[]).unwrap_or_default();
    let ids =
        |spec: &Spec| spec.documents.iter().map(|each| each.id.clone()).collect::<BTreeSet<_>>();
    let older = ids(&newest) != ids(measured.api.spec());
    let told = |name: &str| {
        let known = measured.api.untold().iter().find(|(variant, reading, _)| {
            *reading == name && (*variant == "*" || *variant == change.name)
        });
        if let Some((_, _, reason)) = known {
            return Telling::Untold(reason);
        }
        let (point, reading) = name.split_once(':').unwrap_or_default();
        let points = &measured.api.spec().points;
        if points.iter().any(|each| each.id == point && each.is_closed()) {
            return Telling::Untold("the point is closed");
        }
        if !is_in_force(measured.api.spec(), name) {
            return Telling::Untold("no row of these documents stands on it");
        }
        if older && is_in_force(&newest, name) {
            return Telling::Untold("it is told under the newest documents");
        }
        let Some(found) = behaviour.points.get(point) else { return Telling::Missed };
        let same = |each: &str| each.split('/').next() == Some(reading);
        let Some((seen, evidence)) = found.seen.iter().find(|(each, _)| same(each)) else {
            return Telling::Missed;
        };
        let case = evidence.example.clone();
        let allowed = |hold: &&Arc<Hold>| hold.allows(&format!("{point}:{seen}"));
        let Some(hold) = default.filter(|hold| !allowed(hold)) else {
            return Telling::Recorded(case);
        };
        let mut cases = std::iter::once(evidence).chain(found.seen.values());
        match cases.any(|each| breaks(measured, change, hold, &each.example)) {
            true => Telling::Held(case),
            false => Telling::NotHeld(case),
        }
    };
    readings.iter().map(|name| ReadingResult { name, told: told(name) }).collect()
}

/// Whether answers can show a reading under the documents in force: of a point about calls, some row
/// names the reading, or, if it accepts the call, a row of a table another one of its point.
fn is_in_force(spec: &Spec, name: &str) -> bool {
    let Some(reading) = spec.reading(name) else { return false };
    let Some(point) = spec.points.get(usize::from(reading.0)) else { return false };
    let accepts = point.readings.get(usize::from(reading.1)).is_some_and(|each| each.accepts);
    let operations = spec.operations();
    let mut rows = operations.values().flat_map(|operation| &operation.rows);
    point.conditions.is_empty()
        || point.readings.iter().all(|each| each.any)
        || rows.any(|row| {
            let mut named = row.readings.iter().map(|(_, each)| *each);
            let refused = accepts && row.rule.is_some();
            named.any(|each| each == reading || (refused && each.0 == reading.0))
        })
}

/// Whether a case fails with a variant that is held to a behaviour.
fn breaks(measured: Measure<'_>, change: &Change, hold: &Arc<Hold>, case: &str) -> bool {
    let found = measured.cases.iter().enumerate().find(|(_, each)| each.id == case);
    let Some((position, case)) = found else { return false };
    let setup = setup_for(measured.api, &[*change], measured.seed);
    let setup = Setup { held: Some(Arc::clone(hold)), ..setup };
    // Played as in the whole suite: names, and so what is left to luck, depend on the position.
    let event = futures::executor::block_on(run::play(&setup, case, position));
    event.failure.is_some_and(|failure| failure.check == CheckName::Behaviour)
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

fn fault(
    api: &Arc<dyn Platform>,
    cases: &[Case],
    cited: &[Vec<String>],
    seed: u64,
    change: &'static Change,
) -> FaultResult {
    let breaks = broken(&**api, change);
    let setup = setup_for(api, &[*change], seed);
    // What every answer stands on is cited by every case.
    let floor = format!("{}/floor/", api.spec().gateway().prefix);
    let everywhere = breaks.iter().any(|rule| rule.starts_with(&floor));
    let concerns = |rules: &[String]| everywhere || rules.iter().any(|rule| breaks.contains(rule));
    let candidates: Vec<&Case> = cases
        .iter()
        .zip(cited)
        .filter(|(_, rules)| concerns(rules))
        .map(|(case, _)| case)
        .collect();
    let mut caught = None;
    for case in &candidates {
        let event = futures::executor::block_on(run::play(&setup, case, 0));
        // What breaks nothing but a contradicted rule is a warning.
        let warned = event
            .checks_with(Verdict::Warn)
            .find(|check| check.rule.as_ref().is_some_and(|rule| breaks.contains(rule)));
        if event.outcome == Outcome::Fail {
            caught = Some((event.id.clone(), observed(&event)));
            break;
        } else if let Some(check) = warned {
            let observed = check.observed.clone().unwrap_or_default();
            caught = Some((event.id.clone(), format!("warning: {observed}")));
            break;
        }
    }
    FaultResult { name: change.name, breaks, candidates: candidates.len(), caught }
}

fn degenerate(
    api: &Arc<dyn Platform>,
    cases: &[Case],
    workers: usize,
    seed: u64,
    change: &'static Change,
) -> DegenerateResult {
    let setup = setup_for(api, &[*change], seed);
    let mut result =
        DegenerateResult { name: change.name, outcomes: BTreeMap::new(), passed: Vec::new() };
    run::play_all(&setup, cases, workers, &mut |event| {
        *result.outcomes.entry(event.outcome).or_insert(0) += 1;
        let tells = cases.iter().any(|case| case.id == event.id && calls(case) > 1);
        if event.outcome == Outcome::Pass && tells {
            result.passed.push(event.id);
        }
    });
    result
}

/// How many calls a case makes. What is one call alone, and is answered as may be, cannot tell a
/// server that answers so to everything: an empty list, an open question.
fn calls(case: &Case) -> usize {
    case.base.iter().filter(|step| matches!(step, Step::Call(_))).count()
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
