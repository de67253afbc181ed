//! What several faults of AWS RAM ask of a request.

use crate::change::Moment;
use serde_json::Value;
use sharespec_model::world::Entity;

/// Whether the call makes a share.
pub fn creates(moment: &Moment<'_>) -> bool {
    moment.is("CreateResourceShare")
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
