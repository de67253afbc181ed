//! What every fault must be.

use super::driver::{API, Driver};
use super::script::{PARTS, play, play_part};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::spec::{Rule, Spec};
use sharespec_reference::change::{Change, Effect, Nature, Trigger};
use sharespec_reference::faults::{DEGENERATE, all, degenerate, fault};
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::Platform;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn rules(change: &Change) -> &'static [&'static str] {
    match change.nature {
        Nature::Fault(rules) => rules,
        Nature::Variant(_) => &[],
    }
}

#[test]
fn names_are_unique_and_found() {
    let names: BTreeSet<&str> = all().chain(DEGENERATE).map(|change| change.name).collect();
    assert_eq!(names.len(), all().count() + DEGENERATE.len());
    for change in all() {
        assert_eq!(fault(change.name).map(|found| found.text), Some(change.text));
        assert!(change.text.ends_with('.'), "{}", change.name);
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(change.name.chars().all(plain), "{}", change.name);
    }
    assert!(DEGENERATE.iter().all(|change| degenerate(change.name).is_some()));
    assert!(all().count() >= 100);
}

#[test]
fn every_rule_that_a_fault_breaks_exists() {
    let specs = specs();
    for change in all().chain(DEGENERATE) {
        assert!(!rules(change).is_empty(), "{}", change.name);
        for rule in rules(change) {
            assert!(
                specs.iter().any(|spec| spec.rule_named(rule).is_some()),
                "{} breaks {rule}, which is none",
                change.name
            );
        }
    }
}

/// The documents in force, for each document of the removal.
fn specs() -> Vec<Spec> {
    let of_removal = |id: &&str| id.starts_with("alibaba-disassociate-");
    let ids = sharespec_fixtures::DOCUMENTS.iter().map(|(id, _)| *id).filter(of_removal);
    ids.map(|id| Alibaba::spec_with(&[id]).unwrap()).collect()
}

#[test]
fn every_condition_that_a_fault_overlooks_exists() {
    let overlooked = all().flat_map(|change| change.effects).filter_map(|effect| match effect {
        Effect::Overlook(names) => Some(*names),
        _ => None,
    });
    for name in overlooked.flatten() {
        assert!(API.spec().condition(name).is_some(), "{name}");
    }
}

#[test]
fn every_error_row_and_every_rule_of_the_removal_has_a_fault() {
    let broken: BTreeSet<&str> = all().flat_map(rules).copied().collect();
    let specs = specs();
    let mut missing = BTreeSet::new();
    for spec in &specs {
        let here: BTreeSet<String> = broken.iter().filter_map(|rule| spec.in_force(rule)).collect();
        let of_removal = |rule: &&Rule| {
            let firm = !rule.id.contains("/member/") && !rule.id.contains("/parameter/");
            rule.operation == "DisassociateResourceShare" && firm || rule.id.contains("/floor/")
        };
        let rules = spec.rules.iter().filter(of_removal).map(|rule| rule.id.as_str());
        missing.extend(rules.filter(|id| !here.contains(*id)).map(str::to_owned));
    }
    assert!(missing.is_empty(), "no fault breaks {missing:?}");
}

#[test]
fn every_error_row_of_the_association_has_a_fault() {
    let broken: BTreeSet<&str> = all().flat_map(rules).copied().collect();
    let rows =
        API.spec().rules.iter().filter(|rule| {
            rule.operation == "AssociateResourceShare" && rule.id.contains("/error/")
        });
    let missing: Vec<&str> = rows
        .filter(|rule| rule.unobservable.is_none())
        .map(|rule| rule.id.as_str())
        .filter(|id| !broken.contains(id))
        .collect();
    assert!(missing.is_empty(), "no fault breaks {missing:?}");
}

#[test]
fn every_effect_of_an_operation_has_a_fault() {
    let broken: BTreeSet<&str> = all().flat_map(rules).copied().collect();
    let effects = API.spec().rules.iter().filter(|rule| {
        rule.operation != "*"
            && !["/member/", "/parameter/", "/error/"].iter().any(|kind| rule.id.contains(kind))
    });
    let missing: Vec<&str> =
        effects.map(|rule| rule.id.as_str()).filter(|id| !broken.contains(id)).collect();
    assert!(missing.is_empty(), "no fault breaks {missing:?}");
}

#[test]
fn every_place_has_faults() {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for effect in all().flat_map(|change| change.effects) {
        let place = match effect {
            Effect::Spec(_) | Effect::Policy(_) => "spec",
            Effect::Refuse(_) | Effect::Overlook(_) => "choice",
            Effect::Call(_) | Effect::After(_) => "state",
            Effect::Reply(_) => "reply",
            Effect::Bytes(_) => "bytes",
            Effect::Connection(_) => "connection",
        };
        *places.entry(place).or_default() += 1;
    }
    assert_eq!(places.len(), 6);
    assert!(places.values().all(|count| *count >= 10), "{places:?}");
}

/// A fault may need another lawful reading to show; then it is compared with that. A fault that is
/// a reading, unlawful in an older document alone, is compared with what that document has.
fn lawful_part(api: &Arc<dyn Platform>, change: &Change) -> Vec<Change> {
    let changed = Blueprint::new(Arc::clone(api), &[*change]);
    let usual = Blueprint::new(Arc::clone(api), &[]);
    let spec = api.spec();
    let mut readings = Vec::new();
    for (position, point) in spec.points.iter().enumerate() {
        let followed = changed.policy().reading(position);
        if followed != usual.policy().reading(position) {
            let name = &point.readings[usize::from(followed)].name;
            readings.push(&*format!("{}:{name}", point.id).leak());
        }
    }
    let nature = Nature::Variant(readings.leak());
    vec![Change { name: "lawful", text: "", nature, trigger: Trigger::Always, effects: &[] }]
}

/// Whether some part of the script shows a fault.
fn shows(change: &Change, usual: &[Driver]) -> bool {
    PARTS.iter().zip(usual).any(|(part, usual)| {
        let lawful = lawful_part(part.api, change);
        let is_reading = change.effects.iter().all(|effect| matches!(effect, Effect::Policy(_)));
        let other = !is_reading
            && matches!(lawful[0].nature, Nature::Variant(readings) if !readings.is_empty());
        let lawful = other.then(|| play_part(*part, &lawful, Some(usual)));
        let base = lawful.as_ref().unwrap_or(usual);
        play_part(*part, &[*change], Some(base)).differs_from(base)
    })
}

#[test]
fn every_fault_shows_and_none_panics() {
    let usual = play(&[]);
    let same = play(&[]);
    assert!(
        same.iter().zip(&usual).all(|(one, other)| !one.differs_from(other)),
        "not deterministic"
    );
    let hidden: Vec<&str> =
        all().filter(|change| !shows(change, &usual)).map(|change| change.name).collect();
    assert!(hidden.is_empty(), "faults that nothing shows: {hidden:?}");
}

#[test]
fn degenerate_targets_answer_everything_alike() {
    for change in DEGENERATE {
        let mut driver = Driver::new(&[*change]);
        driver.call("owner", "DescribeRegions", serde_json::json!({}));
        driver.call("owner", "ListResourceShares", serde_json::json!({ "ResourceOwner": "Self" }));
        let statuses: BTreeSet<u16> =
            driver.log.iter().map(|exchange| exchange.answer.response.status).collect();
        assert_eq!(statuses.len(), 1, "{}", change.name);
    }
}
