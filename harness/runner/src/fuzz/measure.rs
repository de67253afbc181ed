//! How well it finds: for each fault, how many made-up cases it takes until it is noticed.

use super::corpus::Corpus;
use super::explore::{BATCH, Explorer};
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
    /// The cases until it was noticed, and the time, by seed; none where it was not by the time that most
    /// seeds had noticed it.
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

/// How faults are looked for.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The API.
    pub api: &'a Arc<dyn Platform>,
    /// How cases are made up.
    pub grammar: &'a dyn Grammar,
    /// Cases that are changed further.
    pub library: &'a [Case],
    /// With how many seeds.
    pub seeds: u64,
    /// The most cases with one seed.
    pub most: u64,
    /// How many faults are looked for at a time.
    pub workers: usize,
}

/// One exploration, and what it took so far.
struct Run<'a> {
    explorer: Explorer<'a>,
    took: Duration,
    noticed: Option<(u64, Duration)>,
}

/// Explores the reference implementation with each fault. The seeds take turns, a batch each, until most of
/// them noticed it: how long the slower ones would take does not change the median.
pub fn measure(
    search: Search<'_>,
    faults: &[&'static Change],
    progress: &(dyn Fn(&Noticed) + Sync),
) -> Vec<Noticed> {
    let Search { api, grammar, library, seeds, most, workers } = search;
    in_parallel(faults, workers, |change| {
        let breaks = broken(&**api, change);
        let noticed = |event: &CaseEvent| {
            // What breaks nothing but a contradicted rule is a warning.
            let cited =
                |rule: &Option<String>| rule.as_ref().is_some_and(|rule| breaks.contains(rule));
            event.outcome == Outcome::Fail
                || event.checks_with(Verdict::Warn).any(|check| cited(&check.rule))
        };
        let start = |seed| {
            let setup = setup_for(api, &[**change], seed);
            let corpus = (Corpus::default(), Vec::new());
            let explorer = Explorer::new(&setup, grammar, corpus, library, 1);
            Run { explorer, took: Duration::ZERO, noticed: None }
        };
        let mut runs: Vec<Run<'_>> = (1..=seeds).map(start).collect();
        for played in (0..most).step_by(BATCH) {
            let until = most.min(played + BATCH as u64);
            for run in runs.iter_mut().filter(|run| run.noticed.is_none()) {
                let began = Instant::now();
                let cases = run.explorer.until(until, &noticed);
                run.took += began.elapsed();
                run.noticed = cases.map(|cases| (cases, run.took));
            }
            if runs.iter().filter(|run| run.noticed.is_some()).count() > runs.len() / 2 {
                break;
            }
        }
        let runs = runs.into_iter().map(|run| run.noticed).collect();
        let noticed = Noticed { name: change.name, text: change.text, runs };
        progress(&noticed);
        noticed
    })
}
