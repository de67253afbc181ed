//! The run as one HTML file that needs no network: summary, causes, every case with filters, coverage
//! by document and rule, behaviour and precedence.
//!
//! Everything that a target sent is hostile. What stands in the page is escaped by the templates; what
//! the script shows comes as JSON without `<` and becomes text, never markup; and the policy of the
//! page lets no script run but its own.

mod cases;
mod coverage;
mod page;

pub use page::Html;
pub(crate) use page::STYLE;

#[cfg(test)]
mod tests;
