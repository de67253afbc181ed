//! `serve`: the reference implementation over HTTP.

use crate::arguments::{ServeArguments, ServedIdentity};
use crate::changes;
use crate::failure::Failure;
use crate::scope;
use sharespec_events::exit;
use sharespec_model::world::{World, WorldError};
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_server::{Callers, Front, Options, bind, serve as serve_on};
use std::io::Write;
use std::sync::Arc;

/// Serves until interrupted.
pub fn serve(arguments: &ServeArguments) -> Result<u8, Failure> {
    let (_, world) = scope::world(&arguments.scope)?;
    let world = with_keys(world)?;
    let callers = callers(arguments.identity, &world);
    let api = arguments.scope.api.service(world, &arguments.scope.documents)?;
    let changes = changes::named(&*api, &arguments.variant, &arguments.fault)?;
    let mut blueprint = Blueprint::new(api, &changes)
        .with_transition(arguments.transition)
        .checking_signatures(arguments.check_signatures);
    if !arguments.operations.is_empty() {
        blueprint = blueprint.with_operations(arguments.operations.clone());
    }
    let pipeline = Pipeline::new(Arc::new(blueprint), arguments.seed);
    let service = Front::new(pipeline, &arguments.path, callers);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = bind(&arguments.listen).await.map_err(Failure::usage)?;
        let address = listener.local_addr()?;
        let mut stdout = anstream::stdout();
        writeln!(stdout, "listening on http://{address}")?;
        stdout.flush()?;
        let stop = async {
            let mut terminate =
                tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
            let terminated = async {
                match &mut terminate {
                    Some(signal) => drop(signal.recv().await),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                () = terminated => {}
            }
        };
        serve_on(listener, Box::new(service), Options::default(), stop)
            .await
            .map_err(Failure::usage)?;
        Ok(exit::CONFORMS)
    })
}

/// The world with an access key for each account: whoever is known by other means may have none.
fn with_keys(world: World) -> Result<World, Failure> {
    let mut file = world.file;
    for (role, account) in &mut file.accounts {
        if account.access_key_id.is_empty() {
            account.access_key_id = format!("sharespec-{role}");
        }
    }
    World::new(file).map_err(|error: WorldError| Failure::usage(error))
}

fn callers(identity: ServedIdentity, world: &World) -> Callers {
    let accounts = &world.file.accounts;
    let key = |role: &str| accounts.get(role).map(|account| account.access_key_id.clone());
    match identity {
        ServedIdentity::Keys => Callers::Keys,
        ServedIdentity::Single => Callers::Single(key("owner").unwrap_or_default()),
        ServedIdentity::Headers => {
            let keys = accounts.values().map(|each| (each.id.clone(), each.access_key_id.clone()));
            Callers::Header(keys.collect())
        }
    }
}
