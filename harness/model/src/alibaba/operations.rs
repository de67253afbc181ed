//! The operations of the Alibaba API: which conditions each looks at, and what it would do.

use super::arguments::View;
use super::associate;
use super::conditions as c;
use super::disassociate;
use super::evaluate::{self, Mode, Scene};
use super::{invitations, lists, parameters};
use crate::api::CannotPredict;
use crate::call::Call;
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::outcome::Outcome;
use crate::prediction::Expected;
use crate::set::Set;
use crate::spec::Spec;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::World;

/// The operations that the model knows.
pub const OPERATIONS: &[&str] = &[
    "DisassociateResourceShare",
    "AssociateResourceShare",
    "CreateResourceShare",
    "UpdateResourceShare",
    "DeleteResourceShare",
    "ListResourceShares",
    "ListResourceShareAssociations",
    "ListSharedResources",
    "ListSharedTargets",
    "ListResourceShareInvitations",
    "ListResourceSharePermissions",
    "AcceptResourceShareInvitation",
    "RejectResourceShareInvitation",
    "EnableSharingWithResourceDirectory",
    "CheckSharingWithResourceDirectoryStatus",
    "DescribeRegions",
];

/// Evaluates a call: its conditions, and what it would do.
///
/// # Errors
/// [`CannotPredict`] if the caller or the operation does not exist.
pub fn evaluate<'s, F: Facts>(
    spec: &'s Spec,
    world: &World,
    facts: &F,
    call: &Call,
) -> Result<(Evaluation<'s>, Outcome), CannotPredict> {
    let operation = spec
        .operation(&call.operation)
        .ok_or_else(|| CannotPredict::Operation(call.operation.clone()))?;
    let caller =
        world.account(&call.caller).ok_or_else(|| CannotPredict::Caller(call.caller.clone()))?;
    let mut evaluation = Evaluation::new(operation);
    let scene = Scene { world, facts, call, caller, arguments: View(&call.arguments) };
    parameters::common(scene, &mut evaluation);
    let outcome = outcome(scene, &mut evaluation)?;
    Ok((evaluation, outcome))
}

fn outcome<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Result<Outcome, CannotPredict> {
    Ok(match scene.call.operation.as_str() {
        "DisassociateResourceShare" => Outcome::Remove(disassociate::evaluate(scene, evaluation)),
        "AssociateResourceShare" => Outcome::Add(associate::associate(scene, evaluation)),
        "CreateResourceShare" => Outcome::Create(associate::create(scene, evaluation)),
        "UpdateResourceShare" => Outcome::Update(associate::update(scene, evaluation)),
        "DeleteResourceShare" => Outcome::Delete(delete(scene, evaluation)),
        "ListResourceShares" => Outcome::Show(lists::shares(scene, evaluation)),
        "ListResourceShareAssociations" => Outcome::Show(lists::associations(scene, evaluation)),
        "ListSharedResources" => Outcome::Show(lists::shared(scene, true, evaluation)),
        "ListSharedTargets" => Outcome::Show(lists::shared(scene, false, evaluation)),
        "ListResourceShareInvitations" => Outcome::Show(lists::invitations(scene, evaluation)),
        "ListResourceSharePermissions" => Outcome::Show(lists::permissions(scene, evaluation)),
        "AcceptResourceShareInvitation" => Outcome::Accept(invitations::answer(scene, evaluation)),
        "RejectResourceShareInvitation" => Outcome::Reject(invitations::answer(scene, evaluation)),
        "EnableSharingWithResourceDirectory" => {
            Outcome::Enable(invitations::enable(scene, evaluation))
        }
        "CheckSharingWithResourceDirectoryStatus" => {
            Outcome::Show(Expected::Enabled(invitations::check(scene, evaluation)))
        }
        "DescribeRegions" => Outcome::Show(Expected::Regions(scene.world.file.region.clone())),
        other => return Err(CannotPredict::Operation(other.to_owned())),
    })
}

fn delete<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Option<ShareFacts> {
    let share = evaluate::share(scene, Mode::Owner, evaluation)?;
    evaluation.holds_if(scene.arguments.is_irregular(), c::LISTS_IRREGULAR);
    let moving = Set::of(&[AssociationStatus::Associating, AssociationStatus::Disassociating]);
    let over = Set::of(&[
        InvitationStatus::Rejected,
        InvitationStatus::Expired,
        InvitationStatus::Cancelled,
    ]);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if facts.is_invited() || !facts.status.meets(moving) {
            return;
        }
        let because = Because::Entity(share.handle, entity.clone(), moving);
        // Whether the row that an invitation left behind is a task is open.
        let certain = facts.status.within(moving) && !facts.invitation.meets(over);
        evaluation.find(c::SHARE_UNFINISHED, certain, Some(because));
        evaluation.blocked |= certain;
    });
    let open = scene.facts.open_invitations(share.handle);
    if open.has(true) {
        evaluation.find(c::SHARE_INVITATION_OPEN, open == Set::only(true), None);
    }
    Some(share)
}
