//! `behaviour`: what a target was seen to make of the open points, shown, compared, and held to.

use crate::arguments::{BehaviourArguments, BehaviourCommand, DiffFormat};
use crate::failure::Failure;
use crate::reports::styles;
use anyhow::Context;
use sharespec_events::{Behaviour, exit};
use sharespec_model::api::Api;
use sharespec_report::behaviour::{diff, read_behaviour, show, show_diff};
use sharespec_runner::hold::Hold;
use std::path::Path;
use std::sync::Arc;

/// Shows or compares behaviours.
pub fn behaviour(arguments: &BehaviourArguments) -> Result<u8, Failure> {
    match &arguments.command {
        BehaviourCommand::Show { file } => {
            anstream::print!("{}", show(&read(file)?, &styles()));
            Ok(exit::CONFORMS)
        }
        BehaviourCommand::Diff { a, b, format } => {
            let found = diff(&read(a)?, &read(b)?);
            let (one, other) = (a.display().to_string(), b.display().to_string());
            match format {
                DiffFormat::Text => {
                    anstream::print!("{}", show_diff(&found, &one, &other, &styles()));
                }
                DiffFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&found)?),
            }
            Ok(if found.same { exit::CONFORMS } else { exit::DOES_NOT_CONFORM })
        }
    }
}

/// The behaviour to hold a target to, if one is asked for.
pub fn hold(api: &dyn Api, path: Option<&Path>) -> Result<Option<Arc<Hold>>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let name = path.display().to_string();
    let hold = Hold::new(api.spec(), &read(path)?, &name)
        .with_context(|| format!("no target can be held to {name}"))
        .map_err(Failure::usage)?;
    Ok(Some(Arc::new(hold)))
}

fn read(path: &Path) -> Result<Behaviour, Failure> {
    read_behaviour(path).map_err(|error| {
        Failure::usage(error).hint("`sharespec run --report behaviour=FILE` records a behaviour")
    })
}
