//! AssociateResourceShare and CreateResourceShare, as far as set-up needs them: entities of the
//! caller's own directory, and accounts outside where the share allows them. What goes beyond is
//! open until the Associate documents are in force.

use super::conditions as c;
use super::disassociate;
use super::entities::Named;
use super::evaluate::{self, Mode, Scene};
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::{Entity, PrincipalKind};

/// What a call would add, if it is accepted.
pub struct Addition {
    /// The share; none if the call makes it.
    pub share: Option<ShareFacts>,
    /// The entities.
    pub entities: Vec<Entity>,
}

/// Evaluates AssociateResourceShare.
pub fn associate<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Addition {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let nothing = evaluate::names_nothing(scene.arguments);
    evaluation.holds_if(nothing && !scene.arguments.is_irregular(), c::LISTS_EMPTY);
    let external = share.map_or(Set::any(), |share| share.external);
    beyond(scene, &named, external, evaluation);
    if let Some(share) = share {
        present(scene, share, &named, evaluation);
        disassociate::busy(scene, share, &named, evaluation);
    }
    Addition { share, entities: named.into_iter().map(|each| each.entity).collect() }
}

/// Evaluates CreateResourceShare.
pub fn create<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Addition {
    name(scene, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let external = Set::only(scene.arguments.flag("AllowExternalTargets").unwrap_or(false));
    beyond(scene, &named, external, evaluation);
    let odd_flag = scene.arguments.text("AllowExternalTargets").is_some()
        && scene.arguments.flag("AllowExternalTargets").is_none();
    evaluation.holds_if(odd_flag, c::ASSOCIATE_BEYOND);
    Addition { share: None, entities: named.into_iter().map(|each| each.entity).collect() }
}

/// Evaluates UpdateResourceShare.
pub fn update<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Option<ShareFacts> {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    name(scene, evaluation);
    evaluation.holds_if(scene.arguments.is_irregular(), c::LISTS_IRREGULAR);
    if let Some(share) = share
        && scene.arguments.flag("AllowExternalTargets") == Some(true)
    {
        unsupported_external(scene, share, evaluation);
    }
    share
}

fn unsupported_external<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    evaluation: &mut Evaluation<'_>,
) {
    let (mut certain, mut possible) = (false, false);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if scene.world.type_of(entity).is_some_and(|kind| !kind.external) {
            certain |= facts.status.within(Set::only(AssociationStatus::Associated));
            possible |= facts.status.values().any(AssociationStatus::is_live);
        }
    });
    if possible {
        evaluation.find(c::SHARE_UNSUPPORTED_EXTERNAL, certain, None);
        evaluation.blocked |= certain;
    }
}

/// The conditions of a share's name.
fn name<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    match scene.arguments.text("ResourceShareName") {
        None => evaluation.holds(c::SHARE_NAME_MISSING),
        Some("") => evaluation.holds(c::SHARE_NAME_EMPTY),
        Some(name) => {
            let length = name.chars().count();
            evaluation.holds_if(length > 50, c::SHARE_NAME_TOO_LONG);
            evaluation.holds_if(name.chars().any(is_no_name_letter), c::SHARE_NAME_INVALID);
            let certain = |letter: char| letter.is_ascii() || is_chinese(letter);
            evaluation.holds_if(!name.chars().all(certain), c::VALUES_SPELLING);
        }
    }
}

/// Letters, digits, Chinese characters, and three marks are allowed. Which letters is not said: only
/// what is ASCII can be certainly wrong.
fn is_no_name_letter(letter: char) -> bool {
    letter.is_ascii() && !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_' | '-')
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}')
}

/// What the conditions of this document do not cover.
fn beyond<F: Facts>(
    scene: Scene<'_, F>,
    named: &[Named],
    external: Set<bool>,
    evaluation: &mut Evaluation<'_>,
) {
    let extras =
        ["PermissionNames", "TargetProperties", "ResourceProperties", "Tag", "ResourceGroupId"];
    let extra = extras.iter().any(|name| scene.arguments.0.contains_key(*name));
    evaluation.holds_if(extra, c::ASSOCIATE_BEYOND);
    for each in named {
        let own = scene.world.principal_of(scene.caller);
        if each.entity == own {
            evaluation.holds(c::TARGETS_SELF);
        } else if !ordinary(scene, &each.entity, external) {
            evaluation.holds(c::ASSOCIATE_BEYOND);
        }
    }
}

/// Whether the association of an entity is certainly in order.
fn ordinary<F: Facts>(scene: Scene<'_, F>, entity: &Entity, external: Set<bool>) -> bool {
    let world = scene.world;
    let directory = world.directory_of(scene.caller);
    let manages = directory
        .and_then(|position| world.directory(position))
        .is_some_and(|each| each.management_account == world.role_of(scene.caller));
    match world.principal_entry(entity) {
        Some((_, PrincipalKind::Service)) => false,
        Some((_, kind)) => {
            let inside = directory.is_some() && world.principal_directory(entity) == directory;
            let enabled =
                directory.is_some_and(|position| scene.facts.enabled(position) == Set::only(true));
            match kind {
                PrincipalKind::Account(account) if !inside => {
                    external == Set::only(true) && same_people(scene, account)
                }
                _ => inside && enabled,
            }
        }
        None => {
            world.owner_of(entity) == Some(scene.caller)
                && world.type_of(entity).is_some_and(|kind| {
                    (!kind.management_only || manages)
                        && (kind.external || external == Set::only(false))
                })
        }
    }
}

fn same_people<F: Facts>(scene: Scene<'_, F>, account: crate::world::AccountIndex) -> bool {
    match (scene.world.account_file(account), scene.world.account_file(scene.caller)) {
        (Some(one), Some(other)) => {
            one.legal_entity == other.legal_entity && one.site == other.site
        }
        _ => false,
    }
}

/// The conditions of entities that have a row already.
fn present<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) {
    for each in named {
        let facts = scene.facts.association(share.handle, &each.entity);
        let invited = facts.invitation.has(InvitationStatus::Pending);
        evaluation.by_fact(
            facts.status,
            |values| Some(Because::Entity(share.handle, each.entity.clone(), values)),
            |status| match status {
                _ if invited => Some(c::ENTITIES_ALREADY_ASSOCIATED),
                AssociationStatus::Associating | AssociationStatus::Associated => {
                    Some(c::ENTITIES_ALREADY_ASSOCIATED)
                }
                AssociationStatus::Disassociating => Some(c::ENTITIES_DISASSOCIATING),
                AssociationStatus::Absent
                | AssociationStatus::Disassociated
                | AssociationStatus::Failed => None,
            },
        );
    }
}

/// Whether an entity needs to accept an invitation before it is associated: an account outside the
/// owner's directory.
pub fn needs_invitation<F: Facts>(scene: Scene<'_, F>, entity: &Entity) -> bool {
    let directory = scene.world.directory_of(scene.caller);
    match scene.world.principal_entry(entity) {
        Some((_, PrincipalKind::Account(account))) => {
            directory.is_none() || scene.world.directory_of(account) != directory
        }
        _ => false,
    }
}
