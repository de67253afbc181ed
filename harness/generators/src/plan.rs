//! Cases in the making: the steps of a base, the call under test, an edit, and what follows from
//! them by itself (locks and the rules that every case of a kind is about).

use crate::draft::Draft;
use serde_json::Value;
use sharespec_model::call::Arguments;
use sharespec_wire::case::{CASE_VERSION, Case, Edit, Step};
use sharespec_wire::form::Tamper;

/// A case in the making.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    id: String,
    base: Vec<Step>,
    test: usize,
    edit: Option<Edit>,
    provokes: Vec<String>,
    rules: Vec<&'static str>,
    one_connection: bool,
    alone: Vec<&'static str>,
    finish: Finish,
}

/// What follows from a case by itself: its locks, and the rules that every case of a kind is about.
pub(crate) type Finish = fn(&mut Case, named: &[&'static str], alone: &[&'static str]);

impl Plan {
    /// A case without steps.
    pub(crate) fn new(id: impl Into<String>, finish: Finish) -> Self {
        Self {
            id: id.into(),
            base: Vec::new(),
            test: 0,
            edit: None,
            provokes: Vec::new(),
            rules: Vec::new(),
            one_connection: false,
            alone: Vec::new(),
            finish,
        }
    }

    /// One more step.
    pub(crate) fn step(mut self, step: impl Into<Step>) -> Self {
        self.base.push(step.into());
        self
    }

    /// More steps.
    pub(crate) fn steps(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.base.extend(steps);
        self
    }

    /// The call under test.
    pub(crate) fn test(mut self, draft: Draft) -> Self {
        self.test = self.base.len();
        self.step(draft)
    }

    /// The edit: the call under test is this one.
    pub(crate) fn instead(mut self, draft: &Draft) -> Self {
        let Some(Step::Call(step)) = self.base.get(self.test) else { return self };
        let (old, new) = (&step.call, draft.call());
        let caller = (old.caller != new.caller).then(|| new.caller.clone());
        let arguments = difference(&old.arguments, &new.arguments);
        let edit = self.edit.get_or_insert_with(Edit::default);
        (edit.step, edit.arguments, edit.caller) = (self.test, arguments, caller);
        self
    }

    /// The edit: these steps come before the call under test.
    pub(crate) fn before(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        let edit = self.edit.get_or_insert_with(Edit::default);
        edit.step = self.test;
        edit.before.extend(steps);
        self
    }

    /// The edit: the request of the call under test is wrong in this thing.
    pub(crate) fn tamper(mut self, tamper: impl Into<Tamper>) -> Self {
        let edit = self.edit.get_or_insert_with(Edit::default);
        (edit.step, edit.tamper) = (self.test, Some(tamper.into()));
        self
    }

    /// The conditions that certainly hold of the call under test.
    pub(crate) fn provoking<T: Into<String>>(
        mut self,
        conditions: impl IntoIterator<Item = T>,
    ) -> Self {
        self.provokes.extend(conditions.into_iter().map(Into::into));
        self
    }

    /// Further rules that the case is about, whole or as ends under the documents in force.
    pub(crate) fn about(mut self, ids: &[&'static str]) -> Self {
        self.rules.extend(ids);
        self
    }

    /// All requests go over one connection.
    pub(crate) fn one_connection(mut self) -> Self {
        self.one_connection = true;
        self
    }

    /// Nothing else uses this account while the case runs: it comes to the limits of its quotas.
    pub(crate) fn alone_in(mut self, role: &'static str) -> Self {
        self.alone.push(role);
        self
    }

    /// The case.
    pub(crate) fn done(self) -> Case {
        let mut case = Case {
            version: CASE_VERSION,
            id: self.id,
            base: self.base,
            edit: self.edit,
            test: self.test,
            provokes: self.provokes,
            rules: Vec::new(),
            locks: Vec::new(),
            one_connection: self.one_connection,
            made_up: false,
            found: None,
        };
        (self.finish)(&mut case, &self.rules, &self.alone);
        case
    }
}

/// What makes other arguments of some: null is what is taken away.
fn difference(old: &Arguments, new: &Arguments) -> Arguments {
    let removed = old.keys().filter(|name| !new.contains_key(*name));
    let removed = removed.map(|name| (name.clone(), Value::Null));
    let changed = new.iter().filter(|(name, value)| old.get(*name) != Some(*value));
    removed.chain(changed.map(|(name, value)| (name.clone(), value.clone()))).collect()
}
