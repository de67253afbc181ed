//! How an API calls what every API has: members of rows, parameters, operations.

use serde_json::{Value, json};

/// The names that an API gives to what every API has.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The list of associations of an answer.
    pub associations: &'static str,
    /// The list of principals that something is shared with.
    pub principals_list: &'static str,
    /// The share that an answer shows.
    pub share: &'static str,
    /// The id of a share, in calls and rows.
    pub share_id: &'static str,
    /// The name of a share, in the row of an association.
    pub share_name: &'static str,
    /// The name of a share, in its own row.
    pub own_name: &'static str,
    /// The owner of a share.
    pub share_owner: &'static str,
    /// The status of a share.
    pub share_status: &'static str,
    /// Whether a share allows principals outside.
    pub allow_external: &'static str,
    /// When something was created.
    pub created: &'static str,
    /// When something was last updated.
    pub updated: &'static str,
    /// When an invitation was sent.
    pub invited: &'static str,
    /// Whether statuses are written in capitals.
    pub capitals: bool,
    /// Who something is shared with, or by whom, in lists of principals.
    pub shared_with: &'static str,
    /// A directory and a folder of one, in words.
    pub groups: [&'static str; 2],
    /// The type of an entity.
    pub entity_type: &'static str,
    /// Whether a principal is outside, where the documents say what it means.
    pub external: Option<&'static str>,
    /// The ARN of a resource, where it is a member of its own.
    pub arn: Option<&'static str>,
    /// The message beside the status of an association.
    pub status_message: &'static str,
    /// The principals that a call names.
    pub principals: &'static str,
    /// The id of an invitation, in calls.
    pub invitation_id: &'static str,
    /// How many rows a page may have, in calls.
    pub page_size: &'static str,
    /// The token of a page, in calls and answers.
    pub page_token: &'static str,
    /// How many characters the token of a page may have, if that is said.
    pub longest_token: Option<usize>,
    /// The token of idempotency, if there is one.
    pub client_token: Option<&'static str>,
    /// How many rows a page has if nothing is asked for; none if it is not said.
    pub default_page: Option<usize>,
    /// How many share ids a list may be asked for at a time.
    pub most_shares: usize,
    /// The operations.
    pub operations: Operations,
}

/// The operations that every API has.
#[derive(Clone, Copy, Debug)]
pub struct Operations {
    /// Makes a share.
    pub create: &'static str,
    /// Associates entities with a share.
    pub associate: &'static str,
    /// Removes entities from a share.
    pub disassociate: &'static str,
    /// Deletes a share.
    pub delete: &'static str,
    /// Lists shares.
    pub list_shares: &'static str,
    /// Lists the associations of shares.
    pub list_associations: &'static str,
    /// Lists the invitations that were received.
    pub list_invitations: &'static str,
    /// Rejects an invitation.
    pub reject: &'static str,
    /// Those that no harmless call can probe.
    pub unprobed: &'static [&'static str],
    /// Every operation.
    pub all: &'static [&'static str],
}

/// A call that the suite makes by itself, around those of a case.
#[derive(Clone, Copy, Debug)]
pub enum Own<'a> {
    /// The associations of one kind of a share.
    Associations {
        /// The id of the share.
        share: &'a str,
        /// Resources, or principals.
        resources: bool,
    },
    /// Shares of the caller, by id; without ids, any one.
    Shares(&'a [String]),
    /// The invitations of the caller to a share.
    Invitations(&'a str),
    /// Rejects an invitation.
    Reject(&'a str),
    /// Deletes a share.
    Delete(&'a str),
    /// Makes a share of this name.
    Create(&'a str),
    /// Associates a resource with a share.
    Associate(&'a str, &'a crate::world::Resource),
    /// Removes a resource from a share.
    Disassociate(&'a str, &'a crate::world::Resource),
}

/// An operation and its arguments.
pub type Operation = (&'static str, Value);

impl Names {
    /// The members that the times of rows have.
    pub fn times(&self) -> [&'static str; 2] {
        [self.created, self.updated]
    }

    /// A status as rows write it.
    pub fn status(&self, name: &str) -> String {
        if self.capitals { name.to_ascii_uppercase() } else { name.to_owned() }
    }

    /// The path of a member in the list of associations.
    pub fn of_association(&self, member: &str) -> String {
        format!("{}[].{member}", self.associations)
    }

    /// A call on a share.
    pub fn on_share(&self, operation: &'static str, share: &str) -> Operation {
        (operation, json!({ self.share_id: share }))
    }
}
