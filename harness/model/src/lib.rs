//! Documents, rules, conditions, worlds and beliefs: what a resource-sharing API may answer.
//!
//! The model does no I/O, reads no clock and draws no random numbers: what it needs is passed in.
//! A [`api::Api`] predicts a [`call::Call`] in a [`belief::Belief`]; the
//! [`prediction::Prediction`] is the set of admissible outcomes; what was observed goes back into
//! the belief.

pub mod access;
pub mod alibaba;
pub mod api;
pub mod aws;
pub mod belief;
pub mod call;
pub mod comparison;
pub mod condition;
mod effects;
pub mod evaluation;
pub mod explanation;
pub mod facts;
pub mod lifecycle;
pub mod names;
mod narrow;
pub mod observation;
pub mod outcome;
pub mod prediction;
pub mod property;
pub mod seeded;
pub mod set;
pub mod spec;
pub mod spent;
pub mod status;
pub mod world;
