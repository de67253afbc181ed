//! The request ids that were seen, in a window: a run of any length takes the same memory, whatever a
//! target sends as an id.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};

/// How many answers a request id is remembered for.
pub const WINDOW: usize = 1 << 17;

/// The last [`WINDOW`] request ids, as hashes of 128 bits: two ids that differ are never taken for one.
#[derive(Debug, Default)]
pub struct SeenRequestIds {
    seen: HashSet<u128>,
    order: VecDeque<u128>,
    keys: [RandomState; 2],
}

impl SeenRequestIds {
    /// None seen.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an id down, and says whether it is none of those in the window.
    pub fn insert(&mut self, id: &str) -> bool {
        let hash = self.keys.iter().fold(0, |all, key| all << 64 | u128::from(key.hash_one(id)));
        if !self.seen.insert(hash) {
            return false;
        }
        if self.order.len() == WINDOW
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        self.order.push_back(hash);
        true
    }

    /// Forgets all of them: the target that sent them is gone.
    pub fn clear(&mut self) {
        self.seen.clear();
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once_until_the_window_is_over() {
        let mut seen = SeenRequestIds::new();
        for number in 0..WINDOW {
            assert!(seen.insert(&number.to_string()));
        }
        assert!(!seen.insert("0") && !seen.insert(&(WINDOW - 1).to_string()));
        assert!(seen.insert("one more"));
        assert_eq!((seen.seen.len(), seen.order.len()), (WINDOW, WINDOW));
        assert!(seen.insert("0") && !seen.insert("2"));
        seen.clear();
        assert!(seen.insert("2"));
    }
}
