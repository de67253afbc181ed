//! Entries of lists after a gap, where the document has every number: they count like any other.

use serde_json::{Map, Value};
use sharespec_model::call::Arguments;
use sharespec_model::spec::OperationSpec;
use sharespec_wire::alibaba::{Incoming, parameter};
use sharespec_wire::http::Request;
use std::collections::BTreeMap;

/// Adds the entries after gaps to the arguments. Returns the keys that follow no rule even so.
pub fn fill<'a>(
    operation: &OperationSpec,
    request: &Request,
    incoming: &'a Incoming,
    arguments: &mut Arguments,
) -> Vec<&'a String> {
    let mut entries: BTreeMap<(&str, u32), Value> = BTreeMap::new();
    let mut left = Vec::new();
    for key in &incoming.irregular {
        let found = place(operation, arguments, key)
            .and_then(|place| Some((place, parameter(request, key)?)));
        let Some(((name, number, field), text)) = found else {
            left.push(key);
            continue;
        };
        let entry = entries.entry((name, number));
        match field {
            None => drop(entry.or_insert_with(|| Value::String(text))),
            Some(field) => {
                let entry = entry.or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(fields) = entry {
                    fields.insert(field.to_owned(), Value::String(text));
                }
            }
        }
    }
    for ((name, _), entry) in entries {
        let list = arguments.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(entry);
        }
    }
    left
}

/// The list, the number and the field of a key, if the document has the number and the call has no
/// entry of it.
fn place<'a>(
    operation: &OperationSpec,
    arguments: &Arguments,
    key: &'a str,
) -> Option<(&'a str, u32, Option<&'a str>)> {
    let (parameter, number, field) = operation.entry(key)?;
    let name = key.split('.').next()?;
    let given = arguments.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    (number as usize > given && number <= parameter.max_items?).then_some((name, number, field))
}
