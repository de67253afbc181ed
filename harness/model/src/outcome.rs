//! What a call would do, if it is accepted: the same for every API.

use crate::facts::{InvitationFacts, ShareFacts};
use crate::prediction::Expected;
use crate::property::Property;
use crate::spent::Spent;
use crate::world::Entity;

/// What a call would do, if it is accepted.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Remove entities.
    Remove(Removal),
    /// Associate entities.
    Add(Addition),
    /// Make a share.
    Create(Creation),
    /// Change a share.
    Update(Change),
    /// Delete a share.
    Delete(Option<ShareFacts>),
    /// Show a list, or another fact.
    Show(Expected),
    /// Accept an invitation.
    Accept(Answered),
    /// Reject an invitation.
    Reject(Answered),
    /// Enable sharing in a directory.
    Enable(Option<u16>),
    /// Answer as before: the call repeats one that was accepted.
    Repeat(Spent, Box<Outcome>),
}

/// What a call would remove.
#[derive(Clone, Debug)]
pub struct Removal {
    /// The share.
    pub share: Option<ShareFacts>,
    /// The entities.
    pub entities: Vec<Entity>,
    /// Whether it is called in the name of a principal rather than of the owner.
    pub leaves: bool,
}

/// What a call would associate with a share.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The share.
    pub share: Option<ShareFacts>,
    /// The entities.
    pub entities: Vec<Entity>,
    /// What is given beside them.
    pub given: Given,
}

/// What an addition gives beside entities.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Properties, those of entities that the call does not name included.
    pub properties: Vec<(Entity, Property)>,
    /// By the names of resource types, the permissions that they get.
    pub permissions: Vec<(String, Property)>,
}

impl Given {
    /// The property that an entity gets.
    pub fn property(&self, entity: &Entity) -> Property {
        let found = self.properties.iter().find(|(each, _)| each == entity);
        found.map_or(Property::Nothing, |(_, property)| property.clone())
    }
}

/// The share that a call would make.
#[derive(Clone, Debug)]
pub struct Creation {
    /// The entities.
    pub entities: Vec<Entity>,
    /// The name.
    pub name: Option<String>,
    /// Whether principals outside the directory are allowed.
    pub external: bool,
    /// Its tags, keys with values; none if what is given is odd.
    pub tags: Option<Vec<(String, String)>>,
    /// What is given beside them.
    pub given: Given,
}

/// What a call would change of a share.
#[derive(Clone, Debug)]
pub struct Change {
    /// The share.
    pub share: Option<ShareFacts>,
    /// The name, if it is given.
    pub name: Option<String>,
    /// Whether principals outside the directory are allowed, if that is given.
    pub external: Option<bool>,
}

/// The invitation that a call would answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The id as the call has it.
    pub id: String,
    /// The invitation.
    pub found: Option<InvitationFacts>,
}
