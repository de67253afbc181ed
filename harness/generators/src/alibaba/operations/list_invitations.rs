//! ListResourceShareInvitations: whose invitations are listed, and each condition alone.

use super::filters;
use crate::alibaba::draft::{
    Draft, accept, associate, create_external, delete, list_invitations, reject,
};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::Case;

const GROUP: &str = "list-invitations";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = valid();
    cases.extend(two());
    cases.extend(filters::brief(GROUP, &list_invitations("a", "outsider")));
    cases
}

fn invited(end: &str) -> Plan {
    case(format!("alibaba/{GROUP}/{end}"))
        .step(create_external("a"))
        .step(associate("a").account("outsider"))
}

fn list(role: &str) -> Draft {
    list_invitations("a", role)
}

fn valid() -> Vec<Case> {
    let learnt = |end: &str| invited(end).step(list("outsider"));
    vec![
        invited("receiver/pending").test(list("outsider")).done(),
        learnt("receiver/accepted").step(accept("a", "outsider")).test(list("outsider")).done(),
        learnt("receiver/rejected").step(reject("a", "outsider")).test(list("outsider")).done(),
        learnt("receiver/by-id")
            .test(
                list("outsider")
                    .without("ResourceShareIds")
                    .list("ResourceShareInvitationIds", ["$invitation.a.outsider"]),
            )
            .done(),
        learnt("receiver/by-id-and-share")
            .test(list("outsider").list("ResourceShareInvitationIds", ["$invitation.a.outsider"]))
            .done(),
        learnt("receiver/deleted-share")
            .step(accept("a", "outsider"))
            .step(delete("a"))
            .test(list("outsider"))
            .done(),
        invited("another-outsider").test(list("outsider-b")).done(),
        invited("sender").test(list("owner")).done(),
        case(format!("alibaba/{GROUP}/member"))
            .step(create_external("a"))
            .step(associate("a").account("outsider").account("member-a"))
            .test(list("member-a"))
            .done(),
        learnt("id-of-another")
            .test(
                list("outsider-b")
                    .without("ResourceShareIds")
                    .list("ResourceShareInvitationIds", ["$invitation.a.outsider"]),
            )
            .done(),
    ]
}

/// Two invitations: of one account to two shares, and of two accounts to one.
fn two() -> Vec<Case> {
    let two_shares = |end: &str| {
        invited(end).step(create_external("b")).step(associate("b").account("outsider"))
    };
    let both = || list("outsider").entry("ResourceShareIds", "$share.b");
    vec![
        two_shares("two-shares/both").test(both()).done(),
        two_shares("two-shares/one").test(list("outsider")).done(),
        two_shares("two-shares/one-a-page").test(both().with("MaxResults", "1")).done(),
        two_shares("two-shares/one-accepted")
            .step(both())
            .step(accept("b", "outsider"))
            .test(both())
            .done(),
        case(format!("alibaba/{GROUP}/two-accounts"))
            .step(create_external("a"))
            .step(associate("a").account("outsider").account("outsider-b"))
            .test(list("outsider"))
            .done(),
    ]
}
