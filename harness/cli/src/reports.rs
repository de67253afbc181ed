//! Reports on disk: read back line by line, and written to where the user says.

use crate::failure::Failure;
use anyhow::Context;
use sharespec_events::Event;
use sharespec_report::read::{Reader, Unfinished};
use std::path::Path;

/// Gives every event of the report of a whole run to `take`.
pub fn read(path: &Path, mut take: impl FnMut(Event)) -> Result<(), Failure> {
    let unreadable = |error: sharespec_report::ReadError| {
        let hint = error.hint().to_owned();
        Failure::usage(error).hint(hint)
    };
    for event in Reader::open(path, Unfinished::Reject).map_err(unreadable)? {
        take(event.map_err(unreadable)?);
    }
    Ok(())
}

/// Writes a text to `path`, with the directories above it.
pub fn written(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, text))
        .with_context(|| format!("cannot write {}", path.display()))
        .map_err(|error| Failure::usage(error).hint("write --report FORMAT=PATH"))
}
