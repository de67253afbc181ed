//! `selftest`: the suite measured against variants, faults and degenerate servers.

use crate::arguments::{ApiName, SelftestArguments};
use crate::failure::Failure;
use crate::run::workers;
use crate::{selftest_fuzz, selftest_page};
use anyhow::{Context, anyhow};
use sharespec_events::exit;
use sharespec_model::world::World;
use sharespec_reference::change::Change;
use sharespec_reference::platform::{Platform, faults_in_force};
use sharespec_runner::selftest::{Matrix, Measure, Telling, measure};
use std::path::Path;
use std::time::Instant;

/// Measures the suite and prints the matrix.
pub fn selftest(arguments: &SelftestArguments) -> Result<u8, Failure> {
    let began = Instant::now();
    let page = arguments.report.as_deref().map(page_path).transpose()?;
    let world = World::from_json(arguments.api.extended_world())?;
    let api = arguments.api.service(world, &arguments.documents)?;
    if let Some(only) = arguments.only.as_deref().filter(|only| !is_known(&*api, arguments, only)) {
        // Nothing is clean for nothing.
        return Err(Failure::usage(anyhow!("no variant and no fault has `{only}` in its name"))
            .hint("`sharespec list --variants` and `sharespec list --faults` name them"));
    }
    if arguments.fuzz {
        return selftest_fuzz::selftest(arguments, &api, page);
    }
    let cases = arguments.api.cases();
    let measured = Measure {
        api: &api,
        cases: &cases,
        workers: arguments.jobs.unwrap_or_else(workers),
        seed: arguments.seed,
        only: arguments.only.as_deref(),
    };
    let matrix = measure(measured, &mut |phase| anstream::eprintln!("{phase} ..."));
    print(&matrix, arguments.verbose, cases.len());
    if let Some(path) = page {
        let page = selftest_page::text(&matrix, cases.len(), &command(arguments.api));
        std::fs::write(path, page)
            .with_context(|| format!("cannot write {}", path.display()))
            .map_err(Failure::usage)?;
    }
    anstream::eprintln!("took {} ms", began.elapsed().as_millis());
    Ok(if matrix.is_clean() { exit::CONFORMS } else { exit::DOES_NOT_CONFORM })
}

/// Whether some change that is measured has this in its name.
fn is_known(api: &dyn Platform, arguments: &SelftestArguments, only: &str) -> bool {
    let named = |change: &Change| change.name.contains(only);
    let others = match arguments.fuzz {
        true => [api.catalogue().deep, &[]],
        false => [api.catalogue().variants, api.catalogue().degenerate],
    };
    faults_in_force(api).any(named) || others.into_iter().flatten().any(named)
}

/// The arguments that write the published page.
fn command(api: ApiName) -> String {
    match api {
        ApiName::Alibaba => "--report markdown=reports/selftest.md".to_owned(),
        other => {
            let name = other.name();
            format!("--api {name} --report markdown=reports/selftest-{name}.md")
        }
    }
}

/// The path of `markdown=PATH`.
fn page_path(report: &str) -> Result<&Path, Failure> {
    match report.split_once('=').filter(|(_, path)| !path.is_empty()) {
        Some(("markdown", path)) => Ok(Path::new(path)),
        _ => Err(Failure::usage(anyhow!("`{report}` is no report that can be written"))
            .hint("write --report markdown=PATH")),
    }
}

fn print(matrix: &Matrix, verbose: bool, cases: usize) {
    for variant in &matrix.variants {
        let mark = if variant.is_clean() { "ok  " } else { "FAIL" };
        anstream::println!(
            "{mark} variant {:32} {} judged, {} not, {} false alarms",
            variant.name,
            variant.judged,
            variant.unjudged,
            variant.alarms.len()
        );
        for (case, observed) in variant.alarms.iter().take(5) {
            anstream::println!("       {case}\n         {observed}");
        }
        for reading in &variant.readings {
            match &reading.told {
                Telling::Missed => anstream::println!("       {} is not recorded", reading.name),
                Telling::NotHeld(case) => anstream::println!(
                    "       {} does not break the behaviour of the default one in {case}",
                    reading.name
                ),
                Telling::Recorded(_) | Telling::Held(_) | Telling::Untold(_) => {}
            }
        }
    }
    for fault in &matrix.faults {
        match &fault.caught {
            Some((case, observed)) if verbose => {
                anstream::println!("ok   fault {:34} {case}\n       {observed}", fault.name);
            }
            Some(_) => {}
            None => anstream::println!(
                "MISS fault {:34} {} cases cite {}",
                fault.name,
                fault.candidates,
                fault.breaks.join(", ")
            ),
        }
    }
    for server in &matrix.degenerate {
        let outcomes: Vec<String> =
            server.outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
        let mark = if server.passed.is_empty() { "ok  " } else { "FAIL" };
        anstream::println!("{mark} degenerate {:29} {}", server.name, outcomes.join(", "));
        for case in server.passed.iter().take(5) {
            anstream::println!("       passes {case}");
        }
    }
    let alarms: usize = matrix.variants.iter().map(|each| each.alarms.len()).sum();
    let misses = matrix.faults.iter().filter(|each| each.caught.is_none()).count();
    anstream::println!(
        "{cases} cases; {} variants, {alarms} false alarms; {} faults, {misses} misses; {} degenerate servers",
        matrix.variants.len(),
        matrix.faults.len(),
        matrix.degenerate.len()
    );
}
