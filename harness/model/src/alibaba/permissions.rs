//! The permissions of an addition: what is wrong with the names that are given, and which permission
//! each type gets.

use super::associate::Adding;
use super::conditions as c;
use super::evaluate;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::property::Property;
use crate::set::Set;
use crate::world::{Entity, ResourceType, World};
use serde_json::Value;
use std::sync::Arc;

/// Evaluates every name; the permissions that the types get, by the names of the types.
pub fn evaluate<F: Facts>(
    adding: &Adding<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Vec<(String, Property)> {
    let world = adding.scene.world;
    let names: Vec<&str> = adding.scene.arguments.texts("PermissionNames").collect();
    let limit = c::PERMISSIONS_OVER_LIMIT;
    evaluate::length_of_world(world, "PermissionNames", names.len(), limit, evaluation);
    for (position, name) in names.iter().enumerate() {
        let earlier = names.get(..position).unwrap_or_default();
        evaluation.holds_if(earlier.contains(name), c::PERMISSIONS_DUPLICATE);
        match world.permission(name) {
            _ if name.is_empty() => evaluation.holds(c::LISTS_BLANK),
            Some(Some(kind)) => of_type(adding, (name, kind), earlier, evaluation),
            // Of which type it is nobody says.
            Some(None) => {
                evaluation.may_hold(c::PERMISSIONS_OTHER_TYPE);
                evaluation.may_hold(c::PERMISSIONS_SECOND);
                evaluation.may_hold(c::PERMISSIONS_AGAIN);
            }
            None if is_spelled(world, name) => evaluation.holds(c::VALUES_SPELLING),
            None => evaluation.holds(c::PERMISSIONS_UNKNOWN),
        }
    }
    given(adding, &names)
}

/// Whether a name differs from that of a permission in case or surrounding space alone.
fn is_spelled(world: &World, name: &str) -> bool {
    let name = name.trim();
    world.permissions().any(|known| known.eq_ignore_ascii_case(name))
}

/// A permission of a known type. Whether it takes the place of the one that the share has for that
/// type, and for how long it has one, is not said.
fn of_type<F: Facts>(
    adding: &Adding<'_, F>,
    (name, kind): (&str, &ResourceType),
    earlier: &[&str],
    evaluation: &mut Evaluation<'_>,
) {
    let world = adding.scene.world;
    let same = |entity: &Entity| type_name(world, entity) == Some(&kind.name);
    let named = adding.named.iter().any(|each| same(&each.entity));
    evaluation.holds_if(!named, c::PERMISSIONS_OTHER_TYPE);
    let second = |other: &&str| *other != name && is_for(world, other, &kind.name);
    evaluation.holds_if(earlier.iter().any(second), c::PERMISSIONS_SECOND);
    let Some(share) = adding.share else { return };
    let mut before = Set::only(false);
    adding.scene.facts.entities(share.handle, &mut |entity, facts| {
        if same(entity) {
            before = before.or_else(facts.is_there() | Set::only(true));
        }
    });
    evaluation.holds_as(before, c::PERMISSIONS_AGAIN);
}

/// Whether a permission is one for a type.
fn is_for(world: &World, permission: &str, kind: &str) -> bool {
    world.permission(permission).flatten().is_some_and(|of| of.name == kind)
}

/// The name of the type of a resource, if it is known.
fn type_name<'a>(world: &'a World, entity: &'a Entity) -> Option<&'a str> {
    match entity {
        Entity::UnknownResource(kind, _) => Some(&**kind).filter(|kind| !kind.is_empty()),
        known => world.type_of(known).map(|kind| kind.name.as_str()),
    }
}

/// What each type gets: the one permission that is named for it, or, if none is named at all, the
/// default one. What others get beside named ones is not said.
fn given<F: Facts>(adding: &Adding<'_, F>, names: &[&str]) -> Vec<(String, Property)> {
    let world = adding.scene.world;
    let mut given: Vec<(String, Property)> = Vec::new();
    for kind in adding.named.iter().filter_map(|each| type_name(world, &each.entity)) {
        if given.iter().any(|(each, _)| each == kind) {
            continue;
        }
        let default = world.resource_type(kind).map(|kind| kind.default_permission.as_str());
        let mut own = names.iter().copied().filter(|name| is_for(world, name, kind));
        let permission = match (own.next(), own.next()) {
            (Some(name), None) => Some(name),
            (None, _) if names.is_empty() => default.filter(|name| !name.is_empty()),
            _ => None,
        };
        given.push((kind.to_owned(), permission.map_or(Property::Open, name_of)));
    }
    for kind in names.iter().filter_map(|name| world.permission(name)?) {
        if !given.iter().any(|(each, _)| *each == kind.name) {
            given.push((kind.name.clone(), Property::Open));
        }
    }
    given
}

fn name_of(name: &str) -> Property {
    Property::This(Arc::new(Value::from(name)))
}
