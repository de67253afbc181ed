//! Deep faults: what the enumerated suite is not built for. They show after four calls or more, while
//! something else is under way or done, for one value among many, or where three things come together. They measure
//! the fuzzer, and are in no catalogue that the suite must catch.

use super::depth::{
    added, changed, did, each_row, end_first, ended, keep, live, moving, pending, race, records,
    removed, shares_with, stay, undo_others,
};
use super::sharing_tools::adds;
use super::tools::{
    self, end_rows, handle, named, removes_as_owner, resources, restore, share_mut, targets,
};
use super::{addition, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::{Row, Share, State};
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::Entity;

/// The deep faults.
pub const DEEP: &[Change] = &[
    when(
        |moment| did(moment, "CreateResourceShare") && moment.turn >= 4,
        "fourth-share-is-for-anyone",
        "From the fourth share on, shares are for principals outside as well.",
        &[other!("CreateResourceShare/effect/created")],
        &[Effect::After(|state, _| {
            if let Some(share) = state.shares.last_mut() {
                share.external = true;
            }
        })],
    ),
    when(
        |moment| added(moment) && named(moment).iter().any(|each| ended(moment, each) >= 2),
        "third-association-of-an-entity-fails",
        "What was associated and removed twice fails when it is associated again.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| {
            let again: Vec<Entity> =
                named(moment).into_iter().filter(|each| ended(moment, each) >= 2).collect();
            each_row(state, moment, |row| {
                if again.contains(&row.entity) && row.status == AssociationStatus::Associating {
                    row.fails = true;
                }
            });
        })],
    ),
    when(
        |moment| {
            removed(moment)
                && live(moment, false) == targets(moment).len()
                && live(moment, true) >= 2
        },
        "last-principal-takes-a-resource",
        "With the last principal the first of several resources leaves the share.",
        &[removal!("isolation/others")],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| did(moment, "UpdateResourceShare") && records(moment) >= 2,
        "update-forgets-records",
        "A change of a share forgets its records, if there are two.",
        &[other!("ListResourceShareAssociations/record/kept")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.rows.retain(|row| !row.status.is_ended());
            }
        })],
    ),
    when(
        |moment| did(moment, "DeleteResourceShare"),
        "deletion-takes-resources-elsewhere",
        "What a deleted share holds leaves the other shares of its owner that hold it.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| {
            let Some(gone) = tools::share(moment) else { return };
            let held: Vec<Entity> = gone
                .rows
                .iter()
                .filter(|row| row.status.is_live())
                .map(|row| row.entity.clone())
                .collect();
            let now = moment.now;
            let others = state
                .shares
                .iter_mut()
                .filter(|share| share.id != gone.id && share.owner == gone.owner);
            for share in others {
                end_rows(share, now, |row| row.entity.is_resource() && held.contains(&row.entity));
            }
        })],
    ),
    when(
        |moment| added(moment) && live(moment, true) >= 5 && !resources(moment).is_empty(),
        "sixth-resource-drops-the-first",
        "Who adds a sixth resource loses the first.",
        &[addition!("isolation/others")],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| removed(moment) && live(moment, false) >= 6,
        "nothing-leaves-a-crowd",
        "Where six principals are in a share, nothing is removed, though the answer says so.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| {
            removed(moment) && resources(moment).iter().any(|each| shares_with(moment, each) >= 3)
        },
        "removed-from-all-of-three-shares",
        "A resource in three shares leaves all of them.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| {
            let gone = resources(moment);
            for share in &mut state.shares {
                end_rows(share, moment.now, |row| gone.contains(&row.entity));
            }
        })],
    ),
    when(
        |moment| did(moment, "AcceptResourceShareInvitation") && pending(moment) >= 2,
        "acceptance-takes-a-resource",
        "Who accepts while another is still invited takes the first resource away.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| {
            let invitation = moment.text("ResourceShareInvitationId").unwrap_or_default();
            let of = moment.state.invitations.iter().find(|each| each.id == invitation);
            let Some(share) = of.and_then(|each| state.shares.get_mut(each.share)) else { return };
            end_first(share, moment.now, &[]);
        })],
    ),
    when(
        |moment| did(moment, "RejectResourceShareInvitation") && moment.turn >= 2,
        "second-rejection-joins",
        "Who rejects second is a principal all the same.",
        &[other!("RejectResourceShareInvitation/effect/rejected-invitation")],
        &[Effect::After(|state, moment| {
            let invitation = moment.text("ResourceShareInvitationId").unwrap_or_default();
            let of = moment.state.invitations.iter().find(|each| each.id == invitation);
            let Some(of) = of else { return };
            let entity = Entity::Principal(u32::from(of.receiver.0));
            let row = state.shares.get_mut(of.share).and_then(|share| share.row_mut(&entity));
            if let Some(row) = row {
                (row.status, row.due) = (AssociationStatus::Associated, None);
            }
        })],
    ),
    when(
        |moment| {
            moment.is("ListResourceShareAssociations") && moment.text("MaxResults") == Some("3")
        },
        "third-of-three-missing",
        "Of pages of three rows the last row is missing.",
        &[other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply).filter(|rows| rows.len() == 3) {
                rows.pop();
            }
        })],
    ),
    when(
        |moment| {
            moment.is("ListResourceShareAssociations")
                && moment.text("AssociationStatus") == Some("Associated")
                && moment.text("ResourceId").is_some()
        },
        "two-filters-find-nothing",
        "A filter by status and one by resource together find nothing.",
        &[other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply) {
                rows.clear();
            }
        })],
    ),
    when(
        |moment| removed(moment) && targets(moment).len() >= 2 && resources(moment).len() >= 3,
        "last-of-many-stays",
        "Of two principals beside three resources the last one stays.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| {
            if let Some(last) = targets(moment).last() {
                restore(state, moment, last);
            }
        })],
    ),
    when(
        |moment| {
            added(moment)
                && moment.list("ResourceArns").len() >= 2
                && targets(moment).len() >= 2
                && tools::share(moment).is_some_and(|share| share.external)
        },
        "second-arn-forgotten",
        "In a share for anyone the second ARN beside two principals is forgotten.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| {
            if let Some(second) = resources(moment).get(1) {
                restore(state, moment, second);
            }
        })],
    ),
    when(
        |moment| {
            removed(moment)
                && moment.list("ResourceArns").iter().any(|arn| {
                    arn.as_str().is_some_and(|arn| {
                        arn.contains(":ipampool/") || arn.contains(":prefixlist/")
                    })
                })
        },
        "two-types-stay-by-arn",
        "Prefix lists and pools are not removed by their ARN.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| {
            moment.accepted
                && adds(moment)
                && moment.list("Targets").iter().any(|each| each == "1720505253000107")
        },
        "one-account-brings-another",
        "One account of many brings another with it.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| {
            let share = handle(moment).unwrap_or(state.shares.len().saturating_sub(1));
            let Some(stranger) = moment.world.principal("1720505253000108") else { return };
            if let Some(share) = state.shares.get_mut(share)
                && share.row(&stranger).is_none()
            {
                let (entity, status) = (stranger, AssociationStatus::Associated);
                let (created, updated) = (moment.now, moment.now);
                let (due, fails, property) = (None, false, None);
                share.rows.push(Row { entity, status, due, created, updated, fails, property });
            }
        })],
    ),
    when(
        |moment| removed(moment) && targets(moment).iter().any(|each| is_group(moment, each)),
        "a-group-takes-another",
        "Who removes a directory or a folder removes the others too.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| {
            let Some(share) = share_mut(state, moment) else { return };
            end_rows(share, moment.now, |row| is_group(moment, &row.entity));
        })],
    ),
    when(
        |moment| did(moment, "UpdateResourceShare") && moment.turn >= 3,
        "third-update-closes-the-share",
        "The third change of a share closes it to principals outside.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.external = false;
            }
        })],
    ),
    when(
        |moment| did(moment, "DeleteResourceShare") && records(moment) >= 3,
        "a-share-with-records-stays",
        "A share with three records is not deleted, though the answer says so.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(stay)],
    ),
    when(
        |moment| added(moment) && moving(moment, &named(moment), AssociationStatus::Disassociating),
        "association-brings-back-what-leaves",
        "Who associates while something leaves brings it back.",
        &[addition!("isolation/others")],
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
            did(moment, "UpdateResourceShare")
                && moving(moment, &named(moment), AssociationStatus::Associating)
        },
        "update-ends-what-arrives",
        "A change of a share ends what is on its way into it.",
        &[other!("UpdateResourceShare/effect/updated")],
        &[Effect::After(|state, moment| {
            each_row(state, moment, |row| {
                if row.status == AssociationStatus::Associating {
                    (row.status, row.due) = (AssociationStatus::Failed, None);
                }
            });
        })],
    ),
    when(
        |moment| removed(moment) && tools::leaves(moment),
        "leaving-one-leaves-all",
        "Who leaves a share leaves the other shares of its owner too.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| {
            let Some(left) = tools::share(moment) else { return };
            let own = tools::caller(moment).map(|caller| moment.world.principal_of(caller));
            let others = state
                .shares
                .iter_mut()
                .filter(|share| share.owner == left.owner && share.id != left.id);
            for share in others {
                end_rows(share, moment.now, |row| Some(&row.entity) == own.as_ref());
            }
        })],
    ),
    when(
        |moment| {
            added(moment)
                && moment.request.method == "GET"
                && moment.request.target.contains("Format=XML")
                && moment.request.target.contains("SignatureVersion=1.0")
        },
        "old-xml-get-not-done",
        "An association by GET, answered in XML and signed in parameters, is not done.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| added(moment) && moment.turn >= 8,
        "eighth-association-not-done",
        "From the eighth association on nothing is done.",
        &[addition!("effect/associated")],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    when(
        |moment| {
            !moment.accepted
                && removes_as_owner(moment)
                && tools::is_own(moment)
                && records(moment) >= 1
                && live(moment, true) >= 2
        },
        "rejected-removal-takes-a-resource",
        "A removal that is refused takes the first of two resources away, where something left before.",
        &[removal!("effect/rejected")],
        &[Effect::After(end_one)],
    ),
    when(
        |moment| added(moment) && own_shares_named_alike(moment),
        "two-names-one-share",
        "What is put into a share goes into the other share of its name too.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| {
            let Some(share) = tools::share(moment) else { return };
            let put: Vec<Row> = state
                .shares
                .iter()
                .find(|each| each.id == share.id)
                .map(|each| {
                    each.rows
                        .iter()
                        .filter(|row| named(moment).contains(&row.entity))
                        .cloned()
                        .collect()
                })
                .unwrap_or_default();
            let twin = |each: &&mut Share| {
                each.name == share.name && each.id != share.id && each.owner == share.owner
            };
            if let Some(twin) = state.shares.iter_mut().find(twin) {
                twin.rows.extend(put);
            }
        })],
    ),
    race(
        |moment, since| added(moment) && changed(moment, since),
        "racing-additions-lose-one",
        "Who associates something at the same time as another undoes what the other put in.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| undo_others(state, moment, &named(moment)))],
    ),
    race(
        |moment, since| removed(moment) && changed(moment, since),
        "racing-removal-not-done",
        "A removal at the same time as another change is not done, though the answer says so.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, &named(moment)))],
    ),
    race(
        |moment, since| did(moment, "DeleteResourceShare") && changed(moment, since),
        "racing-deletion-not-done",
        "A share that is changed while it is deleted stays, though the answer says that it does not.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(stay)],
    ),
];

fn is_group(moment: &Moment<'_>, entity: &Entity) -> bool {
    use sharespec_model::world::PrincipalKind::{Account, Service};
    let entry = moment.world.principal_entry(entity);
    entry.is_some_and(|(_, kind)| !matches!(kind, Account(_) | Service))
}

fn own_shares_named_alike(moment: &Moment<'_>) -> bool {
    let Some(share) = tools::share(moment) else { return false };
    moment.state.shares.iter().any(|each| {
        each.id != share.id
            && each.name == share.name
            && each.owner == share.owner
            && each.status == ShareStatus::Active
    })
}

/// Begins the removal of the first resource that the call does not name.
fn end_one(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = share_mut(state, moment) {
        end_first(share, moment.now, &named(moment));
    }
}
