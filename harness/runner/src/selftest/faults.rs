//! Faults: some case that cites a broken rule must fail; and servers that answer everything alike.

use super::{DegenerateResult, FaultResult, observed, setup_for};
use crate::run;
use sharespec_events::{Outcome, Verdict};
use sharespec_reference::change::Change;
use sharespec_reference::platform::{Platform, broken};
use sharespec_wire::case::{Case, Step};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn fault(
    api: &Arc<dyn Platform>,
    cases: &[Case],
    cited: &[Vec<String>],
    seed: u64,
    change: &'static Change,
) -> FaultResult {
    let breaks = broken(&**api, change);
    let setup = setup_for(api, &[*change], seed);
    // What every answer stands on is cited by every case.
    let floor = format!("{}/floor/", api.spec().gateway().prefix);
    let everywhere = breaks.iter().any(|rule| rule.starts_with(&floor));
    let concerns = |rules: &[String]| everywhere || rules.iter().any(|rule| breaks.contains(rule));
    let concerned = cases.iter().zip(cited).filter(|(_, rules)| concerns(rules));
    let mut candidates: Vec<(usize, &Case)> = concerned.map(|(case, _)| case).enumerate().collect();
    candidates.sort_by_key(|(position, _)| spread(*position));
    let mut caught = None;
    for (_, case) in &candidates {
        let event = futures::executor::block_on(run::play(&setup, case, 0));
        // What breaks nothing but a contradicted rule is a warning.
        let warned = event
            .checks_with(Verdict::Warn)
            .find(|check| check.rule.as_ref().is_some_and(|rule| breaks.contains(rule)));
        if event.outcome == Outcome::Fail {
            caught = Some((event.id.clone(), observed(&event)));
            break;
        } else if let Some(check) = warned {
            let observed = check.observed.clone().unwrap_or_default();
            caught = Some((event.id.clone(), format!("warning: {observed}")));
            break;
        }
    }
    FaultResult { name: change.name, breaks, candidates: candidates.len(), caught }
}

/// Orders positions so that those that are near each other, whose cases are alike, are far apart: a fault
/// is noticed by a neighbourhood of cases, which is come to soon wherever it is.
fn spread(position: usize) -> u64 {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    (position as u64).wrapping_mul(GOLDEN)
}

pub(super) fn degenerate(
    api: &Arc<dyn Platform>,
    cases: &[Case],
    workers: usize,
    seed: u64,
    change: &'static Change,
) -> DegenerateResult {
    let setup = setup_for(api, &[*change], seed);
    let mut result =
        DegenerateResult { name: change.name, outcomes: BTreeMap::new(), passed: Vec::new() };
    run::play_all(&setup, cases, workers, &mut |event| {
        *result.outcomes.entry(event.outcome).or_insert(0) += 1;
        let tells = cases.iter().any(|case| case.id == event.id && calls(case) > 1);
        if event.outcome == Outcome::Pass && tells {
            result.passed.push(event.id);
        }
    });
    result
}

/// How many calls a case makes. What is one call alone, and is answered as may be, cannot tell a
/// server that answers so to everything: an empty list, an open question.
fn calls(case: &Case) -> usize {
    case.base.iter().filter(|step| matches!(step, Step::Call(_))).count()
}
