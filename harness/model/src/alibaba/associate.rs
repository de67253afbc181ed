//! AssociateResourceShare, CreateResourceShare and UpdateResourceShare: their conditions. What is
//! asked of principals, of resources, of quotas and of services has a file of its own.

use super::arguments::View;
use super::conditions as c;
use super::disassociate;
use super::entities::Named;
use super::evaluate::{self, Mode, Scene};
use super::names::name;
use super::{permissions, principals, properties, quotas, resources, services};
use crate::condition::Because;
use crate::evaluation::Evaluation;
use crate::facts::{AssociationFacts, Facts, ShareFacts};
use crate::outcome::{Addition, Change, Creation, Given};
use crate::set::Set;
use crate::status::{AssociationStatus, InvitationStatus};
use crate::world::Entity;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the conditions of an addition look at.
pub struct Adding<'a, F> {
    /// The world, the state and the call.
    pub scene: Scene<'a, F>,
    /// The share; none if the call makes it, or names none.
    pub share: Option<ShareFacts>,
    /// What the call names.
    pub named: &'a [Named],
    /// Whether principals outside the directory are allowed.
    pub external: Set<bool>,
}

impl<F: Facts> Adding<'_, F> {
    /// Whether what is wrong in a share for anyone is found: in one for the directory alone, that
    /// nobody outside is allowed may be found first.
    pub fn if_open(&self) -> Set<bool> {
        match self.external == Set::only(true) {
            true => Set::only(true),
            false => Set::any(),
        }
    }

    /// What is known of an entity in the share before the call.
    pub fn before(&self, entity: &Entity) -> AssociationFacts {
        self.share.map_or_else(AssociationFacts::never, |share| {
            self.scene.facts.association(share.handle, entity)
        })
    }

    /// Every entity of the share as it would be after the call, with whether it is there and
    /// whether the call names it.
    pub fn after(&self, visit: &mut dyn FnMut(&Entity, Set<bool>, bool)) {
        self.named.iter().for_each(|each| visit(&each.entity, Set::only(true), true));
        let Some(share) = self.share else { return };
        self.scene.facts.entities(share.handle, &mut |entity, facts| {
            if !self.named.iter().any(|each| each.entity == *entity) {
                visit(entity, facts.is_there(), false);
            }
        });
    }

    /// The conditions; what is given beside the entities.
    fn evaluate(&self, evaluation: &mut Evaluation<'_>) -> Given {
        let outside = self.scene.world.directory_of(self.scene.caller).is_none();
        evaluation
            .holds_as(self.external.negated().and_also(Set::only(outside)), c::CALLER_NO_DIRECTORY);
        principals::evaluate(self, evaluation);
        resources::evaluate(self, evaluation);
        quotas::resources(self, evaluation);
        quotas::invitations(self, evaluation);
        services::evaluate(self, evaluation);
        Given {
            permissions: permissions::evaluate(self, evaluation),
            properties: properties::evaluate(self, evaluation),
        }
    }
}

/// Evaluates AssociateResourceShare.
pub fn associate<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Addition {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let nothing = evaluate::names_nothing(scene.arguments);
    evaluation.holds_if(nothing && !scene.arguments.is_irregular(), c::LISTS_EMPTY);
    let external = share.map_or(Set::any(), |share| share.external);
    let adding = Adding { scene, share, named: &named, external };
    let given = adding.evaluate(evaluation);
    if let Some(share) = share {
        present(&adding, share, evaluation);
        disassociate::busy(scene, share, &named, evaluation);
    }
    Addition { share, entities: named.into_iter().map(|each| each.entity).collect(), given }
}

/// Evaluates CreateResourceShare.
pub fn create<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Creation {
    let arguments = scene.arguments;
    name(scene, evaluation);
    let named = evaluate::lists(scene, evaluation);
    let flag = arguments.flag("AllowExternalTargets");
    let given = arguments.0.contains_key("AllowExternalTargets");
    evaluation.holds_if(given && flag.is_none(), c::EXTERNAL_FLAG_INVALID);
    let tags = tags(arguments);
    let grouped = arguments.0.contains_key("ResourceGroupId");
    evaluation.holds_if(grouped || tags.is_none(), c::SHARE_GROUPED);
    let external = Set::only(flag.unwrap_or(false));
    let given = Adding { scene, share: None, named: &named, external }.evaluate(evaluation);
    quotas::shares(scene, evaluation);
    Creation {
        entities: named.into_iter().map(|each| each.entity).collect(),
        name: arguments.text("ResourceShareName").map(str::to_owned),
        external: flag.unwrap_or(false),
        tags,
        given,
    }
}

/// The tags that a new share gets, if all are ordinary: how a key and a value must look is said, what
/// answers others is not.
fn tags(arguments: View<'_>) -> Option<Vec<(String, String)>> {
    if !arguments.0.contains_key("Tag") {
        return Some(Vec::new());
    }
    let fits = |text: &str| text.chars().count() <= 128 && !text.contains("://");
    let reserved = |text: &str| text.starts_with("aliyun") || text.starts_with("acs:");
    let tag = |entry: &Value| {
        let text = |name: &str| entry.get(name).and_then(Value::as_str);
        let (key, value) = (text("Key")?, text("Value")?);
        let ordinary = !key.is_empty() && !value.is_empty() && fits(key) && fits(value);
        let free = !reserved(key) && !reserved(value);
        (ordinary && free).then(|| (key.to_owned(), value.to_owned()))
    };
    let tags: Vec<_> = arguments.list("Tag").iter().map(tag).collect::<Option<_>>()?;
    let keys: BTreeSet<&str> = tags.iter().map(|(key, _)| key.as_str()).collect();
    let whole = !arguments.is_irregular() && (1..=20).contains(&tags.len());
    (whole && keys.len() == tags.len()).then_some(tags)
}

/// Evaluates UpdateResourceShare.
pub fn update<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) -> Change {
    let share = evaluate::share(scene, Mode::Owner, evaluation);
    name(scene, evaluation);
    evaluation.holds_if(scene.arguments.is_irregular(), c::LISTS_IRREGULAR);
    let flag = scene.arguments.flag("AllowExternalTargets");
    let given = scene.arguments.0.contains_key("AllowExternalTargets");
    evaluation.holds_if(given && flag.is_none(), c::EXTERNAL_FLAG_INVALID);
    match (share, flag) {
        (Some(share), Some(true)) => unsupported_external(scene, share, evaluation),
        (Some(share), Some(false)) => {
            let left = some_there(scene, share, |entity| is_outsider(scene, entity));
            evaluation.holds_as(left, c::SHARE_OUTSIDERS_LEFT);
        }
        _ => {}
    }
    let name = scene.arguments.text("ResourceShareName").map(str::to_owned);
    Change { share, name, external: flag }
}

/// Whether some entity of a kind is in a share.
fn some_there<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    wanted: impl Fn(&Entity) -> bool,
) -> Set<bool> {
    let mut found = Set::only(false);
    scene.facts.entities(share.handle, &mut |entity, facts| {
        if wanted(entity) {
            found = found.or_else(facts.is_there());
        }
    });
    found
}

/// Whether a principal is none of the caller's directory.
fn is_outsider<F: Facts>(scene: Scene<'_, F>, entity: &Entity) -> bool {
    let directory = scene.world.principal_directory(entity);
    !entity.is_resource()
        && (directory.is_none() || directory != scene.world.directory_of(scene.caller))
}

fn unsupported_external<F: Facts>(
    scene: Scene<'_, F>,
    share: ShareFacts,
    evaluation: &mut Evaluation<'_>,
) {
    let kind = |entity: &Entity| scene.world.type_of(entity).is_some_and(|kind| !kind.external);
    evaluation.holds_as(some_there(scene, share, kind), c::SHARE_UNSUPPORTED_EXTERNAL);
}

/// The conditions of entities that have a row already.
fn present<F: Facts>(adding: &Adding<'_, F>, share: ShareFacts, evaluation: &mut Evaluation<'_>) {
    for each in adding.named {
        let facts = adding.before(&each.entity);
        let invited = facts.invitation.has(InvitationStatus::Pending);
        evaluation.by_fact(
            facts.status,
            |values| Some(Because::Entity(share.handle, each.entity.clone(), values)),
            |status| match status {
                AssociationStatus::Absent | AssociationStatus::Associating if invited => {
                    Some(c::ENTITIES_ALREADY_INVITED)
                }
                AssociationStatus::Associating | AssociationStatus::Associated => {
                    Some(c::ENTITIES_ALREADY_ASSOCIATED)
                }
                AssociationStatus::Disassociating => Some(c::ENTITIES_DISASSOCIATING),
                AssociationStatus::Absent
                | AssociationStatus::Disassociated
                | AssociationStatus::Failed => None,
            },
        );
    }
}
