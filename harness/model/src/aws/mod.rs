//! AWS RAM.

mod add;
mod api;
mod arns;
pub mod conditions;
mod entities;
mod evaluate;
pub mod file;
mod invitations;
mod lists;
mod remove;
mod rows;
mod tokens;

pub use api::{Aws, LIBRARY, NEWEST, OPERATIONS};
