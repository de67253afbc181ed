//! What a case needs of a world, found without playing it.

use crate::locks::Locks;
use crate::symbols::{self, Context, Made, Unresolved};
use serde_json::Value;
use sharespec_model::belief::Belief;
use sharespec_model::world::World;
use sharespec_wire::case::{Case, Step};
use std::collections::BTreeSet;

/// What a world lacks for each of some cases.
pub fn missing(world: &World, cases: &[Case]) -> Vec<Vec<String>> {
    let locks = Locks::new(world);
    cases.iter().map(|case| missing_for(world, &locks, case)).collect()
}

fn missing_for(world: &World, locks: &Locks, case: &Case) -> Vec<String> {
    let mut lacking = BTreeSet::new();
    let belief = Belief::new(world);
    let made = Made::new(String::new());
    let context = Context { world, belief: &belief, made: &made };
    let (steps, _) = case.steps();
    for step in &steps {
        let Step::Call(step) = step else { continue };
        if world.account(&step.call.caller).is_none() {
            lacking.insert(format!("an account `{}`", step.call.caller));
        }
        texts(&Value::Object(step.call.arguments.clone()), &mut |text| {
            if let Err(Unresolved::World(need)) = symbols::resolve(context, &Value::from(text)) {
                lacking.insert(need);
            }
        });
    }
    if let Err(need) = locks.suffice(&case.locks) {
        lacking.insert(format!("larger quotas: {need}"));
    }
    lacking.into_iter().collect()
}

fn texts(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter().for_each(|each| texts(each, visit)),
        Value::Object(members) => members.values().for_each(|each| texts(each, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
