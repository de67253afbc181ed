//! Open points: what the documents leave open, with the lawful answers.

use serde::Deserialize;

/// A reading of an open point: the positions of the point and of the reading in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading(pub u16, pub u8);

/// An open point: a question that the documents leave open.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The stable id.
    pub id: String,
    /// The row of the list of ambiguities that it answers.
    #[serde(default)]
    pub ambiguity: Option<String>,
    /// The question.
    pub question: String,
    /// What speaks for an answer.
    pub evidence: String,
    /// The conditions whose answer it leaves open.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// The operations that it is about; none means all.
    #[serde(default)]
    pub operations: Vec<String>,
    /// The lawful answers.
    pub readings: Vec<PointReading>,
}

impl Point {
    /// Whether it is about an operation.
    pub fn is_about(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|each| each == operation)
    }

    /// Whether it is about what the gateway in front of every operation does.
    pub fn is_of_gateway(&self) -> bool {
        let mut conditions = self.conditions.iter().peekable();
        conditions.peek().is_some() && conditions.all(|name| name.starts_with("gateway/"))
    }
}

/// One lawful answer to an open point.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointReading {
    /// The name, unique in its point.
    pub name: String,
    /// What it means.
    pub text: String,
    /// Whether the call is accepted.
    #[serde(default)]
    pub accepts: bool,
    /// Whether anything goes.
    #[serde(default)]
    pub any: bool,
    /// Whether following it is a warning.
    #[serde(default)]
    pub should: bool,
    /// The status of an answer that is in no document's table.
    #[serde(default)]
    pub status: Option<u16>,
    /// The code of such an answer; `*` is any. Several, parted by `|`, are one
    /// for each condition in their order.
    #[serde(default)]
    pub code: Option<String>,
}
