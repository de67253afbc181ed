//! The cases of the gateway in front of every operation: requests that are wrong, not calls.

pub(super) mod authorization;
mod forms;
pub(super) mod names;
pub(super) mod replays;
pub(super) mod signatures;
pub(super) mod times;
