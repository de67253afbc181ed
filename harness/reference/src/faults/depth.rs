//! What deep faults, of whatever API, ask of the state or do to it.

use super::tools::{associates, end_rows, removes, restore, share, share_mut};
use crate::change::{Change, Effect, Moment, Nature, Trigger};
use crate::state::{Row, Share, State};
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

/// A fault in the answers to requests that meet others.
pub const fn race(
    holds: fn(&Moment<'_>, &State) -> bool,
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    Change { name, text, nature: Nature::Fault(rules), trigger: Trigger::Race(holds), effects }
}

/// Whether the call is of this operation, and was accepted.
pub fn did(moment: &Moment<'_>, operation: &str) -> bool {
    moment.accepted && moment.is(operation)
}

/// Whether the call associated something.
pub fn added(moment: &Moment<'_>) -> bool {
    moment.accepted && associates(moment)
}

/// Whether the call removed something.
pub fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes(moment)
}

/// Gives everything that a call names the rows back that it had before.
pub fn keep(state: &mut State, moment: &Moment<'_>, named: &[Entity]) {
    named.iter().for_each(|entity| restore(state, moment, entity));
}

/// Gives the share of the call back as it was, if it was deleted.
pub fn stay(state: &mut State, moment: &Moment<'_>) {
    let before = share(moment).cloned();
    if let (Some(share), Some(before)) = (share_mut(state, moment), before) {
        *share = Share { status: ShareStatus::Active, due: None, ..before };
    }
}

/// The rows of the share of the call, as they were before.
pub fn rows<'a>(moment: &Moment<'a>) -> &'a [Row] {
    share(moment).map_or(&[], |share| &share.rows)
}

/// Whether a row is of a resource, or of a principal, that is in the share.
pub fn is_live(row: &Row, resource: bool) -> bool {
    row.status == AssociationStatus::Associated && row.entity.is_resource() == resource
}

/// How many resources, or principals, are in the share of the call.
pub fn live(moment: &Moment<'_>, resources: bool) -> usize {
    rows(moment).iter().filter(|row| is_live(row, resources)).count()
}

/// How many records of what left the share of the call has.
pub fn records(moment: &Moment<'_>) -> usize {
    rows(moment).iter().filter(|row| row.status.is_ended()).count()
}

/// How often an entity left the share of the call.
pub fn ended(moment: &Moment<'_>, entity: &Entity) -> usize {
    rows(moment).iter().filter(|row| row.entity == *entity && row.status.is_ended()).count()
}

/// Whether something that the call does not name is on its way in the share of the call, other than who was
/// invited.
pub fn moving(moment: &Moment<'_>, named: &[Entity], status: AssociationStatus) -> bool {
    let invited = |row: &Row| {
        let mut receivers = moment.state.invitations.iter().map(|each| each.receiver.0);
        receivers.any(|receiver| Entity::Principal(u32::from(receiver)) == row.entity)
    };
    let others = |row: &&Row| row.status == status && !named.contains(&row.entity);
    rows(moment).iter().filter(others).any(|row| !invited(row))
}

/// How many shares hold an entity.
pub fn shares_with(moment: &Moment<'_>, entity: &Entity) -> usize {
    let own = |row: &Row| row.entity == *entity && row.status == AssociationStatus::Associated;
    moment.state.shares.iter().filter(|share| share.rows.iter().any(own)).count()
}

/// How many invitations are open.
pub fn pending(moment: &Moment<'_>) -> usize {
    let open = moment.state.invitations.iter();
    open.filter(|each| each.status == InvitationStatus::Pending).count()
}

/// Changes each row of the share of the call.
pub fn each_row(state: &mut State, moment: &Moment<'_>, change: impl FnMut(&mut Row)) {
    if let Some(share) = share_mut(state, moment) {
        share.rows.iter_mut().for_each(change);
    }
}

/// Begins the removal of the first resource of a share that is not among these.
pub fn end_first(share: &mut Share, now: i64, but: &[Entity]) {
    let first = share.rows.iter().find(|row| is_live(row, true) && !but.contains(&row.entity));
    let first = first.map(|row| row.entity.clone());
    end_rows(share, now, |row| Some(&row.entity) == first.as_ref());
}

/// The share of the call in another state.
pub fn same_share<'s>(moment: &Moment<'_>, state: &'s State) -> Option<&'s Share> {
    let id = &share(moment)?.id;
    state.shares.iter().find(|share| share.id == *id)
}

/// Whether an association of the share of the call has changed since.
pub fn changed(moment: &Moment<'_>, since: &State) -> bool {
    let marks = |rows: &[Row]| -> Vec<(Entity, i64)> {
        rows.iter().map(|row| (row.entity.clone(), row.updated)).collect()
    };
    same_share(moment, since).is_some_and(|then| marks(&then.rows) != marks(rows(moment)))
}

/// Takes out of the share of the call what was put in beside it since its request arrived.
pub fn undo_others(state: &mut State, moment: &Moment<'_>, named: &[Entity]) {
    let then = moment.since.and_then(|since| same_share(moment, since));
    if let (Some(then), Some(share)) = (then, share_mut(state, moment)) {
        share.rows.retain(|row| {
            let there = |old: &Row| old.entity == row.entity;
            named.contains(&row.entity) || then.rows.iter().any(there)
        });
    }
}
