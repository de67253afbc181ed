//! What every list has in common: paging and the filter of share ids, each condition alone.

use crate::alibaba::draft::{Draft, create};
use crate::alibaba::plan::{Plan, standard};
use sharespec_wire::case::{Case, Step};

/// The cases of a list, given a valid call of it on the standard share.
pub(super) fn cases(group: &str, draft: &Draft) -> Vec<Case> {
    let mut cases = brief(group, draft);
    cases.extend(["2", "20", "100"].map(|size| page(group, draft, size)));
    cases.extend(wrong_pages(group, draft));
    if group == "list-shares" {
        cases.push(five_shares(group, draft));
    }
    cases.extend(probes(group, draft));
    cases
}

/// The same for a list of which the parameters are read as those of another: each condition once.
pub(super) fn brief(group: &str, draft: &Draft) -> Vec<Case> {
    let sized = |size: &str| draft.clone().with("MaxResults", size);
    let token = |text: &str| draft.clone().with("NextToken", text);
    let mut cases = vec![
        page(group, draft, "1"),
        wrong(group, "max-results/invalid/zero", draft, &sized("0")),
        wrong(group, "max-results/invalid/101", draft, &sized("101")),
        wrong(group, "next-token/too-long/257", draft, &token(&"n".repeat(257))),
        wrong(group, "next-token/invalid/word", draft, &token("nothing")),
        unknown_share(group, draft, "unknown", "a|swap"),
        unknown_share(group, draft, "malformed", "a|cut"),
    ];
    cases.extend(wrong_shares(group, draft));
    cases
}

fn named(group: &str, end: &str) -> Plan {
    standard(format!("alibaba/{group}/{end}"))
}

/// A page of some size: the walk finds every row once.
fn page(group: &str, draft: &Draft, size: &str) -> Case {
    let test = draft.clone().with("MaxResults", size);
    named(group, &format!("page/{size}")).test(test).done()
}

fn wrong(group: &str, end: &str, draft: &Draft, changed: &Draft) -> Case {
    let condition: Vec<&str> = end.split('/').take(2).collect();
    named(group, end).test(draft.clone()).instead(changed).provoking([condition.join("/")]).done()
}

fn wrong_pages(group: &str, draft: &Draft) -> Vec<Case> {
    let sizes = [("negative", "-1"), ("million", "1000000"), ("word", "ten")];
    let mut cases: Vec<Case> = sizes
        .iter()
        .map(|(name, size)| {
            let changed = draft.clone().with("MaxResults", *size);
            wrong(group, &format!("max-results/invalid/{name}"), draft, &changed)
        })
        .collect();
    for (end, token) in [
        ("next-token/too-long/3000", "n".repeat(3000)),
        ("next-token/invalid/256", "n".repeat(256)),
    ] {
        cases.push(wrong(group, end, draft, &draft.clone().with("NextToken", token)));
    }
    cases
}

/// A list of shares by name.
fn of(draft: &Draft, names: &[&str]) -> Draft {
    draft.clone().list("ResourceShareIds", names.iter().map(|name| format!("$share.{name}")))
}

fn more_shares() -> [Step; 5] {
    ["b", "c", "d", "e", "f"].map(|name| create(name).into())
}

fn five_shares(group: &str, draft: &Draft) -> Case {
    named(group, "share-ids/five")
        .steps(more_shares())
        .test(of(draft, &["a", "b", "c", "d", "e"]))
        .done()
}

fn wrong_shares(group: &str, draft: &Draft) -> Vec<Case> {
    let pair = |one: &str, other: &str, changed: &Draft| {
        let end = format!("pairs/{}+{}", one.replace('/', "-"), other.replace('/', "-"));
        named(group, &end).test(draft.clone()).instead(changed).provoking([one, other]).done()
    };
    let twice = of(draft, &["a", "a"]);
    vec![
        wrong(group, "share-ids/duplicate/alone", draft, &twice),
        named(group, "share-ids/over-limit/6")
            .steps(more_shares())
            .test(draft.clone())
            .instead(&of(draft, &["a", "b", "c", "d", "e", "f"]))
            .provoking(["share-ids/over-limit"])
            .done(),
        pair("share-ids/duplicate", "share-ids/over-limit", &of(draft, &["a"; 6])),
        pair("share-ids/duplicate", "share-ids/over-gateway", &of(draft, &["a"; 21])),
        pair("share-ids/duplicate", "max-results/invalid", &twice.with("MaxResults", "0")),
    ]
}

fn probe(group: &str, end: &str, draft: &Draft, changed: &Draft, conditions: &[&str]) -> Case {
    named(group, &format!("probe/{end}"))
        .test(draft.clone())
        .instead(changed)
        .provoking(conditions.iter().copied())
        .done()
}

fn unknown_share(group: &str, draft: &Draft, end: &str, share: &str) -> Case {
    let changed = of(draft, &[share]);
    probe(group, &format!("share-ids/{end}"), draft, &changed, &["filter/unknown"])
}

fn probes(group: &str, draft: &Draft) -> Vec<Case> {
    let sized = |size: &str| draft.clone().with("MaxResults", size);
    let token = |text: &str| draft.clone().with("NextToken", text);
    let shares = |text: &str| draft.clone().list("ResourceShareIds", [text]);
    let spelling = "values/spelling";
    let probes: [(&str, Draft, &[&str]); 8] = [
        ("share-ids/word", shares("nothing"), &["filter/unknown"]),
        ("share-ids/blank", shares(""), &["lists/blank"]),
        (
            "share-ids/gap",
            draft.clone().with("ResourceShareIds.3", "$share.a"),
            &["lists/irregular"],
        ),
        ("max-results/empty", sized(""), &[spelling]),
        ("max-results/zero-first", sized("05"), &[spelling]),
        ("max-results/huge", sized("99999999999999999999"), &[spelling]),
        ("max-results/fraction", sized("1.5"), &[spelling]),
        ("next-token/empty", token(""), &[spelling]),
    ];
    probes
        .iter()
        .map(|(end, changed, conditions)| probe(group, end, draft, changed, conditions))
        .collect()
}
