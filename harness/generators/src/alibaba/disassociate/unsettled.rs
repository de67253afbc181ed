//! Calls before the last has settled: what was asked for may be under way, over, or still to come.

use crate::alibaba::draft::{
    Draft, associate, create, create_external, delete, disassociate, join, leave, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let one = |draft: Draft| draft.account("member-a");
    let other = |draft: Draft| draft.resource("VSwitch", 1);
    let gone = || one(disassociate("a")).unsettled();
    let added = || associate("a").account("member-c").unsettled();
    vec![
        after("associate/the-same", added(), disassociate("a").account("member-c")),
        after("associate/another", added(), one(disassociate("a"))),
        after("associate/both", added(), one(disassociate("a")).account("member-c")),
        after("associate/other-kind", added(), other(disassociate("a"))),
        after("disassociate/another", gone(), disassociate("a").account("member-b")),
        after("disassociate/other-kind", gone(), other(disassociate("a"))),
        after("disassociate/one-of-two", gone(), one(disassociate("a")).account("member-b")),
        after("disassociate/associate-another", gone(), associate("a").account("member-c")),
        after("disassociate/rename", gone(), rename("a", "renamed")),
        after("disassociate/delete", gone(), delete("a")),
        after("rename/disassociate", rename("a", "renamed").unsettled(), one(disassociate("a"))),
        second_share(),
        created(),
        three_in_a_row(),
        accepted(),
        left(),
    ]
}

fn named(end: &str) -> String {
    format!("alibaba/disassociate/unsettled/{end}")
}

fn after(end: &str, first: Draft, test: Draft) -> Case {
    standard(named(end)).step(first).test(test).done()
}

/// The same principal goes from two shares at once.
fn second_share() -> Case {
    standard(named("disassociate/second-share"))
        .step(create("b"))
        .step(associate("b").account("member-a"))
        .step(disassociate("a").account("member-a").unsettled())
        .test(disassociate("b").account("member-a"))
        .done()
}

/// A share that was filled as it was made.
fn created() -> Case {
    case(named("create/disassociate"))
        .step(create("a").resource("VSwitch", 1).account("member-a").unsettled())
        .test(disassociate("a").account("member-a"))
        .done()
}

fn three_in_a_row() -> Case {
    standard(named("disassociate/three-in-a-row"))
        .step(disassociate("a").account("member-a").unsettled())
        .step(disassociate("a").account("member-b").unsettled())
        .test(disassociate("a").resource("VSwitch", 1).resource("VSwitch", 2))
        .done()
}

fn outsider(end: &str) -> Plan {
    case(named(end)).step(create_external("a"))
}

/// An account leaves as soon as it has accepted.
fn accepted() -> Case {
    let mut steps = join("a", "outsider");
    if let Some(sharespec_wire::case::Step::Call(accept)) = steps.last_mut() {
        accept.unsettled = true;
    }
    outsider("accept/leave").steps(steps).test(leave("a", "outsider")).done()
}

/// The owner removes an account that is leaving.
fn left() -> Case {
    outsider("leave/disassociate")
        .steps(join("a", "outsider"))
        .step(associate("a").account("member-a"))
        .step(leave("a", "outsider").unsettled())
        .test(disassociate("a").account("member-a"))
        .done()
}
