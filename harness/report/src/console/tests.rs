//! Console reports of made-up runs, as a person sees them.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use sharespec_events::exit::Interruption;
use sharespec_events::{
    BehaviourEvent, CaseEvent, Cause, CheckName, CheckResult, Event, ExchangeText, Failure,
    KnownEvent, KnownProblem, Level, NoteEvent, Outcome, Reason, ReasonKind, RuleText, RunEvent,
    Summary, Verdict,
};

use super::{Console, Progress, Styles};
use crate::reporter::{Fanout, Reporter};

const DOCUMENT: &str = "alibaba-disassociate-2026-03";

fn run(cases: usize) -> Event {
    RunEvent {
        version: "0.1.0".into(),
        seed: 7,
        target: "http://127.0.0.1:8080".into(),
        api: "alibaba".into(),
        documents: vec![DOCUMENT.into()],
        cases,
        ..RunEvent::default()
    }
    .into()
}

fn case(id: &str, outcome: Outcome) -> CaseEvent {
    CaseEvent::new(format!("alibaba/disassociate/{id}"), "DisassociateResourceShare", outcome)
}

fn failed(id: &str, code: &str, observed: &str) -> CaseEvent {
    let mut case = case(id, Outcome::Fail);
    let rule = format!("{DOCUMENT}/error/{code}");
    case.checks = vec![
        CheckResult::new(CheckName::Code, Verdict::Fail, Level::Must),
        CheckResult::new(CheckName::Effects, Verdict::Fail, Level::Must),
        CheckResult::new(CheckName::Shape, Verdict::Pass, Level::Must),
    ];
    case.failure = Some(Box::new(Failure {
        check: CheckName::Code,
        rule: RuleText {
            id: rule.clone(),
            text: "The maximum length of the parameter is exceeded.".into(),
            citation: "DisassociateResourceShare, error codes, https://example.com/disassociate"
                .into(),
            level: Level::Must,
        },
        cause: Cause { check: CheckName::Code, rule, observed: observed.into() },
        expected: vec![format!("400 {code}"), "400 Throttling.User".into()],
        actual: observed.into(),
        diff: format!(" status and code\n-400 {code}\n+{observed}"),
        step: "call".into(),
        exchanges: vec![exchange("setup/1"), exchange("call"), exchange("read-back")],
        reproduce: format!("sharespec run {} --target http://127.0.0.1:8080 --seed 7", case.id),
        curl: "curl -sS 'http://127.0.0.1:8080/' -d 'Action=DisassociateResourceShare'".into(),
        stderr: None,
        alone: None,
    }));
    case
}

fn known(entry: &str, message: &str, after: &[&str]) -> Event {
    KnownEvent {
        problem: KnownProblem::PassesNow,
        file: "known.toml".into(),
        line: 4,
        entry: entry.into(),
        message: message.into(),
        before: Some(format!("  \"{entry}\",")).filter(|_| after.is_empty()),
        after: after.iter().map(|line| (*line).to_owned()).collect(),
        cases: Vec::new(),
    }
    .into()
}

fn exchange(step: &str) -> ExchangeText {
    ExchangeText {
        step: step.into(),
        caller: "owner".into(),
        operation: "DisassociateResourceShare".into(),
        request: "POST / HTTP/1.1\r\nhost: 127.0.0.1:8080\r\n\r\nAction=Disassociate".into(),
        response: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"RequestId\":\"A\"}"
            .into(),
        started_ms: 40,
        took_ms: 12,
    }
}

fn without_verdict(id: &str, kind: ReasonKind, detail: &str, unlock: Option<&str>) -> CaseEvent {
    let unlock = unlock.map(str::to_owned);
    let reason = Reason { kind, detail: detail.into(), unlock };
    CaseEvent { reason: Some(reason), ..case(id, kind.outcome()) }
}

fn warned(id: &str) -> CaseEvent {
    let mut case = case(id, Outcome::Pass);
    let mut check = CheckResult::new(CheckName::Message, Verdict::Warn, Level::Should);
    check.rule = Some(format!("{DOCUMENT}/error/InvalidParameter"));
    check.observed = Some("another text".into());
    check.detail = Some("the 2020 document has another text for this code".into());
    case.checks.push(check);
    case
}

/// The whole output of a run that came to its end, or that ended without a summary.
fn printed(first: Event, cases: &[CaseEvent], more: &[Event], ends: bool) -> String {
    let mut console = Console::new(Vec::new(), Styles::default(), Progress::Lines);
    let mut summary = Summary::default();
    console.event(&first).unwrap();
    for case in cases {
        summary.add(case);
        console.event(&case.clone().into()).unwrap();
    }
    for event in more {
        console.event(event).unwrap();
    }
    if ends {
        summary.conclude(12_345, None);
        console.event(&summary.into()).unwrap();
    }
    console.finish().unwrap();
    String::from_utf8(console.into_inner()).unwrap()
}

#[test]
fn a_run_in_which_all_passes() {
    let cases: Vec<_> = (0..20).map(|number| case(&number.to_string(), Outcome::Pass)).collect();
    assert_snapshot!(printed(run(20), &cases, &[], true));
}

#[test]
fn several_causes_and_everything_else() {
    let mut cases: Vec<_> = (10..22)
        .map(|number| failed(&format!("targets/{number}"), "Targets.Length", "200 OK"))
        .collect();
    cases.push(failed("resources/6", "Resources.Length", "500 InternalError"));
    cases.push(failed("resources/7", "Resources.Length", "500 InternalError"));
    cases.push(case("plain", Outcome::Pass));
    cases.push(case("known", Outcome::Known));
    cases.push(case("skipped", Outcome::Disabled));
    let entry = Some("alibaba/disassociate/better*".into());
    cases.push(CaseEvent { known: entry, ..case("better", Outcome::UnexpectedPass) });
    cases.extend([warned("warned/a"), warned("warned/b")]);
    for id in ["member/a", "member/b"] {
        let detail = "no account has the role member-a";
        cases.push(without_verdict(id, ReasonKind::World, detail, Some("a second account")));
    }
    let detail = "CreateResourceShare answers 404";
    cases.push(without_verdict("blocked", ReasonKind::Blocked, detail, None));
    let detail = "429 five times";
    cases.push(without_verdict("busy", ReasonKind::Throttled, detail, Some("a higher quota")));
    let more = [
        known("better*", "what is known to fail passes: take it out", &[]),
        known("", "coverage is lost", &["  \"a/b\","]),
        NoteEvent { text: "the target's clock is 3 s ahead".into() }.into(),
        BehaviourEvent {
            point: "order".into(),
            readings: BTreeSet::from(["any".into()]),
            possible: BTreeSet::new(),
        }
        .into(),
    ];
    assert_snapshot!(printed(run(cases.len()), &cases, &more, true));
}

#[test]
fn nothing_judged_is_said() {
    let cases = [without_verdict(
        "member",
        ReasonKind::World,
        "no account has the role member-a",
        Some("a second account"),
    )];
    assert_snapshot!(printed(run(1), &cases, &[], true));
    assert_snapshot!(printed(run(0), &[], &[], true));
}

#[test]
fn builtin_says_nothing_about_a_server_first_and_last() {
    let first = RunEvent { target_is_reference: true, target: "builtin".into(), ..run_event() };
    let text = printed(first.into(), &[case("plain", Outcome::Pass)], &[], true);
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].contains("builtin says nothing about your server"), "{text}");
    assert_eq!(lines.first(), lines.last());
}

fn run_event() -> RunEvent {
    RunEvent { version: "0.1.0".into(), api: "alibaba".into(), cases: 1, ..RunEvent::default() }
}

#[test]
fn hostile_bytes_stay_inert() {
    let attack = "200\u{1b}]0;owned\u{7}\r\nverdict: the target conforms (exit code 0)\n::error::x\n\
                  ##vso[task.complete]\u{202e}";
    let mut hostile = failed("hostile", "Targets.Length", attack);
    if let Some(failure) = hostile.failure.as_deref_mut() {
        failure.exchanges[1].response = format!("HTTP/1.1 200 OK\r\nx: {attack}\r\n\r\n{attack}");
        failure.curl = "x".repeat(5_000);
    }
    let note = NoteEvent { text: attack.into() }.into();
    let text = printed(run(1), &[hostile], &[note], true);
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
    let forged = |line: &&str| line.trim_start().starts_with("verdict:") || line.contains("##");
    assert_eq!(text.lines().filter(forged).count(), 1);
    assert!(!text.lines().any(|line| line.trim_start().starts_with("::")));
    assert_snapshot!(text);
}

#[test]
fn bodies_are_cut() {
    let mut large = failed("large", "Targets.Length", "200 OK");
    if let Some(failure) = large.failure.as_deref_mut() {
        failure.exchanges[1].response = format!("HTTP/1.1 200 OK\n\n{}", "x".repeat(4 << 20));
    }
    let text = printed(run(1), &[large], &[], true);
    assert!(text.contains("    < … (4190208 more bytes)"));
    assert!(text.len() < 10_000);
}

#[test]
fn a_run_without_a_summary_is_not_taken_for_one_that_ended() {
    let text = printed(run(9), &[case("plain", Outcome::Pass)], &[], false);
    assert!(text.ends_with("verdict: none: the run did not come to its end\n"), "{text}");
}

#[test]
fn an_interruption_is_said() {
    let mut console = Console::new(Vec::new(), Styles::default(), Progress::Off);
    let mut summary = Summary { passed: 1, ..Summary::default() };
    summary.conclude(5, Some(Interruption::Interrupt));
    console.event(&run(9)).unwrap();
    console.event(&summary.into()).unwrap();
    console.finish().unwrap();
    let text = String::from_utf8(console.into_inner()).unwrap();
    assert!(text.contains("  8 of 9 planned cases were not played\n"), "{text}");
    assert!(text.contains("interrupted: this is what was done until then"), "{text}");
    assert!(text.ends_with("verdict: interrupted (exit code 130)\n"), "{text}");
}

#[test]
fn colours_add_nothing_to_the_words() {
    let cases = [failed("a", "Targets.Length", "200 OK"), warned("b")];
    let plain = printed(run(2), &cases, &[], true);
    let mut console = Console::new(Vec::new(), Styles::coloured(), Progress::Off);
    let mut summary = Summary::default();
    console.event(&run(2)).unwrap();
    for case in &cases {
        summary.add(case);
        console.event(&case.clone().into()).unwrap();
    }
    summary.conclude(12_345, None);
    console.event(&summary.into()).unwrap();
    console.finish().unwrap();
    let coloured = String::from_utf8(console.into_inner()).unwrap();
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        let text = if index == 0 { part } else { part.split_once('m').unwrap().1 };
        stripped.push_str(text);
    }
    let trimmed: Vec<_> = stripped.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, plain.lines().collect::<Vec<_>>());
}

#[test]
fn a_step_without_exchanges_shows_the_last_ones() {
    let mut odd = failed("odd", "Targets.Length", "200 OK");
    if let Some(failure) = odd.failure.as_deref_mut() {
        failure.step = "elsewhere".into();
        failure.exchanges.extend([exchange("poll/1"), exchange("poll/2")]);
    }
    let text = printed(run(1), &[odd], &[], true);
    assert_eq!(text.matches("  exchange:  ").count(), 3, "{text}");
    assert!(text.contains("  exchange:  poll/2"), "{text}");
}

#[test]
fn a_bar_leaves_nothing_in_the_report() {
    let events = [run(1), case("a", Outcome::Pass).into(), Summary::default().into()];
    let [bar, off] = [Progress::Bar, Progress::Off].map(|progress| {
        let out = Shared::default();
        let mut fanout = Fanout::new();
        fanout.push(Console::new(out.clone(), Styles::default(), progress));
        for event in &events {
            fanout.event(event).unwrap();
        }
        fanout.finish().unwrap();
        out.0.lock().unwrap().clone()
    });
    assert_eq!(bar, off);
}

/// What was written, also after the writer was given away.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_failure_without_a_report_is_still_shown() {
    let mut bare = case("bare", Outcome::Fail);
    let text = printed(run(1), std::slice::from_ref(&bare), &[], true);
    assert!(text.contains("without saying why, which is a bug in sharespec"), "{text}");
    bare.checks = vec![CheckResult {
        rule: Some("floor/whole".into()),
        observed: Some("cut after 12 bytes".into()),
        ..CheckResult::new(CheckName::Floor, Verdict::Fail, Level::Must)
    }];
    let text = printed(run(1), &[bare], &[], true);
    assert!(text.contains("cause 1 of 1: 1 case, MUST, floor: cut after 12 bytes"), "{text}");
    assert!(text.contains("  rule:      floor/whole"), "{text}");
}

/// Not only of the case that stands for its cause.
#[test]
fn failures_that_do_not_come_again_alone_are_told_of_their_cause() {
    let mut cases = ["a", "b", "c"].map(|id| failed(id, "InvalidParameter", "200"));
    let played = [None, Some(Outcome::Fail), Some(Outcome::Pass)];
    for (case, alone) in cases.iter_mut().zip(played) {
        case.failure.as_mut().unwrap().alone = alone;
    }
    let text = printed(run(3), &cases, &[], true);
    assert!(text.contains("alone:     of 2 cases played again alone, 1 passed"), "{text}");
    let text = printed(run(2), &cases[..2], &[], true);
    assert!(!text.contains("alone"), "{text}");
}
