//! The wire of AWS RAM 2018-01-04, restJson1 with Signature Version 4: both sides of it.
//!
//! A client [`encode`]s a call in one of many [`Form`]s and reads the answer with
//! [`decode_reply`]. A server [`inspect`]s the request and answers with [`encode_reply`] or a
//! [`refusal`]. A [`Tamper`] makes one thing of a request wrong.

mod authorization;
mod body;
mod encode;
mod form;
mod gateway;
mod inspect;
mod json;
mod operations;
mod reply;
pub mod sign;
mod tamper;
mod timestamp;

pub use encode::encode;
pub use form::{Form, JsonStyle, Order, Preset, SignatureVersion, SignedHeaders};
pub use gateway::{common_message, refusal};
pub use inspect::{OFF_AT_MOST, inspect};
pub use operations::{Kind, OPERATIONS, Operation};
pub use reply::{ErrorType, Style, decode_reply, encode_reply};
pub use tamper::Tamper;
pub use timestamp::{epoch_millis, epoch_value};

/// The version of the API.
pub const VERSION: &str = "2018-01-04";
