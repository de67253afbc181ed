//! The arguments of a call as the Alibaba operations read them: texts and lists of texts.

use crate::call::Arguments;
use serde_json::Value;

/// A resource named by type and id; either may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// `ResourceType`.
    pub kind: Option<&'a str>,
    /// `ResourceId`.
    pub id: Option<&'a str>,
}

/// A view on the arguments of a call.
#[derive(Clone, Copy, Debug)]
pub struct View<'a>(pub &'a Arguments);

impl<'a> View<'a> {
    /// A parameter that is a text.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A parameter that is a truth value; real clients write `true` and `True`.
    pub fn flag(self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// A parameter that is a list of texts; what is no text counts as empty.
    pub fn texts(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.list(name).iter().map(|value| value.as_str().unwrap_or(""))
    }

    /// The entries of a list; none if there is no such list.
    pub fn list(self, name: &str) -> &'a [Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// `Resources`.
    pub fn pairs(self) -> impl Iterator<Item = Pair<'a>> {
        self.list("Resources").iter().map(|value| Pair {
            kind: value.get("ResourceType").and_then(Value::as_str),
            id: value.get("ResourceId").and_then(Value::as_str),
        })
    }

    /// Whether some parameter has a key that is no plain name, such as an index out of order.
    pub fn is_irregular(self) -> bool {
        self.0.keys().any(|key| key.contains('.'))
    }
}
