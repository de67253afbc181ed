//! Replies in XML: one element per member, a repeated element per list entry, all values texts.

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};

use super::malformed::Malformed;
use super::reply::NESTING_LIMIT;
use super::xml::{self, push_name, push_text};

/// Writes a reply to `operation`.
pub(super) fn write(reply: &Reply, operation: &str) -> Vec<u8> {
    let mut out = String::with_capacity(512);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    match &reply.body {
        Body::Success(members) => {
            let root = format!("{operation}Response");
            open(&mut out, &root);
            write_request_id(&mut out, reply);
            let written = |name: &str| name == "RequestId" && reply.request_id.is_some();
            write_members(&mut out, members, &written);
            close(&mut out, &root);
        }
        Body::Error { code, message, extra } => {
            open(&mut out, "Error");
            write_request_id(&mut out, reply);
            let host = extra.get("HostId");
            write_member(&mut out, "HostId", host.unwrap_or(&Value::Null), NESTING_LIMIT);
            write_text(&mut out, "Code", code);
            write_text(&mut out, "Message", message);
            let order = ["RequestId", "HostId", "Code", "Message"];
            write_members(&mut out, extra, &|name| order.contains(&name));
            close(&mut out, "Error");
        }
    }
    out.into_bytes()
}

fn open(out: &mut String, name: &str) {
    out.push('<');
    push_name(out, name);
    out.push('>');
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    push_name(out, name);
    out.push('>');
}

fn write_text(out: &mut String, name: &str, text: &str) {
    open(out, name);
    push_text(out, text);
    close(out, name);
}

fn write_request_id(out: &mut String, reply: &Reply) {
    if let Some(request_id) = &reply.request_id {
        write_text(out, "RequestId", request_id);
    }
}

fn write_members(out: &mut String, members: &Map<String, Value>, written: &dyn Fn(&str) -> bool) {
    for (name, value) in members.iter().filter(|(name, _)| !written(name)) {
        write_member(out, name, value, NESTING_LIMIT);
    }
}

/// Writes one member; what is deeper than replies may be is left out.
fn write_member(out: &mut String, name: &str, value: &Value, depth: usize) {
    match value {
        _ if depth == 0 => {}
        Value::Null => {}
        Value::String(text) => write_text(out, name, text),
        Value::Bool(truth) => write_text(out, name, if *truth { "true" } else { "false" }),
        Value::Number(number) => write_text(out, name, &number.to_string()),
        Value::Array(entries) => {
            for entry in entries {
                write_member(out, name, entry, depth - 1);
            }
        }
        Value::Object(members) => {
            open(out, name);
            for (name, value) in members {
                write_member(out, name, value, depth - 1);
            }
            close(out, name);
        }
    }
}

/// Reads the members of the root element.
///
/// # Errors
/// Syntax, nesting, a root of another name, something after the root, or a root without members.
pub(super) fn read(
    text: &str,
    operation: &str,
    success: bool,
) -> Result<Map<String, Value>, Malformed> {
    let (root, value) = xml::read(text)?;
    let expected = match success {
        true => root.strip_suffix("Response") == Some(operation),
        // That of an error is known from examples alone.
        false => true,
    };
    if !expected {
        return Err(Malformed::XmlRoot { found: root });
    }
    match value {
        Value::Object(members) => Ok(members),
        Value::String(text) if text.trim().is_empty() => Ok(Map::new()),
        _ => Err(Malformed::NotAnObject),
    }
}

/// Gives the members of an XML reply the types that JSON would have had, at every depth.
///
/// A single element whose name is one of `lists` becomes a list of one entry, or an empty list if
/// the element is empty. The texts `true` and `false` of members named in `booleans` become
/// booleans. A list that XML left out because it is empty stays absent.
pub fn shape_xml(members: &mut Map<String, Value>, lists: &[&str], booleans: &[&str]) {
    for (name, value) in members.iter_mut() {
        if lists.contains(&name.as_str()) && !value.is_array() {
            let single = value.take();
            let empty = single.as_str().is_some_and(|text| text.trim().is_empty());
            *value = Value::Array(if empty { Vec::new() } else { vec![single] });
        }
        if booleans.contains(&name.as_str()) {
            match value.as_str() {
                Some("true") => *value = Value::Bool(true),
                Some("false") => *value = Value::Bool(false),
                _ => {}
            }
        }
        shape_inner(value, lists, booleans);
    }
}

fn shape_inner(value: &mut Value, lists: &[&str], booleans: &[&str]) {
    match value {
        Value::Object(members) => shape_xml(members, lists, booleans),
        Value::Array(entries) => {
            for entry in entries {
                shape_inner(entry, lists, booleans);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shapes_lists_and_booleans_at_every_depth() {
        let mut value = json!({
            "Shares": {"Tags": {"Key": "a"}, "External": "true"},
            "Targets": ["a", "b"], "Empty": "", "External": "True",
        });
        let members = value.as_object_mut().unwrap();
        shape_xml(members, &["Shares", "Tags", "Targets", "Empty"], &["External"]);
        let expected = json!({
            "Shares": [{"Tags": [{"Key": "a"}], "External": true}],
            "Targets": ["a", "b"], "Empty": [], "External": "True",
        });
        assert_eq!(value, expected);
    }
}
