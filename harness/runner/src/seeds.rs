//! Seeded shares instead of set-up: what a case needs, found by playing its set-up against the
//! reference implementation, and which share that exists already fulfils it.

use crate::life::Life;
use crate::manner::Manner;
use crate::needs::unplayable;
use crate::player::{Player, Stop, without};
use crate::setup::{Abilities, Setup, Target};
use sharespec_events::ReasonKind;
use sharespec_model::belief::{Belief, Share};
use sharespec_model::property::Property;
use sharespec_model::set::Set;
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::{Entity, SeededAssociation, SeededShare, World};
use sharespec_reference::pipeline::Blueprint;
use sharespec_wire::case::{Case, Hook, Step};
use sharespec_wire::form::Signing;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

pub use sharespec_model::seeded::{CONSUMABLE, READ_ONLY};

/// How many cases are played on one share that is read only, where there are enough of them.
const READERS: usize = 10;

/// A share that the suite wishes for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is to be.
    pub share: SeededShare,
    /// How many cases it is for.
    pub cases: usize,
}

/// A case with the shares that it is played on, by their names in the case.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// The case from its call under test on.
    pub case: Case,
    /// The shares.
    pub shares: Vec<(String, SeededShare)>,
}

/// What a case needs: shares by their names in the case, without names and ids of their own.
#[derive(Clone, Debug)]
struct Need {
    case: Case,
    shares: Vec<(String, SeededShare)>,
}

/// What seeded shares are for.
#[derive(Debug, Default)]
pub struct Seeds {
    needs: BTreeMap<String, Need>,
    given: HashMap<String, Seeded>,
    /// Ids of shares that a case changed that should not have.
    spoilt: Mutex<BTreeSet<String>>,
    hook: bool,
}

impl Seeds {
    /// What those of some cases need that cannot be set up by calls.
    pub fn new(setup: &Setup, cases: &[Case], hook: bool) -> Self {
        let blocked =
            |case: &&Case| unplayable(setup, case).is_some_and(|stop| is_for_seeds(&stop));
        let rehearsal = rehearsal(setup);
        let need = |case: &Case| {
            let rest = rest(case);
            let playable = unplayable(setup, &rest).is_none();
            playable.then(|| Some((case.id.clone(), need(&rehearsal, case, rest)?))).flatten()
        };
        let needs = cases.iter().filter(blocked).filter_map(need).collect();
        Self { needs, hook, ..Self::default() }
    }

    /// The shares that are to be made beside those that are there, the most valuable first. A share
    /// that is read only is for all cases that need such a one, a consumable one for one case.
    /// Last come copies of the former, so that a call that is accepted but should not be spoils a few
    /// cases only.
    pub fn wishes(&self, prefix: &str) -> Vec<Wish> {
        let mut readers: BTreeMap<&SeededShare, usize> = BTreeMap::new();
        let mut consumers: BTreeMap<&SeededShare, usize> = BTreeMap::new();
        let open = self.needs.iter().filter(|(id, _)| !self.given.contains_key(*id));
        for (_, share) in open.flat_map(|(_, need)| &need.shares) {
            let of_use = if share.usage == CONSUMABLE { &mut consumers } else { &mut readers };
            *of_use.entry(share).or_insert(0) += 1;
        }
        let most_first = |counts: BTreeMap<&SeededShare, usize>| {
            let mut counts: Vec<(SeededShare, usize)> =
                counts.into_iter().map(|(share, cases)| (share.clone(), cases)).collect();
            counts.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
            counts
        };
        let (readers, consumers) = (most_first(readers), most_first(consumers));
        let wish = |share: &SeededShare, cases: usize| Wish { share: share.clone(), cases };
        let mut wishes: Vec<Wish> =
            readers.iter().map(|(share, cases)| wish(share, *cases)).collect();
        for (share, cases) in &consumers {
            wishes.extend((0..*cases).map(|_| wish(share, 1)));
        }
        for (share, cases) in &readers {
            wishes.extend((1..cases.div_ceil(READERS)).map(|_| wish(share, READERS)));
        }
        for (number, wish) in wishes.iter_mut().enumerate() {
            wish.share.name = format!("{prefix}seed-{}", number + 1);
        }
        wishes
    }

    /// Gives the shares that are there to the cases that need them.
    pub fn give(&mut self, world: &World, shares: &[SeededShare]) {
        let mut taken = vec![false; shares.len()];
        let mut used = vec![0_usize; shares.len()];
        for (id, need) in &self.needs {
            let mut chosen: Vec<(String, usize)> = Vec::new();
            for (name, wanted) in &need.shares {
                let consumes = wanted.usage == CONSUMABLE;
                let fits = shares.iter().enumerate().filter(|(position, share)| {
                    let free = !taken.get(*position).copied().unwrap_or(true);
                    let new = !chosen.iter().any(|(_, each)| each == position);
                    new && free && share.usage == wanted.usage && !share.id.is_empty()
                });
                let fits = fits.filter_map(|(position, share)| {
                    Some((share.fulfils(wanted, world)?, used.get(position), position))
                });
                let Some((_, _, position)) = fits.min() else { break };
                if let Some(slot) = taken.get_mut(position).filter(|_| consumes) {
                    *slot = true;
                }
                chosen.push((name.clone(), position));
            }
            if chosen.len() < need.shares.len() {
                // What a case cannot use whole another one may.
                for (_, position) in chosen {
                    taken.get_mut(position).into_iter().for_each(|slot| *slot = false);
                }
                continue;
            }
            for (_, position) in &chosen {
                used.get_mut(*position).into_iter().for_each(|uses| *uses += 1);
            }
            let given = chosen.into_iter();
            let given = given.filter_map(|(name, at)| Some((name, shares.get(at)?.clone())));
            let seeded = Seeded { case: need.case.clone(), shares: given.collect() };
            self.given.insert(id.clone(), seeded);
        }
    }

    /// What is played instead of a case that cannot be played as it is.
    ///
    /// # Errors
    /// Why it cannot be played at all.
    pub fn instead(&self, case: &Case, stop: Stop) -> Result<Seeded, Stop> {
        let Some(need) = self.needs.get(&case.id) else { return Err(stop) };
        let Some(seeded) = self.given.get(&case.id) else {
            let Stop::Without(blocked) = &stop else { return Err(stop) };
            let of_operations = matches!(blocked.kind, ReasonKind::Operation | ReasonKind::Blocked);
            if !self.hook && !of_operations {
                return Err(stop);
            }
            let wanted: Vec<String> =
                need.shares.iter().map(|(_, share)| share.described()).collect();
            let wanted = wanted.join(" and ");
            let detail = format!("{}, and there is not {wanted}", blocked.detail);
            let unlock = match self.hook {
                true => format!("{wanted}, of `hooks.seed`"),
                false => "seeded shares: write `hooks.seed`, or `shares` in the world".to_owned(),
            };
            return Err(without(ReasonKind::Seed, detail, &unlock));
        };
        let spoilt = self.spoilt.lock().unwrap_or_else(PoisonError::into_inner);
        match seeded.shares.iter().find(|(_, share)| spoilt.contains(&share.id)) {
            None => Ok(seeded.clone()),
            Some((_, share)) => {
                let detail =
                    format!("the seeded share {} was changed by a case that failed", share.id);
                Err(without(ReasonKind::Seed, detail, "seeded shares that stay as they are"))
            }
        }
    }

    /// A call that should have been refused was not: the shares of the case are others now.
    pub fn spoil(&self, seeded: &Seeded) {
        let mut spoilt = self.spoilt.lock().unwrap_or_else(PoisonError::into_inner);
        spoilt.extend(seeded.shares.iter().map(|(_, share)| share.id.clone()));
    }

    /// Whether a case is played on seeded shares.
    pub fn has(&self, case: &Case) -> bool {
        self.given.contains_key(&case.id)
    }
}

/// Whether what a case lacks is what seeded shares are there for.
fn is_for_seeds(stop: &Stop) -> bool {
    let kinds =
        [ReasonKind::Operation, ReasonKind::Blocked, ReasonKind::Hook, ReasonKind::Identity];
    matches!(stop, Stop::Without(reason) if kinds.contains(&reason.kind))
}

/// A case from its call under test on.
fn rest(case: &Case) -> Case {
    let (mut steps, test) = case.steps();
    let base = steps.split_off(test.min(steps.len()));
    Case { base, edit: None, test: 0, ..case.clone() }
}

/// The same API and world, with the reference implementation as the target.
fn rehearsal(setup: &Setup) -> Setup {
    let blueprint = Blueprint::new(Arc::clone(&setup.api), &[]).checking_signatures(true);
    Setup {
        target: Target::Builtin(Arc::new(blueprint)),
        manner: Manner::default(),
        abilities: Abilities::of_builtin(),
        form: setup.api.plain_form(Signing::Newest),
        held: None,
        life: Arc::new(Life::default()),
        prefix: "ss-".to_owned(),
        ..setup.clone()
    }
}

/// What the set-up of a case leads to; nothing if that is not one certain state of shares, or one that
/// comes with time: how old a seeded share is, nobody says.
fn need(rehearsal: &Setup, case: &Case, rest: Case) -> Option<Need> {
    let ages = |step: &Step| matches!(step, Step::Hook(Hook::Advance(_)));
    if case.steps().0.iter().any(ages) {
        return None;
    }
    let connection = rehearsal.connect(false, rehearsal.seed).ok()?;
    let mut player = Player::new(rehearsal, case, connection, "");
    let changes = futures::executor::block_on(player.prepare()).ok()?;
    let later = rest.base.iter().skip(1).any(|step| match step {
        Step::Call(step) => !reads(&step.call.operation),
        Step::Hook(_) | Step::Read | Step::Settle | Step::Wait(_) => false,
    });
    let consumes = later || (changes && !reads(rest.operation()));
    let world = rehearsal.api.world();
    if player.belief.enabled != Belief::new(world).enabled || !player.belief.invitations.is_empty()
    {
        return None;
    }
    let usage = if consumes { CONSUMABLE } else { READ_ONLY };
    let named = |share: &Share| player.made.name_of(&share.id).map(str::to_owned);
    let shares: Option<Vec<(String, SeededShare)>> = player
        .belief
        .shares
        .iter()
        .map(|share| Some((named(share)?, seeded(world, share, usage)?)))
        .collect();
    let shares = shares?;
    (!shares.is_empty()).then_some(Need { case: rest, shares })
}

/// Whether an operation changes nothing.
fn reads(operation: &str) -> bool {
    ["List", "Check", "Get"].iter().any(|verb| operation.starts_with(verb))
}

/// A share of which everything is certain, as one that could be seeded.
fn seeded(world: &World, share: &Share, usage: &str) -> Option<SeededShare> {
    let status = share.status.single()?;
    let mut associations = Vec::new();
    let there = matches!(status, ShareStatus::Active | ShareStatus::Pending);
    for (entity, association) in share.associations.iter().filter(|_| there) {
        let status = association.status.single()?;
        if association.older != (0, 0) || association.property != Property::Nothing {
            return None;
        }
        if status != AssociationStatus::Absent {
            associations.push(SeededAssociation {
                kind: if entity.is_resource() { "Resource" } else { "Target" }.to_owned(),
                resource_type: world.resource(entity).map(|resource| resource.kind.clone()),
                entity: world.entity_id(entity).to_owned(),
                status: status.name().to_owned(),
            });
        }
    }
    // What the world does not have cannot be asked for.
    associations.iter().all(|each| world.seeded_entity(each).is_some()).then_some(())?;
    associations.sort();
    ShareStatus::parse(status.name())?;
    Some(SeededShare {
        name: String::new(),
        id: String::new(),
        owner: world.role_of(share.owner).to_owned(),
        status: status.name().to_owned(),
        external: share.external.single(),
        usage: usage.to_owned(),
        associations,
    })
}

/// What is believed of a seeded share before anything is read.
pub(crate) fn believed(world: &World, seeded: &SeededShare) -> Option<Share> {
    use sharespec_model::belief::{Association, Window};
    let associations: Option<Vec<(Entity, Association)>> = seeded
        .associations
        .iter()
        .map(|each| {
            let status = Set::only(AssociationStatus::parse(&each.status)?);
            Some((
                world.seeded_entity(each)?,
                Association { status, stays: true, property: Property::Open, ..Association::NEVER },
            ))
        })
        .collect();
    // Nothing is said of its permissions.
    let types = world.file.resource_types.iter();
    Some(Share {
        id: seeded.id.clone(),
        owner: world.account(&seeded.owner)?,
        names: vec![seeded.name.clone()],
        status: Set::only(seeded.parsed_status()?),
        external: seeded.external.map_or(Set::any(), Set::only),
        tags: None,
        created: Window::ALWAYS,
        updated: Window::ALWAYS,
        seen: None,
        // What is left of a share that is going or gone is not said.
        others: !matches!(seeded.parsed_status()?, ShareStatus::Active | ShareStatus::Pending),
        associations: associations?,
        permissions: types.map(|kind| (kind.name.clone(), Property::Open)).collect(),
    })
}
