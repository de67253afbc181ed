//! Distilling: of many cases, few that together reach all that the many do.

use super::novelty::{Goal, Reach, goals, reach};
use crate::footprint::Watch;
use crate::run::play_all;
use crate::setup::Setup;
use sharespec_events::Outcome;
use sharespec_generators::fuzz::size;
use sharespec_wire::case::Case;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The few cases, and what they reach.
#[derive(Clone, Debug, Default)]
pub struct Distilled {
    /// The cases, by id.
    pub cases: Vec<Case>,
    /// What they reach.
    pub reach: Reach,
    /// How many there were.
    pub of: usize,
}

/// Plays cases and says which goals each of those that pass reached. What did not pass has none.
pub fn touched(setup: &Setup, cases: &[Case], workers: usize) -> Vec<BTreeSet<Goal>> {
    let watch = Arc::new(Watch::default());
    let setup = Setup { watch: Some(Arc::clone(&watch)), ..setup.clone() };
    let mut passed = Vec::with_capacity(cases.len());
    play_all(&setup, cases, workers, &mut |event| passed.push(event.outcome == Outcome::Pass));
    let goals = cases.iter().zip(passed).map(|(case, passed)| {
        let footprint = watch.take(&case.id);
        if passed { goals(&footprint) } else { BTreeSet::new() }
    });
    goals.collect()
}

/// Chooses few cases that reach all that the many do: what reaches most that is left, the smaller case where
/// two reach as much; at the end, what the others reach without it goes.
pub fn distil(setup: &Setup, cases: Vec<Case>, workers: usize) -> Distilled {
    let of = cases.len();
    let reached = touched(setup, &cases, workers);
    // By number: they are looked up very often.
    let mut numbers: BTreeMap<&Goal, usize> = BTreeMap::new();
    let own: Vec<Vec<usize>> = reached
        .iter()
        .map(|goals| {
            let number = |goal| {
                let next = numbers.len();
                *numbers.entry(goal).or_insert(next)
            };
            goals.iter().map(number).collect()
        })
        .collect();
    let all = reach(numbers.keys().copied());
    let mut left = vec![true; numbers.len()];
    let sizes: Vec<_> = cases.iter().map(size).collect();
    let mut chosen: Vec<usize> = Vec::new();
    loop {
        let gain = |goals: &Vec<usize>| {
            goals.iter().filter(|goal| left.get(**goal).is_some_and(|left| *left)).count()
        };
        let best = own
            .iter()
            .zip(&sizes)
            .enumerate()
            .map(|(place, (goals, size))| (gain(goals), std::cmp::Reverse(*size), place));
        let Some((1.., _, best)) = best.max() else { break };
        for goal in own.get(best).into_iter().flatten() {
            if let Some(left) = left.get_mut(*goal) {
                *left = false;
            }
        }
        chosen.push(best);
    }
    let chosen = without_needless(&chosen, &reached);
    let mut distilled: Vec<Case> =
        chosen.into_iter().filter_map(|place| cases.get(place).cloned()).collect();
    distilled.sort_by(|one, other| one.id.cmp(&other.id));
    Distilled { cases: distilled, reach: all, of }
}

/// The chosen ones without those that the others make needless.
fn without_needless(chosen: &[usize], reached: &[BTreeSet<Goal>]) -> Vec<usize> {
    let mut counts: BTreeMap<&Goal, usize> = BTreeMap::new();
    let own = |place: &usize| reached.get(*place).into_iter().flatten();
    for goal in chosen.iter().flat_map(own) {
        *counts.entry(goal).or_insert(0) += 1;
    }
    let mut kept = Vec::new();
    for place in chosen.iter().rev() {
        if own(place).all(|goal| counts.get(goal).is_some_and(|count| *count > 1)) {
            for goal in own(place) {
                counts.entry(goal).and_modify(|count| *count -= 1);
            }
        } else {
            kept.push(*place);
        }
    }
    kept
}
