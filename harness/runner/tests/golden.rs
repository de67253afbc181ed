//! The golden canonical exchanges of the reference implementation, a readable file a rule group.
//! Reviewed with `cargo insta review`; an unused or missing file fails.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

use serde_json::{Value, json};
use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::alibaba;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use sharespec_runner::selftest::setup_for;
use sharespec_runner::setup::Setup;
use sharespec_runner::{rules_of, run};
use sharespec_wire::case::Case;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots");

fn setup() -> Setup {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api: Arc<dyn Platform> = Arc::new(Alibaba::new(world).unwrap());
    setup_for(&api, &[], 1)
}

fn play(setup: &Setup, case: &Case) -> CaseEvent {
    futures::executor::block_on(run::play(setup, case, 0))
}

/// The groups: the file, and the ids of the cases in it.
fn groups(setup: &Setup, cases: &[Case]) -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("disassociate-errors", error_cases(setup, cases)),
        ("disassociate-effects", effect_cases(cases)),
    ])
}

/// For each error row the first case that provokes a condition that no other row answers, else the
/// first that cites the row.
fn error_cases(setup: &Setup, cases: &[Case]) -> Vec<String> {
    let spec = setup.api.spec();
    let operation = spec.operation("DisassociateResourceShare").unwrap();
    let own = |case: &&Case| case.operation() == operation.name && case.provokes.len() == 1;
    let mut ids = Vec::new();
    for rule in operation.rows.iter().filter_map(|row| row.rule) {
        let cited: Vec<&Case> = cases
            .iter()
            .filter(own)
            .filter(|case| rules_of(spec, case, &[]).iter().any(|id| id == spec.rule_id(rule)))
            .collect();
        let rows = |case: &Case| {
            let condition = spec.condition(&case.provokes[0]).unwrap();
            operation.rows.iter().filter(|row| row.conditions.has(condition)).count()
        };
        let mut cited = cited;
        cited.sort_by_key(|case| (rows(case), case.id.len(), case.id.clone()));
        // Some states are led to by variants alone: the case must be judged here.
        let judged = cited.iter().find(|case| play(setup, case).outcome == Outcome::Pass);
        ids.push(judged.unwrap_or_else(|| panic!("no case for {}", spec.rule_id(rule))).id.clone());
    }
    ids.sort();
    ids.dedup();
    ids
}

fn effect_cases(cases: &[Case]) -> Vec<String> {
    let valid = cases.iter().filter(|case| {
        case.operation() == "DisassociateResourceShare"
            && case.provokes.is_empty()
            && case.id.contains("/entity/")
    });
    valid.map(|case| case.id.clone()).take(12).collect()
}

#[test]
fn exchanges_are_the_golden_ones() {
    let cases = alibaba();
    let setup = setup();
    for (name, ids) in groups(&setup, &cases) {
        let mut exchanges: BTreeMap<String, Value> = BTreeMap::new();
        for id in ids {
            let case = cases.iter().find(|case| case.id == id).unwrap();
            let event = play(&setup, case);
            assert_eq!(event.outcome, Outcome::Pass, "{id}: {:?}", event.failure);
            exchanges.insert(id, json!({ "call": event.call, "answer": event.answer }));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(SNAPSHOTS);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_json_snapshot!(name, exchanges));
    }
}

#[test]
fn no_snapshot_is_unused() {
    let wanted: Vec<String> =
        groups(&setup(), &alibaba()).keys().map(|name| format!("{name}.snap")).collect();
    let mut found: Vec<String> = std::fs::read_dir(Path::new(SNAPSHOTS))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    found.sort();
    assert_eq!(found, wanted);
}
