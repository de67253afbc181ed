//! The entities that an Alibaba call names: resources by type and id or by ARN, principals by id,
//! with the conditions of what names nothing, or names one twice.

use super::arguments::{Pair, View};
use super::conditions as c;
use super::parameters;
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::world::{Entity, World};

/// An entity that a call names, and the conditions of its not being associated.
#[derive(Clone, Debug)]
pub struct Named {
    /// The entity.
    pub entity: Entity,
    /// It was never associated, and nothing that the call names is.
    pub none: Condition,
    /// It was never associated, but something that the call names is.
    pub some: Condition,
}

/// Finds the resources of `Resources`.
pub fn resources(
    world: &World,
    arguments: View<'_>,
    evaluation: &mut Evaluation<'_>,
    named: &mut Vec<Named>,
) {
    for (position, pair) in arguments.pairs().enumerate() {
        evaluation.holds_if(pair.kind == Some("") || pair.id == Some(""), c::LISTS_BLANK);
        let (Some(kind), Some(id)) = (pair.kind, pair.id) else {
            evaluation.holds(c::RESOURCES_PAIR_BROKEN);
            continue;
        };
        for earlier in arguments.pairs().take(position) {
            compare_pairs(earlier, kind, id, evaluation);
        }
        if let Some(entry) = resource(world, kind, id, evaluation) {
            push(named, entry);
        }
    }
}

fn compare_pairs(earlier: Pair<'_>, kind: &str, id: &str, evaluation: &mut Evaluation<'_>) {
    let (Some(other_kind), Some(other_id)) = (earlier.kind, earlier.id) else { return };
    match (other_kind == kind, other_id == id) {
        (true, true) => evaluation.holds(c::RESOURCES_DUPLICATE),
        (false, true) => evaluation.holds(c::RESOURCES_DUPLICATE_ID),
        (_, false) if alike(other_id, id) => evaluation.holds(c::LISTS_SPELLING),
        (_, false) => {}
    }
}

fn resource(world: &World, kind: &str, id: &str, evaluation: &mut Evaluation<'_>) -> Option<Named> {
    if kind.is_empty() || id.is_empty() {
        return None;
    }
    let Some(facts) = world.resource_type(kind) else {
        let close = world.file.resource_types.iter().any(|each| alike(&each.name, kind));
        evaluation.holds(if close { c::VALUES_SPELLING } else { c::RESOURCES_TYPE_UNKNOWN });
        return None;
    };
    evaluation.holds_if(!facts.by_id, c::RESOURCES_TYPE_ARN_ONLY);
    parameters::resource_type(kind, evaluation);
    let found = world.resource_by_pair(kind, id);
    let Some(entity) = found else {
        let spelled =
            world.file.resources.iter().any(|each| each.kind == kind && alike(&each.id, id));
        let unknown = (c::RESOURCES_UNKNOWN, c::RESOURCES_SOME_UNKNOWN);
        let (none, some) = if spelled { otherwise_spelled(evaluation) } else { unknown };
        let entity = Entity::UnknownResource(kind.into(), id.into());
        return Some(Named { entity, none, some });
    };
    let (none, some) = (c::RESOURCES_NOT_ASSOCIATED, c::RESOURCES_SOME_NOT_ASSOCIATED);
    Some(Named { entity, none, some })
}

/// Whether a text that differs in spelling alone names something, is open; so is all that follows.
fn otherwise_spelled(evaluation: &mut Evaluation<'_>) -> (Condition, Condition) {
    evaluation.holds(c::VALUES_SPELLING);
    (c::VALUES_SPELLING, c::VALUES_SPELLING)
}

/// Finds the resources of `ResourceArns`.
pub fn arns(
    world: &World,
    arguments: View<'_>,
    evaluation: &mut Evaluation<'_>,
    named: &mut Vec<Named>,
) {
    for (position, arn) in arguments.texts("ResourceArns").enumerate() {
        for earlier in arguments.texts("ResourceArns").take(position) {
            evaluation.holds_if(earlier == arn, c::ARNS_DUPLICATE);
            evaluation.holds_if(earlier != arn && alike(earlier, arn), c::LISTS_SPELLING);
        }
        if arn.is_empty() {
            evaluation.holds(c::LISTS_BLANK);
        } else if let Some(entity) = world.resource_by_arn(arn) {
            let (none, some) = (c::ARNS_NOT_ASSOCIATED, c::ARNS_SOME_NOT_ASSOCIATED);
            push(named, Named { entity, none, some });
        } else if is_arn(arn) {
            let spelled = world
                .file
                .resources
                .iter()
                .any(|each| each.arn.as_deref().is_some_and(|known| alike(known, arn)));
            let elsewhere = (c::ARNS_ELSEWHERE, c::ARNS_SOME_ELSEWHERE);
            let (none, some) = if spelled { otherwise_spelled(evaluation) } else { elsewhere };
            let entity = world.unknown_by_arn(arn);
            push(named, Named { entity, none, some });
        } else {
            let spelled = is_arn(arn.trim()) || is_arn(&arn.to_ascii_lowercase());
            evaluation.holds(if spelled { c::VALUES_SPELLING } else { c::ARNS_MALFORMED });
        }
    }
}

/// Whether a text could be an ARN at all: what is not is certainly malformed, what is may name
/// nothing.
fn is_arn(text: &str) -> bool {
    text.strip_prefix("acs:").is_some_and(|rest| !rest.is_empty())
}

/// Finds the principals of `Targets`.
pub fn targets(
    world: &World,
    arguments: View<'_>,
    evaluation: &mut Evaluation<'_>,
    named: &mut Vec<Named>,
) {
    for (position, id) in arguments.texts("Targets").enumerate() {
        for earlier in arguments.texts("Targets").take(position) {
            evaluation.holds_if(earlier == id, c::TARGETS_DUPLICATE);
            evaluation.holds_if(earlier != id && alike(earlier, id), c::LISTS_SPELLING);
        }
        if id.is_empty() {
            evaluation.holds(c::LISTS_BLANK);
        } else if let Some(entity) = world.principal(id) {
            push(
                named,
                Named {
                    entity,
                    none: c::TARGETS_NOT_ASSOCIATED,
                    some: c::TARGETS_SOME_NOT_ASSOCIATED,
                },
            );
        } else if is_account_id(id) {
            push(
                named,
                Named {
                    entity: Entity::UnknownPrincipal(id.into()),
                    none: c::TARGETS_OUTSIDE_DIRECTORY,
                    some: c::TARGETS_SOME_OUTSIDE_DIRECTORY,
                },
            );
        } else {
            let spelled = world.has_principal_spelled(id);
            evaluation.holds(if spelled { c::VALUES_SPELLING } else { c::TARGETS_MALFORMED });
        }
    }
}

fn is_account_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two texts differ, if at all, in case and surrounding space alone.
fn alike(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

fn push(named: &mut Vec<Named>, entry: Named) {
    if !named.iter().any(|each| each.entity == entry.entity) {
        named.push(entry);
    }
}
