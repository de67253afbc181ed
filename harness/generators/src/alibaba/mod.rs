//! The enumerated suite of the Alibaba API, one file a topic.

mod cast;
mod combined;
mod disassociate;
mod draft;
mod fuzz;
mod gateway;
mod locks;
mod operations;
mod plan;
mod relation;
mod rules;
mod sharing;
mod suite;

pub(crate) use combined::{AXES, combined};
pub use suite::{alibaba, alibaba_at};
