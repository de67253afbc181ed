//! Which rules were kept and which were broken, by document.

use std::collections::BTreeMap;

use sharespec_events::{CaseEvent, Outcome};

/// What is counted of one rule.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    kept: usize,
    broken: usize,
    known: usize,
    without: usize,
}

/// Counts of all rules that cases cite.
#[derive(Debug, Default)]
pub struct Coverage {
    rules: BTreeMap<String, Counts>,
}

/// One document of the picture.
pub struct Document {
    /// The id.
    pub name: String,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// How many were kept.
    pub kept: usize,
    /// How many were broken, known or not.
    pub broken: usize,
    /// Of how many nothing was seen.
    pub untested: usize,
}

/// One rule of the picture.
pub struct Rule {
    /// The id.
    pub id: String,
    /// `kept`, `broken`, `known` or `untested`.
    pub class: &'static str,
    /// The id and the counts.
    pub title: String,
}

impl Coverage {
    /// Takes a case. A failed case breaks the rule that decided it and says nothing of its others.
    pub fn add(&mut self, case: &CaseEvent) {
        for rule in &case.rules {
            let counts = self.rules.entry(rule.clone()).or_default();
            match case.outcome {
                Outcome::Pass | Outcome::UnexpectedPass => counts.kept += 1,
                _ => counts.without += 1,
            }
        }
        let decisive = case.failure.as_ref().map(|failure| failure.rule.id.as_str());
        if let Some(rule) = decisive.filter(|rule| !rule.is_empty()) {
            let counts = self.rules.entry(rule.to_owned()).or_default();
            match case.outcome {
                Outcome::Known => counts.known += 1,
                _ => counts.broken += 1,
            }
        }
    }

    /// The picture.
    pub fn documents(&self) -> Vec<Document> {
        let mut documents: Vec<Document> = Vec::new();
        for (id, counts) in &self.rules {
            let name = id.split('/').next().unwrap_or_default();
            if documents.last().is_none_or(|last| last.name != name) {
                let (name, rules) = (name.to_owned(), Vec::new());
                documents.push(Document { name, rules, kept: 0, broken: 0, untested: 0 });
            }
            let Some(document) = documents.last_mut() else { continue };
            let (class, number) = match counts {
                Counts { broken: 1.., .. } => ("broken", &mut document.broken),
                Counts { known: 1.., .. } => ("known", &mut document.broken),
                Counts { kept: 1.., .. } => ("kept", &mut document.kept),
                _ => ("untested", &mut document.untested),
            };
            *number += 1;
            let Counts { kept, broken, known, .. } = counts;
            let title = format!("{id}: {class}; {kept} passed, {broken} failed, {known} known");
            document.rules.push(Rule { id: id.clone(), class, title });
        }
        documents
    }
}
