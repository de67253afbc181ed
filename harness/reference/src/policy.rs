//! How the reference implementation resolves what the documents leave open: a reading for each
//! point, the order in which errors win, and how long transitions take.

use sharespec_model::spec::Spec;

/// A lawful way of answering.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The reading that is followed, by the position of the point.
    pub readings: Vec<u8>,
    /// How long associating and disassociating take, in milliseconds; none is at once.
    pub transition: Option<i64>,
    /// Whether odd values that the documents leave open are accepted rather than rejected.
    pub accepts_odd_values: bool,
    /// How many rows a page has at most, whatever is asked for.
    pub page_limit: usize,
    /// Whether every other page is empty.
    pub empty_pages: bool,
    /// How long records of what ended are kept, in milliseconds, if not as the readings say.
    pub kept: Option<i64>,
    names: Vec<(String, Vec<String>)>,
}

impl Policy {
    /// The first reading of every point, and transitions of a quarter of a second.
    pub fn new(spec: &Spec) -> Self {
        let names = spec.points.iter().map(|point| {
            let readings = point.readings.iter().map(|reading| reading.name.clone());
            (point.id.clone(), readings.collect())
        });
        Self {
            readings: vec![0; spec.points.len()],
            transition: Some(250),
            accepts_odd_values: false,
            page_limit: 100,
            empty_pages: false,
            kept: None,
            names: names.collect(),
        }
    }

    /// Follows the reading of this name. Returns whether it exists.
    pub fn follow(&mut self, point: &str, reading: &str) -> bool {
        let Some(position) = self.names.iter().position(|(id, _)| id == point) else {
            return false;
        };
        let names = self.names.get(position).map(|(_, names)| names.as_slice());
        let found = names.unwrap_or_default().iter().position(|name| name == reading);
        match (found, self.readings.get_mut(position)) {
            (Some(found), Some(slot)) => {
                *slot = found as u8;
                true
            }
            _ => false,
        }
    }

    /// Whether the reading of this name is followed.
    pub fn follows(&self, point: &str, reading: &str) -> bool {
        let found = self.names.iter().zip(&self.readings).find(|((id, _), _)| id == point);
        found.is_some_and(|((_, names), &position)| {
            names.get(usize::from(position)).is_some_and(|name| name == reading)
        })
    }
}
