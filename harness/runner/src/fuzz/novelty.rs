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
    /// The pairs of calls that followed each other, by operation and by whether they were accepted.
    pub transitions: usize,
    /// Everything that counts as new.
    pub features: usize,
}

/// Something that a corpus is to reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// A condition that certainly holds of a call.
    Condition(Condition),
    /// Two of them together.
    Pair(Condition, Condition),
    /// A call after another, by operation and by whether they were accepted.
    Transition(String, bool, String, bool),
}

/// The goals that a case reached.
pub fn goals(footprint: &Footprint) -> BTreeSet<Goal> {
    let mut goals = BTreeSet::new();
    let mut before: Option<&Touched> = None;
    for touched in footprint.exchanges.iter().filter(|each| each.asked) {
        let certain: Vec<Condition> = touched.certain.iter().collect();
        for (place, one) in certain.iter().enumerate() {
            goals.insert(Goal::Condition(*one));
            goals.extend(certain.iter().skip(place + 1).map(|other| Goal::Pair(*one, *other)));
        }
        if let Some(before) = before {
            let (one, other) = (before.operation.clone(), touched.operation.clone());
            goals.insert(Goal::Transition(one, before.accepted(), other, touched.accepted()));
        }
        before = Some(touched);
    }
    goals
}

/// How many goals of each kind there are.
pub fn reach<'g>(goals: impl Iterator<Item = &'g Goal>) -> Reach {
    goals.fold(Reach::default(), |mut reach, goal| {
        match goal {
            Goal::Condition(_) => reach.conditions += 1,
            Goal::Pair(..) => reach.pairs += 1,
            Goal::Transition(..) => reach.transitions += 1,
        }
        reach
    })
}

/// What was touched so far.
#[derive(Clone, Debug, Default)]
pub struct Novelty {
    features: HashSet<u64>,
    goals: BTreeSet<Goal>,
}

impl Novelty {
    /// Takes in what a case touched, and says how much of it is new.
    pub fn add(&mut self, footprint: &Footprint, event: &CaseEvent) -> usize {
        self.goals.extend(goals(footprint));
        let features = features(footprint, event).into_iter();
        features.filter(|each| self.features.insert(*each)).count()
    }

    /// How far all of them came.
    pub fn reach(&self) -> Reach {
        Reach { features: self.features.len(), ..reach(self.goals.iter()) }
    }
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

fn transition(before: &Touched, after: &Touched) -> u64 {
    let together = before.together && after.together;
    hash((
        "transition",
        together,
        &before.operation,
        &before.answer,
        &after.operation,
        &after.answer,
    ))
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
