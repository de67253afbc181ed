//! AssociateResourceShare, CreateResourceShare and UpdateResourceShare: their conditions. What is
//! asked of principals, of resources, of quotas and of services has a file of its own.

use super::conditions as c;
use super::disassociate;
use super::entities::Named;
use super::evaluate::{self, Mode, Scene};
use super::names::name;
use super::{principals, properties, quotas, resources, services};
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::{AssociationFacts, Facts, ShareFacts};
use crate::property::Property;
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::{AccountIndex, Entity, PrincipalKind, World};

/// What a call would add, if it is accepted.
pub struct Addition {
    /// The share; none if the call makes it.
    pub share: Option<ShareFacts>,
    /// The entities.
    pub entities: Vec<Entity>,
    /// The properties that it gives, those of entities that it does not name included.
    pub properties: Vec<(Entity, Property)>,
}

impl Addition {
    /// The property that the call gives to an entity.
    pub fn property(&self, entity: &Entity) -> Property {
        let found = self.properties.iter().find(|(each, _)| each == entity);
        found.map_or(Property::Nothing, |(_, property)| property.clone())
    }
}

/// What the conditions of an addition look at.
pub struct Adding<'a, F> {
    /// The world, the state and the call.
    pub scene: Scene<'a, F>,
    /// The share; none if the call makes it, or names none.
    pub share: Option<ShareFacts>,
    /// What the call names.
    pub named: &'a [Named],
    /// Whether principals outside the directory are allowed.
    pub external: Set<bool>,
}

impl<F: Facts> Adding<'_, F> {
    /// Whether what is wrong in a share for anyone is found: in one for the directory alone, that
    /// nobody outside is allowed may be found first.
    pub fn if_open(&self) -> Set<bool> {
        match self.external == Set::only(true) {
            true => Set::only(true),
            false => Set::any(),
        }
    }

    /// What is known of an entity in the share before the call.
    pub fn before(&self, entity: &Entity) -> AssociationFacts {
        self.share.map_or_else(AssociationFacts::never, |share| {
            self.scene.facts.association(share.handle, entity)
        })
    }

    /// Every entity of the share as it would be after the call, with whether it is there and
    /// whether the call names it.
    pub fn after(&self, visit: &mut dyn FnMut(&Entity, Set<bool>, bool)) {
        self.named.iter().for_each(|each| visit(&each.entity, Set::only(true), true));
        let Some(share) = self.share else { return };
        self.scene.facts.entities(share.handle, &mut |entity, facts| {
            if !self.named.iter().any(|each| each.entity == *entity) {
                visit(entity, facts.is_there(), false);
            }
        });
    }

    /// The conditions; the properties that are given.
    fn evaluate(&self, evaluation: &mut Evaluation<'_>) -> Vec<(Entity, Property)> {
        let permissions = self.scene.arguments.0.contains_key("PermissionNames");
        evaluation.holds_if(permissions, c::ASSOCIATE_BEYOND);
        let outside = self.scene.world.directory_of(self.scene.caller).is_none();
        evaluation
            .holds_as(self.external.negated().and_also(Set::only(outside)), c::CALLER_NO_DIRECTORY);
        principals::evaluate(self, evaluation);
        resources::evaluate(self, evaluation);
        quotas::resources(self, evaluation);
        quotas::invitations(self, evaluation);
        services::evaluate(self, evaluation);
        properties::evaluate(self, evaluation)
    }
}

/// Evaluates AssociateResourceShare.
pub fn associate<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Addition {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let nothing = evaluate::names_nothing(scene.arguments);
    evaluation.holds_if(nothing && !scene.arguments.is_irregular(), c::LISTS_EMPTY);
    let external = share.map_or(Set::any(), |share| share.external);
    let adding = Adding { scene, share, named: &named, external };
    let properties = adding.evaluate(evaluation);
    if let Some(share) = share {
        present(&adding, share, evaluation);
        disassociate::busy(scene, share, &named, evaluation);
    }
    Addition { share, entities: named.into_iter().map(|each| each.entity).collect(), properties }
}

/// Evaluates CreateResourceShare.
pub fn create<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Addition {
    let arguments = scene.arguments;
    name(scene, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let flag = arguments.flag("AllowExternalTargets");
    let given = arguments.0.contains_key("AllowExternalTargets");
    evaluation.holds_if(given && flag.is_none(), c::EXTERNAL_FLAG_INVALID);
    let grouped = ["Tag", "ResourceGroupId"].iter().any(|name| arguments.0.contains_key(*name));
    evaluation.holds_if(grouped, c::SHARE_GROUPED);
    let external = Set::only(flag.unwrap_or(false));
    let properties = Adding { scene, share: None, named: &named, external }.evaluate(evaluation);
    quotas::shares(scene, evaluation);
    let entities = named.into_iter().map(|each| each.entity).collect();
    Addition { share: None, entities, properties }
}

/// Evaluates UpdateResourceShare.
pub fn update<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Option<ShareFacts> {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    name(scene, evaluation);
    evaluation.holds_if(scene.arguments.is_irregular(), c::LISTS_IRREGULAR);
    let flag = scene.arguments.flag("AllowExternalTargets");
    let given = scene.arguments.0.contains_key("AllowExternalTargets");
    evaluation.holds_if(given && flag.is_none(), c::EXTERNAL_FLAG_INVALID);
    match (share, flag) {
        (Some(share), Some(true)) => unsupported_external(scene, share, evaluation),
        (Some(share), Some(false)) => {
            let left = some_there(scene, share, |entity| is_outsider(scene, entity));
            evaluation.holds_as(left, c::SHARE_OUTSIDERS_LEFT);
        }
        _ => {}
    }
    share
}

/// Whether some entity of a kind is in a share.
fn some_there<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    wanted: impl Fn(&Entity) -> bool,
) -> Set<bool> {
    let mut found = Set::only(false);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if wanted(entity) {
            found = found.or_else(facts.is_there());
        }
    });
    found
}

/// Whether a principal is none of the caller's directory.
fn is_outsider<F: Facts>(scene: Scene<'_, F>, entity: &Entity) -> bool {
    let directory = scene.world.principal_directory(entity);
    !entity.is_resource()
        && (directory.is_none() || directory != scene.world.directory_of(scene.caller))
}

fn unsupported_external<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    evaluation: &mut Evaluation<'_>,
) {
    let kind = |entity: &Entity| scene.world.type_of(entity).is_some_and(|kind| !kind.external);
    evaluation.holds_as(some_there(scene, share, kind), c::SHARE_UNSUPPORTED_EXTERNAL);
}

/// The conditions of entities that have a row already.
fn present<F: Facts>(adding: &Adding<'_, F>, share: ShareFacts, evaluation: &mut Evaluation<'_>) {
    for each in adding.named {
        let facts = adding.before(&each.entity);
        let invited = facts.invitation.has(InvitationStatus::Pending);
        evaluation.by_fact(
            facts.status,
            |values| Some(Because::Entity(share.handle, each.entity.clone(), values)),
            |status| match status {
                AssociationStatus::Absent | AssociationStatus::Associating if invited => {
                    Some(c::ENTITIES_ALREADY_INVITED)
                }
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

/// The account that has to accept an invitation before it is associated: one outside the owner's
/// directory, or in a directory with which sharing is not enabled.
pub fn invited<F: Facts>(
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
