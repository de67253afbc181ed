//! The reference implementation as a target in this process. Its clock is virtual: waiting puts it
//! forward, so that no case waits for real.

use sharespec_reference::answer::{Answer, Delivery};
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_wire::case::Hook;
use sharespec_wire::exchange::{Exchange, Silence};
use sharespec_wire::http::{Request, Response};
use std::sync::Arc;

/// The moment at which the virtual clock starts: 2026-01-01, in milliseconds since the Unix epoch.
const START: i64 = 1_767_225_600_000;

/// How long the virtual client waits for an answer, in milliseconds.
const PATIENCE: u64 = 5000;

/// An instance of the reference implementation with its virtual clock.
pub struct Builtin {
    pipeline: Pipeline,
    now: i64,
    order: Order,
}

impl Builtin {
    /// A fresh instance.
    pub fn new(blueprint: Arc<Blueprint>, seed: u64) -> Self {
        Self { pipeline: Pipeline::new(blueprint, seed), now: START, order: Order(seed) }
    }

    /// The virtual time.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Puts the clock forward.
    pub fn advance(&mut self, millis: i64) {
        self.now = self.now.saturating_add(millis.max(0));
    }

    /// Uses a hook.
    pub fn hook(&mut self, hook: Hook) {
        match hook {
            Hook::Hold => self.pipeline.hold(),
            Hook::Release => self.pipeline.release(),
            Hook::Advance(millis) => self.advance(millis),
        }
    }

    /// Answers a request; a millisecond passes on the way there and one on the way back.
    pub fn send(&mut self, request: Request) -> Exchange {
        let sent = self.now;
        self.now += 1;
        let response = delivered(self.pipeline.handle(&request, self.now));
        if matches!(response, Err(Silence::TimedOut(_))) {
            self.advance(i64::try_from(PATIENCE).unwrap_or(i64::MAX));
        }
        self.now += 1;
        Exchange { request, response, sent, received: self.now, resent: false }
    }

    /// Answers requests that arrive at the same time, in an order of its own.
    pub fn together(&mut self, requests: Vec<Request>) -> Vec<Exchange> {
        let sent = self.now;
        self.now += 1;
        let mut waiting: Vec<_> = requests
            .into_iter()
            .enumerate()
            .map(|(place, request)| (place, request, self.pipeline.arrive()))
            .collect();
        let mut answered = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let next = self.order.below(waiting.len());
            let (place, request, since) = waiting.swap_remove(next);
            let answer = self.pipeline.handle_since(&request, self.now, since.as_ref());
            answered.push((place, request, delivered(answer)));
            self.now += 1;
        }
        answered.sort_by_key(|(place, ..)| *place);
        if answered.iter().any(|(.., response)| matches!(response, Err(Silence::TimedOut(_)))) {
            self.advance(i64::try_from(PATIENCE).unwrap_or(i64::MAX));
        }
        let received = self.now;
        let exchange =
            |(_, request, response)| Exchange { request, response, sent, received, resent: false };
        answered.into_iter().map(exchange).collect()
    }
}

/// Draws in which order requests are answered that arrive at the same time.
struct Order(u64);

impl Order {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        usize::try_from(self.0 >> 40).unwrap_or(0).checked_rem(count).unwrap_or(0)
    }
}

/// What a client has of an answer.
fn delivered(answer: Answer) -> Result<Response, Silence> {
    match answer.delivery {
        Delivery::Whole
        | Delivery::Chunked(_)
        | Delivery::UntilClose
        | Delivery::LastOne
        | Delivery::Interim
        | Delivery::Trickle(_)
        | Delivery::CloseSilently => Ok(answer.response),
        Delivery::Cut(bytes) => Err(Silence::Cut(format!("after {bytes} bytes"))),
        // A client reads as much as was announced.
        Delivery::Overrun(bytes) => {
            let mut response = answer.response;
            response.body.truncate(response.body.len().saturating_sub(bytes));
            Ok(response)
        }
        Delivery::Nothing => Err(Silence::NoAnswer("closed".to_owned())),
        Delivery::Reset => Err(Silence::NoAnswer("reset".to_owned())),
        Delivery::Hang => Err(Silence::TimedOut(PATIENCE)),
        Delivery::Endless => Err(Silence::TooLarge(sharespec_wire::alibaba::BODY_LIMIT)),
        Delivery::BadStatusLine => Err(Silence::NotHttp("no status line".to_owned())),
    }
}
