//! The Alibaba Cloud ResourceSharing API: its conditions, operations and names.

mod api;
pub mod arguments;
mod associate;
pub mod authorization;
mod comparison;
pub mod conditions;
mod disassociate;
mod effects;
mod entities;
mod evaluate;
mod invitations;
mod lists;
mod names;
mod operations;
mod parameters;
mod principals;
mod properties;
mod quotas;
mod resources;
mod rows;
mod services;

pub use api::{Alibaba, NEWEST, UnusableApi};
pub use associate::{fails, invited};
pub use comparison::{Comparison, Revision};
pub use operations::{OPERATIONS, Outcome, evaluate as evaluate_call};
pub use properties::{given, same_property};
