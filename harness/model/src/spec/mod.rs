//! Specification as data: documents, rules, error rows and open points, read from TOML, and the
//! index that a prediction looks things up in.

mod file;
mod library;
mod load;
mod operation;
mod point;
mod revisions;
mod rule;

pub use library::Library;
pub use load::SpecError;
pub use operation::{
    Authorization, Later, Member, MemberKind, OperationSpec, Parameter, Presence, Row, Wants,
};
pub use point::{Point, PointReading, Reading};
pub use rule::{DocumentInfo, Level, Rule, RuleIndex};

use crate::condition::Condition;
use std::collections::{BTreeMap, HashMap};

/// The documents in force, indexed.
#[derive(Debug, Default)]
pub struct Spec {
    /// The API.
    pub api: String,
    /// The ids of the documents in force, in order.
    pub documents: Vec<DocumentInfo>,
    /// All rules.
    pub rules: Vec<Rule>,
    /// All open points.
    pub points: Vec<Point>,
    names: &'static [&'static str],
    operations: HashMap<String, OperationSpec>,
    gateway: OperationSpec,
    by_id: HashMap<String, RuleIndex>,
    /// What the ids of rules begin with, of any revision, and the operation.
    prefixes: Vec<(String, String)>,
}

impl Spec {
    /// What the documents say about an operation.
    pub fn operation(&self, name: &str) -> Option<&OperationSpec> {
        self.operations.get(name)
    }

    /// What the documents say about an operation, to be changed by a fault.
    pub fn operation_mut(&mut self, name: &str) -> Option<&mut OperationSpec> {
        self.operations.get_mut(name)
    }

    /// All operations, by name.
    pub fn operations(&self) -> BTreeMap<&str, &OperationSpec> {
        self.operations.iter().map(|(name, spec)| (name.as_str(), spec)).collect()
    }

    /// What is common to every operation: the floor and the errors of the gateway.
    pub fn gateway(&self) -> &OperationSpec {
        &self.gateway
    }

    /// A rule by its position.
    pub fn rule(&self, index: RuleIndex) -> Option<&Rule> {
        self.rules.get(usize::from(index.0))
    }

    /// The id of a rule; empty if there is none.
    pub fn rule_id(&self, index: RuleIndex) -> &str {
        self.rule(index).map_or("", |rule| rule.id.as_str())
    }

    /// A rule by its id.
    pub fn rule_named(&self, id: &str) -> Option<RuleIndex> {
        self.by_id.get(id).copied()
    }

    /// A rule of the floor, such as `floor/request-id`.
    pub fn floor(&self, id: &str) -> Option<RuleIndex> {
        self.gateway.rules.get(id).copied()
    }

    /// The condition of this name.
    pub fn condition(&self, name: &str) -> Option<Condition> {
        condition_named(self.names, name)
    }

    /// The name of a condition.
    pub fn condition_name(&self, condition: Condition) -> &'static str {
        self.names.get(usize::from(condition.0)).copied().unwrap_or("")
    }

    /// The names of all conditions.
    pub fn condition_names(&self) -> &'static [&'static str] {
        self.names
    }

    /// The reading written `point:reading`.
    pub fn reading(&self, text: &str) -> Option<Reading> {
        let (point, reading) = text.split_once(':')?;
        let number = self.points.iter().position(|each| each.id == point)?;
        let readings = &self.points.get(number)?.readings;
        let position = readings.iter().position(|each| each.name == reading)?;
        Some(Reading(number as u16, position as u8))
    }

    /// A reading as `point:reading`.
    pub fn reading_name(&self, reading: Reading) -> String {
        let point = self.points.get(usize::from(reading.0));
        let name = point.and_then(|point| point.readings.get(usize::from(reading.1)));
        match (point, name) {
            (Some(point), Some(name)) => format!("{}:{}", point.id, name.name),
            _ => String::new(),
        }
    }
}

fn condition_named(names: &[&str], name: &str) -> Option<Condition> {
    names.iter().position(|each| *each == name).map(|position| Condition(position as u8))
}
