//! The run as Markdown: for a comment on a pull request, which may have 65,536 characters, or for the
//! summary of a job. Whatever a target sent stands in code, which neither renders nor links.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use sharespec_events::{CaseEvent, Event, ExchangeText, Failure, Outcome, exit};

use crate::console::text::{block, count, duration, line};
use crate::digest::Digest;
use crate::error::ReportError;
use crate::file;
use crate::reporter::Reporter;

/// The most characters of a report for a pull request.
pub const PULL_REQUEST: usize = 60_000;

/// Writes the whole page when the run ends.
#[derive(Debug)]
pub struct Markdown {
    out: File,
    path: PathBuf,
    digest: Digest,
}

impl Markdown {
    /// Creates the file at `path`, and the directories above it.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        Ok(Self { out: file::create(path)?, path: path.to_owned(), digest: Digest::new() })
    }
}

impl Reporter for Markdown {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        self.digest.event(event);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        let text = page(&self.digest, PULL_REQUEST);
        self.out.write_all(text.as_bytes()).map_err(|source| file::failed(&self.path, source))
    }
}

/// A page of at most `limit` bytes: what does not fit is said. The counts always fit.
pub fn page(digest: &Digest, limit: usize) -> String {
    let mut page = Page { text: head(digest), limit: limit.saturating_sub(RESERVE), left: 0 };
    page.section(known(digest));
    let causes = digest.causes.largest_first();
    let cases = count(digest.causes.cases(), "case");
    if !causes.is_empty() {
        page.section(format!("## Failures: {cases}, {}\n", count(causes.len(), "cause")));
        page.section(table(digest));
    }
    for (index, (_, group)) in causes.iter().enumerate() {
        let (further, more) = group.further();
        page.section(cause(index + 1, group.cases, &group.example, &further, more));
    }
    for (index, snapshot) in digest.snapshots.iter().enumerate() {
        let cases = count(digest.summary.snapshots_changed, "case");
        let head = format!("## Snapshots: {cases} answered otherwise\n\n");
        let head = if index == 0 { head } else { String::new() };
        page.section(format!(
            "{head}{}\n\n{}",
            code(&snapshot.case),
            fenced("diff", &snapshot.diff)
        ));
    }
    page.section(warnings(digest));
    page.section(reasons(digest));
    if page.left > 0 {
        let sections = count(page.left, "section");
        page.text.push_str(&format!(
            "\n*{sections} did not fit here: see the HTML or JSON Lines report.*\n"
        ));
    }
    page.text
}

/// Room for the line that says what did not fit.
const RESERVE: usize = 200;

struct Page {
    text: String,
    limit: usize,
    left: usize,
}

impl Page {
    /// Adds a section if it fits.
    fn section(&mut self, section: String) {
        if section.is_empty() {
            return;
        }
        // Bytes are never fewer than characters.
        if self.text.len() + section.len() > self.limit {
            self.left += 1;
        } else {
            self.text.push('\n');
            self.text.push_str(&section);
        }
    }
}

fn head(digest: &Digest) -> String {
    let Digest { run, summary, .. } = digest;
    let verdict = match digest.ended {
        true => exit::verdict(summary).to_owned(),
        false => "no verdict: the run did not come to its end".to_owned(),
    };
    let mark = if digest.ended && summary.exit_code == exit::CONFORMS { "✅" } else { "❌" };
    let mut text = format!("# {mark} sharespec: {verdict}\n\n");
    if run.target_is_reference {
        text.push_str(&format!("> {}\n\n", crate::console::REFERENCE));
    }
    text.push_str("| outcome | cases |\n|---|---:|\n");
    for outcome in Outcome::ALL {
        let number = summary.count(*outcome);
        if number > 0 || matches!(outcome, Outcome::Pass | Outcome::Fail) {
            text.push_str(&format!("| {} | {number} |\n", outcome.name().replace('_', " ")));
        }
    }
    if summary.warnings > 0 {
        text.push_str(&format!("| warnings | {} |\n", summary.warnings));
    }
    let labels: Vec<String> =
        run.labels.iter().map(|(name, value)| code(&format!("{name}={value}"))).collect();
    let labels = if labels.is_empty() { String::new() } else { format!(", {}", labels.join(", ")) };
    text.push_str(&format!(
        "\n{} of {} passed in {}. Target {}{labels}, documents {}, seed {}, sharespec {}, suite {}.\n",
        summary.passed,
        count(summary.denominator(), "case"),
        duration(summary.duration_ms),
        code(&run.target),
        code(&run.documents.join(", ")),
        run.seed,
        code(&run.version),
        code(&run.suite_hash),
    ));
    text
}

/// What has to change in the known failures.
fn known(digest: &Digest) -> String {
    let mut text = String::new();
    if digest.summary.known_problems > 0 {
        let lines = count(digest.summary.known_problems, "line");
        text.push_str(&format!("## Known failures: {lines} to change\n\n"));
        for change in &digest.changes {
            let place = code(&format!("{}:{}", change.file, change.line));
            let entry = if change.entry.is_empty() { String::new() } else { code(&change.entry) };
            text.push_str(&format!("- {place} {entry} {}\n", code(&change.message)));
        }
        let left = digest.summary.known_problems.saturating_sub(digest.changes.len());
        if left > 0 {
            text.push_str(&format!("- and {left} more\n"));
        }
    }
    if digest.summary.known > 0 {
        let cases = count(digest.summary.known, "case");
        text.push_str(&format!("\n{cases} failed as known.\n"));
    }
    text
}

/// All causes in one table, so that they are seen even where their examples do not fit.
fn table(digest: &Digest) -> String {
    let mut text = "| cases | check | observed | rule |\n|---:|---|---|---|\n".to_owned();
    for (cause, group) in digest.causes.largest_first() {
        let (observed, rule) = (cell(&cause.observed), cell(&cause.rule));
        text.push_str(&format!("| {} | {} | {observed} | {rule} |\n", group.cases, cause.check));
    }
    text
}

fn cause(
    number: usize,
    cases: usize,
    example: &CaseEvent,
    further: &[&str],
    more: usize,
) -> String {
    let mut text = format!("### {number}. {} as {}\n\n", count(cases, "case"), code(&example.id));
    let Some(failure) = &example.failure else { return text };
    let Failure { rule, expected, actual, .. } = failure.as_ref();
    text.push_str(&format!(
        "{} `{}`: {} ({})\n\n",
        code(&rule.id),
        rule.level,
        code(&rule.text),
        code(&rule.citation)
    ));
    let admissible: Vec<String> = expected.iter().take(12).map(|each| code(each)).collect();
    text.push_str(&format!("admissible: {}\n\n", admissible.join(" or ")));
    match failure.diff.is_empty() {
        true => text.push_str(&fenced("text", actual)),
        false => text.push_str(&fenced("diff", &failure.diff)),
    }
    let exchange = failure.exchanges.iter().rev().find(|exchange| exchange.step == failure.step);
    if let Some(ExchangeText { request, response, .. }) = exchange {
        text.push_str("<details><summary>exchange</summary>\n\n");
        text.push_str(&fenced("http", request));
        text.push_str(&fenced("http", response));
        text.push_str("</details>\n\n");
    }
    text.push_str(&fenced("sh", &failure.reproduce));
    if !further.is_empty() {
        let ids: Vec<String> = further.iter().map(|id| code(id)).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.push_str(&format!("also {}{more}\n", ids.join(", ")));
    }
    text
}

fn warnings(digest: &Digest) -> String {
    if digest.warnings.is_empty() {
        return String::new();
    }
    let mut text = format!("## {}\n\n", count(digest.warnings.cases(), "warning"));
    for (cause, group) in digest.warnings.largest_first() {
        let cases = count(group.cases, "case");
        let (observed, rule) = (code(&cause.observed), code(&cause.rule));
        text.push_str(&format!("- {cases}, {}: {observed}, {rule}\n", cause.check));
    }
    text
}

fn reasons(digest: &Digest) -> String {
    if digest.reasons.is_empty() {
        return String::new();
    }
    let mut text = "## Without a verdict\n\n".to_owned();
    for ((kind, unlock), group) in digest.reasons.largest_first() {
        let cases = count(group.cases, "case");
        let needs = unlock.as_ref().map(|what| format!(", for lack of {}", code(what)));
        let outcome = kind.outcome();
        text.push_str(&format!("- {cases} {outcome} ({kind}){}\n", needs.unwrap_or_default()));
    }
    text
}

/// A text as inline code, whatever is in it: its fence is longer than any run of backticks.
pub fn code(text: &str) -> String {
    let text = line(text);
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The same in a cell of a table, where a bar would end it.
pub fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A text as a block of code.
pub fn fenced(language: &str, text: &str) -> String {
    let text = block(text).join("\n");
    let fence = "`".repeat((longest_run(&text) + 1).max(3));
    format!("{fence}{language}\n{text}\n{fence}\n\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn nothing_gets_out_of_code() {
        assert_eq!(code("a `b` ``c"), "```a `b` ``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(cell("a|b"), "`a\\|b`");
        let hostile =
            "</details>\n````\n<script>alert(1)</script> @everyone ![x](http://evil.example)";
        let fenced = fenced("http", hostile);
        assert!(fenced.starts_with("`````http\n") && fenced.ends_with("\n`````\n\n"), "{fenced}");
        assert!(!code("a\nb").contains('\n'));
    }

    fn digest(events: &[Event]) -> Digest {
        let mut digest = Digest::new();
        events.iter().for_each(|event| digest.event(event));
        digest
    }

    #[test]
    fn a_page_says_what_happened() {
        insta::assert_snapshot!(page(&digest(&sample::all()), PULL_REQUEST));
    }

    #[test]
    fn a_page_fits_whatever_happened() {
        let mut events = vec![sample::run()];
        for number in 0..500 {
            let observed = format!("{number} {}", sample::HOSTILE);
            let body = sample::HOSTILE.repeat(200);
            events.push(sample::failed(&format!("a/{number}"), &observed, &body).into());
        }
        let digest = digest(&sample::whole(events));
        for limit in [PULL_REQUEST, 900 * 1024] {
            let page = page(&digest, limit);
            assert!(page.len() <= limit, "{}", page.len());
            assert!(page.contains("did not fit here") && page.contains("| fail | 500 |"));
        }
    }
}
