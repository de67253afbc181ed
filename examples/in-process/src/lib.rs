//! Stands for an implementation of the API that somebody wrote in Rust: a value that answers requests,
//! and a clock of its own. Here the reference implementation does its work; put yours in its place.

use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_reference::platform::{Platform, change};
use sharespec_wire::http::{Request, Response};
use std::sync::{Arc, LazyLock};

/// The service, with the world in it that the suite plays in.
#[derive(Debug)]
pub struct Service {
    pipeline: Pipeline,
    now: i64,
}

// Instances are made for each sequence: what they have in common is read once.
static API: LazyLock<Result<Arc<dyn Platform>, String>> = LazyLock::new(|| {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD);
    let api = Alibaba::new(world.map_err(|error| error.to_string())?);
    Ok(Arc::new(api.map_err(|error| error.to_string())?))
});

impl Service {
    /// A fresh instance with these bugs, by their names.
    ///
    /// # Errors
    /// If the world cannot be read, or there is no such bug.
    pub fn with(bugs: &[&str]) -> Result<Self, String> {
        let api = API.clone()?;
        let named = |name: &&str| change(&*api, name).copied().ok_or(format!("no bug {name}"));
        let bugs: Vec<Change> = bugs.iter().map(named).collect::<Result<_, _>>()?;
        let blueprint = Blueprint::new(Arc::clone(&api), &bugs).checking_signatures(true);
        let pipeline = Pipeline::new(Arc::new(blueprint), 1);
        Ok(Self { pipeline, now: 1_767_225_600_000 })
    }

    /// Answers a request.
    pub fn serve(&mut self, request: &Request) -> Response {
        self.now += 1;
        self.pipeline.handle(request, self.now).response
    }

    /// What time it is here.
    pub const fn now(&self) -> i64 {
        self.now
    }

    /// Puts the clock forward.
    pub fn sleep(&mut self, millis: u64) {
        self.now = self.now.saturating_add_unsigned(millis);
    }
}
