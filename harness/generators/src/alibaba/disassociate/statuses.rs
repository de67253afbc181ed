//! The status of the share and of what a call names: being deleted, deleted, being associated.

use crate::alibaba::draft::{
    Draft, Put, accept, associate, create_external, delete, disassociate, hold, join, leave,
    list_invitations, release,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, draft) in named() {
        cases.push(deleting(name, &draft));
        cases.push(deleted(name, &draft));
    }
    cases.extend(never_filled());
    cases.extend(leaving());
    cases.extend(associating());
    cases
}

/// What a call on a share may name.
fn named() -> Vec<(&'static str, Draft)> {
    vec![
        ("resource", disassociate("a").resource("VSwitch", 1)),
        ("arn", disassociate("a").arn("VSwitch", 1)),
        ("target", disassociate("a").account("member-a")),
        ("both", disassociate("a").resource("VSwitch", 1).account("member-a")),
        ("owner-self", disassociate("a").account("member-a").mode("Self")),
    ]
}

/// The share is going while the call comes, or it went at once.
fn deleting(name: &str, draft: &Draft) -> Case {
    standard(format!("alibaba/disassociate/share/deleting/{name}"))
        .test(draft.clone())
        .before([delete("a").unsettled().into()])
        .provoking(["share/deleting", "share/deleted"])
        .done()
}

fn deleted(name: &str, draft: &Draft) -> Case {
    standard(format!("alibaba/disassociate/share/deleted/{name}"))
        .test(draft.clone())
        .before([delete("a").into()])
        .provoking(["share/deleted"])
        .done()
}

/// What was removed before the share went, or was never in it.
fn never_filled() -> Vec<Case> {
    let base = |end: &str| {
        standard(format!("alibaba/disassociate/share/deleted/{end}"))
            .test(disassociate("a").account("member-a"))
            .provoking(["share/deleted"])
    };
    vec![
        base("removed-before")
            .before([disassociate("a").account("member-a").into(), delete("a").into()])
            .done(),
        base("never-associated")
            .before([delete("a").into()])
            .instead(&disassociate("a").account("member-c"))
            .done(),
    ]
}

/// The share of another goes before the account leaves.
fn leaving() -> Vec<Case> {
    let joined = |end: &str, step: Draft, conditions: &[&str]| {
        case(format!("alibaba/disassociate/share/{end}"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .test(leave("a", "outsider"))
            .before([step.into()])
            .provoking(conditions.iter().copied())
            .done()
    };
    vec![
        joined("deleting/leaving", delete("a").unsettled(), &["share/deleting", "share/deleted"]),
        joined("deleted/leaving", delete("a"), &["share/deleted"]),
    ]
}

/// Transitions are held, so that what was asked for before is certainly under way. A case that
/// holds them has the target to itself: there are only as many as make a difference.
fn associating() -> Vec<Case> {
    let account: Put = |draft| draft.account("member-c");
    let resource: Put = |draft| draft.resource("VSwitch", 3);
    let beside = account(disassociate("a").account("member-a")).resource("VSwitch", 1);
    let mut cases = vec![
        held("resource/alone", resource, &resource(disassociate("a"))),
        held("account/alone", account, &account(disassociate("a"))),
        held("account/beside-associated-ones", account, &beside),
    ];
    cases.push(again());
    cases.push(leaving_in_progress());
    cases
}

fn held(name: &str, entity: Put, draft: &Draft) -> Case {
    standard(format!("alibaba/disassociate/entities/associating/{name}"))
        .test(disassociate("a").account("member-a"))
        .before([hold(), entity(associate("a")).unsettled().into()])
        .instead(draft)
        .step(release())
        .provoking(["entities/associating"])
        .done()
}

/// An entity that was removed before is being associated again.
fn again() -> Case {
    let entity = |draft: Draft| draft.account("member-a");
    standard("alibaba/disassociate/entities/associating/account/again")
        .test(entity(disassociate("a")))
        .before([
            entity(disassociate("a")).into(),
            hold(),
            entity(associate("a")).unsettled().into(),
        ])
        .step(release())
        .provoking(["entities/associating"])
        .done()
}

/// The account that leaves has accepted, and its association is under way.
fn leaving_in_progress() -> Case {
    let plan: Plan = case("alibaba/disassociate/leave/in-progress")
        .step(create_external("a"))
        .step(associate("a").account("member-a"))
        .test(disassociate("a").account("member-a"));
    plan.before([
        associate("a").account("outsider").into(),
        list_invitations("a", "outsider").into(),
        hold(),
        accept("a", "outsider").unsettled().into(),
        Step::Read,
    ])
    .instead(&leave("a", "outsider"))
    .step(release())
    .provoking(["leave/in-progress"])
    .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_follows_every_hold() {
        for case in cases() {
            let (steps, _) = case.steps();
            let held = steps.iter().filter(|step| **step == hold()).count();
            let released = steps.iter().filter(|step| **step == release()).count();
            assert_eq!(held, released, "{}", case.id);
        }
    }
}
