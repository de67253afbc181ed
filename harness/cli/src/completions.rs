//! `completions`: what a shell needs to complete the command line.

use crate::arguments::App;
use crate::failure::Failure;
use clap::CommandFactory;
use clap_complete::{Shell, generate};
use sharespec_events::exit;
use std::io::{ErrorKind, Write};

/// Prints the script of a shell.
pub fn completions(shell: Shell) -> Result<u8, Failure> {
    // Into memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut App::command(), "sharespec", &mut script);
    match std::io::stdout().write_all(&script) {
        // Who reads it may stop when it has enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(exit::CONFORMS),
    }
}
