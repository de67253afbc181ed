//! `init` and `config`: the file of targets, and what is in force.

use crate::arguments::{ConfigArguments, InitArguments};
use crate::failure::Failure;
use crate::settings::show;
use crate::target;
use anyhow::{Context, anyhow};
use sharespec_events::exit;
use std::io::Write;

/// Writes the file, unless something is there.
pub fn init(arguments: &InitArguments) -> Result<u8, Failure> {
    let path = &arguments.path;
    if path.exists() {
        return Err(Failure::usage(anyhow!("{} is there already", path.display()))
            .hint("it is never overwritten: give another path, or move it away"));
    }
    let written = std::fs::File::create_new(path)
        .and_then(|mut file| file.write_all(show::example().as_bytes()));
    written
        .with_context(|| format!("{} cannot be written", path.display()))
        .map_err(Failure::usage)?;
    anstream::eprintln!("wrote {}; put in the `url` of your server", path.display());
    anstream::eprintln!("\nhint: `sharespec smoke --target @mine` says whether it can be judged");
    Ok(exit::CONFORMS)
}

/// Prints what is in force.
pub fn config(arguments: &ConfigArguments) -> Result<u8, Failure> {
    let text = match arguments.keys {
        true => show::table(),
        false => show::config(&target::settings(&arguments.target, &arguments.scope)?),
    };
    anstream::print!("{text}");
    Ok(exit::CONFORMS)
}
