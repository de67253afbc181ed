//! `replay` and `promote`: case files, played again and made fixtures.

use crate::arguments::{ApiName, PromoteArguments, ReplayArguments};
use crate::changes;
use crate::failure::Failure;
use crate::suites;
use crate::target::{self, Prepared};
use anyhow::{Context, anyhow};
use sharespec_events::{CaseEvent, Outcome, exit};
use sharespec_runner::fuzz::{read_case, write_whole};
use sharespec_runner::run::play_all;
use sharespec_wire::case::Case;

/// The exit code with which `git bisect run` skips a commit.
const CANNOT_TELL: u8 = 125;

/// Plays a case again.
pub fn replay(arguments: &ReplayArguments) -> Result<u8, Failure> {
    let code = replayed(arguments);
    if !arguments.bisect {
        return code;
    }
    match code {
        Ok(code @ (exit::CONFORMS | exit::DOES_NOT_CONFORM)) => Ok(code),
        Ok(_) => Ok(CANNOT_TELL),
        Err(failure) => Err(failure.code(CANNOT_TELL)),
    }
}

fn replayed(arguments: &ReplayArguments) -> Result<u8, Failure> {
    let case = read_case(&arguments.file).map_err(Failure::usage)?;
    let settings = target::settings(&arguments.target, &arguments.scope)?;
    let api = ApiName::named(settings.text("api"));
    suites::must_be_of(api, &case)?;
    let changes = changes::named(&*api.embedded()?, &arguments.variant, &arguments.fault)?;
    let seed = case.found.as_ref().map_or(1, |found| found.seed);
    let cases = std::slice::from_ref(&case);
    let Prepared { setup, .. } = target::prepared(&settings, &changes, seed, None, cases)?;
    let mut decisive: Option<CaseEvent> = None;
    let mut failed = 0;
    for _ in 0..arguments.times.max(1) {
        play_all(&setup, cases, 1, &mut |event| {
            failed += u32::from(event.outcome == Outcome::Fail);
            let worse = decisive.as_ref().is_none_or(|old| rank(old.outcome) < rank(event.outcome));
            if worse {
                decisive = Some(event);
            }
        });
    }
    let event = decisive.context("the case was not played")?;
    Ok(say(&case, &event, failed, arguments.times.max(1)))
}

/// A failure says more than no verdict, and that more than a pass.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass | Outcome::Known | Outcome::UnexpectedPass => 0,
        Outcome::Unsupported | Outcome::Disabled | Outcome::Inconclusive => 1,
        Outcome::Fail => 2,
    }
}

fn say(case: &Case, event: &CaseEvent, failed: u32, times: u32) -> u8 {
    match (rank(event.outcome), &event.failure) {
        (0, _) => {
            anstream::println!("FIXED {}", case.id);
            exit::CONFORMS
        }
        (2, Some(failure)) => {
            anstream::println!("FAILED {}", case.id);
            let same = case.found.as_ref().is_none_or(|found| {
                found.rule == failure.cause.rule && found.observed == failure.cause.observed
            });
            if !same {
                anstream::println!("  for another reason than the one it was found for");
            }
            anstream::println!("  failed     {failed} of {times} times");
            anstream::println!("  check      {}", failure.check);
            anstream::println!(
                "  rule       {}\n             {}",
                failure.rule.id,
                failure.rule.text
            );
            anstream::println!("             {}", failure.rule.citation);
            anstream::println!("  expected   {}", failure.expected.join("\n             "));
            anstream::println!("  actual     {}", failure.actual);
            for exchange in &failure.exchanges {
                anstream::println!(
                    "\n--- {} {} as {}",
                    exchange.step,
                    exchange.operation,
                    exchange.caller
                );
                anstream::println!("{}\n\n{}", exchange.request, exchange.response);
            }
            anstream::println!("\ncurl: {}", failure.curl);
            exit::DOES_NOT_CONFORM
        }
        _ => {
            let why = event.reason.as_ref().map_or("", |reason| reason.detail.as_str());
            anstream::println!("ERROR {}: {} {why}", case.id, event.outcome);
            exit::INCONCLUSIVE
        }
    }
}

/// Makes a case a fixture.
pub fn promote(arguments: &PromoteArguments) -> Result<u8, Failure> {
    let mut case = read_case(&arguments.file).map_err(Failure::usage)?;
    let stem = arguments.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = arguments.name.clone().or(stem).unwrap_or_default();
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::usage(anyhow!("`{name}` is no name of a fixture"))
            .hint("--name NAME, of lower case letters, digits and hyphens"));
    }
    let api = case.id.split('/').next().unwrap_or("alibaba").to_owned();
    case.id = format!("{api}/regression/{name}");
    let path = arguments.to.join(format!("{name}.json"));
    if path.exists() {
        return Err(Failure::usage(anyhow!("{} is there already", path.display()))
            .hint("choose another --name"));
    }
    std::fs::create_dir_all(&arguments.to)
        .with_context(|| format!("cannot make {}", arguments.to.display()))
        .map_err(Failure::usage)?;
    let text = serde_json::to_vec_pretty(&case)?;
    write_whole(&path, &text).map_err(Failure::usage)?;
    anstream::println!("{} is {}", case.id, path.display());
    anstream::println!("play it: sharespec run --suite {} --target TARGET", arguments.to.display());
    Ok(exit::CONFORMS)
}
