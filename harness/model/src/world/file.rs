//! A world as it stands in a file, and why it cannot be used.

use crate::access::Policy;
pub use crate::seeded::{SeededAssociation, SeededShare};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A world as it stands in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    /// The API that the world is for: `alibaba` or `aws`.
    pub api: String,
    /// The API's version.
    pub version: String,
    /// The region of the target.
    pub region: String,
    /// Accounts by role.
    pub accounts: BTreeMap<String, Account>,
    /// Roles and users that can be principals, by ARN, with the roles of their accounts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub identities: BTreeMap<String, String>,
    /// Users and temporary credentials of accounts, by role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub users: BTreeMap<String, User>,
    /// Resource directories.
    #[serde(default)]
    pub directories: Vec<Directory>,
    /// Service principals.
    #[serde(default)]
    pub services: Vec<String>,
    /// What may be said of each resource type.
    pub resource_types: Vec<ResourceType>,
    /// Resources that exist.
    pub resources: Vec<Resource>,
    /// Permissions beyond those that the resource types have, of which the type is not said.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Quotas of every account that has none of its own.
    #[serde(default)]
    pub quotas: Quotas,
    /// The numbers of entries that lists may have of which no document says how many, by parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub list_limits: BTreeMap<String, u32>,
    /// Shares that exist already, for targets on which none can be made.
    #[serde(default)]
    pub shares: Vec<SeededShare>,
}

/// Which API a world is for.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    pub(super) api: String,
}

/// An account and the keys with which it calls.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The account's id.
    pub id: String,
    /// The access key's id.
    #[serde(default)]
    pub access_key_id: String,
    /// The access key's secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub access_key_secret: String,
    /// The environment variable that holds the secret instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_secret_env: Option<String>,
    /// The environment variable that holds a security token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_token_env: Option<String>,
    /// The legal entity that the account belongs to.
    #[serde(default)]
    pub legal_entity: String,
    /// The site at which the account is registered.
    #[serde(default)]
    pub site: String,
    /// Quotas of this account alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotas: Option<Quotas>,
}

/// A user of an account, or temporary credentials, with the keys with which they call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The role of the account.
    pub account: String,
    /// The access key's id.
    pub access_key_id: String,
    /// The access key's secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub access_key_secret: String,
    /// The environment variable that holds the secret instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_secret_env: Option<String>,
    /// The security token, if the credentials are temporary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_token: Option<String>,
    /// The environment variable that holds the token instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_token_env: Option<String>,
    /// What they may do; without one, whatever the account may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
}

/// A resource directory with its members.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// The directory's id.
    pub id: String,
    /// The root folder's id.
    #[serde(default)]
    pub root_folder: String,
    /// The role of the management account.
    pub management_account: String,
    /// Whether sharing with the directory is enabled.
    #[serde(default)]
    pub sharing_enabled: bool,
    /// Folders below the root.
    #[serde(default)]
    pub folders: Vec<Folder>,
    /// The roles of the members, the management account among them.
    pub members: Vec<String>,
    /// By resource type, the roles of the members that the management account lets share it in its
    /// stead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub delegated_administrators: BTreeMap<String, Vec<String>>,
}

/// A folder of a directory.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// The folder's id.
    pub id: String,
    /// The roles of the accounts in it.
    pub accounts: Vec<String>,
}

/// What may be said of a resource type.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are those of the world file")]
pub struct ResourceType {
    /// The type's name.
    #[serde(rename = "type")]
    pub name: String,
    /// Usable in `Resources`.
    pub by_id: bool,
    /// Usable in `ResourceArns`.
    pub by_arn: bool,
    /// A principal may leave a share that holds it.
    pub exit: bool,
    /// May be shared outside the directory.
    pub external: bool,
    /// May be shared with a service.
    #[serde(default)]
    pub services: bool,
    /// May be shared with roles and users.
    #[serde(default)]
    pub roles: bool,
    /// Takes `ResourceProperties`.
    #[serde(default)]
    pub properties: bool,
    /// Only the management account may share it.
    #[serde(default)]
    pub management_only: bool,
    /// The permission that a share gets by default.
    #[serde(default)]
    pub default_permission: String,
    /// Further permissions for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
}

/// A resource that exists.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The id.
    pub id: String,
    /// The role of the owner.
    pub owner: String,
    /// The ARN, if the type has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

/// Quotas of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quotas {
    /// Resources shared at a time.
    pub shared_resources: u32,
    /// Shares at a time.
    pub resource_shares: u32,
    /// Invitations open at a time.
    pub pending_invitations: u32,
}

impl Default for Quotas {
    fn default() -> Self {
        Self { shared_resources: 1000, resource_shares: 1000, pending_invitations: 20 }
    }
}

/// Why a world cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The text is not a world.
    #[error("the world is not of the expected form: {0}; `sharespec world init` writes an example")]
    Form(#[from] serde_json::Error),
    /// Something refers to what is not there.
    #[error(
        "{place} names {what} `{name}`, which the world does not have; add it or correct the name"
    )]
    Unknown {
        /// Where in the file.
        place: String,
        /// What kind of thing.
        what: &'static str,
        /// The name that is not there.
        name: String,
    },
    /// Something is there twice.
    #[error("{what} `{name}` is there twice; each must be there once")]
    Twice {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The world is for another API.
    #[error(
        "the world is for the API `{found}`, but `{wanted}` is asked for; give a world of that API with --world"
    )]
    Api {
        /// The API of the file.
        found: String,
        /// The API asked for.
        wanted: String,
    },
}
