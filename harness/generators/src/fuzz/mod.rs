//! Made-up cases: sequences of calls that are built, changed and made smaller.
//!
//! Everything is drawn from [`arbitrary::Unstructured`], so that libFuzzer, proptest and a seeded
//! generator drive the same builders. What comes out is an ordinary case: it is played and judged like
//! any other, and what is right or wrong about its calls is told from the bytes that are sent, never from
//! how they were made. An API adds a [`Grammar`]: which calls there are, and how they go wrong.

pub(crate) mod calls;
mod edit;
mod grammar;
pub mod input;
pub(crate) mod scene;
mod shrink;
pub(crate) mod sketch;
mod swarm;
pub(crate) mod vocabulary;

pub use calls::Calls;
pub use edit::{build, mutate, repair, sequence_of};
pub use grammar::{Built, Grammar, Tier};
pub use shrink::{simpler, size};
pub use swarm::{Feature, Scope, Swarm};

/// The most calls of a made-up case.
pub const LONGEST: usize = 50;
