//! Reports: what a command was asked to write, read back line by line, and written to where the user says.

use crate::failure::Failure;
use anyhow::{Context, anyhow};
use sharespec_events::Event;
use sharespec_report::read::{Reader, Unfinished};
use sharespec_report::{
    BehaviourFile, Console, Fanout, GitHub, Html, JUnit, JsonLines, Markdown, Progress, ReadError,
    ReportError, Reporter, Styles,
};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The reports of a run. One that cannot be written costs neither the run nor the others: the first such
/// error is told at the end.
pub struct Reports {
    to: Fanout,
    broken: Option<ReportError>,
}

impl Reports {
    /// From now on none of these texts reaches a report.
    pub fn hide(&mut self, secrets: Vec<String>) {
        self.to.hide(secrets);
    }

    /// Hands an event to each report.
    pub fn event(&mut self, event: &Event) {
        let result = self.to.event(event);
        self.note(result);
    }

    /// Ends every report.
    ///
    /// # Errors
    /// The first of them that could not be written. That nobody reads the standard output any more, as in
    /// `sharespec run | head`, is none.
    pub fn finish(mut self) -> Result<(), Failure> {
        let result = self.to.finish();
        self.note(result);
        self.broken.map_or(Ok(()), |error| Err(unwritable(error)))
    }

    fn note(&mut self, result: Result<(), ReportError>) {
        if let Err(error) = result
            && !error.is_broken_pipe()
        {
            self.broken.get_or_insert(error);
        }
    }
}

fn unwritable(error: ReportError) -> Failure {
    let hint = error.hint().to_owned();
    Failure::usage(error).hint(hint)
}

/// The reports that are asked for; `{target}` in their paths is the name of the target.
pub fn opened(wanted: &[String], target: &str) -> Result<Reports, Failure> {
    let mut reports = Fanout::new();
    let terminal = std::io::stderr().is_terminal();
    let progress = if terminal { Progress::Bar } else { Progress::Lines };
    reports.push(Console::new(anstream::stdout(), styles(), progress));
    for report in wanted {
        let path = |path: &str| PathBuf::from(path.replace("{target}", target));
        match report.split_once('=').filter(|(_, path)| !path.is_empty()) {
            Some(("jsonl", to)) => {
                reports.push(JsonLines::create(&path(to)).map_err(unwritable)?);
            }
            Some(("behaviour", to)) => {
                reports.push(BehaviourFile::create(&path(to)).map_err(unwritable)?);
            }
            Some(("junit", to)) => reports.push(JUnit::create(&path(to)).map_err(unwritable)?),
            Some(("markdown", to)) => {
                reports.push(Markdown::create(&path(to)).map_err(unwritable)?);
            }
            Some(("github", to)) => {
                let github = GitHub::append(&path(to), std::io::stdout());
                reports.push(github.map_err(unwritable)?);
            }
            Some(("html", to)) => reports.push(Html::create(&path(to)).map_err(unwritable)?),
            _ => {
                return Err(Failure::usage(anyhow!("`{report}` is no report that can be written"))
                    .hint("write --report FORMAT=PATH with jsonl, junit, markdown, github, html or behaviour"));
            }
        }
    }
    Ok(Reports { to: reports, broken: None })
}

/// The styles of the standard output.
pub fn styles() -> Styles {
    let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if coloured { Styles::coloured() } else { Styles::default() }
}

/// The events of the report of a whole run, one at a time.
pub fn events(path: &Path) -> Result<impl Iterator<Item = Result<Event, Failure>>, Failure> {
    let unreadable = |error: ReadError| {
        let hint = error.hint().to_owned();
        Failure::usage(error).hint(hint)
    };
    let reader = Reader::open(path, Unfinished::Reject).map_err(unreadable)?;
    Ok(reader.map(move |event| event.map_err(unreadable)))
}

/// Gives every event of the report of a whole run to `take`.
pub fn read(path: &Path, mut take: impl FnMut(Event)) -> Result<(), Failure> {
    events(path)?.try_for_each(|event| event.map(&mut take))
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
