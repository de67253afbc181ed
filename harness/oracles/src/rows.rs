//! The rows of an answer: one for each entity that the call named, with the share's and the
//! entity's own facts; and the share or invitation that an answer shows.

use crate::finding::{Check, Finding};
use crate::lists::{OTHER_SENDER, other_sender};
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::Share;
use sharespec_model::observation::{AssociationRow, InvitationRow, Observed, ShareRow};
use sharespec_model::prediction::{Expected, ExpectedRow, ExpectedShare};
use sharespec_model::property::Property;
use sharespec_model::set::{Element, Set};
use sharespec_model::status::{AssociationStatus, InvitationStatus};
use sharespec_model::world::{Entity, PrincipalKind};

/// Judges what a success shows, lists aside.
pub fn judge(scene: &Scene<'_>, expected: &Expected, observed: &Observed) -> Vec<Finding> {
    match (expected, observed) {
        (Expected::Associations(wanted), Observed::Associations(rows)) => {
            associations(scene, wanted, rows)
        }
        (Expected::Share(wanted), Observed::Share(Some(row))) => share(scene, wanted, row),
        (Expected::Invitation { id, status }, Observed::Invitation(Some(row))) => {
            invitation(scene, id, *status, row)
        }
        (Expected::Enabled(wanted), Observed::Enabled(Some(enabled))) if !wanted.has(*enabled) => {
            let observed = format!("EnableSharingWithRd is {enabled}");
            let rule = scene.operation.rule("effect/status");
            vec![Finding::new(scene.spec(), Check::Effects, rule, observed)]
        }
        (Expected::Regions(region), Observed::Regions(found)) if !found.contains(region) => {
            let rule = scene.operation.rule("effect/regions");
            let observed = "the region of the world is not listed";
            vec![
                Finding::new(scene.spec(), Check::Effects, rule, observed)
                    .expected([region.clone()])
                    .actual(found.join(", ")),
            ]
        }
        _ => Vec::new(),
    }
}

fn associations(
    scene: &Scene<'_>,
    wanted: &[ExpectedRow],
    rows: &[AssociationRow],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rule = scene.operation.rule("effect/rows").or(scene.operation.rule("effect/associated"));
    let finding = |observed: String| Finding::new(scene.spec(), Check::Effects, rule, observed);
    for expected in wanted {
        let own: Vec<&AssociationRow> =
            rows.iter().filter(|row| same(row, &expected.entity)).collect();
        match own.as_slice() {
            [] if expected.required => findings.push(
                finding(format!("no row for {}", scene.kind(&expected.entity)))
                    .expected([format!("a row of {}", scene.name(&expected.entity))])
                    .actual(texts(rows.iter().map(|row| &*row.row))),
            ),
            [] => {}
            [row] => findings.extend(association(scene, expected, row)),
            _ => findings.push(
                finding("several rows for one entity".to_owned())
                    .actual(texts(own.iter().map(|row| &*row.row))),
            ),
        }
    }
    for row in rows {
        if !wanted.iter().any(|expected| same(row, &expected.entity)) {
            let observed = "a row of something that the call does not name".to_owned();
            findings.push(finding(observed).actual(row.row.to_string()));
        }
    }
    findings
}

fn same(row: &AssociationRow, entity: &Entity) -> bool {
    row.resource == entity.is_resource() && row.entity == *entity
}

fn texts<'a>(rows: impl Iterator<Item = &'a Value>) -> String {
    rows.map(Value::to_string).collect::<Vec<_>>().join("\n")
}

fn association(scene: &Scene<'_>, wanted: &ExpectedRow, row: &AssociationRow) -> Vec<Finding> {
    let mut findings = facts(scene, row, !wanted.again);
    let Some(share) = scene.belief.shares.get(wanted.share) else { return findings };
    if row.share != share.id {
        findings.push(
            scene
                .isolation("a row of another share".to_owned())
                .expected([share.id.clone()])
                .actual(row.row.to_string()),
        );
    }
    if let Some(status) = row.status
        && !wanted.status.has(status)
    {
        let shown = scene.status(status.name());
        let observed = format!("{} is {shown} in the answer", scene.kind(&wanted.entity));
        findings.push(
            scene
                .about(&share.id, None, observed)
                .expected(statuses(scene, wanted.status))
                .actual(row.row.to_string())
                .by_itself(status == AssociationStatus::Failed),
        );
    }
    findings.extend(property(scene, &wanted.entity, &wanted.property, &row.row));
    findings
}

/// The row of a service, or of a resource, holds the property that it was given.
pub fn property(
    scene: &Scene<'_>,
    entity: &Entity,
    given: &Property,
    row: &Value,
) -> Option<Finding> {
    let Property::This(given) = given else { return None };
    let (name, id) = match entity.is_resource() {
        true => ("ResourceProperty", "effect/resource-property"),
        false => ("TargetProperty", "effect/target-property"),
    };
    let shown = row.get(name).and_then(Value::as_str).unwrap_or_default();
    let accepted = scene.subject.filter(|subject| subject.accepted);
    let rule = accepted.and_then(|subject| subject.operation.rule(id));
    let rule = rule.or(scene.operation.rule(id)).or(scene.operation.rule("list/rows"));
    let what = if shown.is_empty() { "is missing" } else { "is another one" };
    (!scene.api.is_property(given, shown)).then(|| {
        Finding::new(scene.spec(), Check::Effects, rule, format!("{name} {what}"))
            .expected([given.to_string()])
            .actual(row.to_string())
    })
}

/// The names of statuses.
pub fn statuses(scene: &Scene<'_>, set: Set<AssociationStatus>) -> Vec<String> {
    set.values().map(|status| scene.status(status.name())).collect()
}

/// What a row says of its share and of its entity, whatever the status. `now` says that its share cannot be
/// shown with a name that it had before.
pub fn facts(scene: &Scene<'_>, row: &AssociationRow, now: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let names = scene.names();
    let wrong = |path: &str, wanted: String| {
        let member = scene.association_member(path);
        Finding::new(scene.spec(), Check::Shape, member, format!("{path} is another one"))
            .expected([wanted])
            .actual(row.row.to_string())
    };
    let share = scene.belief.shares.iter().find(|share| share.id == row.share);
    if let (Some(share), Some(name)) = (share, &row.share_name)
        && now
        && !share.names.is_empty()
        && !share.names.contains(name)
    {
        findings.push(wrong(names.share_name, share.names.join(" or ")));
    }
    if let Some(found) = &row.entity_type
        && !row.resource
        && !principal_types(scene, &row.entity).contains(&found.as_str())
    {
        findings.push(wrong(names.entity_type, principal_types(scene, &row.entity).join(" or ")));
    }
    findings.extend(
        share.and_then(|share| external(scene, share, &row.entity, names.associations, &row.row)),
    );
    findings
}

/// External says of an account whether it is outside the directory of the share's owner. What it says
/// of a folder, a directory or a service, or where the owner is in no directory, is open.
pub fn external(
    scene: &Scene<'_>,
    share: &Share,
    entity: &Entity,
    list: &str,
    row: &Value,
) -> Option<Finding> {
    let name = scene.names().external?;
    let shown = row.get(name)?.as_bool()?;
    let (_, PrincipalKind::Account(account)) = scene.world().principal_entry(entity)? else {
        return None;
    };
    let directory = scene.world().directory_of(share.owner)?;
    let outside = scene.world().directory_of(account) != Some(directory);
    let path = format!("{list}[].{name}");
    let member = scene.operation.members.iter().find(|member| member.path == path);
    (shown != outside).then(|| {
        let rule = member.map(|member| member.rule);
        Finding::new(scene.spec(), Check::Shape, rule, format!("{name} is another one"))
            .expected([outside.to_string()])
            .actual(row.to_string())
    })
}

/// Account for every principal; what else a group or a service may be called is open.
fn principal_types(scene: &Scene<'_>, entity: &Entity) -> &'static [&'static str] {
    match scene.world().principal_entry(entity) {
        Some((_, PrincipalKind::Directory(_))) => &["Account", "ResourceDirectory"],
        Some((_, PrincipalKind::Folder(..) | PrincipalKind::RootFolder(_))) => {
            &["Account", "Folder"]
        }
        Some((_, PrincipalKind::Service)) => &["Account", "Service"],
        _ => &["Account"],
    }
}

fn share(scene: &Scene<'_>, wanted: &ExpectedShare, row: &ShareRow) -> Vec<Finding> {
    let known = wanted.share.and_then(|position| scene.belief.shares.get(position));
    let owner = scene.world().account_id(wanted.owner).to_owned();
    let names = scene.names();
    let mut wrong: Vec<(&str, String)> = Vec::new();
    if known.is_some_and(|share| share.id != row.id) {
        wrong.push((names.share_id, known.map(|share| share.id.clone()).unwrap_or_default()));
    }
    if wanted.share.is_none() && scene.belief.position(&row.id).is_some() {
        wrong.push((names.share_id, "an id that no other share has".to_owned()));
    }
    if row.owner.as_ref().is_some_and(|found| *found != owner) {
        wrong.push((names.share_owner, owner));
    }
    if let (Some(name), Some(found)) = (&wanted.name, &row.name)
        && name != found
    {
        wrong.push((names.own_name, name.clone()));
    }
    if row.external.is_some_and(|found| !wanted.external.has(found)) {
        wrong.push((names.allow_external, values(wanted.external)));
    }
    if row.status.is_some_and(|found| !wanted.status.has(found)) {
        wrong.push((names.share_status, scene.status(&values(wanted.status))));
    }
    let rule = scene.operation.main_effect();
    wrong
        .into_iter()
        .map(|(member, expected)| {
            let observed = format!("{member} is another one");
            Finding::new(scene.spec(), Check::Effects, rule, observed)
                .expected([expected])
                .actual(row.row.to_string())
        })
        .collect()
}

fn values<T: Element + std::fmt::Debug>(set: Set<T>) -> String {
    set.values().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(" or ")
}

fn invitation(
    scene: &Scene<'_>,
    id: &str,
    status: Set<InvitationStatus>,
    row: &InvitationRow,
) -> Vec<Finding> {
    let rule = scene.operation.main_effect();
    let finding = |observed: &str, expected: String| {
        Finding::new(scene.spec(), Check::Effects, rule, observed)
            .expected([expected])
            .actual(row.row.to_string())
    };
    let mut findings = Vec::new();
    if row.id != id {
        findings.push(finding("another invitation", id.to_owned()));
    }
    if !row.status.is_empty() && !row.status.meets(status) {
        let failed = row.status == Set::only(InvitationStatus::AcceptFailed);
        let another = finding("the invitation has another status", scene.status(&values(status)));
        findings.push(another.by_itself(failed));
    }
    if let Some(owner) = other_sender(scene, row) {
        findings.push(finding(OTHER_SENDER, owner.to_owned()));
    }
    findings
}
