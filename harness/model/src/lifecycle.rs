//! What becomes of an entity that is associated, and what can be wrong on the way: the same for every
//! API.

use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, InvitationFacts, ShareFacts};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::{AccountIndex, Entity, PrincipalKind, World};

/// The account that has to accept an invitation before it is associated: one outside the owner's
/// directory, or in a directory with which sharing is not enabled.
pub fn invited<F: Facts + ?Sized>(
    world: &World,
    facts: &F,
    owner: AccountIndex,
    entity: &Entity,
) -> Option<AccountIndex> {
    let Some((_, PrincipalKind::Account(account))) = world.principal_entry(entity) else {
        return None;
    };
    let directory = world.directory_of(owner);
    let joined = directory.is_some_and(|position| {
        world.directory_of(account) == directory && facts.enabled(position) != Set::only(false)
    });
    (!joined).then_some(account)
}

/// Whether nobody can share a resource so: it does not exist, or belongs to another account.
pub fn fails(world: &World, owner: AccountIndex, entity: &Entity) -> bool {
    entity.is_resource() && world.owner_of(entity) != Some(owner)
}

/// Finds that something of a share is in transition that the call does not name.
pub fn busy<F: Facts + ?Sized>(
    facts: &F,
    share: ShareFacts,
    is_named: impl Fn(&Entity) -> bool,
    condition: Condition,
    evaluation: &mut Evaluation<'_>,
) {
    let (mut certain, mut possible) = (false, false);
    let moving = Set::of(&[AssociationStatus::Associating, AssociationStatus::Disassociating]);
    facts.entities(share.handle, &mut |entity, found| {
        if !is_named(entity) {
            certain |= found.status.within(moving);
            possible |= found.status.meets(moving);
        }
    });
    if possible {
        evaluation.find(condition, certain, None);
    }
}

/// Whether an account may be a principal of a share through a group that is one.
pub fn is_reached_through_a_group<F: Facts + ?Sized>(
    world: &World,
    facts: &F,
    share: ShareFacts,
    account: AccountIndex,
) -> bool {
    let mut found = false;
    facts.entities(share.handle, &mut |entity, facts| {
        let group = !matches!(
            world.principal_entry(entity),
            Some((_, PrincipalKind::Account(_) | PrincipalKind::Service)) | None
        );
        let live = facts.status.values().any(AssociationStatus::is_live);
        found |= group && live && world.covers(entity, account);
    });
    found
}

/// What can be wrong with an invitation that is to be answered.
#[derive(Clone, Copy, Debug)]
pub struct Unanswerable {
    /// It is that of another account.
    pub foreign: Condition,
    /// It was accepted.
    pub accepted: Condition,
    /// It was rejected.
    pub rejected: Condition,
    /// It expired.
    pub expired: Condition,
    /// It is over for another reason.
    pub ended: Condition,
}

/// The invitation that a call answers, if it is one of the caller's.
pub fn answered(
    invitation: InvitationFacts,
    caller: AccountIndex,
    conditions: Unanswerable,
    evaluation: &mut Evaluation<'_>,
) -> Option<InvitationFacts> {
    if invitation.receiver != caller {
        evaluation.holds(conditions.foreign);
        return None;
    }
    evaluation.by_fact(
        invitation.status,
        |_| None,
        |status| match status {
            InvitationStatus::Pending => None,
            InvitationStatus::Accepted => Some(conditions.accepted),
            InvitationStatus::Rejected => Some(conditions.rejected),
            InvitationStatus::Expired => Some(conditions.expired),
            InvitationStatus::Cancelled
            | InvitationStatus::AcceptFailed
            | InvitationStatus::Absent => Some(conditions.ended),
        },
    );
    Some(invitation)
}
