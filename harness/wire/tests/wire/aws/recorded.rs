//! What real clients sent, byte for byte: each signature verifies, each request means the call that
//! was made, and the preset of each client writes the same bytes again.

use super::{Front, SECRET, names};
use serde::Deserialize;
use sharespec_fixtures as fixtures;
use sharespec_model::belief::Window;
use sharespec_model::call::{Arguments, Call};
use sharespec_wire::alibaba::{Credentials, SignatureKind, Stamp};
use sharespec_wire::aws::{Form, encode};
use sharespec_wire::http::{Request, header};

#[derive(Deserialize)]
struct Recorded {
    access_key_id: String,
    access_key_secret: String,
    region: String,
    requests: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    preset: String,
    operation: String,
    arguments: Arguments,
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

    /// When it was signed, to the second.
    fn millis(&self) -> i64 {
        let stamp = header(&self.headers, "x-amz-date").unwrap();
        stamp.parse::<jiff::Timestamp>().unwrap().as_millisecond()
    }
}

fn recorded() -> Recorded {
    let recorded: Recorded = serde_json::from_str(fixtures::WIRE_RECORDED_AWS).unwrap();
    assert_eq!(recorded.access_key_secret, SECRET);
    assert_eq!(recorded.requests.len(), 10);
    recorded
}

#[test]
fn recorded_requests_are_verified_and_understood() {
    let recorded = recorded();
    for row in &recorded.requests {
        let now = Window::new(row.millis(), row.millis());
        let front = Front { token: row.security_token.clone(), now };
        let found = front.look(&row.request());
        assert_eq!(names(found.wrong.possible), [""; 0], "{} {}", row.preset, row.operation);
        let incoming = found.incoming;
        assert_eq!(incoming.action, row.operation);
        assert_eq!(incoming.access_key_id, recorded.access_key_id);
        assert_eq!(incoming.region_id.as_ref(), Some(&recorded.region));
        assert_eq!(incoming.signature, SignatureKind::V4);
        assert_eq!(incoming.arguments, row.arguments, "{}", row.preset);
        let other = Front { token: Some("another".to_owned()), now };
        assert_eq!(
            other.wrong(&row.request()),
            match row.security_token {
                None => ["gateway/token-missing"],
                Some(_) => ["gateway/token-wrong"],
            }
        );
    }
}

/// Headers in no order, without what the transport adds.
fn headers(request: &Request, ours: bool) -> Vec<&(String, String)> {
    let transports = |name: &str| match name {
        "content-length" => true,
        // Not signed by boto3, and different each time.
        "amz-sdk-invocation-id" | "amz-sdk-request" => !ours,
        _ => false,
    };
    let mut headers: Vec<_> =
        request.headers.iter().filter(|(name, _)| !transports(name)).collect();
    headers.sort_unstable();
    headers
}

#[test]
fn presets_write_the_recorded_bytes() {
    let recorded = recorded();
    for row in &recorded.requests {
        let request = row.request();
        let form = Form::preset(&row.preset).unwrap();
        let call = Call {
            operation: row.operation.clone(),
            caller: "owner".to_owned(),
            arguments: row.arguments.clone(),
        };
        let credentials = Credentials {
            access_key_id: recorded.access_key_id.clone(),
            access_key_secret: recorded.access_key_secret.clone(),
            security_token: row.security_token.clone(),
        };
        let stamp = Stamp {
            now_millis: row.millis(),
            nonce: header(&row.headers, "amz-sdk-invocation-id").unwrap(),
            host: header(&row.headers, "host").unwrap(),
        };
        let written = encode(&call, &form, &credentials, &stamp);
        assert_eq!((&written.method, &written.target), (&row.method, &row.target));
        assert_eq!(String::from_utf8(written.body.clone()).unwrap(), row.body, "{}", row.preset);
        let is_wide = row.preset == "client-ram-js";
        assert_eq!(headers(&written, is_wide), headers(&request, is_wide), "{}", row.preset);
    }
}

#[test]
fn every_changed_byte_of_what_is_signed_is_noticed() {
    for row in recorded().requests {
        let front = Front {
            token: row.security_token.clone(),
            now: Window::new(row.millis(), row.millis()),
        };
        let request = row.request();
        for position in 0..request.body.len() {
            let mut changed = request.clone();
            changed.body[position] ^= 1;
            assert!(front.wrong(&changed).contains(&"gateway/signature"), "{}", row.preset);
        }
        let signed = header(&row.headers, "authorization").unwrap();
        let names: Vec<&str> = signed.split(['=', ',']).nth(3).unwrap().split(';').collect();
        for (position, (name, _)) in row.headers.iter().enumerate() {
            let mut changed = request.clone();
            changed.headers[position].1.push('x');
            let noticed = !front.wrong(&changed).is_empty();
            let due = names.contains(&name.as_str()) || name == "authorization";
            assert_eq!(noticed, due, "{name}");
        }
        let mut changed = request.clone();
        changed.target.push_str(if row.target.contains('?') { "&a" } else { "?a" });
        assert!(front.wrong(&changed).contains(&"gateway/signature"));
    }
}
