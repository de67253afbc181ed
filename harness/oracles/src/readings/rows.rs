//! What single rows and the answers to calls show: members, the precision of times, statuses as a
//! call returns, the order of rows.

use super::{Reply, Seen, Told};
use crate::scene::Scene;
use crate::times::narrowed;
use serde_json::Value;
use sharespec_model::facts::Facts;
use sharespec_model::observation::{AssociationRow, Observed, ShareRow};
use sharespec_model::prediction::{ExpectedRow, ExpectedShare};
use sharespec_model::property::Property;
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::{Entity, PrincipalKind};

/// The answer to a call that associates or removes entities.
pub(super) fn answer(
    scene: &Scene<'_>,
    reply: &Reply<'_>,
    wanted: &[ExpectedRow],
    found: &[AssociationRow],
    seen: &mut Seen,
) {
    order(wanted, found, seen);
    let removes = reply.call.operation == scene.names().operations.disassociate;
    for row in found {
        let Some(wanted) = wanted.iter().find(|each| each.entity == row.entity) else { continue };
        if removes && wanted.required {
            create_time(scene, wanted, row, seen);
        }
        if reply.prediction.possible.is_empty() && wanted.required {
            let told = match (removes, row.status) {
                (true, Some(AssociationStatus::Disassociating)) => Told::RemovedLater,
                (true, Some(AssociationStatus::Disassociated)) => Told::RemovedAtOnce,
                (false, Some(AssociationStatus::Associating)) => Told::AssociatedLater,
                (false, Some(AssociationStatus::Associated)) => Told::AssociatedAtOnce,
                _ => continue,
            };
            seen.tell(told);
        }
    }
}

/// The order of the rows, beside that in which the call names their entities.
fn order(wanted: &[ExpectedRow], found: &[AssociationRow], seen: &mut Seen) {
    let shown: Vec<&Entity> = found.iter().map(|row| &row.entity).collect();
    let asked: Vec<&Entity> =
        wanted.iter().map(|each| &each.entity).filter(|each| shown.contains(each)).collect();
    if shown.len() < 2 || asked.len() != shown.len() {
        return;
    }
    let mut targets_first = asked.clone();
    targets_first.sort_by_key(|entity| entity.is_resource());
    let fitting: Vec<Told> = [
        (shown == asked, Told::RowsAsAsked),
        (shown.iter().rev().eq(&asked), Told::RowsReversed),
        (shown == targets_first, Told::RowsTargetsFirst),
    ]
    .into_iter()
    .filter_map(|(fits, told)| fits.then_some(told))
    .collect();
    match fitting.is_empty() {
        true => seen.tell(Told::RowsScattered),
        false => seen.tell_either(&fitting),
    }
}

fn create_time(scene: &Scene<'_>, wanted: &ExpectedRow, row: &AssociationRow, seen: &mut Seen) {
    let Some(created) = row.created else { return };
    let fits = |window| narrowed(created, window, scene.belief.offset).is_some();
    let fitting: Vec<Told> = [
        (fits(wanted.created), Told::CreatedByAssociation),
        (fits(scene.window), Told::CreatedByOperation),
    ]
    .into_iter()
    .filter_map(|(fits, told)| fits.then_some(told))
    .collect();
    seen.tell_either(&fitting);
}

/// The share that a call made. One with principals may wait for them.
pub(super) fn share(
    scene: &Scene<'_>,
    reply: &Reply<'_>,
    wanted: &ExpectedShare,
    row: &ShareRow,
    seen: &mut Seen,
) {
    let names = scene.names();
    if wanted.share.is_some() || reply.call.arguments.contains_key(names.principals) {
        return;
    }
    match row.status {
        Some(ShareStatus::Active) => seen.tell(Told::CreatedAtOnce),
        Some(ShareStatus::Pending) => seen.tell(Told::CreatedLater),
        _ => {}
    }
}

/// The members of the rows, whatever the call.
pub(super) fn members(scene: &Scene<'_>, reply: &Reply<'_>, seen: &mut Seen) {
    match reply.observed {
        Observed::Associations(rows) => {
            for row in rows {
                times(scene, &row.row, seen);
                entity_type(scene, row, seen);
                if reply.exact {
                    texts(scene, reply, row, seen);
                }
                property_key(scene, row, seen);
            }
        }
        Observed::Share(row) => row.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Shares(rows) => rows.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Shared(rows) => rows.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Invitations(rows) => rows.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Permissions(rows) => rows.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Invitation(row) => row.iter().for_each(|row| times(scene, &row.row, seen)),
        Observed::Nothing | Observed::Enabled(_) | Observed::Regions(_) => {}
    }
}

fn times(scene: &Scene<'_>, row: &Value, seen: &mut Seen) {
    for name in scene.names().times() {
        if let Some(number) = row.get(name).filter(|value| value.is_number()) {
            match number.is_u64() {
                // A moment may be a whole second.
                true => seen.tell_either(&[Told::Seconds, Told::Milliseconds]),
                false => seen.tell(Told::Milliseconds),
            }
        }
        let Some(text) = row.get(name).and_then(Value::as_str) else { continue };
        let digits = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count();
        seen.tell(match text.split_once('.').map_or(0, |(_, rest)| digits(rest)) {
            0 => Told::Seconds,
            1..=3 => Told::Milliseconds,
            _ => Told::Nanoseconds,
        });
    }
}

fn entity_type(scene: &Scene<'_>, row: &AssociationRow, seen: &mut Seen) {
    let Some(found) = row.entity_type.as_deref() else { return };
    let single = matches!(
        scene.world().principal_entry(&row.entity),
        None | Some((_, PrincipalKind::Account(_)))
    );
    if !single {
        seen.tell(if found == "Account" { Told::TypeAccount } else { Told::TypeByKind });
    }
}

/// The key under which the property of a service is shown that was given one.
fn property_key(scene: &Scene<'_>, row: &AssociationRow, seen: &mut Seen) {
    if row.resource || !matches!(property(scene, row), Property::This(_)) {
        return;
    }
    let text = row.row.get("TargetProperty").and_then(Value::as_str).unwrap_or_default();
    let Ok(Value::Object(members)) = serde_json::from_str(text) else { return };
    seen.tell_if(members.contains_key("timeRange"), Told::PropertyAsGiven);
    seen.tell_if(members.contains_key("plan"), Told::PropertyPlan);
}

/// The property that the entity of a row was given before.
fn property(scene: &Scene<'_>, row: &AssociationRow) -> Property {
    let share = scene.belief.position(&row.share);
    share.map_or(Property::Nothing, |share| scene.belief.property(share, &row.entity))
}

/// Texts that may be absent, null or empty. One that says something is no reading.
fn texts(scene: &Scene<'_>, reply: &Reply<'_>, row: &AssociationRow, seen: &mut Seen) {
    let names = scene.names();
    if row.status != Some(AssociationStatus::Failed) {
        match row.row.get(names.status_message) {
            None => seen.tell(Told::MessageAbsent),
            Some(Value::Null) => seen.tell(Told::MessageNull),
            Some(text) => seen.tell_if(text == "", Told::MessageEmpty),
        }
    }
    let Some(arn) = names.arn else { return };
    if !row.resource {
        match row.row.get(arn) {
            None => seen.tell(Told::TargetArnAbsent),
            Some(text) => seen.tell_if(text == "", Told::TargetArnEmpty),
        }
    }
    // What is shown where a property was given is none of the forms of nothing.
    let lists = ["TargetProperties", "ResourceProperties"];
    let gives = lists.iter().any(|list| reply.call.arguments.contains_key(*list));
    if gives || property(scene, row) != Property::Nothing {
        return;
    }
    let name = if row.resource { "ResourceProperty" } else { "TargetProperty" };
    match row.row.get(name) {
        None => seen.tell(Told::PropertiesAbsent),
        Some(text) => {
            seen.tell_if(text == "", Told::PropertiesEmpty);
            seen.tell_if(text == "{}", Told::PropertiesObject);
        }
    }
}
