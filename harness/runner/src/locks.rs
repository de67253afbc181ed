//! Locks: what belongs to an account has a capacity, and a case holds its part of it until it has
//! given everything back.

use serde_json::Value;
use sharespec_model::world::World;
use sharespec_wire::case::{CallStep, Case, Lock, Step};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many parts the whole target is divided into; a case that needs all of it takes them all.
const WHOLE_TARGET: u32 = 1 << 16;

/// What an account shares with services is used by one case at a time.
const SERVICES: u32 = 1;

/// The locks of a run.
pub struct Locks {
    slots: BTreeMap<(u8, String), (Arc<Semaphore>, u32)>,
    target: Arc<Semaphore>,
}

/// The locks of a case in a world: those that it has, and an invitation for each account that its
/// owner has to invite there. Who shares a directory with whom is not the same in every world.
pub fn needed(world: &World, case: &Case) -> Vec<Lock> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut invitations: BTreeMap<String, u32> = BTreeMap::new();
    let (steps, _) = case.steps();
    for step in &steps {
        let Step::Call(CallStep { call, makes, times, .. }) = step else { continue };
        if !matches!(call.operation.as_str(), "CreateResourceShare" | "AssociateResourceShare") {
            continue;
        }
        owners.extend(makes.iter().map(|name| (format!("$share.{name}"), call.caller.clone())));
        let share = call.arguments.get("ResourceShareId").and_then(Value::as_str);
        let owner = share.and_then(|share| owners.get(share)).unwrap_or(&call.caller);
        let targets = call.arguments.get("Targets").and_then(Value::as_array);
        let invited =
            targets.into_iter().flatten().filter(|target| is_invited(world, owner, target));
        let count = u32::try_from(invited.count()).unwrap_or(u32::MAX).saturating_mul(*times);
        let sum = invitations.entry(owner.clone()).or_insert(0);
        *sum = sum.saturating_add(count);
    }
    let mut locks = case.locks.clone();
    for (owner, count) in invitations.into_iter().filter(|(_, count)| *count > 0) {
        if locks.contains(&Lock::Account(owner.clone())) {
            continue;
        }
        let own = |lock: &&mut Lock| matches!(lock, Lock::Invitations(role, _) if *role == owner);
        match locks.iter_mut().find(own) {
            Some(Lock::Invitations(_, least)) => *least = count.max(*least),
            _ => locks.push(Lock::Invitations(owner, count)),
        }
    }
    locks
}

/// Whether a principal is an account that an owner has to invite.
fn is_invited(world: &World, owner: &str, target: &Value) -> bool {
    let role = target.as_str().and_then(|text| text.strip_prefix("$account."));
    let role = role.map(|role| role.split('|').next().unwrap_or(role));
    let Some(account) = role.and_then(|role| world.account(role)) else { return false };
    let directory = world.account(owner).and_then(|owner| world.directory_of(owner));
    let enabled = directory.and_then(|position| world.directory(position));
    enabled.is_none_or(|each| !each.sharing_enabled) || world.directory_of(account) != directory
}

/// What a case holds.
pub struct Held {
    _permits: Vec<OwnedSemaphorePermit>,
}

impl Locks {
    /// The locks of a world: the quotas of its accounts. A part is left for what else may go on.
    pub fn new(world: &World) -> Self {
        let mut slots = BTreeMap::new();
        for role in world.file.accounts.keys() {
            let Some(account) = world.account(role) else { continue };
            let quotas = world.quotas(account);
            let capacities = [
                quotas.resource_shares,
                quotas.shared_resources,
                quotas.pending_invitations,
                SERVICES,
            ];
            for (kind, capacity) in capacities.into_iter().enumerate() {
                let slot = (Arc::new(Semaphore::new(capacity as usize)), capacity);
                slots.insert((kind as u8, role.clone()), slot);
            }
        }
        Self { slots, target: Arc::new(Semaphore::new(WHOLE_TARGET as usize)) }
    }

    /// Waits until a case may run. Locks are taken in one order, so that no two cases wait for each
    /// other.
    pub async fn hold(&self, locks: &[Lock]) -> Held {
        let mut permits = Vec::new();
        let whole = if locks.contains(&Lock::Target) { WHOLE_TARGET } else { 1 };
        if let Ok(permit) = Arc::clone(&self.target).acquire_many_owned(whole).await {
            permits.push(permit);
        }
        let mut wanted: BTreeMap<(u8, String), u32> = BTreeMap::new();
        for lock in locks {
            let mut want = |kind: u8, role: &String, count: u32| {
                let wanted = wanted.entry((kind, role.clone())).or_insert(0);
                *wanted = wanted.saturating_add(count);
            };
            match lock {
                Lock::Shares(role, count) => want(0, role, *count),
                Lock::Resources(role, count) => want(1, role, *count),
                Lock::Invitations(role, count) => want(2, role, *count),
                Lock::Services(role) => want(3, role, SERVICES),
                Lock::Account(role) => (0..=3).for_each(|kind| want(kind, role, u32::MAX)),
                Lock::Target => {}
            }
        }
        for (key, count) in wanted {
            let Some((semaphore, capacity)) = self.slots.get(&key) else { continue };
            let count = count.min(*capacity);
            if let Ok(permit) = Arc::clone(semaphore).acquire_many_owned(count).await {
                permits.push(permit);
            }
        }
        Held { _permits: permits }
    }

    /// Whether the locks can be held at all.
    pub fn suffice(&self, locks: &[Lock]) -> Result<(), String> {
        for lock in locks {
            let (kind, role, count, what) = match lock {
                Lock::Shares(role, count) => (0, role, *count, "shares"),
                Lock::Resources(role, count) => (1, role, *count, "shared resources"),
                Lock::Invitations(role, count) => (2, role, *count, "open invitations"),
                Lock::Services(_) | Lock::Account(_) | Lock::Target => continue,
            };
            let capacity =
                self.slots.get(&(kind, role.clone())).map_or(0, |(_, capacity)| *capacity);
            if capacity < count {
                return Err(format!("`{role}` may have {capacity} {what}, and {count} are needed"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharespec_model::world::WorldFile;

    fn invitations(file: WorldFile, id: &str) -> Vec<u32> {
        let cases = sharespec_generators::alibaba();
        let case = cases.iter().find(|case| case.id == id).unwrap();
        let found = needed(&World::new(file).unwrap(), case).into_iter();
        found
            .filter_map(|lock| if let Lock::Invitations(_, n) = lock { Some(n) } else { None })
            .collect()
    }

    /// Members of one directory are not invited; where there is none, or sharing with it is not
    /// enabled, each of them is.
    #[test]
    fn who_is_invited_depends_on_the_world() {
        let file =
            || -> WorldFile { serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap() };
        let id = "alibaba/disassociate/targets/count/4";
        assert!(invitations(file(), id).is_empty());
        let without = WorldFile { directories: Vec::new(), ..file() };
        let all = invitations(without, id);
        assert_eq!(all.len(), 1);
        assert!(all[0] >= 4, "{all:?}");
        let mut disabled = file();
        disabled.directories.iter_mut().for_each(|each| each.sharing_enabled = false);
        assert_eq!(invitations(disabled, id), all);
    }

    #[test]
    fn in_the_embedded_world_the_cases_know_it_themselves() {
        let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        for case in sharespec_generators::alibaba() {
            let (mut own, mut found) = (case.locks.clone(), needed(&world, &case));
            // Sharing with its directory is not enabled, so its members may be invited.
            let quiet = |lock: &Lock| matches!(lock, Lock::Invitations(role, _) if role.starts_with("quiet"));
            own.retain(|lock| !quiet(lock));
            found.retain(|lock| !quiet(lock));
            own.sort();
            found.sort();
            assert_eq!(own, found, "{}", case.id);
        }
    }
}
