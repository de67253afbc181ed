//! Shares that are put into the reference implementation as they are, without a call that makes them.

use crate::pipeline::Pipeline;
use crate::state::{Row, Share};
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::SeededShare;

impl Pipeline {
    /// Puts a share there, whose statuses stay as they are until a call changes them. Gives its id;
    /// none if it refers to what the world does not have.
    pub fn seed(&mut self, share: &SeededShare, now: i64) -> Option<String> {
        let blueprint = std::sync::Arc::clone(&self.blueprint);
        let world = blueprint.api.world();
        let rows: Option<Vec<Row>> = share
            .associations
            .iter()
            .map(|each| {
                Some(Row {
                    entity: world.seeded_entity(each)?,
                    status: AssociationStatus::parse(&each.status)?,
                    due: None,
                    created: now,
                    updated: now,
                    fails: false,
                    property: None,
                })
            })
            .collect();
        let id = self.random.like(blueprint.policy.ids.share);
        self.state.add(Share {
            id: id.clone(),
            owner: world.account(&share.owner)?,
            name: share.name.clone(),
            status: share.parsed_status()?,
            due: None,
            external: share.external.unwrap_or(false),
            tags: Vec::new(),
            created: now,
            updated: now,
            rows: rows?,
            permissions: Vec::new(),
        });
        Some(id)
    }
}
