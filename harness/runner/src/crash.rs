//! Cases against a target that was started by a command: it is started again when it ends, the cases
//! that it took with it are played again, and the one that ends it is blamed.

use crate::process::Process;
use crate::run::play;
use crate::setup::{Setup, Target};
use crate::url::UNANSWERED;
use crate::verdict;
use sharespec_events::{CaseEvent, Outcome, Reason, ReasonKind};
use sharespec_generators::hash;
use sharespec_wire::case::Case;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{RwLockReadGuard, watch};

/// How often a case is played again because another one ended the target.
const REPLAYS: u32 = 20;

/// What came of the cases whose requests were under way when the target ended.
#[derive(Debug, Default)]
pub(crate) struct Crashes(Mutex<Option<Arc<Crash>>>);

#[derive(Debug)]
struct Crash {
    /// How many suspects are still to be played alone, and whether one ended the target again.
    left: watch::Sender<(usize, bool)>,
}

impl Crashes {
    /// Adds a suspect to the crash that is being looked into.
    fn suspect(&self) -> Arc<Crash> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let crash = current.get_or_insert_with(|| {
            let (left, _) = watch::channel((0, false));
            Arc::new(Crash { left })
        });
        crash.left.send_modify(|(left, _)| *left += 1);
        Arc::clone(crash)
    }

    /// No more suspects: what happens next is another crash.
    fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Plays one case, again if the target ended underneath it.
pub(crate) async fn play_on(setup: &Setup, case: &Case, position: usize) -> CaseEvent {
    let Some(process) = &setup.manner.process else { return play(setup, case, position).await };
    for _ in 0..REPLAYS {
        let guard = match enter(setup, process).await {
            Ok(guard) => guard,
            Err(why) => return dead(setup, case, &why),
        };
        let event = play(setup, case, position).await;
        let Some(silence) = silence(&event) else { return event };
        let Some(status) = process.ended_soon().await else { return event };
        if silence == Silence::BeforeConnecting {
            continue;
        }
        let first = First { event, status, said: process.said() };
        let crash = setup.manner.crashes.suspect();
        drop(guard);
        return look_into(setup, process, case, position, &crash, first).await;
    }
    dead(setup, case, "it ended again and again")
}

/// Lets a case in. What a process that is started again has forgotten is forgotten here too.
async fn enter<'a>(setup: &Setup, process: &'a Process) -> Result<RwLockReadGuard<'a, ()>, String> {
    if process.ended().is_some() {
        let guard = process.alone().await?;
        forget(setup);
        drop(guard);
    }
    process.visit().await
}

fn forget(setup: &Setup) {
    setup.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
    if let Target::Url(target) = &setup.target {
        target.forget_clock();
    }
}

/// What a suspect saw when the target ended.
struct First {
    event: CaseEvent,
    status: ExitStatus,
    said: String,
}

/// Plays a suspect alone. If some suspect ends the target alone, the others are innocent; if none
/// does, each of them had a request that was not answered, and says so.
async fn look_into(
    setup: &Setup,
    process: &Process,
    case: &Case,
    position: usize,
    crash: &Crash,
    first: First,
) -> CaseEvent {
    let alone = match process.alone().await {
        Ok(alone) => alone,
        Err(why) => {
            crash.left.send_modify(|(left, _)| *left -= 1);
            return dead(setup, case, &why);
        }
    };
    // Whoever is alone knows that nobody is in any more: all suspects are known.
    setup.manner.crashes.close();
    forget(setup);
    let event = play(setup, case, position).await;
    let ended = match silence(&event) {
        Some(_) => process.ended_soon().await,
        None => None,
    };
    crash.left.send_modify(|(left, guilty)| {
        *left -= 1;
        *guilty |= ended.is_some();
    });
    if let Some(status) = ended {
        return verdict::blamed(setup, event, status, &process.said(), "");
    }
    drop(alone);
    let mut left = crash.left.subscribe();
    let guilty = left.wait_for(|(left, _)| *left == 0).await.is_ok_and(|now| now.1);
    match guilty {
        true => event,
        false => {
            let besides = "; played alone, it does not";
            verdict::blamed(setup, first.event, first.status, &first.said, besides)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    BeforeConnecting,
    AfterSending,
}

/// Whether a case ended because nothing answered.
pub(crate) fn silence(event: &CaseEvent) -> Option<Silence> {
    if let Some(reason) = &event.reason
        && reason.kind == ReasonKind::Unreachable
    {
        let unanswered = reason.detail.contains(UNANSWERED);
        return Some(if unanswered { Silence::AfterSending } else { Silence::BeforeConnecting });
    }
    let answered = |rule: &str| rule.ends_with("/floor/answered");
    let silent = event.failure.as_ref().is_some_and(|failure| answered(&failure.rule.id));
    silent.then_some(Silence::AfterSending)
}

/// The line of a case for which there is no target any more.
fn dead(setup: &Setup, case: &Case, why: &str) -> CaseEvent {
    let detail = format!("the process of the target ended and is not back: {why}");
    let mut event = CaseEvent::new(case.id.clone(), case.operation(), Outcome::Inconclusive);
    event.rules = verdict::rules_of(setup.api.spec(), case, &[]);
    event.hash = hash(case);
    let unlock = Some("a target that stays".to_owned());
    event.reason = Some(Reason { kind: ReasonKind::Unreachable, detail, unlock });
    event
}
