//! Paging: a page of rows and the token of the next one. Tokens are opaque and carry a check.

use crate::policy::Policy;
use serde_json::Value;

const DEFAULT: usize = 20;

/// A page of a list.
pub struct Page {
    /// Its rows.
    pub rows: Vec<Value>,
    /// The token of the next page.
    pub next: Option<String>,
}

/// The position that a token stands for, if it is one of ours.
pub fn position(token: &str) -> Option<usize> {
    let (position, check) = token.strip_prefix("page-")?.split_once('-')?;
    let position: usize = position.parse().ok()?;
    (check == self::check(position)).then_some(position)
}

/// The token that stands for a position.
pub fn token(position: usize) -> String {
    format!("page-{position}-{}", check(position))
}

fn check(position: usize) -> String {
    format!("{:08x}", (position as u64 ^ 0x5eed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32)
}

/// Cuts a page out of all rows.
///
/// A policy of empty pages puts one before each full one: positions are then counted twice, the
/// odd ones standing for the page after an empty one.
pub fn cut(rows: Vec<Value>, from: usize, asked: Option<usize>, policy: &Policy) -> Page {
    let size = asked.unwrap_or(DEFAULT).min(policy.page_limit);
    if !policy.empty_pages {
        let total = rows.len();
        let page: Vec<Value> = rows.into_iter().skip(from).take(size).collect();
        let next = (from + page.len() < total).then(|| token(from + page.len()));
        return Page { rows: page, next };
    }
    let (position, filled) = (from / 2, from % 2 == 1);
    if !filled && position < rows.len() {
        return Page { rows: Vec::new(), next: Some(token(from + 1)) };
    }
    let total = rows.len();
    let page: Vec<Value> = rows.into_iter().skip(position).take(size).collect();
    let end = position + page.len();
    let next = (end < total).then(|| token(end * 2));
    Page { rows: page, next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharespec_model::alibaba::Alibaba;

    fn walk(policy: &Policy, size: usize) -> Vec<i64> {
        let rows: Vec<Value> = (0..7).map(Value::from).collect();
        let (mut found, mut from) = (Vec::new(), 0);
        loop {
            let page = cut(rows.clone(), from, Some(size), policy);
            assert!(page.rows.len() <= size);
            found.extend(page.rows.iter().filter_map(Value::as_i64));
            match page.next {
                Some(next) => from = position(&next).unwrap(),
                None => return found,
            }
        }
    }

    #[test]
    fn a_walk_finds_every_row_once() {
        let spec = Alibaba::spec_of(&["alibaba-operations-2026"]).unwrap();
        let mut policy = Policy::new(&spec, crate::state::IdForms::default());
        assert_eq!(walk(&policy, 3), (0..7).collect::<Vec<_>>());
        policy.empty_pages = true;
        assert_eq!(walk(&policy, 2), (0..7).collect::<Vec<_>>());
        assert_eq!(position("page-3-00000000"), None);
    }
}
