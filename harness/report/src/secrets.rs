//! Events without secrets: the last gate before anything is written, whatever a target echoes.

use serde_json::Value;
use sharespec_events::{Event, NoteEvent};

/// What stands in place of a secret.
const MASK: &str = "***";

/// Members whose values come from sharespec's own vocabulary and are never masked.
const OWN: [&str; 14] = [
    "type",
    "id",
    "outcome",
    "operation",
    "rules",
    "rule",
    "hash",
    "name",
    "verdict",
    "level",
    "check",
    "kind",
    "step",
    "started",
];

/// The event with `***` for every one of `secrets`; nothing if none occurs in it. Longer secrets
/// come first.
pub fn hidden(event: &Event, secrets: &[String]) -> Option<Event> {
    if secrets.is_empty() {
        return None;
    }
    let mut value = serde_json::to_value(event).ok()?;
    if !hide(&mut value, secrets) {
        return None;
    }
    Some(serde_json::from_value(value).unwrap_or_else(|_| {
        // A secret that is part of the form itself: nothing of the event can be shown.
        let text = "an event was left out, as a secret could not be taken out of it".to_owned();
        Event::Note(NoteEvent { text })
    }))
}

/// Masks what occurs in a value, and says whether anything did.
fn hide(value: &mut Value, secrets: &[String]) -> bool {
    let mut found = false;
    match value {
        Value::String(text) => {
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                if text.contains(secret.as_str()) {
                    *text = text.replace(secret.as_str(), MASK);
                    found = true;
                }
            }
        }
        Value::Array(values) => {
            for each in values {
                found |= hide(each, secrets);
            }
        }
        Value::Object(members) => {
            for (name, each) in members {
                let own = OWN.contains(&name.as_str()) && !each.is_object();
                found |= !own && hide(each, secrets);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharespec_events::{CaseEvent, Outcome};

    #[test]
    fn secrets_are_taken_out_of_whatever_a_target_echoes() {
        let mut case = CaseEvent::new("a/pass", "Op", Outcome::Pass);
        case.answer = Some(serde_json::json!({ "Message": ["signed with hunter2 by pass"] }));
        let secrets = ["hunter2".to_owned(), "pass".to_owned()];
        let Some(Event::Case(case)) = hidden(&case.into(), &secrets) else { panic!("a case") };
        assert_eq!((case.id.as_str(), case.outcome), ("a/pass", Outcome::Pass));
        assert_eq!(case.answer.unwrap()["Message"][0], "signed with *** by ***");
        let plain = CaseEvent::new("a", "Op", Outcome::Pass);
        assert_eq!(hidden(&plain.into(), &secrets), None);
    }
}
