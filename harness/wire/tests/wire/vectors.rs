//! The wire against vectors: published signatures, recorded requests, sample replies.

use serde_json::{Map, Value};
use sharespec_fixtures as fixtures;
use sharespec_model::call::Body;
use sharespec_wire::alibaba::sign::{
    CanonicalRequest, content_hash, header_signature, parameter_signature, parameter_string_to_sign,
};
use sharespec_wire::alibaba::{
    Format, GatewayError, decode, decode_reply, encode_reply, shape_xml,
};
use sharespec_wire::http::{Request, Response};

fn load(text: &str, list: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(text).unwrap();
    let rows = value[list].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    rows
}

fn text<'a>(row: &'a Value, member: &str) -> &'a str {
    row[member].as_str().unwrap_or_else(|| panic!("{member} in {row}"))
}

fn pairs(value: &Value) -> Vec<(&str, &str)> {
    let members = value.as_object().unwrap().iter();
    let mut pairs: Vec<(&str, &str)> =
        members.map(|(key, value)| (key.as_str(), value.as_str().unwrap())).collect();
    pairs.sort_unstable();
    pairs
}

#[test]
fn parameter_signatures_equal_the_vectors() {
    for row in load(fixtures::WIRE_SIGNING_ALIBABA, "parameter_signatures") {
        let string_to_sign =
            parameter_string_to_sign(text(&row, "method"), &pairs(&row["parameters"]));
        assert_eq!(string_to_sign, text(&row, "string_to_sign"));
        let signature = parameter_signature(text(&row, "secret"), &string_to_sign);
        assert_eq!(signature, text(&row, "signature"), "{}", row["name"]);
    }
}

#[test]
fn header_signatures_equal_the_vectors() {
    for row in load(fixtures::WIRE_SIGNING_ALIBABA, "header_signatures") {
        let (query, headers) = (pairs(&row["query"]), pairs(&row["headers"]));
        let hash = content_hash(text(&row, "body").as_bytes());
        let canonical = CanonicalRequest {
            method: text(&row, "method"),
            path: text(&row, "path"),
            query: &query,
            headers: &headers,
            content_hash: &hash,
        };
        assert_eq!(canonical.text(), text(&row, "canonical_request"));
        let string_to_sign = canonical.string_to_sign();
        let expected = format!("ACS3-HMAC-SHA256\n{}", text(&row, "canonical_hash"));
        assert_eq!(string_to_sign, expected);
        let signature = header_signature(text(&row, "secret"), &string_to_sign);
        assert_eq!(signature, text(&row, "signature"), "{}", row["name"]);
        assert!(text(&row, "authorization").contains(&canonical.signed_headers()));
    }
}

#[test]
fn recorded_requests_are_understood() {
    for row in load(fixtures::WIRE_REQUESTS_ALIBABA, "requests") {
        let request = Request {
            method: text(&row, "method").to_owned(),
            target: text(&row, "target").to_owned(),
            headers: serde_json::from_value(row["headers"].clone()).unwrap(),
            body: text(&row, "body").as_bytes().to_vec(),
        };
        let incoming = decode(&request).unwrap_or_else(|error| panic!("{error} for {row}"));
        let expected = &row["expected"];
        assert_eq!(incoming.action, text(expected, "action"));
        assert_eq!(incoming.access_key_id, text(expected, "access_key_id"));
        assert_eq!(serde_json::to_value(incoming.format).unwrap(), expected["format"]);
        assert_eq!(serde_json::to_value(incoming.signature).unwrap(), expected["signature"]);
        assert_eq!(incoming.timestamp.as_deref(), expected["timestamp"].as_str());
        assert_eq!(incoming.region_id.as_deref(), expected["region_id"].as_str());
        assert_eq!(Value::Object(incoming.arguments), expected["arguments"], "{}", row["name"]);
        assert!(incoming.irregular.is_empty(), "{:?}", incoming.irregular);
    }
}

fn response(content_type: &str, body: &str) -> Response {
    Response {
        status: 200,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: body.as_bytes().to_vec(),
    }
}

/// The paths of all members, without what they hold: samples of one reply differ in values.
fn names(members: &Map<String, Value>) -> Vec<String> {
    members.keys().cloned().collect()
}

#[test]
fn sample_replies_are_read_and_written_again() {
    let lists = ["ResourceShareAssociations", "ResourceShares", "SharedResources", "SharedTargets"];
    for row in load(fixtures::WIRE_REPLIES_ALIBABA, "replies") {
        let operation = text(&row, "operation");
        let mut read = Vec::new();
        for (member, format, content_type) in
            [("json", Format::Json, "application/json"), ("xml", Format::Xml, "text/xml")]
        {
            let Some(body) = row[member].as_str().filter(|body| !body.is_empty()) else { continue };
            let reply = decode_reply(&response(content_type, body), operation, format)
                .unwrap_or_else(|error| panic!("{operation} {member}: {error}"));
            assert!(reply.request_id.is_some(), "{operation}");
            let again = decode_reply(&encode_reply(&reply, operation, format), operation, format);
            assert_eq!(again.as_ref(), Ok(&reply), "{operation} {member}");
            let Body::Success(mut members) = reply.body else { panic!("a success") };
            shape_xml(&mut members, &lists, &[]);
            assert!(lists.iter().all(|list| members.get(*list).is_none_or(Value::is_array)));
            read.push(names(&members));
        }
        assert!(!read.is_empty(), "{operation}");
    }
}

#[test]
fn gateway_errors_equal_the_table() {
    let known = [
        GatewayError::api_not_found(),
        GatewayError::action_not_found(),
        GatewayError::product_not_found(),
        GatewayError::protocol_needs_tls(),
        GatewayError::access_key_not_found(),
        GatewayError::access_key_inactive(),
        GatewayError::timestamp_format(),
        GatewayError::timestamp_expired(),
        GatewayError::nonce_used(),
        GatewayError::format_unknown(),
        GatewayError::unsupported_method(),
        GatewayError::incomplete_signature(),
        GatewayError::throttling_user(),
        GatewayError::internal_error(),
        GatewayError::service_unavailable(),
        GatewayError::forbidden(),
        GatewayError::missing("{Param}"),
        GatewayError::invalid("{Param}"),
        GatewayError::signature_mismatch("{sts}"),
    ];
    let rows = load(fixtures::WIRE_GATEWAY_ALIBABA, "rows");
    assert_eq!(rows.len(), known.len());
    for row in rows {
        let found = known.iter().find(|error| error.code == text(&row, "code"));
        let found = found.unwrap_or_else(|| panic!("no constructor for {row}"));
        assert_eq!(u64::from(found.status), row["status"], "{row}");
        assert_eq!(found.message, text(&row, "message"), "{row}");
    }
}
