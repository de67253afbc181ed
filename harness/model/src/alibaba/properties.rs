//! The properties of an addition: those of principals (when a service may use what is shared) and
//! those of resources.

use super::associate::Adding;
use super::conditions as c;
use super::evaluate::length_of_world;
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::property::Property;
use crate::set::Set;
use crate::status::AssociationStatus;
use crate::world::{Entity, PrincipalKind, World};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A list of properties with its conditions.
struct Kind {
    list: &'static str,
    /// The field that names the entity.
    key: &'static str,
    over_limit: Condition,
    duplicate: Condition,
    duplicate_key: Condition,
    pair_broken: Condition,
    not_json: Condition,
    other_form: Condition,
    not_named: Condition,
}

const TARGETS: Kind = Kind {
    list: "TargetProperties",
    key: "TargetId",
    over_limit: c::TARGET_PROPERTIES_OVER_LIMIT,
    duplicate: c::TARGET_PROPERTIES_DUPLICATE,
    duplicate_key: c::TARGET_PROPERTIES_DUPLICATE_ID,
    pair_broken: c::TARGET_PROPERTIES_PAIR_BROKEN,
    not_json: c::TARGET_PROPERTIES_NOT_JSON,
    other_form: c::TARGET_PROPERTIES_OTHER_FORM,
    not_named: c::TARGET_PROPERTIES_NOT_NAMED,
};

const RESOURCES: Kind = Kind {
    list: "ResourceProperties",
    key: "ResourceArn",
    over_limit: c::RESOURCE_PROPERTIES_OVER_LIMIT,
    duplicate: c::RESOURCE_PROPERTIES_DUPLICATE,
    duplicate_key: c::RESOURCE_PROPERTIES_DUPLICATE_ARN,
    pair_broken: c::RESOURCE_PROPERTIES_PAIR_BROKEN,
    not_json: c::RESOURCE_PROPERTIES_NOT_JSON,
    other_form: c::RESOURCE_PROPERTIES_OTHER_FORM,
    not_named: c::RESOURCE_PROPERTIES_NOT_NAMED,
};

impl Kind {
    /// The entity that a key names.
    fn entity(&self, world: &World, key: &str) -> Entity {
        match self.list {
            "TargetProperties" => {
                world.principal(key).unwrap_or_else(|| Entity::UnknownPrincipal(key.into()))
            }
            _ => world.resource_by_arn(key).unwrap_or_else(|| world.unknown_by_arn(key)),
        }
    }
}

/// Evaluates both lists; the properties that they give.
pub fn evaluate<F: Facts>(
    adding: &Adding<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Vec<(Entity, Property)> {
    let mut found = Vec::new();
    for kind in [&TARGETS, &RESOURCES] {
        let entries = adding.scene.arguments.list(kind.list);
        let limit = kind.over_limit;
        length_of_world(adding.scene.world, kind.list, entries.len(), limit, evaluation);
        for position in 0..entries.len() {
            entry(
                adding,
                kind,
                entries.get(..=position).unwrap_or_default(),
                evaluation,
                &mut found,
            );
        }
    }
    found
}

/// The last of some entries.
fn entry<F: Facts>(
    adding: &Adding<'_, F>,
    kind: &Kind,
    entries: &[Value],
    evaluation: &mut Evaluation<'_>,
    found: &mut Vec<(Entity, Property)>,
) {
    let Some((last, earlier)) = entries.split_last() else { return };
    // An empty record cannot be sent: alone it is nothing, among others it makes a gap.
    let empty = |entry: &Value| entry.as_object().is_some_and(Map::is_empty);
    if earlier.iter().any(empty) {
        evaluation.holds(c::PROPERTIES_ODD);
    }
    if empty(last) {
        return;
    }
    let known = |(name, value): (&String, &Value)| {
        [kind.key, "Property"].contains(&name.as_str()) && value.is_string()
    };
    if !last.as_object().is_some_and(|record| record.iter().all(known)) {
        evaluation.holds(c::PROPERTIES_ODD);
        return;
    }
    let text =
        |entry: &'_ Value, name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
    let (key, property) = (text(last, kind.key), text(last, "Property"));
    let blank = |text: &Option<String>| text.as_deref() == Some("");
    evaluation.holds_if(blank(&key) || blank(&property), c::LISTS_BLANK);
    let (Some(key), Some(property)) = (&key, &property) else {
        evaluation.holds(kind.pair_broken);
        let entity = key.map(|key| kind.entity(adding.scene.world, &key));
        found.extend(entity.map(|entity| (entity, Property::Open)));
        return;
    };
    for other in earlier.iter().filter(|each| text(each, kind.key).as_ref() == Some(key)) {
        let same = text(other, "Property").as_ref() == Some(property);
        evaluation.holds(if same { kind.duplicate } else { kind.duplicate_key });
    }
    let entity = kind.entity(adding.scene.world, key);
    let given = value(kind, property, evaluation);
    let given =
        if applies(adding, kind, &entity, &given, evaluation) { given } else { Property::Open };
    match found.iter_mut().find(|(each, _)| *each == entity) {
        Some((_, before)) => *before = before.join(&given),
        None => found.push((entity, given)),
    }
}

/// Whether a property is one of an entity that can have it, with the conditions.
fn applies<F: Facts>(
    adding: &Adding<'_, F>,
    kind: &Kind,
    entity: &Entity,
    given: &Property,
    evaluation: &mut Evaluation<'_>,
) -> bool {
    let world = adding.scene.world;
    let named = adding.named.iter().any(|each| each.entity == *entity);
    evaluation.holds_if(!named, kind.not_named);
    let (takes, condition) = match entity.is_resource() {
        true => (world.type_of(entity).map(|kind| kind.properties), c::RESOURCE_PROPERTIES_TYPE),
        false => {
            let service =
                world.principal_entry(entity).map(|(_, kind)| kind == PrincipalKind::Service);
            (Some(service == Some(true)), c::TARGET_PROPERTIES_NO_SERVICE)
        }
    };
    match (named, takes) {
        (_, Some(true)) => {}
        (true, Some(false)) => evaluation.holds(condition),
        (false, Some(false)) | (_, None) => evaluation.may_hold(condition),
    }
    if entity.is_resource() {
        in_progress(adding, entity, given, evaluation);
    }
    named && takes == Some(true)
}

/// Another property waits until the last operation is over. What happens with the same one, and which
/// operation of the share is meant if the resource's own is over, is open.
fn in_progress<F: Facts>(
    adding: &Adding<'_, F>,
    entity: &Entity,
    given: &Property,
    evaluation: &mut Evaluation<'_>,
) {
    let Some(share) = adding.share else { return };
    let status = adding.before(entity).status;
    let before = adding.scene.facts.property(share.handle, entity);
    let another = before != Property::Open && *given != Property::Open && before != *given;
    if another && status == Set::only(AssociationStatus::Associating) {
        evaluation.holds(c::RESOURCE_PROPERTIES_IN_PROGRESS);
        return;
    }
    let moving = Set::of(&[AssociationStatus::Associating, AssociationStatus::Disassociating]);
    let mut open = status.meets(moving);
    adding.scene.facts.entities(share.handle, &mut |_, facts| open |= facts.status.meets(moving));
    if open {
        evaluation.may_hold(c::RESOURCE_PROPERTIES_IN_PROGRESS);
    }
}

/// What a text gives, with the conditions of its form.
fn value(kind: &Kind, text: &str, evaluation: &mut Evaluation<'_>) -> Property {
    let condition = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(members)) => match form(kind, &members) {
            None => return Property::This(Arc::new(Value::Object(members))),
            Some(condition) => condition,
        },
        _ => kind.not_json,
    };
    evaluation.holds(condition);
    Property::Open
}

fn form(kind: &Kind, members: &Map<String, Value>) -> Option<Condition> {
    if kind.list == "ResourceProperties" {
        let known = |(name, value): (&String, &Value)| {
            ["sharePrincipals", "shareTagOptions"].contains(&name.as_str()) && value.is_boolean()
        };
        return (members.is_empty() || !members.iter().all(known)).then_some(kind.other_form);
    }
    let range = members.get("timeRange").and_then(Value::as_object);
    let Some(range) = range.filter(|_| members.len() == 1) else { return Some(kind.other_form) };
    let text = |name: &str| range.get(name).and_then(Value::as_str);
    if text("timeRangeType").is_some_and(|kind| !["timeRange", "day"].contains(&kind)) {
        return Some(c::TARGET_PROPERTIES_TIME_RANGE_TYPE);
    }
    let times = (text("beginAtTime"), text("endAtTime"));
    let ordered =
        matches!(times, (Some(begin), Some(end)) if is_time(begin) && is_time(end) && begin < end);
    let whole =
        range.len() == 4 && text("timeRangeType").is_some() && text("timezone") == Some("UTC+8");
    (!(ordered && whole)).then_some(kind.other_form)
}

/// Whether a text is a time of the day, as `19:59`.
fn is_time(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else { return false };
    let number = |text: &str, end: u8| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse().is_ok_and(|number: u8| number < end)
    };
    number(hours, 24) && number(minutes, 60)
}

/// The property that a call gives to an entity and that is kept: the last one for it.
pub fn given(world: &World, arguments: &Map<String, Value>, entity: &Entity) -> Option<String> {
    let kind = if entity.is_resource() { &RESOURCES } else { &TARGETS };
    let entries = arguments.get(kind.list).and_then(Value::as_array)?;
    let found = entries.iter().rev().find(|entry| {
        let key = entry.get(kind.key).and_then(Value::as_str);
        key.is_some_and(|key| kind.entity(world, key) == *entity)
    });
    let text = found?.get("Property")?.as_str()?;
    let object = serde_json::from_str::<Map<String, Value>>(text).is_ok();
    let takes = match world.principal_entry(entity) {
        Some((_, principal)) => principal == PrincipalKind::Service,
        None => world.type_of(entity).is_some_and(|kind| kind.properties),
    };
    (object && takes).then(|| text.to_owned())
}

/// Whether a property that is shown is the one that was given. A principal's may stand under another
/// key, of which the samples show two; of a whole day its times say nothing.
pub fn same_property(given: &Value, shown: &str) -> bool {
    let Ok(Value::Object(shown)) = serde_json::from_str(shown) else { return false };
    let Some(given) = given.as_object() else { return false };
    let Some(range) = given.get("timeRange").and_then(Value::as_object) else {
        return given.iter().all(|(name, value)| shown.get(name) == Some(value));
    };
    let inner = shown.get("timeRange").or(shown.get("plan")).and_then(Value::as_object);
    let day = range.get("timeRangeType").is_some_and(|kind| kind == "day");
    let names = range.keys().filter(|name| !day || *name == "timeRangeType");
    inner.is_some_and(|inner| names.into_iter().all(|name| inner.get(name) == range.get(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_property_is_the_same_under_either_key() {
        let range = json!({ "timeRangeType": "timeRange", "beginAtTime": "00:00", "timezone": "UTC+8", "endAtTime": "19:59" });
        let given = json!({ "timeRange": range });
        let shown = |key: &str, begin: &str| {
            let mut range = range.clone();
            range["beginAtTime"] = begin.into();
            format!("{:#}", json!({ key: range }))
        };
        assert!(same_property(&given, &shown("timeRange", "00:00")));
        assert!(same_property(&given, &shown("plan", "00:00")));
        assert!(!same_property(&given, &shown("plan", "00:01")));
        assert!(!same_property(&given, &shown("other", "00:00")));
        assert!(!same_property(&given, "") && !same_property(&given, "{}"));
    }

    #[test]
    fn only_forms_that_the_documents_show_are_certain() {
        let form = |text: &str| {
            let members = serde_json::from_str(text).unwrap();
            super::form(&TARGETS, &members)
        };
        let range = |kind: &str, end: &str| {
            format!(
                r#"{{"timeRange":{{"timeRangeType":"{kind}","beginAtTime":"00:00","timezone":"UTC+8","endAtTime":"{end}"}}}}"#
            )
        };
        assert_eq!(form(&range("timeRange", "19:59")), None);
        assert_eq!(form(&range("day", "23:59")), None);
        assert_eq!(form(&range("week", "23:59")), Some(c::TARGET_PROPERTIES_TIME_RANGE_TYPE));
        assert_eq!(form(&range("timeRange", "24:00")), Some(c::TARGET_PROPERTIES_OTHER_FORM));
        assert_eq!(form("{}"), Some(c::TARGET_PROPERTIES_OTHER_FORM));
    }
}
