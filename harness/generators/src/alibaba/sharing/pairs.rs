//! Pairs of conditions that hold of one association, so that it is seen which error wins. Each is known
//! alone from elsewhere.

use crate::alibaba::cast::{ARN_ONLY, List, id_of};
use crate::alibaba::draft::{
    Draft, Put, associate, create, create_external, delete, disassociate, hold, join, pair, release,
};
use crate::alibaba::plan::case;
use sharespec_wire::case::{Case, Step};

/// A condition, and what puts it into a call.
type Wrong = (&'static str, Put);

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (share, change) in NO_SHARE {
        for (condition, put) in of_the_call() {
            cases.push(closed(share, condition, Vec::new(), &change(put(associate("a")))));
        }
        cases.push(closed(share, "lists/empty", Vec::new(), &change(associate("a"))));
    }
    for (condition, put) in of_the_call().chain(TARGETS_OF_SHARE.iter().copied()) {
        let draft = put(associate("a"));
        cases.push(closed("share/deleted", condition, vec![delete("a").into()], &draft));
    }
    let targets = || TARGETS.iter().chain(TARGETS_OF_SHARE).copied();
    for (target, put) in targets() {
        // Of a service only with a type that it can take is it known what is wrong.
        let service = target == "targets/service-not-allowed";
        let fitting = |of_any: Wrong| {
            let same = OF_SERVICES.iter().find(|each| service && each.0 == of_any.0);
            same.copied().unwrap_or(of_any)
        };
        for (resource, more) in RESOURCES.iter().chain(ARNS).copied().map(fitting) {
            cases.push(closed(target, resource, Vec::new(), &more(put(associate("a")))));
        }
        let kind = if service { "DeploymentSet" } else { "VSwitch" };
        let both = put(associate("a")).resource(kind, 1).arn(kind, 2);
        cases.push(closed(target, "lists/conflict", Vec::new(), &both));
    }
    cases.extend(two_targets());
    cases.extend(open_shares());
    cases.extend(small_accounts());
    cases.extend(removals());
    cases.extend(no_directory());
    cases
}

fn named(one: &str, other: &str) -> String {
    format!("alibaba/associate/pairs/{}+{}", one.replace('/', "-"), other.replace('/', "-"))
}

/// On a share for the directory alone.
fn closed(one: &str, other: &str, before: Vec<Step>, draft: &Draft) -> Case {
    on(create("a"), one, other, before, draft)
}

/// On a share for anyone.
fn open(one: &str, other: &str, before: Vec<Step>, draft: &Draft) -> Case {
    on(create_external("a"), one, other, before, draft)
}

fn on(share: Draft, one: &str, other: &str, before: Vec<Step>, draft: &Draft) -> Case {
    let plan = case(named(one, other)).step(share).test(associate("a").resource("VSwitch", 8));
    let plan = if before.is_empty() { plan } else { plan.before(before) };
    plan.instead(draft).provoking([one, other]).done()
}

const NO_SHARE: &[Wrong] = &[
    ("share-id/missing", |draft| draft.without("ResourceShareId")),
    ("share-id/malformed", |draft| draft.with("ResourceShareId", "$share.a|cut")),
    ("share/unknown", |draft| draft.with("ResourceShareId", "$share.a|swap")),
];

/// Principals that are wrong in the call alone.
const TARGETS: &[Wrong] = &[
    ("targets/over-limit", |draft| draft.entries(List::Targets, 1..=6)),
    ("targets/duplicate", |draft| draft.entries(List::Targets, [1, 1])),
    ("targets/malformed", |draft| draft.target("nobody")),
];

/// Principals that are wrong in a share for the directory alone.
const TARGETS_OF_SHARE: &[Wrong] = &[
    ("targets/not-allowed", |draft| draft.account("outsider")),
    ("targets/service-not-allowed", |draft| draft.target("$service.1")),
    ("targets/unknown-account", |draft| draft.target("$account.outsider|swap")),
];

const RESOURCES: &[Wrong] = &[
    ("resources/over-limit", |draft| draft.entries(List::Resources, 1..=6)),
    ("resources/duplicate", |draft| draft.entries(List::Resources, [1, 1])),
    ("resources/pair-broken", |draft| draft.entry("Resources", pair(Some("VSwitch"), None))),
    ("resources/type-unknown", |draft| draft.pair("Spaceship", "$id.owner.VSwitch.1")),
    ("resources/type-arn-only", |draft| draft.resource(ARN_ONLY, 1)),
    ("resources/nonexistent", |draft| draft.pair("VSwitch", "$id.owner.VSwitch.1|swap")),
    ("resources/of-another", |draft| draft.pair("VSwitch", "$id.other-owner.VSwitch.1")),
];

const ARNS: &[Wrong] = &[
    ("arns/over-limit", |draft| draft.entries(List::Arns, 1..=6)),
    ("arns/duplicate", |draft| draft.entries(List::Arns, [1, 1])),
    ("arns/malformed", |draft| draft.entry("ResourceArns", "nothing")),
    ("arns/nonexistent", |draft| draft.entry("ResourceArns", "$arn.owner.VSwitch.1|id")),
    ("arns/of-another", |draft| draft.entry("ResourceArns", "$arn.other-owner.VSwitch.1")),
];

/// The same of a type that can be shared with services, where there are enough of it.
const OF_SERVICES: &[Wrong] = &[
    ("resources/duplicate", |draft| {
        draft.resource("DeploymentSet", 1).resource("DeploymentSet", 1)
    }),
    ("resources/nonexistent", |draft| {
        draft.pair("DeploymentSet", "$id.owner.DeploymentSet.1|swap")
    }),
    ("arns/duplicate", |draft| draft.arn("DeploymentSet", 1).arn("DeploymentSet", 1)),
    ("arns/nonexistent", |draft| draft.entry("ResourceArns", "$arn.owner.DeploymentSet.1|id")),
];

/// What is wrong whatever the share is.
fn of_the_call() -> impl Iterator<Item = Wrong> {
    let oneself: &[Wrong] = &[
        ("targets/self", |draft| draft.account("owner")),
        ("targets/other-directory", |draft| draft.target("$directory.quiet-owner")),
    ];
    let certain = RESOURCES.iter().chain(ARNS).filter(|(condition, _)| is_certain(condition));
    TARGETS.iter().chain(oneself).chain(certain).copied()
}

/// Whether no reading accepts the condition.
fn is_certain(condition: &str) -> bool {
    !condition.ends_with("/nonexistent") && !condition.ends_with("/of-another")
}

/// Two principals of one list, each wrong in its way.
fn two_targets() -> Vec<Case> {
    let single: &[Wrong] = &[
        ("targets/self", |draft| draft.account("owner")),
        ("targets/other-directory", |draft| draft.target("$root.quiet-owner")),
        ("targets/malformed", |draft| draft.target("nobody")),
    ];
    let all = || single.iter().chain(TARGETS_OF_SHARE);
    let mut cases = Vec::new();
    for (position, (one, first)) in all().enumerate() {
        for (other, second) in all().skip(position + 1) {
            cases.push(closed(one, other, Vec::new(), &second(first(associate("a")))));
        }
        let twice = first(first(associate("a")));
        cases.push(closed("targets/duplicate", one, Vec::new(), &twice));
        let six = first(associate("a")).entries(List::Targets, 1..=5);
        cases.push(closed("targets/over-limit", one, Vec::new(), &six));
    }
    cases
}

/// Conditions that hold in shares for anyone.
fn open_shares() -> Vec<Case> {
    let entity: Put = |draft| draft.account("foreign-entity");
    let site: Put = |draft| draft.account("foreign-site");
    let pool: Put = |draft| draft.resource("KMSInstance", 1).account("outsider");
    let (other_entity, other_site, inside) =
        ("targets/other-legal-entity", "targets/other-site", "share/type-not-external");
    let with = |put: Put| put(associate("a"));
    let service = || {
        vec![
            create_external("b").into(),
            associate("b").target("$service.1").resource("DeploymentSet", 1).into(),
        ]
    };
    let to_service = |draft: Draft| draft.target("$service.1").resource("DeploymentSet", 2);
    let elsewhere = "services/type-in-other-share";
    vec![
        open(other_entity, other_site, Vec::new(), &site(with(entity))),
        open(other_entity, "targets/self", Vec::new(), &with(entity).account("owner")),
        open(other_entity, "targets/malformed", Vec::new(), &with(entity).target("nobody")),
        open(other_entity, "targets/duplicate", Vec::new(), &entity(with(entity))),
        open(
            other_entity,
            "resources/duplicate",
            Vec::new(),
            &with(entity).entries(List::Resources, [1, 1]),
        ),
        open(
            other_entity,
            "lists/conflict",
            Vec::new(),
            &with(entity).resource("VSwitch", 1).arn("VSwitch", 2),
        ),
        open(other_site, "targets/self", Vec::new(), &with(site).account("owner")),
        open(other_site, "targets/duplicate", Vec::new(), &site(with(site))),
        open(
            other_site,
            "arns/malformed",
            Vec::new(),
            &with(site).entry("ResourceArns", "nothing"),
        ),
        open(inside, other_entity, Vec::new(), &entity(with(pool))),
        open(inside, other_site, Vec::new(), &site(with(pool))),
        open(inside, "targets/self", Vec::new(), &with(pool).account("owner")),
        open(inside, "resources/duplicate", Vec::new(), &with(pool).resource("KMSInstance", 1)),
        open(
            inside,
            "targets/other-directory",
            join("a", "outsider"),
            &associate("a").resource("KMSInstance", 1).target("$directory.quiet-owner"),
        ),
        open(elsewhere, "targets/self", service(), &to_service(associate("a")).account("owner")),
        open(elsewhere, other_entity, service(), &entity(to_service(associate("a")))),
        open(
            elsewhere,
            "resources/duplicate",
            service(),
            &to_service(associate("a")).resource("DeploymentSet", 2),
        ),
        open(
            elsewhere,
            "services/resource-in-other-share",
            service(),
            &to_service(associate("a")).resource("DeploymentSet", 1),
        ),
    ]
}

/// What goes with a quota, and with an account that manages nothing.
fn small_accounts() -> Vec<Case> {
    let role = "small-owner";
    let switch = |draft: Draft, number| draft.pair("VSwitch", id_of(role, "VSwitch", number));
    let four = || (1..=4).fold(associate("a").by(role), switch);
    let three = || {
        ["outsider", "outsider-b", "outsider-c"]
            .iter()
            .fold(associate("a").by(role), |draft, role| draft.account(role))
    };
    let quota = |one: &str, other: &str, draft: &Draft| {
        case(named(one, other))
            .alone_in(role)
            .step(create_external("a").by(role))
            .test(switch(associate("a").by(role), 1))
            .instead(draft)
            .provoking([one, other])
            .done()
    };
    let (resources, invitations) = ("resources/over-quota", "invitations/over-quota");
    let own = id_of("member-a", "KMSInstance", 1);
    let member = || associate("a").by("member-a").pair("KMSInstance", own.clone());
    let only = |other: &str, draft: &Draft| {
        case(named("resources/management-only", other))
            .step(create("a").by("member-a"))
            .test(associate("a").by("member-a").account("owner"))
            .instead(draft)
            .provoking(["resources/management-only", other])
            .done()
    };
    vec![
        quota(
            resources,
            invitations,
            &three().list(
                "Resources",
                (1..=4).map(|number| {
                    pair(Some("VSwitch"), Some(id_of(role, "VSwitch", number).into()))
                }),
            ),
        ),
        quota(resources, "targets/self", &four().account(role)),
        quota(resources, "targets/duplicate", &four().account("outsider").account("outsider")),
        quota(resources, "targets/other-legal-entity", &four().account("foreign-entity")),
        quota(invitations, "targets/self", &three().account(role)),
        quota(invitations, "targets/other-site", &three().account("foreign-site")),
        quota(invitations, "resources/duplicate", &switch(switch(three(), 1), 1)),
        only("targets/self", &member().account("member-a")),
        only("targets/not-allowed", &member().account("outsider")),
        only("targets/duplicate", &member().account("owner").account("owner")),
        only("resources/duplicate", &member().pair("KMSInstance", own.clone())),
        only("targets/service-not-allowed", &member().target("$service.1")),
    ]
}

/// The caller is in no directory, and the share is for the directory alone: it is made so by the
/// call, since the share of such a caller may not be made at all.
fn no_directory() -> Vec<Case> {
    let caller = "caller/no-directory";
    let wrong: &[Wrong] = &[
        ("targets/not-allowed", |draft| draft.account("outsider")),
        ("targets/not-allowed", |draft| draft.account("member-a")),
        ("targets/service-not-allowed", |draft| draft.target("$service.1")),
        ("targets/other-directory", |draft| draft.target("$directory.owner")),
        ("targets/self", |draft| draft.account("other-owner")),
        ("targets/duplicate", |draft| draft.account("outsider").account("outsider")),
        ("lists/conflict", |draft| draft.resource("VSwitch", 1).arn("VSwitch", 2)),
    ];
    let numbered = wrong.iter().enumerate();
    numbered
        .map(|(number, (condition, put))| {
            let draft = put(create("a").by("other-owner"));
            let end = condition.replace('/', "-");
            let mut conditions = vec![caller, condition];
            match *condition {
                "targets/duplicate" => conditions.push("targets/not-allowed"),
                "lists/conflict" => conditions.extend(["resources/of-another", "arns/of-another"]),
                _ => {}
            }
            case(format!("alibaba/create/pairs/caller-no-directory+{end}/{number}"))
                .test(create_external("a").by("other-owner"))
                .instead(&draft)
                .provoking(conditions)
                .done()
        })
        .collect()
}

/// A removal of what is associated again is under way.
fn removals() -> Vec<Case> {
    let moving = "entities/disassociating";
    let with = |other: &str, draft: &Draft| {
        case(named(moving, other))
            .step(create("a"))
            .step(associate("a").account("member-a").resource("VSwitch", 1))
            .test(associate("a").account("member-c"))
            .before([hold(), disassociate("a").account("member-a").unsettled().into()])
            .instead(draft)
            .step(release())
            .provoking([moving, other])
            .done()
    };
    let again = || associate("a").account("member-a");
    vec![
        with("targets/self", &again().account("owner")),
        with("targets/duplicate", &again().account("member-a")),
        with("targets/not-allowed", &again().account("outsider")),
        with("resources/duplicate", &again().entries(List::Resources, [2, 2])),
        with("lists/conflict", &again().resource("VSwitch", 2).arn("VSwitch", 3)),
    ]
}
