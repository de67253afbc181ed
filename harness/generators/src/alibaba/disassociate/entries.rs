//! Entries that are wrong in themselves, at each position of a full list beside entries that are in
//! order: broken pairs, types that do not exist or that only ARNs name, texts that are nothing.

use crate::alibaba::cast::{ARN_ONLY, List, id_of};
use crate::alibaba::draft::{associate, create, disassociate, ordinary, pair};
use crate::alibaba::plan::{case, standard, stocked};
use serde_json::Value;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for position in 1..=5 {
        cases.extend(at(position));
        cases.push(arn_only_at(position));
    }
    cases.extend(alone());
    cases.push(arn_only());
    cases.push(arn_only_by_arn());
    cases.extend(conflicts());
    cases
}

fn whole(kind: &str, id: impl Into<Value>) -> Value {
    pair(Some(kind), Some(id.into()))
}

/// An entry that is wrong at one position of five.
fn at(position: usize) -> Vec<Case> {
    let id = || Some(id_of("owner", "VSwitch", position).into());
    let (half, broken) = match position % 2 {
        1 => ("pair-broken/no-type", pair(None, id())),
        _ => ("pair-broken/no-id", pair(Some("VSwitch"), None)),
    };
    vec![
        replaced(List::Resources, position, half, broken),
        replaced(List::Resources, position, "type-unknown/no-such", pair(Some("Spaceship"), id())),
        replaced(List::Targets, position, "malformed/word", "nobody".into()),
        replaced(List::Arns, position, "malformed/word", "nothing".into()),
    ]
}

fn replaced(list: List, position: usize, end: &str, entry: Value) -> Case {
    let condition = end.split('/').next().unwrap_or(end);
    let entries = (1..=5).map(|number| match number == position {
        true => entry.clone(),
        false => ordinary(list, number),
    });
    stocked(format!("alibaba/disassociate/{}/{end}/at-{position}", list.name()), list, 5)
        .test(disassociate("a").entries(list, 1..=5))
        .instead(&disassociate("a").list(list.parameter(), entries))
        .provoking([list.condition(condition)])
        .done()
}

/// An entry that is wrong and the only one.
fn alone() -> Vec<Case> {
    let id = id_of("owner", "VSwitch", 1);
    let mut cases = vec![
        only(List::Resources, "pair-broken/no-type", pair(None, Some(id.as_str().into()))),
        only(List::Resources, "pair-broken/no-id", pair(Some("VSwitch"), None)),
    ];
    for (name, kind) in [
        ("no-such", "Spaceship"),
        ("singular", "VSwitc"),
        ("plural", "VSwitches"),
        ("account", "Account"),
        ("number", "1"),
    ] {
        cases.push(only(
            List::Resources,
            &format!("type-unknown/{name}"),
            whole(kind, id.as_str()),
        ));
    }
    for (name, text) in [
        ("account-cut", "$account.member-a|cut"),
        ("account-padded", "$account.member-a|pad"),
        ("folder-of-nothing", "fd-0000000000"),
        ("directory-of-nothing", "rd-00000000"),
        ("word", "nobody"),
        ("role-arn", "acs:ram::1720505253000002:role/reader"),
        ("wildcard", "*"),
        ("share", "$share.a"),
    ] {
        cases.push(only(List::Targets, &format!("malformed/{name}"), text.into()));
    }
    for (name, text) in [
        ("word", "nothing"),
        ("resource-id", "$id.owner.VSwitch.1"),
        ("other-cloud", "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-1"),
        ("prefix-alone", "acs:"),
        ("no-separator", "acs"),
        ("other-separators", "acs/vpc/cn-hangzhou/1720505253000001/vswitch"),
        ("wildcard", "*"),
        ("account", "$account.member-a"),
    ] {
        cases.push(only(List::Arns, &format!("malformed/{name}"), text.into()));
    }
    cases
}

fn only(list: List, end: &str, entry: Value) -> Case {
    let condition = end.split('/').next().unwrap_or(end);
    standard(format!("alibaba/disassociate/{}/{end}/alone", list.name()))
        .test(disassociate("a").entries(list, [1]))
        .instead(&disassociate("a").list(list.parameter(), [entry]))
        .provoking([list.condition(condition)])
        .done()
}

/// A type that only ARNs name, in the share, asked for by type and id among four others.
fn arn_only_at(position: usize) -> Case {
    let number = |place: usize| if place < position { place } else { place - 1 };
    let entries = (1..=5).map(|place| match place == position {
        true => whole(ARN_ONLY, id_of("owner", ARN_ONLY, 1)),
        false => ordinary(List::Resources, number(place)),
    });
    case(format!("alibaba/disassociate/resources/type-arn-only/at-{position}"))
        .step(create("a"))
        .step(associate("a").entries(List::Arns, 1..=4).arn(ARN_ONLY, 1))
        .test(disassociate("a").entries(List::Arns, 1..=4).arn(ARN_ONLY, 1))
        .instead(&disassociate("a").list("Resources", entries))
        .provoking(["resources/type-arn-only"])
        .done()
}

fn arn_only() -> Case {
    case("alibaba/disassociate/resources/type-arn-only/alone")
        .step(create("a"))
        .step(associate("a").arn(ARN_ONLY, 1))
        .test(disassociate("a").arn(ARN_ONLY, 1))
        .instead(&disassociate("a").resource(ARN_ONLY, 1))
        .provoking(["resources/type-arn-only"])
        .done()
}

/// The same resource by its ARN is in order.
fn arn_only_by_arn() -> Case {
    case("alibaba/disassociate/arns/type-arn-only")
        .step(create("a"))
        .step(associate("a").arn(ARN_ONLY, 1).arn(ARN_ONLY, 2))
        .test(disassociate("a").arn(ARN_ONLY, 1))
        .done()
}

/// Resources and ResourceArns in one call, whatever they name.
fn conflicts() -> Vec<Case> {
    let base = |end: &str| {
        standard(format!("alibaba/disassociate/lists/conflict/{end}"))
            .test(disassociate("a").resource("VSwitch", 1))
            .provoking(["lists/conflict"])
    };
    let one = || disassociate("a").resource("VSwitch", 1);
    vec![
        base("same-resource").instead(&one().arn("VSwitch", 1)).done(),
        base("other-resource").instead(&one().arn("VSwitch", 2)).done(),
        base("with-targets").instead(&one().arn("VSwitch", 2).account("member-a")).done(),
        base("owner-self").instead(&one().arn("VSwitch", 2).mode("Self")).done(),
        stocked("alibaba/disassociate/lists/conflict/five-and-five", List::Resources, 5)
            .test(disassociate("a").entries(List::Resources, 1..=5))
            .instead(&disassociate("a").entries(List::Resources, 1..=5).entries(List::Arns, 1..=5))
            .provoking(["lists/conflict"])
            .done(),
    ]
}
