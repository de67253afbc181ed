//! `explain`: what a rule, an error code, a condition, an open point or a case is about.

use crate::arguments::ExplainArguments;
use crate::failure::Failure;
use anyhow::anyhow;
use sharespec_events::exit;
use sharespec_generators::alibaba;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::api::Api;
use sharespec_model::spec::{Point, Rule, Spec};
use sharespec_model::world::World;
use sharespec_runner::rules_of;

/// Explains whatever has the name.
pub fn explain(arguments: &ExplainArguments) -> Result<u8, Failure> {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD)?;
    let api = Alibaba::new(world)?;
    let spec = api.spec();
    let subject = arguments.subject.as_str();
    let mut found = false;
    for rule in spec.rules.iter().filter(|rule| names(rule, subject)) {
        found = true;
        print_rule(spec, rule);
    }
    for point in spec.points.iter().filter(|point| concerns(point, subject)) {
        found = true;
        print_point(point);
    }
    if spec.condition(subject).is_some() {
        found = true;
        print_condition(spec, subject);
    }
    if let Some(case) = alibaba().iter().find(|case| case.id == subject) {
        found = true;
        anstream::println!("case {subject}: it cites");
        for id in rules_of(spec, case, &[]) {
            if let Some(rule) = spec.rule_named(&id).and_then(|index| spec.rule(index)) {
                print_rule(spec, rule);
            }
        }
    }
    match found {
        true => Ok(exit::CONFORMS),
        false => Err(Failure::usage(anyhow!("nothing is called `{subject}`"))
            .hint("give a rule id, an error code such as DisassociateInvalid, a condition, an open point or a case")),
    }
}

fn names(rule: &Rule, subject: &str) -> bool {
    rule.id == subject || rule.id.ends_with(&format!("/error/{subject}"))
}

fn concerns(point: &Point, subject: &str) -> bool {
    point.id == subject || point.conditions.iter().any(|each| each == subject)
}

fn print_rule(spec: &Spec, rule: &Rule) {
    anstream::println!("{}  [{:?}]", rule.id, rule.level);
    anstream::println!("  {}", rule.text);
    anstream::println!("  source: {}", rule.citation);
    if let Some(reason) = &rule.unobservable {
        anstream::println!("  not observable: {reason}");
    }
    let Some(operation) = spec.operation(&rule.operation) else { return };
    let index = spec.rule_named(&rule.id);
    for row in operation.rows.iter().filter(|row| row.rule.is_some() && row.rule == index) {
        for condition in row.conditions.iter() {
            let readings = row.readings.iter().filter(|(each, _)| *each == condition);
            let readings: Vec<String> =
                readings.map(|(_, reading)| spec.reading_name(*reading)).collect();
            let presumed = match readings.is_empty() {
                true => String::new(),
                false => format!("  under {}", readings.join(", ")),
            };
            anstream::println!("  answers {}{presumed}", spec.condition_name(condition));
        }
    }
    anstream::println!();
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
