//! Cases: what is sent, from which state, and by whom.
//!
//! [`alibaba()`] and [`aws()`] build the suites of the APIs: finite, deterministic, sorted by id. A case is
//! data of the wire crate; how it is played and judged is not known here. [`hash()`] tells whether
//! the content of a case changed, [`aliases()`] how a case was called before. [`fuzz`] makes cases up.

mod alibaba;
mod aws;
pub mod covering;
pub mod fuzz;
mod identity;

pub use alibaba::{
    AlibabaGrammar, DEFAULT_STRENGTH, Strength, alibaba, alibaba_at, combined, coverage,
};
pub use aws::{AwsGrammar, aws};
pub use identity::{aliases, hash};
