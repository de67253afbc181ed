//! What more than one of a kind shows: lists of unlike lengths, callers that speak for others, entries
//! beyond the first under each signature.

use crate::alibaba::draft::{associate, call, create, create_external, disassociate, join, leave};
use crate::alibaba::plan::{case, standard};
use crate::alibaba::rules::FLOOR;
use sharespec_wire::alibaba::{Form, Naming, SignatureVersion};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    vec![
        conflict("one-and-two", 1, 2),
        conflict("two-and-one", 2, 1),
        management_account_leaves(),
        leaves_for("another-principal", "outsider-b"),
        leaves_for("a-member", "member-a"),
        several_entries("v2", SignatureVersion::V2),
        several_entries("v3", SignatureVersion::V3),
        five_shares(),
    ]
}

/// As many shares as a filter takes, each with the same principal.
fn five_shares() -> Case {
    let names = ["a", "b", "c", "d", "e"];
    let plan = names.iter().fold(case("alibaba/list-associations/share-ids/five"), |plan, name| {
        plan.step(create(name)).step(associate(name).account("member-a"))
    });
    let ids = names.map(|name| format!("$share.{name}"));
    plan.test(
        call("owner", "ListResourceShareAssociations")
            .with("AssociationType", "Target")
            .list("ResourceShareIds", ids),
    )
    .done()
}

fn conflict(name: &str, resources: usize, arns: usize) -> Case {
    let with_resources =
        (1..=resources).fold(disassociate("a"), |draft, n| draft.resource("VSwitch", n));
    let with_both = (1..=arns).fold(with_resources.clone(), |draft, n| draft.arn("VSwitch", n));
    standard(format!("alibaba/disassociate/lists/conflict/{name}"))
        .test(with_resources)
        .instead(&with_both)
        .provoking(["lists/conflict"])
        .done()
}

/// A member shares with the management account of its directory, which then wants to leave.
fn management_account_leaves() -> Case {
    case("alibaba/disassociate/leave/inside-directory/management-account")
        .step(create("a").by("member-a"))
        .step(associate("a").by("member-a").account("owner").account("member-b"))
        .test(disassociate("a").by("member-a").account("owner"))
        .instead(&leave("a", "owner"))
        .provoking(["leave/inside-directory"])
        .done()
}

/// An account that left names another principal: whatever is answered, that one stays.
fn leaves_for(name: &str, other: &str) -> Case {
    case(format!("alibaba/disassociate/probe/leave/for-{name}"))
        .step(create_external("a"))
        .step(associate("a").account("member-a"))
        .steps(join("a", "outsider"))
        .steps(join("a", "outsider-b"))
        .test(disassociate("a").by("outsider").account(other).mode("OtherAccounts"))
        .provoking(["leave/arguments"])
        .about(&["isolation/others"])
        .done()
}

fn several_entries(name: &str, signature: SignatureVersion) -> Case {
    let naming = match signature {
        SignatureVersion::V2 => Naming::Parameters,
        _ => Naming::Headers,
    };
    let form = Form { signature, naming, ..Form::default() };
    standard(format!("alibaba/form/several-entries/{name}"))
        .about(FLOOR)
        .test(
            disassociate("a")
                .resource("VSwitch", 1)
                .resource("VSwitch", 2)
                .account("member-a")
                .account("member-b")
                .form(form),
        )
        .done()
}
