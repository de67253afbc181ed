//! The checked-in schemas equal the types, and what sharespec writes is valid by them.
//!
//! `SHARESPEC_UPDATE_SCHEMA=1 cargo test -p sharespec-events --test schema` writes the files anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Value, json};
use sharespec_events::{
    BEHAVIOUR_VERSION, Behaviour, BehaviourEvent, CaseBehaviour, CaseEvent, Cause, CheckName,
    CheckResult, Either, Event, Evidence, ExchangeText, Failure, KnownEvent, KnownProblem, Level,
    NoteEvent, OpenPoint, Outcome, PairRecord, PairSeen, PointSeen, Reason, ReasonKind, RuleText,
    RunEvent, SnapshotEvent, Strength, Summary, Verdict, behaviour_schema, schema,
};

const UPDATE: &str = "SHARESPEC_UPDATE_SCHEMA";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reports").join(name)
}

fn failure() -> Failure {
    let rule = "alibaba-disassociate-2026-03/error/InvalidParameter.Targets.Length";
    Failure {
        check: CheckName::Code,
        rule: RuleText {
            id: rule.into(),
            text: "The maximum length of Targets is exceeded.".into(),
            citation: "Error codes, row 4".into(),
            level: Level::Must,
        },
        cause: Cause {
            check: CheckName::Code,
            rule: rule.into(),
            observed: "200 without an error".into(),
        },
        expected: vec!["400 InvalidParameter.Targets.Length".into()],
        actual: "200".into(),
        diff: "-400\n+200".into(),
        step: "call".into(),
        exchanges: vec![ExchangeText {
            step: "call".into(),
            caller: "owner".into(),
            operation: "DisassociateResourceShare".into(),
            request: "POST / HTTP/1.1\r\n\r\n".into(),
            response: "HTTP/1.1 200 OK\r\n\r\n{}".into(),
            started_ms: 3,
            took_ms: 12,
        }],
        reproduce: "sharespec run alibaba/disassociate/targets/over-limit/6 --seed 7".into(),
        curl: "curl http://127.0.0.1:1/".into(),
        stderr: Some("panicked".into()),
        alone: Some(Outcome::Pass),
    }
}

fn known() -> Event {
    KnownEvent {
        problem: KnownProblem::PassesNow,
        file: "known.toml".into(),
        line: 7,
        entry: "alibaba/disassociate/**#code".into(),
        message: "what is known to fail passes: take it out".into(),
        before: Some("  \"alibaba/disassociate/**#code\",".into()),
        after: Vec::new(),
        cases: vec!["alibaba/disassociate/targets/over-limit/6#code".into()],
    }
    .into()
}

fn failed_case() -> CaseEvent {
    let mut case = CaseEvent::new(
        "alibaba/disassociate/targets/over-limit/6",
        "DisassociateResourceShare",
        Outcome::Fail,
    );
    case.call = json!({"operation": "DisassociateResourceShare", "caller": "owner"});
    case.checks = vec![CheckResult::new(CheckName::Code, Verdict::Fail, Level::Must)];
    case.failure = Some(Box::new(failure()));
    case.behaviour = Some(Box::new(CaseBehaviour {
        seen: BTreeMap::from([("answer-status:later".to_owned(), 2)]),
        either: vec![Either { of: vec![vec!["a:b".into()], vec!["c:d".into()]], count: 1 }],
        pairs: vec![PairSeen {
            operation: "DisassociateResourceShare".into(),
            conditions: ["targets/duplicate".into(), "targets/over-limit".into()],
            won: Some("targets/duplicate".into()),
            count: 1,
        }],
    }));
    case
}

/// At least one event of each type, and each optional member both present and absent.
fn samples() -> Vec<Event> {
    let mut unsupported = CaseEvent::new("a/b", "Operation", Outcome::Unsupported);
    unsupported.known = Some("a/*".into());
    unsupported.reason = Some(Reason {
        kind: ReasonKind::World,
        detail: "no account has the role member-a".into(),
        unlock: Some("a second account".into()),
    });
    let mut later = CaseEvent::new("a/c", "Operation", Outcome::Disabled);
    later.not_scored = Some(Outcome::Pass);
    let mut summary = Summary::default();
    summary.add(&later);
    summary.add(&failed_case());
    summary.add(&unsupported);
    summary.conclude(1_000, None);
    vec![
        RunEvent {
            seed: u64::MAX,
            shard: Some("1/2".into()),
            points: vec![OpenPoint { id: "answer-status".into(), closed: false }],
            strength: Some(Strength { strength: 2, coverable: 9, covered: 8 }),
            edition: Some("2026.1".into()),
            held_to: Some("behaviour.json".into()),
            ..RunEvent::default()
        }
        .into(),
        known(),
        SnapshotEvent {
            case: "a/b".into(),
            file: "snapshots/a.json".into(),
            diff: "-x\n+y".into(),
        }
        .into(),
        NoteEvent { text: "the target answers".into() }.into(),
        failed_case().into(),
        later.into(),
        unsupported.into(),
        BehaviourEvent {
            point: "disassociate/done-on-return".into(),
            readings: BTreeSet::from(["at-once".to_owned()]),
            possible: BTreeSet::from(["later".to_owned()]),
        }
        .into(),
        summary.into(),
    ]
}

#[test]
fn the_checked_in_schemas_are_those_of_the_types() {
    let files = [("report.schema.json", schema()), ("behaviour.schema.json", behaviour_schema())];
    for (name, schema) in files {
        let current = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(path(name), &current).unwrap();
        }
        let checked_in = std::fs::read_to_string(path(name)).unwrap_or_default();
        assert!(
            checked_in.replace("\r\n", "\n") == current,
            "reports/{name} is not the schema of its types; set {UPDATE}=1, run this test again and \
             review the difference"
        );
    }
}

#[test]
fn a_behaviour_file_is_valid_and_reads_back() {
    let evidence = Evidence { count: 2, example: "a/b".into() };
    let both = || BTreeMap::from([("at-once".to_owned(), evidence.clone())]);
    let point = PointSeen { seen: both(), possible: both() };
    let pair = PairRecord {
        conditions: ["a".into(), "b".into()],
        won: both(),
        unclear: Some(evidence.clone()),
    };
    let file = Behaviour {
        behaviour: BEHAVIOUR_VERSION,
        points: BTreeMap::from([("answer-status".to_owned(), point)]),
        precedence: BTreeMap::from([("Operation".to_owned(), vec![pair])]),
        ..Behaviour::default()
    };
    let validator = jsonschema::validator_for(&behaviour_schema()).unwrap();
    let value = serde_json::to_value(&file).unwrap();
    if let Err(error) = validator.validate(&value) {
        panic!("{error} in {value:#}");
    }
    assert_eq!(serde_json::from_value::<Behaviour>(value).unwrap(), file);
    assert!(!validator.is_valid(&json!({"behaviour": 1})));
}

#[test]
fn what_is_written_is_valid_and_reads_back() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let kinds: BTreeSet<_> = samples().iter().map(Event::kind).collect();
    assert_eq!(kinds.len(), 7);
    for event in samples() {
        let line = serde_json::to_value(&event).unwrap();
        assert_eq!(line["type"], event.kind());
        if let Err(error) = validator.validate(&line) {
            panic!("{error} in {line:#}");
        }
        let text = line.to_string();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
    }
}

#[test]
fn the_schema_rejects_what_is_not_a_line() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut case = serde_json::to_value(Event::from(failed_case())).unwrap();
    assert!(validator.is_valid(&case));
    case["outcome"] = json!("green");
    assert!(!validator.is_valid(&case), "an outcome of its own");
    assert!(!validator.is_valid(&json!({"type": "surprise"})), "a type of its own");
    assert!(!validator.is_valid(&json!({"type": "case", "id": "a"})), "a case without an outcome");
}

#[test]
fn the_members_that_the_contract_fixes_have_their_names() {
    let expected: [(Event, &[&str]); 3] = [
        (
            RunEvent::default().into(),
            &["version", "seed", "target", "documents", "selection", "suite_hash", "labels"],
        ),
        (failed_case().into(), &["id", "outcome", "operation", "rules", "checks", "hash", "call"]),
        (
            Summary::default().into(),
            &[
                "passed",
                "failed",
                "known",
                "unexpected_pass",
                "unsupported",
                "disabled",
                "inconclusive",
                "warnings",
            ],
        ),
    ];
    for (event, members) in expected {
        let line: Value = serde_json::to_value(&event).unwrap();
        for member in members {
            assert!(line.get(member).is_some(), "{} lacks {member}", event.kind());
        }
    }
}

#[test]
fn a_member_of_a_later_version_is_ignored() {
    let line = r#"{"type":"note","text":"hello","colour":"red"}"#;
    let event: Event = serde_json::from_str(line).unwrap();
    assert_eq!(event, NoteEvent { text: "hello".into() }.into());
}
