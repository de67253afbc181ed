//! What a success shows, what it says about the state before, and what it does to it.

use crate::api::Api;
use crate::belief::{Association, Belief, Invitation, Share, Window, not_joined};
use crate::call::Call;
use crate::condition::{Because, ConditionSet, Finding};
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::lifecycle;
use crate::narrow;
use crate::observation::{AssociationRow, Observed, ShareRow};
use crate::outcome::{Addition, Answered, Change, Creation, Outcome, Removal};
use crate::prediction::{Expected, ExpectedRow, ExpectedShare, Prediction};
use crate::property::Property;
use crate::set::Set;
use crate::spent::Spent;
use crate::status::AssociationStatus::{self, Absent};
use crate::status::{AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity};

fn removing() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Disassociating, AssociationStatus::Disassociated])
}

fn adding() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Associating, AssociationStatus::Associated])
}

/// What becomes of a resource that nobody can share so.
fn failing() -> AssociationStatuses {
    Set::of(&[AssociationStatus::Associating, AssociationStatus::Failed])
}

/// Whether a removal names what no one can tell: something odd, in a share that odd values were put into.
fn is_vague(belief: &Belief, removal: &Removal) -> bool {
    let share = removal.share.and_then(|share| belief.shares.get(share.handle));
    share.is_some_and(|share| share.others) && removal.entities.iter().any(Entity::is_unknown)
}

/// Whether a removal is lawfully accepted although this entity, or one that cannot be told from it, is
/// not associated.
fn may_be_passed_over(findings: &[Finding], accepts: ConditionSet, entity: &Entity) -> bool {
    findings.iter().filter(|each| accepts.has(each.condition)).any(|each| match &each.because {
        Some(Because::Entity(_, of, values)) => {
            of == entity && !values.has(AssociationStatus::Associated)
        }
        Some(Because::Share(..)) => false,
        None => true,
    })
}

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
        let created = kept.map_or(window, |before| before.created.join(window));
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
        ExpectedRow { share: share.handle, entity, status, created, updated, required, property }
    });
    Expected::Associations(rows.collect())
}

/// The property of an association after a call that gives this one. Whether one that is there
/// already gets another property is open.
fn given_to(before: &Association, given: &Property) -> Property {
    match before.status.meets(adding()) {
        true if *given == Property::Nothing => before.property.clone(),
        true => before.property.join(given),
        false => given.clone(),
    }
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

/// Whether a change certainly changes something. If it does not, whether it is an update is open.
fn changes(share: &Share, change: &Change) -> bool {
    change.name.as_ref().is_some_and(|name| !share.names.contains(name))
        || change.external.is_some_and(|external| !share.external.has(external))
}

/// The invitation that an answer to it shows.
fn answered(id: &str, accepted: bool) -> Expected {
    let status = if accepted { InvitationStatus::Accepted } else { InvitationStatus::Rejected };
    Expected::Invitation { id: id.to_owned(), status: Set::only(status) }
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
        Outcome::Accept(found) => return answered(&found.id, true),
        Outcome::Reject(found) => return answered(&found.id, false),
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
        Outcome::Accept(found) => answered(&found.id, true),
        Outcome::Reject(found) => answered(&found.id, false),
        Outcome::Show(expected) => expected.clone(),
        Outcome::Repeat(spent, outcome) => repeated(belief, spent, outcome, window),
    }
}

/// Takes down that a call was made with a token of idempotency.
pub fn spend<A: Api + ?Sized>(
    api: &A,
    belief: &mut Belief,
    call: &Call,
    accepted: Set<bool>,
    share: Option<usize>,
    entities: &[Entity],
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
        arguments,
        accepted,
        share,
        entities: entities.to_vec(),
    });
}

/// The account that a call invites, if the entity is one that has to be.
fn receiver<A: Api + ?Sized>(
    api: &A,
    belief: &Belief,
    call: &Call,
    entity: &Entity,
) -> Option<AccountIndex> {
    lifecycle::invited(api.world(), belief, api.world().account(&call.caller)?, entity)
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
        return narrow::list(api.world(), belief, &prediction.expected, observed);
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
        spend(api, belief, call, certain, share, &shown);
    }
}

/// The share and the entities that an outcome is about.
fn touched(outcome: &Outcome) -> (Option<usize>, Vec<Entity>) {
    let handle = |share: &Option<ShareFacts>| share.map(|share| share.handle);
    match outcome {
        Outcome::Remove(removal) => (handle(&removal.share), removal.entities.clone()),
        Outcome::Add(addition) => (handle(&addition.share), addition.entities.clone()),
        Outcome::Create(creation) => (None, creation.entities.clone()),
        Outcome::Update(change) => (handle(&change.share), Vec::new()),
        Outcome::Delete(share) => (handle(share), Vec::new()),
        Outcome::Accept(answered) | Outcome::Reject(answered) => {
            (answered.found.map(|found| found.share), Vec::new())
        }
        Outcome::Show(_) | Outcome::Enable(_) | Outcome::Repeat(..) => (None, Vec::new()),
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
            narrow::answer(belief, found, InvitationStatus::Accepted, adding(), how);
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
    let Some(share) = removal.share else { return };
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
            association.status = Set::any();
            association.stays = false;
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
    cancel_invitations(belief, share.handle, &entities);
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
    let kept = before.values().any(|status| status != Absent);
    association.created = if kept { association.created.join(window) } else { window };
    // An association that is there already may stay as it is.
    association.updated = match before.meets(adding()) {
        true => association.updated.join(window),
        false => window,
    };
    association.seen = None;
    association.fails = arrival.fails;
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
            status |= Set::only(InvitationStatus::Absent);
        }
        let row = belief.shares.get_mut(share).map(|share| share.association_mut(entity).status);
        if row.is_some_and(|status| status.has(AssociationStatus::Associated)) {
            status |= Set::only(InvitationStatus::Absent);
        }
        belief.invitations.push(Invitation { id: None, share, receiver, status, created: window });
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
