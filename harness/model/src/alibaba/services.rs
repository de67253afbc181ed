//! Services as principals: which types they get, and what an account shares with them already.

use super::associate::Adding;
use super::conditions as c;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::set::Set;
use crate::status::ShareStatus;
use crate::world::{Entity, PrincipalKind};

/// An entity of a share with whether it is there and whether the call names it.
type Member = (Entity, Set<bool>, bool);

/// Evaluates every service and every resource that would be in one share after the call.
pub fn evaluate<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    let (mut services, mut resources): (Vec<Member>, Vec<Member>) = (Vec::new(), Vec::new());
    let world = adding.scene.world;
    let is_service = |entity: &Entity| {
        matches!(world.principal_entry(entity), Some((_, PrincipalKind::Service)))
    };
    adding.after(&mut |entity, there, named| {
        if is_service(entity) {
            services.push((entity.clone(), there, named));
        }
    });
    if services.is_empty() {
        return;
    }
    adding.after(&mut |entity, there, named| {
        if entity.is_resource() {
            resources.push((entity.clone(), there, named));
        }
    });
    for service in &services {
        for resource in &resources {
            if service.2 || resource.2 {
                pair(adding, service, resource, evaluation);
            }
        }
    }
}

/// A service and a resource of which the call names at least one.
fn pair<F: Facts>(
    adding: &Adding<'_, F>,
    (service, service_there, service_named): &Member,
    (resource, resource_there, resource_named): &Member,
    evaluation: &mut Evaluation<'_>,
) {
    let world = adding.scene.world;
    let Some(kind) = world.type_of(resource) else { return };
    let there = service_there.and_also(*resource_there).and_also(adding.if_open());
    evaluation.holds_as(there.and_also(Set::only(!kind.services)), c::SERVICES_TYPE);
    let already = adding.before(service).is_there().and_also(adding.before(resource).is_there());
    let again = *service_named && *resource_named;
    evaluation.holds_as(there.and_also(already).and_also(Set::only(again)), c::SERVICES_AGAIN);
    let (mut same, mut of_type) = (Set::only(false), Set::only(false));
    others(adding, &mut |share, status| {
        let facts = adding.scene.facts;
        let has = facts.association(share.handle, service).is_there().and_also(status);
        facts.entities(share.handle, &mut |entity, facts| {
            let shared = has.and_also(facts.is_there());
            if entity == resource {
                same = same.or_else(shared);
            } else if world.type_of(entity).is_some_and(|each| each.name == kind.name) {
                of_type = of_type.or_else(shared);
            }
        });
    });
    evaluation.holds_as(there.and_also(same), c::SERVICES_RESOURCE_ELSEWHERE);
    evaluation.holds_as(there.and_also(of_type), c::SERVICES_TYPE_ELSEWHERE);
}

/// The other shares of the account, with whether they are in force.
fn others<F: Facts>(adding: &Adding<'_, F>, visit: &mut dyn FnMut(ShareFacts, Set<bool>)) {
    let own = adding.share.map(|share| share.handle);
    adding.scene.facts.shares(&mut |share| {
        if share.owner != adding.scene.caller || own == Some(share.handle) {
            return;
        }
        let in_force = share.status.values().fold(Set::EMPTY, |found, status| {
            found
                | match status {
                    ShareStatus::Active | ShareStatus::Pending => Set::only(true),
                    ShareStatus::Deleting => Set::any(),
                    ShareStatus::Deleted | ShareStatus::Absent => Set::only(false),
                }
        });
        visit(share, in_force);
    });
}
