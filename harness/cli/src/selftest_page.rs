//! The matrix of a selftest as a page: every variant, fault and degenerate server with what the suite
//! makes of it. It holds no time, so that the same suite gives the same page.

use sharespec_runner::selftest::{
    DegenerateResult, FaultResult, Matrix, ReadingResult, Telling, VariantResult,
};
use std::fmt::Write;

/// The page, in Markdown, with the command that wrote it.
pub fn text(matrix: &Matrix, cases: usize, command: &str) -> String {
    let mut page = String::new();
    let alarms: usize = matrix.variants.iter().map(|each| each.alarms.len()).sum();
    let misses = matrix.faults.iter().filter(|each| each.caught.is_none()).count();
    // Writing to a text cannot fail.
    let _ = write!(
        page,
        "# What the suite lets pass, and what it catches\n\n\
         Written by `sharespec selftest {command}`; CI fails if it is not what that writes.\n\n\
         | what | number |\n|---|---|\n\
         | cases | {cases} |\n\
         | variants: lawful ways of answering, of which each must pass | {} |\n\
         | false alarms | {alarms} |\n\
         | faults: unlawful changes, of which each must be caught | {} |\n\
         | misses | {misses} |\n\
         | degenerate servers: the same answer to everything | {} |\n",
        matrix.variants.len(),
        matrix.faults.len(),
        matrix.degenerate.len(),
    );
    page.push_str(
        "\n## Variants\n\n\
         A reading that a variant stands on is *recorded* if a run on the variant sees it, and *held* if \
         a target that follows it fails under `--hold-to` the behaviour of the default variant.\n\n\
         | variant | judged | not judged | false alarms | readings |\n|---|--:|--:|--:|---|\n",
    );
    matrix.variants.iter().for_each(|each| variant(&mut page, each));
    page.push_str("\n## Faults\n\n| fault | breaks | caught by | with |\n|---|---|---|---|\n");
    matrix.faults.iter().for_each(|each| fault(&mut page, each));
    page.push_str(
        "\n## Degenerate servers\n\n\
         No case may pass that makes more than one call.\n\n\
         | server | outcomes | passes |\n|---|---|---|\n",
    );
    matrix.degenerate.iter().for_each(|each| degenerate(&mut page, each));
    page
}

fn variant(page: &mut String, variant: &VariantResult) {
    let VariantResult { name, judged, unjudged, alarms, readings } = variant;
    let readings: Vec<String> = readings.iter().map(reading).collect();
    row(
        page,
        &[
            name.to_string(),
            judged.to_string(),
            unjudged.to_string(),
            alarms.len().to_string(),
            readings.join("; "),
        ],
    );
}

fn reading(reading: &ReadingResult) -> String {
    let told = match &reading.told {
        Telling::Recorded(_) => "recorded".to_owned(),
        Telling::Held(_) => "recorded, held".to_owned(),
        Telling::Untold(reason) => format!("cannot be told: {reason}"),
        Telling::Missed => "NOT RECORDED".to_owned(),
        Telling::NotHeld(_) => "recorded, NOT HELD".to_owned(),
    };
    format!("{} ({told})", reading.name)
}

fn fault(page: &mut String, fault: &FaultResult) {
    let (case, observed) = match &fault.caught {
        Some((case, observed)) => (case.as_str(), observed.as_str()),
        None => ("MISSED", ""),
    };
    row(
        page,
        &[fault.name.to_owned(), fault.breaks.join(", "), case.to_owned(), observed.to_owned()],
    );
}

fn degenerate(page: &mut String, server: &DegenerateResult) {
    let outcomes: Vec<String> =
        server.outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
    row(page, &[server.name.to_owned(), outcomes.join(", "), server.passed.join(", ")]);
}

/// A row of a table. What a server said is in it, so that nothing may end a cell.
fn row(page: &mut String, cells: &[String]) {
    for cell in cells {
        let plain = cell.replace(['\n', '\r'], " ").replace('|', "\\|").replace('<', "&lt;");
        page.push_str("| ");
        page.push_str(&plain);
        page.push(' ');
    }
    page.push_str("|\n");
}
