//! `history`: a small file of what many reports of one target came to.

use crate::arguments::{HistoryArguments, HistoryCommand};
use crate::failure::Failure;
use crate::reports::{read, written};
use anyhow::{Context, anyhow};
use jiff::Timestamp;
use sharespec_events::{CaseEvent, Event, RunEvent, Summary, exit};
use sharespec_report::history::History;
use std::path::Path;
use std::time::Duration;

/// Keeps a history.
pub fn history(arguments: &HistoryArguments) -> Result<u8, Failure> {
    match &arguments.command {
        HistoryCommand::Add { report, file } => add(report, file),
        HistoryCommand::Show { file } => {
            anstream::print!("{}", opened(file)?.text());
            Ok(exit::CONFORMS)
        }
        HistoryCommand::Check { max_age, file, now } => {
            check(&opened(file)?, *max_age, now.unwrap_or_else(Timestamp::now))
        }
    }
}

fn opened(file: &Path) -> Result<History, Failure> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the history {}", file.display()))
        .map_err(|error| Failure::usage(error).hint("`sharespec history add REPORT` begins one"))?;
    History::parse(&text)
        .with_context(|| format!("the history {} cannot be used", file.display()))
        .map_err(Failure::usage)
}

fn add(report: &Path, file: &Path) -> Result<u8, Failure> {
    let mut history = if file.exists() { opened(file)? } else { History::default() };
    let (mut run, mut cases, mut summary) = (RunEvent::default(), Vec::new(), Summary::default());
    read(report, |event| match event {
        Event::Run(line) => run = *line,
        // Its outcome is all that is kept.
        Event::Case(case) => cases.push(CaseEvent::new(case.id, case.operation, case.outcome)),
        Event::Summary(line) => summary = *line,
        Event::Behaviour(_) | Event::Known(_) | Event::Snapshot(_) | Event::Note(_) => {}
    })?;
    let name = report.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    history.add(&name, &run, &cases, &summary).map_err(|error| {
        Failure::usage(error)
            .hint("a history is of one target, its oldest report first; --file names another one")
    })?;
    written(file, &history.written()?)?;
    anstream::print!("{}", history.text());
    Ok(exit::CONFORMS)
}

/// Whether the newest report is young enough at a time.
fn check(history: &History, most: Duration, now: Timestamp) -> Result<u8, Failure> {
    let Some(newest) = history.entries().last() else {
        return Err(Failure::usage(anyhow!("the history has no report"))
            .hint("`sharespec history add REPORT` begins one")
            .code(exit::DOES_NOT_CONFORM));
    };
    let started: Timestamp = newest
        .started
        .parse()
        .with_context(|| format!("`{}` is no time", newest.started))
        .map_err(Failure::usage)?;
    let age = now.duration_since(started);
    let hours = age.as_secs() / 3600;
    let old = age.unsigned_abs() > most && !age.is_negative();
    anstream::println!("the newest report, {}, is {hours} h old", newest.report);
    if old {
        return Err(Failure::usage(anyhow!(
            "the nights have stopped: there is no report of the last {} h",
            most.as_secs() / 3600
        ))
        .hint("look why no run was added to the history")
        .code(exit::DOES_NOT_CONFORM));
    }
    Ok(exit::CONFORMS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_that_is_missing_is_noticed() {
        let mut history = History::default();
        let run = RunEvent { started: "2026-11-20T01:00:00Z".into(), ..RunEvent::default() };
        history.add("a.jsonl", &run, &[], &Summary::default()).unwrap();
        let at = |now: &str| {
            let checked = check(&history, Duration::from_secs(48 * 3600), now.parse().unwrap());
            checked.unwrap_or_else(|failure| failure.code)
        };
        assert_eq!(at("2026-11-20T02:00:00Z"), exit::CONFORMS);
        assert_eq!(at("2026-11-22T01:00:00Z"), exit::CONFORMS);
        assert_eq!(at("2026-11-22T01:00:01Z"), exit::DOES_NOT_CONFORM);
        // A clock that is behind is no sign of a night that is missing.
        assert_eq!(at("2026-11-19T00:00:00Z"), exit::CONFORMS);
        let none = check(&History::default(), Duration::MAX, Timestamp::UNIX_EPOCH);
        assert_eq!(none.unwrap_err().code, exit::DOES_NOT_CONFORM);
    }
}
