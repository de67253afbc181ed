//! The gateway in front of every operation: which requests it lets pass, and how it refuses others.

use crate::blueprint::Blueprint;
use crate::choose::{Choice, choose};
use crate::pipeline::Exchange;
use crate::state::State;
use sharespec_model::belief::Window;
use sharespec_model::condition::{Condition, ConditionSet};
use sharespec_model::evaluation::Evaluation;
use sharespec_model::spec::Row;
use sharespec_model::world::World;
use sharespec_wire::alibaba::{GatewayError, Keeper, Key};
use std::collections::HashSet;

/// What the gateway knows when a request comes.
pub(crate) struct Gate<'a> {
    pub(crate) blueprint: &'a Blueprint,
    pub(crate) nonces: &'a HashSet<String>,
    pub(crate) now: i64,
}

impl Keeper for Gate<'_> {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        key(self.blueprint.api.world(), access_key_id)
    }

    fn is_operation(&self, action: &str) -> bool {
        self.blueprint.spec().operation(action).is_some() && self.blueprint.has(action)
    }

    fn was_used(&self, access_key_id: &str, nonce: &str) -> bool {
        self.nonces.contains(&used(access_key_id, nonce))
    }

    fn now(&self) -> Window {
        Window::new(self.now, self.now)
    }

    fn region(&self) -> Option<&str> {
        Some(&self.blueprint.api.world().file.region)
    }
}

/// The key of this name in a world.
pub(crate) fn key<'w>(world: &'w World, access_key_id: &str) -> Option<Key<'w>> {
    let role = world.caller_of_key(access_key_id)?;
    if let Some(user) = world.user(role) {
        let token = user.security_token.as_deref();
        return Some(Key { secret: &user.access_key_secret, token });
    }
    let file = world.file.accounts.get(role)?;
    Some(Key { secret: &file.access_key_secret, token: None })
}

/// How it is remembered that a nonce was used.
pub(crate) fn used(access_key_id: &str, nonce: &str) -> String {
    format!("{access_key_id}/{nonce}")
}

/// Lets a request pass, or refuses it for one of the things that are wrong with it.
pub(crate) fn pass(
    exchange: &Exchange<'_>,
    state: &State,
    wrong: ConditionSet,
    string_to_sign: Option<String>,
) -> Result<(), GatewayError> {
    let blueprint = exchange.blueprint;
    let (spec, policy) = (blueprint.spec(), blueprint.policy());
    let mut evaluation = Evaluation::new(spec.gateway());
    let looks_at = |condition: &Condition| {
        blueprint.check_signatures || blueprint.api.without_signatures().contains(condition)
    };
    wrong.iter().filter(looks_at).for_each(|condition| evaluation.holds(condition));
    if evaluation.certain.is_empty() {
        return Ok(());
    }
    let overlooked = exchange.overlooked(spec, state);
    let Choice::Reject(row) = choose(spec, policy, &evaluation, overlooked, exchange.luck) else {
        return Ok(());
    };
    Err(match string_to_sign.filter(|_| row.code == "SignatureDoesNotMatch") {
        Some(text) => {
            GatewayError { status: row.status, ..GatewayError::signature_mismatch(&text) }
        }
        None => error(row),
    })
}

/// The error that a row of the tables stands for.
pub(crate) fn error(row: &Row) -> GatewayError {
    let code = match (row.code.as_str(), row.status) {
        // A code of the gateway's own, of its usual form.
        ("*", 403) => "Forbidden",
        ("*", 404) => "InvalidResource.NotFound",
        ("*", 405) => "MethodNotAllowed",
        ("*", _) => "InvalidParameter",
        (code, _) => code,
    };
    let code = code.to_owned();
    let message = row.message.clone().unwrap_or_else(|| message(&code));
    GatewayError { status: row.status, code: code.into(), message: message.into() }
}

fn message(code: &str) -> String {
    match code.strip_prefix("Missing") {
        Some(parameter) => format!("{parameter} is mandatory for this action."),
        None => "The specified parameter is invalid.".to_owned(),
    }
}
