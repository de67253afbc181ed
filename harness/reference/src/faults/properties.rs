//! Properties of services and of resources: conditions that are overlooked, and properties that are lost,
//! mixed up, or shown where they do not belong.

use super::sharing_tools::adds;
use super::tools::{self, associates, share_mut};
use super::{addition, always, other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::{Share, State};
use serde_json::{Map, Value};
use sharespec_model::status::AssociationStatus;

const TARGET: &[&str] =
    &[addition!("effect/target-property"), other!("CreateResourceShare/effect/target-property")];
const RESOURCE: &[&str] = &[
    addition!("effect/resource-property"),
    other!("CreateResourceShare/effect/resource-property"),
];
const INVALID_TARGET: &[&str] = &[
    addition!("error/InvalidParameter.TargetProperties"),
    other!("CreateResourceShare/error/InvalidParameter.TargetProperties"),
    addition!("error/InvalidParameter"),
];

pub(super) const FAULTS: &[Change] = &[
    when(
        adds,
        "target-property-pair-broken",
        "A TargetId without a Property is passed over.",
        INVALID_TARGET,
        &[Effect::Overlook(&["target-properties/pair-broken"])],
    ),
    when(
        adds,
        "time-range-type-unchecked",
        "Any timeRangeType is taken.",
        INVALID_TARGET,
        &[Effect::Overlook(&["target-properties/time-range-type"])],
    ),
    when(
        |moment| adds(moment) && moment.list("TargetProperties").len() > 1,
        "only-first-time-range-type-checked",
        "The timeRangeType of a second property is not looked at.",
        INVALID_TARGET,
        &[Effect::Overlook(&["target-properties/time-range-type"])],
    ),
    when(
        |moment| adds(moment) && moment.list("TargetProperties").iter().any(of_day),
        "whole-day-refused",
        "A whole day is no valid time range.",
        &[
            addition!("effect/target-property"),
            addition!("parameter/TargetProperties[].Property"),
            addition!("effect/associated"),
        ],
        &[Effect::Refuse(|| {
            let message = "The TargetProperties is invalid.";
            tools::error(400, "InvalidParameter.TargetProperties", message)
        })],
    ),
    when(
        adds,
        "target-properties-duplicate",
        "A principal may have its property twice.",
        &[addition!("error/InvalidParameter.TargetProperties.Duplicate")],
        &[Effect::Overlook(&["target-properties/duplicate"])],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "target-properties-duplicate-in-new-share",
        "In a new share a principal may have its property twice.",
        &[other!("CreateResourceShare/error/InvalidParameter.TargetProperties.Duplicate")],
        &[Effect::Overlook(&["target-properties/duplicate"])],
    ),
    when(
        adds,
        "target-properties-unlimited",
        "Any number of properties of principals is taken.",
        &[addition!("error/InvalidParameter.TargetProperties.Length")],
        &[Effect::Overlook(&["target-properties/over-limit"])],
    ),
    when(
        adds,
        "resource-properties-duplicate",
        "A resource may have its property twice.",
        &[addition!("error/InvalidParameter.ResourceProperties.Duplicate")],
        &[Effect::Overlook(&["resource-properties/duplicate"])],
    ),
    when(
        adds,
        "resource-properties-unlimited",
        "Any number of properties of resources is taken.",
        &[addition!("error/InvalidParameter.ResourceProperties.Length")],
        &[Effect::Overlook(&["resource-properties/over-limit"])],
    ),
    always(
        "resource-properties-invalid-as-conflict",
        "A property of a resource that is invalid is a conflict.",
        &[addition!("error/InvalidParameter.ResourceProperties")],
        &[Effect::Spec(|spec| {
            let code = "InvalidParameter.ResourceProperties";
            tools::edit_row(spec, "AssociateResourceShare", code, |row| row.status = 409);
        })],
    ),
    when(
        adds,
        "resource-property-of-any-type",
        "A resource of any type can have a property.",
        &[addition!("error/NotSupport.ResourceProperty")],
        &[Effect::Overlook(&["resource-properties/type-unsupported"])],
    ),
    when(
        associates,
        "resource-property-changed-in-progress",
        "The property of a resource can be changed while the resource is being associated.",
        &[addition!("error/NotSupport.ResourcePropertyConflict")],
        &[Effect::Overlook(&["resource-properties/in-progress"])],
    ),
    when(
        adds,
        "target-property-lost",
        "The property of a service is forgotten.",
        TARGET,
        &[Effect::After(|state, moment| forget(state, moment, false))],
    ),
    when(
        adds,
        "resource-property-lost",
        "The property of a resource is forgotten.",
        RESOURCE,
        &[Effect::After(|state, moment| forget(state, moment, true))],
    ),
    when(
        |moment| adds(moment) && moment.list("TargetProperties").len() > 1,
        "target-properties-all-the-first",
        "Every service of a call gets the first property.",
        TARGET,
        &[Effect::After(|state, moment| spread(state, moment, false))],
    ),
    when(
        |moment| adds(moment) && moment.list("ResourceProperties").len() > 1,
        "resource-properties-all-the-first",
        "Every resource of a call gets the first property.",
        RESOURCE,
        &[Effect::After(|state, moment| spread(state, moment, true))],
    ),
    when(
        associates,
        "target-property-not-in-answer",
        "The answer of an association shows no properties of services.",
        TARGET,
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "TargetProperty"))],
    ),
    when(
        tools::lists_associations,
        "target-property-in-answer-only",
        "The list of associations shows no properties of services.",
        TARGET,
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "TargetProperty"))],
    ),
    when(
        tools::lists_associations,
        "resource-property-in-answer-only",
        "The list of associations shows no properties of resources.",
        RESOURCE,
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceProperty"))],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "target-property-not-in-shared-targets",
        "The list of principals shows no properties.",
        &[other!("ListSharedTargets/effect/target-property")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "TargetProperty"))],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "target-property-of-whole-day",
        "The list of principals shows a whole day for every service.",
        &[other!("ListSharedTargets/effect/target-property")],
        &[Effect::Reply(|reply, _| edit::replace_text(reply, "TargetProperty", whole_day))],
    ),
    when(
        tools::lists_associations,
        "target-property-end-cut",
        "The list of associations shows no end of time ranges.",
        TARGET,
        &[Effect::Reply(|reply, _| edit::replace_text(reply, "TargetProperty", endless))],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "properties-lost-with-next-call",
        "The next association makes a share forget the properties that it has.",
        &[
            addition!("effect/target-property"),
            addition!("effect/resource-property"),
            addition!("isolation/others"),
        ],
        &[Effect::After(forget_others)],
    ),
];

/// The share that a call made or adds to, after the call.
fn touched<'s>(state: &'s mut State, moment: &Moment<'_>) -> Option<&'s mut Share> {
    match moment.is("CreateResourceShare") {
        true => state.shares.last_mut(),
        false => share_mut(state, moment),
    }
}

fn forget(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let rows = touched(state, moment).into_iter().flat_map(|share| share.rows.iter_mut());
    rows.filter(|row| row.entity.is_resource() == resources).for_each(|row| row.property = None);
}

fn spread(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let Some(share) = touched(state, moment) else { return };
    let mut rows: Vec<_> = share
        .rows
        .iter_mut()
        .filter(|row| row.entity.is_resource() == resources && row.property.is_some())
        .collect();
    let first = rows.first().and_then(|row| row.property.clone());
    rows.iter_mut().for_each(|row| row.property.clone_from(&first));
}

fn forget_others(state: &mut State, moment: &Moment<'_>) {
    let named = tools::named(moment);
    let rows = share_mut(state, moment).into_iter().flat_map(|share| share.rows.iter_mut());
    rows.filter(|row| !named.contains(&row.entity) && row.status == AssociationStatus::Associated)
        .for_each(|row| row.property = None);
}

/// The inner object of a time range, with something done to it.
fn inner(text: &str, edit: impl Fn(&mut Map<String, Value>)) -> String {
    let Ok(Value::Object(mut members)) = serde_json::from_str(text) else { return text.to_owned() };
    members.values_mut().filter_map(Value::as_object_mut).for_each(edit);
    Value::Object(members).to_string()
}

fn whole_day(text: &str) -> String {
    inner(text, |range| drop(range.insert("timeRangeType".into(), "day".into())))
}

fn endless(text: &str) -> String {
    inner(text, |range| drop(range.remove("endAtTime")))
}

fn of_day(entry: &Value) -> bool {
    let text = entry.get("Property").and_then(Value::as_str);
    text.is_some_and(|text| text.contains("\"day\""))
}
