//! Exchanges: the bytes sent, and the bytes, or the failure, that came back.

use crate::http::{Request, Response};
use serde::{Deserialize, Serialize};

/// One request and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// The response, or why there is none.
    pub response: Result<Response, Silence>,
    /// When it was sent first, on our clock, in milliseconds since the Unix epoch.
    pub sent: i64,
    /// When the answer was whole, or given up.
    pub received: i64,
    /// Whether the same call was sent before, over a kept connection that ended before an answer began:
    /// nobody knows whether that was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resent: bool,
}

/// Why a request has no whole answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// No connection could be made.
    #[error("no connection could be made: {0}")]
    Unreachable(String),
    /// The connection ended before the first byte of the answer.
    #[error("the connection ended before the answer began: {0}")]
    NoAnswer(String),
    /// Nothing, or not all, came in time.
    #[error("no whole answer came within {0} ms")]
    TimedOut(u64),
    /// The answer was cut off.
    #[error("the answer was cut off: {0}")]
    Cut(String),
    /// The answer is larger than anything that is read.
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
    /// What came is not HTTP.
    #[error("what came is not HTTP: {0}")]
    NotHttp(String),
}
