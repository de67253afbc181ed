//! Makes a known-failures file true again, from the lines of a report. Comments and order stay.

use super::file::{Entry, KnownError, KnownFailures, List};
use super::judge::{Judge, answer, failing};
use crate::selection::{matches, matches_whole};
use sharespec_events::{CaseEvent, Cause, KnownProblem, Outcome, case_id};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

/// What stands at the top of a new file.
const HEAD: &str = "# Failures that are known and accepted. `sharespec run --known-failures` holds the \
                    file to be true;\n# `sharespec known update` makes it so again.\n\n";

/// What is wished for besides what the report shows.
pub struct Wishes<'a> {
    /// Patterns of cases whose new failures become known.
    pub accept: &'a [String],
    /// The reason of new entries; by default what was observed.
    pub reason: Option<&'a str>,
    /// The date, as `YYYY-MM-DD`, until which entries hold that have expired.
    pub renew: Option<&'a str>,
    /// Today, as `YYYY-MM-DD`.
    pub today: &'a str,
    /// Whether a pattern matches some case of the suite.
    pub exists: &'a dyn Fn(&str) -> bool,
}

/// What was changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that were taken out or became narrower.
    pub removed: Vec<String>,
    /// Entries that are new.
    pub added: Vec<String>,
    /// Entries that hold longer now.
    pub renewed: Vec<String>,
    /// Failures that are not known, as nobody accepted them.
    pub unaccepted: Vec<String>,
    /// Entries that have expired, as nobody renewed them.
    pub expired: Vec<String>,
}

/// The text of the file as it has to be after these cases, and what is different.
///
/// # Errors
/// [`KnownError`] if the text is no known-failures file.
pub fn update(
    file: &str,
    text: &str,
    cases: Vec<CaseEvent>,
    wishes: &Wishes<'_>,
) -> Result<(String, Changes), KnownError> {
    let known = Arc::new(KnownFailures::parse(file, text, wishes.today)?);
    let form = |message: String| KnownError::Form { file: file.to_owned(), message };
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| form(error.to_string()))?;
    let mut judge = Judge::new(Arc::clone(&known));
    let mut changes = Changes::default();
    let (mut found, mut unsupported) = (Found::default(), BTreeSet::new());
    for case in cases {
        let case = judge.judge(unknown(case));
        match case.outcome {
            Outcome::Fail => found.add(&case),
            Outcome::Unsupported => {
                unsupported.insert(case.id);
            }
            _ => {}
        }
    }
    let mut listed = Listed::default();
    let mut kept = Vec::new();
    for (index, entry) in known.entries.iter().enumerate() {
        kept.push(judge.left(index, entry, wishes, &mut listed, &mut changes));
    }
    let tables =
        known.entries.iter().zip(&kept).filter(|(entry, _)| entry.list != List::Unsupported);
    let mut texts = tables.map(|(_, kept)| kept);
    for list in ["failure", "flaky"] {
        let Some(item) = document.get_mut(list) else { continue };
        let tables = item
            .as_array_of_tables_mut()
            .ok_or_else(|| form(format!("write its entries as tables: [[{list}]]")))?;
        narrow(tables, &mut texts, wishes, &mut changes);
        if tables.is_empty() {
            document.remove(list);
        }
    }
    let accepted = |text: &str, id: &str| {
        text.is_empty()
            || listed.different.contains(id)
            || wishes.accept.iter().any(|pattern| matches(pattern, id))
    };
    found.forget(&listed.expired);
    let listed_still =
        known.entries.iter().zip(&kept).filter(|(entry, _)| entry.list != List::Unsupported);
    found.leave_out(&listed_still.flat_map(|(_, kept)| kept).collect::<Vec<_>>());
    found.write(&mut document, wishes, &mut changes, |id| accepted(text, id));
    let recorded =
        known.entries.iter().zip(&kept).filter(|(entry, _)| entry.list == List::Unsupported);
    record(&mut document, recorded, unsupported, &mut changes);
    let head = if text.is_empty() { HEAD } else { "" };
    Ok((format!("{head}{document}"), changes))
}

/// Cases that the file has, but not as they are.
#[derive(Default)]
struct Listed {
    different: BTreeSet<String>,
    expired: BTreeSet<String>,
}

/// The case of `CASE#CHECK`.
fn case_of(what: impl AsRef<str>) -> String {
    let what = what.as_ref();
    what.split('#').next().unwrap_or(what).to_owned()
}

/// The line of a case, in whichever round, as it was before anything was known.
fn unknown(mut case: CaseEvent) -> CaseEvent {
    case.id = case_id(&case.id).to_owned();
    case.outcome = match case.outcome {
        Outcome::Known => Outcome::Fail,
        Outcome::UnexpectedPass => Outcome::Pass,
        Outcome::Disabled if case.flaky => Outcome::Inconclusive,
        other => other,
    };
    case.known = None;
    case
}

impl Judge {
    /// What is left of an entry: itself, a part of it, or nothing.
    fn left(
        &self,
        index: usize,
        entry: &Entry,
        wishes: &Wishes<'_>,
        listed: &mut Listed,
        changes: &mut Changes,
    ) -> Vec<String> {
        let same = vec![entry.text.clone()];
        if !(wishes.exists)(&entry.pattern) {
            changes.removed.push(entry.text.clone());
            return Vec::new();
        }
        let Some(seen) = self.seen_of(index) else { return same };
        let fails = |problem| seen.fails.get(&problem).into_iter().flatten();
        if wishes.renew.is_none() && fails(KnownProblem::Expired).next().is_some() {
            changes.expired.push(entry.text.clone());
        }
        let instead = fails(KnownProblem::FailsDifferently);
        listed.different.extend(instead.map(case_of));
        listed.expired.extend(fails(KnownProblem::Expired).map(case_of));
        let narrower =
            [KnownProblem::PassesNow, KnownProblem::FailsDifferently, KnownProblem::CoverageGained];
        if narrower.into_iter().all(|problem| fails(problem).next().is_none()) {
            return same;
        }
        changes.removed.push(entry.text.clone());
        seen.holds.iter().cloned().collect()
    }
}

/// Puts what is left of each entry into the tables of a list, and takes out tables without entries.
fn narrow<'a>(
    tables: &mut ArrayOfTables,
    left: &mut impl Iterator<Item = &'a Vec<String>>,
    wishes: &Wishes<'_>,
    changes: &mut Changes,
) {
    for table in tables.iter_mut() {
        let Some(cases) = table.get_mut("cases").and_then(Item::as_array_mut) else { continue };
        let mut kept = Array::new();
        for value in cases.iter() {
            let left = left.next().map_or(&[][..], Vec::as_slice);
            match left {
                [only] if value.as_str() == Some(only) => kept.push_formatted(value.clone()),
                _ => left.iter().for_each(|text| kept.push_formatted(on_a_line(text))),
            }
        }
        if kept.len() != cases.len() || kept.iter().zip(cases.iter()).any(differ) {
            kept.set_trailing("\n");
            kept.set_trailing_comma(true);
            *cases = kept;
        }
        renew(table, wishes, changes);
    }
    tables.retain(|table| {
        table.get("cases").and_then(Item::as_array).is_none_or(|cases| !cases.is_empty())
    });
}

fn differ((one, other): (&Value, &Value)) -> bool {
    one.as_str() != other.as_str()
}

fn renew(table: &mut Table, wishes: &Wishes<'_>, changes: &mut Changes) {
    let Some(until) = wishes.renew else { return };
    let over = table.get("expires").and_then(Item::as_datetime).map(ToString::to_string);
    if over.is_some_and(|date| date.as_str() < wishes.today)
        && let Ok(date) = until.parse::<toml_edit::Datetime>()
    {
        table.insert("expires", toml_edit::value(date));
        let cases = table.get("cases").and_then(Item::as_array).into_iter().flatten();
        changes.renewed.extend(cases.filter_map(Value::as_str).map(str::to_owned));
    }
}

/// A text on a line of its own.
fn on_a_line(text: &str) -> Value {
    Value::from(text).decorated("\n  ", "")
}

fn lines<'a>(texts: impl IntoIterator<Item = &'a String>) -> Array {
    let mut array = Array::new();
    texts.into_iter().for_each(|text| array.push_formatted(on_a_line(text)));
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}

/// Failures that are not known, by what they have in common.
#[derive(Default)]
struct Found {
    groups: BTreeMap<(Option<Cause>, String), BTreeMap<String, Vec<String>>>,
}

impl Found {
    fn add(&mut self, case: &CaseEvent) {
        let cause = case.failure.as_ref().map(|failure| failure.cause.clone());
        let group = self.groups.entry((cause, answer(case))).or_default();
        let texts = failing(case).into_iter().map(|check| format!("{}#{check}", case.id));
        group.insert(case.id.clone(), texts.collect());
    }

    /// Leaves out cases whose entries have expired: they are told of as such.
    fn forget(&mut self, expired: &BTreeSet<String>) {
        for group in self.groups.values_mut() {
            group.retain(|id, _| !expired.contains(id));
        }
    }

    /// Leaves out the checks of cases that entries of the file still stand for.
    fn leave_out(&mut self, entries: &[&String]) {
        let stands_for = |entry: &str, what: &str| {
            let (pattern, check) = entry
                .split_once('#')
                .map_or((entry, None), |(pattern, check)| (pattern, Some(check)));
            let (id, failing) = what.split_once('#').unwrap_or((what, ""));
            matches_whole(pattern, id) && check.is_none_or(|check| check == failing)
        };
        for texts in self.groups.values_mut().flat_map(BTreeMap::values_mut) {
            texts.retain(|what| !entries.iter().any(|entry| stands_for(entry, what)));
        }
        for group in self.groups.values_mut() {
            group.retain(|_, texts| !texts.is_empty());
        }
    }

    fn write(
        self,
        document: &mut DocumentMut,
        wishes: &Wishes<'_>,
        changes: &mut Changes,
        accepted: impl Fn(&str) -> bool,
    ) {
        for ((cause, answered), cases) in self.groups {
            let (new, unaccepted): (Vec<_>, Vec<_>) =
                cases.into_iter().partition(|(id, _)| accepted(id));
            changes.unaccepted.extend(unaccepted.into_iter().map(|(id, _)| id));
            let new: Vec<String> = new.into_iter().flat_map(|(_, texts)| texts).collect();
            if new.is_empty() {
                continue;
            }
            let observed = cause.map(|cause| {
                format!("{}: {}, against {}", cause.check, cause.observed, cause.rule)
            });
            let reason = wishes.reason.map(str::to_owned).or(observed);
            let mut table = Table::new();
            table.insert("reason", toml_edit::value(reason.unwrap_or_else(|| "fails".to_owned())));
            table.insert("outcome", toml_edit::value(answered));
            table.insert("cases", toml_edit::value(lines(&new)));
            let tables =
                document.entry("failure").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
            if let Some(tables) = tables.as_array_of_tables_mut() {
                let first = tables.is_empty();
                table.decor_mut().set_prefix(if first { "" } else { "\n" });
                tables.push(table);
            }
            changes.added.extend(new);
        }
    }
}

/// Records which cases are unsupported. What was not played stays as it was recorded.
fn record<'a>(
    document: &mut DocumentMut,
    recorded: impl Iterator<Item = (&'a Entry, &'a Vec<String>)>,
    mut unsupported: BTreeSet<String>,
    changes: &mut Changes,
) {
    let mut all = BTreeSet::new();
    for (entry, left) in recorded {
        // A pattern that still holds stands for its cases.
        let holds = left.contains(&entry.text);
        unsupported.retain(|id| !(holds && matches_whole(&entry.pattern, id)));
        all.extend(left.iter().cloned());
    }
    changes.added.extend(unsupported.iter().filter(|id| !all.contains(*id)).cloned());
    all.extend(unsupported);
    let table = document.entry("unsupported").or_insert_with(|| {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        Item::Table(table)
    });
    let array = if all.is_empty() { Array::new() } else { lines(&all) };
    if let Some(table) = table.as_table_like_mut() {
        let old = table.get("cases").and_then(Item::as_array);
        let same = old.is_some_and(|old| {
            old.iter().filter_map(Value::as_str).eq(all.iter().map(String::as_str))
        });
        if !same {
            table.insert("cases", toml_edit::value(array));
        }
    }
}
