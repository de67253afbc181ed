//! The names that calls are made of, as symbols: what a world holds.

use sharespec_model::world::WorldFile;

/// The names of a world.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    /// The accounts that own something, with what they own.
    pub(super) owners: Vec<Owner>,
    /// Every account.
    pub(super) accounts: Vec<String>,
    /// The users of accounts, who may have policies.
    pub(super) users: Vec<String>,
    /// The service principals.
    pub(super) services: Vec<String>,
    /// The types of resources.
    pub(super) kinds: Vec<String>,
    /// The accounts that have quotas of their own.
    pub(super) bounded: Vec<String>,
    directories: Vec<Circle>,
}

/// An account that owns resources.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// Its role.
    pub(super) role: String,
    /// What it owns.
    pub(super) resources: Vec<Owned>,
}

/// A resource, by type and number among those of its owner and type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owned {
    /// The type.
    pub(super) kind: String,
    /// The number in symbols of ids, if the type can be named by id.
    pub(super) by_id: Option<usize>,
    /// The number in symbols of ARNs, if it has one.
    pub(super) by_arn: Option<usize>,
}

#[derive(Clone, Debug)]
struct Circle {
    members: Vec<String>,
    principals: Vec<String>,
}

impl Vocabulary {
    /// The names of a world.
    pub(super) fn of(world: &WorldFile) -> Self {
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
    pub(super) fn inside(&self, role: &str) -> Vec<&String> {
        let members = self.circle(role).map_or(&[][..], |circle| &circle.members);
        members.iter().filter(|member| *member != role).collect()
    }

    /// The roles of the accounts that are not in the directory of an account.
    pub(super) fn outside(&self, role: &str) -> Vec<&String> {
        let inside = self.circle(role).map_or(&[][..], |circle| &circle.members);
        let outside = |each: &&String| *each != role && !inside.contains(each);
        self.accounts.iter().filter(outside).collect()
    }

    /// The directory of an account, its root and its folders, as principals.
    pub(super) fn wide(&self, role: &str) -> &[String] {
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
