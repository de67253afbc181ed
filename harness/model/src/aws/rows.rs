//! Reading the rows of replies of AWS RAM. What is missing or malformed is skipped here; the shape
//! oracle judges it.

use super::add::pairs;
use crate::observation::{AssociationRow, InvitationRow, Observed, ShareRow, SharedRow, Stamp};
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
        "DisassociateResourceShare" | "AssociateResourceShare" | "GetResourceShareAssociations" => {
            let rows = list("resourceShareAssociations");
            Observed::Associations(rows.filter_map(|row| association(world, row)).collect())
        }
        "CreateResourceShare" | "UpdateResourceShare" => {
            Observed::Share(members.remove("resourceShare").and_then(share))
        }
        "GetResourceShares" => Observed::Shares(list("resourceShares").filter_map(share).collect()),
        "ListResources" => Observed::Shared(
            list("resources").filter_map(|row| shared(world, row, "arn", true)).collect(),
        ),
        "ListPrincipals" => Observed::Shared(
            list("principals").filter_map(|row| shared(world, row, "id", false)).collect(),
        ),
        "GetResourceShareInvitations" => {
            Observed::Invitations(list("resourceShareInvitations").filter_map(invitation).collect())
        }
        "AcceptResourceShareInvitation" | "RejectResourceShareInvitation" => {
            Observed::Invitation(members.remove("resourceShareInvitation").and_then(invitation))
        }
        _ => Observed::Nothing,
    }
}

fn text(row: &Value, name: &str) -> Option<String> {
    row.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// A time in seconds, to the precision shown.
fn stamp(row: &Value, name: &str) -> Option<Stamp> {
    let Value::Number(number) = row.get(name)? else { return None };
    let from = (number.as_f64()? * 1000.0).round();
    if !(0.0..1.0e14).contains(&from) {
        return None;
    }
    let from = from as i64;
    let written = number.to_string();
    let fraction = written.split_once('.').map_or(0, |(_, fraction)| match fraction {
        "0" => 0,
        fraction => fraction.len(),
    });
    let width = match fraction {
        0 => 1000,
        1 => 100,
        2 => 10,
        _ => 1,
    };
    Some(Stamp { from, to: from + width - 1 })
}

fn principal(world: &World, id: &str) -> Entity {
    world.principal(id).unwrap_or_else(|| Entity::UnknownPrincipal(id.into()))
}

fn resource(world: &World, arn: &str) -> Entity {
    world.resource_by_arn(arn).unwrap_or_else(|| world.unknown_by_arn(arn))
}

fn association(world: &World, row: Value) -> Option<AssociationRow> {
    let id = row.get("associatedEntity").and_then(Value::as_str)?;
    let resource_row = match row.get("associationType").and_then(Value::as_str) {
        Some("PRINCIPAL") => false,
        Some("RESOURCE") => true,
        _ => world.resource_by_arn(id).is_some(),
    };
    let entity = if resource_row { resource(world, id) } else { principal(world, id) };
    let status = row.get("status").and_then(Value::as_str);
    Some(AssociationRow {
        share: text(&row, "resourceShareArn").unwrap_or_default(),
        share_name: text(&row, "resourceShareName"),
        entity,
        resource: resource_row,
        entity_type: None,
        status: status.and_then(AssociationStatus::parse),
        created: stamp(&row, "creationTime"),
        updated: stamp(&row, "lastUpdatedTime"),
        arn: None,
        row: Arc::new(row),
    })
}

fn share(row: Value) -> Option<ShareRow> {
    Some(ShareRow {
        id: text(&row, "resourceShareArn")?,
        name: text(&row, "name"),
        owner: text(&row, "owningAccountId"),
        status: row.get("status").and_then(Value::as_str).and_then(ShareStatus::parse),
        external: row.get("allowExternalPrincipals").and_then(Value::as_bool),
        tags: row.get("tags").and_then(pairs),
        created: stamp(&row, "creationTime"),
        updated: stamp(&row, "lastUpdatedTime"),
        row,
    })
}

fn shared(world: &World, row: Value, name: &str, resources: bool) -> Option<SharedRow> {
    let id = row.get(name).and_then(Value::as_str)?;
    let entity = if resources { resource(world, id) } else { principal(world, id) };
    Some(SharedRow {
        share: text(&row, "resourceShareArn").unwrap_or_default(),
        entity,
        created: stamp(&row, "creationTime"),
        updated: stamp(&row, "lastUpdatedTime"),
        row,
    })
}

fn invitation(row: Value) -> Option<InvitationRow> {
    Some(InvitationRow {
        id: text(&row, "resourceShareInvitationArn")?,
        share: text(&row, "resourceShareArn").unwrap_or_default(),
        sender: text(&row, "senderAccountId"),
        receiver: text(&row, "receiverAccountId"),
        status: row.get("status").and_then(Value::as_str).map_or(Set::EMPTY, meant),
        created: stamp(&row, "invitationTimestamp"),
        row,
    })
}

/// What the status of an invitation may mean: there is none for one that is over because its principal or
/// its share is gone.
fn meant(status: &str) -> Set<InvitationStatus> {
    match InvitationStatus::parse(status) {
        Some(over @ (InvitationStatus::Expired | InvitationStatus::Rejected)) => {
            Set::of(&[over, InvitationStatus::Cancelled])
        }
        status => status.map_or(Set::EMPTY, Set::only),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_may_have_been_cancelled() {
        use InvitationStatus::{Cancelled, Expired, Pending, Rejected};
        assert_eq!(meant("PENDING"), Set::only(Pending));
        assert_eq!(meant("EXPIRED"), Set::of(&[Expired, Cancelled]));
        assert_eq!(meant("REJECTED"), Set::of(&[Rejected, Cancelled]));
        assert_eq!(meant("GONE"), Set::EMPTY);
    }
}
