//! GetResourceShareAssociations, GetResourceShares, ListResources and ListPrincipals.

use super::cast::{
    Puts, associate, associations, case, create, create_external, delete, disassociate, edited,
    join, look_at, on_share, standard, tagged,
};
use crate::draft::{Draft, call, hold};
use crate::plan::Plan;
use serde_json::{Value, json};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = associations_listed();
    cases.extend(associations_refused());
    cases.extend(by_status_in_transition());
    cases.extend(shares_listed());
    cases.extend(shares_refused());
    cases.extend(shared());
    cases.extend(through_groups());
    cases.extend(by_resource());
    cases.extend(beyond());
    cases
}

fn principals() -> Draft {
    associations("a", "PRINCIPAL")
}

fn resources() -> Draft {
    associations("a", "RESOURCE")
}

fn associations_listed() -> Vec<Case> {
    let both = |end: &str| {
        standard(format!("associations/{end}"))
            .step(create("b"))
            .step(associate("b").subnet(1).principal("member-a"))
    };
    vec![
        both("valid/principals").test(principals()).done(),
        both("valid/resources").test(resources()).done(),
        both("valid/two-shares").test(principals().entry("resourceShareArns", "$share.b")).done(),
        both("valid/every-share").test(principals().without("resourceShareArns")).done(),
        both("valid/every-share/by-another")
            .test(principals().without("resourceShareArns").by("other-owner"))
            .done(),
        both("valid/every-share/of-resources/by-another")
            .test(resources().without("resourceShareArns").by("other-owner"))
            .done(),
        // Both filters count, not either.
        both("valid/one-principal/by-status")
            .test(
                principals()
                    .with("principal", "$account.member-a")
                    .with("associationStatus", "ASSOCIATED"),
            )
            .done(),
        both("valid/one-principal/of-another-status")
            .step(disassociate("a").principal("member-b"))
            .test(
                principals()
                    .with("principal", "$account.member-a")
                    .with("associationStatus", "DISASSOCIATED"),
            )
            .done(),
        // The id of an account is a part of the ARN of its role.
        both("valid/one-principal/beside-its-role")
            .step(associate("a").named("$identity.1"))
            .test(principals().with("principal", "$account.member-a"))
            .done(),
        both("valid/status/associated")
            .test(principals().with("associationStatus", "ASSOCIATED"))
            .done(),
        both("valid/status/disassociated")
            .step(disassociate("a").subnet(1))
            .test(resources().with("associationStatus", "DISASSOCIATED"))
            .done(),
        both("valid/status/of-others")
            .step(disassociate("a").subnet(1))
            .test(resources().with("associationStatus", "ASSOCIATED"))
            .done(),
        both("valid/one-principal")
            .test(principals().with("principal", "$account.member-a"))
            .done(),
        both("valid/one-resource")
            .test(resources().with("resourceArn", "$arn.owner.ec2:Subnet.1"))
            .done(),
        // Nothing has sources, whether or not they are known.
        both("probe/sources")
            .test(associations("a", "SOURCE"))
            .provoking(["parameters/later"])
            .about(&["list/isolation"])
            .done(),
        both("valid/page-of-one").test(principals().with("maxResults", 1)).done(),
        both("valid/page-of-500").test(principals().with("maxResults", 500)).done(),
        case("associations/valid/pages-of-five")
            .step(create("a"))
            .step((3..=14).fold(associate("a"), |draft, number| {
                draft.principal(&format!("member-{number:02}"))
            }))
            .test(principals().with("maxResults", 5))
            .done(),
        both("valid/one-kind-alone")
            .step(create("c"))
            .step(associate("c").subnet(2))
            .test(associations("c", "PRINCIPAL"))
            .done(),
    ]
}

fn associations_refused() -> Vec<Case> {
    let named = |end: &str| standard(format!("associations/{end}"));
    let wrong = |end: &str, draft: Draft, condition: &str| {
        edited(named(end), principals(), &draft, condition)
    };
    vec![
        wrong(
            "association-type/missing",
            principals().without("associationType"),
            "association-type/missing",
        ),
        wrong(
            "association-type/invalid",
            principals().with("associationType", "TARGET"),
            "association-type/invalid",
        ),
        wrong(
            "probe/association-type/lower",
            principals().with("associationType", "principal"),
            "values/spelling",
        ),
        wrong("status/invalid", principals().with("associationStatus", "GONE"), "status/invalid"),
        wrong(
            "filter-conflict/resource",
            principals().with("resourceArn", "$arn.owner.ec2:Subnet.1"),
            "filter/conflict",
        ),
        edited(
            named("filter-conflict/principal"),
            resources(),
            &resources().with("principal", "$account.member-a"),
            "filter/conflict",
        ),
        wrong("max-results/zero", principals().with("maxResults", 0), "max-results/out-of-range"),
        wrong("max-results/501", principals().with("maxResults", 501), "max-results/out-of-range"),
        wrong(
            "max-results/negative",
            principals().with("maxResults", -1),
            "max-results/out-of-range",
        ),
        wrong(
            "next-token/invalid",
            principals().with("nextToken", "sharespec-unknown"),
            "next-token/invalid",
        ),
        wrong(
            "share-arn/malformed",
            principals().list("resourceShareArns", ["share"]),
            "share-arn/malformed",
        ),
        wrong(
            "filter/unknown-share",
            principals().list("resourceShareArns", ["$share.a|unknown"]),
            "filter/unknown",
        ),
        wrong("types/max-results", principals().with("maxResults", "1"), "gateway/member-type"),
    ]
}

/// What is in transition has the status that it is shown with, and no other.
fn by_status_in_transition() -> Vec<Case> {
    let joins: fn() -> Step = || associate("a").subnet(3).principal("member-03").unsettled().into();
    let leaves: fn() -> Step =
        || disassociate("a").subnet(1).principal("member-a").unsettled().into();
    let moves = [
        ("joining", joins, ["ASSOCIATING", "ASSOCIATED", "DISASSOCIATING"]),
        ("leaving", leaves, ["DISASSOCIATING", "DISASSOCIATED", "ASSOCIATED"]),
    ];
    let mut cases = Vec::new();
    for (moving, step, statuses) in moves {
        for status in statuses {
            let lists = [("principals", principals()), ("resources", resources())];
            for (kind, list) in lists {
                let end = format!("associations/valid/status/{moving}/{kind}/{status}");
                let plan = standard(end.to_ascii_lowercase()).step(hold()).step(step());
                cases.push(plan.test(list.with("associationStatus", status)).done());
            }
        }
    }
    for status in ["ASSOCIATING", "ASSOCIATED"] {
        let end = format!("associations/valid/status/invited/{status}").to_ascii_lowercase();
        let plan = case(end).step(create_external("a")).step(associate("a").principal("outsider"));
        cases.push(plan.test(principals().with("associationStatus", status)).done());
    }
    for status in ["DELETING", "ACTIVE", "DELETED"] {
        let end = format!("shares/valid/status/deleting/{status}").to_ascii_lowercase();
        // Looked at once, so that it is known whether the deletion is over.
        let plan = standard(end).step(hold()).step(delete("a").unsettled()).step(look_at("a"));
        cases.push(plan.test(look_at("a").with("resourceShareStatus", status)).done());
    }
    cases
}

fn shares_listed() -> Vec<Case> {
    let of_a = || look_at("a");
    vec![
        standard("shares/valid/deleting")
            .step(hold())
            .step(delete("a").unsettled())
            .test(of_a())
            .done(),
        standard("shares/valid/after-a-rename")
            .step(on_share("UpdateResourceShare", "a").with("name", "$name.renamed"))
            .test(of_a())
            .done(),
        standard("shares/valid/own").step(create("b")).test(of_a()).done(),
        standard("shares/valid/two")
            .step(create("b"))
            .test(of_a().entry("resourceShareArns", "$share.b"))
            .done(),
        standard("shares/valid/name")
            .step(create("b"))
            .test(look_at("a").without("resourceShareArns").with("name", "$name.a"))
            .done(),
        standard("shares/valid/name/that-another-begins-with")
            .step(create("b").with("name", "$name.a|pad"))
            .test(look_at("a").without("resourceShareArns").with("name", "$name.a"))
            .done(),
        standard("shares/valid/name/of-another")
            .step(create("b"))
            .test(look_at("a").with("name", "$name.b"))
            .done(),
        standard("shares/valid/status").test(of_a().with("resourceShareStatus", "ACTIVE")).done(),
        standard("shares/valid/status/none")
            .test(of_a().with("resourceShareStatus", "DELETING"))
            .done(),
        // Found by a tag, and read back with all of them.
        two_tagged("tag")
            .test(both_by(json!([{ "tagKey": "made-by", "tagValues": ["one"] }])))
            .done(),
        two_tagged("tag/of-both")
            .test(both_by(json!([{ "tagKey": "of", "tagValues": ["both", "none"] }])))
            .done(),
        two_tagged("tag/of-none")
            .test(both_by(json!([{ "tagKey": "made-by", "tagValues": ["nobody"] }])))
            .done(),
        two_tagged("tags/read-back").test(both()).done(),
        two_tagged("tags/read-back/after-a-rename")
            .step(on_share("UpdateResourceShare", "a").with("name", "$name.renamed"))
            .test(both())
            .done(),
        case("shares/valid/tags/read-back/as-given")
            .step(tagged("a", "Of Both Cases"))
            .test(look_at("a"))
            .done(),
        standard("shares/valid/page-of-one")
            .step(create("b"))
            .test(of_a().entry("resourceShareArns", "$share.b").with("maxResults", 1))
            .done(),
        standard("shares/valid/of-others/principal")
            .test(call("member-a", "GetResourceShares").with("resourceOwner", "OTHER-ACCOUNTS"))
            .done(),
        standard("shares/valid/of-others/stranger")
            .test(call("other-owner", "GetResourceShares").with("resourceOwner", "OTHER-ACCOUNTS"))
            .done(),
        standard("shares/valid/another-account")
            .test(call("other-owner", "GetResourceShares").with("resourceOwner", "SELF"))
            .done(),
    ]
}

/// Two shares with tags, one of them alike.
fn two_tagged(end: &str) -> Plan {
    case(format!("shares/valid/{end}")).step(tagged("a", "one")).step(tagged("b", "two"))
}

fn both() -> Draft {
    look_at("a").entry("resourceShareArns", "$share.b")
}

fn both_by(tags: Value) -> Draft {
    both().with("tagFilters", tags)
}

fn shares_refused() -> Vec<Case> {
    let of_a = || look_at("a");
    let other = |end: &str, draft: Draft, condition: &str| {
        edited(standard(format!("shares/{end}")), of_a(), &draft, condition)
    };
    vec![
        other("owner/missing", of_a().without("resourceOwner"), "owner/missing"),
        other("owner/invalid", of_a().with("resourceOwner", "NOBODY"), "owner/invalid"),
        other("status/invalid", of_a().with("resourceShareStatus", "GONE"), "status/invalid"),
        // What need not be taken as a name need not be looked for.
        other("share-name/odd", of_a().with("name", "$name.a/b"), "share-name/odd"),
        other("share-name/empty", of_a().with("name", ""), "share-name/empty"),
        other("max-results/zero", of_a().with("maxResults", 0), "max-results/out-of-range"),
        other(
            "next-token/invalid",
            of_a().with("nextToken", "sharespec-unknown"),
            "next-token/invalid",
        ),
        other(
            "share-arn/malformed",
            of_a().list("resourceShareArns", ["share"]),
            "share-arn/malformed",
        ),
        other(
            "filter/unknown-share",
            of_a().list("resourceShareArns", ["$share.a|unknown"]),
            "filter/unknown",
        ),
    ]
}

fn shared() -> Vec<Case> {
    let mut cases = Vec::new();
    for (operation, topic) in [("ListResources", "resources"), ("ListPrincipals", "principals")] {
        let own = || {
            call("owner", operation)
                .with("resourceOwner", "SELF")
                .list("resourceShareArns", ["$share.a"])
        };
        let named = |end: &str| standard(format!("{topic}/{end}"));
        cases.push(named("valid/own").test(own()).done());
        cases.push(
            case(format!("{topic}/valid/alone"))
                .step(create("a"))
                .step(associate("a").subnet(1))
                .test(own())
                .done(),
        );
        cases.push(
            named("valid/after-removal")
                .step(disassociate("a").subnet(1).principal("member-a"))
                .test(own())
                .done(),
        );
        cases.push(named("valid/page-of-one").test(own().with("maxResults", 1)).done());
        let others = || call("member-a", operation).with("resourceOwner", "OTHER-ACCOUNTS");
        cases.push(named("valid/of-others").test(others()).done());
        cases.push(
            named("valid/of-others/one-share")
                .test(others().list("resourceShareArns", ["$share.a"]))
                .done(),
        );
        cases.push(
            named("valid/of-others/stranger")
                .test(call("other-owner", operation).with("resourceOwner", "OTHER-ACCOUNTS"))
                .done(),
        );
        cases.push(
            named("valid/two-shares")
                .step(create("b"))
                .step(associate("b").subnet(3).principal("member-03"))
                .test(own())
                .done(),
        );
        let beside = |end: &str| {
            named(&format!("valid/filter/{end}"))
                .step(create("b"))
                .step(associate("b").subnet(3).principal("member-03"))
        };
        cases.push(beside("both-shares").test(own().entry("resourceShareArns", "$share.b")).done());
        for (end, name, value) in filters(operation) {
            cases.push(beside(end).test(own().with(name, value)).done());
        }
        for (end, draft, condition) in [
            ("owner/missing", own().without("resourceOwner"), "owner/missing"),
            ("owner/invalid", own().with("resourceOwner", "NOBODY"), "owner/invalid"),
            ("max-results/zero", own().with("maxResults", 0), "max-results/out-of-range"),
            (
                "next-token/invalid",
                own().with("nextToken", "sharespec-unknown"),
                "next-token/invalid",
            ),
            (
                "share-arn/malformed",
                own().list("resourceShareArns", ["share"]),
                "share-arn/malformed",
            ),
            (
                "filter/unknown-share",
                own().list("resourceShareArns", ["$share.a|unknown"]),
                "filter/unknown",
            ),
        ] {
            cases.push(edited(named(end), own(), &draft, condition));
        }
    }
    cases
}

/// What each sees of a share with the organization, with a unit, and of one that it was invited to: who
/// is in the group sees what a principal sees, and nobody else does.
fn through_groups() -> Vec<Case> {
    let mut cases = Vec::new();
    let operations = [
        ("shares", "GetResourceShares"),
        ("resources", "ListResources"),
        ("principals", "ListPrincipals"),
    ];
    for (topic, operation) in operations {
        let others = |role: &str| call(role, operation).with("resourceOwner", "OTHER-ACCOUNTS");
        for (group, symbol, callers) in [
            ("organization", "$directory.owner", ["member-a", "member-03", "other-owner"]),
            ("unit", "$folder.member-b", ["member-b", "member-a", "other-owner"]),
        ] {
            for caller in callers {
                cases.push(
                    case(format!("{topic}/valid/of-others/{group}/{caller}"))
                        .step(create("a").subnet(1).named(symbol))
                        .test(others(caller))
                        .done(),
                );
            }
            let inside = callers.first().copied().unwrap_or_default();
            cases.push(
                case(format!("{topic}/valid/of-others/{group}-removed/{inside}"))
                    .step(create("a").subnet(1).named(symbol))
                    .step(disassociate("a").named(symbol))
                    .test(others(inside))
                    .done(),
            );
        }
        cases.extend(removed(topic, &others));
        let outside = |end: &str| {
            case(format!("{topic}/valid/of-others/{end}"))
                .step(create_external("a").by_arn("$arn.owner.ec2:TransitGateway.1"))
        };
        if topic != "shares" {
            cases.push(
                outside("invited")
                    .step(associate("a").principal("outsider"))
                    .test(others("outsider"))
                    .done(),
            );
        }
        cases
            .push(outside("accepted").steps(join("a", "outsider")).test(others("outsider")).done());
        cases.push(
            standard(format!("{topic}/valid/of-others/deleted"))
                .step(delete("a"))
                .test(others("member-a"))
                .done(),
        );
    }
    cases
}

/// What a principal sees once a resource is removed, or it itself, or one of two ways in which it is a
/// principal.
fn removed(topic: &str, others: &impl Fn(&str) -> Draft) -> Vec<Case> {
    let (account, organization, unit) =
        ("$account.member-b", "$directory.owner", "$folder.member-b");
    let gone = |end: &str, draft: Draft| {
        let plan = standard(format!("{topic}/valid/of-others/{end}-removed"));
        plan.step(draft).test(others("member-a")).done()
    };
    let left = |end: &str, both: [&str; 2], removed: &str| {
        case(format!("{topic}/valid/of-others/{end}"))
            .step(both.into_iter().fold(create("a").subnet(1), |draft, each| draft.named(each)))
            .step(disassociate("a").named(removed))
            .test(others("member-b").list("resourceShareArns", ["$share.a"]))
            .done()
    };
    vec![
        gone("account", disassociate("a").principal("member-a")),
        gone("resource", disassociate("a").subnet(1)),
        left("account-removed/organization-left", [account, organization], account),
        left("organization-removed/account-left", [account, organization], organization),
        left("unit-removed/organization-left", [unit, organization], unit),
        left("unit-removed/account-left", [account, unit], unit),
    ]
}

/// Principals and owners of the shares with some resource.
fn by_resource() -> Vec<Case> {
    let gateway = "$arn.owner.ec2:TransitGateway.1";
    let mut cases = Vec::new();
    for (scope, mode, caller) in
        [("valid/by", "SELF", "owner"), ("valid/of-others/by", "OTHER-ACCOUNTS", "member-a")]
    {
        let plan = |end: &str| {
            standard(format!("principals/{scope}/{end}"))
                .step(create("b"))
                .step(associate("b").subnet(3).by_arn(gateway).principal("member-a"))
        };
        let both = || {
            call(caller, "ListPrincipals")
                .with("resourceOwner", mode)
                .list("resourceShareArns", ["$share.a", "$share.b"])
        };
        let by = |name: &str, value: &str| both().with(name, value);
        cases.extend([
            plan("arn").test(by("resourceArn", "$arn.owner.ec2:Subnet.2")).done(),
            plan("arn-of-the-other-share").test(by("resourceArn", gateway)).done(),
            plan("type-of-both").test(by("resourceType", "ec2:Subnet")).done(),
            plan("type-of-one").test(by("resourceType", "ec2:TransitGateway")).done(),
        ]);
    }
    let others = || {
        call("member-a", "ListResources")
            .with("resourceOwner", "OTHER-ACCOUNTS")
            .list("resourceShareArns", ["$share.a", "$share.b"])
    };
    let plan = |end: &str| {
        standard(format!("resources/valid/of-others/by/{end}"))
            .step(create("b"))
            .step(associate("b").subnet(3).by_arn(gateway).principal("member-a"))
    };
    cases.extend([
        plan("type").test(others().with("resourceType", "ec2:TransitGateway")).done(),
        plan("arn").test(others().list("resourceArns", [gateway])).done(),
        plan("two-arns")
            .test(others().list("resourceArns", ["$arn.owner.ec2:Subnet.1", gateway]))
            .done(),
        plan("owner").test(others().with("principal", "$account.owner")).done(),
    ]);
    cases
}

/// Filters of a list of what is shared by the first share: those that leave out all of it or a part,
/// and those of two entries. What they name is there, in another share if not in this one.
fn filters(operation: &str) -> Vec<(&'static str, &'static str, Value)> {
    let arn = |number: usize| format!("$arn.owner.ec2:Subnet.{number}");
    match operation {
        "ListResources" => vec![
            ("elsewhere", "resourceArns", json!([arn(3)])),
            ("one-and-elsewhere", "resourceArns", json!([arn(3), arn(1)])),
            ("two", "resourceArns", json!([arn(1), arn(2)])),
            ("second", "resourceArns", json!([arn(2)])),
            ("principal-elsewhere", "principal", json!("$account.member-03")),
            ("other-type", "resourceType", json!("ec2:TransitGateway")),
        ],
        _ => vec![
            ("elsewhere", "principals", json!(["$account.member-03"])),
            ("one-and-elsewhere", "principals", json!(["$account.member-03", "$account.member-a"])),
            ("two", "principals", json!(["$account.member-a", "$account.member-b"])),
            ("second", "principals", json!(["$account.member-b"])),
        ],
    }
}

/// Parameters that the suite does not follow: they may be given, and break nothing.
fn beyond() -> Vec<Case> {
    let listed = |topic: &str, operation: &str, name: &str, value: Value| {
        let draft = call("owner", operation)
            .with("resourceOwner", "SELF")
            .list("resourceShareArns", ["$share.a"]);
        standard(format!("{topic}/valid/with/{name}")).test(draft.with(name, value)).done()
    };
    let permission = json!("arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet");
    vec![
        listed("shares", "GetResourceShares", "tagFilters", json!([{ "tagKey": "k" }])),
        listed("shares", "GetResourceShares", "permissionArn", permission),
        listed("shares", "GetResourceShares", "permissionVersion", json!(1)),
        listed("resources", "ListResources", "resourceType", json!("ec2:Subnet")),
        listed("resources", "ListResources", "principal", json!("$account.member-a")),
        listed("resources", "ListResources", "resourceArns", json!(["$arn.owner.ec2:Subnet.1"])),
        listed("resources", "ListResources", "resourceRegionScope", json!("ALL")),
        listed("principals", "ListPrincipals", "resourceType", json!("ec2:Subnet")),
        listed("principals", "ListPrincipals", "principals", json!(["$account.member-a"])),
        listed("principals", "ListPrincipals", "resourceArn", json!("$arn.owner.ec2:Subnet.1")),
    ]
}
