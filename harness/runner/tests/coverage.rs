//! Every rule of every document is tested, or says why it cannot be.

use sharespec_generators::alibaba;
use sharespec_model::alibaba::LIBRARY;
use sharespec_runner::coverage::{Standing, coverage};
use std::collections::BTreeSet;

#[test]
fn no_rule_is_untested() {
    let covered = coverage(&LIBRARY, &alibaba()).unwrap();
    let untested: Vec<&str> = covered
        .iter()
        .filter(|each| each.standing == Standing::Untested)
        .map(|each| each.rule.as_str())
        .collect();
    assert!(untested.is_empty(), "{} rules: {untested:#?}", untested.len());
    let documents: BTreeSet<&str> = covered.iter().map(|each| each.document.as_str()).collect();
    let known = sharespec_fixtures::DOCUMENTS.iter().map(|(id, _)| *id).collect();
    assert_eq!(documents, known);
}
