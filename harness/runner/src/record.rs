//! What the answers of one case say about open points, gathered as the case is played.

use sharespec_events::{CaseBehaviour, Either, PairSeen};
use sharespec_model::condition::Condition;
use sharespec_model::explanation::{Explained, Explanations};
use sharespec_model::spec::Spec;
use sharespec_oracles::readings::{Seen, Told};
use std::collections::BTreeMap;

/// The operation, the conditions of a pair, and which of them was answered.
type PairKey = (String, [Condition; 2], Option<Condition>);

/// What was seen in one case.
#[derive(Clone, Debug)]
pub struct Record {
    told: [u32; Told::NAMES.len()],
    explained: BTreeMap<Explanations, u32>,
    pairs: BTreeMap<PairKey, u32>,
}

impl Default for Record {
    fn default() -> Self {
        Self { told: [0; Told::NAMES.len()], explained: BTreeMap::new(), pairs: BTreeMap::new() }
    }
}

impl Record {
    /// Takes down what an answer presumes.
    pub fn explained(&mut self, operation: &str, explained: Explained) {
        explained.answers.into_iter().for_each(|answer| self.either(answer));
        for pair in explained.pairs {
            let key = (operation.to_owned(), pair.conditions, pair.won);
            *self.pairs.entry(key).or_insert(0) += 1;
        }
    }

    /// Takes down what a reply shows.
    pub fn seen(&mut self, seen: Seen) {
        for told in seen.alone() {
            if let Some(count) = self.told.get_mut(told.position()) {
                *count += 1;
            }
        }
        seen.either.into_iter().for_each(|answer| self.either(answer));
    }

    fn either(&mut self, answer: Explanations) {
        *self.explained.entry(answer).or_insert(0) += 1;
    }

    /// What was seen, as a member of the line of the case. A reading that every explanation of an
    /// answer presumes is one that nothing else explains.
    pub fn into_event(self, spec: &Spec) -> Option<Box<CaseBehaviour>> {
        let mut behaviour = CaseBehaviour::default();
        let told = Told::all().zip(self.told).filter(|(_, count)| *count > 0);
        behaviour.seen = told.map(|(told, count)| (told.name().to_owned(), count)).collect();
        for (mut of, count) in self.explained {
            let Some(mut common) = of.first().cloned() else { continue };
            common.retain(|reading| of.iter().all(|each| each.contains(reading)));
            for reading in &common {
                *behaviour.seen.entry(reading.clone()).or_insert(0) += count;
            }
            of.iter_mut().for_each(|each| each.retain(|reading| !common.contains(reading)));
            if of.iter().all(|each| !each.is_empty()) {
                behaviour.either.push(Either { of, count });
            }
        }
        let name = |condition: Condition| spec.condition_name(condition).to_owned();
        let pairs = self.pairs.into_iter().map(|((operation, conditions, won), count)| PairSeen {
            operation,
            conditions: conditions.map(name),
            won: won.map(name),
            count,
        });
        behaviour.pairs = pairs.collect();
        behaviour.pairs.sort();
        (!behaviour.is_empty()).then(|| Box::new(behaviour))
    }
}
