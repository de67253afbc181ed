//! Cases of the Alibaba API in the making, and the states that most of them begin in.

use super::cast::List;
use super::draft::{associate, create};
use super::{locks, rules};
use crate::edited;
pub(crate) use crate::plan::Plan;
use sharespec_wire::case::Case;

fn finish(case: &mut Case, named: &[&'static str], alone: &[&'static str]) {
    case.locks = locks::of(case, alone);
    let accepted = case.provokes.is_empty();
    let test = edited::call_under_test(case);
    case.rules = test.map_or_else(Vec::new, |test| rules::of(named, &test, accepted));
}

/// A case without steps.
pub(crate) fn case(id: impl Into<String>) -> Plan {
    Plan::new(id, finish)
}

/// A case on the share `a`, which holds the first and second VSwitch and two accounts.
pub(crate) fn standard(id: impl Into<String>) -> Plan {
    case(id).step(create("a")).step(
        associate("a")
            .resource("VSwitch", 1)
            .resource("VSwitch", 2)
            .account("member-a")
            .account("member-b"),
    )
}

/// A case on the share `a`, which holds so many ordinary entries of a list.
pub(crate) fn stocked(id: impl Into<String>, list: List, count: usize) -> Plan {
    let mut plan = case(id).step(create("a"));
    for first in (1..=count).step_by(5) {
        plan = plan.step(associate("a").entries(list, first..=count.min(first + 4)));
    }
    plan
}
