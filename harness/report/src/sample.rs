//! Made-up runs for the tests of reports.

use sharespec_events::{
    CaseEvent, Cause, CheckName, CheckResult, Event, ExchangeText, Failure, KnownEvent,
    KnownProblem, Level, Outcome, Reason, ReasonKind, RuleText, RunEvent, Summary, Verdict,
};

use crate::reporter::Reporter;

pub const DOCUMENT: &str = "alibaba-disassociate-2026-03";

/// What a hostile target sends.
pub const HOSTILE: &str = "</script><script>document.title='owned'</script><img src=x \
                           onerror=\"document.title='owned'\">\u{1b}[31m]]>&\u{0}\u{202e}``` | ::error::owned";

pub fn run() -> Event {
    RunEvent {
        version: "0.1.0".into(),
        seed: 7,
        target: "http://127.0.0.1:8080".into(),
        api: "alibaba".into(),
        documents: vec![DOCUMENT.into(), "alibaba-operations-2026".into()],
        ..RunEvent::default()
    }
    .into()
}

pub fn case(id: &str, outcome: Outcome) -> CaseEvent {
    let mut case = CaseEvent::new(id, "DisassociateResourceShare", outcome);
    case.rules = vec![format!("{DOCUMENT}/effect/removed")];
    case.duration_ms = 12;
    case
}

pub fn failed(id: &str, observed: &str, body: &str) -> CaseEvent {
    let mut case = case(id, Outcome::Fail);
    let rule = format!("{DOCUMENT}/error/InvalidParameter");
    case.checks = vec![CheckResult::new(CheckName::Code, Verdict::Fail, Level::Must)];
    case.failure = Some(Box::new(Failure {
        check: CheckName::Code,
        rule: RuleText {
            id: rule.clone(),
            text: "400 InvalidParameter".into(),
            citation: "error codes, row 4".into(),
            level: Level::Must,
        },
        cause: Cause { check: CheckName::Code, rule, observed: observed.into() },
        expected: vec!["400 InvalidParameter".into()],
        actual: observed.into(),
        diff: format!("-400 InvalidParameter\n+{observed}"),
        step: "test".into(),
        exchanges: vec![ExchangeText {
            step: "test".into(),
            caller: "owner".into(),
            operation: "DisassociateResourceShare".into(),
            request: "POST / HTTP/1.1\r\n\r\n".into(),
            response: format!("HTTP/1.1 200 OK\r\n\r\n{body}"),
            started_ms: 40,
            took_ms: 12,
        }],
        reproduce: format!("sharespec run '{id}'"),
        curl: "curl http://127.0.0.1:8080/".into(),
        stderr: None,
    }));
    case
}

/// One case of each outcome, and a line of known failures that has to change.
pub fn all() -> Vec<Event> {
    let without = |id: &str, kind: ReasonKind| {
        let reason = Reason { kind, detail: "no answer".into(), unlock: Some("patience".into()) };
        CaseEvent { reason: Some(reason), ..case(id, kind.outcome()) }
    };
    let known = |id: &str, outcome| CaseEvent { known: Some("a/*".into()), ..case(id, outcome) };
    let cases = [
        case("a/pass", Outcome::Pass),
        failed("a/fail", "200 OK", "{}"),
        known("a/known", Outcome::Known),
        known("a/better", Outcome::UnexpectedPass),
        case("a/skipped", Outcome::Disabled),
        without("a/unsupported", ReasonKind::World),
        without("a/unreachable", ReasonKind::Unreachable),
    ];
    let change = KnownEvent {
        problem: KnownProblem::PassesNow,
        file: "known.toml".into(),
        line: 3,
        entry: "a/*".into(),
        message: "what is known to fail passes: take it out".into(),
        before: Some("  \"a/*\",".into()),
        after: vec!["  \"a/known\",".into()],
        cases: vec!["a/better".into()],
    };
    let cases = cases.into_iter().map(Event::from);
    whole([run()].into_iter().chain(cases).chain([change.into()]).collect())
}

/// With the summary that these events have.
pub fn whole(mut events: Vec<Event>) -> Vec<Event> {
    let mut summary = Summary::default();
    for event in &events {
        match event {
            Event::Case(case) => summary.add(case),
            Event::Known(_) => summary.known_problems += 1,
            _ => {}
        }
    }
    summary.conclude(1_250, None);
    events.push(summary.into());
    events
}

/// Gives events to a report and ends it.
pub fn play(reporter: &mut impl Reporter, events: &[Event]) {
    for event in events {
        reporter.event(event).unwrap();
    }
    reporter.finish().unwrap();
}
