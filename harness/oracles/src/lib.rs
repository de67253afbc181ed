//! Oracles: predictions and exchanges become verdicts.
//!
//! One oracle a file. Each says what is wrong as a [`finding::Finding`] with the rule that was
//! broken; none of them knows how a case was made.

pub mod canonical;
pub mod clock;
pub mod code;
pub mod finding;
pub mod floor;
pub mod lists;
pub mod message;
pub mod paging;
pub mod permissions;
pub mod readings;
pub mod request_ids;
pub mod rows;
pub mod scene;
pub mod shape;
pub mod times;
pub mod token;
