//! Made-up calls as bytes and back.

use crate::properties::OneSecret;
use crate::sample::{NOW, SECRET};
use crate::sequences::case_of;
use serde_json::{Map, Value};
use sharespec_wire::alibaba::{self, Credentials, Stamp, decode, encode};
use sharespec_wire::aws;
use sharespec_wire::case::{CallStep, Step};
use sharespec_wire::form::Form;

/// Each call of the case of an input is written as it says and decoded: it is the same call, whatever the
/// form. Says how many there were.
pub fn round_trip(data: &[u8]) -> usize {
    let Some(case) = case_of(data) else { return 0 };
    let credentials = Credentials {
        access_key_id: "LTAIOWNER0000001".to_owned(),
        access_key_secret: SECRET.to_owned(),
        security_token: None,
    };
    let stamp = Stamp { now_millis: NOW, nonce: "n", host: "localhost:1" };
    let of_aws = case.id.starts_with("aws/");
    let mut count = 0;
    for step in &case.base {
        let Step::Call(step) = step else { continue };
        if step.form.as_ref().is_some_and(Form::is_tampered) {
            continue;
        }
        let read = match of_aws {
            true => through_aws(step, &credentials, &stamp),
            false => through_alibaba(step, &credentials, &stamp),
        };
        let Some(read) = read else { continue };
        let written = texts(&Value::Object(step.call.arguments.clone()));
        assert_eq!(texts(&Value::Object(read)), written, "{:?}", step.form);
        count += 1;
    }
    count
}

fn through_alibaba(
    step: &CallStep,
    credentials: &Credentials,
    stamp: &Stamp<'_>,
) -> Option<Map<String, Value>> {
    if !step.call.arguments.iter().all(|(name, value)| is_regular(name, value)) {
        return None;
    }
    let form = match &step.form {
        Some(Form::Alibaba(form)) => (**form).clone(),
        _ => alibaba::Form::default(),
    };
    // Refused by name, before anything is read.
    if form.format.as_deref().is_some_and(|format| alibaba::Format::parse(format).is_none()) {
        return None;
    }
    let decoded = decode(&encode(&step.call, &form, credentials, stamp));
    assert!(decoded.is_ok(), "{decoded:?}\n{:?}", step.call);
    let incoming = decoded.ok()?;
    assert_eq!(incoming.action, step.call.operation);
    Some(incoming.arguments)
}

/// Whether a parameter is one that can come back: a text, or a list of texts or of records of texts. What
/// else a case may hold, numbered parameters cannot say, or the wire takes for itself.
fn is_regular(name: &str, value: &Value) -> bool {
    let is_record = |value: &Value| {
        value.as_object().is_some_and(|fields| {
            !fields.is_empty() && fields.iter().all(|(name, value)| is_name(name) && is_text(value))
        })
    };
    let is_list = |entries: &Vec<Value>| {
        (1..=alibaba::MAXIMUM_ENTRIES).contains(&entries.len())
            && (entries.iter().all(is_text) || entries.iter().all(is_record))
    };
    is_name(name)
        && !alibaba::is_common(name)
        && (is_text(value) || value.as_array().is_some_and(is_list))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('.')
}

fn is_text(value: &Value) -> bool {
    value.is_string() || value.is_boolean() || value.is_number()
}

fn through_aws(
    step: &CallStep,
    credentials: &Credentials,
    stamp: &Stamp<'_>,
) -> Option<Map<String, Value>> {
    let form = match &step.form {
        Some(Form::Aws { aws }) => (**aws).clone(),
        _ => aws::Form::default(),
    };
    // A query has nothing but texts.
    let operation = aws::Operation::named(&step.call.operation)?;
    let in_query = operation.is_in_query();
    // What the operation does not have has no place in a query, or where there is no body.
    if step.call.arguments.keys().any(|name| operation.member(name).is_none()) {
        return None;
    }
    if in_query && step.call.arguments.values().any(|value| !value.is_string()) {
        return None;
    }
    let found = aws::inspect(&aws::encode(&step.call, &form, credentials, stamp), &OneSecret);
    assert!(found.is_ok(), "{found:?}\n{:?}", step.call);
    let incoming = found.ok()?.incoming;
    assert_eq!(incoming.action, step.call.operation);
    Some(incoming.arguments)
}

/// A value with every leaf as a text: the wire has nothing else, and writes booleans in its own way.
fn texts(value: &Value) -> Value {
    match value {
        Value::Array(values) => values.iter().map(texts).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), texts(member))).collect()
        }
        Value::String(text) if text.eq_ignore_ascii_case("true") => "true".into(),
        Value::String(text) if text.eq_ignore_ascii_case("false") => "false".into(),
        Value::String(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}
