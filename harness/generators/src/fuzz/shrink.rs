//! Shrinking: the cases that are a little simpler than one, the boldest first. Whoever plays them keeps
//! the first that still fails in the same way, and asks again.

use super::edit::repair;
use super::grammar::Grammar;
use super::swarm::Scope;
use serde_json::Value;
use sharespec_wire::case::{CallStep, Case, Step};
use sharespec_wire::form::Form;
use std::cmp::Reverse;
use std::collections::HashSet;

/// How many pairs of steps are tried to be left out together.
const MOST_PAIRS: usize = 200;

/// The cases that are simpler than this one: without chunks of steps, without pairs of steps (what makes a
/// thing and what needs it), without elements, with simpler values. None has more in it than the case.
pub fn simpler(grammar: &dyn Grammar, scope: &Scope, case: &Case) -> Vec<Case> {
    let mut found = Candidates::new(grammar, scope, case);
    found.chunks();
    found.pairs();
    for place in 0..case.base.len() {
        if let Some(Step::Call(call)) = case.base.get(place) {
            found.elements(place, call);
            found.values(place, call);
        }
    }
    if case.one_connection {
        found.push(Case { one_connection: false, ..case.clone() });
    }
    found.cases
}

/// How much there is in a case: steps first, then arguments and entries, then how they are written.
pub fn size(case: &Case) -> [usize; 3] {
    let mut size = [case.base.len(), 0, usize::from(case.one_connection)];
    let [_, entries, letters] = &mut size;
    for step in &case.base {
        let Step::Call(call) = step else { continue };
        *letters += call.call.caller.len();
        *letters += usize::from(call.unsettled) + usize::from(call.beside);
        *letters += 20 * usize::from(call.form.is_some()) + call.times as usize;
        for value in call.call.arguments.values() {
            *entries += 1;
            count(value, entries, letters);
        }
    }
    size
}

fn count(value: &Value, entries: &mut usize, letters: &mut usize) {
    match value {
        Value::Array(values) => {
            *entries += values.len();
            values.iter().for_each(|each| count(each, entries, letters));
        }
        Value::Object(members) => members.values().for_each(|each| count(each, entries, letters)),
        Value::String(text) => *letters += text.len() + 5 * usize::from(text.contains('|')),
        Value::Null | Value::Bool(_) | Value::Number(_) => *letters += 1,
    }
}

struct Candidates<'a> {
    grammar: &'a dyn Grammar,
    scope: &'a Scope,
    case: &'a Case,
    seen: HashSet<String>,
    cases: Vec<Case>,
}

impl<'a> Candidates<'a> {
    fn new(grammar: &'a dyn Grammar, scope: &'a Scope, case: &'a Case) -> Self {
        let seen = HashSet::from([content(case)]);
        Self { grammar, scope, case, seen, cases: Vec::new() }
    }

    fn push(&mut self, case: Case) {
        let smaller = size(&case) < size(self.case);
        if smaller && !case.base.is_empty() && self.seen.insert(content(&case)) {
            self.cases.push(case);
        }
    }

    fn steps(&mut self, steps: Vec<Step>) {
        let mut case = repair(self.grammar, self.scope, &self.case.id, steps);
        case.one_connection = self.case.one_connection;
        case.found.clone_from(&self.case.found);
        self.push(case);
    }

    fn without(&mut self, left_out: impl Fn(usize) -> bool) {
        let steps = self.case.base.iter().enumerate();
        let kept = steps.filter(|(place, _)| !left_out(*place)).map(|(_, step)| step.clone());
        let kept: Vec<Step> = kept.collect();
        self.steps(kept);
    }

    fn chunks(&mut self) {
        let length = self.case.base.len();
        let mut size = length / 2;
        while size > 0 {
            // From the end: what comes after the failure is needed least.
            for from in (0..length).step_by(size).collect::<Vec<_>>().into_iter().rev() {
                self.without(|place| (from..from + size).contains(&place));
            }
            size /= 2;
        }
    }

    fn pairs(&mut self) {
        let length = self.case.base.len();
        let pairs = (0..length).flat_map(|one| (one + 1..length).map(move |other| (one, other)));
        let mut pairs: Vec<(usize, usize)> = pairs.collect();
        pairs.sort_by_key(|(one, other)| (other - one, Reverse(*other)));
        for (one, other) in pairs.into_iter().take(MOST_PAIRS) {
            self.without(|place| place == one || place == other);
        }
    }

    fn with(&mut self, place: usize, change: impl FnOnce(&mut CallStep)) {
        let mut steps = self.case.base.clone();
        if let Some(Step::Call(call)) = steps.get_mut(place) {
            change(call);
            self.steps(steps);
        }
    }

    fn elements(&mut self, place: usize, call: &CallStep) {
        for (name, value) in &call.call.arguments {
            self.with(place, |call| drop(call.call.arguments.remove(name)));
            let entries = value.as_array().map_or(0, Vec::len);
            let half = entries / 2;
            for (from, to) in
                [(0, half), (half, entries)].into_iter().chain((0..entries).map(|at| (at, at + 1)))
            {
                self.with(place, |call| {
                    if let Some(Value::Array(list)) = call.call.arguments.get_mut(name) {
                        drop(list.drain(from..to.min(list.len())));
                    }
                });
            }
        }
    }

    fn values(&mut self, place: usize, call: &CallStep) {
        self.with(place, |call| call.form = None);
        if let Some(tamper) = call.form.as_ref().and_then(Form::tamper) {
            self.with(place, |call| call.form = Some(tamper.put_into(None)));
        }
        self.with(place, |call| call.times = 1);
        self.with(place, |call| call.unsettled = false);
        self.with(place, |call| call.beside = false);
        for (name, value) in &call.call.arguments {
            for simpler in simpler_values(value) {
                self.with(place, |call| {
                    call.call.arguments.insert(name.clone(), simpler);
                });
            }
        }
    }
}

/// Simpler values in place of one, of the same kind.
fn simpler_values(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => simpler_texts(text).into_iter().map(Value::from).collect(),
        Value::Array(entries) => {
            let mut simpler = Vec::new();
            for (place, entry) in entries.iter().enumerate() {
                for other in simpler_values(entry) {
                    let mut changed = entries.clone();
                    if let Some(entry) = changed.get_mut(place) {
                        *entry = other;
                    }
                    simpler.push(Value::Array(changed));
                }
            }
            simpler
        }
        Value::Object(members) => {
            let mut simpler = Vec::new();
            for (name, member) in members {
                for other in simpler_values(member) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), other);
                    simpler.push(Value::Object(changed));
                }
            }
            simpler
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn simpler_texts(text: &str) -> Vec<String> {
    if let Some((symbol, _)) = text.split_once('|') {
        return vec![symbol.to_owned()];
    }
    if text.starts_with('$') {
        return Vec::new();
    }
    let letters: Vec<char> = text.chars().collect();
    let half: String = letters.iter().take(letters.len() / 2).collect();
    let shorter: String = letters.iter().take(letters.len().saturating_sub(1)).collect();
    match letters.len() {
        0 => Vec::new(),
        1 => vec![String::new()],
        _ => vec![String::new(), half, shorter],
    }
}

/// What tells a case from another, its id aside.
fn content(case: &Case) -> String {
    serde_json::to_string(&(&case.base, case.one_connection)).unwrap_or_default()
}
