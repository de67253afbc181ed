//! An implementation of the API in this process as a target: nothing is sent over a network.

use sharespec_wire::alibaba::BODY_LIMIT;
use sharespec_wire::exchange::{Exchange, Silence};
use sharespec_wire::http::{Request, Response};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An implementation of the API in this process. Each case is played on one of its own.
pub trait Implementation {
    /// Answers a request. Names of headers are in lower case, and there is no `content-length`.
    fn answer(&mut self, request: &Request) -> Response;

    /// What time it is for the implementation, in milliseconds since the Unix epoch: times that it
    /// shows are held against this.
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    /// Lets time pass, such as until a transition is over. An implementation with a clock of its own
    /// puts it forward.
    fn pass(&mut self, millis: u64) {
        std::thread::sleep(Duration::from_millis(millis));
    }
}

/// How instances are made.
#[derive(Clone)]
pub struct Maker(Arc<dyn Fn() -> Box<dyn Implementation> + Send + Sync>);

impl Maker {
    /// Instances that are made so.
    pub fn new<I: Implementation + 'static>(make: impl Fn() -> I + Send + Sync + 'static) -> Self {
        Self(Arc::new(move || Box::new(make())))
    }

    /// A fresh instance.
    pub fn make(&self) -> InProcess {
        InProcess((self.0)())
    }
}

impl fmt::Debug for Maker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Maker")
    }
}

/// An instance, and the way to it.
pub struct InProcess(Box<dyn Implementation>);

impl InProcess {
    /// What time it is for the implementation.
    pub fn now(&self) -> i64 {
        self.0.now()
    }

    /// Lets time pass.
    pub fn pass(&mut self, millis: u64) {
        self.0.pass(millis);
    }

    /// Has a request answered. Who panics gives no answer.
    pub fn send(&mut self, request: Request) -> Exchange {
        let sent = self.now();
        let answered = catch_unwind(AssertUnwindSafe(|| self.0.answer(&request)));
        let response = match answered {
            Ok(response) if response.body.len() > BODY_LIMIT => Err(Silence::TooLarge(BODY_LIMIT)),
            Ok(response) => Ok(response),
            Err(_) => Err(Silence::NoAnswer("the implementation panicked".to_owned())),
        };
        Exchange { request, response, sent, received: self.now().max(sent), resent: false }
    }
}
