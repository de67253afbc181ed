//! Worlds: the accounts, directories, resource types and resources that exist around a target.
//!
//! A world file is JSON of the form that `docs/worlds.md` explains; nothing in it is created by the
//! suite. Loading checks that roles, types and owners refer to something, and builds the tables
//! that make looking up a caller or an entity cheap.

use crate::access::Policy;
use crate::belief::{KEPT_AT_LEAST, KEPT_AT_MOST, Window};
pub use crate::seeded::{SeededAssociation, SeededShare};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

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
struct Which {
    #[serde(default)]
    api: String,
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

/// The position of an account in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountIndex(pub u16);

/// What a principal's id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// An account.
    Account(AccountIndex),
    /// A whole directory, by its position.
    Directory(u16),
    /// The root folder of a directory.
    RootFolder(u16),
    /// A folder: the positions of the directory and of the folder in it.
    Folder(u16, u16),
    /// A service.
    Service,
    /// A role or a user of an account.
    Identity(AccountIndex),
}

/// A thing that can be associated with a share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A resource of the world, by its position.
    Resource(u32),
    /// A principal of the world, by its position.
    Principal(u32),
    /// A resource that the world does not have: its type and id, or its ARN.
    UnknownResource(Box<str>, Box<str>),
    /// A principal that the world does not have.
    UnknownPrincipal(Box<str>),
}

impl Entity {
    /// Whether the world does not have it.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::UnknownResource(..) | Self::UnknownPrincipal(_))
    }

    /// Whether the entity is a resource rather than a principal.
    pub fn is_resource(&self) -> bool {
        matches!(self, Self::Resource(_) | Self::UnknownResource(..))
    }
}

/// A world that was checked, with its tables.
#[derive(Debug)]
pub struct World {
    /// The file that it came from.
    pub file: WorldFile,
    roles: Vec<String>,
    by_role: HashMap<String, AccountIndex>,
    by_key: HashMap<String, String>,
    principals: Vec<(String, PrincipalKind)>,
    by_principal: HashMap<String, u32>,
    types: HashMap<String, usize>,
    by_pair: HashMap<String, HashMap<String, u32>>,
    by_arn: HashMap<String, u32>,
    by_arn_kind: HashMap<String, usize>,
    resource_types: Vec<usize>,
    resource_owners: Vec<AccountIndex>,
    directory_of: Vec<Option<u16>>,
    folder_of: Vec<Option<(u16, u16)>>,
}

impl World {
    /// Reads a world from JSON.
    ///
    /// # Errors
    /// [`WorldError`] if the text is no world, or if its parts do not fit.
    pub fn from_json(text: &str) -> Result<Self, WorldError> {
        let which: Which = serde_json::from_str(text)?;
        match which.api.as_str() {
            "aws" => Self::new(crate::aws::file::read(text)?),
            _ => Self::new(serde_json::from_str(text)?),
        }
    }

    /// Checks a world and builds its tables.
    ///
    /// # Errors
    /// [`WorldError`] if the parts of the world do not fit.
    pub fn new(file: WorldFile) -> Result<Self, WorldError> {
        let mut world = Self {
            roles: file.accounts.keys().cloned().collect(),
            by_role: HashMap::new(),
            by_key: HashMap::new(),
            principals: Vec::new(),
            by_principal: HashMap::new(),
            types: HashMap::new(),
            by_pair: HashMap::new(),
            by_arn: HashMap::new(),
            by_arn_kind: HashMap::new(),
            resource_types: Vec::new(),
            resource_owners: Vec::new(),
            directory_of: vec![None; file.accounts.len()],
            folder_of: vec![None; file.accounts.len()],
            file,
        };
        world.index_accounts()?;
        world.index_users()?;
        world.index_directories()?;
        world.index_resources()?;
        world.check_seeded_shares()?;
        Ok(world)
    }

    fn index_accounts(&mut self) -> Result<(), WorldError> {
        for (position, (role, account)) in self.file.accounts.clone().iter().enumerate() {
            let index = AccountIndex(position as u16);
            self.by_role.insert(role.clone(), index);
            self.add_key(&account.access_key_id, role)?;
            match self.file.api == "aws" && self.by_principal.contains_key(&account.id) {
                // Two roles may stand for one account: the first of them is the principal.
                true => self.principals.push((account.id.clone(), PrincipalKind::Account(index))),
                false => self.add_principal(&account.id, PrincipalKind::Account(index))?,
            }
        }
        for (arn, role) in self.file.identities.clone() {
            let account = self.role(&role, &format!("principal `{arn}`"))?;
            self.add_principal(&arn, PrincipalKind::Identity(account))?;
        }
        for service in self.file.services.clone() {
            self.add_principal(&service, PrincipalKind::Service)?;
        }
        Ok(())
    }

    /// Users come after all accounts: they call in the name of one.
    fn index_users(&mut self) -> Result<(), WorldError> {
        for (role, user) in self.file.users.clone() {
            let account = self.role(&user.account, &format!("user `{role}`"))?;
            self.add_key(&user.access_key_id, &role)?;
            if self.by_role.insert(role.clone(), account).is_some() {
                return Err(twice("role", &role));
            }
        }
        Ok(())
    }

    fn add_key(&mut self, access_key_id: &str, role: &str) -> Result<(), WorldError> {
        let named = !access_key_id.is_empty();
        match named && self.by_key.insert(access_key_id.to_owned(), role.to_owned()).is_some() {
            true => Err(twice("access key", access_key_id)),
            false => Ok(()),
        }
    }

    fn add_principal(&mut self, id: &str, kind: PrincipalKind) -> Result<(), WorldError> {
        let position = self.principals.len() as u32;
        self.principals.push((id.to_owned(), kind));
        match self.by_principal.insert(id.to_owned(), position) {
            None => Ok(()),
            Some(_) => Err(twice("principal", id)),
        }
    }

    fn index_directories(&mut self) -> Result<(), WorldError> {
        for (position, directory) in self.file.directories.clone().iter().enumerate() {
            let position = position as u16;
            let place = format!("directory `{}`", directory.id);
            self.role(&directory.management_account, &place)?;
            for role in &directory.members {
                let account = self.role(role, &place)?;
                if let Some(slot) = self.directory_of.get_mut(usize::from(account.0))
                    && slot.replace(position).is_some()
                {
                    return Err(twice("member of a directory", role));
                }
            }
            for role in directory.delegated_administrators.values().flatten() {
                self.role(role, &place)?;
            }
            self.add_principal(&directory.id, PrincipalKind::Directory(position))?;
            if !directory.root_folder.is_empty() {
                self.add_principal(&directory.root_folder, PrincipalKind::RootFolder(position))?;
            }
            self.index_folders(position, directory, &place)?;
        }
        Ok(())
    }

    fn index_folders(
        &mut self,
        position: u16,
        directory: &Directory,
        place: &str,
    ) -> Result<(), WorldError> {
        for (number, folder) in directory.folders.iter().enumerate() {
            let number = number as u16;
            self.add_principal(&folder.id, PrincipalKind::Folder(position, number))?;
            for role in &folder.accounts {
                let account = self.role(role, place)?;
                if let Some(slot) = self.folder_of.get_mut(usize::from(account.0)) {
                    *slot = Some((position, number));
                }
            }
        }
        Ok(())
    }

    fn index_resources(&mut self) -> Result<(), WorldError> {
        for (position, kind) in self.file.resource_types.iter().enumerate() {
            if self.types.insert(kind.name.clone(), position).is_some() {
                return Err(twice("resource type", &kind.name));
            }
        }
        for (position, resource) in self.file.resources.iter().enumerate() {
            let place = format!("resource `{}`", resource.id);
            let owner = self.role(&resource.owner, &place)?;
            let Some(&kind) = self.types.get(&resource.kind) else {
                return Err(unknown(&place, "resource type", &resource.kind));
            };
            self.resource_owners.push(owner);
            self.resource_types.push(kind);
            let ids = self.by_pair.entry(resource.kind.clone()).or_default();
            if ids.insert(resource.id.clone(), position as u32).is_some() {
                return Err(twice("resource", &resource.id));
            }
            let Some(arn) = &resource.arn else { continue };
            if self.by_arn.insert(arn.clone(), position as u32).is_some() {
                return Err(twice("ARN", arn));
            }
            if let Some((arn_kind, _)) = arn_parts(arn) {
                self.by_arn_kind.insert(arn_kind, kind);
            }
        }
        Ok(())
    }

    /// How long the record of what ended is kept, at least and at most, in milliseconds. AWS does not
    /// say.
    pub fn records_kept(&self) -> Window {
        match self.file.api.as_str() {
            "aws" => Window::new(0, i64::MAX / 4),
            _ => Window::new(KEPT_AT_LEAST, KEPT_AT_MOST),
        }
    }

    /// Whether the world is for this API.
    ///
    /// # Errors
    /// [`WorldError::Api`] if it is for another one.
    pub fn is_for(&self, api: &str) -> Result<(), WorldError> {
        match self.file.api == api {
            true => Ok(()),
            false => Err(WorldError::Api { found: self.file.api.clone(), wanted: api.to_owned() }),
        }
    }

    fn role(&self, role: &str, place: &str) -> Result<AccountIndex, WorldError> {
        self.account(role).ok_or_else(|| unknown(place, "account", role))
    }

    /// The account of this role; of a user, the account that it belongs to.
    pub fn account(&self, role: &str) -> Option<AccountIndex> {
        self.by_role.get(role).copied()
    }

    /// The account that this access key belongs to, be it that of a user.
    pub fn account_of_key(&self, access_key_id: &str) -> Option<AccountIndex> {
        self.account(self.caller_of_key(access_key_id)?)
    }

    /// The role of the account or of the user that this access key belongs to.
    pub fn caller_of_key(&self, access_key_id: &str) -> Option<&str> {
        self.by_key.get(access_key_id).map(String::as_str)
    }

    /// The user of this role.
    pub fn user(&self, role: &str) -> Option<&User> {
        self.file.users.get(role)
    }

    /// The role of an account.
    pub fn role_of(&self, account: AccountIndex) -> &str {
        self.roles.get(usize::from(account.0)).map_or("", String::as_str)
    }

    /// What the file says of an account.
    pub fn account_file(&self, account: AccountIndex) -> Option<&Account> {
        self.file.accounts.get(self.role_of(account))
    }

    /// The id of an account.
    pub fn account_id(&self, account: AccountIndex) -> &str {
        self.account_file(account).map_or("", |file| file.id.as_str())
    }

    /// The quotas of an account.
    pub fn quotas(&self, account: AccountIndex) -> Quotas {
        self.account_file(account).and_then(|file| file.quotas).unwrap_or(self.file.quotas)
    }

    /// The position of the directory that an account is in.
    pub fn directory_of(&self, account: AccountIndex) -> Option<u16> {
        self.directory_of.get(usize::from(account.0)).copied().flatten()
    }

    /// A directory by its position.
    pub fn directory(&self, position: u16) -> Option<&Directory> {
        self.file.directories.get(usize::from(position))
    }

    /// The entity of a principal's id.
    pub fn principal(&self, id: &str) -> Option<Entity> {
        self.by_principal.get(id).map(|&position| Entity::Principal(position))
    }

    /// Whether an id differs from that of a principal in case or surrounding space alone.
    pub fn has_principal_spelled(&self, id: &str) -> bool {
        self.principals.iter().any(|(known, _)| known.eq_ignore_ascii_case(id.trim()))
    }

    /// The entity of an account as a principal.
    pub fn principal_of(&self, account: AccountIndex) -> Entity {
        Entity::Principal(u32::from(account.0))
    }

    /// The id and the kind of a principal of the world.
    pub fn principal_entry(&self, entity: &Entity) -> Option<(&str, PrincipalKind)> {
        let Entity::Principal(position) = entity else { return None };
        self.principals.get(*position as usize).map(|(id, kind)| (id.as_str(), *kind))
    }

    /// Whether a principal of the world is, or holds, an account.
    pub fn covers(&self, entity: &Entity, account: AccountIndex) -> bool {
        match self.principal_entry(entity) {
            Some((_, PrincipalKind::Account(index))) => index == account,
            Some((_, PrincipalKind::Directory(at) | PrincipalKind::RootFolder(at))) => {
                self.directory_of(account) == Some(at)
            }
            Some((_, PrincipalKind::Folder(at, number))) => {
                self.folder_of.get(usize::from(account.0)).copied().flatten() == Some((at, number))
            }
            // Whoever calls as an account is none of its roles.
            Some((_, PrincipalKind::Service | PrincipalKind::Identity(_))) | None => false,
        }
    }

    /// The directory that a principal belongs to, if it belongs to one.
    pub fn principal_directory(&self, entity: &Entity) -> Option<u16> {
        match self.principal_entry(entity)?.1 {
            PrincipalKind::Account(account) | PrincipalKind::Identity(account) => {
                self.directory_of(account)
            }
            PrincipalKind::Directory(at)
            | PrincipalKind::RootFolder(at)
            | PrincipalKind::Folder(at, _) => Some(at),
            PrincipalKind::Service => None,
        }
    }

    /// The resource type of this name.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.get(name).and_then(|&position| self.file.resource_types.get(position))
    }

    /// The permission of this name: the resource type that it is for, if that is said.
    pub fn permission(&self, name: &str) -> Option<Option<&ResourceType>> {
        let of = |kind: &&ResourceType| {
            kind.default_permission == name || kind.permissions.iter().any(|each| each == name)
        };
        let kind = self.file.resource_types.iter().find(of);
        let known = kind.is_some() || self.file.permissions.iter().any(|each| each == name);
        (known && !name.is_empty()).then_some(kind)
    }

    /// The names of all permissions.
    pub fn permissions(&self) -> impl Iterator<Item = &str> {
        let types = self.file.resource_types.iter();
        let of_types =
            types.flat_map(|kind| kind.permissions.iter().chain([&kind.default_permission]));
        let names = of_types.chain(&self.file.permissions).map(String::as_str);
        names.filter(|name| !name.is_empty())
    }

    /// The resource of this type and id.
    pub fn resource_by_pair(&self, kind: &str, id: &str) -> Option<Entity> {
        self.by_pair.get(kind)?.get(id).map(|&position| Entity::Resource(position))
    }

    /// The resource of this ARN.
    pub fn resource_by_arn(&self, arn: &str) -> Option<Entity> {
        self.by_arn.get(arn).map(|&position| Entity::Resource(position))
    }

    /// What an ARN names that no resource has: a type and an id, or, if those are of a resource
    /// with another ARN or of no known type, the ARN itself.
    pub fn unknown_by_arn(&self, arn: &str) -> Entity {
        let found = arn_parts(arn).and_then(|(kind, id)| {
            let kind = self.file.resource_types.get(*self.by_arn_kind.get(&kind)?)?;
            self.resource_by_pair(&kind.name, id).is_none().then_some((kind.name.as_str(), id))
        });
        let (kind, id) = found.unwrap_or(("", arn));
        Entity::UnknownResource(kind.into(), id.into())
    }

    /// What the file says of a resource.
    pub fn resource(&self, entity: &Entity) -> Option<&Resource> {
        let Entity::Resource(position) = entity else { return None };
        self.file.resources.get(*position as usize)
    }

    /// The type of a resource.
    pub fn type_of(&self, entity: &Entity) -> Option<&ResourceType> {
        let Entity::Resource(position) = entity else { return None };
        let kind = self.resource_types.get(*position as usize)?;
        self.file.resource_types.get(*kind)
    }

    /// The owner of a resource.
    pub fn owner_of(&self, entity: &Entity) -> Option<AccountIndex> {
        let Entity::Resource(position) = entity else { return None };
        self.resource_owners.get(*position as usize).copied()
    }

    /// The text that names an entity in a reply: the id of a resource or of a principal.
    pub fn entity_id<'a>(&'a self, entity: &'a Entity) -> &'a str {
        match entity {
            Entity::Resource(_) => self.resource(entity).map_or("", |file| file.id.as_str()),
            Entity::Principal(_) => self.principal_entry(entity).map_or("", |(id, _)| id),
            Entity::UnknownResource(_, id) | Entity::UnknownPrincipal(id) => id,
        }
    }
}

/// The service and the kind of an ARN, as one text, and the id in it.
fn arn_parts(arn: &str) -> Option<(String, &str)> {
    let mut parts = arn.strip_prefix("acs:")?.splitn(4, ':');
    let service = parts.next()?;
    let (kind, id) = parts.nth(2)?.split_once('/')?;
    Some((format!("{service}/{kind}"), id))
}

fn twice(what: &'static str, name: &str) -> WorldError {
    WorldError::Twice { what, name: name.to_owned() }
}

fn unknown(place: &str, what: &'static str, name: &str) -> WorldError {
    WorldError::Unknown { place: place.to_owned(), what, name: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap()
    }

    #[test]
    fn the_embedded_world_is_sound() {
        let world = world();
        let owner = world.account("owner").unwrap();
        let arn =
            |region: &str, id: &str| format!("acs:vpc:{region}:1720505253000001:vswitch/{id}");
        let unknown = Entity::UnknownResource("VSwitch".into(), "vsw-nobodys".into());
        assert_eq!(world.unknown_by_arn(&arn("cn-hangzhou", "vsw-nobodys")), unknown);
        let elsewhere = arn("cn-shanghai", "vsw-bp1p01aa9x");
        let whole = Entity::UnknownResource("".into(), elsewhere.as_str().into());
        assert_eq!(world.unknown_by_arn(&elsewhere), whole);
        assert_eq!(world.account_of_key("LTAIOWNER0000001"), Some(owner));
        assert_eq!(world.directory_of(owner), Some(0));
        let folder = world.principal("fd-bqp6Wc41bV").unwrap();
        assert!(world.covers(&folder, world.account("member-e").unwrap()));
        assert!(!world.covers(&folder, world.account("member-a").unwrap()));
    }

    #[test]
    fn the_extended_world_is_the_embedded_one_and_more() {
        let base: serde_json::Value =
            serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        let text = sharespec_fixtures::ALIBABA_EXTENDED_WORLD;
        let extended: serde_json::Value = serde_json::from_str(text).unwrap();
        World::from_json(text).unwrap();
        assert!(extends(&extended, &base));
        assert!(!extends(&base, &extended));
    }

    /// Whether a value has all that another has: members of records, and lists from the start.
    fn extends(value: &serde_json::Value, base: &serde_json::Value) -> bool {
        use serde_json::Value::{Array, Object};
        match (value, base) {
            (Object(value), Object(base)) => base
                .iter()
                .all(|(name, member)| value.get(name).is_some_and(|found| extends(found, member))),
            (Array(value), Array(base)) => {
                value.len() >= base.len()
                    && value.iter().zip(base).all(|(value, base)| extends(value, base))
            }
            (value, base) => value == base,
        }
    }

    #[test]
    fn users_call_in_the_name_of_their_account() {
        let text = sharespec_fixtures::ALIBABA_EXTENDED_WORLD;
        let world = World::from_json(text).unwrap();
        let role = world.caller_of_key("LTAIUSER00000001").unwrap();
        assert!(world.user(role).unwrap().policy.is_some());
        assert_eq!(world.account(role), world.account("owner"));
        assert_eq!(world.role_of(world.account(role).unwrap()), "owner");
        let again = text.replace("LTAIUSER00000002", "LTAIUSER00000001");
        let error = World::from_json(&again).unwrap_err();
        assert!(error.to_string().contains("LTAIUSER00000001"), "{error}");
    }

    #[test]
    fn a_member_that_is_no_account_is_named() {
        let mut file: WorldFile = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        file.directories[0].members.push("nobody".into());
        let error = World::new(file).unwrap_err().to_string();
        assert!(error.contains("`nobody`"), "{error}");
    }
}
