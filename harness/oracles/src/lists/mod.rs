//! Lists read back: every row meets the filters and is explained by the belief, and what is believed
//! to be there is.

mod associations;
mod shared;
mod shares;

use associations::{associations, foreign};
use shared::shared;
use shares::shares;

use crate::finding::{Check, Finding};
use crate::permissions;
use crate::scene::Scene;
use sharespec_model::belief::{Invitation, Share};
use sharespec_model::observation::{InvitationRow, Observed};
use sharespec_model::prediction::{Expected, InvitationFilter};
use sharespec_model::status::InvitationStatus;

/// Judges a list. `whole` says whether all of its pages were read.
pub fn judge(
    scene: &Scene<'_>,
    expected: &Expected,
    observed: &Observed,
    whole: bool,
) -> Vec<Finding> {
    match (expected, observed) {
        (Expected::AssociationList(filter), Observed::Associations(rows)) => {
            associations(scene, filter, rows, whole)
        }
        (Expected::ShareList(filter), Observed::Shares(rows)) => shares(scene, filter, rows, whole),
        (Expected::SharedList(filter), Observed::Shared(rows)) => {
            shared(scene, filter, rows, whole)
        }
        (Expected::InvitationList(filter), Observed::Invitations(rows)) => {
            invitations(scene, filter, rows, whole)
        }
        (Expected::PermissionList(Some(share)), Observed::Permissions(rows)) => {
            let share = scene.belief.shares.get(*share);
            share.map_or_else(Vec::new, |share| permissions::judge(scene, share, rows, whole))
        }
        _ => Vec::new(),
    }
}

fn list_rule(scene: &Scene<'_>, observed: &str, actual: String) -> Finding {
    let rule = scene.operation.rule("list/isolation");
    Finding::new(scene.spec(), Check::Isolation, rule, observed).actual(actual)
}

fn missing(scene: &Scene<'_>, observed: &str, expected: String) -> Finding {
    let rule = scene.operation.rule("list/rows");
    Finding::new(scene.spec(), Check::Effects, rule, observed).expected([expected])
}

/// Judges a list of which the answer is open for all but what it may never show.
pub fn judge_open(scene: &Scene<'_>, expected: &Expected, observed: &Observed) -> Vec<Finding> {
    let (Expected::AssociationList(filter), Observed::Associations(rows)) = (expected, observed)
    else {
        return Vec::new();
    };
    let judged = scene.belief.shares.iter().filter_map(|share| {
        let own: Vec<_> = rows.iter().filter(|row| row.share == share.id).collect();
        match share.owner == filter.caller {
            true => own.first().filter(|_| filter.sources && !share.others).map(|row| {
                let observed = "a list of sources has what is none";
                list_rule(scene, observed, row.row.to_string())
            }),
            false => foreign(scene, share, filter.caller, &own),
        }
    });
    judged.collect()
}

/// What is observed where the owner of the share did not send an invitation.
pub(crate) const OTHER_SENDER: &str = "an invitation that the owner of its share did not send";

/// The owner of the share of an invitation, if another account is said to have sent it.
pub(crate) fn other_sender<'a>(scene: &Scene<'a>, row: &InvitationRow) -> Option<&'a str> {
    let share = scene.belief.shares.iter().find(|share| share.id == row.share)?;
    let owner = scene.world().account_id(share.owner);
    row.sender.as_deref().is_some_and(|sender| sender != owner).then_some(owner)
}

fn invitations(
    scene: &Scene<'_>,
    filter: &InvitationFilter,
    found: &[InvitationRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = scene.world().account_id(filter.caller);
    for row in found {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&row.share))
            && filter.ids.as_ref().is_none_or(|ids| ids.contains(&row.id));
        let received = row.receiver.as_deref().is_none_or(|receiver| receiver == own);
        if !(asked && received) {
            let observed = "an invitation of another account, or one that was not asked for";
            findings.push(list_rule(scene, observed, row.row.to_string()));
        }
        if let Some(owner) = other_sender(scene, row) {
            let finding = missing(scene, OTHER_SENDER, owner.to_owned());
            findings.push(finding.actual(row.row.to_string()));
        }
    }
    for (invitation, share) in unlisted(scene, filter, found).filter(|_| whole) {
        if !may_be_sent_yet(scene, invitation) {
            findings.push(missing(scene, "an open invitation is not listed", share.id.clone()));
        }
    }
    findings
}

/// Whether an invitation that should be on a list is not, and may not have been sent yet.
pub fn waits(scene: &Scene<'_>, expected: &Expected, observed: &Observed) -> bool {
    match (expected, observed) {
        (Expected::InvitationList(filter), Observed::Invitations(rows)) => {
            unlisted(scene, filter, rows).any(|(each, _)| may_be_sent_yet(scene, each))
        }
        _ => false,
    }
}

fn may_be_sent_yet(scene: &Scene<'_>, invitation: &Invitation) -> bool {
    scene.window.from <= invitation.created.to
}

/// The open invitations that are asked for and not listed.
fn unlisted<'s>(
    scene: &'s Scene<'_>,
    filter: &'s InvitationFilter,
    found: &'s [InvitationRow],
) -> impl Iterator<Item = (&'s Invitation, &'s Share)> {
    let received = scene.belief.invitations.iter().filter(|each| each.receiver == filter.caller);
    received.filter_map(move |invitation| {
        let share = scene.belief.shares.get(invitation.share)?;
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id))
            && filter
                .ids
                .as_ref()
                .is_none_or(|ids| invitation.id.as_ref().is_some_and(|id| ids.contains(id)));
        let mut rows = found.iter().filter(|row| row.share == share.id);
        let listed = rows.any(|row| row.status.meets(invitation.status));
        let pending = invitation.status.single() == Some(InvitationStatus::Pending);
        (asked && pending && !listed).then_some((invitation, share))
    })
}
