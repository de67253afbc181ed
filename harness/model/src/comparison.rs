//! The documents of one operation beside each other: what each says, rule by rule.

use crate::spec::{Library, Rule, Spec, SpecError};
use std::collections::{BTreeMap, BTreeSet};

/// One document, in force together with the newest ones of the other operations.
#[derive(Debug)]
pub struct Revision {
    /// The id of the document.
    pub id: String,
    /// What is in force with it.
    pub spec: Spec,
    prefix: String,
}

/// The documents of one operation, the oldest first.
#[derive(Debug)]
pub struct Comparison {
    /// The operation; `*` for what every operation has in common.
    pub operation: String,
    /// Its documents.
    pub revisions: Vec<Revision>,
}

impl Comparison {
    /// The documents of every operation, in the order of the operations.
    ///
    /// # Errors
    /// [`SpecError`] if a table does not load.
    pub fn all(library: &Library) -> Result<Vec<Self>, SpecError> {
        let mut found: BTreeMap<String, Vec<(usize, Revision)>> = BTreeMap::new();
        for (id, _) in library.documents {
            let ids = if library.newest.contains(id) { library.newest } else { &[*id][..] };
            for operation in operations_of(library, id)? {
                let spec = library.spec_with(ids)?;
                let prefix = match operation.as_str() {
                    "*" => spec.gateway().prefix.clone(),
                    name => {
                        spec.operation(name).map(|each| each.prefix.clone()).unwrap_or_default()
                    }
                };
                let older = older_than(library, &spec, id);
                let revision = Revision { id: (*id).to_owned(), spec, prefix };
                found.entry(operation).or_default().push((older, revision));
            }
        }
        let comparisons = found.into_iter().map(|(operation, mut revisions)| {
            revisions.sort_by_key(|(older, _)| *older);
            let revisions = revisions.into_iter().map(|(_, revision)| revision).collect();
            Self { operation, revisions }
        });
        Ok(comparisons.collect())
    }

    /// The ends of the ids of all rules, such as `error/DisassociateInvalid`.
    pub fn ends(&self) -> BTreeSet<&str> {
        self.revisions.iter().flat_map(Revision::rules).map(|(end, _)| end).collect()
    }
}

impl Revision {
    /// The rules of the operation in this document, with the ends of their ids.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &Rule)> {
        self.spec.rules.iter().filter_map(|rule| {
            let end = rule.id.strip_prefix(self.prefix.as_str())?.strip_prefix('/')?;
            Some((end, rule))
        })
    }

    /// The rule of this end.
    pub fn rule(&self, end: &str) -> Option<&Rule> {
        let index = self.spec.rule_named(&format!("{}/{end}", self.prefix))?;
        self.spec.rule(index)
    }

    /// The conditions that an error row answers, each with the readings that it presumes.
    pub fn answers(&self, rule: &Rule) -> Vec<String> {
        let spec = &self.spec;
        let index = spec.rule_named(&rule.id);
        let operation = match rule.operation.as_str() {
            "*" => Some(spec.gateway()),
            name => spec.operation(name),
        };
        let rows = operation.into_iter().flat_map(|operation| &operation.rows);
        let mut lines = Vec::new();
        for row in rows.filter(|row| row.rule.is_some() && row.rule == index) {
            for condition in row.conditions.iter() {
                let readings = row.readings.iter().filter(|(each, _)| *each == condition);
                let readings: Vec<String> =
                    readings.map(|(_, reading)| spec.reading_name(*reading)).collect();
                let name = spec.condition_name(condition);
                lines.push(match readings.is_empty() {
                    true => name.to_owned(),
                    false => format!("{name} under {}", readings.join(", ")),
                });
            }
        }
        lines.sort();
        lines
    }
}

fn operations_of(library: &Library, id: &str) -> Result<Vec<String>, SpecError> {
    let spec = library.spec_of(&[id])?;
    Ok(spec.documents.iter().flat_map(|each| each.operations.clone()).collect())
}

/// How many documents a document takes the place of.
fn older_than(library: &Library, spec: &Spec, id: &str) -> usize {
    let supersedes = |id: &str| {
        let known = spec.documents.iter().find(|each| each.id == id);
        match known {
            Some(document) => document.supersedes.clone(),
            None => {
                let alone = library.spec_of(&[id]).ok()?;
                alone.documents.first()?.supersedes.clone()
            }
        }
    };
    let mut next = supersedes(id);
    let mut count = 0;
    while let Some(id) = next.filter(|_| count < library.documents.len()) {
        count += 1;
        next = supersedes(&id);
    }
    count
}
