//! What an accepted call does to the state of the reference implementation, and what it shows.

use crate::platform::Platform;
use crate::policy::Policy;
use crate::random::Random;
use crate::state::{Invitation, Row, Share, State};
use serde_json::{Map, Value};
use sharespec_model::call::Call;
use sharespec_model::facts::{AssociationFacts, Facts, ShareFacts};
use sharespec_model::lifecycle::{fails, invited};
use sharespec_model::outcome::{Answered, Change, Creation, Outcome};
use sharespec_model::prediction::Expected;
use sharespec_model::set::Set;
use sharespec_model::spent::Spent;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, Entity, World};

/// What a success shows.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Nothing but the request id.
    Acknowledged,
    /// Rows of one share: the positions of share and rows.
    Rows(Vec<(usize, Row)>),
    /// A share.
    Share(usize),
    /// An invitation.
    Invitation(usize),
    /// A list.
    List(Expected),
    /// Whether sharing is enabled.
    Enabled(bool),
    /// The regions.
    Regions,
    /// What was shown before.
    Again(Map<String, Value>),
}

/// Where a call is applied.
pub struct Place<'a> {
    /// The API.
    pub platform: &'a dyn Platform,
    /// The world.
    pub world: &'a World,
    /// How what is open is resolved.
    pub policy: &'a Policy,
    /// The state.
    pub state: &'a mut State,
    /// The source of ids.
    pub random: &'a mut Random,
    /// The time.
    pub now: i64,
}

/// Applies an accepted call.
pub fn apply(place: &mut Place<'_>, call: &Call, outcome: Outcome) -> Shown {
    match outcome {
        Outcome::Remove(removal) => match removal.share {
            Some(share) => remove(place, share, &removal.entities),
            None => Shown::Rows(Vec::new()),
        },
        Outcome::Add(addition) => match addition.share {
            Some(share) => {
                let rows =
                    addition.entities.iter().map(|each| add(place, call, share.handle, each));
                let rows = rows.collect();
                permit(place, call, share.handle, &addition.entities);
                Shown::Rows(rows)
            }
            None => Shown::Rows(Vec::new()),
        },
        Outcome::Create(creation) => create(place, call, &creation),
        Outcome::Update(Change { share: Some(share), name, external }) => {
            update(place, share, name, external)
        }
        Outcome::Delete(Some(share)) => delete(place, share),
        Outcome::Accept(Answered { found: Some(found), .. }) => {
            answer(place, found.share, found.receiver, true)
        }
        Outcome::Reject(Answered { found: Some(found), .. }) => {
            answer(place, found.share, found.receiver, false)
        }
        Outcome::Enable(Some(directory)) => {
            if let Some(enabled) = place.state.enabled.get_mut(usize::from(directory)) {
                *enabled = true;
            }
            Shown::Acknowledged
        }
        Outcome::Show(Expected::Enabled(enabled)) => {
            Shown::Enabled(enabled.single().unwrap_or(false))
        }
        Outcome::Show(Expected::Regions(_)) => Shown::Regions,
        Outcome::Show(expected) => Shown::List(expected),
        Outcome::Repeat(spent, outcome) => again(place, &spent, &outcome),
        Outcome::Update(_)
        | Outcome::Delete(None)
        | Outcome::Accept(_)
        | Outcome::Reject(_)
        | Outcome::Enable(None) => Shown::Acknowledged,
    }
}

impl Place<'_> {
    /// When a transition that begins now ends; none if it ends at once.
    fn due(&mut self, point: &str) -> Option<i64> {
        let at_once = self.policy.follows(point, "at-once");
        let longest = self.policy.transition.filter(|_| !at_once)?;
        let length = match self.policy.transition_varies {
            true => 1 + self.random.luck().cast_signed().rem_euclid(longest.max(1)),
            false => longest,
        };
        Some(self.now + length)
    }
}

fn remove(place: &mut Place<'_>, share: ShareFacts, entities: &[Entity]) -> Shown {
    let due = place.due("answer-status");
    let now = place.now;
    let mut rows = Vec::new();
    for entity in entities {
        let Some(found) = place.state.share_mut(share.handle) else { break };
        let Some(row) = found.row_mut(entity) else { continue };
        if matches!(row.status, AssociationStatus::Associated | AssociationStatus::Associating) {
            row.status = match due {
                Some(_) => AssociationStatus::Disassociating,
                None => AssociationStatus::Disassociated,
            };
            row.due = due;
            row.updated = now;
        }
        let mut shown = row.clone();
        if place.policy.follows("create-time", "operation") {
            // Of a removal that is under way or over, its own time.
            shown.created = shown.updated;
        }
        rows.push((share.handle, shown));
    }
    cancel(place.state, share.handle, entities);
    Shown::Rows(rows)
}

fn cancel(state: &mut State, share: usize, entities: &[Entity]) {
    for invitation in state.invitations.iter_mut().filter(|each| each.share == share) {
        let principal = Entity::Principal(u32::from(invitation.receiver.0));
        if entities.contains(&principal) && invitation.status == InvitationStatus::Pending {
            invitation.status = InvitationStatus::Cancelled;
        }
    }
    state.end_waiting(share);
}

fn add(place: &mut Place<'_>, call: &Call, share: usize, entity: &Entity) -> (usize, Row) {
    let owner = place.state.shares.get(share).map_or(AccountIndex(0), |each| each.owner);
    let receiver = invited(place.world, &*place.state, owner, entity);
    let due = if receiver.is_some() { None } else { place.due("associate-status") };
    let now = place.now;
    let fails = fails(place.world, owner, entity);
    let status = match (receiver, due) {
        (None, None) if fails => AssociationStatus::Failed,
        (None, None) => AssociationStatus::Associated,
        _ => AssociationStatus::Associating,
    };
    let property = place.platform.property(place.world, call, entity);
    let (entity, created, updated) = (entity.clone(), now, now);
    let fresh = Row { entity, status, due, created, updated, fails, property };
    let entity = &fresh.entity;
    let reuse = !place.policy.follows("re-association", "new-row");
    let keep = place.policy.follows("re-association", "reused-keeping-time");
    let hidden = receiver.is_some() && place.policy.follows("invited-row", "absent");
    let before = place.state.association(share, entity);
    if let Some(found) = place.state.share_mut(share) {
        match found.row_mut(entity) {
            Some(row) if row.status.is_live() => {
                row.property = fresh.property.clone().or(row.property.take());
            }
            Some(row) if reuse => {
                let created = if keep { row.created } else { now };
                *row = Row { created, ..fresh.clone() };
            }
            _ if hidden => {}
            _ => found.rows.push(fresh.clone()),
        }
    }
    if let Some(receiver) = receiver {
        invite(place, share, receiver, before);
    }
    let row = place.state.shares.get(share).and_then(|each| each.row(entity));
    let live = row.filter(|row| row.status.is_live()).cloned();
    (share, live.unwrap_or(fresh))
}

/// Gives the types of what is added their permissions. One that is named takes the place of the one that
/// was there, a default one does not.
fn permit(place: &mut Place<'_>, call: &Call, share: usize, entities: &[Entity]) {
    let given = place.platform.permissions(place.world, call, entities);
    let Some(share) = place.state.share_mut(share) else { return };
    for (permission, named) in given {
        match share.permissions.iter_mut().find(|each| each.kind == permission.kind) {
            Some(before) if named => *before = permission,
            Some(_) => {}
            None => share.permissions.push(permission),
        }
    }
}

fn invite(place: &mut Place<'_>, share: usize, receiver: AccountIndex, before: AssociationFacts) {
    let again = place.policy.follows("entity-already-invited", "again");
    let accepted = before.invitation == Set::only(InvitationStatus::Accepted);
    let joined = accepted && before.status.values().any(AssociationStatus::is_live);
    if joined || (before.is_invited() && !again) {
        return;
    }
    let of_receiver = |each: &&mut Invitation| each.share == share && each.receiver == receiver;
    for earlier in place.state.invitations.iter_mut().filter(of_receiver) {
        if earlier.status == InvitationStatus::Pending {
            earlier.status = InvitationStatus::Cancelled;
        }
    }
    let owner = place.state.shares.get(share).map_or(AccountIndex(0), |each| each.owner);
    let id = place.platform.invitation_id(place.random, place.policy.ids.invitation, owner);
    let created = place.now + place.policy.invites_after;
    let status = InvitationStatus::Pending;
    place.state.invite(Invitation { id, share, receiver, status, created });
    if place.policy.follows("invited-share-status", "pending")
        && let Some(found) = place.state.share_mut(share)
        && found.status == ShareStatus::Active
    {
        found.status = ShareStatus::Pending;
        found.due = None;
    }
}

fn create(place: &mut Place<'_>, call: &Call, creation: &Creation) -> Shown {
    let later = place.policy.follows("creation-status", "later");
    let due = place.policy.transition.filter(|_| later).map(|length| place.now + length);
    let owner = place.world.account(&call.caller).unwrap_or(AccountIndex(0));
    let share = Share {
        id: place.platform.share_id(place.random, place.policy.ids.share, owner),
        owner,
        name: creation.name.clone().unwrap_or_default(),
        status: if due.is_some() { ShareStatus::Pending } else { ShareStatus::Active },
        due,
        external: creation.external,
        tags: creation.tags.clone().unwrap_or_default(),
        created: place.now,
        updated: place.now,
        rows: Vec::new(),
        permissions: Vec::new(),
    };
    let handle = place.state.add(share);
    for entity in &creation.entities {
        add(place, call, handle, entity);
    }
    permit(place, call, handle, &creation.entities);
    Shown::Share(handle)
}

fn update(
    place: &mut Place<'_>,
    share: ShareFacts,
    name: Option<String>,
    external: Option<bool>,
) -> Shown {
    if let Some(found) = place.state.share_mut(share.handle) {
        if let Some(name) = name {
            found.name = name;
        }
        found.external = external.unwrap_or(found.external);
        found.updated = place.now;
    }
    Shown::Share(share.handle)
}

/// Answers as before, or, of what was done to entities, with what has become of them.
fn again(place: &Place<'_>, spent: &Spent, outcome: &Outcome) -> Shown {
    let rows = matches!(outcome, Outcome::Add(_) | Outcome::Remove(_));
    if let (true, Some(share)) = (rows && place.policy.follows("repeat-answer", "now"), spent.share)
    {
        let found = place.state.shares.get(share);
        let current = spent.entities.iter().filter_map(|entity| found?.row(entity));
        let rows: Vec<(usize, Row)> = current.map(|row| (share, row.clone())).collect();
        if rows.len() == spent.entities.len() {
            return Shown::Rows(rows);
        }
    }
    Shown::Again(place.state.answer_to(spent))
}

fn delete(place: &mut Place<'_>, share: ShareFacts) -> Shown {
    let gone = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted]);
    if share.status.within(gone) {
        return Shown::Acknowledged;
    }
    let due = place.due("deletion-status");
    let now = place.now;
    if let Some(found) = place.state.share_mut(share.handle) {
        found.status = if due.is_some() { ShareStatus::Deleting } else { ShareStatus::Deleted };
        found.due = due;
        found.updated = now;
        for row in found.rows.iter_mut().filter(|row| row.status.is_live()) {
            row.status = match due {
                Some(_) => AssociationStatus::Disassociating,
                None => AssociationStatus::Disassociated,
            };
            row.due = due;
            row.updated = now;
        }
    }
    let all: Vec<Entity> = place
        .state
        .invitations
        .iter()
        .filter(|each| each.share == share.handle)
        .map(|each| Entity::Principal(u32::from(each.receiver.0)))
        .collect();
    cancel(place.state, share.handle, &all);
    Shown::Acknowledged
}

fn answer(place: &mut Place<'_>, share: usize, receiver: AccountIndex, accepted: bool) -> Shown {
    let due = place.due("associate-status");
    let now = place.now;
    let of_receiver = |each: &Invitation| {
        each.share == share && each.receiver == receiver && each.status == InvitationStatus::Pending
    };
    let invitations = &place.state.invitations;
    let same = |each: &Invitation| each.share == share && each.receiver == receiver;
    let position = invitations.iter().rposition(of_receiver);
    let position = position.or_else(|| invitations.iter().rposition(same));
    if let Some(invitation) = position.and_then(|at| place.state.invitations.get_mut(at)) {
        invitation.status =
            if accepted { InvitationStatus::Accepted } else { InvitationStatus::Rejected };
    }
    let entity = Entity::Principal(u32::from(receiver.0));
    place.state.end_waiting(share);
    if !accepted {
        place.state.end_invited(share, &entity, place.policy.rejected_row(), now);
        return Shown::Invitation(position.unwrap_or(0));
    }
    let status = match due {
        Some(_) => AssociationStatus::Associating,
        None => AssociationStatus::Associated,
    };
    if let Some(found) = place.state.share_mut(share) {
        match found.row_mut(&entity) {
            Some(row) => (row.status, row.due, row.updated) = (status, due, now),
            None => {
                let (created, updated, fails, property) = (now, now, false, None);
                found.rows.push(Row { entity, status, due, created, updated, fails, property });
            }
        }
    }
    Shown::Invitation(position.unwrap_or(0))
}
