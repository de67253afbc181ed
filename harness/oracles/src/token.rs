//! The token of idempotency: an answer has that of its call, or one that was made for it alone.

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
    let rule = operation.rule("effect/token-shown")?;
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
        (_, _) => "no token",
    };
    let expected = given.map_or_else(|| "a token".to_owned(), str::to_owned);
    Some(
        Finding::new(api.spec(), Check::Shape, Some(rule), observed)
            .expected([expected])
            .actual(members.get(name).map_or_else(|| "absent".to_owned(), Value::to_string)),
    )
}
