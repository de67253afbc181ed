//! Permissions: names of those of the types that are shared, each condition alone and with others, and the
//! list of what each type got.

use super::adder::{Adder, BOTH};
use crate::alibaba::draft::{Draft, Put, associate, call, create, disassociate};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::Case;

/// Types with the symbols of their default permissions.
const TYPES: [&str; 4] = ["VSwitch", "Image", "Snapshot", "PrefixList"];
const RULES: &[&str] = &["parameter/PermissionNames"];
const UNKNOWN: &str = "AliyunRSPermissionOfNothing";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for adder in BOTH {
        cases.extend(VALID.iter().map(|(name, put)| {
            let plan = adder.plan(&format!("valid/permissions/{name}"));
            plan.test(put(adder.call())).about(RULES).done()
        }));
        cases.extend(WRONG.iter().map(|(end, put)| {
            let condition: Vec<&str> =
                end.trim_start_matches("probe/").split('/').take(2).collect();
            adder.wrong(end, &condition.join("/"), put)
        }));
        cases.extend(PAIRS.iter().map(|(conditions, put)| pair(adder, conditions, *put)));
    }
    cases.extend(again());
    cases.extend(listed());
    cases.extend(strangers());
    cases.extend(wrong_lists());
    cases
}

impl Draft {
    /// The default permission of a type.
    fn permission(self, kind: &str) -> Self {
        self.entry("PermissionNames", format!("$permission.{kind}"))
    }

    /// Another permission of the one type that has two.
    fn further_permission(self) -> Self {
        self.entry("PermissionNames", "$permission.KMSInstance.1")
    }

    /// A resource and the permission of each of the first types.
    fn with_permissions(self, count: usize) -> Self {
        TYPES.iter().take(count).fold(self, |draft, kind| draft.resource(kind, 1).permission(kind))
    }
}

type Named = (&'static str, Put);

const VALID: &[Named] = &[
    ("the-default-one", |draft| draft.with_permissions(1)),
    ("by-arn", |draft| draft.arn("VSwitch", 1).permission("VSwitch")),
    ("of-two-types", |draft| draft.with_permissions(2)),
    ("as-many-as-allowed", |draft| draft.with_permissions(3)),
    ("in-another-order", |draft| {
        draft.resource("VSwitch", 1).resource("Image", 1).permission("Image").permission("VSwitch")
    }),
    ("two-resources-of-the-type", |draft| {
        draft.resource("VSwitch", 1).resource("VSwitch", 2).permission("VSwitch")
    }),
    ("with-a-principal", |draft| draft.account("member-a").with_permissions(1)),
    ("not-the-default-one", |draft| draft.resource("KMSInstance", 1).further_permission()),
];

/// What is wrong, and what the documents leave open.
const WRONG: &[Named] = &[
    ("permissions/over-limit/4", |draft| draft.with_permissions(4)),
    ("permissions/duplicate/1-2", |draft| draft.with_permissions(1).permission("VSwitch")),
    ("permissions/duplicate/1-3", |draft| draft.with_permissions(2).permission("VSwitch")),
    ("permissions/unknown/alone", |draft| {
        draft.resource("VSwitch", 1).entry("PermissionNames", UNKNOWN)
    }),
    ("permissions/unknown/last", |draft| {
        draft.with_permissions(2).entry("PermissionNames", UNKNOWN)
    }),
    ("permissions/unknown/first", |draft| {
        draft.entry("PermissionNames", UNKNOWN).with_permissions(2)
    }),
    ("probe/permissions/other-type/alone", |draft| {
        draft.resource("VSwitch", 1).permission("Image")
    }),
    ("probe/permissions/other-type/one-more", |draft| {
        draft.with_permissions(1).permission("Image")
    }),
    ("probe/permissions/other-type/no-resource", |draft| {
        draft.account("member-a").permission("VSwitch")
    }),
    ("probe/permissions/second/two-of-a-type", |draft| {
        draft.resource("KMSInstance", 1).permission("KMSInstance").further_permission()
    }),
];

/// Conditions that come together.
const PAIRS: &[(&[&str], Put)] = &[
    (&["permissions/over-limit", "permissions/duplicate"], |draft| {
        draft.with_permissions(3).permission("Image")
    }),
    (&["permissions/over-limit", "permissions/unknown"], |draft| {
        draft.with_permissions(3).entry("PermissionNames", UNKNOWN)
    }),
    (&["permissions/duplicate", "permissions/unknown"], |draft| {
        let names = [UNKNOWN, UNKNOWN];
        draft.resource("VSwitch", 1).list("PermissionNames", names)
    }),
    (&["permissions/unknown", "resources/duplicate"], |draft| {
        let draft = draft.resource("VSwitch", 1).resource("VSwitch", 1);
        draft.entry("PermissionNames", UNKNOWN)
    }),
    (&["permissions/duplicate", "targets/duplicate"], |draft| {
        draft.account("member-a").account("member-a").with_permissions(1).permission("VSwitch")
    }),
];

fn pair(adder: Adder, conditions: &[&'static str], put: Put) -> Case {
    let plan = adder.plan(&format!("pairs/{}", conditions.join("+").replace('/', "-")));
    let plan = plan.test(adder.call().resource("VSwitch", 1));
    plan.instead(&put(adder.call())).provoking(conditions.iter().copied()).done()
}

/// A permission for a type of which the share has resources already.
fn again() -> Vec<Case> {
    let named = |end: &str| {
        let first = associate("a").resource("KMSInstance", 1);
        case(format!("alibaba/associate/probe/permissions/again/{end}"))
            .step(create("a"))
            .step(first)
            .test(associate("a").resource("VSwitch", 1))
    };
    let second = || associate("a").resource("KMSInstance", 2);
    let same = second().permission("KMSInstance");
    let other = second().further_permission();
    vec![
        named("the-same").instead(&same).provoking(["permissions/again"]).done(),
        named("another").instead(&other).provoking(["permissions/again"]).done(),
    ]
}

/// Nobody sees the permissions of a share that it is no principal of.
fn strangers() -> Vec<Case> {
    let others = |role: &str| list("a").by(role).mode("OtherAccounts");
    let stranger = |name: &str, role: &str| {
        standard(format!("alibaba/{GROUP}/share/not-principal/{name}"))
            .test(list("a"))
            .instead(&others(role))
            .provoking(["share/not-principal"])
            .done()
    };
    vec![
        stranger("member", "member-c"),
        stranger("outsider", "outsider-c"),
        stranger("other-directory", "quiet-owner"),
    ]
}

const GROUP: &str = "list-permissions";
/// That a type gets its default permission if none is named.
const DEFAULT: &[&str] = &["alibaba-associate-2026-02/effect/default-permission"];

/// The permissions of a share.
fn list(share: &str) -> Draft {
    let share = format!("$share.{share}");
    call("owner", "ListResourceSharePermissions").mode("Self").with("ResourceShareId", share)
}

/// What each type got, by the calls that shared it.
fn listed() -> Vec<Case> {
    let named = |end: &str| case(format!("alibaba/{GROUP}/{end}")).step(create("a"));
    let created = |end: &str, draft: Draft| {
        case(format!("alibaba/{GROUP}/created/{end}")).step(draft).test(list("a")).done()
    };
    let default = |plan: Plan| plan.test(list("a")).about(DEFAULT).done();
    let further = || associate("a").resource("KMSInstance", 1).further_permission();
    vec![
        named("nothing-shared").test(list("a")).done(),
        named("principals-alone").step(associate("a").account("member-a")).test(list("a")).done(),
        default(named("default/one").step(associate("a").resource("VSwitch", 1))),
        default(named("default/by-arn").step(associate("a").arn("Image", 1))),
        default(
            named("default/two-types")
                .step(associate("a").resource("VSwitch", 1).resource("Image", 1)),
        ),
        default(
            named("default/two-calls")
                .step(associate("a").resource("VSwitch", 1))
                .step(associate("a").resource("VSwitch", 2).resource("Snapshot", 1)),
        ),
        default(named("default/of-two").step(associate("a").resource("KMSInstance", 1))),
        named("named/default-one")
            .step(associate("a").resource("VSwitch", 1).permission("VSwitch"))
            .test(list("a"))
            .done(),
        named("named/further-one").step(further()).test(list("a")).done(),
        named("named/beside-another-type")
            .step(associate("a").resource("VSwitch", 1))
            .step(further())
            .test(list("a"))
            .done(),
        named("named/two-types")
            .step(further().resource("VSwitch", 1).permission("VSwitch"))
            .test(list("a"))
            .done(),
        named("page/1")
            .step(
                associate("a").resource("VSwitch", 1).resource("Image", 1).resource("Snapshot", 1),
            )
            .test(list("a").with("MaxResults", "1"))
            .done(),
        named("another-share")
            .step(associate("a").resource("VSwitch", 1))
            .step(create("b"))
            .step(associate("b").resource("Image", 1))
            .test(list("b"))
            .done(),
        named("removed/one-of-two")
            .step(associate("a").resource("VSwitch", 1).resource("VSwitch", 2))
            .step(disassociate("a").resource("VSwitch", 1))
            .test(list("a"))
            .done(),
        created("default", create("a").resource("VSwitch", 1)),
        created("further", create("a").resource("KMSInstance", 1).further_permission()),
        named("other-accounts")
            .step(associate("a").resource("VSwitch", 1).account("member-a"))
            .test(list("a").by("member-a").mode("OtherAccounts"))
            .done(),
    ]
}

/// Each condition of the list alone.
fn wrong_lists() -> Vec<Case> {
    let wrong = |end: &str, draft: Draft| {
        let condition: Vec<&str> = end.split('/').take(2).collect();
        let plan = standard(format!("alibaba/{GROUP}/{end}")).test(list("a")).instead(&draft);
        plan.provoking([condition.join("/")]).done()
    };
    let with = |name: &str, value: &str| list("a").with(name, value);
    let token = |length: usize| "n".repeat(length);
    vec![
        wrong("share-id/missing", list("a").without("ResourceShareId")),
        wrong("share-id/empty", with("ResourceShareId", "")),
        wrong("share-id/malformed/cut", with("ResourceShareId", "$share.a|cut")),
        wrong("share/unknown/swap", with("ResourceShareId", "$share.a|swap")),
        wrong("share/foreign", list("a").by("other-owner")),
        wrong("owner-mode/missing", list("a").without("ResourceOwner")),
        wrong("owner-mode/empty", list("a").mode("")),
        wrong("owner-mode/invalid/word", list("a").mode("Everyone")),
        wrong("max-results/invalid/zero", with("MaxResults", "0")),
        wrong("max-results/invalid/101", with("MaxResults", "101")),
        wrong("next-token/too-long/257", list("a").with("NextToken", token(257))),
        wrong("next-token/invalid/word", with("NextToken", "nothing")),
    ]
}
