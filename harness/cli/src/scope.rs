//! From the scope of the command line to the API in its world.

use crate::arguments::Scope;
use crate::failure::Failure;
use anyhow::Context;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use std::sync::Arc;

/// The world of the command line: its name and the world itself.
pub fn world(scope: &Scope) -> Result<(String, World), Failure> {
    let (name, text) = match &scope.world {
        None => ("embedded".to_owned(), scope.api.world().to_owned()),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("the world {} cannot be read", path.display()))
                .map_err(|error| {
                    Failure::usage(error)
                        .hint("`sharespec world init > world.json` writes an example")
                })?;
            (path.display().to_string(), text)
        }
    };
    let world = World::from_json(&text)
        .with_context(|| format!("the world {name} cannot be used"))
        .map_err(Failure::usage)?;
    Ok((name, world))
}

/// The API of the command line in its world.
pub fn api(scope: &Scope) -> Result<(String, Arc<dyn Platform>), Failure> {
    let (name, world) = world(scope)?;
    Ok((name, scope.api.service(world, &scope.documents)?))
}
