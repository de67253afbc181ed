//! What the tests of the wire share: a caller, a stamp, a call, and strategies for awkward texts.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sharespec_model::alibaba::conditions;
use sharespec_model::belief::Window;
use sharespec_model::call::{Arguments, Call};
use sharespec_model::condition::Condition;
use sharespec_wire::alibaba::{
    Credentials, Form, Keeper, Key, Naming, Placement, SignatureVersion, Stamp, encode, inspect,
};
use sharespec_wire::http::Request;

pub const NOW: i64 = 1_795_277_263_223;
/// A nonce that was used before.
pub const USED: &str = "used-before";
pub const SECRET: &str = "dummySecret";

pub fn credentials() -> Credentials {
    Credentials {
        access_key_id: "LTAI_DUMMY_ID".to_owned(),
        access_key_secret: SECRET.to_owned(),
        security_token: None,
    }
}

pub fn stamp() -> Stamp<'static> {
    Stamp { now_millis: NOW, nonce: "bd4e-1", host: "resourcesharing.cn-hangzhou.aliyuncs.com" }
}

pub fn call(arguments: Arguments) -> Call {
    Call {
        operation: "DisassociateResourceShare".to_owned(),
        caller: "owner".to_owned(),
        arguments,
    }
}

pub fn sample() -> Call {
    let arguments = json!({
        "ResourceShareId": "rs-6GRmdD3X1234", "ResourceOwner": "Self",
        "Targets": ["172050525300", "172050525301", "172050525302"],
        "ResourceArns": ["acs:vpc:cn-shanghai:1037:vswitch/vsw-uf62 a+b~é"],
        "Resources": [
            {"ResourceId": "vsw-1 *'()!", "ResourceType": "VSwitch"},
            {"ResourceId": "阿里云&=%", "ResourceType": "Image"},
        ],
    });
    let Value::Object(arguments) = arguments else { unreachable!() };
    call(arguments)
}

pub fn send(form: &Form) -> Request {
    encode(&sample(), form, &credentials(), &stamp())
}

/// A gateway that knows one key, with its token if it has one, one operation and one moment.
pub struct Gateway(pub Option<&'static str>);

impl Keeper for Gateway {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        let known = access_key_id == credentials().access_key_id;
        known.then_some(Key { secret: SECRET, token: self.0 })
    }

    fn is_operation(&self, action: &str) -> bool {
        action == "DisassociateResourceShare"
    }

    fn was_used(&self, _: &str, nonce: &str) -> bool {
        nonce == USED
    }

    fn now(&self) -> Window {
        Window::new(NOW, NOW)
    }
}

impl Gateway {
    /// What is wrong with a request, by name; what cannot be read is one thing.
    pub fn wrong(&self, request: &Request) -> Vec<&'static str> {
        let Ok(found) = inspect(request, self) else { return vec!["unreadable"] };
        let name = |each: Condition| conditions::NAMES[usize::from(each.0)];
        found.wrong.certain.iter().map(name).collect()
    }
}

/// What is wrong with a request that is signed with permanent credentials.
pub fn wrong(request: &Request) -> Vec<&'static str> {
    Gateway(None).wrong(request)
}

/// Every preset, and every combination of placement, naming and signature.
pub fn forms() -> Vec<Form> {
    let mut forms: Vec<Form> = Form::presets().iter().map(|(_, form)| form()).collect();
    for placement in [Placement::Query, Placement::Body, Placement::Split] {
        for naming in [Naming::Headers, Naming::Parameters, Naming::Both] {
            for signature in [SignatureVersion::V2, SignatureVersion::V3] {
                forms.push(Form { placement, naming, signature, ..Form::default() });
            }
        }
    }
    forms
}

/// Texts with everything that escapes, separates, or is not ASCII.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9._~-]{0,6}",
        prop::sample::select(vec![
            " ",
            "+",
            "&",
            "=",
            "%",
            "%20",
            "%zz",
            "#",
            "?",
            "/",
            ";",
            ",",
            "*'()!",
            "\n",
            "\r\n",
            "\t",
            "\0",
            "\"",
            "\\",
            "<",
            ">",
            "é",
            "阿",
            "\u{1f980}",
            "\u{feff}",
            "]]>",
            "{}",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Arguments that survive the wire unchanged: texts, lists of texts, lists of records.
pub fn arguments() -> impl Strategy<Value = Arguments> {
    let name = "X[A-Za-z]{1,8}";
    let record = prop::collection::btree_map(name, text(), 1..4)
        .prop_map(|fields| Value::Object(fields.into_iter().map(own).collect()));
    let value = prop_oneof![
        text().prop_map(Value::String),
        prop::collection::vec(text().prop_map(Value::String), 1..13).prop_map(Value::Array),
        prop::collection::vec(record, 1..4).prop_map(Value::Array),
    ];
    prop::collection::btree_map(name, value, 0..6)
        .prop_map(|members| members.into_iter().collect::<Map<_, _>>())
}

fn own((name, text): (String, String)) -> (String, Value) {
    (name, Value::String(text))
}
