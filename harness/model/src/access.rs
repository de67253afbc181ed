//! Access policies: what a user of an account may do, as far as the documents say how a policy is
//! read. Whatever they do not say is unclear, and an unclear policy neither allows nor denies.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A policy as it stands in a world file, in the form of RAM policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Policy {
    /// The version of the form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The statements.
    pub statement: Vec<Statement>,
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Statement {
    /// Whether it allows or denies.
    pub effect: Effect,
    /// The actions that it is about, such as `resourcesharing:*`.
    pub action: OneOrMany,
    /// The resources that it is about; only `*` is documented.
    pub resource: OneOrMany,
    /// Conditions: values by key by operator. All must hold.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub condition: BTreeMap<String, BTreeMap<String, OneOrMany>>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// A text, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// What a policy makes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It allows the call.
    Allowed,
    /// It does not.
    Denied,
    /// The documents do not say.
    Unclear,
}

/// What a call asks to do.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The action.
    pub action: &'a str,
    /// The value of each condition key that the documents define for the call; none if the call
    /// has no value, or several.
    pub keys: BTreeMap<&'a str, Option<String>>,
}

impl Policy {
    /// What the policy makes of a call: one statement must allow it, and none deny it.
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        let fits = |effect: Effect| {
            let statements = self.statement.iter().filter(move |each| each.effect == effect);
            statements.map(|each| each.fits(request)).max().unwrap_or(Fits::No)
        };
        match (fits(Effect::Deny), fits(Effect::Allow)) {
            (Fits::Yes, _) | (_, Fits::No) => Decision::Denied,
            (Fits::No, Fits::Yes) => Decision::Allowed,
            _ => Decision::Unclear,
        }
    }

    /// The policy without one condition key, as a server reads it that does not know the key.
    #[must_use]
    pub fn without_key(mut self, key: &str) -> Self {
        for condition in self.statement.iter_mut().map(|each| &mut each.condition) {
            condition.values_mut().for_each(|values| drop(values.remove(key)));
            condition.retain(|_, values| !values.is_empty());
        }
        self
    }
}

/// Whether a statement is about a call, from least to most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fits {
    No,
    Unclear,
    Yes,
}

impl Statement {
    fn fits(&self, request: &Request<'_>) -> Fits {
        let action = self.action.texts().iter().any(|pattern| matches(pattern, request.action));
        let resource = match self.resource.texts().iter().any(|text| text == "*") {
            true => Fits::Yes,
            false => Fits::Unclear,
        };
        let conditions = self.condition.iter().flat_map(|(operator, values)| {
            values.iter().map(move |(key, values)| holds(operator, key, values, request))
        });
        match action {
            true => conditions.chain([resource]).min().unwrap_or(Fits::Yes),
            false => Fits::No,
        }
    }
}

fn holds(operator: &str, key: &str, values: &OneOrMany, request: &Request<'_>) -> Fits {
    let Some(Some(found)) = request.keys.get(key) else { return Fits::Unclear };
    let mut values = values.texts().iter();
    let holds = match operator {
        "StringEquals" => values.any(|value| value == found),
        "StringNotEquals" => values.all(|value| value != found),
        "StringLike" => values.any(|value| matches(value, found)),
        "StringNotLike" => values.all(|value| !matches(value, found)),
        _ => return Fits::Unclear,
    };
    if holds { Fits::Yes } else { Fits::No }
}

/// Whether a pattern, in which `*` stands for any text and `?` for any letter, is a text.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for letter in pattern {
        let mut next = vec![false; text.len() + 1];
        let mut before = false;
        for (position, slot) in next.iter_mut().enumerate() {
            let here = reached.get(position).copied().unwrap_or(false);
            let last = position.checked_sub(1);
            let stepped = last.and_then(|last| reached.get(last)).copied().unwrap_or(false);
            let same = last.and_then(|last| text.get(last)).is_some_and(|found| *found == letter);
            *slot = match letter {
                '*' => here || before,
                '?' => stepped,
                _ => stepped && same,
            };
            before = *slot;
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn decide(statements: serde_json::Value, key: Option<&str>) -> Decision {
        let policy: Policy = serde_json::from_value(json!({ "Statement": statements })).unwrap();
        let keys = BTreeMap::from([("s:Key", key.map(str::to_owned))]);
        policy.decide(&Request { action: "s:Remove", keys })
    }

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("s:*", "s:Remove", true),
            ("s:?emove", "s:Remove", true),
            ("s:Rem", "s:Remove", false),
            ("*ove", "s:Remove", true),
            ("s:*m*e", "s:Remove", true),
            ("s:remove", "s:Remove", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn one_statement_allows_and_none_denies() {
        let statement = |effect: &str, action: &str| json!({ "Effect": effect, "Action": action, "Resource": "*" });
        let allow = statement("Allow", "s:Remove");
        assert_eq!(decide(json!([]), None), Decision::Denied);
        assert_eq!(decide(json!([allow]), None), Decision::Allowed);
        assert_eq!(decide(json!([statement("Allow", "s:Add")]), None), Decision::Denied);
        assert_eq!(decide(json!([allow, statement("Deny", "s:*")]), None), Decision::Denied);
        let part = json!({ "Effect": "Allow", "Action": ["s:*"], "Resource": "acs:s:*" });
        assert_eq!(decide(json!([part]), None), Decision::Unclear);
    }

    #[test]
    fn conditions_need_exactly_one_value() {
        let of = |operator: &str| {
            json!([{ "Effect": "Allow", "Action": "s:Remove", "Resource": "*",
                "Condition": { operator: { "s:Key": ["a", "b"] } } }])
        };
        assert_eq!(decide(of("StringEquals"), Some("b")), Decision::Allowed);
        assert_eq!(decide(of("StringEquals"), Some("c")), Decision::Denied);
        assert_eq!(decide(of("StringNotEquals"), Some("c")), Decision::Allowed);
        assert_eq!(decide(of("StringEquals"), None), Decision::Unclear);
        assert_eq!(decide(of("DateLessThan"), Some("a")), Decision::Unclear);
        let policy: Policy =
            serde_json::from_value(json!({ "Statement": of("StringEquals") })).unwrap();
        assert!(policy.without_key("s:Key").statement[0].condition.is_empty());
    }
}
