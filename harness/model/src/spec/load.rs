//! Reading spec tables into a [`Spec`].

use super::file::{
    AuthorizationFile, DocumentFile, ErrorFile, OperationFile, PointsFile, parameter_text,
};
use super::{
    Authorization, DocumentInfo, Level, Member, OperationSpec, Parameter, Reading, Row, Rule,
    RuleIndex, Spec, condition_named,
};
use crate::condition::{Condition, ConditionSet};

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

impl Spec {
    /// Reads the tables of the documents in force and the open points of their API. `others` are
    /// documents that are not in force: what they have more is known to be of them.
    ///
    /// # Errors
    /// [`SpecError`] if a table is malformed, names what does not exist, or if two documents
    /// describe one operation.
    pub fn load(
        names: &'static [&'static str],
        documents: &[(&str, &str)],
        others: &[(&str, &str)],
        points: &str,
    ) -> Result<Self, SpecError> {
        let mut spec = Self { names, ..Self::default() };
        let file: PointsFile = toml::from_str(points)
            .map_err(|error| SpecError::Form("of open points".into(), Box::new(error)))?;
        spec.points = file.point;
        for (id, text) in documents {
            spec.add_document(read(id, text)?)?;
        }
        spec.add_points()?;
        let others: Result<Vec<_>, _> = others.iter().map(|(id, text)| read(id, text)).collect();
        spec.add_revisions(&others?)?;
        spec.index();
        Ok(spec)
    }

    fn add_document(&mut self, file: DocumentFile) -> Result<(), SpecError> {
        self.api.clone_from(&file.api);
        let single = file.is_of_one_operation();
        let info = DocumentInfo {
            id: file.id.clone(),
            title: file.title,
            revision: file.revision,
            source: file.source.clone(),
            supersedes: file.supersedes,
            follows: file.follows,
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
            let prefix = prefix(&file.id, single, &operation.name);
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
        let (name, prefix) = (file.name.clone(), prefix.to_owned());
        self.prefixes.push((prefix.clone(), name.clone()));
        let mut spec = OperationSpec { name, prefix, ..OperationSpec::default() };
        let prefix = spec.prefix.clone();
        let cite = |text: &str| format!("{source}: {text}");
        let rule = |id: String, level, text: String, place: &str, checks: Vec<String>| Rule {
            id: format!("{prefix}/{id}"),
            level,
            text,
            citation: cite(place),
            operation: file.name.clone(),
            document: document.to_owned(),
            checks,
            contradicted_by: Vec::new(),
            unobservable: None,
        };
        for parameter in file.parameters {
            let text = parameter_text(&parameter);
            let id = format!("parameter/{}", parameter.name);
            let checks = vec!["code".to_owned()];
            let mut rule = rule(id, Level::Must, text, &parameter.cite, checks);
            rule.contradict(parameter.contradicted_by);
            let index = self.add_rule(rule);
            spec.parameters.push(Parameter {
                name: parameter.name,
                required: parameter.required,
                max_items: parameter.max_items,
                values: parameter.values,
                numbered: parameter.numbered,
                members_only: parameter.members_only,
                rule: index,
            });
        }
        for member in file.members {
            let text = format!("The answer has `{}` ({:?}).", member.path, member.kind);
            let id = format!("member/{}", member.path);
            let checks = vec!["shape".to_owned()];
            let mut rule = rule(id, Level::Must, text, &member.cite, checks);
            rule.unobservable = member.unobservable;
            let index = self.add_rule(rule);
            spec.members.push(Member {
                path: member.path,
                kind: member.kind,
                presence: member.presence,
                values: member.values,
                rule: index,
            });
        }
        for error in file.errors {
            let said = error.message.as_ref().or(error.text.as_ref());
            let said = said.map_or("", String::as_str);
            let text = format!("{} {}: {said}", error.status, error.code);
            let id = format!("error/{}", error.code);
            let checks = vec!["code".to_owned(), "message".to_owned()];
            let mut rule = rule(id, Level::Must, text, &error.cite, checks);
            rule.unobservable.clone_from(&error.unobservable);
            let index = self.add_rule(rule);
            let row = self.row(document, &error, Some(index))?;
            spec.rows.push(row);
        }
        if let Some(table) = file.authorization {
            let checks = || vec!["code".to_owned(), "effects".to_owned()];
            for (id, text) in table.rules() {
                self.add_rule(rule(id, Level::Must, text, &table.cite, checks()));
            }
            let AuthorizationFile { action, condition_keys, .. } = table;
            spec.authorization = Some(Authorization { action, condition_keys });
        }
        for each in file.rules {
            let mut rule = rule(each.id.clone(), each.level, each.text, &each.cite, each.checks);
            rule.contradict(each.contradicted_by);
            rule.unobservable = each.unobservable;
            let index = self.add_rule(rule);
            for name in each.when.iter().filter(|_| each.wants.is_some()) {
                let condition = self.condition_of(document, name)?;
                spec.wishes.extend(each.wants.map(|wants| (condition, wants, index)));
            }
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

    fn condition_of(&self, document: &str, name: &str) -> Result<Condition, SpecError> {
        let dangling = || SpecError::Dangling(document.to_owned(), name.to_owned());
        self.condition(name).ok_or_else(dangling)
    }

    pub(super) fn row(
        &self,
        document: &str,
        file: &ErrorFile,
        rule: Option<RuleIndex>,
    ) -> Result<Row, SpecError> {
        let mut row = Row {
            status: file.status,
            code: file.code.clone(),
            message: file.message.clone(),
            rule,
            conditions: ConditionSet::EMPTY,
            readings: Vec::new(),
        };
        for entry in &file.when {
            let (condition, reading) = match entry.split_once(" @ ") {
                Some((condition, reading)) => (condition, Some(reading)),
                None => (entry.as_str(), None),
            };
            let condition = self.condition_of(document, condition)?;
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
            let of_gateway = point.is_of_gateway();
            let service = self.operations.values_mut().filter(|_| !of_gateway);
            let gateway = std::iter::once(&mut self.gateway).filter(|_| of_gateway);
            for operation in service.chain(gateway) {
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
        self.operations.values_mut().for_each(OperationSpec::index);
        self.gateway.index();
    }
}

/// Reads one table.
fn read(id: &str, text: &str) -> Result<DocumentFile, SpecError> {
    toml::from_str(text).map_err(|error| SpecError::Form(id.to_owned(), Box::new(error)))
}

/// What the ids of the rules of an operation begin with.
pub(super) fn prefix(document: &str, single: bool, operation: &str) -> String {
    match single {
        true => document.to_owned(),
        false => format!("{document}/{operation}"),
    }
}
