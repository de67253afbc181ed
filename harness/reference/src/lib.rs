//! The reference implementation as a pure pipeline, its variants and faults.

pub mod answer;
pub mod pipeline;
