//! What the reference implementation shows: the members of a success.

use crate::apply::Shown;
use crate::policy::Policy;
use crate::state::{Invitation, Row, Share, State};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sharespec_model::prediction::{
    AssociationFilter, Expected, InvitationFilter, ShareFilter, SharedFilter,
};
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, Entity, PrincipalKind, World};

/// What is needed to show anything.
pub struct Display<'a> {
    /// The world.
    pub world: &'a World,
    /// How what is open is resolved.
    pub policy: &'a Policy,
    /// The state.
    pub state: &'a State,
    /// A number drawn for this request.
    pub luck: u64,
}

/// The rows of a list, with the name of the member that holds them.
pub type Rows = (&'static str, Vec<Value>);

impl Display<'_> {
    /// The members of a success that is no list.
    pub fn members(&self, shown: &Shown) -> Map<String, Value> {
        match shown {
            Shown::Rows(rows) => {
                let values = rows.iter().filter_map(|(share, row)| self.association(*share, row));
                let rows = self.ordered(values.collect());
                record(self.list_member("ResourceShareAssociations", rows))
            }
            Shown::Share(position) => {
                let share = self.state.shares.get(*position).map(|share| self.share(share));
                record(json!({ "ResourceShare": share }))
            }
            Shown::Invitation(position) => {
                let found = self.state.invitations.get(*position);
                let invitation = found.map(|each| self.invitation(each));
                record(json!({ "ResourceShareInvitation": invitation }))
            }
            Shown::Enabled(enabled) => record(json!({ "EnableSharingWithRd": enabled })),
            Shown::Regions => {
                let region = &self.world.file.region;
                let endpoint = format!("resourcesharing.{region}.aliyuncs.com");
                record(json!({ "Regions": [
                    { "RegionId": region, "LocalName": region, "RegionEndpoint": endpoint }
                ]}))
            }
            Shown::Acknowledged | Shown::List(_) => Map::new(),
        }
    }

    /// A list under its name, or nothing if it is empty and the empty form is absence.
    pub fn list_member(&self, name: &str, rows: Vec<Value>) -> Value {
        match rows.is_empty() && self.policy.manner.list_absent {
            true => json!({}),
            false => json!({ name: rows }),
        }
    }

    /// The rows of a list.
    pub fn rows(&self, expected: &Expected) -> Rows {
        match expected {
            Expected::AssociationList(filter) => {
                ("ResourceShareAssociations", self.associations(filter))
            }
            Expected::ShareList(filter) => ("ResourceShares", self.shares(filter)),
            Expected::SharedList(filter) if filter.resources => {
                ("SharedResources", self.shared(filter))
            }
            Expected::SharedList(filter) => ("SharedTargets", self.shared(filter)),
            Expected::InvitationList(filter) => {
                ("ResourceShareInvitations", self.invitations(filter))
            }
            _ => ("", Vec::new()),
        }
    }

    fn associations(&self, filter: &AssociationFilter) -> Vec<Value> {
        let mut rows = Vec::new();
        for (position, share) in self.in_scope(filter.shares.as_deref()) {
            if share.owner != filter.caller {
                continue;
            }
            for row in &share.rows {
                let fits = row.entity.is_resource() == filter.resources
                    && filter.status.has(row.status)
                    && filter.entity.as_ref().is_none_or(|each| *each == row.entity)
                    && filter
                        .entity_id
                        .as_ref()
                        .is_none_or(|id| self.world.entity_id(&row.entity) == id);
                if fits && let Some(mut value) = self.association(position, row) {
                    if let Value::Object(members) = &mut value {
                        let external = self.is_external(share.owner, &row.entity);
                        members.insert("External".into(), Value::Bool(external));
                        members.insert("AssociationFailedDetails".into(), json!([]));
                    }
                    rows.push(value);
                }
            }
        }
        self.ordered(rows)
    }

    /// The shares that a filter of ids lets through, by position.
    fn in_scope<'a>(
        &'a self,
        ids: Option<&'a [String]>,
    ) -> Box<dyn Iterator<Item = (usize, &'a Share)> + 'a> {
        let listed = |(position, share): (usize, &'a Share)| {
            (share.status != ShareStatus::Absent).then_some((position, share))
        };
        match ids {
            Some(ids) => Box::new(ids.iter().filter_map(move |id| {
                let position = self.state.position(id)?;
                listed((position, self.state.shares.get(position)?))
            })),
            None => Box::new(self.state.shares.iter().enumerate().filter_map(listed)),
        }
    }

    fn shares(&self, filter: &ShareFilter) -> Vec<Value> {
        let rows = self.in_scope(filter.shares.as_deref()).filter(|(_, share)| {
            let mine = match filter.own {
                true => share.owner == filter.caller,
                false => self.is_principal(share, filter.caller),
            };
            mine && filter.status.has(share.status)
                && filter.name.as_ref().is_none_or(|name| *name == share.name)
        });
        let values = rows.map(|(_, share)| self.share(share)).collect();
        match filter.opaque {
            true => Vec::new(),
            false => self.ordered(values),
        }
    }

    fn is_principal(&self, share: &Share, account: AccountIndex) -> bool {
        share.owner != account
            && share.status == ShareStatus::Active
            && share.rows.iter().any(|row| {
                row.status == AssociationStatus::Associated
                    && self.world.covers(&row.entity, account)
            })
    }

    fn shared(&self, filter: &SharedFilter) -> Vec<Value> {
        let mut rows = Vec::new();
        for (_, share) in self.in_scope(filter.shares.as_deref()) {
            let mine = match filter.own {
                true => share.owner == filter.caller && share.status == ShareStatus::Active,
                false => self.is_principal(share, filter.caller),
            };
            if mine && self.is_with(share, filter) {
                self.shared_of(share, filter, &mut rows);
            }
        }
        self.ordered(rows)
    }

    /// Whether a share is with the principal, or by the account, that is asked for.
    fn is_with(&self, share: &Share, filter: &SharedFilter) -> bool {
        let Some(id) = &filter.counterpart else { return true };
        match filter.own {
            false => self.world.account_id(share.owner) == id,
            true => share.rows.iter().any(|row| {
                row.status == AssociationStatus::Associated
                    && !row.entity.is_resource()
                    && self.world.entity_id(&row.entity) == id
            }),
        }
    }

    fn shared_of(&self, share: &Share, filter: &SharedFilter, rows: &mut Vec<Value>) {
        let associated = |row: &&Row| row.status == AssociationStatus::Associated;
        let lonely = !share
            .rows
            .iter()
            .filter(associated)
            .any(|row| row.entity.is_resource() != filter.resources);
        if filter.opaque || (lonely && self.policy.manner.lonely_hidden) {
            return;
        }
        if !filter.resources && !filter.own {
            rows.extend(self.owner_row(share, filter.caller));
            return;
        }
        for row in share.rows.iter().filter(associated) {
            let kind = self.world.type_of(&row.entity).map(|kind| kind.name.as_str());
            let fits = row.entity.is_resource() == filter.resources
                && filter.entities.as_ref().is_none_or(|each| each.contains(&row.entity))
                && filter.kind.as_ref().is_none_or(|each| kind == Some(each));
            if fits {
                rows.push(self.shared_row(share, row, filter.own));
            }
        }
    }

    /// The row of the owner of a share, for a principal of it.
    fn owner_row(&self, share: &Share, caller: AccountIndex) -> Option<Value> {
        let covers = |row: &&Row| {
            row.status == AssociationStatus::Associated && self.world.covers(&row.entity, caller)
        };
        let row = share.rows.iter().find(covers)?;
        let mut members = self.shared_row(share, row, false);
        let owner = self.world.account_id(share.owner);
        if let Value::Object(members) = &mut members {
            members.insert("TargetId".into(), owner.into());
        }
        Some(members)
    }

    fn shared_row(&self, share: &Share, row: &Row, own: bool) -> Value {
        let id = self.world.entity_id(&row.entity);
        let mut members = match row.entity.is_resource() {
            true => json!({
                "ResourceShareId": share.id,
                "ResourceId": id,
                "ResourceType": self.entity_type(&row.entity),
                "CreateTime": self.time(row.created),
                "UpdateTime": self.time(row.updated),
            }),
            false => json!({
                "ResourceShareId": share.id,
                "TargetId": id,
                "External": self.is_external(share.owner, &row.entity),
                "CreateTime": self.time(row.created),
                "UpdateTime": self.time(row.updated),
            }),
        };
        let arn = self.world.resource(&row.entity).and_then(|resource| resource.arn.as_deref());
        if let (Some(arn), Value::Object(members)) = (arn, &mut members) {
            members.insert("ResourceArn".into(), arn.into());
        }
        let property = self.property(row).filter(|_| own && !row.entity.is_resource());
        if let (Some(property), Value::Object(members)) = (property, &mut members) {
            members.insert("TargetProperty".into(), property.into());
        }
        if let (false, true, Value::Object(members)) = (own, row.entity.is_resource(), &mut members)
        {
            members.insert("ResourceStatus".into(), "Available".into());
        }
        members
    }

    fn invitations(&self, filter: &InvitationFilter) -> Vec<Value> {
        let rows = self.state.invitations.iter().filter(|each| {
            let share = self.state.shares.get(each.share).map(|share| &share.id);
            each.receiver == filter.caller
                && filter.ids.as_ref().is_none_or(|ids| ids.contains(&each.id))
                && filter
                    .shares
                    .as_ref()
                    .is_none_or(|ids| share.is_some_and(|share| ids.contains(share)))
        });
        self.ordered(rows.map(|each| self.invitation(each)).collect())
    }

    fn invitation(&self, invitation: &Invitation) -> Value {
        let share = self.state.shares.get(invitation.share);
        json!({
            "ResourceShareInvitationId": invitation.id,
            "ResourceShareId": share.map(|share| share.id.as_str()),
            "ResourceShareName": share.map(|share| share.name.as_str()),
            "SenderAccountId": share.map(|share| self.world.account_id(share.owner)),
            "ReceiverAccountId": self.world.account_id(invitation.receiver),
            "CreateTime": self.time(invitation.created),
            "Status": invitation.status.name(),
        })
    }

    fn share(&self, share: &Share) -> Value {
        json!({
            "ResourceShareId": share.id,
            "ResourceShareName": share.name,
            "ResourceShareOwner": self.world.account_id(share.owner),
            "ResourceShareStatus": share.status.name(),
            "AllowExternalTargets": share.external,
            "CreateTime": self.time(share.created),
            "UpdateTime": self.time(share.updated),
        })
    }

    fn association(&self, share: usize, row: &Row) -> Option<Value> {
        let share = self.state.shares.get(share)?;
        let resource = row.entity.is_resource();
        let mut members = record(json!({
            "ResourceShareId": share.id,
            "ResourceShareName": share.name,
            "EntityId": self.world.entity_id(&row.entity),
            "EntityType": self.entity_type(&row.entity),
            "AssociationType": if resource { "Resource" } else { "Target" },
            "AssociationStatus": row.status.name(),
            "CreateTime": self.time(row.created),
            "UpdateTime": self.time(row.updated),
        }));
        let arn = self.world.resource(&row.entity).and_then(|found| found.arn.clone());
        if let Some(arn) = arn {
            members.insert("ResourceArn".into(), arn.into());
        } else if !resource && self.policy.manner.target_arn_empty {
            members.insert("ResourceArn".into(), "".into());
        }
        if self.policy.manner.message_empty {
            members.insert("AssociationStatusMessage".into(), "".into());
        } else if self.policy.manner.message_null {
            members.insert("AssociationStatusMessage".into(), Value::Null);
        }
        let property = match () {
            () if self.policy.manner.property_empty => Some(""),
            () if self.policy.manner.property_object => Some("{}"),
            () => None,
        };
        if let Some(property) = property {
            members.insert("TargetProperty".into(), property.into());
            members.insert("ResourceProperty".into(), property.into());
        }
        if let Some(property) = self.property(row) {
            let name = if resource { "ResourceProperty" } else { "TargetProperty" };
            members.insert(name.into(), property.into());
        }
        Some(Value::Object(members))
    }

    /// The property that was given, under the key that the samples of answers have.
    fn property(&self, row: &Row) -> Option<String> {
        let given = row.property.clone()?;
        let range =
            serde_json::from_str::<Value>(&given).ok()?.get_mut("timeRange").map(Value::take);
        match range {
            Some(range) if self.policy.manner.property_plan => {
                Some(json!({ "plan": range }).to_string())
            }
            _ => Some(given),
        }
    }

    fn entity_type<'e>(&'e self, entity: &'e Entity) -> &'e str {
        let by_kind = self.policy.manner.type_by_kind;
        match (entity, self.world.principal_entry(entity)) {
            (Entity::Resource(_), _) => {
                self.world.type_of(entity).map_or("", |kind| kind.name.as_str())
            }
            // Of what is known by its ARN alone, no more than that is known.
            (Entity::UnknownResource(kind, _), _) if kind.is_empty() => "Unknown",
            (Entity::UnknownResource(kind, _), _) => kind,
            (_, Some((_, PrincipalKind::Directory(_)))) if by_kind => "ResourceDirectory",
            (_, Some((_, PrincipalKind::Folder(..) | PrincipalKind::RootFolder(_)))) if by_kind => {
                "Folder"
            }
            (_, Some((_, PrincipalKind::Service))) if by_kind => "Service",
            _ => "Account",
        }
    }

    fn is_external(&self, owner: AccountIndex, entity: &Entity) -> bool {
        let directory = self.world.principal_directory(entity);
        !entity.is_resource()
            && (directory.is_none() || directory != self.world.directory_of(owner))
    }

    fn time(&self, millis: i64) -> String {
        let shown = Timestamp::from_millisecond(millis.saturating_add(self.policy.clock));
        let moment = shown.unwrap_or(Timestamp::UNIX_EPOCH);
        if self.policy.manner.seconds {
            format!("{moment:.0}")
        } else if self.policy.manner.nanoseconds {
            format!("{moment:.9}")
        } else {
            format!("{moment:.3}")
        }
    }

    fn ordered(&self, mut rows: Vec<Value>) -> Vec<Value> {
        if rows.len() < 2 || self.policy.manner.as_asked {
            return rows;
        }
        if self.policy.manner.reversed {
            rows.reverse();
        } else if self.policy.manner.targets_first {
            rows.sort_by_key(|row| {
                row.get("AssociationType").and_then(Value::as_str) != Some("Target")
            });
        } else {
            let salt = self.luck;
            rows.sort_by_cached_key(|row| scatter(&row.to_string(), salt));
        }
        rows
    }
}

/// A number that orders texts in no order that means anything (FNV-1a).
fn scatter(text: &str, salt: u64) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ salt, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn record(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
