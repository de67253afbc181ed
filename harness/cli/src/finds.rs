//! `finds`: what the index knows, for whoever keeps issues.

use crate::arguments::{FindStatus, FindsArguments, FindsCommand};
use crate::failure::Failure;
use anyhow::anyhow;
use serde_json::{Value, json};
use sharespec_events::exit;
use sharespec_runner::fuzz::{Entry, Finds, Status, read_case};
use std::path::Path;

/// Prints finds, or says what became of one.
pub fn finds(arguments: &FindsArguments) -> Result<u8, Failure> {
    match &arguments.command {
        FindsCommand::Export { finds } => export(finds),
        FindsCommand::Set { key, status, issue, owner, finds } => {
            let finds = Finds::new(finds);
            let mut entries = finds.entries().map_err(Failure::usage)?;
            let entry = entries
                .get_mut(key)
                .ok_or_else(|| Failure::usage(anyhow!("there is no find `{key}`")))?;
            entry.status = match status {
                FindStatus::Open => Status::Open,
                FindStatus::Known => Status::Known,
                FindStatus::Fixed => Status::Fixed,
                FindStatus::Flaky => Status::Flaky,
            };
            entry.issue = issue.clone().or(entry.issue.take());
            entry.owner = owner.clone().or(entry.owner.take());
            finds.write(&entries).map_err(Failure::usage)?;
            Ok(exit::CONFORMS)
        }
    }
}

fn export(folder: &Path) -> Result<u8, Failure> {
    let finds = Finds::new(folder);
    let entries = finds.entries().map_err(Failure::usage)?;
    let open = entries.values().filter(|entry| entry.status == Status::Open);
    let issues: Vec<Value> = open.map(|entry| issue(&finds, entry)).collect();
    anstream::println!("{}", serde_json::to_string_pretty(&issues)?);
    Ok(exit::CONFORMS)
}

/// A find as an issue: the key stands in the text, so that it is found again.
fn issue(finds: &Finds, entry: &Entry) -> Value {
    let path = finds.path(&entry.key);
    let found = read_case(&path).ok().and_then(|case| case.found);
    let found = found.unwrap_or_default();
    let title = format!("{} {}: {}", entry.operation, entry.check, entry.observed);
    let text = format!(
        "sharespec-find: {}\n\nThe rule `{}` is broken.\n\nConditions: {}\nAdmissible: {}\nObserved: {}\n\n\
         Seen {} times, first {}, last {}; failed again {} of {} times.\n\n    sharespec replay {} --target {}\n",
        entry.key,
        entry.rule,
        found.conditions.join(", "),
        found.admissible.join(", "),
        entry.observed,
        entry.count,
        entry.first_seen,
        entry.last_seen,
        entry.successes,
        entry.attempts,
        path.display(),
        found.target,
    );
    json!({ "key": entry.key, "title": title, "body": text, "issue": entry.issue, "owner": entry.owner })
}
