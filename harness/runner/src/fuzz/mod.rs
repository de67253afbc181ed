//! Fuzzing: made-up cases are played and judged like any other, and what touches something new is kept and
//! changed further. Whatever fails is played again, made smaller, told from what was found before, and
//! written as a case.

mod corpus;
mod explore;
mod finds;
mod novelty;
mod shrinking;

pub use corpus::{Corpus, CorpusError, Loaded, read_case, write_whole};
pub use explore::{Explorer, Fuzzed, Interest, Until};
pub use finds::{Entry, Finds, FindsError, News, Status, key_of};
pub use novelty::{Novelty, Reach};
pub use shrinking::{Confirmed, confirm, same, shrink};
