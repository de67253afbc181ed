//! Paging: no page is longer than asked, no row comes twice, and the walk ends.

use crate::finding::{Check, Finding};
use serde_json::{Map, Value};
use sharespec_model::api::Api;
use sharespec_model::spec::OperationSpec;
use sharespec_model::status::AssociationStatus;
use std::collections::HashSet;

/// How many pages a walk may have before it counts as endless.
pub const MOST_PAGES: usize = 200;

/// A walk over the pages of one list.
#[derive(Debug, Default)]
pub struct Walk {
    /// The rows of the pages before.
    rows: Vec<Value>,
    /// The member that holds the rows.
    member: Option<String>,
    shows: bool,
    pages: usize,
    tokens: HashSet<String>,
    /// The rows of the pages before as texts, where others move rows from page to page.
    moved: HashSet<String>,
}

impl Walk {
    /// Takes a page into the walk and judges it. `still` says whether nothing but the case changes
    /// what is listed: only then can no row come twice, and must the pages end.
    pub fn page(
        &mut self,
        api: &dyn Api,
        operation: &OperationSpec,
        members: &Map<String, Value>,
        (asked, still): (Option<usize>, bool),
        next: Option<&str>,
    ) -> Vec<Finding> {
        let (spec, names) = (api.spec(), api.names());
        let rule = operation.rule("list/paging");
        let finding = |observed: &str| Finding::new(spec, Check::Paging, rule, observed);
        let mut findings = Vec::new();
        let rows = members.iter().find_map(|(name, value)| {
            value.as_array().filter(|_| is_rows(operation, name)).map(|rows| (name, rows))
        });
        self.pages += 1;
        if let Some((name, rows)) = rows {
            self.member = Some(name.clone());
            self.shows |= !rows.is_empty();
            if asked.or(names.default_page).is_some_and(|most| rows.len() > most) {
                let actual = format!("{} rows", rows.len());
                findings.push(finding("a page is longer than asked").actual(actual));
            }
            let again = |row: &&Value| still && !is_record(row) && self.rows.contains(row);
            if let Some(row) = rows.iter().find(again) {
                findings.push(finding("a row comes twice").actual(row.to_string()));
            }
        }
        if let Some(token) = next {
            let name = names.page_token;
            if let Some(most) = names.longest_token
                && token.chars().count() > most
            {
                let observed = format!("a {name} of more than {most} characters");
                findings.push(finding(&observed).actual(token));
            }
            if !self.tokens.insert(token.to_owned()) {
                findings.push(finding(&format!("a {name} comes twice")).actual(token));
            } else if still && self.pages >= MOST_PAGES {
                findings.push(finding("the pages do not end"));
            }
        }
        findings
    }

    /// Whether some row was shown.
    pub fn shows(&self) -> bool {
        self.shows
    }

    /// The members of the list up to the page that was taken last, as if it had been one page. `still`
    /// says whether nothing but the case changes what is listed: else a row that comes again has moved.
    pub fn so_far(
        &mut self,
        mut page: Map<String, Value>,
        more: bool,
        still: bool,
    ) -> Map<String, Value> {
        if self.rows.is_empty() && !more {
            return page;
        }
        let Some(member) = &self.member else { return page };
        if let Some(Value::Array(rows)) = page.remove(member) {
            let new = |row: &Value| still || self.moved.insert(row.to_string());
            self.rows.extend(rows.into_iter().filter(new));
        }
        let rows = if more { self.rows.clone() } else { std::mem::take(&mut self.rows) };
        Map::from_iter([(member.clone(), Value::Array(rows))])
    }
}

/// Whether a row is the record of something that ended: two of one entity may read the same.
fn is_record(row: &Value) -> bool {
    let texts = row.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str());
    texts.filter_map(AssociationStatus::parse).any(AssociationStatus::is_ended)
}

fn is_rows(operation: &OperationSpec, name: &str) -> bool {
    operation.members.iter().any(|member| member.path == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page(names: &[&str]) -> Map<String, Value> {
        let rows: Vec<Value> = names.iter().map(|name| json!({ "Id": name })).collect();
        Map::from_iter([("Rows".to_owned(), rows.into())])
    }

    #[test]
    fn a_row_that_others_moved_to_the_next_page_is_one_row() {
        for (still, rows) in [(true, 4), (false, 3)] {
            let mut walk = Walk { member: Some("Rows".into()), ..Walk::default() };
            walk.so_far(page(&["a", "b"]), true, still);
            let all = walk.so_far(page(&["b", "c"]), false, still);
            assert_eq!(all["Rows"].as_array().unwrap().len(), rows);
        }
    }
}
