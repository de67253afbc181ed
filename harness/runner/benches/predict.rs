//! How many calls the model predicts and follows a second, on one thread: the calls that the runner
//! makes when it plays the suite, set-up, reads and clean-up included, with a belief that is carried
//! along within a case.
//!
//! `cargo bench -p sharespec-runner --bench predict`

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails loudly and prints")]

use sharespec_generators::alibaba;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Admission, Prediction};
use sharespec_model::world::World;
use sharespec_reference::change::{Change, Effect, Moment, Nature, Trigger};
use sharespec_reference::platform::Platform;
use sharespec_runner::run::play;
use sharespec_runner::selftest::setup_for;
use sharespec_wire::case::{Case, Hook, Step};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long is measured.
const MEASURED: Duration = Duration::from_secs(4);

/// How many cases there are when nobody measures: `cargo test --benches`.
const TRIED: usize = 20;

/// Lets the reference implementation take down what it is asked and what it answers.
const RECORDER: Change = Change {
    name: "recorder",
    text: "Every call and its reply are taken down.",
    nature: Nature::Variant(&[]),
    trigger: Trigger::Always,
    effects: &[Effect::Reply(record)],
};

thread_local! {
    static RECORDED: RefCell<Vec<(Call, Reply, i64)>> = const { RefCell::new(Vec::new()) };
}

fn record(reply: &mut Reply, moment: &Moment<'_>) {
    // What the gateway refuses is no call.
    let Some(call) = moment.call else { return };
    RECORDED.with_borrow_mut(|recorded| recorded.push((call.clone(), reply.clone(), moment.now)));
}

/// A call of a case, with what it does to the belief.
struct Followed {
    call: Call,
    window: Window,
    token: Option<String>,
    answer: Answer,
}

enum Answer {
    /// A page of a list that goes on, or an answer that says nothing.
    Nothing,
    Success(Observed),
    Error(ConditionSet),
}

fn main() {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api: Arc<dyn Platform> = Arc::new(Alibaba::new(world).unwrap());
    let cases = alibaba();
    let playable: Vec<&Case> = cases.iter().filter(|case| !holds(case)).collect();
    let left_out = cases.len() - playable.len();
    let some = if measures { playable.len() } else { TRIED };
    let followed: Vec<Vec<Followed>> =
        playable.into_iter().take(some).map(|case| follow(&*api, recorded(&api, case))).collect();
    let calls: usize = followed.iter().map(Vec::len).sum();
    println!(
        "recorded: {calls} calls of {} cases ({left_out} left out: they hold transitions)",
        followed.len()
    );
    throughput(&*api, &followed, if measures { MEASURED } else { Duration::ZERO });
    by_operation(&*api, &followed);
}

/// When transitions are held is not seen in the calls.
fn holds(case: &Case) -> bool {
    case.steps().0.iter().any(|step| matches!(step, Step::Hook(Hook::Hold)))
}

fn recorded(api: &Arc<dyn Platform>, case: &Case) -> Vec<(Call, Reply, i64)> {
    let setup = setup_for(api, &[RECORDER], 1);
    futures::executor::block_on(play(&setup, case, 0));
    RECORDED.take()
}

/// Works out once what each reply shows, so that reading it is not measured.
fn follow(api: &dyn Platform, recorded: Vec<(Call, Reply, i64)>) -> Vec<Followed> {
    let mut belief = Belief::new(api.world());
    let mut pages = serde_json::Map::new();
    let mut followed = Vec::new();
    for (call, reply, now) in recorded {
        let window = Window::new(now - 1, now + 1);
        belief.close(window.to);
        let prediction = api.predict(&belief, &call, window).unwrap();
        if !call.arguments.contains_key("NextToken") {
            pages.clear();
        }
        let mut token = None;
        let answer = match reply.body {
            Body::Error { code, .. } => match prediction.admission(reply.status, &code) {
                Admission::Row(_, conditions) => Answer::Error(conditions),
                _ => Answer::Nothing,
            },
            Body::Success(members) => {
                token = api.next_page(&members);
                append(&mut pages, members);
                match token {
                    Some(_) => Answer::Nothing,
                    None => Answer::Success(api.read(&call.operation, pages.clone())),
                }
            }
        };
        let each = Followed { call, window, token, answer };
        observe(api, &mut belief, &each, &prediction);
        followed.push(each);
    }
    followed
}

/// Adds the rows of a further page.
fn append(
    pages: &mut serde_json::Map<String, serde_json::Value>,
    members: serde_json::Map<String, serde_json::Value>,
) {
    for (name, value) in members {
        match (pages.get_mut(&name), value) {
            (Some(serde_json::Value::Array(rows)), serde_json::Value::Array(more)) => {
                rows.extend(more);
            }
            (_, value) => drop(pages.insert(name, value)),
        }
    }
}

fn observe(api: &dyn Platform, belief: &mut Belief, each: &Followed, prediction: &Prediction<'_>) {
    belief.tokens.extend(each.token.clone());
    match &each.answer {
        Answer::Nothing => {}
        Answer::Success(observed) => {
            api.observe_success(belief, &each.call, prediction, observed, each.window);
        }
        Answer::Error(conditions) => api.observe_error(belief, &each.call, prediction, *conditions),
    }
}

/// What is measured.
fn predict_and_observe(api: &dyn Platform, belief: &mut Belief, each: &Followed) {
    belief.close(each.window.to);
    let prediction = api.predict(belief, &each.call, each.window);
    if let Ok(prediction) = &prediction {
        observe(api, belief, each, prediction);
    }
    black_box(&prediction);
}

#[inline(never)]
fn round(api: &dyn Platform, followed: &[Vec<Followed>]) {
    for case in followed {
        let mut belief = Belief::new(api.world());
        for each in case {
            predict_and_observe(api, &mut belief, each);
        }
        black_box(&belief);
    }
}

fn throughput(api: &dyn Platform, followed: &[Vec<Followed>], measured: Duration) {
    let calls: usize = followed.iter().map(Vec::len).sum();
    round(api, followed);
    let (began, used, mut rates) = (Instant::now(), core_time(), Vec::new());
    while rates.len() < 3 || began.elapsed() < measured {
        let start = Instant::now();
        round(api, followed);
        rates.push(calls as f64 / start.elapsed().as_secs_f64());
    }
    // The time on a core is told too coarsely for single rounds.
    let (elapsed, rounds) = (began.elapsed(), rates.len());
    let used = core_time().zip(used).map(|(after, before)| after - before);
    let used = used.filter(|used| !used.is_zero()).unwrap_or(elapsed);
    rates.sort_by(f64::total_cmp);
    let at = |part: usize| rates.get((rounds - 1) * part / 2).copied().unwrap_or_default();
    println!(
        "predict+observe: {:.0} calls/s of core time; by the clock {:.0} (median of {rounds} \
         rounds; {:.0} to {:.0})",
        (calls * rounds) as f64 / used.as_secs_f64(),
        at(1),
        at(0),
        at(2),
    );
}

/// For how long this thread was on a core, which other processes do not change much.
fn core_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn by_operation(api: &dyn Platform, followed: &[Vec<Followed>]) {
    let mut operations: BTreeMap<&str, (u32, Duration)> = BTreeMap::new();
    for case in followed {
        let mut belief = Belief::new(api.world());
        for each in case {
            let start = Instant::now();
            predict_and_observe(api, &mut belief, each);
            let elapsed = start.elapsed();
            let (count, total) = operations.entry(&each.call.operation).or_default();
            *count += 1;
            *total += elapsed;
        }
    }
    for (operation, (count, total)) in operations {
        println!(
            "{operation}: {count} calls, {:.2} µs each",
            total.as_secs_f64() * 1e6 / f64::from(count)
        );
    }
}
