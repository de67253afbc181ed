//! What is shared: resources with principals, principals with owners.

use super::{list_rule, missing};
use crate::finding::{Check, Finding};
use crate::rows;
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::Share;
use sharespec_model::observation::SharedRow;
use sharespec_model::prediction::{ResourceFilter, SharedFilter};
use sharespec_model::set::Set;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, PrincipalKind};

pub(super) fn shared(
    scene: &Scene<'_>,
    filter: &SharedFilter,
    found: &[SharedRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in found {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&row.share));
        let entity = filter.entities.as_ref().is_none_or(|each| each.contains(&row.entity));
        let kind = scene.world().type_of(&row.entity).map(|kind| kind.name.as_str());
        let kind = filter.kind.as_ref().is_none_or(|each| kind == Some(each));
        if !(asked && entity && kind) {
            let observed = "something that was not asked for is listed as shared";
            findings.push(list_rule(scene, observed, row.row.to_string()));
        }
    }
    findings.extend(resource_status(scene, filter, found));
    for share in &scene.belief.shares {
        let own: Vec<&SharedRow> = found.iter().filter(|row| row.share == share.id).collect();
        findings.extend(shared_of(scene, filter, share, &own, whole));
        // Of an owner it is open.
        let external = own.iter().filter(|_| filter.own).filter_map(|row| {
            let list = scene.names().principals_list;
            rows::external(scene, share, &row.entity, list, &row.row)
        });
        findings.extend(external);
        let principals = own.iter().filter(|row| filter.own && !row.entity.is_resource());
        findings.extend(principals.filter_map(|row| {
            let association = share.association(&row.entity)?;
            rows::property(scene, &row.entity, &association.property, &row.row)
        }));
    }
    findings
}

/// The status of a resource is shown to whom it is shared with, and not to whom it belongs.
fn resource_status(
    scene: &Scene<'_>,
    filter: &SharedFilter,
    found: &[SharedRow],
) -> Option<Finding> {
    let rule = scene.operation.rule("shape/resource-status")?;
    let says = |row: &&SharedRow| {
        let shown = row.row.get("ResourceStatus").and_then(Value::as_str);
        shown.is_some_and(|shown| !shown.is_empty())
    };
    let wrong = found.iter().find(|row| says(row) == filter.own)?;
    let observed = match filter.own {
        true => "ResourceStatus of what the caller shares",
        false => "no ResourceStatus of what is shared with the caller",
    };
    let finding = Finding::new(scene.spec(), Check::Shape, Some(rule), observed);
    Some(finding.actual(wrong.row.to_string()))
}

/// What a share contributes: the entities that are associated, if share and relation are in force.
fn shared_of(
    scene: &Scene<'_>,
    filter: &SharedFilter,
    share: &Share,
    rows: &[&SharedRow],
    whole: bool,
) -> Vec<Finding> {
    let (mine, certain) = relation(scene, filter, share);
    let (with, certainly_with) = counterpart(scene, filter, share);
    let (mine, certain) = (mine && with, certain && certainly_with);
    if !filter.resources && !filter.own {
        return owners(scene, filter, share, rows, (mine, whole && certain));
    }
    let mut findings = Vec::new();
    for row in rows {
        let status = share.association(&row.entity).map(|association| association.status);
        let never = Set::of(&[
            AssociationStatus::Absent,
            AssociationStatus::Disassociated,
            AssociationStatus::Failed,
        ]);
        let live = status.map_or(share.others, |status| !status.within(never));
        if !mine || !live {
            let observed = format!("{} is listed as shared that is not", scene.kind(&row.entity));
            let mut finding = scene.about(&share.id, Some(&row.entity), observed);
            finding.rule = scene.operation.rule("list/isolation").or(finding.rule);
            findings.push(finding.actual(row.row.to_string()));
        }
    }
    let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
    if !(whole && certain && asked && !filter.opaque) {
        return findings;
    }
    for (entity, association) in &share.associations {
        let kind = scene.world().type_of(entity).map(|kind| kind.name.as_str());
        let fits = entity.is_resource() == filter.resources
            && association.status == Set::only(AssociationStatus::Associated)
            && filter.entities.as_ref().is_none_or(|each| each.contains(entity))
            && filter.kind.as_ref().is_none_or(|each| kind == Some(each));
        if fits && !rows.iter().any(|row| row.entity == *entity) {
            let observed = format!("{} is not listed as shared", scene.kind(entity));
            findings.push(missing(scene, &observed, scene.name(entity)));
        }
    }
    findings
}

/// Who shares something with the caller: the owners of the shares that it is a principal of.
fn owners(
    scene: &Scene<'_>,
    filter: &SharedFilter,
    share: &Share,
    rows: &[&SharedRow],
    (may, must): (bool, bool),
) -> Vec<Finding> {
    let owner = scene.world().principal_of(share.owner);
    let mut findings = Vec::new();
    for row in rows {
        let observed = match row.entity == owner {
            true if may => continue,
            true => "the owner of a share is listed that the caller is no principal of".to_owned(),
            false => format!("the {} is not the owner of the share", scene.names().shared_with),
        };
        let mut found = list_rule(scene, &observed, row.row.to_string());
        found.rule = scene.operation.rule("list/owners").or(found.rule);
        findings.push(found.expected([scene.name(&owner)]));
    }
    let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
    if must && asked && !filter.opaque && rows.is_empty() {
        let mut absent = missing(scene, "the owner of a share is not listed", scene.name(&owner));
        absent.rule = scene.operation.rule("list/owners").or(absent.rule);
        findings.push(absent);
    }
    findings
}

/// Whether a share may contribute to a list of what is shared, and whether it must: it must if it
/// is active and holds both a resource and a principal; the rest is open.
fn relation(scene: &Scene<'_>, filter: &SharedFilter, share: &Share) -> (bool, bool) {
    let active = share.status == Set::only(ShareStatus::Active);
    let both = holds_something(share, true) && holds_something(share, false);
    if filter.own {
        let mine = share.owner == filter.caller;
        return (mine && !is_gone(share), active && both && mine);
    }
    shared_with(scene, filter.caller, share)
}

/// Whether a share is certainly deleted: then nobody has access to what was in it.
fn is_gone(share: &Share) -> bool {
    share.status.within(Set::of(&[ShareStatus::Deleted, ShareStatus::Absent]))
}

/// Whether a share of another account may share something with an account, and whether it certainly
/// does.
pub(super) fn shared_with(scene: &Scene<'_>, account: AccountIndex, share: &Share) -> (bool, bool) {
    // One's own share is none of another account, and an invitation alone shares nothing.
    if share.owner == account || is_gone(share) {
        return (false, false);
    }
    let (mut may, mut must) = (share.others, false);
    for (entity, association) in &share.associations {
        let invited =
            *entity == scene.world().principal_of(account) && waits(scene, share, account);
        if !entity.is_resource() && !invited && scene.world().covers(entity, account) {
            may |= association.status.has(AssociationStatus::Associated)
                || association.status.values().any(AssociationStatus::in_transition);
            must |= association.status == Set::only(AssociationStatus::Associated);
        }
    }
    let active = share.status == Set::only(ShareStatus::Active);
    (may, must && active && holds_something(share, true))
}

/// Whether something of a kind is certainly in a share.
fn holds_something(share: &Share, resources: bool) -> bool {
    share.associations.iter().any(|(entity, association)| {
        entity.is_resource() == resources
            && association.status == Set::only(AssociationStatus::Associated)
    })
}

/// Whether an account was invited to a share, and has certainly not answered.
fn waits(scene: &Scene<'_>, share: &Share, account: AccountIndex) -> bool {
    let invitations = scene.belief.invitations.iter();
    let last = invitations.rev().find(|each| {
        let of = scene.belief.shares.get(each.share);
        each.receiver == account && of.is_some_and(|of| of.id == share.id)
    });
    last.is_some_and(|last| last.status == Set::only(InvitationStatus::Pending))
}

/// Whether a share may be, and whether it must be, with the principal or by the account that is asked
/// for. Whether a folder or a directory is each account in it is open.
fn counterpart(scene: &Scene<'_>, filter: &SharedFilter, share: &Share) -> (bool, bool) {
    if !filter.resource.is_any() {
        return with_resource(scene, filter, share);
    }
    let Some(id) = &filter.counterpart else { return (true, true) };
    if !filter.own {
        let same = scene.world().account_id(share.owner) == id;
        return (same, same);
    }
    let target = scene.world().principal(id);
    let entry = target.as_ref().and_then(|target| scene.world().principal_entry(target));
    let (mut may, mut must) = (share.others, false);
    for (entity, association) in &share.associations {
        let same = Some(entity) == target.as_ref();
        let within = match entry {
            Some((_, PrincipalKind::Account(account))) => scene.world().covers(entity, account),
            _ => false,
        };
        may |= (same || within) && association.status.values().any(AssociationStatus::is_live);
        must |= same && association.status == Set::only(AssociationStatus::Associated);
    }
    (may, must)
}

/// Whether a share may hold, and whether it holds, such a resource as is asked for. Whether what is asked
/// for by two filters has to be one resource is open.
fn with_resource(scene: &Scene<'_>, filter: &SharedFilter, share: &Share) -> (bool, bool) {
    let wanted = &filter.resource;
    let kind = ResourceFilter { kind: wanted.kind.clone(), ..ResourceFilter::default() };
    let rest = ResourceFilter { kind: None, ..wanted.clone() };
    let holds = |wanted: &ResourceFilter, certain: bool| {
        share.associations.iter().any(|(entity, association)| {
            wanted.fits(scene.world(), entity)
                && match certain {
                    true => association.status == Set::only(AssociationStatus::Associated),
                    false => association.status.values().any(AssociationStatus::is_live),
                }
        })
    };
    let may = [kind, rest].iter().all(|each| each.is_any() || holds(each, false));
    (may || share.others, holds(wanted, true))
}
