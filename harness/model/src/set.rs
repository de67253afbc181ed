//! Small sets over closed enums: the values that a fact may have.

use std::marker::PhantomData;

/// An enum of at most sixteen values that can be a member of a [`Set`].
pub trait Element: Copy + PartialEq + 'static {
    /// Every value, in order; the position is the bit.
    const ALL: &'static [Self];
}

/// The values that a fact may have. The empty set is a contradiction.
#[derive(Debug)]
pub struct Set<T> {
    bits: u16,
    kind: PhantomData<T>,
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Set<T> {}

impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Set<T> {}

impl<T: Element> Set<T> {
    /// No value at all.
    pub const EMPTY: Self = Self { bits: 0, kind: PhantomData };

    /// Every value: nothing is known.
    pub fn any() -> Self {
        Self { bits: ((1_u32 << T::ALL.len()) - 1) as u16, kind: PhantomData }
    }

    /// Exactly this value.
    pub fn only(value: T) -> Self {
        let bits = T::ALL.iter().position(|&each| each == value).map_or(0, |index| 1_u16 << index);
        Self { bits, kind: PhantomData }
    }

    /// All of these values but this one.
    pub fn without(self, value: T) -> Self {
        Self { bits: self.bits & !Self::only(value).bits, kind: PhantomData }
    }

    /// These values.
    pub fn of(values: &[T]) -> Self {
        values.iter().fold(Self::EMPTY, |set, &value| set | Self::only(value))
    }

    /// Whether the value is in the set.
    pub fn has(self, value: T) -> bool {
        self.bits & Self::only(value).bits != 0
    }

    /// Whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether every value of the set is in `other`.
    pub fn within(self, other: Self) -> bool {
        self.bits & !other.bits == 0
    }

    /// Whether some value of the set is in `other`.
    pub fn meets(self, other: Self) -> bool {
        self.bits & other.bits != 0
    }

    /// The value, if there is exactly one.
    pub fn single(self) -> Option<T> {
        let mut values = self.values();
        match (values.next(), values.next()) {
            (Some(value), None) => Some(value),
            _ => None,
        }
    }

    /// The values, in order.
    pub fn values(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |&value| self.has(value))
    }
}

impl<T> std::ops::BitOr for Set<T> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, kind: PhantomData }
    }
}

impl<T> std::ops::BitAnd for Set<T> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, kind: PhantomData }
    }
}

impl<T> std::ops::BitOrAssign for Set<T> {
    fn bitor_assign(&mut self, other: Self) {
        self.bits |= other.bits;
    }
}

impl Element for bool {
    const ALL: &'static [Self] = &[false, true];
}

impl Set<bool> {
    /// Whether one and the other are true, as far as is known.
    #[must_use]
    pub fn and_also(self, other: Self) -> Self {
        match (self == Self::only(false), other == Self::only(false)) {
            (false, false) if self == Self::only(true) => other,
            (false, false) if other == Self::only(true) => self,
            (false, false) => Self::any(),
            _ => Self::only(false),
        }
    }

    /// Whether one or the other is true, as far as is known.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        self.negated().and_also(other.negated()).negated()
    }

    /// Whether it is false, as far as is known.
    #[must_use]
    pub fn negated(self) -> Self {
        match self.single() {
            Some(value) => Self::only(!value),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_know_their_values() {
        let both: Set<bool> = Set::any();
        assert!(both.has(true) && both.has(false) && both.single().is_none());
        assert_eq!(Set::only(true).single(), Some(true));
        assert!(Set::only(true).within(both) && !both.within(Set::only(true)));
        assert!((Set::only(true) & Set::only(false)).is_empty());
    }

    #[test]
    fn what_is_not_known_stays_unknown_unless_the_other_decides() {
        let (yes, no, open) = (Set::only(true), Set::only(false), Set::any());
        assert_eq!(open.and_also(no), no);
        assert_eq!(open.and_also(yes), open);
        assert_eq!(open.and_also(open), open);
        assert_eq!(open.or_else(yes), yes);
        assert_eq!(open.or_else(no), open);
        assert_eq!(open.negated(), open);
    }
}
