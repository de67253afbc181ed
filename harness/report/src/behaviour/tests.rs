//! Behaviours: recorded, written, read, compared and shown.

use std::collections::{BTreeMap, BTreeSet};

use sharespec_events::{
    Behaviour, CaseBehaviour, CaseEvent, Either, Event, OpenPoint, Outcome, PairSeen, Recorder,
    RunEvent,
};

use super::*;
use crate::console::Styles;
use crate::reporter::Reporter;

fn run() -> Event {
    let point = |id: &str, closed| OpenPoint { id: id.into(), closed };
    let points = vec![
        point("order", false),
        point("status", false),
        point("limit", true),
        point("x", false),
    ];
    RunEvent { target: "http://127.0.0.1:1".into(), points, ..RunEvent::default() }.into()
}

fn case(id: &str, behaviour: CaseBehaviour) -> Event {
    let mut case = CaseEvent::new(id, "Operation", Outcome::Pass);
    case.behaviour = Some(Box::new(behaviour));
    case.into()
}

fn seen(reading: &str, count: u32) -> CaseBehaviour {
    CaseBehaviour { seen: BTreeMap::from([(reading.into(), count)]), ..CaseBehaviour::default() }
}

fn either(readings: &[&str]) -> CaseBehaviour {
    let of = readings.iter().map(|reading| vec![(*reading).to_owned()]).collect();
    CaseBehaviour { either: vec![Either { of, count: 1 }], ..CaseBehaviour::default() }
}

fn pair(one: &str, other: &str, won: Option<&str>) -> CaseBehaviour {
    let pair = PairSeen {
        operation: "Operation".into(),
        conditions: [one.into(), other.into()],
        won: won.map(str::to_owned),
        count: 1,
    };
    CaseBehaviour { pairs: vec![pair], ..CaseBehaviour::default() }
}

fn recorded(events: &[Event]) -> Behaviour {
    let mut recorder = Recorder::default();
    recorder.event(&run());
    events.iter().for_each(|event| recorder.event(event));
    recorder.behaviour()
}

#[test]
fn readings_are_counted_with_the_first_case_as_example() {
    let events = [case("a", seen("status:later", 2)), case("b", seen("status:later", 3))];
    let behaviour = recorded(&events);
    let evidence = &behaviour.points["status"].seen["later"];
    assert_eq!((evidence.count, evidence.example.as_str()), (5, "a"));
    assert_eq!(behaviour.unseen, ["order", "x"]);
    assert_eq!(behaviour.closed, ["limit"]);
}

#[test]
fn what_a_reading_that_was_seen_explains_says_nothing_of_others() {
    let doubtful = || case("b", either(&["status:later", "order:any"]));
    let behaviour = recorded(&[doubtful(), case("a", seen("status:later", 1))]);
    assert!(!behaviour.points.contains_key("order"));
    let behaviour = recorded(&[doubtful()]);
    assert!(behaviour.points["order"].seen.is_empty());
    let possible: Vec<&String> = behaviour.points["status"].possible.keys().collect();
    assert_eq!(possible, ["later"]);
}

#[test]
fn what_alone_explains_every_answer_is_seen() {
    let both = [
        case("a", either(&["order:up", "order:name"])),
        case("b", either(&["order:down", "order:name"])),
    ];
    let order = recorded(&both).points["order"].clone();
    assert_eq!(order.seen.keys().collect::<Vec<_>>(), ["name"]);
    assert!(order.possible.is_empty());
    let order = recorded(&both[..1]).points["order"].clone();
    assert_eq!((order.seen.len(), order.possible.len()), (0, 2));
}

#[test]
fn of_errors_that_change_places_no_order_is_seen() {
    let events = [case("a", pair("p", "q", Some("q"))), case("b", pair("p", "q", Some("p")))];
    let behaviour = recorded(&events);
    assert!(behaviour.points["precedence"].seen.contains_key("scattered"));
    assert!(recorded(&events[..1]).points.is_empty());
}

#[test]
fn a_file_is_kept_until_the_end_and_reads_back() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("deep/behaviour.json");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "x".repeat(10_000)).unwrap();
    let mut file = BehaviourFile::create(&path).unwrap();
    file.event(&run()).unwrap();
    file.event(&case("a", seen("status:later", 1))).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap().len(), 10_000);
    file.finish().unwrap();
    assert_eq!(read_behaviour(&path).unwrap(), recorded(&[case("a", seen("status:later", 1))]));
}

#[test]
fn what_is_no_behaviour_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("behaviour.json");
    let error = |text: &str| {
        std::fs::write(&path, text).unwrap();
        read_behaviour(&path).unwrap_err().to_string()
    };
    assert!(error("{").contains("is no behaviour file"));
    assert!(error("{}").contains("is no behaviour file"));
    assert!(error(r#"{"behaviour":99,"more":1}"#).contains("version 99"));
}

#[test]
fn a_difference_is_of_readings_and_winners_alone() {
    let one = recorded(&[case("a", seen("status:later", 1)), case("b", pair("p", "q", Some("p")))]);
    let often =
        recorded(&[case("c", seen("status:later", 7)), case("b", pair("p", "q", Some("p")))]);
    assert!(diff(&one, &often).same);
    let other = recorded(&[case("a", seen("status:now", 1)), case("b", pair("p", "q", Some("q")))]);
    let found = diff(&one, &other);
    assert!(!found.same);
    assert_eq!(found.points[0].a, BTreeSet::from(["later".to_owned()]));
    assert_eq!(found.precedence[0].b, BTreeSet::from(["q".to_owned()]));
    let page = show_diff(&found, "one.json", "other.json", &Styles::default());
    insta::assert_snapshot!(page, @r"
    one.json (a) and other.json (b) differ

    Readings: 1 open point
      status  a: later
              b: now

    Precedence: 1 pair
      Operation: p and q
          a: p
          b: q
    ");
}

#[test]
fn the_matrix_names_the_winner_of_each_pair() {
    let events = [
        case("a", pair("p", "q", Some("q"))),
        case("b", pair("p", "r", Some("p"))),
        case("c", pair("p", "r", Some("r"))),
        case("d", pair("q", "s", None)),
        case("e", seen("status:later", 2)),
        case("f", either(&["order:up", "order:down"])),
    ];
    let page = show(&recorded(&events), &Styles::default());
    insta::assert_snapshot!(page, @r"
    behaviour of http://127.0.0.1:1
      recorded by sharespec : , world , seed 0, suite
      documents:

    Readings: 3 open points
      order       possibly down  (1, as in f)
                  possibly up  (1, as in f)
      precedence  scattered  (2, as in b)
      status      later  (2, as in e)

    Not seen, and so open: 1 point
      x

    Closed: nothing to choose: 1 point
      limit

    Precedence in Operation: 3 pairs
      W: the condition of the row is answered; L: that of the column; x: now the one, now the other; =: the answer fits both; .: not held together
          1234
      1 q \.=W
      2 r .\.x
      3 s =.\.
      4 p Lx.\
    ");
}
