//! Bystanders: after each accepted call, what it did not name is unchanged. Another entity of the
//! same kind, the same entity in a second share, another principal, the share of another owner.

use crate::alibaba::cast::account;
use crate::alibaba::draft::{
    Draft, Put, associate, create, create_external, disassociate, join, leave,
};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::Case;

/// An entity of a kind, another of its kind, and one of the other side.
struct Trio {
    name: &'static str,
    one: Put,
    other: Put,
    across: Put,
}

const TRIOS: &[Trio] = &[
    Trio {
        name: "resource",
        one: |draft| draft.resource("VSwitch", 1),
        other: |draft| draft.resource("VSwitch", 2),
        across: |draft| draft.account("member-a"),
    },
    Trio {
        name: "other-type",
        one: |draft| draft.resource("Image", 1),
        other: |draft| draft.resource("VSwitch", 1),
        across: |draft| draft.account("member-a"),
    },
    Trio {
        name: "account",
        one: |draft| draft.account("member-a"),
        other: |draft| draft.account("member-b"),
        across: |draft| draft.resource("VSwitch", 1),
    },
    Trio {
        name: "folder",
        one: |draft| draft.target("$folder.member-e"),
        other: |draft| draft.account("member-e"),
        across: |draft| draft.resource("VSwitch", 1),
    },
    Trio {
        name: "account-of-folder",
        one: |draft| draft.account("member-e"),
        other: |draft| draft.target("$folder.member-e"),
        across: |draft| draft.resource("VSwitch", 1),
    },
    Trio {
        name: "directory",
        one: |draft| draft.target("$directory.owner"),
        other: |draft| draft.target("$root.owner"),
        across: |draft| draft.resource("VSwitch", 1),
    },
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = TRIOS.iter().flat_map(of).collect();
    cases.extend(across_owners());
    cases.extend(outsiders());
    cases.push(many_shares());
    cases
}

fn named(end: &str) -> Plan {
    case(format!("alibaba/disassociate/bystander/{end}"))
}

fn of(trio: &Trio) -> Vec<Case> {
    let Trio { name, one, other, across } = trio;
    let all = |draft: Draft| across(other(one(draft)));
    vec![
        named(&format!("{name}/same-share"))
            .step(create("a"))
            .step(all(associate("a")))
            .test(one(disassociate("a")))
            .done(),
        named(&format!("{name}/second-share"))
            .step(create("a"))
            .step(create("b"))
            .step(across(one(associate("a"))))
            .step(all(associate("b")))
            .test(one(disassociate("a")))
            .done(),
        // The second share came first, so that what looks a share up by its entity finds it.
        named(&format!("{name}/earlier-share"))
            .step(create("b"))
            .step(all(associate("b")))
            .step(create("a"))
            .step(across(one(associate("a"))))
            .test(one(disassociate("a")))
            .done(),
        // What was removed before stays removed.
        named(&format!("{name}/ended-one"))
            .step(create("a"))
            .step(all(associate("a")))
            .step(other(disassociate("a")))
            .test(one(disassociate("a")))
            .done(),
    ]
}

/// Shares of two owners with the same principal, and a share whose principal owns another.
fn across_owners() -> Vec<Case> {
    let of_member = |plan: Plan| {
        plan.step(create("b").by("member-a"))
            .step(associate("b").by("member-a").account("member-b").account("member-c"))
    };
    let of_owner = |plan: Plan| {
        plan.step(create("a"))
            .step(associate("a").resource("VSwitch", 1).account("member-a").account("member-b"))
    };
    vec![
        of_member(of_owner(named("two-owners/same-principal")))
            .test(disassociate("a").account("member-b"))
            .done(),
        of_owner(of_member(named("two-owners/other-share-first")))
            .test(disassociate("a").account("member-b"))
            .done(),
        of_member(of_owner(named("two-owners/principal-that-owns")))
            .test(disassociate("a").account("member-a"))
            .done(),
        of_member(of_owner(named("two-owners/share-of-the-principal")))
            .test(disassociate("b").by("member-a").account("member-b"))
            .done(),
    ]
}

/// Accounts outside the directory, in one share and in two.
fn outsiders() -> Vec<Case> {
    let two = |end: &str| {
        named(end)
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .step(create_external("b"))
            .steps(join("b", "outsider"))
    };
    vec![
        two("outsider/second-share").test(disassociate("a").account("outsider")).done(),
        two("outsider/leaves-one-of-two").test(leave("b", "outsider")).done(),
        named("outsider/another-outsider")
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .steps(join("a", "outsider-b"))
            .test(disassociate("a").account("outsider-b"))
            .done(),
        named("outsider/member-goes")
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .step(associate("a").account("member-a"))
            .test(disassociate("a").account("member-a"))
            .done(),
    ]
}

/// One principal in three shares, of which the second is neither the first nor the last.
fn many_shares() -> Case {
    ["a", "b", "c"]
        .iter()
        .fold(named("three-shares"), |plan, share| {
            plan.step(create(share)).step(associate(share).target(account("member-a")))
        })
        .test(disassociate("b").account("member-a"))
        .done()
}
