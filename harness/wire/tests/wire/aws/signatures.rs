//! Signatures against the public test suite, and each thing that can be wrong with one.

use super::{Front, NOW, credentials, names, samples, send, stamp};
use serde::Deserialize;
use sharespec_fixtures as fixtures;
use sharespec_model::aws::conditions;
use sharespec_model::belief::Window;
use sharespec_wire::alibaba::Credentials;
use sharespec_wire::alibaba::sign::content_hash;
use sharespec_wire::aws::sign::{
    CanonicalRequest, Scope, canonical_path, canonical_query, canonical_value, signature,
};
use sharespec_wire::aws::{Form, OFF_AT_MOST, SignatureVersion, SignedHeaders, Tamper, encode};
use sharespec_wire::http::header;

#[derive(Deserialize)]
struct Suite {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    access_key_id: String,
    secret: String,
    region: String,
    service: String,
    normalize: bool,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

impl Vector {
    /// The headers that the suite signs, with all values of one name in one.
    fn signed(&self) -> Vec<(String, String)> {
        let names = self.canonical_request.rsplit('\n').nth(1).unwrap();
        let signed = |name: &str| {
            let of_name = self.headers.iter().filter(|(known, _)| known == name);
            let values: Vec<String> = of_name.map(|(_, value)| canonical_value(value)).collect();
            (name.to_owned(), values.join(","))
        };
        names.split(';').map(signed).collect()
    }
}

#[test]
fn signatures_equal_the_public_suite() {
    let suite: Suite = serde_json::from_str(fixtures::WIRE_SIGNING_AWS).unwrap();
    assert_eq!(suite.vectors.len(), 38);
    for row in &suite.vectors {
        let (path, query) = row.target.split_once('?').unwrap_or((&row.target, ""));
        let headers = row.signed();
        let canonical = CanonicalRequest {
            method: &row.method,
            path: &canonical_path(path, row.normalize),
            query: &canonical_query(query),
            headers: &headers,
            content_hash: &content_hash(row.body.as_bytes()),
        };
        assert_eq!(canonical.text(), row.canonical_request, "{}", row.name);
        let time = header(&row.headers, "x-amz-date").unwrap().trim();
        let date = time.split('T').next().unwrap();
        let scope = Scope { date, region: &row.region, service: &row.service };
        let string_to_sign = canonical.string_to_sign(time, &scope);
        assert_eq!(string_to_sign, row.string_to_sign, "{}", row.name);
        let signature = signature(&row.secret, &scope, &string_to_sign);
        assert_eq!(signature, row.signature, "{}", row.name);
        let credential = format!("Credential={}/{}", row.access_key_id, scope.text());
        let authorization = header(&row.headers, "authorization").unwrap();
        assert!(authorization.contains(&credential), "{}", row.name);
        assert!(authorization.ends_with(&signature), "{}", row.name);
    }
}

fn forms() -> Vec<Form> {
    let mut forms: Vec<Form> = Form::presets().iter().map(|(_, form)| form()).collect();
    for signed_headers in [SignedHeaders::Minimal, SignedHeaders::Typed, SignedHeaders::Wide] {
        for content_hash in [false, true] {
            forms.push(Form { signed_headers, content_hash, ..Form::default() });
        }
    }
    forms
}

#[test]
fn each_tamper_makes_exactly_its_condition() {
    for (call, form) in
        samples().iter().flat_map(|call| forms().into_iter().map(move |form| (call, form)))
    {
        let plain = send(call, &form);
        assert_eq!(Front::default().wrong(&plain), [""; 0], "{form:?}");
        for tamper in Tamper::ALL.into_iter().chain([Tamper::OtherBodyHashed]) {
            let request = send(call, &Form { tamper: Some(tamper), ..form.clone() });
            if !tamper.applies(&form, &call.operation) {
                assert_eq!(request, plain, "{tamper:?}");
                continue;
            }
            let expected = conditions::NAMES[usize::from(tamper.condition().0)];
            assert_eq!(Front::default().wrong(&request), [expected], "{tamper:?} {form:?}");
        }
    }
}

#[test]
fn tokens_are_checked() {
    let call = &samples()[0];
    let temporary = Credentials { security_token: Some("to/ken+==".to_owned()), ..credentials() };
    let front = Front { token: temporary.security_token.clone(), ..Front::default() };
    for form in forms() {
        let write = |tamper| encode(call, &Form { tamper, ..form.clone() }, &temporary, &stamp());
        assert_eq!(front.wrong(&write(None)), [""; 0]);
        for tamper in [Tamper::MissingToken, Tamper::WrongToken] {
            let expected = conditions::NAMES[usize::from(tamper.condition().0)];
            assert_eq!(front.wrong(&write(Some(tamper))), [expected]);
        }
        assert_eq!(Front::default().wrong(&write(None)), ["gateway/token-wrong"]);
    }
}

#[test]
fn unsigned_requests_say_nothing_of_their_caller() {
    for call in samples() {
        let form = Form { signature: SignatureVersion::None, ..Form::default() };
        let request = send(&call, &form);
        assert_eq!(Front::default().wrong(&request), ["gateway/signature-missing"]);
        let incoming = Front::default().look(&request).incoming;
        assert_eq!((incoming.action, incoming.access_key_id), (call.operation, String::new()));
    }
}

#[test]
fn a_time_may_be_a_quarter_of_an_hour_off() {
    let send = |millis| {
        let tamper = Some(Tamper::ShiftedTimestamp { millis });
        send(&samples()[0], &Form { tamper, ..Form::default() })
    };
    // NOW is 223 ms after the second that is sent.
    for (millis, certain, possible) in [
        (0, [].as_slice(), [].as_slice()),
        (-OFF_AT_MOST, &[], &["gateway/expired"]),
        (-OFF_AT_MOST - 2000, &["gateway/expired"], &["gateway/expired"]),
        (OFF_AT_MOST, &[], &[]),
        (OFF_AT_MOST + 2000, &["gateway/early"], &["gateway/early"]),
    ] {
        let found = Front::default().look(&send(millis)).wrong;
        assert_eq!(names(found.certain), certain, "{millis}");
        assert_eq!(names(found.possible), possible, "{millis}");
    }
    let vague = Front { now: Window::new(NOW, NOW + 4 * OFF_AT_MOST), ..Front::default() };
    let found = vague.look(&send(0)).wrong;
    assert_eq!(names(found.possible), ["gateway/expired"]);
    assert!(found.certain.is_empty());
}

#[test]
fn the_time_may_be_in_the_header_date() {
    let form = Form { signed_headers: SignedHeaders::Wide, ..Form::default() };
    let mut request = send(&samples()[2], &form);
    let mut forget = |name: &str| request.headers.retain(|(known, _)| known != name);
    forget("x-amz-date");
    request.headers.push(("date".to_owned(), "Sat, 21 Nov 2026 16:07:43 GMT".to_owned()));
    let found = Front::default().look(&request);
    // It is read; but another header than this one was signed.
    assert_eq!(names(found.wrong.certain), ["gateway/header-absent"]);
}
