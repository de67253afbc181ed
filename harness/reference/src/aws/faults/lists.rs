//! Faults of lists.

use super::tools::lists_shares;
use crate::change::{Change, Effect, Moment};
use crate::edit::{each_row, list};
use crate::faults::tools::{caller, lists_associations, share};
use crate::faults::{always, when};
use crate::state::{Row, Share};
use serde_json::{Value, json};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::status::{AssociationStatus, ShareStatus};

pub(super) const FAULTS: &[Change] = &[
    when(
        lists_associations,
        "associations-of-both-types",
        "A list of one type has the other as well.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(both_types)],
    ),
    when(
        lists_associations,
        "associations-of-every-share",
        "A list of one share has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareArns")))],
    ),
    when(
        lists_associations,
        "associations-of-every-status",
        "A list of one status has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("associationStatus")))],
    ),
    when(
        |moment| asks_for(moment, "ASSOCIATED"),
        "joining-counts-as-joined",
        "A list of what is associated has what is being associated.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(|reply, moment| add_moving(reply, moment, AssociationStatus::Associating))],
    ),
    when(
        |moment| asks_for(moment, "DISASSOCIATED"),
        "leaving-counts-as-left",
        "A list of what was removed has what is being removed.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(|reply, moment| {
            add_moving(reply, moment, AssociationStatus::Disassociating);
        })],
    ),
    when(
        |moment| asks_for(moment, "ASSOCIATING") || asks_for(moment, "DISASSOCIATING"),
        "statuses-in-transition-not-found",
        "A list of a status that does not last is empty.",
        &["aws-ram-operations/GetResourceShareAssociations/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| lists_shares(moment) && moment.text("resourceShareStatus") == Some("ACTIVE"),
        "deleting-counts-as-active",
        "A list of active shares has those that are being deleted.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(add_deleting)],
    ),
    when(
        |moment| lists_shares(moment) && moment.text("resourceShareStatus") == Some("DELETING"),
        "deleting-not-found",
        "A list of shares that are being deleted is empty.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        lists_associations,
        "associations-of-every-principal",
        "A list of one principal has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("principal")))],
    ),
    when(
        lists_associations,
        "associations-of-every-resource",
        "A list of one resource has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceArn")))],
    ),
    when(
        |moment| lists_associations(moment) && moment.text("associationType") == Some("SOURCE"),
        "sources-are-principals",
        "A list of sources has the principals.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[
            Effect::Overlook(&["parameters/later"]),
            Effect::Call(|call, _| {
                call.arguments.insert("associationType".into(), "PRINCIPAL".into());
            }),
        ],
    ),
    when(
        lists_associations,
        "associations-lost",
        "The last row of a list is lost.",
        &["aws-ram-operations/GetResourceShareAssociations/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| drop(rows.pop())))],
    ),
    when(
        lists_associations,
        "associations-page-too-long",
        "A page is longer than asked.",
        &["aws-ram-operations/GetResourceShareAssociations/list/paging"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("maxResults")))],
    ),
    when(
        |moment| {
            lists_associations(moment)
                && moment.call.is_some_and(|call| call.arguments.contains_key("maxResults"))
        },
        "associations-token-for-ever",
        "Each page announces the first again.",
        &["aws-ram-operations/GetResourceShareAssociations/list/paging"],
        &[Effect::Reply(same_token)],
    ),
    when(
        lists_shares,
        "shares-of-others-listed",
        "Shares of other accounts are listed as the caller's own.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(all_shares)],
    ),
    always(
        "shares-of-others-shown-and-deleted",
        "Shares of other accounts are listed as the caller's own, and may be deleted by whoever names them.",
        &[
            "aws-ram-operations/GetResourceShares/list/isolation",
            "aws-ram-operations/DeleteResourceShare/error/UnknownResourceException",
            "aws-ram-operations/DeleteResourceShare/error/OperationNotPermittedException",
        ],
        &[
            Effect::Reply(|reply, moment| {
                if lists_shares(moment) {
                    all_shares(reply, moment);
                }
            }),
            Effect::Call(delete_as_owner),
        ],
    ),
    when(
        lists_shares,
        "shares-of-every-name",
        "A list of one name has all.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("name")))],
    ),
    when(
        lists_shares,
        "shares-lost",
        "The last share of a list is lost.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| drop(rows.pop())))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-resources-lost",
        "What is shared is not listed.",
        &["aws-ram-operations/ListResources/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-lost",
        "Principals are not listed.",
        &["aws-ram-operations/ListPrincipals/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-lost",
        "Invitations are not listed.",
        &["aws-ram-operations/GetResourceShareInvitations/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-from-their-receiver",
        "Who received an invitation is said to have sent it.",
        &["aws-ram-operations/GetResourceShareInvitations/list/rows"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                let receiver = row.get("receiverAccountId").cloned();
                row.extend(receiver.map(|receiver| ("senderAccountId".to_owned(), receiver)));
            });
        })],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-of-every-arn",
        "A list of some resources has all.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceArns")))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-with-everyone",
        "A list of what one principal has has all.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("principal")))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-of-every-type",
        "A list of one type has all.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceType")))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-of-every-share",
        "A list of one share has all.",
        &["aws-ram-operations/ListResources/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareArns")))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "every-principal-listed",
        "A list of some principals has all.",
        &["aws-ram-operations/ListPrincipals/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("principals")))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-of-every-share",
        "A list of one share has all.",
        &["aws-ram-operations/ListPrincipals/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareArns")))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-of-every-share",
        "A list of one share has all.",
        &["aws-ram-operations/GetResourceShareInvitations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareArns")))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "every-invitation-listed",
        "A list of some invitations has all.",
        &["aws-ram-operations/GetResourceShareInvitations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareInvitationArns")))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "first-arn-alone",
        "Of a filter the first entry counts alone.",
        &["aws-ram-operations/ListResources/list/rows"],
        &[Effect::Call(|call, _| first_alone(call, "resourceArns"))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "first-principal-alone",
        "Of a filter the first entry counts alone.",
        &["aws-ram-operations/ListPrincipals/list/rows"],
        &[Effect::Call(|call, _| first_alone(call, "principals"))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "first-invitation-alone",
        "Of a filter the first entry counts alone.",
        &["aws-ram-operations/GetResourceShareInvitations/list/rows"],
        &[Effect::Call(|call, _| first_alone(call, "resourceShareInvitationArns"))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-of-first-share-alone",
        "Of a filter the first entry counts alone.",
        &["aws-ram-operations/GetResourceShareInvitations/list/rows"],
        &[Effect::Call(|call, _| first_alone(call, "resourceShareArns"))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-of-the-sender",
        "Whoever sent invitations sees them as if they had come.",
        &["aws-ram-operations/GetResourceShareInvitations/list/isolation"],
        &[Effect::Reply(sent)],
    ),
];

/// Leaves the first entry of a filter.
fn first_alone(call: &mut Call, name: &str) {
    if let Some(Value::Array(entries)) = call.arguments.get_mut(name) {
        entries.truncate(1);
    }
}

/// Adds the invitations to the shares of the caller.
fn sent(reply: &mut Reply, moment: &Moment<'_>) {
    let (own, state) = (caller(moment), moment.state);
    let Some(rows) = list(reply) else { return };
    for invitation in &state.invitations {
        let Some(share) = state.shares.get(invitation.share) else { continue };
        if Some(share.owner) == own {
            rows.push(json!({
                "resourceShareInvitationArn": invitation.id,
                "resourceShareArn": share.id,
                "senderAccountId": moment.world.account_id(share.owner),
                "receiverAccountId": moment.world.account_id(invitation.receiver),
                "invitationTimestamp": 1_700_000_000,
                "status": "PENDING",
            }));
        }
    }
}

/// Adds rows of the other type.
fn both_types(reply: &mut Reply, moment: &Moment<'_>) {
    let asked = moment.text("associationType").map(str::to_owned);
    let share = moment.list("resourceShareArns").first().and_then(Value::as_str);
    let Some(share) = share.and_then(|arn| moment.state.position(arn)) else { return };
    let Some(share) = moment.state.shares.get(share) else { return };
    let other = share
        .rows
        .iter()
        .find(|row| row.entity.is_resource() == (asked.as_deref() == Some("PRINCIPAL")));
    let Some(other) = other else { return };
    let entity = moment.world.entity_id(&other.entity).to_owned();
    let kind = if other.entity.is_resource() { "RESOURCE" } else { "PRINCIPAL" };
    let Some(rows) = list(reply) else { return };
    if let Some(Value::Object(mut row)) = rows.first().cloned() {
        row.insert("associatedEntity".into(), entity.into());
        row.insert("associationType".into(), kind.into());
        rows.push(Value::Object(row));
    }
}

fn same_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Body::Success(members) = &mut reply.body {
        members.insert("nextToken".into(), crate::pages::token(0).into());
    }
}

/// Whether the call lists associations of one status.
fn asks_for(moment: &Moment<'_>, status: &str) -> bool {
    lists_associations(moment) && moment.text("associationStatus") == Some(status)
}

/// Adds what is in this status, of the shares that are asked for.
fn add_moving(reply: &mut Reply, moment: &Moment<'_>, status: AssociationStatus) {
    let resources = moment.text("associationType") == Some("RESOURCE");
    let asked = moment.list("resourceShareArns");
    let Some(rows) = list(reply) else { return };
    for share in moment.state.shares.iter().filter(|share| asked.contains(&json!(share.id))) {
        let moves = |row: &&Row| row.status == status && row.entity.is_resource() == resources;
        rows.extend(share.rows.iter().filter(moves).map(|row| {
            json!({
                "resourceShareArn": share.id,
                "associatedEntity": moment.world.entity_id(&row.entity),
                "associationType": if resources { "RESOURCE" } else { "PRINCIPAL" },
                "status": status.name().to_ascii_uppercase(),
                "creationTime": row.created / 1000,
                "lastUpdatedTime": row.updated / 1000,
            })
        }));
    }
}

/// Adds a share of the caller that is being deleted.
fn add_deleting(reply: &mut Reply, moment: &Moment<'_>) {
    let own = caller(moment);
    let deleting =
        |share: &&Share| Some(share.owner) == own && share.status == ShareStatus::Deleting;
    let found = moment.state.shares.iter().find(deleting);
    if let (Some(share), Some(rows)) = (found, list(reply)) {
        rows.push(shown(share, moment));
    }
}

fn all_shares(reply: &mut Reply, moment: &Moment<'_>) {
    let own = caller(moment);
    let other = moment
        .state
        .shares
        .iter()
        .find(|share| Some(share.owner) != own && share.status == ShareStatus::Active);
    let (Some(other), Some(rows)) = (other, list(reply)) else { return };
    rows.push(shown(other, moment));
}

fn delete_as_owner(call: &mut Call, moment: &Moment<'_>) {
    if let (true, Some(share)) = (call.operation == "DeleteResourceShare", share(moment)) {
        call.caller = moment.world.role_of(share.owner).to_owned();
    }
}

/// A share as a list shows it.
fn shown(share: &Share, moment: &Moment<'_>) -> Value {
    json!({
        "resourceShareArn": share.id,
        "name": share.name,
        "owningAccountId": moment.world.account_id(share.owner),
        "allowExternalPrincipals": share.external,
        "status": share.status.name().to_ascii_uppercase(),
        "creationTime": 1_700_000_000,
        "lastUpdatedTime": 1_700_000_000,
    })
}
