//! Deep faults of AWS RAM: what the enumerated suite is not built for. They measure the fuzzer, and are in no
//! catalogue that the suite must catch.

use super::tools::named;
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::faults::depth::{
    added, changed, did, each_row, end_first, ended, keep, live, moving, pending, race, records,
    removed, shares_with, stay, undo_others,
};
use crate::faults::tools::{
    caller, end_rows, is_own, lists_associations, removes, restore, share, share_mut,
};
use crate::faults::when;
use crate::state::State;
use serde_json::Value;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::Entity;

const OTHERS: &str = "aws-ram-disassociate/isolation/others";
const REMOVED: &str = "aws-ram-disassociate/effect/removed";
const REJECTED_REMOVAL: &str = "aws-ram-disassociate/effect/rejected";
const REPEATED: &str = "aws-ram-disassociate/effect/repeated";
const CREATED: &str = "aws-ram-operations/CreateResourceShare/effect/created";
const ADDED: &str = "aws-ram-operations/AssociateResourceShare/effect/associated";
const BESIDE: &str = "aws-ram-operations/AssociateResourceShare/isolation/others";
const UPDATED: &str = "aws-ram-operations/UpdateResourceShare/effect/updated";
const DELETED: &str = "aws-ram-operations/DeleteResourceShare/effect/deleted";
const LISTED: &str = "aws-ram-operations/GetResourceShareAssociations/list/rows";
const RESOURCES_LISTED: &str = "aws-ram-operations/ListResources/list/rows";
const REJECTED: &str =
    "aws-ram-operations/RejectResourceShareInvitation/effect/rejected-invitation";

/// The deep faults.
pub(in crate::aws) const DEEP: &[Change] = &[
    when(
        |moment| added(moment) && named(moment).iter().any(|each| ended(moment, each) >= 2),
        "third-association-of-an-entity-fails",
        "What was associated and removed twice fails when it is associated again.",
        &[ADDED],
        &[Effect::After(|state, moment| {
            let again: Vec<Entity> =
                named(moment).into_iter().filter(|each| ended(moment, each) >= 2).collect();
            each_row(state, moment, |row| {
                row.fails |=
                    again.contains(&row.entity) && row.status == AssociationStatus::Associating;
            });
        })],
    ),
    when(
        |moment| {
            let principals = || named(moment).into_iter().filter(|each| !each.is_resource());
            removed(moment)
                && principals().count() > 0
                && principals().count() == live(moment, false)
                && live(moment, true) >= 2
        },
        "last-principal-takes-a-resource",
        "With the last principal the first of several resources leaves the share.",
        &[OTHERS],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| did(moment, "DeleteResourceShare"),
        "deletion-takes-resources-elsewhere",
        "What a deleted share holds leaves the other shares of its owner that hold it.",
        &[OTHERS],
        &[Effect::After(|state, moment| {
            let Some(gone) = share(moment) else { return };
            let held = |entity: &Entity| {
                gone.rows.iter().any(|row| row.entity == *entity && row.status.is_live())
            };
            let others = state.shares.iter_mut();
            for each in others.filter(|each| each.id != gone.id && each.owner == gone.owner) {
                end_rows(each, moment.now, |row| row.entity.is_resource() && held(&row.entity));
            }
        })],
    ),
    when(
        |moment| removed(moment) && named(moment).iter().any(|each| shares_with(moment, each) >= 3),
        "removed-from-all-of-three-shares",
        "What is in three shares leaves all of them.",
        &[OTHERS],
        &[Effect::After(|state, moment| {
            let gone = named(moment);
            for each in &mut state.shares {
                end_rows(each, moment.now, |row| gone.contains(&row.entity));
            }
        })],
    ),
    when(
        |moment| did(moment, "AcceptResourceShareInvitation") && pending(moment) >= 2,
        "acceptance-takes-a-resource",
        "Who accepts while another is still invited takes the first resource away.",
        &[BESIDE],
        &[Effect::After(|state, moment| {
            if let Some(share) = invited_to(moment).and_then(|at| state.shares.get_mut(at)) {
                end_first(share, moment.now, &[]);
            }
        })],
    ),
    when(
        |moment| did(moment, "RejectResourceShareInvitation") && moment.turn >= 2,
        "second-rejection-joins",
        "Who rejects second is a principal all the same.",
        &[REJECTED],
        &[Effect::After(|state, moment| {
            let id = moment.text("resourceShareInvitationArn").unwrap_or_default();
            let Some(of) = moment.state.invitations.iter().find(|each| each.id == id) else {
                return;
            };
            let entity = Entity::Principal(u32::from(of.receiver.0));
            if let Some(row) = state.shares.get_mut(of.share).and_then(|each| each.row_mut(&entity))
            {
                (row.status, row.due) = (AssociationStatus::Associated, None);
            }
        })],
    ),
    when(
        |moment| {
            let asked = moment.call.and_then(|call| call.arguments.get("maxResults"));
            lists_associations(moment) && asked.and_then(Value::as_i64) == Some(3)
        },
        "third-of-three-missing",
        "Of pages of three rows the last row is missing.",
        &[LISTED],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply).filter(|rows| rows.len() == 3) {
                rows.pop();
            }
        })],
    ),
    when(
        |moment| {
            lists_associations(moment)
                && moment.text("associationStatus") == Some("ASSOCIATED")
                && moment.text("principal").is_some()
        },
        "two-filters-find-nothing",
        "A filter by status and one by principal together find nothing.",
        &[LISTED],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply) {
                rows.clear();
            }
        })],
    ),
    when(
        |moment| did(moment, "UpdateResourceShare") && moment.turn >= 3,
        "third-update-closes-the-share",
        "The third change of a share closes it to principals outside.",
        &[UPDATED],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.external = false;
            }
        })],
    ),
    when(
        |moment| added(moment) && moving(moment, &named(moment), AssociationStatus::Disassociating),
        "association-brings-back-what-leaves",
        "Who associates while something leaves brings it back.",
        &[BESIDE],
        &[Effect::After(|state, moment| {
            each_row(state, moment, |row| {
                if row.status == AssociationStatus::Disassociating {
                    (row.status, row.due) = (AssociationStatus::Associated, None);
                }
            });
        })],
    ),
    when(
        |moment| {
            let own = caller(moment).map(|caller| moment.world.principal_of(caller));
            removed(moment) && named(moment).first() == own.as_ref()
        },
        "leaving-one-leaves-all",
        "Who leaves a share leaves the other shares of its owner too.",
        &[OTHERS],
        &[Effect::After(|state, moment| {
            let Some(left) = share(moment) else { return };
            let own = caller(moment).map(|caller| moment.world.principal_of(caller));
            let others = state.shares.iter_mut();
            for each in others.filter(|each| each.owner == left.owner && each.id != left.id) {
                end_rows(each, moment.now, |row| Some(&row.entity) == own.as_ref());
            }
        })],
    ),
    when(
        |moment| added(moment) && moment.turn >= 8,
        "eighth-association-not-done",
        "From the eighth association on nothing is done.",
        &[ADDED],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| moment.accepted && moment.state.spent.len() >= 2,
        "forgets-the-first-of-two-tokens",
        "With the second token the first one is forgotten.",
        &[REPEATED],
        &[Effect::After(|state, _| {
            if state.spent.len() >= 2 && state.answers.len() == state.spent.len() {
                state.spent.remove(0);
                state.answers.remove(0);
            }
        })],
    ),
    race(
        |moment, since| added(moment) && changed(moment, since),
        "racing-additions-lose-one",
        "Who associates something at the same time as another undoes what the other put in.",
        &[BESIDE],
        &[Effect::After(|state, moment| undo_others(state, moment, &named(moment)))],
    ),
    race(
        |moment, since| removed(moment) && changed(moment, since),
        "racing-removal-not-done",
        "A removal at the same time as another change is not done, though the answer says so.",
        &[REMOVED],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    race(
        |moment, since| did(moment, "DeleteResourceShare") && changed(moment, since),
        "racing-deletion-not-done",
        "A share that is changed while it is deleted stays, though the answer says that it does not.",
        &[DELETED],
        &[Effect::After(stay)],
    ),
    race(
        |moment, since| did(moment, "UpdateResourceShare") && changed(moment, since),
        "racing-update-not-done",
        "A change of a share at the same time as another is not done, though the answer says so.",
        &[UPDATED],
        &[Effect::After(|state, moment| {
            if let (Some(before), Some(share)) = (share(moment), share_mut(state, moment)) {
                (share.name, share.external) = (before.name.clone(), before.external);
            }
        })],
    ),
    when(
        |moment| did(moment, "CreateResourceShare") && moment.turn >= 4,
        "fourth-share-is-for-anyone",
        "From the fourth share on, shares are for principals outside as well.",
        &[CREATED],
        &[Effect::After(|state, _| {
            if let Some(share) = state.shares.last_mut() {
                share.external = true;
            }
        })],
    ),
    when(
        |moment| {
            did(moment, "CreateResourceShare")
                && moment.text("clientToken").is_some()
                && !moment.list("resourceArns").is_empty()
                && moment.list("principals").len() >= 2
        },
        "token-with-both-lists-loses-a-principal",
        "A share that is made with a token, with resources and with several principals lacks the last of them.",
        &[CREATED],
        &[Effect::After(|state, moment| {
            let last = moment.list("principals").last().and_then(Value::as_str);
            let last = last.and_then(|id| moment.world.principal(id));
            if let Some(share) = state.shares.last_mut() {
                share.rows.retain(|row| Some(&row.entity) != last.as_ref());
            }
        })],
    ),
    when(
        |moment| {
            added(moment)
                && live(moment, true) >= 5
                && named(moment).iter().any(Entity::is_resource)
        },
        "sixth-resource-drops-the-first",
        "Who adds a sixth resource loses the first.",
        &[BESIDE],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| removed(moment) && live(moment, false) >= 6,
        "nothing-leaves-a-crowd",
        "Where six principals are in a share, nothing is removed, though the answer says so.",
        &[REMOVED],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| {
            removed(moment)
                && moment.list("principals").len() >= 2
                && moment.list("resourceArns").len() >= 3
        },
        "last-of-many-stays",
        "Of two principals beside three resources the last one stays.",
        &[REMOVED],
        &[Effect::After(|state, moment| {
            if let Some(last) = named(moment).iter().rev().find(|each| !each.is_resource()) {
                restore(state, moment, last);
            }
        })],
    ),
    when(
        |moment| did(moment, "DeleteResourceShare") && records(moment) >= 3,
        "a-share-with-records-stays",
        "A share that three things left is not deleted, though the answer says so.",
        &[DELETED],
        &[Effect::After(stay)],
    ),
    when(
        |moment| {
            did(moment, "UpdateResourceShare")
                && moving(moment, &[], AssociationStatus::Associating)
        },
        "update-ends-what-arrives",
        "A change of a share ends what is on its way into it.",
        &[UPDATED],
        &[Effect::After(|state, moment| {
            each_row(state, moment, |row| {
                if row.status == AssociationStatus::Associating && row.due.is_some() {
                    (row.status, row.due) = (AssociationStatus::Failed, None);
                }
            });
        })],
    ),
    when(
        |moment| did(moment, "UpdateResourceShare") && records(moment) >= 2,
        "update-brings-back-who-left",
        "A change of a share that two things left brings the first of them back.",
        &[UPDATED],
        &[Effect::After(|state, moment| {
            let mut left = true;
            each_row(state, moment, |row| {
                if row.status.is_ended() && std::mem::take(&mut left) {
                    (row.status, row.due) = (AssociationStatus::Associated, None);
                }
            });
        })],
    ),
    when(
        |moment| {
            let own = caller(moment).map(|caller| moment.world.principal_of(caller));
            removed(moment) && named(moment).first() == own.as_ref() && pending(moment) > 0
        },
        "leaver-takes-the-invited",
        "Who leaves a share takes along who is still invited to it.",
        &[OTHERS],
        &[Effect::After(|state, moment| {
            let now = moment.now;
            each_row(state, moment, |row| {
                if row.status == AssociationStatus::Associating && row.due.is_none() {
                    (row.status, row.updated) = (AssociationStatus::Disassociated, now);
                }
            });
        })],
    ),
    when(
        |moment| {
            !moment.accepted
                && removes(moment)
                && is_own(moment)
                && records(moment) >= 1
                && live(moment, true) >= 2
        },
        "rejected-removal-takes-a-resource",
        "A removal that is refused takes the first of two resources away, where something left before.",
        &[REJECTED_REMOVAL],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| {
            moment.is("ListResources")
                && ["resourceShareArns", "resourceArns"]
                    .iter()
                    .all(|name| !moment.list(name).is_empty())
                && moment.text("resourceType").is_some()
        },
        "three-filters-find-nothing",
        "A list of resources by share, by ARN and by type finds nothing.",
        &[RESOURCES_LISTED],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply) {
                rows.clear();
            }
        })],
    ),
];

/// The share of the invitation that the call answers.
fn invited_to(moment: &Moment<'_>) -> Option<usize> {
    let id = moment.text("resourceShareInvitationArn")?;
    moment.state.invitations.iter().find(|each| each.id == id).map(|each| each.share)
}

/// Begins the removal of the first resource that the call does not name.
fn end_one(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = share_mut(state, moment) {
        end_first(share, moment.now, &named(moment));
    }
}
