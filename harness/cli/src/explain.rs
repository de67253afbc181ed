//! `explain`: what a rule, an error code, a condition, an open point or a case is about.

use crate::arguments::ExplainArguments;
use crate::documents::contradiction;
use crate::failure::Failure;
use anyhow::anyhow;
use sharespec_events::{case_id, exit};
use sharespec_model::comparison::{Comparison, Revision};
use sharespec_model::spec::{Point, Rule, Spec};
use sharespec_runner::rules_of;

/// Explains whatever has the name.
pub fn explain(arguments: &ExplainArguments) -> Result<u8, Failure> {
    let api = arguments.api.embedded()?;
    let spec = api.spec();
    let subject = case_id(&arguments.subject);
    let mut found = false;
    for comparison in &Comparison::all(arguments.api.library())? {
        for end in comparison.ends().into_iter().filter(|end| names(comparison, end, subject)) {
            found = true;
            print_across(comparison, end);
        }
    }
    for point in spec.points.iter().filter(|point| concerns(point, subject)) {
        found = true;
        print_point(point);
    }
    if spec.condition(subject).is_some() {
        found = true;
        print_condition(spec, subject);
    }
    if let Some(case) = arguments.api.cases().iter().find(|case| case.id == subject) {
        found = true;
        anstream::println!("case {subject}: it cites");
        for id in rules_of(spec, case, &[]) {
            if let Some(rule) = spec.rule_named(&id).and_then(|index| spec.rule(index)) {
                anstream::println!("  {}  [{}]\n    {}", rule.id, contradiction(rule), rule.text);
            }
        }
    }
    match found {
        true => Ok(exit::CONFORMS),
        false => Err(Failure::usage(anyhow!("nothing is called `{subject}`"))
            .hint("give a rule id, an error code such as DisassociateInvalid, a condition, an open point or a case")),
    }
}

/// Whether a rule is called so in some document: by its id, its code, or the end of its id.
fn names(comparison: &Comparison, end: &str, subject: &str) -> bool {
    let is_id = |revision: &Revision| revision.rule(end).is_some_and(|rule| rule.id == subject);
    let code = end.strip_prefix("error/");
    end == subject || code == Some(subject) || comparison.revisions.iter().any(is_id)
}

fn concerns(point: &Point, subject: &str) -> bool {
    point.id == subject || point.conditions.iter().any(|each| each == subject)
}

/// What each document of the operation says of a rule, one below the other, the oldest first.
fn print_across(comparison: &Comparison, end: &str) {
    anstream::println!("{} {end}", comparison.operation);
    for revision in &comparison.revisions {
        match revision.rule(end) {
            Some(rule) => print_rule(revision, rule),
            None => anstream::println!("  {}: not there", revision.id),
        }
    }
    anstream::println!();
}

fn print_rule(revision: &Revision, rule: &Rule) {
    anstream::println!("  {}  [{}]", rule.id, contradiction(rule));
    anstream::println!("    {}", rule.text);
    anstream::println!("    source: {}", rule.citation);
    if let Some(reason) = &rule.unobservable {
        anstream::println!("    not observable: {reason}");
    }
    for answer in revision.answers(rule) {
        anstream::println!("    answers {answer}");
    }
}

fn print_point(point: &Point) {
    anstream::println!("open point {}", point.id);
    anstream::println!("  {}", point.question);
    anstream::println!("  evidence: {}", point.evidence);
    for reading in &point.readings {
        anstream::println!("  - {}: {}", reading.name, reading.text);
    }
    anstream::println!();
}

fn print_condition(spec: &Spec, name: &str) {
    anstream::println!("condition {name} is answered by");
    for (operation, facts) in spec.operations() {
        for row in &facts.rows {
            let has = spec.condition(name).is_some_and(|condition| row.conditions.has(condition));
            if has {
                anstream::println!("  {operation}: {} {}", row.status, row.code);
            }
        }
    }
    anstream::println!();
}
