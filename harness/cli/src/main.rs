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

/// How many characters of a line of an error are printed: what was wrong may be a file of megabytes.
const LINE: usize = 400;

/// Errors go to stderr: what happened, why, and what to do next.
fn report(failure: &Failure) -> ExitCode {
    let mut said = failure.error.to_string();
    anstream::eprintln!("error: {}", shortened(&said));
    for cause in failure.error.chain().skip(1).map(ToString::to_string) {
        // Some errors say their cause themselves.
        if !said.contains(&cause) {
            anstream::eprintln!("  caused by: {}", shortened(&cause));
            said = cause;
        }
    }
    if let Some(hint) = &failure.hint {
        anstream::eprintln!("\nhint: {hint}");
    }
    ExitCode::from(signals::came().map_or(failure.code, Interruption::code))
}

fn shortened(text: &str) -> String {
    let line = |line: &str| match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}… ({} bytes)", line.get(..end).unwrap_or(line), line.len()),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_of_megabytes_is_quoted_with_is_short() {
        let text = shortened(&format!("a key\n  {}\nis unknown", "ä".repeat(1_000_000)));
        assert!(text.len() < 3 * LINE, "{}", text.len());
        assert!(text.ends_with("… (2000002 bytes)\nis unknown"));
    }
}
