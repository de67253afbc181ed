//! The operations around DisassociateResourceShare.

use super::cast::{
    PRINCIPALS, Puts, accept, answer, associate, associations, case, create, create_external,
    delete, disassociate, invitations, join, look_at, on_share, reject, standard,
};
use crate::alibaba::draft::{Draft, call, hold};
use crate::alibaba::plan::Plan;
use serde_json::{Value, json};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = creations();
    cases.extend(associations_made());
    cases.extend(changes());
    cases.extend(lists());
    cases.extend(shared());
    cases.extend(answers());
    cases.extend(others());
    cases
}

/// A good call, edited into another one.
fn edited(plan: Plan, good: Draft, wrong: &Draft, condition: &str) -> Case {
    plan.test(good).instead(wrong).provoking([condition]).done()
}

fn creations() -> Vec<Case> {
    let named = |end: &str| case(format!("create/{end}"));
    vec![
        named("valid/empty").test(create("a")).done(),
        named("valid/external").test(create_external("a")).done(),
        named("valid/resource").test(create("a").subnet(1)).done(),
        named("valid/principal").test(create("a").principal("member-a")).done(),
        named("valid/both").test(create("a").subnet(1).principal("member-a")).done(),
        named("valid/organization").test(create("a").subnet(1).named("$directory.owner")).done(),
        named("valid/same-name-twice")
            .step(create("a"))
            .test(create("b").with("name", "$name.a"))
            .done(),
        named("valid/by-another").test(create_external("a").by("other-owner")).done(),
        edited(
            named("share-name/missing"),
            create("a"),
            &create("a").without("name"),
            "share-name/missing",
        ),
        edited(
            named("share-name/empty"),
            create("a"),
            &create("a").with("name", ""),
            "share-name/empty",
        ),
        edited(
            named("principals/malformed"),
            create("a"),
            &create("a").named("someone"),
            "principals/malformed",
        ),
        edited(
            named("resources/malformed"),
            create("a"),
            &create("a").by_arn("subnet"),
            "resources/malformed",
        ),
        edited(named("outsider"), create("a"), &create("a").principal("outsider"), "add/outsider"),
        edited(
            named("unknown-organization"),
            create("a"),
            &create("a").named("arn:aws:organizations::123456789012:organization/o-zzzzzzzzzz"),
            "add/unknown-organization",
        ),
        named("quota/reached")
            .alone_in("small-owner")
            .step(create_external("a").by("small-owner"))
            .step(create_external("b").by("small-owner"))
            .test(create_external("c").by("small-owner"))
            .done(),
        named("quota/exceeded")
            .alone_in("small-owner")
            .step(create_external("a").by("small-owner"))
            .step(create_external("b").by("small-owner"))
            .test(create_external("d").by("small-owner"))
            .before([create_external("c").by("small-owner").into()])
            .provoking(["shares/over-quota"])
            .done(),
        named("quota/after-deletion")
            .alone_in("small-owner")
            .step(create_external("a").by("small-owner"))
            .step(create_external("b").by("small-owner"))
            .step(create_external("c").by("small-owner"))
            .step(delete("a").by("small-owner"))
            .test(create_external("d").by("small-owner"))
            .done(),
    ]
}

fn associations_made() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, symbol) in PRINCIPALS {
        cases.push(
            case(format!("associate/valid/principal/{name}"))
                .step(create("a"))
                .test(associate("a").named(symbol))
                .done(),
        );
    }
    for kind in ["ec2:Subnet", "ec2:TransitGateway", "acm-pca:CertificateAuthority"] {
        cases.push(
            case(format!("associate/valid/type/{}", kind.replace(':', "-")))
                .step(create("a"))
                .test(associate("a").by_arn(&format!("$arn.owner.{kind}.2")))
                .done(),
        );
    }
    let good = || associate("a").subnet(3);
    let wrong = |end: &str, draft: Draft, condition: &str| {
        edited(standard(format!("associate/{end}")), good(), &draft, condition)
    };
    let external = |end: &str| case(format!("associate/{end}")).step(create_external("a"));
    cases.extend([
        standard("associate/valid/both").test(good().principal("member-03")).done(),
        standard("associate/valid/again")
            .step(disassociate("a").subnet(1))
            .test(associate("a").subnet(1))
            .done(),
        external("valid/outsider").test(associate("a").principal("outsider")).done(),
        external("valid/two-outsiders")
            .test(associate("a").principal("outsider").principal("outsider-b"))
            .done(),
        wrong("share-arn/missing", good().without("resourceShareArn"), "share-arn/missing"),
        wrong(
            "share-arn/malformed",
            good().with("resourceShareArn", "share"),
            "share-arn/malformed",
        ),
        wrong(
            "share/unknown",
            good().with("resourceShareArn", "$share.a|unknown"),
            "share/unknown",
        ),
        wrong("share/foreign", good().by("other-owner"), "share/foreign"),
        wrong("lists/empty", associate("a"), "lists/empty"),
        wrong("principals/malformed", good().named("someone"), "principals/malformed"),
        wrong("resources/malformed", good().by_arn("subnet"), "resources/malformed"),
        // Of what may leave the organization, so that nothing else is wrong.
        edited(
            case("associate/outsider").step(create("a")),
            associate("a").principal("member-a"),
            &associate("a").principal("outsider"),
            "add/outsider",
        ),
        wrong(
            "unknown-organization",
            good().named("arn:aws:organizations::123456789012:organization/o-zzzzzzzzzz"),
            "add/unknown-organization",
        ),
        standard("associate/share/deleted")
            .test(good())
            .before([delete("a").into()])
            .provoking(["share/deleted"])
            .done(),
        // Nothing of the share is under way or has ended: the code tells of the share alone.
        case("associate/share/deleted/empty")
            .step(create("a"))
            .test(good())
            .before([delete("a").into()])
            .provoking(["share/deleted"])
            .done(),
        case("associate/share/deleting")
            .step(create("a"))
            .test(good())
            .before([hold(), delete("a").unsettled().into(), look_at("a").into()])
            .provoking(["share/deleting"])
            .done(),
        wrong("probe/present", associate("a").subnet(1), "entities/present"),
        wrong("probe/unknown-account", good().named("123123123123"), "add/unknown-principal"),
        wrong(
            "probe/unknown-resource",
            good().by_arn("arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0ffffffffffffffff"),
            "add/unknown-resource",
        ),
        wrong(
            "probe/foreign-resource",
            good().by_arn("$arn.other-owner.ec2:TransitGateway.1"),
            "add/foreign-resource",
        ),
        wrong("probe/owner", good().principal("owner"), "add/owner"),
        wrong("probe/duplicate", good().subnet(3), "lists/duplicate"),
        standard("associate/probe/role-with-gateway")
            .step(associate("a").named("$identity.1"))
            .test(associate("a").by_arn("$arn.owner.ec2:TransitGateway.1"))
            .provoking(["add/type-identity"])
            .done(),
        external("probe/subnet-with-outsider")
            .step(associate("a").subnet(1))
            .test(associate("a").principal("outsider"))
            .provoking(["add/type-outside"])
            .done(),
        case("associate/probe/service")
            .step(create("a"))
            .step(associate("a").by_arn("$arn.owner.acm-pca:CertificateAuthority.1"))
            .test(associate("a").named("$service.1"))
            .provoking(["add/service"])
            .done(),
    ]);
    cases
}

fn changes() -> Vec<Case> {
    let update = || on_share("UpdateResourceShare", "a");
    let rename = || update().with("name", "$name.renamed");
    let wrong = |end: &str, draft: Draft, condition: &str| {
        edited(standard(format!("update/{end}")), rename(), &draft, condition)
    };
    let gone = |end: &str, draft: Draft, condition: &str| {
        edited(standard(format!("delete/{end}")), delete("a"), &draft, condition)
    };
    vec![
        standard("update/valid/name").test(rename()).done(),
        standard("update/valid/external")
            .test(update().with("allowExternalPrincipals", true))
            .done(),
        standard("update/valid/both").test(rename().with("allowExternalPrincipals", true)).done(),
        wrong("share-arn/missing", rename().without("resourceShareArn"), "share-arn/missing"),
        wrong("nothing", update(), "update/nothing"),
        wrong(
            "share-arn/malformed",
            rename().with("resourceShareArn", "share"),
            "share-arn/malformed",
        ),
        wrong(
            "share/unknown",
            rename().with("resourceShareArn", "$share.a|unknown"),
            "share/unknown",
        ),
        wrong("share/foreign", rename().by("other-owner"), "share/foreign"),
        standard("delete/valid/with-entities").test(delete("a")).done(),
        case("delete/valid/empty").step(create("a")).test(delete("a")).done(),
        case("delete/valid/one-of-two")
            .step(create("a"))
            .step(create("b"))
            .test(delete("a"))
            .done(),
        gone("share-arn/missing", delete("a").without("resourceShareArn"), "share-arn/missing"),
        gone(
            "share-arn/malformed",
            delete("a").with("resourceShareArn", "share"),
            "share-arn/malformed",
        ),
        gone(
            "share/unknown",
            delete("a").with("resourceShareArn", "$share.a|unknown"),
            "share/unknown",
        ),
        gone("share/foreign", delete("a").by("other-owner"), "share/foreign"),
        standard("delete/share/unfinished")
            .test(delete("a"))
            .before([hold(), associate("a").subnet(3).unsettled().into(), look_at("a").into()])
            .provoking(["share/unfinished"])
            .done(),
        standard("delete/share/deleted")
            .step(delete("a"))
            .test(delete("a"))
            .provoking(["share/deleted"])
            .done(),
    ]
}

fn lists() -> Vec<Case> {
    let named = |end: &str| standard(format!("associations/{end}"));
    let both = |end: &str| {
        named(end).step(create("b")).step(associate("b").subnet(1).principal("member-a"))
    };
    let principals = || associations("a", "PRINCIPAL");
    let resources = || associations("a", "RESOURCE");
    let wrong = |end: &str, draft: Draft, condition: &str| {
        edited(named(end), principals(), &draft, condition)
    };
    let shares = || call("owner", "GetResourceShares").with("resourceOwner", "SELF");
    let of_a = || look_at("a");
    let other = |end: &str, draft: Draft, condition: &str| {
        edited(standard(format!("shares/{end}")), of_a(), &draft, condition)
    };
    vec![
        both("valid/principals").test(principals()).done(),
        both("valid/resources").test(resources()).done(),
        both("valid/two-shares").test(principals().entry("resourceShareArns", "$share.b")).done(),
        both("valid/every-share").test(principals().without("resourceShareArns")).done(),
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
        standard("shares/valid/deleting")
            .step(hold())
            .step(delete("a").unsettled())
            .test(of_a())
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
        standard("shares/valid/own").step(create("b")).test(of_a()).done(),
        standard("shares/valid/two")
            .step(create("b"))
            .test(of_a().entry("resourceShareArns", "$share.b"))
            .done(),
        standard("shares/valid/name")
            .step(create("b"))
            .test(shares().with("name", "$name.a"))
            .done(),
        standard("shares/valid/status").test(of_a().with("resourceShareStatus", "ACTIVE")).done(),
        standard("shares/valid/status/none")
            .test(of_a().with("resourceShareStatus", "DELETING"))
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
        other("owner/missing", of_a().without("resourceOwner"), "owner/missing"),
        other("owner/invalid", of_a().with("resourceOwner", "NOBODY"), "owner/invalid"),
        other("status/invalid", of_a().with("resourceShareStatus", "GONE"), "status/invalid"),
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
        cases.push(
            named("valid/of-others")
                .test(call("member-a", operation).with("resourceOwner", "OTHER-ACCOUNTS"))
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

fn answers() -> Vec<Case> {
    let invited = |end: &str| {
        case(end)
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
    };
    let mut cases = vec![
        invited("invitations/valid/receiver").test(invitations("a", "outsider")).done(),
        invited("invitations/valid/stranger").test(invitations("a", "outsider-b")).done(),
        invited("invitations/valid/all")
            .test(call("outsider", "GetResourceShareInvitations"))
            .done(),
        invited("invitations/valid/by-arn")
            .test(
                call("outsider", "GetResourceShareInvitations")
                    .list("resourceShareInvitationArns", ["$invitation.a.outsider"]),
            )
            .done(),
        invited("invitations/valid/after-acceptance")
            .step(accept("a", "outsider"))
            .test(invitations("a", "outsider"))
            .done(),
        edited(
            invited("invitations/max-results/zero"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("maxResults", 0),
            "max-results/out-of-range",
        ),
        edited(
            invited("invitations/next-token/invalid"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("nextToken", "x"),
            "next-token/invalid",
        ),
        edited(
            invited("invitations/filter/unknown"),
            invitations("a", "outsider"),
            &invitations("a", "outsider")
                .list("resourceShareInvitationArns", ["$invitation.a.outsider|unknown"]),
            "filter/unknown",
        ),
        edited(
            invited("invitations/malformed"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("resourceShareInvitationArns", json!(["x"])),
            "invitation/malformed",
        ),
        case("enable/valid")
            .test(call("owner", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/enabled"])
            .about(&["effect/enabled", "member/returnValue"])
            .done(),
        case("enable/not-management/member")
            .test(call("member-a", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/not-management"])
            .done(),
        case("enable/not-management/outsider")
            .test(call("outsider", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/not-management"])
            .done(),
    ];
    for (operation, topic) in
        [("AcceptResourceShareInvitation", "accept"), ("RejectResourceShareInvitation", "reject")]
    {
        let own = || answer(operation, "a", "outsider");
        let named = |end: &str| invited(&format!("{topic}/{end}"));
        let wrong =
            |end: &str, draft: Draft, condition: &str| edited(named(end), own(), &draft, condition);
        let before = |end: &str, step: Step, condition: &str| {
            named(end).test(own()).before([step]).provoking([condition]).done()
        };
        cases.extend([
            named("valid").test(own()).done(),
            named("valid/beside-a-member")
                .step(associate("a").principal("member-a"))
                .test(own())
                .done(),
            wrong("missing", own().without("resourceShareInvitationArn"), "invitation/missing"),
            wrong(
                "malformed",
                own().with("resourceShareInvitationArn", "x"),
                "invitation/malformed",
            ),
            wrong(
                "unknown",
                own().with("resourceShareInvitationArn", "$invitation.a.outsider|unknown"),
                "invitation/unknown",
            ),
            wrong("foreign", own().by("outsider-b"), "invitation/foreign"),
            before("accepted", accept("a", "outsider").into(), "invitation/accepted"),
            before("rejected", reject("a", "outsider").into(), "invitation/rejected"),
        ]);
    }
    cases.push(
        case("accept/valid/after-leaving")
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .step(disassociate("a").principal("outsider"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .test(accept("a", "outsider"))
            .done(),
    );
    cases
}

/// Parameters that the suite does not follow: they may be given, and break nothing.
fn others() -> Vec<Case> {
    let beyond = |end: &str, name: &str, value: Value| {
        case(format!("create/probe/{end}"))
            .test(create("a"))
            .instead(&create("a").with(name, value))
            .provoking(["add/beyond"])
            .done()
    };
    let listed = |topic: &str, operation: &str, name: &str, value: Value| {
        let draft = call("owner", operation)
            .with("resourceOwner", "SELF")
            .list("resourceShareArns", ["$share.a"]);
        standard(format!("{topic}/valid/with/{name}")).test(draft.with(name, value)).done()
    };
    let permission = json!("arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet");
    vec![
        beyond("tags", "tags", json!([{ "key": "k", "value": "v" }])),
        beyond("permissions", "permissionArns", json!([permission])),
        beyond("configuration", "resourceShareConfiguration", json!({})),
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
