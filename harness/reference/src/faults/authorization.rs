//! Policies of users and tokens of temporary credentials that are not heeded.

use super::gateway::refuse;
use super::{always, common, removal, when};
use crate::change::{Change, Effect, Moment};
use sharespec_model::access::{Decision, Policy, Request};
use sharespec_model::world::User;
use sharespec_wire::alibaba::{GatewayError, SignatureKind};
use std::collections::BTreeMap;

/// The rule that denials follow.
const DENIED: &[&str] = &[
    common!("error/Forbidden.RAM"),
    removal!("authorization/action"),
    "alibaba-associate-2026-02/authorization/action",
];

const ALLOWED: &[Effect] = &[Effect::Overlook(&["gateway/denied"])];

pub(super) const FAULTS: &[Change] = &[
    always("policy-ignored", "The policy of a user is not looked at.", DENIED, ALLOWED),
    when(
        |moment| policy(moment).is_some_and(|policy| !policy.statement.is_empty()),
        "any-action-suffices",
        "A user with any policy may do anything.",
        DENIED,
        ALLOWED,
    ),
    when(
        |moment| policy(moment).is_some_and(|policy| policy.statement.is_empty()),
        "empty-policy-allows",
        "A policy without statements allows everything.",
        DENIED,
        ALLOWED,
    ),
    when(
        |moment| allows_without(moment, "resourcesharing:RequestedResourceType"),
        "condition-type-ignored",
        "The condition key RequestedResourceType is not known.",
        &[
            removal!("authorization/RequestedResourceType"),
            "alibaba-associate-2026-02/authorization/RequestedResourceType",
            common!("error/Forbidden.RAM"),
        ],
        ALLOWED,
    ),
    when(
        |moment| allows_without(moment, "resourcesharing:ResourceArn"),
        "condition-arn-ignored",
        "The condition key ResourceArn is not known.",
        &[
            removal!("authorization/ResourceArn"),
            "alibaba-associate-2026-02/authorization/ResourceArn",
            common!("error/Forbidden.RAM"),
        ],
        ALLOWED,
    ),
    when(
        |moment| allows_without(moment, "resourcesharing:Target"),
        "condition-target-ignored",
        "The condition key Target is not known.",
        &["alibaba-associate-2026-02/authorization/Target", common!("error/Forbidden.RAM")],
        ALLOWED,
    ),
    when(
        |moment| policy(moment).is_some(),
        "users-never-allowed",
        "No user may do anything, whatever the policy.",
        &[removal!("authorization/action")],
        &[Effect::Refuse(GatewayError::forbidden)],
    ),
    when(
        |moment| policy(moment).is_some_and(has_conditions),
        "conditions-never-fulfilled",
        "A statement with a condition allows nothing.",
        &[removal!("authorization/RequestedResourceType"), removal!("authorization/ResourceArn")],
        &[Effect::Refuse(GatewayError::forbidden)],
    ),
    when(
        is_denied,
        "denied-call-acts",
        "A call that is denied is done all the same.",
        &[removal!("effect/rejected")],
        &[
            Effect::Overlook(&["gateway/denied"]),
            Effect::Reply(|reply, _| refuse(reply, GatewayError::forbidden())),
        ],
    ),
    always(
        "token-not-needed",
        "Temporary credentials need no token.",
        &[common!("gateway/token")],
        &[Effect::Overlook(&["gateway/token-missing"])],
    ),
    always(
        "token-not-checked",
        "Any token will do.",
        &[common!("gateway/token")],
        &[Effect::Overlook(&["gateway/token-wrong"])],
    ),
    when(
        |moment| has_token(moment, SignatureKind::V3),
        "token-header-refused",
        "Temporary credentials with a token in a header are refused.",
        &[common!("gateway/token")],
        &[Effect::Refuse(GatewayError::access_key_not_found)],
    ),
    when(
        |moment| has_token(moment, SignatureKind::V2),
        "token-parameter-refused",
        "Temporary credentials with a token in a parameter are refused.",
        &[common!("gateway/token")],
        &[Effect::Refuse(GatewayError::access_key_not_found)],
    ),
];

fn user<'a>(moment: &Moment<'a>) -> Option<&'a User> {
    let key = &moment.incoming?.access_key_id;
    moment.world.user(moment.world.caller_of_key(key)?)
}

fn policy<'a>(moment: &Moment<'a>) -> Option<&'a Policy> {
    user(moment)?.policy.as_ref()
}

fn has_conditions(policy: &Policy) -> bool {
    policy.statement.iter().any(|statement| !statement.condition.is_empty())
}

fn has_token(moment: &Moment<'_>, kind: SignatureKind) -> bool {
    moment
        .incoming
        .is_some_and(|incoming| incoming.security_token.is_some() && incoming.signature == kind)
}

/// What a policy makes of the action alone.
fn decision(moment: &Moment<'_>, policy: &Policy) -> Decision {
    let action = moment.incoming.map_or("", |incoming| incoming.action.as_str());
    let action = format!("resourcesharing:{action}");
    policy.decide(&Request { action: &action, keys: BTreeMap::new() })
}

/// Whether the policy would allow the call if it did not depend on a key.
fn allows_without(moment: &Moment<'_>, key: &str) -> bool {
    let without = policy(moment).map(|policy| policy.clone().without_key(key));
    without.is_some_and(|policy| decision(moment, &policy) == Decision::Allowed)
}

/// Whether the policy does not name the action.
fn is_denied(moment: &Moment<'_>) -> bool {
    policy(moment).is_some_and(|policy| decision(moment, policy) == Decision::Denied)
}
