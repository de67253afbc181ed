//! Replies in JSON: written in the documented order, read without any leniency.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Number, Value};
use sharespec_model::call::{Body, Reply};

use super::malformed::Malformed;
use super::reply::NESTING_LIMIT;

/// The members of an error before all others.
const ERROR_ORDER: [&str; 3] = ["RequestId", "Code", "Message"];

/// Writes a reply.
pub(super) fn write(reply: &Reply) -> Vec<u8> {
    serde_json::to_vec(&Ordered(reply)).unwrap_or_default()
}

struct Ordered<'a>(&'a Reply);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(request_id) = &self.0.request_id {
            map.serialize_entry("RequestId", request_id)?;
        }
        match &self.0.body {
            Body::Success(members) => {
                let written = |name: &str| name == "RequestId" && self.0.request_id.is_some();
                for (name, value) in members.iter().filter(|(name, _)| !written(name)) {
                    map.serialize_entry(name, value)?;
                }
            }
            Body::Error { code, message, extra } => {
                if let Some(host) = extra.get("HostId") {
                    map.serialize_entry("HostId", host)?;
                }
                map.serialize_entry("Code", code)?;
                map.serialize_entry("Message", message)?;
                let written = |name: &str| name == "HostId" || ERROR_ORDER.contains(&name);
                for (name, value) in extra.iter().filter(|(name, _)| !written(name)) {
                    map.serialize_entry(name, value)?;
                }
            }
        }
        map.end()
    }
}

/// Reads the one object that `text` is.
///
/// # Errors
/// Syntax, nesting, a member that comes twice, something after the object, or no object.
pub(crate) fn read(text: &str) -> Result<Map<String, Value>, Malformed> {
    let reason = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Strict { depth: 0, reason: &reason };
    let not_json = |error: serde_json::Error| {
        let detail = error.to_string();
        reason.take().unwrap_or(Malformed::NotJson { detail })
    };
    let value = seed.deserialize(&mut deserializer).map_err(not_json)?;
    deserializer.end().map_err(|_| Malformed::TrailingData)?;
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Malformed::NotAnObject),
    }
}

/// Builds a value and stops at what lenient readers let pass.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    reason: &'a Cell<Option<Malformed>>,
}

impl Strict<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        match self.depth < NESTING_LIMIT {
            true => Ok(Self { depth: self.depth + 1, ..self }),
            false => Err(self.refuse(Malformed::NestedTooDeep)),
        }
    }

    fn refuse<E: Error>(self, reason: Malformed) -> E {
        let error = E::custom(&reason);
        self.reason.set(Some(reason));
        error
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut entries = Vec::new();
        while let Some(entry) = sequence.next_element_seed(inner)? {
            entries.push(entry);
        }
        Ok(Value::Array(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut members = Map::new();
        while let Some(member) = object.next_key::<String>()? {
            if members.contains_key(&member) {
                return Err(self.refuse(Malformed::DuplicateMember { member }));
            }
            let value = object.next_value_seed(inner)?;
            members.insert(member, value);
        }
        Ok(Value::Object(members))
    }
}
