//! The choice of an outcome: which of the conditions that hold is answered, and how.

use crate::policy::Policy;
use sharespec_model::condition::{Condition, ConditionSet};
use sharespec_model::evaluation::Evaluation;
use sharespec_model::spec::{OperationSpec, Row, Spec};

/// What the reference implementation does with a call.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'s> {
    /// Accept it.
    Accept,
    /// Reject it with this row.
    Reject(&'s Row),
}

/// Chooses among the conditions that hold.
///
/// A condition that may hold for reasons that the state does not tell is not looked at: it is for
/// others to choose.
pub fn choose<'s>(
    spec: &'s Spec,
    policy: &Policy,
    evaluation: &Evaluation<'s>,
    overlooked: ConditionSet,
    luck: u64,
) -> Choice<'s> {
    let operation = evaluation.spec;
    let conditions = evaluation.certain.without(overlooked);
    let rows: Vec<&Row> =
        conditions.iter().filter_map(|each| row(spec, policy, operation, each)).collect();
    match winner(policy, operation, rows, luck) {
        Some(row) => Choice::Reject(row),
        None => Choice::Accept,
    }
}

/// The row that answers a condition under the readings that are followed; none if it is accepted.
fn row<'s>(
    spec: &Spec,
    policy: &Policy,
    operation: &'s OperationSpec,
    condition: Condition,
) -> Option<&'s Row> {
    if operation.any.has(condition) {
        return match policy.accepts_odd_values {
            true => None,
            false => operation.rows.iter().find(|row| row.status == 400 && row.rule.is_some()),
        };
    }
    if accepted(spec, policy, operation, condition) {
        return None;
    }
    let mut fallback = None;
    for row in operation.rows.iter().filter(|row| row.conditions.has(condition)) {
        let readings = row.readings.iter().filter(|(each, _)| *each == condition);
        let mut open = false;
        for (_, reading) in readings {
            open = true;
            if policy.reading(usize::from(reading.0)) == reading.1 {
                return Some(row);
            }
        }
        if !open {
            return Some(row);
        }
        fallback = fallback.or(Some(row));
    }
    fallback
}

/// Whether the reading that is followed accepts the condition.
fn accepted(spec: &Spec, policy: &Policy, operation: &OperationSpec, condition: Condition) -> bool {
    let name = spec.condition_name(condition);
    let mut accepting = false;
    for (position, point) in spec.points.iter().enumerate() {
        let about = point.conditions.iter().any(|each| each == name);
        if !about || !point.is_about(&operation.name) {
            continue;
        }
        let reading = point.readings.get(usize::from(policy.reading(position)));
        if reading.is_some_and(|reading| reading.accepts || reading.any) {
            return true;
        }
        accepting |= point.readings.iter().any(|reading| reading.accepts);
    }
    // A point with an accepting reading alone, none of whose rows is in this operation's tables.
    accepting && operation.rows.iter().all(|row| !row.conditions.has(condition))
}

/// Whether a row is the gateway's own: it has no rule in the table of the operation, and its code is
/// of the gateway's form.
fn is_of_gateway(row: &Row) -> bool {
    let missing = row.code.starts_with("Missing") && !row.code.contains('.');
    row.rule.is_none() && (row.code == "*" || missing)
}

fn winner<'s>(
    policy: &Policy,
    operation: &'s OperationSpec,
    mut rows: Vec<&'s Row>,
    luck: u64,
) -> Option<&'s Row> {
    let place = |row: &&Row| operation.rows.iter().position(|each| std::ptr::eq(each, *row));
    if rows.len() < 2 {
        return rows.pop();
    }
    // A gateway answers before the service sees the call.
    if let Some(first) = rows.iter().copied().find(|row| is_of_gateway(row)) {
        return Some(first);
    }
    if policy.follows("precedence", "reverse-order") {
        rows.into_iter().max_by_key(place)
    } else if policy.follows("precedence", "by-name") {
        rows.into_iter().min_by(|one, other| one.code.cmp(&other.code))
    } else if policy.follows("precedence", "scattered") {
        let count = rows.len() as u64;
        rows.into_iter().nth((luck % count) as usize)
    } else {
        rows.into_iter().min_by_key(place)
    }
}
