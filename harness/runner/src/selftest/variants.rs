//! Variants: none of the cases may fail with one, and each reading that it stands on must be told.

use super::setup_for;
use super::{Measure, ReadingResult, Telling, VariantResult, blueprint_for, in_parallel, observed};
use crate::hold::Hold;
use crate::run;
use crate::setup::{Setup, Target};
use sharespec_events::{CaseEvent, CheckName, Outcome, Recorder};
use sharespec_model::spec::Spec;
use sharespec_reference::change::{Change, Nature};
use sharespec_reference::pipeline::Blueprint;
use sharespec_wire::case::Case;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A case as it went with the default variant, and a blueprint that took down what the case asked of
/// its policy.
pub(super) struct Usual {
    event: CaseEvent,
    asked: Blueprint,
}

/// Plays every case with the default variant.
pub(super) fn default(measured: Measure<'_>) -> Vec<Usual> {
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
pub(super) fn variant(
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
pub(super) fn readings(
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
        let known = measured.api.catalogue().untold.iter().find(|(variant, reading, _)| {
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
