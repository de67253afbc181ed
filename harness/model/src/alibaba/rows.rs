//! Reading the rows of Alibaba replies. What is missing or malformed is skipped here; the shape
//! oracle judges it.

use crate::observation::{
    AssociationRow, InvitationRow, Observed, PermissionRow, ShareRow, SharedRow, Stamp,
};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::{Entity, World};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Reads the members of a success.
pub fn read(world: &World, operation: &str, mut members: Map<String, Value>) -> Observed {
    let mut list = |name: &str| match members.remove(name) {
        Some(Value::Array(rows)) => rows.into_iter(),
        _ => Vec::new().into_iter(),
    };
    match operation {
        "DisassociateResourceShare"
        | "AssociateResourceShare"
        | "ListResourceShareAssociations" => {
            let rows = list("ResourceShareAssociations");
            Observed::Associations(rows.filter_map(|row| association(world, row)).collect())
        }
        "CreateResourceShare" | "UpdateResourceShare" => {
            Observed::Share(members.remove("ResourceShare").and_then(share))
        }
        "ListResourceShares" => {
            Observed::Shares(list("ResourceShares").filter_map(share).collect())
        }
        "ListSharedResources" => Observed::Shared(
            list("SharedResources").filter_map(|row| shared_resource(world, row)).collect(),
        ),
        "ListSharedTargets" => Observed::Shared(
            list("SharedTargets").filter_map(|row| shared_target(world, row)).collect(),
        ),
        "ListResourceShareInvitations" => {
            Observed::Invitations(list("ResourceShareInvitations").filter_map(invitation).collect())
        }
        "ListResourceSharePermissions" => {
            Observed::Permissions(list("Permissions").filter_map(permission).collect())
        }
        "AcceptResourceShareInvitation" | "RejectResourceShareInvitation" => {
            Observed::Invitation(members.remove("ResourceShareInvitation").and_then(invitation))
        }
        "CheckSharingWithResourceDirectoryStatus" => {
            Observed::Enabled(members.get("EnableSharingWithRd").and_then(Value::as_bool))
        }
        "DescribeRegions" => {
            Observed::Regions(list("Regions").filter_map(|row| text(&row, "RegionId")).collect())
        }
        _ => Observed::Nothing,
    }
}

fn text(row: &Value, name: &str) -> Option<String> {
    row.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn stamp(row: &Value, name: &str) -> Option<Stamp> {
    row.get(name).and_then(Value::as_str).and_then(Stamp::parse)
}

fn association(world: &World, row: Value) -> Option<AssociationRow> {
    let id = row.get("EntityId").and_then(Value::as_str)?;
    let kind = row.get("AssociationType").and_then(Value::as_str);
    let entity_type = text(&row, "EntityType");
    let resource = match kind {
        Some("Target") => false,
        Some("Resource") => true,
        _ => world.principal(id).is_none(),
    };
    let entity = match resource {
        true => resource_entity(world, entity_type.as_deref().unwrap_or(""), id),
        false => principal_entity(world, id),
    };
    let status = row.get("AssociationStatus").and_then(Value::as_str);
    Some(AssociationRow {
        share: text(&row, "ResourceShareId").unwrap_or_default(),
        share_name: text(&row, "ResourceShareName"),
        entity,
        resource,
        entity_type,
        status: status.and_then(AssociationStatus::parse),
        created: stamp(&row, "CreateTime"),
        updated: stamp(&row, "UpdateTime"),
        arn: text(&row, "ResourceArn").filter(|arn| !arn.is_empty()),
        row: Arc::new(row),
    })
}

fn resource_entity(world: &World, kind: &str, id: &str) -> Entity {
    let known = world.resource_by_pair(kind, id);
    known.unwrap_or_else(|| Entity::UnknownResource(kind.into(), id.into()))
}

fn principal_entity(world: &World, id: &str) -> Entity {
    world.principal(id).unwrap_or_else(|| Entity::UnknownPrincipal(id.into()))
}

fn share(row: Value) -> Option<ShareRow> {
    Some(ShareRow {
        id: text(&row, "ResourceShareId")?,
        name: text(&row, "ResourceShareName"),
        owner: text(&row, "ResourceShareOwner"),
        status: row.get("ResourceShareStatus").and_then(Value::as_str).and_then(ShareStatus::parse),
        external: row.get("AllowExternalTargets").and_then(Value::as_bool),
        tags: None,
        created: stamp(&row, "CreateTime"),
        updated: stamp(&row, "UpdateTime"),
        row,
    })
}

fn shared_resource(world: &World, row: Value) -> Option<SharedRow> {
    let id = row.get("ResourceId").and_then(Value::as_str)?;
    let kind = row.get("ResourceType").and_then(Value::as_str).unwrap_or("");
    Some(SharedRow {
        share: text(&row, "ResourceShareId").unwrap_or_default(),
        entity: resource_entity(world, kind, id),
        created: stamp(&row, "CreateTime"),
        updated: stamp(&row, "UpdateTime"),
        row,
    })
}

fn shared_target(world: &World, row: Value) -> Option<SharedRow> {
    let id = row.get("TargetId").and_then(Value::as_str)?;
    Some(SharedRow {
        share: text(&row, "ResourceShareId").unwrap_or_default(),
        entity: principal_entity(world, id),
        created: stamp(&row, "CreateTime"),
        updated: stamp(&row, "UpdateTime"),
        row,
    })
}

fn invitation(row: Value) -> Option<InvitationRow> {
    Some(InvitationRow {
        id: text(&row, "ResourceShareInvitationId")?,
        share: text(&row, "ResourceShareId").unwrap_or_default(),
        sender: text(&row, "SenderAccountId"),
        receiver: text(&row, "ReceiverAccountId"),
        status: row
            .get("Status")
            .and_then(Value::as_str)
            .and_then(InvitationStatus::parse)
            .map_or(Set::EMPTY, Set::only),
        created: stamp(&row, "CreateTime"),
        row,
    })
}

fn permission(row: Value) -> Option<PermissionRow> {
    Some(PermissionRow {
        name: text(&row, "PermissionName")?,
        kind: text(&row, "ResourceType").unwrap_or_default(),
        default: row.get("DefaultPermission").and_then(Value::as_bool),
        row,
    })
}
