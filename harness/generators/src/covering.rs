//! Covering arrays: rows of values such that every combination of so many axes that the constraints
//! allow stands in some row.
//!
//! Rows are built greedily, one combination that is not covered yet after the other, each row filled
//! with what covers most of the rest. The same axes give the same rows. Values are added to the end of
//! an axis in *generations*: the rows of the earlier ones stay as they are.

use std::collections::BTreeSet;

/// A row: the position of a value for each axis.
pub type Row = Vec<usize>;

/// Values that cannot stand together: for each of some axes, the positions of the values.
pub type Forbidden = Vec<(usize, Vec<usize>)>;

/// Axes by the number of their values, with what cannot stand together.
#[derive(Clone, Debug, Default)]
pub struct Space {
    /// How many values each axis has, in each generation; none is ever taken away.
    pub generations: Vec<Vec<usize>>,
    /// What cannot stand together.
    pub forbidden: Vec<Forbidden>,
}

/// How many of the combinations that can be covered are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Those that are.
    pub covered: usize,
    /// Those that can be.
    pub coverable: usize,
}

/// A combination: axes with their values, in the order of the axes.
type Combination = Vec<(usize, usize)>;

/// A row in the making: a value for some axes.
type Partial = Vec<Option<usize>>;

impl Space {
    /// The number of values of each axis.
    pub fn sizes(&self) -> &[usize] {
        self.generations.last().map_or(&[], Vec::as_slice)
    }

    /// Rows that cover every combination of `strength` axes that the constraints allow.
    pub fn covering(&self, strength: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for sizes in &self.generations {
            let mut open: BTreeSet<Combination> =
                self.coverable(sizes, strength).into_iter().collect();
            rows.iter().for_each(|row| strike(&mut open, row, strength));
            while let Some(first) = open.first().cloned() {
                let row = self.row(sizes, &first, &open, strength);
                strike(&mut open, &row, strength);
                // Whatever the row became, the combination that it was built for is dealt with.
                open.remove(&first);
                rows.push(row);
            }
        }
        rows
    }

    /// Every row that the constraints allow.
    pub fn all(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = vec![Vec::new()];
        for (axis, size) in self.sizes().iter().enumerate() {
            rows = rows
                .iter()
                .flat_map(|row| {
                    (0..*size).map(move |value| row.iter().copied().chain([value]).collect())
                })
                .filter(|row: &Row| self.allows(|other| row.get(other).copied(), axis))
                .collect();
        }
        rows
    }

    /// Whether the constraints allow a row.
    pub fn allows_row(&self, row: &Row) -> bool {
        let sizes = self.sizes();
        let inside = row.iter().zip(sizes).all(|(value, size)| value < size);
        let allowed = |axis| self.allows(|other| row.get(other).copied(), axis);
        row.len() == sizes.len() && inside && (0..sizes.len()).all(allowed)
    }

    /// How far rows cover the combinations of `strength` axes.
    pub fn coverage(&self, rows: &[Row], strength: usize) -> Coverage {
        if strength >= self.sizes().len() {
            let rows: BTreeSet<&Row> = rows.iter().collect();
            return Coverage { covered: rows.len(), coverable: self.all().len() };
        }
        let mut open: BTreeSet<Combination> =
            self.coverable(self.sizes(), strength).into_iter().collect();
        let coverable = open.len();
        rows.iter().for_each(|row| strike(&mut open, row, strength));
        Coverage { covered: coverable - open.len(), coverable }
    }

    /// The combinations that stand in some row that the constraints allow.
    fn coverable(&self, sizes: &[usize], strength: usize) -> Vec<Combination> {
        let mut combinations: Vec<Combination> = vec![Vec::new()];
        for chosen in 0..strength {
            combinations = combinations
                .iter()
                .flat_map(|combination| {
                    let after = combination.last().map_or(0, |(axis, _)| axis + 1);
                    let left = strength - chosen;
                    let axes = after..(sizes.len() + 1).saturating_sub(left);
                    axes.flat_map(move |axis| {
                        let values = 0..sizes.get(axis).copied().unwrap_or(0);
                        values.map(move |value| {
                            combination.iter().copied().chain([(axis, value)]).collect()
                        })
                    })
                })
                .collect();
        }
        combinations
            .retain(|combination| self.completed(sizes, &partial(sizes, combination)).is_some());
        combinations
    }

    /// A row with this combination: axis by axis the value that covers most of what is open.
    fn row(
        &self,
        sizes: &[usize],
        first: &Combination,
        open: &BTreeSet<Combination>,
        strength: usize,
    ) -> Row {
        let mut row = partial(sizes, first);
        for axis in 0..sizes.len() {
            if row.get(axis).copied().flatten().is_some() {
                continue;
            }
            let mut best: Option<(usize, Partial)> = None;
            for value in 0..sizes.get(axis).copied().unwrap_or(0) {
                let with = set(&row, axis, value);
                let gain = gain(open, &with, axis, strength);
                let better = best.as_ref().is_none_or(|(most, _)| gain > *most);
                if better && self.completed(sizes, &with).is_some() {
                    best = Some((gain, with));
                }
            }
            if let Some((_, with)) = best {
                row = with;
            }
        }
        row.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// The first row with these values that the constraints allow; none if there is none.
    fn completed(&self, sizes: &[usize], row: &Partial) -> Option<Partial> {
        let set_axes = (0..row.len()).filter(|axis| row.get(*axis).copied().flatten().is_some());
        let value_of = |row: &Partial, axis: usize| row.get(axis).copied().flatten();
        if !{ set_axes }.all(|axis| self.allows(|other| value_of(row, other), axis)) {
            return None;
        }
        let Some(axis) = row.iter().position(Option::is_none) else { return Some(row.clone()) };
        let values = 0..sizes.get(axis).copied().unwrap_or(0);
        { values }.find_map(|value| self.completed(sizes, &set(row, axis, value)))
    }

    /// Whether the constraints of an axis allow the values that are set.
    fn allows(&self, value_of: impl Fn(usize) -> Option<usize>, axis: usize) -> bool {
        let concerns = |forbidden: &&Forbidden| forbidden.iter().any(|(each, _)| *each == axis);
        !self.forbidden.iter().filter(concerns).any(|forbidden| {
            forbidden
                .iter()
                .all(|(axis, values)| value_of(*axis).is_some_and(|value| values.contains(&value)))
        })
    }
}

fn partial(sizes: &[usize], combination: &Combination) -> Partial {
    let mut row = vec![None; sizes.len()];
    for (axis, value) in combination {
        row = set(&row, *axis, *value);
    }
    row
}

fn set(row: &Partial, axis: usize, value: usize) -> Partial {
    let mut row = row.clone();
    if let Some(slot) = row.get_mut(axis) {
        *slot = Some(value);
    }
    row
}

/// How many open combinations with an axis a row covers.
fn gain(open: &BTreeSet<Combination>, row: &Partial, axis: usize, strength: usize) -> usize {
    let values: Vec<(usize, usize)> =
        row.iter().enumerate().filter_map(|(at, value)| value.map(|value| (at, value))).collect();
    let found = combinations(&values, strength);
    found
        .iter()
        .filter(|each| each.iter().any(|(at, _)| *at == axis) && open.contains(*each))
        .count()
}

/// Takes out what a row covers.
fn strike(open: &mut BTreeSet<Combination>, row: &Row, strength: usize) {
    let values: Vec<(usize, usize)> = row.iter().copied().enumerate().collect();
    for combination in combinations(&values, strength) {
        open.remove(&combination);
    }
}

/// Every choice of so many of the values.
fn combinations(values: &[(usize, usize)], strength: usize) -> Vec<Combination> {
    match (strength, values.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((first, rest))) => {
            let with = combinations(rest, strength - 1).into_iter().map(|mut others| {
                others.insert(0, *first);
                others
            });
            with.chain(combinations(rest, strength)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two to five axes of one to three values, grown by at most one value each, with constraints.
    fn space() -> impl Strategy<Value = Space> {
        let axes = prop::collection::vec((1_usize..4, 0_usize..2), 2..6);
        axes.prop_flat_map(|axes| {
            let first: Vec<usize> = axes.iter().map(|(size, _)| *size).collect();
            let grown: Vec<usize> = axes.iter().map(|(size, more)| size + more).collect();
            let count = grown.len();
            let part = (0..count, prop::collection::vec(0_usize..4, 1..3));
            let forbidden = prop::collection::vec(part, 1..4);
            let forbidden = prop::collection::vec(forbidden, 0..4);
            forbidden.prop_map(move |forbidden| Space {
                generations: vec![first.clone(), grown.clone()],
                forbidden,
            })
        })
    }

    fn is_allowed(space: &Space, row: &Row) -> bool {
        !space
            .forbidden
            .iter()
            .any(|forbidden| forbidden.iter().all(|(axis, values)| values.contains(&row[*axis])))
    }

    proptest! {
        #[test]
        fn every_row_is_allowed_and_every_coverable_combination_is_covered(
            space in space(),
            strength in 1_usize..4,
        ) {
            let strength = strength.min(space.sizes().len());
            let rows = space.covering(strength);
            for row in &rows {
                prop_assert!(is_allowed(&space, row), "{row:?}");
                prop_assert_eq!(row.len(), space.sizes().len());
            }
            // What can be covered is found by brute force, apart from how rows are built.
            let all = space.all();
            prop_assert!(all.iter().all(|row| is_allowed(&space, row)));
            let tuples = |rows: &[Row]| -> BTreeSet<Combination> {
                rows.iter()
                    .flat_map(|row| {
                        let values: Vec<_> = row.iter().copied().enumerate().collect();
                        combinations(&values, strength)
                    })
                    .collect()
            };
            prop_assert_eq!(tuples(&rows), tuples(&all));
            let coverage = space.coverage(&rows, strength);
            prop_assert_eq!(coverage.covered, coverage.coverable);
            if strength < space.sizes().len() {
                prop_assert_eq!(coverage.coverable, tuples(&all).len());
            }
        }

        #[test]
        fn rows_come_again_and_stay_when_axes_grow(space in space()) {
            let rows = space.covering(2);
            prop_assert_eq!(&rows, &space.covering(2));
            let before = Space {
                generations: space.generations[..1].to_vec(),
                forbidden: space.forbidden.clone(),
            };
            let old = before.covering(2);
            prop_assert_eq!(&rows[..old.len()], &old[..]);
        }
    }

    #[test]
    fn all_rows_are_those_that_are_allowed() {
        let space = Space {
            generations: vec![vec![2, 3]],
            forbidden: vec![vec![(0, vec![1]), (1, vec![0, 2])]],
        };
        assert_eq!(space.all(), [[0, 0], [0, 1], [0, 2], [1, 1]]);
        assert!(space.all().iter().all(|row| space.allows_row(row)));
        assert!(![vec![1, 0], vec![0, 3], vec![0]].iter().any(|row| space.allows_row(row)));
        assert_eq!(space.coverage(&[vec![0, 0]], 2), Coverage { covered: 1, coverable: 4 });
        assert_eq!(space.coverage(&[vec![0, 0]], 1), Coverage { covered: 2, coverable: 5 });
    }
}
