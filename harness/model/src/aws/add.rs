//! AssociateResourceShare, CreateResourceShare and UpdateResourceShare: their conditions.

use super::arns::Form;
use super::conditions as c;
use super::entities::{self, Named};
use super::evaluate::{self, Scene};
use super::remove;
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::ShareFacts;
use crate::outcome::{Addition, Change, Creation, Given};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::{Entity, PrincipalKind};
use serde_json::Value;

/// Evaluates AssociateResourceShare.
pub fn associate(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Addition {
    let share = evaluate::own(scene, evaluation);
    let named = entities::named(scene, evaluation);
    evaluation.holds_if(entities::names_nothing(scene), c::LISTS_EMPTY);
    let external = share.map_or(Set::any(), |share| share.external);
    entries(scene, share, &named, external, evaluation);
    if let Some(share) = share {
        present(scene, share, &named, evaluation);
        remove::busy(scene, share, &named, evaluation);
    }
    let entities = named.into_iter().map(|each| each.entity).collect();
    Addition { share, entities, given: Given::default() }
}

/// Evaluates CreateResourceShare.
pub fn create(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Creation {
    match scene.text("name") {
        None => evaluation.holds(c::SHARE_NAME_MISSING),
        Some("") => evaluation.holds(c::SHARE_NAME_EMPTY),
        Some(name) => evaluation.holds_if(is_odd(name), c::SHARE_NAME_ODD),
    }
    let named = entities::named(scene, evaluation);
    let external = scene.flag("allowExternalPrincipals").unwrap_or(true);
    entries(scene, None, &named, Set::only(external), evaluation);
    let beyond = ["permissionArns", "resourceShareConfiguration"];
    let tags = tags(scene);
    let odd = tags.is_none() || beyond.iter().any(|name| scene.value(name).is_some());
    evaluation.holds_if(odd, c::ADD_BEYOND);
    quota(scene, evaluation);
    Creation {
        entities: named.into_iter().map(|each| each.entity).collect(),
        name: scene.text("name").map(str::to_owned),
        external,
        tags,
        given: Given::default(),
    }
}

/// How long a name can be that every server takes, in characters.
const LONGEST_NAME: usize = 64;

/// Whether some server may not take a name.
pub(super) fn is_odd(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    name.chars().count() > LONGEST_NAME || !name.chars().all(plain)
}

/// The tags that a new share gets, if each is a key with a value.
fn tags(scene: Scene<'_>) -> Option<Vec<(String, String)>> {
    let Some(given) = scene.value("tags") else { return Some(Vec::new()) };
    pairs(given)
}

/// Tags as calls and rows write them.
pub(super) fn pairs(tags: &Value) -> Option<Vec<(String, String)>> {
    let text = |tag: &Value, name: &str| tag.get(name)?.as_str().map(str::to_owned);
    tags.as_array()?.iter().map(|tag| Some((text(tag, "key")?, text(tag, "value")?))).collect()
}

/// Evaluates UpdateResourceShare.
pub fn update(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Change {
    let share = evaluate::own(scene, evaluation);
    let (name, external) = (scene.text("name"), scene.flag("allowExternalPrincipals"));
    evaluation.holds_if(name == Some(""), c::SHARE_NAME_EMPTY);
    evaluation.holds_if(name.is_some_and(is_odd), c::SHARE_NAME_ODD);
    evaluation.holds_if(name.is_none() && external.is_none(), c::UPDATE_NOTHING);
    if let (Some(share), Some(false)) = (share, external) {
        let mut outsiders = false;
        scene.facts.entities(share.handle, &mut |entity, facts| {
            outsiders |=
                is_outside(scene, entity) && facts.status.values().any(AssociationStatus::is_live);
        });
        evaluation.holds_if(outsiders, c::UPDATE_OUTSIDERS);
    }
    Change { share, name: name.map(str::to_owned), external }
}

/// The quota of shares. Whether one that is being deleted counts is open.
fn quota(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) {
    let quota = scene.world.quotas(scene.caller).resource_shares as usize;
    let (mut certain, mut most) = (1, 1);
    let over = Set::of(&[ShareStatus::Deleted, ShareStatus::Absent]);
    let going = over | Set::only(ShareStatus::Deleting);
    scene.facts.shares(&mut |share| {
        if share.owner == scene.caller && !share.status.within(over) {
            certain += usize::from(!share.status.meets(going));
            most += 1;
        }
    });
    evaluation.holds_if(certain > quota, c::SHARES_OVER_QUOTA);
    evaluation.holds_if(certain <= quota && most > quota, c::SHARES_OVER_QUOTA_DELETING);
}

/// Whether a principal is none of the caller's organization.
fn is_outside(scene: Scene<'_>, entity: &Entity) -> bool {
    let directory = scene.world.principal_directory(entity);
    let service = matches!(scene.world.principal_entry(entity), Some((_, PrincipalKind::Service)));
    !entity.is_resource()
        && !service
        && (directory.is_none() || directory != scene.world.directory_of(scene.caller))
}

/// Whether a principal may not count as one of the caller's organization: it is none, or sharing with the
/// organization is not enabled.
fn may_be_outside(scene: Scene<'_>, entity: &Entity) -> bool {
    let off = |directory| scene.facts.enabled(directory).has(false);
    is_outside(scene, entity) || scene.world.principal_directory(entity).is_some_and(off)
}

/// The conditions of what is to be associated.
fn entries(
    scene: Scene<'_>,
    share: Option<ShareFacts>,
    named: &[Named],
    external: Set<bool>,
    evaluation: &mut Evaluation<'_>,
) {
    for each in named {
        let entity = &each.entity;
        match entity {
            Entity::UnknownPrincipal(_) => evaluation.holds(match each.form {
                Some(Form::Organization | Form::Unit) => c::ADD_UNKNOWN_ORGANIZATION,
                Some(Form::Service) => c::ADD_SERVICE,
                _ => c::ADD_UNKNOWN_PRINCIPAL,
            }),
            Entity::UnknownResource(..) => evaluation.holds(c::ADD_UNKNOWN_RESOURCE),
            Entity::Resource(_) => {
                let own = scene.world.owner_of(entity) == Some(scene.caller);
                evaluation.holds_if(!own, c::ADD_FOREIGN_RESOURCE);
            }
            Entity::Principal(_) => {
                let own = *entity == scene.world.principal_of(scene.caller);
                evaluation.holds_if(own, c::ADD_OWNER);
                match scene.world.principal_directory(entity) {
                    _ if is_outside(scene, entity) => {
                        evaluation.holds_as(external.negated(), c::ADD_OUTSIDER);
                    }
                    Some(directory) if !own => {
                        // Accounts alone are invited then, where that is allowed.
                        let entry = scene.world.principal_entry(entity);
                        let account = matches!(entry, Some((_, PrincipalKind::Account(_))));
                        let inside = if account { external.negated() } else { Set::only(true) };
                        let off = scene.facts.enabled(directory).negated().and_also(inside);
                        evaluation.holds_as(off, c::ADD_NOT_ENABLED);
                    }
                    _ => {}
                }
            }
        }
    }
    together(scene, share, named, evaluation);
}

/// The conditions of what does not go together in one share.
fn together(
    scene: Scene<'_>,
    share: Option<ShareFacts>,
    named: &[Named],
    evaluation: &mut Evaluation<'_>,
) {
    let mut all: Vec<(Entity, bool)> =
        named.iter().map(|each| (each.entity.clone(), true)).collect();
    if let Some(share) = share {
        scene.facts.entities(share.handle, &mut |entity, facts| {
            if facts.status.values().any(AssociationStatus::is_live) || facts.is_invited() {
                all.push((entity.clone(), false));
            }
        });
    }
    for (resource, adds) in all.iter().filter(|(entity, _)| entity.is_resource()) {
        let Some(kind) = scene.world.type_of(resource) else { continue };
        for (principal, also) in all.iter().filter(|(entity, _)| !entity.is_resource()) {
            if !adds && !also {
                continue;
            }
            let entry = scene.world.principal_entry(principal).map(|(_, kind)| kind);
            let condition = match entry {
                Some(PrincipalKind::Identity(_)) if !kind.roles => c::ADD_TYPE_IDENTITY,
                Some(PrincipalKind::Service) => c::ADD_SERVICE,
                _ if !kind.external && may_be_outside(scene, principal) => c::ADD_TYPE_OUTSIDE,
                _ => continue,
            };
            evaluation.holds(condition);
        }
    }
}

/// The conditions of entities that have a row already.
fn present(scene: Scene<'_>, share: ShareFacts, named: &[Named], evaluation: &mut Evaluation<'_>) {
    for each in named {
        let facts = scene.facts.association(share.handle, &each.entity);
        let invited = facts.invitation.has(InvitationStatus::Pending);
        evaluation.by_fact(
            facts.status,
            |values| Some(Because::Entity(share.handle, each.entity.clone(), values)),
            |status| match status {
                AssociationStatus::Absent if invited => Some(c::ENTITIES_PRESENT),
                AssociationStatus::Associating | AssociationStatus::Associated => {
                    Some(c::ENTITIES_PRESENT)
                }
                AssociationStatus::Disassociating => Some(c::ENTITIES_LEAVING),
                AssociationStatus::Absent
                | AssociationStatus::Disassociated
                | AssociationStatus::Failed => None,
            },
        );
    }
}
