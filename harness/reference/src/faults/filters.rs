//! Lists that pass over a filter, or over what others share: each filter and each scope once.

use super::tools;
use super::{other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use serde_json::{Value, json};
use sharespec_model::call::{Call, Reply};
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::PrincipalKind;

pub(super) const FAULTS: &[Change] = &[
    when(
        targets,
        "targets-of-every-resource-id",
        "A list of principals by the id of a resource shows every one.",
        &[other!("ListSharedTargets/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceId"))],
    ),
    when(
        targets,
        "targets-of-every-resource-arn",
        "A list of principals by the ARN of a resource shows every one.",
        &[other!("ListSharedTargets/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceArn"))],
    ),
    when(
        targets,
        "targets-of-every-type",
        "A list of principals by a type of resources shows every one.",
        &[other!("ListSharedTargets/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceType"))],
    ),
    when(
        |moment| targets(moment) && by_resource(moment),
        "targets-of-first-resource-alone",
        "A list of principals by a resource looks at the first resource of each share alone.",
        &[other!("ListSharedTargets/list/rows")],
        &[Effect::Reply(first_resource_alone)],
    ),
    when(
        |moment| targets(moment) && by_resource(moment) && others(moment),
        "owners-of-no-resource",
        "A list of owners by a resource is empty.",
        &[other!("ListSharedTargets/list/rows"), other!("ListSharedTargets/list/owners")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        shares,
        "shares-of-every-tag",
        "A list of shares by a tag shows every share.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "Tag"))],
    ),
    when(
        shares,
        "shares-of-every-value-of-a-tag",
        "A list of shares by a tag shows those with any value of its key.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| {
            if let Some(tags) = call.arguments.get_mut("Tag").and_then(Value::as_array_mut) {
                tags.iter_mut().filter_map(Value::as_object_mut).for_each(|tag| {
                    tag.remove("Value");
                });
            }
        })],
    ),
    when(
        shares,
        "shares-of-others-by-a-tag",
        "Shares of other accounts can be asked for by a tag.",
        &[other!("ListResourceShares/error/InvalidParameter.ResourceOwnerAndTag")],
        &[Effect::Overlook(&["tags/of-others"])],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "creation-forgets-tags",
        "A new share has no tags, whatever is asked.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Call(|call, _| ignore(call, "Tag"))],
    ),
    when(
        shares,
        "shares-of-every-permission",
        "A list of shares by a permission shows every share.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "PermissionName"))],
    ),
    when(
        |moment| shares(moment) && moment.text("PermissionName").is_some(),
        "shares-of-no-permission",
        "A list of shares by a permission is empty.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| resources(moment) && others(moment),
        "shared-resource-type-ignored-of-others",
        "A list of what others share shows every type.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceType"))],
    ),
    when(
        |moment| resources(moment) && others(moment),
        "shared-resource-ids-ignored-of-others",
        "A list of what others share shows every id.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceIds"))],
    ),
    when(
        |moment| resources(moment) && others(moment),
        "shared-resource-arns-ignored-of-others",
        "A list of what others share shows every ARN.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceArns"))],
    ),
    when(
        |moment| resources(moment) && others(moment),
        "first-resource-id-alone-of-others",
        "Of several ids a list of what others share takes the first only.",
        &[other!("ListSharedResources/list/rows")],
        &[Effect::Call(|call, _| {
            let ids = call.arguments.get_mut("ResourceIds").and_then(Value::as_array_mut);
            ids.into_iter().for_each(|ids| ids.truncate(1));
        })],
    ),
    when(
        |moment| shares(moment) && others(moment),
        "shares-of-others-not-listed",
        "The shares of others are not listed.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| shares(moment) && others(moment) && through_a_group(moment),
        "shares-with-groups-not-listed",
        "Who is a principal through a folder or a directory has no shares listed.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Reply(|reply, _| edit::list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| shares(moment) && others(moment),
        "principals-see-another-setting",
        "To a principal a share shows the other value of AllowExternalTargets.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Reply(|reply, _| {
            edit::replace(reply, "AllowExternalTargets", |flag| json!(flag != &json!(true)))
        })],
    ),
    when(
        |moment| shares(moment) && others(moment),
        "principals-see-another-name",
        "To a principal a share shows its name in capitals.",
        &[other!("ListResourceShares/list/rows")],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "ResourceShareName", str::to_ascii_uppercase)
        })],
    ),
    when(
        |moment| resources(moment) || targets(moment),
        "deleted-shares-still-share",
        "What a share held is listed as shared after the share was deleted.",
        &[other!("ListSharedResources/list/isolation"), other!("ListSharedTargets/list/isolation")],
        &[Effect::Reply(of_deleted)],
    ),
];

fn targets(moment: &Moment<'_>) -> bool {
    moment.is("ListSharedTargets")
}

fn resources(moment: &Moment<'_>) -> bool {
    moment.is("ListSharedResources")
}

fn shares(moment: &Moment<'_>) -> bool {
    moment.is("ListResourceShares")
}

fn others(moment: &Moment<'_>) -> bool {
    moment.text("ResourceOwner") == Some("OtherAccounts")
}

fn by_resource(moment: &Moment<'_>) -> bool {
    ["ResourceId", "ResourceArn", "ResourceType"].iter().any(|name| moment.text(name).is_some())
}

fn ignore(call: &mut Call, name: &str) {
    call.arguments.remove(name);
}

/// Whether some share has a folder or a directory of the caller as a principal.
fn through_a_group(moment: &Moment<'_>) -> bool {
    let Some(caller) = tools::caller(moment) else { return false };
    let mut rows = moment.state.shares.iter().flat_map(|share| &share.rows);
    rows.any(|row| {
        let entry = moment.world.principal_entry(&row.entity);
        row.status == AssociationStatus::Associated
            && !matches!(entry, Some((_, PrincipalKind::Account(_))) | None)
            && moment.world.covers(&row.entity, caller)
    })
}

/// Drops the rows of shares of which the first resource is not the one that is asked for.
fn first_resource_alone(reply: &mut Reply, moment: &Moment<'_>) {
    let world = moment.world;
    let fits = |id: &str| {
        let share = moment.state.position(id).and_then(|at| moment.state.shares.get(at))?;
        let first = share
            .rows
            .iter()
            .find(|row| row.entity.is_resource() && row.status == AssociationStatus::Associated)?;
        let arn = world.resource(&first.entity).and_then(|each| each.arn.as_deref());
        let kind = world.type_of(&first.entity).map(|kind| kind.name.as_str());
        let is = |name: &str, value: Option<&str>| {
            moment.text(name).is_none_or(|asked| Some(asked) == value)
        };
        let id = Some(world.entity_id(&first.entity));
        Some(is("ResourceId", id) && is("ResourceArn", arn) && is("ResourceType", kind))
    };
    edit::list(reply).into_iter().for_each(|rows| {
        rows.retain(|row| row["ResourceShareId"].as_str().and_then(fits).unwrap_or(true));
    });
}

/// Adds what the deleted shares that the caller owns, or was a principal of, held.
fn of_deleted(reply: &mut Reply, moment: &Moment<'_>) {
    let Some(caller) = tools::caller(moment) else { return };
    let wanted = resources(moment);
    let deleted = moment.state.shares.iter().filter(|share| {
        let theirs = share.rows.iter().any(|row| moment.world.covers(&row.entity, caller));
        let scope = if others(moment) { theirs } else { share.owner == caller };
        share.status == ShareStatus::Deleted && scope
    });
    let mut rows = Vec::new();
    for share in deleted {
        for row in share.rows.iter().filter(|row| row.entity.is_resource() == wanted) {
            let id = match others(moment) && !wanted {
                true => moment.world.account_id(share.owner),
                false => moment.world.entity_id(&row.entity),
            };
            let name = if wanted { "ResourceId" } else { "TargetId" };
            let mut shown = json!({
                "ResourceShareId": share.id,
                name: id,
                "CreateTime": "2026-01-01T00:00:00.000Z",
                "UpdateTime": "2026-01-01T00:00:00.000Z",
            });
            let kind = moment.world.type_of(&row.entity).filter(|_| wanted);
            if let (Some(kind), Value::Object(members)) = (kind, &mut shown) {
                members.insert("ResourceType".into(), kind.name.as_str().into());
            }
            rows.push(shown);
        }
    }
    edit::list(reply).into_iter().for_each(|list| list.append(&mut rows));
}
