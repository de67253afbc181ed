//! What is in a share, is invited to it, or was in it, comes again.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{
    Draft, NamedPut, advance, associate, create_external, disassociate, join, leave,
    list_invitations, ordinary, reject,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = associated();
    cases.extend(invited());
    cases.extend(accepted());
    cases.extend(ended());
    cases.extend(outsiders());
    cases.extend([1, 3, 5].into_iter().flat_map(one_of_five));
    cases
}

fn named(end: &str) -> String {
    format!("alibaba/associate/{end}")
}

/// What is associated.
fn associated() -> Vec<Case> {
    let known = |end: &str, draft: &Draft| {
        standard(named(&format!("probe/already-associated/{end}")))
            .test(associate("a").account("member-c"))
            .instead(draft)
            .provoking(["entities/already-associated"])
            .about(&["effect/associated"])
            .done()
    };
    vec![
        known("account", &associate("a").account("member-a")),
        known("resource", &associate("a").resource("VSwitch", 1)),
        known("arn-of-a-resource", &associate("a").arn("VSwitch", 1)),
        known("both", &associate("a").resource("VSwitch", 1).account("member-a")),
        known(
            "all",
            &associate("a").entries(List::Resources, [1, 2]).entries(List::Targets, [1, 2]),
        ),
        known("beside-a-new-one", &associate("a").account("member-a").account("member-c")),
        known("after-a-new-one", &associate("a").account("member-c").account("member-a")),
        known("beside-a-new-resource", &associate("a").account("member-a").resource("VSwitch", 3)),
    ]
}

/// One of five is in the share.
fn one_of_five(position: usize) -> Vec<Case> {
    List::ALL
        .iter()
        .map(|list| {
            let entries = (1..=5).map(|number| match number == position {
                true => ordinary(*list, 1),
                false => ordinary(*list, number + 2),
            });
            let end = format!("probe/already-associated/{}/at-{position}", list.name());
            standard(named(&end))
                .test(associate("a").account("member-c"))
                .instead(&associate("a").list(list.parameter(), entries))
                .provoking(["entities/already-associated"])
                .about(&["effect/associated"])
                .done()
        })
        .collect()
}

/// What is invited.
fn invited() -> Vec<Case> {
    let probe = |end: &str, before: Vec<Step>, draft: &Draft| {
        case(named(&format!("probe/already-invited/{end}")))
            .step(create_external("a"))
            .step(associate("a").resource("VSwitch", 1).account("member-a"))
            .test(associate("a").account("member-c"))
            .before(before)
            .instead(draft)
            .provoking(["entities/already-invited"])
            .done()
    };
    let invite = || Step::from(associate("a").account("outsider"));
    let outsider = || associate("a").account("outsider");
    vec![
        probe("alone", vec![invite()], &outsider()),
        probe("listed", vec![invite(), list_invitations("a", "outsider").into()], &outsider()),
        probe("beside-another", vec![invite()], &outsider().account("outsider-b")),
        probe("beside-a-member", vec![invite()], &outsider().account("member-c")),
        probe("beside-a-resource", vec![invite()], &outsider().resource("VSwitch", 2)),
    ]
}

/// Who was invited and accepted.
fn accepted() -> Vec<Case> {
    let probe = |end: &str, draft: &Draft| {
        case(named(&format!("probe/already-associated/outsider/{end}")))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .test(associate("a").account("member-c"))
            .instead(draft)
            .provoking(["entities/already-associated"])
            .about(&["effect/associated"])
            .done()
    };
    let outsider = || associate("a").account("outsider");
    vec![
        probe("alone", &outsider()),
        probe("beside-a-member", &outsider().account("member-c")),
        probe("beside-another", &outsider().account("outsider-b")),
    ]
}

/// What was removed comes again, several times, and beside others.
fn ended() -> Vec<Case> {
    let kinds: [NamedPut; 4] = [
        ("resource", |draft| draft.resource("VSwitch", 1)),
        ("arn", |draft| draft.arn("VSwitch", 1)),
        ("account", |draft| draft.account("member-a")),
        ("both", |draft| draft.resource("VSwitch", 1).account("member-a")),
    ];
    let mut cases = Vec::new();
    for (name, entity) in kinds {
        let gone = || entity(disassociate("a"));
        let removed = |end: &str| standard(named(&format!("again/{name}/{end}"))).step(gone());
        cases.push(
            removed("twice")
                .step(entity(associate("a")))
                .step(gone())
                .test(entity(associate("a")))
                .done(),
        );
        let more = entity(associate("a")).account("member-c");
        cases.push(removed("beside-a-new-one").test(more).done());
    }
    cases
}

/// Accounts outside that rejected, left, were removed, or did not answer in time.
fn outsiders() -> Vec<Case> {
    let plan = |end: &str| case(named(&format!("again/outsider/{end}"))).step(create_external("a"));
    let again = |plan: Plan| plan.test(associate("a").account("outsider")).done();
    let asked = |end: &str| {
        plan(end).step(associate("a").account("outsider")).step(list_invitations("a", "outsider"))
    };
    let joined = |end: &str| plan(end).steps(join("a", "outsider"));
    let late = || [advance(8 * 24), list_invitations("a", "outsider").into()];
    vec![
        again(asked("rejected").step(reject("a", "outsider"))),
        again(joined("left").step(leave("a", "outsider"))),
        // Whether the row of an expired invitation is still there is open.
        again(
            case(named("probe/again-after-expiry/outsider"))
                .step(create_external("a"))
                .step(associate("a").account("outsider"))
                .step(list_invitations("a", "outsider"))
                .steps(late()),
        ),
        asked("rejected-beside-another")
            .step(reject("a", "outsider"))
            .test(associate("a").account("outsider").account("outsider-b"))
            .done(),
    ]
}
