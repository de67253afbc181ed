//! What becomes of an entity that is associated: the same for every API.

use crate::facts::Facts;
use crate::set::Set;
use crate::world::{AccountIndex, Entity, PrincipalKind, World};

/// The account that has to accept an invitation before it is associated: one outside the owner's
/// directory, or in a directory with which sharing is not enabled.
pub fn invited<F: Facts + ?Sized>(
    world: &World,
    facts: &F,
    owner: AccountIndex,
    entity: &Entity,
) -> Option<AccountIndex> {
    let Some((_, PrincipalKind::Account(account))) = world.principal_entry(entity) else {
        return None;
    };
    let directory = world.directory_of(owner);
    let joined = directory.is_some_and(|position| {
        world.directory_of(account) == directory && facts.enabled(position) != Set::only(false)
    });
    (!joined).then_some(account)
}

/// Whether nobody can share a resource so: it does not exist, or belongs to another account.
pub fn fails(world: &World, owner: AccountIndex, entity: &Entity) -> bool {
    entity.is_resource() && world.owner_of(entity) != Some(owner)
}
