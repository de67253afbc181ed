//! Status and code: is the answer one of those that the prediction admits?

use crate::finding::{Check, Finding};
use sharespec_model::call::{Body, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::prediction::{Admission, Prediction};
use sharespec_model::spec::{Level, Row, RuleIndex, Spec, Wants};

/// What the code oracle makes of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<'s> {
    /// An admissible success.
    Success,
    /// An admissible rejection: its row and the conditions that it answers.
    Rejection(&'s Row, ConditionSet),
    /// An answer that the documents leave open.
    Open,
    /// An answer that nothing explains.
    Inadmissible(Finding),
}

/// Judges status and code of a reply.
pub fn judge<'s>(spec: &Spec, prediction: &Prediction<'s>, reply: &Reply) -> Outcome<'s> {
    match &reply.body {
        Body::Success(_) if reply.status != 200 => {
            let rule = spec.floor("floor/status");
            let observed = format!("success with status {}", reply.status);
            inadmissible(spec, prediction, rule, observed)
        }
        Body::Success(_) if prediction.success => Outcome::Success,
        Body::Success(_) => {
            let rule = expected_rule(prediction);
            inadmissible(spec, prediction, rule, "success".to_owned())
        }
        Body::Error { code, .. } => error(spec, prediction, reply.status, code),
    }
}

fn error<'s>(spec: &Spec, prediction: &Prediction<'s>, status: u16, code: &str) -> Outcome<'s> {
    let observed = format!("{status} {code}");
    match prediction.admission(status, code) {
        Admission::Row(row, conditions) => Outcome::Rejection(row, conditions),
        Admission::Later(later, conditions) => Outcome::Rejection(&later.what, conditions),
        Admission::Open => Outcome::Open,
        Admission::WrongStatus(_) => {
            let rule = prediction.spec.rows_of(code).find_map(|row| row.rule);
            inadmissible(spec, prediction, rule, observed)
        }
        Admission::NotApplicable | Admission::Unknown => {
            let rule = expected_rule(prediction).or(spec.floor("floor/undocumented"));
            inadmissible(spec, prediction, rule, observed)
        }
    }
}

/// What an admissible answer departs from that the documents themselves contradict: a code that only a
/// later document has, and a success or a rejection where a contradicted rule wants the other.
pub fn warnings(spec: &Spec, prediction: &Prediction<'_>, reply: &Reply) -> Vec<Finding> {
    let operation = prediction.spec;
    let mut findings = Vec::new();
    if let Body::Error { code, .. } = &reply.body
        && let Admission::Later(later, _) = prediction.admission(reply.status, code)
    {
        let rule = operation.rule("code/later").or(spec.floor("floor/undocumented"));
        let observed = format!("{} {code}, a code of {}", reply.status, later.document);
        findings
            .push(Finding { level: Level::Should, ..finding(spec, prediction, rule, observed) });
    }
    let accepted = matches!(reply.body, Body::Success(_));
    // What another condition rejects is no answer to the rule.
    let free = prediction.certain.without(operation.accepts).is_empty();
    for (condition, wants, rule) in &operation.wishes {
        let departs = match wants {
            Wants::Rejection => accepted,
            Wants::Success => !accepted && free,
        };
        if departs && prediction.certain.has(*condition) {
            let what = if accepted { "accepted" } else { "rejected" };
            let observed = format!("{what} although {}", spec.condition_name(*condition));
            findings.push(finding(spec, prediction, Some(*rule), observed));
        }
    }
    findings
}

/// The rule that the answer should have followed: that of a row, or that of the effect.
fn expected_rule(prediction: &Prediction<'_>) -> Option<RuleIndex> {
    let row = prediction.rows().find(|row| !row.conditions.and(prediction.certain).is_empty());
    let effect = || prediction.spec.main_effect();
    row.or(prediction.rows().next()).and_then(|row| row.rule).or_else(effect)
}

/// An answer that nothing explains fails, however firmly the rule is documented that it is against.
fn inadmissible<'s>(
    spec: &Spec,
    prediction: &Prediction<'_>,
    rule: Option<RuleIndex>,
    observed: String,
) -> Outcome<'s> {
    let finding = finding(spec, prediction, rule, observed);
    Outcome::Inadmissible(Finding { level: Level::Must, ..finding })
}

fn finding(
    spec: &Spec,
    prediction: &Prediction<'_>,
    rule: Option<RuleIndex>,
    observed: String,
) -> Finding {
    Finding::new(spec, Check::Code, rule, observed).expected(prediction.lines(spec))
}
