//! UpdateResourceShare and DeleteResourceShare: what may be changed, and each condition alone.

use super::create::{names, wrong_names};
use super::shares;
use crate::alibaba::draft::{
    Draft, associate, create, create_external, delete, disassociate, hold, join, release, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = updates();
    // Which names are allowed is tried with CreateResourceShare; here, that it is asked at all.
    cases.extend(names().step_by(3).map(|(end, name)| {
        standard(format!("alibaba/update/name/{end}"))
            .test(rename("a", "renamed").with("ResourceShareName", name))
            .done()
    }));
    cases.extend(wrong_names().into_iter().step_by(3).map(|(end, condition, name)| {
        wrong_update(&end, condition, &rename("a", "a").with("ResourceShareName", name))
    }));
    let nameless = rename("a", "a").without("ResourceShareName");
    cases.push(wrong_update("share-name/missing", "share-name/missing", &nameless));
    cases.push(unsupported_external());
    cases.extend(shares::cases("update", &rename("a", "renamed")));
    cases.extend(deletions());
    cases.extend(unfinished());
    cases.extend(shares::cases("delete", &delete("a")));
    cases.extend(invited());
    cases
}

fn wrong_update(end: &str, condition: &str, draft: &Draft) -> Case {
    standard(format!("alibaba/update/{end}"))
        .test(rename("a", "a"))
        .instead(draft)
        .provoking([condition])
        .done()
}

fn updates() -> Vec<Case> {
    let base = |end: &str| standard(format!("alibaba/update/valid/{end}"));
    let flag = |draft: Draft, allowed: bool| draft.with("AllowExternalTargets", allowed);
    vec![
        base("rename").test(rename("a", "renamed")).done(),
        base("same-name").test(rename("a", "a")).done(),
        base("external").test(flag(rename("a", "a"), true)).done(),
        base("external-then-not")
            .step(flag(rename("a", "a"), true))
            .test(flag(rename("a", "a"), false))
            .done(),
        base("rename-and-external").test(flag(rename("a", "renamed"), true)).done(),
        case("alibaba/update/valid/by-a-member")
            .step(create("a").by("member-a"))
            .test(rename("a", "renamed").by("member-a"))
            .done(),
        case("alibaba/update/valid/external-by-a-member")
            .step(create("a").by("member-a"))
            .test(flag(rename("a", "renamed").by("member-a"), true))
            .done(),
        base("rename-twice").step(rename("a", "renamed")).test(rename("a", "a")).done(),
        base("name-of-another").step(create("b")).test(rename("a", "b")).done(),
        base("renamed-then-removed")
            .step(rename("a", "renamed"))
            .test(rename("a", "again"))
            .step(disassociate("a").account("member-a"))
            .done(),
    ]
}

/// The share holds what may not be shared outside.
fn unsupported_external() -> Case {
    case("alibaba/update/probe/unsupported-external")
        .step(create("a"))
        .step(associate("a").resource("KMSInstance", 1))
        .test(rename("a", "a"))
        .instead(&rename("a", "a").with("AllowExternalTargets", true))
        .provoking(["share/unsupported-external"])
        .done()
}

fn deletions() -> Vec<Case> {
    let base = |end: &str| standard(format!("alibaba/delete/valid/{end}"));
    let outsider = |end: &str| {
        case(format!("alibaba/delete/valid/{end}"))
            .step(create_external("a"))
            .steps(join("a", "outsider"))
    };
    vec![
        case("alibaba/delete/valid/empty").step(create("a")).test(delete("a")).done(),
        base("with-entities").test(delete("a")).done(),
        base("one-of-two")
            .step(create("b"))
            .step(associate("b").resource("VSwitch", 1).account("member-a"))
            .test(delete("a"))
            .done(),
        base("after-everything-went")
            .step(disassociate("a").resource("VSwitch", 1).resource("VSwitch", 2))
            .step(disassociate("a").account("member-a").account("member-b"))
            .test(delete("a"))
            .done(),
        outsider("with-an-outsider").test(delete("a")).done(),
        base("read-at-once").test(delete("a").unsettled()).done(),
        // While transitions are held it shows whether the deletion is one.
        base("held").test(delete("a")).before([hold()]).step(release()).done(),
    ]
}

/// Something in the share is under way.
fn unfinished() -> Vec<Case> {
    let base = |end: &str, draft: Draft| {
        let plan: Plan = standard(format!("alibaba/delete/share/unfinished/{end}"));
        plan.test(delete("a"))
            .before([hold(), draft.unsettled().into()])
            .step(release())
            .provoking(["share/unfinished"])
            .done()
    };
    vec![base("associating", associate("a").account("member-c"))]
}

/// An invitation is open: whether it is a task, or makes the share pending, is open.
fn invited() -> Vec<Case> {
    let base = |end: &str, test: Draft| {
        case(format!("alibaba/{end}")).step(create_external("a")).test(test).before([associate(
            "a",
        )
        .account("outsider")
        .into()])
    };
    vec![
        base("delete/probe/open-invitation", delete("a"))
            .provoking(["share/invitation-open"])
            .done(),
        base("update/probe/open-invitation", rename("a", "a")).done(),
    ]
}
