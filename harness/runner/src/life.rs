//! The life of a run: why it ends before all its cases were played, how long a case may take, what a
//! failing case comes to alone, and the ledger of what is still to be taken away.

use crate::crash::silence;
use crate::ledger::Ledger;
use crate::player::{Player, Stop, without};
use crate::preflight::answers;
use crate::setup::{Setup, Target};
use sharespec_events::{CaseEvent, Cause, Outcome, ReasonKind};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, watch};

/// How long clean-up may take once a case was ended before its end.
pub const CLEAN_UP: Duration = Duration::from_secs(5);

/// After how many cases in a row that nothing answered the target is asked whether it is still there.
const SILENT: usize = 10;

/// How many failing cases of one cause are played again alone.
const AGAIN: u32 = 3;

/// Why a run ends before all its cases were played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Somebody wants it to end.
    Interrupted,
    /// Its time is over.
    OutOfTime,
    /// The target does not answer any more.
    Gone,
    /// A case failed, and that is enough. What is under way comes to its end.
    Enough,
}

impl End {
    /// Whether it ends what is under way.
    fn is_at_once(self) -> bool {
        self != Self::Enough
    }

    /// Whether the cases that were not played have no line.
    pub fn is_silent(self) -> bool {
        matches!(self, Self::Interrupted | Self::Enough)
    }

    /// What is said of a case that was not played to its end.
    pub fn stop(self) -> Stop {
        let (kind, detail, unlock) = match self {
            Self::Interrupted => (ReasonKind::Deadline, "the run was interrupted", "a whole run"),
            Self::OutOfTime => (
                ReasonKind::Deadline,
                "the time of the run was over before the case was",
                "a greater `--max-time`",
            ),
            Self::Gone => (
                ReasonKind::Unreachable,
                "the target stopped answering, so the case was not played",
                "a target that stays",
            ),
            Self::Enough => (ReasonKind::Deadline, "another case failed", "a whole run"),
        };
        without(kind, detail.to_owned(), unlock)
    }
}

/// What the cases of a run share of its life.
#[derive(Debug)]
pub struct Life {
    told: watch::Sender<Option<End>>,
    limit: Option<Instant>,
    case: Duration,
    ledger: Option<Ledger>,
    /// Cases hold it shared; one that is played again holds it alone.
    floor: RwLock<()>,
    fail_fast: AtomicBool,
    silent: AtomicUsize,
    again: Mutex<BTreeMap<Cause, u32>>,
}

impl Default for Life {
    fn default() -> Self {
        Self {
            told: watch::channel(None).0,
            limit: None,
            case: Duration::from_secs(600),
            ledger: None,
            floor: RwLock::default(),
            fail_fast: AtomicBool::new(false),
            silent: AtomicUsize::new(0),
            again: Mutex::default(),
        }
    }
}

impl Life {
    /// A life that ends after `limit`, in which a case may take as long as `case`.
    pub fn new(limit: Option<Duration>, case: Duration, ledger: Option<Ledger>) -> Self {
        let limit = limit.and_then(|limit| Instant::now().checked_add(limit));
        Self { limit, case, ledger, ..Self::default() }
    }

    /// Ends the run. The first reason counts, but what is under way can still be ended.
    pub fn end(&self, why: End) {
        self.told.send_if_modified(|told| {
            let first = !told.is_some_and(End::is_at_once) && *told != Some(why);
            if first {
                *told = Some(why);
            }
            first
        });
    }

    /// Why the run ends, if it does.
    pub fn ended(&self) -> Option<End> {
        let late = || self.limit.is_some_and(|limit| Instant::now() >= limit);
        self.told.borrow().or_else(|| late().then_some(End::OutOfTime))
    }

    /// Ready once the run ends.
    async fn over(&self) -> End {
        let limit = async {
            match self.limit {
                Some(limit) => tokio::time::sleep_until(limit.into()).await,
                None => std::future::pending().await,
            }
        };
        let mut told = self.told.subscribe();
        tokio::select! {
            why = told.wait_for(|why| why.is_some_and(End::is_at_once)) => why.ok().and_then(|why| *why),
            () = limit => Some(End::OutOfTime),
        }
        .unwrap_or(End::Interrupted)
    }

    /// Plays a case on a server, which is ended where the run ends or the case takes too long. What
    /// it made is taken away even then.
    ///
    /// # Errors
    /// `Stop` if the case ended early.
    pub async fn bounded(&self, player: &mut Player<'_>) -> Result<(), Stop> {
        let stop = tokio::select! {
            result = player.play() => return result,
            end = self.over() => end.stop(),
            () = tokio::time::sleep(self.case) => {
                let detail = format!("the case was not over after {} ms", self.case.as_millis());
                without(ReasonKind::Deadline, detail, "a greater `deadline`")
            }
        };
        // What is not taken away in time stays in the ledger.
        let _ = tokio::time::timeout(CLEAN_UP, player.abandon()).await;
        Err(stop)
    }

    /// A share is about to be made.
    pub fn making(&self, caller: &str, name: &str) {
        if let Some(ledger) = &self.ledger {
            ledger.enter(caller, name);
        }
    }

    /// So many of the shares that were about to be made were not, or are gone.
    pub fn gone(&self, shares: usize) {
        if let Some(ledger) = &self.ledger {
            ledger.strike(shares);
        }
    }

    /// How many shares may be left behind.
    pub fn left(&self) -> usize {
        self.ledger.as_ref().map_or(0, Ledger::left)
    }

    /// Lets a case in, unless another one is to be alone.
    pub async fn visit(&self) -> RwLockReadGuard<'_, ()> {
        self.floor.read().await
    }

    /// Makes the first failure that is not known end the run.
    pub fn fail_fast(&self) {
        self.fail_fast.store(true, Ordering::Relaxed);
    }

    /// Takes down what came of a case: whether it failed, and whether the target answered. If it did not, many cases in a row, and does not
    /// answer what it answered before the first case either, the run ends.
    pub async fn heard(&self, setup: &Setup, event: &CaseEvent) {
        // Now, and not when its line comes: lines wait for those before them.
        let known = |check| setup.known.as_ref().is_some_and(|known| known.has(&event.id, check));
        if self.fail_fast.load(Ordering::Relaxed)
            && event.failure.as_ref().is_some_and(|failure| !known(failure.check))
        {
            self.end(End::Enough);
        }
        if silence(event).is_none() {
            self.silent.store(0, Ordering::Relaxed);
            return;
        }
        if self.silent.fetch_add(1, Ordering::Relaxed) + 1 < SILENT {
            return;
        }
        self.silent.store(0, Ordering::Relaxed);
        // One that was started is started again before it is asked.
        let _guard = match &setup.manner.process {
            Some(process) => match process.visit().await {
                Ok(guard) => Some(guard),
                Err(_) => return self.end(End::Gone),
            },
            None => None,
        };
        if !answers(setup).await {
            self.end(End::Gone);
        }
    }

    /// Whether a failing case is to be played again, alone: some of each cause are.
    pub fn wants_again(&self, event: &CaseEvent) -> bool {
        let Some(failure) = &event.failure else { return false };
        // Who is blamed for a crash was alone already.
        if event.outcome != Outcome::Fail || failure.stderr.is_some() || self.ended().is_some() {
            return false;
        }
        let mut again = self.again.lock().unwrap_or_else(PoisonError::into_inner);
        let played = again.entry(failure.cause.clone()).or_insert(0);
        *played += 1;
        *played <= AGAIN
    }

    /// Waits until no other case is under way; nothing if the run ends before.
    pub async fn alone(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        tokio::select! {
            guard = self.floor.write() => Some(guard),
            _ = self.over() => None,
        }
    }
}

/// The parts of a run that are of servers only.
pub(crate) const fn is_server(setup: &Setup) -> bool {
    matches!(setup.target, Target::Url(_))
}
