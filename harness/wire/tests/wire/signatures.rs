//! What a gateway accepts and refuses: tampers, corrupted signatures, signatures by hand.

use sharespec_model::alibaba::conditions::NAMES;
use sharespec_wire::alibaba::sign::{CanonicalRequest, content_hash, header_signature};
use sharespec_wire::alibaba::{
    Booleans, Credentials, Form, Naming, SignatureVersion, Stamp, Tamper, decode, encode, flatten,
};
use sharespec_wire::http::{Request, header};

use crate::support::{Gateway, SECRET, USED, credentials, forms, sample, send, stamp, wrong};

#[test]
fn every_tamper_is_wrong_in_one_thing() {
    for form in forms() {
        for tamper in Tamper::ALL {
            let tampered = Form { tamper: Some(tamper), ..form.clone() };
            let request = send(&tampered);
            if !tamper.applies(&form) {
                assert_eq!(request, send(&form), "{tamper:?} {form:?}");
                continue;
            }
            assert_ne!(request, send(&form), "{tamper:?} {form:?}");
            let condition = NAMES[usize::from(tamper.condition(&form).0)];
            assert_eq!(wrong(&request), [condition], "{tamper:?} {form:?}");
        }
    }
}

/// A request whose headers are signed by hand, in the order of `names`, over `hash`.
fn sign_by_hand(names: &[&str], said: &str, hash: &str) -> Request {
    let mut request = send(&Form::default());
    request.headers.retain(|(name, _)| name != "authorization");
    for (name, value) in &mut request.headers {
        if name == "x-acs-content-sha256" {
            *value = said.to_owned();
        }
    }
    let incoming = decode(&send(&Form::default())).unwrap();
    let flat = flatten(&incoming.arguments, Booleans::Lower);
    let mut query: Vec<(&str, &str)> =
        flat.iter().map(|(key, value)| (key.as_ref(), value.as_ref())).collect();
    query.sort_unstable();
    let value = |name: &str| header(&request.headers, name).unwrap_or_default();
    let headers: Vec<(&str, &str)> = names.iter().map(|name| (*name, value(name))).collect();
    let canonical = CanonicalRequest {
        method: "POST",
        path: "/",
        query: &query,
        headers: &headers,
        content_hash: hash,
    };
    let signature = header_signature(SECRET, &canonical.string_to_sign());
    let authorization = format!(
        "ACS3-HMAC-SHA256 Credential=LTAI_DUMMY_ID,SignedHeaders={},Signature={signature}",
        canonical.signed_headers()
    );
    request.headers.push(("authorization".to_owned(), authorization));
    request
}

#[test]
fn header_signatures_need_the_right_hash_and_order() {
    let names = [
        "host",
        "x-acs-action",
        "x-acs-content-sha256",
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-version",
    ];
    let (right, other) = (content_hash(b""), content_hash(b"x"));
    let answer = |names: &[&str], said, hash| wrong(&sign_by_hand(names, said, hash));
    assert_eq!(answer(&names, &right, &right), [""; 0]);
    assert_eq!(answer(&names, &other, &other), ["gateway/content-hash"]);
    assert_eq!(answer(&names, &right, &other), ["gateway/signature"]);
    let both = ["gateway/signature", "gateway/content-hash"];
    assert_eq!(answer(&names, &other, &right), both);
    let malformed = ["gateway/signature-malformed"];
    let mut reversed = names;
    reversed.reverse();
    assert_eq!(answer(&reversed, &right, &right), malformed);
    let twice = [&["host"], names.as_slice()].concat();
    assert_eq!(answer(&twice, &right, &right), malformed);
    let upper = [&["Host"], &names[1..]].concat();
    assert_eq!(answer(&upper, &right, &right), malformed);
    for left_out in 0..names.len() {
        let mut fewer = names.to_vec();
        fewer.remove(left_out);
        assert_eq!(answer(&fewer, &right, &right), ["gateway/header-unsigned"], "{left_out}");
    }
}

/// Every request that differs from `request` in one byte of the signature.
fn corruptions(request: &Request) -> Vec<Request> {
    let mut corrupted = Vec::new();
    let change = |text: &str, out: &mut dyn FnMut(String)| {
        let Some(start) = text.find("Signature=").map(|at| at + "Signature=".len()) else { return };
        let end = text[start..].find('&').map_or(text.len(), |length| start + length);
        for position in start..end {
            for other in ["A", "c", "0"] {
                let mut text = text.to_owned();
                if &text[position..=position] != other {
                    text.replace_range(position..=position, other);
                    out(text);
                }
            }
        }
    };
    change(&request.target, &mut |target| {
        corrupted.push(Request { target, ..request.clone() });
    });
    change(std::str::from_utf8(&request.body).unwrap(), &mut |body| {
        corrupted.push(Request { body: body.into_bytes(), ..request.clone() });
    });
    let position = request.headers.iter().position(|(name, _)| name == "authorization");
    if let Some(position) = position {
        change(&request.headers[position].1, &mut |value| {
            let mut copy = request.clone();
            copy.headers[position].1 = value;
            corrupted.push(copy);
        });
    }
    corrupted
}

#[test]
fn every_corrupted_signature_is_refused() {
    for (name, form) in Form::presets() {
        let request = send(&form());
        let corrupted = corruptions(&request);
        assert!(corrupted.len() > 60, "{name}");
        for request in corrupted {
            assert!(!wrong(&request).is_empty(), "{name} {request:?}");
        }
    }
}

#[test]
fn every_signed_part_is_covered() {
    for form in forms() {
        let request = send(&form);
        let method = if request.method == "GET" { "POST" } else { "GET" }.to_owned();
        let mut changed = vec![Request { method, ..request.clone() }];
        let separator = if request.target.contains('?') { '&' } else { '?' };
        let target = format!("{}{separator}Targets.4=x", request.target);
        changed.push(Request { target, ..request.clone() });
        if !request.body.is_empty() {
            let body = [request.body.as_slice(), b"&Targets.4=x"].concat();
            changed.push(Request { body, ..request.clone() });
        }
        if form.signature == SignatureVersion::V3 {
            for (position, (name, _)) in request.headers.iter().enumerate() {
                if name == "host" || (name.starts_with("x-acs-") && form.naming == Naming::Headers)
                {
                    let mut copy = request.clone();
                    copy.headers[position].1.push('1');
                    changed.push(copy);
                }
            }
            let mut copy = request.clone();
            copy.headers.push(("x-acs-extra".to_owned(), "unsigned".to_owned()));
            changed.push(copy);
        }
        for changed in changed {
            assert!(!wrong(&changed).is_empty(), "{form:?} {changed:?}");
        }
    }
}

#[test]
fn a_request_is_late_by_two_documents() {
    let late = ["gateway/late"];
    let cases: [(i64, &[&str]); 7] = [
        (-899_000, &[]),
        (-901_000, &late),
        (-1_859_000, &late),
        (-1_861_000, &["gateway/expired"]),
        (899_000, &[]),
        (902_000, &["gateway/early"]),
        (i64::MAX, &["gateway/early"]),
    ];
    for (millis, expected) in cases {
        for preset in ["openapi-rust", "tea-python"] {
            let tamper = Some(Tamper::ShiftedTimestamp { millis });
            let form = Form { tamper, ..Form::preset(preset).unwrap() };
            assert_eq!(wrong(&send(&form)), expected, "{millis}");
        }
    }
}

#[test]
fn a_nonce_is_used_once() {
    for (preset, expected) in
        [("openapi-rust", "gateway/nonce-used"), ("tea-python", "gateway/nonce-header-used")]
    {
        let form = Form::preset(preset).unwrap();
        let again = Stamp { nonce: USED, ..stamp() };
        assert_eq!(wrong(&encode(&sample(), &form, &credentials(), &again)), [expected]);
    }
}

#[test]
fn temporary_credentials_need_their_token() {
    let temporary = Credentials { security_token: Some("token".to_owned()), ..credentials() };
    let found = |tamper, form: &Form| {
        let form = Form { tamper, ..form.clone() };
        Gateway(Some("token")).wrong(&encode(&sample(), &form, &temporary, &stamp()))
    };
    for form in forms() {
        assert_eq!(found(None, &form), [""; 0], "{form:?}");
        let missing = found(Some(Tamper::MissingToken), &form);
        assert_eq!(missing, ["gateway/token-missing"], "{form:?}");
        let wrong = found(Some(Tamper::WrongToken), &form);
        assert_eq!(wrong, ["gateway/token-wrong"], "{form:?}");
    }
}
