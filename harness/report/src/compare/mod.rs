//! Two runs of one suite compared: what a change of the target did, case by case.
//!
//! A case whose hash changed is another test and never a regression. What was never judged in the
//! first run cannot have got worse.

mod difference;
mod show;

pub use difference::{BehaviourChange, CaseChange, Change, Comparison, Run, compare};
pub use show::{html, markdown, text};

#[cfg(test)]
mod tests;
