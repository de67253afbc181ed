//! The statuses of shares, associations and invitations, the same for every API.

use crate::set::{Element, Set};
use serde::{Deserialize, Serialize};

/// The status of an entity in a share. `Absent` is the status of what has no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the documents")]
pub enum AssociationStatus {
    Absent,
    Associating,
    Associated,
    Disassociating,
    Disassociated,
    Failed,
}

impl Element for AssociationStatus {
    const ALL: &'static [Self] = &[
        Self::Absent,
        Self::Associating,
        Self::Associated,
        Self::Disassociating,
        Self::Disassociated,
        Self::Failed,
    ];
}

impl AssociationStatus {
    /// Whether a row of this status is the live one of its entity.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Associating | Self::Associated | Self::Disassociating)
    }

    /// Whether a row of this status is a record of what is over.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Disassociated | Self::Failed)
    }

    /// Whether something is under way.
    pub fn in_transition(self) -> bool {
        matches!(self, Self::Associating | Self::Disassociating)
    }

    /// The status of this name, in either API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| {
            *status != Self::Absent && status.name().eq_ignore_ascii_case(text) && well_cased(text)
        })
    }

    /// The name in the documents of Alibaba Cloud.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "Absent",
            Self::Associating => "Associating",
            Self::Associated => "Associated",
            Self::Disassociating => "Disassociating",
            Self::Disassociated => "Disassociated",
            Self::Failed => "Failed",
        }
    }
}

/// The statuses that an entity may have.
pub type AssociationStatuses = Set<AssociationStatus>;

/// The status of a share. `Absent` is the status of a share whose record is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the documents")]
pub enum ShareStatus {
    Absent,
    Pending,
    Active,
    Deleting,
    Deleted,
}

impl Element for ShareStatus {
    const ALL: &'static [Self] =
        &[Self::Absent, Self::Pending, Self::Active, Self::Deleting, Self::Deleted];
}

impl ShareStatus {
    /// The status of this name, in either API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| {
            *status != Self::Absent && status.name().eq_ignore_ascii_case(text) && well_cased(text)
        })
    }

    /// The name in the documents of Alibaba Cloud.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "Absent",
            Self::Pending => "Pending",
            Self::Active => "Active",
            Self::Deleting => "Deleting",
            Self::Deleted => "Deleted",
        }
    }
}

/// The status of an invitation. `Absent` is the status of one that was never made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the documents")]
pub enum InvitationStatus {
    Absent,
    Pending,
    Accepted,
    Cancelled,
    Rejected,
    Expired,
    AcceptFailed,
}

impl Element for InvitationStatus {
    const ALL: &'static [Self] = &[
        Self::Absent,
        Self::Pending,
        Self::Accepted,
        Self::Cancelled,
        Self::Rejected,
        Self::Expired,
        Self::AcceptFailed,
    ];
}

impl InvitationStatus {
    /// The status of this name, in either API's spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| {
            *status != Self::Absent && status.name().eq_ignore_ascii_case(text) && well_cased(text)
        })
    }

    /// The name in the documents of Alibaba Cloud.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "Absent",
            Self::Pending => "Pending",
            Self::Accepted => "Accepted",
            Self::Cancelled => "Cancelled",
            Self::Rejected => "Rejected",
            Self::Expired => "Expired",
            Self::AcceptFailed => "AcceptFailed",
        }
    }
}

/// Statuses are written `Active` by one API and `ACTIVE` by the other, and in no other way.
fn well_cased(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && (text.chars().skip(1).all(|letter| letter.is_ascii_uppercase())
            || text.chars().skip(1).any(|letter| letter.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_in_the_spelling_of_either_api_only() {
        assert_eq!(ShareStatus::parse("Active"), Some(ShareStatus::Active));
        assert_eq!(ShareStatus::parse("ACTIVE"), Some(ShareStatus::Active));
        assert_eq!(ShareStatus::parse("active"), None);
        assert_eq!(ShareStatus::parse("Absent"), None);
    }
}
