//! The locks of a case, counted from its steps: an upper bound of what it makes in each account.

use super::cast::directory;
use crate::edited::{self, EditedCall};
use serde_json::Value;
use sharespec_wire::case::{Case, Lock};
use std::collections::BTreeMap;

#[derive(Default)]
struct Count {
    shares: u32,
    resources: u32,
    invitations: u32,
    services: bool,
}

/// The locks of a case that needs some accounts for itself.
pub(crate) fn of(case: &Case, alone: &[&str]) -> Vec<Lock> {
    let (calls, hooked) = edited::calls(case);
    let mut owners: Vec<(&str, &str)> = Vec::new();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for call in &calls {
        count(call, &mut owners, &mut counts);
    }
    let mut locks = Vec::new();
    locks.extend(alone.iter().map(|role| Lock::Account((*role).to_owned())));
    for (role, count) in counts.into_iter().filter(|(role, _)| !alone.contains(role)) {
        if count.services {
            locks.push(Lock::Services(role.to_owned()));
        }
        push(&mut locks, count.shares, |number| Lock::Shares(role.to_owned(), number));
        push(&mut locks, count.resources, |number| Lock::Resources(role.to_owned(), number));
        push(&mut locks, count.invitations, |number| Lock::Invitations(role.to_owned(), number));
    }
    if hooked {
        locks.push(Lock::Target);
    }
    locks.sort();
    locks
}

fn push(locks: &mut Vec<Lock>, number: u32, lock: impl Fn(u32) -> Lock) {
    if number > 0 {
        locks.push(lock(number));
    }
}

fn count<'a>(
    call: &EditedCall<'a>,
    owners: &mut Vec<(&'a str, &'a str)>,
    counts: &mut BTreeMap<&'a str, Count>,
) {
    let caller = call.caller();
    let creates = call.operation() == "CreateResourceShare";
    if !creates && call.operation() != "AssociateResourceShare" {
        return;
    }
    if let Some(name) = call.step.makes.as_deref().filter(|_| creates) {
        owners.push((name, caller));
    }
    let share = call.argument("ResourceShareId").and_then(Value::as_str);
    let share = share.and_then(|share| share.strip_prefix("$share."));
    let owner = owners.iter().rev().find(|(name, _)| Some(*name) == share);
    let owner = owner.map_or(caller, |(_, owner)| owner);
    let list = |name: &str| {
        let list = call.argument(name).and_then(Value::as_array);
        list.map_or(&[][..], Vec::as_slice)
    };
    let outside = list("Targets").iter().filter(|target| is_outside(target, owner)).count();
    let resources = list("Resources").len() + list("ResourceArns").len();
    let (times, found) = (call.step.times, counts.entry(owner).or_default());
    found.shares += if creates { times } else { 0 };
    found.resources += times * resources as u32;
    found.invitations += times * outside as u32;
    let is_service =
        |target: &Value| target.as_str().is_some_and(|text| text.starts_with("$service."));
    found.services |= list("Targets").iter().any(is_service);
}

/// Whether a principal is an account that the owner has to invite.
fn is_outside(target: &Value, owner: &str) -> bool {
    let role = target.as_str().and_then(|text| text.strip_prefix("$account."));
    let Some(role) = role.map(|role| role.split('|').next().unwrap_or(role)) else { return false };
    directory(role).is_none() || directory(role) != directory(owner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alibaba::draft::{associate, create, create_external, disassociate, hold};
    use crate::alibaba::plan::case;

    #[test]
    fn what_the_edit_adds_counts_too() {
        let found = case("x")
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1).account("outsider").account("member-a"))
            .test(disassociate("a").account("outsider"))
            .before([hold(), associate("a").arn("VSwitch", 2).into()])
            .done();
        let owner = || "owner".to_owned();
        let expected = [
            Lock::Shares(owner(), 1),
            Lock::Resources(owner(), 2),
            Lock::Invitations(owner(), 1),
            Lock::Target,
        ];
        assert_eq!(found.locks, expected);
    }

    #[test]
    fn a_share_counts_for_its_owner() {
        let found = case("x")
            .step(create("a").by("member-a"))
            .test(associate("a").by("member-a").account("owner").account("quiet-member"))
            .done();
        let member = || "member-a".to_owned();
        assert_eq!(found.locks, [Lock::Shares(member(), 1), Lock::Invitations(member(), 1)]);
    }
}
