//! Reads a JSON Lines report back, for whatever is made from one: reruns, comparisons, merges.
//!
//! A report is read strictly: a missing line would turn into a missing failure. Members that this
//! version does not know are ignored, as the format is append-only.

mod error;
mod ids;
mod reader;

pub use error::{Problem, ReadError};
pub use ids::Ids;
pub use reader::{Reader, Unfinished, read_jsonl};
