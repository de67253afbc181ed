//! Observations: a successful reply read into rows, the same for every API. What cannot be read is
//! left out here; that it is missing or malformed is the business of the shape oracle.

use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::Entity;
use serde_json::Value;
use std::sync::Arc;

/// A time as a target showed it, to the precision shown: milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The earliest moment that it may mean.
    pub from: i64,
    /// The latest moment that it may mean.
    pub to: i64,
}

impl Stamp {
    /// Reads an ISO 8601 time in UTC; none if it is not one. A whole second may be all that is known of
    /// a time, whatever zeros follow.
    pub fn parse(text: &str) -> Option<Self> {
        let clock = text.strip_suffix('Z').or(text.strip_suffix("+00:00"))?;
        if !clock.contains('T') {
            return None;
        }
        let moment: jiff::Timestamp = text.parse().ok()?;
        let from = moment.as_millisecond();
        let fraction = clock.split_once('.').map_or("", |(_, fraction)| fraction);
        let width = match fraction.len() {
            _ if fraction.bytes().all(|digit| digit == b'0') => 1000,
            1 => 100,
            2 => 10,
            _ => 1,
        };
        Some(Self { from, to: from + width - 1 })
    }

    /// A moment given in seconds, to the millisecond.
    pub fn seconds(seconds: f64, precise: bool) -> Self {
        let from = (seconds * 1000.0).floor() as i64;
        Self { from, to: if precise { from } else { from + 999 } }
    }
}

/// What a successful reply shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed {
    /// Nothing but the request id.
    Nothing,
    /// Rows of associations.
    Associations(Vec<AssociationRow>),
    /// One share.
    Share(Option<ShareRow>),
    /// Rows of shares.
    Shares(Vec<ShareRow>),
    /// Rows of shared resources or of principals.
    Shared(Vec<SharedRow>),
    /// Rows of invitations.
    Invitations(Vec<InvitationRow>),
    /// One invitation.
    Invitation(Option<InvitationRow>),
    /// Rows of permissions.
    Permissions(Vec<PermissionRow>),
    /// Whether sharing is enabled.
    Enabled(Option<bool>),
    /// Region ids.
    Regions(Vec<String>),
}

/// One association.
#[derive(Clone, Debug, PartialEq)]
pub struct AssociationRow {
    /// The share's id.
    pub share: String,
    /// The share's name.
    pub share_name: Option<String>,
    /// The entity.
    pub entity: Entity,
    /// Whether the row says that the entity is a resource.
    pub resource: bool,
    /// The entity's type, as the row says.
    pub entity_type: Option<String>,
    /// The status; none if it is none that exists.
    pub status: Option<AssociationStatus>,
    /// When the association was created.
    pub created: Option<Stamp>,
    /// When it was last updated.
    pub updated: Option<Stamp>,
    /// The resource's ARN.
    pub arn: Option<String>,
    /// The row whole; a belief keeps it.
    pub row: Arc<Value>,
}

/// One share.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareRow {
    /// The id.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The owner's account id.
    pub owner: Option<String>,
    /// The status; none if it is none that exists.
    pub status: Option<ShareStatus>,
    /// Whether principals outside the directory are allowed.
    pub external: Option<bool>,
    /// Its tags, keys with values, if the row has them.
    pub tags: Option<Vec<(String, String)>>,
    /// When it was created.
    pub created: Option<Stamp>,
    /// When it was last updated.
    pub updated: Option<Stamp>,
    /// The row whole.
    pub row: Value,
}

/// One shared resource, or one principal that resources are shared with.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedRow {
    /// The share's id.
    pub share: String,
    /// The entity.
    pub entity: Entity,
    /// When the entity was associated.
    pub created: Option<Stamp>,
    /// When that was last updated.
    pub updated: Option<Stamp>,
    /// The row whole.
    pub row: Value,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq)]
pub struct InvitationRow {
    /// The id.
    pub id: String,
    /// The share's id.
    pub share: String,
    /// The sender's account id.
    pub sender: Option<String>,
    /// The receiver's account id.
    pub receiver: Option<String>,
    /// The statuses that what is shown may mean; empty if it is none that exists.
    pub status: Set<InvitationStatus>,
    /// When it was sent.
    pub created: Option<Stamp>,
    /// The row whole.
    pub row: Value,
}

/// One permission of a share.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionRow {
    /// Its name.
    pub name: String,
    /// The resource type that it is for.
    pub kind: String,
    /// Whether it is the default one, if the row says so.
    pub default: Option<bool>,
    /// The row whole.
    pub row: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_precision() {
        let precise = Stamp::parse("2020-12-04T09:40:41.250Z").unwrap();
        assert_eq!(precise.from, precise.to);
        let coarse = Stamp::parse("2020-12-04T09:40:41Z").unwrap();
        assert_eq!(coarse.to - coarse.from, 999);
        assert_eq!(coarse.from + 250, precise.from);
        assert!(Stamp::parse("2020-12-04 09:40:41").is_none());
        assert_eq!(Stamp::parse("2020-12-04T09:40:41.000Z"), Some(coarse));
        assert_eq!(Stamp::parse("2020-12-04T09:40:41.250+00:00"), Some(precise));
        assert!(Stamp::parse("2020-12-04T09:40:41.250+08:00").is_none());
        assert!(Stamp::parse("1607074841").is_none());
    }
}
