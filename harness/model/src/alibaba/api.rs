//! The Alibaba API behind the seam.

use super::conditions::NAMES;
use super::operations::{self, Outcome};
use super::{effects, rows};
use crate::api::{Api, CannotPredict};
use crate::belief::{Belief, Window};
use crate::call::Call;
use crate::condition::{Because, ConditionSet};
use crate::observation::Observed;
use crate::prediction::{Expected, Prediction};
use crate::spec::{Spec, SpecError};
use crate::world::{Entity, World, WorldError};
use serde_json::{Map, Value};

/// The Alibaba API with its documents in one world.
#[derive(Debug)]
pub struct Alibaba {
    spec: Spec,
    world: World,
}

/// Why the API cannot be used as asked.
#[derive(Debug, thiserror::Error)]
pub enum UnusableApi {
    /// The world does not fit.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The documents do not fit.
    #[error(transparent)]
    Spec(#[from] SpecError),
}

/// The documents that are in force unless others are asked for: the newest of each operation.
pub const NEWEST: &[&str] = &[
    "alibaba-disassociate-2026-03",
    "alibaba-associate-2026-02",
    "alibaba-operations-2026",
    "alibaba-gateway",
];

impl Alibaba {
    /// The API with the newest document of each operation.
    ///
    /// # Errors
    /// [`WorldError::Api`] if the world is for another API.
    pub fn new(world: World) -> Result<Self, WorldError> {
        if world.file.api != "alibaba" {
            let found = world.file.api.clone();
            return Err(WorldError::Api { found, wanted: "alibaba".into() });
        }
        // The embedded tables are checked by a test; a table that does not load is a bug of ours.
        #[expect(clippy::expect_used, reason = "the embedded tables are checked by a test")]
        let spec = Self::spec_of(NEWEST).expect("the embedded tables load");
        Ok(Self { spec, world })
    }

    /// The API with these documents, and the newest ones of the operations that they do not
    /// describe.
    ///
    /// # Errors
    /// [`UnusableApi`] if a document does not exist, if two describe one operation, or if the world
    /// is for another API.
    pub fn with_documents(world: World, ids: &[&str]) -> Result<Self, UnusableApi> {
        let api = Self::new(world)?;
        let extra = ids.iter().filter(|id| !NEWEST.contains(id));
        let all: Vec<&str> = NEWEST.iter().chain(extra).copied().collect();
        match all.len() == NEWEST.len() {
            true => Ok(api),
            false => Ok(Self { spec: Self::spec_of(&all)?, ..api }),
        }
    }

    /// The documents of these ids.
    ///
    /// # Errors
    /// [`SpecError`] if there is no such document, or if two describe one operation.
    pub fn spec_of(ids: &[&str]) -> Result<Spec, SpecError> {
        let all = sharespec_fixtures::DOCUMENTS;
        let known = || all.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
        let mut documents = Vec::new();
        for id in ids {
            let found = all.iter().find(|(each, _)| each == id);
            documents.push(*found.ok_or_else(|| SpecError::Unknown((*id).to_owned(), known()))?);
        }
        Spec::load(NAMES, &documents, sharespec_fixtures::ALIBABA_OPEN_POINTS)
    }
}

impl Api for Alibaba {
    fn spec(&self) -> &Spec {
        &self.spec
    }

    fn world(&self) -> &World {
        &self.world
    }

    fn predict(
        &self,
        belief: &Belief,
        call: &Call,
        window: Window,
    ) -> Result<Prediction<'_>, CannotPredict> {
        let (evaluation, outcome) = operations::evaluate(&self.spec, &self.world, belief, call)?;
        let open = !evaluation.possible.and(evaluation.spec.any).is_empty();
        let expected = match outcome {
            Outcome::Remove(_) | Outcome::Add(_) if open => Expected::OpenAssociations,
            Outcome::Remove(removal) => effects::removed(belief, &removal, window),
            Outcome::Add(addition) => effects::added(self, belief, call, &addition, window),
            Outcome::Create(_) => effects::created(self, call),
            Outcome::Update(share) => effects::updated(belief, call, share),
            Outcome::Delete(_) | Outcome::Enable(_) => Expected::Acknowledged,
            Outcome::Accept(_) => effects::answered(call, true),
            Outcome::Reject(_) => effects::answered(call, false),
            Outcome::Show(expected) => expected,
        };
        Ok(Prediction::new(evaluation, expected))
    }

    fn named(&self, belief: &Belief, call: &Call) -> Vec<Entity> {
        match operations::evaluate(&self.spec, &self.world, belief, call) {
            Ok((_, Outcome::Remove(removal))) => removal.entities,
            Ok((_, Outcome::Add(addition) | Outcome::Create(addition))) => addition.entities,
            _ => Vec::new(),
        }
    }

    fn read(&self, operation: &str, members: Map<String, Value>) -> Observed {
        rows::read(&self.world, operation, members)
    }

    fn next_page(&self, members: &Map<String, Value>) -> Option<String> {
        let token = members.get("NextToken")?.as_str()?;
        (!token.is_empty()).then(|| token.to_owned())
    }

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

    fn observe_error(
        &self,
        belief: &mut Belief,
        prediction: &Prediction<'_>,
        conditions: ConditionSet,
    ) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_load() {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let operation = spec.operation("DisassociateResourceShare").unwrap();
        assert_eq!(operation.rows.iter().filter(|row| row.rule.is_some()).count(), 24);
        let operation = spec.operation("AssociateResourceShare").unwrap();
        assert_eq!(operation.rows.iter().filter(|row| row.rule.is_some()).count(), 42);
    }

    #[test]
    fn every_condition_has_an_answer_in_some_operation() {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let mut answered = ConditionSet::EMPTY;
        for operation in spec.operations().values() {
            answered = answered.or(operation.accepts).or(operation.any);
            operation.rows.iter().for_each(|row| answered = answered.or(row.conditions));
        }
        spec.gateway().rows.iter().for_each(|row| answered = answered.or(row.conditions));
        let missing: Vec<_> =
            NAMES.iter().filter(|name| !answered.has(spec.condition(name).unwrap())).collect();
        assert!(missing.is_empty(), "conditions that nothing answers: {missing:?}");
    }

    #[test]
    fn every_rejecting_reading_is_named_by_a_row() {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let mut named = std::collections::BTreeSet::new();
        for operation in spec.operations().values() {
            for row in &operation.rows {
                named.extend(row.readings.iter().map(|(_, reading)| spec.reading_name(*reading)));
            }
        }
        let reply_points = |point: &crate::spec::Point| point.conditions.is_empty();
        for point in spec.points.iter().filter(|point| !reply_points(point)) {
            for reading in point.readings.iter().filter(|each| !each.accepts && !each.any) {
                let name = format!("{}:{}", point.id, reading.name);
                assert!(named.contains(&name), "no row gives {name}");
            }
        }
    }
}
