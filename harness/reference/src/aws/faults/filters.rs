//! Faults of lists by a filter, of what others share, of times and of tags.

use super::tools::lists_shares;
use crate::change::{Change, Effect, Moment};
use crate::edit::{drop_member, each_row, list, replace, replace_text};
use crate::faults::tools::{caller, share_mut};
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
        "removed-resources-still-seen",
        "Principals see the resources on that were removed.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Reply(|reply, moment| add(reply, moment, joined))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResources"),
        "removed-principals-still-see",
        "Who was removed sees the resources on.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Reply(|reply, moment| add(reply, moment, parted))],
    ),
    when(
        of_others,
        "removal-ends-every-way",
        "Who was removed once sees nothing of the share, though a principal in another way.",
        ROWS,
        &[Effect::Reply(end_every_way)],
    ),
    when(
        lists_associations,
        "every-resource-listed",
        "A list of all associations has the resources of everybody.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(of_everybody)],
    ),
    when(
        |moment| lists_associations(moment) && moment.text("principal").is_some(),
        "one-filter-at-a-time",
        "A list of one principal has every status.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "associationStatus"))],
    ),
    when(
        |moment| lists_associations(moment) && moment.text("associationStatus").is_some(),
        "status-alone-filters",
        "A list of one status has every principal.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| ignore(call, "principal"))],
    ),
    when(
        |moment| lists_associations(moment) && moment.text("principal").is_some(),
        "principals-by-a-part",
        "A list of one principal has those whose names it is a part of.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(by_a_part)],
    ),
    when(
        |moment| lists_shares(moment) && moment.text("name").is_some(),
        "names-by-their-beginning",
        "A list of one name has those that begin with it.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(by_beginning)],
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
        |moment| moment.is("UpdateResourceShare"),
        "tags-lost-with-the-name",
        "A share that is changed loses its tags.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment).filter(|_| moment.accepted) {
                share.tags.clear();
            }
        })],
    ),
    when(
        lists_shares,
        "tags-in-one-case",
        "A list of shares shows tags in small letters.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                let tags = row.get_mut("tags").and_then(Value::as_array_mut);
                for value in tags.into_iter().flatten().filter_map(|tag| tag.get_mut("value")) {
                    *value = value.as_str().map(str::to_lowercase).into();
                }
            })
        })],
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

/// Whether a row makes the caller a principal.
fn joined(moment: &Moment<'_>, row: &crate::state::Row) -> bool {
    row.status == AssociationStatus::Associated && is_of_caller(moment, row)
}

/// Whether a row made the caller a principal, and is over.
fn parted(moment: &Moment<'_>, row: &crate::state::Row) -> bool {
    row.status.is_ended() && is_of_caller(moment, row)
}

fn is_of_caller(moment: &Moment<'_>, row: &crate::state::Row) -> bool {
    let reached = |caller| {
        row.entity == moment.world.principal_of(caller) || moment.world.covers(&row.entity, caller)
    };
    caller(moment).is_some_and(reached)
}

/// Takes out what is of shares that the caller was removed from.
fn end_every_way(reply: &mut Reply, moment: &Moment<'_>) {
    let over = |row: &Value| {
        let id = row["resourceShareArn"].as_str();
        let share = moment.state.shares.iter().find(|share| Some(share.id.as_str()) == id);
        share.is_some_and(|share| share.rows.iter().any(|row| parted(moment, row)))
    };
    list(reply).into_iter().for_each(|rows| rows.retain(|row| !over(row)));
}

fn lists_associations(moment: &Moment<'_>) -> bool {
    moment.is("GetResourceShareAssociations")
}

/// Adds the associations of everybody, of resources.
fn of_everybody(reply: &mut Reply, moment: &Moment<'_>) {
    let whole = moment.list("resourceShareArns").is_empty();
    if !whole || moment.text("associationType") != Some("RESOURCE") {
        return;
    }
    let own = caller(moment);
    let Some(rows) = list(reply) else { return };
    for share in moment.state.shares.iter().filter(|share| Some(share.owner) != own) {
        let live = |row: &&crate::state::Row| row.status == AssociationStatus::Associated;
        for row in share.rows.iter().filter(live).filter(|row| row.entity.is_resource()) {
            rows.push(json!({
                "resourceShareArn": share.id,
                "associatedEntity": moment.world.entity_id(&row.entity),
                "associationType": "RESOURCE",
                "status": "ASSOCIATED",
                "creationTime": row.created / 1000,
                "lastUpdatedTime": row.updated / 1000,
            }));
        }
    }
}

/// Adds the principals of which the one that is asked for is a part.
fn by_a_part(reply: &mut Reply, moment: &Moment<'_>) {
    let Some(asked) = moment.text("principal") else { return };
    let named = moment.list("resourceShareArns");
    let Some(rows) = list(reply) else { return };
    let Some(example) = rows.first().cloned() else { return };
    let own = caller(moment);
    let of_caller = moment.state.shares.iter().filter(|share| Some(share.owner) == own);
    for share in of_caller.filter(|share| named.contains(&json!(share.id))) {
        for row in &share.rows {
            let id = moment.world.entity_id(&row.entity);
            if id != asked && id.contains(asked) {
                let mut more = example.clone();
                if let Some(members) = more.as_object_mut() {
                    members.insert("associatedEntity".into(), id.into());
                }
                rows.push(more);
            }
        }
    }
}

/// Adds the shares whose names begin with the one that is asked for.
fn by_beginning(reply: &mut Reply, moment: &Moment<'_>) {
    let Some(asked) = moment.text("name") else { return };
    let Some(rows) = list(reply) else { return };
    let Some(example) = rows.first().cloned() else { return };
    let own = caller(moment);
    for share in moment.state.shares.iter().filter(|share| Some(share.owner) == own) {
        if share.name != asked && share.name.starts_with(asked) {
            let mut more = example.clone();
            if let Some(members) = more.as_object_mut() {
                members.insert("resourceShareArn".into(), share.id.clone().into());
                members.insert("name".into(), share.name.clone().into());
            }
            rows.push(more);
        }
    }
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
