//! Cases grouped by what they have in common, in a memory that does not grow with their number.

use std::collections::{BTreeMap, BTreeSet};

/// How many ids are shown besides the one of the example.
pub const SHOWN_IDS: usize = 5;

/// Groups by key, each with its number of cases, one example and a few ids.
///
/// The example is of the smallest id, so that the order in which parallel cases end is not seen.
/// At most `limit` groups are kept: a target that answers each call differently must not be able
/// to fill the memory.
#[derive(Debug)]
pub struct Groups<K, E> {
    limit: usize,
    groups: BTreeMap<K, Group<E>>,
    beyond: usize,
}

/// One group.
#[derive(Debug)]
pub struct Group<E> {
    /// How many cases it has.
    pub cases: usize,
    /// What stands for them.
    pub example: E,
    /// The smallest ids; the first is the example's.
    ids: BTreeSet<String>,
}

impl<K: Ord, E> Groups<K, E> {
    /// No group yet, and never more than `limit`.
    pub const fn new(limit: usize) -> Self {
        Self { limit, groups: BTreeMap::new(), beyond: 0 }
    }

    /// Counts a case; `example` is called only if the case is to be the example of its group.
    pub fn add(&mut self, key: K, id: &str, example: impl FnOnce() -> E) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.add(id, example);
        } else if self.groups.len() < self.limit {
            let ids = BTreeSet::from([id.to_owned()]);
            self.groups.insert(key, Group { cases: 1, example: example(), ids });
        } else {
            self.beyond += 1;
        }
    }

    /// The groups, the largest first.
    pub fn largest_first(&self) -> Vec<(&K, &Group<E>)> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        // Stable, so groups of one size stay in the order of their keys.
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.cases));
        groups
    }

    /// How many cases belong to groups that are not kept.
    pub const fn beyond(&self) -> usize {
        self.beyond
    }

    /// How many cases there are in all.
    pub fn cases(&self) -> usize {
        self.groups.values().map(|group| group.cases).sum::<usize>() + self.beyond
    }

    /// How many groups are kept.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether no case was counted.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.beyond == 0
    }
}

impl<E> Group<E> {
    fn add(&mut self, id: &str, example: impl FnOnce() -> E) {
        self.cases += 1;
        if self.ids.first().is_some_and(|first| id < first.as_str()) {
            self.example = example();
        }
        self.ids.insert(id.to_owned());
        if self.ids.len() > SHOWN_IDS + 1 {
            self.ids.pop_last();
        }
    }

    /// The id of the example.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }

    /// Further ids, and how many cases beyond them there are.
    pub fn further(&self) -> (Vec<&str>, usize) {
        let shown: Vec<_> = self.ids.iter().skip(1).map(String::as_str).collect();
        let left = self.cases.saturating_sub(1 + shown.len());
        (shown, left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_arrival_is_not_seen() {
        let ids: Vec<_> = (0..50).map(|number| format!("case/{number:02}")).collect();
        let mut forwards = Groups::new(9);
        let mut backwards = Groups::new(9);
        for id in &ids {
            forwards.add("cause", id, || id.clone());
        }
        for id in ids.iter().rev() {
            backwards.add("cause", id, || id.clone());
        }
        for groups in [forwards, backwards] {
            let (_, group) = groups.largest_first()[0];
            assert_eq!((group.cases, group.example.as_str()), (50, "case/00"));
            assert_eq!(group.id(), "case/00");
            let (shown, left) = group.further();
            assert_eq!(shown, ["case/01", "case/02", "case/03", "case/04", "case/05"]);
            assert_eq!(left, 44);
        }
    }

    #[test]
    fn memory_is_bounded_in_groups_and_ids() {
        let mut groups = Groups::new(3);
        for number in 0..1000 {
            groups.add(number % 10, &number.to_string(), || ());
        }
        assert_eq!((groups.len(), groups.cases(), groups.beyond()), (3, 1000, 700));
        assert!(groups.largest_first().iter().all(|(_, group)| group.ids.len() == SHOWN_IDS + 1));
    }

    #[test]
    fn an_example_is_made_only_when_it_is_kept() {
        let mut groups = Groups::new(1);
        let mut made = 0;
        for id in ["a", "b", "c"] {
            groups.add("cause", id, || made += 1);
        }
        groups.add("another", "a", || made += 1);
        assert_eq!(made, 1);
    }
}
