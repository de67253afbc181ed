//! Locks: what belongs to an account has a capacity, and a case holds its part of it until it has
//! given everything back.

use sharespec_model::world::World;
use sharespec_wire::case::Lock;
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
