//! What whole lists show: what remains of what ended, what is listed while it waits, and what times
//! say later.

use super::{Seen, Told};
use crate::scene::Scene;
use crate::times::narrowed;
use sharespec_model::belief::{
    Association, INVITATION_VALID, Invitation, KEPT_AT_LEAST, KEPT_AT_MOST, Share, Window,
};
use sharespec_model::facts::Facts;
use sharespec_model::observation::{AssociationRow, Observed, ShareRow, SharedRow};
use sharespec_model::prediction::{AssociationFilter, Expected, ShareFilter, SharedFilter};
use sharespec_model::set::Set;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

/// A list of which all pages were read.
pub(super) fn list(scene: &Scene<'_>, expected: &Expected, observed: &Observed, seen: &mut Seen) {
    match (expected, observed) {
        (Expected::AssociationList(filter), Observed::Associations(rows)) => {
            associations(scene, filter, rows, seen);
        }
        (Expected::ShareList(filter), Observed::Shares(rows)) if filter.own => {
            shares(scene, filter, rows, seen);
        }
        (Expected::SharedList(filter), Observed::Shared(rows)) => {
            shared(scene, filter, rows, seen);
        }
        _ => {}
    }
}

fn associations(
    scene: &Scene<'_>,
    filter: &AssociationFilter,
    rows: &[AssociationRow],
    seen: &mut Seen,
) {
    let filtered =
        filter.status != Set::any() || filter.entity.is_some() || filter.entity_id.is_some();
    for (handle, share) in scene.belief.shares.iter().enumerate() {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
        if filtered || share.owner != filter.caller || !asked {
            continue;
        }
        for (entity, association) in &share.associations {
            if entity.is_resource() != filter.resources {
                continue;
            }
            let own = rows.iter().filter(|row| row.share == share.id && row.entity == *entity);
            let own: Vec<&AssociationRow> = own.collect();
            invited(scene, handle, entity, &own, seen);
            let of_entity = scene.belief.invitations.iter().rev().find(|each| {
                each.share == handle && *entity == scene.world().principal_of(each.receiver)
            });
            if let Some(invitation) = of_entity.filter(|_| association.older.1 == 0) {
                refused(scene, association, invitation, &own, seen);
            }
            again(scene, association, &own, seen);
            kept(scene, association, &own, seen);
            updated(scene, association, &own, seen);
        }
    }
}

/// The row of a principal that has not answered its invitation.
fn invited(
    scene: &Scene<'_>,
    share: usize,
    entity: &Entity,
    rows: &[&AssociationRow],
    seen: &mut Seen,
) {
    let facts = scene.belief.association(share, entity);
    let waiting = Set::of(&[AssociationStatus::Absent, AssociationStatus::Associating]);
    let open = facts.invitation == Set::only(InvitationStatus::Pending);
    if !open || !facts.status.within(waiting) {
        return;
    }
    match rows {
        [] => seen.tell(Told::InvitedAbsent),
        [row] if row.status == Some(AssociationStatus::Associating) => {
            seen.tell(Told::InvitedAssociating);
        }
        _ => {}
    }
}

/// The row of a principal that rejected its invitation, or let it expire. The record of what failed
/// may be gone in time, whatever the reading.
fn refused(
    scene: &Scene<'_>,
    association: &Association,
    invitation: &Invitation,
    rows: &[&AssociationRow],
    seen: &mut Seen,
) {
    use AssociationStatus::{Associating, Disassociated, Failed};
    let rejected = invitation.status == Set::only(InvitationStatus::Rejected);
    let open = Set::of(&[InvitationStatus::Pending, InvitationStatus::Expired]);
    let ended = invitation.created.to.saturating_add(INVITATION_VALID);
    let expired = invitation.status.within(open) && scene.window.from > ended;
    let began = if rejected { association.updated.from } else { ended };
    let young = scene.window.to < began.saturating_add(KEPT_AT_LEAST);
    let told = match (rejected, expired, rows) {
        (true, _, []) if young => Told::RejectedAbsent,
        (_, true, []) if young => Told::ExpiredAbsent,
        (true, _, [row]) if row.status == Some(Failed) => Told::RejectedFailed,
        (true, _, [row]) if row.status == Some(Disassociated) => Told::RejectedDisassociated,
        (true, _, [row]) if row.status == Some(Associating) => Told::RejectedAssociating,
        (_, true, [row]) if row.status == Some(Failed) => Told::ExpiredFailed,
        (_, true, [row]) if row.status == Some(Associating) => Told::ExpiredAssociating,
        _ => return,
    };
    seen.tell(told);
}

/// The rows of an entity that was associated again, read for the first time since.
fn again(scene: &Scene<'_>, association: &Association, rows: &[&AssociationRow], seen: &mut Seen) {
    let (least, most) = association.older;
    let live: Vec<&&AssociationRow> =
        rows.iter().filter(|row| row.status.is_some_and(AssociationStatus::is_live)).collect();
    let ended =
        rows.iter().filter(|row| row.status.is_some_and(AssociationStatus::is_ended)).count();
    // Past that age the record of the first association may be gone, whatever the reading.
    let young = scene.window.to < association.created.from.saturating_add(KEPT_AT_LEAST);
    let ([row], true, true) = (live.as_slice(), young, most.checked_sub(1) == Some(least)) else {
        return;
    };
    if ended == usize::from(most) {
        return seen.tell(Told::NewRow);
    }
    let Some(created) = row.created.filter(|_| ended == usize::from(least)) else { return };
    let first = Window::new(association.created.from, association.created.from);
    let fits = |window| narrowed(created, window, scene.belief.offset).is_some();
    match (fits(association.updated), fits(first)) {
        (true, false) => seen.tell(Told::ReusedRow),
        (false, true) => seen.tell(Told::ReusedKeepingTime),
        (true, true) => seen.tell_either(&[Told::ReusedRow, Told::ReusedKeepingTime]),
        (false, false) => {}
    }
}

/// The record of what ended, at an age at which it may be gone and may be kept.
fn kept(scene: &Scene<'_>, association: &Association, rows: &[&AssociationRow], seen: &mut Seen) {
    let ended = Set::of(&[AssociationStatus::Disassociated, AssociationStatus::Failed]);
    let either = association.status.meets(ended)
        && association.status.within(ended | Set::only(AssociationStatus::Absent));
    let old = scene.window.from >= association.updated.to.saturating_add(KEPT_AT_LEAST);
    let young = scene.window.to < association.updated.from.saturating_add(KEPT_AT_MOST);
    if either && old && young && association.older.1 == 0 {
        seen.tell(if rows.is_empty() { Told::KeptShortest } else { Told::KeptLongest });
    }
}

/// UpdateTime of a row: of its call, of the end of its transition, or of a step in between.
fn updated(
    scene: &Scene<'_>,
    association: &Association,
    rows: &[&AssociationRow],
    seen: &mut Seen,
) {
    let [row] = rows else { return };
    let Some(status) = row.status else { return };
    let known = association.older.1 == 0 && association.updated != Window::ALWAYS;
    let Some(time) = row.updated.filter(|_| known && association.seen.is_none()) else { return };
    let called = narrowed(time, association.updated, scene.belief.offset).is_some();
    match (status.in_transition(), called) {
        (false, true) => seen.tell(Told::UpdatedByCall),
        (_, false) => seen.tell(Told::UpdatedByTransition),
        (true, true) => {}
    }
}

fn shares(scene: &Scene<'_>, filter: &ShareFilter, rows: &[ShareRow], seen: &mut Seen) {
    for (handle, share) in scene.belief.shares.iter().enumerate() {
        if share.owner != filter.caller {
            continue;
        }
        let row = rows.iter().find(|row| row.id == share.id);
        let Some(status) = row.and_then(|row| row.status) else { continue };
        if scene.belief.open_invitations(handle) == Set::only(true) {
            seen.tell_if(status == ShareStatus::Active, Told::InvitedShareActive);
            seen.tell_if(status == ShareStatus::Pending, Told::InvitedSharePending);
        }
        // What is shown was not forgotten, though it might have been.
        let gone = Set::only(ShareStatus::Absent);
        let ending = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted]) | gone;
        let before = share.status | gone;
        match status {
            ShareStatus::Deleting => seen.tell(Told::DeletedLater),
            // While transitions are held none can have ended.
            ShareStatus::Deleted if scene.belief.held && before == ending => {
                seen.tell(Told::DeletedAtOnce);
            }
            ShareStatus::Deleted if before == ending => {
                seen.tell_either(&[Told::DeletedLater, Told::DeletedAtOnce]);
            }
            _ => {}
        }
    }
}

/// What is listed as shared of a share that holds one kind of entities alone.
fn shared(scene: &Scene<'_>, filter: &SharedFilter, rows: &[SharedRow], seen: &mut Seen) {
    let filtered = filter.entities.is_some() || filter.kind.is_some() || !filter.resource.is_any();
    if !filter.own || filter.opaque || filtered {
        return;
    }
    for share in &scene.belief.shares {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
        if !asked || share.owner != filter.caller || !is_lonely(share, filter.resources) {
            continue;
        }
        let listed = rows.iter().any(|row| row.share == share.id);
        seen.tell(if listed { Told::LonelyListed } else { Told::LonelyHidden });
    }
}

/// Whether an active share certainly holds one kind of entities, and none of the other.
fn is_lonely(share: &Share, resources: bool) -> bool {
    let associated = Set::only(AssociationStatus::Associated);
    let of_kind = |resources: bool| {
        share.associations.iter().filter(move |(entity, _)| entity.is_resource() == resources)
    };
    share.status == Set::only(ShareStatus::Active)
        && !share.others
        && of_kind(resources).any(|(_, each)| each.status == associated)
        && !of_kind(!resources).any(|(_, each)| each.status.meets(associated))
}
