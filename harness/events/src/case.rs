//! The line of one case: what it came to, by which checks, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::behaviour::CaseBehaviour;
use crate::failure::Failure;
use crate::outcome::{CheckName, Level, Outcome, Reason, Verdict};

/// A case that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseEvent {
    /// The semantic path of the case, such as `alibaba/disassociate/targets/over-limit/6`.
    pub id: String,
    /// What it came to.
    pub outcome: Outcome,
    /// The operation under test.
    pub operation: String,
    /// The ids of the rules that the case stands on.
    pub rules: Vec<String>,
    /// The checks, each with a verdict of its own.
    pub checks: Vec<CheckResult>,
    /// The hash of the content of the case: another hash means another case under the same id.
    pub hash: String,
    /// The call under test in canonical form, with symbols for what the target mints.
    pub call: Value,
    /// The answer to the call under test in canonical form; absent if it was not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// How long the case took, waiting included.
    pub duration_ms: u64,
    /// What the answers of the case, set-up and clean-up included, said about open points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behaviour: Option<Box<CaseBehaviour>>,
    /// Why there is no verdict; present if unsupported or inconclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The entry of the known-failures file that covers the case, as written there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Whether the flaky list has the case: it decides nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flaky: bool,
    /// What the case came to, if it decides nothing because the edition of the run does not have it: its
    /// outcome is then `disabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_scored: Option<Outcome>,
    /// The failure that decided the case; present if failed or known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Box<Failure>>,
}

impl CaseEvent {
    /// A case with nothing but its id, operation and outcome.
    pub fn new(id: impl Into<String>, operation: impl Into<String>, outcome: Outcome) -> Self {
        Self {
            id: id.into(),
            outcome,
            operation: operation.into(),
            rules: Vec::new(),
            checks: Vec::new(),
            hash: String::new(),
            call: Value::Null,
            answer: None,
            duration_ms: 0,
            behaviour: None,
            reason: None,
            known: None,
            flaky: false,
            not_scored: None,
            failure: None,
        }
    }

    /// The checks that came to `verdict`.
    pub fn checks_with(&self, verdict: Verdict) -> impl Iterator<Item = &CheckResult> {
        self.checks.iter().filter(move |check| check.verdict == verdict)
    }
}

/// What one check of a case came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckResult {
    /// The check.
    pub name: CheckName,
    /// What it came to.
    pub verdict: Verdict,
    /// The level of the rule that decided it.
    pub level: Level,
    /// The id of the rule that decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What was observed, without anything that differs between cases of one cause: failures and
    /// warnings are grouped by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<String>,
    /// A sentence for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl CheckResult {
    /// A check with nothing but its name, verdict and level.
    pub const fn new(name: CheckName, verdict: Verdict, level: Level) -> Self {
        Self { name, verdict, level, rule: None, observed: None, detail: None }
    }
}
