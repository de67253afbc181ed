//! What changes do to replies and responses, lawful or not: members, rows, headers, bodies.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};
use sharespec_wire::http::{Response, header};

/// The members that hold lists of rows.
const LISTS: [&str; 12] = [
    "ResourceShareAssociations",
    "ResourceShares",
    "SharedResources",
    "SharedTargets",
    "ResourceShareInvitations",
    "Permissions",
    "Regions",
    "resourceShareAssociations",
    "resourceShares",
    "resources",
    "principals",
    "resourceShareInvitations",
];

/// The members that hold one row.
const RECORDS: [&str; 4] =
    ["ResourceShare", "ResourceShareInvitation", "resourceShare", "resourceShareInvitation"];

/// The members of a success.
pub fn members(reply: &mut Reply) -> Option<&mut Map<String, Value>> {
    match &mut reply.body {
        Body::Success(members) => Some(members),
        Body::Error { .. } => None,
    }
}

/// The members of an error beyond its code and message.
pub fn extra(reply: &mut Reply) -> Option<&mut Map<String, Value>> {
    match &mut reply.body {
        Body::Success(_) => None,
        Body::Error { extra, .. } => Some(extra),
    }
}

/// The list of rows of a success, whatever its name.
pub fn list(reply: &mut Reply) -> Option<&mut Vec<Value>> {
    let members = members(reply)?;
    let name = LISTS.into_iter().find(|name| members.contains_key(*name))?;
    members.get_mut(name)?.as_array_mut()
}

/// Does something to each row of a success, in lists and alone.
pub fn each_row(reply: &mut Reply, edit: impl Fn(&mut Map<String, Value>)) {
    let Some(members) = members(reply) else { return };
    for name in LISTS {
        let rows = members.get_mut(name).and_then(Value::as_array_mut);
        rows.into_iter().flatten().filter_map(Value::as_object_mut).for_each(&edit);
    }
    for name in RECORDS {
        members.get_mut(name).and_then(Value::as_object_mut).into_iter().for_each(&edit);
    }
}

/// Drops a member of each row.
pub fn drop_member(reply: &mut Reply, name: &str) {
    each_row(reply, |row| drop(row.remove(name)));
}

/// Gives a member of each row, where it is, another value.
pub fn replace(reply: &mut Reply, name: &str, value: impl Fn(&Value) -> Value) {
    each_row(reply, |row| {
        if let Some(member) = row.get_mut(name) {
            *member = value(member);
        }
    });
}

/// The same for a text.
pub fn replace_text(reply: &mut Reply, name: &str, text: impl Fn(&str) -> String) {
    replace(reply, name, |value| value.as_str().map_or(Value::Null, |old| text(old).into()));
}

/// The same for both times of a row of Alibaba Cloud.
pub fn replace_times(reply: &mut Reply, text: impl Fn(&str) -> String) {
    replace_text(reply, "CreateTime", &text);
    replace_text(reply, "UpdateTime", &text);
}

/// Sets a header, whether it is there or not.
pub fn set_header(response: &mut Response, name: &str, value: &str) {
    response.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    response.headers.push((name.to_owned(), value.to_owned()));
}

/// Dates a response, in milliseconds since the Unix epoch.
pub fn date(response: &mut Response, millis: i64) {
    let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&moment);
    set_header(response, "date", &date.unwrap_or_default());
}

/// Whether the body is announced as JSON.
pub fn is_json(response: &Response) -> bool {
    header(&response.headers, "content-type")
        .is_some_and(|text| text.to_ascii_lowercase().contains("json"))
}

/// Writes a JSON body anew, if it is one.
pub fn rewrite(response: &mut Response, write: impl Fn(&Value) -> String) {
    if is_json(response)
        && let Ok(value) = serde_json::from_slice::<Value>(&response.body)
    {
        response.body = write(&value).into_bytes();
    }
}

/// Does something to the text of a body.
pub fn edit_text(response: &mut Response, edit: impl Fn(&str) -> String) {
    let text = String::from_utf8_lossy(&response.body);
    response.body = edit(&text).into_bytes();
}

/// JSON with the members of every object the other way round.
pub fn reversed(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let inner: Vec<String> = members
                .iter()
                .rev()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), reversed(value)))
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        Value::Array(entries) => {
            let inner: Vec<String> = entries.iter().map(reversed).collect();
            format!("[{}]", inner.join(","))
        }
        other => other.to_string(),
    }
}

/// JSON with white space between its parts.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// JSON with every letter of its texts that is no plain ASCII, and every slash, written as an
/// escape.
pub fn escaped(value: &Value) -> String {
    let mut text = String::new();
    for letter in value.to_string().chars() {
        match letter {
            '/' => text.push_str("\\/"),
            letter if letter.is_ascii() => text.push(letter),
            letter => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn other_ways_of_writing_mean_the_same() {
        let value = json!({"b": [{"x": "a/é😀\"", "y": null}, 1.5], "a": {"z": true, "c": []}});
        for write in [reversed, pretty, escaped] {
            assert_eq!(serde_json::from_str::<Value>(&write(&value)).unwrap(), value);
        }
        assert!(escaped(&value).is_ascii());
        assert!(reversed(&value).starts_with("{\"b\":"));
    }
}
