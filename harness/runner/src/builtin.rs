//! The reference implementation as a target in this process. Its clock is virtual: waiting puts it
//! forward, so that no case waits for real.

use sharespec_reference::answer::Delivery;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_wire::case::Hook;
use sharespec_wire::exchange::{Exchange, Silence};
use sharespec_wire::http::Request;
use std::sync::Arc;

/// The moment at which the virtual clock starts: 2026-01-01, in milliseconds since the Unix epoch.
const START: i64 = 1_767_225_600_000;

/// How long the virtual client waits for an answer, in milliseconds.
const PATIENCE: u64 = 5000;

/// An instance of the reference implementation with its virtual clock.
pub struct Builtin {
    pipeline: Pipeline,
    now: i64,
}

impl Builtin {
    /// A fresh instance.
    pub fn new(blueprint: Arc<Blueprint>, seed: u64) -> Self {
        Self { pipeline: Pipeline::new(blueprint, seed), now: START }
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
        let answer = self.pipeline.handle(&request, self.now);
        let response = match answer.delivery {
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
        };
        if matches!(response, Err(Silence::TimedOut(_))) {
            self.advance(i64::try_from(PATIENCE).unwrap_or(i64::MAX));
        }
        self.now += 1;
        Exchange { request, response, sent, received: self.now }
    }
}
