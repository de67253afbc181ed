//! The documents of one API: those that there are, and those in force unless others are asked for.

use super::{Spec, SpecError};

/// The documents of one API.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    /// The names of the conditions of the API.
    pub conditions: &'static [&'static str],
    /// Every document: its id and its table.
    pub documents: &'static [(&'static str, &'static str)],
    /// The newest document of each operation.
    pub newest: &'static [&'static str],
    /// The table of open points.
    pub points: &'static str,
}

impl Library {
    /// The documents of these ids.
    ///
    /// # Errors
    /// [`SpecError`] if there is no such document, or if two describe one operation.
    pub fn spec_of(&self, ids: &[&str]) -> Result<Spec, SpecError> {
        let known = || self.documents.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
        let mut documents = Vec::new();
        for id in ids {
            let found = self.documents.iter().find(|(each, _)| each == id);
            let found = *found.ok_or_else(|| SpecError::Unknown((*id).to_owned(), known()))?;
            if !documents.contains(&found) {
                documents.push(found);
            }
        }
        let others = self.documents.iter().filter(|each| !documents.contains(each));
        let others: Vec<_> = others.copied().collect();
        Spec::load(self.conditions, &documents, &others, self.points)
    }

    /// These documents, and the newest ones of the operations that they do not describe.
    ///
    /// # Errors
    /// [`SpecError`] if there is no such document, or if two describe one operation.
    pub fn spec_with(&self, ids: &[&str]) -> Result<Spec, SpecError> {
        let named = self.spec_of(ids)?;
        let newest = self.spec_of(self.newest)?;
        let taken: Vec<&String> =
            named.documents.iter().flat_map(|each| &each.operations).collect();
        let others = newest.documents.iter().filter(|each| {
            !ids.contains(&each.id.as_str())
                && !each.operations.iter().any(|name| taken.contains(&name))
        });
        let others = others.map(|each| each.id.as_str());
        let all: Vec<&str> = ids.iter().copied().chain(others).collect();
        self.spec_of(&all)
    }
}
