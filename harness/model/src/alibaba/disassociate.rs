//! DisassociateResourceShare: its conditions, and what a success shows and does.

use super::conditions as c;
use super::entities::Named;
use super::evaluate::{self, Mode, Scene};
use super::resources::is_shared_elsewhere;
use crate::condition::{Because, Condition};
use crate::evaluation::Evaluation;
use crate::facts::{AssociationFacts, Facts, ShareFacts};
use crate::lifecycle;
use crate::outcome::Removal;
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::Entity;

/// Evaluates the call.
pub fn evaluate<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Removal {
    let mode = evaluate::optional_mode(scene.arguments, evaluation);
    let share = evaluate::share(scene, mode, evaluation);
    let named = evaluate::lists(scene, evaluation);
    match mode {
        Mode::Principal => leave(scene, share, &named, evaluation),
        Mode::Undescribed if share.is_some_and(|share| share.owner != scene.caller) => {
            // The call is open; what it may touch is at most the caller itself.
            let own = scene.world.principal_of(scene.caller);
            Removal { share, entities: vec![own], leaves: true }
        }
        Mode::Owner | Mode::Unclear | Mode::Undescribed => remove(scene, share, &named, evaluation),
    }
}

fn remove<F: Facts>(
    scene: Scene<'_, F>,
    share: Option<ShareFacts>,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) -> Removal {
    let nothing = evaluate::names_nothing(scene.arguments);
    evaluation.holds_if(nothing && !scene.arguments.is_irregular(), c::LISTS_EMPTY);
    let in_directory = scene.world.directory_of(scene.caller).is_some();
    if !in_directory {
        evaluation.holds(c::CALLER_NO_DIRECTORY);
    }
    if let Some(share) = share {
        entities(scene, share, named, evaluation);
        busy(scene, share, named, evaluation);
    }
    let entities = named.iter().map(|each| each.entity.clone()).collect();
    Removal { share, entities, leaves: false }
}

fn entities<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) {
    let facts = |entity: &Entity| scene.facts.association(share.handle, entity);
    let some =
        named.iter().any(|each| facts(&each.entity).status.has(AssociationStatus::Associated));
    for each in named {
        let found = facts(&each.entity);
        let missing = missing_condition(scene, each, some);
        let elsewhere = is_shared_elsewhere(scene.world, &each.entity);
        let there = found.status.within(Set::only(AssociationStatus::Associated));
        evaluation.holds_if(elsewhere && !there, c::RESOURCES_TYPE_ELSEWHERE);
        if found.status.has(AssociationStatus::Absent)
            && let Some(unknown) = unknown_elsewhere(scene, share, &each.entity, missing)
        {
            evaluation.may_hold(unknown);
        }
        let because = |values| Some(Because::Entity(share.handle, each.entity.clone(), values));
        evaluation
            .by_fact(found.status, because, |status| entity_condition(status, found, missing));
    }
}

/// Whoever looks resources up in the account of the share does not know those of others.
fn unknown_elsewhere<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    entity: &Entity,
    missing: Condition,
) -> Option<Condition> {
    let owner = scene.world.account(&scene.world.resource(entity)?.owner);
    if owner == Some(share.owner) {
        return None;
    }
    match missing {
        c::RESOURCES_NOT_ASSOCIATED => Some(c::RESOURCES_UNKNOWN),
        c::RESOURCES_SOME_NOT_ASSOCIATED => Some(c::RESOURCES_SOME_UNKNOWN),
        c::ARNS_NOT_ASSOCIATED => Some(c::ARNS_ELSEWHERE),
        c::ARNS_SOME_NOT_ASSOCIATED => Some(c::ARNS_SOME_ELSEWHERE),
        _ => None,
    }
}

/// The condition of an entity that was never associated: outside the directory there is one more
/// code that fits.
fn missing_condition<F: Facts>(scene: Scene<'_, F>, named: &Named, some: bool) -> Condition {
    let condition = if some { named.some } else { named.none };
    let inside = scene.world.principal_directory(&named.entity).is_some()
        && scene.world.principal_directory(&named.entity) == scene.world.directory_of(scene.caller);
    match condition {
        c::TARGETS_NOT_ASSOCIATED if !inside => c::TARGETS_OUTSIDE_DIRECTORY,
        c::TARGETS_SOME_NOT_ASSOCIATED if !inside => c::TARGETS_SOME_OUTSIDE_DIRECTORY,
        condition => condition,
    }
}

fn entity_condition(
    status: AssociationStatus,
    facts: AssociationFacts,
    missing: Condition,
) -> Option<Condition> {
    let invited = facts.invitation.has(InvitationStatus::Pending);
    match status {
        AssociationStatus::Absent if invited => Some(c::ENTITIES_INVITED),
        AssociationStatus::Absent => Some(missing),
        AssociationStatus::Associating if invited => Some(c::ENTITIES_INVITED),
        AssociationStatus::Associating => Some(c::ENTITIES_ASSOCIATING),
        AssociationStatus::Associated => None,
        AssociationStatus::Disassociating
        | AssociationStatus::Disassociated
        | AssociationStatus::Failed => Some(c::ENTITIES_ENDED),
    }
}

/// Whether something that the call does not name is in transition.
pub fn busy<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) {
    let is_named = |entity: &Entity| named.iter().any(|each| each.entity == *entity);
    lifecycle::busy(scene.facts, share, is_named, c::SHARE_BUSY, evaluation);
}

fn leave<F: Facts>(
    scene: Scene<'_, F>,
    share: Option<ShareFacts>,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) -> Removal {
    let own = scene.world.principal_of(scene.caller);
    let plain = matches!(named, [only] if only.entity == own)
        && scene.arguments.list("Targets").len() == 1
        && !scene.arguments.is_irregular();
    evaluation.holds_if(!plain, c::LEAVE_ARGUMENTS);
    if let Some(share) = share {
        if share.owner == scene.caller {
            evaluation.holds(c::SHARE_OWN_AS_OTHER);
        } else {
            principal(scene, share, &own, evaluation);
        }
    }
    Removal { share, entities: vec![own], leaves: true }
}

fn principal<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    own: &Entity,
    evaluation: &mut Evaluation<'_>,
) {
    let facts = scene.facts.association(share.handle, own);
    let owner_directory = scene.world.directory_of(share.owner);
    let inside =
        owner_directory.is_some() && owner_directory == scene.world.directory_of(scene.caller);
    let through = inside
        && lifecycle::is_reached_through_a_group(scene.world, scene.facts, share, scene.caller);
    let invited = facts.invitation.has(InvitationStatus::Pending);
    evaluation.by_fact(
        facts.status,
        |values| Some(Because::Entity(share.handle, own.clone(), values)),
        |status| match status {
            _ if inside && (through || status.is_live()) => Some(c::LEAVE_INSIDE_DIRECTORY),
            AssociationStatus::Absent | AssociationStatus::Associating if invited => {
                Some(c::LEAVE_INVITED)
            }
            AssociationStatus::Absent if inside => Some(c::LEAVE_MEMBER_STRANGER),
            AssociationStatus::Absent => Some(c::SHARE_NOT_PRINCIPAL),
            AssociationStatus::Associating => Some(c::LEAVE_IN_PROGRESS),
            AssociationStatus::Associated => None,
            AssociationStatus::Disassociating
            | AssociationStatus::Disassociated
            | AssociationStatus::Failed => Some(c::LEAVE_ENDED),
        },
    );
    if through {
        // The caller is a principal through a group, yet not an entity of the share itself.
        evaluation.may_hold(c::SHARE_NOT_PRINCIPAL);
    }
    if inside && facts.status.values().any(AssociationStatus::is_ended) {
        // Who was a principal once is a member still.
        evaluation.may_hold(c::LEAVE_MEMBER_STRANGER);
    }
    types_without_exit(scene, share, facts, evaluation);
    if facts.status.has(AssociationStatus::Associated) {
        lifecycle::busy(scene.facts, share, |each| each == own, c::SHARE_BUSY, evaluation);
    }
}

fn types_without_exit<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    own: AssociationFacts,
    evaluation: &mut Evaluation<'_>,
) {
    if own.status == Set::only(AssociationStatus::Absent) {
        return;
    }
    let (mut certain, mut possible) = (false, false);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if scene.world.type_of(entity).is_some_and(|kind| !kind.exit) {
            certain |= facts.status.within(Set::only(AssociationStatus::Associated));
            possible |= facts.status.values().any(AssociationStatus::is_live);
        }
    });
    if possible {
        evaluation.find(c::LEAVE_TYPE, certain, None);
        evaluation.blocked |= certain;
    }
}
