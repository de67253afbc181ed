//! The Alibaba Cloud ResourceSharing API: its conditions, operations and names.

mod api;
pub mod arguments;
mod associate;
pub mod conditions;
mod disassociate;
mod effects;
mod entities;
mod evaluate;
mod invitations;
mod lists;
mod operations;
mod rows;

pub use api::{Alibaba, NEWEST, UnusableApi};
pub use operations::{OPERATIONS, Outcome, evaluate as evaluate_call};
