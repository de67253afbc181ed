//! Each part of a key alone: an entity, an ARN or a share that differs in one part from one that is
//! there. Only what names exactly the same thing is the same thing.

use crate::alibaba::cast::{List, id_of};
use crate::alibaba::draft::{Draft, associate, create, disassociate, ordinary};
use crate::alibaba::plan::{case, standard};
use serde_json::Value;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = resources();
    cases.extend(types());
    cases.extend(arns());
    cases.extend(targets());
    cases.extend(shares());
    cases
}

fn instead_of(list: List, end: &str, condition: &str, draft: &Draft) -> Case {
    standard(format!("alibaba/disassociate/{}/{end}", list.name()))
        .test(disassociate("a").entries(list, [1]))
        .instead(draft)
        .provoking([list.condition(condition)])
        .done()
}

/// Another id of the same type, of a resource that exists or of none.
fn resources() -> Vec<Case> {
    let other = |end: &str, kind: &str, id: &str| {
        let condition = end.split('/').next().unwrap_or(end);
        let draft = disassociate("a").pair(kind, id);
        instead_of(List::Resources, end, condition, &draft)
    };
    let mut cases = vec![
        other("not-associated/same-type", "VSwitch", "$id.owner.VSwitch.3"),
        other("not-associated/other-type", "Image", "$id.owner.Image.1"),
        other("not-associated/other-owner", "VSwitch", "$id.other-owner.VSwitch.1"),
        other("unknown/type-of-another", "PrefixList", "$id.owner.VSwitch.1"),
        other("unknown/arn-as-id", "VSwitch", "$arn.owner.VSwitch.1"),
        other("unknown/account-as-id", "VSwitch", "$account.member-a"),
    ];
    for edit in ["cut", "pad", "swap", "first", "last"] {
        let id = format!("$id.owner.VSwitch.1|{edit}");
        cases.push(other(&format!("unknown/id-{edit}"), "VSwitch", &id));
    }
    cases
}

/// The id of a resource in the share under other types.
fn types() -> Vec<Case> {
    ["Image", "KMSInstance", "ROSTemplate"]
        .iter()
        .map(|kind| {
            let draft = disassociate("a").pair(kind, id_of("owner", "VSwitch", 1));
            instead_of(List::Resources, &format!("unknown/as-{kind}"), "unknown", &draft)
        })
        .collect()
}

/// ARNs that differ in one part.
fn arns() -> Vec<Case> {
    let mut cases = Vec::new();
    let parts = ["service", "region", "account", "kind", "id", "cut", "pad", "swap", "last"];
    for part in parts {
        let arn = format!("$arn.owner.VSwitch.1|{part}");
        let draft = disassociate("a").entry("ResourceArns", arn);
        cases.push(instead_of(List::Arns, &format!("elsewhere/{part}"), "elsewhere", &draft));
    }
    for (name, arn) in [
        ("fewer-parts", "acs:vpc:cn-hangzhou"),
        ("no-resource", "acs:vpc:cn-hangzhou:1720505253000001:"),
        ("global", "acs:vpc:*:1720505253000001:vswitch/*"),
    ] {
        let draft = disassociate("a").entry("ResourceArns", arn);
        cases.push(instead_of(List::Arns, &format!("elsewhere/{name}"), "elsewhere", &draft));
    }
    for (name, arn) in [
        ("same-type", "$arn.owner.VSwitch.3"),
        ("other-type", "$arn.owner.Image.1"),
        ("other-owner", "$arn.other-owner.VSwitch.1"),
    ] {
        let draft = disassociate("a").entry("ResourceArns", arn);
        let end = format!("not-associated/{name}");
        cases.push(instead_of(List::Arns, &end, "not-associated", &draft));
    }
    cases
}

/// Principals that are not in the share, near to one that is.
fn targets() -> Vec<Case> {
    let inside = [
        ("member", "$account.member-c"),
        ("folder-account", "$account.member-e"),
        ("folder", "$folder.member-e"),
        ("root-folder", "$root.owner"),
        ("directory", "$directory.owner"),
        ("management-account", "$account.owner"),
    ];
    let outside = [
        ("account-swap", "$account.member-a|swap"),
        ("account-first", "$account.member-a|first"),
        ("outsider", "$account.outsider"),
        ("other-owner", "$account.other-owner"),
        ("other-directory", "$directory.quiet-owner"),
        ("other-member", "$account.quiet-member"),
        ("service", "$service.1"),
        ("sixteen-zeros", "0000000000000000"),
    ];
    let case = |condition: &str, (name, target): &(&str, &str)| {
        let draft = disassociate("a").target(*target);
        instead_of(List::Targets, &format!("{condition}/{name}"), condition, &draft)
    };
    let mut cases: Vec<Case> = inside.iter().map(|each| case("not-associated", each)).collect();
    cases.extend(outside.iter().map(|each| case("outside-directory", each)));
    cases.extend(covered());
    cases
}

/// An account that a folder or a directory brings in is no entity of the share itself, nor is the
/// directory one because an account of it is.
fn covered() -> Vec<Case> {
    let within = [
        ("account-of-folder", "$folder.member-e", "$account.member-e"),
        ("account-of-directory", "$directory.owner", "$account.member-a"),
        ("account-of-root-folder", "$root.owner", "$account.member-a"),
        ("folder-of-directory", "$directory.owner", "$folder.member-e"),
        ("directory-of-root-folder", "$root.owner", "$directory.owner"),
        ("folder-of-account", "$account.member-e", "$folder.member-e"),
    ];
    within
        .iter()
        .map(|(name, there, asked)| {
            case(format!("alibaba/disassociate/targets/not-associated/{name}"))
                .step(create("a"))
                .step(associate("a").target(*there))
                .test(disassociate("a").target(*there))
                .instead(&disassociate("a").target(*asked))
                .provoking(["targets/not-associated"])
                .done()
        })
        .collect()
}

/// What is in a second share of the same owner is not in this one.
fn shares() -> Vec<Case> {
    List::ALL
        .iter()
        .map(|list| {
            let entry: Value = ordinary(*list, 3);
            case(format!("alibaba/disassociate/{}/not-associated/in-another-share", list.name()))
                .step(create("a"))
                .step(associate("a").entries(*list, [1]))
                .step(create("b"))
                .step(associate("b").entry(list.parameter(), entry.clone()))
                .test(disassociate("a").entries(*list, [1]))
                .instead(&disassociate("a").entry(list.parameter(), entry))
                .provoking([list.condition("not-associated")])
                .done()
        })
        .collect()
}
