//! Rules: the statements of documents, with their ids, levels and citations.

use serde::Deserialize;

/// How firmly a rule is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Documented firmly: gates.
    Must,
    /// Documented, but contradicted: a warning.
    Should,
    /// Not documented: recorded, never judged.
    Open,
}

/// One statement of a document.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The stable id, such as `alibaba-disassociate-2026-03/error/DisassociateInvalid`.
    pub id: String,
    /// How firmly it is documented.
    pub level: Level,
    /// What it says.
    pub text: String,
    /// Where the document says it.
    pub citation: String,
    /// The operation that it is about; `*` for all.
    pub operation: String,
    /// The document that says it.
    pub document: String,
    /// The checks that judge it.
    pub checks: Vec<String>,
    /// The documents that contradict it; a printed sample may contradict its own document.
    pub contradicted_by: Vec<String>,
    /// Why it cannot be observed from outside, if it cannot.
    pub unobservable: Option<String>,
}

/// A rule by its position in [`super::Spec::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u16);

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The stable id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The date or edition.
    pub revision: String,
    /// The source.
    pub source: String,
    /// The document that this one takes the place of.
    pub supersedes: Option<String>,
    /// The readings, as `point:reading`, that a target follows which claims the document.
    pub follows: Vec<String>,
    /// The operations that it describes.
    pub operations: Vec<String>,
}

impl Rule {
    /// What is contradicted is a warning.
    pub(super) fn contradict(&mut self, documents: Vec<String>) {
        if !documents.is_empty() {
            self.level = Level::Should;
            self.contradicted_by = documents;
        }
    }
}
