//! How the implementation answers, and how it is made: all that judging and fuzzing it takes.

use sharespec_example_in_process::Service;
use sharespec_runner::library::{Implementation, Request, Response};

pub struct Mine(Service);

impl Implementation for Mine {
    fn answer(&mut self, request: &Request) -> Response {
        self.0.serve(request)
    }

    // Without these two, it is the time of day, and transitions are waited for.
    fn now(&self) -> i64 {
        self.0.now()
    }

    fn pass(&mut self, millis: u64) {
        self.0.sleep(millis);
    }
}

#[expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]
pub fn mine(bugs: &[&str]) -> Mine {
    Mine(Service::with(bugs).unwrap())
}
