//! Exploring: batches of made-up cases are played, what is new is kept, what fails is looked into.
//!
//! A batch is made before it is played, by one generator: the same seed makes the same cases for as long as
//! the target answers the same.

use super::corpus::{Corpus, CorpusError};
use super::novelty::{Novelty, Reach};
use super::shrinking::{LONGEST, Shrunk, confirm, shrink};
use crate::footprint::{Footprint, Watch};
use crate::run::{play, play_all};
use crate::setup::{Setup, Target};
use arbitrary::Unstructured;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sharespec_events::{CaseEvent, Cause, Outcome};
use sharespec_generators::fuzz::{Grammar, Scope, build, mutate, repair, sequence_of};
use sharespec_wire::case::{Case, Found, Hook};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many bytes of choice a case is made of.
const CHOICE: usize = 4096;

/// How many cases are played before what they touched is looked at.
pub(super) const BATCH: usize = 200;

/// How many finds of one cause are made smaller; of more it is only known that they are there.
const MOST_OF_ONE_CAUSE: u32 = 3;

/// How long it is explored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Until {
    /// So many cases.
    pub cases: Option<u64>,
    /// So long.
    pub time: Option<Duration>,
}

/// How far it came.
#[derive(Clone, Debug, Default)]
pub struct Fuzzed {
    /// The cases that were played, those of confirming and shrinking apart.
    pub cases: u64,
    /// The requests of those.
    pub requests: u64,
    /// How many cases took how many requests.
    pub lengths: BTreeMap<usize, u64>,
    /// What they came to.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// The calls that the cases have, and those among them that were accepted.
    pub calls: [u64; 2],
    /// What they reached.
    pub reach: Reach,
    /// The cases in the corpus.
    pub corpus: usize,
    /// The failures, each counted.
    pub failures: u64,
    /// Whether the target could not be reached any more.
    pub unreachable: bool,
}

impl Fuzzed {
    /// How many requests a case takes in the median, read-backs and clean-up included.
    pub fn median_requests(&self) -> usize {
        let half = self.lengths.values().sum::<u64>().div_ceil(2);
        let mut cases = 0;
        let reached = |(_, count): &(&usize, &u64)| {
            cases += **count;
            cases >= half
        };
        self.lengths.iter().find(reached).map_or(0, |(requests, _)| *requests)
    }
}

/// Something that happened while it was explored.
#[derive(Debug)]
pub enum Interest<'a> {
    /// A batch was played.
    Batch(&'a Fuzzed),
    /// A find: the smallest case, the line of it, and how many cases were played to make it smaller.
    Find(Box<Case>, Box<CaseEvent>, usize),
    /// A failure of a cause that was found often enough.
    Again(Cause),
}

/// Explores a target.
pub struct Explorer<'a> {
    setup: Setup,
    watch: Arc<Watch>,
    grammar: &'a dyn Grammar,
    scope: Scope,
    seed: u64,
    random: ChaCha8Rng,
    corpus: Corpus,
    /// Cases that were not played yet, the last one first.
    waiting: Vec<Case>,
    /// Cases that are changed further although nobody knows what they touch here.
    library: &'a [Case],
    novelty: Novelty,
    causes: BTreeMap<Cause, u32>,
    workers: usize,
    batches: u64,
    /// When it is over.
    end: Option<Instant>,
    /// How far it came.
    pub fuzzed: Fuzzed,
}

impl<'a> Explorer<'a> {
    /// An explorer that has played nothing yet. The loaded cases are played first.
    pub fn new(
        setup: &Setup,
        grammar: &'a dyn Grammar,
        corpus: (Corpus, Vec<Case>),
        library: &'a [Case],
        workers: usize,
    ) -> Self {
        let watch = Arc::new(Watch::default());
        let setup = Setup { watch: Some(Arc::clone(&watch)), ..setup.clone() };
        let (corpus, mut waiting) = corpus;
        waiting.reverse();
        Self {
            scope: setup.fuzz_scope(),
            seed: setup.seed,
            random: ChaCha8Rng::seed_from_u64(setup.seed),
            setup,
            watch,
            grammar,
            corpus,
            waiting,
            library,
            novelty: Novelty::default(),
            causes: BTreeMap::new(),
            workers,
            batches: 0,
            end: None,
            fuzzed: Fuzzed::default(),
        }
    }

    /// The cases that touched something new.
    pub fn into_corpus(self) -> Corpus {
        self.corpus
    }

    /// Explores until it is time, or until `interest` says no. What was found last may be left unshrunk.
    ///
    /// # Errors
    /// [`CorpusError`] if the corpus cannot be written.
    pub fn explore(
        &mut self,
        until: Until,
        interest: &mut dyn FnMut(Interest<'_>) -> bool,
    ) -> Result<(), CorpusError> {
        self.end = until.time.and_then(|time| Instant::now().checked_add(time));
        loop {
            let left = until.cases.map_or(u64::MAX, |most| most.saturating_sub(self.fuzzed.cases));
            let late = self.end.is_some_and(|end| Instant::now() >= end);
            if left == 0 || late || self.fuzzed.unreachable {
                return Ok(());
            }
            let size = BATCH.min(usize::try_from(left).unwrap_or(BATCH));
            let cases: Vec<Case> = (0..size).map(|_| self.next_case()).collect();
            if !self.batch(&cases, interest)? {
                return Ok(());
            }
        }
    }

    /// Explores on this thread until something is noticed, and says how many cases that took; none if it was
    /// not within so many. It can be called again with more.
    pub fn until(&mut self, most: u64, noticed: &dyn Fn(&CaseEvent) -> bool) -> Option<u64> {
        while self.fuzzed.cases < most {
            let before = self.fuzzed.cases;
            let cases: Vec<Case> = (0..BATCH).map(|_| self.next_case()).collect();
            let mut events = Vec::with_capacity(cases.len());
            for case in &cases {
                let event = futures::executor::block_on(play(&self.setup, case, events.len()));
                if noticed(&event) {
                    let cases = before + events.len() as u64 + 1;
                    return Some(cases).filter(|cases| *cases <= most);
                }
                events.push(event);
            }
            for (case, event) in cases.iter().zip(events) {
                let footprint = self.watch.take(&case.id);
                if self.novelty.add(&footprint, &event) > 0 {
                    self.corpus.cases.push(case.clone());
                }
            }
        }
        None
    }

    fn next_case(&mut self) -> Case {
        self.fuzzed.cases += 1;
        let id = format!("{}/{:x}-{}", self.grammar.prefix(), self.seed, self.fuzzed.cases);
        if let Some(case) = self.waiting.pop() {
            let mut mended = repair(self.grammar, &self.scope, &id, sequence_of(&case));
            mended.one_connection = case.one_connection;
            return mended;
        }
        let mut bytes = vec![0; CHOICE];
        self.random.fill_bytes(&mut bytes);
        let choice = &mut Unstructured::new(&bytes);
        let fresh = self.corpus.cases.is_empty() && self.library.is_empty();
        let made = match fresh || self.random.next_u32().is_multiple_of(4) {
            true => build(choice, self.grammar, &self.scope, &id).map(|(case, _)| case),
            false => {
                let (base, other) = (self.pick(), self.pick());
                match base {
                    Some(base) => {
                        mutate(choice, self.grammar, &self.scope, &id, &base, other.as_ref())
                    }
                    None => build(choice, self.grammar, &self.scope, &id).map(|(case, _)| case),
                }
            }
        };
        made.unwrap_or_else(|_| repair(self.grammar, &self.scope, &id, Vec::new()))
    }

    /// A case to change further: of the corpus, what is newest most often; now and then of the library.
    fn pick(&mut self) -> Option<Case> {
        let mut drawn = |below: usize| self.random.next_u32() as usize % below.max(1);
        let cases = &self.corpus.cases;
        let own = !cases.is_empty() && (self.library.is_empty() || drawn(5) > 0);
        let from = if own { cases.as_slice() } else { self.library };
        let newest = own && drawn(2) == 0;
        let start = if newest { cases.len() - cases.len().div_ceil(5) } else { 0 };
        let place = start + drawn(from.len() - start);
        from.get(place).cloned()
    }

    /// The setup of the next batch: on a server, no two shares of a run have one name.
    fn batch_setup(&mut self) -> Setup {
        self.batches += 1;
        match self.setup.target {
            Target::Builtin(_) | Target::InProcess(_) => self.setup.clone(),
            Target::Url(_) => {
                let prefix = format!("{}{:x}-", self.setup.prefix, self.batches);
                Setup { prefix, ..self.setup.clone() }
            }
        }
    }

    fn batch(
        &mut self,
        cases: &[Case],
        interest: &mut dyn FnMut(Interest<'_>) -> bool,
    ) -> Result<bool, CorpusError> {
        let mut events = BTreeMap::new();
        let setup = self.batch_setup();
        play_all(&setup, cases, self.workers, &mut |event| {
            events.insert(event.id.clone(), event);
        });
        let mut failed = Vec::new();
        for case in cases {
            // Of a case that was interrupted there is no line.
            let Some(event) = events.remove(&case.id) else { continue };
            let footprint = self.watch.take(&case.id);
            self.count(&event, &footprint);
            if self.novelty.add(&footprint, &event) > 0 && event.outcome == Outcome::Pass {
                self.corpus.keep(self.grammar, case.clone())?;
            }
            if event.outcome == Outcome::Fail {
                failed.push((case, event, footprint));
            }
        }
        self.fuzzed.reach = self.novelty.reach();
        self.fuzzed.corpus = self.corpus.cases.len();
        for (case, event, footprint) in failed {
            if !self.look_into(case, (event, footprint), interest) {
                return Ok(false);
            }
        }
        let others = self.corpus.look()?;
        self.waiting.extend(others.cases);
        Ok(interest(Interest::Batch(&self.fuzzed)))
    }

    fn count(&mut self, event: &CaseEvent, footprint: &Footprint) {
        let fuzzed = &mut self.fuzzed;
        *fuzzed.outcomes.entry(event.outcome).or_insert(0) += 1;
        let requests = footprint.exchanges.len();
        fuzzed.requests += requests as u64;
        *fuzzed.lengths.entry(requests).or_insert(0) += 1;
        let asked = footprint.exchanges.iter().filter(|each| each.asked);
        let [calls, right] = &mut fuzzed.calls;
        *calls += asked.clone().count() as u64;
        *right += asked.filter(|each| each.accepted()).count() as u64;
        let unreachable = event.outcome == Outcome::Inconclusive
            && event
                .reason
                .as_ref()
                .is_some_and(|reason| reason.kind == sharespec_events::ReasonKind::Unreachable);
        fuzzed.unreachable |= unreachable;
    }

    /// Confirms a failure, makes it smaller and hands it on.
    fn look_into(
        &mut self,
        case: &Case,
        (event, footprint): (CaseEvent, Footprint),
        interest: &mut dyn FnMut(Interest<'_>) -> bool,
    ) -> bool {
        self.fuzzed.failures += 1;
        let Some(failure) = &event.failure else { return true };
        let seen = self.causes.entry(failure.cause.clone()).or_insert(0);
        *seen += 1;
        if *seen > MOST_OF_ONE_CAUSE {
            return interest(Interest::Again(failure.cause.clone()));
        }
        let setup = self.batch_setup();
        let confirmed = confirm(&setup, case, &event, self.workers);
        let left = self.end.map_or(LONGEST, |end| end.saturating_duration_since(Instant::now()));
        let how = (self.grammar, &self.scope);
        let Shrunk { case: mut smallest, played, unfinished } = match confirmed.successes {
            0 => Shrunk { case: case.clone(), played: 0, unfinished: false },
            _ => shrink(&setup, how, case, &event, self.workers, left.min(LONGEST)),
        };
        // Played once more: the label is that of the smallest case.
        let (mut last, mut footprint) = (event, footprint);
        for _ in 0..confirmed.attempts {
            let mut again = None;
            let setup = self.batch_setup();
            play_all(&setup, std::slice::from_ref(&smallest), 1, &mut |event| again = Some(event));
            let played = self.watch.take(&smallest.id);
            if let Some(event) = again
                && super::same(&event, &last)
            {
                (last, footprint) = (event, played);
                break;
            }
        }
        let spec = self.setup.api.spec();
        let step = last.failure.as_ref().map_or("", |failure| failure.step.as_str());
        let mut found = Found {
            target: self.setup.target_name.clone(),
            documents: spec.documents.iter().map(|each| each.id.clone()).collect(),
            seed: self.seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            attempts: confirmed.attempts,
            successes: confirmed.successes,
            unfinished,
            ..Found::default()
        };
        if let Some(blamed) = footprint.blamed(step) {
            found.operation.clone_from(&blamed.operation);
            found.conditions = blamed.conditions(spec);
            found.admissible = blamed.admissible(spec);
        }
        if let Some(failure) = &last.failure {
            found.check = failure.check.to_string();
            found.rule.clone_from(&failure.cause.rule);
            found.observed.clone_from(&failure.cause.observed);
        }
        smallest.found = Some(Box::new(found));
        interest(Interest::Find(Box::new(smallest), Box::new(last), played))
    }
}

impl Setup {
    /// What this target lets made-up cases do.
    pub fn fuzz_scope(&self) -> Scope {
        let only = match &self.manner.identity {
            crate::manner::Identity::Single(only) => Some(only.clone()),
            _ => None,
        };
        let absent = self.abilities.absent.union(&self.manner.absent).cloned().collect();
        Scope {
            absent,
            caller: only,
            hooks: [Hook::Hold, Hook::Release, Hook::Advance(1)]
                .into_iter()
                .all(|h| self.offers(h)),
            tampering: self.abilities.checks_signatures,
            ..Scope::default()
        }
    }
}
