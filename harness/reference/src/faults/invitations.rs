//! Invitations, and sharing with a directory.

use super::{always, other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::State;
use serde_json::Value;
use sharespec_model::call::Reply;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::Entity;

pub(super) const FAULTS: &[Change] = &[
    when(
        accepts,
        "expired-invitation-accepted",
        "An expired invitation can be accepted.",
        &[other!("AcceptResourceShareInvitation/error/InvitationStatus.Expired")],
        &[Effect::Overlook(&["invitation/expired"])],
    ),
    always(
        "invitations-never-expire",
        "An invitation can be answered for years.",
        &[
            other!("AcceptResourceShareInvitation/error/InvitationStatus.Expired"),
            other!("RejectResourceShareInvitation/error/InvitationStatus.Expired"),
        ],
        &[Effect::Policy(|policy| policy.stands = 3_650 * 24 * 3_600_000)],
    ),
    when(
        accepts,
        "rejected-invitation-accepted",
        "A rejected invitation can be accepted.",
        &[other!("AcceptResourceShareInvitation/error/InvitationStatus.AlreadyRejected")],
        &[Effect::Overlook(&["invitation/rejected"])],
    ),
    when(
        accepts,
        "invitation-accepted-twice",
        "An invitation can be accepted twice.",
        &[other!("AcceptResourceShareInvitation/error/InvitationStatus.AlreadyAccepted")],
        &[Effect::Overlook(&["invitation/accepted"])],
    ),
    when(
        accepts,
        "unknown-invitation-accepted",
        "An invitation that does not exist can be accepted.",
        &[other!("AcceptResourceShareInvitation/error/EntityNotExists.ResourceShareInvitation")],
        &[Effect::Overlook(&["invitation/unknown"])],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "accepted-invitation-rejected",
        "An accepted invitation can be rejected.",
        &[other!("RejectResourceShareInvitation/error/InvitationStatus.AlreadyAccepted")],
        &[Effect::Overlook(&["invitation/accepted"])],
    ),
    when(
        |moment| accepts(moment) && moment.accepted,
        "acceptance-does-nothing",
        "Who accepts an invitation is no principal.",
        &[other!("AcceptResourceShareInvitation/effect/accepted")],
        &[Effect::After(undo_answer)],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation") && moment.accepted,
        "rejection-accepts",
        "Who rejects an invitation is a principal.",
        &[other!("RejectResourceShareInvitation/effect/rejected-invitation")],
        &[Effect::After(join_anyway)],
    ),
    when(
        accepts,
        "accepted-invitation-pending",
        "An accepted invitation is answered as Pending.",
        &[
            other!("AcceptResourceShareInvitation/effect/accepted"),
            other!("AcceptResourceShareInvitation/member/ResourceShareInvitation.Status"),
        ],
        &[Effect::Reply(|reply, _| edit::replace(reply, "Status", |_| "Pending".into()))],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitations-not-listed",
        "No invitation is listed.",
        &[other!("ListResourceShareInvitations/list/rows")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitation-parties-swapped",
        "An invitation has its sender for its receiver.",
        &[
            other!("ListResourceShareInvitations/list/rows"),
            other!(
                "ListResourceShareInvitations/member/ResourceShareInvitations[].ReceiverAccountId"
            ),
        ],
        &[Effect::Reply(swap_parties)],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitation-from-its-receiver",
        "Who received an invitation is said to have sent it.",
        &[other!("ListResourceShareInvitations/list/rows")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                let receiver = row.get("ReceiverAccountId").cloned();
                row.extend(receiver.map(|receiver| ("SenderAccountId".to_owned(), receiver)));
            });
        })],
    ),
    when(
        |moment| moment.is("CheckSharingWithResourceDirectoryStatus"),
        "sharing-status-inverted",
        "Sharing is said to be enabled where it is not.",
        &[other!("CheckSharingWithResourceDirectoryStatus/effect/status")],
        &[Effect::Reply(invert)],
    ),
    when(
        |moment| moment.is("CheckSharingWithResourceDirectoryStatus"),
        "sharing-status-is-a-text",
        "Whether sharing is enabled is a text.",
        &[other!("CheckSharingWithResourceDirectoryStatus/member/EnableSharingWithRd")],
        &[Effect::Reply(status_as_text)],
    ),
    when(
        |moment| moment.is("EnableSharingWithResourceDirectory"),
        "sharing-enabled-twice",
        "Sharing can be enabled twice.",
        &[other!("EnableSharingWithResourceDirectory/error/AlreadyEnabled")],
        &[Effect::Overlook(&["directory/enabled"])],
    ),
];

fn accepts(moment: &Moment<'_>) -> bool {
    moment.is("AcceptResourceShareInvitation")
}

/// The share and the account of the invitation that the call answers.
fn invitation(moment: &Moment<'_>) -> Option<(usize, Entity)> {
    let id = moment.text("ResourceShareInvitationId")?;
    let found = moment.state.invitations.iter().find(|each| each.id == id)?;
    Some((found.share, moment.world.principal_of(found.receiver)))
}

fn undo_answer(state: &mut State, moment: &Moment<'_>) {
    let Some((position, entity)) = invitation(moment) else { return };
    if let Some(share) = state.shares.get_mut(position) {
        share.rows.retain(|row| row.entity != entity);
    }
}

fn join_anyway(state: &mut State, moment: &Moment<'_>) {
    let Some((position, entity)) = invitation(moment) else { return };
    if let Some(row) = state.shares.get_mut(position).and_then(|share| share.row_mut(&entity)) {
        row.status = AssociationStatus::Associated;
    }
}

fn swap_parties(reply: &mut Reply, _: &Moment<'_>) {
    edit::each_row(reply, |row| {
        if let (Some(sender), Some(receiver)) =
            (row.remove("SenderAccountId"), row.remove("ReceiverAccountId"))
        {
            row.insert("SenderAccountId".into(), receiver);
            row.insert("ReceiverAccountId".into(), sender);
        }
    });
}

fn sharing(reply: &mut Reply) -> Option<&mut Value> {
    edit::members(reply)?.get_mut("EnableSharingWithRd")
}

fn invert(reply: &mut Reply, _: &Moment<'_>) {
    sharing(reply).into_iter().for_each(|flag| *flag = (*flag != true).into());
}

fn status_as_text(reply: &mut Reply, _: &Moment<'_>) {
    sharing(reply).into_iter().for_each(|flag| *flag = flag.to_string().into());
}
