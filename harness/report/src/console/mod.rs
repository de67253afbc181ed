//! The console: progress while a run goes, and at its end what a person needs to know, failures
//! grouped by cause and the summary last.
//!
//! Everything that a target may have sent is hostile: it is escaped, marked at the beginning of
//! each line and cut. What is kept grows with the number of causes, never with that of cases.

mod ending;
mod failure;
pub(crate) mod groups;
pub(crate) mod page;
mod progress;
mod reporter;
mod styles;
pub(crate) mod text;

pub use ending::REFERENCE;
pub use progress::Progress;
pub use reporter::Console;
pub use styles::Styles;

#[cfg(test)]
mod tests;
