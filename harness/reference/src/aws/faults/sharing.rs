//! Faults of what the calls around a removal do.

use super::tools::{creates, named};
use crate::change::{Change, Effect, Moment};
use crate::edit::{list, members, replace, replace_text};
use crate::faults::tools::{associates, end_rows, restore, share, share_mut};
use crate::faults::when;
use crate::state::{Invitation, State};
use serde_json::{Value, json};
use sharespec_model::call::Call;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

pub(super) const FAULTS: &[Change] = &[
    when(
        creates,
        "creation-makes-nothing",
        "A creation shows a share that is not there.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::After(undo_creation)],
    ),
    when(
        creates,
        "creation-without-entities",
        "A creation leaves out what it names.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::After(empty_creation)],
    ),
    when(
        creates,
        "creation-with-another-name",
        "The share has another name.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Reply(|reply, _| replace_text(reply, "name", |name| format!("{name}-x")))],
    ),
    when(
        creates,
        "names-cut",
        "Of the name of a new share the first hundred letters are kept.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Call(|call, _| rename(call, |name| name.chars().take(100).collect()))],
    ),
    when(
        creates,
        "names-in-ascii",
        "Of the name of a new share other letters than those of ASCII are lost.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Call(|call, _| rename(call, |name| name.replace(|c: char| !c.is_ascii(), "?")))],
    ),
    when(
        creates,
        "creation-external-inverted",
        "The share allows outside what it should not.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Reply(|reply, _| {
            replace(reply, "allowExternalPrincipals", |flag| json!(flag != &json!(true)))
        })],
    ),
    when(
        associates,
        "association-does-nothing",
        "An association is accepted and does nothing.",
        &["aws-ram-operations/AssociateResourceShare/effect/associated"],
        &[Effect::After(|state, moment| {
            named(moment).iter().for_each(|entity| restore(state, moment, entity))
        })],
    ),
    when(
        associates,
        "association-replaces",
        "An association replaces what was there.",
        &["aws-ram-operations/AssociateResourceShare/isolation/others"],
        &[Effect::After(replaces)],
    ),
    when(
        associates,
        "association-without-rows",
        "An association shows no rows.",
        &["aws-ram-operations/AssociateResourceShare/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "deletion-does-nothing",
        "A deletion is accepted and does nothing.",
        &["aws-ram-operations/DeleteResourceShare/effect/deleted"],
        &[Effect::After(undo_deletion)],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "deletion-returns-text",
        "A deletion returns a text.",
        &["aws-ram-operations/DeleteResourceShare/member/returnValue"],
        &[Effect::Reply(|reply, _| {
            drop(members(reply).map(|members| members.insert("returnValue".into(), "true".into())))
        })],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "update-does-nothing",
        "A change is accepted and changes nothing.",
        &["aws-ram-operations/UpdateResourceShare/effect/updated"],
        &[Effect::After(undo_update)],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "outside-never-taken-back",
        "A share that allows principals outside goes on to do so.",
        &["aws-ram-operations/UpdateResourceShare/effect/updated"],
        &[Effect::After(|state, moment| {
            let before = share(moment).is_some_and(|share| share.external);
            if let Some(share) = share_mut(state, moment) {
                share.external |= before;
            }
        })],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "acceptance-does-nothing",
        "Whoever accepts does not join.",
        &["aws-ram-operations/AcceptResourceShareInvitation/effect/accepted"],
        &[Effect::After(undo_acceptance)],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "acceptance-fails",
        "The association of whoever accepts fails, always.",
        &["aws-ram-operations/AcceptResourceShareInvitation/effect/accepted"],
        &[Effect::After(fail_acceptance)],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "acceptance-of-all",
        "Whoever accepts brings everybody in who is invited to the share.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::After(join_everybody)],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "rejection-joins",
        "Whoever rejects joins.",
        &["aws-ram-operations/RejectResourceShareInvitation/effect/rejected-invitation"],
        &[Effect::After(join_rejected)],
    ),
];

fn rename(call: &mut Call, edit: impl Fn(&str) -> String) {
    if let Some(Value::String(name)) = call.arguments.get_mut("name") {
        *name = edit(name);
    }
}

fn undo_creation(state: &mut State, moment: &Moment<'_>) {
    if moment.accepted
        && let Some(share) = state.shares.last_mut()
    {
        share.status = ShareStatus::Absent;
    }
}

fn empty_creation(state: &mut State, moment: &Moment<'_>) {
    if moment.accepted
        && let Some(share) = state.shares.last_mut()
    {
        share.rows.clear();
    }
}

fn replaces(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    if let (true, Some(share)) = (moment.accepted, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| !named.contains(&row.entity));
    }
}

fn undo_deletion(state: &mut State, moment: &Moment<'_>) {
    if let (Some(before), Some(share)) = (share(moment).cloned(), share_mut(state, moment)) {
        *share = before;
    }
}

fn undo_update(state: &mut State, moment: &Moment<'_>) {
    if let (Some(before), Some(share)) = (share(moment).cloned(), share_mut(state, moment)) {
        (share.name, share.external) = (before.name, before.external);
    }
}

/// The invitation that the call answers.
fn answered(moment: &Moment<'_>) -> Option<(usize, Entity)> {
    let id = moment.text("resourceShareInvitationArn")?;
    let found = moment.state.invitations.iter().find(|each| each.id == id)?;
    Some((found.share, Entity::Principal(u32::from(found.receiver.0))))
}

fn join_everybody(state: &mut State, moment: &Moment<'_>) {
    let Some((position, _)) = answered(moment).filter(|_| moment.accepted) else { return };
    let open =
        |each: &&mut Invitation| each.share == position && each.status == InvitationStatus::Pending;
    let mut joining = Vec::new();
    for invitation in state.invitations.iter_mut().filter(open) {
        invitation.status = InvitationStatus::Accepted;
        joining.push(Entity::Principal(u32::from(invitation.receiver.0)));
    }
    let Some(share) = state.share_mut(position) else { return };
    for row in share.rows.iter_mut().filter(|row| joining.contains(&row.entity)) {
        (row.status, row.due) = (AssociationStatus::Associated, None);
    }
}

fn fail_acceptance(state: &mut State, moment: &Moment<'_>) {
    let Some((position, entity)) = answered(moment) else { return };
    let Some(share) = state.share_mut(position) else { return };
    for row in share.rows.iter_mut().filter(|row| row.entity == entity) {
        (row.status, row.due) = (AssociationStatus::Failed, None);
    }
}

fn undo_acceptance(state: &mut State, moment: &Moment<'_>) {
    let Some((share, entity)) = answered(moment) else { return };
    let Some(share) = state.share_mut(share) else { return };
    share.rows.retain(|row| row.entity != entity);
}

fn join_rejected(state: &mut State, moment: &Moment<'_>) {
    let Some((position, entity)) = answered(moment) else { return };
    let before = moment.state.shares.get(position).and_then(|share| share.row(&entity)).cloned();
    let Some(share) = state.share_mut(position) else { return };
    share.rows.retain(|row| row.entity != entity);
    if let Some(mut row) = before {
        (row.status, row.due) = (AssociationStatus::Associated, None);
        share.rows.push(row);
    }
    let open = state.invitations.iter_mut().filter(|each| each.share == position);
    open.for_each(|each| each.status = InvitationStatus::Rejected);
}
