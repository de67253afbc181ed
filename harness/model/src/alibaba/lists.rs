//! The list operations: their conditions, and which rows a success holds.

use super::arguments::View;
use super::conditions as c;
use super::evaluate::{self, SHARE_IDS, Scene};
use super::resources::is_of_another_region;
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::prediction::{
    AssociationFilter, Expected, InvitationFilter, ResourceFilter, ShareFilter, SharedFilter,
    TagFilter,
};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus, ShareStatus};
use crate::world::Entity;
use serde_json::Value;

/// Evaluates ListResourceShareAssociations.
pub fn associations<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Expected {
    let arguments = scene.arguments;
    let kind = one_of(
        arguments.text("AssociationType"),
        &["Resource", "Target"],
        [c::ASSOCIATION_TYPE_MISSING, c::ASSOCIATION_TYPE_EMPTY, c::ASSOCIATION_TYPE_INVALID],
        evaluation,
    );
    let resources = kind != Some(1);
    let by_id = arguments.text("ResourceId");
    let by_arn = arguments.text("ResourceArn");
    let target = arguments.text("Target");
    let conflict = match kind {
        Some(0) => target.is_some(),
        Some(_) => by_id.is_some() || by_arn.is_some(),
        None => false,
    };
    evaluation.holds_if(conflict, c::ASSOCIATION_TYPE_CONFLICT);
    evaluation.holds_if(by_id.is_some() && by_arn.is_some(), c::LISTS_CONFLICT);
    let status = match arguments.text("AssociationStatus") {
        None => Set::any(),
        Some(text) => match AssociationStatus::parse(text).filter(|each| each.name() == text) {
            Some(status) => Set::only(status),
            None => {
                spelled_or(text, AssociationStatus::parse(&capital(text)).is_some(), evaluation);
                Set::any()
            }
        },
    };
    let shares = share_ids(scene, Sight::Associations, evaluation);
    paging(scene, evaluation);
    let entity = by_arn.map(|arn| known_or_open(scene.world.resource_by_arn(arn), arn, evaluation));
    let entity = entity
        .or_else(|| target.map(|id| known_or_open(scene.world.principal(id), id, evaluation)));
    as_principal(scene, shares.as_deref(), evaluation);
    deleted(scene, shares.as_deref(), evaluation);
    Expected::AssociationList(AssociationFilter {
        caller: scene.caller,
        resources,
        shares,
        status,
        entity,
        entity_id: by_id.map(str::to_owned),
        sources: false,
    })
}

/// A filter that names what the world does not have gives an empty list or an error.
fn known_or_open(found: Option<Entity>, text: &str, evaluation: &mut Evaluation<'_>) -> Entity {
    evaluation.holds_if(found.is_none(), c::FILTER_UNKNOWN);
    found.unwrap_or_else(|| Entity::UnknownPrincipal(text.into()))
}

/// A principal that lists the associations of a share of another account may see them or not.
fn as_principal<F: Facts>(
    scene: Scene<'_, F>,
    shares: Option<&[String]>,
    evaluation: &mut Evaluation<'_>,
) {
    for id in shares.into_iter().flatten() {
        let Some(share) = scene.facts.share(id) else { continue };
        if share.owner != scene.caller {
            evaluation.may_hold(c::LIST_AS_PRINCIPAL);
        }
    }
}

/// What a filter by a share that is, or may be, deleted gives is open; its own record is not.
fn deleted<F: Facts>(
    scene: Scene<'_, F>,
    shares: Option<&[String]>,
    evaluation: &mut Evaluation<'_>,
) {
    let gone = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted, ShareStatus::Absent]);
    for id in shares.into_iter().flatten() {
        if scene.facts.share(id).is_some_and(|share| share.status.meets(gone)) {
            evaluation.may_hold(c::FILTER_UNKNOWN);
        }
    }
}

/// Evaluates ListResourceShares.
pub fn shares<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Expected {
    let arguments = scene.arguments;
    let own = owner_mode(arguments, evaluation);
    let status = match arguments.text("ResourceShareStatus") {
        None => Set::any(),
        Some(text) => match ShareStatus::parse(text).filter(|each| each.name() == text) {
            Some(status) => Set::only(status),
            None => {
                spelled_or(text, ShareStatus::parse(&capital(text)).is_some(), evaluation);
                Set::any()
            }
        },
    };
    let name = arguments.text("ResourceShareName");
    if let Some(name) = name {
        evaluation.holds_if(name.chars().count() > 50, c::SHARE_NAME_TOO_LONG);
        evaluation.holds_if(name.is_empty(), c::FILTER_UNKNOWN);
        let odd =
            name.chars().any(|letter| letter.is_ascii_punctuation() && !"._-".contains(letter));
        evaluation.holds_if(odd, c::SHARE_NAME_INVALID);
    }
    let shares = share_ids(scene, Sight::of(arguments), evaluation);
    paging(scene, evaluation);
    let tags: Vec<TagFilter> = arguments.list("Tag").iter().filter_map(tag).collect();
    evaluation.holds_if(!own && !tags.is_empty(), c::TAGS_OF_OTHERS);
    Expected::ShareList(ShareFilter {
        caller: scene.caller,
        own,
        shares,
        name: name.map(str::to_owned),
        status,
        tags,
        permission: arguments.text("PermissionName").map(str::to_owned),
        group: arguments.text("ResourceGroupId").map(str::to_owned),
        opaque: arguments.0.contains_key("ResourceGroupId"),
    })
}

/// A tag that is asked for, if the entry is one. That one without a value stands for any value is not
/// said: nothing is expected of it.
fn tag(entry: &Value) -> Option<TagFilter> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let values = text("Value").map(str::to_owned).into_iter().collect();
    Some(TagFilter { key: text("Key")?.to_owned(), values })
}

/// Evaluates ListSharedResources and ListSharedTargets.
pub fn shared<F: Facts>(
    scene: Scene<'_, F>,
    resources: bool,
    evaluation: &mut Evaluation<'_>,
) -> Expected {
    let arguments = scene.arguments;
    let own = owner_mode(arguments, evaluation);
    let kind = arguments.text("ResourceType");
    if let Some(kind) = kind
        && scene.world.resource_type(kind).is_none()
    {
        let types = &scene.world.file.resource_types;
        let close = types.iter().any(|each| each.name.eq_ignore_ascii_case(kind.trim()));
        evaluation.holds(if close { c::VALUES_SPELLING } else { c::RESOURCE_TYPE_UNKNOWN });
    }
    let known = kind.and_then(|kind| scene.world.resource_type(kind));
    let elsewhere = known.is_some_and(|kind| is_of_another_region(scene.world, kind));
    evaluation.holds_if(elsewhere, c::RESOURCES_TYPE_ELSEWHERE);
    let shares = share_ids(scene, Sight::of(arguments), evaluation);
    deleted(scene, shares.as_deref(), evaluation);
    paging(scene, evaluation);
    let counterpart = arguments.text("Target").filter(|_| resources);
    if let Some(id) = counterpart {
        evaluation.holds_if(scene.world.principal(id).is_none(), c::FILTER_UNKNOWN);
    }
    let (entities, resource) = match resources {
        true => (resource_filters(scene, evaluation), ResourceFilter::default()),
        false => target_filters(scene, evaluation),
    };
    // What `Targets` filters a list of owners by is open.
    let owners = !resources && !own;
    let (entities, opaque) = if owners { (None, entities.is_some()) } else { (entities, false) };
    Expected::SharedList(SharedFilter {
        caller: scene.caller,
        resources,
        own,
        shares,
        entities,
        kind: kind.filter(|_| resources).map(str::to_owned),
        counterpart: counterpart.map(str::to_owned),
        resource: ResourceFilter {
            kind: kind.filter(|_| !resources).map(str::to_owned),
            ..resource
        },
        opaque,
    })
}

fn resource_filters<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> Option<Vec<Entity>> {
    let arguments = scene.arguments;
    let ids = arguments.list("ResourceIds").len();
    let limit = evaluation.spec.limit("ResourceIds").unwrap_or(usize::MAX);
    evaluation.holds_if(ids > limit, c::RESOURCE_IDS_OVER_LIMIT);
    evaluation.holds_if(has_duplicates(arguments, "ResourceIds"), c::RESOURCE_IDS_DUPLICATE);
    let arns = evaluate::length(arguments, &evaluate::ARNS, evaluation);
    evaluation.holds_if(has_duplicates(arguments, "ResourceArns"), c::ARNS_DUPLICATE);
    evaluation.holds_if(ids > 0 && arns > 0, c::LISTS_CONFLICT);
    let mut entities = Vec::new();
    for arn in arguments.texts("ResourceArns") {
        entities.push(known_or_open(scene.world.resource_by_arn(arn), arn, evaluation));
    }
    let resources = &scene.world.file.resources;
    for id in arguments.texts("ResourceIds") {
        let found = resources.iter().find(|each| each.id == id);
        let found = found.and_then(|each| scene.world.resource_by_pair(&each.kind, id));
        entities.push(known_or_open(found, id, evaluation));
    }
    (ids + arns > 0).then_some(entities)
}

fn target_filters<F: Facts>(
    scene: Scene<'_, F>,
    evaluation: &mut Evaluation<'_>,
) -> (Option<Vec<Entity>>, ResourceFilter) {
    let arguments = scene.arguments;
    let targets = evaluate::length(arguments, &evaluate::TARGETS, evaluation);
    evaluation.holds_if(has_duplicates(arguments, "Targets"), c::TARGETS_DUPLICATE);
    let both = arguments.0.contains_key("ResourceId") && arguments.0.contains_key("ResourceArn");
    evaluation.holds_if(both, c::LISTS_CONFLICT);
    let mut entities = Vec::new();
    for id in arguments.texts("Targets") {
        entities.push(known_or_open(scene.world.principal(id), id, evaluation));
    }
    let arn = arguments.text("ResourceArn");
    let entity = arn.map(|arn| known_or_open(scene.world.resource_by_arn(arn), arn, evaluation));
    let id = arguments.text("ResourceId");
    let resources = &scene.world.file.resources;
    let known = id.is_none_or(|id| resources.iter().any(|each| each.id == id));
    evaluation.holds_if(!known, c::FILTER_UNKNOWN);
    let resource = ResourceFilter { entity, id: id.map(str::to_owned), kind: None };
    ((targets > 0).then_some(entities), resource)
}

/// Evaluates ListResourceShareInvitations.
pub fn invitations<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Expected {
    let shares = share_ids(scene, Sight::Invitations, evaluation);
    paging(scene, evaluation);
    let ids: Vec<String> =
        scene.arguments.texts("ResourceShareInvitationIds").map(str::to_owned).collect();
    let unknown = ids.iter().any(|id| scene.facts.invitation(id).is_none());
    let too_many = ids.len() > 5 || has_duplicates(scene.arguments, "ResourceShareInvitationIds");
    evaluation.holds_if(unknown || too_many, c::FILTER_UNKNOWN);
    Expected::InvitationList(InvitationFilter {
        caller: scene.caller,
        shares,
        ids: (!ids.is_empty()).then_some(ids),
    })
}

/// Evaluates ListResourceSharePermissions. What principals may see, and what remains of a share that is
/// going or gone, is open.
pub fn permissions<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Expected {
    let own = owner_mode(scene.arguments, evaluation);
    paging(scene, evaluation);
    let share = evaluate::share_of_id(scene, evaluation);
    if let Some(share) = share {
        let mine = share.owner == scene.caller;
        evaluation.holds_if(own && !mine, c::SHARE_FOREIGN);
        let stranger = !own && !mine && as_one_of_its_principals(scene, share) == Set::only(false);
        evaluation.holds_if(stranger, c::SHARE_NOT_PRINCIPAL);
        evaluation.holds_if(!own && !stranger, c::LIST_AS_PRINCIPAL);
        let others = !share.status.within(Set::only(ShareStatus::Active));
        evaluation.holds_if(others, c::FILTER_UNKNOWN);
    }
    Expected::PermissionList(share.map(|share| share.handle))
}

/// The owner mode where it must be given: whether it is `Self`.
fn owner_mode(arguments: View<'_>, evaluation: &mut Evaluation<'_>) -> bool {
    let mode = one_of(
        arguments.text("ResourceOwner"),
        &["Self", "OtherAccounts"],
        [c::OWNER_MODE_MISSING, c::OWNER_MODE_EMPTY, c::OWNER_MODE_INVALID],
        evaluation,
    );
    mode != Some(1)
}

fn one_of(
    text: Option<&str>,
    values: &[&str],
    [missing, empty, invalid]: [Condition; 3],
    evaluation: &mut Evaluation<'_>,
) -> Option<usize> {
    let text = match text {
        None => {
            evaluation.holds(missing);
            return None;
        }
        Some("") => {
            evaluation.holds(empty);
            return None;
        }
        Some(text) => text,
    };
    let found = values.iter().position(|value| *value == text);
    if found.is_none() {
        let close = values.iter().any(|value| value.eq_ignore_ascii_case(text.trim()));
        evaluation.holds(if close { c::VALUES_SPELLING } else { invalid });
    }
    found
}

fn spelled_or(text: &str, close: bool, evaluation: &mut Evaluation<'_>) {
    let open = close || text.trim().is_empty();
    evaluation.holds(if open { c::VALUES_SPELLING } else { c::STATUS_FILTER_INVALID });
}

fn capital(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

/// Which shares a list is about.
#[derive(Clone, Copy)]
enum Sight {
    /// Those of the caller.
    Own,
    /// Those that the caller is a principal of.
    Others,
    /// Both.
    Associations,
    /// Those of the caller, those that it was invited to, and those that it is a principal of.
    Invitations,
    /// The call does not say it.
    Unclear,
}

impl Sight {
    fn of(arguments: View<'_>) -> Self {
        match arguments.text("ResourceOwner") {
            Some("Self") => Self::Own,
            Some("OtherAccounts") => Self::Others,
            _ => Self::Unclear,
        }
    }

    /// Whether the caller sees a share.
    fn shows<F: Facts>(self, scene: Scene<'_, F>, share: ShareFacts) -> Set<bool> {
        let own = Set::only(share.owner == scene.caller);
        match self {
            Self::Own => own,
            Self::Others => own.negated().and_also(as_one_of_its_principals(scene, share)),
            Self::Associations => own.or_else(as_one_of_its_principals(scene, share)),
            Self::Unclear => Set::any(),
            Self::Invitations => {
                let caller = scene.world.principal_of(scene.caller);
                let invitation = scene.facts.association(share.handle, &caller).invitation;
                let invited = match invitation.has(InvitationStatus::Absent) {
                    false => Set::only(true),
                    true if invitation.single().is_some() => Set::only(false),
                    true => Set::any(),
                };
                own.or_else(invited).or_else(as_one_of_its_principals(scene, share))
            }
        }
    }
}

/// Whether the caller is a principal of a share, itself or through a group.
fn as_one_of_its_principals<F: Facts>(scene: Scene<'_, F>, share: ShareFacts) -> Set<bool> {
    let mut found = Set::only(false);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if !entity.is_resource() && scene.world.covers(entity, scene.caller) {
            found = found.or_else(facts.is_there());
        }
    });
    found
}

fn share_ids<F: Facts>(
    scene: Scene<'_, F>,
    sight: Sight,
    evaluation: &mut Evaluation<'_>,
) -> Option<Vec<String>> {
    let arguments = scene.arguments;
    evaluation.holds_if(arguments.is_irregular(), c::LISTS_IRREGULAR);
    let length = evaluate::length(arguments, &SHARE_IDS, evaluation);
    evaluation.holds_if(has_duplicates(arguments, SHARE_IDS.name), c::SHARE_IDS_DUPLICATE);
    for id in arguments.texts(SHARE_IDS.name) {
        match scene.facts.share(id) {
            _ if id.is_empty() => evaluation.holds(c::LISTS_BLANK),
            // Its record may be gone by now: then nothing is known of it any more.
            Some(share) if share.status.has(ShareStatus::Absent) => {
                evaluation.may_hold(c::FILTER_UNKNOWN);
            }
            // No document tells a share that the caller does not see from one that there is not.
            Some(share) => {
                evaluation.holds_as(sight.shows(scene, share).negated(), c::SHARE_IDS_INVISIBLE);
            }
            None => {
                // That an id of another form is invalid is documented; that its form is another is not.
                evaluation.holds(c::FILTER_UNKNOWN);
                if !scene.facts.has_form_of_share_id(id) {
                    evaluation.may_hold(c::SHARE_IDS_MALFORMED);
                }
            }
        }
    }
    (length > 0).then(|| arguments.texts(SHARE_IDS.name).map(str::to_owned).collect())
}

fn has_duplicates(arguments: View<'_>, name: &str) -> bool {
    let list = arguments.list(name);
    list.iter()
        .enumerate()
        .any(|(position, value)| list.iter().take(position).any(|each| each == value))
}

fn paging<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    let arguments = scene.arguments;
    if let Some(text) = arguments.text("MaxResults") {
        let canonical = text.parse::<u32>().ok().filter(|number| number.to_string() == text);
        match canonical {
            Some(1..=100) => {}
            Some(_) => evaluation.holds(c::MAX_RESULTS_INVALID),
            None if text.trim().parse::<f64>().is_ok() || text.is_empty() => {
                // A sign, a fraction, leading zeros or nothing: what a number is, is not said.
                let negative = text.parse::<i64>().is_ok_and(|number| !(1..=100).contains(&number));
                evaluation.holds(if negative {
                    c::MAX_RESULTS_INVALID
                } else {
                    c::VALUES_SPELLING
                });
            }
            None => evaluation.holds(c::MAX_RESULTS_INVALID),
        }
    }
    if let Some(token) = arguments.text("NextToken") {
        let length = token.chars().count();
        evaluation.holds_if(length > 256, c::NEXT_TOKEN_TOO_LONG);
        evaluation.holds_if(token.is_empty(), c::VALUES_SPELLING);
        evaluation.holds_if(scene.facts.gave_token_since(token), c::NEXT_TOKEN_OLD);
        let given = scene.facts.gave_token(token);
        evaluation.holds_if((1..=256).contains(&length) && !given, c::NEXT_TOKEN_INVALID);
    }
}
