//! What a removal does to the share, and to what the call does not name.

use super::tools::{
    self, end_rows, named, removes_as_owner, resources, restore, share_mut, targets, was_rejected,
};
use super::{always, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::state::{Row, State};
use serde_json::Value;
use sharespec_model::call::Body;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::Entity;

pub(super) const FAULTS: &[Change] = &[
    when(
        removed,
        "only-first-target-removed",
        "Of several principals only the first is removed.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, targets(moment).iter().skip(1)))],
    ),
    when(
        removed,
        "last-target-stays",
        "Of several principals the last one stays.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| {
            keep(state, moment, targets(moment).iter().skip(1).next_back())
        })],
    ),
    when(
        removed,
        "only-first-resource-removed",
        "Of several resources only the first is removed.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, resources(moment).iter().skip(1)))],
    ),
    when(
        removed_both,
        "resources-stay-beside-targets",
        "Beside principals no resource is removed.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, resources(moment).iter()))],
    ),
    when(
        removed_both,
        "targets-stay-beside-resources",
        "Beside resources no principal is removed.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, targets(moment).iter()))],
    ),
    when(
        removed_arns,
        "arns-stay",
        "Resources named by ARN are not removed.",
        &[removal!("parameter/ResourceArns"), removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, resources(moment).iter()))],
    ),
    when(
        removed,
        "nothing-removed",
        "The answer says that entities are removed, and nothing is.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| keep(state, moment, named(moment).iter()))],
    ),
    when(
        removed,
        "removal-never-ends",
        "A removed entity is Disassociating for ever.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| each_named(state, moment, |row| row.due = None))],
    ),
    when(
        removed,
        "removal-turns-round",
        "A removed entity is Associating, then Associated.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| {
            each_named(state, moment, |row| row.status = AssociationStatus::Associating)
        })],
    ),
    when(
        removed,
        "removal-fails",
        "A removed entity is Failed.",
        &[removal!("effect/removed")],
        &[Effect::After(|state, moment| {
            each_named(state, moment, |row| {
                (row.status, row.due) = (AssociationStatus::Failed, None)
            })
        })],
    ),
    always(
        "removed-entity-comes-back",
        "A removed entity is associated again a second later.",
        &[removal!("effect/removed"), common!("floor/same-answer")],
        &[Effect::After(come_back)],
    ),
    when(
        removed,
        "record-vanishes",
        "The record of a removed entity is gone at once.",
        &[removal!("record/kept"), removal!("effect/removed")],
        &[Effect::After(forget)],
    ),
    always(
        "record-vanishes-when-over",
        "The record of a removed entity is gone when the removal is over.",
        &[removal!("record/kept"), removal!("effect/removed")],
        &[Effect::After(forget_ended)],
    ),
    always(
        "records-kept-a-day",
        "Records are kept for a day.",
        &[removal!("record/kept")],
        &[Effect::Policy(|policy| policy.kept = Some(24 * 3_600_000))],
    ),
    always(
        "records-kept-47-hours",
        "Records are kept for 47 hours.",
        &[removal!("record/kept")],
        &[Effect::Policy(|policy| policy.kept = Some(47 * 3_600_000))],
    ),
    always(
        "records-kept-a-week",
        "Records are kept for a week.",
        &[removal!("record/purged"), other!("ListResourceShareAssociations/record/purged")],
        &[Effect::Policy(|policy| policy.kept = Some(7 * 24 * 3_600_000))],
    ),
    always(
        "records-kept-for-ever",
        "Records are never purged.",
        &[removal!("record/purged"), other!("ListResourceShareAssociations/record/purged")],
        &[Effect::Policy(|policy| policy.kept = Some(100 * 365 * 24 * 3_600_000))],
    ),
    always(
        "purge-by-age",
        "What was associated four days ago is purged, live or not.",
        &[other!("ListResourceShareAssociations/list/rows"), common!("floor/same-answer")],
        &[Effect::After(|state, moment| purge(state, |row| moment.now - row.created > 96 * HOUR))],
    ),
    always(
        "failed-records-purged-early",
        "The record of what failed is purged after a day.",
        &[other!("ListResourceShareAssociations/record/kept")],
        &[Effect::After(|state, moment| {
            purge(state, |row| {
                row.status == AssociationStatus::Failed && moment.now - row.updated > 24 * HOUR
            })
        })],
    ),
    always(
        "shared-lists-purged",
        "What was associated four days ago is missing from the lists of what is shared.",
        &[other!("ListSharedResources/list/rows"), other!("ListSharedTargets/list/rows")],
        &[Effect::Reply(|reply, moment| {
            let aged =
                moment.state.shares.iter().any(|share| moment.now - share.created > 96 * HOUR);
            if let (true, Body::Success(members)) = (aged, &mut reply.body) {
                for name in ["SharedResources", "SharedTargets"] {
                    members.get_mut(name).into_iter().for_each(|rows| *rows = Value::Array(vec![]));
                }
            }
        })],
    ),
    when(
        removed,
        "live-row-stays-beside-record",
        "A removal adds a record and leaves the live row.",
        &[removal!("effect/removed")],
        &[Effect::After(double)],
    ),
    when(
        was_rejected,
        "rejected-call-removes",
        "A call that is rejected removes what it names all the same.",
        &[removal!("effect/rejected")],
        &[Effect::After(|state, moment| rejected(state, moment, usize::MAX))],
    ),
    when(
        was_rejected,
        "rejected-call-removes-first",
        "A call that is rejected removes what it names before the bad entry.",
        &[removal!("effect/rejected")],
        &[Effect::After(|state, moment| rejected(state, moment, 1))],
    ),
    when(
        |moment| !moment.accepted,
        "rejected-call-touches-the-share",
        "A call that is rejected updates its share all the same.",
        &[removal!("effect/rejected")],
        &[Effect::After(tools::touch_share)],
    ),
    when(
        |moment| !moment.accepted,
        "rejected-call-touches-rows",
        "A call that is rejected updates what is in its share.",
        &[removal!("effect/rejected")],
        &[Effect::After(tools::touch_rows)],
    ),
    when(
        too_long,
        "too-long-call-removes-five",
        "A call that names too much removes the first five.",
        &[removal!("effect/rejected")],
        &[Effect::After(|state, moment| rejected(state, moment, 5))],
    ),
];

fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes_as_owner(moment)
}

fn removed_both(moment: &Moment<'_>) -> bool {
    removed(moment) && !targets(moment).is_empty() && !resources(moment).is_empty()
}

fn removed_arns(moment: &Moment<'_>) -> bool {
    removed(moment) && !moment.list("ResourceArns").is_empty()
}

fn too_long(moment: &Moment<'_>) -> bool {
    was_rejected(moment)
        && ["Targets", "Resources", "ResourceArns"].iter().any(|name| moment.list(name).len() > 5)
}

fn keep<'e>(
    state: &mut State,
    moment: &Moment<'_>,
    entities: impl IntoIterator<Item = &'e Entity>,
) {
    entities.into_iter().for_each(|entity| restore(state, moment, entity));
}

/// Does something to the rows whose removal the call began.
fn each_named(state: &mut State, moment: &Moment<'_>, edit: impl Fn(&mut Row)) {
    let named = named(moment);
    let Some(share) = share_mut(state, moment) else { return };
    share
        .rows
        .iter_mut()
        .filter(|row| named.contains(&row.entity) && row.updated == moment.now)
        .for_each(edit);
}

fn come_back(state: &mut State, moment: &Moment<'_>) {
    for row in state.shares.iter_mut().flat_map(|share| share.rows.iter_mut()) {
        if row.status == AssociationStatus::Disassociated && row.updated + 1000 < moment.now {
            row.status = AssociationStatus::Associated;
        }
    }
}

fn forget(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    if let Some(share) = share_mut(state, moment) {
        share.rows.retain(|row| !named.contains(&row.entity));
    }
}

fn forget_ended(state: &mut State, moment: &Moment<'_>) {
    for share in &mut state.shares {
        share.rows.retain(|row| {
            row.status != AssociationStatus::Disassociated
                && row.due.is_none_or(|due| due > moment.now)
        });
    }
}

fn double(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    let before = tools::share(moment).map_or(&[][..], |share| share.rows.as_slice());
    let live =
        |row: &&Row| row.status == AssociationStatus::Associated && named.contains(&row.entity);
    let rows: Vec<Row> = before.iter().filter(live).cloned().collect();
    if let Some(share) = share_mut(state, moment) {
        share.rows.extend(rows);
    }
}

fn rejected(state: &mut State, moment: &Moment<'_>, count: usize) {
    let named: Vec<Entity> = named(moment).into_iter().take(count).collect();
    if let Some(share) = share_mut(state, moment) {
        end_rows(share, moment.now, |row| named.contains(&row.entity));
    }
}

const HOUR: i64 = 3_600_000;

fn purge(state: &mut State, gone: impl Fn(&Row) -> bool) {
    state.shares.iter_mut().for_each(|share| share.rows.retain(|row| !gone(row)));
}
