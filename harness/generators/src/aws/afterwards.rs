//! What earlier calls leave behind: removed and rejected principals that see and enter nothing, others
//! that keep what they have, and shares whose former names and tokens mean nothing more.

use super::cast::{
    Puts, accept, associate, associations, case, create, create_external, delete, disassociate,
    edited, invitations, join, look_at, on_share, reject, standard, tagged,
};
use crate::draft::{Draft, call};
use crate::plan::Plan;
use serde_json::json;
use sharespec_wire::case::Case;

/// What may leave the organization.
const GATEWAY: &str = "$arn.owner.ec2:TransitGateway.1";

/// The rule of what becomes of what is in a share that is deleted.
const ENDED: &[&str] = &["aws-ram-operations/DeleteResourceShare/effect/ended"];

/// The lists of what others share, by topic.
const LISTS: [(&str, &str); 3] = [
    ("shares", "GetResourceShares"),
    ("resources", "ListResources"),
    ("principals", "ListPrincipals"),
];

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = seen();
    cases.extend(invited());
    cases.extend(kept());
    cases.extend(strangers());
    cases.extend(narrowed());
    cases
}

fn outside(end: &str) -> Plan {
    case(format!("afterwards/{end}")).step(create_external("a").by_arn(GATEWAY))
}

fn asked(end: &str, principals: &[&str]) -> Plan {
    let plan = principals.iter().fold(associate("a"), |draft, role| draft.principal(role));
    principals.iter().fold(outside(end).step(plan), |plan, role| plan.step(invitations("a", role)))
}

fn principals() -> Draft {
    associations("a", "PRINCIPAL")
}

/// What a principal sees that was removed, was associated again, or was invited no more.
fn seen() -> Vec<Case> {
    let mut cases = Vec::new();
    for (topic, operation) in LISTS {
        let others = |role: &str| call(role, operation).with("resourceOwner", "OTHER-ACCOUNTS");
        cases.extend([
            outside(&format!("seen/{topic}/joined-and-removed"))
                .steps(join("a", "outsider"))
                .step(disassociate("a").principal("outsider"))
                .test(others("outsider"))
                .done(),
            standard(format!("afterwards/seen/{topic}/associated-again"))
                .step(disassociate("a").principal("member-a"))
                .step(associate("a").principal("member-a"))
                .test(others("member-a"))
                .done(),
            asked(&format!("seen/{topic}/withdrawn-and-accepted"), &["outsider"])
                .step(disassociate("a").principal("outsider"))
                .step(accept("a", "outsider"))
                .test(others("outsider"))
                .done(),
            asked(&format!("seen/{topic}/rejected-and-invited-again"), &["outsider"])
                .step(reject("a", "outsider"))
                .step(associate("a").principal("outsider"))
                .test(others("outsider"))
                .done(),
            outside(&format!("seen/{topic}/invited-by-the-creation"))
                .step(create_external("b").by_arn(GATEWAY).principal("outsider"))
                .test(others("outsider"))
                .done(),
        ]);
    }
    cases
}

/// Who is invited joins once it accepts, and no sooner.
fn invited() -> Vec<Case> {
    vec![
        case("create/valid/outsider").test(create_external("a").principal("outsider")).done(),
        case("afterwards/invited/by-the-creation")
            .step(create_external("a").principal("outsider"))
            .test(principals())
            .done(),
        asked("invited/after-a-rejection", &["outsider"])
            .step(reject("a", "outsider"))
            .step(associate("a").principal("outsider"))
            .test(principals())
            .done(),
        asked("invited/withdrawn-and-accepted", &["outsider"])
            .about(&["aws-ram-disassociate/effect/removed"])
            .step(disassociate("a").principal("outsider"))
            .step(accept("a", "outsider"))
            .test(principals())
            .done(),
        asked("invited/deleted-and-accepted", &["outsider"])
            .step(delete("a"))
            .step(accept("a", "outsider"))
            .test(call("outsider", "GetResourceShares").with("resourceOwner", "OTHER-ACCOUNTS"))
            .done(),
        asked("invited/deleted-and-accepted/principals", &["outsider"])
            .about(ENDED)
            .step(delete("a"))
            .step(accept("a", "outsider"))
            .test(principals())
            .done(),
        // A removal leaves the invitations of others as they are.
        asked("invited/beside-a-removal", &["outsider", "outsider-b"])
            .step(disassociate("a").principal("outsider"))
            .test(accept("a", "outsider-b"))
            .done(),
        asked("invited/listed-beside-a-removal", &["outsider", "outsider-b"])
            .step(disassociate("a").principal("outsider"))
            .test(invitations("a", "outsider-b"))
            .done(),
        asked("invited/beside-the-removal-of-a-resource", &["outsider"])
            .step(disassociate("a").by_arn(GATEWAY))
            .test(accept("a", "outsider"))
            .done(),
    ]
}

/// What stays as it is when others come and go, and what goes with its share.
fn kept() -> Vec<Case> {
    let many = |draft: Draft| {
        (3..=23).fold(draft, |draft, number| draft.principal(&format!("member-{number:02}")))
    };
    let subnets = |draft: Draft| (1..=21).fold(draft, Draft::subnet);
    vec![
        standard("afterwards/kept/removed-principals/associate")
            .step(disassociate("a").subnet(1).principal("member-a"))
            .test(associate("a").principal("member-03"))
            .done(),
        standard("afterwards/kept/removed-resources/associate")
            .step(disassociate("a").subnet(1).principal("member-a"))
            .test(associate("a").subnet(3))
            .done(),
        case("afterwards/kept/tags/removed-principal")
            .step(tagged("a", "one").subnet(1).principal("member-a").principal("member-b"))
            .step(disassociate("a").principal("member-a"))
            .test(look_at("a"))
            .done(),
        case("afterwards/kept/many/principals")
            .step(many(create("a")))
            .test(many(disassociate("a")))
            .done(),
        case("afterwards/kept/many/resources")
            .step(subnets(create("a")))
            .test(subnets(disassociate("a")))
            .done(),
        standard("afterwards/deleted/principals")
            .about(ENDED)
            .step(delete("a"))
            .test(principals())
            .done(),
        standard("afterwards/deleted/resources")
            .about(ENDED)
            .step(delete("a"))
            .test(associations("a", "RESOURCE"))
            .done(),
        // Its parameters are other ones, if only by their tags.
        case("create/client-token/other-tags")
            .step(tagged("a", "one").token("$name.token"))
            .test(tagged("a", "one").token("$name.token"))
            .instead(&tagged("a", "two").token("$name.token"))
            .provoking(["client-token/mismatch"])
            .done(),
    ]
}

/// Accounts that have no part in a share: naming it by its ARN helps them nothing, nor does managing the
/// organization.
fn strangers() -> Vec<Case> {
    let own = |owner: &str, caller: &str| {
        call(caller, "GetResourceShares")
            .with("resourceOwner", owner)
            .list("resourceShareArns", ["$share.a"])
    };
    let named = |end: &str| standard(format!("afterwards/strangers/{end}"));
    let rename = || on_share("UpdateResourceShare", "a").with("name", "$name.renamed");
    let theirs =
        |end: &str| case(format!("afterwards/management/{end}")).step(create("a").by("member-a"));
    vec![
        named("shares/own").test(own("SELF", "other-owner")).done(),
        named("shares/others").test(own("OTHER-ACCOUNTS", "other-owner")).done(),
        named("shares/own/principal").test(own("SELF", "member-a")).done(),
        named("associations").test(principals().by("other-owner")).done(),
        edited(theirs("update"), rename().by("member-a"), &rename().by("owner"), "share/foreign"),
        edited(
            theirs("delete"),
            delete("a").by("member-a"),
            &delete("a").by("owner"),
            "share/foreign",
        ),
    ]
}

/// Lists that are narrowed in two ways, or by what was so once.
fn narrowed() -> Vec<Case> {
    let by_name = |name: &str| look_at("a").without("resourceShareArns").with("name", name);
    let renamed = |end: &str| {
        standard(format!("afterwards/narrowed/name/{end}"))
            .step(on_share("UpdateResourceShare", "a").with("name", "$name.renamed"))
    };
    let tags = json!([{ "tagKey": "made-by", "tagValues": ["nobody", "one"] }]);
    let page = |draft: Draft| draft.with("associationStatus", "ASSOCIATED").with("maxResults", 1);
    vec![
        renamed("new").test(by_name("$name.renamed")).done(),
        renamed("former").test(by_name("$name.a")).done(),
        case("afterwards/narrowed/tag/second-value")
            .step(tagged("a", "one"))
            .step(tagged("b", "two"))
            .test(look_at("a").entry("resourceShareArns", "$share.b").with("tagFilters", tags))
            .done(),
        standard("afterwards/narrowed/page-by-status/principals").test(page(principals())).done(),
        standard("afterwards/narrowed/page-by-status/resources")
            .test(page(associations("a", "RESOURCE")))
            .done(),
        case("afterwards/organization/members-in-units")
            .step(create("a").subnet(1).named("$directory.owner"))
            .test(call("member-b", "GetResourceShares").with("resourceOwner", "OTHER-ACCOUNTS"))
            .done(),
        case("afterwards/organization/members-in-units/resources")
            .step(create("a").subnet(1).named("$directory.owner"))
            .test(call("member-b", "ListResources").with("resourceOwner", "OTHER-ACCOUNTS"))
            .done(),
    ]
}
