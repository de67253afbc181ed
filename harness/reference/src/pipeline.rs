//! The reference implementation: from the bytes of a request, a clock and a seed to an answer.

use crate::answer::{Answer, Delivery};
use sharespec_wire::http::{Request, Response};

/// The reference implementation of one API over one world.
pub struct Pipeline {}

impl Pipeline {
    /// Answers one request at `now` (milliseconds since the Unix epoch).
    pub fn handle(&mut self, _request: &Request, _now: i64) -> Answer {
        Answer { response: Response::default(), delivery: Delivery::Whole }
    }

    /// Back to the state right after the start: shares, invitations and counters are gone.
    pub fn reset(&mut self) {}

    /// Stops every transition (associating, disassociating, deleting) until `release`.
    pub fn hold(&mut self) {}

    /// Lets transitions go on.
    pub fn release(&mut self) {}

    /// Whether some change in force needs more of the connection than `Delivery::Whole`.
    pub fn needs_raw_connection(&self) -> bool {
        false
    }
}
