//! Documents, rules, conditions, worlds and beliefs: what a resource-sharing API may answer.
//!
//! The model does no I/O, reads no clock and draws no random numbers: what it needs is passed in.

pub mod call;
