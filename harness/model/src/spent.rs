//! Tokens of idempotency that calls were made with: what comes again is told by them.

use crate::call::Arguments;
use crate::set::Set;
use crate::world::{AccountIndex, Entity};

/// How long the token of a call that was accepted is remembered for certain, in milliseconds. No document
/// says how long: it is for calls that are sent again, and what comes again after minutes is open.
pub const REMEMBERED: i64 = 5 * 60_000;

/// A call that was made with a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Spent {
    /// The token.
    pub token: String,
    /// The calling account.
    pub caller: AccountIndex,
    /// The operation.
    pub operation: String,
    /// When it was made, at the earliest, in milliseconds.
    pub at: i64,
    /// The arguments, without the token.
    pub arguments: Arguments,
    /// Whether the call was accepted.
    pub accepted: Set<bool>,
    /// The share that it made, or was about.
    pub share: Option<usize>,
    /// The entities that its answer showed, or must have shown.
    pub entities: Vec<Entity>,
}
