//! DisassociateResourceShare: valid calls of every shape, and each condition of the share alone.

use super::cast::{
    PRINCIPALS, Puts, accept, associate, case, create, create_external, delete, disassociate,
    invitations, join, look_at, reject, standard,
};
use crate::draft::{Draft, call, hold, release};
use sharespec_wire::aws::Form;
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = valid();
    cases.extend(principals());
    cases.extend(forms());
    cases.extend(shares());
    cases.extend(statuses());
    cases.extend(bystanders());
    cases.extend(leaving());
    cases
}

fn valid() -> Vec<Case> {
    let named = |end: &str| standard(format!("disassociate/valid/{end}"));
    vec![
        named("one-resource").test(disassociate("a").subnet(1)).done(),
        named("one-principal").test(disassociate("a").principal("member-a")).done(),
        named("one-of-each").test(disassociate("a").subnet(1).principal("member-a")).done(),
        named("two-resources").test(disassociate("a").subnet(2).subnet(1)).done(),
        named("two-principals")
            .test(disassociate("a").principal("member-b").principal("member-a"))
            .done(),
        named("everything")
            .test(disassociate("a").subnet(1).principal("member-a").subnet(2).principal("member-b"))
            .done(),
        named("one-after-another")
            .step(disassociate("a").subnet(1))
            .test(disassociate("a").subnet(2))
            .done(),
        named("after-re-association")
            .step(disassociate("a").subnet(1))
            .step(associate("a").subnet(1))
            .test(disassociate("a").subnet(1))
            .done(),
        named("after-rename")
            .step(super::cast::on_share("UpdateResourceShare", "a").with("name", "$name.other"))
            .test(disassociate("a").principal("member-b"))
            .done(),
        case("disassociate/valid/the-only-resource")
            .step(create("a"))
            .step(associate("a").subnet(3))
            .test(disassociate("a").subnet(3))
            .done(),
        case("disassociate/valid/the-only-principal")
            .step(create("a"))
            .step(associate("a").principal("member-03"))
            .test(disassociate("a").principal("member-03"))
            .done(),
        case("disassociate/valid/made-with-the-share")
            .step(create("a").subnet(4).principal("member-04"))
            .test(disassociate("a").subnet(4).principal("member-04"))
            .done(),
        case("disassociate/valid/many-principals")
            .step(create("a"))
            .steps(crowd())
            .test((3..=20).fold(disassociate("a"), |draft, number| {
                draft.principal(&format!("member-{number:02}"))
            }))
            .done(),
        case("disassociate/valid/many-resources")
            .step(create("a"))
            .steps(stock())
            .test((1..=20).fold(disassociate("a"), |draft, number| draft.subnet(number)))
            .done(),
    ]
}

fn crowd() -> Vec<Step> {
    let all = (3..=20)
        .fold(associate("a"), |draft, number| draft.principal(&format!("member-{number:02}")));
    vec![all.into()]
}

fn stock() -> Vec<Step> {
    vec![(1..=20).fold(associate("a"), |draft, number| draft.subnet(number)).into()]
}

fn principals() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, symbol) in PRINCIPALS {
        cases.push(
            case(format!("disassociate/valid/principal/{name}"))
                .step(create("a"))
                .step(associate("a").named(symbol).subnet(1))
                .test(disassociate("a").named(symbol))
                .done(),
        );
        // Another principal of each kind stays.
        for (other, other_symbol) in PRINCIPALS.iter().filter(|(other, _)| other != name) {
            cases.push(
                case(format!("disassociate/valid/principal/{name}/beside-{other}"))
                    .step(create("a"))
                    .step(associate("a").named(symbol).named(other_symbol).subnet(1))
                    .test(disassociate("a").named(symbol))
                    .done(),
            );
        }
    }
    for kind in ["ec2:TransitGateway", "acm-pca:CertificateAuthority"] {
        let arn = format!("$arn.owner.{kind}.1");
        cases.push(
            case(format!("disassociate/valid/type/{}", kind.replace(':', "-")))
                .step(create("a"))
                .step(associate("a").by_arn(&arn).subnet(1).principal("member-a"))
                .test(disassociate("a").by_arn(&arn))
                .done(),
        );
    }
    cases.push(
        case("disassociate/valid/principal/outsider")
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .test(disassociate("a").principal("outsider"))
            .done(),
    );
    cases.push(
        case("disassociate/valid/principal/outsider-beside-member")
            .step(create_external("a"))
            .step(associate("a").principal("member-a"))
            .steps(join("a", "outsider"))
            .test(disassociate("a").principal("member-a"))
            .done(),
    );
    cases
}

/// Whatever clients vary.
fn forms() -> Vec<Case> {
    let mut forms: Vec<(String, Form)> =
        Form::presets().iter().map(|(name, form)| ((*name).to_owned(), form())).collect();
    let null = |names: &[&str]| Form {
        nulls: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Form::default()
    };
    forms.push(("null-token".into(), null(&["clientToken"])));
    forms.push(("null-list".into(), null(&["resourceArns"])));
    forms.push((
        "charset".into(),
        Form { content_type: Some("application/json; charset=utf-8".into()), ..Form::default() },
    ));
    forms.push((
        "accept".into(),
        Form { accept: Some("application/json".into()), ..Form::default() },
    ));
    forms.push(("accept-anything".into(), Form { accept: Some("*/*".into()), ..Form::default() }));
    let test = |draft: Draft, form: &Form| draft.form(form.clone());
    forms
        .iter()
        .flat_map(|(name, form)| {
            let null = name.starts_with("null").then_some("gateway/member-null");
            [
                standard(format!("disassociate/forms/{name}/accepted"))
                    .test(test(disassociate("a").principal("member-a"), form))
                    .about(&["effect/removed"])
                    .provoking(null)
                    .done(),
                standard(format!("disassociate/forms/{name}/rejected"))
                    .test(test(disassociate("a").principal("member-a"), form))
                    .instead(
                        &disassociate("a")
                            .with("resourceShareArn", "$share.a|unknown")
                            .principal("member-a"),
                    )
                    .provoking(["share/unknown"])
                    .done(),
            ]
        })
        .collect()
}

/// The share that is named.
fn shares() -> Vec<Case> {
    let good = || disassociate("a").subnet(1);
    let mut cases = Vec::new();
    let mut push = |end: String, draft: Draft, condition: &str| {
        cases.push(
            standard(format!("disassociate/{end}"))
                .test(good())
                .instead(&draft)
                .provoking([condition])
                .done(),
        );
    };
    push("share-arn/missing".into(), good().without("resourceShareArn"), "share-arn/missing");
    push("share-arn/empty".into(), good().with("resourceShareArn", ""), "share-arn/empty");
    let malformed = [
        ("word", "share"),
        ("id-alone", "7ab63972-b505-7e2a-420d-6f5d31234567"),
        ("too-few-parts", "arn:aws:ram:us-east-1"),
        ("two-parts", "arn:aws"),
        ("url", "https://example.com/resource-share/1"),
        ("no-prefix", "aws:ram:us-east-1:123456789012:resource-share/x"),
        ("digits", "123456789012"),
    ];
    for (name, text) in malformed {
        let draft = good().with("resourceShareArn", text);
        push(format!("share-arn/malformed/{name}"), draft, "share-arn/malformed");
    }
    let other = [
        ("of-a-resource", "$arn.owner.ec2:Subnet.1"),
        ("of-an-organization", "$directory.owner"),
        ("of-an-invitation", "arn:aws:ram:us-east-1:123456789012:resource-share-invitation/x"),
        ("of-a-permission", "arn:aws:ram::aws:permission/AWSRAMDefaultPermissionSubnet"),
        ("without-id", "arn:aws:ram:us-east-1:123456789012:resource-share/"),
        ("of-another-service", "arn:aws:s3:::bucket"),
    ];
    for (name, text) in other {
        let draft = good().with("resourceShareArn", text);
        push(format!("share-arn/other/{name}"), draft, "share-arn/other");
    }
    for edit in ["region", "account"] {
        let draft = good().with("resourceShareArn", format!("$share.a|{edit}"));
        push(format!("share-arn/other/{edit}"), draft, "share-arn/other");
    }
    for edit in ["upper", "space"] {
        let draft = good().with("resourceShareArn", format!("$share.a|{edit}"));
        push(format!("probe/share-arn/{edit}"), draft, "values/spelling");
    }
    push(
        "share/unknown".into(),
        good().with("resourceShareArn", "$share.a|unknown"),
        "share/unknown",
    );
    for caller in ["member-a", "member-c", "outsider", "other-owner", "small-owner"] {
        if caller == "member-c" {
            continue;
        }
        push(format!("share/foreign/{caller}"), good().by(caller), "share/foreign");
    }
    push(
        "share/foreign/both-lists".into(),
        disassociate("a").subnet(1).principal("member-a").by("member-a"),
        "share/foreign",
    );
    cases
}

/// The statuses of the share and of what is named.
fn statuses() -> Vec<Case> {
    let named = |end: &str| standard(format!("disassociate/{end}"));
    let good = || disassociate("a").subnet(1);
    vec![
        named("share/deleted")
            .test(good())
            .before([delete("a").into()])
            .provoking(["share/deleted"])
            .done(),
        named("share/deleting")
            .test(good())
            .before([hold(), delete("a").unsettled().into()])
            .provoking(["share/deleting"])
            .done(),
        named("entities/associating/resource")
            .test(disassociate("a").subnet(3))
            .before([hold(), associate("a").subnet(3).unsettled().into()])
            .provoking(["entities/associating"])
            .done(),
        named("entities/associating/principal")
            .test(disassociate("a").principal("member-03"))
            .before([hold(), associate("a").principal("member-03").unsettled().into()])
            .provoking(["entities/associating"])
            .done(),
        named("share/busy/associating")
            .test(good())
            .before([hold(), associate("a").subnet(3).unsettled().into()])
            .provoking(["share/busy"])
            .done(),
        named("share/busy/disassociating")
            .test(good())
            .before([hold(), disassociate("a").subnet(2).unsettled().into()])
            .provoking(["share/busy"])
            .done(),
        named("share/busy/principal")
            .test(good())
            .before([hold(), disassociate("a").principal("member-a").unsettled().into()])
            .provoking(["share/busy"])
            .done(),
        named("entities/ended/disassociating")
            .test(good())
            .before([hold(), good().unsettled().into()])
            .provoking(["entities/ended"])
            .done(),
        named("entities/held/released")
            .step(hold())
            .step(associate("a").subnet(5).unsettled())
            .step(release())
            .step(Step::Settle)
            .test(disassociate("a").subnet(5))
            .done(),
        case("disassociate/entities/ended/disassociated/resource")
            .step(create("a"))
            .step(associate("a").subnet(1).subnet(2))
            .step(disassociate("a").subnet(1))
            .test(disassociate("a").subnet(1))
            .done(),
        case("disassociate/entities/ended/disassociated/principal")
            .step(create("a"))
            .step(associate("a").principal("member-a").principal("member-b"))
            .step(disassociate("a").principal("member-a"))
            .test(disassociate("a").principal("member-a"))
            .done(),
        case("disassociate/entities/invited")
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .step(look_at("a"))
            .test(disassociate("a").principal("outsider"))
            .done(),
        case("disassociate/entities/rejected")
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .step(reject("a", "outsider"))
            .test(disassociate("a").principal("outsider"))
            .done(),
        case("disassociate/valid/while-another-is-invited")
            .step(create_external("a"))
            .step(associate("a").subnet(1).principal("member-a"))
            .step(associate("a").principal("outsider"))
            .test(disassociate("a").principal("member-a"))
            .done(),
        case("disassociate/valid/accepted-in-between")
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .step(accept("a", "outsider"))
            .step(disassociate("a").principal("outsider"))
            .test(associate("a").principal("outsider"))
            .done(),
    ]
}

/// What the call does not name stays as it is.
fn bystanders() -> Vec<Case> {
    let two = |end: &str| {
        case(format!("disassociate/bystanders/{end}"))
            .step(create("a"))
            .step(create("b"))
            .step(associate("a").subnet(1).subnet(2).principal("member-a").principal("member-b"))
            .step(associate("b").subnet(1).subnet(2).principal("member-a").principal("member-b"))
    };
    let gateway = "$arn.other-owner.ec2:TransitGateway.1";
    vec![
        two("same-resource-in-another-share").test(disassociate("a").subnet(1)).done(),
        two("same-principal-in-another-share").test(disassociate("a").principal("member-a")).done(),
        two("everything-in-another-share")
            .test(disassociate("b").subnet(1).subnet(2).principal("member-a").principal("member-b"))
            .done(),
        two("removed-from-both")
            .step(disassociate("b").subnet(1))
            .test(disassociate("a").subnet(1))
            .done(),
        two("rejected")
            .test(disassociate("a").subnet(1))
            .instead(&disassociate("a").subnet(1).with("resourceShareArn", "$share.a|unknown"))
            .provoking(["share/unknown"])
            .done(),
        case("disassociate/bystanders/another-owner")
            .step(create("a"))
            .step(associate("a").subnet(1).principal("member-a"))
            .step(create_external("b").by("other-owner"))
            .step(associate("b").by_arn(gateway).by("other-owner"))
            .test(disassociate("a").subnet(1))
            .done(),
        case("disassociate/bystanders/by-another-owner")
            .step(create("a"))
            .step(associate("a").subnet(1).principal("member-a"))
            .step(create_external("b").by("other-owner"))
            .step(associate("b").by_arn(gateway).by("other-owner"))
            .test(disassociate("b").by_arn(gateway).by("other-owner"))
            .done(),
        standard("disassociate/bystanders/ended-rows")
            .step(associate("a").subnet(3).principal("member-03"))
            .step(disassociate("a").subnet(3).principal("member-03"))
            .test(disassociate("a").subnet(1))
            .done(),
        standard("disassociate/bystanders/unit-and-its-account")
            .step(associate("a").named("$folder.member-b").named("$directory.owner"))
            .test(disassociate("a").principal("member-b"))
            .done(),
        standard("disassociate/bystanders/role-and-its-account")
            .step(associate("a").named("$identity.1").named("$identity.2"))
            .test(disassociate("a").principal("member-a"))
            .done(),
    ]
}

/// A principal that takes itself out of the share of another account.
fn leaving() -> Vec<Case> {
    let own = |role: &str| disassociate("a").principal(role).by(role);
    let joined = |end: &str| {
        case(format!("disassociate/leave/{end}"))
            .step(create_external("a"))
            .step(associate("a").by_arn("$arn.owner.ec2:TransitGateway.1").principal("member-a"))
            .steps(join("a", "outsider"))
    };
    vec![
        joined("outside").test(own("outsider")).provoking(["leave/outside"]).done(),
        joined("outside/again").step(own("outsider")).test(own("outsider")).done(),
        joined("inside/account").test(own("member-a")).provoking(["leave/inside"]).done(),
        joined("others/principal")
            .test(own("outsider"))
            .instead(&disassociate("a").principal("member-a").by("outsider"))
            .provoking(["share/foreign"])
            .done(),
        joined("others/resource")
            .test(own("outsider"))
            .instead(&disassociate("a").by_arn("$arn.owner.ec2:TransitGateway.1").by("outsider"))
            .provoking(["share/foreign"])
            .done(),
        joined("others/both")
            .test(own("outsider"))
            .instead(&disassociate("a").principal("outsider").principal("member-a").by("outsider"))
            .provoking(["share/foreign"])
            .done(),
        standard("disassociate/leave/stranger")
            .test(disassociate("a").principal("member-a"))
            .instead(&own("outsider"))
            .provoking(["share/foreign"])
            .done(),
        case("disassociate/leave/inside/unit")
            .step(create("a"))
            .step(associate("a").subnet(1).named("$folder.member-b"))
            .test(own("member-b"))
            .provoking(["leave/inside"])
            .done(),
        case("disassociate/leave/inside/organization")
            .step(create("a"))
            .step(associate("a").subnet(1).named("$directory.owner"))
            .test(own("member-03"))
            .provoking(["leave/inside"])
            .done(),
        case("disassociate/leave/invited")
            .step(create_external("a"))
            .step(associate("a").principal("outsider"))
            .test(
                call("outsider", "DisassociateResourceShare")
                    .with("resourceShareArn", "$share.a")
                    .principal("outsider"),
            )
            .provoking(["leave/ended"])
            .done(),
    ]
}
