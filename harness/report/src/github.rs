//! For a job of GitHub Actions: the summary of the step, appended to the file that the service names in
//! `GITHUB_STEP_SUMMARY`, and annotations, of which it shows ten a step.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use sharespec_events::{Event, exit};

use crate::console::text::{count, line};
use crate::digest::Digest;
use crate::error::ReportError;
use crate::file;
use crate::markdown::page;
use crate::reporter::Reporter;

/// The most bytes of a summary; the service takes 1 MiB a step.
const SUMMARY: usize = 900 * 1024;
/// The most annotations.
const ANNOTATIONS: usize = 10;

/// Writes summary and annotations when the run ends.
pub struct GitHub<W> {
    out: File,
    path: PathBuf,
    commands: W,
    digest: Digest,
}

impl<W: Write> GitHub<W> {
    /// Appends the summary to the file at `path`, and prints annotations to `commands`, which is the
    /// standard output of the step.
    pub fn append(path: &Path, commands: W) -> Result<Self, ReportError> {
        let out = OpenOptions::new().append(true).create(true).open(path);
        let out = out.map_err(|source| ReportError::Create { path: path.to_owned(), source })?;
        Ok(Self { out, path: path.to_owned(), commands, digest: Digest::new() })
    }
}

impl<W: Write> Reporter for GitHub<W> {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        self.digest.event(event);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        let text = page(&self.digest, SUMMARY);
        let written = self.out.write_all(text.as_bytes());
        written.map_err(|source| file::failed(&self.path, source))?;
        let text: String =
            annotations(&self.digest).iter().map(|each| format!("{each}\n")).collect();
        let written = self.commands.write_all(text.as_bytes());
        written.map_err(|source| file::failed(Path::new("the console"), source))
    }
}

/// The annotations, the most important first: what has to be repaired in the target, then in the
/// known failures, then what has no verdict.
pub fn annotations(digest: &Digest) -> Vec<String> {
    let mut found = Vec::new();
    let mut causes = digest.causes.largest_first();
    // MUST comes before SHOULD, whatever the number of cases.
    causes.sort_by_key(|(_, group)| group.example.failure.as_ref().map(|it| it.rule.level));
    for (cause, group) in causes {
        let title = format!("{}: {}", cause.check, cause.observed);
        let text = group.example.failure.as_ref().map_or_else(String::new, |failure| {
            format!(" {}. Reproduce: {}", failure.rule.text, failure.reproduce)
        });
        let cases = count(group.cases, "case");
        let text = format!("{cases}, {}: {}.{text}", group.id(), cause.rule);
        found.push(command("error", &[("title", &title)], &text));
    }
    for change in &digest.changes {
        let place = change.line.to_string();
        let places =
            [("file", change.file.as_str()), ("line", &place), ("title", "known failures")];
        found.push(command("error", &places, &format!("{}: {}", change.entry, change.message)));
    }
    for snapshot in &digest.snapshots {
        let text = format!("{} is answered otherwise than in {}", snapshot.case, snapshot.file);
        found.push(command("error", &[("title", "snapshot")], &text));
    }
    for ((kind, _), group) in digest.reasons.largest_first() {
        if kind.outcome() == sharespec_events::Outcome::Inconclusive {
            let text = format!("{} inconclusive: {}", count(group.cases, "case"), group.example);
            found.push(command("warning", &[("title", "no verdict")], &text));
        }
    }
    if digest.ended && digest.summary.exit_code == exit::NOTHING_JUDGED {
        found.push(command("error", &[("title", "sharespec")], "nothing was judged"));
    }
    if found.len() > ANNOTATIONS {
        let left = found.len() - (ANNOTATIONS - 1);
        found.truncate(ANNOTATIONS - 1);
        let text = format!("{} more: see the summary of the step", count(left, "finding"));
        found.push(command("notice", &[("title", "sharespec")], &text));
    }
    found
}

/// A workflow command. What is not data is escaped, so that no text begins another command.
fn command(kind: &str, properties: &[(&str, &str)], text: &str) -> String {
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| {
            format!("{name}={}", data(value).replace(':', "%3A").replace(',', "%2C"))
        })
        .collect();
    format!("::{kind} {}::{}", properties.join(","), data(text))
}

fn data(text: &str) -> String {
    line(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn annotated(events: &[Event]) -> Vec<String> {
        let mut digest = Digest::new();
        events.iter().for_each(|event| digest.event(event));
        annotations(&digest)
    }

    #[test]
    fn failures_come_first_and_known_failures_at_their_line() {
        let found = annotated(&sample::all());
        assert!(
            found[0].starts_with("::error title=code%3A 200 OK::1 case, a/fail: "),
            "{}",
            found[0]
        );
        let place = "::error file=known.toml,line=3,title=known failures::a/*: what is known";
        assert!(found[1].starts_with(place), "{}", found[1]);
        assert!(
            found[2].starts_with("::warning title=no verdict::1 case inconclusive"),
            "{}",
            found[2]
        );
    }

    #[test]
    fn there_are_never_more_than_are_shown_and_none_is_forged() {
        let causes = (0..50).map(|number| format!("{number}, {}\n::error::x", sample::HOSTILE));
        let events: Vec<Event> =
            causes.map(|cause| sample::failed(&cause, &cause, "").into()).collect();
        let found = annotated(&events);
        assert_eq!(found.len(), ANNOTATIONS);
        assert_eq!(
            found[9],
            "::notice title=sharespec::41 findings more: see the summary of the step"
        );
        assert!(found.iter().all(|each| !each.contains(['\n', '\r', '\u{1b}'])));
    }

    #[test]
    fn a_summary_is_appended() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("summary.md");
        std::fs::write(&path, "before\n").unwrap();
        let mut commands = Vec::new();
        let mut report = GitHub::append(&path, &mut commands).unwrap();
        sample::play(&mut report, &sample::all());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("before\n# ") && text.contains("a/fail"), "{text}");
        assert_eq!(String::from_utf8(commands).unwrap().lines().count(), 3);
    }
}
