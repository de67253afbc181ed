//! CreateResourceShare, AssociateResourceShare, UpdateResourceShare and DeleteResourceShare.

use super::cast::{
    PRINCIPALS, Puts, associate, case, create, create_external, delete, disassociate, edited,
    invitations, look_at, on_share, standard, tagged,
};
use crate::draft::{Draft, hold};
use serde_json::{Value, json};
use sharespec_wire::case::Case;

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = creations();
    cases.extend(associations_made());
    cases.extend(odd_names());
    cases.extend(changes());
    cases.extend(beyond());
    cases
}

/// Names that a server may refuse, and keeps as they are if it does not.
fn odd_names() -> Vec<Case> {
    let long = format!("$name.{}", "a".repeat(120));
    let names = [
        ("beyond-ascii", "$name.größer-имя-共有"),
        ("spaces", "$name.two  spaces between"),
        ("long", long.as_str()),
    ];
    let mut cases = Vec::new();
    for (end, name) in names {
        let made = create("a").with("name", name);
        cases.push(edited(
            case(format!("create/share-name/odd/{end}")).about(&["effect/created"]),
            create("a"),
            &made,
            "share-name/odd",
        ));
        let renamed = |name: &str| on_share("UpdateResourceShare", "a").with("name", name);
        cases.push(edited(
            standard(format!("update/share-name/odd/{end}")).about(&["effect/updated"]),
            renamed("$name.renamed"),
            &renamed(name),
            "share-name/odd",
        ));
    }
    cases
}

fn creations() -> Vec<Case> {
    let named = |end: &str| case(format!("create/{end}"));
    vec![
        named("valid/empty").test(create("a")).done(),
        named("valid/external").test(create_external("a")).done(),
        named("valid/tags").test(tagged("a", "one")).done(),
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
        edited(
            named("outsider/after-member"),
            create("a").principal("member-a"),
            &create("a").principal("member-a").principal("outsider"),
            "add/outsider",
        ),
        edited(
            named("outsider/before-member"),
            create("a").principal("member-a"),
            &create("a").principal("outsider").principal("member-a"),
            "add/outsider",
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
        named("quota/while-deleting")
            .alone_in("small-owner")
            .step(create_external("a").by("small-owner"))
            .step(create_external("b").by("small-owner"))
            .step(create_external("c").by("small-owner"))
            .step(hold())
            .step(delete("a").by("small-owner").unsettled())
            .test(create_external("d").by("small-owner"))
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
        edited(
            case("associate/outsider/after-member").step(create("a")),
            associate("a").principal("member-a"),
            &associate("a").principal("member-a").principal("outsider"),
            "add/outsider",
        ),
        edited(
            case("associate/outsider/before-member").step(create("a")),
            associate("a").principal("member-a"),
            &associate("a").principal("outsider").principal("member-a"),
            "add/outsider",
        ),
        // Whoever is a principal of a share does not own it.
        edited(
            standard("associate/share/foreign/principal"),
            associate("a").principal("member-03"),
            &associate("a").principal("member-03").by("member-a"),
            "share/foreign",
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
        // It is pending if creations take their time, and active otherwise.
        case("associate/share/pending")
            .step(hold())
            .step(create("a").unsettled())
            .step(look_at("a"))
            .test(associate("a").subnet(1))
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
        wrong("share/foreign/principal", rename().by("member-a"), "share/foreign"),
        case("update/valid/internal")
            .step(create_external("a").principal("member-a"))
            .test(update().with("allowExternalPrincipals", false))
            .done(),
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
        gone("share/foreign/principal", delete("a").by("member-a"), "share/foreign"),
        standard("delete/share/unfinished")
            .test(delete("a"))
            .before([hold(), associate("a").subnet(3).unsettled().into(), look_at("a").into()])
            .provoking(["share/unfinished"])
            .done(),
        case("delete/share/invitation-open")
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .step(look_at("a"))
            .test(delete("a"))
            .done(),
        standard("delete/share/deleting")
            .test(delete("a"))
            .before([hold(), delete("a").unsettled().into(), look_at("a").into()])
            .provoking(["share/deleting"])
            .done(),
        standard("delete/share/deleted")
            .step(delete("a"))
            .step(look_at("a"))
            .test(delete("a"))
            .provoking(["share/deleted"])
            .done(),
    ]
}

/// Parameters that the suite does not follow: they may be given, and break nothing.
fn beyond() -> Vec<Case> {
    let beyond = |end: &str, name: &str, value: Value| {
        case(format!("create/probe/{end}"))
            .test(create("a"))
            .instead(&create("a").with(name, value))
            .provoking(["add/beyond"])
            .done()
    };
    let permission = json!("arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet");
    vec![
        beyond("tags", "tags", json!([{ "value": "v" }])),
        beyond("permissions", "permissionArns", json!([permission])),
        beyond("configuration", "resourceShareConfiguration", json!({})),
    ]
}
