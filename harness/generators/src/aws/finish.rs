//! What follows from a case of AWS RAM by itself: its locks, and the rules that it is about, which the
//! spec tables tell.

use crate::edited::{call_under_test, calls};
use sharespec_model::aws::LIBRARY;
use sharespec_model::spec::{Rule, Spec};
use sharespec_wire::case::{Case, Lock};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static SPEC: LazyLock<Spec> = LazyLock::new(|| LIBRARY.spec_of(LIBRARY.newest).unwrap_or_default());

/// What every case that is read back relies on.
const READS: &[&str] = &["GetResourceShareAssociations/list/", "GetResourceShares/list/rows"];

/// Rules that a case is about only if it says so.
const NAMED: &[&str] = &["effect/repeated", "effect/case-sensitive", "later/"];

/// Adds locks and rules.
pub(crate) fn finish(case: &mut Case, named: &[&'static str], alone: &[&'static str]) {
    case.locks = locks(case, alone);
    let Some(test) = call_under_test(case) else { return };
    let accepted = case.provokes.is_empty();
    let operation = test.operation();
    let given: Vec<&str> = test.names().collect();
    let mut rules: Vec<String> = named
        .iter()
        .map(|rule| match rule.starts_with("aws-") {
            true => (*rule).to_owned(),
            false => format!("{}/{rule}", prefix(operation)),
        })
        .collect();
    let own = |rule: &&Rule| is_about(rule, operation, accepted, &given);
    rules.extend(SPEC.rules.iter().filter(own).map(|rule| rule.id.clone()));
    rules.sort_unstable();
    rules.dedup();
    case.rules = rules;
}

fn prefix(operation: &str) -> &str {
    SPEC.operation(operation).map_or("", |operation| operation.prefix.as_str())
}

/// Whether every case of an operation is about a rule.
fn is_about(rule: &Rule, operation: &str, accepted: bool, given: &[&str]) -> bool {
    if rule.unobservable.is_some() {
        return false;
    }
    if READS.iter().any(|read| rule.id.contains(read)) || rule.id.contains("/floor/undocumented") {
        return true;
    }
    if rule.operation != operation {
        return false;
    }
    let end = rule.id.strip_prefix(prefix(operation)).unwrap_or_default().trim_start_matches('/');
    if NAMED.iter().any(|each| end.starts_with(each)) {
        return false;
    }
    match (end.split_once('/'), accepted) {
        (Some(("parameter", name)), _) => given.contains(&name),
        (Some(("effect", "rejected")), accepted) => !accepted,
        (Some(("isolation", _)), _) => true,
        (Some(("member" | "effect" | "time" | "list", _)), accepted) => accepted,
        _ => false,
    }
}

/// What a case uses of accounts: shares, and invitations of those outside.
pub(super) fn locks(case: &Case, alone: &[&str]) -> Vec<Lock> {
    let (calls, hooked) = calls(case);
    let mut shares: BTreeMap<String, u32> = BTreeMap::new();
    let mut invitations: BTreeMap<String, u32> = BTreeMap::new();
    for call in &calls {
        let caller = call.caller().to_owned();
        if call.operation() == "CreateResourceShare" {
            *shares.entry(caller.clone()).or_insert(0) += call.step.times;
        }
        let principals = call.argument("principals").and_then(|list| list.as_array());
        let outside = principals.into_iter().flatten().filter(|entry| {
            let text = entry.as_str().unwrap_or_default();
            caller != "owner" || text.contains("outsider") || text.contains("other-owner")
        });
        let outside = u32::try_from(outside.count()).unwrap_or(u32::MAX);
        if outside > 0 {
            *invitations.entry(caller).or_insert(0) += outside * call.step.times;
        }
    }
    let mut locks: Vec<Lock> =
        shares.into_iter().map(|(role, count)| Lock::Shares(role, count)).collect();
    locks.extend(invitations.into_iter().map(|(role, count)| Lock::Invitations(role, count)));
    locks.retain(|lock| match lock {
        Lock::Shares(role, _) | Lock::Invitations(role, _) => !alone.contains(&role.as_str()),
        _ => true,
    });
    locks.extend(alone.iter().map(|role| Lock::Account((*role).to_owned())));
    if hooked {
        locks.push(Lock::Target);
    }
    locks
}
