//! The seeded source of what the reference implementation mints: ids, request ids, luck.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// A seeded source of ids.
#[derive(Clone, Debug)]
pub struct Random {
    source: ChaCha8Rng,
}

impl Random {
    /// A source that mints the same ids for the same seed.
    pub fn new(seed: u64) -> Self {
        Self { source: ChaCha8Rng::seed_from_u64(seed) }
    }

    fn letters(&mut self, prefix: &str, count: usize, letters: &[u8]) -> String {
        let mut text = String::with_capacity(prefix.len() + count);
        text.push_str(prefix);
        for _ in 0..count {
            let position = self.source.random_range(0..letters.len());
            text.push(char::from(letters.get(position).copied().unwrap_or(b'0')));
        }
        text
    }

    /// A new id of the form of a sample: its prefix up to the first hyphen, its length, and lower
    /// case alone if the sample has no capital.
    pub fn like(&mut self, sample: &str) -> String {
        let (prefix, rest) = sample.split_at(sample.find('-').map_or(0, |at| at + 1));
        let capitals = rest.bytes().any(|byte| byte.is_ascii_uppercase());
        self.letters(prefix, rest.len(), if capitals { LETTERS } else { LOWER })
    }

    /// The id of a request: an upper-case UUID.
    pub fn request_id(&mut self) -> String {
        let bits: u128 = self.source.random();
        let versioned = (bits & !(0xF << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
        let hex = format!("{versioned:032X}");
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
    }

    /// A number for what is left to luck.
    pub fn luck(&mut self) -> u64 {
        self.source.random()
    }
}
