//! ListResourceShares: scopes and filters, and each condition alone.

use super::filters;
use crate::alibaba::draft::{
    Draft, associate, call, create, create_external, delete, disassociate, join, list_scope, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use serde_json::json;
use sharespec_wire::case::Case;

const GROUP: &str = "list-shares";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = own();
    cases.extend(tagged());
    cases.extend(statuses());
    cases.extend(names());
    cases.extend(of_others());
    cases.extend(wrong());
    cases.extend(probes());
    cases.extend(pages_of_filtered());
    cases.extend(filters::cases(GROUP, &list("a", "Self")));
    cases
}

fn list(share: &str, mode: &str) -> Draft {
    list_scope("ListResourceShares", share, mode)
}

fn named(end: &str) -> Plan {
    standard(format!("alibaba/{GROUP}/{end}"))
}

fn own() -> Vec<Case> {
    vec![
        named("own/one").test(list("a", "Self")).done(),
        named("own/filters-that-are-not-followed")
            .test(
                list("a", "Self")
                    .with("PermissionName", "AliyunRSDefaultPermissionVSwitch")
                    .with("ResourceGroupId", "rg-nothing")
                    .list("Tag", ["{}"]),
            )
            .done(),
        named("own/group-of-none")
            .test(list("a", "Self").with("ResourceGroupId", "rg-nothing"))
            .done(),
        named("own/permission")
            .step(create("b"))
            .step(associate("b").arn("Image", 1))
            .test(
                list("a", "Self")
                    .entry("ResourceShareIds", "$share.b")
                    .with("PermissionName", "AliyunRSDefaultPermissionImage"),
            )
            .done(),
        named("own/tag-of-none")
            .test(list("a", "Self").list("Tag", [json!({ "Key": "made-by", "Value": "nobody" })]))
            .done(),
        named("own/one-of-two").step(create("b")).test(list("b", "Self")).done(),
        named("own/two")
            .step(create("b"))
            .test(list("a", "Self").entry("ResourceShareIds", "$share.b"))
            .done(),
        named("own/of-another-owner")
            .step(create("b").by("member-a"))
            .test(list("a", "Self").entry("ResourceShareIds", "$share.b"))
            .done(),
        named("own/after-the-last-entity")
            .step(disassociate("a").resource("VSwitch", 1).resource("VSwitch", 2))
            .step(disassociate("a").account("member-a").account("member-b"))
            .test(list("a", "Self"))
            .done(),
        case(format!("alibaba/{GROUP}/own/none"))
            .test(call("plain-member", "ListResourceShares").mode("Self"))
            .done(),
    ]
}

/// Two shares with one key of a tag, and a third without.
fn tagged() -> Vec<Case> {
    let tag = |value: &str| json!({ "Key": "made-for", "Value": value });
    let made = |share: &str, value: &str| create(share).list("Tag", [tag(value)]);
    let ids = ["$share.a", "$share.b", "$share.c"];
    let three = |end: &str| {
        case(format!("alibaba/{GROUP}/tag/{end}"))
            .step(made("a", "one"))
            .step(made("b", "another"))
            .step(create("c"))
    };
    let by =
        |value: &str| list("a", "Self").list("ResourceShareIds", ids).list("Tag", [tag(value)]);
    let of_others = || list("a", "OtherAccounts").by("member-a");
    vec![
        three("one-value").test(by("one")).done(),
        three("another-value").test(by("another")).done(),
        three("value-of-none").test(by("neither")).done(),
        three("without-ids").test(by("one").without("ResourceShareIds")).done(),
        three("after-a-rename").step(rename("b", "renamed")).test(by("another")).done(),
        named("other-accounts/tags/of-others")
            .test(of_others())
            .instead(&of_others().list("Tag", [tag("one")]))
            .provoking(["tags/of-others"])
            .done(),
    ]
}

fn statuses() -> Vec<Case> {
    let mut cases = Vec::new();
    for status in ["Active", "Pending", "Deleting", "Deleted"] {
        let test = || list("a", "Self").with("ResourceShareStatus", status);
        let end = status.to_lowercase();
        let plan = named(&format!("status/{end}"));
        // One share of each kind, so that each filter has something to leave out.
        let plan = plan.step(create("b")).step(delete("b"));
        cases.push(plan.test(test().entry("ResourceShareIds", "$share.b")).done());
    }
    cases
}

fn names() -> Vec<Case> {
    let by_name = |name: &str| list("a", "Self").with("ResourceShareName", format!("$name.{name}"));
    vec![
        named("name/same").test(by_name("a")).done(),
        named("name/of-another").step(create("b")).test(by_name("b")).done(),
        named("name/before-a-rename").step(rename("a", "renamed")).test(by_name("a")).done(),
        named("name/after-a-rename").step(rename("a", "renamed")).test(by_name("renamed")).done(),
        named("name/without-ids").test(by_name("a").without("ResourceShareIds")).done(),
        named("name/two-shares-of-one-name")
            .step(create("b").with("ResourceShareName", "$name.a"))
            .test(by_name("a").entry("ResourceShareIds", "$share.b"))
            .done(),
    ]
}

/// Shares of others that the caller is a principal of.
fn of_others() -> Vec<Case> {
    let seen = |end: &str, role: &str| {
        named(&format!("other-accounts/{end}")).test(list("a", "OtherAccounts").by(role)).done()
    };
    // Two shares with one member.
    let two = |end: &str| {
        named(&format!("other-accounts/{end}"))
            .step(create("b"))
            .step(associate("b").resource("VSwitch", 3).account("member-a"))
    };
    let both = || list("a", "OtherAccounts").entry("ResourceShareIds", "$share.b").by("member-a");
    vec![
        seen("member", "member-a"),
        seen("no-principal", "member-c"),
        seen("owner", "owner"),
        named("other-accounts/removed")
            .step(disassociate("a").account("member-a"))
            .test(list("a", "OtherAccounts").by("member-a"))
            .done(),
        named("other-accounts/one-of-two")
            .step(create("b"))
            .step(associate("b").account("member-c"))
            .test(list("a", "OtherAccounts").entry("ResourceShareIds", "$share.b").by("member-a"))
            .done(),
        named("other-accounts/owner-of-a-share-with-the-directory")
            .step(associate("a").target("$directory.owner"))
            .test(list("a", "OtherAccounts"))
            .done(),
        two("name").test(both().with("ResourceShareName", "$name.b")).done(),
        two("name-of-none").test(both().with("ResourceShareName", "$name.c")).done(),
        two("status/active")
            .step(delete("b"))
            .test(both().with("ResourceShareStatus", "Active"))
            .done(),
        two("status/deleted")
            .step(delete("b"))
            .test(both().with("ResourceShareStatus", "Deleted"))
            .done(),
        case(format!("alibaba/{GROUP}/other-accounts/outsider"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .test(list("a", "OtherAccounts").by("outsider"))
            .done(),
    ]
}

fn wrong() -> Vec<Case> {
    let base = || list("a", "Self");
    let wrong = |end: &str, condition: &str, draft: Draft| {
        named(end).test(base()).instead(&draft).provoking([condition]).done()
    };
    let mode = |text: &str| base().mode(text);
    let status = |text: &str| base().with("ResourceShareStatus", text);
    let name = |text: &str| base().with("ResourceShareName", text);
    vec![
        wrong("owner-mode/missing", "owner-mode/missing", base().without("ResourceOwner")),
        wrong("owner-mode/empty", "owner-mode/empty", mode("")),
        wrong("owner-mode/invalid/word", "owner-mode/invalid", mode("Everyone")),
        wrong("owner-mode/invalid/other-dialect", "owner-mode/invalid", mode("OTHER-ACCOUNTS")),
        wrong("status-filter/invalid/word", "status-filter/invalid", status("Gone")),
        wrong(
            "status-filter/invalid/of-an-association",
            "status-filter/invalid",
            status("Associated"),
        ),
        wrong("share-name/too-long/51", "share-name/too-long", name(&"n".repeat(51))),
        wrong("share-name/invalid/slash", "share-name/invalid", name("a/b")),
        wrong("share-name/invalid/star", "share-name/invalid", name("sharespec*")),
    ]
}

fn probes() -> Vec<Case> {
    let probe = |end: &str, draft: Draft, condition: &str| {
        named(&format!("probe/{end}"))
            .test(list("a", "Self"))
            .instead(&draft)
            .provoking([condition])
            .done()
    };
    vec![
        probe("spelling/mode", list("a", "self"), "values/spelling"),
        probe(
            "spelling/status",
            list("a", "Self").with("ResourceShareStatus", "active"),
            "values/spelling",
        ),
        probe("name/empty", list("a", "Self").with("ResourceShareName", ""), "filter/unknown"),
    ]
}

/// A filter holds on every page, not on the first alone.
fn pages_of_filtered() -> Vec<Case> {
    let three =
        |end: &str| named(&format!("page/filter/{end}")).step(create("b")).step(create("c"));
    let paged = || list("a", "Self").with("MaxResults", "1");
    let all =
        || paged().entry("ResourceShareIds", "$share.b").entry("ResourceShareIds", "$share.c");
    vec![
        three("share").test(paged().entry("ResourceShareIds", "$share.c")).done(),
        three("status").step(delete("b")).test(all().with("ResourceShareStatus", "Active")).done(),
        three("name")
            .step(create("d").with("ResourceShareName", "$name.a"))
            .test(all().entry("ResourceShareIds", "$share.d").with("ResourceShareName", "$name.a"))
            .done(),
    ]
}
