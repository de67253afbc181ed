//! ListResourceShareAssociations: every filter, in shares of every state, and each condition alone.

use super::filters;
use crate::alibaba::cast::{List, PRINCIPALS};
use crate::alibaba::draft::{
    Draft, associate, call, create, create_external, disassociate, hold, join, list_associations,
    release,
};
use crate::alibaba::plan::{Plan, case, standard, stocked};
use sharespec_wire::case::Case;

const GROUP: &str = "list-associations";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = kinds();
    cases.extend(statuses());
    cases.extend(entities());
    cases.extend(wrong());
    cases.extend(probes());
    cases.extend(long());
    cases.extend(scopes());
    cases.extend(pages_of_filtered());
    cases.extend(filters::cases(GROUP, &list_associations("a", "Target")));
    cases
}

fn named(end: &str) -> Plan {
    standard(format!("alibaba/{GROUP}/{end}"))
}

/// Both kinds, of shares of every state.
fn kinds() -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in ["Resource", "Target"] {
        let list = || list_associations("a", kind);
        let of = |end: &str| named(&format!("{}/{end}", kind.to_lowercase()));
        cases.push(of("all").test(list()).done());
        cases.push(
            case(format!("alibaba/{GROUP}/{}/empty-share", kind.to_lowercase()))
                .step(create("a"))
                .test(list())
                .done(),
        );
        cases.push(
            of("one-removed")
                .step(disassociate("a").resource("VSwitch", 1).account("member-a"))
                .test(list())
                .done(),
        );
        cases.push(
            of("removed-and-again")
                .step(disassociate("a").resource("VSwitch", 1).account("member-a"))
                .step(associate("a").resource("VSwitch", 1).account("member-a"))
                .test(list())
                .done(),
        );
        cases.push(
            of("two-shares")
                .step(create("b"))
                .step(associate("b").resource("VSwitch", 3).account("member-c"))
                .test(list().entry("ResourceShareIds", "$share.b"))
                .done(),
        );
    }
    cases
}

/// Each status as a filter, while rows of several statuses are there.
fn statuses() -> Vec<Case> {
    let gone = || disassociate("a").resource("VSwitch", 1).account("member-a");
    let mut cases = Vec::new();
    for status in ["Associating", "Associated", "Failed", "Disassociating", "Disassociated"] {
        let kinds = if status.starts_with("Disassociate") { 2 } else { 1 };
        for kind in ["Target", "Resource"].iter().take(kinds) {
            let end = format!("status/{}/{}", status.to_lowercase(), kind.to_lowercase());
            cases.push(
                named(&end)
                    .step(gone())
                    .test(list_associations("a", kind).with("AssociationStatus", status))
                    .done(),
            );
        }
    }
    cases.push(
        named("status/associating/held")
            .step(hold())
            .step(associate("a").account("member-c").unsettled())
            .test(list_associations("a", "Target").with("AssociationStatus", "Associating"))
            .step(release())
            .done(),
    );
    cases
}

/// One entity as a filter, by each of its names.
fn entities() -> Vec<Case> {
    let resource = |end: &str, name: &str, value: &str| {
        let test = list_associations("a", "Resource").with(name, value);
        named(&format!("entity/{end}")).test(test).done()
    };
    let mut cases = vec![
        resource("id", "ResourceId", "$id.owner.VSwitch.1"),
        resource("arn", "ResourceArn", "$arn.owner.VSwitch.1"),
        resource("id-of-another", "ResourceId", "$id.owner.VSwitch.3"),
        resource("arn-of-another", "ResourceArn", "$arn.owner.VSwitch.3"),
    ];
    for (name, target) in PRINCIPALS {
        let test = list_associations("a", "Target").with("Target", target);
        cases.push(
            case(format!("alibaba/{GROUP}/entity/{name}"))
                .step(create("a"))
                .step(associate("a").target(target).account("member-b"))
                .test(test)
                .done(),
        );
    }
    let member = || list_associations("a", "Target").with("Target", "$account.member-a");
    cases.push(
        named("entity/removed").step(disassociate("a").account("member-a")).test(member()).done(),
    );
    cases.push(
        named("entity/in-two-shares")
            .step(create("b"))
            .step(associate("b").account("member-a"))
            .test(member().entry("ResourceShareIds", "$share.b"))
            .done(),
    );
    cases.push(
        case(format!("alibaba/{GROUP}/entity/outsider"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .test(list_associations("a", "Target").with("Target", "$account.outsider"))
            .done(),
    );
    cases
}

fn wrong() -> Vec<Case> {
    let target = || list_associations("a", "Target");
    let resource = || list_associations("a", "Resource");
    let wrong = |end: &str, condition: &str, base: Draft, draft: Draft| {
        named(end).test(base).instead(&draft).provoking([condition]).done()
    };
    let kind = |text: &str| target().with("AssociationType", text);
    let status = |text: &str| target().with("AssociationStatus", text);
    let conflict = "association-type/conflict";
    let both = resource()
        .with("ResourceId", "$id.owner.VSwitch.1")
        .with("ResourceArn", "$arn.owner.VSwitch.1");
    vec![
        wrong(
            "association-type/missing",
            "association-type/missing",
            target(),
            target().without("AssociationType"),
        ),
        wrong("association-type/empty", "association-type/empty", target(), kind("")),
        wrong("association-type/invalid/word", "association-type/invalid", target(), kind("Thing")),
        wrong(
            "association-type/invalid/both",
            "association-type/invalid",
            target(),
            kind("Resource,Target"),
        ),
        wrong(
            "association-type/invalid/other-dialect",
            "association-type/invalid",
            target(),
            kind("PRINCIPAL"),
        ),
        wrong("status-filter/invalid/word", "status-filter/invalid", target(), status("Gone")),
        wrong(
            "status-filter/invalid/of-a-share",
            "status-filter/invalid",
            target(),
            status("Active"),
        ),
        wrong("status-filter/invalid/chinese", "status-filter/invalid", target(), status("已关联")),
        wrong(
            "association-type/conflict/target-of-resources",
            conflict,
            resource(),
            resource().with("Target", "$account.member-a"),
        ),
        wrong(
            "association-type/conflict/id-of-targets",
            conflict,
            target(),
            target().with("ResourceId", "$id.owner.VSwitch.1"),
        ),
        wrong(
            "association-type/conflict/arn-of-targets",
            conflict,
            target(),
            target().with("ResourceArn", "$arn.owner.VSwitch.1"),
        ),
        wrong("lists/conflict", "lists/conflict", resource(), both),
    ]
}

fn probes() -> Vec<Case> {
    let probe = |end: &str, draft: Draft, condition: &str| {
        named(&format!("probe/{end}"))
            .test(list_associations("a", "Target"))
            .instead(&draft)
            .provoking([condition])
            .done()
    };
    let target = || list_associations("a", "Target");
    let resource = || list_associations("a", "Resource");
    vec![
        probe("spelling/type", target().with("AssociationType", "target"), "values/spelling"),
        probe(
            "spelling/status",
            target().with("AssociationStatus", "ASSOCIATED"),
            "values/spelling",
        ),
        probe("filter-unknown/target", target().with("Target", "nobody"), "filter/unknown"),
        probe("filter-unknown/arn", resource().with("ResourceArn", "nothing"), "filter/unknown"),
    ]
}

/// More rows than a page has unless asked, and than any page in between.
fn long() -> Vec<Case> {
    let list = || list_associations("a", "Target");
    let of = |end: &str, count: usize, draft: Draft| {
        stocked(format!("alibaba/{GROUP}/long/{end}"), List::Targets, count).test(draft).done()
    };
    vec![
        of("twenty", 20, list()),
        of("twenty-one", 21, list()),
        of("seven-by-three", 7, list().with("MaxResults", "3")),
        of("six-by-three", 6, list().with("MaxResults", "3")),
        of("six-by-six", 6, list().with("MaxResults", "6")),
    ]
}

/// All that an account may see, without a filter of shares: none of a share that is not its own.
fn scopes() -> Vec<Case> {
    let all = |role: &str, kind: &str| {
        call(role, "ListResourceShareAssociations").with("AssociationType", kind)
    };
    let mut cases = vec![
        case(format!("alibaba/{GROUP}/scope/account-without-shares"))
            .test(all("plain-member", "Target"))
            .done(),
    ];
    for (name, role) in [
        ("member-elsewhere", "plain-member"),
        ("stranger", "outsider-c"),
        ("other-owner", "other-owner"),
    ] {
        for kind in ["Resource", "Target"] {
            let end = format!("scope/share-of-another/{name}/{}", kind.to_lowercase());
            cases.push(named(&end).test(all(role, kind)).done());
        }
    }
    cases.extend(tokens_of_another());
    cases
}

/// The token of another account's walk, which is over: whatever it gives, nothing of that account. With the
/// filter of that walk it would go on in the one share, whatever else the account has.
fn tokens_of_another() -> [Case; 2] {
    let everything =
        call("outsider-c", "ListResourceShareAssociations").with("AssociationType", "Target");
    let share = list_associations("a", "Target").by("outsider-c");
    // Whether a principal may ask for the rows of one share is open.
    [("", everything), ("/one-share", share)].map(|(end, list)| {
        named(&format!("probe/next-token/of-another-account{end}"))
            .step(associate("a").account("member-c"))
            .step(list_associations("a", "Target").with("MaxResults", "1"))
            .test(list.with("NextToken", "$token"))
            .provoking(["next-token/old"])
            .done()
    })
}

/// A filter holds on every page, not on the first alone.
fn pages_of_filtered() -> Vec<Case> {
    let paged = |kind: &str| list_associations("a", kind).with("MaxResults", "1");
    let status = |kind: &str, status: &str| {
        let end = format!("page/filter/{}/{}", status.to_lowercase(), kind.to_lowercase());
        named(&end)
            .step(associate("a").resource("VSwitch", 3).account("member-c"))
            .step(disassociate("a").resource("VSwitch", 2).account("member-b"))
            .test(paged(kind).with("AssociationStatus", status))
            .done()
    };
    let shared = |end: &str, test: Draft| {
        named(&format!("page/filter/{end}"))
            .step(create("b"))
            .step(associate("b").resource("VSwitch", 1).account("member-a"))
            .step(associate("b").resource("VSwitch", 3).account("member-c"))
            .test(test.entry("ResourceShareIds", "$share.b"))
            .done()
    };
    vec![
        status("Resource", "Associated"),
        status("Target", "Associated"),
        shared("target", paged("Target").with("Target", "$account.member-a")),
        shared("id", paged("Resource").with("ResourceId", "$id.owner.VSwitch.1")),
        shared("arn", paged("Resource").with("ResourceArn", "$arn.owner.VSwitch.1")),
        named("page/filter/share")
            .step(create("b"))
            .step(associate("b").account("member-c"))
            .test(paged("Target"))
            .done(),
    ]
}
