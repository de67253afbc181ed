//! What a success shows, what it says about the state before, and what it does to it.

mod expected;
mod observe;

pub use expected::expected;
pub use observe::{observe, silence, spend};

use crate::api::Api;
use crate::belief::{Association, Belief, Share};
use crate::call::Call;
use crate::condition::{Because, ConditionSet, Finding};
use crate::facts::ShareFacts;
use crate::lifecycle;
use crate::outcome::{Change, Outcome, Removal};
use crate::property::Property;
use crate::set::Set;
use crate::status::AssociationStatus;
use crate::status::AssociationStatuses;
use crate::world::{AccountIndex, Entity};

/// The account that a call invites, if the entity is one that has to be.
fn receiver<A: Api + ?Sized>(
    api: &A,
    belief: &Belief,
    call: &Call,
    entity: &Entity,
) -> Option<AccountIndex> {
    lifecycle::invited(api.world(), belief, api.world().account(&call.caller)?, entity)
}

fn removing() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Disassociating, AssociationStatus::Disassociated])
}

fn adding() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Associating, AssociationStatus::Associated])
}

/// What becomes of a resource that nobody can share so.
fn failing() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Associating, AssociationStatus::Failed])
}

/// Whether a removal names what no one can tell: something odd, in a share that odd values were put into.
fn is_vague(belief: &Belief, removal: &Removal) -> bool {
    let share = removal.share.and_then(|share| belief.shares.get(share.handle));
    share.is_some_and(|share| share.others) && removal.entities.iter().any(Entity::is_unknown)
}

/// Whether a removal is lawfully accepted although this entity, or one that cannot be told from it, is
/// not associated.
fn may_be_passed_over(findings: &[Finding], accepts: ConditionSet, entity: &Entity) -> bool {
    findings.iter().filter(|each| accepts.has(each.condition)).any(|each| match &each.because {
        Some(Because::Entity(_, of, values)) => {
            of == entity && !values.has(AssociationStatus::Associated)
        }
        Some(Because::Share(..)) => false,
        None => true,
    })
}

/// The property of an association after a call that gives this one. Whether one that is there
/// already gets another property is open.
fn given_to(before: &Association, given: &Property) -> Property {
    match before.status.meets(adding()) {
        true if *given == Property::Nothing => before.property.clone(),
        true => before.property.join(given),
        false => given.clone(),
    }
}

/// The share and the entities that an outcome is about.
fn touched(outcome: &Outcome) -> (Option<usize>, Vec<Entity>) {
    let handle = |share: &Option<ShareFacts>| share.map(|share| share.handle);
    match outcome {
        Outcome::Remove(removal) => (handle(&removal.share), removal.entities.clone()),
        Outcome::Add(addition) => (handle(&addition.share), addition.entities.clone()),
        Outcome::Create(creation) => (None, creation.entities.clone()),
        Outcome::Update(change) => (handle(&change.share), Vec::new()),
        Outcome::Delete(share) => (handle(share), Vec::new()),
        Outcome::Accept(answered) | Outcome::Reject(answered) => {
            (answered.found.map(|found| found.share), Vec::new())
        }
        Outcome::Show(_) | Outcome::Enable(_) | Outcome::Repeat(..) => (None, Vec::new()),
    }
}

/// Whether a change certainly changes something. If it does not, whether it is an update is open.
fn changes(share: &Share, change: &Change) -> bool {
    change.name.as_ref().is_some_and(|name| !share.names.contains(name))
        || change.external.is_some_and(|external| !share.external.has(external))
}
