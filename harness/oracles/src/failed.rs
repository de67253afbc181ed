//! Failures of the target's own: an association or a removal that was under way, or an acceptance, and
//! that is shown as failed although nothing was wrong with it. The documents list reasons that lie with
//! the server, an internal error among them, so one such failure proves nothing.

use crate::scene::Scene;
use sharespec_model::observation::{AssociationRow, InvitationRow, Observed};
use sharespec_model::prediction::Expected;
use sharespec_model::set::Set;
use sharespec_model::status::{AssociationStatus, InvitationStatus};

/// Whether an answer shows something that failed on its way, and that should not have.
pub fn is_shown(scene: &Scene<'_>, expected: &Expected, observed: &Observed) -> bool {
    match (expected, observed) {
        (Expected::Associations(wanted), Observed::Associations(rows)) => {
            let failed = Some(AssociationStatus::Failed);
            rows.iter().filter(|row| row.status == failed).any(|row| {
                let wanted = wanted.iter().find(|each| each.entity == row.entity);
                wanted.is_some_and(|wanted| !wanted.status.has(AssociationStatus::Failed))
            })
        }
        (_, Observed::Associations(rows)) => rows.iter().any(|row| on_its_way(scene, row)),
        (_, Observed::Invitations(rows)) => rows.iter().any(|row| acceptance(scene, row)),
        (_, Observed::Invitation(Some(row))) => acceptance(scene, row),
        _ => false,
    }
}

/// Whether a row failed that may have been in transition until now.
fn on_its_way(scene: &Scene<'_>, row: &AssociationRow) -> bool {
    let share = scene.belief.shares.iter().find(|share| share.id == row.share);
    let known = share.and_then(|share| share.association(&row.entity));
    row.status == Some(AssociationStatus::Failed)
        && known.is_some_and(|known| {
            !known.status.has(AssociationStatus::Failed)
                && known.status.values().any(AssociationStatus::in_transition)
        })
}

/// Whether an acceptance failed.
fn acceptance(scene: &Scene<'_>, row: &InvitationRow) -> bool {
    let failed = Set::only(InvitationStatus::AcceptFailed);
    let known = scene.belief.invitations.iter().find(|each| each.id.as_deref() == Some(&row.id));
    row.status == failed && known.is_some_and(|known| !known.status.meets(failed))
}
