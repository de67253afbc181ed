//! Conditions: the ways in which a call can be wrong in a state. Each API names its own; here they
//! are numbers, sets of numbers, and findings with what they say about the state.

use crate::set::Set;
use crate::status::{AssociationStatuses, ShareStatus};
use crate::world::Entity;

/// A condition of an API, by its position in the API's list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition(pub u8);

/// A set of conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConditionSet(u128);

impl ConditionSet {
    /// No condition.
    pub const EMPTY: Self = Self(0);

    /// Exactly this condition.
    pub fn only(condition: Condition) -> Self {
        Self(1_u128.checked_shl(u32::from(condition.0)).unwrap_or(0))
    }

    /// Adds a condition.
    pub fn insert(&mut self, condition: Condition) {
        self.0 |= Self::only(condition).0;
    }

    /// Whether the condition is in the set.
    pub fn has(self, condition: Condition) -> bool {
        self.0 & Self::only(condition).0 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in both sets.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either set.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of this set that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The conditions, in order.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        (0..128_u8).map(Condition).filter(move |&condition| self.has(condition))
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }
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
