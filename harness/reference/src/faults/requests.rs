//! Requests that are read wrongly, though clients that exist send them.

use super::tools::removes;
use super::{common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::state::State;
use serde_json::Value;
use sharespec_model::call::Call;
use sharespec_wire::alibaba::{GatewayError, SignatureKind};
use sharespec_wire::http::header;

pub(super) const FAULTS: &[Change] = &[
    when(
        is_get,
        "get-refused",
        "Only POST is taken.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Refuse(GatewayError::unsupported_method)],
    ),
    when(
        is_get,
        "parameters-of-get-ignored",
        "The parameters of a GET are not read.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Call(|call, _| call.arguments.clear())],
    ),
    when(
        has_form,
        "form-body-ignored",
        "The parameters of a form body are not read.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Call(|call, _| call.arguments.clear())],
    ),
    when(
        |moment| !has_form(moment) && !is_get(moment),
        "query-of-post-ignored",
        "The parameters in the query of a POST are not read.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Call(|call, _| call.arguments.clear())],
    ),
    when(
        named_by_header_alone,
        "action-header-ignored",
        "An operation that a header alone names is not found.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Refuse(action_missing)],
    ),
    when(
        creates,
        "letters-beyond-ascii-mangled",
        "Letters that are no ASCII become question marks.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::After(|state, _| {
            rename(state, |letter| if letter.is_ascii() { letter } else { '?' })
        })],
    ),
    when(
        signs_in_parameters,
        "older-signatures-refused",
        "Requests with the older signature are not taken.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Refuse(GatewayError::incomplete_signature)],
    ),
    when(
        signs_in_parameters,
        "last-entry-lost-with-older-signatures",
        "With the older signature the last principal is not read.",
        &[removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Call(|call, _| lose_last(call, "Targets"))],
    ),
    when(
        |moment| moment.incoming.is_some_and(|incoming| incoming.region_id.is_some()),
        "region-refused",
        "RegionId is not taken.",
        &[common!("floor/undocumented"), removal!("effect/removed")],
        &[Effect::Refuse(|| GatewayError::invalid("RegionId"))],
    ),
    when(
        removes,
        "last-target-not-read",
        "The last of several principals is not read.",
        &[removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Call(|call, _| lose_last(call, "Targets"))],
    ),
    when(
        removes,
        "last-resource-not-read",
        "The last of several resources is not read.",
        &[removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Call(|call, _| lose_last(call, "Resources"))],
    ),
    when(
        removes,
        "only-first-arn-read",
        "Of several ARNs the first is read.",
        &[removal!("parameter/ResourceArns"), removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Call(|call, _| first_only(call, "ResourceArns"))],
    ),
    when(
        removes,
        "arns-not-read",
        "ResourceArns is not read, as on older pages.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("effect/removed"),
            removal!("parameter/ResourceArns"),
        ],
        &[Effect::Call(|call, _| drop(call.arguments.remove("ResourceArns")))],
    ),
    when(
        |moment| removes(moment) && !moment.list("Targets").is_empty(),
        "resources-not-read-beside-targets",
        "Beside principals resources are not read.",
        &[removal!("effect/removed"), removal!("effect/rows")],
        &[Effect::Call(|call, _| drop(call.arguments.remove("Resources")))],
    ),
    when(
        |moment| {
            removes(moment)
                && moment.list("ResourceArns").is_empty()
                && moment.list("Targets").is_empty()
        },
        "targets-needed",
        "A call without principals is wrong.",
        &[removal!("effect/removed"), removal!("parameter/Targets")],
        &[Effect::Refuse(targets_missing)],
    ),
];

fn is_get(moment: &Moment<'_>) -> bool {
    moment.request.method == "GET"
}

fn has_form(moment: &Moment<'_>) -> bool {
    !moment.request.body.is_empty()
}

fn creates(moment: &Moment<'_>) -> bool {
    moment.is("CreateResourceShare") && moment.accepted
}

fn signs_in_parameters(moment: &Moment<'_>) -> bool {
    moment.incoming.is_some_and(|incoming| incoming.signature == SignatureKind::V2)
}

fn named_by_header_alone(moment: &Moment<'_>) -> bool {
    header(&moment.request.headers, "x-acs-action").is_some()
        && !moment.request.target.contains("Action=")
        && !moment.request.body.windows(7).any(|window| window == b"Action=")
}

fn action_missing() -> GatewayError {
    GatewayError::missing("Action")
}

fn targets_missing() -> GatewayError {
    super::tools::error(400, "InvalidParameter.Targets", "The Targets is invalid.")
}

fn rename(state: &mut State, letter: fn(char) -> char) {
    if let Some(share) = state.shares.last_mut() {
        share.name = share.name.chars().map(letter).collect();
    }
}

fn entries<'c>(call: &'c mut Call, name: &str) -> Option<&'c mut Vec<Value>> {
    call.arguments.get_mut(name).and_then(Value::as_array_mut)
}

fn lose_last(call: &mut Call, name: &str) {
    let several = entries(call, name).filter(|entries| (2..=5).contains(&entries.len()));
    several.into_iter().for_each(|entries| drop(entries.pop()));
}

fn first_only(call: &mut Call, name: &str) {
    let several = entries(call, name).filter(|entries| (2..=5).contains(&entries.len()));
    several.into_iter().for_each(|entries| entries.truncate(1));
}
