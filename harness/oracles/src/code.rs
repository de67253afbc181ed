//! Status and code: is the answer one of those that the prediction admits?

use crate::finding::{Check, Finding};
use sharespec_model::call::{Body, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::prediction::{Admission, Prediction};
use sharespec_model::spec::{Row, RuleIndex, Spec};

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
            Outcome::Inadmissible(finding(spec, prediction, rule, observed))
        }
        Body::Success(_) if prediction.success => Outcome::Success,
        Body::Success(_) => {
            let rule = expected_rule(prediction);
            Outcome::Inadmissible(finding(spec, prediction, rule, "success".to_owned()))
        }
        Body::Error { code, .. } => error(spec, prediction, reply.status, code),
    }
}

fn error<'s>(spec: &Spec, prediction: &Prediction<'s>, status: u16, code: &str) -> Outcome<'s> {
    let observed = format!("{status} {code}");
    match prediction.admission(status, code) {
        Admission::Row(row, conditions) => Outcome::Rejection(row, conditions),
        Admission::Open => Outcome::Open,
        Admission::WrongStatus(_) => {
            let rule = prediction.spec.rows_of(code).find_map(|row| row.rule);
            Outcome::Inadmissible(finding(spec, prediction, rule, observed))
        }
        Admission::NotApplicable | Admission::Unknown => {
            let rule = expected_rule(prediction).or(spec.floor("floor/undocumented"));
            Outcome::Inadmissible(finding(spec, prediction, rule, observed))
        }
    }
}

/// The rule that the answer should have followed: that of a row, or that of the effect.
fn expected_rule(prediction: &Prediction<'_>) -> Option<RuleIndex> {
    let row = prediction.rows().find(|row| !row.conditions.and(prediction.certain).is_empty());
    let effect = || prediction.spec.rules.values().next().copied();
    row.or(prediction.rows().next()).and_then(|row| row.rule).or_else(effect)
}

fn finding(
    spec: &Spec,
    prediction: &Prediction<'_>,
    rule: Option<RuleIndex>,
    observed: String,
) -> Finding {
    Finding::new(spec, Check::Code, rule, observed).expected(prediction.lines(spec))
}
