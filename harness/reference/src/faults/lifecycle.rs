//! The calls around a removal: shares, associations, invitations, directories.

use super::tools::{self, associates, error, named, restore, share_mut};
use super::{addition, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::{Share, State};
use sharespec_model::call::{Call, Reply};
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_wire::alibaba::GatewayError;

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| associates(moment) && some_ended(moment),
        "removed-entity-not-associable",
        "What was removed cannot be associated again.",
        &[addition!("effect/associated"), common!("floor/undocumented")],
        &[Effect::Refuse(target_invalid)],
    ),
    when(
        |moment| associated(moment) && some_ended(moment),
        "second-association-does-nothing",
        "What was removed is not associated again, although the answer says so.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| keep(state, moment, 0))],
    ),
    when(
        associated,
        "association-does-nothing",
        "An association is answered, and nothing is done.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| keep(state, moment, 0))],
    ),
    when(
        associated,
        "only-first-entity-associated",
        "Of several entities only the first is associated.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| keep(state, moment, 1))],
    ),
    when(
        associated,
        "association-never-ends",
        "An entity is Associating for ever.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| for_rows(state, moment, |row| row.due = None))],
    ),
    when(
        associated,
        "association-fails",
        "An entity is Failed instead of Associated.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| {
            for_rows(state, moment, |row| (row.status, row.due) = (AssociationStatus::Failed, None))
        })],
    ),
    when(
        associated,
        "association-replaces",
        "An association removes what was associated before.",
        &[addition!("isolation/others")],
        &[Effect::After(replace)],
    ),
    when(
        |moment| associates(moment) && !moment.accepted && tools::is_own(moment),
        "rejected-association-associates",
        "An association that is rejected associates what it names.",
        &[addition!("effect/rejected")],
        &[Effect::After(associate_all)],
    ),
    when(
        associates,
        "association-answers-nothing",
        "The answer of an association has no rows.",
        &[addition!("effect/rows")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("DeleteResourceShare") && moment.accepted,
        "deletion-does-nothing",
        "A deleted share stays Active.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(undo_share)],
    ),
    when(
        |moment| moment.is("DeleteResourceShare") && moment.accepted,
        "deletion-never-ends",
        "A deleted share is Deleting for ever.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.due = None
            }
        })],
    ),
    when(
        |moment| moment.is("DeleteResourceShare") && moment.accepted,
        "deleted-share-vanishes",
        "The record of a deleted share is gone at once.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.status = ShareStatus::Absent
            }
        })],
    ),
    when(
        |moment| moment.is("DeleteResourceShare") && moment.accepted,
        "deletion-takes-the-share-before",
        "With a share the one that was made before it is deleted.",
        &[
            removal!("isolation/others"),
            common!("floor/same-answer"),
            other!("ListResourceShares/list/rows"),
        ],
        &[Effect::After(delete_neighbour)],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "busy-share-deleted",
        "A share with unfinished tasks can be deleted.",
        &[other!("DeleteResourceShare/error/DeleteResourceShareConflict")],
        &[Effect::Overlook(&["share/unfinished"])],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "deleted-share-deleted-again",
        "A deleted share can be deleted again.",
        &[
            other!("DeleteResourceShare/error/ResourceShareStatusMismatchAction"),
            other!("DeleteResourceShare/error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Overlook(&["share/deleted", "share/deleting", "share/unfinished"])],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "unknown-share-deleted",
        "The deletion of a share that does not exist is accepted.",
        &[other!("DeleteResourceShare/error/EntityNotExists.ResourceShare")],
        &[Effect::Overlook(&["share/unknown"])],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && moment.accepted,
        "update-does-nothing",
        "A change of a share changes nothing.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::After(undo_share)],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && moment.accepted && by_a_member(moment),
        "update-by-a-member-does-nothing",
        "A change of a share of a member account changes nothing.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::After(undo_share)],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && moment.request.method == "GET",
        "update-by-get-ignores-external",
        "A change of a share by GET changes its name only.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::Call(|call, _| drop(call.arguments.remove("AllowExternalTargets")))],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "update-ignores-external",
        "A change of a share changes its name only.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::Call(|call, _| drop(call.arguments.remove("AllowExternalTargets")))],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "update-closes-share",
        "A change of the name alone closes the share to principals outside.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::Call(|call, _| {
            call.arguments.entry("AllowExternalTargets").or_insert_with(|| "false".into());
        })],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && moment.accepted,
        "update-empties-share",
        "A change of a share removes its principals.",
        &[
            removal!("isolation/others"),
            common!("floor/same-answer"),
            other!("ListResourceShareAssociations/list/rows"),
        ],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                tools::end_rows(share, moment.now, |row| !row.entity.is_resource())
            }
        })],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "creation-answers-the-first-id",
        "Every creation answers the id of the first share.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::Reply(first_id)],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "creation-ignores-external",
        "A new share is closed to principals outside, whatever is asked.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::Call(|call, _| {
            drop(call.arguments.insert("AllowExternalTargets".into(), "false".into()))
        })],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "creation-ignores-entities",
        "What a creation names is not associated.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::Call(ignore_lists)],
    ),
    when(
        |moment| moment.is("CreateResourceShare") && moment.accepted,
        "created-share-never-active",
        "A new share is Pending for ever.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::After(|state, _| {
            for_last(state, |share| (share.status, share.due) = (ShareStatus::Pending, None))
        })],
    ),
    when(
        |moment| moment.is("CreateResourceShare") && moment.accepted,
        "created-name-in-lower-case",
        "A new share has its name in lower case.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::After(|state, _| {
            for_last(state, |share| share.name = share.name.to_lowercase())
        })],
    ),
];

fn associated(moment: &Moment<'_>) -> bool {
    associates(moment) && moment.accepted
}

fn some_ended(moment: &Moment<'_>) -> bool {
    let named = named(moment);
    tools::share(moment).is_some_and(|share| {
        named.iter().any(|entity| share.row(entity).is_some_and(|row| row.status.is_ended()))
    })
}

fn target_invalid() -> GatewayError {
    error(400, "InvalidParameter.Targets", "The Targets is invalid.")
}

/// Undoes what the call did to all but the first entities.
fn keep(state: &mut State, moment: &Moment<'_>, done: usize) {
    named(moment).iter().skip(done).for_each(|entity| restore(state, moment, entity));
}

fn for_rows(state: &mut State, moment: &Moment<'_>, edit: impl Fn(&mut crate::state::Row)) {
    let named = named(moment);
    let Some(share) = share_mut(state, moment) else { return };
    share
        .rows
        .iter_mut()
        .filter(|row| named.contains(&row.entity) && row.status.is_live())
        .for_each(edit);
}

fn replace(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    if let Some(share) = share_mut(state, moment) {
        tools::end_rows(share, moment.now, |row| !named.contains(&row.entity));
    }
}

fn associate_all(state: &mut State, moment: &Moment<'_>) {
    let now = moment.now;
    let Some(share) = share_mut(state, moment) else { return };
    for entity in named(moment) {
        if share.row(&entity).is_none_or(|row| row.status.is_ended()) {
            let status = AssociationStatus::Associated;
            share.rows.push(crate::state::Row {
                entity,
                status,
                due: None,
                created: now,
                updated: now,
                fails: false,
                property: None,
            });
        }
    }
}

fn by_a_member(moment: &Moment<'_>) -> bool {
    let caller = moment.call.map_or("", |call| call.caller.as_str());
    moment.world.file.directories.iter().all(|each| each.management_account != caller)
}

fn undo_share(state: &mut State, moment: &Moment<'_>) {
    if let (Some(before), Some(after)) = (tools::share(moment), share_mut(state, moment)) {
        *after = before.clone();
    }
}

fn delete_neighbour(state: &mut State, moment: &Moment<'_>) {
    let before = tools::handle(moment).and_then(|handle| handle.checked_sub(1));
    if let Some(share) = before.and_then(|position| state.shares.get_mut(position)) {
        share.status = ShareStatus::Deleted;
        share.updated = moment.now;
    }
}

fn first_id(reply: &mut Reply, moment: &Moment<'_>) {
    let first = moment.state.shares.first().map_or("", |share| share.id.as_str());
    edit::replace(reply, "ResourceShareId", |_| first.into());
}

fn ignore_lists(call: &mut Call, _: &Moment<'_>) {
    for name in ["Targets", "Resources", "ResourceArns"] {
        call.arguments.remove(name);
    }
}

fn for_last(state: &mut State, edit: impl Fn(&mut Share)) {
    state.shares.last_mut().into_iter().for_each(edit);
}
