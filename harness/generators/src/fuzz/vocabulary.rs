//! The names that calls are made of, as symbols: what a world holds.

use sharespec_model::world::WorldFile;

/// The names of a world.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    /// The accounts that own something, with what they own.
    pub(crate) owners: Vec<Owner>,
    /// Every account.
    pub(crate) accounts: Vec<String>,
    /// The users of accounts, who may have policies.
    pub(crate) users: Vec<String>,
    /// Roles and users that can be principals, as symbols.
    pub(crate) identities: Vec<String>,
    /// The service principals.
    pub(crate) services: Vec<String>,
    /// The types of resources.
    pub(crate) kinds: Vec<String>,
    /// The accounts that have quotas of their own.
    pub(crate) bounded: Vec<String>,
    directories: Vec<Circle>,
}

/// An account that owns resources.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// Its role.
    pub(crate) role: String,
    /// What it owns.
    pub(crate) resources: Vec<Owned>,
}

/// A resource, by type and number among those of its owner and type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owned {
    /// The type.
    pub(crate) kind: String,
    /// The number in symbols of ids, if the type can be named by id.
    pub(crate) by_id: Option<usize>,
    /// The number in symbols of ARNs, if it has one.
    pub(crate) by_arn: Option<usize>,
}

#[derive(Clone, Debug)]
struct Circle {
    members: Vec<String>,
    principals: Vec<String>,
}

impl Vocabulary {
    /// The names of a world.
    pub(crate) fn of(world: &WorldFile) -> Self {
        let kinds: Vec<String> =
            world.resource_types.iter().map(|kind| kind.name.clone()).collect();
        let mut owners = Vec::new();
        for role in world.accounts.keys() {
            let resources: Vec<Owned> =
                kinds.iter().flat_map(|kind| owned(world, role, kind)).collect();
            if !resources.is_empty() {
                owners.push(Owner { role: role.clone(), resources });
            }
        }
        // Who has most comes first: shares are mostly of that account.
        owners.sort_by_key(|owner| std::cmp::Reverse(owner.resources.len()));
        let bounded = world.accounts.iter().filter(|(_, account)| account.quotas.is_some());
        Self {
            owners,
            accounts: world.accounts.keys().cloned().collect(),
            users: world.users.keys().cloned().collect(),
            identities: (1..=world.identities.len())
                .map(|number| format!("$identity.{number}"))
                .collect(),
            services: (1..=world.services.len())
                .map(|number| format!("$service.{number}"))
                .collect(),
            kinds,
            bounded: bounded.map(|(role, _)| role.clone()).collect(),
            directories: world.directories.iter().map(circle).collect(),
        }
    }

    fn circle(&self, role: &str) -> Option<&Circle> {
        self.directories.iter().find(|each| each.members.iter().any(|member| member == role))
    }

    /// The roles of the accounts in the directory of an account, without it.
    pub(crate) fn inside(&self, role: &str) -> Vec<&String> {
        let members = self.circle(role).map_or(&[][..], |circle| &circle.members);
        members.iter().filter(|member| *member != role).collect()
    }

    /// The roles of the accounts that are not in the directory of an account.
    pub(crate) fn outside(&self, role: &str) -> Vec<&String> {
        let inside = self.circle(role).map_or(&[][..], |circle| &circle.members);
        let outside = |each: &&String| *each != role && !inside.contains(each);
        self.accounts.iter().filter(outside).collect()
    }

    /// The directory of an account, its root and its folders, as principals.
    pub(crate) fn wide(&self, role: &str) -> &[String] {
        self.circle(role).map_or(&[], |circle| &circle.principals)
    }
}

fn owned(world: &WorldFile, role: &str, kind: &str) -> Vec<Owned> {
    let rules = world.resource_types.iter().find(|each| each.name == kind);
    let mut arns = 0;
    let resources = world.resources.iter().filter(|each| each.owner == role && each.kind == kind);
    let owned = resources.enumerate().map(|(place, resource)| {
        arns += usize::from(resource.arn.is_some());
        Owned {
            kind: kind.to_owned(),
            by_id: Some(place + 1).filter(|_| rules.is_none_or(|rules| rules.by_id)),
            by_arn: resource.arn.as_ref().map(|_| arns),
        }
    });
    owned.collect()
}

fn circle(directory: &sharespec_model::world::Directory) -> Circle {
    let mut principals = Vec::new();
    if let Some(member) = directory.members.first() {
        principals.push(format!("$directory.{member}"));
        if !directory.root_folder.is_empty() {
            principals.push(format!("$root.{member}"));
        }
    }
    let folders = directory.folders.iter().filter_map(|folder| folder.accounts.first());
    principals.extend(folders.map(|member| format!("$folder.{member}")));
    Circle { members: directory.members.clone(), principals }
}
