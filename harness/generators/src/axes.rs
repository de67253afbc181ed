//! Combinations: calls that differ in many ways at once. The axes of an API, their values and what
//! cannot stand together are data; rows come from a covering array of a stated strength.
//!
//! A value, once there, keeps its name and its place: new ones are put at the end of their axis, in a
//! new generation, so that the rows and the ids of the old ones stay.

use crate::covering::{Coverage, Forbidden, Row, Space};

/// How far axes are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Every combination of so many axes stands in some case.
    Of(usize),
    /// Every combination of all axes is a case.
    Full,
}

/// The strength of a suite unless another is asked for.
pub const DEFAULT_STRENGTH: Strength = Strength::Of(2);

/// An axis: its name and its values.
pub(crate) type Axis = (&'static str, &'static [&'static str]);

/// Values of axes that cannot stand together, by the names of the axes.
pub(crate) type Together = &'static [(&'static str, &'static [&'static str])];

/// The axes of an API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axes {
    /// What the ids of combined cases begin with.
    pub prefix: &'static str,
    /// The axes, in the order of the parts of an id.
    pub axes: &'static [Axis],
    /// How many values each axis had, the first time and each time that some were added.
    pub generations: &'static [&'static [usize]],
    /// What cannot stand together, with the reason.
    pub forbidden: &'static [(&'static str, Together)],
}

impl Axes {
    /// How many axes are combined with each other.
    pub(crate) fn combined(&self, strength: Strength) -> usize {
        match strength {
            Strength::Of(strength) => strength.clamp(1, self.axes.len()),
            Strength::Full => self.axes.len(),
        }
    }

    pub(crate) fn space(&self) -> Space {
        let axis = |name: &str| self.axes.iter().position(|(each, _)| *each == name);
        let values = |axis: usize, names: &[&str]| {
            let known = self.axes.get(axis).map_or(&[][..], |(_, values)| values).iter();
            known.enumerate().filter(|(_, name)| names.contains(name)).map(|(at, _)| at).collect()
        };
        let forbidden = self.forbidden.iter().map(|(_, together)| {
            let parts = together.iter();
            let part =
                |(name, names): &(&str, &[&str])| axis(name).map(|at| (at, values(at, names)));
            parts.filter_map(part).collect::<Forbidden>()
        });
        let generations = self.generations.iter().map(|sizes| sizes.to_vec()).collect();
        Space { generations, forbidden: forbidden.collect() }
    }

    /// The rows of a covering array.
    pub(crate) fn rows(&self, strength: Strength) -> Vec<Row> {
        match self.combined(strength) {
            some if some < self.axes.len() => self.space().covering(some),
            _ => self.space().all(),
        }
    }

    /// How far these cases combine the axes, by their ids; none if none of them is a combination.
    pub(crate) fn coverage<'a>(
        &self,
        ids: impl Iterator<Item = &'a str>,
        strength: Strength,
    ) -> Option<Coverage> {
        let rows: Vec<Row> = ids.filter_map(|id| self.row_of(id)).collect();
        (!rows.is_empty()).then(|| self.space().coverage(&rows, self.combined(strength)))
    }

    /// The row of this id, if the constraints allow it.
    pub(crate) fn allowed(&self, id: &str) -> Option<Row> {
        self.row_of(id).filter(|row| self.space().allows_row(row))
    }

    /// The row of this id.
    pub(crate) fn row_of(&self, id: &str) -> Option<Row> {
        let parts: Vec<&str> = id.strip_prefix(self.prefix)?.split('/').collect();
        let known = parts.len() == self.axes.len();
        let place =
            |((_, values), part): (&Axis, &&str)| values.iter().position(|value| value == part);
        self.axes
            .iter()
            .zip(&parts)
            .filter(|_| known)
            .map(place)
            .collect::<Option<Row>>()
            .filter(|_| known)
    }

    /// The values of a row, by name; none if there is no such row.
    pub(crate) fn names(&self, row: &Row) -> Option<Vec<&'static str>> {
        self.axes.iter().zip(row).map(|((_, values), at)| values.get(*at).copied()).collect()
    }

    /// The id of the case with these values.
    pub(crate) fn id(&self, names: &[&str]) -> String {
        format!("{}{}", self.prefix, names.join("/"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Whether the data of some axes fit each other, and the suite reaches its strength.
    pub(crate) fn are_sound(axes: Axes) {
        for (position, (name, values)) in axes.axes.iter().enumerate() {
            let grown: Vec<usize> = axes.generations.iter().map(|sizes| sizes[position]).collect();
            assert_eq!(grown.last(), Some(&values.len()), "{name}");
            assert!(grown.is_sorted(), "{name}: a value is never taken away");
        }
        for (reason, together) in axes.forbidden {
            for (name, values) in *together {
                let (_, known) = axes.axes.iter().find(|(each, _)| each == name).unwrap();
                assert!(values.iter().all(|value| known.contains(value)), "{reason}: {name}");
            }
        }
        let rows = axes.rows(DEFAULT_STRENGTH);
        let ids: Vec<String> = rows.iter().map(|row| axes.id(&axes.names(row).unwrap())).collect();
        for (id, row) in ids.iter().zip(&rows) {
            assert_eq!(axes.allowed(id).as_ref(), Some(row));
        }
        let ids = || ids.iter().map(String::as_str);
        let reached = axes.coverage(ids(), DEFAULT_STRENGTH).unwrap();
        assert_eq!(reached.covered, reached.coverable);
        let part = axes.coverage(ids().take(3), DEFAULT_STRENGTH).unwrap();
        assert!(part.covered < part.coverable && part.coverable == reached.coverable);
        assert_eq!(axes.coverage(std::iter::empty(), DEFAULT_STRENGTH), None);
    }
}
