//! Variants: lawful ways of answering, one reading or one freedom of HTTP and JSON at a time, and
//! some that combine many. Every case must pass with each of them.
//!
//! A variant follows the readings that it names by that alone; effects do what is no reading.

mod combined;
mod forms;
mod gateway;
mod readings;
mod sharing;
mod transport;

use crate::change::{Change, Effect, Moment, Nature, Trigger};
use crate::state::State;

const PARTS: [&[Change]; 6] = [
    readings::VARIANTS,
    sharing::VARIANTS,
    gateway::VARIANTS,
    forms::VARIANTS,
    transport::VARIANTS,
    combined::VARIANTS,
];

const COUNT: usize = readings::VARIANTS.len()
    + sharing::VARIANTS.len()
    + gateway::VARIANTS.len()
    + forms::VARIANTS.len()
    + transport::VARIANTS.len()
    + combined::VARIANTS.len();

/// Every variant.
pub const VARIANTS: &[Change] = &joined();

/// The variant of this name.
pub fn variant(name: &str) -> Option<&'static Change> {
    VARIANTS.iter().find(|change| change.name == name)
}

const NOTHING: Change = Change {
    name: "",
    text: "",
    nature: Nature::Variant(&[]),
    trigger: Trigger::Always,
    effects: &[],
};

#[expect(clippy::indexing_slicing, reason = "at build time, where iterators are not to be had")]
const fn joined() -> [Change; COUNT] {
    let mut all = [NOTHING; COUNT];
    let (mut part, mut filled) = (0, 0);
    while part < PARTS.len() {
        let mut position = 0;
        while position < PARTS[part].len() {
            all[filled] = PARTS[part][position];
            filled += 1;
            position += 1;
        }
        part += 1;
    }
    all
}

pub(crate) const INVITATIONS_LATER: Change = with(
    "invitations-later",
    "An invitation is sent a while after the call that invites.",
    &[],
    &[Effect::Policy(|policy| policy.invites_after = 700)],
);

pub(crate) const FAILS_NOW_AND_THEN: Change = with(
    "associations-fail-now-and-then",
    "An association fails now and then by the target's own fault.",
    &[],
    &[Effect::After(fail_sometimes)],
);

/// Lets what just began to be associated fail, one time in a hundred.
fn fail_sometimes(state: &mut State, moment: &Moment<'_>) {
    if moment.luck.is_multiple_of(100) {
        let rows = state.shares.iter_mut().flat_map(|share| &mut share.rows);
        let begun = rows.filter(|row| row.due.is_some() && row.updated == moment.now);
        begun.for_each(|row| row.fails = true);
    }
}

/// A variant that is nothing but readings.
pub(crate) const fn reads(
    name: &'static str,
    text: &'static str,
    readings: &'static [&'static str],
) -> Change {
    with(name, text, readings, &[])
}

/// A variant that does something in every answer.
pub(crate) const fn with(
    name: &'static str,
    text: &'static str,
    readings: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    Change { name, text, nature: Nature::Variant(readings), trigger: Trigger::Always, effects }
}

/// A variant that does something in every n-th answer.
pub(crate) const fn every(
    number: u64,
    name: &'static str,
    text: &'static str,
    effects: &'static [Effect],
) -> Change {
    let (nature, trigger) = (Nature::Variant(&[]), Trigger::Every(number));
    Change { name, text, nature, trigger, effects }
}
