//! Shares: what their owner and what their principals see of them.

use super::shared::shared_with;
use super::{list_rule, missing};
use crate::finding::{Check, Finding};
use crate::permissions;
use crate::scene::Scene;
use sharespec_model::belief::Share;
use sharespec_model::observation::ShareRow;
use sharespec_model::prediction::ShareFilter;
use sharespec_model::property::Property;
use sharespec_model::status::{AssociationStatus, ShareStatus};

pub(super) fn shares(
    scene: &Scene<'_>,
    filter: &ShareFilter,
    found: &[ShareRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in found {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&row.id));
        let named = filter.name.is_none() || filter.name == row.name;
        let status = row.status.is_none_or(|status| filter.status.has(status));
        let owner = scene.world().account_id(filter.caller);
        let scope = row.owner.as_deref().is_none_or(|found| (found == owner) == filter.own);
        let known = scene.belief.shares.iter().find(|share| share.id == row.id);
        let (may, _) = known.map_or((true, false), |share| chosen(scene, filter, share));
        let may = may && may_be_grouped(filter, known, row);
        if !(asked && status && scope && may && (named || filter.opaque)) {
            let observed = "a share outside the scope or the filters";
            findings.push(list_rule(scene, observed, row.row.to_string()));
        }
    }
    for share in &scene.belief.shares {
        let row = found.iter().find(|row| row.id == share.id);
        findings.extend(share_row(scene, filter, share, row, whole));
    }
    findings
}

/// Whether a share may be in the resource group that is asked for: it says so, or it says nothing, and
/// it may have been put into one.
fn may_be_grouped(filter: &ShareFilter, known: Option<&Share>, row: &ShareRow) -> bool {
    let Some(asked) = &filter.group else { return true };
    let shown = row.row.get("ResourceGroupId").and_then(serde_json::Value::as_str);
    match shown.filter(|shown| !shown.is_empty()) {
        Some(shown) => shown == asked,
        None => known.is_none_or(|share| share.others),
    }
}

/// Whether a share may have, and whether it has, the tags and the permission that are asked for.
fn chosen(scene: &Scene<'_>, filter: &ShareFilter, share: &Share) -> (bool, bool) {
    let tags = filter.tags.iter().map(|tag| {
        let fits = share.tags.as_ref().map(|tags| tag.fits(tags));
        (fits.unwrap_or(true), fits.unwrap_or(false) && !tag.values.is_empty())
    });
    let permission = filter.permission.as_ref().map(|name| {
        let (mut may, mut must) = (share.others, false);
        for (kind, permission) in &share.permissions {
            let this = matches!(permission, Property::This(each) if each.as_str() == Some(name));
            may |= this || *permission == Property::Open;
            // Whether it stays when the last resource of its type goes is open.
            must |= this && permissions::is_shared(scene, share, kind);
        }
        (may, must)
    });
    let all = tags.chain(permission);
    all.fold((true, true), |(may, must), (one, certain)| (may && one, must && certain))
}

fn share_row(
    scene: &Scene<'_>,
    filter: &ShareFilter,
    share: &Share,
    row: Option<&ShareRow>,
    whole: bool,
) -> Option<Finding> {
    let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id));
    if !filter.own && row.is_some() {
        let finding = principal_share(scene, filter, share, row);
        if finding.is_some() || share.owner == filter.caller {
            return finding;
        }
    }
    if (filter.own && share.owner != filter.caller) || !asked {
        return None;
    }
    let Some(row) = row else {
        let certain = share
            .status
            .values()
            .all(|status| status != ShareStatus::Absent && filter.status.has(status));
        let name = filter.name.as_ref().is_none_or(|name| share.names == [name.clone()]);
        let theirs = filter.own || shared_with(scene, filter.caller, share).1;
        let must = certain && name && theirs && chosen(scene, filter, share).1 && !filter.opaque;
        return (whole && must).then(|| missing(scene, "a share is not listed", share.id.clone()));
    };
    // To who is a principal a share may wait for others.
    let waits = !filter.own && row.status == Some(ShareStatus::Pending);
    if row.status.is_some_and(|status| !share.status.has(status)) && !waits {
        let status = row.status.map_or("", ShareStatus::name);
        let statuses = share.status.values().map(|status| scene.status(status.name()));
        return Some(
            scene
                .about(&share.id, None, format!("the share is {}", scene.status(status)))
                .expected(statuses)
                .actual(row.row.to_string()),
        );
    }
    if let Some(finding) = touched(scene, filter, share, row) {
        return Some(finding);
    }
    if let Some(rule) =
        scene.operation.rule("list/tags").filter(|_| filter.own && lacks_tag(share, row))
    {
        let finding = Finding::new(scene.spec(), Check::Effects, Some(rule), "a tag is missing");
        let given = share.tags.iter().flatten().map(|(key, value)| format!("{key}={value}"));
        return Some(finding.expected(given).actual(row.row.to_string()));
    }
    let named = row.name.as_ref().is_none_or(|name| share.names.contains(name));
    let external = row.external.is_none_or(|external| share.external.has(external));
    (!named || !external).then(|| {
        scene
            .about(&share.id, None, "the share has another name or setting".to_owned())
            .expected([share.names.join(" or ")])
            .actual(row.row.to_string())
    })
}

/// The time of the last update does not change where no call changed anything.
fn touched(
    scene: &Scene<'_>,
    filter: &ShareFilter,
    share: &Share,
    row: &ShareRow,
) -> Option<Finding> {
    let (seen, shown) = (share.seen.filter(|_| filter.own)?, row.updated?);
    (seen != shown).then(|| {
        let updated = scene.names().updated;
        let observed = format!("{updated} of the share changed although nothing changed it");
        let mut finding = scene.about(&share.id, None, observed);
        finding.rule = finding.rule.or(scene.spec().floor("floor/same-answer"));
        finding.actual(row.row.to_string())
    })
}

/// Whether a row lacks a tag that its share was given.
fn lacks_tag(share: &Share, row: &ShareRow) -> bool {
    let shown = row.tags.as_deref().unwrap_or_default();
    share.tags.iter().flatten().any(|tag| !shown.contains(tag))
}

/// A share of another account is listed only to those who are, or may be, its principals.
fn principal_share(
    scene: &Scene<'_>,
    filter: &ShareFilter,
    share: &Share,
    row: Option<&ShareRow>,
) -> Option<Finding> {
    let row = row?;
    let related = share.owner != filter.caller
        && share.associations.iter().any(|(entity, association)| {
            !entity.is_resource()
                && scene.world().covers(entity, filter.caller)
                && association.status.values().any(AssociationStatus::is_live)
        });
    (!related && !share.others).then(|| {
        list_rule(scene, "a share of which the caller is no principal", row.row.to_string())
    })
}
