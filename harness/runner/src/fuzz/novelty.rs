//! Novelty: what a case touched that no case before it did. A call is told by its operation, the conditions
//! that its prediction has, and what was answered; a sequence by which call was answered how after which.

use crate::footprint::{Footprint, Touched};
use sharespec_events::CaseEvent;
use sharespec_model::condition::Condition;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How far some cases came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The conditions that held of some call.
    pub conditions: usize,
    /// The pairs of conditions that held together of some call.
    pub pairs: usize,
    /// The pairs of operations, each with its answer, that followed each other.
    pub transitions: usize,
    /// Everything that counts as new.
    pub features: usize,
}

/// What was touched so far.
#[derive(Clone, Debug, Default)]
pub struct Novelty {
    features: HashSet<u64>,
    conditions: BTreeSet<Condition>,
    pairs: BTreeSet<(Condition, Condition)>,
    transitions: HashSet<u64>,
}

impl Novelty {
    /// Takes in what a case touched, and says how much of it is new.
    pub fn add(&mut self, footprint: &Footprint, event: &CaseEvent) -> usize {
        let new: Vec<u64> = features(footprint, event)
            .into_iter()
            .filter(|each| self.features.insert(*each))
            .collect();
        let mut before: Option<&Touched> = None;
        for touched in footprint.exchanges.iter().filter(|each| each.asked) {
            let certain: Vec<Condition> = touched.certain.iter().collect();
            self.conditions.extend(&certain);
            for (place, one) in certain.iter().enumerate() {
                self.pairs.extend(certain.iter().skip(place + 1).map(|other| (*one, *other)));
            }
            if let Some(before) = before {
                self.transitions.insert(transition(before, touched));
            }
            before = Some(touched);
        }
        new.len()
    }

    /// How far all of them came.
    pub fn reach(&self) -> Reach {
        Reach {
            conditions: self.conditions.len(),
            pairs: self.pairs.len(),
            transitions: self.transitions.len(),
            features: self.features.len(),
        }
    }

    /// The conditions that held of some call.
    pub fn conditions(&self) -> impl Iterator<Item = Condition> {
        self.conditions.iter().copied()
    }
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

fn transition(before: &Touched, after: &Touched) -> u64 {
    hash(("transition", &before.operation, &before.answer, &after.operation, &after.answer))
}

/// Everything of a case that can be new.
pub(super) fn features(footprint: &Footprint, event: &CaseEvent) -> BTreeSet<u64> {
    let mut features = BTreeSet::new();
    let mut before: Option<&Touched> = None;
    for touched in footprint.exchanges.iter().filter(|each| each.asked) {
        let (operation, answer) = (&touched.operation, &touched.answer);
        features.insert(hash(("answer", operation, answer)));
        let possible: Vec<Condition> = touched.possible.iter().collect();
        for (place, one) in possible.iter().enumerate() {
            let certain = touched.certain.has(*one);
            features.insert(hash(("condition", operation, one, certain, answer)));
            for other in possible.iter().skip(place + 1) {
                features.insert(hash(("pair", operation, one, other, answer)));
            }
        }
        if let Some(before) = before {
            features.insert(transition(before, touched));
        }
        before = Some(touched);
    }
    if let Some(behaviour) = &event.behaviour {
        features.extend(behaviour.seen.keys().map(|reading| hash(("reading", reading))));
    }
    features
}
