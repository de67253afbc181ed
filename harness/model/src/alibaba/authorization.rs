//! Whether the policy of a calling user allows a call, by the authorization table of its operation.

use super::arguments::View;
use super::conditions as c;
use crate::access::{Decision, Policy, Request};
use crate::call::Call;
use crate::prediction::Wrong;
use crate::spec::Spec;
use crate::world::World;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the policy of the caller makes of a call: nothing is wrong with it if it is allowed, or if
/// the caller is no user with a policy.
pub fn wrong(spec: &Spec, world: &World, call: &Call) -> Wrong {
    let mut wrong = Wrong::default();
    let policy = world.user(&call.caller).and_then(|user| user.policy.as_ref());
    match policy.map(|policy| decide(spec, policy, call)) {
        Some(Decision::Denied) => wrong.holds(c::GATEWAY_DENIED),
        Some(Decision::Unclear) => wrong.may_hold(c::GATEWAY_DENIED),
        Some(Decision::Allowed) | None => {}
    }
    wrong
}

/// What a policy makes of a call. Without an authorization table the action has no name.
pub fn decide(spec: &Spec, policy: &Policy, call: &Call) -> Decision {
    let operation = spec.operation(&call.operation);
    let Some(table) = operation.and_then(|operation| operation.authorization.as_ref()) else {
        return match policy.statement.is_empty() {
            true => Decision::Denied,
            false => Decision::Unclear,
        };
    };
    let arguments = View(&call.arguments);
    let keys = table.condition_keys.iter().map(|key| (key.as_str(), value(key, arguments)));
    policy.decide(&Request { action: &table.action, keys: keys.collect() })
}

/// The value of a condition key, if the call has exactly one. How types and ARNs are found of
/// resources that are named in the other way is not documented.
fn value(key: &str, arguments: View<'_>) -> Option<String> {
    let (list, member, other) = match key.split_once(':')?.1 {
        "RequestedResourceType" => ("Resources", Some("ResourceType"), "ResourceArns"),
        "ResourceArn" => ("ResourceArns", None, "Resources"),
        "Target" => ("Targets", None, ""),
        _ => return None,
    };
    if !arguments.list(other).is_empty() {
        return None;
    }
    let text = |entry: &Value| {
        let found = member.map_or(Some(entry), |member| entry.get(member));
        found.and_then(Value::as_str).map(str::to_owned)
    };
    let values: Option<BTreeSet<String>> = arguments.list(list).iter().map(text).collect();
    let mut values = values?.into_iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}
