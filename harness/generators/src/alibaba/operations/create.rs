//! CreateResourceShare: names, flags and what a share may hold from the start.

use super::wrong_lists::{WRONG, one_id_of_two_types};
use crate::alibaba::cast::{List, PRINCIPALS};
use crate::alibaba::draft::{Draft, create, create_external};
use crate::alibaba::plan::{Plan, case};
use crate::odd::odd_texts;
use serde_json::{Value, json};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = valid();
    cases.extend(names().map(|(end, name)| {
        named(&format!("name/{end}")).test(create("a").with("ResourceShareName", name)).done()
    }));
    // Every position and number is tried with AssociateResourceShare.
    let wrongs = WRONG.iter().filter(|(end, ..)| !end.contains("among"));
    cases.extend(wrongs.map(|(end, condition, put)| wrong(end, condition, &put(create("a")))));
    cases.extend(wrong_names().into_iter().map(|(end, condition, name)| {
        wrong(&end, condition, &create("a").with("ResourceShareName", name))
    }));
    let nameless = create("a").without("ResourceShareName");
    cases.push(wrong("share-name/missing", "share-name/missing", &nameless));
    cases.push(two_wrong_names());
    cases.extend(probes());
    cases
}

fn named(end: &str) -> Plan {
    case(format!("alibaba/create/{end}"))
}

fn wrong(end: &str, condition: &str, draft: &Draft) -> Case {
    named(end).test(create("a")).instead(draft).provoking([condition]).done()
}

fn valid() -> Vec<Case> {
    let five = |list| create("a").entries(list, 1..=5);
    let everyone = PRINCIPALS.iter().fold(create("a"), |draft, (_, target)| draft.target(*target));
    vec![
        named("valid/empty").test(create("a")).done(),
        named("valid/external").test(create_external("a")).done(),
        named("valid/not-external").test(create("a").with("AllowExternalTargets", false)).done(),
        named("valid/external-as-text")
            .test(create("a").with("AllowExternalTargets", "True"))
            .done(),
        named("valid/by-a-member").test(create("a").by("member-a")).done(),
        named("valid/by-an-outsider").test(create_external("a").by("other-owner")).done(),
        named("valid/one-resource").test(create("a").resource("VSwitch", 1)).done(),
        named("valid/one-arn").test(create("a").arn("VSwitch", 1)).done(),
        named("valid/five-resources").test(five(List::Resources)).done(),
        named("valid/five-targets").test(five(List::Targets)).done(),
        named("valid/every-kind-of-principal").test(everyone).done(),
        named("valid/five-of-both").test(five(List::Arns).entries(List::Targets, 1..=5)).done(),
        named("valid/outsider").test(create_external("a").account("outsider")).done(),
        named("valid/two-of-one-name")
            .step(create("a"))
            .test(create("b").with("ResourceShareName", "$name.a"))
            .done(),
    ]
}

/// Names of every allowed kind. They begin with the name of the suite, so that a sweep finds them.
pub(super) fn names() -> impl Iterator<Item = (&'static str, String)> {
    [
        ("short", "sharespec-a".to_owned()),
        ("fifty", format!("sharespec-{}", "n".repeat(40))),
        ("marks", "sharespec.a_b-c".to_owned()),
        ("digits", "sharespec-0123456789".to_owned()),
        ("capitals", "SHARESPEC-ABC".to_owned()),
        ("chinese", "sharespec-资源共享".to_owned()),
        ("fifty-chinese", format!("sharespec-{}", "共".repeat(40))),
    ]
    .into_iter()
}

/// Names that are certainly wrong, with the condition.
pub(super) fn wrong_names() -> Vec<(String, &'static str, String)> {
    let mut names = vec![
        ("share-name/empty".to_owned(), "share-name/empty", String::new()),
        ("share-name/too-long/51".to_owned(), "share-name/too-long", "n".repeat(51)),
        ("share-name/too-long/51-chinese".to_owned(), "share-name/too-long", "共".repeat(51)),
        ("share-name/too-long/3000".to_owned(), "share-name/too-long", "n".repeat(3000)),
    ];
    for (name, mark) in [("slash", '/'), ("at", '@'), ("star", '*'), ("hash", '#')] {
        let text = format!("sharespec{mark}a");
        names.push((format!("share-name/invalid/{name}"), "share-name/invalid", text));
    }
    let ascii = odd_texts().into_iter().filter(|(_, text)| text.is_ascii());
    names.extend(ascii.map(|(name, text)| {
        (format!("share-name/invalid/odd/{name}"), "share-name/invalid", text)
    }));
    names
}

fn two_wrong_names() -> Case {
    named("pairs/share-name-too-long+share-name-invalid")
        .test(create("a"))
        .instead(&create("a").with("ResourceShareName", "/".repeat(51)))
        .provoking(["share-name/too-long", "share-name/invalid"])
        .done()
}

fn probes() -> Vec<Case> {
    let probe = |end: &str, draft: Draft, condition: &str| {
        named(&format!("probe/{end}"))
            .test(create("a"))
            .instead(&draft)
            .provoking([condition])
            .done()
    };
    vec![
        probe("grouped/tags", create("a").list("Tag", reserved()), "share/grouped"),
        probe("grouped/group", create("a").with("ResourceGroupId", "rg-nothing"), "share/grouped"),
        probe(
            "external-flag/word",
            create("a").with("AllowExternalTargets", "yes"),
            "external-flag/invalid",
        ),
        probe(
            "external-flag/empty",
            create("a").with("AllowExternalTargets", ""),
            "external-flag/invalid",
        ),
        probe("caller-without-directory", create("a").by("other-owner"), "caller/no-directory"),
        probe(
            "type-of-another-region",
            create("a").resource("ROSTemplate", 1),
            "resources/type-elsewhere",
        ),
        probe("one-id-of-two-types", one_id_of_two_types(create("a")), "resources/duplicate-id"),
    ]
}

/// A key that is kept for the platform itself.
fn reserved() -> [Value; 1] {
    [json!({ "Key": "acs:made-by", "Value": "sharespec" })]
}
