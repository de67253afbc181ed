//! How fast the suite is played against the reference implementation in this process, and how much
//! memory that takes.
//!
//! `cargo bench -p sharespec-runner --bench suite`

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails loudly and prints")]

use sharespec_events::{Outcome, Summary};
use sharespec_generators::alibaba;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::call::Reply;
use sharespec_model::world::World;
use sharespec_reference::change::{Change, Effect, Moment, Nature, Trigger};
use sharespec_reference::platform::Platform;
use sharespec_runner::run::play_all;
use sharespec_runner::selftest::setup_for;
use sharespec_wire::case::Case;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often the suite is played.
const ROUNDS: usize = 3;

/// How many cases there are when nobody measures: `cargo test --benches`.
const TRIED: usize = 20;

static EXCHANGES: AtomicU64 = AtomicU64::new(0);

/// Counts exchanges; played apart, because a change makes the reference implementation slower.
const COUNTER: Change = Change {
    name: "counter",
    text: "Every exchange is counted.",
    nature: Nature::Variant(&[]),
    trigger: Trigger::Always,
    effects: &[Effect::Reply(count)],
};

fn count(_: &mut Reply, _: &Moment<'_>) {
    EXCHANGES.fetch_add(1, Ordering::Relaxed);
}

fn main() {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api: Arc<dyn Platform> = Arc::new(Alibaba::new(world).unwrap());
    let began = Instant::now();
    let mut cases = alibaba();
    println!("enumerate: {} cases in {:.0} ms", cases.len(), millis(began.elapsed()));
    if !measures {
        cases.truncate(TRIED);
    }
    let many = std::thread::available_parallelism().map_or(1, usize::from);
    let mut workers = vec![1, many];
    workers.dedup();
    play(&api, &[COUNTER], &cases, many);
    let exchanges = EXCHANGES.load(Ordering::Relaxed) as f64;
    println!("count: {exchanges} exchanges, {:.1} a case", exchanges / cases.len() as f64);
    for workers in workers {
        measure(&api, &cases, exchanges, workers);
    }
    if let Some(kilobytes) = most_memory() {
        println!("memory: at most {} MiB resident", kilobytes / 1024);
    }
}

fn measure(api: &Arc<dyn Platform>, cases: &[Case], exchanges: f64, workers: usize) {
    let mut rounds: Vec<(Duration, Duration)> = Vec::new();
    let mut outcomes = BTreeMap::new();
    for _ in 0..ROUNDS {
        let (began, used) = (Instant::now(), core_time());
        outcomes = play(api, &[], cases, workers);
        rounds.push((began.elapsed(), core_time().saturating_sub(used)));
    }
    rounds.sort();
    let Some((median, used)) = rounds.get(rounds.len() / 2).copied() else { return };
    let spread: Vec<String> =
        rounds.iter().map(|(wall, _)| format!("{:.0}", millis(*wall))).collect();
    let outcomes: Vec<String> =
        outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
    println!(
        "suite, {workers} workers: {:.0} cases/s, {:.0} exchanges/s, {:.0} ms wall ({}), \
         {:.0} ms of core time; {}",
        cases.len() as f64 / median.as_secs_f64(),
        exchanges / median.as_secs_f64(),
        millis(median),
        spread.join(", "),
        millis(used),
        outcomes.join(", "),
    );
}

fn play(
    api: &Arc<dyn Platform>,
    changes: &[Change],
    cases: &[Case],
    workers: usize,
) -> BTreeMap<Outcome, usize> {
    let setup = setup_for(api, changes, 1);
    let mut summary = Summary::default();
    let mut outcomes = BTreeMap::new();
    play_all(&setup, cases, workers, &mut |event| {
        *outcomes.entry(event.outcome).or_insert(0) += 1;
        summary.add(&event);
    });
    outcomes
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// For how long this process was on cores, all its threads together; zero where that is not told.
fn core_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // The fields after the name start with the third; these are the 14th and 15th, in 1/100 s.
    let ticks = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// The most memory that was resident, in kB.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
