//! Specification as data: documents, rules, error rows and open points, read from TOML, and the
//! index that a prediction looks things up in.

use crate::condition::{Condition, ConditionSet};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

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
    /// The checks that judge it.
    pub checks: Vec<String>,
    /// Why it cannot be observed from outside, if it cannot.
    pub unobservable: Option<String>,
}

/// A rule by its position in [`Spec::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u16);

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
    /// The code of such an answer; alternatives are parted by `|`, `*` is any.
    #[serde(default)]
    pub code: Option<String>,
}

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
    /// A text that is a time.
    Time,
    /// A text that, if not empty, is JSON.
    Json,
    /// A truth value.
    Boolean,
    /// A number.
    Number,
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
    /// The rule that the parameter is.
    pub rule: RuleIndex,
}

/// What the documents in force say about one operation.
#[derive(Clone, Debug, Default)]
pub struct OperationSpec {
    /// The name.
    pub name: String,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The members of its answer.
    pub members: Vec<Member>,
    /// The errors.
    pub rows: Vec<Row>,
    /// The conditions with which success is lawful.
    pub accepts: ConditionSet,
    /// The conditions that leave any answer open.
    pub any: ConditionSet,
    /// Its other rules by the last part of the id, such as `effect/removed`.
    pub rules: BTreeMap<String, RuleIndex>,
    by_code: HashMap<String, Vec<usize>>,
}

impl OperationSpec {
    /// The rows of this code.
    pub fn rows_of(&self, code: &str) -> impl Iterator<Item = &Row> {
        let exact = self.by_code.get(code).into_iter().flatten();
        exact.filter_map(|&position| self.rows.get(position))
    }

    /// The largest number of entries of a list.
    pub fn limit(&self, parameter: &str) -> Option<usize> {
        let found = self.parameters.iter().find(|each| each.name == parameter)?;
        found.max_items.map(|items| items as usize)
    }

    /// The rows that fit any code.
    pub fn wild_rows(&self) -> impl Iterator<Item = &Row> {
        self.by_code.get("*").into_iter().flatten().filter_map(|&position| self.rows.get(position))
    }
}

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
}

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
    /// The operations that it describes.
    pub operations: Vec<String>,
}

/// Why spec tables cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpecError {
    /// A table is not of the expected form.
    #[error("spec table {0} is not of the expected form: {1}")]
    Form(String, Box<toml::de::Error>),
    /// A document that does not exist was asked for.
    #[error("there is no document `{0}`; the documents are {1}")]
    Unknown(String, String),
    /// Two documents of one operation were asked for.
    #[error(
        "{0} and {1} both describe {2}; a target follows one of them: name one with --document"
    )]
    Two(String, String, String),
    /// A table names what does not exist.
    #[error("spec table {0} names {1}, which does not exist")]
    Dangling(String, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentFile {
    id: String,
    api: String,
    title: String,
    revision: String,
    source: String,
    operation: Vec<OperationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationFile {
    name: String,
    parameters: Vec<ParameterFile>,
    members: Vec<MemberFile>,
    errors: Vec<ErrorFile>,
    rules: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    required: bool,
    #[serde(default)]
    max_items: Option<u32>,
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    default: Option<String>,
    cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberFile {
    path: String,
    #[serde(rename = "type")]
    kind: MemberKind,
    presence: Presence,
    #[serde(default)]
    values: Vec<String>,
    cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorFile {
    status: u16,
    code: String,
    message: String,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    unobservable: Option<String>,
    cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    level: Level,
    checks: Vec<String>,
    text: String,
    cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the field is part of the table")]
struct PointsFile {
    api: String,
    point: Vec<Point>,
}

impl Spec {
    /// Reads the tables of the documents in force and the open points of their API.
    ///
    /// # Errors
    /// [`SpecError`] if a table is malformed, names what does not exist, or if two documents
    /// describe one operation.
    pub fn load(
        names: &'static [&'static str],
        documents: &[(&str, &str)],
        points: &str,
    ) -> Result<Self, SpecError> {
        let mut spec = Self { names, ..Self::default() };
        let file: PointsFile = toml::from_str(points)
            .map_err(|error| SpecError::Form("of open points".into(), Box::new(error)))?;
        spec.points = file.point;
        for (id, text) in documents {
            let file: DocumentFile = toml::from_str(text)
                .map_err(|error| SpecError::Form((*id).to_owned(), Box::new(error)))?;
            spec.add_document(file)?;
        }
        spec.add_points()?;
        spec.index();
        Ok(spec)
    }

    fn add_document(&mut self, file: DocumentFile) -> Result<(), SpecError> {
        self.api.clone_from(&file.api);
        let single = file.operation.len() == 1;
        let info = DocumentInfo {
            id: file.id.clone(),
            title: file.title,
            revision: file.revision,
            source: file.source.clone(),
            operations: file.operation.iter().map(|operation| operation.name.clone()).collect(),
        };
        for other in &self.documents {
            if let Some(name) = info.operations.iter().find(|name| other.operations.contains(name))
            {
                return Err(SpecError::Two(other.id.clone(), info.id, name.clone()));
            }
        }
        self.documents.push(info);
        for operation in file.operation {
            let prefix = match single {
                true => file.id.clone(),
                false => format!("{}/{}", file.id, operation.name),
            };
            self.add_operation(&file.id, &prefix, &file.source, operation)?;
        }
        Ok(())
    }

    fn add_operation(
        &mut self,
        document: &str,
        prefix: &str,
        source: &str,
        file: OperationFile,
    ) -> Result<(), SpecError> {
        let mut spec = OperationSpec { name: file.name.clone(), ..OperationSpec::default() };
        let cite = |text: &str| format!("{source}: {text}");
        let rule = |id: String, level, text: String, place: &str, checks: Vec<String>| Rule {
            id: format!("{prefix}/{id}"),
            level,
            text,
            citation: cite(place),
            operation: file.name.clone(),
            checks,
            unobservable: None,
        };
        for parameter in file.parameters {
            let text = parameter_text(&parameter);
            let id = format!("parameter/{}", parameter.name);
            let checks = vec!["code".to_owned()];
            let index = self.add_rule(rule(id, Level::Must, text, &parameter.cite, checks));
            spec.parameters.push(Parameter {
                name: parameter.name,
                required: parameter.required,
                max_items: parameter.max_items,
                values: parameter.values,
                rule: index,
            });
        }
        for member in file.members {
            let text = format!("The answer has `{}` ({:?}).", member.path, member.kind);
            let id = format!("member/{}", member.path);
            let checks = vec!["shape".to_owned()];
            let index = self.add_rule(rule(id, Level::Must, text, &member.cite, checks));
            spec.members.push(Member {
                path: member.path,
                kind: member.kind,
                presence: member.presence,
                values: member.values,
                rule: index,
            });
        }
        for error in file.errors {
            let text = format!("{} {}: {}", error.status, error.code, error.message);
            let id = format!("error/{}", error.code);
            let checks = vec!["code".to_owned(), "message".to_owned()];
            let mut rule = rule(id, Level::Must, text, &error.cite, checks);
            rule.unobservable.clone_from(&error.unobservable);
            let index = self.add_rule(rule);
            let row = self.row(document, error, index)?;
            spec.rows.push(row);
        }
        for each in file.rules {
            let index = self.add_rule(rule(
                each.id.clone(),
                each.level,
                each.text,
                &each.cite,
                each.checks,
            ));
            spec.rules.insert(each.id, index);
        }
        match spec.name.as_str() {
            "*" => self.gateway = spec,
            _ => drop(self.operations.insert(spec.name.clone(), spec)),
        }
        Ok(())
    }

    fn add_rule(&mut self, rule: Rule) -> RuleIndex {
        let index = RuleIndex(self.rules.len() as u16);
        self.by_id.insert(rule.id.clone(), index);
        self.rules.push(rule);
        index
    }

    fn row(&self, document: &str, file: ErrorFile, rule: RuleIndex) -> Result<Row, SpecError> {
        let mut row = Row {
            status: file.status,
            code: file.code,
            message: Some(file.message),
            rule: Some(rule),
            conditions: ConditionSet::EMPTY,
            readings: Vec::new(),
        };
        for entry in &file.when {
            let (condition, reading) = match entry.split_once(" @ ") {
                Some((condition, reading)) => (condition, Some(reading)),
                None => (entry.as_str(), None),
            };
            let condition = self
                .condition(condition)
                .ok_or_else(|| SpecError::Dangling(document.to_owned(), entry.clone()))?;
            row.conditions.insert(condition);
            if let Some(reading) = reading {
                let reading = self
                    .reading(reading)
                    .ok_or_else(|| SpecError::Dangling(document.to_owned(), entry.clone()))?;
                row.readings.push((condition, reading));
            }
        }
        Ok(row)
    }

    fn add_points(&mut self) -> Result<(), SpecError> {
        for (number, point) in self.points.iter().enumerate() {
            let mut conditions = Vec::new();
            for name in &point.conditions {
                conditions.push(
                    condition_named(self.names, name)
                        .ok_or_else(|| SpecError::Dangling(point.id.clone(), name.clone()))?,
                );
            }
            for operation in self.operations.values_mut() {
                if !point.operations.is_empty() && !point.operations.contains(&operation.name) {
                    continue;
                }
                for (position, reading) in point.readings.iter().enumerate() {
                    let index = Reading(number as u16, position as u8);
                    operation.add_reading(reading, index, &conditions);
                }
            }
        }
        Ok(())
    }

    fn index(&mut self) {
        for operation in self.operations.values_mut() {
            for (position, row) in operation.rows.iter().enumerate() {
                operation.by_code.entry(row.code.clone()).or_default().push(position);
            }
        }
    }

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

impl OperationSpec {
    fn add_reading(&mut self, reading: &PointReading, index: Reading, conditions: &[Condition]) {
        let mut set = ConditionSet::EMPTY;
        conditions.iter().for_each(|&condition| set.insert(condition));
        if reading.accepts || reading.any {
            self.accepts = self.accepts.or(set);
        }
        if reading.any {
            self.any = self.any.or(set);
        }
        let (Some(status), Some(codes)) = (reading.status, &reading.code) else { return };
        for code in codes.split('|') {
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

    /// A rule of the operation by the end of its id, such as `effect/removed`.
    pub fn rule(&self, id: &str) -> Option<RuleIndex> {
        self.rules.get(id).copied()
    }
}

fn condition_named(names: &[&str], name: &str) -> Option<Condition> {
    names.iter().position(|each| *each == name).map(|position| Condition(position as u8))
}

fn parameter_text(parameter: &ParameterFile) -> String {
    let mut text = format!("`{}` is a {}", parameter.name, parameter.kind);
    if parameter.required {
        text.push_str(" that every call has");
    }
    if let Some(max) = parameter.max_items {
        text.push_str(&format!(", of at most {max} entries"));
    }
    if !parameter.values.is_empty() {
        text.push_str(&format!(", one of {}", parameter.values.join(", ")));
    }
    if let Some(default) = &parameter.default {
        text.push_str(&format!(", by default {default}"));
    }
    text.push('.');
    text
}
