//! Fuzzing: made-up cases are played and judged like any other, and what touches something new is kept and
//! changed further. Whatever fails is played again, made smaller, told from what was found before, and
//! written as a case.

mod corpus;
mod distil;
mod explore;
mod finds;
mod measure;
mod novelty;
mod shrinking;

pub use corpus::{Corpus, CorpusError, Loaded, read_case, read_text, write_whole};
pub use distil::{Distilled, distil, touched};
pub use explore::{Explorer, Fuzzed, Interest, Until};
pub use finds::{Entry, Finds, FindsError, News, Status, key_of};
pub use measure::{Noticed, Search, measure};
pub use novelty::{Goal, Novelty, Reach, goals, reach};
pub use shrinking::{Confirmed, Shrunk, confirm, same, shrink};
