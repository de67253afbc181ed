//! What became of a case between two runs.

use sharespec_events::{CaseEvent, Event, Outcome, Reason, ReasonKind, Summary};

use super::*;
use crate::console::Styles;
use crate::sample::{self, case, failed};

fn run(cases: impl IntoIterator<Item = CaseEvent>) -> Run {
    let mut run = Run::default();
    run.event(&sample::run());
    cases.into_iter().for_each(|case| run.event(&Event::from(case)));
    run.event(&Event::from(Summary::default()));
    run
}

fn pass() -> CaseEvent {
    case("a/b", Outcome::Pass)
}

fn answered(status: u16) -> CaseEvent {
    CaseEvent { answer: Some(serde_json::json!({ "status": status })), ..pass() }
}

fn without(kind: ReasonKind) -> CaseEvent {
    let reason = Reason { kind, detail: "no answer".into(), unlock: None };
    CaseEvent { reason: Some(reason), ..case("a/b", kind.outcome()) }
}

#[test]
fn each_change_is_told_and_only_what_got_worse_regresses() {
    let fail = |observed: &str| Some(failed("a/b", observed, "{}"));
    let known = || CaseEvent { outcome: Outcome::Known, ..failed("a/b", "200", "") };
    let other = || CaseEvent { hash: "another".into(), ..failed("a/b", "200", "") };
    let flaky = || CaseEvent { flaky: true, ..known() };
    for (base, head, expected) in [
        (Some(pass()), fail("200"), Some((Change::NewFailure, true))),
        (None, fail("200"), Some((Change::NewFailure, true))),
        (Some(pass()), None, Some((Change::Vanished, true))),
        (fail("200"), None, Some((Change::Vanished, true))),
        (Some(without(ReasonKind::World)), None, None),
        (Some(pass()), Some(without(ReasonKind::World)), Some((Change::CoverageLost, true))),
        (Some(pass()), Some(without(ReasonKind::Throttled)), Some((Change::Inconclusive, true))),
        (fail("200"), fail("500"), Some((Change::FailsDifferently, false))),
        (fail("200"), fail("200"), None),
        (fail("200"), Some(pass()), Some((Change::Fixed, false))),
        (Some(known()), Some(pass()), Some((Change::Fixed, false))),
        (Some(answered(200)), Some(answered(202)), Some((Change::AnswerChanged, false))),
        (None, Some(pass()), Some((Change::Appeared, false))),
        (Some(without(ReasonKind::World)), Some(pass()), Some((Change::CoverageGained, false))),
        (Some(pass()), Some(other()), Some((Change::TestChanged, false))),
        (Some(pass()), Some(flaky()), Some((Change::Flaky, false))),
        (Some(pass()), Some(pass()), None),
    ] {
        let found = compare(&run(base.clone()), &run(head.clone()));
        let change = found.cases.first().map(|case| (case.change, found.regressed));
        assert_eq!(change, expected, "{base:?} {head:?}");
    }
}

#[test]
fn what_makes_runs_hard_to_compare_is_said() {
    let mut other = Run::default();
    other.event(&sharespec_events::RunEvent { seed: 8, ..Default::default() }.into());
    let notes = compare(&run([]), &other).notes;
    assert!(notes.contains(&"different seeds: 7 and 8".to_owned()), "{notes:?}");
    assert!(notes.contains(&"the run of head did not come to its end".to_owned()), "{notes:?}");
}

#[test]
fn a_comparison_reads_well_and_nothing_gets_out_of_it() {
    let base = run([answered(200), case("a/c", Outcome::Pass), failed("a/d", "200 OK", "")]);
    let hostile = failed("a/c", sample::HOSTILE, "");
    let head = run([answered(202), hostile, case("a/d", Outcome::Pass)]);
    let found = compare(&base, &head);
    insta::assert_snapshot!(text(&found, "base.jsonl", "head.jsonl", &Styles::default()));
    let page = html(&found, "base.jsonl", "head.jsonl").unwrap();
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(page.contains("Answered differently: 1") && page.contains("202"));
    let markdown = markdown(&found, "base.jsonl", "head.jsonl");
    assert!(markdown.contains("## New failures") && markdown.len() < 60_000, "{markdown}");
}
