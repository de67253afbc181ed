//! The seam between APIs, as far as the reference implementation goes: what each shows, mints and
//! lets pass, and what its variants and faults are.

use crate::apply::Shown;
use crate::change::{Change, Nature};
use crate::random::Random;
use crate::show::Display;
use crate::state::{IdForms, Invitation, Permission, Row, Share};
use serde_json::{Map, Value};
use sharespec_model::call::{Arguments, Call};
use sharespec_model::condition::Condition;
use sharespec_model::prediction::Expected;
use sharespec_model::spec::Spec;
use sharespec_model::world::{AccountIndex, Entity, World};
use sharespec_wire::alibaba::Incoming;
use sharespec_wire::http::Request;
use sharespec_wire::protocol::Protocol;

/// What can be changed about the reference implementation of an API.
#[derive(Debug)]
pub struct Catalogue {
    /// The lawful changes.
    pub variants: &'static [Change],
    /// Readings that no case can tell with a variant (`*`: with any), with the reason.
    pub untold: &'static [(&'static str, &'static str, &'static str)],
    /// The unlawful changes, by what they are about.
    pub faults: &'static [&'static [Change]],
    /// Faults that measure the fuzzer: the suite is not built for them.
    pub deep: &'static [Change],
    /// Faults that are lawful where the operation under test has a rule.
    pub lawful_with: &'static [(&'static str, &'static str)],
    /// Targets that answer every call alike.
    pub degenerate: &'static [Change],
}

/// A resource-sharing API as a service that can be run.
pub trait Platform: Protocol {
    /// The arguments of the call that a request makes.
    fn arguments(&self, spec: &Spec, request: &Request, incoming: &Incoming) -> Arguments;

    /// What is looked at although signatures are not checked.
    fn without_signatures(&self) -> &'static [Condition];

    /// The forms of the ids that are minted.
    fn id_forms(&self) -> IdForms;

    /// A new id of a share.
    fn share_id(&self, random: &mut Random, sample: &str, _owner: AccountIndex) -> String {
        random.like(sample)
    }

    /// A new id of an invitation.
    fn invitation_id(&self, random: &mut Random, sample: &str, _owner: AccountIndex) -> String {
        random.like(sample)
    }

    /// The property that a call gives to an entity and that is kept, as it was written.
    fn property(&self, _world: &World, _call: &Call, _entity: &Entity) -> Option<String> {
        None
    }

    /// The permissions that a call gives to the types of what it adds, with whether it names them.
    fn permissions(&self, _: &World, _: &Call, _: &[Entity]) -> Vec<(Permission, bool)> {
        Vec::new()
    }

    /// The row of a permission of a share.
    fn permission(&self, _: &Display<'_>, _: &Share, _: &Permission) -> Value {
        Value::Null
    }

    /// The variants and faults.
    fn catalogue(&self) -> &'static Catalogue;

    /// The member that holds the rows of a list.
    fn list_name(&self, expected: &Expected) -> &'static str;

    /// The row of an association, in a list or in the answer to a call.
    fn association(&self, display: &Display<'_>, share: &Share, row: &Row, listed: bool) -> Value;

    /// Whether the row of an association is that of a principal.
    fn is_principal(&self, row: &Value) -> bool;

    /// The row of a share.
    fn share(&self, display: &Display<'_>, share: &Share) -> Value;

    /// The row of a shared resource, or of a principal that something is shared with.
    fn shared(&self, display: &Display<'_>, share: &Share, row: &Row, own: bool) -> Value;

    /// The row of the owner of a share, made of that of a principal.
    fn owner(&self, display: &Display<'_>, share: &Share, row: Value) -> Value;

    /// The row of an invitation.
    fn invitation(&self, display: &Display<'_>, invitation: &Invitation) -> Value;

    /// The member that holds an invitation.
    fn invitation_member(&self) -> &'static str;

    /// The members of what only this API shows.
    fn others(&self, display: &Display<'_>, shown: &Shown) -> Map<String, Value>;

    /// Adds what every success of an operation has.
    fn finish(&self, _members: &mut Map<String, Value>, _call: &Call, _request_id: &str) {}
}

/// Every fault of an API.
pub fn faults(platform: &dyn Platform) -> impl Iterator<Item = &'static Change> {
    platform.catalogue().faults.iter().flat_map(|table| table.iter())
}

/// Every fault that breaks a rule of the documents in force.
pub fn faults_in_force(platform: &dyn Platform) -> impl Iterator<Item = &'static Change> {
    faults(platform).filter(move |change| !broken(platform, change).is_empty())
}

/// The rules that a fault breaks, as the documents in force have them. A fault that breaks none of
/// them, or is about a parameter that they do not have, says nothing under these documents.
pub fn broken(platform: &dyn Platform, change: &Change) -> Vec<String> {
    let Nature::Fault(breaks) = change.nature else { return Vec::new() };
    let spec = platform.spec();
    let removal = spec.operation(platform.names().operations.disassociate);
    let says = |rule: &str| removal.is_some_and(|each| each.rule(rule).is_some());
    let mut lawful = platform.catalogue().lawful_with.iter();
    let lawful = lawful.any(|(name, rule)| *name == change.name && says(rule));
    let foreign = |rule: &&str| rule.contains("/parameter/") && spec.in_force(rule).is_none();
    if lawful || breaks.iter().any(foreign) {
        return Vec::new();
    }
    breaks.iter().filter_map(|rule| spec.in_force(rule)).collect()
}

/// A change of this name.
pub fn change(platform: &dyn Platform, name: &str) -> Option<&'static Change> {
    let named = |change: &&Change| change.name == name;
    let variants = platform.catalogue().variants.iter().find(named);
    variants.or_else(|| fault(platform, name)).or_else(|| degenerate(platform, name))
}

/// The fault of this name, a deep one among them.
pub fn fault(platform: &dyn Platform, name: &str) -> Option<&'static Change> {
    faults(platform).chain(platform.catalogue().deep).find(|change| change.name == name)
}

/// The target of this name that answers every call alike.
pub fn degenerate(platform: &dyn Platform, name: &str) -> Option<&'static Change> {
    platform.catalogue().degenerate.iter().find(|change| change.name == name)
}
