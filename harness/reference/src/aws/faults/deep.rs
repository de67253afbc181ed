//! Deep faults of AWS RAM: what the enumerated suite is not built for. They measure the fuzzer, and are in no
//! catalogue that the suite must catch.

use super::tools::named;
use crate::change::{Change, Effect, Moment, Nature, Trigger};
use crate::edit;
use crate::faults::tools::{
    associates, caller, end_rows, lists_associations, removes, restore, share, share_mut,
};
use crate::faults::when;
use crate::state::{Row, Share, State};
use serde_json::Value;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

const OTHERS: &str = "aws-ram-disassociate/isolation/others";
const REMOVED: &str = "aws-ram-disassociate/effect/removed";
const REPEATED: &str = "aws-ram-disassociate/effect/repeated";
const ADDED: &str = "aws-ram-operations/AssociateResourceShare/effect/associated";
const BESIDE: &str = "aws-ram-operations/AssociateResourceShare/isolation/others";
const UPDATED: &str = "aws-ram-operations/UpdateResourceShare/effect/updated";
const DELETED: &str = "aws-ram-operations/DeleteResourceShare/effect/deleted";
const LISTED: &str = "aws-ram-operations/GetResourceShareAssociations/list/rows";
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
        &[Effect::After(end_first)],
    ),
    when(
        |moment| done(moment) && moment.is("DeleteResourceShare"),
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
        |moment| done(moment) && moment.is("AcceptResourceShareInvitation") && pending(moment) >= 2,
        "acceptance-takes-a-resource",
        "Who accepts while another is still invited takes the first resource away.",
        &[BESIDE],
        &[Effect::After(|state, moment| {
            if let Some(at) = invited_to(moment)
                && let Some(share) = state.shares.get_mut(at)
            {
                let first = share.rows.iter().find(|row| is_live(row, true));
                let first = first.map(|row| row.entity.clone());
                end_rows(share, moment.now, |row| Some(&row.entity) == first.as_ref());
            }
        })],
    ),
    when(
        |moment| done(moment) && moment.is("RejectResourceShareInvitation") && moment.turn >= 2,
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
        |moment| done(moment) && moment.is("UpdateResourceShare") && moment.turn >= 3,
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
        |moment| added(moment) && moving(moment, AssociationStatus::Disassociating),
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
        &[Effect::After(keep)],
    ),
    when(
        |moment| done(moment) && moment.state.spent.len() >= 2,
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
        &[Effect::After(|state, moment| {
            let then = moment.since.and_then(|since| same_share(moment, since));
            let Some(then) = then else { return };
            let entities = named(moment);
            if let Some(share) = share_mut(state, moment) {
                share.rows.retain(|row| {
                    let there = |old: &Row| old.entity == row.entity;
                    entities.contains(&row.entity) || then.rows.iter().any(there)
                });
            }
        })],
    ),
    race(
        |moment, since| removed(moment) && changed(moment, since),
        "racing-removal-not-done",
        "A removal at the same time as another change is not done, though the answer says so.",
        &[REMOVED],
        &[Effect::After(keep)],
    ),
    race(
        |moment, since| done(moment) && moment.is("DeleteResourceShare") && changed(moment, since),
        "racing-deletion-not-done",
        "A share that is changed while it is deleted stays, though the answer says that it does not.",
        &[DELETED],
        &[Effect::After(|state, moment| {
            let before = share(moment).cloned();
            if let (Some(share), Some(before)) = (share_mut(state, moment), before) {
                *share = Share { status: ShareStatus::Active, due: None, ..before };
            }
        })],
    ),
];

/// A fault in the answers to requests that meet others.
const fn race(
    holds: fn(&Moment<'_>, &State) -> bool,
    name: &'static str,
    text: &'static str,
    rules: &'static [&'static str],
    effects: &'static [Effect],
) -> Change {
    Change { name, text, nature: Nature::Fault(rules), trigger: Trigger::Race(holds), effects }
}

fn done(moment: &Moment<'_>) -> bool {
    moment.accepted
}

fn added(moment: &Moment<'_>) -> bool {
    moment.accepted && associates(moment)
}

fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes(moment)
}

/// Gives everything that the call names the rows back that it had before.
fn keep(state: &mut State, moment: &Moment<'_>) {
    named(moment).iter().for_each(|entity| restore(state, moment, entity));
}

fn rows<'a>(moment: &Moment<'a>) -> &'a [Row] {
    share(moment).map_or(&[], |share| &share.rows)
}

fn is_live(row: &Row, resource: bool) -> bool {
    row.status == AssociationStatus::Associated && row.entity.is_resource() == resource
}

/// How many resources, or principals, are in the share of the call.
fn live(moment: &Moment<'_>, resources: bool) -> usize {
    rows(moment).iter().filter(|row| is_live(row, resources)).count()
}

/// How often an entity left the share of the call.
fn ended(moment: &Moment<'_>, entity: &Entity) -> usize {
    rows(moment).iter().filter(|row| row.entity == *entity && row.status.is_ended()).count()
}

/// Whether something of the share that the call does not name is on its way, other than who was invited.
fn moving(moment: &Moment<'_>, status: AssociationStatus) -> bool {
    let entities = named(moment);
    rows(moment).iter().any(|row| row.status == status && !entities.contains(&row.entity))
}

/// How many shares hold an entity.
fn shares_with(moment: &Moment<'_>, entity: &Entity) -> usize {
    let holds = |share: &&Share| {
        let own = |row: &Row| row.entity == *entity && row.status == AssociationStatus::Associated;
        share.rows.iter().any(own)
    };
    moment.state.shares.iter().filter(holds).count()
}

/// How many invitations are open.
fn pending(moment: &Moment<'_>) -> usize {
    let open = moment.state.invitations.iter();
    open.filter(|each| each.status == InvitationStatus::Pending).count()
}

/// The share of the invitation that the call answers.
fn invited_to(moment: &Moment<'_>) -> Option<usize> {
    let id = moment.text("resourceShareInvitationArn")?;
    moment.state.invitations.iter().find(|each| each.id == id).map(|each| each.share)
}

fn each_row(state: &mut State, moment: &Moment<'_>, change: impl FnMut(&mut Row)) {
    if let Some(share) = share_mut(state, moment) {
        share.rows.iter_mut().for_each(change);
    }
}

/// Begins the removal of the first resource that the call does not name.
fn end_first(state: &mut State, moment: &Moment<'_>) {
    let entities = named(moment);
    if let Some(share) = share_mut(state, moment) {
        let others = |row: &&Row| is_live(row, true) && !entities.contains(&row.entity);
        let first = share.rows.iter().find(others).map(|row| row.entity.clone());
        end_rows(share, moment.now, |row| Some(&row.entity) == first.as_ref());
    }
}

/// The share of the call in another state.
fn same_share<'s>(moment: &Moment<'_>, state: &'s State) -> Option<&'s Share> {
    let id = &share(moment)?.id;
    state.shares.iter().find(|share| share.id == *id)
}

/// Whether an association of the share of the call has changed since.
fn changed(moment: &Moment<'_>, since: &State) -> bool {
    let marks = |rows: &[Row]| -> Vec<(Entity, i64)> {
        rows.iter().map(|row| (row.entity.clone(), row.updated)).collect()
    };
    same_share(moment, since).is_some_and(|then| marks(&then.rows) != marks(rows(moment)))
}
