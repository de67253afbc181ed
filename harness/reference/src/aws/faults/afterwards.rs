//! Faults that show in what comes after a call: in who joined, sees and keeps what.

use super::tools::{creates, lists_shares, named};
use crate::change::{Change, Effect, Moment};
use crate::edit::{list, members};
use crate::faults::tools::{
    associates, caller, handle, lists_associations, removes, restore, share_mut,
};
use crate::faults::when;
use crate::state::{Share, State};
use serde_json::{Value, json};
use sharespec_model::call::{Call, Reply};
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

/// The rules that an account breaks which joins without having accepted.
const JOINED: &[&str] = &[
    "aws-ram-operations/GetResourceShareAssociations/list/isolation",
    "aws-ram-operations/GetResourceShareAssociations/list/rows",
    "aws-ram-operations/ListResources/list/isolation",
];

pub(super) const FAULTS: &[Change] = &[
    when(
        creates,
        "creation-invites-nobody",
        "An account outside that a creation names joins without accepting.",
        JOINED,
        &[Effect::After(|state, moment| {
            let position = state.shares.len().saturating_sub(1);
            if moment.accepted {
                join(state, position, false);
            }
        })],
    ),
    when(
        associates,
        "rejection-forgotten",
        "Who rejected and is invited again joins without accepting.",
        JOINED,
        &[Effect::After(|state, moment| {
            if let (true, Some(position)) = (moment.accepted, handle(moment)) {
                join(state, position, true);
            }
        })],
    ),
    when(
        removes,
        "removal-ends-invitations",
        "A removal ends the invitations of others to the share.",
        &[
            "aws-ram-operations/AcceptResourceShareInvitation/effect/accepted",
            "aws-ram-operations/GetResourceShareInvitations/list/rows",
        ],
        &[Effect::After(end_invitations)],
    ),
    when(
        removes,
        "withdrawn-invitation-joins",
        "Who was invited and is removed joins by accepting all the same.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(keep_pending)],
    ),
    when(
        deletes,
        "deleted-share-joined",
        "Who was invited to a share that is deleted joins by accepting all the same.",
        &["aws-ram-operations/DeleteResourceShare/effect/ended"],
        &[Effect::After(keep_pending)],
    ),
    when(
        lists_associations,
        "deleted-rows-stay",
        "What was in a share that is deleted stays associated.",
        &["aws-ram-operations/DeleteResourceShare/effect/ended"],
        &[Effect::Reply(revive_deleted)],
    ),
    when(
        removes,
        "removal-of-twenty",
        "Of the entities of a removal the first twenty are removed.",
        &["aws-ram-disassociate/effect/rows", "aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| {
            named(moment).iter().skip(20).for_each(|entity| restore(state, moment, entity));
        })],
    ),
    when(
        removes,
        "tags-lost-with-a-principal",
        "A share loses its tags with a principal.",
        &["aws-ram-operations/GetResourceShares/list/tags"],
        &[Effect::After(|state, moment| {
            let principals = named(moment).iter().any(|entity| !entity.is_resource());
            if let (true, true, Some(share)) =
                (moment.accepted, principals, share_mut(state, moment))
            {
                share.tags.clear();
            }
        })],
    ),
    when(
        associates,
        "association-revives",
        "With whoever is associated come those back that were removed.",
        &["aws-ram-operations/AssociateResourceShare/isolation/others"],
        &[Effect::After(revive)],
    ),
    when(
        |moment| lists_shares(moment) && moment.text("resourceOwner") == Some("OTHER-ACCOUNTS"),
        "left-shares-still-seen",
        "Who accepted and was removed sees the share on.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(|reply, moment| show(reply, moment, has_left))],
    ),
    when(
        lists_shares,
        "shares-shown-by-arn",
        "Who names a share by its ARN is shown it.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(|reply, moment| show(reply, moment, is_foreign))],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && manages(moment),
        "management-updates",
        "The management account may change the shares of members.",
        &["aws-ram-operations/UpdateResourceShare/error/OperationNotPermittedException"],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    when(
        |moment| lists_associations(moment) && moment.text("associationStatus").is_some(),
        "first-page-of-a-status",
        "Of the associations of a status there is one page.",
        &["aws-ram-operations/GetResourceShareAssociations/list/rows"],
        &[Effect::Reply(|reply, _| {
            drop(members(reply).and_then(|members| members.remove("nextToken")));
        })],
    ),
    when(
        lists_shares,
        "first-value-of-a-tag",
        "Of the values of a filter by tag the first one counts.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Call(first_values)],
    ),
];

/// Who is invited to a share joins: everybody, or those alone who rejected before.
fn join(state: &mut State, position: usize, rejected: bool) {
    let of = |status: InvitationStatus| {
        let found = state.invitations.iter();
        let found = found.filter(move |each| each.share == position && each.status == status);
        found.map(|each| each.receiver).collect::<Vec<_>>()
    };
    let (open, before) = (of(InvitationStatus::Pending), of(InvitationStatus::Rejected));
    let Some(share) = state.share_mut(position) else { return };
    for receiver in open.into_iter().filter(|each| !rejected || before.contains(each)) {
        if let Some(row) = share.row_mut(&Entity::Principal(u32::from(receiver.0))) {
            (row.status, row.due) = (AssociationStatus::Associated, None);
        }
    }
}

fn deletes(moment: &Moment<'_>) -> bool {
    moment.is("DeleteResourceShare")
}

fn keep_pending(state: &mut State, moment: &Moment<'_>) {
    for (each, before) in state.invitations.iter_mut().zip(&moment.state.invitations) {
        each.status = before.status;
    }
}

/// Shows what was in deleted shares as if it still were.
fn revive_deleted(reply: &mut Reply, moment: &Moment<'_>) {
    for row in list(reply).into_iter().flatten() {
        let share = row.get("resourceShareArn").and_then(Value::as_str);
        let share = share.and_then(|id| moment.state.shares.get(moment.state.position(id)?));
        if share.is_some_and(|share| share.status == ShareStatus::Deleted) {
            row["status"] = "ASSOCIATED".into();
        }
    }
}

fn end_invitations(state: &mut State, moment: &Moment<'_>) {
    let position = handle(moment).filter(|_| moment.accepted);
    for each in &mut state.invitations {
        if Some(each.share) == position && each.status == InvitationStatus::Pending {
            each.status = InvitationStatus::Expired;
        }
    }
}

fn revive(state: &mut State, moment: &Moment<'_>) {
    let Some(share) = share_mut(state, moment).filter(|_| moment.accepted) else { return };
    for row in &mut share.rows {
        if row.status == AssociationStatus::Disassociated {
            (row.status, row.due) = (AssociationStatus::Associated, None);
        }
    }
}

/// Whether the caller manages the organization.
fn manages(moment: &Moment<'_>) -> bool {
    moment.call.is_some_and(|call| call.caller == "owner")
}

/// Whether the caller accepted an invitation to a share, and is a principal of it no more.
fn has_left(share: &Share, moment: &Moment<'_>) -> bool {
    let Some(own) = caller(moment) else { return false };
    let row = share.row(&Entity::Principal(u32::from(own.0)));
    let accepted = moment.state.invitations.iter().any(|each| {
        each.receiver == own
            && each.status == InvitationStatus::Accepted
            && moment.state.shares.get(each.share).is_some_and(|other| other.id == share.id)
    });
    accepted && !row.is_some_and(|row| row.status.is_live())
}

/// Whether the call names a share that is another's.
fn is_foreign(share: &Share, moment: &Moment<'_>) -> bool {
    let named = moment.list("resourceShareArns").iter().any(|arn| *arn == share.id.as_str());
    named && Some(share.owner) != caller(moment)
}

/// Shows shares that a list does not have.
fn show(reply: &mut Reply, moment: &Moment<'_>, chosen: fn(&Share, &Moment<'_>) -> bool) {
    let Some(rows) = list(reply) else { return };
    let shares = moment.state.shares.iter();
    for share in shares.filter(|each| each.status == ShareStatus::Active && chosen(each, moment)) {
        if rows.iter().any(|row| row.get("resourceShareArn").is_some_and(|arn| *arn == *share.id)) {
            continue;
        }
        rows.push(json!({
            "resourceShareArn": share.id,
            "name": share.name,
            "owningAccountId": moment.world.account_id(share.owner),
            "allowExternalPrincipals": share.external,
            "status": "ACTIVE",
            "creationTime": 1_700_000_000,
            "lastUpdatedTime": 1_700_000_000,
        }));
    }
}

fn first_values(call: &mut Call, _: &Moment<'_>) {
    let filters = call.arguments.get_mut("tagFilters").and_then(Value::as_array_mut);
    for filter in filters.into_iter().flatten() {
        if let Some(values) = filter.get_mut("tagValues").and_then(Value::as_array_mut) {
            values.truncate(1);
        }
    }
}
