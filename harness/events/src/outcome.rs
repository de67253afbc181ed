//! The closed vocabularies of a report: outcomes of cases, verdicts of checks, levels of rules and
//! reasons for having no verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::name::names;

/// What a case came to. The seven are never merged.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every gating check passed.
    Pass,
    /// A gating check failed.
    Fail,
    /// It failed as the known-failures file says.
    Known,
    /// It passed although the known-failures file says that it fails. The run fails.
    UnexpectedPass,
    /// The target or its world lacks something that the case needs. Leaves the denominator.
    Unsupported,
    /// The user skipped it. Leaves the denominator.
    Disabled,
    /// No verdict: the target could not be reached, or the harness had a problem.
    Inconclusive,
}

names!(Outcome {
    Pass => "pass",
    Fail => "fail",
    Known => "known",
    UnexpectedPass => "unexpected_pass",
    Unsupported => "unsupported",
    Disabled => "disabled",
    Inconclusive => "inconclusive",
});

impl Outcome {
    /// Whether the target was judged: only such cases say something about it.
    pub const fn is_judged(self) -> bool {
        match self {
            Self::Pass | Self::Fail | Self::Known | Self::UnexpectedPass => true,
            Self::Unsupported | Self::Disabled | Self::Inconclusive => false,
        }
    }

    /// Whether the case stays in the denominator.
    pub const fn counts(self) -> bool {
        match self {
            Self::Pass | Self::Fail | Self::Known | Self::UnexpectedPass | Self::Inconclusive => {
                true
            }
            Self::Unsupported | Self::Disabled => false,
        }
    }
}

/// The name of a check; patterns address it as `CASE#CHECK`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Success, or an admissible pair of HTTP status and error code.
    Code,
    /// The text beside an error code.
    Message,
    /// Members, types and formats of the answer.
    Shape,
    /// What was asked for happened, read back; after a rejection nothing did.
    Effects,
    /// Nothing else changed: other entities, shares, principals or accounts.
    Isolation,
    /// The times that the target gives, against each other and against elapsed time.
    Times,
    /// A walk over the pages of a list.
    Paging,
    /// What every answer must be: in time, whole, well-formed, with a fresh request id.
    Floor,
    /// An operation that is not declared absent is answered.
    Support,
    /// The readings that a recorded behaviour holds the target to.
    Behaviour,
    /// An exchange beside the call under test: set-up, polls and clean-up.
    Step,
}

names!(CheckName {
    Code => "code",
    Message => "message",
    Shape => "shape",
    Effects => "effects",
    Isolation => "isolation",
    Times => "times",
    Paging => "paging",
    Floor => "floor",
    Support => "support",
    Behaviour => "behaviour",
    Step => "step",
});

/// How firmly the documents state a rule.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Documented firmly; gates.
    Must,
    /// Documented, but contradicted between documents or samples; a warning unless `--strict`.
    Should,
    /// The documents are silent; never judged, recorded into the behaviour.
    Open,
}

names!(Level { Must => "must", Should => "should", Open => "open" });

/// What a check came to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As the rules say.
    Pass,
    /// Against a gating rule: MUST, or SHOULD with `--strict`.
    Fail,
    /// Against a SHOULD rule that does not gate.
    Warn,
    /// An open point: what was seen went into the behaviour.
    Recorded,
    /// Nothing to judge, such as a check after the exchange that ended the case.
    NotJudged,
}

names!(Verdict {
    Pass => "pass",
    Fail => "fail",
    Warn => "warn",
    Recorded => "recorded",
    NotJudged => "not_judged",
});

/// The kinds of reason for which a case has no verdict.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Unsupported: the target declares that it lacks an operation.
    Operation,
    /// Unsupported: the world lacks an account, a resource or a directory.
    World,
    /// Unsupported: the target has no hook for it, such as `advance-clock`.
    Hook,
    /// Unsupported: a seeded share is missing.
    Seed,
    /// Unsupported: the keys of a caller are missing.
    Identity,
    /// Unsupported: an operation that it needs did not answer, which is a failure of its own.
    Blocked,
    /// Inconclusive: the target could not be reached.
    Unreachable,
    /// Inconclusive: the target throttled the call until patience ended.
    Throttled,
    /// Inconclusive: a problem of sharespec itself.
    Harness,
    /// Inconclusive: the time of the run or of the case was over.
    Deadline,
}

names!(ReasonKind {
    Operation => "operation",
    World => "world",
    Hook => "hook",
    Seed => "seed",
    Identity => "identity",
    Blocked => "blocked",
    Unreachable => "unreachable",
    Throttled => "throttled",
    Harness => "harness",
    Deadline => "deadline",
});

impl ReasonKind {
    /// The outcome that this kind of reason explains.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Operation
            | Self::World
            | Self::Hook
            | Self::Seed
            | Self::Identity
            | Self::Blocked => Outcome::Unsupported,
            Self::Unreachable | Self::Throttled | Self::Harness | Self::Deadline => {
                Outcome::Inconclusive
            }
        }
    }
}

/// Why a case is unsupported or inconclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The kind.
    pub kind: ReasonKind,
    /// What is missing or went wrong, for a person.
    pub detail: String,
    /// What would unlock the case, as the end of "N cases need …": `a second account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::KnownProblem;

    /// Holds the names of an enum against what serde writes and reads.
    macro_rules! agrees_with_serde {
        ($($test:ident: $type:ident),+) => {$(
            #[test]
            fn $test() {
                for variant in $type::ALL {
                    let written = serde_json::to_value(variant).unwrap();
                    assert_eq!(written, variant.name());
                    assert_eq!($type::parse(variant.name()), Some(*variant));
                    assert_eq!(serde_json::from_value::<$type>(written).unwrap(), *variant);
                }
                assert_eq!($type::parse("nothing of the kind"), None);
            }
        )+};
    }

    agrees_with_serde!(
        outcomes: Outcome,
        checks: CheckName,
        levels: Level,
        verdicts: Verdict,
        reasons: ReasonKind,
        problems: KnownProblem
    );

    #[test]
    fn only_unsupported_and_disabled_leave_the_denominator() {
        let left: Vec<_> = Outcome::ALL.iter().filter(|outcome| !outcome.counts()).collect();
        assert_eq!(left, [&Outcome::Unsupported, &Outcome::Disabled]);
    }

    #[test]
    fn a_reason_never_explains_a_judged_outcome() {
        for kind in ReasonKind::ALL {
            assert!(!kind.outcome().is_judged(), "{kind}");
        }
    }
}
