//! The entities that a call names: principals of every form, and resources by ARN.

use super::arns::{self, Arn, Form};
use super::conditions as c;
use super::evaluate::Scene;
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::world::Entity;

/// An entity that a call names, and the conditions of its not being associated.
#[derive(Clone, Debug)]
pub struct Named {
    /// The entity.
    pub entity: Entity,
    /// It was never associated, and nothing that the call names is.
    pub none: Condition,
    /// It was never associated, but something that the call names is.
    pub some: Condition,
    /// The form of the text, if it names a principal.
    pub form: Option<Form>,
}

/// The entities of both lists, with the conditions of their entries.
pub fn named(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Vec<Named> {
    let mut named = Vec::new();
    for list in ["principals", "resourceArns"] {
        let all: Vec<&str> = scene.texts(list).collect();
        for (position, text) in all.iter().enumerate() {
            let earlier = || all.iter().take(position);
            evaluation.holds_if(earlier().any(|each| each == text), c::LISTS_DUPLICATE);
            let alike = earlier().any(|each| each != text && alike(each, text));
            evaluation.holds_if(alike, c::LISTS_SPELLING);
            let found = match (list, text.is_empty()) {
                (_, true) => {
                    evaluation.holds(c::LISTS_BLANK);
                    None
                }
                ("principals", false) => principal(scene, text, evaluation),
                (_, false) => resource(scene, text, evaluation),
            };
            named.extend(found);
        }
    }
    let mut distinct: Vec<Named> = Vec::with_capacity(named.len());
    for each in named {
        if !distinct.iter().any(|known| known.entity == each.entity) {
            distinct.push(each);
        }
    }
    distinct
}

/// Whether a call names no entity at all.
pub fn names_nothing(scene: Scene<'_>) -> bool {
    ["principals", "resourceArns", "sources"].iter().all(|list| scene.texts(list).next().is_none())
}

fn principal(scene: Scene<'_>, text: &str, evaluation: &mut Evaluation<'_>) -> Option<Named> {
    let form = arns::principal(text);
    let (none, some) = (c::PRINCIPALS_NOT_ASSOCIATED, c::PRINCIPALS_SOME_NOT_ASSOCIATED);
    if let Some(entity) = scene.world.principal(text) {
        return Some(Named { entity, none, some, form });
    }
    let condition = match form {
        Some(Form::PrintedUser) => c::PRINCIPALS_PRINTED_USER,
        _ if scene.world.has_principal_spelled(text) => c::VALUES_SPELLING,
        Some(_) => {
            let entity = Entity::UnknownPrincipal(text.into());
            return Some(Named { entity, none, some, form });
        }
        None if arns::principal(&text.trim().to_ascii_lowercase()).is_some() => c::VALUES_SPELLING,
        None => c::PRINCIPALS_MALFORMED,
    };
    evaluation.holds(condition);
    None
}

fn resource(scene: Scene<'_>, text: &str, evaluation: &mut Evaluation<'_>) -> Option<Named> {
    let (none, some) = (c::RESOURCES_NOT_ASSOCIATED, c::RESOURCES_SOME_NOT_ASSOCIATED);
    if let Some(entity) = scene.world.resource_by_arn(text) {
        return Some(Named { entity, none, some, form: None });
    }
    let mut known = scene.world.file.resources.iter().filter_map(|each| each.arn.as_deref());
    if known.any(|known| alike(known, text)) {
        evaluation.holds(c::VALUES_SPELLING);
        return None;
    }
    if Arn::read(text).is_some() {
        let entity = scene.world.unknown_by_arn(text);
        return Some(Named { entity, none, some, form: None });
    }
    let lower = text.trim().to_ascii_lowercase();
    let spelled = Arn::read(&lower).is_some();
    evaluation.holds(if spelled { c::VALUES_SPELLING } else { c::RESOURCES_MALFORMED });
    None
}

/// Whether two texts differ, if at all, in case and surrounding space alone.
pub fn alike(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}
