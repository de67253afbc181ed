//! What a success shows, what it says about the state before, and what it does to it.

use super::api::Alibaba;
use super::arguments::View;
use super::associate::{self, Addition};
use super::disassociate::Removal;
use super::evaluate::Mode;
use super::evaluate::Scene;
use super::operations::{self, Outcome};
use crate::api::Api;
use crate::belief::{Association, Belief, Invitation, Share, Window};
use crate::call::Call;
use crate::facts::{Facts, ShareFacts};
use crate::narrow;
use crate::observation::{AssociationRow, Observed, ShareRow};
use crate::prediction::{Expected, ExpectedRow, ExpectedShare, Prediction};
use crate::set::Set;
use crate::status::{AssociationStatus, AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity, PrincipalKind};

fn removing() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Disassociating, AssociationStatus::Disassociated])
}

fn adding() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Associating, AssociationStatus::Associated])
}

/// The rows that an accepted removal shows.
pub fn removed(belief: &Belief, removal: &Removal, window: Window) -> Expected {
    let Some(share) = removal.share else { return Expected::OpenAssociations };
    let rows = removal.entities.iter().map(|entity| {
        let facts = belief.association(share.handle, entity);
        let known = belief.shares.get(share.handle).and_then(|each| each.association(entity));
        let created = known.map_or(Window::ALWAYS, |each| each.created);
        let was_associated = facts.status.has(AssociationStatus::Associated);
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
        }
    });
    Expected::Associations(rows.collect())
}

/// The rows that an accepted association shows.
pub fn added(
    api: &Alibaba,
    belief: &Belief,
    call: &Call,
    addition: &Addition,
    window: Window,
) -> Expected {
    let Some(share) = addition.share else { return Expected::OpenAssociations };
    let rows = addition.entities.iter().map(|entity| {
        let invited = is_invited(api, belief, call, entity);
        let before = belief.shares.get(share.handle).and_then(|each| each.association(entity));
        let ended = before.is_some_and(|each| each.status.values().any(|status| status.is_ended()));
        let created = match before {
            Some(before) if ended => before.created.join(window),
            _ => window,
        };
        ExpectedRow {
            share: share.handle,
            entity: entity.clone(),
            status: if invited { Set::only(AssociationStatus::Associating) } else { adding() },
            created,
            updated: window,
            required: !invited,
        }
    });
    Expected::Associations(rows.collect())
}

/// The share that an accepted creation shows.
pub fn created(api: &Alibaba, call: &Call) -> Expected {
    let arguments = View(&call.arguments);
    let owner = api.world().account(&call.caller).unwrap_or(AccountIndex(u16::MAX));
    Expected::Share(ExpectedShare {
        share: None,
        owner,
        name: arguments.text("ResourceShareName").map(str::to_owned),
        external: Set::only(arguments.flag("AllowExternalTargets").unwrap_or(false)),
        status: Set::of(&[ShareStatus::Pending, ShareStatus::Active]),
    })
}

/// The share that an accepted change shows.
pub fn updated(belief: &Belief, call: &Call, share: Option<ShareFacts>) -> Expected {
    let arguments = View(&call.arguments);
    let Some(known) = share.and_then(|share| belief.shares.get(share.handle)) else {
        return Expected::Acknowledged;
    };
    let flag = arguments.flag("AllowExternalTargets");
    Expected::Share(ExpectedShare {
        share: share.map(|share| share.handle),
        owner: known.owner,
        name: arguments.text("ResourceShareName").map(str::to_owned),
        external: flag.map_or(known.external, Set::only),
        status: known.status | Set::only(ShareStatus::Pending),
    })
}

/// The invitation that an answer to it shows.
pub fn answered(call: &Call, accepted: bool) -> Expected {
    let id = View(&call.arguments).text("ResourceShareInvitationId").unwrap_or_default();
    let status = if accepted { InvitationStatus::Accepted } else { InvitationStatus::Rejected };
    Expected::Invitation { id: id.to_owned(), status: Set::only(status) }
}

fn is_invited(api: &Alibaba, belief: &Belief, call: &Call, entity: &Entity) -> bool {
    let world = api.world();
    let Some(caller) = world.account(&call.caller) else { return false };
    let scene = Scene { world, facts: belief, call, caller, arguments: View(&call.arguments) };
    associate::needs_invitation(scene, entity)
}

/// Follows a success into the belief.
pub fn observe(
    api: &Alibaba,
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
        return narrow::list(api.world(), belief, &prediction.expected, observed);
    }
    let Ok((_, outcome)) = operations::evaluate(api.spec(), api.world(), belief, call) else {
        return;
    };
    match (outcome, observed) {
        (Outcome::Remove(removal), Observed::Associations(rows)) => {
            observe_removal(api, belief, call, prediction, &removal, rows, window);
        }
        (Outcome::Add(addition), Observed::Associations(rows)) => {
            observe_addition(api, belief, call, prediction, &addition, rows, window);
        }
        (Outcome::Create(addition), Observed::Share(Some(row))) => {
            observe_creation(api, belief, call, &addition, row, window);
        }
        (Outcome::Update(Some(share)), _) => observe_update(belief, call, share, window),
        (Outcome::Delete(Some(share)), _) => observe_deletion(belief, share, window),
        (Outcome::Accept(Some(found)), _) => {
            narrow::answer(belief, found, InvitationStatus::Accepted, adding(), window);
        }
        (Outcome::Reject(Some(found)), _) => {
            let left = Set::of(&[
                AssociationStatus::Absent,
                AssociationStatus::Associating,
                AssociationStatus::Failed,
            ]);
            narrow::answer(belief, found, InvitationStatus::Rejected, left | removing(), window);
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

fn observe_removal(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    removal: &Removal,
    rows: &[AssociationRow],
    window: Window,
) {
    let Some(share) = removal.share else { return };
    if prediction.open {
        return open_removal(api, belief, call, removal, share);
    }
    for entity in &removal.entities {
        let invited = belief.association(share.handle, entity).is_invited();
        let Some(share) = belief.shares.get_mut(share.handle) else { return };
        let shown = row_of(rows, entity).and_then(|row| row.status);
        let association = share.association_mut(entity);
        if association.status.has(AssociationStatus::Associated) {
            association.status = narrow::forward(shown, removing());
            association.updated = window;
            association.seen = None;
        } else if invited {
            association.status = Set::any();
            association.updated = association.updated.join(window);
            association.seen = None;
        }
    }
    cancel_invitations(belief, share.handle, &removal.entities);
}

/// A removal of an invited principal may have cancelled its invitation.
fn cancel_invitations(belief: &mut Belief, share: usize, entities: &[Entity]) {
    for invitation in &mut belief.invitations {
        let principal = Entity::Principal(u32::from(invitation.receiver.0));
        if invitation.share == share && entities.contains(&principal) {
            invitation.status |= Set::only(InvitationStatus::Cancelled);
        }
    }
}

/// An answer that the documents leave open: whatever the call may touch may have become anything.
fn open_removal(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    removal: &Removal,
    share: ShareFacts,
) {
    let own = api.world().account(&call.caller).map(|caller| api.world().principal_of(caller));
    let Some(found) = belief.shares.get_mut(share.handle) else { return };
    let leaves = removal.mode == Mode::Principal || found.owner != share.owner;
    let entities: Vec<Entity> = match leaves {
        true => own.into_iter().collect(),
        // What a call with odd values names is not certain: everything in the share is in reach.
        false => found.associations.iter().map(|(entity, _)| entity.clone()).collect(),
    };
    for entity in &entities {
        *found.association_mut(entity) = Association::anything();
    }
    cancel_invitations(belief, share.handle, &entities);
}

fn observe_addition(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    addition: &Addition,
    rows: &[AssociationRow],
    window: Window,
) {
    let Some(share) = addition.share else { return };
    for entity in &addition.entities {
        let invited = is_invited(api, belief, call, entity);
        let shown = row_of(rows, entity).and_then(|row| row.status);
        let Some(share) = belief.shares.get_mut(share.handle) else { return };
        if prediction.open {
            *share.association_mut(entity) = Association::anything();
        } else {
            associate_entity(share, entity, shown, invited, window);
        }
    }
    if prediction.open {
        // Odd values may have named entities that the model does not see.
        if let Some(share) = belief.shares.get_mut(share.handle) {
            share.others = true;
        }
    }
    // An answer that is open may have invited nobody.
    let status = match prediction.open {
        true => Set::of(&[InvitationStatus::Pending, InvitationStatus::Cancelled]),
        false => Set::only(InvitationStatus::Pending),
    };
    let invited = belief.invitations.len();
    invite(api, belief, call, share.handle, &addition.entities, window);
    belief.invitations.iter_mut().skip(invited).for_each(|each| each.status = status);
}

fn associate_entity(
    share: &mut Share,
    entity: &Entity,
    shown: Option<AssociationStatus>,
    invited: bool,
    window: Window,
) {
    let association = share.association_mut(entity);
    let ended = association.status.values().any(|status| status.is_ended());
    if ended {
        association.older.1 = association.older.1.saturating_add(1);
        association.created = association.created.join(window);
    } else {
        association.created = window;
    }
    association.updated = window;
    association.seen = None;
    association.status = match invited {
        true => Set::of(&[AssociationStatus::Absent, AssociationStatus::Associating]),
        false => narrow::forward(shown, adding()),
    };
}

/// Accounts outside the directory are invited.
fn invite(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    share: usize,
    entities: &[Entity],
    window: Window,
) {
    for entity in entities {
        if !is_invited(api, belief, call, entity) {
            continue;
        }
        let Some((_, PrincipalKind::Account(receiver))) = api.world().principal_entry(entity)
        else {
            continue;
        };
        let status = Set::only(InvitationStatus::Pending);
        belief.invitations.push(Invitation { id: None, share, receiver, status, created: window });
        if let Some(share) = belief.shares.get_mut(share) {
            share.status |= Set::only(ShareStatus::Pending);
        }
    }
}

fn observe_creation(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    addition: &Addition,
    row: &ShareRow,
    window: Window,
) {
    let arguments = View(&call.arguments);
    let owner = api.world().account(&call.caller).unwrap_or(AccountIndex(u16::MAX));
    let both = Set::of(&[ShareStatus::Pending, ShareStatus::Active]);
    let mut share = Share {
        id: row.id.clone(),
        owner,
        names: arguments.text("ResourceShareName").map(str::to_owned).into_iter().collect(),
        status: row.status.map_or(both, Set::only),
        external: Set::only(arguments.flag("AllowExternalTargets").unwrap_or(false)),
        created: window,
        updated: window,
        others: false,
        associations: Vec::new(),
    };
    for entity in &addition.entities {
        associate_entity(&mut share, entity, None, is_invited(api, belief, call, entity), window);
    }
    belief.shares.push(share);
    let handle = belief.shares.len() - 1;
    invite(api, belief, call, handle, &addition.entities, window);
}

fn observe_update(belief: &mut Belief, call: &Call, share: ShareFacts, window: Window) {
    let arguments = View(&call.arguments);
    let Some(share) = belief.shares.get_mut(share.handle) else { return };
    if let Some(name) = arguments.text("ResourceShareName") {
        share.names = vec![name.to_owned()];
    }
    if let Some(flag) = arguments.flag("AllowExternalTargets") {
        share.external = Set::only(flag);
    }
    share.status |= Set::only(ShareStatus::Pending);
    share.updated = window;
    share.associations.iter_mut().for_each(|(_, association)| association.seen = None);
}

fn observe_deletion(belief: &mut Belief, share: ShareFacts, window: Window) {
    let handle = share.handle;
    let Some(share) = belief.shares.get_mut(handle) else { return };
    share.status = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted]);
    share.updated = window;
    for (_, association) in &mut share.associations {
        let older = association.older;
        *association =
            Association { older: (0, older.1.saturating_add(1)), ..Association::anything() };
    }
    for invitation in belief.invitations.iter_mut().filter(|each| each.share == handle) {
        invitation.status |= Set::only(InvitationStatus::Cancelled);
    }
}

/// What a call without an answer leaves behind.
pub fn silence(
    api: &Alibaba,
    belief: &mut Belief,
    call: &Call,
    prediction: &Prediction<'_>,
    window: Window,
) {
    if !prediction.success {
        return;
    }
    let before = belief.clone();
    observe(api, belief, call, prediction, &Observed::Associations(Vec::new()), window);
    narrow::join(belief, &before);
}
