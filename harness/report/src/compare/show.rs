//! A comparison for a person: on the console, as Markdown and as a page.

use std::collections::BTreeSet;

use askama::Template;

use super::difference::{CaseChange, Change, Comparison};
use crate::console::Styles;
use crate::console::page::Page;
use crate::console::text::count;
use crate::markdown::{code, fenced};

/// How many cases of a change are shown on the console.
const SHOWN: usize = 20;
/// Of how many of them the exchange is.
const WHOLE: usize = 3;
/// The most characters of the Markdown.
const MARKDOWN: usize = 60_000;

fn verdict(comparison: &Comparison) -> &'static str {
    if comparison.regressed { "regressed" } else { "no regression" }
}

fn readings(readings: &BTreeSet<String>) -> String {
    if readings.is_empty() {
        return "nothing".to_owned();
    }
    readings.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// From what to what, and why.
fn story(case: &CaseChange) -> String {
    let name =
        |outcome: Option<sharespec_events::Outcome>| outcome.map_or("absent", |it| it.name());
    let why = case.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    format!("{} to {}{why}", name(case.base), name(case.head))
}

/// A comparison on the console.
pub fn text(comparison: &Comparison, base: &str, head: &str, styles: &Styles) -> String {
    let mut page = Page::new(styles);
    page.line(styles.heading, &format!("{base} and {head}: {}", verdict(comparison)));
    for note in &comparison.notes {
        page.line(styles.doubtful, &format!("note: {note}"));
    }
    for change in Change::ALL {
        let cases: Vec<&CaseChange> = comparison.of(change).collect();
        if cases.is_empty() {
            continue;
        }
        page.gap();
        let style = if change.is_regression() { styles.bad } else { styles.heading };
        page.line(style, &format!("{}: {}", change.title(), count(cases.len(), "case")));
        for (index, case) in cases.iter().take(SHOWN).enumerate() {
            page.item(&format!("- {}, {}", case.id, story(case)));
            if let Some(rule) = &case.rule {
                page.field("rule:", rule);
            }
            if index < WHOLE && !case.diff.is_empty() {
                page.field("exchange:", "- base, + head");
                page.marked("|", &case.diff);
            }
            if let Some(command) = case.reproduce.as_ref().filter(|_| index < WHOLE) {
                page.command("reproduce:", "reproduce", command);
            }
        }
        if cases.len() > SHOWN {
            page.item(&format!("and {} more", cases.len() - SHOWN));
        }
    }
    if !comparison.behaviour.is_empty() {
        page.gap();
        let points = count(comparison.behaviour.len(), "open point");
        page.line(styles.heading, &format!("Behaviour: {points} read otherwise"));
        for point in &comparison.behaviour {
            let (base, head) = (readings(&point.base), readings(&point.head));
            page.item(&format!("- {}: {base}; now {head}", point.point));
        }
    }
    page.gap();
    page.item(&format!("{} the same", count(comparison.same, "case")));
    page.into_text()
}

/// A comparison as Markdown that fits a pull request.
pub fn markdown(comparison: &Comparison, base: &str, head: &str) -> String {
    let mark = if comparison.regressed { "❌" } else { "✅" };
    let mut text = format!("# {mark} sharespec: {}\n\n", verdict(comparison));
    text.push_str(&format!(
        "{} and {}\n\n| change | cases |\n|---|---:|\n",
        code(base),
        code(head)
    ));
    for change in Change::ALL {
        let cases = comparison.of(change).count();
        if cases > 0 {
            text.push_str(&format!("| {} | {cases} |\n", change.title()));
        }
    }
    text.push_str(&format!("| the same | {} |\n", comparison.same));
    for note in &comparison.notes {
        text.push_str(&format!("\n> {}\n", code(note)));
    }
    let mut left = 0;
    for change in Change::ALL {
        for (index, case) in comparison.of(change).enumerate() {
            let mut section = String::new();
            if index == 0 {
                section.push_str(&format!("\n## {}\n\n", change.title()));
            }
            section.push_str(&format!("- {} {}", code(&case.id), code(&story(case))));
            if let Some(rule) = &case.rule {
                section.push_str(&format!(", {}", code(rule)));
            }
            section.push('\n');
            if index < WHOLE && !case.diff.is_empty() {
                section.push_str(&format!("\n{}", fenced("diff", &case.diff)));
            }
            match text.len() + section.len() < MARKDOWN - 200 {
                true => text.push_str(&section),
                false => left += 1,
            }
        }
    }
    for point in &comparison.behaviour {
        let (base, head) = (readings(&point.base), readings(&point.head));
        let line = format!("\n- {}: {}, now {}\n", code(&point.point), code(&base), code(&head));
        match text.len() + line.len() < MARKDOWN - 200 {
            true => text.push_str(&line),
            false => left += 1,
        }
    }
    if left > 0 {
        text.push_str(&format!("\n*{} did not fit here.*\n", count(left, "change")));
    }
    text
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Shown<'a> {
    style: &'static str,
    verdict: &'static str,
    mark: &'static str,
    base: &'a str,
    head: &'a str,
    same: usize,
    notes: &'a [String],
    groups: Vec<Group<'a>>,
    behaviour: Vec<(String, String, String)>,
}

struct Group<'a> {
    title: &'static str,
    regression: bool,
    cases: Vec<(&'a CaseChange, String)>,
}

/// A comparison as one page without scripts.
///
/// # Errors
/// If the template cannot be filled, which is a bug in sharespec.
pub fn html(comparison: &Comparison, base: &str, head: &str) -> Result<String, askama::Error> {
    let groups = Change::ALL.into_iter().map(|change| Group {
        title: change.title(),
        regression: change.is_regression(),
        cases: comparison.of(change).map(|case| (case, story(case))).collect(),
    });
    let behaviour = comparison.behaviour.iter();
    let page = Shown {
        style: crate::html::STYLE,
        verdict: verdict(comparison),
        mark: if comparison.regressed { "bad" } else { "good" },
        base,
        head,
        same: comparison.same,
        notes: &comparison.notes,
        groups: groups.filter(|group| !group.cases.is_empty()).collect(),
        behaviour: behaviour
            .map(|it| (it.point.clone(), readings(&it.base), readings(&it.head)))
            .collect(),
    };
    page.render()
}
