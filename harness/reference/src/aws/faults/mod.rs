//! Faults of AWS RAM: unlawful changes, as real implementers make them. Some case that cites a rule
//! which a fault names must fail with it.

mod afterwards;
mod codes;
mod conditions;
mod deep;
mod filters;
mod gateway;
mod lists;
mod removing;
mod rows;
mod sharing;
mod tokens;
mod tools;

use crate::change::Change;

pub(super) use deep::DEEP;
pub(super) use gateway::DEGENERATE;

/// Every fault, by what it is about.
pub(super) const TABLES: &[&[Change]] = &[
    afterwards::FAULTS,
    codes::FAULTS,
    conditions::FAULTS,
    removing::FAULTS,
    tokens::FAULTS,
    rows::FAULTS,
    sharing::FAULTS,
    lists::FAULTS,
    filters::FAULTS,
    gateway::FAULTS,
];
