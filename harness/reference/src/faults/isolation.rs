//! What a removal does to the share and to what the call does not name.

use super::tools::{
    self, end_rows, named, removes, removes_as_owner, resources, restore, share_mut, targets,
};
use super::{removal, when};
use crate::change::{Change, Effect, Moment};
use crate::state::{Row, State};
use serde_json::Value;
use sharespec_model::call::Call;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;

pub(super) const FAULTS: &[Change] = &[
    when(
        removed,
        "whole-share-emptied",
        "A removal removes everything from the share.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| end_others(state, moment, |_| true))],
    ),
    when(
        |moment| removed(moment) && !targets(moment).is_empty(),
        "all-targets-removed",
        "The removal of one principal removes all of them.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| {
            end_others(state, moment, |row| !row.entity.is_resource())
        })],
    ),
    when(
        |moment| removed(moment) && !resources(moment).is_empty(),
        "all-resources-removed",
        "The removal of one resource removes all of them.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| end_others(state, moment, |row| row.entity.is_resource()))],
    ),
    when(
        |moment| removed(moment) && resources(moment).is_empty(),
        "resources-removed-with-targets",
        "The removal of principals removes the resources too.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| end_others(state, moment, |row| row.entity.is_resource()))],
    ),
    when(
        removed,
        "neighbour-removed",
        "The entity that was associated next is removed too.",
        &[removal!("isolation/others")],
        &[Effect::After(end_next)],
    ),
    when(
        removed,
        "same-type-removed",
        "The resources of the same type are removed too.",
        &[removal!("isolation/others")],
        &[Effect::After(end_same_type)],
    ),
    when(
        removed,
        "removed-from-other-shares-too",
        "The entity is removed from every share of the owner.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| elsewhere(state, moment, true))],
    ),
    when(
        removed,
        "removed-from-another-share",
        "The entity is removed from another share of the owner that has it.",
        &[removal!("isolation/others"), removal!("effect/removed")],
        &[Effect::After(removed_elsewhere)],
    ),
    when(
        removed,
        "removed-from-shares-of-others",
        "The entity is removed from the shares of other accounts too.",
        &[removal!("isolation/others")],
        &[Effect::After(|state, moment| elsewhere(state, moment, false))],
    ),
    when(
        removed,
        "invitations-cancelled-too",
        "A removal cancels every open invitation of the share.",
        &[removal!("isolation/others")],
        &[Effect::After(cancel_all)],
    ),
    when(
        removed,
        "emptied-share-deleted",
        "A share is deleted with its last entity.",
        &[removal!("effect/share-stays")],
        &[Effect::After(|state, moment| if_empty(state, moment, ShareStatus::Deleted, |_| true))],
    ),
    when(
        removed,
        "emptied-share-pending",
        "A share is pending after its last entity.",
        &[removal!("effect/share-stays")],
        &[Effect::After(|state, moment| if_empty(state, moment, ShareStatus::Pending, |_| true))],
    ),
    when(
        removed,
        "share-deleted-with-last-target",
        "A share is deleted with its last principal.",
        &[removal!("effect/share-stays")],
        &[Effect::After(|state, moment| {
            if_empty(state, moment, ShareStatus::Deleted, |row| !row.entity.is_resource())
        })],
    ),
    when(
        removed,
        "share-renamed",
        "A removal changes the name of the share.",
        &[removal!("effect/share-stays")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.name.push_str("-1")
            }
        })],
    ),
    when(
        removed,
        "share-opened",
        "A removal lets principals outside into the share.",
        &[removal!("effect/share-stays")],
        &[Effect::After(|state, moment| {
            if let Some(share) = share_mut(state, moment) {
                share.external = !share.external
            }
        })],
    ),
    when(
        removes,
        "removed-by-id-of-any-type",
        "A resource is found by its id, whatever type is given.",
        &[
            removal!("isolation/others"),
            removal!("error/InvalidParameter.Resources"),
            removal!("error/DisassociateInvalid"),
        ],
        &[Effect::Call(any_type)],
    ),
    when(
        removes,
        "removed-by-arn-of-any-region",
        "A resource is found by its ARN without region and account.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("isolation/others"),
            removal!("error/InvalidParameter.ResourceArns"),
            removal!("error/DisassociateInvalid"),
        ],
        &[Effect::Call(any_region)],
    ),
    when(
        removes,
        "removed-by-longer-id",
        "A resource is found by an id that only begins like its own.",
        &[
            removal!("isolation/others"),
            removal!("error/InvalidParameter.Resources"),
            removal!("error/DisassociateInvalid"),
        ],
        &[Effect::Call(longer_id)],
    ),
];

fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes_as_owner(moment)
}

fn keep<'e>(
    state: &mut State,
    moment: &Moment<'_>,
    entities: impl IntoIterator<Item = &'e Entity>,
) {
    entities.into_iter().for_each(|entity| restore(state, moment, entity));
}

fn end_others(state: &mut State, moment: &Moment<'_>, chosen: impl Fn(&Row) -> bool) {
    if let Some(share) = share_mut(state, moment) {
        end_rows(share, moment.now, chosen);
    }
}

fn end_next(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    let Some(share) = share_mut(state, moment) else { return };
    let last = share.rows.iter().rposition(|row| named.contains(&row.entity));
    let next = share.rows.iter().skip(last.map_or(0, |at| at + 1));
    let next = next.map(|row| row.entity.clone()).next();
    end_rows(share, moment.now, |row| Some(&row.entity) == next.as_ref());
}

fn end_same_type(state: &mut State, moment: &Moment<'_>) {
    let kind = |entity: &Entity| moment.world.type_of(entity).map(|kind| kind.name.as_str());
    let kinds: Vec<&str> = resources(moment).iter().filter_map(kind).collect();
    end_others(state, moment, |row| kind(&row.entity).is_some_and(|each| kinds.contains(&each)));
}

/// Removes what the call names from other shares, of the owner or of other accounts.
fn elsewhere(state: &mut State, moment: &Moment<'_>, own: bool) {
    let (named, caller, handle) = (named(moment), tools::caller(moment), tools::handle(moment));
    for (position, share) in state.shares.iter_mut().enumerate() {
        if Some(position) != handle && (Some(share.owner) == caller) == own {
            end_rows(share, moment.now, |row| named.contains(&row.entity));
        }
    }
}

fn removed_elsewhere(state: &mut State, moment: &Moment<'_>) {
    let before = state.clone();
    elsewhere(state, moment, true);
    let changed = |(after, before): (&crate::state::Share, &crate::state::Share)| {
        after.rows.iter().zip(&before.rows).any(|(one, other)| one.status != other.status)
    };
    if state.shares.iter().zip(&before.shares).any(changed) {
        keep(state, moment, named(moment).iter());
    }
}

fn cancel_all(state: &mut State, moment: &Moment<'_>) {
    let handle = tools::handle(moment);
    for invitation in state.invitations.iter_mut().filter(|each| Some(each.share) == handle) {
        if invitation.status == InvitationStatus::Pending {
            invitation.status = InvitationStatus::Cancelled;
        }
    }
}

/// Gives the share a status if no row of a kind is associated any more.
fn if_empty(
    state: &mut State,
    moment: &Moment<'_>,
    status: ShareStatus,
    kind: impl Fn(&Row) -> bool,
) {
    let Some(share) = share_mut(state, moment) else { return };
    let stays = |row: &Row| {
        matches!(row.status, AssociationStatus::Associated | AssociationStatus::Associating)
    };
    if !share.rows.iter().any(|row| kind(row) && stays(row)) {
        share.status = status;
        share.updated = moment.now;
    }
}

fn any_type(call: &mut Call, moment: &Moment<'_>) {
    for pair in pairs(call) {
        let id = pair.get("ResourceId").and_then(Value::as_str);
        let mut known = moment.world.file.resources.iter();
        if let Some(found) = known.find(|each| Some(each.id.as_str()) == id) {
            pair.insert("ResourceType".into(), found.kind.as_str().into());
        }
    }
}

fn longer_id(call: &mut Call, moment: &Moment<'_>) {
    for pair in pairs(call) {
        let Some(id) = pair.get("ResourceId").and_then(Value::as_str) else { continue };
        let mut known = moment.world.file.resources.iter();
        let same = known.find(|each| id.len() > 8 && id.starts_with(&each.id));
        if let Some(found) = same {
            pair.insert("ResourceId".into(), found.id.as_str().into());
        }
    }
}

fn pairs(call: &mut Call) -> impl Iterator<Item = &mut serde_json::Map<String, Value>> {
    let list = call.arguments.get_mut("Resources").and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn any_region(call: &mut Call, moment: &Moment<'_>) {
    let list = call.arguments.get_mut("ResourceArns").and_then(Value::as_array_mut);
    for arn in list.into_iter().flatten() {
        let end = |text: &str| text.rsplit_once(':').map(|(_, end)| end.to_owned());
        let wanted = arn.as_str().filter(|text| text.starts_with("acs:")).and_then(end);
        let mut known = moment.world.file.resources.iter().filter_map(|each| each.arn.as_deref());
        if let Some(found) = known.find(|each| wanted.is_some() && end(each) == wanted) {
            *arn = found.into();
        }
    }
}
