//! `compare`: two reports of one suite, and whether the target got worse between them.

use crate::arguments::CompareArguments;
use crate::failure::Failure;
use crate::reports::{read, styles, written};
use anyhow::anyhow;
use sharespec_events::exit;
use sharespec_report::compare::{self, Run};
use std::path::Path;

/// Compares two reports.
pub fn compare(arguments: &CompareArguments) -> Result<u8, Failure> {
    let (base, head) = (run(&arguments.base)?, run(&arguments.head)?);
    let found = compare::compare(&base, &head);
    let name = |path: &Path| path.display().to_string();
    let (base, head) = (name(&arguments.base), name(&arguments.head));
    for report in &arguments.reports {
        let (format, path) = report.split_once('=').unwrap_or((report, ""));
        let text = match format {
            _ if path.is_empty() => None,
            "markdown" => Some(compare::markdown(&found, &base, &head)),
            "html" => Some(compare::html(&found, &base, &head)?),
            "json" => Some(serde_json::to_string_pretty(&found)? + "\n"),
            _ => None,
        };
        let text = text.ok_or_else(|| {
            Failure::usage(anyhow!("`{report}` is no comparison that can be written"))
                .hint("write --report FORMAT=PATH with markdown, html or json")
        })?;
        written(Path::new(path), &text)?;
    }
    anstream::print!("{}", compare::text(&found, &base, &head, &styles()));
    Ok(if found.regressed { exit::DOES_NOT_CONFORM } else { exit::CONFORMS })
}

fn run(path: &Path) -> Result<Run, Failure> {
    let mut run = Run::default();
    read(path, |event| run.event(&event))?;
    Ok(run)
}
