//! Users with a policy: the action that allows a call, each condition key, and temporary credentials
//! with their token. What is denied changes nothing.

use super::forms::{plain, tampered};
use crate::alibaba::draft::{Draft, associate, create, disassociate};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::alibaba::{Form, Tamper};
use sharespec_wire::case::Case;

const TOKEN: &[&str] = &["alibaba-gateway/gateway/token"];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(actions());
    for (key, user, rule, plan, allowed, denied) in keys() {
        let named = |end: &str| plan(format!("alibaba/authorization/{key}/{end}")).about(rule);
        let by_user = |call: Draft| call.by(user);
        cases.push(named("allowed").test(by_user(allowed())).done());
        cases.push(negative(named("denied"), denied(), &by_user(denied())));
    }
    for (signed, form) in plain() {
        cases.extend(tokens(signed, &form));
    }
    cases
}

/// A call that the account may make, and one of its users may not.
fn negative(plan: Plan, call: Draft, denied: &Draft) -> Case {
    plan.test(call)
        .instead(denied)
        .provoking(["gateway/denied"])
        .about(&["alibaba-gateway/gateway/rejected"])
        .done()
}

/// The action of the call, that of another, and none.
fn actions() -> Vec<Case> {
    const RULE: &[&str] = &["authorization/action"];
    let removal = || disassociate("a").account("member-a").resource("VSwitch", 1);
    let addition = || associate("a").account("member-c").resource("VSwitch", 3);
    let mut cases = Vec::new();
    for (operation, call, allowed, other) in [
        ("disassociate", removal as fn() -> Draft, "user-disassociate", "user-associate"),
        ("associate", addition, "user-associate", "user-disassociate"),
    ] {
        let named = |end: &str| {
            standard(format!("alibaba/authorization/{operation}/action/{end}")).about(RULE)
        };
        cases.push(named("allowed").test(call().by(allowed)).done());
        cases.push(negative(named("of-another"), call(), &call().by(other)));
        let none = call().by("user-without-actions");
        cases.push(negative(named("none"), call(), &none));
    }
    cases
}

type Key = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn(String) -> Plan,
    fn() -> Draft,
    fn() -> Draft,
);

/// Each condition key: the user whose policy depends on it, a call that it allows, and one that it
/// does not.
fn keys() -> [Key; 5] {
    const TYPE: &[&str] = &["authorization/RequestedResourceType"];
    const ARN: &[&str] = &["authorization/ResourceArn"];
    const TARGET: &[&str] = &["authorization/Target"];
    [
        (
            "disassociate/type",
            "user-by-type",
            TYPE,
            mixed,
            || disassociate("a").resource("VSwitch", 1),
            || disassociate("a").resource("Image", 1),
        ),
        (
            "disassociate/arn",
            "user-by-arn",
            ARN,
            mixed,
            || disassociate("a").arn("VSwitch", 1),
            || disassociate("a").arn("VSwitch", 2),
        ),
        (
            "associate/type",
            "user-by-type",
            TYPE,
            empty,
            || associate("a").resource("VSwitch", 3),
            || associate("a").resource("Image", 1),
        ),
        (
            "associate/arn",
            "user-by-arn",
            ARN,
            empty,
            || associate("a").arn("VSwitch", 1),
            || associate("a").arn("VSwitch", 2),
        ),
        (
            "associate/target",
            "user-by-target",
            TARGET,
            empty,
            || associate("a").account("member-c"),
            || associate("a").account("member-d"),
        ),
    ]
}

/// A share with resources of two types.
fn mixed(id: String) -> Plan {
    standard(id).step(associate("a").resource("Image", 1))
}

/// A share with a principal that no case is about.
fn empty(id: String) -> Plan {
    case(id).step(create("a")).step(associate("a").account("member-a"))
}

/// Temporary credentials with their token, without it, and with another one.
fn tokens(signed: &str, form: &Form) -> Vec<Case> {
    let named =
        |end: &str| standard(format!("alibaba/authorization/token/{signed}/{end}")).about(TOKEN);
    let removal = || disassociate("a").account("member-a").by("session");
    vec![
        named("accepted").test(removal().form(form.clone())).done(),
        tampered(named("missing"), removal(), form, Tamper::MissingToken),
        tampered(named("wrong"), removal(), form, Tamper::WrongToken),
    ]
}
