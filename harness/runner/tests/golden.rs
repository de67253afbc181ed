//! The golden canonical exchanges of the reference implementation, a readable file a rule group.
//! Reviewed with `cargo insta review`; an unused or missing file fails.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

use serde_json::{Value, json};
use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::{alibaba, aws};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::aws::Aws;
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

/// An API: its cases, and which of them stand in a file.
struct Suite {
    setup: Setup,
    cases: Vec<Case>,
    /// The groups of error rows: the file, and the operation.
    errors: &'static [(&'static str, &'static str)],
    /// The groups of what is accepted: the file, the operation, and what the ids of the cases have.
    effects: &'static [(&'static str, &'static str, &'static str)],
}

fn suites() -> [Suite; 2] {
    let world = |text| World::from_json(text).unwrap();
    let alibaba_api: Arc<dyn Platform> =
        Arc::new(Alibaba::new(world(sharespec_fixtures::ALIBABA_WORLD)).unwrap());
    let aws_api: Arc<dyn Platform> =
        Arc::new(Aws::new(world(sharespec_fixtures::AWS_WORLD)).unwrap());
    [
        Suite {
            setup: setup_for(&alibaba_api, &[], 1),
            cases: alibaba(),
            errors: &[
                ("accept-errors", "AcceptResourceShareInvitation"),
                ("associate-errors", "AssociateResourceShare"),
                ("create-errors", "CreateResourceShare"),
                ("disassociate-errors", "DisassociateResourceShare"),
                ("list-associations-errors", "ListResourceShareAssociations"),
                ("update-errors", "UpdateResourceShare"),
            ],
            effects: &[
                ("associate-effects", "AssociateResourceShare", "/valid/"),
                ("create-effects", "CreateResourceShare", "/valid/"),
                ("disassociate-effects", "DisassociateResourceShare", "/entity/"),
                ("list-associations-rows", "ListResourceShareAssociations", "/list-associations/"),
                ("list-shares-rows", "ListResourceShares", "/list-shares/"),
            ],
        },
        Suite {
            setup: setup_for(&aws_api, &[], 1),
            cases: aws(),
            errors: &[
                ("aws-accept-errors", "AcceptResourceShareInvitation"),
                ("aws-associate-errors", "AssociateResourceShare"),
                ("aws-create-errors", "CreateResourceShare"),
                ("aws-disassociate-errors", "DisassociateResourceShare"),
                ("aws-list-associations-errors", "GetResourceShareAssociations"),
                ("aws-update-errors", "UpdateResourceShare"),
            ],
            effects: &[
                ("aws-associate-effects", "AssociateResourceShare", "/valid/"),
                ("aws-create-effects", "CreateResourceShare", "/valid/"),
                ("aws-disassociate-effects", "DisassociateResourceShare", "/valid/"),
                ("aws-disassociate-tokens", "DisassociateResourceShare", "/client-token/"),
                ("aws-list-associations-rows", "GetResourceShareAssociations", "/valid/"),
                ("aws-list-shares-rows", "GetResourceShares", "/valid/"),
            ],
        },
    ]
}

fn play(setup: &Setup, case: &Case) -> CaseEvent {
    futures::executor::block_on(run::play(setup, case, 0))
}

/// The groups: the file, and the ids of the cases in it.
fn groups(suite: &Suite) -> BTreeMap<&'static str, Vec<String>> {
    let Suite { setup, cases, errors, effects } = suite;
    let errors = errors.iter().map(|(file, name)| (*file, error_cases(setup, cases, name)));
    let effects = effects
        .iter()
        .map(|(file, operation, part)| (*file, effect_cases(setup, cases, operation, part)));
    errors.chain(effects).collect()
}

/// For each error row the first case that provokes a condition that no other row answers, else the
/// first that cites the row.
fn error_cases(setup: &Setup, cases: &[Case], operation: &str) -> Vec<String> {
    let spec = setup.api.spec();
    let operation = spec.operation(operation).unwrap();
    let own = |case: &&Case| case.operation() == operation.name && case.provokes.len() == 1;
    let mut ids = Vec::new();
    for rule in operation.rows.iter().filter_map(|row| row.rule) {
        if spec.rule(rule).unwrap().unobservable.is_some() {
            continue;
        }
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
        // What nothing provokes alone is in no file, but of the newest documents everything is.
        let own = operation.name == "DisassociateResourceShare";
        match judged {
            Some(case) => ids.push(case.id.clone()),
            None => assert!(!own, "no case for {}", spec.rule_id(rule)),
        }
    }
    ids.sort();
    ids.dedup();
    ids
}

fn effect_cases(setup: &Setup, cases: &[Case], operation: &str, part: &str) -> Vec<String> {
    let valid = cases.iter().filter(|case| {
        case.operation() == operation
            && case.provokes.is_empty()
            && case.id.contains(part)
            && !case.id.contains("/probe/")
            && play(setup, case).outcome != Outcome::Unsupported
    });
    valid.map(|case| case.id.clone()).take(12).collect()
}

#[test]
fn exchanges_are_the_golden_ones() {
    for suite in suites() {
        for (name, ids) in groups(&suite) {
            let mut exchanges: BTreeMap<String, Value> = BTreeMap::new();
            for id in ids {
                let case = suite.cases.iter().find(|case| case.id == id).unwrap();
                let event = play(&suite.setup, case);
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
}

#[test]
fn no_snapshot_is_unused() {
    let names = suites().iter().flat_map(|suite| groups(suite).into_keys()).collect::<Vec<_>>();
    let mut wanted: Vec<String> = names.iter().map(|name| format!("{name}.snap")).collect();
    let mut found: Vec<String> = std::fs::read_dir(Path::new(SNAPSHOTS))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}
