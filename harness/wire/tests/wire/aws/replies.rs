//! Replies there and back: each lawful form of an error, and what is no reply.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sharespec_model::call::{Body, Reply};
use sharespec_wire::alibaba::{GatewayError, Malformed};
use sharespec_wire::aws::{ErrorType, Style, decode_reply, encode_reply, epoch_millis, refusal};
use sharespec_wire::http::Response;

fn response(status: u16, error_type: Option<&str>, body: &str) -> Response {
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    headers.extend(error_type.map(|text| ("X-Amzn-ErrorType".to_owned(), text.to_owned())));
    Response { status, headers, body: body.as_bytes().to_vec() }
}

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { panic!("an object") };
    members
}

fn styles() -> Vec<Style> {
    let mut styles = Vec::new();
    for error_type in [ErrorType::Header, ErrorType::Type, ErrorType::Code] {
        for bits in 0..8 {
            let (namespace, link, capital_message) = (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0);
            styles.push(Style { error_type, namespace, link, capital_message });
        }
    }
    styles
}

#[test]
fn replies_survive_in_every_style() {
    let bodies = [
        Body::Success(object(json!({"clientToken": "t", "resourceShareAssociations": [
            {"creationTime": 1_565_303_590.295, "external": false, "statusMessage": null}]}))),
        Body::Success(Map::new()),
        Body::Error {
            code: "UnknownResourceException".to_owned(),
            message: "ResourceShare é: \"x\"#".to_owned(),
            extra: object(json!({"Type": "User"})),
        },
    ];
    for body in bodies {
        let status = if matches!(body, Body::Success(_)) { 200 } else { 400 };
        let reply = Reply { status, request_id: Some("id".to_owned()), body };
        for style in styles() {
            assert_eq!(decode_reply(&encode_reply(&reply, style)), Ok(reply.clone()), "{style:?}");
        }
    }
}

#[test]
fn refusals_are_replies() {
    let error = GatewayError { status: 403, code: "X".into(), message: "m".into() };
    let reply = refusal(error, "id");
    assert_eq!((reply.status, reply.code()), (403, Some("X")));
}

#[test]
fn the_header_goes_before_the_body() {
    for (header, body) in [
        (Some("A"), r#"{"__type":"B","code":"C","message":""}"#),
        (None, r#"{"__type":"n#A:x","code":"C","message":""}"#),
        (None, r#"{"code":"n#A","message":""}"#),
        (None, r#"{"__type":null,"code":"A","Message":"m"}"#),
        (Some(" "), r#"{"__type":"A","message":null,"Message":"m"}"#),
        (Some("A:http://a/b#c"), r#"{"message":"m"}"#),
    ] {
        let reply = decode_reply(&response(400, header, body)).unwrap();
        assert_eq!(reply.code(), Some("A"), "{body}");
    }
}

#[test]
fn common_errors_need_no_message_and_no_body() {
    let read = |error_type, body| decode_reply(&response(403, error_type, body));
    for body in ["", "{}"] {
        let reply = read(Some("UnrecognizedClientException"), body).unwrap();
        assert_eq!(reply.code(), Some("UnrecognizedClientException"));
        assert_eq!(read(Some("UnknownResourceException"), body), Err(Malformed::MissingMessage));
    }
}

#[test]
fn what_is_no_reply_is_refused() {
    let wrong_type = |member: &str| Malformed::WrongType { member: member.to_owned() };
    for (status, header, body, expected) in [
        (400, None, r#"{"message":"m"}"#, Malformed::MissingCode),
        (400, None, r#"{"__type":"n#","message":"m"}"#, Malformed::MissingCode),
        (400, None, r#"{"__type":5,"message":"m"}"#, wrong_type("__type")),
        (400, Some("A"), r#"{"message":5}"#, wrong_type("message")),
        (400, Some("A"), r#"{}"#, Malformed::MissingMessage),
        (200, Some("A"), r#"{}"#, Malformed::SuccessWithCode { code: Some("A".to_owned()) }),
        (200, None, r#"{"__type":"A"}"#, Malformed::SuccessWithCode { code: Some("A".to_owned()) }),
        (200, None, "[]", Malformed::NotAnObject),
        (200, None, "{}{}", Malformed::TrailingData),
        (200, None, r#"{"a":1,"a":2}"#, Malformed::DuplicateMember { member: "a".to_owned() }),
    ] {
        assert_eq!(decode_reply(&response(status, header, body)), Err(expected), "{body}");
    }
    for body in ["", "{", "nul"] {
        let found = decode_reply(&response(200, None, body));
        assert!(matches!(found, Err(Malformed::NotJson { .. })), "{body}: {found:?}");
    }
    for (content_type, success, error) in [
        ("application/json; charset=utf-8", true, true),
        ("Application/JSON", true, true),
        ("application/x-amz-json-1.1", false, true),
        ("application/problem+json", false, true),
        ("text/html", false, false),
        ("application/xml", false, false),
    ] {
        let lawful = |mut response: Response| {
            response.headers[0].1 = content_type.to_owned();
            decode_reply(&response).is_ok()
        };
        assert_eq!(lawful(response(200, None, "{}")), success, "{content_type}");
        let refused = response(400, Some("A"), r#"{"message":"m"}"#);
        assert_eq!(lawful(refused), error, "{content_type}");
    }
}

#[test]
fn times_of_a_reply_may_be_written_in_any_form_of_numbers() {
    for text in ["1565303590.295", "1.565303590295E9", "1565303590.2950"] {
        let body = format!(r#"{{"creationTime":{text}}}"#);
        let reply = decode_reply(&response(200, None, &body)).unwrap();
        let Body::Success(members) = reply.body else { panic!("a success") };
        assert_eq!(epoch_millis(&members["creationTime"]), Some(1_565_303_590_295));
    }
}

proptest! {
    #[test]
    fn arbitrary_bodies_are_survived(
        status in prop::sample::select(vec![200_u16, 400, 500]),
        error_type in prop::option::of("[ -~]{0,20}"),
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..100),
            "(\\{|\\}|\\[|\\]|\"|__type|message|:|,|1|e|-|null|é){0,30}".prop_map(String::into_bytes),
        ],
    ) {
        let mut response = response(status, error_type.as_deref(), "");
        response.body = body;
        let _ = decode_reply(&response);
    }
}
