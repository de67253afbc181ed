//! Accepting and rejecting invitations, and sharing with the organization: their conditions.

use super::arns::Arn;
use super::conditions as c;
use super::evaluate::Scene;
use crate::evaluation::Evaluation;
use crate::facts::InvitationFacts;
use crate::lifecycle::{self, Unanswerable};
use crate::outcome::Answered;

const UNANSWERABLE: Unanswerable = Unanswerable {
    foreign: c::INVITATION_FOREIGN,
    accepted: c::INVITATION_ACCEPTED,
    rejected: c::INVITATION_REJECTED,
    expired: c::INVITATION_EXPIRED,
    ended: c::INVITATION_ENDED,
};

/// Evaluates AcceptResourceShareInvitation and RejectResourceShareInvitation.
pub fn answer(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Answered {
    let id = scene.text("resourceShareInvitationArn").unwrap_or_default().to_owned();
    Answered { id, found: invitation(scene, evaluation) }
}

fn invitation(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<InvitationFacts> {
    let arn = match scene.text("resourceShareInvitationArn") {
        None | Some("") => {
            evaluation.holds(c::INVITATION_MISSING);
            return None;
        }
        Some(arn) => arn,
    };
    let Some(invitation) = scene.facts.invitation(arn) else {
        let formed = Arn::read(arn).is_some();
        evaluation.holds(if formed { c::INVITATION_UNKNOWN } else { c::INVITATION_MALFORMED });
        return None;
    };
    lifecycle::answered(invitation, scene.caller, UNANSWERABLE, evaluation)
}

/// Evaluates EnableSharingWithAwsOrganization: the organization that the caller manages.
pub fn enable(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<u16> {
    let position = scene.world.directory_of(scene.caller);
    let manager = position.and_then(|position| scene.world.directory(position));
    let manager = manager.map(|each| each.management_account.as_str());
    if manager != Some(scene.world.role_of(scene.caller)) {
        evaluation.holds(c::NOT_MANAGEMENT);
        return None;
    }
    if let Some(position) = position {
        let enabled = |enabled: bool| enabled.then_some(c::ALREADY_ENABLED);
        evaluation.by_fact(scene.facts.enabled(position), |_| None, enabled);
    }
    position
}
