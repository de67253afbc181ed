//! From what was found in a case to the line of the report: the verdict of each check, the outcome,
//! and for a failure the whole bug report.

use crate::player::{Player, Stop};
use crate::setup::Setup;
use crate::trace::masked;
use sharespec_events::{
    CaseEvent, Cause, CheckName, CheckResult, Failure, Level, Outcome, RuleText, Verdict,
};
use sharespec_model::spec::{self, Spec};
use sharespec_oracles::finding::{Check, Finding};
use sharespec_wire::case::Case;
use std::collections::BTreeSet;

/// The checks of a case, in the order of the report.
const CHECKS: [(Check, CheckName); 9] = [
    (Check::Floor, CheckName::Floor),
    (Check::Code, CheckName::Code),
    (Check::Message, CheckName::Message),
    (Check::Shape, CheckName::Shape),
    (Check::Effects, CheckName::Effects),
    (Check::Isolation, CheckName::Isolation),
    (Check::Times, CheckName::Times),
    (Check::Paging, CheckName::Paging),
    (Check::Behaviour, CheckName::Behaviour),
];

fn check_name(check: Check) -> CheckName {
    CHECKS.iter().find(|(each, _)| *each == check).map_or(CheckName::Step, |(_, name)| *name)
}

fn level(level: spec::Level) -> Level {
    match level {
        spec::Level::Must => Level::Must,
        spec::Level::Should => Level::Should,
        spec::Level::Open => Level::Open,
    }
}

/// The rules that a case cites: its own as the documents in force have them, those of the conditions that it provokes, and those that
/// its prediction admitted.
pub fn rules_of(spec: &Spec, case: &Case, predicted: &[String]) -> Vec<String> {
    let mut rules: BTreeSet<String> =
        case.rules.iter().filter_map(|rule| spec.in_force(rule)).collect();
    rules.extend(predicted.iter().cloned());
    if let Some(operation) = spec.operation(case.operation()) {
        if let (false, Some(rule)) = (case.provokes.is_empty(), operation.rule("effect/rejected")) {
            rules.insert(spec.rule_id(rule).to_owned());
        }
        for name in &case.provokes {
            let Some(condition) = spec.condition(name) else { continue };
            let rows = operation.rows.iter().chain(&spec.gateway().rows);
            let rows = rows.filter(|row| row.conditions.has(condition));
            rules.extend(rows.filter_map(|row| row.rule).map(|rule| spec.rule_id(rule).to_owned()));
        }
    }
    rules.into_iter().collect()
}

/// The line of a case that was played.
pub fn event(player: &Player<'_>, result: &Result<(), Stop>, hash: String, took: u64) -> CaseEvent {
    let setup = player.setup;
    let spec = setup.api.spec();
    // What the form of an answer breaks does not end a case.
    let broken = player.findings.iter().any(|(finding, _)| fails(player, finding));
    // A case may have ended with what is a warning in the edition.
    let eased = setup.levels.is_some() && !player.findings.is_empty() && !broken;
    let outcome = match result {
        Ok(()) if !broken => Outcome::Pass,
        Err(Stop::Failed) if eased => Outcome::Pass,
        Ok(()) | Err(Stop::Failed) => Outcome::Fail,
        Err(Stop::Without(reason)) => reason.kind.outcome(),
    };
    let mut event = CaseEvent::new(player.case.id.clone(), player.case.operation(), outcome);
    let predicted = player.tested.as_ref().map(|tested| tested.rules.as_slice());
    event.rules = rules_of(spec, player.case, predicted.unwrap_or_default());
    event.hash = hash;
    event.duration_ms = took;
    event.behaviour = player.record.clone().into_event(spec);
    if let (true, Some(asked)) = (outcome.is_judged(), &player.asked) {
        event.call = serde_json::to_value(&asked.call).unwrap_or_default();
        event.answer = asked.answer.clone();
    }
    event.checks = checks(player, spec, result);
    if let Err(Stop::Without(reason)) = result {
        event.reason = Some(reason.clone());
    }
    if outcome == Outcome::Fail {
        let failing = || player.findings.iter().filter(|(finding, _)| fails(player, finding));
        // What is not known yet is what decides.
        let known = |finding: &Finding| {
            let known = setup.known.as_deref();
            known.is_some_and(|known| known.has(&player.case.id, check_name(finding.check)))
        };
        let decisive = failing().find(|(finding, _)| !known(finding)).or(failing().next());
        event.failure = decisive.map(|(finding, at)| Box::new(failure(player, finding, *at)));
    }
    event
}

/// How firmly the rule of a finding gates: by the edition of the run, if there is one.
fn level_of(player: &Player<'_>, finding: &Finding) -> Level {
    let rule = finding.rule.and_then(|rule| player.setup.api.spec().rule(rule));
    match (&player.setup.levels, rule) {
        (Some(levels), Some(rule)) => levels.get(&rule.id).copied().unwrap_or(Level::Should),
        _ => level(finding.level),
    }
}

/// Whether a finding fails its check.
fn fails(player: &Player<'_>, finding: &Finding) -> bool {
    match level_of(player, finding) {
        Level::Must => true,
        Level::Should => player.setup.strict,
        Level::Open => false,
    }
}

/// How far a case came: a check is reached if nothing ended the case before all was seen that it looks
/// at. The order is that of [`CHECKS`], in which an answer is judged and its effects are read back.
fn is_reached(player: &Player<'_>, result: &Result<(), Stop>, check: Check) -> bool {
    // What ended it is a finding by the documents, whatever its level in an edition.
    let failing = player.findings.iter().find(|(finding, _)| finding.fails(player.setup.strict));
    let of_the_answer = matches!(
        check,
        Check::Floor | Check::Code | Check::Message | Check::Shape | Check::Behaviour
    );
    match (result, failing) {
        (Ok(()), _) => player.tested.is_some(),
        // All was read back before the clean-up.
        (Err(_), Some((_, at))) if player.trace.label(*at) == "clean-up" => true,
        (Err(_), _) if player.tested.is_some() => of_the_answer,
        // It ended in the answer to the call under test: what is judged before was in order.
        (Err(Stop::Failed), Some((finding, _))) if player.asked.is_some() => {
            // Which reading it stands on is asked of an answer whose code is admissible.
            let ended = match finding.check {
                Check::Behaviour => Check::Message,
                other => other,
            };
            of_the_answer && check < ended
        }
        (Err(_), _) => false,
    }
}

fn checks(player: &Player<'_>, spec: &Spec, result: &Result<(), Stop>) -> Vec<CheckResult> {
    let mut checks = Vec::new();
    for (check, name) in CHECKS {
        let judged = is_reached(player, result, check);
        let mut found =
            player.findings.iter().map(|(finding, _)| finding).filter(|each| each.check == check);
        let worst = found.clone().find(|finding| fails(player, finding)).or(found.next());
        let result = match worst {
            Some(finding) => {
                let verdict = match fails(player, finding) {
                    true => Verdict::Fail,
                    false => Verdict::Warn,
                };
                let mut result = CheckResult::new(name, verdict, level_of(player, finding));
                result.rule = Some(rule_text(spec, finding).id).filter(|id| !id.is_empty());
                result.observed = Some(finding.observed.clone());
                result.detail = Some(finding.actual.clone());
                result
            }
            None if name == CheckName::Behaviour && player.setup.held.is_none() => {
                let verdict = if judged { Verdict::Recorded } else { Verdict::NotJudged };
                CheckResult::new(name, verdict, Level::Open)
            }
            None => {
                // What cannot be read back is not known.
                let unread =
                    player.setup.lacks(player.setup.api.names().operations.list_associations)
                        && matches!(name, CheckName::Effects | CheckName::Isolation);
                let pass = judged && !unread;
                let verdict = if pass { Verdict::Pass } else { Verdict::NotJudged };
                CheckResult::new(name, verdict, Level::Must)
            }
        };
        checks.push(result);
    }
    checks
}

/// The rule of a finding: of a document, or of what the target is held to.
fn rule_text(spec: &Spec, finding: &Finding) -> RuleText {
    let level = level(finding.level);
    if let Some(own) = finding.own_rule.as_deref().cloned() {
        return RuleText { id: own.id, text: own.text, citation: own.citation, level };
    }
    let rule = finding.rule.and_then(|rule| spec.rule(rule));
    let text =
        |of: fn(&spec::Rule) -> &String| rule.map_or_else(String::new, |rule| of(rule).clone());
    RuleText {
        id: text(|rule| &rule.id),
        text: text(|rule| &rule.text),
        citation: text(|rule| &rule.citation),
        level,
    }
}

fn failure(player: &Player<'_>, finding: &Finding, at: usize) -> Failure {
    let setup = player.setup;
    let spec = setup.api.spec();
    let rule = rule_text(spec, finding);
    let secrets = setup.secrets();
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let check = check_name(finding.check);
    let request = player.trace.request(at, &secrets);
    let base = setup.base_url();
    Failure {
        check,
        cause: Cause { check, rule: rule.id.clone(), observed: finding.observed.clone() },
        rule,
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        diff: diff(finding),
        step: player.trace.label(at).to_owned(),
        exchanges: player.trace.texts(at, &secrets),
        reproduce: setup.reproduce(&player.case.id),
        curl: request.map_or_else(String::new, |request| sharespec_wire::curl(&request, &base)),
        stderr: None,
        alone: None,
    }
}

/// The line of an operation that is neither there nor declared absent.
pub fn unsupported_operation(setup: &Setup, operation: &str) -> CaseEvent {
    let id = format!("{}/support/{operation}", setup.api.spec().api);
    let observed = format!("{operation} is not answered as this API answers");
    let expected = "success, or an error with Code and Message";
    let reproduce = format!("sharespec smoke --target {}", setup.target_name);
    let failure = unanswered(setup, CheckName::Support, expected, observed, reproduce);
    let mut event = CaseEvent::new(id, operation, Outcome::Fail);
    event.hash = operation.to_owned();
    decided(&mut event, failure);
    event
}

/// The line of a case under which the process of the target ended, with the end of its stderr.
pub fn blamed(
    setup: &Setup,
    mut event: CaseEvent,
    status: std::process::ExitStatus,
    said: &str,
    besides: &str,
) -> CaseEvent {
    let secrets = setup.secrets();
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let observed = "the process of the target ended";
    let failure = match event.failure.take() {
        Some(failure) => *failure,
        None => {
            let reproduce = setup.reproduce(&event.id);
            unanswered(setup, CheckName::Floor, "a whole answer", String::new(), reproduce)
        }
    };
    let actual = format!("{observed} ({status}) while this case was played{besides}");
    let diff = format!("-{}\n+{actual}", failure.expected.join("\n-"));
    let cause = Cause { observed: observed.to_owned(), ..failure.cause };
    let stderr = Some(masked(said, &secrets)).filter(|said| !said.is_empty());
    event.outcome = Outcome::Fail;
    event.reason = None;
    decided(&mut event, Failure { actual, diff, cause, stderr, ..failure });
    event
}

/// A failure against the rule that every request is answered.
fn unanswered(
    setup: &Setup,
    check: CheckName,
    expected: &str,
    observed: String,
    reproduce: String,
) -> Failure {
    let spec = setup.api.spec();
    let rule = spec.floor("floor/answered").and_then(|rule| spec.rule(rule));
    let text =
        |part: fn(&spec::Rule) -> &String| rule.map_or_else(String::new, |rule| part(rule).clone());
    let id = text(|rule| &rule.id);
    Failure {
        check,
        cause: Cause { check, rule: id.clone(), observed: observed.clone() },
        rule: RuleText {
            id,
            text: text(|rule| &rule.text),
            citation: text(|rule| &rule.citation),
            level: Level::Must,
        },
        expected: vec![expected.to_owned()],
        diff: format!("-{expected}\n+{observed}"),
        actual: observed,
        step: "preflight".to_owned(),
        exchanges: Vec::new(),
        reproduce,
        curl: String::new(),
        stderr: None,
        alone: None,
    }
}

/// Puts the failure that decided a case into its line.
fn decided(event: &mut CaseEvent, failure: Failure) {
    let mut check = CheckResult::new(failure.check, Verdict::Fail, Level::Must);
    check.rule = Some(failure.rule.id.clone());
    check.observed = Some(failure.cause.observed.clone());
    event.checks.retain(|each| each.name != check.name);
    event.checks.push(check);
    if event.rules.is_empty() {
        event.rules.push(failure.rule.id.clone());
    }
    event.failure = Some(Box::new(failure));
}

fn diff(finding: &Finding) -> String {
    let wanted =
        finding.expected.iter().flat_map(|text| text.lines()).map(|line| format!("-{line}"));
    let found = finding.actual.lines().map(|line| format!("+{line}"));
    wanted.chain(found).collect::<Vec<_>>().join("\n")
}
