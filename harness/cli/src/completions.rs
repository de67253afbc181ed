//! `completions`: what a shell needs to complete the command line.

use crate::arguments::App;
use crate::failure::Failure;
use clap::CommandFactory;
use clap_complete::{Shell, generate};
use sharespec_events::exit;
use std::io::Write;

/// Prints the script of a shell.
pub fn completions(shell: Shell) -> Result<u8, Failure> {
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut App::command(), "sharespec", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(exit::CONFORMS)
}
