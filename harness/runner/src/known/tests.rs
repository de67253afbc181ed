//! What a known-failures file does to the outcomes of cases, what is wrong with it, and how it is
//! made true again.

use super::*;
use sharespec_events::{
    CaseEvent, CheckName, CheckResult, KnownEvent, KnownProblem, Level, Outcome, Reason,
    ReasonKind, Verdict,
};
use std::sync::Arc;

const TODAY: &str = "2026-11-22";

fn case(id: &str, failing: &[CheckName]) -> CaseEvent {
    let outcome = if failing.is_empty() { Outcome::Pass } else { Outcome::Fail };
    let mut case = CaseEvent::new(id, "Operation", outcome);
    for name in [CheckName::Code, CheckName::Message, CheckName::Shape] {
        let verdict = if failing.contains(&name) { Verdict::Fail } else { Verdict::Pass };
        case.checks.push(CheckResult::new(name, verdict, Level::Must));
    }
    case.answer = Some(serde_json::json!({ "status": 400, "code": "Wrong", "message": "" }));
    case
}

fn fails(id: &str) -> CaseEvent {
    case(id, &[CheckName::Code])
}

fn passes(id: &str) -> CaseEvent {
    case(id, &[])
}

fn unsupported(id: &str) -> CaseEvent {
    CaseEvent::new(id, "Operation", Outcome::Unsupported)
}

fn table(cases: &str) -> String {
    format!("[[failure]]\nreason = \"slow\"\n{cases}\n")
}

/// The outcomes that a file gives to cases, and what is wrong with the file.
fn judged(text: &str, cases: Vec<CaseEvent>) -> (Vec<CaseEvent>, Vec<KnownEvent>) {
    let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
    let known = KnownFailures::parse("known.toml", text, TODAY).unwrap();
    let mut judge = Judge::new(Arc::new(known));
    let judged = cases.into_iter().map(|case| judge.judge(case)).collect();
    let exists =
        move |pattern: &str| ids.iter().any(|id| crate::selection::matches_whole(pattern, id));
    (judged, judge.problems(exists, true))
}

fn outcome(text: &str, case: CaseEvent) -> (Outcome, Vec<KnownProblem>) {
    let (cases, problems) = judged(text, vec![case]);
    (cases[0].outcome, problems.iter().map(|problem| problem.problem).collect())
}

#[test]
fn what_fails_as_known_is_known_and_nothing_is_to_change() {
    for entry in ["a/b", "a/b#code", "a/*", "**#code", "a/**"] {
        let text = table(&format!("cases = [\"{entry}\"]"));
        let (cases, problems) = judged(&text, vec![fails("a/b")]);
        assert_eq!((cases[0].outcome, problems.len()), (Outcome::Known, 0), "{entry}");
        assert_eq!(cases[0].known.as_deref(), Some(entry));
    }
}

#[test]
fn an_entry_is_of_one_check_and_hides_no_other() {
    let text = table("cases = [\"a/b#code\"]");
    let two = case("a/b", &[CheckName::Code, CheckName::Shape]);
    assert_eq!(outcome(&text, two.clone()), (Outcome::Fail, vec![]));
    let both = table("cases = [\"a/b#code\", \"a/b#shape\"]");
    assert_eq!(outcome(&both, two), (Outcome::Known, vec![]));
    let another = case("a/b", &[CheckName::Shape]);
    assert_eq!(outcome(&text, another), (Outcome::Fail, vec![KnownProblem::FailsDifferently]));
}

#[test]
fn an_entry_names_a_case_and_not_what_its_id_begins_with() {
    let text = table("cases = [\"a/b\"]");
    let (cases, _) = judged(&text, vec![fails("a/b"), fails("a/b/c")]);
    assert_eq!([cases[0].outcome, cases[1].outcome], [Outcome::Known, Outcome::Fail]);
}

#[test]
fn what_passes_is_an_unexpected_pass_with_the_line_to_take_out() {
    let text = table("cases = [\n  \"a/b#code\",\n]");
    let (cases, problems) = judged(&text, vec![passes("a/b")]);
    assert_eq!(cases[0].outcome, Outcome::UnexpectedPass);
    let [KnownEvent { problem, line, before, after, .. }] = &problems[..] else { panic!() };
    assert_eq!((*problem, *line), (KnownProblem::PassesNow, 4));
    assert_eq!((before.as_deref(), after.len()), (Some("  \"a/b#code\","), 0));
}

#[test]
fn a_pattern_of_which_a_part_passes_becomes_the_other_part() {
    let text = table("cases = [\"a/*#code\"]");
    let (cases, problems) = judged(&text, vec![fails("a/b"), passes("a/c"), fails("a/d")]);
    let outcomes: Vec<Outcome> = cases.iter().map(|case| case.outcome).collect();
    assert_eq!(outcomes, [Outcome::Known, Outcome::UnexpectedPass, Outcome::Known]);
    assert_eq!(problems[0].after, ["cases = [\"a/b#code\", \"a/d#code\"]"]);
    assert_eq!(problems[0].message, "what is known to fail passes (1 of 3 cases): take it out");
}

#[test]
fn a_pinned_answer_holds_only_for_that_answer() {
    let pinned = |outcome: &str| table(&format!("outcome = \"{outcome}\"\ncases = [\"a/b\"]"));
    assert_eq!(outcome(&pinned("400 Wrong"), fails("a/b")), (Outcome::Known, vec![]));
    let (cases, problems) = judged(&pinned("404 Wrong"), vec![fails("a/b")]);
    assert_eq!(cases[0].outcome, Outcome::Fail);
    assert_eq!(problems[0].message, "it fails with `400 Wrong`, and is known to with `404 Wrong`");
    assert_eq!(
        (problems[0].line, &problems[0].after[..]),
        (3, &["outcome = \"400 Wrong\"".into()][..])
    );
}

#[test]
fn an_entry_holds_through_its_last_day() {
    let until = |date: &str| table(&format!("expires = {date}\ncases = [\"a/b\"]"));
    assert_eq!(outcome(&until(TODAY), fails("a/b")), (Outcome::Known, vec![]));
    let (cases, problems) = judged(&until("2026-11-21"), vec![fails("a/b")]);
    assert_eq!((cases[0].outcome, problems[0].problem), (Outcome::Fail, KnownProblem::Expired));
    assert_eq!(
        (problems[0].line, problems[0].message.as_str()),
        (3, "the entry held until 2026-11-21")
    );
}

#[test]
fn an_entry_that_matches_nothing_is_told() {
    let (cases, problems) = judged(&table("cases = [\"a/x\"]"), vec![passes("a/b")]);
    assert_eq!(cases[0].outcome, Outcome::Pass);
    assert_eq!(problems[0].problem, KnownProblem::MatchesNothing);
}

#[test]
fn coverage_that_is_lost_or_gained_is_told_once_it_is_recorded() {
    let recorded = "[unsupported]\ncases = [\"a/b\"]\n";
    assert_eq!(outcome("", unsupported("a/b")), (Outcome::Unsupported, vec![]));
    assert_eq!(outcome(recorded, unsupported("a/b")), (Outcome::Unsupported, vec![]));
    let (_, problems) = judged(recorded, vec![unsupported("a/b"), unsupported("a/c")]);
    assert_eq!(problems[0].problem, KnownProblem::CoverageLost);
    assert_eq!((problems[0].line, &problems[0].after[..]), (2, &["  \"a/c\",".into()][..]));
    assert_eq!(
        outcome(recorded, passes("a/b")),
        (Outcome::Pass, vec![KnownProblem::CoverageGained])
    );
    let mut blocked = unsupported("a/c");
    let detail = "CreateResourceShare is not answered".into();
    blocked.reason = Some(Reason { kind: ReasonKind::Blocked, detail, unlock: None });
    let (_, problems) = judged(recorded, vec![unsupported("a/b"), blocked]);
    assert!(problems.is_empty(), "the operation fails by itself");
}

#[test]
fn what_is_flaky_decides_nothing_either_way() {
    let text = "[[flaky]]\nreason = \"slow\"\ncases = [\"a/b\"]\n";
    let inconclusive = CaseEvent { outcome: Outcome::Inconclusive, ..passes("a/b") };
    for (case, expected) in [
        (fails("a/b"), Outcome::Known),
        (passes("a/b"), Outcome::Pass),
        (inconclusive, Outcome::Disabled),
    ] {
        let (cases, problems) = judged(text, vec![case]);
        assert_eq!((cases[0].outcome, cases[0].flaky, problems.len()), (expected, true, 0));
    }
}

#[test]
fn a_file_that_means_nothing_is_refused_with_its_line() {
    let complaint =
        |text: &str| KnownFailures::parse("known.toml", text, TODAY).unwrap_err().to_string();
    assert!(complaint("[[failures]]\n").contains("unknown field"));
    let text = complaint(&table("cases = [\n\"a#nothing\"]"));
    assert!(
        text.starts_with("known.toml, line 4: there is no check `nothing`; there are code"),
        "{text}"
    );
    let twice = complaint(&table("cases = [\"a\",\n\"a\"]"));
    assert_eq!(twice, "known.toml, line 4: `a` is already on line 3");
    let silent = complaint("[[failure]]\nreason = \" \"\ncases = []\n");
    assert!(silent.starts_with("known.toml, line 2: an entry says why"), "{silent}");
    let date = complaint(&table("expires = 2026-01-01T00:00:00Z\ncases = []"));
    assert!(date.contains("line 3: write a date alone"), "{date}");
}

fn updated(
    text: &str,
    cases: Vec<CaseEvent>,
    accept: &[&str],
    renew: Option<&str>,
) -> (String, Changes) {
    let accept: Vec<String> = accept.iter().map(|each| (*each).to_owned()).collect();
    let exists = |pattern: &str| !pattern.starts_with("gone");
    let wishes =
        Wishes { accept: &accept, reason: Some("slow"), renew, today: TODAY, exists: &exists };
    update("known.toml", text, cases, &wishes).unwrap()
}

#[test]
fn a_first_file_holds_all_failures_and_is_true() {
    let cases = || vec![fails("a/b"), fails("a/c"), passes("a/d"), unsupported("a/e")];
    let (text, changes) = updated("", cases(), &[], None);
    insta::assert_snapshot!(text, @r#"
    # Failures that are known and accepted. `sharespec run --known-failures` holds the file to be true;
    # `sharespec known update` makes it so again.

    [[failure]]
    reason = "slow"
    outcome = "400 Wrong"
    cases = [
      "a/b#code",
      "a/c#code",
    ]

    [unsupported]
    cases = [
      "a/e",
    ]
    "#);
    assert_eq!(changes.added, ["a/b#code", "a/c#code", "a/e"]);
    let (judged, problems) = judged(&text, cases());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(judged[0].outcome, Outcome::Known);
    assert_eq!(updated(&text, cases(), &[], None), (text, Changes::default()));
}

#[test]
fn an_update_takes_out_what_is_not_true_and_keeps_the_rest_as_it_was() {
    let text = "# ours\n[[failure]] # first\nreason = \"one\"\nissue = \"https://issues.example/1\"\n\
                cases = [\n  \"a/b#code\", # why\n  \"a/c#code\",\n  \"gone/x\",\n]\n\n\
                [[failure]]\nreason = \"two\"\ncases = [\"a/d\"]\n\n[unsupported]\ncases = [\"a/e\"]\n";
    let cases = vec![fails("a/b"), passes("a/c"), passes("a/d"), passes("a/e"), fails("a/new")];
    let (after, changes) = updated(text, cases, &[], None);
    insta::assert_snapshot!(after, @r#"
    # ours
    [[failure]] # first
    reason = "one"
    issue = "https://issues.example/1"
    cases = [
      "a/b#code",
    ]

    [unsupported]
    cases = []
    "#);
    assert_eq!(changes.removed, ["a/c#code", "gone/x", "a/d", "a/e"]);
    assert_eq!(changes.unaccepted, ["a/new"]);
}

#[test]
fn what_fails_differently_is_written_anew_and_what_is_new_only_if_accepted() {
    let text = table("outcome = \"404 Right\"\ncases = [\"a/b#code\"]");
    let cases = || vec![fails("a/b"), fails("a/c"), fails("x/d")];
    let (after, changes) = updated(&text, cases(), &["a/c"], None);
    assert_eq!(changes.added, ["a/b#code", "a/c#code"]);
    assert_eq!(changes.unaccepted, ["x/d"]);
    assert!(after.contains("outcome = \"400 Wrong\"") && !after.contains("404"), "{after}");
}

#[test]
fn a_check_that_is_known_stays_where_it_is_if_another_fails_too() {
    let text = table("outcome = \"400 Wrong\"\ncases = [\"a/b#code\"]");
    let cases = || vec![case("a/b", &[CheckName::Code, CheckName::Shape])];
    let (after, changes) = updated(&text, cases(), &["a/**"], None);
    assert_eq!(changes.added, ["a/b#shape"]);
    let (judged, problems) = judged(&after, cases());
    assert_eq!((judged[0].outcome, problems.len()), (Outcome::Known, 0), "{problems:?}");
    assert_eq!(updated(&after, cases(), &[], None), (after, Changes::default()));
}

#[test]
fn what_has_expired_is_renewed_only_when_asked_for() {
    let text = table("expires = 2026-01-01\ncases = [\"a/b#code\"]");
    let (after, changes) = updated(&text, vec![fails("a/b")], &[], None);
    assert_eq!((changes.expired.len(), changes.unaccepted.len()), (1, 0));
    assert!(after.contains("2026-01-01"));
    let (after, changes) = updated(&text, vec![fails("a/b")], &[], Some("2027-01-31"));
    assert_eq!((changes.renewed.len(), changes.unaccepted.len()), (1, 0));
    assert!(after.contains("expires = 2027-01-31"), "{after}");
}

#[test]
fn an_entry_on_a_line_with_others_leaves_them_there() {
    for (line, changed) in [
        ("cases = [\"a/b#code\", \"a/c\"]", "cases = [\"a/c\"]"),
        ("cases = [\"a/c\", \"a/b#code\"]", "cases = [\"a/c\"]"),
        ("cases = [\"a/b#code\"]", "cases = []"),
    ] {
        let (_, problems) = judged(&table(line), vec![passes("a/b"), fails("a/c")]);
        assert_eq!(problems[0].before.as_deref(), Some(line));
        assert_eq!(problems[0].after, [changed]);
    }
    let line = "cases = [\"a/b#message\", \"a/c\"]";
    let (_, problems) = judged(&table(line), vec![fails("a/b"), fails("a/c")]);
    assert_eq!(problems[0].after, ["cases = [\"a/b#code\", \"a/c\"]"]);
}
