//! Calls of AWS RAM as cases write them, and the bases that many cases have.

use super::finish::finish;
use crate::draft::{Draft, call};
use crate::plan::Plan;
use serde_json::json;
use sharespec_wire::case::{Case, Step};

/// The subnets of the owner: what most cases share.
pub(crate) const SUBNET: &str = "ec2:Subnet";

/// The kinds of principals that a share inside the organization may have: a name and the symbol.
pub(crate) const PRINCIPALS: &[(&str, &str)] = &[
    ("account", "$account.member-a"),
    ("account-in-unit", "$account.member-b"),
    ("organization", "$directory.owner"),
    ("unit", "$folder.member-b"),
    ("role", "$identity.1"),
    ("user", "$identity.2"),
];

/// A case, by what follows the API in its id.
pub(crate) fn case(end: impl AsRef<str>) -> Plan {
    Plan::new(format!("aws/{}", end.as_ref()), finish)
}

/// A case on the share `a`, which holds the first and second subnet and two accounts.
pub(crate) fn standard(end: impl AsRef<str>) -> Plan {
    // Made with its entities, so that it needs no other operation.
    case(end).step(create("a").subnet(1).subnet(2).principal("member-a").principal("member-b"))
}

/// A good call, edited into another one.
pub(crate) fn edited(plan: Plan, good: Draft, wrong: &Draft, condition: &str) -> Case {
    plan.test(good).instead(wrong).provoking([condition]).done()
}

/// CreateResourceShare, for principals inside the organization alone.
pub(crate) fn create(share: &str) -> Draft {
    call("owner", "CreateResourceShare")
        .with("name", format!("$name.{share}"))
        .with("allowExternalPrincipals", false)
        .making(share)
}

/// The same for principals outside as well.
pub(crate) fn create_external(share: &str) -> Draft {
    create(share).with("allowExternalPrincipals", true)
}

/// A new share with the tag `made-by` of this value, and another one.
pub(crate) fn tagged(share: &str, value: &str) -> Draft {
    let tags =
        [json!({ "key": "made-by", "value": value }), json!({ "key": "of", "value": "both" })];
    create(share).list("tags", tags)
}

/// An operation on a share.
pub(crate) fn on_share(operation: &str, share: &str) -> Draft {
    call("owner", operation).with("resourceShareArn", format!("$share.{share}"))
}

/// AssociateResourceShare without entities.
pub(crate) fn associate(share: &str) -> Draft {
    on_share("AssociateResourceShare", share)
}

/// DisassociateResourceShare without entities.
pub(crate) fn disassociate(share: &str) -> Draft {
    on_share("DisassociateResourceShare", share)
}

/// DeleteResourceShare.
pub(crate) fn delete(share: &str) -> Draft {
    on_share("DeleteResourceShare", share)
}

/// GetResourceShareInvitations to one share. Ids of invitations are learnt from it.
pub(crate) fn invitations(share: &str, role: &str) -> Draft {
    call(role, "GetResourceShareInvitations").list("resourceShareArns", [format!("$share.{share}")])
}

/// AcceptResourceShareInvitation or RejectResourceShareInvitation by the one who was invited.
pub(crate) fn answer(operation: &str, share: &str, role: &str) -> Draft {
    call(role, operation).with("resourceShareInvitationArn", format!("$invitation.{share}.{role}"))
}

/// AcceptResourceShareInvitation.
pub(crate) fn accept(share: &str, role: &str) -> Draft {
    answer("AcceptResourceShareInvitation", share, role)
}

/// RejectResourceShareInvitation.
pub(crate) fn reject(share: &str, role: &str) -> Draft {
    answer("RejectResourceShareInvitation", share, role)
}

/// What an account outside does to join a share, the invitation included.
pub(crate) fn join(share: &str, role: &str) -> Vec<Step> {
    vec![
        associate(share).principal(role).into(),
        invitations(share, role).into(),
        accept(share, role).into(),
    ]
}

/// GetResourceShareAssociations of one type in one share.
pub(crate) fn associations(share: &str, kind: &str) -> Draft {
    call("owner", "GetResourceShareAssociations")
        .with("associationType", kind)
        .list("resourceShareArns", [format!("$share.{share}")])
}

/// GetResourceShares of one share: from then on its status is known.
pub(crate) fn look_at(share: &str) -> Draft {
    call("owner", "GetResourceShares")
        .with("resourceOwner", "SELF")
        .list("resourceShareArns", [format!("$share.{share}")])
}

/// What is put into calls of AWS RAM.
pub(crate) trait Puts: Sized {
    /// An account as a principal.
    fn principal(self, role: &str) -> Self;
    /// A principal by its text or symbol.
    fn named(self, text: &str) -> Self;
    /// The n-th subnet.
    fn subnet(self, number: usize) -> Self;
    /// A resource by its text or symbol.
    fn by_arn(self, text: &str) -> Self;
    /// The token.
    fn token(self, text: &str) -> Self;
}

impl Puts for Draft {
    fn principal(self, role: &str) -> Self {
        self.named(&format!("$account.{role}"))
    }

    fn named(self, text: &str) -> Self {
        self.entry("principals", text)
    }

    fn subnet(self, number: usize) -> Self {
        self.by_arn(&format!("$arn.owner.{SUBNET}.{number}"))
    }

    fn by_arn(self, text: &str) -> Self {
        self.entry("resourceArns", text)
    }

    fn token(self, text: &str) -> Self {
        self.with("clientToken", text)
    }
}
