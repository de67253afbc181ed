//! From the lines of cases to the behaviour of a run.

use std::collections::{BTreeMap, BTreeSet};

use crate::behaviour::{
    BEHAVIOUR_VERSION, Behaviour, CaseBehaviour, Evidence, PairRecord, PairSeen, PointSeen,
};
use crate::case::CaseEvent;
use crate::event::{BehaviourEvent, Event, RunEvent};

/// Gathers what cases saw. The same lines give the same behaviour, whatever the times.
#[derive(Debug, Default)]
pub struct Recorder {
    run: RunEvent,
    seen: BTreeMap<String, Evidence>,
    either: BTreeMap<Vec<Vec<String>>, Evidence>,
    pairs: BTreeMap<(String, [String; 2]), PairRecord>,
}

impl Recorder {
    /// Takes one line.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Run(run) => self.run = run.as_ref().clone(),
            Event::Case(case) => self.case(case),
            // Made of the lines of cases, as this is.
            Event::Behaviour(_)
            | Event::Known(_)
            | Event::Snapshot(_)
            | Event::Note(_)
            | Event::Summary(_) => {}
        }
    }

    /// Takes the line of a case.
    pub fn case(&mut self, case: &CaseEvent) {
        if let Some(behaviour) = &case.behaviour {
            self.of_case(&case.id, behaviour);
        }
    }

    fn of_case(&mut self, id: &str, behaviour: &CaseBehaviour) {
        for (reading, count) in &behaviour.seen {
            add(&mut self.seen, reading, *count, id);
        }
        for either in &behaviour.either {
            add(&mut self.either, &either.of, either.count, id);
        }
        behaviour.pairs.iter().for_each(|pair| self.pair(id, pair));
    }

    fn pair(&mut self, id: &str, pair: &PairSeen) {
        let key = (pair.operation.clone(), pair.conditions.clone());
        let record = self.pairs.entry(key).or_insert_with(|| PairRecord {
            conditions: pair.conditions.clone(),
            won: BTreeMap::new(),
            unclear: None,
        });
        match &pair.won {
            Some(won) => add(&mut record.won, won, pair.count, id),
            None => {
                let none = Evidence { count: 0, example: id.to_owned() };
                record.unclear.get_or_insert(none).count += u64::from(pair.count);
            }
        }
    }

    /// What was seen so far.
    pub fn behaviour(&self) -> Behaviour {
        let run = &self.run;
        let mut points: BTreeMap<String, PointSeen> = BTreeMap::new();
        let changing = self.changing_order();
        let only = self.only_explanations();
        for (reading, evidence) in self.seen.iter().chain(&only).chain(&changing) {
            if let Some((point, reading)) = reading.split_once(':') {
                let found = points.entry(point.to_owned()).or_default();
                found.seen.insert(reading.to_owned(), evidence.clone());
            }
        }
        for (reading, evidence) in self.unsettled(&only) {
            if let Some((point, reading)) = reading.split_once(':') {
                let found = points.entry(point.to_owned()).or_default();
                found.possible.insert(reading.to_owned(), evidence);
            }
        }
        let ids = |wanted: &dyn Fn(&str, bool) -> bool| {
            let found = run.points.iter().filter(|point| wanted(&point.id, point.closed));
            found.map(|point| point.id.clone()).collect()
        };
        let mut precedence: BTreeMap<String, Vec<PairRecord>> = BTreeMap::new();
        for ((operation, _), record) in &self.pairs {
            precedence.entry(operation.clone()).or_default().push(record.clone());
        }
        Behaviour {
            behaviour: BEHAVIOUR_VERSION,
            version: run.version.clone(),
            target: run.target.clone(),
            target_is_reference: run.target_is_reference,
            api: run.api.clone(),
            documents: run.documents.clone(),
            world: run.world.clone(),
            seed: run.seed,
            suite_hash: run.suite_hash.clone(),
            labels: run.labels.clone(),
            unseen: ids(&|id, closed| !closed && !points.contains_key(id)),
            closed: ids(&|_, closed| closed),
            points,
            precedence,
        }
    }

    /// The readings of answers that no explanation by what was seen fits.
    fn unsettled(&self, only: &BTreeMap<String, Evidence>) -> BTreeMap<String, Evidence> {
        let mut possible = BTreeMap::new();
        for (of, evidence) in &self.either {
            let seen =
                |reading: &String| self.seen.contains_key(reading) || only.contains_key(reading);
            if of.iter().any(|explanation| explanation.iter().all(seen)) {
                continue;
            }
            let readings: BTreeSet<&String> = of.iter().flatten().collect();
            for reading in readings.into_iter().filter(|reading| !seen(reading)) {
                let none = Evidence { count: 0, example: evidence.example.clone() };
                possible.entry(reading.clone()).or_insert(none).count += evidence.count;
            }
        }
        possible
    }

    /// Of points of which no answer shows a reading alone: the one reading that explains every
    /// answer, if no other does.
    fn only_explanations(&self) -> BTreeMap<String, Evidence> {
        let mut common: BTreeMap<&str, (BTreeSet<&String>, Evidence)> = BTreeMap::new();
        for (of, evidence) in &self.either {
            let readings: BTreeSet<&String> = of.iter().flatten().collect();
            let points: BTreeSet<&str> = readings.iter().filter_map(|each| point(each)).collect();
            for point in &points {
                // Where another point may explain the answer, this one need not.
                let own = if points.len() == 1 { readings.clone() } else { BTreeSet::new() };
                let first = (own.clone(), Evidence { count: 0, example: evidence.example.clone() });
                let (found, total) = common.entry(*point).or_insert(first);
                found.retain(|reading| own.contains(reading));
                total.count += evidence.count;
            }
        }
        let unseen = |name: &str| !self.seen.keys().any(|each| point(each) == Some(name));
        common
            .into_iter()
            .filter(|(point, (found, _))| found.len() == 1 && unseen(point))
            .filter_map(|(_, (found, total))| Some(((*found.first()?).clone(), total)))
            .collect()
    }

    /// No order of errors explains that of two conditions now the one is answered, now the other.
    fn changing_order(&self) -> BTreeMap<String, Evidence> {
        let changing = self.pairs.values().filter(|pair| pair.won.len() > 1);
        let mut evidence = changing.flat_map(|pair| pair.won.values());
        let first = evidence.next().cloned();
        let named = |first: Evidence| {
            let count = evidence.map(|each| each.count).sum::<u64>() + first.count;
            (CHANGING_ORDER.to_owned(), Evidence { count, ..first })
        };
        first.map(named).into_iter().collect()
    }

    /// What was seen so far, as lines of a report.
    pub fn lines(&self) -> Vec<BehaviourEvent> {
        let names = |found: &BTreeMap<String, Evidence>| found.keys().cloned().collect();
        let points = self.behaviour().points.into_iter();
        points
            .map(|(point, found)| BehaviourEvent {
                point,
                readings: names(&found.seen),
                possible: names(&found.possible),
            })
            .collect()
    }
}

/// The reading of the order of errors that no answer shows alone.
const CHANGING_ORDER: &str = "precedence:scattered";

/// The point of a reading.
fn point(reading: &str) -> Option<&str> {
    reading.split_once(':').map(|(point, _)| point)
}

/// Counts something; the first case that has it is its example.
fn add<K: Ord + Clone>(found: &mut BTreeMap<K, Evidence>, key: &K, count: u32, id: &str) {
    match found.get_mut(key) {
        Some(evidence) => evidence.count += u64::from(count),
        None => {
            let evidence = Evidence { count: u64::from(count), example: id.to_owned() };
            found.insert(key.clone(), evidence);
        }
    }
}
