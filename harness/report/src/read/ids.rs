//! The ids that were read, each with a number, in a memory that does not depend on how long they are.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Ids as hashes of 128 bits: two that differ are never taken for one.
#[derive(Debug, Default)]
pub struct Ids {
    found: HashMap<u128, usize>,
    keys: [RandomState; 2],
}

impl Ids {
    /// Takes an id down, and says with which number it was taken down before.
    pub fn insert(&mut self, id: &str, number: usize) -> Option<usize> {
        let hash = self.keys.iter().fold(0, |all, key| all << 64 | u128::from(key.hash_one(id)));
        self.found.insert(hash, number)
    }
}
