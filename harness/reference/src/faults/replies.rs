//! Replies that show the wrong things: rows, members, types, enums.

use super::tools::{associates, removes};
use super::{addition, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use serde_json::{Map, Value};
use sharespec_model::call::Reply;

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "answer-without-rows",
        "The answer of a removal has no rows.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, Vec::clear))],
    ),
    when(
        removes,
        "answer-with-first-row-only",
        "The answer of a removal has the first row only.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, |rows| rows.truncate(1)))],
    ),
    when(
        removes,
        "answer-with-row-twice",
        "The answer of a removal has a row twice.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, repeat_last))],
    ),
    when(
        removes,
        "answer-with-other-entity",
        "The answer of a removal has the row of an entity that was not named.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, add_other))],
    ),
    when(
        removes,
        "answer-without-targets",
        "The answer of a removal has rows of resources only.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| {
            edit_rows(reply, |rows| rows.retain(|row| is(row, "AssociationType", "Resource")))
        })],
    ),
    when(
        removes,
        "answer-without-resources",
        "The answer of a removal has rows of principals only.",
        &[removal!("effect/rows")],
        &[Effect::Reply(|reply, _| {
            edit_rows(reply, |rows| rows.retain(|row| is(row, "AssociationType", "Target")))
        })],
    ),
    when(
        removes,
        "answer-of-another-share",
        "The rows of a removal have the id of another share.",
        &[removal!("effect/rows"), removal!("member/ResourceShareAssociations[].ResourceShareId")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "ResourceShareId", |id| id.chars().rev().collect())
        })],
    ),
    when(
        removes,
        "answer-says-associated",
        "The rows of a removal say Associated.",
        &[removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| {
            edit::replace(reply, "AssociationStatus", |_| "Associated".into())
        })],
    ),
    when(
        removes,
        "answer-names-the-share-by-id",
        "ResourceShareName is the id of the share.",
        &[
            removal!("member/ResourceShareAssociations[].ResourceShareName"),
            removal!("effect/rows"),
        ],
        &[Effect::Reply(name_by_id)],
    ),
    when(
        removes,
        "association-types-swapped",
        "Resources are Target, and principals are Resource.",
        &[removal!("member/ResourceShareAssociations[].AssociationType"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit::replace_text(reply, "AssociationType", swapped))],
    ),
    when(
        removes,
        "entity-type-is-association-type",
        "EntityType is Resource or Target.",
        &[removal!("member/ResourceShareAssociations[].EntityType"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| each(reply, |row| copy(row, "AssociationType", "EntityType")))],
    ),
    when(
        removes,
        "entity-type-always-account",
        "EntityType is Account for resources too.",
        &[removal!("member/ResourceShareAssociations[].EntityType"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit::replace(reply, "EntityType", |_| "Account".into()))],
    ),
    when(
        removes,
        "entity-type-in-lower-case",
        "EntityType is in lower case.",
        &[removal!("member/ResourceShareAssociations[].EntityType"), removal!("effect/rows")],
        &[Effect::Reply(|reply, _| edit::replace_text(reply, "EntityType", str::to_lowercase))],
    ),
    when(
        removes,
        "entity-id-is-arn",
        "EntityId of a resource is its ARN.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("member/ResourceShareAssociations[].EntityId"),
            removal!("effect/rows"),
        ],
        &[Effect::Reply(|reply, _| each(reply, |row| copy(row, "ResourceArn", "EntityId")))],
    ),
    when(
        removes,
        "arn-of-another-resource",
        "ResourceArn names another resource.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("member/ResourceShareAssociations[].ResourceArn"),
            removal!("effect/rows"),
        ],
        &[Effect::Reply(|reply, _| edit::replace_text(reply, "ResourceArn", other_arn))],
    ),
    when(
        removes,
        "arn-in-rows-of-targets",
        "Rows of principals have a ResourceArn.",
        &[removal!("shape/target-arn")],
        &[Effect::Reply(|reply, _| each(reply, arn_for_all))],
    ),
    when(
        associates,
        "arn-in-rows-of-new-targets",
        "Rows of principals that are associated have a ResourceArn.",
        &[addition!("shape/target-arn")],
        &[Effect::Reply(|reply, _| each(reply, arn_for_all))],
    ),
    when(
        associates,
        "association-answered-with-row-twice",
        "The answer of an association has a row twice.",
        &[addition!("effect/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, repeat_last))],
    ),
];

fn each(reply: &mut Reply, edit: impl Fn(&mut Map<String, Value>)) {
    edit::each_row(reply, edit);
}

fn edit_rows(reply: &mut Reply, edit: impl Fn(&mut Vec<Value>)) {
    edit::list(reply).into_iter().for_each(edit);
}

fn is(row: &Value, name: &str, value: &str) -> bool {
    row.get(name).and_then(Value::as_str) == Some(value)
}

fn repeat_last(rows: &mut Vec<Value>) {
    if let Some(last) = rows.last().cloned() {
        rows.push(last);
    }
}

fn add_other(rows: &mut Vec<Value>) {
    let Some(mut other) = rows.last().cloned() else { return };
    if let Some(members) = other.as_object_mut() {
        members.insert("EntityId".into(), "1720505253000099".into());
        members.insert("AssociationType".into(), "Target".into());
        members.insert("EntityType".into(), "Account".into());
        members.remove("ResourceArn");
    }
    rows.push(other);
}

fn name_by_id(reply: &mut Reply, _: &Moment<'_>) {
    each(reply, |row| copy(row, "ResourceShareId", "ResourceShareName"));
}

fn copy(row: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = row.get(from).filter(|value| value.as_str() != Some("")).cloned() {
        row.insert(to.to_owned(), value);
    }
}

fn swapped(kind: &str) -> String {
    if kind == "Resource" { "Target".into() } else { "Resource".into() }
}

fn other_arn(arn: &str) -> String {
    if arn.is_empty() { String::new() } else { format!("{arn}9") }
}

fn arn_for_all(row: &mut Map<String, Value>) {
    let arn = "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1p01aa9x";
    row.entry("ResourceArn").or_insert_with(|| arn.into());
}
