//! What a success says about the state before, and what it does to it.

use super::{
    adding, changes, failing, given_to, is_vague, may_be_passed_over, receiver, removing, touched,
};
use crate::api::Api;
use crate::belief::{Association, Belief, Invitation, Share, Window, not_joined};
use crate::call::Call;
use crate::facts::{Facts, ShareFacts};
use crate::lifecycle;
use crate::narrow;
use crate::observation::{AssociationRow, Observed, ShareRow};
use crate::outcome::{Addition, Answered, Change, Creation, Outcome, Removal};
use crate::prediction::{Expected, Prediction};
use crate::property::Property;
use crate::set::Set;
use crate::spent::Spent;
use crate::status::AssociationStatus::{self, Absent};
use crate::status::{InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity};

/// How long it may take until an invitation is sent, in milliseconds. No document says that it is there
/// when the call returns that invites.
const INVITES_WITHIN: i64 = 5000;

/// Takes down that a call was made with a token of idempotency, and when.
pub fn spend<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    accepted: Set<bool>,
    (share, entities): (Option<usize>, &[Entity]),
    at: i64,
) {
    let Some(name) = api.names().client_token else { return };
    let token = call.arguments.get(name).and_then(serde_json::Value::as_str);
    let (Some(token), Some(caller)) = (token, api.world().account(&call.caller)) else { return };
    let mut arguments = call.arguments.clone();
    arguments.remove(name);
    belief.spent.push(Spent {
        token: token.to_owned(),
        caller,
        operation: call.operation.clone(),
        at,
        arguments,
        accepted,
        share,
        entities: entities.to_vec(),
    });
}

/// Follows a success into the belief.
pub fn observe<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    observed: &Observed,
    window: Window,
) {
    if let Expected::AssociationList(_) | Expected::ShareList(_) | Expected::InvitationList(_) =
        &prediction.expected
    {
        // Of which rows an open answer would be the list is open as well.
        if prediction.open {
            return;
        }
        return narrow::list(api.world(), belief, &prediction.expected, observed, window);
    }
    if !prediction.expected.is_read() {
        belief.shares.iter_mut().for_each(|share| share.seen = None);
    }
    let Ok((_, outcome)) = api.evaluate(api.spec(), belief, call) else {
        return;
    };
    let made = (belief.shares.len(), matches!(outcome, Outcome::Create(_)));
    let (share, entities) = touched(&outcome);
    let shown: Vec<Entity> = match (&prediction.expected, observed) {
        (Expected::Associations(rows), Observed::Associations(seen)) => {
            let shown =
                rows.iter().filter(|row| row.required || row_of(seen, &row.entity).is_some());
            shown.map(|row| row.entity.clone()).collect()
        }
        _ => entities,
    };
    let repeats = matches!(outcome, Outcome::Repeat(..));
    follow(api, belief, call, prediction, observed, window, outcome);
    if !repeats {
        let share =
            if made.1 { Some(made.0).filter(|at| *at < belief.shares.len()) } else { share };
        let certain = match prediction.open {
            true => Set::any(),
            false => Set::only(true),
        };
        spend(api, belief, call, certain, (share, &shown), window.from);
    }
}

fn follow<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    observed: &Observed,
    window: Window,
    outcome: Outcome,
) {
    match (outcome, observed) {
        (Outcome::Remove(removal), Observed::Associations(rows)) => {
            observe_removal(api, belief, call, prediction, &removal, rows, window);
        }
        (Outcome::Add(addition), Observed::Associations(rows)) => {
            observe_addition(api, belief, call, prediction, &addition, rows, window);
        }
        (Outcome::Create(creation), Observed::Share(Some(row))) => {
            observe_creation(api, belief, call, prediction, &creation, row, window);
        }
        (Outcome::Update(change), _) => {
            observe_update(belief, prediction, &change, window);
        }
        (Outcome::Delete(Some(share)), _) => observe_deletion(belief, share, window),
        (Outcome::Accept(Answered { found: Some(found), .. }), _) => {
            let how = (window, prediction.open);
            let left = match belief.is_withdrawn(found.share, found.receiver) {
                true => removing() | Set::of(&[Absent, AssociationStatus::Failed]),
                false => adding(),
            };
            narrow::answer(belief, found, InvitationStatus::Accepted, left, how);
        }
        (Outcome::Reject(Answered { found: Some(found), .. }), _) => {
            let left = not_joined() | removing();
            let how = (window, prediction.open);
            narrow::answer(belief, found, InvitationStatus::Rejected, left, how);
        }
        (Outcome::Enable(Some(directory)), _) => {
            if let Some(enabled) = belief.enabled.get_mut(usize::from(directory)) {
                *enabled = Set::only(true);
            }
        }
        _ => {}
    }
}

fn row_of<'a>(rows: &'a [AssociationRow], entity: &Entity) -> Option<&'a AssociationRow> {
    rows.iter().find(|row| row.entity == *entity)
}

fn observe_removal<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    removal: &Removal,
    rows: &[AssociationRow],
    window: Window,
) {
    let Some(share) = removal.share else {
        if prediction.open {
            open_spelled(api, belief, call);
        }
        return;
    };
    if prediction.open || is_vague(belief, removal) {
        return open_removal(api, belief, call, removal, share);
    }
    for entity in &removal.entities {
        let invited = belief.association(share.handle, entity).is_invited();
        let passed_over = may_be_passed_over(&prediction.findings, prediction.spec.accepts, entity);
        let Some(share) = belief.shares.get_mut(share.handle) else { return };
        let shown = row_of(rows, entity).and_then(|row| row.status);
        let association = share.association_mut(entity);
        let before = association.status;
        let joining = before.has(AssociationStatus::Associating) && !invited;
        let live = match joining {
            true => adding(),
            false => Set::only(AssociationStatus::Associated),
        };
        if before.meets(live) && (before.within(live) || !passed_over) {
            association.status = narrow::forward(shown, removing());
            association.stays = false;
            association.updated = window;
            association.seen = None;
        } else if before.meets(live) {
            // It was associated and leaves, or it was not, and is as it was.
            let others = before.values().filter(|status| *status != AssociationStatus::Associated);
            association.status = others.fold(removing(), |set, status| set | Set::only(status));
            association.stays = false;
            association.updated = association.updated.join(window);
            association.seen = None;
        } else if invited {
            association.status = not_joined() | removing();
            association.stays = false;
            association.updated = association.updated.join(window);
            association.seen = None;
        } else if before.has(AssociationStatus::Failed) {
            // What failed may be removed like what is there, or be left as it is.
            association.status |= removing();
            association.updated = association.updated.join(window);
            association.seen = None;
        }
    }
    cancel_invitations(belief, share.handle, &removal.entities, true);
}

/// A removal of an invited principal may have cancelled its invitation. Where it `certainly` was a removal,
/// nobody joins by that invitation any more.
fn cancel_invitations(belief: &mut Belief, share: usize, entities: &[Entity], certainly: bool) {
    for invitation in &mut belief.invitations {
        let principal = Entity::Principal(u32::from(invitation.receiver.0));
        if invitation.share == share && entities.contains(&principal) {
            invitation.status |= Set::only(InvitationStatus::Cancelled);
            invitation.withdrawn |= certainly;
        }
    }
}

/// An answer that the documents leave open: whatever the call may touch may have become anything.
fn open_removal<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    removal: &Removal,
    share: ShareFacts,
) {
    let own = api.world().account(&call.caller).map(|caller| api.world().principal_of(caller));
    let Some(found) = belief.shares.get_mut(share.handle) else { return };
    let leaves = removal.leaves || found.owner != share.owner;
    let entities: Vec<Entity> = match leaves {
        true => own.into_iter().collect(),
        // What a call with odd values names is not certain: everything in the share is in reach.
        false => found.associations.iter().map(|(entity, _)| entity.clone()).collect(),
    };
    for entity in &entities {
        *found.association_mut(entity) = Association::anything();
    }
    cancel_invitations(belief, share.handle, &entities, false);
}

/// An answer that is open because the share is spelled otherwise: it may have been understood all the same.
fn open_spelled<A: Api + ?Sized>(api: &A, belief: &mut Belief, call: &Call) {
    let text = call.arguments.get(api.names().share_id).and_then(serde_json::Value::as_str);
    let Some(text) = text.map(str::trim) else { return };
    let meant = |share: &&mut Share| share.id.eq_ignore_ascii_case(text);
    for share in belief.shares.iter_mut().filter(meant) {
        share.associations.iter_mut().for_each(|(_, each)| *each = Association::anything());
    }
}

fn observe_addition<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    addition: &Addition,
    rows: &[AssociationRow],
    window: Window,
) {
    let Some(share) = addition.share else { return };
    let handle = share.handle;
    for entity in &addition.entities {
        let shown = row_of(rows, entity).and_then(|row| row.status);
        let arrival = Arrival::of(api, belief, call, entity, shown);
        let Some(share) = belief.shares.get_mut(handle) else { return };
        if prediction.open {
            *share.association_mut(entity) = Association::anything();
        } else {
            associate_entity(share, entity, arrival, addition.given.property(entity), window);
        }
    }
    let Some(known) = belief.shares.get_mut(handle) else { return };
    for (entity, _) in &addition.given.properties {
        if !addition.entities.contains(entity) {
            known.association_mut(entity).property = Property::Open;
        }
    }
    permit(known, &addition.given.permissions);
    if prediction.open {
        // Odd values may have named entities that the model does not see.
        if let Some(share) = belief.shares.get_mut(handle) {
            share.others = true;
        }
    }
    // An answer that is open may have invited nobody.
    let invited = belief.invitations.len();
    invite(api, belief, call, handle, &addition.entities, window);
    if prediction.open {
        let status = Set::of(&[InvitationStatus::Pending, InvitationStatus::Cancelled]);
        belief.invitations.iter_mut().skip(invited).for_each(|each| each.status = status);
    }
}

/// The permissions that a share has after a call that gives these. Which one it has for a type that had
/// another before is open.
fn permit(share: &mut Share, given: &[(String, Property)]) {
    for (kind, permission) in given {
        match share.permissions.iter_mut().find(|(each, _)| each == kind) {
            Some((_, before)) => *before = before.join(permission),
            None => share.permissions.push((kind.clone(), permission.clone())),
        }
    }
}

/// How an entity comes into a share.
#[derive(Clone, Copy)]
struct Arrival {
    /// The status that the answer shows.
    shown: Option<AssociationStatus>,
    /// It has to accept an invitation.
    invited: bool,
    /// Nobody can share it so.
    fails: bool,
}

impl Arrival {
    fn of<A: Api + ?Sized>(
        api: &A,
        belief: &Belief,
        call: &Call,
        entity: &Entity,
        shown: Option<AssociationStatus>,
    ) -> Self {
        let caller = api.world().account(&call.caller);
        let fails = caller.is_none_or(|owner| lifecycle::fails(api.world(), owner, entity));
        Self { shown, invited: receiver(api, belief, call, entity).is_some(), fails }
    }
}

fn associate_entity(
    share: &mut Share,
    entity: &Entity,
    arrival: Arrival,
    property: Property,
    window: Window,
) {
    let association = share.association_mut(entity);
    association.property = given_to(association, &property);
    let before = association.status;
    if before.values().any(|status| status.is_ended()) {
        association.older.1 = association.older.1.saturating_add(1);
    }
    association.created = association.created_if_again(window);
    // An association that is there already may stay as it is.
    association.updated = match before.meets(adding()) {
        true => association.updated.join(window),
        false => window,
    };
    association.seen = None;
    association.fails = arrival.fails;
    association.odd = false;
    association.stays = false;
    association.status = match arrival {
        Arrival { invited: true, .. } => {
            let waiting = Set::of(&[Absent, AssociationStatus::Associating]);
            waiting | (before & Set::only(AssociationStatus::Associated))
        }
        Arrival { fails: true, shown, .. } => narrow::forward(shown, failing()),
        Arrival { shown, .. } => narrow::forward(shown, adding()),
    };
}

/// Accounts outside the directory are invited. Who is invited already may get an invitation more, or
/// one in its place, or none; who may have joined already may get none.
fn invite<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    share: usize,
    entities: &[Entity],
    window: Window,
) {
    for entity in entities {
        let Some(receiver) = receiver(api, belief, call, entity) else { continue };
        let mut status = Set::only(InvitationStatus::Pending);
        let of_receiver = |each: &&mut Invitation| {
            each.share == share
                && each.receiver == receiver
                && each.status.has(InvitationStatus::Pending)
        };
        for earlier in belief.invitations.iter_mut().filter(of_receiver) {
            earlier.status |= Set::only(InvitationStatus::Cancelled);
            // It may be in force again.
            earlier.withdrawn = false;
            status |= Set::only(InvitationStatus::Absent);
        }
        let row = belief.shares.get_mut(share).map(|share| share.association_mut(entity).status);
        if row.is_some_and(|status| status.has(AssociationStatus::Associated)) {
            status |= Set::only(InvitationStatus::Absent);
        }
        let created = Window::new(window.from, window.to.saturating_add(INVITES_WITHIN));
        let (id, withdrawn) = (None, false);
        belief.invitations.push(Invitation { id, share, receiver, status, created, withdrawn });
        if let Some(share) = belief.shares.get_mut(share) {
            share.status |= Set::only(ShareStatus::Pending);
        }
    }
}

fn observe_creation<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    creation: &Creation,
    row: &ShareRow,
    window: Window,
) {
    let token = api.names().client_token.and_then(|name| call.arguments.get(name));
    if token.is_some() && belief.position(&row.id).is_some() {
        // The call was made before, though its answer was lost.
        return;
    }
    let owner = api.world().account(&call.caller).unwrap_or(AccountIndex(u16::MAX));
    let both = Set::of(&[ShareStatus::Pending, ShareStatus::Active]);
    let mut share = Share {
        id: row.id.clone(),
        owner,
        names: creation.name.clone().into_iter().collect(),
        status: row.status.map_or(both, Set::only),
        external: Set::only(creation.external),
        tags: creation.tags.clone(),
        created: window,
        updated: window,
        seen: None,
        // Odd values may have named entities that the model does not see.
        others: prediction.open,
        associations: Vec::new(),
        permissions: Vec::new(),
    };
    for entity in &creation.entities {
        let arrival = Arrival::of(api, belief, call, entity, None);
        let property = match prediction.open {
            true => Property::Open,
            false => creation.given.property(entity),
        };
        associate_entity(&mut share, entity, arrival, property, window);
    }
    permit(&mut share, &creation.given.permissions);
    belief.shares.push(share);
    let handle = belief.shares.len() - 1;
    invite(api, belief, call, handle, &creation.entities, window);
}

fn observe_update(
    belief: &mut Belief,
    prediction: &Prediction<'_>,
    change: &Change,
    window: Window,
) {
    let Some(handle) = change.share.map(|share| share.handle) else { return };
    let Some(share) = belief.shares.get_mut(handle) else { return };
    share.updated = match changes(share, change) && !prediction.open {
        true => window,
        false => share.updated.join(window),
    };
    if let Some(name) = &change.name {
        share.names = vec![name.clone()];
    }
    if let Some(flag) = change.external {
        share.external = Set::only(flag);
    }
    share.status |= Set::only(ShareStatus::Pending);
    share.associations.iter_mut().for_each(|(_, association)| association.seen = None);
    if prediction.open {
        // What becomes of principals that are not allowed any more is open.
        let principals = share.associations.iter_mut().filter(|(entity, _)| !entity.is_resource());
        principals.for_each(|(_, association)| *association = Association::anything());
        share.external |= Set::any();
        let sent = belief.invitations.iter_mut().filter(|each| each.share == handle);
        sent.for_each(|each| each.status |= Set::only(InvitationStatus::Cancelled));
    }
}

fn observe_deletion(belief: &mut Belief, share: ShareFacts, window: Window) {
    let handle = share.handle;
    let Some(share) = belief.shares.get_mut(handle) else { return };
    // A share that is deleted stays so.
    let over = Set::only(ShareStatus::Deleted);
    if !share.status.within(over) {
        share.status = over | Set::only(ShareStatus::Deleting);
    }
    share.updated = window;
    for (_, association) in &mut share.associations {
        let older = association.older;
        *association =
            Association { older: (0, older.1.saturating_add(1)), ..Association::anything() };
    }
    for invitation in belief.invitations.iter_mut().filter(|each| each.share == handle) {
        invitation.status |= Set::only(InvitationStatus::Cancelled);
        invitation.withdrawn = true;
    }
}

/// What a call without an answer leaves behind.
pub fn silence<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    window: Window,
) {
    if !prediction.success || prediction.expected.is_read() {
        return;
    }
    let before = belief.clone();
    observe(api, belief, call, prediction, &Observed::Associations(Vec::new()), window);
    narrow::join(belief, &before);
}
