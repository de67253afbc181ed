//! The Alibaba API behind the seam.

use super::authorization;
use super::conditions::NAMES;
use super::operations::{self, OPERATIONS};
use super::{properties, rows};
use crate::api::{Api, CannotPredict, UnusableApi};
use crate::call::Call;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::names::{Names, Operation, Operations, Own};
use crate::observation::Observed;
use crate::outcome::Outcome;
use crate::prediction::Wrong;
use crate::spec::{Library, Spec, SpecError};
use crate::world::{Resource, World, WorldError};
use serde_json::{Map, Value, json};

/// The Alibaba API with its documents in one world.
#[derive(Debug)]
pub struct Alibaba {
    spec: Spec,
    world: World,
}

/// The documents that are in force unless others are asked for: the newest of each operation.
pub const NEWEST: &[&str] = &[
    "alibaba-disassociate-2026-03",
    "alibaba-associate-2026-02",
    "alibaba-operations-2026",
    "alibaba-gateway",
];

/// The documents of the API.
pub const LIBRARY: Library = Library {
    conditions: NAMES,
    documents: sharespec_fixtures::DOCUMENTS,
    newest: NEWEST,
    points: sharespec_fixtures::ALIBABA_OPEN_POINTS,
};

impl Alibaba {
    /// The API with the newest document of each operation.
    ///
    /// # Errors
    /// [`WorldError::Api`] if the world is for another API.
    pub fn new(world: World) -> Result<Self, WorldError> {
        world.is_for("alibaba")?;
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
        LIBRARY.spec_with(ids)
    }

    /// The documents of these ids.
    ///
    /// # Errors
    /// [`SpecError`] if there is no such document, or if two describe one operation.
    pub fn spec_of(ids: &[&str]) -> Result<Spec, SpecError> {
        LIBRARY.spec_of(ids)
    }
}

impl Api for Alibaba {
    fn library(&self) -> &'static Library {
        &LIBRARY
    }

    fn spec(&self) -> &Spec {
        &self.spec
    }

    fn world(&self) -> &World {
        &self.world
    }

    fn names(&self) -> &'static Names {
        &CALLED
    }

    fn evaluate<'s>(
        &self,
        spec: &'s Spec,
        facts: &dyn Facts,
        call: &Call,
    ) -> Result<(Evaluation<'s>, Outcome), CannotPredict> {
        operations::evaluate(spec, &self.world, &facts, call)
    }

    fn denied(&self, spec: &Spec, call: &Call) -> Wrong {
        authorization::wrong(spec, &self.world, call)
    }

    fn read(&self, operation: &str, members: Map<String, Value>) -> Observed {
        rows::read(&self.world, operation, members)
    }

    fn is_property(&self, given: &Value, shown: &str) -> bool {
        properties::same_property(given, shown)
    }

    fn harmless(&self) -> &'static [&'static str] {
        &["CheckSharingWithResourceDirectoryStatus"]
    }

    fn own(&self, own: Own<'_>) -> Operation {
        let operations = &CALLED.operations;
        let pair = |resource: &Resource| json!([{ "ResourceType": resource.kind, "ResourceId": resource.id }]);
        match own {
            Own::Associations { share, resources } => (
                operations.list_associations,
                json!({
                    "AssociationType": if resources { "Resource" } else { "Target" },
                    "ResourceShareIds": [share],
                }),
            ),
            Own::Shares([]) => {
                (operations.list_shares, json!({ "ResourceOwner": "Self", "MaxResults": "1" }))
            }
            Own::Shares(ids) => (
                operations.list_shares,
                json!({ "ResourceOwner": "Self", "ResourceShareIds": ids }),
            ),
            Own::Invitations(share) => {
                (operations.list_invitations, json!({ "ResourceShareIds": [share] }))
            }
            Own::Reject(id) => (operations.reject, json!({ "ResourceShareInvitationId": id })),
            Own::Delete(share) => CALLED.on_share(operations.delete, share),
            Own::Create(name) => (operations.create, json!({ "ResourceShareName": name })),
            Own::Associate(share, resource) => (
                operations.associate,
                json!({ "ResourceShareId": share, "Resources": pair(resource) }),
            ),
            Own::Disassociate(share, resource) => (
                operations.disassociate,
                json!({ "ResourceShareId": share, "Resources": pair(resource) }),
            ),
        }
    }
}

/// How the API calls what every API has.
const CALLED: Names = Names {
    associations: "ResourceShareAssociations",
    principals_list: "SharedTargets",
    share: "ResourceShare",
    share_id: "ResourceShareId",
    share_name: "ResourceShareName",
    own_name: "ResourceShareName",
    share_owner: "ResourceShareOwner",
    share_status: "ResourceShareStatus",
    allow_external: "AllowExternalTargets",
    created: "CreateTime",
    updated: "UpdateTime",
    invited: "CreateTime",
    capitals: false,
    shared_with: "TargetId",
    groups: ["a directory", "a folder"],
    entity_type: "EntityType",
    external: Some("External"),
    arn: Some("ResourceArn"),
    status_message: "AssociationStatusMessage",
    principals: "Targets",
    invitation_id: "ResourceShareInvitationId",
    page_size: "MaxResults",
    page_token: "NextToken",
    longest_token: Some(256),
    client_token: None,
    default_page: Some(20),
    most_shares: 5,
    operations: Operations {
        create: "CreateResourceShare",
        associate: "AssociateResourceShare",
        disassociate: "DisassociateResourceShare",
        delete: "DeleteResourceShare",
        list_shares: "ListResourceShares",
        list_associations: "ListResourceShareAssociations",
        list_invitations: "ListResourceShareInvitations",
        reject: "RejectResourceShareInvitation",
        // It has no arguments that could be wrong, and cannot be undone.
        unprobed: &["EnableSharingWithResourceDirectory"],
        all: OPERATIONS,
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::ConditionSet;

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
