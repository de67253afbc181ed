//! Quotas of an account: at the limit, beyond it, and what gives room again. The account has a quota of
//! three shared resources, four shares and two open invitations.

use crate::alibaba::cast::id_of;
use crate::alibaba::draft::{
    Draft, accept, advance, associate, create, create_external, delete, hold, list_invitations,
    reject, release,
};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::{Case, Step};

/// The account whose quotas are small.
const SMALL: &str = "small-owner";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = resources();
    cases.extend(resources_counted());
    cases.extend(invitations());
    cases.extend(invitations_counted());
    cases.extend(shares());
    cases
}

fn plan(end: &str) -> Plan {
    case(format!("alibaba/{end}")).alone_in(SMALL)
}

fn share(name: &str) -> Draft {
    create(name).by(SMALL).with("AllowExternalTargets", true)
}

fn switches(draft: Draft, numbers: impl IntoIterator<Item = usize>) -> Draft {
    numbers.into_iter().fold(draft.by(SMALL), |draft, number| {
        draft.pair("VSwitch", id_of(SMALL, "VSwitch", number))
    })
}

fn arns(draft: Draft, numbers: impl IntoIterator<Item = usize>) -> Draft {
    numbers.into_iter().fold(draft.by(SMALL), |draft, number| {
        draft.entry("ResourceArns", format!("$arn.{SMALL}.VSwitch.{number}"))
    })
}

fn outsiders(draft: Draft, roles: &[&str]) -> Draft {
    roles.iter().fold(draft.by(SMALL), |draft, role| draft.account(role))
}

fn resources() -> Vec<Case> {
    let condition = "resources/over-quota";
    let over = |end: &str, before: Vec<Step>, draft: &Draft| {
        plan(&format!("associate/{condition}/{end}"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before(before)
            .instead(draft)
            .provoking([condition])
            .done()
    };
    let first = |count: usize| switches(associate("a"), 1..=count);
    let other = || vec![share("b").into(), switches(associate("b"), 1..=3).into()];
    vec![
        plan("associate/valid/quota/three").step(share("a")).test(first(3)).done(),
        plan("associate/valid/quota/three-arns")
            .step(share("a"))
            .test(arns(associate("a"), 1..=3))
            .done(),
        plan("associate/valid/quota/two-and-one")
            .step(share("a"))
            .step(first(2))
            .test(switches(associate("a"), [3]))
            .done(),
        plan("create/valid/quota/three").test(switches(share("a"), 1..=3)).done(),
        over("four", Vec::new(), &first(4)),
        over("four-arns", Vec::new(), &arns(associate("a"), 1..=4)),
        over("five", Vec::new(), &first(5)),
        over("three-and-one", vec![first(3).into()], &switches(associate("a"), [4])),
        over("three-and-one-by-arn", vec![first(3).into()], &arns(associate("a"), [4])),
        over("two-and-two", vec![first(2).into()], &switches(associate("a"), [3, 4])),
        over("in-another-share", other(), &switches(associate("a"), [4])),
        plan(&format!("create/{condition}/four"))
            .test(share("a"))
            .instead(&switches(share("a"), 1..=4))
            .provoking([condition])
            .done(),
        plan(&format!("create/{condition}/in-another-share"))
            .test(share("a"))
            .before(other())
            .instead(&switches(share("a"), [4]))
            .provoking([condition])
            .done(),
    ]
}

/// What counts, and what does not.
fn resources_counted() -> Vec<Case> {
    let twice = "resources/over-quota-if-twice";
    let moving = "resources/over-quota-if-moving";
    let stock = |count: usize| [share("b").into(), switches(associate("b"), 1..=count).into()];
    let probe = |end: &str, before: Vec<Step>, condition: &str, draft: &Draft| {
        plan(&format!("associate/probe/{condition}/{end}"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before(before)
            .instead(draft)
            .provoking([condition])
            .done()
    };
    let mut going = stock(3).to_vec();
    going.extend([hold(), delete("b").by(SMALL).unsettled().into()]);
    let mut coming = stock(2).to_vec();
    coming.extend([hold(), switches(associate("b"), [3]).unsettled().into()]);
    vec![
        plan("associate/valid/quota/after-a-deletion")
            .steps(stock(3))
            .step(share("a"))
            .step(delete("b").by(SMALL))
            .test(switches(associate("a"), [4, 5, 6]))
            .done(),
        plan("associate/valid/quota/in-two-shares")
            .steps(stock(2))
            .step(share("a"))
            .test(switches(associate("a"), [3]))
            .done(),
        plan("associate/valid/quota/principals-do-not-count")
            .step(share("a"))
            .step(switches(associate("a"), 1..=3))
            .test(outsiders(associate("a"), &["outsider"]))
            .done(),
        plan("associate/valid/quota/resources-of-others-do-not-count")
            .step(create("b"))
            .step(associate("b").resource("VSwitch", 1).resource("VSwitch", 2))
            .step(share("a"))
            .test(switches(associate("a"), 1..=3))
            .done(),
        plan(&format!("create/probe/{twice}/one"))
            .test(share("a"))
            .before(stock(3))
            .instead(&switches(share("a"), [1]))
            .provoking([twice])
            .done(),
        plan(&format!("create/probe/{moving}/share-deleting"))
            .test(share("a"))
            .before(going.clone())
            .instead(&switches(share("a"), [4]))
            .step(release())
            .provoking([moving])
            .done(),
        probe("one", stock(3).to_vec(), twice, &switches(associate("a"), [1])),
        probe("both", stock(2).to_vec(), twice, &switches(associate("a"), [1, 2])),
        plan(&format!("associate/probe/{moving}/share-deleting"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before(going)
            .instead(&switches(associate("a"), [4]))
            .step(release())
            .provoking([moving])
            .done(),
        plan(&format!("associate/probe/{moving}/associating"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before(coming)
            .instead(&switches(associate("a"), [4]))
            .step(release())
            .provoking([moving])
            .done(),
    ]
}

fn invitations() -> Vec<Case> {
    let condition = "invitations/over-quota";
    let over = |end: &str, before: Vec<Step>, draft: &Draft| {
        plan(&format!("associate/{condition}/{end}"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before(before)
            .instead(draft)
            .provoking([condition])
            .done()
    };
    let three = ["outsider", "outsider-b", "outsider-c"];
    let two = || outsiders(associate("a"), &["outsider", "outsider-b"]);
    let third = || outsiders(associate("a"), &["outsider-c"]);
    vec![
        plan("associate/valid/quota/two-invitations").step(share("a")).test(two()).done(),
        plan("associate/probe/quota/one-invitation-and-one")
            .step(share("a"))
            .step(outsiders(associate("a"), &["outsider"]))
            .test(outsiders(associate("a"), &["outsider-b"]))
            .done(),
        plan("create/valid/quota/two-invitations")
            .test(outsiders(share("a"), &["outsider", "outsider-b"]))
            .done(),
        over("three", Vec::new(), &outsiders(associate("a"), &three)),
        over(
            "beside-a-resource",
            Vec::new(),
            &outsiders(associate("a"), &three).pair("VSwitch", id_of(SMALL, "VSwitch", 1)),
        ),
        // An open invitation may be a task of the share, which stands in the way too.
        plan("associate/pairs/invitations-over-quota+share-busy")
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before([two().into()])
            .instead(&third())
            .provoking([condition, "share/busy"])
            .done(),
        plan(&format!("create/{condition}/three"))
            .test(share("a"))
            .instead(&outsiders(share("a"), &three))
            .provoking([condition])
            .done(),
    ]
}

/// What counts as an open invitation.
fn invitations_counted() -> Vec<Case> {
    let two = || outsiders(associate("a"), &["outsider", "outsider-b"]);
    let third = || outsiders(associate("a"), &["outsider-c"]);
    let asked = |end: &str| {
        plan(&format!("associate/{end}"))
            .step(share("a"))
            .step(two())
            .step(list_invitations("a", "outsider"))
            .step(list_invitations("a", "outsider-b"))
    };
    let answered = |end: &str, answer: fn(&str, &str) -> Draft| {
        asked(&format!("valid/quota/{end}"))
            .step(answer("a", "outsider"))
            .step(answer("a", "outsider-b"))
            .test(outsiders(associate("a"), &["outsider-c", "outsider-d"]))
            .done()
    };
    let condition = "invitations/over-quota-with-other-shares";
    vec![
        answered("after-acceptances", accept),
        answered("after-rejections", reject),
        asked("probe/quota/after-invitations-expired")
            .step(advance(8 * 24))
            .step(list_invitations("a", "outsider"))
            .step(list_invitations("a", "outsider-b"))
            .test(third())
            .done(),
        plan(&format!("associate/probe/{condition}/two-and-one"))
            .step(share("a"))
            .test(switches(associate("a"), [1]))
            .before([
                share("b").into(),
                outsiders(associate("b"), &["outsider", "outsider-b"]).into(),
            ])
            .instead(&third())
            .provoking([condition])
            .done(),
        plan(&format!("create/probe/{condition}/two-and-one"))
            .test(share("a"))
            .before([
                share("b").into(),
                outsiders(associate("b"), &["outsider", "outsider-b"]).into(),
            ])
            .instead(&outsiders(share("a"), &["outsider-c"]))
            .provoking([condition])
            .done(),
    ]
}

fn shares() -> Vec<Case> {
    let condition = "shares/over-quota";
    let deleting = "shares/over-quota-if-deleting";
    let three = || ["b", "c", "d"].map(|name| share(name).into());
    let fourth = || Step::from(share("e"));
    vec![
        plan("create/valid/quota/four").steps(three()).test(share("a")).done(),
        plan("create/valid/quota/after-a-deletion")
            .steps(three())
            .step(fourth())
            .step(delete("b").by(SMALL))
            .test(share("a"))
            .done(),
        plan("create/valid/quota/shares-of-others-do-not-count")
            .steps(three())
            .step(create_external("e").by("other-owner"))
            .test(share("a"))
            .done(),
        plan(&format!("create/{condition}/five"))
            .steps(three())
            .test(share("a"))
            .before([fourth()])
            .provoking([condition])
            .done(),
        plan(&format!("create/{condition}/another-five"))
            .step(share("f"))
            .step(delete("f").by(SMALL))
            .steps(three())
            .test(share("a"))
            .before([fourth()])
            .provoking([condition])
            .done(),
        plan(&format!("create/probe/{deleting}/five"))
            .steps(three())
            .test(share("a"))
            .before([fourth(), hold(), delete("e").by(SMALL).unsettled().into()])
            .step(release())
            .provoking([deleting])
            .done(),
    ]
}
