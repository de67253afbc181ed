//! What a case needs of a world and of a target, found without playing it.

use crate::locks::{self, Locks};
use crate::manner::Identity;
use crate::player::{Stop, without};
use crate::seeds::Seeds;
use crate::setup::{Setup, Target};
use crate::symbols::{self, Context, Made, Unresolved};
use serde_json::Value;
use sharespec_events::ReasonKind;
use sharespec_model::belief::Belief;
use sharespec_model::world::World;
use sharespec_wire::case::{Case, Step};
use std::collections::BTreeSet;

/// What a target and its world lack for each of some cases: nothing of one that can be played.
pub fn lacking(setup: &Setup, cases: &[Case]) -> Vec<Vec<String>> {
    let world = setup.api.world();
    // What a hook makes is seen when it is asked for it.
    let hook = setup.manner.hooks.seed.is_some();
    let mut seeds = Seeds::new(setup, cases, hook);
    let there = world.file.shares.iter().filter(|share| !share.id.is_empty());
    seeds.give(world, &there.cloned().collect::<Vec<_>>());
    let locks = Locks::new(world);
    let lacking = |case: &Case| {
        let mut lacking = missing(world, &locks, case);
        let stop = unplayable(setup, case).and_then(|stop| seeds.instead(case, stop).err());
        if let Some(Stop::Without(reason)) = stop
            && !(hook && reason.kind == ReasonKind::Seed)
        {
            lacking.insert(reason.unlock.unwrap_or(reason.detail));
        }
        lacking.into_iter().collect()
    };
    cases.iter().map(lacking).collect()
}

/// What a world lacks for a case.
fn missing(world: &World, locks: &Locks, case: &Case) -> BTreeSet<String> {
    let mut lacking = BTreeSet::new();
    let belief = Belief::new(world);
    let made = Made::new(String::new());
    let context = Context { world, belief: &belief, made: &made };
    let (steps, _) = case.steps();
    for step in &steps {
        let Step::Call(step) = step else { continue };
        if world.account(&step.call.caller).is_none() {
            lacking.insert(format!("a caller `{}`", step.call.caller));
        }
        texts(&Value::Object(step.call.arguments.clone()), &mut |text| {
            if let Err(Unresolved::World(need)) = symbols::resolve(context, &Value::from(text)) {
                lacking.insert(need);
            }
        });
    }
    if let Err(need) = locks.suffice(&locks::needed(world, case)) {
        lacking.insert(format!("larger quotas: {need}"));
    }
    lacking
}

fn texts(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter().for_each(|each| texts(each, visit)),
        Value::Object(members) => members.values().for_each(|each| texts(each, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Why a case need not even be tried on a target.
pub fn unplayable(setup: &Setup, case: &Case) -> Option<Stop> {
    let (steps, _) = case.steps();
    // What the runner calls by itself for a case that makes shares: it reads them back and deletes
    // them.
    let operations = &setup.api.names().operations;
    let reads = [operations.list_shares, operations.list_associations, operations.delete];
    let mut callers: Vec<&str> = Vec::new();
    for step in &steps {
        match step {
            Step::Call(step) => {
                let own = if step.makes.is_some() { reads.as_slice() } else { &[] };
                let operations = std::iter::once(step.call.operation.as_str());
                let mut needed = operations.chain(own.iter().copied());
                if let Some(stop) = needed.find_map(|each| without_operation(setup, each)) {
                    return Some(stop);
                }
                if step.form.as_ref().is_some_and(|form| form.omits_content_length())
                    && matches!(&setup.target, Target::Url(target) if !target.is_plain())
                {
                    let detail = "a request without a length is sent over plain HTTP only";
                    return Some(without(ReasonKind::Hook, detail.into(), "a way over plain HTTP"));
                }
                if step.form.as_ref().is_some_and(|form| form.is_tampered())
                    && !setup.abilities.checks_signatures
                {
                    let detail = "the target does not check signatures".to_owned();
                    let unlock = "a target that checks signatures";
                    return Some(without(ReasonKind::Identity, detail, unlock));
                }
                if !callers.contains(&step.call.caller.as_str()) {
                    callers.push(&step.call.caller);
                }
            }
            Step::Hook(hook) if !setup.offers(*hook) => {
                let detail = "the target offers no hooks".to_owned();
                let unlock = "`hooks.clock`, `hooks.hold` and `hooks.release`";
                return Some(without(ReasonKind::Hook, detail, unlock));
            }
            Step::Hook(_) | Step::Read | Step::Settle | Step::Wait(_) => {}
        }
    }
    without_identity(setup, &callers)
}

fn without_operation(setup: &Setup, operation: &str) -> Option<Stop> {
    if setup.manner.absent.contains(operation) {
        let detail = format!("the target is declared not to have {operation}");
        return Some(without(ReasonKind::Operation, detail, operation));
    }
    if setup.abilities.absent.contains(operation) {
        let detail = format!("the target does not have {operation}");
        return Some(without(ReasonKind::Blocked, detail, operation));
    }
    None
}

impl Setup {
    /// Whether the target does not have an operation, declared or not.
    pub fn lacks(&self, operation: &str) -> bool {
        self.manner.absent.contains(operation) || self.abilities.absent.contains(operation)
    }
}

fn without_identity(setup: &Setup, callers: &[&str]) -> Option<Stop> {
    if let Identity::Single(only) = &setup.manner.identity
        && let Some(other) = callers.iter().find(|each| *each != only)
    {
        let detail = format!("the target has one account, `{only}`, and `{other}` is to call");
        return Some(without(ReasonKind::Identity, detail, "a second account"));
    }
    if callers.len() > 1 && !setup.abilities.tells_accounts_apart {
        let detail = "the target does not tell the accounts of the world apart".to_owned();
        return Some(without(ReasonKind::Identity, detail, "accounts that are told apart"));
    }
    None
}
