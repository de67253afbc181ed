//! DisassociateResourceShare and DeleteResourceShare: their conditions.

use super::conditions as c;
use super::entities::{self, Named};
use super::evaluate::{self, Scene};
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::ShareFacts;
use crate::lifecycle;
use crate::outcome::Removal;
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::Entity;

/// Evaluates DisassociateResourceShare.
pub fn disassociate(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Removal {
    let share = evaluate::named(scene, evaluation);
    let named = entities::named(scene, evaluation);
    evaluation.holds_if(entities::names_nothing(scene), c::LISTS_EMPTY);
    match share {
        Some(share) if share.owner != scene.caller => leave(scene, share, &named, evaluation),
        share => {
            if let Some(share) = share {
                evaluate::status(share, evaluation);
                associated(scene, share, &named, evaluation);
                busy(scene, share, &named, evaluation);
            }
            let entities = named.into_iter().map(|each| each.entity).collect();
            Removal { share, entities, leaves: false }
        }
    }
}

/// The conditions of the statuses of what is named.
fn associated(
    scene: Scene<'_>,
    share: ShareFacts,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) {
    let facts = |entity: &Entity| scene.facts.association(share.handle, entity);
    let some =
        named.iter().any(|each| facts(&each.entity).status.has(AssociationStatus::Associated));
    for each in named {
        let found = facts(&each.entity);
        let missing = if some { each.some } else { each.none };
        let invited = found.invitation.has(InvitationStatus::Pending);
        evaluation.by_fact(
            found.status,
            |values| Some(Because::Entity(share.handle, each.entity.clone(), values)),
            |status| match status {
                AssociationStatus::Absent | AssociationStatus::Associating if invited => {
                    Some(c::ENTITIES_INVITED)
                }
                AssociationStatus::Absent => Some(missing),
                AssociationStatus::Associating => Some(c::ENTITIES_ASSOCIATING),
                AssociationStatus::Associated => None,
                AssociationStatus::Disassociating
                | AssociationStatus::Disassociated
                | AssociationStatus::Failed => Some(c::ENTITIES_ENDED),
            },
        );
    }
}

/// Whether something that the call does not name is in transition.
pub fn busy(scene: Scene<'_>, share: ShareFacts, named: &[Named], evaluation: &mut Evaluation<'_>) {
    let is_named = |entity: &Entity| named.iter().any(|each| each.entity == *entity);
    lifecycle::busy(scene.facts, share, is_named, c::SHARE_BUSY, evaluation);
}

/// A call on a share of another account: whoever names itself alone leaves it.
fn leave(
    scene: Scene<'_>,
    share: ShareFacts,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) -> Removal {
    let own = scene.world.principal_of(scene.caller);
    let plain = matches!(named, [only] if only.entity == own)
        && scene.texts("principals").count() == 1
        && scene.texts("resourceArns").next().is_none();
    if !plain {
        evaluation.holds(c::SHARE_FOREIGN);
        return Removal { share: None, entities: Vec::new(), leaves: true };
    }
    let facts = scene.facts.association(share.handle, &own);
    let directory = scene.world.directory_of(share.owner);
    let inside = directory.is_some() && directory == scene.world.directory_of(scene.caller);
    let through =
        lifecycle::is_reached_through_a_group(scene.world, scene.facts, share, scene.caller);
    let invited = facts.invitation.has(InvitationStatus::Pending);
    evaluate::status(share, evaluation);
    evaluation.by_fact(
        facts.status,
        |values| Some(Because::Entity(share.handle, own.clone(), values)),
        |status| match status {
            _ if through || (inside && status.is_live()) => Some(c::LEAVE_INSIDE),
            AssociationStatus::Absent | AssociationStatus::Associating if invited => {
                Some(c::LEAVE_ENDED)
            }
            AssociationStatus::Absent if facts.was => Some(c::LEAVE_ENDED),
            AssociationStatus::Absent => Some(c::SHARE_FOREIGN),
            AssociationStatus::Associated => Some(c::LEAVE_OUTSIDE),
            AssociationStatus::Associating
            | AssociationStatus::Disassociating
            | AssociationStatus::Disassociated
            | AssociationStatus::Failed => Some(c::LEAVE_ENDED),
        },
    );
    if facts.status.has(AssociationStatus::Associated) {
        busy(scene, share, named, evaluation);
    }
    Removal { share: Some(share), entities: vec![own], leaves: true }
}

/// Evaluates DeleteResourceShare.
pub fn delete(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<ShareFacts> {
    let share = evaluate::own(scene, evaluation)?;
    // Of what is going or gone, nothing more is asked.
    if share.status.within(Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted])) {
        return Some(share);
    }
    let moving = Set::of(&[AssociationStatus::Associating, AssociationStatus::Disassociating]);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if !facts.is_invited() && facts.status.meets(moving) {
            let because = Because::Entity(share.handle, entity.clone(), moving);
            evaluation.find(c::SHARE_UNFINISHED, facts.status.within(moving), Some(because));
        }
    });
    let open = scene.facts.open_invitations(share.handle);
    if open.has(true) {
        evaluation.find(c::SHARE_INVITATION_OPEN, open == Set::only(true), None);
    }
    Some(share)
}
