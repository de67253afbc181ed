//! The state of the reference implementation: shares, associations with their rows and times,
//! invitations, page tokens. One concrete state, no sets.

use serde_json::{Map, Value};
use sharespec_model::belief::{INVITATION_VALID, KEPT_AT_LEAST, KEPT_AT_MOST, same_form};
use sharespec_model::facts::{AssociationFacts, Facts, InvitationFacts, ShareFacts};
use sharespec_model::property::Property;
use sharespec_model::set::Set;
use sharespec_model::spent::Spent;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, Entity, World};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// One row of an association.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entity.
    pub entity: Entity,
    /// The status.
    pub status: AssociationStatus,
    /// When its transition ends.
    pub due: Option<i64>,
    /// When it was created.
    pub created: i64,
    /// When it was last updated.
    pub updated: i64,
    /// Whether its association, once under way, ends in failure.
    pub fails: bool,
    /// The property that it was given, as it was written.
    pub property: Option<String>,
}

/// The permission that a share has for a resource type.
#[derive(Clone, Debug)]
pub struct Permission {
    /// The resource type.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// One share.
#[derive(Clone, Debug)]
pub struct Share {
    /// The id.
    pub id: String,
    /// The owner.
    pub owner: AccountIndex,
    /// The name.
    pub name: String,
    /// The status.
    pub status: ShareStatus,
    /// When its transition ends.
    pub due: Option<i64>,
    /// Whether principals outside the directory are allowed.
    pub external: bool,
    /// Its tags, keys with values.
    pub tags: Vec<(String, String)>,
    /// When it was created.
    pub created: i64,
    /// When it was last updated.
    pub updated: i64,
    /// The rows, oldest first.
    pub rows: Vec<Row>,
    /// The permissions, oldest first.
    pub permissions: Vec<Permission>,
}

impl Share {
    /// The row that says what an entity's status is: the live one, else the youngest.
    pub fn row(&self, entity: &Entity) -> Option<&Row> {
        self.position(entity).and_then(|position| self.rows.get(position))
    }

    /// The same, to be changed.
    pub fn row_mut(&mut self, entity: &Entity) -> Option<&mut Row> {
        self.position(entity).and_then(|position| self.rows.get_mut(position))
    }

    fn position(&self, entity: &Entity) -> Option<usize> {
        let own = |(_, row): &(usize, &Row)| row.entity == *entity;
        let rows = || self.rows.iter().enumerate().filter(own);
        let live = rows().rfind(|(_, row)| row.status.is_live());
        live.or_else(|| rows().next_back()).map(|(position, _)| position)
    }
}

/// One invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The id.
    pub id: String,
    /// The share, by its position.
    pub share: usize,
    /// The invited account.
    pub receiver: AccountIndex,
    /// The status.
    pub status: InvitationStatus,
    /// When it was made.
    pub created: i64,
}

/// How long a step of a transition takes, in milliseconds.
const STEP: i64 = 30;

/// How the state goes on by itself.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Whether transitions are held.
    pub held: bool,
    /// Whether the end of a transition is an update of its row.
    pub stamps_end: bool,
    /// Whether each step of a transition is one.
    pub stamps_steps: bool,
    /// How long records of what ended are kept, in milliseconds.
    pub kept: i64,
    /// How long an invitation stands that is not answered, in milliseconds.
    pub stands: i64,
    /// What the row of a principal becomes whose invitation expired; `Absent` is none.
    pub expired: AssociationStatus,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            held: false,
            stamps_end: false,
            stamps_steps: false,
            kept: KEPT_AT_LEAST + KEPT_AT_MOST / 4,
            stands: INVITATION_VALID,
            expired: AssociationStatus::Associating,
        }
    }
}

/// The form of the ids that are minted, by example.
#[derive(Clone, Copy, Debug)]
pub struct IdForms {
    /// An id of a share.
    pub share: &'static str,
    /// An id of an invitation.
    pub invitation: &'static str,
}

impl Default for IdForms {
    fn default() -> Self {
        Self { share: "rs-6GRmdD3X0aB1", invitation: "i-p6eRytrkjVvM0aB1" }
    }
}

/// Everything that the reference implementation remembers about shares.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The shares, in order of their creation. A purged share leaves its place empty.
    pub shares: Vec<Share>,
    /// The invitations, in order of their creation.
    pub invitations: Vec<Invitation>,
    /// Whether sharing is enabled, by the position of the directory.
    pub enabled: Vec<bool>,
    /// The calls that were made with tokens of idempotency.
    pub spent: Vec<Spent>,
    /// What was answered to each of them.
    pub answers: Vec<Map<String, Value>>,
    /// The form of its ids.
    pub forms: IdForms,
    positions: HashMap<String, usize>,
    /// What is to be looked at, and when: nothing happens by itself before.
    agenda: BTreeSet<(i64, Due)>,
}

/// What something may happen to by itself: a share or an invitation, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Share(usize),
    Invitation(usize),
}

impl State {
    /// The state before the first call.
    pub fn new(world: &World, forms: IdForms) -> Self {
        let enabled = world.file.directories.iter().map(|each| each.sharing_enabled).collect();
        Self { enabled, forms, ..Self::default() }
    }

    /// Adds a share.
    pub fn add(&mut self, share: Share) -> usize {
        let position = self.shares.len();
        self.positions.insert(share.id.clone(), position);
        self.agenda.insert((i64::MIN, Due::Share(position)));
        self.shares.push(share);
        position
    }

    /// The position of the share of this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// A share, to be changed: what happens to it by itself is looked at anew.
    pub fn share_mut(&mut self, position: usize) -> Option<&mut Share> {
        self.agenda.insert((i64::MIN, Due::Share(position)));
        self.shares.get_mut(position)
    }

    /// Adds an invitation.
    pub fn invite(&mut self, invitation: Invitation) {
        self.agenda.insert((i64::MIN, Due::Invitation(self.invitations.len())));
        self.invitations.push(invitation);
    }

    /// Lets pass what happens by itself until `now`.
    pub fn advance(&mut self, now: i64, pace: Pace) {
        while self.agenda.first().is_some_and(|(moment, _)| *moment <= now)
            && let Some((_, due)) = self.agenda.pop_first()
        {
            let next = match due {
                Due::Share(position) => self.advance_share(position, now, pace),
                Due::Invitation(position) => self.expire(position, now, pace),
            };
            self.agenda.extend(next.map(|moment| (moment, due)));
        }
    }

    /// Looks at everything anew: the pace is another one, or anything may have been changed.
    pub fn look_again(&mut self) {
        let shares = (0..self.shares.len()).map(Due::Share);
        let invitations = (0..self.invitations.len()).map(Due::Invitation);
        self.agenda = shares.chain(invitations).map(|due| (i64::MIN, due)).collect();
    }

    /// Lets pass what happens to a share; when something happens next.
    fn advance_share(&mut self, position: usize, now: i64, pace: Pace) -> Option<i64> {
        let share = self.shares.get_mut(position)?;
        advance_share(share, now, pace);
        if share.status == ShareStatus::Deleted && now >= share.updated + pace.kept {
            self.positions.remove(&share.id);
            share.status = ShareStatus::Absent;
            share.rows.clear();
        }
        next_change(share, pace)
    }

    /// Lets an invitation expire, and what becomes of the row of who was invited; when it does, if it
    /// has not.
    fn expire(&mut self, position: usize, now: i64, pace: Pace) -> Option<i64> {
        let pending = |each: &&mut Invitation| each.status == InvitationStatus::Pending;
        let invitation = self.invitations.get_mut(position).filter(pending)?;
        let end = invitation.created + pace.stands;
        if now < end {
            return Some(end);
        }
        invitation.status = InvitationStatus::Expired;
        let (share, receiver) = (invitation.share, invitation.receiver);
        self.end_invited(share, &Entity::Principal(u32::from(receiver.0)), pace.expired, end);
        self.end_waiting(share);
        None
    }
}

/// When something of a share happens by itself next.
fn next_change(share: &Share, pace: Pace) -> Option<i64> {
    let forgotten = |ended: bool, updated: i64| ended.then_some(updated + pace.kept);
    let due = |due: Option<i64>| due.filter(|_| !pace.held);
    let stepped =
        |row: &Row| (pace.stamps_steps && row.due.is_some()).then_some(row.updated + STEP);
    let of_row =
        |row: &Row| [due(row.due), forgotten(row.status.is_ended(), row.updated), stepped(row)];
    let own = [due(share.due), forgotten(share.status == ShareStatus::Deleted, share.updated)];
    share.rows.iter().flat_map(of_row).chain(own).flatten().min()
}

impl State {
    /// Gives the row of a principal that has not joined another status; `Absent` takes it away.
    pub fn end_invited(&mut self, share: usize, entity: &Entity, to: AssociationStatus, now: i64) {
        let Some(share) = self.share_mut(share) else { return };
        let waiting =
            |row: &Row| row.entity == *entity && row.status == AssociationStatus::Associating;
        match to {
            AssociationStatus::Associating => {}
            AssociationStatus::Absent => share.rows.retain(|row| !waiting(row)),
            ended => {
                for row in share.rows.iter_mut().filter(|row| waiting(row)) {
                    (row.status, row.due, row.updated) = (ended, None, now);
                }
            }
        }
    }

    /// A share that waits for nobody any more is active.
    pub fn end_waiting(&mut self, share: usize) {
        let waits = Facts::open_invitations(self, share).has(true);
        if let Some(found) = self.share_mut(share)
            && found.status == ShareStatus::Pending
            && found.due.is_none()
            && !waits
        {
            found.status = ShareStatus::Active;
        }
    }
}

impl Share {
    fn facts(&self, handle: usize) -> ShareFacts {
        ShareFacts {
            handle,
            owner: self.owner,
            status: Set::only(self.status),
            external: Set::only(self.external),
        }
    }
}

impl Invitation {
    fn facts(&self) -> InvitationFacts {
        InvitationFacts {
            share: self.share,
            receiver: self.receiver,
            status: Set::only(self.status),
        }
    }
}

fn advance_share(share: &mut Share, now: i64, pace: Pace) {
    if !pace.held && share.due.is_some_and(|due| due <= now) {
        share.due = None;
        match share.status {
            ShareStatus::Pending => share.status = ShareStatus::Active,
            ShareStatus::Deleting => {
                share.status = ShareStatus::Deleted;
                for row in share.rows.iter_mut().filter(|row| row.status.is_live()) {
                    row.status = AssociationStatus::Disassociated;
                    row.due = None;
                }
            }
            ShareStatus::Active | ShareStatus::Deleted | ShareStatus::Absent => {}
        }
    }
    if share.rows.is_empty() {
        return;
    }
    for row in share.rows.iter_mut() {
        if let Some(due) = row.due.filter(|_| pace.stamps_steps) {
            // Steps go on even where ends are held.
            let until = if pace.held { now } else { now.min(due) };
            row.updated += (until - row.updated).max(0) / STEP * STEP;
        }
        let Some(due) = row.due.filter(|due| !pace.held && *due <= now) else { continue };
        row.due = None;
        row.status = match row.status {
            AssociationStatus::Associating if row.fails => AssociationStatus::Failed,
            AssociationStatus::Associating => AssociationStatus::Associated,
            AssociationStatus::Disassociating => AssociationStatus::Disassociated,
            other => other,
        };
        if pace.stamps_end {
            row.updated = due.max(row.updated);
        }
    }
    share.rows.retain(|row| !row.status.is_ended() || now < row.updated + pace.kept);
}

impl Facts for State {
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
        let row = self.shares.get(share).and_then(|each| each.row(entity));
        let status = row.map_or(AssociationStatus::Absent, |row| row.status);
        AssociationFacts {
            status: Set::only(status),
            invitation: Set::only(self.invited(share, entity)),
            was: row.is_some(),
        }
    }

    fn property(&self, share: usize, entity: &Entity) -> Property {
        let row = self.shares.get(share).and_then(|each| each.row(entity));
        let text = row.and_then(|row| row.property.as_deref());
        let value = text.and_then(|text| serde_json::from_str(text).ok());
        value.map_or(Property::Nothing, |value| Property::This(Arc::new(value)))
    }

    fn entities(&self, share: usize, visit: &mut dyn FnMut(&Entity, AssociationFacts)) {
        let Some(found) = self.shares.get(share) else { return };
        for row in &found.rows {
            let current = found.row(&row.entity).is_some_and(|each| std::ptr::eq(each, row));
            if current {
                visit(&row.entity, self.association(share, &row.entity));
            }
        }
    }

    fn has_form_of_share_id(&self, id: &str) -> bool {
        same_form(self.forms.share, id)
    }

    fn is_spelled_as_share_id(&self, id: &str) -> bool {
        // What is forgotten leaves its place empty, and no spelling behind.
        let known = |share: &&Share| share.status != ShareStatus::Absent && share.id != id;
        self.shares.iter().filter(known).any(|share| share.id.eq_ignore_ascii_case(id.trim()))
    }

    fn invitation(&self, id: &str) -> Option<InvitationFacts> {
        self.invitations.iter().find(|each| each.id == id).map(Invitation::facts)
    }

    fn has_form_of_invitation_id(&self, id: &str) -> bool {
        same_form(self.forms.invitation, id)
    }

    fn gave_token(&self, token: &str) -> bool {
        crate::pages::position(token).is_some()
    }

    fn gave_token_since(&self, _: &str) -> bool {
        false
    }

    fn enabled(&self, directory: u16) -> Set<bool> {
        Set::only(self.enabled.get(usize::from(directory)).copied().unwrap_or(false))
    }

    fn spent(&self) -> &[Spent] {
        &self.spent
    }

    fn open_invitations(&self, share: usize) -> Set<bool> {
        let open =
            |each: &Invitation| each.share == share && each.status == InvitationStatus::Pending;
        Set::only(self.invitations.iter().any(open))
    }
}

impl State {
    /// What was answered to a call that was made with a token.
    pub fn answer_to(&self, spent: &Spent) -> Map<String, Value> {
        let found = self.spent.iter().position(|each| each == spent);
        found.and_then(|at| self.answers.get(at)).cloned().unwrap_or_default()
    }

    fn invited(&self, share: usize, entity: &Entity) -> InvitationStatus {
        let Entity::Principal(position) = entity else { return InvitationStatus::Absent };
        let own =
            |each: &&Invitation| each.share == share && u32::from(each.receiver.0) == *position;
        self.invitations.iter().rev().find(own).map_or(InvitationStatus::Absent, |each| each.status)
    }
}
