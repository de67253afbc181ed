//! What documents say about one operation: parameters, members, error rows, other rules.

use super::{PointReading, Reading, RuleIndex};
use crate::condition::{Condition, ConditionSet};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// An error that an operation may answer with.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The HTTP status.
    pub status: u16,
    /// The code; `*` is any.
    pub code: String,
    /// The message, where a document gives one.
    pub message: Option<String>,
    /// The rule that the row is; a row of an open point alone has none.
    pub rule: Option<RuleIndex>,
    /// The conditions that it answers.
    pub conditions: ConditionSet,
    /// The readings that it presumes, by condition.
    pub readings: Vec<(Condition, Reading)>,
}

/// A member of an operation's answer.
#[derive(Clone, Debug)]
pub struct Member {
    /// The path, such as `ResourceShareAssociations[].EntityId`.
    pub path: String,
    /// The type.
    pub kind: MemberKind,
    /// When it is there.
    pub presence: Presence,
    /// The values of an enum.
    pub values: Vec<String>,
    /// The rule that the member is.
    pub rule: RuleIndex,
}

/// The types of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemberKind {
    /// A text.
    String,
    /// A text that may be empty although it is always there.
    Text,
    /// A text that is a time.
    Time,
    /// A text that, if not empty, is JSON.
    Json,
    /// A truth value.
    Boolean,
    /// A number.
    Number,
    /// A number that is a time: seconds since the Unix epoch.
    Epoch,
    /// A list.
    List,
    /// A record.
    Object,
}

/// When a member is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// Always.
    Always,
    /// In rows of resources that have an ARN.
    Resource,
    /// It may be absent, empty or null.
    Sometimes,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// Whether a call must have it.
    pub required: bool,
    /// The largest number of entries of a list.
    pub max_items: Option<u32>,
    /// The values of an enum.
    pub values: Vec<String>,
    /// Whether the document says that the numbers of a list go from 1 to the largest one.
    pub numbered: bool,
    /// Whether the document has no other principals than member accounts.
    pub members_only: bool,
    /// The rule that the parameter is.
    pub rule: RuleIndex,
}

/// What a policy must say for a user to be allowed an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The action, such as `resourcesharing:DisassociateResourceShare`.
    pub action: String,
    /// The condition keys, such as `resourcesharing:ResourceArn`.
    pub condition_keys: Vec<String>,
}

/// What a contradicted rule wants of a call: an answer of the other kind is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wants {
    /// That it is accepted.
    Success,
    /// That it is rejected.
    Rejection,
}

/// What a document has that is described by a later one alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Later<T> {
    /// What it is.
    pub what: T,
    /// The earliest document that has it.
    pub document: String,
}

/// What the documents in force say about one operation.
#[derive(Clone, Debug, Default)]
pub struct OperationSpec {
    /// The name.
    pub name: String,
    /// What the ids of its rules begin with.
    pub prefix: String,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The members of its answer.
    pub members: Vec<Member>,
    /// The errors.
    pub rows: Vec<Row>,
    /// The authorization table, where a document has one.
    pub authorization: Option<Authorization>,
    /// The conditions with which success is lawful.
    pub accepts: ConditionSet,
    /// The conditions that leave any answer open.
    pub any: ConditionSet,
    /// Its other rules by the last part of the id, such as `effect/removed`.
    pub rules: BTreeMap<String, RuleIndex>,
    /// What contradicted rules want of calls of which a condition holds.
    pub wishes: Vec<(Condition, Wants, RuleIndex)>,
    /// The errors of later documents that are none of this one.
    pub later_rows: Vec<Later<Row>>,
    /// The members of later documents that are none of this one, by their paths.
    pub later_members: Vec<Later<String>>,
    /// The parameters of other documents that this one does not describe.
    pub undescribed: Vec<String>,
    pub(super) by_code: HashMap<String, Vec<usize>>,
}

impl OperationSpec {
    /// The rule of what a success does: that of all successes before those of some.
    pub fn main_effect(&self) -> Option<RuleIndex> {
        let main = ["removed", "associated", "created", "updated", "deleted", "accepted"];
        let mut named = main.iter().filter_map(|end| self.rule(&format!("effect/{end}")));
        let first = self.rules.iter().find(|(id, _)| id.starts_with("effect/"));
        named.next().or(first.map(|(_, rule)| *rule))
    }

    /// The rows of this code.
    pub fn rows_of(&self, code: &str) -> impl Iterator<Item = &Row> {
        let exact = self.by_code.get(code).into_iter().flatten();
        exact.filter_map(|&position| self.rows.get(position))
    }

    /// The largest number of entries of a list.
    pub fn limit(&self, parameter: &str) -> Option<usize> {
        self.parameter(parameter)?.max_items.map(|items| items as usize)
    }

    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|each| each.name == name)
    }

    /// The list, the number and the field of the key of an entry, if the document says which numbers
    /// entries of the list have. The number need not be one of them.
    pub fn entry<'k>(&self, key: &'k str) -> Option<(&Parameter, u32, Option<&'k str>)> {
        let (name, rest) = key.split_once('.')?;
        let (number, field) = match rest.split_once('.') {
            Some((number, field)) => (number, Some(field)),
            None => (rest, None),
        };
        let parsed = number.parse::<u32>().ok().filter(|parsed| parsed.to_string() == number)?;
        let parameter = self.parameter(name).filter(|each| each.numbered)?;
        let record = format!("{name}[].");
        let fits = match field {
            Some(field) => self.parameter(&format!("{record}{field}")).is_some(),
            None => !self.parameters.iter().any(|each| each.name.starts_with(&record)),
        };
        fits.then_some((parameter, parsed, field))
    }

    /// The rows that fit any code.
    pub fn wild_rows(&self) -> impl Iterator<Item = &Row> {
        self.by_code.get("*").into_iter().flatten().filter_map(|&position| self.rows.get(position))
    }

    /// A rule of the operation by the end of its id, such as `effect/removed`.
    pub fn rule(&self, id: &str) -> Option<RuleIndex> {
        self.rules.get(id).copied()
    }

    /// Adds the answer that a reading of an open point gives to some conditions.
    pub(super) fn add_reading(
        &mut self,
        reading: &PointReading,
        index: Reading,
        conditions: &[Condition],
    ) {
        let set = set_of(conditions);
        if reading.accepts || reading.any {
            self.accepts = self.accepts.or(set);
        }
        if reading.any {
            self.any = self.any.or(set);
        }
        let (Some(status), Some(codes)) = (reading.status, &reading.code) else { return };
        let codes: Vec<&str> = codes.split('|').collect();
        for (number, &code) in codes.iter().enumerate() {
            let conditions = match codes.len() {
                1 => conditions,
                _ => conditions.get(number..=number).unwrap_or_default(),
            };
            let set = set_of(conditions);
            let known = self.rows.iter_mut().find(|row| row.status == status && row.code == code);
            if let Some(row) = known {
                row.conditions = row.conditions.or(set);
                row.readings.extend(conditions.iter().map(|&condition| (condition, index)));
                continue;
            }
            self.rows.push(Row {
                status,
                code: code.to_owned(),
                message: None,
                rule: None,
                conditions: set,
                readings: conditions.iter().map(|&condition| (condition, index)).collect(),
            });
        }
    }

    /// Indexes the rows by their codes.
    pub(super) fn index(&mut self) {
        for (position, row) in self.rows.iter().enumerate() {
            self.by_code.entry(row.code.clone()).or_default().push(position);
        }
    }
}

fn set_of(conditions: &[Condition]) -> ConditionSet {
    let mut set = ConditionSet::EMPTY;
    conditions.iter().for_each(|&condition| set.insert(condition));
    set
}
