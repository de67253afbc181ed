//! The canonical form of a reply: what a target mints is replaced by the symbols of the case, times
//! by their form, and rows come in a stable order. Two servers that behave alike have one canonical
//! form.

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};
use sharespec_model::names::Names;
use sharespec_model::observation::Stamp;
use sharespec_model::spec::{MemberKind, OperationSpec};

/// The canonical form of a reply to a call of an operation. `symbols` are texts and what they are
/// replaced by.
pub fn canonical(
    names: &Names,
    operation: &OperationSpec,
    reply: &Reply,
    symbols: &[(String, String)],
) -> Value {
    let minted = Minted { names, operation, symbols };
    let mut form = Map::new();
    form.insert("status".to_owned(), reply.status.into());
    match &reply.body {
        Body::Success(members) => {
            form.insert("members".to_owned(), minted.replaced(&Value::Object(members.clone())));
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

/// What a target mints, and what is put in its place.
struct Minted<'a> {
    names: &'a Names,
    operation: &'a OperationSpec,
    symbols: &'a [(String, String)],
}

impl Minted<'_> {
    fn replaced(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(symbolic(text, self.symbols)),
            Value::Array(rows) => {
                let mut rows: Vec<Value> = rows.iter().map(|row| self.replaced(row)).collect();
                rows.sort_by_cached_key(Value::to_string);
                Value::Array(rows)
            }
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, member)| (name.clone(), self.member(name, member)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    fn member(&self, name: &str, member: &Value) -> Value {
        let replaced = self.replaced(member);
        let token = name == self.names.page_token || Some(name) == self.names.client_token;
        match member {
            Value::String(text) if token && !text.is_empty() && replaced == *member => {
                "<token>".into()
            }
            // How many digits a number has depends on the moment.
            Value::Number(_) if self.is_epoch(name) => SINCE_THE_EPOCH.into(),
            _ => replaced,
        }
    }

    fn is_epoch(&self, name: &str) -> bool {
        self.operation.members.iter().any(|member| {
            member.kind == MemberKind::Epoch && member.path.rsplit(['.', ']']).next() == Some(name)
        })
    }
}

const TO_THE_MILLISECOND: &str = "<time, to the millisecond>";
const TO_THE_SECOND: &str = "<time, to the second>";
const SINCE_THE_EPOCH: &str = "<time, since the epoch>";

fn symbolic(text: &str, symbols: &[(String, String)]) -> String {
    if let Some((_, symbol)) = symbols.iter().find(|(found, _)| found == text) {
        return symbol.clone();
    }
    match Stamp::parse(text) {
        Some(stamp) if stamp.from == stamp.to => TO_THE_MILLISECOND.to_owned(),
        Some(_) => TO_THE_SECOND.to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sharespec_model::alibaba::Alibaba;
    use sharespec_model::api::Api;
    use sharespec_model::aws::Aws;
    use sharespec_model::world::World;

    fn form(api: &dyn Api, operation: &str, members: &Value, symbols: &[(&str, &str)]) -> Value {
        let reply = Reply {
            status: 200,
            request_id: Some("R".into()),
            body: Body::Success(members.as_object().unwrap().clone()),
        };
        let owned = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
        let symbols: Vec<(String, String)> = symbols.iter().map(owned).collect();
        let operation = api.spec().operation(operation).unwrap();
        canonical(api.names(), operation, &reply, &symbols)["members"].clone()
    }

    #[test]
    fn what_is_minted_is_replaced_and_rows_are_ordered() {
        let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        let members = json!({
            "Rows": [
                { "Id": "rs-2", "CreateTime": "2020-12-04T09:40:41.250Z" },
                { "Id": "rs-1", "CreateTime": "2020-12-04T09:40:41Z" },
            ]
        });
        let symbols = [("rs-1", "$share.a"), ("rs-2", "$share.b")];
        let api = Alibaba::new(world).unwrap();
        assert_eq!(
            form(&api, "ListResourceShares", &members, &symbols),
            json!({ "Rows": [
                { "Id": "$share.b", "CreateTime": "<time, to the millisecond>" },
                { "Id": "$share.a", "CreateTime": "<time, to the second>" },
            ]})
        );
    }

    #[test]
    fn times_since_the_epoch_and_tokens_are_minted_too() {
        let world = World::from_json(sharespec_fixtures::AWS_WORLD).unwrap();
        let row = json!({ "creationTime": 1_767_225_600.25, "lastUpdatedTime": 1_767_225_600 });
        let members = json!({ "clientToken": "899d2d7f", "resourceShareAssociations": [row] });
        let api = Aws::new(world).unwrap();
        let row = json!({
            "creationTime": "<time, since the epoch>",
            "lastUpdatedTime": "<time, since the epoch>",
        });
        assert_eq!(
            form(&api, "DisassociateResourceShare", &members, &[]),
            json!({ "clientToken": "<token>", "resourceShareAssociations": [row] })
        );
        let given = form(&api, "DisassociateResourceShare", &members, &[("899d2d7f", "$name.t")]);
        assert_eq!(given["clientToken"], "$name.t");
    }
}
