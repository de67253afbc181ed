//! Exit codes: what a shell learns from a run. Everything that decides one is in this file.

use crate::summary::Summary;

/// The target conforms: something was judged, and nothing failed.
pub const CONFORMS: u8 = 0;
/// The target does not conform: a case failed or passed unexpectedly, the known-failures file is no
/// longer true, or an answer is not the one of its snapshot.
pub const DOES_NOT_CONFORM: u8 = 1;
/// Wrong usage or configuration; nothing was sent.
pub const USAGE: u8 = 2;
/// Nothing failed, but a case is inconclusive or the target is unreachable.
pub const INCONCLUSIVE: u8 = 3;
/// Nothing was judged: the run says nothing about the target.
pub const NOTHING_JUDGED: u8 = 4;
/// A bug in sharespec.
pub const BUG: u8 = 70;
/// Interrupted from the keyboard (SIGINT).
pub const INTERRUPTED: u8 = 130;
/// Terminated by another program (SIGTERM).
pub const TERMINATED: u8 = 143;

/// Who ended a run early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Interruption {
    /// The exit code: 128 and the number of the signal.
    pub const fn code(self) -> u8 {
        match self {
            Self::Interrupt => INTERRUPTED,
            Self::Terminate => TERMINATED,
        }
    }
}

/// The exit code of a run that came to its end.
///
/// A failure outweighs an inconclusive case, since it stays true whatever the other came to; and
/// an inconclusive case outweighs "nothing judged", since it says why nothing was.
pub const fn code(summary: &Summary) -> u8 {
    let told = summary.known_problems + summary.snapshots_changed;
    if summary.failed > 0 || summary.unexpected_pass > 0 || told > 0 {
        DOES_NOT_CONFORM
    } else if summary.inconclusive > 0 {
        INCONCLUSIVE
    } else if summary.judged() == 0 {
        NOTHING_JUDGED
    } else {
        CONFORMS
    }
}

/// What an exit code means, as the end of a line.
pub const fn meaning(code: u8) -> &'static str {
    match code {
        CONFORMS => "the target conforms",
        DOES_NOT_CONFORM => "the target does not conform",
        USAGE => "wrong usage or configuration",
        INCONCLUSIVE => "inconclusive",
        NOTHING_JUDGED => "nothing was judged",
        BUG => "a bug in sharespec",
        INTERRUPTED => "interrupted",
        TERMINATED => "terminated",
        _ => "unknown",
    }
}

/// What a run came to, as the end of a line. Exit code 1 without a broken rule says what it is for.
pub const fn verdict(summary: &Summary) -> &'static str {
    match summary.exit_code {
        DOES_NOT_CONFORM if summary.failed > 0 => meaning(DOES_NOT_CONFORM),
        DOES_NOT_CONFORM if summary.unexpected_pass + summary.known_problems > 0 => {
            "nothing else failed, but the known failures are no longer true"
        }
        DOES_NOT_CONFORM if summary.snapshots_changed > 0 => {
            "no rule is broken, but answers are not those of the snapshots"
        }
        code => meaning(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(edit: impl FnOnce(&mut Summary)) -> Summary {
        let mut summary = Summary::default();
        edit(&mut summary);
        summary
    }

    #[test]
    fn something_judged_and_nothing_failed_conforms() {
        assert_eq!(code(&summary(|s| s.passed = 1)), CONFORMS);
        assert_eq!(code(&summary(|s| s.known = 1)), CONFORMS);
        assert_eq!(
            code(&summary(|s| (s.passed, s.warnings, s.unsupported, s.disabled) = (1, 9, 9, 9))),
            CONFORMS
        );
    }

    #[test]
    fn a_failure_and_an_unexpected_pass_outweigh_everything() {
        assert_eq!(
            code(&summary(|s| (s.failed, s.passed, s.inconclusive) = (1, 9, 9))),
            DOES_NOT_CONFORM
        );
        assert_eq!(
            code(&summary(|s| (s.unexpected_pass, s.inconclusive) = (1, 9))),
            DOES_NOT_CONFORM
        );
    }

    #[test]
    fn a_known_failures_file_that_is_no_longer_true_and_a_changed_snapshot_fail() {
        assert_eq!(code(&summary(|s| (s.passed, s.known_problems) = (9, 1))), DOES_NOT_CONFORM);
        assert_eq!(code(&summary(|s| (s.passed, s.snapshots_changed) = (9, 1))), DOES_NOT_CONFORM);
    }

    #[test]
    fn a_difference_is_never_called_a_broken_rule() {
        let said = |edit: fn(&mut Summary)| {
            let mut summary = summary(edit);
            summary.exit_code = code(&summary);
            verdict(&summary)
        };
        assert_eq!(said(|s| (s.failed, s.snapshots_changed) = (1, 1)), meaning(DOES_NOT_CONFORM));
        assert!(said(|s| s.unexpected_pass = 1).contains("known failures"));
        assert!(
            said(|s| (s.passed, s.snapshots_changed) = (1, 1)).starts_with("no rule is broken")
        );
        assert_eq!(said(|s| s.passed = 1), meaning(CONFORMS));
    }

    #[test]
    fn inconclusive_is_never_green_and_explains_why_nothing_was_judged() {
        assert_eq!(code(&summary(|s| (s.passed, s.inconclusive) = (9, 1))), INCONCLUSIVE);
        assert_eq!(code(&summary(|s| s.inconclusive = 1)), INCONCLUSIVE);
    }

    #[test]
    fn nothing_is_green_for_nothing() {
        assert_eq!(code(&Summary::default()), NOTHING_JUDGED);
        assert_eq!(
            code(&summary(|s| (s.unsupported, s.disabled, s.warnings) = (9, 9, 1))),
            NOTHING_JUDGED
        );
    }

    #[test]
    fn every_code_has_a_meaning() {
        for known in [0, 1, 2, 3, 4, 70, 130, 143] {
            assert_ne!(meaning(known), "unknown", "{known}");
        }
        assert_eq!(Interruption::Interrupt.code(), 130);
        assert_eq!(Interruption::Terminate.code(), 143);
    }
}
