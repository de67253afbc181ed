//! Footprints: what the calls of a case touched, for whoever looks for what is new.

use sharespec_model::call::Reply;
use sharespec_model::condition::ConditionSet;
use sharespec_model::prediction::Prediction;
use sharespec_model::spec::Spec;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// One judged exchange.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The step of the case that it belongs to.
    pub label: &'static str,
    /// Whether the case has the call, rather than that the runner made it by itself.
    pub asked: bool,
    /// Whether it was made at the same time as others.
    pub together: bool,
    /// The operation.
    pub operation: String,
    /// The conditions that certainly held.
    pub certain: ConditionSet,
    /// The conditions that held or may have held.
    pub possible: ConditionSet,
    /// Whether success was admissible.
    pub success: bool,
    /// The status and the code that came; no code of a success. None if no whole answer came.
    pub answer: Option<(u16, String)>,
}

impl Touched {
    /// Whether the call changes nothing.
    fn reads(&self) -> bool {
        ["List", "Get", "Check", "Describe"].iter().any(|verb| self.operation.starts_with(verb))
    }

    /// Whether the call was accepted.
    pub fn accepted(&self) -> bool {
        self.answer.as_ref().is_some_and(|(status, _)| *status == 200)
    }

    /// The answers that were admissible, as status and code.
    pub fn admissible(&self, spec: &Spec) -> Vec<String> {
        let mut admissible = BTreeSet::new();
        if self.success {
            admissible.insert("200".to_owned());
        }
        let own = spec.operation(&self.operation).map_or(&[][..], |each| &each.rows);
        for row in own.iter().chain(&spec.gateway().rows) {
            if !row.conditions.and(self.possible).is_empty() {
                admissible.insert(format!("{} {}", row.status, row.code));
            }
        }
        admissible.into_iter().collect()
    }

    /// The names of the conditions.
    pub fn conditions(&self, spec: &Spec) -> Vec<String> {
        self.possible.iter().map(|each| spec.condition_name(each).to_owned()).collect()
    }
}

/// What the calls of one case touched, in order.
#[derive(Clone, Debug, Default)]
pub struct Footprint {
    /// The judged exchanges.
    pub exchanges: Vec<Touched>,
    /// Whether the case has the calls that are made now.
    pub(crate) asked: bool,
    /// Whether the calls that are judged now were made at the same time.
    pub(crate) together: bool,
}

impl Footprint {
    /// A call was predicted.
    pub(crate) fn predicted(&mut self, label: &'static str, prediction: &Prediction<'_>) {
        self.exchanges.push(Touched {
            label,
            asked: self.asked,
            together: self.together,
            operation: prediction.spec.name.clone(),
            certain: prediction.certain,
            possible: prediction.possible,
            success: prediction.success,
            answer: None,
        });
    }

    /// It was answered.
    pub(crate) fn answered(&mut self, reply: &Reply) {
        if let Some(last) = self.exchanges.last_mut() {
            last.answer = Some((reply.status, reply.code().unwrap_or_default().to_owned()));
        }
    }

    /// The call that a failure in this step is about: the one that was answered wrongly, or, if the runner
    /// read something by itself, the last one that the case has and that changes anything.
    pub fn blamed(&self, step: &str) -> Option<&Touched> {
        let last = self.exchanges.iter().rposition(|each| each.label == step)?;
        let until = self.exchanges.get(..=last)?;
        let asked = || until.iter().rev().filter(|each| each.asked);
        match until.last() {
            Some(failing) if failing.asked => Some(failing),
            _ => asked().find(|each| !each.reads()).or_else(|| asked().next()),
        }
    }
}

/// Where the footprints of cases are left, by case id.
#[derive(Debug, Default)]
pub struct Watch(Mutex<HashMap<String, Footprint>>);

impl Watch {
    pub(crate) fn leave(&self, case: &str, footprint: Footprint) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(case.to_owned(), footprint);
    }

    /// Takes the footprint of a case away.
    pub fn take(&self, case: &str) -> Footprint {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.remove(case).unwrap_or_default()
    }
}
