//! The one code path from a request to an answer, shared by both transports.

use crate::clock::Clock;
use crate::hooks;
use crate::service::Service;
use serde_json::json;
use sharespec_reference::answer::{Answer, Delivery};
use sharespec_wire::http::{Request, Response};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a service that races thinks before it answers.
const THOUGHT: Duration = Duration::from_millis(2);

/// A service and its clock.
pub(crate) struct Responder {
    service: Mutex<Box<dyn Service>>,
    clock: Clock,
}

impl Responder {
    /// A responder over `service`.
    pub(crate) fn new(service: Box<dyn Service>, clock: Clock) -> Self {
        Self { service: Mutex::new(service), clock }
    }

    /// Answers one request: a hook's or the service's.
    pub(crate) fn respond(&self, request: &Request) -> Answer {
        if let Some(path) = hooks::path_of(&request.target) {
            return whole(hooks::answer(path, request, self));
        }
        let arrived = self.service().arrive();
        if arrived.is_some() {
            // Who does not look again after thinking races: without a thought requests hardly meet.
            std::thread::sleep(THOUGHT);
        }
        let mut service = self.service();
        // Read inside the lock: the service then never sees time go back between two requests.
        let now = self.clock.now();
        match arrived {
            Some(since) => service.handle_since(request, now, &since),
            None => service.handle(request, now),
        }
    }

    /// The service, for as long as the guard lives.
    pub(crate) fn service(&self) -> MutexGuard<'_, Box<dyn Service>> {
        // After a panic the state may be odd, but `reset` still works and one lost answer is a
        // better report than a server that answers nobody any more.
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }
}

/// Why a request never got as far as the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the request is not HTTP/1.1: {0}; send one that is, on a new connection")]
    Malformed(&'static str),
    #[error("the head of the request is too large: send at most 64 KiB and 100 headers")]
    HeadTooLarge,
    #[error("the body of the request is too large: send at most {0} bytes")]
    BodyTooLarge(usize),
}

impl Refusal {
    /// What the client is told.
    pub(crate) fn response(self) -> Response {
        let status = match self {
            Self::Malformed(_) => 400,
            Self::HeadTooLarge => 431,
            Self::BodyTooLarge(_) => 413,
        };
        trouble(status, &self.to_string())
    }
}

/// A JSON response that says what is wrong. For what is wrong with the transport, never with a
/// call: that is the service's to say.
pub(crate) fn trouble(status: u16, error: &str) -> Response {
    json_response(status, &json!({ "ok": false, "error": error }))
}

/// A JSON response.
pub(crate) fn json_response(status: u16, value: &serde_json::Value) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: value.to_string().into_bytes(),
    }
}

/// A response sent whole.
pub(crate) fn whole(response: Response) -> Answer {
    Answer { response, delivery: Delivery::Whole }
}
