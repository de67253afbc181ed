//! A call of a case as it is played, without making it: the step of the base, seen through the edit.

use serde_json::Value;
use sharespec_model::call::Arguments;
use sharespec_wire::case::{CallStep, Case, Step};

/// A call step, seen through the edit if it is the edited one.
pub(crate) struct EditedCall<'a> {
    /// The step of the base, or one that the edit puts in.
    pub(crate) step: &'a CallStep,
    changes: Option<&'a Arguments>,
    caller: Option<&'a str>,
}

impl<'a> EditedCall<'a> {
    fn plain(step: &'a CallStep) -> Self {
        Self { step, changes: None, caller: None }
    }

    fn of_base(case: &'a Case, position: usize, step: &'a CallStep) -> Self {
        match case.edit.as_ref().filter(|edit| edit.step == position) {
            Some(edit) => {
                Self { step, changes: Some(&edit.arguments), caller: edit.caller.as_deref() }
            }
            None => Self::plain(step),
        }
    }

    /// The operation.
    pub(crate) fn operation(&self) -> &'a str {
        &self.step.call.operation
    }

    /// The caller.
    pub(crate) fn caller(&self) -> &'a str {
        self.caller.unwrap_or(&self.step.call.caller)
    }

    /// An argument.
    pub(crate) fn argument(&self, name: &str) -> Option<&'a Value> {
        match self.changes.and_then(|changes| changes.get(name)) {
            Some(value) => Some(value).filter(|value| !value.is_null()),
            None => self.step.call.arguments.get(name),
        }
    }

    /// The names of the arguments; one that is changed comes twice.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        let changed = self.changes.into_iter().flatten().filter(|(_, value)| !value.is_null());
        let changes = self.changes;
        let removed = move |name: &str| {
            changes.and_then(|changes| changes.get(name)).is_some_and(Value::is_null)
        };
        let kept = self.step.call.arguments.keys().map(String::as_str);
        kept.filter(move |name| !removed(name)).chain(changed.map(|(name, _)| name.as_str()))
    }
}

/// The call under test.
pub(crate) fn call_under_test(case: &Case) -> Option<EditedCall<'_>> {
    match case.base.get(case.test) {
        Some(Step::Call(step)) => Some(EditedCall::of_base(case, case.test, step)),
        _ => None,
    }
}

/// Every call of the case in order, with whether some step is a hook.
pub(crate) fn calls(case: &Case) -> (Vec<EditedCall<'_>>, bool) {
    let (mut calls, mut hooked) = (Vec::with_capacity(case.base.len() + 4), false);
    let mut plain = |step: &'_ Step| hooked |= matches!(step, Step::Hook(_));
    for (position, step) in case.base.iter().enumerate() {
        let edit = case.edit.as_ref().filter(|edit| edit.step == position);
        for step in edit.iter().flat_map(|edit| &edit.before) {
            plain(step);
            if let Step::Call(step) = step {
                calls.push(EditedCall::plain(step));
            }
        }
        plain(step);
        if let Step::Call(step) = step {
            calls.push(EditedCall::of_base(case, position, step));
        }
    }
    (calls, hooked)
}
