//! The enumerated suite of the Alibaba API, one file a topic.

mod cast;
mod disassociate;
mod draft;
mod edited;
mod locks;
mod odd;
mod operations;
mod plan;
mod relation;
mod rules;
mod suite;

pub use suite::alibaba;
