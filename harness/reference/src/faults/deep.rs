//! Deep faults: what the enumerated suite is not built for. They show after four calls or more, while
//! something else is under way or done, for one value among many, or where three things come together. They measure
//! the fuzzer, and are in no catalogue that the suite must catch.

use super::sharing_tools::adds;
use super::tools::{
    self, associates, end_rows, handle, named, removes, removes_as_owner, resources, restore,
    share_mut, targets,
};
use super::{addition, on, other, removal, when};
use crate::change::{Change, Effect, Moment, Trigger};
use crate::edit;
use crate::state::{Row, Share, State};
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

/// The deep faults.
pub const DEEP: &[Change] = &[
    when(
        |moment| done(moment) && moment.is("CreateResourceShare") && moment.turn >= 4,
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
        |moment| {
            done(moment)
                && associates(moment)
                && named(moment).iter().any(|each| ended(moment, each) >= 2)
        },
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
        &[Effect::After(|state, moment| end_first(state, moment, Entity::is_resource))],
    ),
    when(
        |moment| done(moment) && moment.is("UpdateResourceShare") && records(moment) >= 2,
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
        |moment| done(moment) && moment.is("DeleteResourceShare"),
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
        |moment| {
            done(moment)
                && associates(moment)
                && live(moment, true) >= 5
                && !resources(moment).is_empty()
        },
        "sixth-resource-drops-the-first",
        "Who adds a sixth resource loses the first.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| end_first(state, moment, Entity::is_resource))],
    ),
    when(
        |moment| removed(moment) && live(moment, false) >= 6,
        "nothing-leaves-a-crowd",
        "Where six principals are in a share, nothing is removed, though the answer says so.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
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
        |moment| done(moment) && moment.is("AcceptResourceShareInvitation") && pending(moment) >= 2,
        "acceptance-takes-a-resource",
        "Who accepts while another is still invited takes the first resource away.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| {
            let invitation = moment.text("ResourceShareInvitationId").unwrap_or_default();
            let of = moment.state.invitations.iter().find(|each| each.id == invitation);
            let Some(share) = of.and_then(|each| state.shares.get_mut(each.share)) else { return };
            end_one(share, moment.now, Entity::is_resource);
        })],
    ),
    when(
        |moment| done(moment) && moment.is("RejectResourceShareInvitation") && moment.turn >= 2,
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
            done(moment)
                && associates(moment)
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
        &[Effect::After(keep)],
    ),
    when(
        |moment| {
            done(moment)
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
        |moment| done(moment) && moment.is("UpdateResourceShare") && moment.turn >= 3,
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
        |moment| done(moment) && moment.is("DeleteResourceShare") && records(moment) >= 3,
        "a-share-with-records-stays",
        "A share with three records is not deleted, though the answer says so.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(stay)],
    ),
    when(
        |moment| {
            done(moment) && associates(moment) && moving(moment, AssociationStatus::Disassociating)
        },
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
            done(moment)
                && moment.is("UpdateResourceShare")
                && moving(moment, AssociationStatus::Associating)
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
            done(moment)
                && associates(moment)
                && moment.request.method == "GET"
                && moment.request.target.contains("Format=XML")
                && moment.request.target.contains("SignatureVersion=1.0")
        },
        "old-xml-get-not-done",
        "An association by GET, answered in XML and signed in parameters, is not done.",
        &[addition!("effect/associated")],
        &[Effect::After(keep)],
    ),
    when(
        |moment| done(moment) && associates(moment) && moment.turn >= 8,
        "eighth-association-not-done",
        "From the eighth association on nothing is done.",
        &[addition!("effect/associated")],
        &[Effect::After(keep)],
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
        &[Effect::After(|state, moment| end_first(state, moment, Entity::is_resource))],
    ),
    when(
        |moment| done(moment) && associates(moment) && own_shares_named_alike(moment),
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
    on(
        Trigger::Race(|moment, since| done(moment) && associates(moment) && changed(moment, since)),
        "racing-additions-lose-one",
        "Who associates something at the same time as another undoes what the other put in.",
        &[addition!("isolation/others")],
        &[Effect::After(|state, moment| {
            let Some(then) = moment.since.and_then(|since| same_share(moment, since)) else {
                return;
            };
            let entities = named(moment);
            if let Some(share) = share_mut(state, moment) {
                share.rows.retain(|row| {
                    let there = |old: &Row| old.entity == row.entity;
                    entities.contains(&row.entity) || then.rows.iter().any(there)
                });
            }
        })],
    ),
    on(
        Trigger::Race(|moment, since| removed(moment) && changed(moment, since)),
        "racing-removal-not-done",
        "A removal at the same time as another change is not done, though the answer says so.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    on(
        Trigger::Race(|moment, since| {
            done(moment) && moment.is("DeleteResourceShare") && changed(moment, since)
        }),
        "racing-deletion-not-done",
        "A share that is changed while it is deleted stays, though the answer says that it does not.",
        &[other!("DeleteResourceShare/effect/deleted")],
        &[Effect::After(stay)],
    ),
];

/// Gives the share of the call back as it was.
fn stay(state: &mut State, moment: &Moment<'_>) {
    let before = tools::share(moment).cloned();
    if let (Some(share), Some(before)) = (share_mut(state, moment), before) {
        *share = Share { status: ShareStatus::Active, due: None, ..before };
    }
}

/// The share of the call in another state.
fn same_share<'s>(moment: &Moment<'_>, state: &'s State) -> Option<&'s Share> {
    let id = &tools::share(moment)?.id;
    state.shares.iter().find(|share| share.id == *id)
}

/// Whether an association of the share of the call has changed since.
fn changed(moment: &Moment<'_>, since: &State) -> bool {
    let marks = |rows: &[Row]| -> Vec<(Entity, i64)> {
        rows.iter().map(|row| (row.entity.clone(), row.updated)).collect()
    };
    same_share(moment, since).is_some_and(|then| marks(&then.rows) != marks(rows(moment)))
}

/// Whether the call was accepted.
fn done(moment: &Moment<'_>) -> bool {
    moment.accepted
}

fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes(moment)
}

/// Gives everything that the call names the rows back that it had before.
fn keep(state: &mut State, moment: &Moment<'_>) {
    named(moment).iter().for_each(|entity| restore(state, moment, entity));
}

fn rows<'a>(moment: &Moment<'a>) -> &'a [Row] {
    tools::share(moment).map_or(&[], |share| &share.rows)
}

/// How many resources, or principals, are in the share of the call.
fn live(moment: &Moment<'_>, resources: bool) -> usize {
    let own = |row: &&Row| {
        row.status == AssociationStatus::Associated && row.entity.is_resource() == resources
    };
    rows(moment).iter().filter(own).count()
}

/// How many records of what left the share of the call has.
fn records(moment: &Moment<'_>) -> usize {
    rows(moment).iter().filter(|row| row.status.is_ended()).count()
}

/// How often an entity left the share of the call.
fn ended(moment: &Moment<'_>, entity: &Entity) -> usize {
    rows(moment).iter().filter(|row| row.entity == *entity && row.status.is_ended()).count()
}

fn moving(moment: &Moment<'_>, status: AssociationStatus) -> bool {
    let entities = named(moment);
    let principals = |row: &Row| {
        moment
            .state
            .invitations
            .iter()
            .any(|each| Entity::Principal(u32::from(each.receiver.0)) == row.entity)
    };
    rows(moment)
        .iter()
        .any(|row| row.status == status && !entities.contains(&row.entity) && !principals(row))
}

/// How many shares hold an entity.
fn shares_with(moment: &Moment<'_>, entity: &Entity) -> usize {
    let holds = |share: &&Share| {
        share
            .rows
            .iter()
            .any(|row| row.entity == *entity && row.status == AssociationStatus::Associated)
    };
    moment.state.shares.iter().filter(holds).count()
}

/// How many invitations are open.
fn pending(moment: &Moment<'_>) -> usize {
    let open = moment.state.invitations.iter();
    open.filter(|each| each.status == InvitationStatus::Pending).count()
}

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

fn each_row(state: &mut State, moment: &Moment<'_>, change: impl FnMut(&mut Row)) {
    if let Some(share) = share_mut(state, moment) {
        share.rows.iter_mut().for_each(change);
    }
}

/// Begins the removal of the first entity of a kind that the call does not name.
fn end_first(state: &mut State, moment: &Moment<'_>, of: fn(&Entity) -> bool) {
    let entities = named(moment);
    if let Some(share) = share_mut(state, moment) {
        let first = share.rows.iter().find(|row| {
            row.status == AssociationStatus::Associated
                && of(&row.entity)
                && !entities.contains(&row.entity)
        });
        let first = first.map(|row| row.entity.clone());
        end_rows(share, moment.now, |row| Some(&row.entity) == first.as_ref());
    }
}

fn end_one(share: &mut Share, now: i64, of: fn(&Entity) -> bool) {
    let first = share
        .rows
        .iter()
        .find(|row| row.status == AssociationStatus::Associated && of(&row.entity));
    let first = first.map(|row| row.entity.clone());
    end_rows(share, now, |row| Some(&row.entity) == first.as_ref());
}
