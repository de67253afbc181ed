//! Locks: what belongs to an account has a capacity, and a case holds its part of it until it has
//! given everything back.

use serde_json::Value;
use sharespec_model::call::Arguments;
use sharespec_model::world::World;
use sharespec_wire::case::{CallStep, Case, Lock, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many parts the whole target is divided into; a case that needs all of it takes them all.
const WHOLE_TARGET: u32 = 1 << 16;

/// How many cases may use what an account shares with services, if it is not the same service and type.
const SERVICES: u32 = 1 << 16;

/// The locks of a run.
pub struct Locks {
    slots: BTreeMap<(u8, String), (Arc<Semaphore>, u32)>,
    /// A type that an account shares with a service is used by one case at a time: there is no second
    /// share of both.
    services: Mutex<BTreeMap<Shared, Arc<Semaphore>>>,
    target: Arc<Semaphore>,
}

/// An account, a service, and a type that the account shares with it.
type Shared = (String, String, String);

/// What a case needs of what belongs to accounts.
pub struct Needed {
    /// Its locks.
    pub locks: Vec<Lock>,
    services: BTreeSet<Shared>,
}

/// What a case needs in a world: the locks that it has, and an invitation for each account that its
/// owner has to invite there. Who shares a directory with whom is not the same in every world.
pub fn needed(world: &World, case: &Case) -> Needed {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut invitations: BTreeMap<String, u32> = BTreeMap::new();
    let mut shared: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
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
        let [services, types] = shared.entry(owner.clone()).or_default();
        services.extend(named(&call.arguments, "Targets").filter_map(service).map(str::to_owned));
        types.extend(named(&call.arguments, "ResourceArns").map(|arn| type_of(arn).to_lowercase()));
        types.extend(named(&call.arguments, "Resources").map(|kind| kind.trim().to_lowercase()));
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
    shared.retain(|owner, _| locks.contains(&Lock::Services(owner.clone())));
    let mut services = BTreeSet::new();
    for (owner, [of_owner, types]) in &shared {
        for service in of_owner {
            let each = |kind: &String| (owner.clone(), service.clone(), kind.clone());
            services.extend(types.iter().map(each));
        }
    }
    Needed { locks, services }
}

/// The texts of a list of entities: of a resource its type.
fn named<'a>(arguments: &'a Arguments, list: &str) -> impl Iterator<Item = &'a str> {
    let entries = arguments.get(list).and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(|entry| entry.as_str().or_else(|| entry.get("ResourceType")?.as_str()))
}

/// The symbol of a service, without how it is spelled.
fn service(target: &str) -> Option<&str> {
    target.starts_with("$service.").then(|| target.split('|').next().unwrap_or(target))
}

/// The type in the symbol of an ARN; any other ARN is a type of its own.
fn type_of(arn: &str) -> &str {
    arn.strip_prefix("$arn.").and_then(|rest| rest.split('.').nth(1)).unwrap_or(arn)
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
        let target = Arc::new(Semaphore::new(WHOLE_TARGET as usize));
        Self { slots, services: Mutex::default(), target }
    }

    /// Waits until a case may run. Locks are taken in one order, so that no two cases wait for each
    /// other.
    pub async fn hold(&self, needed: &Needed) -> Held {
        let Needed { locks, services } = needed;
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
                Lock::Services(role) => want(3, role, 1),
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
        for shared in services {
            let semaphore = {
                let mut all = self.services.lock().unwrap_or_else(PoisonError::into_inner);
                let one = all.entry(shared.clone()).or_insert_with(|| Arc::new(Semaphore::new(1)));
                Arc::clone(one)
            };
            permits.extend(semaphore.acquire_owned().await);
        }
        Held { _permits: permits }
    }

    /// Whether the locks can be held at all.
    pub fn suffice(&self, needed: &Needed) -> Result<(), String> {
        for lock in &needed.locks {
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
    use futures::FutureExt;
    use sharespec_model::world::WorldFile;

    fn invitations(file: WorldFile, id: &str) -> Vec<u32> {
        let cases = sharespec_generators::alibaba();
        let case = cases.iter().find(|case| case.id == id).unwrap();
        let found = needed(&World::new(file).unwrap(), case).locks.into_iter();
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
            let (mut own, mut found) = (case.locks.clone(), needed(&world, &case).locks);
            // Sharing with its directory is not enabled, so its members may be invited.
            let quiet = |lock: &Lock| matches!(lock, Lock::Invitations(role, _) if role.starts_with("quiet"));
            own.retain(|lock| !quiet(lock));
            found.retain(|lock| !quiet(lock));
            own.sort();
            found.sort();
            assert_eq!(own, found, "{}", case.id);
        }
    }

    #[test]
    fn a_service_and_a_type_are_for_one_case_at_a_time() {
        let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        let locks = Locks::new(&world);
        let case = |end: &str| {
            let mut cases = sharespec_generators::alibaba().into_iter();
            needed(&world, &cases.find(|case| case.id.ends_with(end)).unwrap())
        };
        let (one, bare) = (
            case("valid/services/open-share/with-a-resource"),
            case("valid/principals/open-share/service"),
        );
        assert!(!one.services.is_empty() && bare.services.is_empty(), "{:?}", bare.services);
        let ready = |needed: &Needed| locks.hold(needed).now_or_never();
        let held = ready(&one);
        assert!(held.is_some() && ready(&one).is_none() && ready(&bare).is_some());
        drop(held);
        assert!(ready(&one).is_some());
    }
}
