//! Calls and replies as data, the same for every API: what a wire encodes and decodes, what the
//! model predicts, and what cases, reports and corpora store.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The named parameters of a call: texts, lists and records, in the API's own names.
///
/// Lists are JSON arrays, records are JSON objects. An absent parameter has no key.
pub type Arguments = Map<String, Value>;

/// One operation with its parameters and its caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The API's name of the operation, such as `DisassociateResourceShare`.
    pub operation: String,
    /// The role of the calling account in the world, such as `owner`.
    pub caller: String,
    /// The operation's own parameters; common parameters belong to the wire.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub arguments: Arguments,
}

/// What a target answered, decoded from a whole and well-formed response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The identifier of the request that the target gave, if it gave one.
    pub request_id: Option<String>,
    /// Success or error.
    pub body: Body,
}

/// The two bodies that a reply may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A success, with every member but the request id.
    Success(Map<String, Value>),
    /// An error, with the members beyond code, message and request id.
    Error {
        /// The error code, such as `DisassociateInvalid`.
        code: String,
        /// The message beside it.
        message: String,
        /// Further members, such as `HostId`.
        extra: Map<String, Value>,
    },
}

impl Reply {
    /// The error code, if the reply is an error.
    pub fn code(&self) -> Option<&str> {
        match &self.body {
            Body::Error { code, .. } => Some(code),
            Body::Success(_) => None,
        }
    }
}
