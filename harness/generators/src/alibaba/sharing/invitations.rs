//! Invitations and their seven days: what is invited, what answers in time, and what becomes of the
//! share in the meantime.

use crate::alibaba::draft::{
    Draft, accept, advance, associate, create_external, disassociate, list_invitations, reject,
    rename,
};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = in_time();
    cases.extend(late());
    cases.extend(meanwhile());
    cases.extend(looked_at());
    cases.push(closing());
    cases
}

/// The row of who was invited is read, and read again once the invitation is over.
fn looked_at() -> [Case; 2] {
    let seen = |end: &str| invited(end).step(Step::Read);
    [
        seen("reject/valid/after-a-look").test(reject("a", "outsider")).done(),
        seen("associate/probe/open-invitation/after-a-look-and-expiry")
            .step(advance(8 * 24))
            .step(list_invitations("a", "outsider"))
            .test(associate("a").account("member-a"))
            .done(),
    ]
}

fn invited(end: &str) -> Plan {
    case(format!("alibaba/{end}"))
        .step(create_external("a"))
        .step(associate("a").resource("VSwitch", 1).account("outsider"))
        .step(list_invitations("a", "outsider"))
}

/// An invitation lasts for seven days.
fn in_time() -> Vec<Case> {
    [("at-once", 0), ("after-a-day", 24), ("after-six-days", 6 * 24), ("in-the-last-hour", 167)]
        .into_iter()
        .map(|(name, hours)| {
            let plan = invited(&format!("accept/valid/{name}"));
            let plan = if hours > 0 { plan.step(advance(hours)) } else { plan };
            plan.test(accept("a", "outsider")).done()
        })
        .collect()
}

/// It is over after them, whether anyone looked or not.
fn late() -> Vec<Case> {
    let late = |name: &str, hours: i64| {
        invited(&format!("accept/invitation/expired/{name}"))
            .test(accept("a", "outsider"))
            .before([advance(hours), list_invitations("a", "outsider").into()])
            .provoking(["invitation/expired"])
            .done()
    };
    vec![late("an-hour-late", 169), late("thirty-days-late", 30 * 24)]
}

/// What the owner does while an invitation is open, or after it is over.
fn meanwhile() -> Vec<Case> {
    let member = || associate("a").account("member-a").resource("Image", 1);
    vec![
        invited("associate/probe/open-invitation/after-one-expired")
            .step(advance(8 * 24))
            .step(list_invitations("a", "outsider"))
            .test(member())
            .done(),
        invited("associate/valid/invitations/after-one-was-accepted")
            .step(accept("a", "outsider"))
            .test(member())
            .done(),
        invited("associate/probe/open-invitation/both-kinds").test(member()).done(),
    ]
}

/// A share with principals outside is closed to them.
fn closing() -> Case {
    let close: fn(Draft) -> Draft = |draft| draft.with("AllowExternalTargets", false);
    case("alibaba/update/probe/outsiders-left/accepted")
        .step(create_external("a"))
        .step(associate("a").account("outsider").account("member-a"))
        .step(list_invitations("a", "outsider"))
        .step(accept("a", "outsider"))
        .test(rename("a", "a"))
        .instead(&close(rename("a", "a")))
        .step(disassociate("a").account("member-a"))
        .provoking(["share/outsiders-left"])
        .done()
}
