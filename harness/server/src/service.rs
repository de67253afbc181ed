//! What this crate needs of an implementation: bytes and a clock in, an answer out.

use sharespec_model::world::SeededShare;
use sharespec_reference::answer::Answer;
use sharespec_reference::pipeline::Pipeline;
use sharespec_reference::state::State;
use sharespec_wire::http::Request;

/// An implementation that can be put on a socket.
///
/// All its methods are called under one lock, one at a time, so they should be short and must not
/// wait: a wait belongs into the [`Delivery`](sharespec_reference::answer::Delivery).
pub trait Service: Send {
    /// Answers one request at `now` (milliseconds since the Unix epoch; never goes back).
    fn handle(&mut self, request: &Request, now: i64) -> Answer;

    /// What is kept of the moment in which a request arrives, if it matters.
    fn arrive(&self) -> Option<State> {
        None
    }

    /// Answers one request that arrived in another state.
    fn handle_since(&mut self, request: &Request, now: i64, _since: &State) -> Answer {
        self.handle(request, now)
    }

    /// Back to the state right after the start. The clock is not part of it.
    fn reset(&mut self);

    /// Stops every transition until [`release`](Service::release).
    fn hold(&mut self);

    /// Lets transitions go on.
    fn release(&mut self);

    /// Puts a share there as it is; its id, if that can be done.
    fn seed(&mut self, _share: &SeededShare, _now: i64) -> Option<String> {
        None
    }

    /// Whether an answer may need a delivery other than `Delivery::Whole`. Asked once, before the
    /// first connection is accepted.
    fn needs_raw_connection(&self) -> bool;
}

impl Service for Pipeline {
    fn handle(&mut self, request: &Request, now: i64) -> Answer {
        Pipeline::handle(self, request, now)
    }

    fn arrive(&self) -> Option<State> {
        Pipeline::arrive(self)
    }

    fn handle_since(&mut self, request: &Request, now: i64, since: &State) -> Answer {
        Pipeline::handle_since(self, request, now, Some(since))
    }

    fn reset(&mut self) {
        Pipeline::reset(self);
    }

    fn hold(&mut self) {
        Pipeline::hold(self);
    }

    fn release(&mut self) {
        Pipeline::release(self);
    }

    fn seed(&mut self, share: &SeededShare, now: i64) -> Option<String> {
        Pipeline::seed(self, share, now)
    }

    fn needs_raw_connection(&self) -> bool {
        Pipeline::needs_raw_connection(self)
    }
}
