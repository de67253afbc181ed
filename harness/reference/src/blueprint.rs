//! What a reference implementation is built from: its API, its changes, and what they make of the
//! spec and of the policy.

use crate::change::{Change, Effect, Nature, Trigger};
use crate::platform::Platform;
use crate::policy::Policy;
use crate::state::Pace;
use sharespec_model::belief::{KEPT_AT_LEAST, KEPT_AT_MOST};
use sharespec_model::spec::Spec;
use std::sync::Arc;

/// What is fixed while a reference implementation runs: the API, its changes and what they made of
/// spec and policy. Shared by all instances of one configuration.
#[derive(Clone, Debug)]
pub struct Blueprint {
    pub(crate) api: Arc<dyn Platform>,
    spec: Option<Arc<Spec>>,
    pub(crate) policy: Policy,
    pub(crate) changes: Vec<Change>,
    pub(crate) places: Places,
    pub(crate) check_signatures: bool,
    operations: Option<Vec<String>>,
    pub(crate) pace: Pace,
}

/// The places at which some change happens: what costs something is done for these only.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Places {
    pub(crate) refusal: bool,
    pub(crate) call: bool,
    pub(crate) conditions: bool,
    pub(crate) state: bool,
    pub(crate) races: bool,
}

impl Places {
    fn of(changes: &[Change]) -> Self {
        let effects = || changes.iter().flat_map(|change| change.effects);
        Self {
            refusal: effects().any(|effect| matches!(effect, Effect::Refuse(_))),
            call: effects().any(|effect| matches!(effect, Effect::Call(_))),
            conditions: effects().any(|effect| matches!(effect, Effect::Overlook(_))),
            state: effects().any(|effect| matches!(effect, Effect::After(_))),
            races: changes.iter().any(|change| matches!(change.trigger, Trigger::Race(_))),
        }
    }
}

impl Blueprint {
    /// The reference implementation of an API with some changes.
    pub fn new(api: Arc<dyn Platform>, changes: &[Change]) -> Self {
        let mut policy = Policy::new(api.spec(), api.id_forms());
        let mut spec = None;
        for reading in api.spec().documents.iter().flat_map(|document| &document.follows) {
            policy.follow_named(reading);
        }
        for change in changes {
            let Nature::Variant(readings) = change.nature else { continue };
            for reading in readings {
                policy.follow_named(reading);
            }
        }
        for effect in changes.iter().flat_map(|change| change.effects) {
            match effect {
                Effect::Policy(adjust) => adjust(&mut policy),
                Effect::Spec(adjust) => {
                    // The tables in force were loaded before, so they load again.
                    let ids: Vec<&str> =
                        api.spec().documents.iter().map(|each| each.id.as_str()).collect();
                    let fresh = || api.library().spec_of(&ids).unwrap_or_default();
                    adjust(spec.get_or_insert_with(fresh));
                }
                _ => {}
            }
        }
        let kept = match policy.follows("record-kept", "longest") {
            true => KEPT_AT_MOST - 60_000,
            false => KEPT_AT_LEAST + 60_000,
        };
        let pace = Pace {
            held: false,
            stamps_end: policy.follows("update-time", "transition"),
            stamps_steps: policy.stamps_steps,
            kept: policy.kept.unwrap_or(kept),
            stands: policy.stands,
            expired: policy.expired_row(),
        };
        let (changes, places) = (changes.to_vec(), Places::of(changes));
        let spec = spec.map(Arc::new);
        Self { api, spec, policy, changes, places, check_signatures: false, operations: None, pace }
    }

    /// Has these operations alone.
    #[must_use]
    pub fn with_operations(mut self, operations: Vec<String>) -> Self {
        self.operations = Some(operations);
        self
    }

    /// Whether there is an operation of this name.
    pub(crate) fn has(&self, operation: &str) -> bool {
        let declared = |all: &Vec<String>| all.iter().any(|each| each == operation);
        self.spec().operation(operation).is_some() && self.operations.as_ref().is_none_or(declared)
    }

    /// Checks signatures, times and nonces.
    #[must_use]
    pub fn checking_signatures(mut self, check: bool) -> Self {
        self.check_signatures = check;
        self
    }

    /// Lets transitions take this long, in milliseconds.
    #[must_use]
    pub fn with_transition(mut self, length: i64) -> Self {
        self.policy.transition = self.policy.transition.map(|_| length);
        self
    }

    /// How what is open is resolved.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The same blueprint, whose policy takes down apart from this one's what it is asked.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { policy: self.policy.apart(), ..self.clone() }
    }

    /// Whether another blueprint would have led to all that this one, without a change, has led to so
    /// far: it follows other readings at most, and none of a point that anything was asked about, and
    /// brings the same answers over another connection.
    pub fn would_answer_as(&self, other: &Self) -> bool {
        let same = |effect: &Effect| matches!(effect, Effect::Connection(way) if way.is_whole());
        other.changes.iter().all(|change| change.effects.iter().all(same))
            && self.policy.would_answer_as(&other.policy)
    }

    pub(crate) fn spec(&self) -> &Spec {
        self.spec.as_deref().unwrap_or(self.api.spec())
    }
}
