//! Requests there and back, in every form.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;
use sharespec_wire::alibaba::{
    Credentials, Form, Format, Method, Naming, Order, SignatureVersion, Spaces, Tamper, decode,
    encode, format_asked,
};
use sharespec_wire::http::{Request, header};

use crate::support::{Gateway, arguments, call, credentials, forms, sample, send, stamp, wrong};

#[test]
fn every_form_is_verified_and_understood() {
    for form in forms() {
        let request = send(&form);
        assert_eq!(wrong(&request), [""; 0], "{form:?} {request:?}");
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
        assert_eq!(Gateway(Some("token +/=")).wrong(&request), [""; 0], "{form:?}");
        assert_eq!(decode(&request).unwrap().security_token, token);
        let provider = form.credentials_provider.then_some("static_sts");
        assert_eq!(header(&request.headers, "x-acs-credentials-provider"), provider);
    }
}

#[test]
fn the_signed_side_names_the_operation() {
    let mut request = send(&Form::default());
    request.target.push_str("&Action=Other&Version=1");
    assert_eq!(decode(&request).unwrap().action, "DisassociateResourceShare");
    let mut request = send(&Form::preset("tea-rpc-go").unwrap());
    for (name, value) in &mut request.headers {
        if name == "x-acs-action" {
            *value = "Other".to_owned();
        }
    }
    assert_eq!(decode(&request).unwrap().action, "DisassociateResourceShare");
    assert_eq!(wrong(&request), [""; 0]);
}

#[test]
fn header_clients_may_accept_a_format() {
    let cases = [
        (Some("application/xml"), None, Format::Xml),
        (Some("text/XML, */*"), None, Format::Xml),
        (Some("application/xml, application/json"), None, Format::Json),
        (Some("*/*"), None, Format::Json),
        (None, None, Format::Json),
        (Some("application/xml"), Some("json"), Format::Json),
        (None, Some("xMl"), Format::Xml),
    ];
    for (accept, format, expected) in cases {
        let form = Form {
            accept: accept.map(str::to_owned),
            format: format.map(str::to_owned),
            ..Form::default()
        };
        let request = send(&form);
        assert_eq!(wrong(&request), [""; 0]);
        assert_eq!(decode(&request).unwrap().format, expected, "{accept:?} {format:?}");
        assert_eq!(form.expected_format(), expected);
        assert_eq!(format_asked(&request), expected);
    }
    let form = Form {
        signature: SignatureVersion::V2,
        accept: Some("application/json".to_owned()),
        ..Form::default()
    };
    assert_eq!(decode(&send(&form)).unwrap().format, Format::Xml);
}

#[test]
fn an_argument_goes_before_the_region_of_the_form() {
    let form = Form::preset("pop-core-get").unwrap();
    let region = call(json!({"RegionId": "cn-beijing"}).as_object().unwrap().clone());
    let request = encode(&region, &form, &credentials(), &stamp());
    let incoming = decode(&request).unwrap();
    assert_eq!(incoming.region_id.as_deref(), Some("cn-beijing"));
    assert!(incoming.irregular.is_empty() && incoming.arguments.is_empty());
}

#[test]
fn an_empty_body_may_have_a_content_type() {
    let request = send(&Form::preset("sdk-go-common").unwrap());
    let found = header(&request.headers, "content-type");
    assert_eq!((found, request.body.len()), (Some("application/x-www-form-urlencoded"), 0));
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
        assert_eq!(wrong(&request), ["gateway/signature-missing"]);
        for tamper in Tamper::ALL.into_iter().filter(|tamper| tamper.applies(&form)) {
            let tampered = send(&Form { tamper: Some(tamper), ..form.clone() });
            assert_ne!(tampered, request, "{tamper:?}");
        }
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
    assert!(node.target.contains("vsw-1%20*%27()!"), "{}", node.target);
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
    let orders = [Order::Sorted, Order::SignatureFirst, Order::SignatureLast, Order::Tea];
    (preset, any::<[bool; 5]>(), prop::sample::select(orders.to_vec())).prop_map(
        |((_, form), [get, plus, raw, sign_in_headers, arguments_reversed], order)| {
            let form = form();
            Form {
                method: if get { Method::Get } else { form.method },
                spaces: if plus { Spaces::Plus } else { Spaces::Percent },
                raw_punctuation: raw,
                signature: match sign_in_headers {
                    true => SignatureVersion::V3,
                    false => form.signature,
                },
                order,
                arguments_reversed,
                ..form
            }
        },
    )
}

proptest! {
    #[test]
    fn arbitrary_arguments_survive_every_form(arguments in arguments(), form in any_form()) {
        let request = encode(&call(arguments.clone()), &form, &credentials(), &stamp());
        prop_assert_eq!(wrong(&request), [""; 0]);
        let incoming = decode(&request).unwrap();
        prop_assert_eq!(incoming.arguments, arguments);
        prop_assert!(incoming.irregular.is_empty());
    }
}
