//! The seam between APIs: what a resource-sharing API must tell the rest of the suite.
//!
//! Calls, replies, beliefs and predictions are the same data for every API; an API adds conditions,
//! operations and names. What a call does to the lifecycle is an [`Outcome`], and the same for all:
//! the provided methods follow it.

use crate::belief::{Belief, Window};
use crate::call::{Arguments, Call};
use crate::condition::{Because, ConditionSet};
use crate::effects;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::names::{Names, Operation, Own};
use crate::observation::Observed;
use crate::outcome::Outcome;
use crate::prediction::{Prediction, Wrong};
use crate::spec::{Library, Spec, SpecError};
use crate::world::{Entity, World, WorldError};
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

/// Why an API cannot be used as asked.
#[derive(Debug, thiserror::Error)]
pub enum UnusableApi {
    /// The world does not fit.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The documents do not fit.
    #[error(transparent)]
    Spec(#[from] SpecError),
}

/// A resource-sharing API.
pub trait Api: std::fmt::Debug + Send + Sync {
    /// All documents of the API.
    fn library(&self) -> &'static Library;

    /// The documents in force.
    fn spec(&self) -> &Spec;

    /// The world that calls are predicted in.
    fn world(&self) -> &World;

    /// How it calls what every API has.
    fn names(&self) -> &'static Names;

    /// Whether an operation lists something, page by page.
    fn is_list(&self, operation: &str) -> bool {
        let operation = self.spec().operation(operation);
        operation.is_some_and(|each| each.parameter(self.names().page_token).is_some())
    }

    /// Evaluates a call in a state: its conditions by these tables, and what it would do.
    ///
    /// # Errors
    /// [`CannotPredict`] if the caller or the operation does not exist.
    fn evaluate<'s>(
        &self,
        spec: &'s Spec,
        facts: &dyn Facts,
        call: &Call,
    ) -> Result<(Evaluation<'s>, Outcome), CannotPredict>;

    /// What the policy of the caller denies.
    fn denied(&self, _spec: &Spec, _call: &Call) -> Wrong {
        Wrong::default()
    }

    /// Reads the members of a success into rows.
    fn read(&self, operation: &str, members: Map<String, Value>) -> Observed;

    /// A call that the suite makes by itself.
    fn own(&self, own: Own<'_>) -> Operation;

    /// Whether a property that a row shows is the one that was given.
    fn is_property(&self, _given: &Value, _shown: &str) -> bool {
        true
    }

    /// Operations that do no harm without arguments.
    fn harmless(&self) -> &'static [&'static str] {
        &[]
    }

    /// The token of the next page, if there is one.
    fn next_page(&self, members: &Map<String, Value>) -> Option<String> {
        let token = members.get(self.names().page_token)?.as_str()?;
        (!token.is_empty()).then(|| token.to_owned())
    }

    /// How many rows a page may have, if the call says so.
    fn page_size(&self, arguments: &Arguments) -> Option<usize> {
        match arguments.get(self.names().page_size)? {
            Value::String(text) => text.trim().parse().ok(),
            value => value.as_u64().and_then(|size| usize::try_from(size).ok()),
        }
    }

    /// Predicts the outcomes of a call. The belief must be closed until the call is sent.
    ///
    /// # Errors
    /// [`CannotPredict`] if the caller or the operation does not exist.
    fn predict(
        &self,
        belief: &Belief,
        call: &Call,
        window: Window,
    ) -> Result<Prediction<'_>, CannotPredict> {
        let (evaluation, outcome) = self.evaluate(self.spec(), belief, call)?;
        let expected = effects::expected(self, belief, call, (&outcome, &evaluation), window);
        let mut prediction = Prediction::new(evaluation, self.spec().gateway(), expected);
        prediction.guard(self.denied(self.spec(), call));
        Ok(prediction)
    }

    /// The entities that a call names, as far as the world knows them.
    fn named(&self, belief: &Belief, call: &Call) -> Vec<Entity> {
        match self.evaluate(self.spec(), belief, call) {
            Ok((_, Outcome::Remove(removal))) => removal.entities,
            Ok((_, Outcome::Add(addition))) => addition.entities,
            Ok((_, Outcome::Create(creation))) => creation.entities,
            _ => Vec::new(),
        }
    }

    /// What a success says about the state, and does to it.
    fn observe_success(
        &self,
        belief: &mut Belief,
        call: &Call,
        prediction: &Prediction<'_>,
        observed: &Observed,
        window: Window,
    ) {
        effects::observe(self, belief, call, prediction, observed, window);
    }

    /// What an error says about the state: nothing was done.
    fn observe_error(
        &self,
        belief: &mut Belief,
        call: &Call,
        prediction: &Prediction<'_>,
        conditions: ConditionSet,
    ) {
        effects::spend(self, belief, call, crate::set::Set::only(false), (None, &[]), 0);
        match prediction.because(conditions) {
            Some(Because::Share(share, values)) => {
                if let Some(share) = belief.shares.get_mut(*share) {
                    share.status = share.status & *values;
                }
            }
            Some(Because::Entity(share, entity, values)) => {
                if let Some(share) = belief.shares.get_mut(*share) {
                    let association = share.association_mut(entity);
                    association.status = association.status & *values;
                }
            }
            None => {}
        }
    }

    /// What a call without an answer leaves behind: the join of done and not done.
    fn observe_silence(
        &self,
        belief: &mut Belief,
        call: &Call,
        prediction: &Prediction<'_>,
        window: Window,
    ) {
        effects::silence(self, belief, call, prediction, window);
    }
}
