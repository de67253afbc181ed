//! The operations that list: their conditions, and which rows they hold.

use super::add::is_odd;
use super::arns::Arn;
use super::conditions as c;
use super::evaluate::{Scene, nameless};
use crate::condition::Condition;
use crate::evaluation::Evaluation;
use crate::prediction::{
    AssociationFilter, Expected, InvitationFilter, ResourceFilter, ShareFilter, SharedFilter,
    TagFilter,
};
use crate::set::Set;
use crate::status::{AssociationStatus, ShareStatus};
use crate::world::Entity;
use serde_json::Value;

/// Evaluates GetResourceShareAssociations.
pub fn associations(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Expected {
    let kind = one_of(
        scene.text("associationType"),
        &["PRINCIPAL", "RESOURCE", "SOURCE"],
        [c::TYPE_MISSING, c::TYPE_INVALID],
        evaluation,
    );
    // Sources came later.
    evaluation.holds_if(kind == Some(2), c::PARAMETERS_LATER);
    let resources = kind == Some(1);
    let status = match scene.text("associationStatus") {
        None => Set::any(),
        Some(text) => match AssociationStatus::parse(text).filter(|_| is_upper(text)) {
            Some(status) => Set::only(status),
            None => {
                let known = ["SUSPENDED", "SUSPENDING", "RESTORING"].contains(&text);
                evaluation.holds(if known { c::PARAMETERS_LATER } else { c::STATUS_INVALID });
                Set::any()
            }
        },
    };
    let (arn, principal) = (scene.text("resourceArn"), scene.text("principal"));
    let conflict = (arn.is_some() && !resources) || (principal.is_some() && resources);
    evaluation.holds_if(conflict, c::FILTER_CONFLICT);
    let entity = match (arn, principal) {
        (Some(arn), _) => Some(resource(scene, arn, evaluation)),
        (None, Some(id)) => Some(named(scene, id, evaluation)),
        (None, None) => None,
    };
    let shares = shares_named(scene, evaluation);
    paging(scene, evaluation);
    Expected::AssociationList(AssociationFilter {
        caller: scene.caller,
        resources,
        shares,
        status,
        entity,
        entity_id: None,
        sources: kind == Some(2),
    })
}

/// Evaluates GetResourceShares.
pub fn shares(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Expected {
    let own = owner(scene, evaluation);
    let status = match scene.text("resourceShareStatus") {
        None => Set::any(),
        // A status that no share of the suite has: the list is empty.
        Some("FAILED") => Set::EMPTY,
        Some(text) => match ShareStatus::parse(text).filter(|_| is_upper(text)) {
            Some(status) => Set::only(status),
            None => {
                evaluation.holds(c::STATUS_INVALID);
                Set::any()
            }
        },
    };
    let shares = shares_named(scene, evaluation);
    paging(scene, evaluation);
    let tags: Option<Vec<TagFilter>> = match scene.value("tagFilters") {
        None => Some(Vec::new()),
        Some(given) => given.as_array().and_then(|each| each.iter().map(tag).collect()),
    };
    let permission = ["permissionArn", "permissionVersion"];
    let permission = permission.iter().any(|name| scene.value(name).is_some());
    if permission {
        // Which permissions there are is not followed.
        evaluation.may_hold(c::FILTER_UNKNOWN);
    }
    let name = scene.text("name");
    match name {
        // Whether an empty name leaves anything out is open.
        Some("") => evaluation.holds(c::SHARE_NAME_EMPTY),
        // What need not be taken as a name need not be looked for.
        Some(name) => evaluation.holds_if(is_odd(name), c::SHARE_NAME_ODD),
        None => {}
    }
    let opaque = tags.is_none() || permission || name == Some("");
    Expected::ShareList(ShareFilter {
        caller: scene.caller,
        own,
        shares,
        name: name.map(str::to_owned),
        status,
        tags: tags.unwrap_or_default(),
        permission: None,
        group: None,
        opaque,
    })
}

/// A tag that is asked for, if the filter has the form of one.
fn tag(filter: &Value) -> Option<TagFilter> {
    let key = filter.get("tagKey")?.as_str()?.to_owned();
    let values = match filter.get("tagValues") {
        None => Vec::new(),
        Some(values) => {
            let texts = values.as_array()?.iter().map(|value| value.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<String>>>()?
        }
    };
    Some(TagFilter { key, values })
}

/// Evaluates ListResources and ListPrincipals.
pub fn shared(scene: Scene<'_>, resources: bool, evaluation: &mut Evaluation<'_>) -> Expected {
    let own = owner(scene, evaluation);
    let kind = scene.text("resourceType");
    let unknown = kind.is_some_and(|kind| scene.world.resource_type(kind).is_none());
    evaluation.holds_if(unknown, c::FILTER_UNKNOWN);
    let shares = shares_named(scene, evaluation);
    let (list, entities) = match resources {
        true => {
            let found = scene.texts("resourceArns").map(|arn| resource(scene, arn, evaluation));
            ("resourceArns", found.collect::<Vec<Entity>>())
        }
        false => {
            let found = scene.texts("principals").map(|id| named(scene, id, evaluation));
            ("principals", found.collect::<Vec<Entity>>())
        }
    };
    let counterpart = scene.text("principal").filter(|_| resources);
    if let Some(id) = counterpart {
        evaluation.holds_if(scene.world.principal(id).is_none(), c::FILTER_UNKNOWN);
    }
    paging(scene, evaluation);
    let by_arn = scene.text("resourceArn").filter(|_| !resources);
    let by_resource = ResourceFilter {
        entity: by_arn.map(|arn| resource(scene, arn, evaluation)),
        id: None,
        kind: kind.filter(|_| !resources).map(str::to_owned),
    };
    // What is in none of the shares may count as unknown.
    let other = counterpart.and_then(|id| scene.world.principal(id));
    for entity in entities.iter().chain(&by_resource.entity).chain(&other) {
        if !is_in_some(scene, shares.as_deref(), entity) {
            evaluation.may_hold(c::FILTER_UNKNOWN);
        }
    }
    // What principals filter a list of owners by is open.
    let opaque = scene.value("resourceRegionScope").is_some_and(|scope| scope != "ALL")
        || (!resources && !own && !entities.is_empty());
    Expected::SharedList(SharedFilter {
        caller: scene.caller,
        resources,
        own,
        shares,
        entities: scene.texts(list).next().is_some().then_some(entities),
        kind: kind.filter(|_| resources).map(str::to_owned),
        counterpart: counterpart.map(str::to_owned),
        resource: by_resource,
        opaque,
    })
}

/// Evaluates GetResourceShareInvitations.
pub fn invitations(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Expected {
    let shares = shares_named(scene, evaluation);
    // Nobody is invited to a share of its own: to whoever received nothing, it may be unknown.
    let own = |arn| scene.facts.share(arn).is_some_and(|share| share.owner == scene.caller);
    if scene.texts("resourceShareArns").any(own) {
        evaluation.may_hold(c::FILTER_UNKNOWN);
    }
    let ids: Vec<String> = scene.texts("resourceShareInvitationArns").map(str::to_owned).collect();
    for id in &ids {
        if scene.facts.invitation(id).is_none() {
            let formed = Arn::read(id).is_some();
            evaluation.holds(if formed { c::FILTER_UNKNOWN } else { c::INVITATION_MALFORMED });
        }
    }
    paging(scene, evaluation);
    let ids = (!ids.is_empty()).then_some(ids);
    Expected::InvitationList(InvitationFilter { caller: scene.caller, shares, ids })
}

fn is_upper(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn owner(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> bool {
    let conditions = [c::OWNER_MISSING, c::OWNER_INVALID];
    one_of(scene.text("resourceOwner"), &["SELF", "OTHER-ACCOUNTS"], conditions, evaluation)
        != Some(1)
}

fn one_of(
    text: Option<&str>,
    values: &[&str],
    [missing, invalid]: [Condition; 2],
    evaluation: &mut Evaluation<'_>,
) -> Option<usize> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        evaluation.holds(missing);
        return None;
    };
    let found = values.iter().position(|value| *value == text);
    if found.is_none() {
        let close = values.iter().any(|value| value.eq_ignore_ascii_case(text.trim()));
        evaluation.holds(if close { c::VALUES_SPELLING } else { invalid });
    }
    found
}

fn resource(scene: Scene<'_>, arn: &str, evaluation: &mut Evaluation<'_>) -> Entity {
    scene.world.resource_by_arn(arn).unwrap_or_else(|| {
        let formed = Arn::read(arn).is_some();
        evaluation.holds(if formed { c::FILTER_UNKNOWN } else { c::RESOURCES_MALFORMED });
        scene.world.unknown_by_arn(arn)
    })
}

fn named(scene: Scene<'_>, id: &str, evaluation: &mut Evaluation<'_>) -> Entity {
    scene.world.principal(id).unwrap_or_else(|| {
        evaluation.holds(c::FILTER_UNKNOWN);
        Entity::UnknownPrincipal(id.into())
    })
}

/// Whether an entity is, or may be, in one of the shares that are asked for, or in any of those there are.
fn is_in_some(scene: Scene<'_>, shares: Option<&[String]>, entity: &Entity) -> bool {
    let mut found = false;
    let asked: Option<Vec<usize>> =
        shares.map(|ids| ids.iter().filter_map(|id| Some(scene.facts.share(id)?.handle)).collect());
    scene.facts.shares(&mut |share| {
        let asked = asked.as_ref().is_none_or(|asked| asked.contains(&share.handle));
        let status = scene.facts.association(share.handle, entity).status;
        found |= asked && status.has(AssociationStatus::Associated);
    });
    found
}

fn shares_named(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<Vec<String>> {
    let arns: Vec<&str> = scene.texts("resourceShareArns").collect();
    for (position, arn) in arns.iter().enumerate() {
        let again = arns.iter().take(position).any(|each| each == arn);
        evaluation.holds_if(again, c::LISTS_DUPLICATE);
        match scene.facts.share(arn) {
            _ if arn.is_empty() => evaluation.holds(c::LISTS_BLANK),
            // Whether a share is found that the caller has nothing to do with is open.
            // Of a share that is deleted no record need be kept.
            Some(share) if share.owner == scene.caller => {
                let absent = Set::only(ShareStatus::Absent);
                // One list may know of it still, when others have forgotten it.
                if share.status.meets(absent) {
                    evaluation.find(c::FILTER_UNKNOWN, share.status.within(absent), None);
                }
            }
            Some(_) => evaluation.may_hold(c::FILTER_UNKNOWN),
            None => evaluation.holds(match nameless(scene, arn) {
                c::SHARE_ARN_MALFORMED => c::SHARE_ARN_MALFORMED,
                c::VALUES_SPELLING => c::VALUES_SPELLING,
                _ => c::FILTER_UNKNOWN,
            }),
        }
    }
    (!arns.is_empty()).then(|| arns.into_iter().map(str::to_owned).collect())
}

fn paging(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) {
    if let Some(size) = scene.value("maxResults") {
        let fits = size.as_i64().is_none_or(|size| (1..=500).contains(&size));
        evaluation.holds_if(!fits, c::MAX_RESULTS_INVALID);
    }
    if let Some(token) = scene.text("nextToken") {
        evaluation.holds_if(token.is_empty(), c::VALUES_SPELLING);
        let given = token.is_empty() || scene.facts.gave_token(token);
        evaluation.holds_if(!given, c::NEXT_TOKEN_INVALID);
    }
}
