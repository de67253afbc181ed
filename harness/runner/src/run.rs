//! A run: the selected cases, played against one target, as a stream of events in the order of the
//! cases.

use crate::crash::play_on;
use crate::life::{CLEAN_UP, End, Life, is_server};
use crate::locks::{self, Locks};
use crate::needs::unplayable;
use crate::player::{Player, Stop, without};
use crate::setup::Setup;
use crate::verdict;
use futures::stream::{FuturesUnordered, StreamExt};
use sharespec_events::{CaseEvent, Outcome, ReasonKind};
use sharespec_generators::hash;
use sharespec_wire::case::{Case, Lock, Step};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// How many cases may be under way at a time on a server, over all threads. A case that waits costs
/// next to nothing; the number of requests in flight is bounded apart.
const MOST_AT_A_TIME: usize = 400;

/// How many cases may begin before the line of an earlier one could be told: lines come in the order of the
/// cases, so those of cases that are over sooner are kept until then.
const AHEAD: usize = 4096;

/// How long a thread waits for such a line before it looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How long lines are still taken once the run was interrupted: reports are whole within a second.
const LAST_LINES: Duration = Duration::from_millis(250);

/// The threads that play cases. Dropped, it waits for them; after an interruption as long as clean-up
/// may take.
#[derive(Debug)]
pub struct Crew {
    threads: Vec<JoinHandle<()>>,
    life: Arc<Life>,
}

impl Drop for Crew {
    fn drop(&mut self) {
        let began = Instant::now();
        for thread in self.threads.drain(..) {
            while self.life.ended() == Some(End::Interrupted)
                && !thread.is_finished()
                && began.elapsed() < CLEAN_UP + LAST_LINES
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            if thread.is_finished() || self.life.ended() != Some(End::Interrupted) {
                let _ = thread.join();
            }
        }
    }
}

/// Plays cases and hands each line to `sink`, in the order of the cases; on a server, those that need the
/// whole target come last.
///
/// The cases are shared out among `workers` threads. A thread has a runtime, and with it connections,
/// of its own: an answer wakes nothing on another thread. If the run is interrupted, this returns with
/// the lines of the cases that were over, while the crew still cleans up.
pub fn play_all(
    setup: &Setup,
    cases: &[Case],
    workers: usize,
    sink: &mut dyn FnMut(CaseEvent),
) -> Crew {
    play_rounds(setup, &Arc::from(cases), 1, workers, &mut |_, event| sink(event))
}

/// Plays cases as [`play_all`] does, so many times over, and says with each line of which round it is,
/// counted from one. A round is a run with the next seed, and begins while the one before comes to its
/// end. What it takes does not grow with the rounds.
pub fn play_rounds(
    setup: &Setup,
    cases: &Arc<[Case]>,
    rounds: usize,
    workers: usize,
    sink: &mut dyn FnMut(usize, CaseEvent),
) -> Crew {
    let workers = workers.max(1);
    let mut crew = Crew { threads: Vec::new(), life: Arc::clone(&setup.life) };
    let runtimes: std::io::Result<Vec<Runtime>> =
        (0..workers).map(|_| Builder::new_current_thread().enable_all().build()).collect();
    let runtimes = match runtimes {
        Ok(runtimes) => runtimes,
        Err(error) => {
            let stop = without(ReasonKind::Harness, error.to_string(), "threads");
            cases.iter().for_each(|case| sink(1, unplayed(setup, case, &stop)));
            return crew;
        }
    };
    let queue = Arc::new(Queue::new(setup, Arc::clone(cases), rounds));
    let told = Arc::clone(&queue.told);
    let most = if is_server(setup) { MOST_AT_A_TIME.div_ceil(workers) } else { 1 };
    let (sender, receiver) = mpsc::channel();
    for runtime in runtimes {
        let (sender, queue, setup) = (sender.clone(), Arc::clone(&queue), setup.clone());
        crew.threads.push(std::thread::spawn(move || {
            runtime.block_on(queue.work(&setup.apart(), most, &sender));
        }));
    }
    drop(sender);
    let mut in_round = |position: usize, event| sink(position / cases.len().max(1) + 1, event);
    let mut ordered = Ordered::new(&mut in_round);
    let mut interrupted: Option<Instant> = None;
    loop {
        match receiver.recv_timeout(Duration::from_millis(50)) {
            Ok((position, event)) => {
                ordered.add(position, event);
                told.store(ordered.next, Ordering::Relaxed);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if setup.life.ended() == Some(End::Interrupted)
            && interrupted.get_or_insert_with(Instant::now).elapsed() > LAST_LINES
        {
            break;
        }
    }
    ordered.finish();
    crew
}

/// The cases of a run that no thread has taken yet, and how often they are played.
struct Queue {
    cases: Arc<[Case]>,
    order: Vec<usize>,
    rounds: usize,
    next: AtomicUsize,
    /// The round in which the run ended, counted from zero.
    last: AtomicUsize,
    /// The first turn of which no line was told yet.
    told: Arc<AtomicUsize>,
    /// None where each case has an instance of its own.
    locks: Option<Locks>,
}

impl Queue {
    fn new(setup: &Setup, cases: Arc<[Case]>, rounds: usize) -> Self {
        // The cases that need the whole target come last: else everything would wait for them, lines too.
        let whole = |position: &usize| {
            cases.get(*position).is_some_and(|case| case.locks.contains(&Lock::Target))
        };
        let shared = is_server(setup);
        let mut order: Vec<usize> = (0..cases.len()).collect();
        if shared {
            order.sort_by_key(whole);
        }
        let locks = shared.then(|| Locks::new(setup.api.world()));
        Self {
            cases,
            order,
            rounds,
            next: AtomicUsize::new(0),
            last: AtomicUsize::new(usize::MAX),
            told: Arc::default(),
            locks,
        }
    }

    fn take(&self) -> Option<(usize, &Case)> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let round = self.round(turn);
        if round >= self.rounds || round > self.last.load(Ordering::Relaxed) {
            return None;
        }
        let place = *self.order.get(turn % self.order.len())?;
        self.cases.get(place).map(|case| (turn, case))
    }

    /// The round of a turn, counted from zero.
    fn round(&self, turn: usize) -> usize {
        turn.checked_div(self.order.len()).unwrap_or(self.rounds)
    }

    /// Plays cases until none is left, at most so many at a time. A case begins once a request of it
    /// could be sent: what is under way is finished first, while all of it is at hand.
    async fn work(&self, setup: &Setup, most: usize, done: &Sender<(usize, CaseEvent)>) {
        let mut under_way = FuturesUnordered::new();
        let mut next = self.take();
        loop {
            // Of a run that has ended there may be no line, and nothing to wait for.
            let soon = next.is_none_or(|(turn, _)| {
                turn < self.told.load(Ordering::Relaxed).saturating_add(AHEAD)
                    || setup.life.ended().is_some()
            });
            tokio::select! {
                biased;
                Some((position, event)) = under_way.next() => {
                    // Of a case that was interrupted there is nothing to say.
                    let Some(event) = event else { continue };
                    if done.send((position, event)).is_err() {
                        return;
                    }
                }
                () = tokio::time::sleep(LOOK_AGAIN), if !soon => {}
                () = setup.turn(), if soon && next.is_some() && under_way.len() < most => {
                    if let Some((position, case)) = next {
                        under_way.push(async move {
                            (position, self.play(setup, case, position).await)
                        });
                    }
                    next = self.take();
                }
                else => return,
            }
        }
    }

    async fn play(&self, setup: &Setup, case: &Case, position: usize) -> Option<CaseEvent> {
        let life = &setup.life;
        let round = self.round(position);
        let later = (round > 0).then(|| setup.in_round(round));
        let setup = later.as_ref().unwrap_or(setup);
        let ended = |end: End| {
            self.last.fetch_min(round, Ordering::Relaxed);
            // What is played once more as long as there is time is not missed when it is over.
            let silent = end.is_silent() || (round > 0 && end == End::OutOfTime);
            (!silent).then(|| unplayed(setup, case, &end.stop()))
        };
        if let Some(end) = life.ended() {
            return ended(end);
        }
        let Some(locks) = &self.locks else { return Some(play(setup, case, position).await) };
        let needed = locks::needed(setup.api.world(), case);
        if let Err(detail) = locks.suffice(&needed) {
            let stop = without(ReasonKind::World, detail, "larger quotas");
            return Some(unplayed(setup, case, &stop));
        }
        let mut event = {
            let _held = locks.hold(&needed).await;
            let _in = life.visit().await;
            if let Some(end) = life.ended() {
                return ended(end);
            }
            let event = play_on(setup, case, position).await;
            life.heard(setup, &event).await;
            event
        };
        let cut = match life.ended() {
            Some(End::Interrupted) => true,
            Some(End::OutOfTime) => round > 0,
            Some(End::Gone | End::Enough) | None => false,
        };
        if cut && event.reason.as_ref().is_some_and(|reason| reason.kind == ReasonKind::Deadline) {
            return None;
        }
        let shared =
            self.cases.len() > 1 && !case.locks.contains(&Lock::Target) && !setup.seeds.has(case);
        if shared
            && life.wants_again(&event)
            && let Some(_alone) = life.alone().await
        {
            let (again, _) = play_as(setup, case, &format!("{position}again"), 0).await;
            if let Some(failure) = event.failure.as_mut() {
                failure.alone = Some(again.outcome).filter(|outcome| outcome.is_judged());
            }
        }
        Some(event)
    }
}

/// How often a case is played once more that failed by nothing but what the target says to have failed in.
const MORE: u64 = 3;

/// Plays one case. A target may say now and then that it could not do what it began; one that always says
/// so fails.
pub async fn play(setup: &Setup, case: &Case, position: usize) -> CaseEvent {
    let (mut event, mut by_itself) = play_as(setup, case, &position.to_string(), 0).await;
    for time in 1..=MORE {
        if !by_itself || setup.seeds.has(case) || setup.life.ended().is_some() {
            break;
        }
        (event, by_itself) = play_as(setup, case, &format!("{position}more{time}"), time).await;
    }
    event
}

/// Plays one case, whose names and nonces have a tag of their own, and says whether it failed by nothing but
/// what the target says to have failed in.
async fn play_as(setup: &Setup, case: &Case, tag: &str, time: u64) -> (CaseEvent, bool) {
    let seeded = match unplayable(setup, case).map(|stop| setup.seeds.instead(case, stop)) {
        None => None,
        Some(Ok(seeded)) => Some(seeded),
        Some(Err(stop)) => return (unplayed(setup, case, &stop), false),
    };
    let seed = setup.seed ^ fnv(&case.id) ^ (time << 32);
    let connection = match setup.connect(case.one_connection, seed) {
        Ok(connection) => connection,
        Err(detail) => {
            let stop = without(ReasonKind::Harness, detail, "an HTTP client");
            return (unplayed(setup, case, &stop), false);
        }
    };
    let started = connection.now();
    let played = seeded.as_ref().map_or(case, |seeded| &seeded.case);
    let mut player = Player::new(setup, played, connection, tag);
    if let Some(seeded) = &seeded {
        player.on_seeded(&seeded.shares);
    }
    let result = match is_server(setup) {
        true => setup.life.bounded(&mut player).await,
        false => player.play().await,
    };
    setup.life.gone(player.trace.accounted());
    if let (Err(Stop::Failed), Some(seeded)) = (&result, &seeded)
        && player.trace.changed(&*setup.api)
    {
        setup.seeds.spoil(seeded);
    }
    let took = u64::try_from(player.connection.now() - started).unwrap_or(0);
    if let Some(watch) = &setup.watch {
        watch.leave(&case.id, std::mem::take(&mut player.footprint));
    }
    let mut failing = player.findings.iter().filter(|(each, _)| each.fails(setup.strict));
    let by_itself = matches!(result, Err(Stop::Failed)) && failing.all(|(each, _)| each.by_itself);
    (verdict::event(&player, &result, hash(case), took), by_itself)
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
    sink: &'a mut dyn FnMut(usize, CaseEvent),
}

impl<'a> Ordered<'a> {
    fn new(sink: &'a mut dyn FnMut(usize, CaseEvent)) -> Self {
        Self { next: 0, early: BTreeMap::new(), sink }
    }

    fn add(&mut self, position: usize, event: CaseEvent) {
        self.early.insert(position, event);
        while let Some(event) = self.early.remove(&self.next) {
            (self.sink)(self.next, event);
            self.next += 1;
        }
    }

    /// What is here although some before it are not.
    fn finish(self) {
        self.early.into_iter().for_each(|(position, event)| (self.sink)(position, event));
    }
}
