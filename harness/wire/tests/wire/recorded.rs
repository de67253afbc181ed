//! What real clients sent, byte for byte: each signature verifies, each request means the call that
//! was made, and the preset of each client writes the same bytes again.

use serde::Deserialize;
use serde_json::{Value, json};
use sharespec_fixtures as fixtures;
use sharespec_model::belief::Window;
use sharespec_model::call::{Arguments, Call};
use sharespec_wire::alibaba::sign::{header_signature, parameter_signature};
use sharespec_wire::alibaba::{
    Credentials, Form, Format, GatewayError, Keeper, Key, SignatureKind, SignedHeaders, Stamp,
    decode, encode, inspect,
};
use sharespec_wire::http::{Request, header};

#[derive(Deserialize)]
struct Recorded {
    access_key_id: String,
    access_key_secret: String,
    call: Made,
    requests: Vec<Row>,
}

#[derive(Deserialize)]
struct Made {
    operation: String,
    arguments: Arguments,
}

#[derive(Deserialize)]
struct Row {
    preset: String,
    security_token: Option<String>,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Row {
    fn request(&self) -> Request {
        Request {
            method: self.method.clone(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            body: self.body.clone().into_bytes(),
        }
    }
}

fn recorded() -> Recorded {
    let recorded: Recorded = serde_json::from_str(fixtures::WIRE_RECORDED_ALIBABA).unwrap();
    assert!(!recorded.requests.is_empty());
    recorded
}

fn millis(timestamp: &str) -> i64 {
    timestamp.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

/// The arguments as they arrive: all texts, booleans as the client writes them.
fn arrived(mut arguments: Arguments, truth: &str) -> Value {
    for value in arguments.values_mut().filter(|value| value.is_boolean()) {
        *value = json!(truth);
    }
    Value::Object(arguments)
}

#[test]
fn recorded_requests_are_verified_and_understood() {
    let recorded = recorded();
    for row in &recorded.requests {
        let (name, request) = (&row.preset, row.request());
        let incoming = decode(&request).unwrap();
        assert_eq!(incoming.action, recorded.call.operation, "{name}");
        assert_eq!(incoming.access_key_id, recorded.access_key_id, "{name}");
        assert_eq!(incoming.security_token, row.security_token, "{name}");
        assert_eq!(incoming.format, Format::Json, "{name}");
        assert!(incoming.irregular.is_empty(), "{name}: {:?}", incoming.irregular);
        let truth = if name.contains("python") { "True" } else { "true" };
        let expected = arrived(recorded.call.arguments.clone(), truth);
        assert_eq!(Value::Object(incoming.arguments.clone()), expected, "{name}");
        let now = millis(incoming.timestamp.as_deref().unwrap());
        let wrong = |secret: &'static str| {
            let token = row.security_token.clone();
            inspect(&request, &Holder { secret, token, now }).unwrap()
        };
        let secret = recorded.access_key_secret.clone().leak();
        assert!(wrong(secret).wrong.certain.is_empty(), "{name}");
        let signed = wrong("another").string_to_sign.unwrap();
        let refused = GatewayError::signature_mismatch(&signed);
        let signed = signed_by_server(&refused.message);
        let signature = match incoming.signature {
            SignatureKind::V3 => header_signature(&recorded.access_key_secret, signed),
            _ => parameter_signature(&recorded.access_key_secret, signed),
        };
        assert!(holds_signature(&request, &signature), "{name}: {}", refused.message);
    }
}

/// A gateway that knows one secret, with the token of a request.
struct Holder {
    secret: &'static str,
    token: Option<String>,
    now: i64,
}

impl Keeper for Holder {
    fn key(&self, _: &str) -> Option<Key<'_>> {
        Some(Key { secret: self.secret, token: self.token.as_deref() })
    }

    fn is_operation(&self, _: &str) -> bool {
        true
    }

    fn was_used(&self, _: &str, _: &str) -> bool {
        false
    }

    fn now(&self) -> Window {
        Window::new(self.now, self.now)
    }
}

/// What the server signed, where `aliyun-python-sdk-core` looks for it: it compares that with what
/// it has signed itself to know that only the secret is wrong.
fn signed_by_server(message: &str) -> &str {
    message.split(':').nth(1).unwrap()
}

/// Whether a request has this signature, in whichever place.
fn holds_signature(request: &Request, signature: &str) -> bool {
    let escaped = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let parameter = format!("Signature={escaped}");
    let body = String::from_utf8(request.body.clone()).unwrap();
    let authorization = header(&request.headers, "authorization").unwrap_or_default();
    [&request.target, &body, authorization].iter().any(|text| text.ends_with(&parameter))
}

/// Headers in no order, without what the transport adds and what names the client's version.
fn headers(request: &Request, wide: bool) -> Vec<&(String, String)> {
    let left_out = |name: &str| {
        matches!(name, "content-length" | "user-agent") || (wide && name == "authorization")
    };
    let mut headers: Vec<_> = request.headers.iter().filter(|(name, _)| !left_out(name)).collect();
    headers.sort_unstable();
    headers
}

#[test]
fn presets_write_the_recorded_bytes() {
    let recorded = recorded();
    let call = Call {
        operation: recorded.call.operation,
        caller: "owner".to_owned(),
        arguments: recorded.call.arguments,
    };
    for row in &recorded.requests {
        let name = &row.preset;
        let form = Form::preset(name).unwrap();
        let sent = row.request();
        let incoming = decode(&sent).unwrap();
        let credentials = Credentials {
            access_key_id: recorded.access_key_id.clone(),
            access_key_secret: recorded.access_key_secret.clone(),
            security_token: row.security_token.clone(),
        };
        let stamp = Stamp {
            now_millis: millis(incoming.timestamp.as_deref().unwrap()),
            nonce: incoming.nonce.as_deref().unwrap(),
            host: header(&sent.headers, "host").unwrap(),
        };
        let written = encode(&call, &form, &credentials, &stamp);
        assert_eq!(written.method, sent.method, "{name}");
        assert_eq!(written.target, sent.target, "{name}");
        let body = String::from_utf8(written.body.clone()).unwrap();
        assert_eq!(body, row.body, "{name}");
        // A wide signature covers the client's `user-agent`, which the form does not write.
        let wide = form.signed_headers == SignedHeaders::Wide;
        assert_eq!(headers(&written, wide), headers(&sent, wide), "{name}");
    }
}
