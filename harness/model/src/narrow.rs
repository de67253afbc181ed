//! What a reply says about the state: the same for every API. A read narrows facts; it never
//! forgets what it did not show.

use crate::belief::{Association, Belief, Invitation, SeenRow, Share, Window};
use crate::facts::InvitationFacts;
use crate::observation::{AssociationRow, InvitationRow, Observed, ShareRow};
use crate::prediction::{AssociationFilter, Expected, ShareFilter};
use crate::set::Set;
use crate::spent::Spent;
use crate::status::{AssociationStatus, AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity, World};
use std::sync::Arc;

/// The statuses of an entity after a reply that showed one of them: it may go on by itself.
pub fn forward(
    shown: Option<AssociationStatus>,
    admissible: AssociationStatuses,
) -> AssociationStatuses {
    match shown {
        Some(status) if admissible.has(status) => Set::only(status),
        _ => admissible,
    }
}

/// Follows the answer to an invitation. Where it is open, the invitation may have been over, and what
/// becomes of it and of the principal is open too.
pub fn answer(
    belief: &mut Belief,
    found: InvitationFacts,
    status: InvitationStatus,
    left: AssociationStatuses,
    (window, open): (Window, bool),
) {
    for invitation in &mut belief.invitations {
        let same = invitation.share == found.share && invitation.receiver == found.receiver;
        if same && open {
            invitation.status |= Set::only(status);
        } else if same && invitation.status.has(InvitationStatus::Pending) {
            invitation.status = Set::only(status);
        }
    }
    let Some(share) = belief.shares.get_mut(found.share) else { return };
    share.status |= Set::of(&[ShareStatus::Pending, ShareStatus::Active]) & share.status;
    let association = share.association_mut(&Entity::Principal(u32::from(found.receiver.0)));
    association.status = if open { Set::any() } else { left };
    association.created = association.created.join(window);
    // An answer may change the row later, or not at all.
    association.updated = association.updated.join(window);
    association.seen = None;
}

/// Follows a whole list into the belief.
pub fn list(
    world: &World,
    belief: &mut Belief,
    expected: &Expected,
    observed: &Observed,
    window: Window,
) {
    match (expected, observed) {
        (Expected::AssociationList(filter), Observed::Associations(rows)) => {
            associations(belief, filter, rows);
        }
        (Expected::ShareList(filter), Observed::Shares(rows)) => shares(belief, filter, rows),
        (Expected::InvitationList(filter), Observed::Invitations(rows)) => {
            invitations(world, belief, (filter.caller, rows), window);
        }
        _ => {}
    }
}

fn associations(belief: &mut Belief, filter: &AssociationFilter, rows: &[AssociationRow]) {
    let whole =
        filter.status == Set::any() && filter.entity.is_none() && filter.entity_id.is_none();
    if !whole {
        return;
    }
    for share in &mut belief.shares {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
        if share.owner != filter.caller || !asked {
            continue;
        }
        let own: Vec<&AssociationRow> = rows
            .iter()
            .filter(|row| row.share == share.id && row.resource == filter.resources)
            .collect();
        if share.others {
            for row in &own {
                share.association_mut(&row.entity);
            }
        }
        narrow_share(share, filter.resources, &own);
    }
}

fn narrow_share(share: &mut Share, resources: bool, rows: &[&AssociationRow]) {
    let gone = share.status.within(Set::of(&[ShareStatus::Deleted, ShareStatus::Absent]));
    for (entity, association) in &mut share.associations {
        if entity.is_resource() != resources {
            continue;
        }
        let own: Vec<&AssociationRow> =
            rows.iter().copied().filter(|row| row.entity == *entity).collect();
        // What an odd value was understood as may be shown under another name.
        if share.others && own.is_empty() && entity.is_unknown() {
            continue;
        }
        narrow_association(association, &own);
        let listed = Set::only(AssociationStatus::Associated);
        association.lingers = gone && !association.stays && association.status == listed;
    }
}

fn narrow_association(association: &mut Association, rows: &[&AssociationRow]) {
    let live = rows.iter().find(|row| row.status.is_some_and(AssociationStatus::is_live));
    let ended = rows.iter().filter(|row| row.status.is_some_and(AssociationStatus::is_ended));
    let count = ended.clone().count() as u16;
    match (live, ended.clone().next()) {
        (Some(row), _) => {
            association.status = Set::only(row.status.unwrap_or(AssociationStatus::Absent));
            association.older = (count, count);
        }
        // The current one has no row, or its row would be live: what ended is an older one.
        (None, Some(_)) if !may_have_ended(association) => {
            association.status = Set::only(AssociationStatus::Absent);
            association.older = (count, count);
        }
        (None, Some(_)) => {
            let statuses = ended.filter_map(|row| row.status);
            association.status = statuses.fold(Set::EMPTY, |set, status| set | Set::only(status));
            association.older = (count - 1, count - 1);
        }
        (None, None) => {
            association.status = Set::only(AssociationStatus::Absent);
            association.older = (0, 0);
        }
    }
    association.seen = match (rows, association.status.single()) {
        ([row], Some(status)) if !status.in_transition() && row.status == Some(status) => {
            Some(SeenRow { status, row: Arc::clone(&row.row) })
        }
        _ => None,
    };
}

fn may_have_ended(association: &Association) -> bool {
    association.status.values().any(AssociationStatus::is_ended)
}

fn shares(belief: &mut Belief, filter: &ShareFilter, rows: &[ShareRow]) {
    if !filter.own {
        return;
    }
    let whole = filter.is_by_id_alone();
    let invitations = &belief.invitations;
    for (position, share) in belief.shares.iter_mut().enumerate() {
        let asked = filter.shares.as_ref().is_some_and(|ids| ids.contains(&share.id));
        let missing = whole && asked && share.owner == filter.caller;
        match rows.iter().find(|row| row.id == share.id) {
            Some(row) => {
                share.status = row.status.map_or(share.status, Set::only);
                let open = invitations.iter().any(|each| {
                    each.share == position && each.status.has(InvitationStatus::Pending)
                });
                share.seen = row.updated.filter(|_| !open && rests(share));
            }
            None if missing && share.status.has(ShareStatus::Absent) => {
                share.status = Set::only(ShareStatus::Absent);
            }
            None => {}
        }
    }
}

/// Whether nothing of a share changes by itself: it is active, and what is in it is there to stay.
fn rests(share: &Share) -> bool {
    use AssociationStatus::{Absent, Associated};
    let stays = |association: &Association| {
        let never = association.older == (0, 0) && association.status.within(Set::only(Absent));
        never || association.status.within(Set::only(Associated))
    };
    share.status == Set::only(ShareStatus::Active)
        && !share.others
        && share.associations.iter().all(|(_, association)| stays(association))
}

fn invitations(
    world: &World,
    belief: &mut Belief,
    (caller, rows): (AccountIndex, &[InvitationRow]),
    window: Window,
) {
    for row in rows {
        // An invitation that names no receiver is that of who is shown it.
        let receiver = row.receiver.as_deref().unwrap_or_else(|| world.account_id(caller));
        let Some(share) = belief.position(&row.share) else { continue };
        let invitations = &mut belief.invitations;
        let known = invitations.iter().position(|each| each.id.as_deref() == Some(&row.id));
        let Some(place) = known.or_else(|| named(world, invitations, (share, receiver), row))
        else {
            continue;
        };
        let Some(invitation) = invitations.get_mut(place) else { continue };
        invitation.id = Some(row.id.clone());
        let created = &mut invitation.created;
        created.to = created.to.min(window.to).max(created.from);
        let both = invitation.status & row.status;
        if !row.status.is_empty() {
            invitation.status = if both.is_empty() { row.status } else { both };
        }
    }
}

/// The position of the invitation that a row names for the first time. Rows come in any order: which of several it is
/// nobody knows, nor then when each of them was sent.
fn named(
    world: &World,
    invitations: &mut [Invitation],
    (share, receiver): (usize, &str),
    row: &InvitationRow,
) -> Option<usize> {
    let nameless = |each: &Invitation| {
        each.id.is_none() && each.share == share && world.account_id(each.receiver) == receiver
    };
    let sent = invitations.iter().filter(|each| nameless(each)).map(|each| each.created);
    let sent = sent.reduce(Window::join)?;
    invitations.iter_mut().filter(|each| nameless(each)).for_each(|each| each.created = sent);
    let may_be = |each: &Invitation| nameless(each) && each.status.meets(row.status);
    invitations.iter().position(may_be).or_else(|| invitations.iter().position(nameless))
}

/// Joins another belief: see [`Belief::join`].
pub fn join(belief: &mut Belief, other: &Belief) {
    for (position, share) in belief.shares.iter_mut().enumerate() {
        let Some(before) = other.shares.get(position) else { continue };
        for (entity, _) in &before.associations {
            share.association_mut(entity);
        }
        share.others |= before.others;
        share.status |= before.status;
        share.external |= before.external;
        share.updated = share.updated.join(before.updated);
        share.seen = None;
        for name in &before.names {
            if !share.names.contains(name) {
                share.names.push(name.clone());
            }
        }
        for (kind, permission) in &mut share.permissions {
            *permission = permission.join(&before.permission(kind));
        }
        for (entity, association) in &mut share.associations {
            let never =
                Association { status: Set::only(AssociationStatus::Absent), ..Association::NEVER };
            let was = before.association(entity).cloned().unwrap_or(never);
            association.status |= was.status;
            association.stays &= was.stays;
            association.older =
                (association.older.0.min(was.older.0), association.older.1.max(was.older.1));
            association.created = association.created.join(was.created);
            association.updated = association.updated.join(was.updated);
            association.property = association.property.join(&was.property);
            association.seen = None;
        }
    }
    join_invitations(belief, other);
    join_spent(belief, other);
    for token in &other.tokens {
        if !belief.tokens.contains(token) {
            belief.tokens.push(token.clone());
        }
    }
    belief.offset = belief.offset.join(other.offset);
    for (position, enabled) in belief.enabled.iter_mut().enumerate() {
        *enabled |= other.enabled.get(position).copied().unwrap_or(Set::EMPTY);
    }
}

/// Invitations are alike if they are of one share to one account; the second is alike to the second.
fn join_invitations(belief: &mut Belief, other: &Belief) {
    let mut left: Vec<Option<&Invitation>> = other.invitations.iter().map(Some).collect();
    let absent = Set::only(InvitationStatus::Absent);
    for own in &mut belief.invitations {
        let alike = |each: &&mut Option<&Invitation>| {
            each.is_some_and(|each| (each.share, each.receiver) == (own.share, own.receiver))
        };
        match left.iter_mut().find(alike).and_then(Option::take) {
            Some(was) => {
                own.status |= was.status;
                own.created = own.created.join(was.created);
                own.withdrawn &= was.withdrawn;
                own.id = own.id.take().or_else(|| was.id.clone());
            }
            None => own.status |= absent,
        }
    }
    for was in left.into_iter().flatten() {
        belief.invitations.push(Invitation { status: was.status | absent, ..was.clone() });
    }
}

/// A token that was spent in one of them may not have been.
fn join_spent(belief: &mut Belief, other: &Belief) {
    let unsure = Set::only(false);
    let alike = |one: &Spent, two: &Spent| {
        (&one.token, one.caller, &one.operation, &one.arguments)
            == (&two.token, two.caller, &two.operation, &two.arguments)
    };
    for own in &mut belief.spent {
        match other.spent.iter().find(|each| alike(each, own)) {
            Some(was) => own.accepted |= was.accepted,
            None => own.accepted |= unsure,
        }
    }
    for was in &other.spent {
        if !belief.spent.iter().any(|each| alike(each, was)) {
            belief.spent.push(Spent { accepted: was.accepted | unsure, ..was.clone() });
        }
    }
}

impl Belief {
    /// Joins another belief of the same shares into this one, fact by fact. A join may forget, never exclude.
    pub fn join(&mut self, other: &Self) {
        join(self, other);
    }
}
