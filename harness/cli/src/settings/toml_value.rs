//! Values as TOML has them.

use super::keys::{Takes, nearest};
use super::value::{Hook, SecretSource, TRUE_OR_FALSE, Value, all_of, number, one_of};
use sharespec_runner::process::Command;
use std::path::Path;
use toml::de::{DeArray, DeTable, DeValue};

/// Said where a secret stands in plain text. The value itself is not repeated.
const NO_PLAIN_SECRET: &str =
    "secrets are not written into this file: write { env = \"NAME\" } or { file = \"PATH\" }";

/// The value of a key; paths are relative to `directory`.
///
/// # Errors
/// What is wrong, without a value that may be a secret.
pub fn read(takes: Takes, value: &DeValue<'_>, directory: &Path) -> Result<Value, String> {
    match (takes, value) {
        (Takes::Text | Takes::TextOrSecret, DeValue::String(text)) => {
            Ok(Value::Text(text.clone().into_owned()))
        }
        (Takes::Text, _) => Err("write a text in quotes".to_owned()),
        (Takes::Path, DeValue::String(text)) => Ok(Value::Path(directory.join(text.as_ref()))),
        (Takes::Path, _) => Err("write a path in quotes".to_owned()),
        (Takes::OneOf(known), DeValue::String(text)) => one_of(text, known).map(Value::Text),
        (Takes::OneOf(known), _) => Err(format!("write one of \"{}\"", known.join("\", \""))),
        (Takes::Number(least, most), DeValue::Integer(integer)) => {
            let parsed = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
            number(parsed, least, most)
        }
        (Takes::Number(least, most), _) => number(None, least, most),
        (Takes::Flag, DeValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
        (Takes::Flag, _) => Err(TRUE_OR_FALSE.to_owned()),
        (Takes::Texts | Takes::Operations, DeValue::Array(array)) => all_of(texts(array)?, takes),
        (Takes::Texts | Takes::Operations, _) => Err(LIST.to_owned()),
        (Takes::Command, value) => command(value, directory).map(Value::Command),
        (Takes::TextOrSecret | Takes::Secret, DeValue::Table(table)) => secret(table, directory),
        (Takes::Secret, _) => Err(NO_PLAIN_SECRET.to_owned()),
        (Takes::TextOrSecret, _) => {
            Err("write a text in quotes, { env = \"NAME\" } or { file = \"PATH\" }".to_owned())
        }
        (Takes::Hook, DeValue::Table(table)) => hook(table, directory),
        (Takes::Hook, _) => Err(HOOK.to_owned()),
    }
}

const LIST: &str = "write a list of texts in quotes";
const HOOK: &str = "write { command = \"COMMAND\" } or { post = \"/PATH or URL\" }";

fn texts(array: &DeArray<'_>) -> Result<Vec<String>, String> {
    let text = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
    let texts: Option<Vec<String>> = array.iter().map(|each| text(each.get_ref())).collect();
    texts.ok_or_else(|| LIST.to_owned())
}

fn command(value: &DeValue<'_>, directory: &Path) -> Result<Command, String> {
    match value {
        DeValue::String(text) => Ok(Command::shell(text, directory)),
        DeValue::Array(array) if !array.is_empty() => {
            Ok(Command::Words { words: texts(array)?, directory: directory.to_owned() })
        }
        _ => Err("write a command in quotes, or a list of words".to_owned()),
    }
}

fn secret(table: &DeTable<'_>, directory: &Path) -> Result<Value, String> {
    let (name, value) = only(table, &["env", "file"]).ok_or(NO_PLAIN_SECRET)??;
    let text = value.as_str().ok_or(NO_PLAIN_SECRET)?;
    Ok(Value::Secret(match name {
        "env" => SecretSource::Environment(text.to_owned()),
        _ => SecretSource::File(directory.join(text)),
    }))
}

fn hook(table: &DeTable<'_>, directory: &Path) -> Result<Value, String> {
    let (name, value) = only(table, &["command", "post"]).ok_or(HOOK)??;
    Ok(Value::Hook(match (name, value.as_str()) {
        ("command", _) => Hook::Command(command(value, directory)?),
        (_, Some(url)) => Hook::Post(url.to_owned()),
        (_, None) => return Err(HOOK.to_owned()),
    }))
}

/// The one member of a table, whose name is one of `known`.
fn only<'a>(
    table: &'a DeTable<'_>,
    known: &[&'static str],
) -> Option<Result<(&'static str, &'a DeValue<'a>), String>> {
    let mut members = table.iter();
    let (name, value) = members.next()?;
    if members.next().is_some() {
        return None;
    }
    let name = name.get_ref();
    Some(match known.iter().find(|each| *each == name) {
        Some(known) => Ok((*known, value.get_ref())),
        None => Err(match nearest(name, known.iter().copied()) {
            Some(near) => format!("there is no key `{name}`; did you mean `{near}`?"),
            None => format!("there is no key `{name}`; write `{}`", known.join("` or `")),
        }),
    })
}
