//! Revisions: documents that describe an operation of a document in force, and are not in force
//! themselves. What a later one has more is known by its name; what only others describe is open.

use super::file::{DocumentFile, OperationFile};
use super::load::prefix;
use super::{Later, OperationSpec, Row, Spec, SpecError};
use crate::condition::ConditionSet;
use std::collections::BTreeSet;

impl Spec {
    /// Reads what other revisions say about the operations in force.
    pub(super) fn add_revisions(&mut self, others: &[DocumentFile]) -> Result<(), SpecError> {
        for file in others {
            let single = file.is_of_one_operation();
            for operation in &file.operation {
                let prefix = prefix(&file.id, single, &operation.name);
                self.prefixes.push((prefix, operation.name.clone()));
            }
        }
        for file in in_order_of_age(others) {
            for operation in &file.operation {
                self.add_revision(file, operation, others)?;
            }
        }
        Ok(())
    }

    fn add_revision(
        &mut self,
        file: &DocumentFile,
        other: &OperationFile,
        others: &[DocumentFile],
    ) -> Result<(), SpecError> {
        let Some(document) =
            self.documents.iter().find(|each| each.operations.contains(&other.name))
        else {
            return Ok(());
        };
        let later = supersedes(others, file, &document.id);
        let rows: Result<Vec<Row>, _> =
            other.errors.iter().map(|row| self.row(&file.id, row, None)).collect();
        let rows = rows?;
        let Some(spec) = self.operations.get_mut(&other.name) else { return Ok(()) };
        spec.leave_open(&rows);
        spec.miss_parameters(other);
        if later {
            spec.learn(&file.id, rows, other);
        }
        Ok(())
    }

    /// A rule of any revision under the document in force of its operation, if that has it too.
    pub fn in_force(&self, id: &str) -> Option<String> {
        if self.rule_named(id).is_some() {
            return Some(id.to_owned());
        }
        let under = |prefix: &str| id.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/'));
        let found = self.prefixes.iter().find_map(|(prefix, name)| Some((under(prefix)?, name)));
        let (rest, name) = found?;
        let id = format!("{}/{rest}", self.operation(name)?.prefix);
        self.rule_named(&id).is_some().then_some(id)
    }
}

impl OperationSpec {
    /// What only the rows of others answer is open here.
    fn leave_open(&mut self, rows: &[Row]) {
        let all =
            |rows: &[Row]| rows.iter().fold(ConditionSet::EMPTY, |all, row| all.or(row.conditions));
        let answered = all(&self.rows).or(self.accepts).or(self.any);
        let open = all(rows).without(answered);
        self.accepts = self.accepts.or(open);
        self.any = self.any.or(open);
    }

    /// What only others have as parameters is not described here.
    fn miss_parameters(&mut self, other: &OperationFile) {
        for parameter in &other.parameters {
            // What every request has is no parameter of the operation's own, listed or not.
            let common = ["Action", "RegionId"].contains(&parameter.name.as_str());
            let known = common
                || self.parameter(&parameter.name).is_some()
                || self.undescribed.contains(&parameter.name);
            if !known {
                self.undescribed.push(parameter.name.clone());
            }
        }
    }

    /// What a later document has more.
    fn learn(&mut self, document: &str, rows: Vec<Row>, other: &OperationFile) {
        for mut row in rows {
            // That the code is another revision's is said; its message is not judged.
            row.message = None;
            let same = |each: &Row| (each.status, &each.code) == (row.status, &row.code);
            let known = self.rows.iter().any(|each| each.rule.is_some() && same(each))
                || self.later_rows.iter().any(|each| same(&each.what));
            if !known {
                self.later_rows.push(Later { what: row, document: document.to_owned() });
            }
        }
        for member in &other.members {
            let known = self.members.iter().any(|each| each.path == member.path)
                || self.later_members.iter().any(|each| each.what == member.path);
            if !known {
                let (what, document) = (member.path.clone(), document.to_owned());
                self.later_members.push(Later { what, document });
            }
        }
    }
}

/// The oldest first, as far as they supersede each other.
fn in_order_of_age(files: &[DocumentFile]) -> Vec<&DocumentFile> {
    let mut left: Vec<&DocumentFile> = files.iter().collect();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waiting: BTreeSet<&str> = left.iter().map(|file| file.id.as_str()).collect();
        let free = |file: &DocumentFile| {
            !file.supersedes.as_deref().is_some_and(|older| waiting.contains(older))
        };
        // A circle, which no table should have, is taken as it stands.
        let next = left.iter().position(|file| free(file)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}

/// Whether a document takes the place of another, directly or through others.
fn supersedes(files: &[DocumentFile], file: &DocumentFile, older: &str) -> bool {
    let mut next = file.supersedes.as_deref();
    for _ in 0..=files.len() {
        match next {
            None => return false,
            Some(id) if id == older => return true,
            Some(id) => {
                let file = files.iter().find(|file| file.id == id);
                next = file.and_then(|file| file.supersedes.as_deref());
            }
        }
    }
    false
}
