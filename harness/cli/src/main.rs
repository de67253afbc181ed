//! The `sharespec` binary: reads the command line and hands it to the command.

mod apis;
mod arguments;
mod behaviour;
mod changes;
mod cleanup;
mod compare;
mod completions;
mod config;
mod corpus;
mod coverage;
mod documents;
mod edition;
mod explain;
mod failure;
mod finds;
mod fuzz;
mod given;
mod history;
mod known;
mod listing;
mod merge;
mod replay;
mod reports;
mod rerun;
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
use sharespec_events::exit::{self, Interruption};
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
        Command::Documents(arguments) => documents::documents(arguments.api),
        Command::Edition(arguments) => edition::edition(&arguments),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::History(arguments) => history::history(&arguments),
        Command::Known(arguments) => known::known(&arguments),
        Command::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Command::Corpus(arguments) => corpus::corpus(&arguments),
        Command::Finds(arguments) => finds::finds(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
        Command::Promote(arguments) => replay::promote(&arguments),
        Command::Selftest(arguments) => selftest::selftest(&arguments),
        Command::World(arguments) => world::world(&arguments),
        Command::Cleanup(arguments) => cleanup::cleanup(&arguments),
        Command::Init(arguments) => config::init(&arguments),
        Command::Config(arguments) => config::config(&arguments),
        Command::Completions(arguments) => completions::completions(arguments.shell),
    };
    match result {
        Ok(code) => ExitCode::from(signals::came().map_or(code, Interruption::code)),
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
    ExitCode::from(signals::came().map_or(failure.code, Interruption::code))
}
