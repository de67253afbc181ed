//! How much an account may have: the quotas of shared resources, of shares and of open invitations.

use super::associate::Adding;
use super::conditions as c;
use super::evaluate::Scene;
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::lifecycle::{fails, invited};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity};

/// Every share of an account that is not over.
fn shares_of<F: Facts>(facts: &F, owner: AccountIndex, visit: &mut dyn FnMut(ShareFacts)) {
    let over = Set::of(&[ShareStatus::Deleted, ShareStatus::Absent]);
    facts.shares(&mut |share| {
        if share.owner == owner && !share.status.within(over) {
            visit(share);
        }
    });
}

/// The quota of shared resources. A resource certainly counts once while it is associated, in
/// however many shares; whether it counts for each share, and while it is in transition, is open.
pub fn resources<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    let (facts, caller) = (adding.scene.facts, adding.scene.caller);
    let quota = adding.scene.world.quotas(caller).shared_resources as usize;
    let named = || adding.named.iter().map(|each| &each.entity).filter(|each| each.is_resource());
    let mut most = named().count();
    let adds = most > 0;
    shares_of(facts, caller, &mut |share| {
        facts.entities(share.handle, &mut |entity, _| most += usize::from(entity.is_resource()));
    });
    if !adds || most <= quota {
        return;
    }
    let (mut settled, mut moving) = (Vec::new(), Vec::new());
    shares_of(facts, caller, &mut |share| {
        let own = adding.share.is_some_and(|each| each.handle == share.handle);
        facts.entities(share.handle, &mut |entity, facts| {
            let counted = entity.is_resource() && !(own && named().any(|each| each == entity));
            let live = facts.status.values().any(AssociationStatus::is_live);
            if counted && facts.status == Set::only(AssociationStatus::Associated) {
                settled.push(entity.clone());
            } else if counted && live {
                moving.push(entity.clone());
            }
        });
    });
    for each in named() {
        // What fails is in transition until it does.
        let list = if fails(adding.scene.world, caller, each) { &mut moving } else { &mut settled };
        list.push(each.clone());
    }
    moving.extend(settled.iter().cloned());
    let over = |count: usize| count > quota;
    if over(distinct(&settled)) {
        return evaluation.holds(c::RESOURCES_OVER_QUOTA);
    }
    let twice = over(settled.len()) || (over(moving.len()) && !over(distinct(&moving)));
    evaluation.holds_if(twice, c::RESOURCES_OVER_QUOTA_TWICE);
    let in_transition = over(distinct(&moving)) || (over(moving.len()) && !over(settled.len()));
    evaluation.holds_if(in_transition, c::RESOURCES_OVER_QUOTA_MOVING);
}

fn distinct(entities: &[Entity]) -> usize {
    let first = |(position, entity): &(usize, &Entity)| {
        !entities.iter().take(*position).any(|each| each == *entity)
    };
    entities.iter().enumerate().filter(first).count()
}

/// The quota of shares. One that is deleted is none; whether one that is being deleted is, is open.
pub fn shares<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    let quota = scene.world.quotas(scene.caller).resource_shares as usize;
    let (mut certain, mut most) = (1, 1);
    let going = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted, ShareStatus::Absent]);
    shares_of(scene.facts, scene.caller, &mut |share| {
        certain += usize::from(!share.status.meets(going));
        most += 1;
    });
    evaluation.holds_if(certain > quota, c::SHARES_OVER_QUOTA);
    evaluation.holds_if(certain <= quota && most > quota, c::SHARES_OVER_QUOTA_DELETING);
}

/// The quota of open invitations: whether those to other shares count is open.
pub fn invitations<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    let scene = adding.scene;
    let added = adding.named.iter().filter(|each| {
        let open = adding.before(&each.entity).invitation.has(InvitationStatus::Pending);
        !open && invited(scene.world, scene.facts, scene.caller, &each.entity).is_some()
    });
    let added = added.count();
    if added == 0 {
        return;
    }
    let own = adding.share.map(|share| share.handle);
    let mut senders = Vec::new();
    shares_of(scene.facts, scene.caller, &mut |share| senders.push(share.handle));
    let (mut here, mut elsewhere) = ((added, added), (0, 0));
    scene.facts.invitations(&mut |invitation| {
        if !senders.contains(&invitation.share) {
            return;
        }
        let place = if own == Some(invitation.share) { &mut here } else { &mut elsewhere };
        place.0 += usize::from(invitation.status == Set::only(InvitationStatus::Pending));
        place.1 += usize::from(invitation.status.has(InvitationStatus::Pending));
    });
    let quota = scene.world.quotas(scene.caller).pending_invitations as usize;
    let mut over = |(least, most): (usize, usize), condition: Condition| {
        let found = match (least > quota, most > quota) {
            (true, _) => adding.if_open(),
            (false, true) => Set::any(),
            (false, false) => Set::only(false),
        };
        evaluation.holds_as(found, condition);
        least > quota
    };
    if !over(here, c::INVITATIONS_OVER_QUOTA) {
        let all = (here.0 + elsewhere.0, here.1 + elsewhere.1);
        over(all, c::INVITATIONS_OVER_QUOTA_ELSEWHERE);
    }
}
