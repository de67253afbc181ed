//! The Alibaba API as a service: what it shows, mints and lets pass.

use crate::apply::Shown;
use crate::faults;
use crate::numbers;
use crate::platform::{Catalogue, Platform};
use crate::show::{Display, record};
use crate::state::{IdForms, Invitation, Permission, Row, Share};
use crate::variants;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sharespec_model::alibaba::conditions as c;
use sharespec_model::alibaba::{Alibaba, given};
use sharespec_model::call::{Arguments, Call};
use sharespec_model::condition::Condition;
use sharespec_model::prediction::Expected;
use sharespec_model::spec::Spec;
use sharespec_model::world::{Entity, PrincipalKind, ResourceType, World};
use sharespec_wire::alibaba::Incoming;
use sharespec_wire::http::Request;

/// What is looked at although signatures are not checked.
const WITHOUT_SIGNATURES: [Condition; 9] = [
    c::GATEWAY_HTTP_METHOD,
    c::GATEWAY_FORMAT_UNKNOWN,
    c::GATEWAY_ACTION_MISSING,
    c::GATEWAY_ACTION_UNKNOWN,
    c::GATEWAY_VERSION_MISSING,
    c::GATEWAY_VERSION_UNKNOWN,
    c::GATEWAY_KEY_MISSING,
    c::GATEWAY_KEY_UNKNOWN,
    c::GATEWAY_DENIED,
];

const CATALOGUE: Catalogue = Catalogue {
    variants: variants::VARIANTS,
    untold: UNTOLD,
    faults: faults::TABLES,
    deep: faults::DEEP,
    lawful_with: faults::LAWFUL_WITH,
    degenerate: faults::DEGENERATE,
};

impl Platform for Alibaba {
    fn arguments(&self, spec: &Spec, request: &Request, incoming: &Incoming) -> Arguments {
        let mut arguments = incoming.arguments.clone();
        let Some(operation) = spec.operation(&incoming.action) else { return arguments };
        // That there is no region is said where the document has one.
        let region = incoming.region_id.clone().map(Value::String);
        if region.is_some() || operation.parameter("RegionId").is_some() {
            arguments.insert("RegionId".to_owned(), region.unwrap_or_default());
        }
        for key in numbers::fill(operation, request, incoming, &mut arguments) {
            let marked = if key.contains('.') { key.clone() } else { format!("{key}.again") };
            arguments.entry(marked).or_insert(Value::Null);
        }
        arguments
    }

    fn without_signatures(&self) -> &'static [Condition] {
        &WITHOUT_SIGNATURES
    }

    fn id_forms(&self) -> IdForms {
        IdForms::default()
    }

    fn property(&self, world: &World, call: &Call, entity: &Entity) -> Option<String> {
        given(world, &call.arguments, entity)
    }

    fn permissions(
        &self,
        world: &World,
        call: &Call,
        entities: &[Entity],
    ) -> Vec<(Permission, bool)> {
        let listed = call.arguments.get("PermissionNames").and_then(Value::as_array);
        let names: Vec<&str> = listed.into_iter().flatten().filter_map(Value::as_str).collect();
        let permission = |kind: &ResourceType| {
            let own = |name: &&str| {
                **name == kind.default_permission
                    || kind.permissions.iter().any(|each| each == name)
            };
            let named = names.iter().copied().find(own);
            let name = named.unwrap_or(&kind.default_permission).to_owned();
            (Permission { kind: kind.name.clone(), name }, named.is_some())
        };
        let given = entities.iter().filter_map(|entity| world.type_of(entity)).map(permission);
        given.filter(|(permission, _)| !permission.name.is_empty()).collect()
    }

    fn permission(&self, display: &Display<'_>, share: &Share, permission: &Permission) -> Value {
        let kind = display.world.resource_type(&permission.kind);
        json!({
            "PermissionName": permission.name,
            "PermissionVersion": "v1",
            "ResourceType": permission.kind,
            "DefaultVersion": true,
            "DefaultPermission": kind.is_some_and(|kind| kind.default_permission == permission.name),
            "CreateTime": time(display, share.created),
            "UpdateTime": time(display, share.created),
        })
    }

    fn catalogue(&self) -> &'static Catalogue {
        &CATALOGUE
    }

    fn list_name(&self, expected: &Expected) -> &'static str {
        match expected {
            Expected::AssociationList(_) => "ResourceShareAssociations",
            Expected::ShareList(_) => "ResourceShares",
            Expected::SharedList(filter) if filter.resources => "SharedResources",
            Expected::SharedList(_) => "SharedTargets",
            Expected::InvitationList(_) => "ResourceShareInvitations",
            Expected::PermissionList(_) => "Permissions",
            _ => "",
        }
    }

    fn association(&self, display: &Display<'_>, share: &Share, row: &Row, listed: bool) -> Value {
        let resource = row.entity.is_resource();
        let mut members = record(json!({
            "ResourceShareId": share.id,
            "ResourceShareName": share.name,
            "EntityId": display.world.entity_id(&row.entity),
            "EntityType": entity_type(display, &row.entity),
            "AssociationType": if resource { "Resource" } else { "Target" },
            "AssociationStatus": row.status.name(),
            "CreateTime": time(display, row.created),
            "UpdateTime": time(display, row.updated),
        }));
        let arn = display.world.resource(&row.entity).and_then(|found| found.arn.clone());
        if let Some(arn) = arn {
            members.insert("ResourceArn".into(), arn.into());
        } else if !resource && display.policy.target_arn_empty() {
            members.insert("ResourceArn".into(), "".into());
        }
        if display.policy.message_empty() {
            members.insert("AssociationStatusMessage".into(), "".into());
        } else if display.policy.message_null() {
            members.insert("AssociationStatusMessage".into(), Value::Null);
        }
        let property = match () {
            () if display.policy.property_empty() => Some(""),
            () if display.policy.property_object() => Some("{}"),
            () => None,
        };
        if let Some(property) = property {
            members.insert("TargetProperty".into(), property.into());
            members.insert("ResourceProperty".into(), property.into());
        }
        if let Some(property) = property_shown(display, row) {
            let name = if resource { "ResourceProperty" } else { "TargetProperty" };
            members.insert(name.into(), property.into());
        }
        if listed {
            let external = display.is_external(share.owner, &row.entity);
            members.insert("External".into(), Value::Bool(external));
            members.insert("AssociationFailedDetails".into(), json!([]));
        }
        Value::Object(members)
    }

    fn is_principal(&self, row: &Value) -> bool {
        row.get("AssociationType").and_then(Value::as_str) == Some("Target")
    }

    fn share(&self, display: &Display<'_>, share: &Share) -> Value {
        json!({
            "ResourceShareId": share.id,
            "ResourceShareName": share.name,
            "ResourceShareOwner": display.world.account_id(share.owner),
            "ResourceShareStatus": share.status.name(),
            "AllowExternalTargets": share.external,
            "CreateTime": time(display, share.created),
            "UpdateTime": time(display, share.updated),
        })
    }

    fn shared(&self, display: &Display<'_>, share: &Share, row: &Row, own: bool) -> Value {
        let id = display.world.entity_id(&row.entity);
        let mut members = match row.entity.is_resource() {
            true => json!({
                "ResourceShareId": share.id,
                "ResourceId": id,
                "ResourceType": entity_type(display, &row.entity),
                "CreateTime": time(display, row.created),
                "UpdateTime": time(display, row.updated),
            }),
            false => json!({
                "ResourceShareId": share.id,
                "TargetId": id,
                "External": display.is_external(share.owner, &row.entity),
                "CreateTime": time(display, row.created),
                "UpdateTime": time(display, row.updated),
            }),
        };
        let arn = display.world.resource(&row.entity).and_then(|resource| resource.arn.as_deref());
        if let (Some(arn), Value::Object(members)) = (arn, &mut members) {
            members.insert("ResourceArn".into(), arn.into());
        }
        let property = property_shown(display, row).filter(|_| own && !row.entity.is_resource());
        if let (Some(property), Value::Object(members)) = (property, &mut members) {
            members.insert("TargetProperty".into(), property.into());
        }
        if let (false, true, Value::Object(members)) = (own, row.entity.is_resource(), &mut members)
        {
            members.insert("ResourceStatus".into(), "Available".into());
        }
        members
    }

    fn owner(&self, display: &Display<'_>, share: &Share, mut row: Value) -> Value {
        let owner = display.world.account_id(share.owner);
        if let Value::Object(members) = &mut row {
            members.insert("TargetId".into(), owner.into());
        }
        row
    }

    fn invitation(&self, display: &Display<'_>, invitation: &Invitation) -> Value {
        let share = display.state.shares.get(invitation.share);
        json!({
            "ResourceShareInvitationId": invitation.id,
            "ResourceShareId": share.map(|share| share.id.as_str()),
            "ResourceShareName": share.map(|share| share.name.as_str()),
            "SenderAccountId": share.map(|share| display.world.account_id(share.owner)),
            "ReceiverAccountId": display.world.account_id(invitation.receiver),
            "CreateTime": time(display, invitation.created),
            "Status": invitation.status.name(),
        })
    }

    fn invitation_member(&self) -> &'static str {
        "ResourceShareInvitation"
    }

    fn others(&self, display: &Display<'_>, shown: &Shown) -> Map<String, Value> {
        match shown {
            Shown::Enabled(enabled) => record(json!({ "EnableSharingWithRd": enabled })),
            Shown::Regions => {
                let region = &display.world.file.region;
                let endpoint = format!("resourcesharing.{region}.aliyuncs.com");
                record(json!({ "Regions": [
                    { "RegionId": region, "LocalName": region, "RegionEndpoint": endpoint }
                ]}))
            }
            _ => Map::new(),
        }
    }
}

/// The property that was given, under the key that the samples of answers have.
fn property_shown(display: &Display<'_>, row: &Row) -> Option<String> {
    let given = row.property.clone()?;
    let range = serde_json::from_str::<Value>(&given).ok()?.get_mut("timeRange").map(Value::take);
    match range {
        Some(range) if display.policy.property_plan() => Some(json!({ "plan": range }).to_string()),
        _ => Some(given),
    }
}

fn entity_type<'e>(display: &'e Display<'_>, entity: &'e Entity) -> &'e str {
    let by_kind = || display.policy.type_by_kind();
    match (entity, display.world.principal_entry(entity)) {
        (Entity::Resource(_), _) => {
            display.world.type_of(entity).map_or("", |kind| kind.name.as_str())
        }
        // Of what is known by its ARN alone, no more than that is known.
        (Entity::UnknownResource(kind, _), _) if kind.is_empty() => "Unknown",
        (Entity::UnknownResource(kind, _), _) => kind,
        (_, Some((_, PrincipalKind::Directory(_)))) if by_kind() => "ResourceDirectory",
        (_, Some((_, PrincipalKind::Folder(..) | PrincipalKind::RootFolder(_)))) if by_kind() => {
            "Folder"
        }
        (_, Some((_, PrincipalKind::Service))) if by_kind() => "Service",
        _ => "Account",
    }
}

fn time(display: &Display<'_>, millis: i64) -> String {
    let shown = Timestamp::from_millisecond(millis.saturating_add(display.policy.clock));
    let moment = shown.unwrap_or(Timestamp::UNIX_EPOCH);
    if display.policy.seconds() {
        format!("{moment:.0}")
    } else if display.policy.nanoseconds() {
        format!("{moment:.9}")
    } else {
        format!("{moment:.3}")
    }
}

/// Readings that no case can tell with a variant (`*`: with any), with the reason. Of closed points
/// there is nothing to tell.
const UNTOLD: &[(&str, &str, &str)] = &[
    (
        "*",
        "entity-already-invited:again",
        "the answer is that of the reading without a new invitation",
    ),
    (
        "*",
        "entity-already-invited:shown",
        "the answer is that of the reading with a new invitation",
    ),
    (
        "*",
        "list-scope:open",
        "whether the caller is a principal of the share is not certain, and nothing depends on it",
    ),
    (
        "*",
        "undescribed-parameter:open",
        "the newest documents describe every parameter that cases send",
    ),
    (
        "*",
        "service-again:conflict",
        "what is associated again may be answered in any way, so that no code shows why",
    ),
    ("lenient", "pending-share:accepted", "no share of this variant is certainly pending"),
];
