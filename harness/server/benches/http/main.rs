//! The runner over HTTP against a bare client, and the server against a bare handler. Everything
//! happens on the loopback interface, in this process, for some seconds.
//!
//! `cargo bench -p sharespec-server --bench http`, with `-- runner` or `-- serve` for one of the two:
//!
//! - *runner / bare*: the runner plays cases with all its checks; then a loop over clients with the
//!   same settings, as many at a time, sends the same requests, prepared before, and looks at no
//!   answer. The server does the same work for both.
//! - *serve / handler*: the server against a handler of axum that gives one answer of the same size,
//!   under the same load.
//!
//! Cores are shared with whatever else runs, so beside the clock there is the time on cores for a
//! request: that of the server's threads, and that of all others.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench fails loudly and prints"
)]

mod bare;
mod load;
mod played;
mod serving;

use serving::{Counted, Serving};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use std::sync::Arc;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many requests are in flight at most, as by default in a run.
const IN_FLIGHT: usize = 32;

/// How often each thing is measured, in turns with what it is compared with.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` only wants to know that it works.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api: Arc<dyn Platform> = Arc::new(Alibaba::new(world).unwrap());
    if is_wanted("runner") {
        runner_and_bare(&api, measures);
    }
    if is_wanted("serve") {
        serve_and_handler(&api, measures);
    }
}

/// Whether a part is to be measured: all are, unless some are named.
fn is_wanted(part: &str) -> bool {
    let mut parts = std::env::args().skip(1).filter(|each| !each.starts_with('-')).peekable();
    parts.peek().is_none() || parts.any(|each| each == part)
}

fn runner_and_bare(api: &Arc<dyn Platform>, measures: bool) {
    let cases = played::cases(if measures { usize::MAX } else { 10 });
    // Once to warm up, and to take the requests down.
    let serving = Serving::of(Counted::recording(api));
    let outcomes = played::play(&played::prepare(api, serving.url()), &cases);
    let requests = Arc::new(serving.requests());
    drop(serving);
    println!("runner: {} cases, {} requests; {}", cases.len(), requests.len(), outcomes.join(", "));
    let (mut runner, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..if measures { ROUNDS } else { 1 } {
        let serving = Serving::of(Counted::new(api));
        let setup = played::prepare(api, serving.url());
        runner.push(serving.measure(|| drop(played::play(&setup, &cases))));
        drop(serving);
        let serving = Serving::of(Counted::replaying(api, &requests));
        let prepared = bare::prepare(&requests, serving.url());
        bare.push(serving.measure(|| bare::send_all(&prepared, serving.url())));
    }
    let runner = serving::median("runner over HTTP, all checks", &runner);
    let bare = serving::median("bare client, same requests", &bare);
    println!("runner / bare: {:.2} (aim: at least 0.7)", runner / bare);
}

fn serve_and_handler(api: &Arc<dyn Platform>, measures: bool) {
    let long = Duration::from_secs(if measures { 3 } else { 1 });
    println!("load: {}", load::name());
    for (name, prepared) in load::calls(api) {
        let (mut serve, mut handler) = (Vec::new(), Vec::new());
        for _ in 0..if measures { ROUNDS } else { 1 } {
            let serving = Serving::of(Counted::with(load::service(api)));
            serve.push(serving.measure_load(|url| load::load(url, &prepared.request, long)));
            drop(serving);
            let serving = Serving::of_handler(prepared.answer.clone());
            handler.push(serving.measure_load(|url| load::load(url, &prepared.request, long)));
        }
        let serve = serving::median(&format!("serve, {name}"), &serve);
        let handler = serving::median("handler, an answer of the same size", &handler);
        println!("serve / handler, {name}: {:.2} (aim: at least 0.5)", serve / handler);
    }
}
