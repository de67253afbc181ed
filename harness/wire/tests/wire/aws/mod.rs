//! The wire of AWS RAM from outside.

mod recorded;
mod replies;
mod requests;
mod signatures;

use serde_json::{Value, json};
use sharespec_model::aws::conditions;
use sharespec_model::belief::Window;
use sharespec_model::call::Call;
use sharespec_model::condition::ConditionSet;
use sharespec_wire::alibaba::{Credentials, Inspection, Keeper, Key, Stamp};
use sharespec_wire::aws::{Form, encode, inspect};
use sharespec_wire::http::Request;

pub const NOW: i64 = 1_795_277_263_223;
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const SHARE: &str = "arn:aws:ram:us-east-1:123456789012:resource-share/7ab63972 a+b~é*'()!";

/// A front that knows one key, with its token if it has one.
pub struct Front {
    pub token: Option<String>,
    pub now: Window,
}

impl Default for Front {
    fn default() -> Self {
        Self { token: None, now: Window::new(NOW, NOW) }
    }
}

impl Keeper for Front {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        let known = access_key_id == credentials().access_key_id;
        known.then_some(Key { secret: SECRET, token: self.token.as_deref() })
    }

    fn is_operation(&self, _: &str) -> bool {
        true
    }

    fn was_used(&self, _: &str, _: &str) -> bool {
        false
    }

    fn now(&self) -> Window {
        self.now
    }

    fn region(&self) -> Option<&str> {
        Some("us-east-1")
    }
}

impl Front {
    pub fn look(&self, request: &Request) -> Inspection {
        inspect(request, self).unwrap()
    }

    /// What is certainly wrong with a request, by name.
    pub fn wrong(&self, request: &Request) -> Vec<&'static str> {
        names(self.look(request).wrong.certain)
    }
}

pub fn names(conditions: ConditionSet) -> Vec<&'static str> {
    conditions.iter().map(|each| conditions::NAMES[usize::from(each.0)]).collect()
}

pub fn credentials() -> Credentials {
    Credentials {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        access_key_secret: SECRET.to_owned(),
        security_token: None,
    }
}

pub fn stamp() -> Stamp<'static> {
    Stamp { now_millis: NOW, nonce: "bd4e-1", host: "ram.us-east-1.amazonaws.com" }
}

pub fn call(operation: &str, arguments: Value) -> Call {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    Call { operation: operation.to_owned(), caller: "owner".to_owned(), arguments }
}

/// A call with a body, one with a query, and one with neither.
pub fn samples() -> [Call; 3] {
    [
        call(
            "DisassociateResourceShare",
            json!({"resourceShareArn": SHARE, "principals": ["123456789012", "阿\"\\"], "resourceArns": []}),
        ),
        call("DeleteResourceShare", json!({"resourceShareArn": SHARE, "clientToken": "t 1&=%"})),
        call("EnableSharingWithAwsOrganization", json!({})),
    ]
}

pub fn send(call: &Call, form: &Form) -> Request {
    encode(call, form, &credentials(), &stamp())
}
