//! `known` and `--known-failures`: the file of failures that are known and accepted.

use crate::arguments::{ApiName, KnownArguments, KnownCommand, KnownUpdate};
use crate::failure::Failure;
use crate::reports::read;
use anyhow::{Context, anyhow};
use clap::ValueEnum;
use serde_json::Value;
use sharespec_events::{CaseEvent, Event, exit};
use sharespec_generators::{DEFAULT_STRENGTH, Strength};
use sharespec_runner::known::{Changes, KnownError, KnownFailures, Wishes, update};
use sharespec_runner::selection::matches_whole;
use std::path::Path;
use std::sync::Arc;

/// What a file looks like.
const HINT: &str =
    "docs/pipeline.md shows such a file; `sharespec known update FILE --from REPORT` writes one";

/// Keeps the file.
pub fn known(arguments: &KnownArguments) -> Result<u8, Failure> {
    match &arguments.command {
        KnownCommand::Update(arguments) => updated(arguments),
    }
}

/// The file that a run is given, if any.
pub fn load(path: Option<&Path>) -> Result<Option<Arc<KnownFailures>>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
    let known = KnownFailures::parse(&path.display().to_string(), &text, &today());
    known.map(|known| Some(Arc::new(known))).map_err(wrong)
}

fn unreadable(path: &Path, error: std::io::Error) -> Failure {
    let what = format!("cannot read the known failures {}", path.display());
    Failure::usage(anyhow::Error::from(error).context(what)).hint(HINT)
}

fn wrong(error: KnownError) -> Failure {
    Failure::usage(error).hint(HINT)
}

fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Whether a pattern matches some case of the suite of some API, whatever is selected. An operation
/// that a target does not answer is a case, too.
pub fn exists(strength: Strength) -> Result<impl Fn(&str) -> bool, Failure> {
    let mut ids = Vec::new();
    for api in ApiName::value_variants() {
        ids.extend(api.suite(strength).into_iter().map(|case| case.id));
        let service = api.embedded()?;
        let operations = service.spec().operations().into_iter();
        ids.extend(operations.map(|(name, _)| format!("{}/support/{name}", api.name())));
    }
    Ok(move |pattern: &str| {
        let is_combined = |api: &ApiName| api.combined(pattern).is_some();
        ids.iter().any(|id| matches_whole(pattern, id))
            || ApiName::value_variants().iter().any(is_combined)
    })
}

fn updated(arguments: &KnownUpdate) -> Result<u8, Failure> {
    let path = &arguments.file;
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unreadable(path, error)),
    };
    if let Some(date) =
        arguments.renew.as_deref().filter(|date| date.parse::<jiff::civil::Date>().is_err())
    {
        return Err(Failure::usage(anyhow!("`{date}` is no date")).hint("write YYYY-MM-DD"));
    }
    let cases = cases(&arguments.report)?;
    let exists = exists(DEFAULT_STRENGTH)?;
    let today = today();
    let wishes = Wishes {
        accept: &arguments.accept,
        reason: arguments.reason.as_deref(),
        renew: arguments.renew.as_deref(),
        today: &today,
        exists: &exists,
    };
    let (after, changes) = update(&name, &text, cases, &wishes).map_err(wrong)?;
    if after != text {
        std::fs::write(path, &after)
            .with_context(|| format!("cannot write {name}"))
            .map_err(Failure::usage)?;
    }
    tell(&name, &changes);
    Ok(exit::CONFORMS)
}

fn cases(path: &Path) -> Result<Vec<CaseEvent>, Failure> {
    let mut cases = Vec::new();
    read(path, |event| {
        if let Event::Case(mut case) = event {
            // Of a failure its check and cause are enough, of an exchange the answer.
            (case.call, case.behaviour, case.rules) = (Value::Null, None, Vec::new());
            if let Some(failure) = &mut case.failure {
                failure.exchanges.clear();
            }
            cases.push(*case);
        }
    })?;
    Ok(cases)
}

fn tell(name: &str, changes: &Changes) {
    let all = [
        ("taken out, or made narrower", &changes.removed),
        ("added", &changes.added),
        ("renewed", &changes.renewed),
        ("expired; `--renew DATE` lets them hold longer", &changes.expired),
        ("failing and not known; `--accept PATTERN` adds them", &changes.unaccepted),
    ];
    if all.iter().all(|(_, entries)| entries.is_empty()) {
        anstream::println!("{name}: nothing to change");
    }
    for (what, entries) in all.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        anstream::println!("{name}: {} {what}", entries.len());
        entries.iter().for_each(|entry| anstream::println!("  {entry}"));
    }
}
