//! Paging: no page is longer than asked, no row comes twice, and the walk ends.

use crate::finding::{Check, Finding};
use serde_json::{Map, Value};
use sharespec_model::api::Api;
use sharespec_model::observation::{AssociationRow, Observed};
use sharespec_model::spec::OperationSpec;
use sharespec_model::status::AssociationStatus;
use std::collections::HashSet;

/// How many pages a walk may have before it counts as endless.
pub const MOST_PAGES: usize = 200;

/// A walk over the pages of one list.
#[derive(Debug, Default)]
pub struct Walk {
    /// The rows of the pages before; where others change what is listed, those of the case's own shares.
    rows: Vec<Value>,
    /// The member that holds the rows.
    member: Option<String>,
    /// Whether something was in transition, so that rows may have gone from page to page.
    moves: bool,
    /// What the list showed then, sorted; and when it was walked last.
    shown: Option<Vec<String>>,
    before: Option<Vec<String>>,
    pages: usize,
    tokens: HashSet<String>,
    /// Those rows as texts, where others move rows from page to page.
    moved: HashSet<String>,
}

impl Walk {
    /// A walk over a list that was walked just before, with what [`Walk::shown`] said of that.
    pub fn again(before: Option<Vec<String>>) -> Self {
        Self { before, ..Self::default() }
    }

    /// What the list showed, if it may have changed between two pages.
    pub fn shown(self) -> Option<Vec<String>> {
        self.shown
    }

    /// Takes a page into the walk and judges it. `still` says whether nothing but the case changes
    /// what is listed, and `moves` whether something is in transition: only if neither can no row come
    /// twice, and must the pages end.
    pub fn page(
        &mut self,
        api: &dyn Api,
        operation: &OperationSpec,
        members: &Map<String, Value>,
        (asked, still, moves): (Option<usize>, bool, bool),
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
        self.moves |= moves;
        if let Some((name, rows)) = rows {
            self.member = Some(name.clone());
            if asked.or(names.default_page).is_some_and(|most| rows.len() > most) {
                let actual = format!("{} rows", rows.len());
                findings.push(finding("a page is longer than asked").actual(actual));
            }
            let again =
                |row: &&Value| still && !self.moves && !is_record(row) && self.rows.contains(row);
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
            } else if still && !self.moves && self.pages >= MOST_PAGES {
                findings.push(finding("the pages do not end"));
            }
        }
        findings
    }

    /// Whether all of a list was shown: what is asked for with a token of the case's own is one page, and
    /// not the rest of a list that was walked from its start. While something is in transition, a row may go
    /// from a page that was not read yet to one that was, unless two walks show the same.
    pub fn is_whole(&self) -> bool {
        let same = self.shown.is_some() && self.before == self.shown;
        self.pages > 1 && (!self.moves || same)
    }

    /// Takes out what comes again on a later page because a transition moved it there: its last row counts.
    pub fn without_moved(&self, observed: Observed) -> Observed {
        match observed {
            Observed::Associations(rows) if self.pages > 1 && !self.is_whole() => {
                let last = |(place, row): &(usize, &AssociationRow)| {
                    !rows.iter().skip(place + 1).any(|later| became(row, later))
                };
                let kept = rows.iter().enumerate().filter(last).map(|(_, row)| row.clone());
                Observed::Associations(kept.collect())
            }
            other => other,
        }
    }

    /// The members of the list up to the page that was taken last, as if it had been one page. `others` says
    /// the ids of the case's own shares if not the case alone changes what is listed. A row that comes
    /// again has moved then; and what is not about a share of the case was judged with its page and is not
    /// kept: an account may list any number of them.
    pub fn so_far(
        &mut self,
        mut page: Map<String, Value>,
        more: bool,
        others: Option<&[&str]>,
    ) -> Map<String, Value> {
        if self.rows.is_empty() && !more && !self.moves {
            return page;
        }
        let Some(member) = &self.member else { return page };
        let Some(Value::Array(mut found)) = page.remove(member) else {
            return Map::from_iter([(member.clone(), self.rows.clone().into())]);
        };
        let Some(own) = others else {
            self.rows.extend(found);
            if self.moves && !more {
                let mut shown: Vec<String> = self.rows.iter().map(Value::to_string).collect();
                shown.sort_unstable();
                self.shown = Some(shown);
            }
            let rows = if more { self.rows.clone() } else { std::mem::take(&mut self.rows) };
            return Map::from_iter([(member.clone(), rows.into())]);
        };
        let mut kept = Vec::new();
        found.retain(|row| {
            let own = names_one(row, own);
            let new = !own || self.moved.insert(row.to_string());
            kept.extend((own && new).then(|| row.clone()));
            new
        });
        let rows: Vec<Value> = self.rows.iter().cloned().chain(found).collect();
        self.rows.extend(kept);
        Map::from_iter([(member.clone(), rows.into())])
    }
}

/// Whether a later row is what a live one became, or that one again.
fn became(row: &AssociationRow, later: &AssociationRow) -> bool {
    let moved = match row.status {
        // It may as well have been revived since, or be a record beside the row of what is there.
        Some(status) => status.in_transition() || row.row == later.row,
        None => false,
    };
    moved && (&row.share, &row.entity) == (&later.share, &later.entity)
}

/// Whether some text of a row is one of these ids.
fn names_one(value: &Value, ids: &[&str]) -> bool {
    match value {
        Value::String(text) => ids.contains(&text.as_str()),
        Value::Array(values) => values.iter().any(|value| names_one(value, ids)),
        Value::Object(members) => members.values().any(|value| names_one(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
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
        for (others, rows) in [(None, 4), (Some(&["a", "b", "c"][..]), 3)] {
            let mut walk = Walk { member: Some("Rows".into()), ..Walk::default() };
            walk.so_far(page(&["a", "b"]), true, others);
            let all = walk.so_far(page(&["b", "c"]), false, others);
            assert_eq!(all["Rows"].as_array().unwrap().len(), rows);
        }
    }

    #[test]
    fn what_moves_is_whole_once_two_walks_show_the_same() {
        let walked = |before, names: &[&str]| {
            let member = Some("Rows".into());
            let mut walk = Walk { member, moves: true, pages: 2, ..Walk::again(before) };
            walk.so_far(page(&names[..1]), true, None);
            walk.so_far(page(&names[1..]), false, None);
            (walk.is_whole(), walk.shown())
        };
        let (whole, shown) = walked(None, &["a", "b"]);
        assert!(!whole);
        assert!(walked(shown.clone(), &["b", "a"]).0);
        assert!(!walked(shown, &["a", "c"]).0);
    }

    #[test]
    fn of_what_others_list_no_page_is_kept() {
        let mut walk = Walk { member: Some("Rows".into()), ..Walk::default() };
        let own = Some(&["mine"][..]);
        for _ in 0..50 {
            let shown = walk.so_far(page(&["theirs", "mine", "other"]), true, own);
            assert!(shown["Rows"].as_array().unwrap().len() <= 3);
        }
        let last = walk.so_far(page(&["more"]), false, own);
        assert_eq!(last, page(&["mine", "more"]));
    }
}
