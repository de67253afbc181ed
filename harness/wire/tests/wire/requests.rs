//! Requests there and back: every preset, every tamper, every corrupted signature.

use std::collections::BTreeSet;

use crate::support::{NOW, SECRET, WINDOW, arguments, call, credentials, sample, send, stamp};
use proptest::prelude::*;
use serde_json::json;
use sharespec_wire::alibaba::{
    Credentials, Form, Format, GatewayError, Method, Naming, Placement, SignaturePlace,
    SignatureVersion, Spaces, Tamper, decode, encode, format_asked, verify,
};
use sharespec_wire::http::{Request, header};

/// What a gateway that knows one key and one secret says.
fn gateway(request: &Request) -> Result<(), GatewayError> {
    let incoming = decode(request)?;
    if incoming.access_key_id != credentials().access_key_id {
        return Err(GatewayError::access_key_not_found());
    }
    verify(request, &incoming, SECRET, NOW, WINDOW)?;
    match incoming.action.as_str() {
        "DisassociateResourceShare" => Ok(()),
        _ => Err(GatewayError::action_not_found()),
    }
}

fn forms() -> Vec<Form> {
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

#[test]
fn every_form_is_verified_and_understood() {
    for form in forms() {
        let request = send(&form);
        assert_eq!(gateway(&request), Ok(()), "{form:?} {request:?}");
        let incoming = decode(&request).unwrap();
        assert_eq!(incoming.arguments, sample().arguments, "{form:?}");
        assert_eq!(incoming.irregular, Vec::<String>::new());
        assert_eq!(incoming.region_id, form.region);
        assert_eq!(incoming.format, form.expected_format(), "{form:?}");
        assert_eq!(incoming.format, format_asked(&request));
        assert_eq!(incoming.nonce.as_deref(), Some(stamp().nonce));
    }
}

#[test]
fn every_form_with_a_token_is_verified() {
    let token = Some("token +/=".to_owned());
    let credentials = Credentials { security_token: token.clone(), ..credentials() };
    for form in forms() {
        let request = encode(&sample(), &form, &credentials, &stamp());
        assert_eq!(gateway(&request), Ok(()), "{form:?}");
        assert_eq!(decode(&request).unwrap().security_token, token);
    }
}

#[test]
fn every_tamper_has_its_answer() {
    for form in forms() {
        for tamper in Tamper::ALL {
            let tampered = Form { tamper: Some(tamper), ..form.clone() };
            let request = send(&tampered);
            if !tamper.applies(&form) {
                assert_eq!(request, send(&form), "{tamper:?} {form:?}");
                continue;
            }
            assert_ne!(request, send(&form), "{tamper:?} {form:?}");
            let code = gateway(&request).map_err(|error| error.code.into_owned());
            assert_eq!(code, Err(tamper.gateway_code(&form).to_owned()), "{tamper:?} {form:?}");
        }
    }
}

#[test]
fn unsigned_requests_name_their_caller() {
    for naming in [Naming::Headers, Naming::Parameters, Naming::Both] {
        let form = Form { naming, signature: SignatureVersion::None, ..Form::default() };
        let request = send(&form);
        let incoming = decode(&request).unwrap();
        assert_eq!(incoming.access_key_id, "LTAI_DUMMY_ID");
        assert_eq!(incoming.arguments, sample().arguments);
        assert_eq!(incoming.format, form.expected_format());
        assert_eq!(gateway(&request).unwrap_err().code, "MissingSignature");
        for tamper in Tamper::ALL.into_iter().filter(|tamper| tamper.applies(&form)) {
            let tampered = send(&Form { tamper: Some(tamper), ..form.clone() });
            assert_ne!(tampered, request, "{tamper:?}");
        }
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
            assert!(gateway(&request).is_err(), "{name} {request:?}");
        }
    }
}

#[test]
fn every_signed_part_is_covered() {
    for form in forms() {
        let request = send(&form);
        let mut changed = vec![Request { method: "GET".to_owned(), ..request.clone() }];
        changed[0].method = if request.method == "GET" { "POST" } else { "GET" }.to_owned();
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
            assert!(gateway(&changed).is_err(), "{form:?} {changed:?}");
        }
    }
}

#[test]
fn the_window_is_closed_at_both_ends() {
    for (millis, fine) in [(-900_000, true), (-901_000, false), (900_000, true), (902_000, false)] {
        let tamper = Some(Tamper::ShiftedTimestamp { millis });
        let form = Form { tamper, ..Form::preset("openapi-rust").unwrap() };
        assert_eq!(gateway(&send(&form)).is_ok(), fine, "{millis}");
    }
}

#[test]
fn presets_write_what_was_recorded() {
    let tea = send(&Form::preset("tea-python").unwrap());
    assert!(tea.target.contains("vsw-uf62+a%2Bb~%C3%A9&ResourceOwner=Self&"), "{}", tea.target);
    assert!(tea.body.is_empty() && header(&tea.headers, "content-type").is_none());
    let authorization = header(&tea.headers, "authorization").unwrap();
    let signed = "SignedHeaders=accept;host;user-agent;x-acs-action;x-acs-content-sha256;\
                  x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,";
    assert!(authorization.contains(signed), "{authorization}");
    let pop = send(&Form::preset("pop-core-post").unwrap());
    let body = String::from_utf8(pop.body).unwrap();
    assert_eq!(pop.target, "/");
    assert!(body.starts_with("AccessKeyId=LTAI_DUMMY_ID&Action=Disassociate"), "{body}");
    assert!(body.contains("vsw-1%20%2A%27%28%29%21"), "{body}");
    assert!(body[body.rfind('&').unwrap()..].starts_with("&Signature="), "{body}");
    let node = send(&Form::preset("openapi-client-node").unwrap());
    assert!(node.target.contains("vsw-1%20*'()!"), "{}", node.target);
    let go = send(&Form::preset("tea-rpc-go").unwrap());
    assert!(go.target.contains("Signature=") && !go.target.contains("Targets"));
    assert!(String::from_utf8(go.body).unwrap().starts_with("ResourceArns.1="));
    let rust = Form::preset("openapi-rust").unwrap();
    assert!(rust.omits_content_length());
    let rust = send(&rust);
    assert!(rust.target.starts_with("/?Signature="), "{}", rust.target);
    assert!(rust.target.contains("43.223000000Z"), "{}", rust.target);
    assert!(!rust.headers.iter().any(|(name, _)| name.starts_with("x-acs-")));
    assert!(send(&Form::preset("aliyun-python-core").unwrap()).target.contains("SignatureType=&"));
    let names: BTreeSet<&str> = Form::presets().iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), Form::presets().len());
    let capital = Form::preset("tea-python").unwrap();
    let boolean = call(json!({"AllowExternalTargets": true}).as_object().unwrap().clone());
    let request = encode(&boolean, &capital, &credentials(), &stamp());
    assert_eq!(request.target, "/?AllowExternalTargets=True");
}

#[test]
fn gateway_errors_of_decoding() {
    let send_to = |target: &str| Request {
        method: "GET".to_owned(),
        target: target.to_owned(),
        ..Request::default()
    };
    let cases = [
        ("/other?Action=A", "InvalidApi.NotFound"),
        ("/?Action=%zz", "InvalidParameter"),
        ("/?Action=%FF", "InvalidParameter"),
        ("/?Version=2020-01-10", "MissingAction"),
        ("/?Action=", "MissingAction"),
        ("/?Action=A", "MissingVersion"),
        ("/?Action=A&Version=2014-05-26", "InvalidVersion"),
        ("/?Action=A&Version=2020-01-10", "MissingAccessKeyId"),
        ("/?Action=A&Version=2020-01-10&AccessKeyId=a&Format=YAML", "InvalidParameter.Format"),
    ];
    for (target, code) in cases {
        assert_eq!(decode(&send_to(target)).unwrap_err().code, code, "{target}");
    }
    let delete = Request { method: "DELETE".to_owned(), ..send_to("/") };
    assert_eq!(decode(&delete).unwrap_err().code, "UnsupportedHTTPMethod");
    let twice = "/?Action=A&Version=2020-01-10&AccessKeyId=a&AccessKeyId=b&T.2=x";
    let incoming = decode(&send_to(twice)).unwrap();
    assert_eq!(incoming.irregular, ["AccessKeyId", "T.2"]);
    assert_eq!((incoming.access_key_id.as_str(), incoming.format), ("a", Format::Xml));
}

#[test]
fn only_form_bodies_are_parameters() {
    let mut request = send(&Form::preset("tea-rpc-go").unwrap());
    assert_eq!(decode(&request).unwrap().arguments, sample().arguments);
    for (name, value) in &mut request.headers {
        if name == "content-type" {
            *value = "application/json".to_owned();
        }
    }
    assert!(decode(&request).unwrap().arguments.is_empty());
}

#[test]
fn forms_are_data() {
    for form in forms() {
        let text = serde_json::to_string(&form).unwrap();
        assert_eq!(serde_json::from_str::<Form>(&text).unwrap(), form);
    }
    assert_eq!(serde_json::from_str::<Form>("{}").unwrap(), Form::default());
    assert!(serde_json::from_str::<Form>(r#"{"methods":"GET"}"#).is_err());
    let tampered = r#"{"method":"GET","tamper":{"shifted_timestamp":{"millis":-5}}}"#;
    let form: Form = serde_json::from_str(tampered).unwrap();
    assert_eq!(form.tamper, Some(Tamper::ShiftedTimestamp { millis: -5 }));
}

fn any_form() -> impl Strategy<Value = Form> {
    let preset = prop::sample::select(Form::presets().to_vec());
    let places = [SignaturePlace::First, SignaturePlace::Last, SignaturePlace::Sorted];
    (preset, any::<[bool; 4]>(), prop::sample::select(places.to_vec())).prop_map(
        |((_, form), [get, plus, raw, sign_in_headers], signature_place)| {
            let form = form();
            Form {
                method: if get { Method::Get } else { form.method },
                spaces: if plus { Spaces::Plus } else { Spaces::Percent },
                raw_punctuation: raw,
                signature: match sign_in_headers {
                    true => SignatureVersion::V3,
                    false => form.signature,
                },
                signature_place,
                ..form
            }
        },
    )
}

proptest! {
    #[test]
    fn arbitrary_arguments_survive_every_form(arguments in arguments(), form in any_form()) {
        let request = encode(&call(arguments.clone()), &form, &credentials(), &stamp());
        prop_assert_eq!(gateway(&request), Ok(()));
        let incoming = decode(&request).unwrap();
        prop_assert_eq!(incoming.arguments, arguments);
        prop_assert!(incoming.irregular.is_empty());
    }
}
