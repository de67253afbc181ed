//! What is believed of a target's state: for each fact the values that it may have.
//!
//! Facts are independent: no set of whole states is kept. Times are windows on our own clock, in
//! milliseconds; a target's clock is compared with ours through one offset, itself a window.

use crate::facts::{AssociationFacts, Facts, InvitationFacts, ShareFacts};
use crate::observation::Stamp;
use crate::property::Property;
use crate::set::Set;
use crate::spent::{REMEMBERED, Spent};
use crate::status::{AssociationStatus, AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity};
use std::sync::Arc;

/// How long the record of what ended is kept at least, in milliseconds.
pub const KEPT_AT_LEAST: i64 = 48 * 3_600_000;
/// How long the record of what ended is kept at most, in milliseconds.
pub const KEPT_AT_MOST: i64 = 96 * 3_600_000;
/// How long an invitation can be accepted, in milliseconds.
pub const INVITATION_VALID: i64 = 7 * 24 * 3_600_000;
/// The same of AWS RAM, whose guide has less time for types that it does not name.
pub const AWS_INVITATION_VALID: i64 = 12 * 3_600_000;
/// How long after that an invitation may still be shown as open, and be answered: what is over may be
/// looked for once a day.
pub const INVITATION_OVERDUE: i64 = 24 * 3_600_000;

/// A stretch of time, both ends included, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The earliest moment.
    pub from: i64,
    /// The latest moment.
    pub to: i64,
}

impl Window {
    /// The window from one moment to another.
    pub fn new(from: i64, to: i64) -> Self {
        Self { from, to }
    }

    /// Any moment.
    pub const ALWAYS: Self = Self { from: i64::MIN / 4, to: i64::MAX / 4 };

    /// The smallest window with both.
    pub fn join(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// What both have in common; empty if `from` is after `to`.
    pub fn meet(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// Whether there is no moment in it.
    pub fn is_empty(self) -> bool {
        self.from > self.to
    }
}

/// A row as it was last read: what no call changed must read the same again.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRow {
    /// The status that it had.
    pub status: AssociationStatus,
    /// The row whole.
    pub row: Arc<serde_json::Value>,
}

/// What is believed of one entity in one share.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// The status of its current row.
    pub status: AssociationStatuses,
    /// The number of ended rows beside the current one: least and most.
    pub older: (u16, u16),
    /// When the current association was created.
    pub created: Window,
    /// When the current row was last updated.
    pub updated: Window,
    /// The row as it was last listed, if nothing may have changed it since.
    pub seen: Option<SeenRow>,
    /// Whether an association that is under way ends in failure: nobody can share the entity so.
    pub fails: bool,
    /// Whether an answer that is open put it there: what is under way then may end in failure.
    pub odd: bool,
    /// Whether the status stays as it is until a call changes it, transitions and records included:
    /// that of a share that was there before, of which it is said.
    pub stays: bool,
    /// Whether it was last listed as associated although its share was deleted.
    pub lingers: bool,
    /// Its property.
    pub property: Property,
}

impl Association {
    /// An entity that was never associated.
    pub const NEVER: Self = Self {
        status: AssociationStatuses::EMPTY,
        older: (0, 0),
        created: Window::ALWAYS,
        updated: Window::ALWAYS,
        seen: None,
        fails: false,
        odd: false,
        stays: false,
        lingers: false,
        property: Property::Nothing,
    };

    /// Whether the entity was ever associated, or may have been.
    pub fn was(&self) -> bool {
        let absent = Set::only(AssociationStatus::Absent);
        self.created != Window::ALWAYS || !self.status.within(absent)
    }

    /// When what is associated at a time may be said to be created: then, or when it was first, though
    /// no row was listed in between, as one that ended may be kept out of sight.
    pub fn created_if_again(&self, at: Window) -> Window {
        if self.was() { self.created.join(at) } else { at }
    }

    /// An entity of which nothing is known.
    pub fn anything() -> Self {
        let property = Property::Open;
        Self { status: Set::any(), older: (0, u16::MAX), odd: true, property, ..Self::NEVER }
    }
}

/// What is believed of one share.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The id that the target gave it.
    pub id: String,
    /// The owner.
    pub owner: AccountIndex,
    /// The names that it may have.
    pub names: Vec<String>,
    /// The status.
    pub status: Set<ShareStatus>,
    /// Whether principals outside the directory are allowed.
    pub external: Set<bool>,
    /// Its tags, keys with values; none if they are not known.
    pub tags: Option<Vec<(String, String)>>,
    /// When it was created.
    pub created: Window,
    /// When it was last updated.
    pub updated: Window,
    /// The time of its last update as it was last listed, if nothing may have changed it since.
    pub seen: Option<Stamp>,
    /// Whether entities that are not listed here may be associated.
    pub others: bool,
    /// What was ever associated with it.
    pub associations: Vec<(Entity, Association)>,
    /// By the names of the resource types that were ever in it, the permissions for them.
    pub permissions: Vec<(String, Property)>,
}

impl Share {
    fn facts(&self, handle: usize) -> ShareFacts {
        let Self { owner, status, external, .. } = *self;
        ShareFacts { handle, owner, status, external }
    }

    /// Whether it may be that it is being deleted, or is deleted.
    fn is_going(&self) -> bool {
        use ShareStatus::{Absent, Deleted, Deleting};
        self.status.meets(Set::of(&[Absent, Deleted, Deleting]))
    }

    /// The permission for a resource type.
    pub fn permission(&self, kind: &str) -> Property {
        let found = self.permissions.iter().find(|(each, _)| each == kind);
        match found {
            _ if self.others => Property::Open,
            Some((_, permission)) => permission.clone(),
            None => Property::Nothing,
        }
    }

    /// What is believed of an entity of the share.
    pub fn association(&self, entity: &Entity) -> Option<&Association> {
        self.associations.iter().find(|(each, _)| each == entity).map(|(_, found)| found)
    }

    /// The same, made if it is not there.
    pub fn association_mut(&mut self, entity: &Entity) -> &mut Association {
        let position = match self.associations.iter().position(|(each, _)| each == entity) {
            Some(position) => position,
            None => {
                let mut fresh = Association::NEVER;
                fresh.status = match self.others {
                    true => Set::any(),
                    false => Set::only(AssociationStatus::Absent),
                };
                self.associations.push((entity.clone(), fresh));
                self.associations.len() - 1
            }
        };
        // The position was found or made just above.
        #[expect(clippy::indexing_slicing, reason = "the position is in bounds")]
        &mut self.associations[position].1
    }
}

/// What is believed of one invitation.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// The id, once a list or an answer showed it.
    pub id: Option<String>,
    /// The share, by its position.
    pub share: usize,
    /// The invited account.
    pub receiver: AccountIndex,
    /// The status.
    pub status: Set<InvitationStatus>,
    /// When it was made.
    pub created: Window,
    /// Whether its principal was certainly removed since, or its share deleted: however long it is shown as
    /// open, nobody joins by it.
    pub withdrawn: bool,
}

impl Invitation {
    fn facts(&self) -> InvitationFacts {
        InvitationFacts { share: self.share, receiver: self.receiver, status: self.status }
    }
}

/// What is believed of a target's state.
#[derive(Clone, Debug, PartialEq)]
pub struct Belief {
    /// The shares that were made, in order.
    pub shares: Vec<Share>,
    /// The invitations that were made.
    pub invitations: Vec<Invitation>,
    /// Whether sharing is enabled, by the position of the directory.
    pub enabled: Vec<Set<bool>>,
    /// The tokens that the target gave for next pages.
    pub tokens: Vec<String>,
    /// The tokens of idempotency that the target made, for calls without one.
    pub made: Vec<String>,
    /// The calls that were made with tokens of idempotency.
    pub spent: Vec<Spent>,
    /// Whether transitions are held, so that nothing ends by itself.
    pub held: bool,
    /// How long the record of what ended is kept, at least and at most.
    pub kept: Window,
    /// How long an invitation stands that is not answered, at least and at most.
    pub stands: Window,
    /// The target's clock minus ours, in milliseconds.
    pub offset: Window,
}

impl Belief {
    /// The belief before the first call: no share is known, directories are as the world says.
    pub fn new(world: &crate::world::World) -> Self {
        let enabled = world.file.directories.iter().map(|each| Set::only(each.sharing_enabled));
        Self {
            shares: Vec::new(),
            invitations: Vec::new(),
            enabled: enabled.collect(),
            tokens: Vec::new(),
            made: Vec::new(),
            spent: Vec::new(),
            held: false,
            kept: world.records_kept(),
            stands: world.invitations_stand(),
            offset: Window::ALWAYS,
        }
    }

    /// The position of the share of this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.shares.iter().position(|share| share.id == id)
    }

    /// Whether some association may be in transition, so that what is listed, or its order, changes by
    /// itself: times may go on where ends are held.
    pub fn is_in_transition(&self) -> bool {
        let some = |(position, share): (usize, &Share)| {
            share.associations.iter().any(|(entity, association)| {
                association.status.values().any(AssociationStatus::in_transition)
                    // Who has not answered an invitation stays as it is.
                    && !self.unanswered(position).contains(entity)
            })
        };
        self.shares.iter().enumerate().any(some)
    }

    /// Closes the belief under what happens by itself until `now`.
    pub fn close(&mut self, now: i64) {
        for position in 0..self.shares.len() {
            let mut waiting = self.unanswered(position);
            waiting.retain(|entity| self.must_answer(position, entity));
            let kept = self.kept;
            let Some(share) = self.shares.get_mut(position) else { continue };
            if !self.held {
                close_share(share);
            }
            let gone = now >= share.updated.from.saturating_add(kept.from);
            if gone && share.status.has(ShareStatus::Deleted) {
                share.status |= Set::only(ShareStatus::Absent);
            }
            // What is in a share ends with it, in one step or in several, and not before it does.
            let goes = !self.held && share.is_going();
            let (live, ended) = (Set::of(LIVE), Set::of(ENDED));
            for (entity, association) in &mut share.associations {
                // Who has not accepted does not become a principal by itself.
                if association.stays {
                    continue;
                }
                let moves = Moves {
                    joins: !self.held && !waiting.contains(entity),
                    leaves: !self.held,
                    open: share.others,
                };
                close_association(association, moves, kept, now);
                if goes && association.status.meets(live) {
                    association.status |= ended;
                    association.seen = None;
                }
            }
        }
        self.expire(now);
        self.forget_tokens(now);
    }

    /// What was accepted with a token long ago may come again as a call of its own.
    fn forget_tokens(&mut self, now: i64) {
        let old = |each: &&mut Spent| now >= each.at.saturating_add(REMEMBERED);
        for spent in self.spent.iter_mut().filter(old) {
            if spent.accepted == Set::only(true) {
                spent.accepted = Set::any();
            }
        }
    }

    /// Lets invitations expire. The row of who did not answer may follow later.
    fn expire(&mut self, now: i64) {
        let mut late: Vec<(usize, AccountIndex, i64)> = Vec::new();
        for invitation in &mut self.invitations {
            let end = invitation.created.from.saturating_add(self.stands.from);
            if invitation.status.has(InvitationStatus::Pending) && now >= end {
                invitation.status |= Set::only(InvitationStatus::Expired);
            }
            let overdue = now > invitation.created.to.saturating_add(self.stands.to);
            if overdue && !self.held {
                invitation.status = invitation.status.without(InvitationStatus::Pending);
            }
            // Of several invitations of an account the last one tells.
            late.retain(|(share, to, _)| (*share, *to) != (invitation.share, invitation.receiver));
            if invitation.status.has(InvitationStatus::Expired) {
                late.push((invitation.share, invitation.receiver, end));
            }
        }
        for (share, receiver, end) in late {
            if let Some(share) = self.shares.get_mut(share) {
                share.expire(receiver, Window::new(end, now));
            }
        }
    }
}

impl Share {
    /// What becomes of the row of an account whose invitation expired is open.
    fn expire(&mut self, receiver: AccountIndex, since: Window) {
        let association = self.association_mut(&Entity::Principal(u32::from(receiver.0)));
        if association.status.has(AssociationStatus::Associating) {
            association.status |= not_joined();
            association.updated = association.updated.join(since);
            association.seen = None;
        }
    }
}

/// The statuses that a principal may have that was invited and has not joined.
pub fn not_joined() -> AssociationStatuses {
    use AssociationStatus::{Absent, Associating, Disassociated, Failed};
    Set::of(&[Absent, Associating, Failed, Disassociated])
}

const LIVE: &[AssociationStatus] = &[
    AssociationStatus::Associating,
    AssociationStatus::Associated,
    AssociationStatus::Disassociating,
];

const ENDED: &[AssociationStatus] = &[
    AssociationStatus::Absent,
    AssociationStatus::Disassociating,
    AssociationStatus::Disassociated,
];

fn close_share(share: &mut Share) {
    if share.status.has(ShareStatus::Pending) {
        share.status |= Set::only(ShareStatus::Active);
    }
    if share.status.has(ShareStatus::Deleting) {
        share.status |= Set::only(ShareStatus::Deleted);
    }
}

/// Which transitions end by themselves.
struct Moves {
    joins: bool,
    leaves: bool,
    /// What an answer that is open left under way may end in failure.
    open: bool,
}

fn close_association(association: &mut Association, moves: Moves, kept: Window, now: i64) {
    use AssociationStatus::{
        Absent, Associated, Associating, Disassociated, Disassociating, Failed,
    };
    if moves.joins && association.status.has(Associating) {
        association.status |= match (association.fails, moves.open) {
            (_, true) => Set::of(&[Associated, Failed]),
            (fails, false) => Set::only(if fails { Failed } else { Associated }),
        };
    }
    if moves.leaves && association.odd && association.status.has(Associating) {
        association.status |= Set::only(Failed);
    }
    if moves.leaves && association.status.has(Disassociating) {
        association.status |= Set::only(Disassociated);
    }
    let ended = Set::of(&[Disassociated, Failed]);
    if association.status.meets(ended) {
        if now >= association.updated.from.saturating_add(kept.from) {
            association.status |= Set::only(Absent);
            association.older.0 = 0;
            association.seen = None;
        }
        if now > association.updated.to.saturating_add(kept.to)
            && association.status.within(ended | Set::only(Absent))
        {
            association.status = Set::only(Absent);
            association.older = (0, 0);
        }
    }
}

impl Facts for Belief {
    fn share(&self, id: &str) -> Option<ShareFacts> {
        let handle = self.position(id)?;
        self.shares.get(handle).map(|share| share.facts(handle))
    }

    fn shares(&self, visit: &mut dyn FnMut(ShareFacts)) {
        self.shares.iter().enumerate().for_each(|(handle, share)| visit(share.facts(handle)));
    }

    fn invitations(&self, visit: &mut dyn FnMut(InvitationFacts)) {
        self.invitations.iter().for_each(|each| visit(each.facts()));
    }

    fn association(&self, share: usize, entity: &Entity) -> AssociationFacts {
        let Some(share_facts) = self.shares.get(share) else { return AssociationFacts::never() };
        let found = share_facts.association(entity);
        let status = match found {
            Some(association) => association.status,
            None if share_facts.others => Set::any(),
            None => Set::only(AssociationStatus::Absent),
        };
        let was = found.is_some_and(Association::was);
        AssociationFacts { status, invitation: self.invitation_of(share, entity), was }
    }

    fn entities(&self, share: usize, visit: &mut dyn FnMut(&Entity, AssociationFacts)) {
        let Some(facts) = self.shares.get(share) else { return };
        for (entity, association) in &facts.associations {
            let invitation = self.invitation_of(share, entity);
            let (status, was) = (association.status, association.was());
            visit(entity, AssociationFacts { status, invitation, was });
        }
    }

    fn property(&self, share: usize, entity: &Entity) -> Property {
        let Some(share) = self.shares.get(share) else { return Property::Nothing };
        let unknown = if share.others { Property::Open } else { Property::Nothing };
        share.association(entity).map_or(unknown, |association| association.property.clone())
    }

    fn has_form_of_share_id(&self, id: &str) -> bool {
        self.shares.iter().any(|share| same_form(&share.id, id))
    }

    fn is_spelled_as_share_id(&self, id: &str) -> bool {
        self.shares.iter().any(|share| share.id.eq_ignore_ascii_case(id.trim()))
    }

    fn invitation(&self, id: &str) -> Option<InvitationFacts> {
        let found = self.invitations.iter().find(|each| each.id.as_deref() == Some(id));
        found.map(Invitation::facts)
    }

    fn has_form_of_invitation_id(&self, id: &str) -> bool {
        self.invitations
            .iter()
            .filter_map(|each| each.id.as_deref())
            .any(|each| same_form(each, id))
    }

    fn gave_token(&self, token: &str) -> bool {
        self.tokens.iter().any(|each| each == token)
    }

    fn gave_token_since(&self, token: &str) -> bool {
        self.gave_token(token) && self.tokens.last().is_some_and(|last| last != token)
    }

    fn enabled(&self, directory: u16) -> Set<bool> {
        self.enabled.get(usize::from(directory)).copied().unwrap_or(Set::any())
    }

    fn spent(&self) -> &[Spent] {
        &self.spent
    }

    fn open_invitations(&self, share: usize) -> Set<bool> {
        let open = self.invitations.iter().filter(|each| each.share == share);
        open.fold(Set::only(false), |found, each| {
            match each.status.has(InvitationStatus::Pending) {
                true if each.status.single().is_some() => Set::only(true),
                true => Set::any(),
                false => found,
            }
        })
    }
}

impl Belief {
    /// The principals of a share that were invited and certainly have not accepted.
    pub fn unanswered(&self, share: usize) -> Vec<Entity> {
        let mut waiting = Vec::new();
        for invitation in self.invitations.iter().filter(|each| each.share == share) {
            let entity = Entity::Principal(u32::from(invitation.receiver.0));
            waiting.retain(|each| *each != entity);
            if !invitation.status.has(InvitationStatus::Accepted) {
                waiting.push(entity);
            }
        }
        waiting
    }

    /// Takes invitations to a share that may or may not have been accepted for such as were not, as nobody
    /// joined for long. Returns whether there was one.
    pub fn nobody_joined(&mut self, share: usize) -> bool {
        let (pending, accepted) = (InvitationStatus::Pending, InvitationStatus::Accepted);
        let doubtful = |each: &&mut Invitation| {
            each.share == share && each.status.has(pending) && each.status.has(accepted)
        };
        let mut found = false;
        for invitation in self.invitations.iter_mut().filter(doubtful) {
            invitation.status = invitation.status.without(accepted);
            found = true;
        }
        found
    }

    /// Whether every invitation of an account that may be open was withdrawn, and there is one.
    pub fn is_withdrawn(&self, share: usize, receiver: AccountIndex) -> bool {
        let mut open = self.invitations.iter().filter(|each| {
            let same = each.share == share && each.receiver == receiver;
            same && each.status.has(InvitationStatus::Pending)
        });
        open.next().is_some_and(|first| first.withdrawn) && open.all(|each| each.withdrawn)
    }

    /// Whether a principal certainly got an invitation that it has not accepted.
    fn must_answer(&self, share: usize, entity: &Entity) -> bool {
        self.invitations.iter().any(|each| {
            let of_entity = Entity::Principal(u32::from(each.receiver.0)) == *entity;
            let answered = [InvitationStatus::Accepted, InvitationStatus::Absent];
            each.share == share && of_entity && !each.status.meets(Set::of(&answered))
        })
    }

    fn invitation_of(&self, share: usize, entity: &Entity) -> Set<InvitationStatus> {
        let Entity::Principal(position) = entity else {
            return Set::only(InvitationStatus::Absent);
        };
        let of_entity =
            |each: &&Invitation| each.share == share && u32::from(each.receiver.0) == *position;
        let last = self.invitations.iter().rev().find(of_entity);
        last.map_or(Set::only(InvitationStatus::Absent), |each| each.status)
    }
}

/// Whether two identifiers have one form: the same length, the same prefix up to the first hyphen,
/// and letters and digits after it. What the suite asks for by an unknown identifier has the form
/// that the target gave to its own.
pub fn same_form(known: &str, other: &str) -> bool {
    let (prefix, _) = known.split_at(known.find('-').map_or(0, |at| at + 1));
    known.len() == other.len()
        && other.strip_prefix(prefix).is_some_and(|rest| {
            rest.bytes().zip(known.bytes().skip(prefix.len())).all(|(one, two)| {
                one.is_ascii_alphanumeric() == two.is_ascii_alphanumeric()
                    && (one.is_ascii_alphanumeric() || one == two)
            })
        })
}
