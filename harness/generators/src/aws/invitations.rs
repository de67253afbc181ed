//! GetResourceShareInvitations, the answers to invitations, and EnableSharingWithAwsOrganization.

use super::cast::{
    Puts, accept, answer, associate, case, create_external, disassociate, edited, invitations,
    join, reject,
};
use crate::draft::{Draft, advance, call};
use crate::plan::Plan;
use serde_json::json;
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = listed();
    cases.extend(enabled());
    cases.extend(answered());
    cases
}

fn invited(end: &str) -> Plan {
    case(end)
        .step(create_external("a"))
        .step(associate("a").principal("outsider"))
        .step(invitations("a", "outsider"))
}

fn listed() -> Vec<Case> {
    let two = |end: &str| {
        invited(end)
            .step(create_external("b"))
            .step(associate("b").principal("outsider"))
            .step(invitations("b", "outsider"))
    };
    vec![
        invited("invitations/valid/receiver").test(invitations("a", "outsider")).done(),
        invited("invitations/valid/stranger").test(invitations("a", "outsider-b")).done(),
        // Invitations are listed to those who received them.
        invited("invitations/valid/sender").test(invitations("a", "owner")).done(),
        invited("invitations/valid/sender/all")
            .test(call("owner", "GetResourceShareInvitations"))
            .done(),
        two("invitations/valid/one-of-two-shares").test(invitations("a", "outsider")).done(),
        two("invitations/valid/two-shares")
            .test(invitations("a", "outsider").entry("resourceShareArns", "$share.b"))
            .done(),
        two("invitations/valid/one-of-two")
            .test(
                call("outsider", "GetResourceShareInvitations")
                    .list("resourceShareInvitationArns", ["$invitation.b.outsider"]),
            )
            .done(),
        two("invitations/valid/both-of-two")
            .test(call("outsider", "GetResourceShareInvitations").list(
                "resourceShareInvitationArns",
                ["$invitation.a.outsider", "$invitation.b.outsider"],
            ))
            .done(),
        invited("invitations/valid/all")
            .test(call("outsider", "GetResourceShareInvitations"))
            .done(),
        invited("invitations/valid/by-arn")
            .test(
                call("outsider", "GetResourceShareInvitations")
                    .list("resourceShareInvitationArns", ["$invitation.a.outsider"]),
            )
            .done(),
        // It may be over by then, and not before.
        invited("invitations/valid/hours-later")
            .step(advance(11))
            .test(invitations("a", "outsider"))
            .done(),
        invited("invitations/valid/half-a-day-later")
            .step(advance(13))
            .test(invitations("a", "outsider"))
            .done(),
        invited("invitations/valid/after-acceptance")
            .step(accept("a", "outsider"))
            .test(invitations("a", "outsider"))
            .done(),
        edited(
            invited("invitations/max-results/zero"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("maxResults", 0),
            "max-results/out-of-range",
        ),
        edited(
            invited("invitations/next-token/invalid"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("nextToken", "x"),
            "next-token/invalid",
        ),
        edited(
            invited("invitations/filter/unknown"),
            invitations("a", "outsider"),
            &invitations("a", "outsider")
                .list("resourceShareInvitationArns", ["$invitation.a.outsider|unknown"]),
            "filter/unknown",
        ),
        edited(
            invited("invitations/malformed"),
            invitations("a", "outsider"),
            &invitations("a", "outsider").with("resourceShareInvitationArns", json!(["x"])),
            "invitation/malformed",
        ),
    ]
}

fn enabled() -> Vec<Case> {
    vec![
        case("enable/valid")
            .test(call("owner", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/enabled"])
            .about(&["effect/enabled", "member/returnValue"])
            .done(),
        case("enable/not-management/member")
            .test(call("member-a", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/not-management"])
            .done(),
        case("enable/not-management/outsider")
            .test(call("outsider", "EnableSharingWithAwsOrganization"))
            .provoking(["organization/not-management"])
            .done(),
    ]
}

fn answered() -> Vec<Case> {
    let mut cases = Vec::new();
    for (operation, topic) in
        [("AcceptResourceShareInvitation", "accept"), ("RejectResourceShareInvitation", "reject")]
    {
        let own = || answer(operation, "a", "outsider");
        let named = |end: &str| invited(&format!("{topic}/{end}"));
        let wrong =
            |end: &str, draft: Draft, condition: &str| edited(named(end), own(), &draft, condition);
        let before = |end: &str, step: Step, condition: &str| {
            named(end).test(own()).before([step]).provoking([condition]).done()
        };
        cases.extend([
            named("valid").test(own()).done(),
            named("valid/beside-another-invitation")
                .step(associate("a").principal("outsider-b"))
                .test(own())
                .done(),
            named("valid/beside-a-member")
                .step(associate("a").principal("member-a"))
                .test(own())
                .done(),
            wrong("missing", own().without("resourceShareInvitationArn"), "invitation/missing"),
            wrong(
                "malformed",
                own().with("resourceShareInvitationArn", "x"),
                "invitation/malformed",
            ),
            wrong(
                "unknown",
                own().with("resourceShareInvitationArn", "$invitation.a.outsider|unknown"),
                "invitation/unknown",
            ),
            wrong("foreign", own().by("outsider-b"), "invitation/foreign"),
            before("accepted", accept("a", "outsider").into(), "invitation/accepted"),
            before("rejected", reject("a", "outsider").into(), "invitation/rejected"),
        ]);
    }
    cases.push(
        case("accept/valid/after-leaving")
            .step(create_external("a"))
            .steps(join("a", "outsider"))
            .step(disassociate("a").principal("outsider"))
            .step(associate("a").principal("outsider"))
            .step(invitations("a", "outsider"))
            .test(accept("a", "outsider"))
            .done(),
    );
    cases
}
