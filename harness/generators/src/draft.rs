//! Calls as cases write them: an operation, a caller, and arguments put in one after another.

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
