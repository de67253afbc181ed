//! Made-up calls as bytes and back.

use crate::sequences::case_of;
use sharespec_wire::alibaba::{self, Credentials, Stamp, decode, encode};
use sharespec_wire::case::Step;
use sharespec_wire::form::Form;

/// Each call of the case of an input is written as it says and decoded: it is the same call, whatever the
/// form. Says how many there were.
pub fn round_trip(data: &[u8]) -> usize {
    let Some(case) = case_of(data) else { return 0 };
    let credentials = Credentials {
        access_key_id: "LTAIOWNER0000001".to_owned(),
        access_key_secret: "a secret".to_owned(),
        security_token: None,
    };
    let mut count = 0;
    for step in &case.base {
        let Step::Call(step) = step else { continue };
        let form = match &step.form {
            Some(Form::Alibaba(form)) => (**form).clone(),
            _ => alibaba::Form::default(),
        };
        let irregular = step.call.arguments.keys().any(|name| name.contains('.'));
        if form.tamper.is_some() || irregular || step.call.arguments.contains_key("RegionId") {
            continue;
        }
        let stamp = Stamp { now_millis: 1_800_000_000_000, nonce: "n", host: "localhost:1" };
        let request = encode(&step.call, &form, &credentials, &stamp);
        let decoded = decode(&request);
        assert!(decoded.is_ok(), "{decoded:?}\n{:?}", step.call);
        if let Ok(incoming) = decoded {
            assert_eq!(incoming.action, step.call.operation);
            let written = texts(&serde_json::Value::Object(step.call.arguments.clone()));
            let read = texts(&serde_json::Value::Object(incoming.arguments));
            assert_eq!(read, written, "{form:?}");
        }
        count += 1;
    }
    count
}

/// A value with every leaf as a text: the wire has nothing else, and writes booleans in its own way.
fn texts(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
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
