//! HTTP messages as plain data: what a codec makes of calls and replies before anything is sent.

use serde::{Deserialize, Serialize};

/// A request before it is sent, or as it was received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The method, such as `POST`.
    pub method: String,
    /// The path and the query as they stand in the request line, such as `/?Action=X`.
    pub target: String,
    /// Headers in order; names in lower case. `content-length` is left to the transport.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A response as it was received, or before it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Headers in order; names in lower case. `content-length` is left to the transport.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// The first value of the header `name` (lower case).
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
