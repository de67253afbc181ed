//! Confirming and shrinking: a case that failed is played again, and made smaller for as long as it fails in
//! the same way. What it is labelled by comes from what was really sent, anew each time.

use crate::run::play_all;
use crate::setup::{Setup, Target};
use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::fuzz::{Grammar, Scope, simpler};
use sharespec_wire::case::Case;
use std::time::{Duration, Instant};

/// How often a find is played again at once.
const ATTEMPTS: u32 = 5;

/// How many simpler cases are played while one is made smaller.
const MOST_PLAYED: usize = 4_000;

/// How long making a case smaller may take.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// How often a case that was played again failed in the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// How often it was played.
    pub attempts: u32,
    /// How often it failed in the same way.
    pub successes: u32,
}

/// Whether two lines failed in the same way.
pub fn same(one: &CaseEvent, other: &CaseEvent) -> bool {
    match (&one.failure, &other.failure) {
        (Some(one), Some(other)) => one.cause == other.cause,
        _ => false,
    }
}

/// Plays a case again, several times.
pub fn confirm(setup: &Setup, case: &Case, failed: &CaseEvent, workers: usize) -> Confirmed {
    let cases = vec![case.clone(); ATTEMPTS as usize];
    let mut successes = 0;
    play_all(setup, &cases, workers, &mut |event| successes += u32::from(same(&event, failed)));
    Confirmed { attempts: ATTEMPTS, successes }
}

/// What became of a case that was made smaller.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The smallest one.
    pub case: Case,
    /// How many simpler ones were played.
    pub played: usize,
    /// Whether the time was up before nothing simpler was left to try.
    pub unfinished: bool,
}

/// Makes a case smaller for as long as it fails in the same way and there is time.
pub fn shrink(
    setup: &Setup,
    (grammar, scope): (&dyn Grammar, &Scope),
    case: &Case,
    failed: &CaseEvent,
    workers: usize,
    longest: Duration,
) -> Shrunk {
    let at_once = match setup.target {
        Target::Builtin(_) | Target::InProcess(_) => workers.max(1) * 4,
        Target::Url(_) => 24,
    };
    let (began, mut played, mut best) = (Instant::now(), 0, case.clone());
    let so_far = |case, played, unfinished| Shrunk { case, played, unfinished };
    'smaller: loop {
        for some in simpler(grammar, scope, &best).chunks(at_once) {
            let late = began.elapsed() >= longest;
            if played >= MOST_PLAYED || late {
                return so_far(best, played, late);
            }
            let mut first = None;
            let mut place = 0;
            play_all(setup, some, workers, &mut |event| {
                if event.outcome == Outcome::Fail && same(&event, failed) {
                    first.get_or_insert(place);
                }
                place += 1;
            });
            // Of what was interrupted no line says which case it is of.
            if setup.life.ended().is_some() {
                return so_far(best, played, true);
            }
            played += some.len();
            if let Some(smaller) = first.and_then(|place| some.get(place)) {
                best = smaller.clone();
                continue 'smaller;
            }
        }
        return so_far(best, played, false);
    }
}
