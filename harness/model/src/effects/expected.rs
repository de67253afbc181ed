//! What a success shows.

use super::{
    adding, changes, failing, given_to, is_vague, may_be_passed_over, receiver, removing, touched,
};
use crate::api::Api;
use crate::belief::{Belief, Window};
use crate::call::Call;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::lifecycle;
use crate::outcome::{Addition, Answered, Change, Creation, Outcome, Removal};
use crate::prediction::{Expected, ExpectedRow, ExpectedShare};
use crate::property::Property;
use crate::set::Set;
use crate::spent::Spent;
use crate::status::AssociationStatus::{self, Absent};
use crate::status::{InvitationStatus, ShareStatus};
use crate::world::AccountIndex;

/// The rows that an accepted removal shows.
fn removed(
    belief: &Belief,
    removal: &Removal,
    evaluation: &Evaluation<'_>,
    window: Window,
) -> Expected {
    let Some(share) = removal.share else { return Expected::OpenAssociations };
    let rows = removal.entities.iter().map(|entity| {
        let facts = belief.association(share.handle, entity);
        let known = belief.shares.get(share.handle).and_then(|each| each.association(entity));
        let created = known.map_or(Window::ALWAYS, |each| each.created);
        let certain = facts.status.within(Set::only(AssociationStatus::Associated));
        let (findings, accepts) = (&evaluation.findings, evaluation.spec.accepts);
        // It was associated, or else the call would not have been accepted.
        let was_associated = facts.status.has(AssociationStatus::Associated)
            && (certain || !may_be_passed_over(findings, accepts, entity));
        let status = match was_associated {
            true => removing(),
            false => removing() | Set::of(&[AssociationStatus::Failed, AssociationStatus::Absent]),
        };
        let updated = if was_associated { window } else { Window::ALWAYS };
        let required = was_associated;
        ExpectedRow {
            share: share.handle,
            entity: entity.clone(),
            status,
            created,
            updated,
            required,
            property: Property::Nothing,
            again: false,
        }
    });
    Expected::Associations(rows.collect())
}

/// The rows that an accepted association shows.
fn added<A: Api + ?Sized>(
    api: &A,
    belief: &Belief,
    call: &Call,
    addition: &Addition,
    window: Window,
) -> Expected {
    let Some(share) = addition.share else { return Expected::OpenAssociations };
    let rows = addition.entities.iter().map(|entity| {
        let invited = receiver(api, belief, call, entity).is_some();
        let before = belief.shares.get(share.handle).and_then(|each| each.association(entity));
        let live = before.is_some_and(|each| each.status.meets(adding()));
        let kept = before.filter(|each| each.status.values().any(|status| status != Absent));
        let created = before.map_or(window, |before| before.created_if_again(window));
        // What is there already may be shown as it is, or not at all.
        let updated = kept.filter(|_| live).map_or(window, |before| before.updated.join(window));
        let status = match (invited, lifecycle::fails(api.world(), share.owner, entity)) {
            (true, _) if live => adding(),
            (true, _) => Set::only(AssociationStatus::Associating),
            (false, true) => failing(),
            (false, false) => adding(),
        };
        let given = addition.given.property(entity);
        let property = before.map_or(given.clone(), |before| given_to(before, &given));
        let entity = entity.clone();
        let required = !invited && !live;
        let (share, again) = (share.handle, false);
        ExpectedRow { share, entity, status, created, updated, required, property, again }
    });
    Expected::Associations(rows.collect())
}

/// The share that an accepted creation shows.
fn created<A: Api + ?Sized>(api: &A, call: &Call, creation: &Creation, window: Window) -> Expected {
    let owner = api.world().account(&call.caller).unwrap_or(AccountIndex(u16::MAX));
    Expected::Share(ExpectedShare {
        share: None,
        owner,
        name: creation.name.clone(),
        external: Set::only(creation.external),
        status: Set::of(&[ShareStatus::Pending, ShareStatus::Active]),
        updated: window,
    })
}

/// The share that an accepted change shows.
fn updated(belief: &Belief, change: &Change, window: Window) -> Expected {
    let Some(known) = change.share.and_then(|share| belief.shares.get(share.handle)) else {
        return Expected::Acknowledged;
    };
    Expected::Share(ExpectedShare {
        share: change.share.map(|share| share.handle),
        owner: known.owner,
        name: change.name.clone(),
        external: change.external.map_or(known.external, Set::only),
        status: known.status | Set::only(ShareStatus::Pending),
        updated: if changes(known, change) { window } else { known.updated.join(window) },
    })
}

/// The invitation that an answer to it shows. What one becomes that was withdrawn is open.
fn answered(belief: &Belief, answered: &Answered, accepted: bool) -> Expected {
    let status = if accepted { InvitationStatus::Accepted } else { InvitationStatus::Rejected };
    let withdrawn =
        answered.found.is_some_and(|found| belief.is_withdrawn(found.share, found.receiver));
    let status = if withdrawn { Set::any() } else { Set::only(status) };
    Expected::Invitation { id: answered.id.clone(), status }
}

/// What a call shows that repeats one which was accepted: what that showed, as it was or as it is.
fn repeated(belief: &Belief, spent: &Spent, outcome: &Outcome, window: Window) -> Expected {
    let share = spent.share.and_then(|share| Some((share, belief.shares.get(share)?)));
    let change = match outcome {
        Outcome::Remove(_) => removing() | Set::only(AssociationStatus::Failed),
        Outcome::Add(_) => adding() | Set::only(AssociationStatus::Failed),
        Outcome::Create(_) | Outcome::Update(_) => {
            let Some((position, known)) = share else { return Expected::Acknowledged };
            return Expected::Share(ExpectedShare {
                share: Some(position),
                owner: known.owner,
                name: None,
                external: Set::any(),
                status: Set::any(),
                updated: Window::new(known.created.from, window.to),
            });
        }
        Outcome::Accept(found) => return answered(belief, found, true),
        Outcome::Reject(found) => return answered(belief, found, false),
        _ => return Expected::Acknowledged,
    };
    let Some((position, known)) = share else { return Expected::OpenAssociations };
    let (_, named) = touched(outcome);
    let silent = named.iter().filter(|entity| !spent.entities.contains(entity));
    let shown = spent.entities.iter().map(|entity| (entity, true));
    let rows = shown.chain(silent.map(|entity| (entity, false))).map(|(entity, required)| {
        let now = known.association(entity).map_or(Set::any(), |found| found.status);
        // Of what is gone, an answer may say that it was removed.
        let gone = if now.has(Absent) { removing() } else { Set::EMPTY };
        ExpectedRow {
            share: position,
            entity: entity.clone(),
            status: change | now | gone,
            created: Window::ALWAYS,
            updated: Window::ALWAYS,
            required,
            property: Property::Open,
            again: true,
        }
    });
    Expected::Associations(rows.collect())
}

/// What a success shows.
pub fn expected<A: Api + ?Sized>(
    api: &A,
    belief: &Belief,
    call: &Call,
    (outcome, evaluation): (&Outcome, &Evaluation<'_>),
    window: Window,
) -> Expected {
    let open = !evaluation.possible.and(evaluation.spec.any).is_empty();
    match outcome {
        Outcome::Remove(_) | Outcome::Add(_) if open => Expected::OpenAssociations,
        Outcome::Remove(removal) if is_vague(belief, removal) => Expected::OpenAssociations,
        Outcome::Remove(removal) => removed(belief, removal, evaluation, window),
        Outcome::Add(addition) => added(api, belief, call, addition, window),
        Outcome::Create(creation) => created(api, call, creation, window),
        Outcome::Update(change) => updated(belief, change, window),
        Outcome::Delete(_) | Outcome::Enable(_) => Expected::Acknowledged,
        Outcome::Accept(found) => answered(belief, found, true),
        Outcome::Reject(found) => answered(belief, found, false),
        Outcome::Show(expected) => expected.clone(),
        Outcome::Repeat(spent, outcome) => repeated(belief, spent, outcome, window),
    }
}
