//! JSON as clients write it.

use super::form::JsonStyle;
use serde_json::Value;

/// Appends the members in the order given, as an object.
pub(super) fn write_object<'a>(
    out: &mut String,
    members: impl IntoIterator<Item = (&'a str, &'a Value)>,
    style: JsonStyle,
) {
    out.push('{');
    for (position, (name, value)) in members.into_iter().enumerate() {
        if position > 0 {
            separate(out, ',', style);
        }
        write_text(out, name, style);
        separate(out, ':', style);
        write(out, value, style);
    }
    out.push('}');
}

fn separate(out: &mut String, mark: char, style: JsonStyle) {
    out.push(mark);
    if style == JsonStyle::Python {
        out.push(' ');
    }
}

fn write(out: &mut String, value: &Value, style: JsonStyle) {
    match value {
        Value::String(text) => write_text(out, text, style),
        Value::Array(entries) => {
            out.push('[');
            for (position, entry) in entries.iter().enumerate() {
                if position > 0 {
                    separate(out, ',', style);
                }
                write(out, entry, style);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.as_str(), value));
            write_object(out, members, style);
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn write_text(out: &mut String, text: &str, style: JsonStyle) {
    let quoted = Value::from(text).to_string();
    if style == JsonStyle::Compact {
        return out.push_str(&quoted);
    }
    for character in quoted.chars() {
        match character.is_ascii() {
            true => out.push(character),
            false => character
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_styles_mean_the_same() {
        let value = json!({"a": ["é\u{1f980}\"\n", 1.5, true, null], "b": {}});
        let members = || {
            let object = value.as_object().unwrap();
            object.iter().map(|(name, value)| (name.as_str(), value))
        };
        let (mut compact, mut python) = (String::new(), String::new());
        write_object(&mut compact, members(), JsonStyle::Compact);
        write_object(&mut python, members(), JsonStyle::Python);
        assert_eq!(compact, value.to_string());
        assert_eq!(python, r#"{"a": ["\u00e9\ud83e\udd80\"\n", 1.5, true, null], "b": {}}"#);
        assert_eq!(serde_json::from_str::<Value>(&python).unwrap(), value);
    }
}
