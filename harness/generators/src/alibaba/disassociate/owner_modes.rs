//! The owner modes (left out, `Self`, `OtherAccounts`) in every relation of the caller to the share.

use crate::alibaba::draft::{Draft, associate, create, create_external, disassociate, join, leave};
use crate::alibaba::plan::{Plan, case, standard};
use crate::alibaba::relation::{RELATIONS, Relation, Standing};
use sharespec_wire::case::Case;

/// The modes in which the caller speaks as the owner.
const AS_OWNER: [(&str, Option<&str>); 2] = [("omitted", None), ("self", Some("Self"))];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for relation in RELATIONS {
        cases.extend(AS_OWNER.map(|(name, mode)| as_owner(relation, name, mode)));
        cases.push(as_principal(relation));
    }
    cases.extend(AS_OWNER.map(|(name, mode)| by_owner(name, mode)));
    cases.extend(AS_OWNER.map(|(name, mode)| by_member_owner(name, mode)));
    cases.push(own_as_other());
    cases.extend(invalid());
    cases.extend(leaving());
    cases.extend(types_without_exit());
    cases
}

fn in_mode(draft: Draft, mode: Option<&str>) -> Draft {
    match mode {
        Some(mode) => draft.mode(mode),
        None => draft,
    }
}

/// A share that may be shared with anyone, with one resource; the owner removes the resource.
fn base(id: String) -> Plan {
    case(id)
        .step(create_external("a"))
        .step(associate("a").resource("VSwitch", 1).account("member-b"))
        .test(disassociate("a").resource("VSwitch", 1))
}

/// Someone else speaks as the owner.
fn as_owner(relation: &Relation, name: &str, mode: Option<&str>) -> Case {
    let conditions = relation.conditions_as_owner();
    let group = match conditions.len() {
        1 => "alibaba/disassociate/owner-mode".to_owned(),
        _ => "alibaba/disassociate/pairs/share-foreign+caller-no-directory".to_owned(),
    };
    let removal = disassociate("a").resource("VSwitch", 1).by(relation.caller);
    base(format!("{group}/{name}/{}", relation.name))
        .before(relation.steps())
        .instead(&in_mode(removal, mode))
        .provoking(conditions)
        .done()
}

/// Someone else wants to leave.
fn as_principal(relation: &Relation) -> Case {
    let (group, conditions) = match relation.standing {
        Standing::Inside => ("owner-mode/other-accounts", vec!["leave/inside-directory"]),
        Standing::Stranger => ("owner-mode/other-accounts", vec!["share/not-principal"]),
        Standing::Beside => ("owner-mode/other-accounts", vec!["leave/member-stranger"]),
        Standing::Accepted => ("owner-mode/other-accounts", Vec::new()),
        Standing::Invited => ("probe/leave/invited", vec!["leave/invited"]),
        Standing::Rejected => ("probe/leave/after-rejection", Vec::new()),
        Standing::Left => ("probe/leave/again", vec!["leave/ended"]),
    };
    base(format!("alibaba/disassociate/{group}/{}", relation.name))
        .before(relation.steps())
        .instead(&leave("a", relation.caller))
        .provoking(conditions)
        .done()
}

fn by_owner(name: &str, mode: Option<&str>) -> Case {
    let removal = disassociate("a").resource("VSwitch", 1).account("member-a");
    standard(format!("alibaba/disassociate/owner-mode/{name}/owner"))
        .test(in_mode(removal, mode))
        .about(&["effect/owner-default"])
        .done()
}

/// A member owns the share, and the management account is its principal.
fn by_member_owner(name: &str, mode: Option<&str>) -> Case {
    let removal = disassociate("a").by("member-a").account("owner");
    case(format!("alibaba/disassociate/owner-mode/{name}/member-as-owner"))
        .step(create("a").by("member-a"))
        .step(associate("a").by("member-a").account("owner").account("member-b"))
        .test(in_mode(removal, mode))
        .about(&["effect/owner-default"])
        .done()
}

fn own_as_other() -> Case {
    let removal = || disassociate("a").resource("VSwitch", 1).account("member-a");
    standard("alibaba/disassociate/probe/own-share-as-other/entities")
        .test(removal())
        .instead(&removal().mode("OtherAccounts"))
        .provoking(["share/own-as-other", "leave/arguments"])
        .done()
}

/// Texts that are no mode.
fn invalid() -> Vec<Case> {
    let values = [
        ("word", "Everyone"),
        ("singular", "OtherAccount"),
        ("other-dialect", "OTHER-ACCOUNTS"),
        ("both", "Self,OtherAccounts"),
        ("account", "$account.owner"),
        ("null", "null"),
    ];
    let removal = || disassociate("a").resource("VSwitch", 1).account("member-a");
    values
        .iter()
        .map(|(name, value)| {
            standard(format!("alibaba/disassociate/owner-mode/invalid/{name}"))
                .test(removal())
                .instead(&removal().mode(value))
                .provoking(["owner-mode/invalid"])
                .done()
        })
        .collect()
}

/// Shapes of the share that an account leaves, all of them lawful.
fn leaving() -> Vec<Case> {
    let joined = |end: &str| {
        case(format!("alibaba/disassociate/leave/{end}"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
    };
    vec![
        joined("empty-share").test(leave("a", "outsider")).done(),
        joined("one-of-two-outsiders")
            .steps(join("a", "outsider-b"))
            .test(leave("a", "outsider"))
            .done(),
        joined("beside-members")
            .step(associate("a").account("member-a").target("$folder.member-e").arn("Image", 1))
            .test(leave("a", "outsider"))
            .done(),
        joined("one-of-two-shares")
            .step(create_external("b"))
            .steps(join("b", "outsider"))
            .test(leave("a", "outsider"))
            .done(),
        joined("after-the-resources-went")
            .step(associate("a").resource("VSwitch", 1))
            .step(disassociate("a").resource("VSwitch", 1))
            .test(leave("a", "outsider"))
            .done(),
        case("alibaba/disassociate/leave/account-of-another-directory")
            .step(create_external("a"))
            .steps(join("a", "quiet-member"))
            .test(leave("a", "quiet-member"))
            .done(),
        case("alibaba/disassociate/leave/share-of-a-member")
            .step(create_external("a").by("member-a"))
            .step(associate("a").by("member-a").account("outsider"))
            .steps(join("a", "outsider").into_iter().skip(1))
            .test(leave("a", "outsider"))
            .done(),
    ]
}

/// Types that no principal can leave: the share holds, held, or gets one.
fn types_without_exit() -> Vec<Case> {
    let joined = |end: &str| {
        case(format!("alibaba/disassociate/{end}"))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1))
            .steps(join("a", "outsider"))
    };
    let blocked = |end: &str, before: Vec<Draft>| {
        joined(&format!("leave/type/{end}"))
            .test(leave("a", "outsider"))
            .before(before.into_iter().map(Into::into))
            .provoking(["leave/type"])
            .done()
    };
    let pool = |draft: Draft| draft.resource("IpamPool", 1);
    vec![
        blocked("one", vec![pool(associate("a"))]),
        blocked("two", vec![pool(associate("a")).resource("IpamPool", 2)]),
        blocked("by-arn", vec![associate("a").arn("IpamPool", 1)]),
        blocked(
            "one-of-two-removed",
            vec![pool(associate("a")).resource("IpamPool", 2), pool(disassociate("a"))],
        ),
        blocked_at("first", &["IpamPool", "PrefixList", "VSwitch"]),
        blocked_at("middle", &["PrefixList", "IpamPool", "VSwitch"]),
        blocked_at("last", &["PrefixList", "VSwitch", "IpamPool"]),
        joined("leave/type-removed-before")
            .step(pool(associate("a")))
            .step(pool(disassociate("a")))
            .test(leave("a", "outsider"))
            .done(),
        joined("leave/type-in-another-share")
            .step(create("b"))
            .step(pool(associate("b")))
            .test(leave("a", "outsider"))
            .done(),
    ]
}

/// The share holds a type that no principal can leave, in this place among others.
fn blocked_at(place: &str, kinds: &[&str]) -> Case {
    let filled = kinds.iter().map(|kind| associate("a").resource(kind, 1).into());
    case(format!("alibaba/disassociate/leave/type/{place}"))
        .step(create_external("a"))
        .steps(join("a", "outsider"))
        .test(leave("a", "outsider"))
        .before(filled)
        .provoking(["leave/type"])
        .done()
}
