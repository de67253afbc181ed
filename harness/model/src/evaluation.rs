//! Evaluation: which conditions hold of a call in a state. The API modules say what to look at;
//! what certainty means is the same for all.

use crate::condition::{Because, Condition, ConditionSet, Finding};
use crate::set::{Element, Set};
use crate::spec::OperationSpec;

/// The conditions that were found so far.
#[derive(Debug)]
pub struct Evaluation<'s> {
    /// What the documents say about the operation.
    pub spec: &'s OperationSpec,
    /// The conditions that hold or may hold.
    pub findings: Vec<Finding>,
    /// Those that hold in every state believed possible.
    pub certain: ConditionSet,
    /// Those that hold in some state believed possible.
    pub possible: ConditionSet,
    /// Whether, whatever the state is, some condition holds with which success is not lawful.
    pub blocked: bool,
}

impl<'s> Evaluation<'s> {
    /// Nothing found yet.
    pub fn new(spec: &'s OperationSpec) -> Self {
        Self {
            spec,
            findings: Vec::new(),
            certain: ConditionSet::EMPTY,
            possible: ConditionSet::EMPTY,
            blocked: false,
        }
    }

    /// A condition that holds.
    pub fn holds(&mut self, condition: Condition) {
        self.find(condition, true, None);
        self.blocked |= !self.spec.accepts.has(condition);
    }

    /// A condition that holds if `holds`.
    pub fn holds_if(&mut self, holds: bool, condition: Condition) {
        if holds {
            self.holds(condition);
        }
    }

    /// A condition that holds as far as a fact is known to be true.
    pub fn holds_as(&mut self, fact: Set<bool>, condition: Condition) {
        match fact.single() {
            Some(true) => self.holds(condition),
            Some(false) => {}
            None => self.may_hold(condition),
        }
    }

    /// A condition that may hold.
    pub fn may_hold(&mut self, condition: Condition) {
        self.find(condition, false, None);
    }

    /// A fact of which each value is, or is not, one of the conditions. If every value is one, the
    /// call is blocked, although no single condition need be certain.
    pub fn by_fact<T: Element>(
        &mut self,
        fact: Set<T>,
        because: impl Fn(Set<T>) -> Option<Because>,
        condition_of: impl Fn(T) -> Option<Condition>,
    ) {
        let mut open = fact.is_empty();
        let mut found: [Option<(Condition, Set<T>)>; 6] = [None; 6];
        for value in fact.values() {
            let Some(condition) = condition_of(value) else {
                open = true;
                continue;
            };
            open |= self.spec.accepts.has(condition);
            let slot = found.iter_mut().find(|slot| slot.is_none_or(|(each, _)| each == condition));
            if let Some(slot) = slot {
                let values = slot.map_or(Set::EMPTY, |(_, values)| values);
                *slot = Some((condition, values | Set::only(value)));
            }
        }
        for (condition, values) in found.into_iter().flatten() {
            let certain = fact.within(values);
            self.find(condition, certain, because(values));
        }
        self.blocked |= !open;
    }

    /// Adds a finding.
    pub fn find(&mut self, condition: Condition, certain: bool, because: Option<Because>) {
        self.possible.insert(condition);
        if certain {
            self.certain.insert(condition);
        }
        let known = self.findings.iter_mut().find(|each| each.condition == condition);
        match known {
            // Found for two reasons: neither alone may be concluded from the answer.
            Some(known) => {
                known.certain |= certain;
                if known.because != because {
                    known.because = None;
                }
            }
            None => self.findings.push(Finding { condition, certain, because }),
        }
    }
}
