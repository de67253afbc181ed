//! Known failures: a file that says which cases fail, or which of their checks, and why that is
//! accepted. It is held to be true: an entry that is not, whatever the reason, fails the run.
//!
//! ```toml
//! [[failure]]
//! reason = "our gateway answers 400 for what does not exist"
//! issue = "https://issues.example/42"
//! outcome = "400 EntityNotExists.ResourceShare"
//! expires = 2027-01-31
//! cases = [
//!   "alibaba/disassociate/owner-mode/omitted/*#code",
//! ]
//!
//! [[flaky]]
//! reason = "the shared test system is slow at night"
//! cases = ["alibaba/list-shares/**#times"]
//!
//! [unsupported]
//! cases = ["alibaba/disassociate/no-permission"]
//! ```

mod file;
mod judge;
mod update;

pub use file::{Entry, KnownError, KnownFailures, List};
pub use judge::Judge;
pub use update::{Changes, Wishes, update};

#[cfg(test)]
mod tests;
