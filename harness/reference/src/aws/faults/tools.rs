//! What several faults of AWS RAM ask of a request.

use crate::change::Moment;
use crate::faults::tools::{caller, is_own, share};
use serde_json::Value;
use sharespec_model::world::Entity;

/// Whether the call makes a share.
pub fn creates(moment: &Moment<'_>) -> bool {
    moment.is("CreateResourceShare")
}

/// Whether the caller is a principal of the share that it names, which another account owns.
pub fn is_principal(moment: &Moment<'_>) -> bool {
    let own = caller(moment).map(|caller| moment.world.principal_of(caller));
    let row = own.as_ref().and_then(|own| share(moment)?.row(own));
    !is_own(moment) && row.is_some_and(|row| row.status.is_live())
}

/// Whether the call lists shares.
pub fn lists_shares(moment: &Moment<'_>) -> bool {
    moment.is("GetResourceShares")
}

/// The entities that the call names and the world has.
pub fn named(moment: &Moment<'_>) -> Vec<Entity> {
    let texts = |list: &str| moment.list(list).iter().filter_map(Value::as_str);
    let principals = texts("principals").filter_map(|id| moment.world.principal(id));
    let resources = texts("resourceArns").filter_map(|arn| moment.world.resource_by_arn(arn));
    principals.chain(resources).collect()
}
