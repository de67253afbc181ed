//! The seam between APIs: what a resource-sharing API must tell the rest of the suite.
//!
//! Calls, replies, beliefs and predictions are the same data for every API; an API adds conditions,
//! operations and names.

use crate::belief::{Belief, Window};
use crate::call::Call;
use crate::condition::ConditionSet;
use crate::observation::Observed;
use crate::prediction::Prediction;
use crate::spec::Spec;
use crate::world::{Entity, World};
use serde_json::{Map, Value};

/// Why a call cannot be predicted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotPredict {
    /// The world has no such account.
    #[error("the world has no account `{0}`")]
    Caller(String),
    /// The documents in force do not describe the operation.
    #[error("no document in force describes the operation `{0}`")]
    Operation(String),
}

/// A resource-sharing API.
pub trait Api: Send + Sync {
    /// The documents in force.
    fn spec(&self) -> &Spec;

    /// The world that calls are predicted in.
    fn world(&self) -> &World;

    /// Predicts the outcomes of a call. The belief must be closed until the call is sent.
    ///
    /// # Errors
    /// [`CannotPredict`] if the caller or the operation does not exist.
    fn predict(
        &self,
        belief: &Belief,
        call: &Call,
        window: Window,
    ) -> Result<Prediction<'_>, CannotPredict>;

    /// The entities that a call names, as far as the world knows them.
    fn named(&self, belief: &Belief, call: &Call) -> Vec<Entity>;

    /// Reads the members of a success into rows.
    fn read(&self, operation: &str, members: Map<String, Value>) -> Observed;

    /// The token of the next page, if there is one.
    fn next_page(&self, members: &Map<String, Value>) -> Option<String>;

    /// What a success says about the state, and does to it.
    fn observe_success(
        &self,
        belief: &mut Belief,
        call: &Call,
        prediction: &Prediction<'_>,
        observed: &Observed,
        window: Window,
    );

    /// What an error says about the state: nothing was done.
    fn observe_error(
        &self,
        belief: &mut Belief,
        prediction: &Prediction<'_>,
        conditions: ConditionSet,
    );

    /// What a call without an answer leaves behind: the join of done and not done.
    fn observe_silence(
        &self,
        belief: &mut Belief,
        call: &Call,
        prediction: &Prediction<'_>,
        window: Window,
    );
}
