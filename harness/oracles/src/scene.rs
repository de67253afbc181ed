//! What the oracles of rows look at: the API, the belief before the exchange, and what the case is
//! about.

use crate::finding::{Check, Finding};
use sharespec_model::api::Api;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::names::Names;
use sharespec_model::spec::{OperationSpec, RuleIndex, Spec};
use sharespec_model::world::{Entity, PrincipalKind, World};

/// What a reply is judged against.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The API.
    pub api: &'a dyn Api,
    /// The belief before the exchange, closed until it ended.
    pub belief: &'a Belief,
    /// The operation of the exchange.
    pub operation: &'a OperationSpec,
    /// When the exchange happened.
    pub window: Window,
    /// The call under test, if the exchange reads back what it did.
    pub subject: Option<Subject<'a>>,
}

/// The call under test, as a read that follows it sees it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its operation.
    pub operation: &'a OperationSpec,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The entities that it named.
    pub named: &'a [Entity],
    /// The share that it named, by its id.
    pub share: Option<&'a str>,
}

impl<'a> Scene<'a> {
    /// The spec.
    pub fn spec(&self) -> &'a Spec {
        self.api.spec()
    }

    /// The world.
    pub fn world(&self) -> &'a World {
        self.api.world()
    }

    /// How the API calls what every API has.
    pub fn names(&self) -> &'static Names {
        self.api.names()
    }

    /// The rule of a member in the row of an association.
    pub fn association_member(&self, name: &str) -> Option<RuleIndex> {
        let path = self.names().of_association(name);
        let members = &self.operation.members;
        members.iter().find(|member| member.path == path).map(|member| member.rule)
    }

    /// A finding about an entity of a share: of the effects if the call under test named it, else
    /// of the isolation.
    pub fn about(&self, share: &str, entity: Option<&Entity>, observed: String) -> Finding {
        let Some(subject) = self.subject else {
            let rule = self.operation.rule("list/rows").or(self.operation.main_effect());
            return Finding::new(self.spec(), Check::Effects, rule, observed);
        };
        let named = entity.is_none_or(|entity| subject.named.contains(entity));
        let touched = subject.share == Some(share) && named;
        if !touched {
            return self.isolation(observed);
        }
        let rule = match subject.accepted {
            true => subject.operation.main_effect(),
            false => subject.operation.rule("effect/rejected").or(subject.operation.main_effect()),
        };
        Finding::new(self.spec(), Check::Effects, rule, observed)
    }

    /// A finding of the isolation.
    pub fn isolation(&self, observed: String) -> Finding {
        let subject = self.subject.and_then(|subject| subject.operation.rule("isolation/others"));
        let list = self.operation.rule("list/isolation");
        let rule = subject.or(list).or(self.operation.rule("isolation/others"));
        Finding::new(self.spec(), Check::Isolation, rule, observed)
    }

    /// A status as the rows of the API write it.
    pub fn status(&self, name: &str) -> String {
        self.names().status(name)
    }

    /// An entity in words that people know it by.
    pub fn name(&self, entity: &Entity) -> String {
        match self.world().principal_entry(entity) {
            Some((id, PrincipalKind::Account(account))) => {
                format!("{} ({id})", self.world().role_of(account))
            }
            _ => self.world().entity_id(entity).to_owned(),
        }
    }

    /// The kind of an entity, in words that do not vary between cases.
    pub fn kind(&self, entity: &Entity) -> &'static str {
        let [directory, folder] = self.names().groups;
        match (entity.is_resource(), self.world().principal_entry(entity)) {
            (true, _) => "a resource",
            (false, Some((_, PrincipalKind::Directory(_)))) => directory,
            (false, Some((_, PrincipalKind::Folder(..) | PrincipalKind::RootFolder(_)))) => folder,
            (false, Some((_, PrincipalKind::Service))) => "a service",
            (false, _) => "an account",
        }
    }
}
