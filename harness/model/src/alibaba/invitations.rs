//! Accepting and rejecting invitations, and the operations on directories: their conditions.

use super::conditions as c;
use super::evaluate::Scene;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, InvitationFacts};
use crate::lifecycle::{self, Unanswerable};
use crate::outcome::Answered;
use crate::set::Set;

const UNANSWERABLE: Unanswerable = Unanswerable {
    foreign: c::INVITATION_FOREIGN,
    accepted: c::INVITATION_ACCEPTED,
    rejected: c::INVITATION_REJECTED,
    expired: c::INVITATION_EXPIRED,
    ended: c::INVITATION_ENDED,
};

/// Evaluates AcceptResourceShareInvitation and RejectResourceShareInvitation.
pub fn answer<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Answered {
    let id = scene.arguments.text("ResourceShareInvitationId").unwrap_or_default().to_owned();
    Answered { id, found: invitation(scene, evaluation) }
}

fn invitation<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Option<InvitationFacts> {
    let id = match scene.arguments.text("ResourceShareInvitationId") {
        None => {
            evaluation.holds(c::INVITATION_ID_MISSING);
            return None;
        }
        Some("") => {
            evaluation.holds(c::INVITATION_ID_EMPTY);
            return None;
        }
        Some(id) => id,
    };
    let Some(invitation) = scene.facts.invitation(id) else {
        let formed = scene.facts.has_form_of_invitation_id(id);
        evaluation.holds(if formed { c::INVITATION_UNKNOWN } else { c::INVITATION_ID_INVALID });
        return None;
    };
    lifecycle::answered(invitation, scene.caller, UNANSWERABLE, evaluation)
}

/// Evaluates EnableSharingWithResourceDirectory: the directory that the caller manages.
pub fn enable<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Option<u16> {
    let Some(position) = scene.world.directory_of(scene.caller) else {
        evaluation.holds(c::DIRECTORY_NONE);
        return None;
    };
    let manager = scene.world.directory(position).map(|each| each.management_account.as_str());
    if manager != Some(scene.world.role_of(scene.caller)) {
        evaluation.holds(c::DIRECTORY_NOT_MANAGEMENT);
        if scene.facts.enabled(position).has(true) {
            // It is enabled all the same, and which of the two is answered is open.
            evaluation.may_hold(c::DIRECTORY_ENABLED);
        }
        return None;
    }
    evaluation.by_fact(
        scene.facts.enabled(position),
        |_| None,
        |enabled| enabled.then_some(c::DIRECTORY_ENABLED),
    );
    Some(position)
}

/// Evaluates CheckSharingWithResourceDirectoryStatus: what it answers.
pub fn check<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Set<bool> {
    match scene.world.directory_of(scene.caller) {
        Some(position) => scene.facts.enabled(position),
        None => {
            evaluation.holds(c::DIRECTORY_NONE);
            Set::any()
        }
    }
}
