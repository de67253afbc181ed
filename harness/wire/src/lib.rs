//! Calls, requests and replies as data and as bytes. Pure: no sockets, no clock, no randomness.
//!
//! [`http`] holds messages as plain data, [`alibaba`] and [`aws`] turn calls into requests and
//! responses into replies (and back, for a server), [`redact()`] and [`curl()`] show requests to people.

mod curl;
mod redact;

pub mod alibaba;
pub mod aws;
pub mod case;
pub mod exchange;
pub mod form;
pub mod http;
pub mod protocol;

pub use curl::curl;
pub use redact::{redact, spellings};
