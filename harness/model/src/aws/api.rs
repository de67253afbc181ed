//! AWS RAM behind the seam.

use super::conditions::NAMES;
use super::evaluate::{self, Scene};
use super::tokens::{self, Repeats};
use super::{add, invitations, lists, remove, rows};
use crate::api::{Api, CannotPredict, UnusableApi};
use crate::call::Call;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::names::{Names, Operation, Operations, Own};
use crate::observation::Observed;
use crate::outcome::Outcome;
use crate::spec::{Library, Spec};
use crate::world::World;
use serde_json::{Map, Value, json};

/// AWS RAM with its documents in one world.
#[derive(Debug)]
pub struct Aws {
    spec: Spec,
    world: World,
}

/// The documents that are in force unless others are asked for.
pub const NEWEST: &[&str] = &["aws-ram-disassociate", "aws-ram-operations", "aws-gateway"];

/// The documents of the API.
pub const LIBRARY: Library = Library {
    conditions: NAMES,
    documents: sharespec_fixtures::AWS_DOCUMENTS,
    newest: NEWEST,
    points: sharespec_fixtures::AWS_OPEN_POINTS,
};

/// The operations that the model knows.
pub const OPERATIONS: &[&str] = &[
    "DisassociateResourceShare",
    "AssociateResourceShare",
    "CreateResourceShare",
    "UpdateResourceShare",
    "DeleteResourceShare",
    "GetResourceShares",
    "GetResourceShareAssociations",
    "ListResources",
    "ListPrincipals",
    "GetResourceShareInvitations",
    "AcceptResourceShareInvitation",
    "RejectResourceShareInvitation",
    "EnableSharingWithAwsOrganization",
];

impl Aws {
    /// The API with the newest document of each operation.
    ///
    /// # Errors
    /// [`UnusableApi`] if the world is for another API.
    pub fn new(world: World) -> Result<Self, UnusableApi> {
        Self::with_documents(world, &[])
    }

    /// The API with these documents, and the newest ones of the operations that they do not
    /// describe.
    ///
    /// # Errors
    /// [`UnusableApi`] if a document does not exist, if two describe one operation, or if the world
    /// is for another API.
    pub fn with_documents(world: World, ids: &[&str]) -> Result<Self, UnusableApi> {
        world.is_for("aws")?;
        let spec = match ids {
            [] => LIBRARY.spec_of(NEWEST)?,
            ids => LIBRARY.spec_with(ids)?,
        };
        Ok(Self { spec, world })
    }
}

impl Api for Aws {
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
        let operation = spec
            .operation(&call.operation)
            .ok_or_else(|| CannotPredict::Operation(call.operation.clone()))?;
        let caller = self
            .world
            .account(&call.caller)
            .ok_or_else(|| CannotPredict::Caller(call.caller.clone()))?;
        let scene = Scene { world: &self.world, facts, call, caller };
        let mut evaluation = Evaluation::new(operation);
        evaluate::members(scene, &mut evaluation);
        let repeats = tokens::evaluate(scene, &mut evaluation);
        let Repeats::Certainly(spent) = repeats else {
            let outcome = outcome(scene, &mut evaluation)?;
            evaluation.blocked &= matches!(repeats, Repeats::No);
            return Ok((evaluation, outcome));
        };
        // What is answered as before has no conditions of its own.
        let outcome = outcome(scene, &mut Evaluation::new(operation))?;
        Ok((evaluation, Outcome::Repeat(spent, Box::new(outcome))))
    }

    fn read(&self, operation: &str, members: Map<String, Value>) -> Observed {
        rows::read(&self.world, operation, members)
    }

    fn own(&self, own: Own<'_>) -> Operation {
        let operations = &CALLED.operations;
        match own {
            Own::Associations { share, resources } => (
                operations.list_associations,
                json!({
                    "associationType": if resources { "RESOURCE" } else { "PRINCIPAL" },
                    "resourceShareArns": [share],
                }),
            ),
            Own::Shares([]) => {
                (operations.list_shares, json!({ "resourceOwner": "SELF", "maxResults": 1 }))
            }
            Own::Shares(ids) => (
                operations.list_shares,
                json!({ "resourceOwner": "SELF", "resourceShareArns": ids }),
            ),
            Own::Invitations(share) => {
                (operations.list_invitations, json!({ "resourceShareArns": [share] }))
            }
            Own::Reject(id) => (operations.reject, json!({ "resourceShareInvitationArn": id })),
            Own::Delete(share) => CALLED.on_share(operations.delete, share),
            Own::Create(name) => {
                (operations.create, json!({ "name": name, "allowExternalPrincipals": false }))
            }
            Own::Associate(share, resource) => (
                operations.associate,
                json!({ "resourceShareArn": share, "resourceArns": [resource.id] }),
            ),
            Own::Disassociate(share, resource) => (
                operations.disassociate,
                json!({ "resourceShareArn": share, "resourceArns": [resource.id] }),
            ),
        }
    }
}

fn outcome(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Result<Outcome, CannotPredict> {
    Ok(match scene.call.operation.as_str() {
        "DisassociateResourceShare" => Outcome::Remove(remove::disassociate(scene, evaluation)),
        "AssociateResourceShare" => Outcome::Add(add::associate(scene, evaluation)),
        "CreateResourceShare" => Outcome::Create(add::create(scene, evaluation)),
        "UpdateResourceShare" => Outcome::Update(add::update(scene, evaluation)),
        "DeleteResourceShare" => Outcome::Delete(remove::delete(scene, evaluation)),
        "GetResourceShares" => Outcome::Show(lists::shares(scene, evaluation)),
        "GetResourceShareAssociations" => Outcome::Show(lists::associations(scene, evaluation)),
        "ListResources" => Outcome::Show(lists::shared(scene, true, evaluation)),
        "ListPrincipals" => Outcome::Show(lists::shared(scene, false, evaluation)),
        "GetResourceShareInvitations" => Outcome::Show(lists::invitations(scene, evaluation)),
        "AcceptResourceShareInvitation" => Outcome::Accept(invitations::answer(scene, evaluation)),
        "RejectResourceShareInvitation" => Outcome::Reject(invitations::answer(scene, evaluation)),
        "EnableSharingWithAwsOrganization" => {
            Outcome::Enable(invitations::enable(scene, evaluation))
        }
        other => return Err(CannotPredict::Operation(other.to_owned())),
    })
}

/// How the API calls what every API has.
const CALLED: Names = Names {
    associations: "resourceShareAssociations",
    principals_list: "principals",
    share: "resourceShare",
    share_id: "resourceShareArn",
    share_name: "resourceShareName",
    own_name: "name",
    share_owner: "owningAccountId",
    share_status: "status",
    allow_external: "allowExternalPrincipals",
    created: "creationTime",
    updated: "lastUpdatedTime",
    invited: "invitationTimestamp",
    capitals: true,
    shared_with: "id",
    groups: ["an organization", "an organizational unit"],
    entity_type: "associationType",
    // What it says contradicts its name.
    external: None,
    arn: None,
    status_message: "statusMessage",
    principals: "principals",
    invitation_id: "resourceShareInvitationArn",
    page_size: "maxResults",
    page_token: "nextToken",
    longest_token: None,
    client_token: Some("clientToken"),
    default_page: None,
    most_shares: 20,
    operations: Operations {
        create: "CreateResourceShare",
        associate: "AssociateResourceShare",
        disassociate: "DisassociateResourceShare",
        delete: "DeleteResourceShare",
        list_shares: "GetResourceShares",
        list_associations: "GetResourceShareAssociations",
        list_invitations: "GetResourceShareInvitations",
        reject: "RejectResourceShareInvitation",
        // It has no arguments that could be wrong, and what it does is not undone.
        unprobed: &["EnableSharingWithAwsOrganization"],
        all: OPERATIONS,
    },
};
