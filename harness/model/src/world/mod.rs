//! Worlds: the accounts, directories, resource types and resources that exist around a target.
//!
//! A world file is JSON of the form that `docs/worlds.md` explains; nothing in it is created by the
//! suite. Loading checks that roles, types and owners refer to something, and builds the tables
//! that make looking up a caller or an entity cheap.

mod file;
mod tables;

use crate::belief::{
    AWS_INVITATION_VALID, INVITATION_OVERDUE, INVITATION_VALID, KEPT_AT_LEAST, KEPT_AT_MOST, Window,
};
pub use file::{
    Account, Directory, Folder, Quotas, Resource, ResourceType, SeededAssociation, SeededShare,
    User, WorldError, WorldFile,
};
use std::collections::HashMap;

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
    /// How long the record of what ended is kept, at least and at most, in milliseconds. AWS does not
    /// say.
    pub fn records_kept(&self) -> Window {
        match self.file.api.as_str() {
            "aws" => Window::new(0, i64::MAX / 4),
            _ => Window::new(KEPT_AT_LEAST, KEPT_AT_MOST),
        }
    }

    /// How long an invitation stands that is not answered, at least and at most, in milliseconds. How
    /// long at most AWS does not say.
    pub fn invitations_stand(&self) -> Window {
        match self.file.api.as_str() {
            "aws" => Window::new(AWS_INVITATION_VALID, i64::MAX / 4),
            _ => Window::new(INVITATION_VALID, INVITATION_VALID + INVITATION_OVERDUE),
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

    /// A world file may give two roles to one account.
    #[test]
    fn two_roles_of_one_account_are_one_principal() {
        let mut world: serde_json::Value =
            serde_json::from_str(sharespec_fixtures::AWS_WORLD).unwrap();
        world["accounts"]["member-21"]["id"] = world["accounts"]["member-a"]["id"].clone();
        let world = World::from_json(&world.to_string()).unwrap();
        let account = world.account("member-a").unwrap();
        assert_eq!(world.account("member-21"), Some(account));
        assert_eq!(world.directory_of(account), Some(0));
        let principal = world.principal(world.account_id(account)).unwrap();
        assert!(world.covers(&principal, account));
    }
}
