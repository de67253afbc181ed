//! The canonical form of a reply: what a target mints is replaced by the symbols of the case, times
//! by their form, and rows come in a stable order. Two servers that behave alike have one canonical
//! form.

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};
use sharespec_model::observation::Stamp;

/// The canonical form of a reply. `symbols` are texts and what they are replaced by.
pub fn canonical(reply: &Reply, symbols: &[(String, String)]) -> Value {
    let mut form = Map::new();
    form.insert("status".to_owned(), reply.status.into());
    match &reply.body {
        Body::Success(members) => {
            form.insert("members".to_owned(), replaced(&Value::Object(members.clone()), symbols));
        }
        Body::Error { code, message, extra } => {
            form.insert("code".to_owned(), code.as_str().into());
            form.insert("message".to_owned(), message.as_str().into());
            // What the gateway adds differs from host to host: its presence is what counts.
            let extra: Vec<Value> = extra.keys().map(|name| name.as_str().into()).collect();
            form.insert("extra".to_owned(), Value::Array(extra));
        }
    }
    Value::Object(form)
}

fn replaced(value: &Value, symbols: &[(String, String)]) -> Value {
    match value {
        Value::String(text) => Value::String(symbolic(text, symbols)),
        Value::Array(rows) => {
            let mut rows: Vec<Value> = rows.iter().map(|row| replaced(row, symbols)).collect();
            rows.sort_by_cached_key(Value::to_string);
            Value::Array(rows)
        }
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), replaced(member, symbols)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn symbolic(text: &str, symbols: &[(String, String)]) -> String {
    if let Some((_, symbol)) = symbols.iter().find(|(found, _)| found == text) {
        return symbol.clone();
    }
    match Stamp::parse(text) {
        Some(stamp) if stamp.from == stamp.to => "<time, to the millisecond>".to_owned(),
        Some(_) => "<time, to the second>".to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_minted_is_replaced_and_rows_are_ordered() {
        let members = json!({
            "Rows": [
                { "Id": "rs-2", "CreateTime": "2020-12-04T09:40:41.250Z" },
                { "Id": "rs-1", "CreateTime": "2020-12-04T09:40:41Z" },
            ]
        });
        let reply = Reply {
            status: 200,
            request_id: Some("R".into()),
            body: Body::Success(members.as_object().unwrap().clone()),
        };
        let symbols = [("rs-1".into(), "$share.a".into()), ("rs-2".into(), "$share.b".into())];
        assert_eq!(
            canonical(&reply, &symbols),
            json!({ "status": 200, "members": { "Rows": [
                { "Id": "$share.b", "CreateTime": "<time, to the millisecond>" },
                { "Id": "$share.a", "CreateTime": "<time, to the second>" },
            ]}})
        );
    }
}
