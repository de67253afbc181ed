//! The `sharespec` binary: reads the command line and hands it to the command.

mod arguments;
mod behaviour;
mod changes;
mod config;
mod corpus;
mod coverage;
mod documents;
mod explain;
mod failure;
mod finds;
mod fuzz;
mod fuzz_arguments;
mod listing;
mod replay;
mod run;
mod scope;
mod seeding;
mod selftest;
mod selftest_fuzz;
mod selftest_page;
mod serve;
mod settings;
mod signals;
mod suites;
mod target;
mod world;

use arguments::{App, Command};
use clap::Parser;
use failure::Failure;
use sharespec_events::exit;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let app = match App::try_parse() {
        Ok(app) => app,
        Err(error) => {
            let _ = error.print();
            let code = if error.use_stderr() { exit::USAGE } else { exit::CONFORMS };
            return ExitCode::from(code);
        }
    };
    let result = match app.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Smoke(arguments) => run::smoke(&arguments),
        Command::List(arguments) => listing::list(&arguments),
        Command::Show(arguments) => listing::show(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Behaviour(arguments) => behaviour::behaviour(&arguments),
        Command::Coverage(arguments) => coverage::coverage(&arguments),
        Command::Documents => documents::documents(),
        Command::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Command::Corpus(arguments) => corpus::corpus(&arguments),
        Command::Finds(arguments) => finds::finds(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
        Command::Promote(arguments) => replay::promote(&arguments),
        Command::Selftest(arguments) => selftest::selftest(&arguments),
        Command::World(arguments) => world::world(&arguments),
        Command::Init(arguments) => config::init(&arguments),
        Command::Config(arguments) => config::config(&arguments),
    };
    match result {
        Ok(code) => ExitCode::from(signals::came().unwrap_or(code)),
        Err(failure) => report(&failure),
    }
}

/// Errors go to stderr: what happened, why, and what to do next.
fn report(failure: &Failure) -> ExitCode {
    anstream::eprintln!("error: {}", failure.error);
    for cause in failure.error.chain().skip(1) {
        anstream::eprintln!("  caused by: {cause}");
    }
    if let Some(hint) = &failure.hint {
        anstream::eprintln!("\nhint: {hint}");
    }
    ExitCode::from(signals::came().unwrap_or(failure.code))
}
