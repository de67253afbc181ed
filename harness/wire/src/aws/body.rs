//! The arguments of a received request: members of its body or parameters of its query.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use sharespec_model::aws::conditions as c;
use sharespec_model::call::Arguments;
use sharespec_model::condition::Condition;

use super::operations::{Kind, Operation};
use crate::alibaba::{Malformed, read_json};
use crate::http::Request;

/// What the body and the query of a request say.
#[derive(Default)]
pub(super) struct Content {
    /// The arguments, without nulls.
    pub(super) arguments: Arguments,
    /// The names of parameters that the operation does not have, of those that come twice, and of
    /// members that are null; sorted.
    pub(super) irregular: Vec<String>,
    /// What is wrong.
    pub(super) wrong: Vec<Condition>,
}

impl Content {
    /// Reads a request to `operation`.
    pub(super) fn read(request: &Request, operation: &Operation) -> Self {
        let mut content = Self::default();
        content.read_query(request, operation);
        if operation.has_body() {
            let members = content.read_body(&request.body);
            content.take(members, operation);
        }
        content.irregular.sort_unstable();
        content.irregular.dedup();
        content
    }

    /// Reads the parameters of the query. A broken escape stands for itself, and what is not UTF-8
    /// is replaced.
    fn read_query(&mut self, request: &Request, operation: &Operation) {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name), decode(value));
            let kind = operation.member(&name).filter(|_| operation.is_in_query());
            let Some(kind) = kind else {
                self.wrong.push(c::GATEWAY_QUERY_UNKNOWN);
                self.irregular.push(name);
                continue;
            };
            if self.arguments.contains_key(&name) {
                self.irregular.push(name);
                continue;
            }
            let value = match (kind, value.parse::<i64>()) {
                (Kind::Number, Ok(number)) => Value::from(number),
                _ => Value::String(value),
            };
            self.arguments.insert(name, value);
        }
    }

    /// The members of a body: as far as they can be read, and the last where one comes twice.
    fn read_body(&mut self, body: &[u8]) -> Map<String, Value> {
        if body.is_empty() {
            self.wrong.push(c::GATEWAY_BODY_EMPTY);
            return Map::new();
        }
        let Ok(text) = std::str::from_utf8(body) else {
            self.wrong.push(c::GATEWAY_BODY_MALFORMED);
            return Map::new();
        };
        // What comes after the first thing that is wrong may be anything.
        let whole = serde_json::from_str::<Value>(text);
        let (condition, members) = match (read_json(text), whole) {
            (Ok(members), _) => return members,
            (Err(Malformed::DuplicateMember { .. }), Ok(Value::Object(members))) => {
                (c::GATEWAY_MEMBER_TWICE, members)
            }
            (Err(Malformed::NotAnObject), _) => (c::GATEWAY_BODY_NOT_OBJECT, Map::new()),
            _ => (c::GATEWAY_BODY_MALFORMED, Map::new()),
        };
        self.wrong.push(condition);
        members
    }

    fn take(&mut self, members: Map<String, Value>, operation: &Operation) {
        for (name, value) in members {
            let known = operation.member(&name);
            let misfit = known.map(|kind| kind.misfit(&value)).unwrap_or_default();
            let found = [
                (misfit.of_type, c::GATEWAY_MEMBER_TYPE),
                (misfit.null_entry, c::GATEWAY_ENTRY_NULL),
                (value.is_null(), c::GATEWAY_MEMBER_NULL),
            ];
            self.wrong.extend(found.iter().filter(|(holds, _)| *holds).map(|(_, each)| *each));
            match value {
                Value::Null => self.irregular.push(name),
                value => drop(self.arguments.insert(name, value)),
            }
        }
    }
}
