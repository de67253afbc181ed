//! Associations: every row meets the filters, and every entity has the rows that it must have.

use super::list_rule;
use crate::finding::Finding;
use crate::rows;
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::{Association, Share};
use sharespec_model::observation::AssociationRow;
use sharespec_model::prediction::AssociationFilter;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::{AccountIndex, Entity};

pub(super) fn associations(
    scene: &Scene<'_>,
    filter: &AssociationFilter,
    found: &[AssociationRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        found.iter().filter_map(|row| outside_filter(scene, filter, row)).collect();
    for share in &scene.belief.shares {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
        let own: Vec<&AssociationRow> = found.iter().filter(|row| row.share == share.id).collect();
        if share.owner != filter.caller {
            findings.extend(foreign(scene, share, filter.caller, &own));
        } else if asked {
            findings.extend(of_share(scene, filter, share, &own, whole));
        }
    }
    findings
}

fn outside_filter(
    scene: &Scene<'_>,
    filter: &AssociationFilter,
    row: &AssociationRow,
) -> Option<Finding> {
    let share = filter.shares.as_ref().is_none_or(|ids| ids.contains(&row.share));
    let kind = row.resource == filter.resources;
    let status = row.status.is_none_or(|status| filter.status.has(status));
    let entity = filter.entity.as_ref().is_none_or(|entity| *entity == row.entity);
    let id = filter.entity_id.as_ref().is_none_or(|id| scene.world().entity_id(&row.entity) == id);
    let what = match (share, kind, status, entity && id) {
        (true, true, true, true) => return None,
        (false, ..) => "a row of a share that was not asked for",
        (_, false, ..) => "a row of the other association type",
        (_, _, false, _) => "a row of another status than asked for",
        (.., false) => "a row of another entity than asked for",
    };
    Some(list_rule(scene, what, row.row.to_string()))
}

/// What one may see of a share of another account: nothing, unless one is, was or may be a principal
/// of it.
pub(super) fn foreign(
    scene: &Scene<'_>,
    share: &Share,
    caller: AccountIndex,
    rows: &[&AssociationRow],
) -> Option<Finding> {
    let principal = share
        .associations
        .iter()
        .any(|(entity, _)| !entity.is_resource() && scene.world().covers(entity, caller));
    let row = rows.first().filter(|_| !principal && !share.others)?;
    Some(list_rule(scene, "a row of another account's share", row.row.to_string()))
}

fn of_share(
    scene: &Scene<'_>,
    filter: &AssociationFilter,
    share: &Share,
    rows: &[&AssociationRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        rows.iter().flat_map(|row| rows::facts(scene, row, true)).collect();
    for row in rows.iter().filter(|row| row.resource == filter.resources) {
        if !share.others && share.association(&row.entity).is_none() {
            let observed =
                format!("{} is listed that was never associated", scene.kind(&row.entity));
            findings.push(
                scene.about(&share.id, Some(&row.entity), observed).actual(row.row.to_string()),
            );
        }
    }
    for (entity, association) in &share.associations {
        let asked = entity.is_resource() == filter.resources
            && filter.entity.as_ref().is_none_or(|each| each == entity)
            && filter.entity_id.as_ref().is_none_or(|id| scene.world().entity_id(entity) == id);
        if asked {
            let own: Vec<&AssociationRow> =
                rows.iter().copied().filter(|row| row.entity == *entity).collect();
            findings.extend(entity_rows(scene, filter, share, (entity, association), &own, whole));
        }
    }
    findings
}

/// The rows of one entity: at most one live, in a status believed possible, and as many ended ones
/// as there can be.
fn entity_rows(
    scene: &Scene<'_>,
    filter: &AssociationFilter,
    share: &Share,
    (entity, association): (&Entity, &Association),
    rows: &[&AssociationRow],
    whole: bool,
) -> Option<Finding> {
    let finding = |observed: String| {
        scene
            .about(&share.id, Some(entity), observed)
            .expected(rows::statuses(scene, association.status & filter.status))
            .actual(match rows {
                [] => format!("no row of {}", scene.name(entity)),
                rows => rows.iter().map(|row| row.row.to_string()).collect::<Vec<_>>().join("\n"),
            })
    };
    let kind = scene.kind(entity);
    let statuses = rows.iter().filter_map(|row| row.status);
    let live: Vec<AssociationStatus> = statuses.clone().filter(|each| each.is_live()).collect();
    let ended: Vec<AssociationStatus> = statuses.filter(|each| each.is_ended()).collect();
    let is = |status: AssociationStatus| {
        let failed = status == AssociationStatus::Failed;
        finding(format!("{kind} is {}", scene.status(status.name()))).by_itself(failed)
    };
    if live.len() > 1 {
        return Some(finding(format!("{kind} has several live rows")));
    }
    if let Some(status) = live.first()
        && !association.status.has(*status)
    {
        return Some(is(*status));
    }
    let current_ended = association.status.values().any(AssociationStatus::is_ended);
    let most = association.older.1.saturating_add(u16::from(current_ended && live.is_empty()));
    if let Some(status) = ended.first().filter(|_| ended.len() > usize::from(most)) {
        let failed = ended.contains(&AssociationStatus::Failed);
        return Some(is(*status).by_itself(failed));
    }
    if live.is_empty() && association.older.1 == 0 {
        let odd = ended.iter().find(|status| !association.status.has(**status));
        if let Some(status) = odd {
            return Some(is(*status));
        }
    }
    if whole && rows.is_empty() && !may_be_hidden(association, filter) {
        return Some(finding(format!("{kind} is not listed")));
    }
    let must_live =
        association.status.values().all(|each| each.is_live() && filter.status.has(each));
    if let (true, true, true, Some(status)) = (whole, live.is_empty(), must_live, ended.first()) {
        return Some(is(*status));
    }
    let in_force = [AssociationStatus::Associating, AssociationStatus::Associated].map(Some);
    let shown = rows.iter().find(|row| in_force.contains(&row.status));
    let property =
        |row: &&AssociationRow| rows::property(scene, entity, &association.property, &row.row);
    changed(scene, share, entity, association, rows).or_else(|| shown.and_then(property))
}

/// Whether no row of an entity need be shown: some status believed possible has none, or none that
/// the filter lets through.
fn may_be_hidden(association: &Association, filter: &AssociationFilter) -> bool {
    association
        .status
        .values()
        .any(|status| status == AssociationStatus::Absent || !filter.status.has(status))
}

/// What no call changed reads the same.
fn changed(
    scene: &Scene<'_>,
    share: &Share,
    entity: &Entity,
    association: &Association,
    rows: &[&AssociationRow],
) -> Option<Finding> {
    let seen = association.seen.as_ref()?;
    let [row] = rows else { return None };
    let same = row.status == Some(seen.status) && same_facts(scene, &row.row, &seen.row);
    (!same).then(|| {
        let mut finding = scene.about(
            &share.id,
            Some(entity),
            format!("the row of {} changed although nothing changed it", scene.kind(entity)),
        );
        finding.rule = finding.rule.or(scene.spec().floor("floor/same-answer"));
        finding.expected([seen.row.to_string()]).actual(row.row.to_string())
    })
}

/// Whether two rows say the same in the documented members: one that is absent, null or empty says
/// nothing, and XML cannot tell these apart.
fn same_facts(scene: &Scene<'_>, one: &Value, other: &Value) -> bool {
    let says = |value: &&Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) => true,
    };
    let members = scene.operation.members.iter().filter_map(|member| member.path.split_once("[]."));
    members.into_iter().all(|(_, name)| one.get(name).filter(says) == other.get(name).filter(says))
}
