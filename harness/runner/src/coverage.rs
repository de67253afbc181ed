//! Coverage: whether each rule of each document is tested by some case, cannot be observed, or neither.

use crate::verdict::rules_of;
use serde::Serialize;
use sharespec_model::spec::{Library, Spec, SpecError};
use sharespec_wire::case::Case;
use std::collections::HashMap;

/// How a rule stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// So many cases cite it.
    Tested(usize),
    /// No case can: why.
    NotObservable(String),
    /// No case does, and nothing says why.
    Untested,
}

/// A rule and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The document.
    pub document: String,
    /// The id of the rule.
    pub rule: String,
    /// What it says.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
}

/// Every rule of every document, in the order of the tables, under the document itself and the newest
/// ones of the operations that it does not describe.
///
/// # Errors
/// [`SpecError`] if a table does not load.
pub fn coverage(library: &Library, cases: &[Case]) -> Result<Vec<Covered>, SpecError> {
    let newest = library.spec_of(library.newest)?;
    let mut covered = of(&newest, library.newest, cases);
    for (id, _) in library.documents {
        if !library.newest.contains(id) {
            covered.extend(of(&library.spec_with(&[*id])?, &[*id], cases));
        }
    }
    Ok(covered)
}

fn of(spec: &Spec, documents: &[&str], cases: &[Case]) -> Vec<Covered> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for rule in cases.iter().flat_map(|case| rules_of(spec, case, &[])) {
        *counts.entry(rule).or_insert(0) += 1;
    }
    let rules = spec.rules.iter().filter(|rule| documents.contains(&rule.document.as_str()));
    let covered = rules.map(|rule| Covered {
        document: rule.document.clone(),
        rule: rule.id.clone(),
        text: rule.text.clone(),
        standing: match (counts.get(&rule.id), &rule.unobservable) {
            (Some(&count), _) => Standing::Tested(count),
            (None, Some(reason)) => Standing::NotObservable(reason.clone()),
            (None, None) => Standing::Untested,
        },
    });
    covered.collect()
}
