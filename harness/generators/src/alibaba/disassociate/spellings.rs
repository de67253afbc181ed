//! Probes of how values and lists are written: case and surrounding space, empty texts, and numbers
//! of list entries that are out of order. The documents say nothing of any of them.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{Draft, disassociate, ordinary, pair};
use crate::alibaba::plan::standard;
use serde_json::Value;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = modes();
    cases.extend(values());
    cases.extend(duplicates());
    cases.extend(blanks());
    cases.extend(numbers());
    cases
}

fn probe(end: &str, draft: &Draft, conditions: &[&str]) -> Case {
    standard(format!("alibaba/disassociate/probe/{end}"))
        .test(disassociate("a").account("member-a"))
        .instead(draft)
        .provoking(conditions.iter().copied())
        .done()
}

fn modes() -> Vec<Case> {
    let spelled = [
        ("empty", ""),
        ("space", " "),
        ("lower", "self"),
        ("upper", "SELF"),
        ("space-before", " Self"),
        ("space-after", "Self "),
        ("other-lower", "otheraccounts"),
    ];
    spelled
        .iter()
        .map(|(name, text)| {
            let draft = disassociate("a").account("member-a").mode(text);
            probe(&format!("owner-mode-spelling/{name}"), &draft, &["owner-mode/spelling"])
        })
        .collect()
}

fn values() -> Vec<Case> {
    let value = |name: &str, draft: &Draft, more: &[&str]| {
        let conditions: Vec<&str> =
            std::iter::once("values/spelling").chain(more.iter().copied()).collect();
        probe(&format!("spelling/{name}"), draft, &conditions)
    };
    let of_type = |kind: &str| disassociate("a").pair(kind, "$id.owner.VSwitch.1");
    let of_id =
        |edit: &str| disassociate("a").pair("VSwitch", format!("$id.owner.VSwitch.1|{edit}"));
    let of_arn = |edit: &str| {
        disassociate("a").entry("ResourceArns", format!("$arn.owner.VSwitch.1|{edit}"))
    };
    vec![
        value("type-lower", &of_type("vswitch"), &[]),
        value("type-upper", &of_type("VSWITCH"), &[]),
        value("type-space", &of_type("VSwitch "), &[]),
        value("id-upper", &of_id("upper"), &[]),
        value("id-space", &of_id("space"), &[]),
        value("arn-upper", &of_arn("upper"), &[]),
        value("arn-space", &of_arn("space"), &[]),
        value("account-space", &disassociate("a").target("$account.member-a|space"), &[]),
    ]
}

/// Two entries of one list that differ in case or space alone.
fn duplicates() -> Vec<Case> {
    let twice = |name: &str, draft: &Draft, more: &[&str]| {
        let conditions: Vec<&str> =
            ["lists/spelling", "values/spelling"].iter().chain(more).copied().collect();
        probe(&format!("duplicate-spelling/{name}"), draft, &conditions)
    };
    vec![
        twice(
            "resource-upper",
            &disassociate("a").resource("VSwitch", 1).pair("VSwitch", "$id.owner.VSwitch.1|upper"),
            &[],
        ),
        twice(
            "resource-space",
            &disassociate("a").resource("VSwitch", 1).pair("VSwitch", "$id.owner.VSwitch.1|space"),
            &[],
        ),
        twice(
            "arn-space",
            &disassociate("a")
                .arn("VSwitch", 1)
                .entry("ResourceArns", "$arn.owner.VSwitch.1|space"),
            &[],
        ),
        twice(
            "account-space",
            &disassociate("a").account("member-a").target("$account.member-a|space"),
            &[],
        ),
    ]
}

/// Empty texts as entries: the only one, and the last.
fn blanks() -> Vec<Case> {
    let mut cases = Vec::new();
    for list in List::ALL {
        let blank = || match list {
            List::Resources => pair(Some(""), Some("".into())),
            List::Targets | List::Arns => Value::from(""),
        };
        for (name, entries) in
            [("alone", vec![blank()]), ("last", vec![ordinary(list, 1), blank()])]
        {
            let draft = disassociate("a").list(list.parameter(), entries);
            cases.push(probe(
                &format!("blank-entries/{}/{name}", list.name()),
                &draft,
                &["lists/blank"],
            ));
        }
    }
    let halves = [
        ("no-id", pair(Some("VSwitch"), Some("".into()))),
        ("no-type", pair(Some(""), Some("$id.owner.VSwitch.1".into()))),
    ];
    cases.extend(halves.map(|(name, entry)| {
        let draft = disassociate("a").entry("Resources", entry);
        probe(&format!("blank-entries/resources/{name}"), &draft, &["lists/blank"])
    }));
    cases
}

/// Keys of entries that follow no rule. Two pages say that numbers are 1 to 5.
fn numbers() -> Vec<Case> {
    const RANGE: &str = "alibaba-disassociate-2020/index/range";
    const GAP: &str = "alibaba-disassociate-2020/index/gap";
    let member = "$account.member-a";
    let second = "$account.member-b";
    let targets = |keys: &[(&str, &str)]| {
        keys.iter().fold(disassociate("a"), |draft, (key, value)| draft.with(key, *value))
    };
    let one = || disassociate("a").account("member-a");
    let resource = |number: &str, id: &str| {
        disassociate("a")
            .with(&format!("Resources.{number}.ResourceType"), "VSwitch")
            .with(&format!("Resources.{number}.ResourceId"), id)
    };
    let drafts = [
        ("gap", one().with("Targets.3", second)),
        ("five-alone", targets(&[("Targets.5", member)])),
        ("six-alone", targets(&[("Targets.6", member)])),
        ("six-beside-one", one().with("Targets.6", second)),
        ("zero-beside-one", one().with("Targets.0", second)),
        ("leading-zero-beside-one", one().with("Targets.02", second)),
        ("one-and-five", one().with("Targets.5", second)),
        ("zero-of-resources", resource("0", "$id.owner.VSwitch.1")),
        ("six-of-resources", resource("6", "$id.owner.VSwitch.1")),
        ("five-of-resources", resource("5", "$id.owner.VSwitch.1")),
        ("leading-zero-of-resources", resource("01", "$id.owner.VSwitch.1")),
        ("zero-of-arns", disassociate("a").with("ResourceArns.0", "$arn.owner.VSwitch.1")),
        ("six-of-arns", disassociate("a").with("ResourceArns.6", "$arn.owner.VSwitch.1")),
        ("five-of-arns", disassociate("a").with("ResourceArns.5", "$arn.owner.VSwitch.1")),
        ("zero", targets(&[("Targets.0", member)])),
        ("from-two", targets(&[("Targets.2", member)])),
        ("leading-zero", targets(&[("Targets.01", member)])),
        ("repeated", one().with("Targets.1", second)),
        ("field-in-a-text", targets(&[("Targets.1.Id", member), ("Targets.1.", second)])),
        ("far", one().with("Targets.1001", second)),
        ("word", one().with("Targets.first", second)),
        ("brackets", one().with("Resources.1.ResourceId.1", "$id.owner.VSwitch.1")),
        (
            "gap-of-arns",
            disassociate("a").arn("VSwitch", 1).with("ResourceArns.3", "$arn.owner.VSwitch.2"),
        ),
        (
            "gap-of-resources",
            disassociate("a")
                .resource("VSwitch", 1)
                .with("Resources.3.ResourceType", "VSwitch")
                .with("Resources.3.ResourceId", "$id.owner.VSwitch.2"),
        ),
        (
            "text-as-record",
            disassociate("a").resource("VSwitch", 1).with("Resources.1", "$id.owner.VSwitch.1"),
        ),
    ];
    drafts
        .iter()
        .map(|(name, draft)| {
            standard(format!("alibaba/disassociate/probe/irregular-index/{name}"))
                .test(disassociate("a").account("member-a"))
                .instead(draft)
                .provoking(["lists/irregular"])
                .about(&[RANGE, GAP])
                .done()
        })
        .collect()
}
