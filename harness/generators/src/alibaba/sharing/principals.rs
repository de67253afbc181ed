//! Principals of every kind, in shares for the directory alone and in shares for anyone.

use super::adder::{ASSOCIATE, Adder, BOTH};
use crate::alibaba::cast::{List, of_crowd};
use crate::alibaba::draft::rename;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for adder in BOTH {
        cases.extend(valid(adder));
        cases.extend(closed(adder));
        cases.extend(open(adder));
        cases.extend(not_enabled(adder));
        cases.extend(oneself(adder));
    }
    cases.extend([1, 2, 3, 4, 5].into_iter().flat_map(at));
    cases.push(without_directory());
    cases
}

/// The caller is in no directory, and closes its share to accounts outside.
fn without_directory() -> Case {
    let close = rename("a", "a").by("other-owner").with("AllowExternalTargets", false);
    let condition = "caller/no-directory";
    let adder = ASSOCIATE.external().by("other-owner");
    adder.wrong_after(
        &format!("probe/{condition}/resource"),
        condition,
        vec![close.into()],
        |draft| draft.entry("ResourceArns", "$arn.other-owner.VSwitch.1"),
    )
}

fn valid(adder: Adder) -> Vec<Case> {
    let external = adder.external();
    let named = |adder: Adder, name: &str, targets: &[&str]| {
        adder.accepted(&format!("valid/principals/{name}"), |draft| {
            targets.iter().fold(draft, |draft, target| draft.target(*target))
        })
    };
    vec![
        named(
            external,
            "every-kind",
            &[
                "$account.outsider",
                "$account.member-a",
                "$folder.member-e",
                "$directory.owner",
                "$service.1",
            ],
        ),
        named(external, "member", &["$account.member-a"]),
        named(external, "member-of-another-directory", &["$account.quiet-member"]),
        named(external, "management-account-of-another-directory", &["$account.quiet-owner"]),
        named(external, "service", &["$service.1"]),
        named(external, "two-services", &["$service.1", "$service.2"]),
        named(
            external,
            "five-outsiders",
            &[
                "$account.outsider",
                "$account.outsider-b",
                "$account.outsider-c",
                "$account.outsider-d",
                "$account.outsider-e",
            ],
        ),
        named(external.by("member-a"), "outsider", &["$account.outsider"]),
        named(external.by("other-owner"), "outsider", &["$account.outsider"]),
        named(external.by("quiet-owner"), "outsider", &["$account.outsider"]),
        named(adder.by("member-a"), "folder", &["$folder.member-e"]),
        named(adder.by("member-a"), "directory", &["$directory.owner"]),
        named(adder, "member-and-its-folder", &["$account.member-e", "$folder.member-e"]),
    ]
}

/// The share is for the directory alone.
fn closed(adder: Adder) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut wrong = |adder: Adder, condition: &str, name: &str, target: &str| {
        cases.push(
            adder.wrong(&format!("{condition}/{name}"), condition, |draft| draft.target(target)),
        );
    };
    let outside = ["outsider", "other-owner", "quiet-owner", "quiet-member", "foreign-entity"];
    for role in outside {
        wrong(adder, "targets/not-allowed", role, &format!("$account.{role}"));
    }
    wrong(adder, "targets/not-allowed", "foreign-site", "$account.foreign-site");
    wrong(adder.by("member-a"), "targets/not-allowed", "outsider", "$account.outsider");
    wrong(adder.by("quiet-owner"), "targets/not-allowed", "outsider", "$account.outsider");
    wrong(adder.by("quiet-owner"), "targets/not-allowed", "member", "$account.member-a");
    wrong(adder, "targets/service-not-allowed", "one", "$service.1");
    wrong(adder, "targets/service-not-allowed", "other", "$service.2");
    for (name, target) in GROUPS_OF_OTHERS {
        wrong(adder, "targets/other-directory", name, target);
    }
    wrong(adder.by("quiet-owner"), "targets/other-directory", "folder", "$folder.member-e");
    wrong(adder, "targets/unknown-account", "outside", "$account.outsider|swap");
    wrong(adder, "targets/unknown-account", "near-a-member", "$account.member-a|swap");
    cases
}

const GROUPS_OF_OTHERS: [(&str, &str); 2] =
    [("directory", "$directory.quiet-owner"), ("root-folder", "$root.quiet-owner")];

/// The share is for anyone.
fn open(adder: Adder) -> Vec<Case> {
    let external = adder.external();
    let mut cases = Vec::new();
    let mut wrong =
        |adder: Adder, group: &str, condition: &str, name: &str, target: &str| {
            cases.push(adder.wrong(&format!("{group}{condition}/{name}"), condition, |draft| {
                draft.target(target)
            }));
        };
    for (name, target) in GROUPS_OF_OTHERS {
        wrong(external, "", "targets/other-directory", name, target);
    }
    wrong(external.by("other-owner"), "", "targets/other-directory", "folder", "$folder.member-e");
    for owner in ["owner", "member-a", "other-owner", "quiet-owner"] {
        let external = external.by(owner);
        wrong(external, "", "targets/other-legal-entity", "account", "$account.foreign-entity");
        wrong(external, "", "targets/other-site", "account", "$account.foreign-site");
    }
    let unknown = "$account.outsider|swap";
    wrong(external, "probe/", "targets/unknown-outsider", "account", unknown);
    cases
}

/// Sharing with the directory is not enabled.
fn not_enabled(adder: Adder) -> Vec<Case> {
    let quiet = adder.by("quiet-owner");
    let condition = "targets/not-enabled";
    let wrong = |adder: Adder, name: &str, target: &str| {
        adder.wrong(&format!("{condition}/{name}"), condition, |draft| draft.target(target))
    };
    let groups = GROUPS_OF_OTHERS
        .iter()
        .flat_map(|(name, target)| [quiet, quiet.external()].map(|adder| (adder, name, target)));
    let mut cases: Vec<Case> =
        groups.map(|(adder, name, target)| wrong(adder, name, target)).collect();
    cases.push(wrong(quiet, "member", "$account.quiet-member"));
    if !adder.has_share() {
        // The member has nothing of its own to share.
        cases.push(wrong(adder.by("quiet-member"), "management-account", "$account.quiet-owner"));
    }
    cases.push(quiet.external().wrong(
        "probe/targets/member-not-enabled/account",
        "targets/member-not-enabled",
        |draft| draft.account("quiet-member"),
    ));
    cases
}

/// The owner itself, whoever it is.
fn oneself(adder: Adder) -> Vec<Case> {
    let condition = "targets/self";
    let owners = [adder.external(), adder.by("member-a"), adder.external().by("other-owner")];
    let all = owners.into_iter().zip(["owner", "member-a", "other-owner"]);
    all.map(|(adder, role)| {
        adder.wrong(&format!("{condition}/owner"), condition, |draft| draft.account(role))
    })
    .collect()
}

/// One of five principals is wrong.
fn at(position: usize) -> Vec<Case> {
    let among = |adder: Adder, condition: &str, target: &str| {
        adder.wrong(&format!("{condition}/among-five/at-{position}"), condition, |draft| {
            (1..=5).fold(draft, |draft, number| match number == position {
                true => draft.target(target),
                false => draft.target(of_crowd(number)),
            })
        })
    };
    let external = ASSOCIATE.external();
    let mut cases = vec![
        among(ASSOCIATE, "targets/self", "$account.owner"),
        among(ASSOCIATE, "targets/not-allowed", "$account.outsider"),
        among(ASSOCIATE, "targets/service-not-allowed", "$service.1"),
        among(ASSOCIATE, "targets/other-directory", "$directory.quiet-owner"),
        among(ASSOCIATE, "targets/unknown-account", "$account.outsider|swap"),
        among(external, "targets/other-legal-entity", "$account.foreign-entity"),
        among(external, "targets/other-site", "$account.foreign-site"),
    ];
    if position == 3 {
        cases.push(ASSOCIATE.wrong(
            "targets/not-allowed/beside-resources",
            "targets/not-allowed",
            |draft| draft.entries(List::Resources, 1..=5).account("outsider"),
        ));
        cases.push(ASSOCIATE.wrong(
            "targets/not-allowed/beside-arns",
            "targets/not-allowed",
            |draft| draft.entries(List::Arns, 1..=5).account("outsider"),
        ));
    }
    cases
}
