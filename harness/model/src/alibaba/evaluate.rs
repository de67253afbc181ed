//! Which conditions hold of an Alibaba call. Every condition is evaluated; none hides another,
//! except that what does not exist has no conditions.

use super::arguments::View;
use super::conditions as c;
use super::entities::{self, Named};
use super::parameters;
use crate::call::Call;
use crate::condition::{Because, Condition};
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::status::ShareStatus;
use crate::world::{AccountIndex, World};

/// What an evaluation looks at.
pub struct Scene<'a, F> {
    /// The world.
    pub world: &'a World,
    /// The state.
    pub facts: &'a F,
    /// The call.
    pub call: &'a Call,
    /// The caller.
    pub caller: AccountIndex,
    /// The call's arguments.
    pub arguments: View<'a>,
}

impl<F> Clone for Scene<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Scene<'_, F> {}

/// In whose name an entity operation is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As the owner of the share.
    Owner,
    /// As a principal of a share of another account.
    Principal,
    /// The mode cannot be told.
    Unclear,
    /// The document does not describe modes, and the call has one.
    Undescribed,
}

/// The mode that `ResourceOwner` stands for where it may be left out.
pub fn optional_mode(arguments: View<'_>, evaluation: &mut Evaluation<'_>) -> Mode {
    let given = arguments.0.contains_key("ResourceOwner");
    if given && evaluation.spec.undescribed.iter().any(|name| name == "ResourceOwner") {
        return Mode::Undescribed;
    }
    match arguments.text("ResourceOwner") {
        None | Some("Self") => Mode::Owner,
        Some("OtherAccounts") => Mode::Principal,
        Some(other) => {
            let known = other.trim();
            let close = known.is_empty()
                || known.eq_ignore_ascii_case("Self")
                || known.eq_ignore_ascii_case("OtherAccounts");
            let condition = if close { c::OWNER_MODE_SPELLING } else { c::OWNER_MODE_INVALID };
            evaluation.holds(condition);
            Mode::Unclear
        }
    }
}

/// The share that `ResourceShareId` names, with the conditions of the name and of its status.
pub fn share<F: Facts>(
    scene: Scene<'_, F>,
    mode: Mode,
    evaluation: &mut Evaluation<'_>,
) -> Option<ShareFacts> {
    let share = share_of_id(scene, evaluation)?;
    let as_owner = matches!(mode, Mode::Owner | Mode::Unclear);
    if share.owner != scene.caller && as_owner {
        evaluation.holds(c::SHARE_FOREIGN);
        return None;
    }
    evaluation.by_fact(
        share.status,
        |values| Some(Because::Share(share.handle, values)),
        share_condition,
    );
    Some(share)
}

/// The share that `ResourceShareId` names, with the conditions of the name alone.
pub fn share_of_id<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Option<ShareFacts> {
    let id = match scene.arguments.text("ResourceShareId") {
        None => {
            evaluation.holds(c::SHARE_ID_MISSING);
            return None;
        }
        Some("") => {
            evaluation.holds(c::SHARE_ID_EMPTY);
            return None;
        }
        Some(id) => id,
    };
    let Some(share) = scene.facts.share(id) else {
        if scene.facts.is_spelled_as_share_id(id) {
            evaluation.holds(c::VALUES_SPELLING);
            return None;
        }
        let formed = scene.facts.has_form_of_share_id(id);
        evaluation.holds(if formed { c::SHARE_UNKNOWN } else { c::SHARE_ID_MALFORMED });
        return None;
    };
    Some(share)
}

fn share_condition(status: ShareStatus) -> Option<Condition> {
    match status {
        ShareStatus::Active => None,
        ShareStatus::Pending => Some(c::SHARE_PENDING),
        ShareStatus::Deleting => Some(c::SHARE_DELETING),
        ShareStatus::Deleted => Some(c::SHARE_DELETED),
        ShareStatus::Absent => Some(c::SHARE_UNKNOWN),
    }
}

/// The conditions of one of the lists, by its name.
pub struct ListConditions {
    /// The parameter.
    pub name: &'static str,
    /// More entries than the documents allow, and at most 20.
    pub over_limit: Condition,
    /// More than 20 entries.
    pub over_gateway: Condition,
}

/// The lists of entities and of share ids.
pub const TARGETS: ListConditions = ListConditions {
    name: "Targets",
    over_limit: c::TARGETS_OVER_LIMIT,
    over_gateway: c::TARGETS_OVER_GATEWAY,
};
/// `Resources`.
pub const RESOURCES: ListConditions = ListConditions {
    name: "Resources",
    over_limit: c::RESOURCES_OVER_LIMIT,
    over_gateway: c::RESOURCES_OVER_GATEWAY,
};
/// `ResourceArns`.
pub const ARNS: ListConditions = ListConditions {
    name: "ResourceArns",
    over_limit: c::ARNS_OVER_LIMIT,
    over_gateway: c::ARNS_OVER_GATEWAY,
};
/// `ResourceShareIds`.
pub const SHARE_IDS: ListConditions = ListConditions {
    name: "ResourceShareIds",
    over_limit: c::SHARE_IDS_OVER_LIMIT,
    over_gateway: c::SHARE_IDS_OVER_GATEWAY,
};

/// The number of entries that the metadata lets the gateway pass in any list.
const GATEWAY_LIMIT: usize = 20;

/// The length of a list, with the conditions that it is too long.
pub fn length(
    arguments: View<'_>,
    list: &ListConditions,
    evaluation: &mut Evaluation<'_>,
) -> usize {
    let length = arguments.list(list.name).len();
    let limit = evaluation.spec.limit(list.name).unwrap_or(usize::MAX);
    evaluation.holds_if(length > limit && length <= GATEWAY_LIMIT, list.over_limit);
    evaluation.holds_if(length > GATEWAY_LIMIT, list.over_gateway);
    length
}

/// The condition that a list is too long of which no document says how long it may be: the world
/// does, or it may be too long.
pub fn length_of_world(
    world: &World,
    list: &str,
    entries: usize,
    over_limit: Condition,
    evaluation: &mut Evaluation<'_>,
) {
    match world.file.list_limits.get(list) {
        Some(limit) => evaluation.holds_if(entries > *limit as usize, over_limit),
        None if entries > 1 => evaluation.may_hold(over_limit),
        None => {}
    }
}

/// The entities that a call names, with the conditions of the lists and of their entries.
pub fn lists<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Vec<Named> {
    let arguments = scene.arguments;
    let targets = length(arguments, &TARGETS, evaluation);
    let resources = length(arguments, &RESOURCES, evaluation);
    let arns = length(arguments, &ARNS, evaluation);
    evaluation.holds_if(resources > 0 && arns > 0, c::LISTS_CONFLICT);
    evaluation.holds_if(arguments.is_irregular(), c::LISTS_IRREGULAR);
    let mut named = Vec::with_capacity(targets + resources + arns);
    entities::resources(scene.world, arguments, evaluation, &mut named);
    entities::arns(scene.world, arguments, evaluation, &mut named);
    entities::targets(scene.world, arguments, evaluation, &mut named);
    parameters::numbers(arguments, evaluation);
    parameters::principals(scene, &named, evaluation);
    named
}

/// Whether a call names no entity at all, as far as its plain keys tell.
pub fn names_nothing(arguments: View<'_>) -> bool {
    ["Targets", "Resources", "ResourceArns"].iter().all(|name| arguments.list(name).is_empty())
}
