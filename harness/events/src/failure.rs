//! A failure as a bug report by itself: whoever reads it needs neither the suite nor its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::outcome::{CheckName, Level, Outcome};

/// The failed check that decided a case. All texts are free of secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// The check that failed.
    pub check: CheckName,
    /// The rule that was broken.
    pub rule: RuleText,
    /// What failures are grouped by.
    pub cause: Cause,
    /// The admissible outcomes, a line each.
    pub expected: Vec<String>,
    /// What the target did instead.
    pub actual: String,
    /// Admissible and actual side by side: lines that begin with ` `, `-` (admissible) or `+`
    /// (actual).
    pub diff: String,
    /// The step whose exchange the check looked at; the other exchanges are its context.
    pub step: String,
    /// The exchanges of the case, in order.
    pub exchanges: Vec<ExchangeText>,
    /// A sharespec command line that plays the case again.
    pub reproduce: String,
    /// A curl command line that sends the same bytes.
    pub curl: String,
    /// The end of what the process of the target said on stderr, if it ended under this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stderr: Option<String>,
    /// What the case came to when it was played once more, alone: `pass` says that it fails only
    /// beside others. Some cases of each cause are played again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Outcome>,
}

/// What cases are grouped by: the same check of the same rule, with the same observation.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Cause {
    /// The check.
    pub check: CheckName,
    /// The id of the rule.
    pub rule: String,
    /// What was observed, without anything that differs between cases: no ids, tokens or times.
    pub observed: String,
}

/// A rule, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleText {
    /// The stable id of the rule.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where it says so: the document, the place in it, and an address.
    pub citation: String,
    /// How firmly.
    pub level: Level,
}

/// One exchange as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExchangeText {
    /// The step of the case, such as `setup/1`, `call` or `read-back`.
    pub step: String,
    /// The role of the caller.
    pub caller: String,
    /// The operation.
    pub operation: String,
    /// Request line, headers, an empty line and the body.
    pub request: String,
    /// Status line, headers, an empty line and the body; or what happened instead of an answer.
    pub response: String,
    /// When it was sent, since the start of the case.
    pub started_ms: u64,
    /// How long it took.
    pub took_ms: u64,
}
