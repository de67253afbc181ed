//! Faults of lists by a filter, of what others share, of times and of tags.

use super::tools::lists_shares;
use crate::change::{Change, Effect, Moment};
use crate::edit::{drop_member, each_row, list, replace, replace_text};
use crate::faults::tools::caller;
use crate::faults::when;
use serde_json::{Value, json};
use sharespec_model::call::{Call, Reply};
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::PrincipalKind;

/// The rules of all lists of what others share.
const ROWS: &[&str] = &[
    "aws-ram-operations/GetResourceShares/list/rows",
    "aws-ram-operations/ListResources/list/rows",
    "aws-ram-operations/ListPrincipals/list/owners",
];

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| of_others(moment) && through(moment, false),
        "organization-shares-with-nobody",
        "Who is a principal through the organization sees nothing.",
        ROWS,
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| of_others(moment) && through(moment, true),
        "units-share-with-nobody",
        "Who is a principal through a unit sees nothing.",
        ROWS,
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResources"),
        "units-share-with-everyone",
        "What is shared with a unit is listed to the whole organization.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Reply(|reply, moment| add(reply, moment, of_a_unit))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResources"),
        "invited-see-resources",
        "Who is invited sees the resources before it accepts.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Reply(|reply, moment| add(reply, moment, invited))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResources"),
        "type-ignored-of-others",
        "A list of what others share shows every type.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "resourceType"))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResources"),
        "arns-ignored-of-others",
        "A list of what others share shows every resource.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "resourceArns"))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-of-every-resource",
        "A list of the principals of a resource has all.",
        &["aws-ram-operations/ListPrincipals/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "resourceArn"))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-of-every-type",
        "A list of the principals of a type has all.",
        &["aws-ram-operations/ListPrincipals/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "resourceType"))],
    ),
    when(
        lists_shares,
        "shares-of-every-tag",
        "A list of one tag has all.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "tagFilters"))],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "tags-lost",
        "A new share loses its tags.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::Call(|call, _| ignore(call, "tags"))],
    ),
    when(
        lists_shares,
        "tags-not-shown",
        "A list of shares shows no tags.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::Reply(|reply, _| drop_member(reply, "tags"))],
    ),
    when(
        lists_shares,
        "first-tag-shown-alone",
        "A list of shares shows one tag of each.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                let tags = row.get_mut("tags").and_then(Value::as_array_mut);
                tags.into_iter().for_each(|tags| tags.truncate(1));
            })
        })],
    ),
    when(
        |moment| lists_shares(moment) && of_others(moment),
        "principals-see-another-setting",
        "To a principal a share shows the other value of allowExternalPrincipals.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Reply(|reply, _| {
            replace(reply, "allowExternalPrincipals", |flag| json!(flag != &json!(true)))
        })],
    ),
    when(
        |moment| lists_shares(moment) && of_others(moment),
        "principals-see-another-name",
        "To a principal a share shows its name in capitals.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Reply(|reply, _| replace_text(reply, "name", str::to_ascii_uppercase))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-created-an-hour-ago",
        "creationTime of a listed principal is an hour early.",
        &["aws-ram-operations/ListPrincipals/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "creationTime", -3600.0))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-updated-tomorrow",
        "lastUpdatedTime of a listed principal is a day late.",
        &["aws-ram-operations/ListPrincipals/time/update"],
        &[Effect::Reply(|reply, _| shift(reply, "lastUpdatedTime", 86400.0))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "resources-created-an-hour-ago",
        "creationTime of a listed resource is an hour early.",
        &["aws-ram-operations/ListResources/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "creationTime", -3600.0))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "resources-updated-tomorrow",
        "lastUpdatedTime of a listed resource is a day late.",
        &["aws-ram-operations/ListResources/time/update"],
        &[Effect::Reply(|reply, _| shift(reply, "lastUpdatedTime", 86400.0))],
    ),
    when(
        lists_shares,
        "shares-created-an-hour-ago",
        "creationTime of a listed share is an hour early.",
        &["aws-ram-operations/GetResourceShares/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "creationTime", -3600.0))],
    ),
    when(
        lists_shares,
        "shares-updated-when-created",
        "lastUpdatedTime of a listed share is its creationTime.",
        &["aws-ram-operations/GetResourceShares/time/update"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                if let Some(time) = row.get("creationTime").cloned() {
                    drop(row.insert("lastUpdatedTime".into(), time))
                }
            })
        })],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-sent-an-hour-ago",
        "invitationTimestamp of a listed invitation is an hour early.",
        &["aws-ram-operations/GetResourceShareInvitations/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "invitationTimestamp", -3600.0))],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "accepted-invitations-sent-tomorrow",
        "invitationTimestamp of an accepted invitation is a day late.",
        &["aws-ram-operations/AcceptResourceShareInvitation/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "invitationTimestamp", 86400.0))],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "rejected-invitations-sent-tomorrow",
        "invitationTimestamp of a rejected invitation is a day late.",
        &["aws-ram-operations/RejectResourceShareInvitation/time/create"],
        &[Effect::Reply(|reply, _| shift(reply, "invitationTimestamp", 86400.0))],
    ),
];

fn of_others(moment: &Moment<'_>) -> bool {
    moment.text("resourceOwner") == Some("OTHER-ACCOUNTS")
}

fn ignore(call: &mut Call, name: &str) {
    call.arguments.remove(name);
}

fn shift(reply: &mut Reply, name: &str, seconds: f64) {
    replace(reply, name, |time| time.as_f64().map_or(Value::Null, |time| json!(time + seconds)));
}

/// Whether the caller is a principal of some share through a group: a unit, or the organization.
fn through(moment: &Moment<'_>, unit: bool) -> bool {
    let Some(caller) = caller(moment) else { return false };
    let mut rows = moment.state.shares.iter().flat_map(|share| &share.rows);
    rows.any(|row| {
        let group = match moment.world.principal_entry(&row.entity) {
            Some((_, PrincipalKind::Folder(..))) => unit,
            Some((_, PrincipalKind::Directory(_))) => !unit,
            _ => false,
        };
        group
            && row.status == AssociationStatus::Associated
            && moment.world.covers(&row.entity, caller)
    })
}

/// Whether a row is of a unit in the organization of the caller.
fn of_a_unit(moment: &Moment<'_>, row: &crate::state::Row) -> bool {
    let own = caller(moment).and_then(|caller| moment.world.directory_of(caller));
    let entry = moment.world.principal_entry(&row.entity);
    own.is_some() && matches!(entry, Some((_, PrincipalKind::Folder(at, _))) if Some(at) == own)
}

/// Whether a row is of the caller, who has not accepted.
fn invited(moment: &Moment<'_>, row: &crate::state::Row) -> bool {
    let own = caller(moment).map(|caller| moment.world.principal_of(caller));
    row.status == AssociationStatus::Associating && Some(&row.entity) == own.as_ref()
}

/// Adds the resources of the shares of others with such a principal.
fn add(
    reply: &mut Reply,
    moment: &Moment<'_>,
    chosen: fn(&Moment<'_>, &crate::state::Row) -> bool,
) {
    let own = caller(moment);
    let Some(rows) = list(reply) else { return };
    for share in &moment.state.shares {
        if Some(share.owner) == own || !share.rows.iter().any(|row| chosen(moment, row)) {
            continue;
        }
        for row in share.rows.iter().filter(|row| row.entity.is_resource()) {
            let arn = moment.world.entity_id(&row.entity);
            if !rows.iter().any(|each| each["arn"] == arn && each["resourceShareArn"] == share.id) {
                rows.push(json!({ "arn": arn, "resourceShareArn": share.id }));
            }
        }
    }
}
