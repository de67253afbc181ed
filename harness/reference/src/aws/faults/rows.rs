//! Faults of the rows that a removal shows.

use crate::change::{Change, Effect, Moment};
use crate::edit::{drop_member, each_row, list, members, replace, replace_text};
use crate::faults::tools::removes;
use crate::faults::when;
use serde_json::{Value, json};
use sharespec_model::call::Reply;

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "row-without-entity",
        "Rows have no associatedEntity.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associatedEntity"],
        &[Effect::Reply(|reply, _| drop_member(reply, "associatedEntity"))],
    ),
    when(
        removes,
        "row-without-type",
        "Rows have no associationType.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associationType"],
        &[Effect::Reply(|reply, _| drop_member(reply, "associationType"))],
    ),
    when(
        removes,
        "row-without-creation-time",
        "Rows have no creationTime.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].creationTime"],
        &[Effect::Reply(|reply, _| drop_member(reply, "creationTime"))],
    ),
    when(
        removes,
        "row-without-update-time",
        "Rows have no lastUpdatedTime.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].lastUpdatedTime"],
        &[Effect::Reply(|reply, _| drop_member(reply, "lastUpdatedTime"))],
    ),
    when(
        removes,
        "row-without-share",
        "Rows have no resourceShareArn.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].resourceShareArn"],
        &[Effect::Reply(|reply, _| drop_member(reply, "resourceShareArn"))],
    ),
    when(
        removes,
        "row-without-status",
        "Rows have no status.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| drop_member(reply, "status"))],
    ),
    when(
        removes,
        "no-rows",
        "The answer has no rows.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        removes,
        "first-row-alone",
        "The answer has the first row alone.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| rows.truncate(1)))],
    ),
    when(
        removes,
        "rows-twice",
        "Each row comes twice.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| {
            list(reply).into_iter().for_each(|rows| rows.extend(rows.clone()))
        })],
    ),
    when(
        removes,
        "row-of-another",
        "The answer has a row of what the call does not name.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(extra_row)],
    ),
    when(
        removes,
        "status-in-capitalized-words",
        "Statuses are written Disassociating.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", capitalized))],
    ),
    when(
        removes,
        "status-stays-associated",
        "The answer says ASSOCIATED.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", |_| "ASSOCIATED".into()))],
    ),
    when(
        removes,
        "status-unknown",
        "The answer says REMOVED.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", |_| "REMOVED".into()))],
    ),
    when(
        removes,
        "type-is-target",
        "Principals are called TARGET.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associationType"],
        &[Effect::Reply(|reply, _| {
            replace_text(reply, "associationType", |text| text.replace("PRINCIPAL", "TARGET"))
        })],
    ),
    when(
        removes,
        "types-swapped",
        "Principals are called RESOURCE and the reverse.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].associationType",
            "aws-ram-disassociate/effect/rows",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "associationType", swapped))],
    ),
    when(
        removes,
        "times-as-text",
        "Times are texts.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].creationTime",
            "aws-gateway/floor/time-format",
        ],
        &[Effect::Reply(|reply, _| {
            replace(reply, "creationTime", |_| json!("2026-01-01T00:00:00Z"))
        })],
    ),
    when(
        removes,
        "times-in-milliseconds",
        "Times are milliseconds.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].lastUpdatedTime",
            "aws-gateway/floor/time-format",
        ],
        &[Effect::Reply(|reply, _| {
            replace(reply, "lastUpdatedTime", |time| {
                json!(time.as_f64().unwrap_or_default() * 1000.0)
            })
        })],
    ),
    when(
        removes,
        "update-time-of-creation",
        "lastUpdatedTime is the time of the creation.",
        &["aws-ram-disassociate/time/update"],
        &[Effect::Reply(update_of_creation)],
    ),
    when(
        removes,
        "update-time-early",
        "lastUpdatedTime is a minute early.",
        &["aws-ram-disassociate/time/update"],
        &[Effect::Reply(|reply, _| {
            replace(reply, "lastUpdatedTime", |time| {
                json!(time.as_f64().unwrap_or_default() - 60.5)
            })
        })],
    ),
    when(
        removes,
        "creation-time-of-removal",
        "creationTime is the time of the removal.",
        &["aws-ram-disassociate/time/create"],
        &[Effect::Reply(creation_of_update)],
    ),
    when(
        removes,
        "external-as-text",
        "external is a text.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].external"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| drop(row.insert("external".into(), "true".into())))
        })],
    ),
    when(
        removes,
        "message-as-object",
        "statusMessage is an object.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].statusMessage"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| drop(row.insert("statusMessage".into(), json!({}))))
        })],
    ),
    when(
        removes,
        "share-name-of-another",
        "Rows have the name of another share.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].resourceShareName"],
        &[Effect::Reply(|reply, _| {
            replace_text(reply, "resourceShareName", |name| format!("{name}x"))
        })],
    ),
    when(
        removes,
        "share-id-for-arn",
        "Rows have the id of the share alone.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].resourceShareArn",
            "aws-ram-disassociate/isolation/others",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "resourceShareArn", last_part))],
    ),
    when(
        removes,
        "entity-id-for-arn",
        "Rows have the id of an entity alone.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].associatedEntity",
            "aws-ram-disassociate/effect/rows",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "associatedEntity", last_part))],
    ),
    when(
        removes,
        "list-is-object",
        "The list of rows is an object.",
        &["aws-ram-disassociate/member/resourceShareAssociations"],
        &[Effect::Reply(|reply, _| {
            drop(
                members(reply)
                    .map(|members| members.insert("resourceShareAssociations".into(), json!({}))),
            )
        })],
    ),
];

fn extra_row(reply: &mut Reply, _: &Moment<'_>) {
    let Some(rows) = list(reply) else { return };
    let mut extra = rows.first().cloned();
    if let Some(Value::Object(row)) = &mut extra {
        row.insert("associatedEntity".into(), "210987654325".into());
        row.insert("associationType".into(), "PRINCIPAL".into());
    }
    rows.extend(extra);
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().collect::<String>();
    first + &letters.as_str().to_ascii_lowercase()
}

fn swapped(text: &str) -> String {
    if text == "PRINCIPAL" { "RESOURCE".to_owned() } else { "PRINCIPAL".to_owned() }
}

fn last_part(text: &str) -> String {
    text.rsplit('/').next().unwrap_or_default().to_owned()
}

fn update_of_creation(reply: &mut Reply, _: &Moment<'_>) {
    each_row(reply, |row| {
        if let Some(created) = row.get("creationTime").cloned() {
            row.insert("lastUpdatedTime".into(), created);
        }
    });
}

fn creation_of_update(reply: &mut Reply, _: &Moment<'_>) {
    each_row(reply, |row| {
        if let Some(updated) = row.get("lastUpdatedTime").cloned() {
            row.insert("creationTime".into(), updated);
        }
    });
}
