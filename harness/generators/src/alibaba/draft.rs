//! Drafts of calls of the Alibaba API.

use super::cast::{List, account, arn_of, id_of, of_crowd};
pub(crate) use crate::draft::{Draft, NamedPut, Put, advance, call, hold, release};
use serde_json::{Map, Value};
use sharespec_wire::case::Step;

/// CreateResourceShare by the management account, for members of the directory.
pub(crate) fn create(share: &str) -> Draft {
    call("owner", "CreateResourceShare")
        .with("ResourceShareName", format!("$name.{share}"))
        .making(share)
}

/// The same for principals outside as well.
pub(crate) fn create_external(share: &str) -> Draft {
    create(share).with("AllowExternalTargets", true)
}

fn on_share(operation: &str, share: &str) -> Draft {
    call("owner", operation).with("ResourceShareId", format!("$share.{share}"))
}

/// AssociateResourceShare without entities.
pub(crate) fn associate(share: &str) -> Draft {
    on_share("AssociateResourceShare", share)
}

/// DisassociateResourceShare without entities.
pub(crate) fn disassociate(share: &str) -> Draft {
    on_share("DisassociateResourceShare", share)
}

/// DisassociateResourceShare of an account that leaves the share of another.
pub(crate) fn leave(share: &str, role: &str) -> Draft {
    disassociate(share).by(role).account(role).mode("OtherAccounts")
}

/// UpdateResourceShare with the name of another share.
pub(crate) fn rename(share: &str, name: &str) -> Draft {
    on_share("UpdateResourceShare", share).with("ResourceShareName", format!("$name.{name}"))
}

/// DeleteResourceShare.
pub(crate) fn delete(share: &str) -> Draft {
    on_share("DeleteResourceShare", share)
}

/// ListResourceShareAssociations of one kind (`Resource`, `Target`) in one share.
pub(crate) fn list_associations(share: &str, kind: &str) -> Draft {
    call("owner", "ListResourceShareAssociations")
        .with("AssociationType", kind)
        .list("ResourceShareIds", [format!("$share.{share}")])
}

/// ListResourceShares, ListSharedResources or ListSharedTargets of one share.
pub(crate) fn list_scope(operation: &str, share: &str, mode: &str) -> Draft {
    call("owner", operation).mode(mode).list("ResourceShareIds", [format!("$share.{share}")])
}

/// ListResourceShareInvitations to one share. Ids of invitations are learnt from it.
pub(crate) fn list_invitations(share: &str, role: &str) -> Draft {
    call(role, "ListResourceShareInvitations").list("ResourceShareIds", [format!("$share.{share}")])
}

fn on_invitation(operation: &str, share: &str, role: &str) -> Draft {
    call(role, operation).with("ResourceShareInvitationId", format!("$invitation.{share}.{role}"))
}

/// AcceptResourceShareInvitation by the one who was invited.
pub(crate) fn accept(share: &str, role: &str) -> Draft {
    on_invitation("AcceptResourceShareInvitation", share, role)
}

/// RejectResourceShareInvitation by the one who was invited.
pub(crate) fn reject(share: &str, role: &str) -> Draft {
    on_invitation("RejectResourceShareInvitation", share, role)
}

/// What an account outside does to join a share, the invitation included.
pub(crate) fn join(share: &str, role: &str) -> Vec<Step> {
    vec![
        associate(share).account(role).into(),
        list_invitations(share, role).into(),
        accept(share, role).into(),
    ]
}

impl Draft {
    /// One more entry of `Resources`.
    pub(crate) fn pair(self, kind: &str, id: impl Into<Value>) -> Self {
        let id = id.into();
        self.entry("Resources", pair(Some(kind), Some(id)))
    }

    /// The n-th resource of a type, by type and id.
    pub(crate) fn resource(self, kind: &str, number: usize) -> Self {
        self.pair(kind, id_of("owner", kind, number))
    }

    /// The n-th resource of a type, by ARN.
    pub(crate) fn arn(self, kind: &str, number: usize) -> Self {
        self.entry("ResourceArns", arn_of("owner", kind, number))
    }

    /// A principal.
    pub(crate) fn target(self, text: impl Into<Value>) -> Self {
        self.entry("Targets", text)
    }

    /// An account as a principal.
    pub(crate) fn account(self, role: &str) -> Self {
        self.target(account(role))
    }

    /// The n-th ordinary entry of a list, for several numbers.
    pub(crate) fn entries(self, list: List, numbers: impl IntoIterator<Item = usize>) -> Self {
        numbers
            .into_iter()
            .fold(self, |draft, number| draft.entry(list.parameter(), ordinary(list, number)))
    }

    /// `ResourceOwner`.
    pub(crate) fn mode(self, mode: &str) -> Self {
        self.with("ResourceOwner", mode)
    }
}

/// A resource by type and id, either of which may be missing.
pub(crate) fn pair(kind: Option<&str>, id: Option<Value>) -> Value {
    let mut record = Map::new();
    if let Some(kind) = kind {
        record.insert("ResourceType".to_owned(), Value::from(kind));
    }
    if let Some(id) = id {
        record.insert("ResourceId".to_owned(), id);
    }
    Value::Object(record)
}

/// The n-th ordinary entry of a list, counted from 1.
pub(crate) fn ordinary(list: List, number: usize) -> Value {
    match list {
        List::Resources => pair(Some("VSwitch"), Some(id_of("owner", "VSwitch", number).into())),
        List::Targets => of_crowd(number).into(),
        List::Arns => arn_of("owner", "VSwitch", number).into(),
    }
}
