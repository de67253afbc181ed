//! Each ordered pair of operations on one share, read back, and the ways of one entity through
//! several.

use crate::alibaba::draft::{
    Draft, NamedPut, accept, associate, create_external, delete, disassociate, join, leave,
    list_associations, list_invitations, list_scope, reject, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::Case;

type Operation = (&'static str, fn() -> Draft);

/// What changes the standard share, each on its own part of it.
const CHANGES: &[Operation] = &[
    ("associate-resource", || associate("a").resource("VSwitch", 3)),
    ("associate-target", || associate("a").account("member-c")),
    ("disassociate-resource", || disassociate("a").resource("VSwitch", 1)),
    ("disassociate-target", || disassociate("a").account("member-a")),
    ("rename", || rename("a", "renamed")),
    ("allow-outside", || rename("a", "a").with("AllowExternalTargets", true)),
];

/// What shows the share.
const READS: &[Operation] = &[
    ("list-resources", || list_associations("a", "Resource")),
    ("list-targets", || list_associations("a", "Target")),
    ("list-shares", || list_scope("ListResourceShares", "a", "Self")),
    ("list-shared-resources", || list_scope("ListSharedResources", "a", "Self")),
    ("list-shared-targets", || list_scope("ListSharedTargets", "a", "Self")),
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for first in CHANGES {
        cases.extend(
            CHANGES.iter().filter(|second| lawful(first, second)).map(|second| pair(first, second)),
        );
        cases.extend(READS.iter().map(|second| pair(first, second)));
        // Of the others, the operation's own cases have a deleted share.
        if ["associate-resource", "allow-outside"].contains(&first.0) {
            cases.push(deleted_before(first));
        }
        cases.push(pair(first, &("delete", || delete("a"))));
    }
    // A read before a change is part of every case: all is read before the call under test.
    cases.extend(READS.iter().map(after_deletion));
    cases.extend(ways_of_one_entity());
    cases.extend(ways_of_an_outsider());
    cases
}

/// The same entity twice is another matter.
fn lawful(first: &Operation, second: &Operation) -> bool {
    first.0 != second.0 || ["rename", "allow-outside"].contains(&first.0)
}

fn named(first: &str, second: &str) -> Plan {
    standard(format!("alibaba/sequence/{first}/{second}"))
}

fn pair((first, one): &Operation, (second, other): &Operation) -> Case {
    named(first, second).step(one()).test(other()).done()
}

/// The share is deleted first.
fn deleted_before((name, draft): &Operation) -> Case {
    named("delete", name)
        .test(draft())
        .before([delete("a").into()])
        .provoking(["share/deleted"])
        .done()
}

/// The record of a deleted share is listed; whether it can be a filter of other lists is open.
fn after_deletion((name, draft): &Operation) -> Case {
    let first = if *name == "list-shares" { "delete" } else { "probe/delete" };
    named(first, name).step(delete("a")).test(draft()).done()
}

/// One entity in and out.
fn ways_of_one_entity() -> Vec<Case> {
    let kinds: [NamedPut; 2] =
        [("arn", |draft| draft.arn("VSwitch", 3)), ("account", |draft| draft.account("member-c"))];
    let mut cases = Vec::new();
    for (name, entity) in kinds {
        let into = || entity(associate("a"));
        let out = || entity(disassociate("a"));
        let plan = |end: &str| named(name, end).step(into());
        cases.push(plan("in-out").test(out()).done());
        cases.push(plan("in-out-in").step(out()).test(into()).done());
        cases.push(plan("in-out-in-out").step(out()).step(into()).test(out()).done());
        cases.push(plan("in-rename-out").step(rename("a", "renamed")).test(out()).done());
    }
    cases
}

/// An account outside, by each of its operations.
fn ways_of_an_outsider() -> Vec<Case> {
    let named = |end: &str| {
        case(format!("alibaba/sequence/outsider/{end}"))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1).account("member-a"))
    };
    let joined = |end: &str| named(end).steps(join("a", "outsider"));
    let invite = || associate("a").account("outsider");
    let list = || list_invitations("a", "outsider");
    vec![
        joined("accept/leave").test(leave("a", "outsider")).done(),
        joined("accept/removed").test(disassociate("a").account("outsider")).done(),
        joined("accept/another-removed").test(disassociate("a").account("member-a")).done(),
        joined("accept/rename").test(rename("a", "renamed")).done(),
        joined("accept/delete").test(delete("a")).done(),
        joined("leave/member-removed")
            .step(leave("a", "outsider"))
            .test(disassociate("a").account("member-a"))
            .done(),
        joined("leave/invited-again").step(leave("a", "outsider")).test(invite()).done(),
        joined("leave/joins-again/leaves-again")
            .step(leave("a", "outsider"))
            .steps(join("a", "outsider"))
            .test(leave("a", "outsider"))
            .done(),
        joined("removed/joins-again")
            .step(disassociate("a").account("outsider"))
            .step(invite())
            .step(list())
            .test(accept("a", "outsider"))
            .done(),
        joined("leave/delete").step(leave("a", "outsider")).test(delete("a")).done(),
        named("accept-with-reads")
            .step(invite())
            .step(list())
            .test(accept("a", "outsider"))
            .step(list_scope("ListSharedResources", "a", "OtherAccounts").by("outsider"))
            .step(list_scope("ListResourceShares", "a", "OtherAccounts").by("outsider"))
            .done(),
        named("reject-with-reads")
            .step(invite())
            .step(list())
            .test(reject("a", "outsider"))
            .step(list_scope("ListResourceShares", "a", "OtherAccounts").by("outsider"))
            .done(),
    ]
}
