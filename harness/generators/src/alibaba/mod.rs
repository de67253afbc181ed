//! The enumerated suite of the Alibaba API, one file a topic.

mod cast;
mod combined;
mod disassociate;
pub(crate) mod draft;
pub(crate) mod edited;
mod fuzz;
mod gateway;
mod locks;
pub(crate) mod odd;
mod operations;
pub(crate) mod plan;
mod relation;
mod rules;
mod sharing;
mod suite;

pub(crate) use combined::{AXES, combined};
pub use suite::{alibaba, alibaba_at};
