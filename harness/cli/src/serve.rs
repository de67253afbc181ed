//! `serve`: the reference implementation over HTTP.

use crate::arguments::ServeArguments;
use crate::changes;
use crate::failure::Failure;
use crate::scope;
use sharespec_events::exit;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_server::{Options, bind, serve as serve_on};
use std::io::Write;
use std::sync::Arc;

/// Serves until interrupted.
pub fn serve(arguments: &ServeArguments) -> Result<u8, Failure> {
    let (_, api) = scope::api(&arguments.scope)?;
    let changes = changes::named(&arguments.variant, &arguments.fault)?;
    let blueprint = Blueprint::new(api, &changes)
        .with_transition(arguments.transition)
        .checking_signatures(arguments.check_signatures);
    let pipeline = Pipeline::new(Arc::new(blueprint), arguments.seed);
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
        serve_on(listener, Box::new(pipeline), Options::default(), stop)
            .await
            .map_err(Failure::usage)?;
        Ok(exit::CONFORMS)
    })
}
