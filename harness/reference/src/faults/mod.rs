//! Faults: unlawful changes, as real implementers make them. Some case that cites a rule which a
//! fault names must fail with it; a fault that no case catches is a miss of the suite.
//!
//! No fault is a lawful reading of an open point: what the points leave open is for variants.

mod access;
mod authorization;
mod bytes;
mod codes;
mod conditions;
mod connection;
mod deep;
mod degenerate;
pub(crate) mod depth;
mod filters;
mod gateway;
mod invitations;
mod isolation;
mod leaving;
mod lifecycle;
mod limits;
mod lists;
mod members;
mod messages;
mod occasions;
mod paging;
mod permissions;
mod properties;
mod removing;
mod replies;
mod requests;
mod revisions;
mod sharing;
mod sharing_tools;
pub(crate) mod times;
pub(crate) mod tools;
mod xml;

use crate::change::{Change, Effect, Moment, Nature, Trigger};

pub use deep::DEEP;
pub use degenerate::DEGENERATE;

/// Every fault, by what it is about.
pub const TABLES: &[&[Change]] = &[
    conditions::FAULTS,
    leaving::FAULTS,
    limits::FAULTS,
    codes::FAULTS,
    messages::FAULTS,
    removing::FAULTS,
    isolation::FAULTS,
    access::FAULTS,
    replies::FAULTS,
    members::FAULTS,
    times::FAULTS,
    lists::FAULTS,
    filters::FAULTS,
    paging::FAULTS,
    lifecycle::FAULTS,
    invitations::FAULTS,
    sharing::FAULTS,
    properties::FAULTS,
    permissions::FAULTS,
    requests::FAULTS,
    revisions::FAULTS,
    gateway::FAULTS,
    authorization::FAULTS,
    occasions::FAULTS,
    bytes::FAULTS,
    xml::FAULTS,
    connection::FAULTS,
];

/// Every fault.
pub fn all() -> impl Iterator<Item = &'static Change> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// Faults that are lawful where a rule is in force: there CreateTime is the time of the removal, as
/// UpdateTime is, and of who is nobody no account is a member, nor is a folder removed.
pub const LAWFUL_WITH: &[(&str, &str)] = &[
    ("removal-changes-create-time", "time/create-of-removal"),
    ("times-swapped", "time/create-of-removal"),
    ("update-time-is-create-time", "time/create-of-removal"),
    ("missing-key-accepted", "targets/members-only"),
    ("members-of-removed-group-see-resources", "targets/members-only"),
];

/// The fault of this name, a deep one among them.
pub fn fault(name: &str) -> Option<&'static Change> {
    all().chain(DEEP).find(|change| change.name == name)
}

/// The target of this name that answers every call alike.
pub fn degenerate(name: &str) -> Option<&'static Change> {
    DEGENERATE.iter().find(|change| change.name == name)
}

/// The id of a rule of DisassociateResourceShare.
macro_rules! removal {
    ($rule:literal) => {
        concat!("alibaba-disassociate-2026-03/", $rule)
    };
}
/// The id of a rule of AssociateResourceShare.
macro_rules! addition {
    ($rule:literal) => {
        concat!("alibaba-associate-2026-02/", $rule)
    };
}
/// The id of a rule of another operation.
macro_rules! other {
    ($rule:literal) => {
        concat!("alibaba-operations-2026/", $rule)
    };
}
/// The id of a rule of every operation.
macro_rules! common {
    ($rule:literal) => {
        concat!("alibaba-gateway/", $rule)
    };
}
use {addition, common, other, removal};

/// A fault in every answer.
pub(crate) const fn always(
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    on(Trigger::Always, name, text, rules, effects)
}

/// A fault in the answers to some requests.
pub(crate) const fn when(
    holds: fn(&Moment<'_>) -> bool,
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    on(Trigger::If(holds), name, text, rules, effects)
}

/// A fault with a trigger.
const fn on(
    trigger: Trigger,
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    Change { name, text, nature: Nature::Fault(rules), trigger, effects }
}
