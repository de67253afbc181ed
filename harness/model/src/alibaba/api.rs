//! The Alibaba API behind the seam.

use super::conditions::NAMES;
use super::operations::{self, Outcome};
use super::{authorization, effects, rows};
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
        if ids.is_empty() {
            return Ok(api);
        }
        Ok(Self { spec: Self::spec_with(ids)?, ..api })
    }

    /// These documents, and the newest ones of the operations that they do not describe.
    ///
    /// # Errors
    /// [`SpecError`] if there is no such document, or if two describe one operation.
    pub fn spec_with(ids: &[&str]) -> Result<Spec, SpecError> {
        let named = Self::spec_of(ids)?;
        let newest = Self::spec_of(NEWEST)?;
        let taken: Vec<&String> =
            named.documents.iter().flat_map(|each| &each.operations).collect();
        let others = newest.documents.iter().filter(|each| {
            !ids.contains(&each.id.as_str())
                && !each.operations.iter().any(|name| taken.contains(&name))
        });
        let others = others.map(|each| each.id.as_str());
        let all: Vec<&str> = ids.iter().copied().chain(others).collect();
        Self::spec_of(&all)
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
            let found = *found.ok_or_else(|| SpecError::Unknown((*id).to_owned(), known()))?;
            if !documents.contains(&found) {
                documents.push(found);
            }
        }
        let others: Vec<_> = all.iter().filter(|each| !documents.contains(each)).copied().collect();
        Spec::load(NAMES, &documents, &others, sharespec_fixtures::ALIBABA_OPEN_POINTS)
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
            Outcome::Remove(removal) if effects::is_vague(belief, &removal) => {
                Expected::OpenAssociations
            }
            Outcome::Remove(removal) => effects::removed(belief, &removal, &evaluation, window),
            Outcome::Add(addition) => effects::added(self, belief, call, &addition, window),
            Outcome::Create(_) => effects::created(self, call),
            Outcome::Update(share) => effects::updated(belief, call, share),
            Outcome::Delete(_) | Outcome::Enable(_) => Expected::Acknowledged,
            Outcome::Accept(_) => effects::answered(call, true),
            Outcome::Reject(_) => effects::answered(call, false),
            Outcome::Show(expected) => expected,
        };
        let mut prediction = Prediction::new(evaluation, self.spec.gateway(), expected);
        prediction.guard(authorization::wrong(&self.spec, &self.world, call));
        Ok(prediction)
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
        for (id, rows) in [("alibaba-disassociate-2020", 15), ("alibaba-disassociate-ja", 24)] {
            let spec = Alibaba::spec_with(&[id]).unwrap();
            let operation = spec.operation("DisassociateResourceShare").unwrap();
            let own = operation.rows.iter().filter(|row| row.rule.is_some());
            assert_eq!(own.count(), rows, "{id}");
        }
    }

    /// What is in force with each document of each operation.
    fn every_spec() -> Vec<Spec> {
        let ids = sharespec_fixtures::DOCUMENTS.iter().map(|(id, _)| *id);
        ids.map(|id| Alibaba::spec_with(&[id]).unwrap()).collect()
    }

    #[test]
    fn a_document_takes_the_place_of_the_newest_of_its_operation() {
        let chosen = Alibaba::spec_with(&["alibaba-disassociate-2020"]).unwrap();
        let ids: Vec<&str> = chosen.documents.iter().map(|each| each.id.as_str()).collect();
        assert!(!ids.contains(&"alibaba-disassociate-2026-03"));
        assert_eq!(ids.len(), NEWEST.len());
        let both = ["alibaba-disassociate-2020", "alibaba-disassociate-ja"];
        assert!(matches!(Alibaba::spec_with(&both), Err(SpecError::Two(..))));
        assert!(matches!(Alibaba::spec_with(&["nothing"]), Err(SpecError::Unknown(..))));
    }

    #[test]
    fn what_another_revision_has_more_is_known() {
        let oldest = Alibaba::spec_with(&["alibaba-disassociate-2020"]).unwrap();
        let operation = oldest.operation("DisassociateResourceShare").unwrap();
        assert_eq!(operation.later_rows.len(), 9);
        assert_eq!(operation.later_members.len(), 3);
        assert_eq!(operation.undescribed, ["ResourceArns", "ResourceOwner"]);
        assert!(operation.any.has(oldest.condition("arns/malformed").unwrap()));
        let rule = |end: &str| oldest.in_force(&format!("alibaba-disassociate-2026-03/{end}"));
        assert_eq!(rule("effect/removed").unwrap(), "alibaba-disassociate-2020/effect/removed");
        assert_eq!(rule("effect/leave"), None);
        let newest = Alibaba::spec_of(NEWEST).unwrap();
        let operation = newest.operation("DisassociateResourceShare").unwrap();
        assert!(operation.later_rows.is_empty() && operation.undescribed.is_empty());
    }

    #[test]
    fn every_condition_has_an_answer_in_some_operation() {
        let specs = every_spec();
        let mut answered = ConditionSet::EMPTY;
        for operation in specs.iter().flat_map(|spec| spec.operations().into_values()) {
            answered = answered.or(operation.accepts).or(operation.any);
            operation.rows.iter().for_each(|row| answered = answered.or(row.conditions));
        }
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        spec.gateway().rows.iter().for_each(|row| answered = answered.or(row.conditions));
        let missing: Vec<_> =
            NAMES.iter().filter(|name| !answered.has(spec.condition(name).unwrap())).collect();
        assert!(missing.is_empty(), "conditions that nothing answers: {missing:?}");
    }

    #[test]
    fn every_rejecting_reading_is_named_by_a_row() {
        let mut named = std::collections::BTreeSet::new();
        for spec in every_spec() {
            let operations = spec.operations();
            let tables = operations.values().copied().chain([spec.gateway()]);
            for row in tables.flat_map(|operation| &operation.rows) {
                named.extend(row.readings.iter().map(|(_, reading)| spec.reading_name(*reading)));
            }
        }
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let reply_points = |point: &crate::spec::Point| point.conditions.is_empty();
        for point in spec.points.iter().filter(|point| !reply_points(point)) {
            for reading in point.readings.iter().filter(|each| !each.accepts && !each.any) {
                let name = format!("{}:{}", point.id, reading.name);
                assert!(named.contains(&name), "no row gives {name}");
            }
        }
    }
}
