//! `--rerun-failed`: the cases of a report that did not come to what they should.

use crate::failure::Failure;
use crate::reports::read;
use anyhow::anyhow;
use sharespec_events::{Event, Outcome, case_id};
use sharespec_generators::combined;
use sharespec_wire::case::Case;
use std::collections::BTreeSet;
use std::path::Path;

/// Those of `cases` that failed, passed unexpectedly or were inconclusive in the report; all of them if
/// there is no report. A combined case of a greater strength is played again, too.
pub fn failed(cases: Vec<Case>, report: Option<&Path>) -> Result<Vec<Case>, Failure> {
    let Some(path) = report else { return Ok(cases) };
    let (mut wanted, mut operations) = (BTreeSet::new(), BTreeSet::new());
    read(path, |event| {
        if let Event::Case(case) = event
            && matches!(
                case.outcome,
                Outcome::Fail | Outcome::UnexpectedPass | Outcome::Inconclusive
            )
        {
            match case.id.contains("/support/") {
                true => operations.insert(case.operation),
                false => wanted.insert(case_id(&case.id).to_owned()),
            };
        }
    })?;
    let name = path.display();
    if wanted.is_empty() && operations.is_empty() {
        return Err(Failure::usage(anyhow!("nothing failed in {name}"))
            .hint("there is nothing to run again; leave out --rerun-failed"));
    }
    let mut found: Vec<Case> = cases
        .into_iter()
        .filter(|case| wanted.remove(&case.id) || operations.contains(case.operation()))
        .collect();
    let more: Vec<Case> = wanted.iter().filter_map(|id| combined(id)).collect();
    for case in &more {
        wanted.remove(&case.id);
    }
    found.extend(more);
    if let Some(id) = wanted.first() {
        let left = wanted.len();
        return Err(Failure::usage(anyhow!(
            "{left} cases of {name} are not selected, such as {id}"
        ))
        .hint("select them, or use the report of this suite"));
    }
    Ok(found)
}
