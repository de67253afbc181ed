//! AssociateResourceShare: what may be added to a share, and each condition alone.

use super::shares;
use super::wrong_lists::{WRONG, one_id_of_two_types};
use crate::alibaba::cast::{ARN_ONLY, List, PRINCIPALS};
use crate::alibaba::draft::{
    NamedPut, associate, create, create_external, disassociate, hold, join, release,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = valid();
    cases.extend(PRINCIPALS.iter().map(|(name, target)| {
        fresh(&format!("principal/{name}")).test(associate("a").target(*target)).done()
    }));
    cases.extend(again());
    cases.extend(WRONG.iter().map(|(end, condition, put)| {
        fresh(end)
            .test(associate("a").resource("VSwitch", 1).account("member-a"))
            .instead(&put(associate("a")))
            .provoking([*condition])
            .done()
    }));
    cases.push(
        fresh("lists/empty")
            .test(associate("a").account("member-a"))
            .instead(&associate("a"))
            .provoking(["lists/empty"])
            .done(),
    );
    cases.push(disassociating());
    cases.extend(probes());
    cases.extend(shares::cases("associate", &associate("a").account("member-c")));
    cases
}

fn named(end: &str) -> String {
    format!("alibaba/associate/{end}")
}

fn fresh(end: &str) -> Plan {
    case(named(end)).step(create("a"))
}

fn valid() -> Vec<Case> {
    let five = |list| associate("a").entries(list, 1..=5);
    vec![
        fresh("valid/one-resource").test(associate("a").resource("VSwitch", 1)).done(),
        fresh("valid/one-arn").test(associate("a").arn("VSwitch", 1)).done(),
        fresh("valid/arn-only-type").test(associate("a").arn(ARN_ONLY, 1)).done(),
        fresh("valid/type-without-arn").test(associate("a").resource("ROSTemplate", 1)).done(),
        fresh("valid/type-of-the-management-account")
            .test(associate("a").resource("KMSInstance", 1))
            .done(),
        fresh("valid/five-resources").test(five(List::Resources)).done(),
        fresh("valid/five-targets").test(five(List::Targets)).done(),
        fresh("valid/five-arns").test(five(List::Arns)).done(),
        fresh("valid/five-of-both")
            .test(five(List::Resources).entries(List::Targets, 1..=5))
            .done(),
        fresh("valid/five-arns-and-targets")
            .test(five(List::Arns).entries(List::Targets, 1..=5))
            .done(),
        standard(named("valid/more-of-both"))
            .test(associate("a").resource("Image", 1).target("$folder.member-e"))
            .done(),
        fresh("valid/in-two-shares")
            .step(create("b"))
            .step(associate("b").resource("VSwitch", 1).account("member-a"))
            .test(associate("a").resource("VSwitch", 1).account("member-a"))
            .done(),
        case(named("valid/outsider-invited"))
            .step(create_external("a"))
            .test(associate("a").account("outsider"))
            .done(),
        case(named("valid/outsider-beside-others"))
            .step(create_external("a"))
            .test(associate("a").account("outsider").account("member-a").resource("VSwitch", 1))
            .done(),
        case(named("valid/member-shares-with-the-management-account"))
            .step(create("a").by("member-a"))
            .test(associate("a").by("member-a").account("owner"))
            .done(),
    ]
}

/// What was removed comes again.
fn again() -> Vec<Case> {
    let kinds: [NamedPut; 3] = [
        ("resource", |draft| draft.resource("VSwitch", 1)),
        ("arn", |draft| draft.arn("VSwitch", 1)),
        ("account", |draft| draft.account("member-a")),
    ];
    let mut cases: Vec<Case> = kinds
        .iter()
        .map(|(name, entity)| {
            standard(named(&format!("again/{name}")))
                .step(entity(disassociate("a")))
                .test(entity(associate("a")))
                .step(entity(disassociate("a")))
                .done()
        })
        .collect();
    cases.push(
        case(named("again/outsider"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .step(disassociate("a").account("outsider"))
            .test(associate("a").account("outsider"))
            .done(),
    );
    cases
}

/// The removal of the same entity is under way.
fn disassociating() -> Case {
    standard(named("entities/disassociating"))
        .test(associate("a").account("member-c"))
        .before([hold(), disassociate("a").account("member-a").unsettled().into()])
        .instead(&associate("a").account("member-a"))
        .step(release())
        .provoking(["entities/disassociating"])
        .done()
}

/// What the documents leave open.
fn probes() -> Vec<Case> {
    let base = |end: &str| {
        standard(named(&format!("probe/{end}"))).test(associate("a").account("member-c"))
    };
    vec![
        base("one-id-of-two-types")
            .instead(&one_id_of_two_types(associate("a")))
            .provoking(["resources/duplicate-id"])
            .done(),
        // Whether the invitation is a task, or makes the share pending, is open.
        case(named("probe/open-invitation"))
            .step(create_external("a"))
            .test(associate("a").account("member-c"))
            .before([associate("a").account("outsider").into()])
            .done(),
    ]
}
