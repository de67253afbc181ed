//! Consumers of events: console, JSON Lines, JUnit, Markdown, GitHub, HTML and behaviours, and a reader of what was written.
//!
//! A *reporter* takes events as a run goes. It decides nothing: outcomes, verdicts and the exit
//! code come with the events. The JSON Lines report is the source of every other; whatever else is
//! made of a run is made from what [`read`] reads.

pub mod behaviour;
pub mod compare;
pub mod console;
mod digest;
mod error;
mod file;
mod github;
pub mod history;
mod html;
mod jsonl;
mod junit;
mod markdown;
pub mod read;
mod reporter;
#[cfg(test)]
mod sample;
mod secrets;
mod trimmed;

pub use behaviour::BehaviourFile;
pub use console::{Console, Progress, Styles};
pub use error::ReportError;
pub use github::GitHub;
pub use html::Html;
pub use jsonl::JsonLines;
pub use junit::JUnit;
pub use markdown::Markdown;
pub use read::{ReadError, Reader, Unfinished, read_jsonl};
pub use reporter::{Fanout, Reporter};
