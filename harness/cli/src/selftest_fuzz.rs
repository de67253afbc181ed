//! `selftest --fuzz`: how many made-up cases it takes until each fault is noticed.

use crate::arguments::{ApiName, SelftestArguments};
use crate::failure::Failure;
use crate::run::workers;
use anyhow::Context;
use sharespec_events::exit;
use sharespec_reference::change::Change;
use sharespec_reference::platform::{Platform, faults_in_force};
use sharespec_runner::fuzz::{Noticed, Search, measure};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The most cases until an ordinary fault is to be noticed, and a deep one.
const AIMS: [u64; 2] = [2_000, 200_000];

/// Measures the fuzzer on both catalogues.
pub fn selftest(
    arguments: &SelftestArguments,
    api: &Arc<dyn Platform>,
    page: Option<&Path>,
) -> Result<u8, Failure> {
    let (grammar, library) = (arguments.api.grammar(&api.world().file), arguments.api.cases());
    let wanted = |change: &&'static Change| {
        arguments.only.as_ref().is_none_or(|text| change.name.contains(text.as_str()))
    };
    let ordinary: Vec<&'static Change> = faults_in_force(&**api).filter(wanted).collect();
    let deep: Vec<&'static Change> = api.catalogue().deep.iter().filter(wanted).collect();
    let workers = arguments.jobs.unwrap_or_else(workers);
    let mut text = heading(arguments);
    let mut clean = true;
    for (name, changes, aim) in
        [("Deep faults", deep, AIMS[1]), ("Ordinary faults", ordinary, AIMS[0])]
    {
        anstream::eprintln!("{name}: {} ...", changes.len());
        let most = arguments.most.unwrap_or(aim).min(aim);
        let (grammar, library, seeds) = (&*grammar, library.as_slice(), arguments.seeds);
        let search = Search { api, grammar, library, seeds, most, workers };
        let measured = measure(search, &changes, &told);
        clean &= measured.iter().all(|each| each.median().is_some());
        section(&mut text, (name, aim), most, measured)?;
        // Whoever ends it early has what is measured by then.
        if let Some(path) = page {
            std::fs::write(path, &text)
                .with_context(|| format!("cannot write {}", path.display()))
                .map_err(Failure::usage)?;
        }
    }
    anstream::print!("{text}");
    Ok(if clean { exit::CONFORMS } else { exit::DOES_NOT_CONFORM })
}

/// Progress: a fault that was looked for.
fn told(noticed: &Noticed) {
    match noticed.median() {
        Some((cases, _)) => anstream::eprintln!("  {} {cases}", noticed.name),
        None => anstream::eprintln!("  {} not noticed", noticed.name),
    }
}

fn heading(arguments: &SelftestArguments) -> String {
    let SelftestArguments { api, seeds, most, .. } = arguments;
    let cap = most.map(|most| format!(" --most {most}")).unwrap_or_default();
    let (option, name) = match api {
        ApiName::Alibaba => (String::new(), String::new()),
        other => (format!(" --api {}", other.name()), format!("-{}", other.name())),
    };
    format!(
        "# How soon faults are noticed\n\nWritten by `sharespec selftest{option} --fuzz --seeds {seeds}{cap} \
         --report markdown=reports/fuzzing{name}.md`.\nFor each fault: the made-up cases until it is noticed \
         on `builtin`, the median of {seeds} seeds, and the seconds that took. Cases are the\nmeasure: \
         seconds depend on what else the machine does. Deep faults are those that the enumerated suite is \
         not built for.\n"
    )
}

fn section(
    text: &mut String,
    (name, aim): (&str, u64),
    most: u64,
    mut measured: Vec<Noticed>,
) -> Result<(), Failure> {
    measured.sort_by_key(|each| {
        (std::cmp::Reverse(each.median().map_or(u64::MAX, |(cases, _)| cases)), each.name)
    });
    let mut medians: Vec<u64> =
        measured.iter().filter_map(|each| each.median().map(|(cases, _)| cases)).collect();
    medians.sort_unstable();
    let middle = medians.get(medians.len() / 2).copied().unwrap_or(0);
    let worst = medians.last().copied().unwrap_or(0);
    writeln!(
        text,
        "\n## {name}\n\nThe aim is {aim} cases, and {most} were played at most. {} of {} were noticed; median over \
         those {middle}, most {worst}.\n",
        medians.len(),
        measured.len()
    )?;
    writeln!(text, "| fault | cases | seconds | what it does |\n|---|---|---|---|")?;
    for each in &measured {
        let (cases, time) = match each.median() {
            Some((cases, time)) => (cases.to_string(), seconds(time)),
            None => (format!("more than {most}"), String::new()),
        };
        writeln!(text, "| {} | {cases} | {time} | {} |", each.name, each.text)?;
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64())
}
