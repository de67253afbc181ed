//! AWS RAM.

pub mod conditions;
