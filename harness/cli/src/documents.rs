//! `documents`: what the documents of one operation say otherwise than each other, as Markdown.

use crate::arguments::ApiName;
use crate::failure::Failure;
use sharespec_events::exit;
use sharespec_model::comparison::{Comparison, Revision};
use sharespec_model::spec::{Level, Rule};
use std::fmt::Write as _;

/// Prints the page.
pub fn documents(api: ApiName) -> Result<u8, Failure> {
    anstream::print!("{}", page(api)?);
    Ok(exit::CONFORMS)
}

/// The page: one section for each operation that several documents describe.
fn page(api: ApiName) -> Result<String, Failure> {
    let mut page = String::from(
        "# Differences between documents\n\n\
         Printed by `sharespec documents` from the tables in `fixtures/spec`; not written by hand. Each row is\n\
         something that not every document of the operation says in the same way.\n",
    );
    for comparison in Comparison::all(api.library())?.iter().filter(|each| each.revisions.len() > 1)
    {
        section(&mut page, comparison)?;
    }
    Ok(page)
}

fn section(page: &mut String, comparison: &Comparison) -> Result<(), Failure> {
    writeln!(page, "\n## {}\n", comparison.operation)?;
    writeln!(
        page,
        "| document | edition | error rows | members | parameters |\n|---|---|---|---|---|"
    )?;
    for revision in &comparison.revisions {
        let count = |kind: &str| revision.rules().filter(|(end, _)| end.starts_with(kind)).count();
        let document = revision.spec.documents.iter().find(|each| each.id == revision.id);
        let edition = document.map_or("", |each| each.revision.as_str());
        let (errors, members) = (count("error/"), count("member/"));
        let parameters = count("parameter/");
        writeln!(page, "| `{}` | {edition} | {errors} | {members} | {parameters} |", revision.id)?;
    }
    let kinds = [
        ("Error codes", "error/"),
        ("Parameters", "parameter/"),
        ("Members of the answer", "member/"),
    ];
    for (title, kind) in kinds {
        differences(page, comparison, title, |end| end.strip_prefix(kind))?;
    }
    let other = |end: &str| kinds.iter().all(|(_, kind)| !end.starts_with(kind));
    differences(page, comparison, "Other rules", |end| other(end).then_some(end))
}

/// The rules of one kind that differ.
fn differences(
    page: &mut String,
    comparison: &Comparison,
    title: &str,
    name: impl Fn(&str) -> Option<&str>,
) -> Result<(), Failure> {
    let (mut same, mut rows) = (0, Vec::new());
    for end in comparison.ends() {
        let Some(name) = name(end) else { continue };
        let cells: Vec<String> =
            comparison.revisions.iter().map(|revision| cell(revision, end)).collect();
        match cells.windows(2).all(same_as_before) {
            true => same += 1,
            false => rows.push(format!("| `{name}` | {} |", shortened(&cells).join(" | "))),
        }
    }
    writeln!(page, "\n### {title}\n\n{same} are the same in every document.")?;
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = comparison.revisions.iter().map(|each| each.id.as_str()).collect();
    writeln!(page, "\n| | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()))?;
    for row in rows {
        writeln!(page, "{row}")?;
    }
    Ok(())
}

fn same_as_before(pair: &[String]) -> bool {
    pair.first() == pair.last()
}

/// The cells with those that say the same as the one before said in a word.
fn shortened(cells: &[String]) -> Vec<String> {
    let after = cells.windows(2).map(|pair| match (pair, same_as_before(pair)) {
        (_, true) => "same".to_owned(),
        ([_, cell], false) => cell.clone(),
        _ => String::new(),
    });
    cells.first().cloned().into_iter().chain(after).collect()
}

/// What one document says of a rule.
fn cell(revision: &Revision, end: &str) -> String {
    let Some(rule) = revision.rule(end) else { return "–".to_owned() };
    let mut cell = rule.text.replace('|', "\\|");
    let answers = revision.answers(rule);
    if !answers.is_empty() {
        cell.push_str("<br>");
        cell.push_str(&answers.join("<br>"));
    }
    if rule.level != Level::Must {
        cell.push_str(&format!("<br>*{}*", contradiction(rule)));
    }
    cell
}

/// The level of a rule with the documents that contradict it.
pub fn contradiction(rule: &Rule) -> String {
    let level = match rule.level {
        Level::Must => "must",
        Level::Should => "should",
        Level::Open => "open",
    };
    match rule.contradicted_by.is_empty() {
        true => level.to_owned(),
        false => format!("{level}: contradicted by {}", rule.contradicted_by.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_published_page_is_the_one_of_the_tables() {
        let published = include_str!("../../../reports/documents.md");
        let Ok(page) = super::page(super::ApiName::Alibaba) else {
            panic!("the tables do not load")
        };
        assert!(page == published, "print it anew: sharespec documents > reports/documents.md");
    }
}
