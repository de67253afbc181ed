//! Consumers of events: console, JSON Lines and behaviours, and a reader of what was written.
//!
//! A *reporter* takes events as a run goes. It decides nothing: outcomes, verdicts and the exit
//! code come with the events. The JSON Lines report is the source of every other; whatever else is
//! made of a run is made from what [`read`] reads.

pub mod behaviour;
pub mod console;
mod error;
mod jsonl;
pub mod read;
mod reporter;
mod secrets;

pub use behaviour::BehaviourFile;
pub use console::{Console, Progress, Styles};
pub use error::ReportError;
pub use jsonl::JsonLines;
pub use read::{ReadError, Reader, Unfinished, read_jsonl};
pub use reporter::{Fanout, Reporter};
