//! `clientToken`: what comes again is answered as before, and what only seems to come again is not.

use super::conditions as c;
use super::evaluate::Scene;
use crate::call::Arguments;
use crate::evaluation::Evaluation;
use crate::set::Set;
use crate::spent::Spent;
use crate::status::ShareStatus;
use serde_json::Value;

/// How long a token can be that every server takes, in characters.
const LONGEST: usize = 64;

/// What a token makes of a call.
#[derive(Debug)]
pub enum Repeats {
    /// The call stands for itself.
    No,
    /// It may repeat one that was accepted.
    Perhaps,
    /// It repeats this one.
    Certainly(Spent),
}

/// The conditions of the token of a call, and whether the call comes again by it.
pub fn evaluate(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Repeats {
    let Some(token) = scene.text("clientToken") else { return Repeats::No };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let odd = token.is_empty() || token.len() > LONGEST || !token.chars().all(plain);
    evaluation.holds_if(odd, c::CLIENT_TOKEN_ODD);
    let mut arguments = scene.call.arguments.clone();
    arguments.remove("clientToken");
    let mut repeats = Repeats::No;
    let own = |spent: &&Spent| {
        let whose = spent.token == token && spent.caller == scene.caller;
        whose && spent.operation == scene.call.operation
    };
    let deletes = scene.call.operation == "DeleteResourceShare";
    // What was refused since does not keep a call from coming again.
    let again = scene
        .facts
        .spent()
        .iter()
        .filter(own)
        .any(|spent| spent.arguments == arguments && spent.accepted == Set::only(true));
    for spent in scene.facts.spent() {
        if spent.token != token || spent.caller != scene.caller {
            continue;
        }
        if spent.operation != scene.call.operation {
            if spent.accepted.has(true) {
                evaluation.holds(c::CLIENT_TOKEN_OTHER_OPERATION);
            }
            continue;
        }
        let certain = spent.accepted == Set::only(true);
        match (spent.arguments == arguments, certain) {
            // Whether what was done to a share is told when the share is gone is open.
            (true, true) if !deletes && may_be_gone(scene, spent) => {
                evaluation.holds(c::CLIENT_TOKEN_UNCERTAIN);
                repeats = Repeats::Perhaps;
            }
            (true, true) => repeats = Repeats::Certainly(spent.clone()),
            // Whether it is the first or comes again is not known: it may be answered as before.
            (true, false) => {
                evaluation.holds(c::CLIENT_TOKEN_UNCERTAIN);
                if spent.accepted.has(true) && matches!(repeats, Repeats::No) {
                    repeats = Repeats::Perhaps;
                }
            }
            (false, _) if sorted(&spent.arguments) == sorted(&arguments) => {
                evaluation.holds(c::CLIENT_TOKEN_REORDERED);
            }
            (false, true) => evaluation.holds(c::CLIENT_TOKEN_MISMATCH),
            // What was refused may have used its token up.
            (false, false) => evaluation.holds_if(!again, c::CLIENT_TOKEN_MAYBE),
        }
    }
    if odd { Repeats::No } else { repeats }
}

/// Whether the share of a call may be deleted by now, or be about to be.
fn may_be_gone(scene: Scene<'_>, spent: &Spent) -> bool {
    let here = Set::of(&[ShareStatus::Pending, ShareStatus::Active]);
    let mut gone = false;
    scene.facts.shares(&mut |share| {
        gone |= spent.share == Some(share.handle) && !share.status.within(here);
    });
    gone
}

/// The arguments with the entries of lists in one order, each once, and without what is empty.
fn sorted(arguments: &Arguments) -> Vec<(&String, Value)> {
    let sorted = arguments.iter().map(|(name, value)| match value {
        Value::Array(entries) => {
            let mut texts: Vec<String> = entries.iter().map(Value::to_string).collect();
            texts.sort();
            texts.dedup();
            (name, Value::from(texts))
        }
        value => (name, value.clone()),
    });
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    sorted.filter(|(_, value)| !empty(value)).collect()
}
