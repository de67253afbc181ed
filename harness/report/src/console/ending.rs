//! The end of a console report: causes, warnings, what has no verdict and why, and the counts.

use owo_colors::Style;
use sharespec_events::{Cause, KnownEvent, Outcome, Strength, Summary, exit};

use super::groups::Group;
use super::page::Page;
use super::reporter::Kept;
use super::styles::Styles;
use super::text::{count, duration};

/// The first and the last line of a run against sharespec's own reference implementation.
pub const REFERENCE: &str = "note: the target is sharespec's own reference implementation: builtin says nothing about your \
     server";

/// How many snapshots are shown.
const SHOWN_SNAPSHOTS: usize = 10;

/// The text of the end.
pub fn text(kept: &Kept, styles: &Styles) -> String {
    let mut page = Page::new(styles);
    failures(&mut page, kept);
    unexpected(&mut page, kept);
    known(&mut page, kept);
    snapshots(&mut page, kept);
    warnings(&mut page, kept);
    unsupported(&mut page, kept);
    inconclusive(&mut page, kept);
    let summary = kept.summary.as_ref().unwrap_or(&kept.counted);
    counts(&mut page, kept, summary);
    verdict(&mut page, kept, summary);
    if kept.reference {
        page.line(styles.doubtful, REFERENCE);
    }
    page.into_text()
}

fn failures(page: &mut Page<'_>, kept: &Kept) {
    let failures = &kept.failures;
    if failures.is_empty() {
        return;
    }
    let causes = causes(kept);
    heading(page, &format!("Failures: {}, {causes}", count(failures.cases(), "case")));
    for (index, (cause, group)) in failures.largest_first().into_iter().enumerate() {
        let (level, example) = &group.example;
        let Cause { check, rule, observed } = cause;
        let level = level.name().to_uppercase();
        page.gap();
        page.line(
            page.styles().bad,
            &format!(
                "cause {} of {}: {}, {level}, {check}: {observed}",
                index + 1,
                failures.len(),
                count(group.cases, "case")
            ),
        );
        if example.is_empty() {
            page.field("example:", group.id());
            page.field("rule:", rule);
        }
        page.finished(example);
        if let Some((played, passed @ 1..)) = kept.again.get(cause) {
            let played = count(*played, "case");
            let text = format!(
                "of {played} played again alone, {passed} passed: it fails only in parallel, or not always"
            );
            page.field("alone:", &text);
        }
        further(page, group);
    }
    beyond(page, failures.beyond());
}

fn causes(kept: &Kept) -> String {
    let more = if kept.failures.beyond() > 0 { "more than " } else { "" };
    format!("{more}{}", count(kept.failures.len(), "cause"))
}

fn unexpected(page: &mut Page<'_>, kept: &Kept) {
    if kept.unexpected.is_empty() {
        return;
    }
    let cases = count(kept.unexpected.cases(), "case");
    heading(page, &format!("Passed unexpectedly: {cases}, known to fail until now"));
    for (entry, group) in kept.unexpected.largest_first() {
        let cases = count(group.cases, "case");
        page.item(&format!("- {cases} of the known failure {entry}"));
        page.field("case:", group.id());
        further(page, group);
    }
    beyond(page, kept.unexpected.beyond());
}

/// What has to change in the known-failures file, as a diff of its lines.
fn known(page: &mut Page<'_>, kept: &Kept) {
    let number = kept.known.len() + kept.known_beyond;
    let Some(first) = kept.known.first() else { return };
    heading(page, &format!("Known failures: {} to change", count(number, "line")));
    for problem in &kept.known {
        let KnownEvent { file, line, entry, message, before, after, .. } = problem;
        let entry = if entry.is_empty() { String::new() } else { format!("{entry}: ") };
        page.item(&format!("- {file}:{line}: {entry}{message}"));
        let before = before.iter().map(|line| format!("-{line}"));
        let lines = before.chain(after.iter().map(|line| format!("+{line}")));
        page.marked("|", &lines.collect::<Vec<_>>().join("\n"));
    }
    if kept.known_beyond > 0 {
        page.item(&format!("and {} more: see the JSON Lines report", kept.known_beyond));
    }
    page.item(&format!("hint: `sharespec known update {} --from REPORT` does it", first.file));
}

/// Answers that are not those of their snapshots: no rule is broken by that.
fn snapshots(page: &mut Page<'_>, kept: &Kept) {
    if kept.snapshots.is_empty() {
        return;
    }
    let changed = kept.summary.as_ref().map_or(kept.snapshots.len(), |it| it.snapshots_changed);
    heading(page, &format!("Snapshots: {} answered otherwise", count(changed, "case")));
    for snapshot in kept.snapshots.iter().take(SHOWN_SNAPSHOTS) {
        page.item(&format!("- {} in {}", snapshot.case, snapshot.file));
        page.marked("|", &snapshot.diff);
    }
    let left = changed.saturating_sub(SHOWN_SNAPSHOTS);
    if left > 0 {
        page.item(&format!("and {left} more: see the JSON Lines report"));
    }
    page.item("hint: no rule is broken by that; --update-snapshots accepts it");
}

fn warnings(page: &mut Page<'_>, kept: &Kept) {
    if kept.warnings.is_empty() {
        return;
    }
    let number = kept.warnings.cases();
    heading(page, &format!("{}, which --strict makes failures", count(number, "warning")));
    for (cause, group) in kept.warnings.largest_first() {
        let Cause { check, rule, observed } = cause;
        page.item(&format!("- {}, {check}: {observed}", count(group.cases, "case")));
        page.field("rule:", rule);
        if !group.example.is_empty() {
            page.field("detail:", &group.example);
        }
        page.field("case:", group.id());
    }
    beyond(page, kept.warnings.beyond());
}

fn unsupported(page: &mut Page<'_>, kept: &Kept) {
    let number = kept.counted.unsupported;
    if number == 0 {
        return;
    }
    heading(page, &format!("Unsupported: {}", count(number, "case")));
    for ((kind, unlock), group) in kept.reasons.largest_first() {
        if kind.outcome() != Outcome::Unsupported {
            continue;
        }
        let cases = count(group.cases, "case");
        let verb = if group.cases == 1 { "needs" } else { "need" };
        match unlock {
            Some(what) => page.item(&format!("- {cases} {verb} {what} ({kind})")),
            None => page.item(&format!("- {cases}, {kind}: {}", group.example)),
        }
    }
    beyond(page, kept.reasons.beyond());
}

fn inconclusive(page: &mut Page<'_>, kept: &Kept) {
    let number = kept.counted.inconclusive;
    if number == 0 {
        return;
    }
    heading(page, &format!("Inconclusive: {}", count(number, "case")));
    for ((kind, unlock), group) in kept.reasons.largest_first() {
        if kind.outcome() != Outcome::Inconclusive {
            continue;
        }
        page.item(&format!("- {}, {kind}: {}", count(group.cases, "case"), group.example));
        page.field("case:", group.id());
        if let Some(what) = unlock {
            page.field("hint:", &format!("needs {what}"));
        }
    }
    beyond(page, kept.reasons.beyond());
}

/// The ids of further cases of a group.
fn further<E>(page: &mut Page<'_>, group: &Group<E>) {
    let (ids, left) = group.further();
    for (index, id) in ids.into_iter().enumerate() {
        page.field(if index == 0 { "also:" } else { "" }, id);
    }
    if left > 0 {
        page.field("", &format!("and {left} more"));
    }
}

fn beyond(page: &mut Page<'_>, cases: usize) {
    if cases > 0 {
        let cases = count(cases, "case");
        page.gap();
        page.item(&format!("and {cases} of further causes: see the JSON Lines report"));
    }
}

fn heading(page: &mut Page<'_>, text: &str) {
    page.gap();
    page.line(page.styles().heading, text);
}

fn counts(page: &mut Page<'_>, kept: &Kept, summary: &Summary) {
    heading(page, "Summary");
    for outcome in Outcome::ALL {
        let number = summary.count(*outcome);
        if number == 0 && *outcome != Outcome::Pass && *outcome != Outcome::Fail {
            continue;
        }
        let (words, style) = words(*outcome, page.styles());
        let style = if number == 0 { Style::new() } else { style };
        let causes = match outcome {
            Outcome::Fail if !kept.failures.is_empty() => format!(", {}", causes(kept)),
            _ => String::new(),
        };
        page.styled_item(style, &format!("{number:>7} {words}{causes}"));
    }
    if summary.known_problems > 0 {
        let lines = "lines of the known failures that have to change";
        page.styled_item(page.styles().bad, &format!("{:>7} {lines}", summary.known_problems));
    }
    if summary.snapshots_changed > 0 {
        let answers = "answers that are not those of their snapshots";
        page.styled_item(page.styles().bad, &format!("{:>7} {answers}", summary.snapshots_changed));
    }
    if summary.warnings > 0 {
        page.styled_item(page.styles().doubtful, &format!("{:>7} warnings", summary.warnings));
    }
    if let Some(Strength { strength, coverable, covered }) = summary.strength {
        let combinations = format!("combinations of {strength} axes of requests");
        page.item(&format!("{covered} of {coverable} {combinations} covered"));
    }
    if !kept.points.is_empty() {
        let points = count(kept.points.len(), "open point");
        page.item(&format!("{points} recorded into the behaviour of the target"));
    }
}

fn words(outcome: Outcome, styles: &Styles) -> (&'static str, Style) {
    match outcome {
        Outcome::Pass => ("passed", styles.good),
        Outcome::Fail => ("failed", styles.bad),
        Outcome::Known => ("failed as known", styles.doubtful),
        Outcome::UnexpectedPass => ("passed unexpectedly", styles.bad),
        Outcome::Unsupported => ("unsupported (not counted)", styles.doubtful),
        Outcome::Disabled => ("disabled (not counted)", styles.label),
        Outcome::Inconclusive => ("inconclusive", styles.doubtful),
    }
}

fn verdict(page: &mut Page<'_>, kept: &Kept, summary: &Summary) {
    let styles = page.styles();
    let Some(ended) = &kept.summary else {
        page.line(styles.bad, "verdict: none: the run did not come to its end");
        return;
    };
    let (passed, denominator) = (summary.passed, count(summary.denominator(), "case"));
    page.item(&format!("{passed} of {denominator} passed in {}", duration(ended.duration_ms)));
    let left = kept.planned.checked_sub(summary.total()).filter(|left| *left > 0);
    let once = kept.planned.checked_div(kept.rounds).unwrap_or(0);
    if left.is_some() && kept.rounds > 1 && summary.total() > once {
        // Of rounds after the first none is missed.
        let round = summary.total().checked_div(once).unwrap_or(0) + 1;
        let cases = count(once, "case");
        page.item(&format!("{cases} over and over, until round {round} of {}", kept.rounds));
    } else if let Some(left) = left {
        let planned = count(kept.planned, "planned case");
        page.styled_item(styles.doubtful, &format!("{left} of {planned} were not played"));
    }
    if ended.interrupted {
        page.line(styles.doubtful, "interrupted: this is what was done until then");
    }
    if summary.judged() == 0 {
        let why = if kept.planned > 0 && summary.total() == 0 {
            "no case was over"
        } else if summary.total() == 0 {
            "no case was selected; `sharespec list` shows what there is"
        } else {
            "no case has a verdict; the reasons are above"
        };
        page.line(styles.doubtful, why);
    }
    let code = ended.exit_code;
    let style = if code == exit::CONFORMS { styles.good } else { styles.bad };
    let meaning = match code {
        exit::NOTHING_JUDGED => "nothing was judged: this run says nothing about the target",
        _ => exit::verdict(ended),
    };
    page.line(style, &format!("verdict: {meaning} (exit code {code})"));
}
