//! Faults of what a removal does.

use super::tools::named;
use crate::change::{Change, Effect, Moment};
use crate::faults::tools::{
    caller, end_rows, removes, restore, share, share_mut, touch_rows, touch_share,
};
use crate::faults::when;
use crate::state::State;
use sharespec_model::status::{AssociationStatus, ShareStatus};

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "removal-does-nothing",
        "A removal is accepted and does nothing.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| {
            named(moment).iter().for_each(|entity| restore(state, moment, entity))
        })],
    ),
    when(
        removes,
        "principals-not-removed",
        "Principals stay.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| keep(state, moment, false))],
    ),
    when(
        removes,
        "resources-not-removed",
        "Resources stay.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| keep(state, moment, true))],
    ),
    when(
        removes,
        "only-first-removed",
        "Of several entities only one is removed.",
        &["aws-ram-disassociate/effect/removed", "aws-ram-disassociate/effect/rows"],
        &[Effect::After(only_first)],
    ),
    when(
        removes,
        "all-principals-removed",
        "A removal of a principal removes all of them.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(|state, moment| spread(state, moment, false))],
    ),
    when(
        removes,
        "all-resources-removed",
        "A removal of a resource removes all of them.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(|state, moment| spread(state, moment, true))],
    ),
    when(
        removes,
        "removed-from-every-share",
        "A removal reaches the other shares of the account.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(everywhere)],
    ),
    when(
        removes,
        "empty-share-deleted",
        "A share that holds nothing more is deleted.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(delete_empty)],
    ),
    when(
        removes,
        "rejected-removal-works",
        "A rejected removal removes what it can.",
        &["aws-ram-disassociate/effect/rejected"],
        &[Effect::After(removed_all_the_same)],
    ),
    when(
        |moment| !moment.accepted,
        "rejected-call-touches-the-share",
        "A call that is rejected updates its share all the same.",
        &["aws-ram-disassociate/effect/rejected"],
        &[Effect::After(touch_share)],
    ),
    when(
        |moment| !moment.accepted,
        "rejected-call-touches-rows",
        "A call that is rejected updates what is in its share.",
        &["aws-ram-disassociate/effect/rejected"],
        &[Effect::After(touch_rows)],
    ),
    when(
        removes,
        "removal-never-ends",
        "A removal is under way for ever.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(never_ends)],
    ),
    when(
        removes,
        "removal-comes-back",
        "What was removed is there again.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(comes_back)],
    ),
];

fn keep(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let kept = named(moment).into_iter().filter(|entity| entity.is_resource() == resources);
    kept.for_each(|entity| restore(state, moment, &entity));
}

fn only_first(state: &mut State, moment: &Moment<'_>) {
    named(moment).iter().skip(1).for_each(|entity| restore(state, moment, entity));
}

fn spread(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let reaches = named(moment).iter().any(|entity| entity.is_resource() == resources);
    if let (true, true, Some(share)) = (moment.accepted, reaches, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| row.entity.is_resource() == resources);
    }
}

fn everywhere(state: &mut State, moment: &Moment<'_>) {
    if !moment.accepted {
        return;
    }
    let (own, named) = (caller(moment), named(moment));
    for share in state.shares.iter_mut().filter(|share| Some(share.owner) == own) {
        end_rows(share, moment.now, |row| named.contains(&row.entity));
    }
}

fn delete_empty(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = share_mut(state, moment)
        && moment.accepted
        && !share.rows.iter().any(|row| row.status == AssociationStatus::Associated)
    {
        (share.status, share.due) = (ShareStatus::Deleted, None);
    }
}

fn removed_all_the_same(state: &mut State, moment: &Moment<'_>) {
    let own = share(moment).is_some_and(|share| Some(share.owner) == caller(moment));
    let named = named(moment);
    if let (true, false, Some(share)) = (own, moment.accepted, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| named.contains(&row.entity));
    }
}

fn never_ends(state: &mut State, moment: &Moment<'_>) {
    let Some(share) = share_mut(state, moment) else { return };
    let moving = |status: AssociationStatus| status == AssociationStatus::Disassociating;
    share.rows.iter_mut().filter(|row| moving(row.status)).for_each(|row| row.due = None);
}

fn comes_back(state: &mut State, moment: &Moment<'_>) {
    let Some(share) = share_mut(state, moment) else { return };
    for row in &mut share.rows {
        if row.status == AssociationStatus::Disassociating {
            row.status = AssociationStatus::Associating;
        }
    }
}
