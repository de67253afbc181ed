//! What several faults ask of a request or do to the state.

use crate::change::{Change, Effect, Moment, Nature, Trigger};
use crate::state::{Row, Share, State};
use serde_json::Value;
use sharespec_model::spec::{Row as ErrorRow, Spec};
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::{AccountIndex, Entity};
use sharespec_wire::alibaba::GatewayError;

/// The operation that most faults are about.
pub const REMOVAL: &str = "DisassociateResourceShare";

/// A fault in every answer.
pub const fn always(
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    let nature = Nature::Fault(rules);
    Change { name, text, nature, trigger: Trigger::Always, effects }
}

/// A fault in the answers to some requests.
pub const fn when(
    holds: fn(&Moment<'_>) -> bool,
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    let nature = Nature::Fault(rules);
    Change { name, text, nature, trigger: Trigger::If(holds), effects }
}

/// Whether the call removes entities.
pub fn removes(moment: &Moment<'_>) -> bool {
    moment.is(REMOVAL)
}

/// Whether the call associates entities.
pub fn adds(moment: &Moment<'_>) -> bool {
    moment.is("AssociateResourceShare")
}

/// Whether the call makes a share.
pub fn creates(moment: &Moment<'_>) -> bool {
    moment.is("CreateResourceShare")
}

/// Whether the call lists associations.
pub fn lists_associations(moment: &Moment<'_>) -> bool {
    moment.is("GetResourceShareAssociations")
}

/// Whether the call lists shares.
pub fn lists_shares(moment: &Moment<'_>) -> bool {
    moment.is("GetResourceShares")
}

/// The calling account.
pub fn caller(moment: &Moment<'_>) -> Option<AccountIndex> {
    moment.world.account(&moment.call?.caller)
}

/// The position of the share that the call names.
pub fn handle(moment: &Moment<'_>) -> Option<usize> {
    moment.state.position(moment.text("resourceShareArn")?)
}

/// The share that the call names, as it was before.
pub fn share<'a>(moment: &Moment<'a>) -> Option<&'a Share> {
    moment.state.shares.get(handle(moment)?)
}

/// The share that the call names, to be changed after the call.
pub fn share_mut<'s>(state: &'s mut State, moment: &Moment<'_>) -> Option<&'s mut Share> {
    state.shares.get_mut(handle(moment)?)
}

/// The entities that the call names and the world has.
pub fn named(moment: &Moment<'_>) -> Vec<Entity> {
    let texts = |list: &str| {
        let list = moment.list(list).iter().filter_map(Value::as_str);
        list.map(str::to_owned).collect::<Vec<_>>()
    };
    let principals = texts("principals").into_iter().filter_map(|id| moment.world.principal(&id));
    let resources = texts("resourceArns");
    let resources = resources.into_iter().filter_map(|arn| moment.world.resource_by_arn(&arn));
    principals.chain(resources).collect()
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

/// An error of the service's own tables.
pub fn error(status: u16, code: &'static str) -> GatewayError {
    GatewayError { status, code: code.into(), message: "A fault.".into() }
}

/// Changes a row of the error table of an operation.
pub fn edit_row(spec: &mut Spec, operation: &str, code: &str, edit: impl Fn(&mut ErrorRow)) {
    let operation = spec.operation_mut(operation);
    let rows = operation.into_iter().flat_map(|operation| operation.rows.iter_mut());
    rows.filter(|row| row.code == code).for_each(edit);
}
