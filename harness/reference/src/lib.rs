//! The reference implementation as a pure pipeline, its variants and faults.
//!
//! A [`pipeline::Pipeline`] answers the bytes of a request at a given time; what is minted comes
//! from a seed. It is built from a [`pipeline::Blueprint`], which holds the [`change::Change`]s in
//! force: lawful variants and unlawful faults, one mechanism at five places.

mod alibaba;
pub mod answer;
pub mod apply;
mod aws;
mod blueprint;
pub mod change;
mod choose;
mod edit;
pub mod faults;
mod gate;
mod numbers;
mod pages;
pub mod pipeline;
pub mod platform;
pub mod policy;
pub mod random;
mod seed;
pub mod show;
pub mod state;
pub mod variants;
