//! Changes: the one mechanism behind variants and faults. A change is named, happens at one of five
//! places of the pipeline, and has a trigger.
//!
//! A *variant* is a lawful change: it names the readings that it stands on, and every case must
//! pass with it. A *fault* is an unlawful one: it names the rules that it breaks, and some case
//! that cites one of them must fail with it.

use crate::answer::Delivery;
use crate::policy::Policy;
use crate::state::State;
use sharespec_model::call::{Call, Reply};
use sharespec_model::names::Names;
use sharespec_model::spec::Spec;
use sharespec_model::world::World;
use sharespec_wire::alibaba::{GatewayError, Incoming};
use sharespec_wire::http::{Request, Response};

/// A named change of the reference implementation.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The name, such as `target-limit-six`.
    pub name: &'static str,
    /// What is different, in one sentence.
    pub text: &'static str,
    /// Whether it is lawful, and what it stands on or breaks.
    pub nature: Nature,
    /// When it happens.
    pub trigger: Trigger,
    /// Where and what.
    pub effects: &'static [Effect],
}

/// Whether a change is lawful.
#[derive(Clone, Copy, Debug)]
pub enum Nature {
    /// A lawful way of answering that follows these readings (`point:reading`).
    Variant(&'static [&'static str]),
    /// An unlawful change that breaks one of these rules, by id.
    Fault(&'static [&'static str]),
}

/// When a change happens.
#[derive(Clone, Copy, Debug)]
pub enum Trigger {
    /// With every request.
    Always,
    /// From the n-th request for the operation on, counted from one.
    From(u64),
    /// With every n-th request.
    Every(u64),
    /// With requests of which this holds.
    If(fn(&Moment<'_>) -> bool),
    /// With requests of which this holds, given the state that there was when they arrived.
    Race(fn(&Moment<'_>, &State) -> bool),
}

/// One place of the pipeline, and what is done there.
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// The spec data, once at the start.
    Spec(fn(&mut Spec)),
    /// How what is open is resolved, once at the start.
    Policy(fn(&mut Policy)),
    /// An error that is given before the call is judged; nothing is done.
    Refuse(fn() -> GatewayError),
    /// Conditions that are overlooked, those of the gateway among them.
    Overlook(&'static [&'static str]),
    /// The call, before it is judged.
    Call(fn(&mut Call, &Moment<'_>)),
    /// The state after the call, accepted or not; the moment has the state before it.
    After(fn(&mut State, &Moment<'_>)),
    /// The typed reply.
    Reply(fn(&mut Reply, &Moment<'_>)),
    /// The bytes of the response.
    Bytes(fn(&mut Response, &Moment<'_>)),
    /// The connection.
    Connection(Delivery),
}

/// What a change can see of the request that is being answered.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The world.
    pub world: &'a World,
    /// How the API calls what every API has.
    pub names: &'static Names,
    /// The request.
    pub request: &'a Request,
    /// The request as it was understood, if it was.
    pub incoming: Option<&'a Incoming>,
    /// The call, if the request got as far.
    pub call: Option<&'a Call>,
    /// Whether the call was accepted. Not yet known where the call itself is changed.
    pub accepted: bool,
    /// The number of the request, counted from one.
    pub number: u64,
    /// The number of the request among those for its operation, counted from one.
    pub turn: u64,
    /// The time of the request.
    pub now: i64,
    /// A number drawn for this request.
    pub luck: u64,
    /// The state when the request arrived, if others were answered since and some change is a race.
    pub since: Option<&'a State>,
    /// The state before the call's own effects; after them where the reply or its bytes change.
    pub state: &'a State,
}

impl Moment<'_> {
    /// The name of the operation; empty if the request did not get as far.
    pub fn operation(&self) -> &str {
        self.call.map_or("", |call| call.operation.as_str())
    }

    /// Whether the operation is this one.
    pub fn is(&self, operation: &str) -> bool {
        self.operation() == operation
    }

    /// A text among the call's arguments.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.call?.arguments.get(name)?.as_str()
    }

    /// The entries of a list among the call's arguments.
    pub fn list(&self, name: &str) -> &[serde_json::Value] {
        let list = self.call.and_then(|call| call.arguments.get(name)?.as_array());
        list.map_or(&[], Vec::as_slice)
    }
}

impl Trigger {
    /// Whether the change happens at this moment.
    pub fn fires(self, moment: &Moment<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::From(turn) => moment.turn >= turn,
            Self::Every(number) => moment.number.is_multiple_of(number),
            Self::If(holds) => holds(moment),
            Self::Race(holds) => moment.since.is_some_and(|since| holds(moment, since)),
        }
    }
}

impl Change {
    /// Whether the change is a variant.
    pub fn is_variant(&self) -> bool {
        matches!(self.nature, Nature::Variant(_))
    }
}
