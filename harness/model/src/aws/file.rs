//! World files of AWS RAM: what is called otherwise there, as every API has it.

use crate::world::{
    Account, Directory, Folder, Quotas, Resource, ResourceType, SeededShare, User, WorldError,
    WorldFile,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A world as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    api: String,
    version: String,
    region: String,
    accounts: BTreeMap<String, Account>,
    #[serde(default)]
    callers: BTreeMap<String, User>,
    organization: Option<Organization>,
    resources: Vec<FileResource>,
    resource_types: Vec<FileType>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    quotas: Option<Quotas>,
    #[serde(default)]
    shares: Vec<SeededShare>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organization {
    arn: String,
    management_account: String,
    members: Vec<String>,
    #[serde(default)]
    sharing_enabled: bool,
    #[serde(default)]
    units: Vec<Unit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    arn: String,
    accounts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileResource {
    #[serde(rename = "type")]
    kind: String,
    owner: String,
    arn: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileType {
    #[serde(rename = "type")]
    name: String,
    #[serde(default)]
    roles: bool,
    #[serde(default)]
    external: bool,
    #[serde(default)]
    services: bool,
}

/// Reads a world file.
///
/// # Errors
/// [`WorldError`] if the text is no world, or if a role or user is of no account.
pub fn read(text: &str) -> Result<WorldFile, WorldError> {
    let file: File = serde_json::from_str(text)?;
    let mut identities = BTreeMap::new();
    for arn in file.roles.iter().chain(&file.users) {
        let id = arn.split(':').nth(4).unwrap_or_default();
        let owner = file.accounts.iter().find(|(_, account)| account.id == id);
        let owner = owner.ok_or_else(|| WorldError::Unknown {
            place: format!("principal `{arn}`"),
            what: "account",
            name: id.to_owned(),
        })?;
        identities.insert(arn.clone(), owner.0.clone());
    }
    let resources = file.resources.into_iter().map(|each| Resource {
        kind: each.kind,
        id: each.arn.clone(),
        owner: each.owner,
        arn: Some(each.arn),
    });
    Ok(WorldFile {
        api: file.api,
        version: file.version,
        region: file.region,
        accounts: file.accounts,
        identities,
        users: file.callers,
        directories: file.organization.into_iter().map(directory).collect(),
        services: file.services,
        resource_types: file.resource_types.into_iter().map(resource_type).collect(),
        resources: resources.collect(),
        permissions: Vec::new(),
        quotas: file.quotas.unwrap_or_default(),
        list_limits: BTreeMap::new(),
        shares: file.shares,
    })
}

fn directory(organization: Organization) -> Directory {
    let folder = |unit: Unit| Folder { id: unit.arn, accounts: unit.accounts };
    Directory {
        id: organization.arn,
        root_folder: String::new(),
        management_account: organization.management_account,
        sharing_enabled: organization.sharing_enabled,
        folders: organization.units.into_iter().map(folder).collect(),
        members: organization.members,
        delegated_administrators: BTreeMap::new(),
    }
}

fn resource_type(kind: FileType) -> ResourceType {
    ResourceType {
        name: kind.name,
        by_id: false,
        by_arn: true,
        exit: true,
        external: kind.external,
        services: kind.services,
        roles: kind.roles,
        properties: false,
        management_only: false,
        default_permission: String::new(),
        permissions: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::world::World;

    #[test]
    fn the_embedded_world_is_sound() {
        let world = World::from_json(sharespec_fixtures::AWS_WORLD).unwrap();
        let owner = world.account("owner").unwrap();
        assert_eq!(world.directory_of(owner), Some(0));
        let unit = "arn:aws:organizations::123456789012:ou/o-a1b2c3d4e5/ou-ab12-c3d4e5f6";
        let unit = world.principal(unit).unwrap();
        assert!(world.covers(&unit, world.account("member-b").unwrap()));
        assert!(world.principal("arn:aws:iam::210987654321:role/reader").is_some());
    }
}
