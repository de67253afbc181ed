//! Lists and records as numbered parameters: `Targets.1`, `Resources.1.ResourceId`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Value};
use sharespec_model::call::Arguments;

use super::form::Booleans;
use super::parameters::Parameter;

/// How many entries of one list are read; an entry beyond is irregular.
pub const MAXIMUM_ENTRIES: usize = 1000;

/// How deep values are written as parameters; what is deeper is written as one JSON text.
const MAXIMUM_DEPTH: usize = 8;

/// Writes arguments as parameters, in the order of the arguments.
///
/// Entries are numbered from 1. A null is left out but keeps its number, so that a null in a list
/// makes a gap. An empty list or record leaves nothing. Keys that already hold dots or numbers
/// are sent as they stand.
pub fn flatten(arguments: &Arguments, booleans: Booleans) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut parameters = Vec::with_capacity(arguments.len() + 8);
    for (name, value) in arguments {
        push(&mut parameters, Cow::Borrowed(name), value, booleans, MAXIMUM_DEPTH);
    }
    parameters
}

fn push<'a>(
    into: &mut Vec<Parameter<'a>>,
    name: Cow<'a, str>,
    value: &'a Value,
    booleans: Booleans,
    depth: usize,
) {
    let text = match value {
        Value::Null => return,
        Value::String(text) => Cow::Borrowed(text.as_str()),
        Value::Bool(truth) => Cow::Borrowed(boolean(*truth, booleans)),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Array(entries) if depth > 0 => {
            for (number, entry) in (1_usize..).zip(entries) {
                let name = Cow::Owned(format!("{name}.{number}"));
                push(into, name, entry, booleans, depth - 1);
            }
            return;
        }
        Value::Object(fields) if depth > 0 => {
            for (field, value) in fields {
                let name = Cow::Owned(format!("{name}.{field}"));
                push(into, name, value, booleans, depth - 1);
            }
            return;
        }
        Value::Array(_) | Value::Object(_) => Cow::Owned(value.to_string()),
    };
    into.push((name, text));
}

fn boolean(truth: bool, booleans: Booleans) -> &'static str {
    match (booleans, truth) {
        (Booleans::Lower, true) => "true",
        (Booleans::Lower, false) => "false",
        (Booleans::Capital, true) => "True",
        (Booleans::Capital, false) => "False",
    }
}

/// Reads parameters as arguments, and names the parameters that follow no rule.
///
/// `Name.N` and `Name.N.Field` make lists, whatever the name. What no document defines is left
/// out and its key is returned: entries after a gap, the number 0, leading zeros, numbers beyond
/// [`MAXIMUM_ENTRIES`], other keys with dots, a name that is both a list and a text (the list
/// stays), an entry that is both a record and a text, and a key that comes twice (the first
/// stays). The keys are sorted and come once each.
pub fn unflatten<'a>(
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (Arguments, Vec<String>) {
    let mut reader = Reader::default();
    for (key, value) in parameters {
        reader.take(key, value);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    arguments: Arguments,
    lists: BTreeMap<&'a str, BTreeMap<usize, Slot<'a>>>,
    irregular: Vec<String>,
}

enum Slot<'a> {
    Text(&'a str),
    Record(BTreeMap<&'a str, &'a str>),
}

impl<'a> Reader<'a> {
    fn take(&mut self, key: &'a str, value: &'a str) {
        let taken = match key.split_once('.') {
            None => self.take_text(key, value),
            Some((name, rest)) => self.take_entry(name, rest, value),
        };
        if !taken {
            self.irregular.push(key.to_owned());
        }
    }

    fn take_text(&mut self, key: &str, value: &str) -> bool {
        if self.arguments.contains_key(key) {
            return false;
        }
        self.arguments.insert(key.to_owned(), Value::String(value.to_owned()));
        true
    }

    fn take_entry(&mut self, name: &'a str, rest: &'a str, value: &'a str) -> bool {
        let (number, field) = match rest.split_once('.') {
            Some((number, field)) => (number, Some(field)),
            None => (rest, None),
        };
        let Some(number) = entry_number(number).filter(|_| !name.is_empty()) else { return false };
        if field.is_some_and(|field| field.is_empty() || field.contains('.')) {
            return false;
        }
        match (self.lists.entry(name).or_default().entry(number), field) {
            (Entry::Vacant(slot), None) => {
                slot.insert(Slot::Text(value));
                true
            }
            (Entry::Vacant(slot), Some(field)) => {
                slot.insert(Slot::Record(BTreeMap::from([(field, value)])));
                true
            }
            (Entry::Occupied(mut slot), Some(field)) => match slot.get_mut() {
                Slot::Record(fields) if !fields.contains_key(field) => {
                    fields.insert(field, value);
                    true
                }
                _ => false,
            },
            (Entry::Occupied(_), None) => false,
        }
    }

    fn finish(mut self) -> (Arguments, Vec<String>) {
        for (name, slots) in std::mem::take(&mut self.lists) {
            let mut entries = Vec::with_capacity(slots.len());
            for (number, slot) in slots {
                if number == entries.len() + 1 {
                    entries.push(slot.into_value());
                } else {
                    slot.name_keys(name, number, &mut self.irregular);
                }
            }
            let list = Value::Array(entries);
            if list.as_array().is_some_and(Vec::is_empty) {
                continue;
            }
            if self.arguments.insert(name.to_owned(), list).is_some() {
                self.irregular.push(name.to_owned());
            }
        }
        self.irregular.sort_unstable();
        self.irregular.dedup();
        (self.arguments, self.irregular)
    }
}

impl Slot<'_> {
    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.to_owned()),
            Self::Record(fields) => Value::Object(
                fields
                    .into_iter()
                    .map(|(field, value)| (field.to_owned(), Value::String(value.to_owned())))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    fn name_keys(&self, name: &str, number: usize, into: &mut Vec<String>) {
        match self {
            Self::Text(_) => into.push(format!("{name}.{number}")),
            Self::Record(fields) => {
                into.extend(fields.keys().map(|field| format!("{name}.{number}.{field}")));
            }
        }
    }
}

/// The number of an entry, if it is written as a canonical decimal from 1 to the maximum.
fn entry_number(text: &str) -> Option<usize> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.starts_with('0') || text.len() > 4 {
        return None;
    }
    text.parse().ok().filter(|number| (1..=MAXIMUM_ENTRIES).contains(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(parameters: &[(&str, &str)]) -> (Value, Vec<String>) {
        let (arguments, irregular) = unflatten(parameters.iter().copied());
        (Value::Object(arguments), irregular)
    }

    #[test]
    fn entries_are_ordered_by_number() {
        let many: Vec<String> = (1..=11).map(|number| format!("T.{number}")).collect();
        let mut keys: Vec<(&str, &str)> =
            many.iter().map(|key| (key.as_str(), &key[2..])).collect();
        keys.sort_unstable();
        let (arguments, irregular) = read(&keys);
        assert_eq!(arguments["T"][9], "10");
        assert_eq!(arguments["T"].as_array().unwrap().len(), 11);
        assert!(irregular.is_empty());
    }

    #[test]
    fn records_come_from_fields() {
        let (arguments, irregular) =
            read(&[("R.1.Id", "a"), ("R.2.Id", "b"), ("R.1.Type", "c"), ("Name", "d")]);
        let expected = json!({"R": [{"Id": "a", "Type": "c"}, {"Id": "b"}], "Name": "d"});
        assert_eq!(arguments, expected);
        assert!(irregular.is_empty());
    }

    #[test]
    fn everything_undefined_is_irregular() {
        type Case<'a> = (&'a [(&'a str, &'a str)], Value, &'a [&'a str]);
        let cases: &[Case<'_>] = &[
            (&[("T.1", "a"), ("T.3", "c")], json!({"T": ["a"]}), &["T.3"]),
            (&[("T.2", "b")], json!({}), &["T.2"]),
            (&[("T.0", "z"), ("T.1", "a")], json!({"T": ["a"]}), &["T.0"]),
            (&[("T.01", "z"), ("T.1", "a")], json!({"T": ["a"]}), &["T.01"]),
            (&[("T.1", "a"), ("T.1", "b")], json!({"T": ["a"]}), &["T.1"]),
            (&[("T", "x"), ("T.1", "a")], json!({"T": ["a"]}), &["T"]),
            (&[("N", "x"), ("N", "x")], json!({"N": "x"}), &["N"]),
            (&[("R.1", "x"), ("R.1.Id", "y")], json!({"R": ["x"]}), &["R.1.Id"]),
            (&[("R.1.Id", "y"), ("R.1", "x")], json!({"R": [{"Id": "y"}]}), &["R.1"]),
            (&[("R.2.Id", "y")], json!({}), &["R.2.Id"]),
            (&[("R.1.Id", "y"), ("R.1.Id", "z")], json!({"R": [{"Id": "y"}]}), &["R.1.Id"]),
            (&[("T.1001", "x")], json!({}), &["T.1001"]),
            (&[("T.99999999999999999999999", "x")], json!({}), &["T.99999999999999999999999"]),
            (&[("T.+1", "x"), ("T.-1", "x")], json!({}), &["T.+1", "T.-1"]),
            (&[("T.", "x"), (".1", "x"), (".", "x")], json!({}), &[".", ".1", "T."]),
            (&[("T.1.", "x"), ("T.1.a.b", "x")], json!({}), &["T.1.", "T.1.a.b"]),
            (&[("A.B", "x")], json!({}), &["A.B"]),
        ];
        for (parameters, arguments, irregular) in cases {
            let found = read(parameters);
            assert_eq!(found.0, *arguments, "{parameters:?}");
            assert_eq!(found.1, *irregular, "{parameters:?}");
        }
    }

    #[test]
    fn writes_kinds_nulls_and_ready_keys() {
        let arguments = json!({
            "A": true, "B": 12, "C": [null, "x"], "D": [], "E": null, "T.3": "y",
            "R": [{"Id": "a", "N": null}, false],
        });
        let flat = flatten(arguments.as_object().unwrap(), Booleans::Capital);
        let mut flat: Vec<(&str, &str)> =
            flat.iter().map(|(key, value)| (key.as_ref(), value.as_ref())).collect();
        flat.sort_unstable();
        let expected = [
            ("A", "True"),
            ("B", "12"),
            ("C.2", "x"),
            ("R.1.Id", "a"),
            ("R.2", "False"),
            ("T.3", "y"),
        ];
        assert_eq!(flat, expected);
    }

    #[test]
    fn deep_values_do_not_recurse_without_bound() {
        let mut value = json!("x");
        for _ in 0..100 {
            value = json!([value]);
        }
        let arguments = Map::from_iter([("A".to_owned(), value)]);
        let flat = flatten(&arguments, Booleans::Lower);
        assert_eq!(flat.len(), 1);
        assert_eq!(flat[0].0, "A.1.1.1.1.1.1.1.1");
    }
}
