//! The token of idempotency: an answer has that of its call, or one that was made for it alone, if any.

use crate::finding::{Check, Finding};
use serde_json::{Map, Value};
use sharespec_model::api::Api;
use sharespec_model::call::Call;
use sharespec_model::spec::OperationSpec;

/// Judges the token that a success shows. `made` are those that were made for earlier calls.
pub fn judge(
    api: &dyn Api,
    operation: &OperationSpec,
    call: &Call,
    members: &Map<String, Value>,
    made: &mut Vec<String>,
) -> Option<Finding> {
    let name = api.names().client_token?;
    let mut rule = operation.rule("effect/token-shown")?;
    let given = call.arguments.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let shown = members.get(name).and_then(Value::as_str);
    let observed = match (given, shown) {
        (Some(given), Some(shown)) if given == shown => return None,
        (Some(_), Some(_)) => "another token than that of the call",
        // Whether an empty token is one is open.
        (None, Some("")) if call.arguments.contains_key(name) => return None,
        (None, Some(shown)) if !shown.is_empty() => {
            let before = made.iter().any(|each| each == shown);
            if !before {
                made.push(shown.to_owned());
                return None;
            }
            "the token that was made for another call"
        }
        // Whether one is shown that was made for the call is open.
        (None, None) if is_silent(members, name) => return None,
        (Some(_), None) if is_silent(members, name) => {
            rule = operation.rule("effect/token-echoed").unwrap_or(rule);
            "no token"
        }
        (_, _) => "no token",
    };
    let expected = given.map_or_else(|| "a token".to_owned(), str::to_owned);
    Some(
        Finding::new(api.spec(), Check::Shape, Some(rule), observed)
            .expected([expected])
            .actual(members.get(name).map_or_else(|| "absent".to_owned(), Value::to_string)),
    )
}

/// Whether a success shows the token that was made for a call without one; none if the call had one, or
/// could not have had any.
pub fn shows_made(
    api: &dyn Api,
    operation: &OperationSpec,
    call: &Call,
    members: &Map<String, Value>,
) -> Option<bool> {
    let name = api.names().client_token?;
    operation.parameter(name)?;
    (!call.arguments.contains_key(name)).then(|| !is_silent(members, name))
}

/// Whether an answer has no token, rather than an odd one.
fn is_silent(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name).is_none_or(Value::is_null)
}
