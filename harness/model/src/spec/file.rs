//! Spec tables as they stand in their files.

use super::{Level, MemberKind, Point, Presence, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    pub(super) id: String,
    pub(super) api: String,
    pub(super) title: String,
    pub(super) revision: String,
    /// The document that this one takes the place of.
    #[serde(default)]
    pub(super) supersedes: Option<String>,
    /// The readings of open points that a target follows which claims the document.
    #[serde(default)]
    pub(super) follows: Vec<String>,
    pub(super) source: String,
    pub(super) operation: Vec<OperationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OperationFile {
    pub(super) name: String,
    pub(super) parameters: Vec<ParameterFile>,
    pub(super) members: Vec<MemberFile>,
    pub(super) errors: Vec<ErrorFile>,
    pub(super) rules: Vec<RuleFile>,
    #[serde(default)]
    pub(super) authorization: Option<AuthorizationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthorizationFile {
    pub(super) action: String,
    pub(super) access: String,
    pub(super) resource: String,
    pub(super) condition_keys: Vec<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterFile {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) required: bool,
    #[serde(default)]
    pub(super) max_items: Option<u32>,
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) default: Option<String>,
    #[serde(default)]
    pub(super) numbered: bool,
    #[serde(default)]
    pub(super) members_only: bool,
    #[serde(default)]
    pub(super) contradicted_by: Vec<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberFile {
    pub(super) path: String,
    #[serde(rename = "type")]
    pub(super) kind: MemberKind,
    pub(super) presence: Presence,
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) unobservable: Option<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ErrorFile {
    pub(super) status: u16,
    pub(super) code: String,
    /// The documented message; none if the documents have none.
    #[serde(default)]
    pub(super) message: Option<String>,
    /// What the document says of it, if it is no message.
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) when: Vec<String>,
    #[serde(default)]
    pub(super) unobservable: Option<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) id: String,
    pub(super) level: Level,
    pub(super) checks: Vec<String>,
    pub(super) text: String,
    #[serde(default)]
    pub(super) when: Vec<String>,
    #[serde(default)]
    pub(super) wants: Option<Wants>,
    #[serde(default)]
    pub(super) contradicted_by: Vec<String>,
    #[serde(default)]
    pub(super) unobservable: Option<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the field is part of the table")]
pub(super) struct PointsFile {
    pub(super) api: String,
    pub(super) point: Vec<Point>,
}

impl DocumentFile {
    /// Whether the document is about one operation.
    pub(super) fn is_of_one_operation(&self) -> bool {
        self.operation.len() == 1
    }
}

/// A parameter in words.
pub(super) fn parameter_text(parameter: &ParameterFile) -> String {
    let mut text = format!("`{}` is a {}", parameter.name, parameter.kind);
    if parameter.required {
        text.push_str(" that every call has");
    }
    if let Some(max) = parameter.max_items {
        text.push_str(&format!(", of at most {max} entries"));
    }
    if parameter.numbered {
        text.push_str(", numbered from 1 to that");
    }
    if parameter.members_only {
        text.push_str(", of member accounts");
    }
    if !parameter.values.is_empty() {
        text.push_str(&format!(", one of {}", parameter.values.join(", ")));
    }
    if let Some(default) = &parameter.default {
        text.push_str(&format!(", by default {default}"));
    }
    text.push('.');
    text
}

impl AuthorizationFile {
    /// The rules of the table: ends of their ids, with what they say.
    pub(super) fn rules(&self) -> Vec<(String, String)> {
        let Self { action, access, resource, .. } = self;
        let text =
            format!("`{action}` ({access}) on the resource {resource} allows a user the call.");
        let mut rules = vec![("authorization/action".to_owned(), text)];
        for key in &self.condition_keys {
            let name = key.split_once(':').map_or(key.as_str(), |(_, name)| name);
            let text = format!("A policy may depend on `{key}`.");
            rules.push((format!("authorization/{name}"), text));
        }
        rules
    }
}
