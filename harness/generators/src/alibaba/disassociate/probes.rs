//! Probes: calls that some lawful reading of the documents accepts and another rejects. What a
//! target does is recorded; what no reading does is judged.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{
    Draft, NamedPut, accept, associate, create, create_external, disassociate, hold, join, leave,
    list_invitations, ordinary, pair, release,
};
use crate::alibaba::plan::{Plan, case, standard, stocked};
use serde_json::Value;
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend([1, 3, 5].into_iter().flat_map(some_at));
    cases.extend(ended());
    cases.extend(invited());
    cases.extend(busy());
    cases.extend(without_directory());
    cases.extend(own_share());
    cases.extend(arguments_of_leaving());
    cases.push(one_id_of_two_types());
    cases
}

fn named(end: &str) -> String {
    format!("alibaba/disassociate/probe/{end}")
}

/// One of five is not in the share: is the whole call rejected?
fn some_at(position: usize) -> Vec<Case> {
    let other = |list| ordinary(list, 6);
    let mut entries: Vec<(List, &str, Value)> =
        List::ALL.iter().map(|list| (*list, "some-not-associated", other(*list))).collect();
    entries.push((List::Targets, "some-outside-directory", "$account.outsider".into()));
    entries.push((List::Arns, "some-elsewhere", "$arn.owner.VSwitch.6|swap".into()));
    let unknown = pair(Some("VSwitch"), Some("$id.owner.VSwitch.6|swap".into()));
    entries.push((List::Resources, "some-unknown", unknown));
    entries
        .into_iter()
        .map(|(list, condition, entry)| {
            let entries = (1..=5).map(|number| match number == position {
                true => entry.clone(),
                false => ordinary(list, number),
            });
            stocked(named(&format!("{condition}/{}/at-{position}", list.name())), list, 5)
                .test(disassociate("a").entries(list, 1..=5))
                .instead(&disassociate("a").list(list.parameter(), entries))
                .provoking([list.condition(condition)])
                .done()
        })
        .collect()
}

/// What was removed is removed again: settled, at once, alone, beside what is there.
fn ended() -> Vec<Case> {
    let kinds: [NamedPut; 3] = [
        ("arn", |draft| draft.arn("VSwitch", 1)),
        ("account", |draft| draft.account("member-a")),
        ("both", |draft| draft.resource("VSwitch", 1).account("member-a")),
    ];
    let mut cases = Vec::new();
    for (name, entity) in kinds {
        let again = |end: &str, before: Vec<Step>, test: Draft| {
            standard(named(&format!("ended-entity/{name}/{end}")))
                .test(test)
                .before(before)
                .provoking(["entities/ended"])
                .done()
        };
        let gone = || entity(disassociate("a"));
        cases.push(again("settled", vec![gone().into()], gone()));
        cases.push(again("at-once", vec![gone().unsettled().into()], gone()));
        cases.push(again(
            "twice-before",
            vec![gone().into(), entity(associate("a")).into(), gone().into()],
            gone(),
        ));
        let more = entity(disassociate("a")).account("member-b");
        cases.push(again("beside-one-that-is-there", vec![gone().into()], more));
    }
    cases
}

/// An invitation is open: for the principal that is removed, or for another.
fn invited() -> Vec<Case> {
    let base = |end: &str| {
        case(named(end))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1).account("member-a"))
            .test(disassociate("a").account("member-a"))
            .before([associate("a").account("outsider").into()])
    };
    let invitee = || disassociate("a").account("outsider");
    vec![
        base("pending-invitee/alone").instead(&invitee()).provoking(["entities/invited"]).done(),
        base("pending-invitee/beside-a-member")
            .instead(&invitee().account("member-a"))
            .provoking(["entities/invited"])
            .done(),
        base("pending-invitee/beside-a-resource")
            .instead(&invitee().resource("VSwitch", 1))
            .provoking(["entities/invited"])
            .done(),
        answers_after_the_removal(),
        base("open-invitation/member-goes").done(),
        base("open-invitation/resource-goes")
            .instead(&disassociate("a").resource("VSwitch", 1))
            .done(),
        // Judged only of targets that call a share with an open invitation pending, and while no
        // share becomes active by itself.
        base("pending-share/member-goes")
            .before([hold(), Step::Read])
            .step(release())
            .provoking(["share/pending"])
            .done(),
    ]
}

/// The invitee answers an invitation that its removal may have cancelled.
fn answers_after_the_removal() -> Case {
    case(named("pending-invitee/answers-after"))
        .step(create_external("a"))
        .step(associate("a").account("outsider"))
        .step(list_invitations("a", "outsider"))
        .test(disassociate("a").account("outsider"))
        .step(list_invitations("a", "outsider"))
        .step(accept("a", "outsider"))
        .provoking(["entities/invited"])
        .done()
}

/// Something else in the share is under way.
fn busy() -> Vec<Case> {
    let base = |end: &str, other: Draft, test: Draft| {
        standard(named(&format!("busy-scope/{end}")))
            .test(test)
            .before([hold(), other.unsettled().into()])
            .step(release())
            .provoking(["share/busy"])
            .done()
    };
    let account = || disassociate("a").account("member-a");
    vec![
        base("account-associating", associate("a").account("member-c"), account()),
        base("resource-disassociating", disassociate("a").resource("VSwitch", 2), account()),
        elsewhere(),
    ]
}

/// What is under way in a second share is none of this one's.
fn elsewhere() -> Case {
    standard("alibaba/disassociate/lists/other-share-in-transition")
        .step(create("b"))
        .test(disassociate("a").account("member-a"))
        .before([
            hold(),
            associate("b").account("member-a").resource("VSwitch", 1).unsettled().into(),
        ])
        .step(release())
        .done()
}

/// The owner of the share is in no directory.
fn without_directory() -> Vec<Case> {
    let owners = [("other-owner", "other-owner"), ("small-owner", "small-owner")];
    let mut cases: Vec<Case> = owners
        .iter()
        .map(|(name, role)| {
            let own =
                |draft: Draft| draft.by(role).pair("VSwitch", format!("$id.{role}.VSwitch.1"));
            removal_of(&format!("resource/{name}"))
                .before([create_external("b").by(role).into(), own(associate("b")).into()])
                .instead(&own(disassociate("b")))
                .provoking(["caller/no-directory"])
                .done()
        })
        .collect();
    let joined = join("b", "outsider").into_iter().skip(1);
    cases.push(
        removal_of("outsider/other-owner")
            .before([
                create_external("b").by("other-owner").into(),
                associate("b").by("other-owner").account("outsider").into(),
            ])
            .before(joined)
            .instead(&disassociate("b").by("other-owner").account("outsider"))
            .provoking(["caller/no-directory"])
            .done(),
    );
    cases
}

fn removal_of(end: &str) -> Plan {
    standard(named(&format!("caller-without-directory/{end}")))
        .test(disassociate("a").account("member-a"))
}

/// The owner says that the share is of another account.
fn own_share() -> Vec<Case> {
    let base = |end: &str, draft: Draft, more: &[&str]| {
        let conditions = std::iter::once("share/own-as-other").chain(more.iter().copied());
        standard(named(&format!("own-share-as-other/{end}")))
            .test(disassociate("a").account("member-a"))
            .instead(&draft.mode("OtherAccounts"))
            .provoking(conditions)
            .done()
    };
    vec![
        base("itself", disassociate("a").account("owner"), &[]),
        base("member", disassociate("a").account("member-a"), &["leave/arguments"]),
        base("nothing", disassociate("a"), &["leave/arguments"]),
    ]
}

/// What a leaving account may send beside or instead of its own id.
fn arguments_of_leaving() -> Vec<Case> {
    let own = || leave("a", "outsider");
    let none = || own().without("Targets");
    let drafts = [
        ("nothing", none()),
        ("own-and-another", own().account("member-a")),
        ("another", none().account("member-a")),
        ("another-outsider", none().account("outsider-b")),
        ("owner", none().account("owner")),
        ("resource", none().resource("VSwitch", 1)),
        ("own-and-resource", own().resource("VSwitch", 1)),
        ("own-and-arn", own().arn("VSwitch", 1)),
    ];
    drafts
        .iter()
        .map(|(name, draft)| {
            case(named(&format!("leaving-arguments/{name}")))
                .step(create_external("a"))
                .step(associate("a").resource("VSwitch", 1).account("member-a"))
                .steps(join("a", "outsider"))
                .test(own())
                .instead(draft)
                .provoking(["leave/arguments"])
                .done()
        })
        .collect()
}

/// One resource id under two types, of which one is of no resource.
fn one_id_of_two_types() -> Case {
    let id = "$id.owner.VSwitch.1";
    standard(named("duplicate-id/one-is-of-no-resource"))
        .test(disassociate("a").resource("VSwitch", 1))
        .instead(&disassociate("a").pair("VSwitch", id).pair("PrefixList", id))
        .provoking(["resources/duplicate-id", "resources/some-unknown"])
        .done()
}
