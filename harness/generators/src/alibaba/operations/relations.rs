//! Each relation of caller and share, for every operation that takes a share.

use crate::alibaba::cast::arn_of;
use crate::alibaba::draft::{
    Draft, associate, create_external, delete, list_associations, list_invitations, list_scope,
    rename,
};
use crate::alibaba::plan::{Plan, case};
use crate::alibaba::relation::{RELATIONS, Relation, Standing};
use sharespec_wire::case::Case;

/// The relations that make a difference to the operations around.
const NAMES: [&str; 11] = [
    "member",
    "member-of-folder",
    "member-of-directory",
    "member-elsewhere",
    "accepted",
    "invited",
    "rejected",
    "folder-removed",
    "directory-removed",
    "left",
    "stranger",
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for relation in RELATIONS.iter().filter(|relation| NAMES.contains(&relation.name)) {
        cases.extend(changes(relation));
        cases.extend(reads(relation));
        cases.push(associations(relation));
    }
    cases
}

fn base(id: String) -> Plan {
    case(id)
        .step(create_external("a"))
        .step(associate("a").resource("VSwitch", 1).account("member-b"))
}

/// Only the owner may change the share.
fn changes(relation: &Relation) -> Vec<Case> {
    let foreign = |group: &str, draft: Draft| {
        base(format!("alibaba/{group}/share/foreign/{}", relation.name))
            .test(draft.clone())
            .before(relation.steps())
            .instead(&draft.by(relation.caller))
            .provoking(["share/foreign"])
            .done()
    };
    let mut cases = vec![foreign("update", rename("a", "renamed")), foreign("delete", delete("a"))];
    if relation.is_inside() {
        // What an account of no directory may add at all is another matter.
        cases.push(foreign("associate", associate("a").account("staff-01")));
    }
    cases
}

/// What each sees of the share.
fn reads(relation: &Relation) -> Vec<Case> {
    let mut cases = Vec::new();
    let operations = [
        ("list-shares", "ListResourceShares"),
        ("list-shared-resources", "ListSharedResources"),
        ("list-shared-targets", "ListSharedTargets"),
    ];
    for (group, operation) in operations {
        // What is of no share of one's own is tried with the first list alone.
        let modes = [("other-accounts", "OtherAccounts"), ("self", "Self")];
        let modes = modes.iter().take(if group == "list-shares" { 2 } else { 1 });
        for (end, mode) in modes {
            cases.push(
                base(format!("alibaba/{group}/relation/{}/{end}", relation.name))
                    .steps(relation.steps())
                    .test(list_scope(operation, "a", mode).by(relation.caller))
                    .done(),
            );
        }
    }
    if relation.standing != Standing::Inside {
        cases.push(
            base(format!("alibaba/list-invitations/relation/{}", relation.name))
                .steps(relation.steps())
                .test(list_invitations("a", relation.caller))
                .done(),
        );
    }
    cases
}

/// What a principal sees of the associations of a share of another is open.
fn associations(relation: &Relation) -> Case {
    base(format!("alibaba/list-associations/probe/scope/{}", relation.name))
        .steps(relation.steps())
        .test(
            list_associations("a", "Resource")
                .with("ResourceArn", arn_of("owner", "VSwitch", 1))
                .by(relation.caller),
        )
        .done()
}
