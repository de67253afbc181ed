//! The Alibaba Cloud ResourceSharing API: its conditions, operations and names.

mod api;
pub mod arguments;
mod associate;
pub mod authorization;
pub mod conditions;
mod disassociate;
mod entities;
mod evaluate;
mod invitations;
mod lists;
mod names;
mod operations;
mod parameters;
mod permissions;
mod principals;
mod properties;
mod quotas;
mod resources;
mod rows;
mod services;

pub use api::{Alibaba, LIBRARY, NEWEST};
pub use operations::OPERATIONS;
pub use properties::given;
