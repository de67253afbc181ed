//! How well it finds: for each fault, how many made-up cases it takes until it is noticed.

use super::corpus::Corpus;
use super::explore::Explorer;
use crate::selftest::{in_parallel, setup_for};
use sharespec_events::{CaseEvent, Outcome, Verdict};
use sharespec_generators::fuzz::Grammar;
use sharespec_reference::change::Change;
use sharespec_reference::platform::{Platform, broken};
use sharespec_wire::case::Case;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How soon one fault was noticed.
#[derive(Clone, Debug)]
pub struct Noticed {
    /// The fault.
    pub name: &'static str,
    /// What it does.
    pub text: &'static str,
    /// The cases until it was noticed, and the time, by seed; none where it was not.
    pub runs: Vec<Option<(u64, Duration)>>,
}

impl Noticed {
    /// The median over the seeds; none if it was not noticed with most of them.
    pub fn median(&self) -> Option<(u64, Duration)> {
        let mut sorted = self.runs.clone();
        // What was not noticed comes last.
        sorted.sort_by_key(|run| run.map_or(u64::MAX, |(cases, _)| cases));
        sorted.get(self.runs.len().saturating_sub(1) / 2).copied().flatten()
    }
}

/// Explores the reference implementation with each fault, with so many seeds and at most so many cases each.
pub fn measure(
    api: &Arc<dyn Platform>,
    (grammar, library): (&dyn Grammar, &[Case]),
    faults: &[&'static Change],
    seeds: u64,
    most: u64,
    workers: usize,
) -> Vec<Noticed> {
    in_parallel(faults, workers, |change| {
        let breaks = broken(&**api, change);
        let noticed = |event: &CaseEvent| {
            // What breaks nothing but a contradicted rule is a warning.
            let cited =
                |rule: &Option<String>| rule.as_ref().is_some_and(|rule| breaks.contains(rule));
            event.outcome == Outcome::Fail
                || event.checks_with(Verdict::Warn).any(|check| cited(&check.rule))
        };
        let runs = (1..=seeds).map(|seed| {
            let setup = setup_for(api, &[**change], seed);
            let began = Instant::now();
            let corpus = (Corpus::default(), Vec::new());
            let mut explorer = Explorer::new(&setup, grammar, corpus, library, 1);
            explorer.until(most, &noticed).map(|cases| (cases, began.elapsed()))
        });
        Noticed { name: change.name, text: change.text, runs: runs.collect() }
    })
}
