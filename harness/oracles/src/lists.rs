//! Lists read back: every row meets the filters and is explained by the belief, and what is believed
//! to be there is.

use crate::finding::{Check, Finding};
use crate::permissions;
use crate::rows;
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::{Association, Share};
use sharespec_model::observation::{AssociationRow, InvitationRow, Observed, ShareRow, SharedRow};
use sharespec_model::prediction::{
    AssociationFilter, Expected, InvitationFilter, ResourceFilter, ShareFilter, SharedFilter,
};
use sharespec_model::property::Property;
use sharespec_model::set::Set;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, Entity, PrincipalKind};

/// Judges a list. `whole` says whether all of its pages were read.
pub fn judge(
    scene: &Scene<'_>,
    expected: &Expected,
    observed: &Observed,
    whole: bool,
) -> Vec<Finding> {
    match (expected, observed) {
        (Expected::AssociationList(filter), Observed::Associations(rows)) => {
            associations(scene, filter, rows, whole)
        }
        (Expected::ShareList(filter), Observed::Shares(rows)) => shares(scene, filter, rows, whole),
        (Expected::SharedList(filter), Observed::Shared(rows)) => {
            shared(scene, filter, rows, whole)
        }
        (Expected::InvitationList(filter), Observed::Invitations(rows)) => {
            invitations(scene, filter, rows, whole)
        }
        (Expected::PermissionList(Some(share)), Observed::Permissions(rows)) => {
            let share = scene.belief.shares.get(*share);
            share.map_or_else(Vec::new, |share| permissions::judge(scene, share, rows, whole))
        }
        _ => Vec::new(),
    }
}

fn list_rule(scene: &Scene<'_>, observed: &str, actual: String) -> Finding {
    let rule = scene.operation.rule("list/isolation");
    Finding::new(scene.spec(), Check::Isolation, rule, observed).actual(actual)
}

fn missing(scene: &Scene<'_>, observed: &str, expected: String) -> Finding {
    let rule = scene.operation.rule("list/rows");
    Finding::new(scene.spec(), Check::Effects, rule, observed).expected([expected])
}

fn associations(
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

/// Judges a list of which the answer is open for all but what it may never show.
pub fn judge_open(scene: &Scene<'_>, expected: &Expected, observed: &Observed) -> Vec<Finding> {
    let (Expected::AssociationList(filter), Observed::Associations(rows)) = (expected, observed)
    else {
        return Vec::new();
    };
    let shares = scene.belief.shares.iter().filter(|share| share.owner != filter.caller);
    shares
        .filter_map(|share| {
            let own: Vec<_> = rows.iter().filter(|row| row.share == share.id).collect();
            foreign(scene, share, filter.caller, &own)
        })
        .collect()
}

/// What one may see of a share of another account: nothing, unless one is, was or may be a principal
/// of it.
fn foreign(
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
    let mut findings: Vec<Finding> = rows.iter().flat_map(|row| rows::facts(scene, row)).collect();
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
    if live.len() > 1 {
        return Some(finding(format!("{kind} has several live rows")));
    }
    if let Some(status) = live.first()
        && !association.status.has(*status)
    {
        return Some(finding(format!("{kind} is {}", scene.status(status.name()))));
    }
    let current_ended = association.status.values().any(AssociationStatus::is_ended);
    let most = association.older.1.saturating_add(u16::from(current_ended && live.is_empty()));
    if ended.len() > usize::from(most) {
        let name = ended.first().map_or("", |status| status.name());
        return Some(finding(format!("{kind} is {}", scene.status(name))));
    }
    if live.is_empty() && association.older.1 == 0 {
        let odd = ended.iter().find(|status| !association.status.has(**status));
        if let Some(status) = odd {
            return Some(finding(format!("{kind} is {}", scene.status(status.name()))));
        }
    }
    if whole && rows.is_empty() && !may_be_hidden(association, filter) {
        return Some(finding(format!("{kind} is not listed")));
    }
    let must_live =
        association.status.values().all(|each| each.is_live() && filter.status.has(each));
    if let (true, true, true, Some(status)) = (whole, live.is_empty(), must_live, ended.first()) {
        return Some(finding(format!("{kind} is {}", scene.status(status.name()))));
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

fn shares(
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

fn shared(
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
fn shared_with(scene: &Scene<'_>, account: AccountIndex, share: &Share) -> (bool, bool) {
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

fn invitations(
    scene: &Scene<'_>,
    filter: &InvitationFilter,
    found: &[InvitationRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = scene.world().account_id(filter.caller);
    for row in found {
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&row.share))
            && filter.ids.as_ref().is_none_or(|ids| ids.contains(&row.id));
        let received = row.receiver.as_deref().is_none_or(|receiver| receiver == own);
        if !(asked && received) {
            let observed = "an invitation of another account, or one that was not asked for";
            findings.push(list_rule(scene, observed, row.row.to_string()));
        }
    }
    for invitation in scene.belief.invitations.iter().filter(|each| each.receiver == filter.caller)
    {
        let Some(share) = scene.belief.shares.get(invitation.share) else { continue };
        let asked = filter.shares.as_ref().is_none_or(|ids| ids.contains(&share.id))
            && filter
                .ids
                .as_ref()
                .is_none_or(|ids| invitation.id.as_ref().is_some_and(|id| ids.contains(id)));
        let rows: Vec<&InvitationRow> = found.iter().filter(|row| row.share == share.id).collect();
        let listed = rows.iter().any(|row| row.status.meets(invitation.status));
        let pending = invitation.status.single() == Some(InvitationStatus::Pending);
        if whole && asked && pending && !listed {
            findings.push(missing(scene, "an open invitation is not listed", share.id.clone()));
        }
    }
    findings
}
