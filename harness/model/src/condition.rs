//! Conditions: the ways in which a call can be wrong in a state. Each API names its own; here they
//! are numbers, sets of numbers, and findings with what they say about the state.

use crate::set::Set;
use crate::status::{AssociationStatuses, ShareStatus};
use crate::world::Entity;

/// A condition of an API, by its position in the API's list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition(pub u8);

/// Names the conditions of an API, at most 256: a constant each, and `NAMES` in their order.
macro_rules! conditions {
    ($($(#[$doc:meta])* $constant:ident = $name:literal,)*) => {
        #[expect(non_camel_case_types, reason = "only their order is used")]
        #[repr(u8)]
        enum Position { $($constant,)* }
        $(
            $(#[$doc])*
            pub const $constant: $crate::condition::Condition =
                $crate::condition::Condition(Position::$constant as u8);
        )*
        /// The names, in the order of the positions.
        pub const NAMES: &[&str] = &[$($name,)*];
    };
}
pub(crate) use conditions;

/// A set of conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConditionSet([u128; 2]);

impl ConditionSet {
    /// No condition.
    pub const EMPTY: Self = Self([0; 2]);

    /// Exactly this condition.
    pub fn only(condition: Condition) -> Self {
        let bit = 1_u128 << (condition.0 % 128);
        Self(if condition.0 < 128 { [bit, 0] } else { [0, bit] })
    }

    /// Adds a condition.
    pub fn insert(&mut self, condition: Condition) {
        *self = self.or(Self::only(condition));
    }

    /// Whether the condition is in the set.
    pub fn has(self, condition: Condition) -> bool {
        !self.and(Self::only(condition)).is_empty()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == [0; 2]
    }

    /// Those in both sets.
    pub fn and(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.0, other.0);
        Self([low & other_low, high & other_high])
    }

    /// Those in either set.
    pub fn or(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.0, other.0);
        Self([low | other_low, high | other_high])
    }

    /// Those of this set that are not in the other.
    pub fn without(self, other: Self) -> Self {
        let [low, high] = other.0;
        self.and(Self([!low, !high]))
    }

    /// The conditions, in order.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        let [low, high] = self.0;
        bits(low).map(Condition).chain(bits(high).map(|bit| Condition(bit + 128)))
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.iter().map(|half| half.count_ones() as usize).sum()
    }
}

/// The positions of the bits that are set, lowest first.
fn bits(mut bits: u128) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let position = (bits != 0).then(|| bits.trailing_zeros() as u8);
        bits &= bits.wrapping_sub(1);
        position
    })
}

/// What a condition, if it is the reason for an answer, says about the state before the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// An entity of a share was in one of these statuses.
    Entity(usize, Entity, AssociationStatuses),
    /// A share was in one of these statuses.
    Share(usize, Set<ShareStatus>),
}

/// A condition that holds, or may hold, of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The condition.
    pub condition: Condition,
    /// Whether it holds whatever the state is, of those believed possible.
    pub certain: bool,
    /// What it says about the state, if it is the reason for the answer.
    pub because: Option<Because>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_keep_their_conditions_in_order() {
        let positions = [0, 1, 127, 128, 200, 255];
        let mut set = ConditionSet::EMPTY;
        positions.iter().rev().for_each(|&position| set.insert(Condition(position)));
        let found: Vec<u8> = set.iter().map(|condition| condition.0).collect();
        assert_eq!(found, positions);
        assert_eq!(set.len(), 6);
        assert!(set.has(Condition(128)) && !set.has(Condition(129)));
        assert!(set.without(set).is_empty());
    }
}
