//! Requests there and back: paths, bodies, queries and what may be odd with them.

use super::{Front, SHARE, call, samples, send};
use crate::support::text;
use proptest::prelude::*;
use serde_json::{Value, json};
use sharespec_wire::aws::{Form, JsonStyle, OPERATIONS, Order, inspect};
use sharespec_wire::http::{Request, header};

#[test]
fn every_form_is_understood() {
    for call in samples() {
        for json in [JsonStyle::Compact, JsonStyle::Python] {
            for order in [Order::Sorted, Order::Documented] {
                let request = send(&call, &Form { json, order, ..Form::default() });
                let found = Front::default().look(&request);
                assert!(found.wrong.possible.is_empty());
                assert_eq!(found.incoming.action, call.operation);
                assert_eq!(found.incoming.arguments, call.arguments);
                assert_eq!(found.incoming.irregular, [""; 0]);
            }
        }
    }
}

#[test]
fn every_operation_has_its_place() {
    for operation in OPERATIONS {
        let request = send(&call(operation.name, json!({})), &Form::default());
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            (operation.method, operation.path)
        );
        assert_eq!(request.body, if operation.has_body() { b"{}".as_slice() } else { b"" });
        let content_type = header(&request.headers, "content-type");
        assert_eq!(content_type.is_some(), operation.has_body());
        let found = Front::default().look(&request);
        assert!(found.wrong.possible.is_empty(), "{}", operation.name);
        assert_eq!(found.incoming.action, operation.name);
    }
}

#[test]
fn the_printed_request_is_written() {
    let arguments = json!({
        "clientToken": "string", "principals": ["string"], "resourceArns": ["string"],
        "resourceShareArn": "string",
    });
    let form = Form { json: JsonStyle::Python, ..Form::default() };
    let request = send(&call("DisassociateResourceShare", arguments), &form);
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/disassociateresourceshare")
    );
    assert_eq!(header(&request.headers, "content-type"), Some("application/json"));
    let printed = r#"{"clientToken": "string", "principals": ["string"], "resourceArns": ["string"], "resourceShareArn": "string"}"#;
    assert_eq!(String::from_utf8(request.body).unwrap(), printed);
}

#[test]
fn members_of_other_types_are_found() {
    for (arguments, expected) in [
        (json!({"resourceShareArn": 5}), "gateway/member-type"),
        (json!({"principals": "123456789012"}), "gateway/member-type"),
        (json!({"principals": [123_456_789_012_i64]}), "gateway/member-type"),
        (json!({"principals": {}}), "gateway/member-type"),
        (json!({"clientToken": true}), "gateway/member-type"),
        (json!({"resourceArns": ["a", null]}), "gateway/entry-null"),
        (json!({"resourceArns": null}), "gateway/member-null"),
    ] {
        let request = send(&call("DisassociateResourceShare", arguments.clone()), &Form::default());
        assert_eq!(Front::default().wrong(&request), [expected], "{arguments}");
    }
    let request = send(&call("GetResourceShares", json!({"maxResults": "5"})), &Form::default());
    assert_eq!(Front::default().wrong(&request), ["gateway/member-type"]);
}

#[test]
fn nulls_and_unknown_parameters_are_kept_apart() {
    let form = Form {
        nulls: vec!["clientToken".to_owned(), "resourceShareArn".to_owned()],
        extra_query: Some("a=b&c".to_owned()),
        ..Form::default()
    };
    let arguments = json!({"resourceShareArn": SHARE, "unheardOf": [1]});
    let request = send(&call("DisassociateResourceShare", arguments.clone()), &form);
    let found = Front::default().look(&request);
    let wrong = Front::default().wrong(&request);
    assert_eq!(wrong, ["gateway/query-unknown", "gateway/member-null"]);
    assert_eq!(Value::Object(found.incoming.arguments), arguments);
    assert_eq!(found.incoming.irregular, ["a", "c", "clientToken"]);
}

#[test]
fn parameters_of_a_query_are_typed() {
    let arguments = json!({"permissionArn": "arn:x", "permissionVersion": 3});
    let request = send(&call("DeletePermissionVersion", arguments.clone()), &Form::default());
    assert_eq!(
        request.target,
        "/deletepermissionversion?permissionArn=arn%3Ax&permissionVersion=3"
    );
    let found = Front::default().look(&request);
    assert_eq!(Value::Object(found.incoming.arguments), arguments);
    let mut request = send(&samples()[1], &Form::default());
    request.target.push_str("&clientToken=again");
    let incoming = Front::default().look(&request).incoming;
    assert_eq!(incoming.arguments["clientToken"], "t 1&=%");
    assert_eq!(incoming.irregular, ["clientToken"]);
}

proptest! {
    #[test]
    fn texts_survive(share in text(), principals in prop::collection::vec(text(), 0..5)) {
        let calls = [
            call("DisassociateResourceShare", json!({"resourceShareArn": &share, "principals": principals})),
            call("DeleteResourceShare", json!({"resourceShareArn": &share})),
        ];
        for call in calls {
            for (_, form) in Form::presets() {
                let request = send(&call, &form());
                let found = Front::default().look(&request);
                prop_assert!(found.wrong.possible.is_empty());
                prop_assert_eq!(&found.incoming.arguments, &call.arguments);
            }
        }
    }

    #[test]
    fn arbitrary_requests_are_survived(
        method in prop::sample::select(vec!["GET", "POST", "DELETE", ""]),
        path in prop::sample::select(vec!["/disassociateresourceshare", "/deleteresourceshare", "/", ""]),
        query in "(\\?[ -~é]{0,40})?",
        authorization in prop_oneof![
            "[ -~]{0,60}",
            Just("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/d/r/s/aws4_request,SignedHeaders=;;host,Signature=b".to_owned()),
        ],
        date in "[0-9TZ:-]{0,20}",
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            "(\\{|\\}|\\[|\\]|\"|a|:|,|1|e|-|null|é){0,30}".prop_map(String::into_bytes),
        ],
    ) {
        let headers = [("authorization", authorization), ("x-amz-date", date)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let request =
            Request { method: method.to_owned(), target: format!("{path}{query}"), headers, body };
        let found = inspect(&request, &Front::default()).unwrap();
        prop_assert!(!found.wrong.certain.is_empty());
    }
}

#[test]
fn deep_and_long_bodies_take_no_more_than_linear_time() {
    let start = std::time::Instant::now();
    let mut request = send(&samples()[0], &Form::default());
    for body in ["[".repeat(1_000_000), "{\"a\":".repeat(200_000), "{\"a\":1,".repeat(100_000)] {
        request.body = body.into_bytes();
        assert!(Front::default().wrong(&request).contains(&"gateway/body-malformed"));
    }
    request.target = format!("/deleteresourceshare?{}", "a&".repeat(100_000));
    assert!(Front::default().wrong(&request).contains(&"gateway/query-unknown"));
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
