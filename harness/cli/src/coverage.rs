//! `coverage`: whether each rule of each document is tested.

use crate::arguments::{CoverageArguments, CoverageFormat};
use crate::failure::Failure;
use anyhow::anyhow;
use serde_json::json;
use sharespec_events::exit;
use sharespec_runner::coverage::{Covered, Standing, coverage as measure};

/// How many rules stand how.
#[derive(Default)]
struct Counts {
    tested: usize,
    unobservable: usize,
    untested: usize,
}

impl Counts {
    fn of<'a>(rules: impl IntoIterator<Item = &'a Covered>) -> Self {
        let mut counts = Self::default();
        for rule in rules {
            match rule.standing {
                Standing::Tested(_) => counts.tested += 1,
                Standing::NotObservable(_) => counts.unobservable += 1,
                Standing::Untested => counts.untested += 1,
            }
        }
        counts
    }
}

/// Prints how each rule stands.
pub fn coverage(arguments: &CoverageArguments) -> Result<u8, Failure> {
    let mut covered = measure(arguments.api.library(), &arguments.api.cases())?;
    if let Some(document) = &arguments.document {
        covered.retain(|each| each.document == *document);
        if covered.is_empty() {
            let ids: Vec<&str> =
                arguments.api.library().documents.iter().map(|(id, _)| *id).collect();
            return Err(Failure::usage(anyhow!("there is no document `{document}`"))
                .hint(format!("the documents are {}", ids.join(", "))));
        }
    }
    let all = Counts::of(&covered);
    match arguments.format {
        CoverageFormat::Table => table(&covered, &all),
        CoverageFormat::Json => {
            let counts = json!({
                "tested": all.tested,
                "not_observable": all.unobservable,
                "untested": all.untested,
                "rules": covered,
            });
            anstream::println!("{}", serde_json::to_string_pretty(&counts)?);
        }
    }
    Ok(if all.untested == 0 { exit::CONFORMS } else { exit::DOES_NOT_CONFORM })
}

fn table(covered: &[Covered], all: &Counts) {
    let line = |name: &str, counts: &Counts| {
        let sum = counts.tested + counts.unobservable + counts.untested;
        anstream::println!(
            "{name:32} {sum:6} {:8} {:15} {:9}",
            counts.tested,
            counts.unobservable,
            counts.untested
        );
    };
    anstream::println!(
        "{:32} {:>6} {:>8} {:>15} {:>9}",
        "document",
        "rules",
        "tested",
        "not observable",
        "untested"
    );
    let mut documents: Vec<&str> = covered.iter().map(|each| each.document.as_str()).collect();
    documents.dedup();
    for document in documents {
        line(document, &Counts::of(covered.iter().filter(|each| each.document == document)));
    }
    line("all", all);
    for rule in covered {
        match &rule.standing {
            Standing::NotObservable(reason) => {
                anstream::println!("not observable  {}: {reason}", rule.rule);
            }
            Standing::Untested => anstream::println!("untested        {}", rule.rule),
            Standing::Tested(_) => {}
        }
    }
}
