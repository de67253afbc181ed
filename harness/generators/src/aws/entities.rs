//! DisassociateResourceShare: the entries of its lists.

use super::cast::{Puts, associate, case, create_external, disassociate, join, standard};
use crate::draft::Draft;
use serde_json::{Value, json};
use sharespec_wire::case::Case;

/// Texts that are no principals.
pub(crate) const NO_PRINCIPALS: &[(&str, &str)] = &[
    ("word", "someone"),
    ("eleven-digits", "12345678901"),
    ("thirteen-digits", "1234567890123"),
    ("letters-in-account", "12345678901a"),
    ("hyphens-in-account", "1234-5678-9012"),
    ("mail", "someone@example.com"),
    ("group", "arn:aws:iam::210987654321:group/readers"),
    ("policy", "arn:aws:iam::210987654321:policy/readers"),
    ("root", "arn:aws:iam::210987654321:root"),
    ("short-account-in-role", "arn:aws:iam::2109:role/reader"),
    ("role-without-name", "arn:aws:iam::210987654321:role/"),
    ("root-of-organization", "arn:aws:organizations::123456789012:root/o-a1b2c3d4e5/r-ab12"),
    ("unit-without-id", "arn:aws:organizations::123456789012:ou/o-a1b2c3d4e5"),
    ("bucket", "arn:aws:s3:::bucket"),
    ("star", "*"),
];

/// Texts that are no ARNs.
pub(crate) const NO_ARNS: &[(&str, &str)] = &[
    ("word", "subnet"),
    ("id", "subnet-0a1b2c3d4e5f60000"),
    ("digits", "123456789012"),
    ("too-few-parts", "arn:aws:ec2:us-east-1"),
    ("no-resource", "arn:aws:ec2:us-east-1:123456789012:"),
    ("no-service", "arn:aws::us-east-1:123456789012:subnet/subnet-1"),
    ("url", "https://example.com/subnet/1"),
    ("star", "*"),
];

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = malformed();
    cases.extend(unassociated());
    cases.extend(empty());
    cases.extend(probes());
    cases.extend(types());
    cases
}

fn good() -> Draft {
    disassociate("a").subnet(1).principal("member-a")
}

fn edited(end: String, draft: &Draft, condition: &str) -> Case {
    let plan = standard(format!("disassociate/{end}")).test(good()).instead(draft);
    plan.provoking([condition]).done()
}

fn malformed() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in NO_PRINCIPALS {
        let alone = disassociate("a").named(text);
        cases.push(edited(format!("principals/malformed/{name}"), &alone, "principals/malformed"));
    }
    for (name, text) in NO_ARNS {
        let alone = disassociate("a").by_arn(text);
        cases.push(edited(format!("resources/malformed/{name}"), &alone, "resources/malformed"));
    }
    cases.push(edited(
        "principals/malformed/beside-a-good-one".into(),
        &good().named("someone"),
        "principals/malformed",
    ));
    cases.push(edited(
        "resources/malformed/beside-a-good-one".into(),
        &good().by_arn("subnet"),
        "resources/malformed",
    ));
    cases.push(edited(
        "principals/malformed/arn-of-a-resource".into(),
        &disassociate("a").named("$arn.owner.ec2:Subnet.1"),
        "principals/malformed",
    ));
    cases.push(edited(
        "resources/malformed/account".into(),
        &disassociate("a").by_arn("$account.member-a"),
        "resources/malformed",
    ));
    cases
}

fn unassociated() -> Vec<Case> {
    let principals = [
        ("account", "$account.member-05"),
        ("outsider", "$account.outsider"),
        ("owner", "$account.owner"),
        ("account-of-nobody", "123123123123"),
        ("organization", "$directory.owner"),
        ("organization-of-nobody", "arn:aws:organizations::123456789012:organization/o-zzzzzzzzzz"),
        ("unit", "$folder.member-b"),
        ("unit-of-nobody", "arn:aws:organizations::123456789012:ou/o-a1b2c3d4e5/ou-zz99-zzzzzzzz"),
        ("role", "$identity.1"),
        ("role-of-nobody", "arn:aws:iam::210987654321:role/nobody"),
        ("user", "$identity.2"),
        ("service", "$service.1"),
        ("service-of-nobody", "nobody.amazonaws.com"),
    ];
    let resources = [
        ("subnet", "$arn.owner.ec2:Subnet.7"),
        ("gateway", "$arn.owner.ec2:TransitGateway.1"),
        ("of-nobody", "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0ffffffffffffffff"),
        ("of-another-account", "$arn.other-owner.ec2:TransitGateway.1"),
        ("in-another-region", "$arn.owner.ec2:Subnet.1|region"),
        ("of-another-service", "arn:aws:s3:::bucket"),
    ];
    let mut cases = Vec::new();
    for (name, text) in principals {
        cases.push(edited(
            format!("principals/not-associated/{name}"),
            &disassociate("a").named(text),
            "principals/not-associated",
        ));
        cases.push(edited(
            format!("principals/some-not-associated/{name}"),
            &good().named(text),
            "principals/some-not-associated",
        ));
    }
    for (name, text) in resources {
        cases.push(edited(
            format!("resources/not-associated/{name}"),
            &disassociate("a").by_arn(text),
            "resources/not-associated",
        ));
        cases.push(edited(
            format!("resources/some-not-associated/{name}"),
            &good().by_arn(text),
            "resources/some-not-associated",
        ));
    }
    cases
}

fn empty() -> Vec<Case> {
    let none = || disassociate("a");
    let empty: [&str; 0] = [];
    vec![
        edited("lists/empty/absent".into(), &none(), "lists/empty"),
        edited(
            "lists/empty/both".into(),
            &none().list("principals", empty).list("resourceArns", empty),
            "lists/empty",
        ),
        edited("lists/empty/principals".into(), &none().list("principals", empty), "lists/empty"),
        edited("lists/empty/resources".into(), &none().list("resourceArns", empty), "lists/empty"),
        standard("disassociate/lists/one-empty")
            .test(none().list("principals", empty).subnet(1))
            .done(),
    ]
}

fn probes() -> Vec<Case> {
    let printed = "arn:aws:iam::210987654321user/alice";
    vec![
        edited(
            "probe/duplicate/principal".into(),
            &good().principal("member-a"),
            "lists/duplicate",
        ),
        edited("probe/duplicate/resource".into(), &good().subnet(1), "lists/duplicate"),
        edited("probe/blank/principal".into(), &good().named(""), "lists/blank"),
        edited("probe/blank/resource".into(), &good().by_arn(""), "lists/blank"),
        edited(
            "probe/spelling/space".into(),
            &disassociate("a").named("$account.member-a|space"),
            "values/spelling",
        ),
        edited(
            "probe/spelling/upper".into(),
            &disassociate("a").by_arn("$arn.owner.ec2:Subnet.1|upper"),
            "values/spelling",
        ),
        edited(
            "probe/spelling/twice".into(),
            &good().by_arn("$arn.owner.ec2:Subnet.1|upper"),
            "lists/spelling",
        ),
        edited(
            "probe/printed-user".into(),
            &disassociate("a").named(printed),
            "principals/printed-user",
        ),
        standard("disassociate/probe/printed-user/associated")
            .step(associate("a").named("$identity.2"))
            .test(disassociate("a").named(printed))
            .provoking(["principals/printed-user"])
            .done(),
        standard("disassociate/probe/later/sources")
            .test(good())
            .instead(&good().list("sources", ["210987654321"]))
            .provoking(["parameters/later"])
            .about(&["later/sources"])
            .done(),
        edited("probe/unknown-member".into(), &good().with("sharespec", "x"), "parameters/unknown"),
        edited(
            "probe/member-in-capitals".into(),
            &good().with("ClientToken", "x"),
            "parameters/unknown",
        ),
        edited(
            "probe/null-entry".into(),
            &good().entry("principals", Value::Null),
            "gateway/entry-null",
        ),
        case("disassociate/probe/outsider-in-another-share")
            .step(create_external("a"))
            .step(create_external("b"))
            .steps(join("b", "outsider"))
            .step(associate("a").principal("member-a"))
            .test(disassociate("a").principal("outsider").principal("member-a"))
            .provoking(["principals/some-not-associated"])
            .done(),
    ]
}

/// Members of another type of JSON.
fn types() -> Vec<Case> {
    let values = [
        ("text", json!("x")),
        ("number", json!(1)),
        ("fraction", json!(1.5)),
        ("true", json!(true)),
        ("object", json!({})),
        ("list", json!(["x"])),
    ];
    let mut cases = Vec::new();
    for member in ["resourceShareArn", "clientToken", "principals", "resourceArns"] {
        let is_list = member != "resourceShareArn" && member != "clientToken";
        for (name, value) in &values {
            if *name == if is_list { "list" } else { "text" } {
                continue;
            }
            let draft = good().with(member, value.clone());
            let end = format!("types/{member}/{name}");
            cases.push(edited(end, &draft, "gateway/member-type"));
        }
        for (name, value) in values.iter().filter(|(name, _)| is_list && *name != "text") {
            let draft = good().with(member, json!([value]));
            let end = format!("types/{member}/entry-{name}");
            cases.push(edited(end, &draft, "gateway/member-type"));
        }
    }
    cases
}
