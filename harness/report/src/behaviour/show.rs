//! A behaviour, and the difference of two, as pages for a person.

use std::collections::{BTreeMap, BTreeSet};

use sharespec_events::{Behaviour, Evidence};

use super::diff::BehaviourDiff;
use super::matrix;
use crate::console::Styles;
use crate::console::page::Page;
use crate::console::text::count;

/// A behaviour: what was seen, what was not, and which conditions win.
pub fn show(behaviour: &Behaviour, styles: &Styles) -> String {
    let mut page = Page::new(styles);
    let Behaviour { target, version, api, world, seed, suite_hash, .. } = behaviour;
    page.line(styles.heading, &format!("behaviour of {target}"));
    page.item(&format!(
        "recorded by sharespec {version}: {api}, world {world}, seed {seed}, suite {suite_hash}"
    ));
    page.item(&format!("documents: {}", behaviour.documents.join(", ")));
    for (name, value) in &behaviour.labels {
        page.item(&format!("label {name}: {value}"));
    }
    readings(&mut page, behaviour);
    names(&mut page, "Not seen, and so open", &behaviour.unseen);
    names(&mut page, "Closed: nothing to choose", &behaviour.closed);
    for (operation, pairs) in &behaviour.precedence {
        let heading = format!("Precedence in {operation}: {}", count(pairs.len(), "pair"));
        title(&mut page, &heading);
        page.item(matrix::LEGEND);
        matrix::lines(pairs).iter().for_each(|line| page.item(line));
    }
    page.into_text()
}

fn readings(page: &mut Page<'_>, behaviour: &Behaviour) {
    title(page, &format!("Readings: {}", count(behaviour.points.len(), "open point")));
    let width = widest(behaviour.points.keys());
    for (id, point) in &behaviour.points {
        let mut id = id.as_str();
        let mut line = |page: &mut Page<'_>, note: &str, found: &BTreeMap<String, Evidence>| {
            for (reading, Evidence { count, example }) in found {
                page.item(&format!("{id:width$}  {note}{reading}  ({count}, as in {example})"));
                id = "";
            }
        };
        line(page, "", &point.seen);
        line(page, "possibly ", &point.possible);
    }
}

fn names(page: &mut Page<'_>, heading: &str, names: &[String]) {
    if !names.is_empty() {
        title(page, &format!("{heading}: {}", count(names.len(), "point")));
        names.iter().for_each(|name| page.item(name));
    }
}

/// The difference of the behaviours `a` and `b`, which are called by the names of their files.
pub fn show_diff(diff: &BehaviourDiff, a: &str, b: &str, styles: &Styles) -> String {
    let mut page = Page::new(styles);
    for caution in &diff.cautions {
        page.line(styles.doubtful, &format!("caution: {caution}"));
    }
    if diff.same {
        page.line(styles.good, &format!("{a} and {b} show the same behaviour"));
        return page.into_text();
    }
    page.line(styles.heading, &format!("{a} (a) and {b} (b) differ"));
    if !diff.points.is_empty() {
        title(&mut page, &format!("Readings: {}", count(diff.points.len(), "open point")));
    }
    let width = widest(diff.points.iter().map(|each| &each.point));
    for each in &diff.points {
        page.item(&format!("{:width$}  a: {}", each.point, listed(&each.a)));
        page.item(&format!("{:width$}  b: {}", "", listed(&each.b)));
    }
    if !diff.precedence.is_empty() {
        title(&mut page, &format!("Precedence: {}", count(diff.precedence.len(), "pair")));
    }
    for each in &diff.precedence {
        let [one, other] = &each.conditions;
        page.item(&format!("{}: {one} and {other}", each.operation));
        page.item(&format!("    a: {}", listed(&each.a)));
        page.item(&format!("    b: {}", listed(&each.b)));
    }
    page.into_text()
}

fn title(page: &mut Page<'_>, text: &str) {
    page.gap();
    page.line(page.styles().heading, text);
}

fn widest<'a>(names: impl Iterator<Item = &'a String>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or(0)
}

fn listed(names: &BTreeSet<String>) -> String {
    match names.is_empty() {
        true => "not seen".to_owned(),
        false => names.iter().cloned().collect::<Vec<_>>().join(", "),
    }
}
