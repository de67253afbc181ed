//! What the faults of sharing ask of a request.

use super::tools::{self, associates, error};
use crate::change::Moment;
use sharespec_model::status::{AssociationStatus, ShareStatus};
use sharespec_model::world::Entity;
use sharespec_wire::alibaba::GatewayError;

/// Whether the call adds entities to a share, new or not.
pub fn adds(moment: &Moment<'_>) -> bool {
    associates(moment) || moment.is("CreateResourceShare")
}

/// Whether the call adds principals.
pub fn invites(moment: &Moment<'_>) -> bool {
    adds(moment) && !moment.list("Targets").is_empty()
}

/// Whether the call names resources by their ARNs.
pub fn by_arn(moment: &Moment<'_>) -> bool {
    !moment.list("ResourceArns").is_empty()
}

/// Whether the first principal is in the main directory.
pub fn first_is_member(moment: &Moment<'_>) -> bool {
    let first = tools::targets(moment).into_iter().next();
    first.is_some_and(|entity| moment.world.principal_directory(&entity) == Some(0))
}

/// Whether the share of the call is for the directory alone.
pub fn is_closed(moment: &Moment<'_>) -> bool {
    let flag = moment.call.and_then(|call| call.arguments.get("AllowExternalTargets"));
    let asked = flag.is_some_and(|flag| flag == true || flag == "true");
    !tools::share(moment).map_or(asked, |share| share.external)
}

/// Whether the first principal is the caller.
pub fn names_oneself_first(moment: &Moment<'_>) -> bool {
    let own = tools::caller(moment).map(|caller| moment.world.principal_of(caller));
    own.is_some() && tools::targets(moment).into_iter().next() == own
}

/// How many resources the caller would share after the call, in all or in the call's share alone.
pub fn counted(moment: &Moment<'_>, here: bool) -> usize {
    let (caller, handle) = (tools::caller(moment), tools::handle(moment));
    let mut entities: Vec<Entity> = tools::resources(moment);
    for (position, share) in moment.state.shares.iter().enumerate() {
        if Some(share.owner) != caller || (here && Some(position) != handle) {
            continue;
        }
        let live = |row: &&crate::state::Row| {
            row.entity.is_resource() && row.status == AssociationStatus::Associated
        };
        entities.extend(share.rows.iter().filter(live).map(|row| row.entity.clone()));
    }
    entities.sort_unstable();
    entities.dedup();
    entities.len()
}

/// Whether the caller would share so many resources more than its quota.
pub fn comes_to(moment: &Moment<'_>, more: usize) -> bool {
    let caller = tools::caller(moment);
    let quota = caller.map_or(0, |caller| moment.world.quotas(caller).shared_resources as usize);
    !tools::resources(moment).is_empty() && counted(moment, false) == quota + more
}

/// Whether the caller with small quotas shared a resource before, and does not any more.
pub fn some_ended_resource(moment: &Moment<'_>) -> bool {
    let caller = tools::caller(moment);
    let small = caller.is_some_and(|caller| moment.world.quotas(caller).shared_resources < 100);
    let own = moment.state.shares.iter().filter(|share| Some(share.owner) == caller);
    small
        && own
            .flat_map(|share| &share.rows)
            .any(|row| row.entity.is_resource() && row.status == AssociationStatus::Disassociated)
}

/// How many shares of these statuses the caller has.
pub fn own_shares(moment: &Moment<'_>, statuses: &[ShareStatus]) -> usize {
    let caller = tools::caller(moment);
    let own = moment.state.shares.iter().filter(|share| Some(share.owner) == caller);
    own.filter(|share| statuses.contains(&share.status)).count()
}

/// The error of the quota of shared resources.
pub fn quota_error() -> GatewayError {
    let message = "The maximum number of shared resources per account exceeds the limit.";
    error(409, "QuotaExceeded.SharedResource.Count", message)
}
