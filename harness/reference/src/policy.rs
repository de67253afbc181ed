//! How the reference implementation resolves what the documents leave open: a reading for each
//! point, the order in which errors win, and how long transitions take.

use crate::state::IdForms;
use sharespec_model::belief::INVITATION_VALID;
use sharespec_model::set::Element;
use sharespec_model::spec::Spec;
use sharespec_model::status::AssociationStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

macro_rules! manner {
    ($($field:ident = $point:literal, $reading:literal;)*) => {
        /// The position of a point, and whether the reading is followed; none if there is no such point.
        #[derive(Clone, Copy, Debug, Default)]
        struct Manner { $($field: Option<(usize, bool)>,)* }

        impl Manner {
            fn of(policy: &Policy) -> Self {
                Self { $($field: policy.is_followed($point, $reading),)* }
            }
        }

        /// The readings that are asked for each row, looked up once.
        impl Policy {
            $(pub(crate) fn $field(&self) -> bool { self.answered(self.manner.$field) })*
        }
    };
}

manner! {
    seconds = "time-precision", "seconds";
    nanoseconds = "time-precision", "nanoseconds";
    message_empty = "message-without-failure", "empty";
    message_null = "message-without-failure", "null";
    property_empty = "properties", "empty";
    property_object = "properties", "object";
    property_plan = "property-key", "plan";
    target_arn_empty = "target-arn", "empty";
    type_by_kind = "entity-type", "kind";
    as_asked = "row-order", "as-asked";
    reversed = "row-order", "reversed";
    targets_first = "row-order", "targets-first";
    list_absent = "list-empty-form", "absent";
    lonely_hidden = "shared-without-target", "hidden";
}

/// A lawful way of answering.
#[derive(Clone, Debug)]
pub struct Policy {
    readings: Vec<u8>,
    /// Of each point, whether an answer was asked for. Clones share it.
    asked: Arc<[AtomicBool]>,
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
    /// How long an invitation stands that is not answered, in milliseconds.
    pub stands: i64,
    /// How long it takes until an invitation is sent, in milliseconds.
    pub invites_after: i64,
    /// Whether each transition takes a time of its own, of at most the length given.
    pub transition_varies: bool,
    /// Whether each step of a transition is an update of its row, where its end is one.
    pub stamps_steps: bool,
    /// How far the times that are shown are from the time of the request, in milliseconds.
    pub clock: i64,
    /// The form of the ids that are minted.
    pub ids: IdForms,
    manner: Manner,
    names: Arc<[(String, Vec<String>)]>,
}

impl Policy {
    /// The first reading of every point, and transitions of a quarter of a second.
    pub fn new(spec: &Spec, ids: IdForms) -> Self {
        let names = spec.points.iter().map(|point| {
            let readings = point.readings.iter().map(|reading| reading.name.clone());
            (point.id.clone(), readings.collect())
        });
        let mut policy = Self {
            readings: vec![0; spec.points.len()],
            asked: spec.points.iter().map(|_| AtomicBool::new(false)).collect(),
            transition: Some(250),
            accepts_odd_values: false,
            page_limit: 100,
            empty_pages: false,
            kept: None,
            stands: INVITATION_VALID,
            invites_after: 0,
            transition_varies: false,
            stamps_steps: false,
            clock: 0,
            ids,
            manner: Manner::default(),
            names: names.collect(),
        };
        policy.manner = Manner::of(&policy);
        policy
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
                self.manner = Manner::of(self);
                true
            }
            _ => false,
        }
    }

    /// Follows a reading written `point:reading`. Returns whether it exists.
    pub fn follow_named(&mut self, reading: &str) -> bool {
        reading.split_once(':').is_some_and(|(point, reading)| self.follow(point, reading))
    }

    /// What the row of a principal becomes that rejected its invitation; `Absent` is none.
    pub fn rejected_row(&self) -> AssociationStatus {
        self.row_after("rejected-row", AssociationStatus::Failed)
    }

    /// What the row of a principal becomes whose invitation expired; `Absent` is none.
    pub fn expired_row(&self) -> AssociationStatus {
        self.row_after("expired-row", AssociationStatus::Associating)
    }

    /// The status that the followed reading of a point is named after.
    fn row_after(&self, point: &str, otherwise: AssociationStatus) -> AssociationStatus {
        let named =
            |status: &&AssociationStatus| self.follows(point, &status.name().to_ascii_lowercase());
        AssociationStatus::ALL.iter().find(named).copied().unwrap_or(otherwise)
    }

    /// Whether the reading of this name is followed.
    pub fn follows(&self, point: &str, reading: &str) -> bool {
        self.answered(self.is_followed(point, reading))
    }

    fn answered(&self, followed: Option<(usize, bool)>) -> bool {
        followed.is_some_and(|(position, is)| {
            self.note(position);
            is
        })
    }

    /// The position of a point, and whether the reading of this name is followed.
    fn is_followed(&self, point: &str, reading: &str) -> Option<(usize, bool)> {
        let position = self.names.iter().position(|(id, _)| id == point)?;
        let followed = usize::from(*self.readings.get(position)?);
        let (_, names) = self.names.get(position)?;
        Some((position, names.get(followed).is_some_and(|name| name == reading)))
    }

    /// The position of the reading that is followed, by the position of the point.
    pub fn reading(&self, point: usize) -> u8 {
        self.note(point);
        self.readings.get(point).copied().unwrap_or(0)
    }

    fn note(&self, point: usize) {
        // Read before, so that threads that ask for the same points do not write the same line.
        if let Some(asked) = self.asked.get(point)
            && !asked.load(Ordering::Relaxed)
        {
            asked.store(true, Ordering::Relaxed);
        }
    }

    /// The same policy, that takes down apart from this one what it is asked from now on.
    #[must_use]
    pub fn apart(&self) -> Self {
        let asked = self.asked.iter().map(|asked| asked.load(Ordering::Relaxed).into());
        Self { asked: asked.collect(), ..self.clone() }
    }

    /// Whether another policy, with other readings and nothing else that is other, would have given
    /// the answers that this one has given so far.
    pub fn would_answer_as(&self, other: &Self) -> bool {
        let mut points = self.readings.iter().zip(&other.readings).zip(self.asked.iter());
        points.all(|((one, two), asked)| one == two || !asked.load(Ordering::Relaxed))
    }
}
