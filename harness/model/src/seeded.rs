//! Shares that exist already, on targets on which calls cannot make them: how a world speaks of them,
//! and whether what one holds is what a case needs.

use crate::status::{AssociationStatus, ShareStatus};
use crate::world::{Entity, World, WorldError};
use serde::{Deserialize, Serialize};

/// A share that exists already.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeededShare {
    /// The name that it has on the target.
    pub name: String,
    /// The id; empty if the share is wished for and a seed hook is to make it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The role of the owner.
    pub owner: String,
    /// The status.
    pub status: String,
    /// Whether principals outside the directory are allowed; unknown if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<bool>,
    /// `read_only` or `consumable`.
    #[serde(rename = "use")]
    pub usage: String,
    /// All that is associated, and the records of what was.
    #[serde(default)]
    pub associations: Vec<SeededAssociation>,
}

/// An association of a seeded share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeededAssociation {
    /// `Resource` or `Target`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The type of a resource; needed where two types have one id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// The entity's id.
    pub entity: String,
    /// The status. One that is in transition stays so until a call changes it.
    pub status: String,
}

/// How a seeded share may be used by one case alone, which changes it.
pub const CONSUMABLE: &str = "consumable";

/// How a seeded share may be used by cases that change nothing.
pub const READ_ONLY: &str = "read_only";

impl SeededShare {
    /// The status.
    pub fn parsed_status(&self) -> Option<ShareStatus> {
        ShareStatus::parse(&self.status)
    }

    /// How many associations a share has beyond those of a need that it fulfils; none if it does not.
    pub fn fulfils(&self, need: &Self, world: &World) -> Option<usize> {
        let external =
            self.external.is_none() || need.external.is_none() || self.external == need.external;
        if self.owner != need.owner || self.status != need.status || !external {
            return None;
        }
        let has = |wanted: &SeededAssociation| {
            let entity = world.seeded_entity(wanted);
            self.associations
                .iter()
                .any(|each| each.status == wanted.status && world.seeded_entity(each) == entity)
        };
        need.associations
            .iter()
            .all(has)
            .then(|| self.associations.len().saturating_sub(need.associations.len()))
    }

    /// What the share is, for a person.
    pub fn described(&self) -> String {
        let Self { status, owner, usage, .. } = self;
        let mut counts: Vec<(String, usize)> = Vec::new();
        for each in &self.associations {
            let kind = each.resource_type.as_deref().unwrap_or(match each.kind.as_str() {
                "Target" => "principal",
                _ => "resource",
            });
            let what = format!("{} {kind}", each.status);
            match counts.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => counts.push((what, 1)),
            }
        }
        let counts: Vec<String> =
            counts.into_iter().map(|(what, count)| format!("{count} {what}")).collect();
        let holds = if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") };
        let outside = if self.external == Some(true) { ", outside too" } else { "" };
        format!("a {usage} share of {owner}, {status}{outside}, with {holds}")
    }
}

impl World {
    /// The entity of a seeded association; none if there is none, or more than one.
    pub fn seeded_entity(&self, association: &SeededAssociation) -> Option<Entity> {
        let id = association.entity.as_str();
        match (association.kind.as_str(), association.resource_type.as_deref()) {
            ("Target", _) => self.principal(id),
            (_, Some(kind)) => self.resource_by_pair(kind, id),
            (_, None) => {
                let mut all = self.file.resources.iter().filter(|each| each.id == id);
                let found = self.resource_by_pair(&all.next()?.kind, id);
                found.filter(|_| all.next().is_none())
            }
        }
    }

    /// Everything that seeded shares refer to must be there.
    pub(crate) fn check_seeded_shares(&self) -> Result<(), WorldError> {
        for share in &self.file.shares {
            let place = format!("share `{}`", share.name);
            let unknown = |what: &'static str, name: &str| WorldError::Unknown {
                place: place.clone(),
                what,
                name: name.to_owned(),
            };
            if self.account(&share.owner).is_none() {
                return Err(unknown("account", &share.owner));
            }
            if share.parsed_status().is_none() {
                return Err(unknown("status of a share", &share.status));
            }
            if ![CONSUMABLE, READ_ONLY].contains(&share.usage.as_str()) {
                return Err(unknown("`use`, read_only or consumable,", &share.usage));
            }
            for each in &share.associations {
                if !["Resource", "Target"].contains(&each.kind.as_str()) {
                    return Err(unknown("type of an association", &each.kind));
                }
                if AssociationStatus::parse(&each.status).is_none() {
                    return Err(unknown("status of an association", &each.status));
                }
                if self.seeded_entity(each).is_none() {
                    let what = "resource or principal (or more than one: say `resource_type`)";
                    return Err(unknown(what, &each.entity));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldFile;

    fn share(text: &str) -> SeededShare {
        serde_json::from_str(text).unwrap()
    }

    const WORLD: &str = sharespec_fixtures::ALIBABA_WORLD;

    #[test]
    fn a_share_fulfils_a_need_if_it_has_all_of_it() {
        let world = World::from_json(WORLD).unwrap();
        let member = &world.file.accounts["member-a"].id;
        let once = |id: &str| world.file.resources.iter().filter(|each| each.id == id).count() == 1;
        let resource = world.file.resources.iter().find(|each| once(&each.id)).unwrap();
        let target =
            format!(r#"{{"type": "Target", "entity": "{member}", "status": "Associated"}}"#);
        let one = format!(
            r#"{{"type": "Resource", "entity": "{}", "status": "Associated"}}"#,
            resource.id
        );
        let of = |status: &str, associations: &str| {
            share(&format!(
                r#"{{"name": "a", "owner": "owner", "status": "{status}", "use": "read_only", "associations": [{associations}]}}"#
            ))
        };
        let both = of("Active", &format!("{target}, {one}"));
        let need = of("Active", &target);
        assert_eq!(both.fulfils(&need, &world), Some(1));
        assert_eq!(both.fulfils(&both, &world), Some(0));
        assert_eq!(need.fulfils(&both, &world), None);
        assert_eq!(of("Deleted", &target).fulfils(&need, &world), None);
        let gone = target.replace("Associated", "Disassociated");
        assert_eq!(of("Active", &gone).fulfils(&need, &world), None);
        let outside = SeededShare { external: Some(true), ..need.clone() };
        assert_eq!(both.fulfils(&outside, &world), Some(1), "what is not said may be so");
        let inside = SeededShare { external: Some(false), ..need };
        assert_eq!(inside.fulfils(&outside, &world), None);
    }

    #[test]
    fn what_a_seeded_share_refers_to_must_be_there() {
        for (share, said) in [
            (r#""owner": "nobody", "status": "Active", "use": "read_only""#, "account `nobody`"),
            (
                r#""owner": "owner", "status": "active", "use": "read_only""#,
                "status of a share `active`",
            ),
            (r#""owner": "owner", "status": "Active", "use": "often""#, "`often`"),
            (
                r#""owner": "owner", "status": "Active", "use": "consumable", "associations": [{"type": "Target", "entity": "7", "status": "Associated"}]"#,
                "say `resource_type`) `7`",
            ),
        ] {
            let mut file: WorldFile = serde_json::from_str(WORLD).unwrap();
            file.shares.push(self::share(&format!(r#"{{"name": "a", {share}}}"#)));
            let error = World::new(file).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
