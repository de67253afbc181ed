//! ListSharedResources and ListSharedTargets: scopes and filters, and each condition alone.

use super::filters;
use crate::alibaba::cast::{List, arn_of};
use crate::alibaba::draft::{
    Draft, associate, create, create_external, delete, disassociate, join, list_scope,
};
use crate::alibaba::plan::{Plan, case, standard, stocked};
use sharespec_wire::case::Case;

const RESOURCES: &str = "list-shared-resources";
const TARGETS: &str = "list-shared-targets";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for group in [RESOURCES, TARGETS] {
        cases.extend(scopes(group));
        cases.extend(wrong(group));
        cases.extend(filters::brief(group, &list(group, "Self")));
    }
    cases.extend(resource_filters());
    cases.extend(target_filters());
    cases.extend(filters_of_others());
    cases.extend(filters_by_resource());
    cases.extend(pages_of_filtered());
    cases.extend(wrong_resource_filters());
    cases.extend(wrong_target_filters());
    cases
}

fn list(group: &str, mode: &str) -> Draft {
    let operation = if group == RESOURCES { "ListSharedResources" } else { "ListSharedTargets" };
    list_scope(operation, "a", mode)
}

/// The list of entities that a group of cases is about.
fn alone(group: &str) -> List {
    if group == RESOURCES { List::Resources } else { List::Targets }
}

fn named(group: &str, end: &str) -> Plan {
    standard(format!("alibaba/{group}/{end}"))
}

fn scopes(group: &str) -> Vec<Case> {
    let other = |role: &str| list(group, "OtherAccounts").by(role);
    vec![
        named(group, "own/all").test(list(group, "Self")).done(),
        // Whether what is alone in a share is listed is open; who lists sees one or the other.
        stocked(format!("alibaba/{group}/own/alone-in-its-share"), alone(group), 1)
            .test(list(group, "Self"))
            .done(),
        named(group, "own/one-removed")
            .step(disassociate("a").resource("VSwitch", 1).account("member-a"))
            .test(list(group, "Self"))
            .done(),
        named(group, "own/of-a-member").test(list(group, "Self").by("member-a")).done(),
        named(group, "other-accounts/member").test(other("member-a")).done(),
        named(group, "other-accounts/no-principal").test(other("member-c")).done(),
        named(group, "other-accounts/removed")
            .step(disassociate("a").account("member-a"))
            .test(other("member-a"))
            .done(),
        named(group, "other-accounts/owner-of-a-share-with-the-directory")
            .step(associate("a").target("$directory.owner"))
            .test(list(group, "OtherAccounts"))
            .done(),
        named(group, "other-accounts/two-of-three-shares")
            .steps(["b", "c"].map(|share| create(share).into()))
            .step(associate("b").resource("VSwitch", 3).account("member-a"))
            .step(associate("c").resource("VSwitch", 4).account("member-a"))
            .test(other("member-a").entry("ResourceShareIds", "$share.b"))
            .done(),
        named(group, "other-accounts/added-later")
            .step(associate("a").arn("VSwitch", 3).arn("Image", 1))
            .test(other("member-a"))
            .done(),
        // Found by a resource, since what a deleted share gives as a filter is open.
        named(group, "own/deleted")
            .step(associate("a").arn("PrefixList", 1))
            .step(delete("a"))
            .test(by_arn(list(group, "Self"), group))
            .done(),
        named(group, "other-accounts/deleted")
            .step(associate("a").arn("PrefixList", 1))
            .step(delete("a"))
            .test(by_arn(other("member-a"), group))
            .done(),
        case(format!("alibaba/{group}/other-accounts/outsider/added-after-acceptance"))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1))
            .steps(join("a", "outsider"))
            .step(associate("a").resource("VSwitch", 2))
            .test(other("outsider"))
            .done(),
        case(format!("alibaba/{group}/other-accounts/outsider"))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1).account("member-a"))
            .steps(join("a", "outsider"))
            .test(other("outsider"))
            .done(),
    ]
}

/// A list by a resource that no other case shares, whatever the share.
fn by_arn(draft: Draft, group: &str) -> Draft {
    let draft = draft.without("ResourceShareIds");
    match group {
        RESOURCES => draft.arn("PrefixList", 1),
        _ => draft.with("ResourceArn", arn_of("owner", "PrefixList", 1)),
    }
}

fn wrong(group: &str) -> Vec<Case> {
    let base = || list(group, "Self");
    let wrong = |end: &str, draft: Draft| {
        let condition: Vec<&str> = end.split('/').take(2).collect();
        let plan = named(group, end).test(base()).instead(&draft);
        plan.provoking([condition.join("/")]).done()
    };
    vec![
        wrong("owner-mode/missing", base().without("ResourceOwner")),
        wrong("owner-mode/empty", base().mode("")),
        wrong("owner-mode/invalid/word", base().mode("Everyone")),
        wrong("resource-type/unknown/word", base().with("ResourceType", "Spaceship")),
        named(group, "probe/type-of-another-region")
            .test(base())
            .instead(&base().with("ResourceType", "ROSTemplate"))
            .provoking(["resources/type-elsewhere"])
            .done(),
        wrong("resource-type/unknown/chinese", base().with("ResourceType", "交换机")),
    ]
}

fn resource_filters() -> Vec<Case> {
    let list = || list(RESOURCES, "Self");
    let ids = |numbers: &[usize]| {
        list()
            .list("ResourceIds", numbers.iter().map(|number| format!("$id.owner.VSwitch.{number}")))
    };
    let others = || self::list(RESOURCES, "OtherAccounts").by("member-a");
    let named = |end: &str| named(RESOURCES, end);
    let five: [usize; 5] = [1, 2, 3, 4, 5];
    vec![
        named("filter/target").test(list().with("Target", "$account.member-a")).done(),
        named("filter/target-of-another").test(list().with("Target", "$account.member-c")).done(),
        named("filter/target-removed")
            .step(disassociate("a").account("member-a"))
            .test(list().with("Target", "$account.member-a"))
            .done(),
        named("filter/owner").test(others().with("Target", "$account.owner")).done(),
        named("filter/another-owner").test(others().with("Target", "$account.other-owner")).done(),
        named("filter/type").test(list().with("ResourceType", "VSwitch")).done(),
        named("filter/other-type").test(list().with("ResourceType", "Image")).done(),
        named("filter/id").test(ids(&[1])).done(),
        named("filter/two-ids").test(ids(&[1, 2])).done(),
        named("filter/id-of-another").test(ids(&[3])).done(),
        named("filter/arn").test(list().arn("VSwitch", 2)).done(),
        named("filter/arn-of-another").test(list().arn("VSwitch", 3)).done(),
        stocked(format!("alibaba/{RESOURCES}/filter/five-ids"), List::Resources, 5)
            .test(ids(&five))
            .done(),
        stocked(format!("alibaba/{RESOURCES}/filter/five-arns"), List::Resources, 5)
            .test(list().entries(List::Arns, five))
            .done(),
    ]
}

fn target_filters() -> Vec<Case> {
    let list = || list(TARGETS, "Self");
    let named = |end: &str| named(TARGETS, end);
    vec![
        named("filter/target").test(list().account("member-a")).done(),
        named("filter/two-targets").test(list().account("member-a").account("member-b")).done(),
        named("filter/target-of-another").test(list().account("member-c")).done(),
        stocked(format!("alibaba/{TARGETS}/filter/five-targets"), List::Targets, 5)
            .test(list().entries(List::Targets, 1..=5))
            .done(),
    ]
}

/// A second share with the same principal, so that a filter has something to leave out.
fn beside(id: String) -> Plan {
    standard(id)
        .step(create("b"))
        .step(associate("b").arn("VSwitch", 3).arn("Image", 1).account("member-a"))
}

/// What filters leave of what others share.
fn filters_of_others() -> Vec<Case> {
    let plan = |end: &str| beside(format!("alibaba/{RESOURCES}/other-accounts/filter/{end}"));
    let both = || {
        let others = list(RESOURCES, "OtherAccounts").by("member-a");
        others.entry("ResourceShareIds", "$share.b")
    };
    let ids = |numbers: &[usize]| {
        both()
            .list("ResourceIds", numbers.iter().map(|number| format!("$id.owner.VSwitch.{number}")))
    };
    vec![
        plan("type").test(both().with("ResourceType", "Image")).done(),
        plan("id").test(ids(&[3])).done(),
        plan("two-ids").test(ids(&[1, 3])).done(),
        plan("arn").test(both().arn("VSwitch", 3)).done(),
        plan("two-arns").test(both().arn("VSwitch", 1).arn("VSwitch", 3)).done(),
    ]
}

/// Principals and owners of the shares with some resource.
fn filters_by_resource() -> Vec<Case> {
    let mut cases = Vec::new();
    for (scope, mode, caller) in
        [("filter", "Self", "owner"), ("other-accounts/filter", "OtherAccounts", "member-a")]
    {
        let plan = |end: &str| beside(format!("alibaba/{TARGETS}/{scope}/{end}"));
        let both = || list(TARGETS, mode).entry("ResourceShareIds", "$share.b").by(caller);
        let id = |kind: &str, number: usize| {
            both().with("ResourceId", format!("$id.owner.{kind}.{number}"))
        };
        let arn =
            |kind: &str, number: usize| both().with("ResourceArn", arn_of("owner", kind, number));
        cases.extend([
            plan("resource-id/first").test(id("VSwitch", 1)).done(),
            plan("resource-id/second").test(id("VSwitch", 2)).done(),
            plan("resource-id/of-the-other-share").test(id("Image", 1)).done(),
            plan("resource-id/of-none").test(id("VSwitch", 4)).done(),
            plan("resource-id/removed")
                .step(disassociate("a").resource("VSwitch", 2))
                .test(id("VSwitch", 2))
                .done(),
            plan("resource-arn/first").test(arn("VSwitch", 1)).done(),
            plan("resource-arn/of-the-other-share").test(arn("Image", 1)).done(),
            plan("resource-type/of-both").test(both().with("ResourceType", "VSwitch")).done(),
            plan("resource-type/of-one").test(both().with("ResourceType", "Image")).done(),
            plan("resource-type/of-none").test(both().with("ResourceType", "Snapshot")).done(),
        ]);
    }
    cases
}

fn wrong_resource_filters() -> Vec<Case> {
    let base = || list(RESOURCES, "Self");
    let wrong = |end: &str, condition: &str, draft: Draft| {
        named(RESOURCES, end).test(base()).instead(&draft).provoking([condition]).done()
    };
    let id = |number: usize| format!("$id.owner.VSwitch.{number}");
    vec![
        wrong(
            "resource-ids/duplicate",
            "resource-ids/duplicate",
            base().list("ResourceIds", [id(1), id(1)]),
        ),
        wrong(
            "resource-ids/over-limit/6",
            "resource-ids/over-limit",
            base().list("ResourceIds", (1..=6).map(id)),
        ),
        wrong("arns/duplicate", "arns/duplicate", base().entries(List::Arns, [1, 1])),
        wrong("arns/over-limit/6", "arns/over-limit", base().entries(List::Arns, 1..=6)),
        wrong(
            "lists/conflict",
            "lists/conflict",
            base().list("ResourceIds", [id(1)]).arn("VSwitch", 1),
        ),
    ]
}

fn wrong_target_filters() -> Vec<Case> {
    let base = || list(TARGETS, "Self");
    let wrong = |end: &str, condition: &str, draft: Draft| {
        named(TARGETS, end).test(base()).instead(&draft).provoking([condition]).done()
    };
    let both = base()
        .with("ResourceId", "$id.owner.VSwitch.1")
        .with("ResourceArn", "$arn.owner.VSwitch.1");
    vec![
        wrong("targets/duplicate", "targets/duplicate", base().entries(List::Targets, [1, 1])),
        wrong("targets/over-limit/6", "targets/over-limit", base().entries(List::Targets, 1..=6)),
        wrong("lists/conflict", "lists/conflict", both),
    ]
}

/// A filter holds on every page, not on the first alone.
fn pages_of_filtered() -> Vec<Case> {
    let plan = |group: &str, end: &str| {
        named(group, &format!("page/filter/{end}"))
            .step(associate("a").arn("Image", 1).arn("VSwitch", 3).account("member-c"))
    };
    let paged = |group: &str| list(group, "Self").with("MaxResults", "1");
    let ids = ["$id.owner.VSwitch.1", "$id.owner.VSwitch.2"];
    vec![
        plan(RESOURCES, "type").test(paged(RESOURCES).with("ResourceType", "VSwitch")).done(),
        plan(RESOURCES, "ids").test(paged(RESOURCES).list("ResourceIds", ids)).done(),
        plan(RESOURCES, "arns").test(paged(RESOURCES).arn("VSwitch", 1).arn("VSwitch", 2)).done(),
        plan(TARGETS, "targets")
            .test(paged(TARGETS).account("member-a").account("member-b"))
            .done(),
    ]
}
