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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use tokio::runtime::{Builder, Runtime};

/// How many cases may be under way at a time on a server, over all threads. A case that waits costs
/// next to nothing; the number of requests in flight is bounded apart.
const MOST_AT_A_TIME: usize = 400;

/// Plays cases and hands each line to `sink`, in the order of the cases.
///
/// The cases are shared out among `workers` threads. A thread has a runtime, and with it connections,
/// of its own: an answer wakes nothing on another thread.
pub fn play_all(setup: &Setup, cases: &[Case], workers: usize, sink: &mut dyn FnMut(CaseEvent)) {
    let workers = workers.max(1);
    let runtimes: std::io::Result<Vec<Runtime>> =
        (0..workers).map(|_| Builder::new_current_thread().enable_all().build()).collect();
    let runtimes = match runtimes {
        Ok(runtimes) => runtimes,
        Err(error) => {
            let stop = without(ReasonKind::Harness, error.to_string(), "threads");
            return cases.iter().for_each(|case| sink(unplayed(setup, case, &stop)));
        }
    };
    let queue = Queue::new(setup, cases);
    let most = match setup.target {
        Target::Builtin(_) => 1,
        Target::Url(_) => MOST_AT_A_TIME.div_ceil(workers),
    };
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for runtime in runtimes {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || runtime.block_on(queue.work(&setup.apart(), most, &sender)));
        }
        drop(sender);
        let mut ordered = Ordered::new(sink);
        for (position, event) in receiver {
            ordered.add(position, event);
        }
    });
}

/// The cases of a run that no thread has taken yet.
struct Queue<'a> {
    cases: &'a [Case],
    order: Vec<usize>,
    next: AtomicUsize,
    /// None where each case has an instance of its own.
    locks: Option<Locks>,
}

impl<'a> Queue<'a> {
    fn new(setup: &Setup, cases: &'a [Case]) -> Self {
        // The cases that need the whole target come last: else everything would wait for them.
        let whole = |position: &usize| {
            cases.get(*position).is_some_and(|case| case.locks.contains(&Lock::Target))
        };
        let shared = matches!(setup.target, Target::Url(_));
        let mut order: Vec<usize> = (0..cases.len()).collect();
        if shared {
            order.sort_by_key(whole);
        }
        let locks = shared.then(|| Locks::new(setup.api.world()));
        Self { cases, order, next: AtomicUsize::new(0), locks }
    }

    fn take(&self) -> Option<(usize, &'a Case)> {
        let position = *self.order.get(self.next.fetch_add(1, Ordering::Relaxed))?;
        self.cases.get(position).map(|case| (position, case))
    }

    /// Plays cases until none is left, at most so many at a time. A case begins once a request of it
    /// could be sent: what is under way is finished first, while all of it is at hand.
    async fn work(&self, setup: &Setup, most: usize, done: &Sender<(usize, CaseEvent)>) {
        let mut under_way = FuturesUnordered::new();
        let mut next = self.take();
        loop {
            tokio::select! {
                biased;
                Some(event) = under_way.next() => if done.send(event).is_err() { return },
                () = setup.turn(), if next.is_some() && under_way.len() < most => {
                    if let Some((position, case)) = next {
                        under_way.push(self.play(setup, case, position));
                    }
                    next = self.take();
                }
                else => return,
            }
        }
    }

    async fn play(&self, setup: &Setup, case: &Case, position: usize) -> (usize, CaseEvent) {
        let Some(locks) = &self.locks else { return (position, play(setup, case, position).await) };
        if let Err(detail) = locks.suffice(&case.locks) {
            let stop = without(ReasonKind::World, detail, "larger quotas");
            return (position, unplayed(setup, case, &stop));
        }
        let _held = locks.hold(&case.locks).await;
        (position, play_on(setup, case, position).await)
    }
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
    if let Some(watch) = &setup.watch {
        watch.leave(&case.id, std::mem::take(&mut player.footprint));
    }
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
