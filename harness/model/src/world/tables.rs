//! The tables of a world: roles, types and owners must refer to something, and nothing is there twice.

use super::file::{Directory, Which, WorldError, WorldFile};
use super::{AccountIndex, PrincipalKind, World, arn_parts};
use std::collections::{HashMap, HashSet};

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
            self.add_key(&account.access_key_id, role)?;
            // Two roles may stand for one account, which is then known by the first of them.
            let first = self.principal(&account.id).filter(|_| self.file.api == "aws");
            let index = match first.and_then(|first| self.principal_entry(&first)) {
                Some((_, PrincipalKind::Account(first))) => {
                    self.principals.push((account.id.clone(), PrincipalKind::Account(first)));
                    first
                }
                _ => {
                    let index = AccountIndex(position as u16);
                    self.add_principal(&account.id, PrincipalKind::Account(index))?;
                    index
                }
            };
            self.by_role.insert(role.clone(), index);
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
        let mut members = HashSet::new();
        for (position, directory) in self.file.directories.clone().iter().enumerate() {
            let position = position as u16;
            let place = format!("directory `{}`", directory.id);
            self.role(&directory.management_account, &place)?;
            for role in &directory.members {
                let account = self.role(role, &place)?;
                let slot = self.directory_of.get_mut(usize::from(account.0));
                let before = slot.and_then(|slot| slot.replace(position));
                if !members.insert(role.clone()) || before.is_some_and(|before| before != position)
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

    fn role(&self, role: &str, place: &str) -> Result<AccountIndex, WorldError> {
        self.account(role).ok_or_else(|| unknown(place, "account", role))
    }
}

fn twice(what: &'static str, name: &str) -> WorldError {
    WorldError::Twice { what, name: name.to_owned() }
}

fn unknown(place: &str, what: &'static str, name: &str) -> WorldError {
    WorldError::Unknown { place: place.to_owned(), what, name: name.to_owned() }
}
