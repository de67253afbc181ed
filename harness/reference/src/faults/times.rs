//! Times that are wrong: their form, or what they name.

use super::tools::{self, lists_associations, named, removes, share_mut};
use super::{addition, always, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use jiff::Timestamp;
use serde_json::Value;
use sharespec_model::call::Reply;
use sharespec_wire::http::Response;

const HOUR: i64 = 3_600_000;

pub(super) const FAULTS: &[Change] = &[
    always(
        "times-without-zone",
        "Times have no zone.",
        &[common!("floor/time-format")],
        &[Effect::Reply(|reply, _| {
            edit::replace_times(reply, |text| text.trim_end_matches('Z').to_owned())
        })],
    ),
    always(
        "times-of-hangzhou",
        "Times have the offset of Hangzhou.",
        &[common!("floor/time-format")],
        &[Effect::Reply(|reply, _| {
            edit::replace_times(reply, |text| shifted(text, 8 * HOUR).replace('Z', "+08:00"))
        })],
    ),
    always(
        "times-with-an-offset-of-zero",
        "Times have an offset of zero in place of their Z.",
        &[common!("floor/time-z")],
        &[Effect::Reply(|reply, _| edit::replace_times(reply, |text| text.replace('Z', "+00:00")))],
    ),
    always(
        "times-with-a-blank",
        "Times have a blank between date and clock.",
        &[common!("floor/time-format")],
        &[Effect::Reply(|reply, _| edit::replace_times(reply, |text| text.replace('T', " ")))],
    ),
    always(
        "times-as-numbers",
        "Times are numbers of milliseconds.",
        &[common!("floor/time-format")],
        &[Effect::Reply(as_numbers)],
    ),
    always(
        "times-as-number-texts",
        "Times are texts that hold numbers of seconds.",
        &[common!("floor/time-format")],
        &[Effect::Reply(|reply, _| {
            edit::replace_times(reply, |text| (millis(text) / 1000).to_string())
        })],
    ),
    when(
        removes,
        "times-of-1970",
        "A removal answers times of 1970.",
        &[removal!("time/update"), removal!("time/create")],
        &[Effect::Reply(|reply, _| {
            edit::replace_times(reply, |_| "1970-01-01T00:00:00.000Z".to_owned())
        })],
    ),
    when(
        removes,
        "update-time-in-the-future",
        "UpdateTime in the answer of a removal is a day late.",
        &[removal!("time/update")],
        &[Effect::Reply(|reply, _| update(reply, 24 * HOUR))],
    ),
    when(
        removes,
        "update-time-in-the-past",
        "UpdateTime in the answer of a removal is an hour early.",
        &[removal!("time/update")],
        &[Effect::Reply(|reply, _| update(reply, -HOUR))],
    ),
    when(
        removes,
        "update-time-in-local-time",
        "UpdateTime in the answer of a removal is local time and says that it is UTC.",
        &[removal!("time/update")],
        &[Effect::Reply(|reply, _| update(reply, 8 * HOUR))],
    ),
    when(
        removes,
        "update-time-is-create-time",
        "UpdateTime in the answer of a removal is the CreateTime.",
        &[removal!("time/update")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                if let Some(time) = row.get("CreateTime").cloned() {
                    drop(row.insert("UpdateTime".into(), time))
                }
            })
        })],
    ),
    when(
        removes,
        "times-swapped",
        "CreateTime and UpdateTime are swapped in the answer of a removal.",
        &[removal!("time/update"), removal!("time/create")],
        &[Effect::Reply(swap)],
    ),
    when(
        removes,
        "create-time-hours-early",
        "CreateTime in the answer of a removal is an hour early.",
        &[removal!("time/create")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "CreateTime", |text| shifted(text, -HOUR))
        })],
    ),
    when(
        lists_associations,
        "listed-create-time-is-now",
        "CreateTime in a list is the time of the list.",
        &[other!("ListResourceShareAssociations/time/create"), common!("floor/same-answer")],
        &[Effect::Reply(|reply, moment| {
            edit::replace_text(reply, "CreateTime", |_| text(moment.now))
        })],
    ),
    when(
        lists_associations,
        "listed-update-time-is-now",
        "UpdateTime in a list is the time of the list.",
        &[other!("ListResourceShareAssociations/time/update"), common!("floor/same-answer")],
        &[Effect::Reply(|reply, moment| {
            edit::replace_text(reply, "UpdateTime", |_| text(moment.now))
        })],
    ),
    when(
        lists_associations,
        "listed-times-in-local-time",
        "Times in a list are local time and say that they are UTC.",
        &[
            other!("ListResourceShareAssociations/time/create"),
            other!("ListResourceShareAssociations/time/update"),
        ],
        &[Effect::Reply(|reply, _| edit::replace_times(reply, |text| shifted(text, 8 * HOUR)))],
    ),
    when(
        |moment| moment.accepted && removes(moment),
        "removal-changes-create-time",
        "A removal changes the CreateTime of its record.",
        &[removal!("time/create"), other!("ListResourceShareAssociations/time/create")],
        &[Effect::After(|state, moment| stamp(state, moment, true, moment.now))],
    ),
    when(
        |moment| moment.accepted && removes(moment),
        "removal-leaves-update-time",
        "A removal leaves the UpdateTime of its record in an earlier hour.",
        &[removal!("time/update"), other!("ListResourceShareAssociations/time/update")],
        &[Effect::After(|state, moment| stamp(state, moment, false, moment.now - HOUR))],
    ),
    when(
        |moment| moment.accepted && tools::associates(moment),
        "association-created-with-share",
        "CreateTime of an association is an hour before it.",
        &[addition!("time/create"), other!("ListResourceShareAssociations/time/create")],
        &[Effect::After(|state, moment| stamp(state, moment, true, moment.now - HOUR))],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "shared-resources-with-create-time-of-now",
        "CreateTime in a list of shared resources is the time of the list.",
        &[other!("ListSharedResources/time/create")],
        &[Effect::Reply(|reply, moment| later(reply, "CreateTime", moment))],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "shared-resources-updated-an-hour-ago",
        "UpdateTime in a list of shared resources is an hour early.",
        &[other!("ListSharedResources/time/update")],
        &[Effect::Reply(|reply, _| update(reply, -HOUR))],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "shared-targets-created-an-hour-ago",
        "CreateTime in a list of principals is an hour early.",
        &[other!("ListSharedTargets/time/create")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "CreateTime", |text| shifted(text, -HOUR))
        })],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "shared-targets-updated-tomorrow",
        "UpdateTime in a list of principals is a day late.",
        &[other!("ListSharedTargets/time/update")],
        &[Effect::Reply(|reply, _| update(reply, 24 * HOUR))],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "shares-updated-when-created",
        "UpdateTime of a listed share is its CreateTime.",
        &[other!("ListResourceShares/time/update")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                if let Some(time) = row.get("CreateTime").cloned() {
                    drop(row.insert("UpdateTime".into(), time))
                }
            })
        })],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "shares-created-when-updated",
        "CreateTime of a listed share is its UpdateTime.",
        &[other!("ListResourceShares/time/create")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                if let Some(time) = row.get("UpdateTime").cloned() {
                    drop(row.insert("CreateTime".into(), time))
                }
            })
        })],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitations-created-when-listed",
        "CreateTime of a listed invitation is the time of the list.",
        &[other!("ListResourceShareInvitations/time/create")],
        &[Effect::Reply(|reply, moment| later(reply, "CreateTime", moment))],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "accepted-invitations-created-now",
        "CreateTime of an accepted invitation is the time of its acceptance.",
        &[other!("AcceptResourceShareInvitation/time/create")],
        &[Effect::Reply(|reply, moment| later(reply, "CreateTime", moment))],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "rejected-invitations-created-now",
        "CreateTime of a rejected invitation is the time of its rejection.",
        &[other!("RejectResourceShareInvitation/time/create")],
        &[Effect::Reply(|reply, moment| later(reply, "CreateTime", moment))],
    ),
    always(
        "times-of-another-zone",
        "Times are those of a zone eight hours ahead and say that they are UTC.",
        &[common!("floor/clock")],
        &[Effect::Policy(|policy| policy.clock = 8 * HOUR)],
    ),
    always(
        "times-of-another-zone-beside-the-date",
        "Times are those of a zone half an hour behind UTC, which the date of the answer is in.",
        &[common!("floor/own-clock"), common!("floor/clock")],
        &[Effect::Policy(|policy| policy.clock = -HOUR / 2), Effect::Bytes(dated)],
    ),
    always(
        "times-of-hangzhou-as-utc-beside-the-date",
        "Times are those of Hangzhou and say that they are UTC, which the date of the answer is in.",
        &[common!("floor/own-clock"), common!("floor/clock")],
        &[Effect::Policy(|policy| policy.clock = 8 * HOUR), Effect::Bytes(dated)],
    ),
    when(
        tools::associates,
        "association-updated-never",
        "UpdateTime in the answer of an association is that of 1970.",
        &[addition!("time/update")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "UpdateTime", |_| "1970-01-01T00:00:00.000Z".to_owned())
        })],
    ),
];

fn millis(text: &str) -> i64 {
    text.parse::<Timestamp>().map_or(0, Timestamp::as_millisecond)
}

fn text(millis: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Gives a time the moment of the answer.
fn later(reply: &mut Reply, name: &str, moment: &Moment<'_>) {
    edit::replace_text(reply, name, |_| text(moment.now));
}

/// Gives an answer its date.
pub fn dated(response: &mut Response, moment: &Moment<'_>) {
    edit::date(response, moment.now);
}

fn shifted(time: &str, by: i64) -> String {
    text(millis(time) + by)
}

fn update(reply: &mut Reply, by: i64) {
    edit::replace_text(reply, "UpdateTime", |text| shifted(text, by));
}

fn as_numbers(reply: &mut Reply, _: &Moment<'_>) {
    for name in ["CreateTime", "UpdateTime"] {
        edit::replace(reply, name, |value| {
            value.as_str().map_or(Value::Null, |text| millis(text).into())
        });
    }
}

fn swap(reply: &mut Reply, _: &Moment<'_>) {
    edit::each_row(reply, |row| {
        if let (Some(created), Some(updated)) = (row.remove("CreateTime"), row.remove("UpdateTime"))
        {
            row.insert("CreateTime".into(), updated);
            row.insert("UpdateTime".into(), created);
        }
    });
}

/// Gives the rows of what the call names another time.
fn stamp(state: &mut crate::state::State, moment: &Moment<'_>, created: bool, time: i64) {
    let named = named(moment);
    let Some(share) = share_mut(state, moment) else { return };
    for row in share.rows.iter_mut().filter(|row| named.contains(&row.entity)) {
        if created {
            row.created = time;
        } else {
            row.updated = time;
        }
    }
}
