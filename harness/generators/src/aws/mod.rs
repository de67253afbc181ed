//! The enumerated cases of AWS RAM.

mod afterwards;
mod cast;
mod combined;
mod disassociate;
mod entities;
mod finish;
mod fuzz;
mod gateway;
mod invitations;
mod lists;
mod pairs;
mod sharing;
mod tokens;
mod untouched;

use crate::axes::{DEFAULT_STRENGTH, Strength};
use sharespec_wire::case::Case;

pub(crate) use combined::{AXES, combined};

/// A topic: its cases.
type Topic = fn() -> Vec<Case>;

const TOPICS: &[Topic] = &[
    afterwards::cases,
    disassociate::cases,
    entities::cases,
    gateway::cases,
    invitations::cases,
    lists::cases,
    pairs::cases,
    sharing::cases,
    tokens::cases,
    untouched::cases,
];

/// The enumerated cases of AWS RAM, sorted by id.
pub fn aws() -> Vec<Case> {
    aws_at(DEFAULT_STRENGTH)
}

/// The same, with the axes of requests combined so far.
pub fn aws_at(strength: Strength) -> Vec<Case> {
    let mut cases: Vec<Case> = TOPICS.iter().flat_map(|topic| topic()).collect();
    cases.extend(combined::cases(strength));
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_comes_twice_and_every_rule_is_one() {
        let cases = aws();
        assert!(cases.windows(2).all(|pair| pair[0].id < pair[1].id));
        let library = sharespec_model::aws::LIBRARY;
        let spec = library.spec_of(library.newest).unwrap();
        for case in &cases {
            for rule in &case.rules {
                assert!(spec.rule_named(rule).is_some(), "{}: {rule}", case.id);
            }
            for condition in &case.provokes {
                assert!(spec.condition(condition).is_some(), "{}: {condition}", case.id);
            }
        }
    }
}
