//! Replies whose members are missing, or of the wrong type or form.

use super::tools::{lists_associations, removes};
use super::{always, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use serde_json::{Map, Value};
use sharespec_model::call::Reply;

const ROWS: &str = "ResourceShareAssociations";

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| moment.is("ListSharedResources"),
        "resource-status-shown-to-its-owner",
        "What the caller shares has a ResourceStatus.",
        &[other!("ListSharedResources/shape/resource-status")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                row.insert("ResourceStatus".into(), "Available".into());
                row.insert("ResourceStatusMessage".into(), "".into());
            });
        })],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "resource-status-lost",
        "What is shared with the caller has no ResourceStatus.",
        &[other!("ListSharedResources/shape/resource-status")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceStatus"))],
    ),
    when(
        removes,
        "arn-missing",
        "Rows of resources have no ResourceArn.",
        &[removal!("member/ResourceShareAssociations[].ResourceArn")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceArn"))],
    ),
    when(
        removes,
        "share-id-missing",
        "Rows have no ResourceShareId.",
        &[removal!("member/ResourceShareAssociations[].ResourceShareId")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceShareId"))],
    ),
    when(
        removes,
        "share-name-missing",
        "Rows have no ResourceShareName.",
        &[removal!("member/ResourceShareAssociations[].ResourceShareName")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceShareName"))],
    ),
    when(
        removes,
        "entity-id-missing",
        "Rows have no EntityId.",
        &[removal!("member/ResourceShareAssociations[].EntityId")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "EntityId"))],
    ),
    when(
        removes,
        "entity-type-missing",
        "Rows have no EntityType.",
        &[removal!("member/ResourceShareAssociations[].EntityType")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "EntityType"))],
    ),
    when(
        removes,
        "association-type-missing",
        "Rows have no AssociationType.",
        &[removal!("member/ResourceShareAssociations[].AssociationType")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "AssociationType"))],
    ),
    when(
        removes,
        "association-status-missing",
        "Rows have no AssociationStatus.",
        &[removal!("member/ResourceShareAssociations[].AssociationStatus")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "AssociationStatus"))],
    ),
    when(
        removes,
        "create-time-missing",
        "Rows have no CreateTime.",
        &[removal!("member/ResourceShareAssociations[].CreateTime")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "CreateTime"))],
    ),
    when(
        removes,
        "update-time-missing",
        "Rows have no UpdateTime.",
        &[removal!("member/ResourceShareAssociations[].UpdateTime")],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "UpdateTime"))],
    ),
    when(
        removes,
        "members-begin-small",
        "Members begin with a small letter.",
        &[
            removal!("member/ResourceShareAssociations"),
            removal!("member/ResourceShareAssociations[].EntityId"),
        ],
        &[Effect::Reply(small)],
    ),
    when(
        removes,
        "account-id-as-number",
        "The id of an account is a number.",
        &[removal!("member/ResourceShareAssociations[].EntityId")],
        &[Effect::Reply(|reply, _| edit::replace(reply, "EntityId", number))],
    ),
    when(
        removes,
        "rows-null",
        "The list of rows is null.",
        &[removal!("member/ResourceShareAssociations"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| set_rows(reply, |_| Value::Null))],
    ),
    when(
        removes,
        "rows-absent",
        "The list of rows is absent.",
        &[removal!("member/ResourceShareAssociations"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| {
            if let Some(members) = edit::members(reply) {
                drop(members.remove(ROWS))
            }
        })],
    ),
    when(
        removes,
        "rows-not-in-a-list",
        "A single row does not stand in a list.",
        &[removal!("member/ResourceShareAssociations")],
        &[Effect::Reply(|reply, _| set_rows(reply, alone))],
    ),
    when(
        removes,
        "rows-wrapped",
        "The list stands in a record of its own, as in older products.",
        &[removal!("member/ResourceShareAssociations")],
        &[Effect::Reply(|reply, _| set_rows(reply, wrapped))],
    ),
    when(
        removes,
        "rows-as-text",
        "The list of rows is a text that holds JSON.",
        &[removal!("member/ResourceShareAssociations")],
        &[Effect::Reply(|reply, _| set_rows(reply, |rows| rows.to_string().into()))],
    ),
    when(
        removes,
        "status-in-lower-case",
        "AssociationStatus is in lower case.",
        &[removal!("member/ResourceShareAssociations[].AssociationStatus")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "AssociationStatus", str::to_lowercase)
        })],
    ),
    when(
        removes,
        "status-in-upper-case",
        "AssociationStatus is spelled as AWS does.",
        &[removal!("member/ResourceShareAssociations[].AssociationStatus")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "AssociationStatus", str::to_uppercase)
        })],
    ),
    when(
        lists_associations,
        "listed-status-unknown",
        "A list says Removed for Disassociated.",
        &[other!(
            "ListResourceShareAssociations/member/ResourceShareAssociations[].AssociationStatus"
        )],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "AssociationStatus", |text| {
                text.replace("Disassociated", "Removed")
            })
        })],
    ),
    when(
        removes,
        "property-is-no-json",
        "TargetProperty is a text that is no JSON.",
        &[removal!("member/ResourceShareAssociations[].TargetProperty")],
        &[Effect::Reply(|reply, _| {
            each(reply, |row| drop(row.insert("TargetProperty".into(), "{timeRange".into())))
        })],
    ),
    when(
        removes,
        "message-is-a-number",
        "AssociationStatusMessage is a number.",
        &[removal!("member/ResourceShareAssociations[].AssociationStatusMessage")],
        &[Effect::Reply(|reply, _| {
            each(reply, |row| drop(row.insert("AssociationStatusMessage".into(), 0.into())))
        })],
    ),
    always(
        "flags-as-texts",
        "Truth values are texts.",
        &[
            other!("CreateResourceShare/member/ResourceShare.AllowExternalTargets"),
            other!("ListResourceShares/member/ResourceShares[].AllowExternalTargets"),
        ],
        &[Effect::Reply(|reply, _| {
            edit::replace(reply, "AllowExternalTargets", |flag| flag.to_string().into())
        })],
    ),
    always(
        "share-owner-missing",
        "A share has no ResourceShareOwner.",
        &[
            other!("CreateResourceShare/member/ResourceShare.ResourceShareOwner"),
            other!("ListResourceShares/member/ResourceShares[].ResourceShareOwner"),
        ],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "ResourceShareOwner"))],
    ),
    always(
        "share-status-in-upper-case",
        "ResourceShareStatus is spelled as AWS does.",
        &[
            other!("CreateResourceShare/member/ResourceShare.ResourceShareStatus"),
            other!("ListResourceShares/member/ResourceShares[].ResourceShareStatus"),
        ],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "ResourceShareStatus", str::to_uppercase)
        })],
    ),
    when(
        |moment| moment.accepted,
        "success-with-code",
        "A success has the Code OK.",
        &[common!("floor/success-body")],
        &[Effect::Reply(|reply, _| insert(reply, "Code", "OK".into()))],
    ),
    always(
        "request-id-missing",
        "Answers have no RequestId.",
        &[common!("floor/request-id")],
        &[Effect::Reply(|reply, _| reply.request_id = None)],
    ),
    always(
        "request-id-empty",
        "The RequestId is empty.",
        &[common!("floor/request-id")],
        &[Effect::Reply(|reply, _| reply.request_id = Some(String::new()))],
    ),
    always(
        "request-id-always-the-same",
        "The RequestId is always the same.",
        &[common!("floor/request-id")],
        &[Effect::Reply(|reply, _| {
            reply.request_id = Some("8A1E8B2C-37F5-4E9E-9C1B-6B6B5C0C1D2E".into())
        })],
    ),
    when(
        |moment| !moment.accepted,
        "errors-without-request-id",
        "Errors have no RequestId.",
        &[common!("floor/request-id")],
        &[Effect::Reply(|reply, _| reply.request_id = None)],
    ),
];

fn each(reply: &mut Reply, edit: impl Fn(&mut Map<String, Value>)) {
    edit::each_row(reply, edit);
}

fn set_rows(reply: &mut Reply, value: impl Fn(&Value) -> Value) {
    let rows = edit::members(reply).and_then(|members| members.get_mut(ROWS));
    rows.into_iter().for_each(|rows| *rows = value(rows));
}

fn insert(reply: &mut Reply, name: &str, value: Value) {
    if let Some(members) = edit::members(reply) {
        members.insert(name.to_owned(), value);
    }
}

fn number(id: &Value) -> Value {
    let parsed = id.as_str().and_then(|text| text.parse::<u64>().ok());
    parsed.map_or_else(|| id.clone(), Value::from)
}

fn alone(rows: &Value) -> Value {
    match rows.as_array().map(Vec::as_slice) {
        Some([row]) => row.clone(),
        _ => rows.clone(),
    }
}

fn wrapped(rows: &Value) -> Value {
    Value::Object(Map::from_iter([("ResourceShareAssociation".to_owned(), rows.clone())]))
}

fn small(reply: &mut Reply, _: &Moment<'_>) {
    let Some(members) = edit::members(reply) else { return };
    *members = std::mem::take(members)
        .into_iter()
        .map(|(name, value)| (begin_small(&name), value))
        .collect();
}

fn begin_small(name: &str) -> String {
    let (first, rest) = name.split_at(name.len().min(1));
    format!("{}{rest}", first.to_ascii_lowercase())
}
