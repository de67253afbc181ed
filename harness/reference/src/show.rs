//! What the reference implementation shows: which rows, in which order. How each API writes them is
//! its own.

use crate::apply::Shown;
use crate::platform::Platform;
use crate::policy::Policy;
use crate::state::{Row, Share, State};
use serde_json::{Map, Value, json};
use sharespec_model::prediction::{
    AssociationFilter, Expected, InvitationFilter, ShareFilter, SharedFilter,
};
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::{AccountIndex, Entity, World};

/// What is needed to show anything.
pub struct Display<'a> {
    /// The API.
    pub platform: &'a dyn Platform,
    /// The world.
    pub world: &'a World,
    /// How what is open is resolved.
    pub policy: &'a Policy,
    /// The state.
    pub state: &'a State,
    /// A number drawn for this request.
    pub luck: u64,
    /// The time of this request.
    pub now: i64,
}

/// The rows of a list, with the name of the member that holds them.
pub type Rows = (&'static str, Vec<Value>);

impl Display<'_> {
    /// The members of a success that is no list.
    pub fn members(&self, shown: &Shown) -> Map<String, Value> {
        match shown {
            Shown::Rows(rows) => {
                let values = rows.iter().filter_map(|(share, row)| {
                    let share = self.state.shares.get(*share)?;
                    Some(self.platform.association(self, share, row, false))
                });
                let rows = self.ordered(values.collect());
                record(self.list_member(self.platform.names().associations, rows))
            }
            Shown::Share(position) => {
                let share = self.state.shares.get(*position);
                let share = share.map(|share| self.platform.share(self, share));
                record(json!({ self.platform.names().share: share }))
            }
            Shown::Invitation(position) => {
                let found = self.state.invitations.get(*position);
                let invitation = found.map(|each| self.platform.invitation(self, each));
                record(json!({ self.platform.invitation_member(): invitation }))
            }
            Shown::Again(members) => members.clone(),
            other => self.platform.others(self, other),
        }
    }

    /// A list under its name, or nothing if it is empty and the empty form is absence.
    pub fn list_member(&self, name: &str, rows: Vec<Value>) -> Value {
        match rows.is_empty() && self.policy.list_absent() {
            true => json!({}),
            false => json!({ name: rows }),
        }
    }

    /// The rows of a list.
    pub fn rows(&self, expected: &Expected) -> Rows {
        let rows = match expected {
            Expected::AssociationList(filter) => self.associations(filter),
            Expected::ShareList(filter) => self.shares(filter),
            Expected::SharedList(filter) => self.shared(filter),
            Expected::InvitationList(filter) => self.invitations(filter),
            Expected::PermissionList(share) => self.permissions(*share),
            _ => Vec::new(),
        };
        (self.platform.list_name(expected), rows)
    }

    fn associations(&self, filter: &AssociationFilter) -> Vec<Value> {
        let mut rows = Vec::new();
        for (_, share) in self.in_scope(filter.shares.as_deref()) {
            if share.owner != filter.caller {
                continue;
            }
            for row in &share.rows {
                let fits = !filter.sources
                    && row.entity.is_resource() == filter.resources
                    && filter.status.has(row.status)
                    && filter.entity.as_ref().is_none_or(|each| *each == row.entity)
                    && filter
                        .entity_id
                        .as_ref()
                        .is_none_or(|id| self.world.entity_id(&row.entity) == id);
                if fits {
                    rows.push(self.platform.association(self, share, row, true));
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
                && filter.tags.iter().all(|tag| tag.fits(&share.tags))
                && filter
                    .permission
                    .as_ref()
                    .is_none_or(|name| share.permissions.iter().any(|each| each.name == *name))
        });
        let values = rows.map(|(_, share)| self.platform.share(self, share)).collect();
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
        let mut resources = share.rows.iter().filter(associated).map(|row| &row.entity);
        let holds = filter.resource.is_any()
            || resources.any(|entity| filter.resource.fits(self.world, entity));
        if !holds || filter.opaque || (lonely && self.policy.lonely_hidden()) {
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
                rows.push(self.platform.shared(self, share, row, filter.own));
            }
        }
    }

    /// The row of the owner of a share, for a principal of it.
    fn owner_row(&self, share: &Share, caller: AccountIndex) -> Option<Value> {
        let covers = |row: &&Row| {
            row.status == AssociationStatus::Associated && self.world.covers(&row.entity, caller)
        };
        let row = share.rows.iter().find(covers)?;
        Some(self.platform.owner(self, share, self.platform.shared(self, share, row, false)))
    }

    fn invitations(&self, filter: &InvitationFilter) -> Vec<Value> {
        let rows = self.state.invitations.iter().filter(|each| {
            let share = self.state.shares.get(each.share).map(|share| &share.id);
            each.receiver == filter.caller
                && each.created <= self.now
                && filter.ids.as_ref().is_none_or(|ids| ids.contains(&each.id))
                && filter
                    .shares
                    .as_ref()
                    .is_none_or(|ids| share.is_some_and(|share| ids.contains(share)))
        });
        self.ordered(rows.map(|each| self.platform.invitation(self, each)).collect())
    }

    fn permissions(&self, share: Option<usize>) -> Vec<Value> {
        let Some(share) = share.and_then(|share| self.state.shares.get(share)) else {
            return Vec::new();
        };
        let rows = share.permissions.iter();
        self.ordered(rows.map(|each| self.platform.permission(self, share, each)).collect())
    }

    /// Whether a principal is outside the directory of an owner.
    pub fn is_external(&self, owner: AccountIndex, entity: &Entity) -> bool {
        let directory = self.world.principal_directory(entity);
        !entity.is_resource()
            && (directory.is_none() || directory != self.world.directory_of(owner))
    }

    fn ordered(&self, mut rows: Vec<Value>) -> Vec<Value> {
        if rows.len() < 2 || self.policy.as_asked() {
            return rows;
        }
        if self.policy.reversed() {
            rows.reverse();
        } else if self.policy.targets_first() {
            rows.sort_by_key(|row| !self.platform.is_principal(row));
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

/// The members of a record.
pub fn record(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
