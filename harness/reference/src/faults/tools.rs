//! What several faults, of whatever API, ask of a request or do to the state.

use crate::change::Moment;
use crate::state::{Row, Share, State};
use serde_json::Value;
use sharespec_model::spec::{Row as ErrorRow, Spec};
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::{AccountIndex, Entity};
use sharespec_wire::alibaba::GatewayError;

/// The operation that most faults are about.
pub const REMOVAL: &str = "DisassociateResourceShare";

/// Whether the call removes entities.
pub fn removes(moment: &Moment<'_>) -> bool {
    moment.is(REMOVAL)
}

/// Whether the call removes entities in the name of the owner.
pub fn removes_as_owner(moment: &Moment<'_>) -> bool {
    removes(moment) && !leaves(moment)
}

/// Whether the call takes the caller out of a share of another account.
pub fn leaves(moment: &Moment<'_>) -> bool {
    removes(moment) && moment.text("ResourceOwner") == Some("OtherAccounts")
}

/// Whether the call associates entities with a share that exists.
pub fn associates(moment: &Moment<'_>) -> bool {
    moment.is("AssociateResourceShare")
}

/// Whether the call lists associations.
pub fn lists_associations(moment: &Moment<'_>) -> bool {
    moment.is(moment.names.operations.list_associations)
}

/// Whether the call lists anything.
pub fn lists(moment: &Moment<'_>) -> bool {
    moment.operation().starts_with("List")
}

/// The calling account.
pub fn caller(moment: &Moment<'_>) -> Option<AccountIndex> {
    moment.world.account(&moment.call?.caller)
}

/// The position of the share that the call names.
pub fn handle(moment: &Moment<'_>) -> Option<usize> {
    moment.state.position(moment.text(moment.names.share_id)?)
}

/// The share that the call names, as it was before.
pub fn share<'a>(moment: &Moment<'a>) -> Option<&'a Share> {
    moment.state.shares.get(handle(moment)?)
}

/// Whether the caller owns the share that it names.
pub fn is_own(moment: &Moment<'_>) -> bool {
    share(moment).is_some_and(|share| Some(share.owner) == caller(moment))
}

/// The principals that the call names and the world has.
pub fn targets(moment: &Moment<'_>) -> Vec<Entity> {
    let ids = moment.list("Targets").iter().filter_map(Value::as_str);
    ids.filter_map(|id| moment.world.principal(id)).collect()
}

/// The resources that the call names and the world has.
pub fn resources(moment: &Moment<'_>) -> Vec<Entity> {
    let text = |pair: &'_ Value, name: &str| {
        pair.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let pairs = moment.list("Resources").iter().filter_map(|pair| {
        moment.world.resource_by_pair(&text(pair, "ResourceType"), &text(pair, "ResourceId"))
    });
    let arns = moment.list("ResourceArns").iter().filter_map(Value::as_str);
    pairs.chain(arns.filter_map(|arn| moment.world.resource_by_arn(arn))).collect()
}

/// The entities that the call names and the world has, principals last.
pub fn named(moment: &Moment<'_>) -> Vec<Entity> {
    let mut named = resources(moment);
    named.extend(targets(moment));
    named
}

/// The share that the call names, to be changed after the call.
pub fn share_mut<'s>(state: &'s mut State, moment: &Moment<'_>) -> Option<&'s mut Share> {
    state.shares.get_mut(handle(moment)?)
}

/// Gives an entity of the call's share the rows back that it had before.
pub fn restore(state: &mut State, moment: &Moment<'_>, entity: &Entity) {
    let Some(before) = share(moment) else { return };
    let rows: Vec<Row> = before.rows.iter().filter(|row| row.entity == *entity).cloned().collect();
    if let Some(after) = share_mut(state, moment) {
        after.rows.retain(|row| row.entity != *entity);
        after.rows.extend(rows);
    }
}

/// Begins the removal of the live rows of a share that are chosen.
pub fn end_rows(share: &mut Share, now: i64, chosen: impl Fn(&Row) -> bool) {
    for row in &mut share.rows {
        if row.status == AssociationStatus::Associated && chosen(row) {
            row.status = AssociationStatus::Disassociating;
            row.due = Some(now + 250);
            row.updated = now;
        }
    }
}

/// Whether a call removed something, or a share of the caller would have had it removed.
pub fn was_rejected(moment: &Moment<'_>) -> bool {
    !moment.accepted && removes_as_owner(moment) && is_own(moment)
}

/// Gives the share that a refused call names the time of the call.
pub fn touch_share(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = share_mut(state, moment).filter(|_| !moment.accepted) {
        share.updated = moment.now;
    }
}

/// Gives what is in the share that a refused call names the time of the call.
pub fn touch_rows(state: &mut State, moment: &Moment<'_>) {
    let share = share_mut(state, moment).filter(|_| !moment.accepted);
    let rows = share.into_iter().flat_map(|share| &mut share.rows);
    rows.for_each(|row| row.updated = moment.now);
}

/// An error of the service's own tables.
pub fn error(status: u16, code: &'static str, message: &'static str) -> GatewayError {
    GatewayError { status, code: code.into(), message: message.into() }
}

/// Changes a row of the error table of an operation.
pub fn edit_row(spec: &mut Spec, operation: &str, code: &str, edit: impl Fn(&mut ErrorRow)) {
    let operation = spec.operation_mut(operation);
    let rows = operation.into_iter().flat_map(|operation| operation.rows.iter_mut());
    rows.filter(|row| row.code == code).for_each(edit);
}

/// Changes the largest number of entries of a list.
pub fn limit(spec: &mut Spec, operation: &str, parameter: &str, items: u32) {
    let Some(operation) = spec.operation_mut(operation) else { return };
    for found in operation.parameters.iter_mut().filter(|each| each.name == parameter) {
        found.max_items = Some(items);
    }
}
