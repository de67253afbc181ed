//! The wire of Alibaba Cloud RPC services, ResourceSharing 2020-01-10: both sides of it.
//!
//! A client [`encode`]s a call in one of many [`Form`]s and reads the answer with
//! [`decode_reply`]. A server [`decode`]s or [`inspect`]s the request and answers with
//! [`encode_reply`] or a [`GatewayError`]. A [`Tamper`] makes one thing of a request wrong.

mod authorization;
mod credentials;
mod decode;
mod encode;
mod form;
mod gateway;
mod inspect;
mod lists;
mod malformed;
mod order;
mod parameters;
mod presets;
mod reply;
mod reply_json;
mod reply_xml;
pub mod sign;
mod tamper;
mod timestamp;
mod xml;

pub use credentials::{Credentials, Stamp};
pub use decode::{Incoming, SignatureKind, decode, format_asked, is_common, parameter};
pub use encode::{VERSION, encode};
pub use form::{
    Booleans, Form, Format, Method, Naming, Placement, Preset, SignatureVersion, SignedHeaders,
    Spaces, TimestampPrecision,
};
pub use gateway::GatewayError;
pub use inspect::{Inspection, Keeper, Key, LATE_AT_LEAST, LATE_AT_MOST, inspect};
pub use lists::{MAXIMUM_ENTRIES, flatten, unflatten};
pub use malformed::Malformed;
pub use order::Order;
pub(crate) use parameters::{STRICT as STRICT_ESCAPES, is_form as is_form_type};
pub use reply::{BODY_LIMIT, NESTING_LIMIT, decode_reply, encode_reply, format_of};
pub(crate) use reply_json::read as read_json;
pub use reply_xml::shape_xml;
pub use tamper::Tamper;
