//! What may be shared: the conditions of the resources of an addition.

use super::associate::Adding;
use super::conditions as c;
use super::entities::Named;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::set::Set;
use crate::world::{Entity, PrincipalKind, ResourceType, World};

/// Types that are shared from one region alone, with that region (the service's list of resource types).
const GLOBAL: &[(&str, &str)] = &[("ROSTemplate", "cn-shanghai")];

/// Evaluates every resource that is named.
pub fn evaluate<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    for each in adding.named.iter().filter(|each| each.entity.is_resource()) {
        existence(adding, each, evaluation);
        let elsewhere = is_shared_elsewhere(adding.scene.world, &each.entity);
        evaluation.holds_if(elsewhere, c::RESOURCES_TYPE_ELSEWHERE);
        management(adding, &each.entity, evaluation);
    }
    types_that_stay_inside(adding, evaluation);
}

fn existence<F: Facts>(adding: &Adding<'_, F>, named: &Named, evaluation: &mut Evaluation<'_>) {
    // What a text means that differs in spelling alone is open altogether.
    if named.none == c::VALUES_SPELLING {
        return;
    }
    let by_arn = matches!(named.none, c::ARNS_ELSEWHERE | c::ARNS_NOT_ASSOCIATED);
    let condition = match &named.entity {
        Entity::UnknownResource(kind, _) if kind.is_empty() => c::ARNS_OTHER_PLACE,
        Entity::UnknownResource(..) if by_arn => c::ARNS_NONEXISTENT,
        Entity::UnknownResource(..) => c::RESOURCES_NONEXISTENT,
        known if adding.scene.world.owner_of(known) == Some(adding.scene.caller) => return,
        _ if by_arn => c::ARNS_OF_ANOTHER,
        _ => c::RESOURCES_OF_ANOTHER,
    };
    evaluation.holds(condition);
}

/// Some types may be shared by the management account alone, and by who stands for it.
fn management<F: Facts>(adding: &Adding<'_, F>, entity: &Entity, evaluation: &mut Evaluation<'_>) {
    let world = adding.scene.world;
    let Some(kind) = world.type_of(entity).filter(|kind| kind.management_only) else { return };
    let role = world.role_of(adding.scene.caller);
    let directory = world.directory_of(adding.scene.caller);
    let may = directory.and_then(|position| world.directory(position)).is_some_and(|directory| {
        let delegated = directory.delegated_administrators.get(&kind.name);
        directory.management_account == role
            || delegated.is_some_and(|roles| roles.iter().any(|each| each == role))
    });
    evaluation.holds_if(!may, c::RESOURCES_MANAGEMENT_ONLY);
}

/// Some types may not be shared with accounts outside the directory. Whether such a type may be in a
/// share that is open to them, but has none, is not said.
fn types_that_stay_inside<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    let world = adding.scene.world;
    let directory = world.directory_of(adding.scene.caller);
    let (mut kind, mut outsider) = (Set::only(false), Set::only(false));
    let mut touched = false;
    adding.after(&mut |entity, there, named| {
        let inside = world.type_of(entity).is_some_and(|kind| !kind.external);
        let account = match world.principal_entry(entity) {
            Some((_, PrincipalKind::Account(account))) => {
                directory.is_none() || world.directory_of(account) != directory
            }
            _ => false,
        };
        kind = if inside { kind.or_else(there) } else { kind };
        outsider = if account { outsider.or_else(there) } else { outsider };
        touched |= named && (inside || account);
    });
    if !touched {
        return;
    }
    let both = kind.and_also(outsider);
    evaluation.holds_as(both.and_also(adding.if_open()), c::SHARE_TYPE_NOT_EXTERNAL);
    let alone = kind.and_also(adding.external).and_also(both.negated());
    evaluation.holds_as(alone, c::SHARE_TYPE_IN_OPEN_SHARE);
}

/// Whether a resource is of a type that is shared from another region alone.
pub(super) fn is_shared_elsewhere(world: &World, entity: &Entity) -> bool {
    let kind = match entity {
        Entity::UnknownResource(kind, _) => world.resource_type(kind),
        known => world.type_of(known),
    };
    kind.is_some_and(|kind| is_of_another_region(world, kind))
}

/// Whether a type is shared from another region alone.
pub(super) fn is_of_another_region(world: &World, kind: &ResourceType) -> bool {
    GLOBAL.iter().any(|(name, only)| *name == kind.name && *only != world.file.region)
}
