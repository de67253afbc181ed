//! A run: the selected cases, played against one target, as a stream of events in the order of the
//! cases.

use crate::crash::play_on;
use crate::locks::Locks;
use crate::needs::unplayable;
use crate::player::{Player, Stop, without};
use crate::setup::{Setup, Target};
use crate::verdict;
use futures::stream::{FuturesUnordered, StreamExt};
use sharespec_events::{CaseEvent, Outcome, ReasonKind};
use sharespec_generators::hash;
use sharespec_model::api::Api;
use sharespec_wire::case::{Case, Lock, Step};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::mpsc;

/// How many cases may be under way at a time on a server. A case that waits costs next to nothing;
/// the number of requests in flight is bounded apart.
const MOST_AT_A_TIME: usize = 400;

/// Plays cases and hands each line to `sink`, in the order of the cases.
pub fn play_all(setup: &Setup, cases: &[Case], workers: usize, sink: &mut dyn FnMut(CaseEvent)) {
    match &setup.target {
        Target::Builtin(_) => play_builtin(setup, cases, workers, sink),
        Target::Url(_) => play_url(setup, cases, sink),
    }
}

/// Each case has an instance of its own, so that cases can be shared out among threads.
fn play_builtin(setup: &Setup, cases: &[Case], workers: usize, sink: &mut dyn FnMut(CaseEvent)) {
    let workers = workers.max(1);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let position = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(case) = cases.get(position) else { break };
                    let event = futures::executor::block_on(play(setup, case, position));
                    if sender.send((position, event)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut ordered = Ordered::new(sink);
        for (position, event) in receiver {
            ordered.add(position, event);
        }
    });
}

fn play_url(setup: &Setup, cases: &[Case], sink: &mut dyn FnMut(CaseEvent)) {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            for case in cases {
                sink(unplayed(
                    setup,
                    case,
                    &without(ReasonKind::Harness, error.to_string(), "threads"),
                ));
            }
            return;
        }
    };
    let locks = Locks::new(setup.api.world());
    let mut ordered = Ordered::new(sink);
    // The cases that need the whole target come last: else everything would wait for them.
    let whole = |case: &Case| case.locks.contains(&Lock::Target);
    let positions = |wanted: bool| {
        cases.iter().enumerate().filter(move |(_, case)| whole(case) == wanted).map(|(at, _)| at)
    };
    runtime.block_on(async {
        let mut waiting = positions(false).chain(positions(true));
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < MOST_AT_A_TIME {
                let Some(position) = waiting.next() else { break };
                let Some(case) = cases.get(position) else { break };
                under_way.push(locked(setup, &locks, case, position));
            }
            match under_way.next().await {
                Some((position, event)) => ordered.add(position, event),
                None => break,
            }
        }
    });
}

async fn locked(setup: &Setup, locks: &Locks, case: &Case, position: usize) -> (usize, CaseEvent) {
    if let Err(detail) = locks.suffice(&case.locks) {
        let stop = without(ReasonKind::World, detail, "larger quotas");
        return (position, unplayed(setup, case, &stop));
    }
    let _held = locks.hold(&case.locks).await;
    (position, play_on(setup, case, position).await)
}

/// Plays one case.
pub async fn play(setup: &Setup, case: &Case, position: usize) -> CaseEvent {
    if let Some(stop) = unplayable(setup, case) {
        return unplayed(setup, case, &stop);
    }
    let seed = setup.seed ^ fnv(&case.id);
    let connection = match setup.connect(case.one_connection, seed) {
        Ok(connection) => connection,
        Err(detail) => {
            let stop = without(ReasonKind::Harness, detail, "an HTTP client");
            return unplayed(setup, case, &stop);
        }
    };
    let started = connection.now();
    let mut player = Player::new(setup, case, connection, &position.to_string());
    let result = player.play().await;
    let took = u64::try_from(player.connection.now() - started).unwrap_or(0);
    verdict::event(&player, &result, hash(case), took)
}

/// A number that stands for a text (FNV-1a).
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The lines of operations that are neither there nor declared absent, but that some case needs: one
/// failure each, whatever hangs on it.
pub fn support(setup: &Setup, cases: &[Case]) -> Vec<CaseEvent> {
    let needs = |operation: &String| {
        let calls =
            |step: &Step| matches!(step, Step::Call(step) if step.call.operation == *operation);
        cases.iter().any(|case| case.base.iter().any(calls))
    };
    let absent = setup.abilities.absent.iter().filter(|operation| needs(operation));
    absent.map(|operation| verdict::unsupported_operation(setup, operation)).collect()
}

fn unplayed(setup: &Setup, case: &Case, stop: &Stop) -> CaseEvent {
    let outcome = match stop {
        Stop::Without(reason) => reason.kind.outcome(),
        Stop::Failed => Outcome::Fail,
    };
    let mut event = CaseEvent::new(case.id.clone(), case.operation(), outcome);
    event.rules = verdict::rules_of(setup.api.spec(), case, &[]);
    event.hash = hash(case);
    if let Stop::Without(reason) = stop {
        event.reason = Some(reason.clone());
    }
    event
}

/// Lines in the order of the cases: one that comes early waits for those before it.
struct Ordered<'a> {
    next: usize,
    early: BTreeMap<usize, CaseEvent>,
    sink: &'a mut dyn FnMut(CaseEvent),
}

impl<'a> Ordered<'a> {
    fn new(sink: &'a mut dyn FnMut(CaseEvent)) -> Self {
        Self { next: 0, early: BTreeMap::new(), sink }
    }

    fn add(&mut self, position: usize, event: CaseEvent) {
        self.early.insert(position, event);
        while let Some(event) = self.early.remove(&self.next) {
            (self.sink)(event);
            self.next += 1;
        }
    }
}

/// A future that plays a case, for callers that bring their own executor.
pub fn play_one<'a>(setup: &'a Setup, case: &'a Case) -> impl Future<Output = CaseEvent> + 'a {
    play(setup, case, 0)
}
