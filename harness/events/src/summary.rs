//! The counts of a run: the last line of its report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::CaseEvent;
use crate::event::Strength;
use crate::exit::{self, Interruption};
use crate::outcome::{Outcome, Verdict};

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Cases that passed.
    pub passed: usize,
    /// Cases that failed and were not known to fail.
    pub failed: usize,
    /// Cases that failed as known.
    pub known: usize,
    /// Cases that passed although known to fail.
    pub unexpected_pass: usize,
    /// Cases that need something that the target or its world lacks.
    pub unsupported: usize,
    /// Cases that the user skipped.
    pub disabled: usize,
    /// Cases without a verdict.
    pub inconclusive: usize,
    /// Checks that came to a warning, in whatever case.
    pub warnings: usize,
    /// Those of the disabled cases that were played and decide nothing, because the edition of the run does
    /// not have them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_scored: usize,
    /// Lines of the known-failures file that have to change.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known_problems: usize,
    /// Answers that are not those of their snapshots.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub snapshots_changed: usize,
    /// What would unlock unsupported cases, the most cases first.
    pub unlocks: Vec<Unlock>,
    /// How long the run took.
    pub duration_ms: u64,
    /// The exit code of the run.
    pub exit_code: u8,
    /// Whether the run was ended early; the counts are then of what was done until then.
    pub interrupted: bool,
    /// The combinations of parameters that the judged cases covered, if any did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
}

/// What would unlock unsupported cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unlock {
    /// What is needed, as the end of "N cases need …".
    pub what: String,
    /// How many cases need it.
    pub cases: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Summary {
    /// Counts one case.
    pub fn add(&mut self, case: &CaseEvent) {
        match case.outcome {
            Outcome::Pass => self.passed += 1,
            Outcome::Fail => self.failed += 1,
            Outcome::Known => self.known += 1,
            Outcome::UnexpectedPass => self.unexpected_pass += 1,
            Outcome::Unsupported => self.unsupported += 1,
            Outcome::Disabled => self.disabled += 1,
            Outcome::Inconclusive => self.inconclusive += 1,
        }
        self.not_scored += usize::from(case.not_scored.is_some());
        self.warnings += case.checks_with(Verdict::Warn).count();
        if case.outcome == Outcome::Unsupported
            && let Some(what) = case.reason.as_ref().and_then(|reason| reason.unlock.as_deref())
        {
            self.unlock(what);
        }
    }

    /// Sets what is known at the end: the duration, who ended the run early, and the exit code.
    pub fn conclude(&mut self, duration_ms: u64, interruption: Option<Interruption>) {
        self.unlocks.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.what.cmp(&b.what)));
        self.duration_ms = duration_ms;
        self.interrupted = interruption.is_some();
        self.exit_code = interruption.map_or_else(|| exit::code(self), Interruption::code);
    }

    /// How many cases say something about the target.
    pub const fn judged(&self) -> usize {
        self.passed + self.failed + self.known + self.unexpected_pass
    }

    /// The denominator of any rate: all cases but unsupported and disabled ones.
    pub const fn denominator(&self) -> usize {
        self.judged() + self.inconclusive
    }

    /// All cases.
    pub const fn total(&self) -> usize {
        self.denominator() + self.unsupported + self.disabled
    }

    /// How many cases came to `outcome`.
    pub const fn count(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Pass => self.passed,
            Outcome::Fail => self.failed,
            Outcome::Known => self.known,
            Outcome::UnexpectedPass => self.unexpected_pass,
            Outcome::Unsupported => self.unsupported,
            Outcome::Disabled => self.disabled,
            Outcome::Inconclusive => self.inconclusive,
        }
    }

    fn unlock(&mut self, what: &str) {
        match self.unlocks.iter_mut().find(|unlock| unlock.what == what) {
            Some(unlock) => unlock.cases += 1,
            None => self.unlocks.push(Unlock { what: what.to_owned(), cases: 1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CheckResult;
    use crate::outcome::{CheckName, Level, Reason, ReasonKind};

    fn case(outcome: Outcome) -> CaseEvent {
        CaseEvent::new("a/b", "Operation", outcome)
    }

    fn needs(what: &str) -> CaseEvent {
        let reason =
            Reason { kind: ReasonKind::World, detail: String::new(), unlock: Some(what.into()) };
        CaseEvent { reason: Some(reason), ..case(Outcome::Unsupported) }
    }

    #[test]
    fn each_outcome_has_a_count_of_its_own() {
        let mut summary = Summary::default();
        for (index, outcome) in Outcome::ALL.iter().enumerate() {
            for _ in 0..=index {
                summary.add(&case(*outcome));
            }
        }
        let counts: Vec<_> = Outcome::ALL.iter().map(|outcome| summary.count(*outcome)).collect();
        assert_eq!(counts, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!((summary.judged(), summary.denominator(), summary.total()), (10, 17, 28));
    }

    #[test]
    fn warnings_are_counted_by_check() {
        let mut warned = case(Outcome::Pass);
        let check = CheckResult::new(CheckName::Message, Verdict::Warn, Level::Should);
        warned.checks = vec![check.clone(), check];
        let mut summary = Summary::default();
        summary.add(&warned);
        assert_eq!((summary.passed, summary.warnings), (1, 2));
    }

    #[test]
    fn unlocks_come_with_the_most_cases_first() {
        let mut summary = Summary::default();
        for what in ["a second account", "a hook", "a hook", "a directory"] {
            summary.add(&needs(what));
        }
        summary.conclude(5, None);
        let unlocks: Vec<_> =
            summary.unlocks.iter().map(|unlock| (unlock.what.as_str(), unlock.cases)).collect();
        assert_eq!(unlocks, [("a hook", 2), ("a directory", 1), ("a second account", 1)]);
        assert_eq!(summary.exit_code, exit::NOTHING_JUDGED);
    }

    #[test]
    fn an_interruption_decides_the_exit_code() {
        let mut summary = Summary::default();
        summary.add(&case(Outcome::Fail));
        summary.conclude(5, Some(Interruption::Terminate));
        assert!(summary.interrupted);
        assert_eq!(summary.exit_code, exit::TERMINATED);
    }
}
