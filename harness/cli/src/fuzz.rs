//! `fuzz`: made-up cases against a target, with finds that a person can use.

use crate::arguments::{ApiName, FuzzArguments};
use crate::changes;
use crate::failure::Failure;
use crate::run::workers;
use crate::signals;
use crate::target::{self, Prepared};
use anyhow::Context;
use sharespec_events::{CaseEvent, Outcome, exit};
use sharespec_runner::fuzz::{Corpus, Explorer, Finds, Fuzzed, Interest, News, Until};
use sharespec_wire::case::{Case, Step};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long it is explored where nothing is said.
const TIME: Duration = Duration::from_secs(60);

/// How often progress is said.
const PROGRESS: Duration = Duration::from_secs(5);

/// Explores a target.
pub fn fuzz(arguments: &FuzzArguments) -> Result<u8, Failure> {
    let settings = target::settings(&arguments.target, &arguments.scope)?;
    let api = ApiName::named(settings.text("api"));
    let changes = changes::named(&*api.embedded()?, &arguments.variant, &arguments.fault)?;
    let seed = arguments.seed.unwrap_or_else(fresh_seed);
    let (corpus, loaded) = Corpus::open(arguments.corpus.as_deref()).map_err(|error| {
        Failure::usage(error).hint("name another folder, or move the files away")
    })?;
    let Prepared { setup, notes, .. } = target::prepared(&settings, &changes, seed, None, &[])?;
    signals::tell(&setup.life);
    notes.iter().for_each(|note| anstream::eprintln!("{note}"));
    anstream::eprintln!(
        "seed {seed}; corpus: {} cases loaded, {} rejected",
        loaded.cases.len(),
        loaded.rejected.len()
    );
    loaded.rejected.iter().for_each(|why| anstream::eprintln!("  {why}"));
    let time = match arguments.cases {
        Some(_) => arguments.time,
        None => Some(arguments.time.unwrap_or(TIME)),
    };
    let until = Until { cases: arguments.cases, time };
    let (grammar, library) = (api.grammar(&setup.api.world().file), api.cases());
    let finds = Finds::new(&arguments.finds);
    let unfinished = finds.unfinished().map_err(Failure::usage)?;
    let corpus = (corpus, unfinished.into_iter().chain(loaded.cases).collect());
    let mut explorer = Explorer::new(&setup, &*grammar, corpus, &library, workers());
    let mut desk = Desk::new(finds);
    let explored = explorer.explore(until, &mut |interest| desk.takes(interest));
    explored.map_err(Failure::usage)?;
    if let Some(error) = desk.broken.take() {
        return Err(error);
    }
    desk.summary(&explorer.fuzzed);
    Ok(desk.code(&explorer.fuzzed))
}

/// A seed that nobody has chosen.
fn fresh_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(1)
}

fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(0);
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |moment| moment.to_string())
}

/// Where finds and progress arrive.
struct Desk {
    finds: Finds,
    began: Instant,
    said: Instant,
    new: u64,
    old: u64,
    flaky: u64,
    again: u64,
    broken: Option<Failure>,
}

impl Desk {
    fn new(finds: Finds) -> Self {
        let now = Instant::now();
        Self { finds, began: now, said: now, new: 0, old: 0, flaky: 0, again: 0, broken: None }
    }

    /// Whether to go on.
    fn takes(&mut self, interest: Interest<'_>) -> bool {
        match interest {
            Interest::Batch(fuzzed) => {
                if self.said.elapsed() >= PROGRESS {
                    self.said = Instant::now();
                    anstream::eprintln!("{}", self.line(fuzzed));
                }
            }
            Interest::Again(_) => self.again += 1,
            Interest::Find(case, event, played) => {
                if let Err(error) = self.find(&case, &event, played) {
                    self.broken = Some(error);
                    return false;
                }
            }
        }
        signals::came().is_none()
    }

    fn find(&mut self, case: &Case, event: &CaseEvent, played: usize) -> Result<(), Failure> {
        let Some(found) = case.found.as_deref() else { return Ok(()) };
        let news = self
            .finds
            .saw(case, found, &today())
            .context("a find cannot be kept")
            .map_err(Failure::usage)?;
        let path = self.finds.path(&sharespec_runner::fuzz::key_of(found));
        let word = match news {
            News::New => "NEW",
            News::Returned => "RETURNED",
            News::Old => "known",
            News::Flaky => "flaky",
        };
        match news {
            News::New | News::Returned => self.new += 1,
            News::Old => self.old += 1,
            News::Flaky => self.flaky += 1,
        }
        anstream::println!("{word} {} {}: {}", found.operation, found.check, found.observed);
        anstream::println!("  rule       {}", found.rule);
        if let Some(failure) = &event.failure {
            anstream::println!("  expected   {}", failure.expected.join("\n             "));
            anstream::println!("  actual     {}", failure.actual);
        }
        if !found.conditions.is_empty() {
            anstream::println!("  conditions {}", found.conditions.join(", "));
        }
        let calls = case.base.iter().filter(|step| matches!(step, Step::Call(_))).count();
        anstream::println!(
            "  smallest   {calls} calls ({played} played); failed again {} of {} times",
            found.successes,
            found.attempts
        );
        if found.unfinished {
            anstream::println!(
                "             the time was up: the next run with these finds goes on"
            );
        }
        anstream::println!(
            "  replay     sharespec replay {} --target {}",
            path.display(),
            found.target
        );
        Ok(())
    }

    fn line(&self, fuzzed: &Fuzzed) -> String {
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        format!(
            "{:.0} s: {} cases ({:.0}/s), {} requests ({} a case in the median), {} conditions, {} pairs, {} \
             transitions, corpus {}, finds {}",
            seconds,
            fuzzed.cases,
            fuzzed.cases as f64 / seconds,
            fuzzed.requests,
            fuzzed.median_requests(),
            fuzzed.reach.conditions,
            fuzzed.reach.pairs,
            fuzzed.reach.transitions,
            fuzzed.corpus,
            self.new + self.old,
        )
    }

    fn summary(&self, fuzzed: &Fuzzed) {
        anstream::println!("{}", self.line(fuzzed));
        let count = |outcome| fuzzed.outcomes.get(&outcome).copied().unwrap_or(0);
        let [calls, accepted] = fuzzed.calls;
        anstream::println!(
            "{} passed, {} failed, {} unsupported, {} inconclusive; {accepted} of {calls} calls accepted",
            count(Outcome::Pass),
            count(Outcome::Fail),
            count(Outcome::Unsupported),
            count(Outcome::Inconclusive),
        );
        anstream::println!(
            "{} new or returned finds, {} known, {} flaky; {} more failures of causes found",
            self.new,
            self.old,
            self.flaky,
            self.again
        );
    }

    fn code(&self, fuzzed: &Fuzzed) -> u8 {
        let judged = fuzzed.outcomes.iter().any(|(outcome, _)| outcome.is_judged());
        match (self.new > 0, fuzzed.unreachable, judged) {
            (true, ..) => exit::DOES_NOT_CONFORM,
            (_, true, _) => exit::INCONCLUSIVE,
            (_, _, false) => exit::NOTHING_JUDGED,
            _ => exit::CONFORMS,
        }
    }
}
