//! Whom a resource may be shared with: the conditions of the principals of an addition.

use super::associate::Adding;
use super::conditions as c;
use crate::evaluation::Evaluation;
use crate::facts::Facts;
use crate::set::Set;
use crate::world::{AccountIndex, Entity, PrincipalKind};

/// Evaluates every principal that is named.
pub fn evaluate<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    let world = adding.scene.world;
    evaluation.holds_as(enabled(adding).negated(), c::DIRECTORY_SHARING_OFF);
    for each in adding.named.iter().map(|each| &each.entity) {
        match (each, world.principal_entry(each)) {
            (_, Some((_, PrincipalKind::Account(account)))) => {
                account_of_world(adding, account, evaluation);
            }
            (_, Some((_, PrincipalKind::Service))) => {
                closed(adding, c::TARGETS_SERVICE_NOT_ALLOWED, evaluation);
            }
            (_, Some((_, PrincipalKind::Directory(at) | PrincipalKind::RootFolder(at)))) => {
                group(adding, at, evaluation);
            }
            (_, Some((_, PrincipalKind::Folder(at, _)))) => group(adding, at, evaluation),
            (Entity::UnknownPrincipal(_), None) => {
                closed(adding, c::TARGETS_UNKNOWN_ACCOUNT, evaluation);
                evaluation.holds_as(adding.external, c::TARGETS_UNKNOWN_OUTSIDER);
            }
            _ => {}
        }
    }
}

/// A condition that holds if the share is for the directory alone.
fn closed<F: Facts>(
    adding: &Adding<'_, F>,
    condition: crate::condition::Condition,
    evaluation: &mut Evaluation<'_>,
) {
    evaluation.holds_as(adding.external.negated(), condition);
    first_enabled(adding, evaluation);
}

/// In a share for the directory alone, that sharing is not enabled may be found before anything else.
fn first_enabled<F: Facts>(adding: &Adding<'_, F>, evaluation: &mut Evaluation<'_>) {
    if adding.external.has(false) && enabled(adding).has(false) {
        evaluation.may_hold(c::TARGETS_NOT_ENABLED);
    }
}

/// Whether sharing is enabled in the caller's directory; true if it has none.
fn enabled<F: Facts>(adding: &Adding<'_, F>) -> Set<bool> {
    let directory = adding.scene.world.directory_of(adding.scene.caller);
    directory.map_or(Set::only(true), |position| adding.scene.facts.enabled(position))
}

fn account_of_world<F: Facts>(
    adding: &Adding<'_, F>,
    account: AccountIndex,
    evaluation: &mut Evaluation<'_>,
) {
    let (world, caller) = (adding.scene.world, adding.scene.caller);
    let directory = world.directory_of(caller);
    if account == caller {
        evaluation.holds(c::TARGETS_SELF);
        first_enabled(adding, evaluation);
    } else if directory.is_some() && world.directory_of(account) == directory {
        let missing = enabled(adding).negated();
        let to_anyone = missing.and_also(adding.external);
        evaluation.holds_as(missing.and_also(adding.external.negated()), c::TARGETS_NOT_ENABLED);
        evaluation.holds_as(to_anyone, c::TARGETS_MEMBER_NOT_ENABLED);
    } else {
        closed(adding, c::TARGETS_NOT_ALLOWED, evaluation);
        outsider(adding, account, evaluation);
    }
}

/// Outside the directory, owner and principal must be of one legal entity and of one site.
fn outsider<F: Facts>(
    adding: &Adding<'_, F>,
    account: AccountIndex,
    evaluation: &mut Evaluation<'_>,
) {
    let world = adding.scene.world;
    let (Some(one), Some(other)) =
        (world.account_file(account), world.account_file(adding.scene.caller))
    else {
        return;
    };
    let differ = |differ: bool| Set::only(differ).and_also(adding.if_open());
    evaluation
        .holds_as(differ(one.legal_entity != other.legal_entity), c::TARGETS_OTHER_LEGAL_ENTITY);
    evaluation.holds_as(differ(one.site != other.site), c::TARGETS_OTHER_SITE);
}

/// A directory, or a folder of one.
fn group<F: Facts>(adding: &Adding<'_, F>, at: u16, evaluation: &mut Evaluation<'_>) {
    let missing = enabled(adding).negated();
    if adding.scene.world.directory_of(adding.scene.caller) == Some(at) {
        evaluation.holds_as(missing, c::TARGETS_NOT_ENABLED);
        return;
    }
    evaluation.holds(c::TARGETS_OTHER_DIRECTORY);
    if missing.has(true) {
        evaluation.may_hold(c::TARGETS_NOT_ENABLED);
    }
}
