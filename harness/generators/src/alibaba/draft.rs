//! Calls as cases write them: an operation, a caller, and arguments put in one after another.

use super::cast::{List, account, arn_of, id_of, of_crowd};
use serde_json::{Map, Value};
use sharespec_model::call::Call;
use sharespec_wire::case::{CallStep, Hook, Step};
use sharespec_wire::form::Form;

/// A call in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft(CallStep);

/// What puts something into a call.
pub(crate) type Put = fn(Draft) -> Draft;

/// The same with a name.
pub(crate) type NamedPut = (&'static str, Put);

/// A call of any operation.
pub(crate) fn call(caller: &str, operation: &str) -> Draft {
    let call = Call {
        operation: operation.to_owned(),
        caller: caller.to_owned(),
        arguments: Map::default(),
    };
    Draft(CallStep { call, makes: None, form: None, unsettled: false, beside: false, times: 1 })
}

/// CreateResourceShare by the management account, for members of the directory.
pub(crate) fn create(share: &str) -> Draft {
    let mut draft =
        call("owner", "CreateResourceShare").with("ResourceShareName", format!("$name.{share}"));
    draft.0.makes = Some(share.to_owned());
    draft
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

/// Transitions stop.
pub(crate) fn hold() -> Step {
    Step::Hook(Hook::Hold)
}

/// Transitions go on.
pub(crate) fn release() -> Step {
    Step::Hook(Hook::Release)
}

/// The clock is put forward by hours.
pub(crate) fn advance(hours: i64) -> Step {
    Step::Hook(Hook::Advance(hours * 3_600_000))
}

impl Draft {
    /// The call as it is by now.
    pub(crate) fn made(self) -> CallStep {
        self.0
    }

    /// Another caller.
    pub(crate) fn by(mut self, role: &str) -> Self {
        role.clone_into(&mut self.0.call.caller);
        self
    }

    /// An argument, instead of the one of that name if there is one.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.call.arguments.insert(name.to_owned(), value.into());
        self
    }

    /// Without an argument.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.call.arguments.remove(name);
        self
    }

    /// A list of texts, instead of the one of that name if there is one.
    pub(crate) fn list<T: Into<Value>>(
        self,
        name: &str,
        entries: impl IntoIterator<Item = T>,
    ) -> Self {
        let entries: Vec<Value> = entries.into_iter().map(Into::into).collect();
        self.with(name, entries)
    }

    /// One more entry of a list.
    pub(crate) fn entry(mut self, name: &str, entry: impl Into<Value>) -> Self {
        let list = self.0.call.arguments.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(entries) = list {
            entries.push(entry.into());
        }
        self
    }

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

    /// What it starts is left unsettled.
    pub(crate) fn unsettled(mut self) -> Self {
        self.0.unsettled = true;
        self
    }

    /// The call is made so often.
    pub(crate) fn times(mut self, times: u32) -> Self {
        self.0.times = times;
        self
    }

    /// How the request is written.
    pub(crate) fn form(mut self, form: impl Into<Form>) -> Self {
        self.0.form = Some(form.into());
        self
    }

    /// The call makes the share of this name.
    pub(crate) fn making(mut self, share: &str) -> Self {
        self.0.makes = Some(share.to_owned());
        self
    }

    /// The call with its symbols.
    pub(crate) fn call(&self) -> &Call {
        &self.0.call
    }
}

impl From<Draft> for Step {
    fn from(draft: Draft) -> Self {
        Self::Call(draft.0)
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
