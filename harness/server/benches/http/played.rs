//! The real runner over HTTP.

use crate::IN_FLIGHT;
use sharespec_events::Outcome;
use sharespec_generators::alibaba;
use sharespec_reference::platform::Platform;
use sharespec_runner::manner::Manner;
use sharespec_runner::preflight::preflight;
use sharespec_runner::run::play_all;
use sharespec_runner::selftest::observed;
use sharespec_runner::setup::{Abilities, Pace, Setup, Target};
use sharespec_runner::url::UrlTarget;
use sharespec_wire::case::{Case, Lock, Step};
use sharespec_wire::form::Signing;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Cases from all over the suite that do not wait for a clock or for the whole target.
pub fn cases(most: usize) -> Vec<Case> {
    let plain = |case: &Case| {
        let hooks = case.steps().0.iter().any(|step| matches!(step, Step::Hook(_)));
        !hooks && !case.locks.contains(&Lock::Target)
    };
    let all: Vec<Case> = alibaba().into_iter().filter(plain).collect();
    let every = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(every).collect()
}

/// Finds out what a server can do, as every run does first.
pub fn prepare(api: &Arc<dyn Platform>, url: &str) -> Setup {
    let target = UrlTarget::new(url, Duration::from_secs(5), IN_FLIGHT).unwrap();
    let mut setup = Setup {
        api: Arc::clone(api),
        target: Target::Url(Arc::new(target)),
        form: api.plain_form(Signing::Newest),
        told: 0,
        prefix: "ss-bench-".to_owned(),
        strict: false,
        levels: None,
        abilities: Abilities::default(),
        pace: Pace::default(),
        seed: 1,
        target_name: url.to_owned(),
        held: None,
        known: None,
        given: String::new(),
        seen: Arc::new(Mutex::default()),
        manner: Manner::default(),
        life: Arc::default(),
        seeds: Arc::default(),
        watch: None,
    };
    // The runtime ends here: a connection that is kept beyond it would hang and not be closed.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    setup.abilities = runtime.block_on(preflight(&setup)).unwrap().0;
    setup
}

/// Plays cases against a server and says how many came to which outcome.
pub fn play(setup: &Setup, cases: &[Case]) -> Vec<String> {
    let mut outcomes = BTreeMap::new();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    play_all(setup, cases, workers, &mut |event| {
        *outcomes.entry(event.outcome).or_insert(0) += 1;
        if event.outcome == Outcome::Fail {
            println!("{} fails after {} ms: {}", event.id, event.duration_ms, observed(&event));
        }
    });
    outcomes.into_iter().map(|(outcome, count): (_, u32)| format!("{count} {outcome}")).collect()
}
