//! Building, changing and mending whole cases.

use super::grammar::{Built, Grammar};
use super::swarm::{Feature, Scope, Swarm};
use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::case::{CASE_VERSION, CallStep, Case, Hook, Step};
use sharespec_wire::form::Form;
use std::collections::BTreeSet;

/// Builds a case, and says how each of its steps was made.
///
/// # Errors
/// Whatever the source of choice says; with bytes of the usual length there is no error.
pub fn build(
    choice: &mut Unstructured<'_>,
    grammar: &dyn Grammar,
    scope: &Scope,
    id: &str,
) -> Result<(Case, Vec<Built>)> {
    let swarm = Swarm::draw(choice, grammar, scope)?;
    // Most cases are short: what needs many calls is found by mutation too, what needs few soon.
    let ceiling = *choice.choose(&[4, 8, 8, 16, 24, scope.longest])?;
    let length = choice.int_in_range(2..=ceiling.clamp(2, scope.longest.max(2)))?;
    let (mut steps, mut built) = (Vec::new(), Vec::new());
    while built.len() < length && !choice.is_empty() {
        let next = next(choice, grammar, &swarm, &steps)?;
        steps.push(next.step.clone());
        built.push(next);
        if swarm.has(Feature::Reads) && choice.ratio(1_u8, 6)? {
            steps.push(Step::Read);
        }
    }
    let mut case = repair(grammar, scope, id, steps);
    case.one_connection = swarm.has(Feature::OneConnection);
    Ok((case, built))
}

/// One more step. A call that is made beside others knows nothing of what they do.
fn next(
    choice: &mut Unstructured<'_>,
    grammar: &dyn Grammar,
    swarm: &Swarm,
    steps: &[Step],
) -> Result<Built> {
    let beside = swarm.has(Feature::Together) && choice.ratio(1_u8, 3)?;
    let alone = |step: &Step| !matches!(step, Step::Call(call) if call.beside);
    let first = steps.iter().rposition(alone).filter(|_| beside);
    let near = first.and_then(|first| match steps.get(first) {
        Some(Step::Call(call)) if may_be_beside(call) => Some((first, call)),
        _ => None,
    });
    let (before, _) = steps.split_at(near.map_or(steps.len(), |(first, _)| first));
    let mut next = grammar.step(choice, swarm, before, near.map(|(_, call)| call))?;
    if let Step::Call(call) = &mut next.step {
        call.beside = near.is_some() && may_be_beside(call);
    }
    Ok(next)
}

/// Changes a case: one to four times, each in one thing.
///
/// # Errors
/// Whatever the source of choice says.
pub fn mutate(
    choice: &mut Unstructured<'_>,
    grammar: &dyn Grammar,
    scope: &Scope,
    id: &str,
    case: &Case,
    other: Option<&Case>,
) -> Result<Case> {
    let swarm = Swarm::draw(choice, grammar, scope)?;
    let mut steps = sequence_of(case);
    for _ in 0..=choice.int_in_range(0..=3)? {
        once(choice, grammar, &swarm, &mut steps, other)?;
        if choice.is_empty() {
            break;
        }
    }
    let mut mutated = repair(grammar, scope, id, steps);
    mutated.one_connection = case.one_connection ^ choice.ratio(1_u8, 20)?;
    Ok(mutated)
}

fn once(
    choice: &mut Unstructured<'_>,
    grammar: &dyn Grammar,
    swarm: &Swarm,
    steps: &mut Vec<Step>,
    other: Option<&Case>,
) -> Result<()> {
    let place = choice.int_in_range(0..=steps.len())?;
    let kind = choice.int_in_range(0..=12)?;
    match kind {
        0..=4 => {
            let (before, _) = steps.split_at(place);
            let step = next(choice, grammar, swarm, before)?.step;
            steps.insert(place, step);
        }
        5 | 6 => {
            let (before, rest) = steps.split_at_mut(place);
            if let Some(Step::Call(call)) = rest.first_mut() {
                grammar.change(choice, swarm, before, call)?;
            }
        }
        7 if place < steps.len() => drop(steps.remove(place)),
        8 => {
            if let Some(step) = steps.get(place).cloned() {
                let to = choice.int_in_range(place..=steps.len())?;
                steps.insert(to, step);
            }
        }
        9 if place + 1 < steps.len() => {
            let to = choice.int_in_range(0..=steps.len() - 1)?;
            steps.swap(place, to);
        }
        10 => {
            let Some(other) = other else { return Ok(()) };
            let donor = sequence_of(other);
            let from = choice.int_in_range(0..=donor.len())?;
            steps.truncate(place);
            steps.extend(donor.into_iter().skip(from));
        }
        11 => {
            if let Some(Step::Call(call)) = steps.get_mut(place) {
                call.beside ^= swarm.has(Feature::Together);
            }
        }
        _ => {
            if let Some(Step::Call(call)) = steps.get_mut(place) {
                call.unsettled ^= swarm.has(Feature::Unsettled);
            } else {
                steps.insert(place, Step::Read);
            }
        }
    }
    Ok(())
}

/// The steps of a case as they are played, as a sequence.
pub fn sequence_of(case: &Case) -> Vec<Step> {
    case.steps().0
}

/// How many calls are made at the same time at most: each order of them is looked at.
const MOST_TOGETHER: usize = 4;

/// Whether a call can be made at the same time as others: it makes no share, and nothing is wrong with how it
/// is sent.
fn may_be_beside(call: &CallStep) -> bool {
    let odd = |form: &Form| form.is_tampered() || form.omits_content_length();
    call.makes.is_none()
        && call.times == 1
        && !call.call.operation.starts_with("Create")
        && !call.form.as_ref().is_some_and(odd)
}

/// Leaves only those calls beside others that can be.
fn part(steps: &mut [Step]) {
    // How many calls are made together by now; none if no other can be made beside them.
    let mut together = 0;
    for step in steps {
        let Step::Call(call) = step else {
            together = 0;
            continue;
        };
        let may = may_be_beside(call);
        call.beside &= may && (1..MOST_TOGETHER).contains(&together);
        together = match (may, call.beside) {
            (false, _) => 0,
            (true, true) => together + 1,
            (true, false) => 1,
        };
    }
}

/// Makes a case of steps: none names a share that no step before it makes, and none is more than a target
/// lets be done.
pub fn repair(grammar: &dyn Grammar, scope: &Scope, id: &str, steps: Vec<Step>) -> Case {
    let mut made = BTreeSet::new();
    let (mut kept, mut calls, mut held) = (Vec::new(), 0, false);
    for step in steps {
        let keep = match &step {
            Step::Call(call) => {
                let operation = &call.call.operation;
                let there = grammar.operations().contains(&operation.as_str())
                    && !scope.absent.contains(operation)
                    && scope.caller.as_ref().is_none_or(|only| *only == call.call.caller);
                let lawful = scope.tampering || !call.form.as_ref().is_some_and(Form::is_tampered);
                let known = names_known(&Value::Object(call.call.arguments.clone()), &made);
                let fits = calls < scope.longest;
                let keep = there && lawful && known && fits;
                if keep {
                    made.extend(call.makes.clone());
                    calls += 1;
                }
                keep
            }
            // What is not released would hide that nothing ever settles.
            Step::Hook(Hook::Hold) => scope.hooks && !std::mem::replace(&mut held, true),
            Step::Hook(Hook::Release) => scope.hooks && std::mem::replace(&mut held, false),
            Step::Hook(Hook::Advance(_)) => scope.hooks,
            Step::Wait(_) => false,
            Step::Read | Step::Settle => !matches!(kept.last(), None | Some(Step::Read)),
        };
        if keep {
            kept.push(step);
        }
    }
    for step in &mut kept {
        if let Step::Call(call) = step {
            call.times = call.times.min(3);
            call.call.arguments.retain(|_, value| written(value));
        }
    }
    part(&mut kept);
    let test = kept.iter().rposition(|step| matches!(step, Step::Call(_))).unwrap_or(0);
    let mut case = Case {
        version: CASE_VERSION,
        id: id.to_owned(),
        base: kept,
        edit: None,
        test,
        provokes: Vec::new(),
        rules: Vec::new(),
        locks: Vec::new(),
        one_connection: false,
        made_up: true,
        found: None,
    };
    case.locks = grammar.locks(&case);
    case
}

/// Whether anything of a value can be written into a request. What can not is taken away: a call is what
/// is sent.
fn written(value: &mut Value) -> bool {
    match value {
        Value::Array(values) => {
            values.retain_mut(written);
            !values.is_empty()
        }
        Value::Object(members) => {
            members.retain(|_, member| written(member));
            !members.is_empty()
        }
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Whether every share that a value names was made by a step.
fn names_known(value: &Value, made: &BTreeSet<String>) -> bool {
    match value {
        Value::String(text) => {
            let symbol = text.split('|').next().unwrap_or_default();
            let share = symbol.strip_prefix("$share.").or_else(|| {
                symbol.strip_prefix("$invitation.").and_then(|rest| rest.split('.').next())
            });
            share.is_none_or(|name| made.contains(name))
        }
        Value::Array(values) => values.iter().all(|each| names_known(each, made)),
        Value::Object(members) => members.values().all(|each| names_known(each, made)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}
