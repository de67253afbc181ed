//! Behaviours: what a run sees of the open points, and what it is to be held to them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use sharespec_events::{Behaviour, CaseEvent, CheckName, Outcome, Recorder};
use sharespec_generators::{alibaba, aws};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::aws::Aws;
use sharespec_model::world::World;
use sharespec_reference::change::Change;
use sharespec_reference::platform::Platform;
use sharespec_reference::variants::variant;
use sharespec_runner::hold::{CannotHold, Hold};
use sharespec_runner::run::play_all;
use sharespec_runner::selection::select;
use sharespec_runner::selftest::setup_for;
use sharespec_runner::setup::Setup;
use sharespec_wire::case::Case;
use std::sync::{Arc, LazyLock};

static API: LazyLock<Arc<dyn Platform>> = LazyLock::new(|| {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    Arc::new(Alibaba::new(world).unwrap())
});

/// Cases that show readings of codes, of replies, of what remains, and of which error wins.
const SAMPLE: &[&str] = &[
    "alibaba/disassociate/targets/malformed",
    "alibaba/disassociate/probe/spelling",
    "alibaba/disassociate/pairs/targets-duplicate+resources-duplicate",
    "alibaba/disassociate/pairs/lists-conflict+targets-duplicate",
    "alibaba/delete/valid",
];

/// What a variant does, by its name; no name is the default one.
fn setup(name: Option<&str>) -> Setup {
    let changes: Vec<Change> = name.map(|name| *variant(name).unwrap()).into_iter().collect();
    setup_for(&API, &changes, 1)
}

fn play(setup: &Setup) -> (Vec<CaseEvent>, Behaviour) {
    play_some(setup, alibaba(), SAMPLE)
}

fn play_some(setup: &Setup, cases: Vec<Case>, sample: &[&str]) -> (Vec<CaseEvent>, Behaviour) {
    let patterns: Vec<String> = sample.iter().map(|each| (*each).to_owned()).collect();
    let cases = select(cases, &patterns, &[]).unwrap();
    let (mut events, mut recorder) = (Vec::new(), Recorder::default());
    play_all(setup, &cases, 2, &mut |event| {
        recorder.case(&event);
        events.push(event);
    });
    let api = setup.api.spec().api.clone();
    (events, Behaviour { api, ..recorder.behaviour() })
}

fn held(name: Option<&str>, behaviour: &Behaviour) -> Vec<CaseEvent> {
    let hold = Hold::new(API.spec(), behaviour, "recorded.json").unwrap();
    play(&Setup { held: Some(Arc::new(hold)), ..setup(name) }).0
}

#[test]
fn the_same_seed_sees_the_same() {
    let (_, one) = play(&setup(None));
    let (_, other) = play(&setup(None));
    assert_eq!(one, other);
    assert_eq!(one.points["malformed-target"].seen.keys().collect::<Vec<_>>(), ["invalid"]);
    assert!(one.points["answer-status"].seen.contains_key("later"));
    assert!(one.points["deletion-status"].seen.contains_key("later"));
    assert!(one.points["spelling"].seen.keys().all(|reading| reading.starts_with("open/")));
    assert!(!one.precedence["DisassociateResourceShare"].is_empty());
}

#[test]
fn who_is_held_to_itself_passes() {
    for name in [None, Some("errors-scattered"), Some("everything-at-once")] {
        let (_, behaviour) = play(&setup(name));
        for event in held(name, &behaviour) {
            assert_eq!(event.outcome, Outcome::Pass, "{name:?}: {} {:?}", event.id, event.failure);
        }
    }
}

#[test]
fn another_reading_than_the_recorded_one_fails_and_is_named() {
    let (_, behaviour) = play(&setup(None));
    let expected = [
        ("malformed-target-unassociated", "malformed-target", "malformed-target:unassociated"),
        ("message-absent", "message-without-failure", "message-without-failure:absent"),
        ("removal-at-once", "answer-status", "answer-status:at-once"),
        ("odd-values-accepted", "spelling", "spelling:open/success"),
        ("errors-last-row-first", "precedence", "precedence:reverse-order"),
    ];
    for (name, point, observed) in expected {
        let events = held(Some(name), &behaviour);
        let failures = events.iter().filter_map(|event| event.failure.as_deref());
        let rule = format!("behaviour/{point}");
        let failure = { failures }.find(|failure| failure.rule.id == rule).unwrap();
        assert_eq!(failure.check, CheckName::Behaviour);
        assert!(failure.cause.observed.contains(observed), "{name}: {}", failure.cause.observed);
        assert!(failure.rule.text.contains("Recorded: "), "{}", failure.rule.text);
        assert!(failure.rule.citation.contains("recorded.json"));
        assert!(!failure.expected.is_empty());
    }
}

#[test]
fn what_was_not_recorded_stays_open() {
    let nothing = Behaviour { api: API.spec().api.clone(), ..Behaviour::default() };
    for event in held(Some("aws-like"), &nothing) {
        assert_eq!(event.outcome, Outcome::Pass, "{}", event.id);
    }
}

#[test]
fn a_behaviour_that_does_not_fit_is_refused() {
    let (_, behaviour) = play(&setup(None));
    let refused = |edit: &dyn Fn(&mut Behaviour)| {
        let mut other = behaviour.clone();
        edit(&mut other);
        Hold::new(API.spec(), &other, "other.json").unwrap_err()
    };
    assert!(matches!(refused(&|each| each.behaviour = 99), CannotHold::Newer(99)));
    assert!(matches!(refused(&|each| each.api = "aws".into()), CannotHold::Api(..)));
    let unknown = refused(&|each| {
        let point = each.points["answer-status"].clone();
        each.points.insert("gone".into(), point);
    });
    assert_eq!(unknown, CannotHold::Unknown("gone:later".into()));
}

#[test]
fn aws_is_recorded_and_held_to_it() {
    let world = World::from_json(sharespec_fixtures::AWS_WORLD).unwrap();
    let api: Arc<dyn Platform> = Arc::new(Aws::new(world).unwrap());
    let sample = ["aws/disassociate/principals/malformed", "aws/disassociate/valid", "aws/delete"];
    let setup = |name: Option<&str>| {
        let change =
            |name| *api.catalogue().variants.iter().find(|each| each.name == name).unwrap();
        setup_for(&api, &name.map(change).into_iter().collect::<Vec<_>>(), 1)
    };
    let (_, behaviour) = play_some(&setup(None), aws(), &sample);
    assert!(behaviour.points["malformed-principal"].seen.contains_key("parameter"));
    assert!(behaviour.points["answer-status"].seen.contains_key("later"));
    let hold = Arc::new(Hold::new(api.spec(), &behaviour, "recorded.json").unwrap());
    let expected = [
        (None, None),
        (Some("malformed-principal-unknown"), Some("behaviour/malformed-principal")),
        (Some("removed-at-once"), Some("behaviour/answer-status")),
    ];
    for (name, rule) in expected {
        let held = Setup { held: Some(Arc::clone(&hold)), ..setup(name) };
        let (events, _) = play_some(&held, aws(), &sample);
        let failed = events.iter().filter_map(|event| event.failure.as_deref());
        let rules: Vec<&str> = failed.map(|failure| failure.rule.id.as_str()).collect();
        match rule {
            Some(rule) => assert!(rules.contains(&rule), "{name:?}: {rules:?}"),
            None => assert!(rules.is_empty(), "{rules:?}"),
        }
    }
}
