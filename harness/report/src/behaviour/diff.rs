//! What two behaviours see differently.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sharespec_events::{Behaviour, Evidence, PairRecord, PointSeen};

/// What is different between two behaviours. How often something was seen is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BehaviourDiff {
    /// Whether nothing is.
    pub same: bool,
    /// What makes the comparison doubtful: other documents, another suite.
    pub cautions: Vec<String>,
    /// The points of which other readings were seen.
    pub points: Vec<PointDiff>,
    /// The pairs of conditions of which another one was answered.
    pub precedence: Vec<PairDiff>,
}

/// A point of which other readings were seen. None means that none was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointDiff {
    /// The point.
    pub point: String,
    /// The readings that the first behaviour has.
    pub a: BTreeSet<String>,
    /// The readings that the second behaviour has.
    pub b: BTreeSet<String>,
}

/// A pair of conditions of which another one was answered. None means that it was not seen which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairDiff {
    /// The operation.
    pub operation: String,
    /// The conditions.
    pub conditions: [String; 2],
    /// Those answered in the first behaviour.
    pub a: BTreeSet<String>,
    /// Those answered in the second behaviour.
    pub b: BTreeSet<String>,
}

/// Compares two behaviours.
pub fn diff(a: &Behaviour, b: &Behaviour) -> BehaviourDiff {
    let points = changed(&seen(a), &seen(b));
    let points: Vec<PointDiff> =
        points.into_iter().map(|(point, a, b)| PointDiff { point, a, b }).collect();
    let precedence: Vec<PairDiff> = changed(&winners(a), &winners(b))
        .into_iter()
        .map(|((operation, conditions), a, b)| PairDiff { operation, conditions, a, b })
        .collect();
    let mut cautions = Vec::new();
    let mut differs = |what: &str, one: String, other: String| {
        if one != other {
            cautions.push(format!("{what}: {one} and {other}"));
        }
    };
    differs("other documents", a.documents.join(", "), b.documents.join(", "));
    differs("other cases, by the hash of the suite", a.suite_hash.clone(), b.suite_hash.clone());
    let same = points.is_empty() && precedence.is_empty();
    BehaviourDiff { same, cautions, points, precedence }
}

type Names = BTreeSet<String>;

fn names(found: &BTreeMap<String, Evidence>) -> Names {
    found.keys().cloned().collect()
}

fn seen(behaviour: &Behaviour) -> BTreeMap<String, Names> {
    let names = |(id, point): (&String, &PointSeen)| (id.clone(), names(&point.seen));
    behaviour.points.iter().map(names).collect()
}

fn winners(behaviour: &Behaviour) -> BTreeMap<(String, [String; 2]), Names> {
    let all = behaviour.precedence.iter().flat_map(|(operation, pairs)| {
        let entry = move |pair: &PairRecord| {
            ((operation.clone(), pair.conditions.clone()), names(&pair.won))
        };
        pairs.iter().map(entry)
    });
    all.collect()
}

/// The keys under which two maps have other names; a key that is not there has none.
fn changed<K: Ord + Clone>(
    a: &BTreeMap<K, Names>,
    b: &BTreeMap<K, Names>,
) -> Vec<(K, Names, Names)> {
    let keys: BTreeSet<&K> = a.keys().chain(b.keys()).collect();
    let of = |map: &BTreeMap<K, Names>, key: &K| map.get(key).cloned().unwrap_or_default();
    keys.into_iter()
        .map(|key| (key.clone(), of(a, key), of(b, key)))
        .filter(|(_, a, b)| a != b)
        .collect()
}
