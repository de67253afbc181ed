//! Every kind of entity that a share can hold, removed alone and with others, by id and by ARN.

use crate::alibaba::cast::{ARN_ONLY, BY_ARN, BY_ID, PRINCIPALS};
use crate::alibaba::draft::{Draft, associate, create, create_external, disassociate, join};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = BY_ID.iter().flat_map(|kind| resource(kind)).collect();
    cases.extend(PRINCIPALS.iter().map(|(name, target)| principal(name, target)));
    cases.push(whole_cast_of_principals());
    cases.extend(outsiders());
    cases.extend(mixed_types());
    cases.extend(other_owners());
    cases
}

/// A resource in each pair of ways of naming it, beside another of its type.
fn resource(kind: &'static str) -> Vec<Case> {
    let by_id = |draft: Draft, number| draft.resource(kind, number);
    let by_arn = |draft: Draft, number| draft.arn(kind, number);
    let id = |end: &str| format!("alibaba/disassociate/entity/resource/{kind}/{end}");
    let mut cases = vec![
        case(id("by-id"))
            .step(create("a"))
            .step(by_id(by_id(associate("a"), 1), 2))
            .test(by_id(disassociate("a"), 1))
            .done(),
    ];
    if BY_ARN.contains(&kind) {
        let id_to_arn = case(id("associated-by-id-removed-by-arn"))
            .step(create("a"))
            .step(by_id(by_id(associate("a"), 1), 2))
            .test(by_arn(disassociate("a"), 1));
        let arn_to_id = case(id("associated-by-arn-removed-by-id"))
            .step(create("a"))
            .step(by_arn(by_arn(associate("a"), 1), 2))
            .test(by_id(disassociate("a"), 1));
        cases.extend([id_to_arn, arn_to_id].map(Plan::done));
    }
    cases
}

/// A principal, while principals that hold the same accounts stay.
fn principal(name: &str, target: &str) -> Case {
    let everyone = PRINCIPALS.iter().fold(associate("a"), |draft, (_, each)| draft.target(*each));
    case(format!("alibaba/disassociate/entity/principal/{name}"))
        .step(create("a"))
        .step(everyone)
        .test(disassociate("a").target(target))
        .done()
}

fn whole_cast_of_principals() -> Case {
    let everyone =
        |draft: Draft| PRINCIPALS.iter().fold(draft, |draft, (_, target)| draft.target(*target));
    case("alibaba/disassociate/entity/principal/every-kind-at-once")
        .step(create("a"))
        .step(everyone(associate("a")))
        .test(everyone(disassociate("a")))
        .done()
}

/// Accounts outside the directory, which joined by an invitation.
fn outsiders() -> Vec<Case> {
    let base = |end: &str| {
        case(format!("alibaba/disassociate/entity/principal/outsider/{end}"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
    };
    vec![
        base("alone").test(disassociate("a").account("outsider")).done(),
        base("with-a-member")
            .step(associate("a").account("member-a").resource("VSwitch", 1))
            .test(disassociate("a").account("outsider").account("member-a"))
            .done(),
        base("one-of-two")
            .steps(join("a", "outsider-b"))
            .test(disassociate("a").account("outsider"))
            .done(),
        base("resource-that-it-uses")
            .step(associate("a").resource("VSwitch", 1))
            .test(disassociate("a").resource("VSwitch", 1))
            .done(),
    ]
}

/// Several types in one list.
fn mixed_types() -> Vec<Case> {
    let some = ["VSwitch", "Image", "Snapshot", "ROSTemplate", "DeploymentSet"];
    let pairs = |draft: Draft| some.iter().fold(draft, |draft, kind| draft.resource(kind, 1));
    let others = ["PrefixList", "Image", "CapacityReservation", "KMSInstance", ARN_ONLY];
    let arns = |draft: Draft| others.iter().fold(draft, |draft, kind| draft.arn(kind, 1));
    vec![
        case("alibaba/disassociate/entity/resource/five-types-by-id")
            .step(create("a"))
            .step(pairs(associate("a")))
            .test(pairs(disassociate("a")))
            .done(),
        case("alibaba/disassociate/entity/resource/five-types-by-arn")
            .step(create("a"))
            .step(arns(associate("a")))
            .test(arns(disassociate("a")))
            .done(),
        case("alibaba/disassociate/entity/resource/one-type-of-five")
            .step(create("a"))
            .step(pairs(associate("a")))
            .test(disassociate("a").resource("Snapshot", 1))
            .done(),
        case("alibaba/disassociate/entity/resource/arn-only-among-others")
            .step(create("a"))
            .step(arns(associate("a")))
            .test(disassociate("a").arn(ARN_ONLY, 1))
            .done(),
    ]
}

/// Shares of accounts that do not manage the main directory.
fn other_owners() -> Vec<Case> {
    let principals = [
        ("account", "$account.member-b"),
        ("management-account", "$account.owner"),
        ("folder", "$folder.member-e"),
        ("directory", "$directory.owner"),
    ];
    let mut cases: Vec<Case> = principals
        .iter()
        .map(|(name, target)| {
            case(format!("alibaba/disassociate/entity/principal/share-of-a-member/{name}"))
                .step(create("a").by("member-a"))
                .step(associate("a").by("member-a").target(*target).account("member-c"))
                .test(disassociate("a").by("member-a").target(*target))
                .done()
        })
        .collect();
    let quiet = |draft: Draft| draft.by("quiet-owner").pair("VSwitch", "$id.quiet-owner.VSwitch.1");
    let plan = case("alibaba/disassociate/entity/resource/share-in-another-directory")
        .step(create("a").by("quiet-owner"))
        .step(quiet(associate("a")))
        .test(quiet(disassociate("a")));
    cases.push(plan.done());
    cases
}
