//! Replies there and back in both formats, and everything that makes a response malformed.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sharespec_model::call::{Body, Reply};
use sharespec_wire::alibaba::{
    BODY_LIMIT, Format, Malformed, NESTING_LIMIT, decode_reply, encode_reply, shape_xml,
};
use sharespec_wire::http::Response;

const OPERATION: &str = "ListResourceShares";
const JSON: &str = "application/json;charset=utf-8";
const XML: &str = "text/xml;charset=utf-8";

fn response(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    Response { status, headers, body: body.into() }
}

fn read_json(status: u16, body: impl Into<Vec<u8>>) -> Result<Reply, Malformed> {
    decode_reply(&response(status, JSON, body), OPERATION, Format::Json)
}

fn read_xml(status: u16, body: impl Into<Vec<u8>>) -> Result<Reply, Malformed> {
    decode_reply(&response(status, XML, body), OPERATION, Format::Xml)
}

fn members(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn error_reply() -> Reply {
    Reply {
        status: 404,
        request_id: Some("R-1".to_owned()),
        body: Body::Error {
            code: "EntityNotExists.ResourceShare".to_owned(),
            message: "The resource share does not exist.".to_owned(),
            extra: members(json!({"HostId": "h", "Recommend": "r", "AccessDeniedDetail": {}})),
        },
    }
}

fn success(members: Map<String, Value>) -> Reply {
    Reply { status: 200, request_id: Some("R".to_owned()), body: Body::Success(members) }
}

#[test]
fn errors_are_written_in_the_documented_order() {
    let json = encode_reply(&error_reply(), OPERATION, Format::Json);
    assert_eq!(json.headers, [("content-type".to_owned(), JSON.to_owned())]);
    let expected = "{\"RequestId\":\"R-1\",\"HostId\":\"h\",\"Code\":\"EntityNotExists.ResourceShare\",\
                    \"Message\":\"The resource share does not exist.\",\
                    \"AccessDeniedDetail\":{},\"Recommend\":\"r\"}";
    assert_eq!(String::from_utf8(json.body).unwrap(), expected);
    let xml = encode_reply(&error_reply(), OPERATION, Format::Xml);
    assert_eq!(xml.headers, [("content-type".to_owned(), XML.to_owned())]);
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>R-1</RequestId>\
                    <HostId>h</HostId><Code>EntityNotExists.ResourceShare</Code>\
                    <Message>The resource share does not exist.</Message>\
                    <AccessDeniedDetail></AccessDeniedDetail><Recommend>r</Recommend></Error>";
    assert_eq!(String::from_utf8(xml.body).unwrap(), expected);
}

#[test]
fn lists_are_repeated_elements() {
    let reply = success(members(json!({
        "ResourceShares": [{"Name": "a", "External": true}, {"Name": "", "External": false}],
        "Tags": [], "NextToken": null, "Count": 2,
    })));
    let xml = encode_reply(&reply, OPERATION, Format::Xml);
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListResourceSharesResponse>\
        <RequestId>R</RequestId><Count>2</Count>\
        <ResourceShares><External>true</External><Name>a</Name></ResourceShares>\
        <ResourceShares><External>false</External><Name></Name></ResourceShares>\
        </ListResourceSharesResponse>";
    assert_eq!(std::str::from_utf8(&xml.body).unwrap(), expected);
    let Body::Success(mut found) = decode_reply(&xml, OPERATION, Format::Xml).unwrap().body else {
        panic!("a success")
    };
    shape_xml(&mut found, &["ResourceShares"], &["External"]);
    let shares = json!([{"Name": "a", "External": true}, {"Name": "", "External": false}]);
    assert_eq!(found["ResourceShares"], shares);
}

#[test]
fn what_xml_cannot_hold_is_replaced() {
    let reply = success(members(json!({"a b<": "\u{0}\u{1b}\r\n\u{fffe}<&>'\"]]>"})));
    let xml = encode_reply(&reply, OPERATION, Format::Xml);
    let read = decode_reply(&xml, OPERATION, Format::Xml).unwrap();
    let Body::Success(found) = read.body else { panic!("a success") };
    assert_eq!(found["a_b_"], "\u{fffd}\u{fffd}\r\n\u{fffd}<&>'\"]]>");
}

#[test]
fn malformed_json_has_precise_reasons() {
    let deep =
        |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let wrong = |member: &str| Malformed::WrongType { member: member.to_owned() };
    let twice = |member: &str| Malformed::DuplicateMember { member: member.to_owned() };
    let misspelled = |found: &str, expected: &str| Malformed::MisspelledMember {
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    let cases = [
        (200, "[]".to_owned(), Malformed::NotAnObject),
        (500, "null".to_owned(), Malformed::NotAnObject),
        (200, "{} {}".to_owned(), Malformed::TrailingData),
        (200, "{}x".to_owned(), Malformed::TrailingData),
        (200, deep(NESTING_LIMIT + 1), Malformed::NestedTooDeep),
        (200, "[".repeat(100_000), Malformed::NestedTooDeep),
        (200, r#"{"a":1,"a":1}"#.to_owned(), twice("a")),
        (200, r#"{"x":[{"a":1,"\u0061":2}]}"#.to_owned(), twice("a")),
        (200, r#"{"Code":"X"}"#.to_owned(), Malformed::SuccessWithCode { code: Some("X".into()) }),
        (299, r#"{"Code":null}"#.to_owned(), Malformed::SuccessWithCode { code: None }),
        (400, "{}".to_owned(), Malformed::MissingCode),
        (400, r#"{"Message":"m"}"#.to_owned(), Malformed::MissingCode),
        (302, r#"{"Code":"c"}"#.to_owned(), Malformed::MissingMessage),
        (400, r#"{"Code":1,"Message":"m"}"#.to_owned(), wrong("Code")),
        (400, r#"{"Code":"c","Message":null}"#.to_owned(), wrong("Message")),
        (200, r#"{"RequestId":7}"#.to_owned(), wrong("RequestId")),
        (400, r#"{"code":"c","Message":"m"}"#.to_owned(), misspelled("code", "Code")),
        (200, r#"{"requestId":"c"}"#.to_owned(), misspelled("requestId", "RequestId")),
    ];
    for (status, body, reason) in cases {
        let shown: String = body.chars().take(60).collect();
        assert_eq!(read_json(status, body), Err(reason), "{shown}");
    }
    assert!(read_json(200, deep(NESTING_LIMIT)).is_ok());
    for body in ["", "{", "{\"a\":01}", "{'a':1}", "{\"a\":1,}", "\u{feff}{}", "<Error/>", "NaN"] {
        assert!(matches!(read_json(400, body), Err(Malformed::NotJson { .. })), "{body}");
    }
    assert_eq!(read_json(200, b"{\"a\":\"\xff\"}"), Err(Malformed::NotUtf8));
}

#[test]
fn the_envelope_is_judged_before_the_body() {
    let large = vec![b' '; BODY_LIMIT + 1];
    assert_eq!(read_json(200, large), Err(Malformed::TooLarge { bytes: BODY_LIMIT + 1 }));
    let read = |content_type: &str, asked| {
        decode_reply(&response(200, content_type, "{}"), OPERATION, asked).map(|_| ())
    };
    let html = Malformed::MediaType { found: Some("text/html".to_owned()) };
    assert_eq!(read("text/html", Format::Json), Err(html));
    let other = |found| Err(Malformed::FormatNotAsked { found });
    assert_eq!(read("text/xml", Format::Json), other(Format::Xml));
    assert_eq!(read("application/json", Format::Xml), other(Format::Json));
    assert_eq!(read("text/json", Format::Json), Ok(()));
    let mut bare = response(200, "", "{}");
    bare.headers.clear();
    let missing = Err(Malformed::MediaType { found: None });
    assert_eq!(decode_reply(&bare, OPERATION, Format::Json), missing);
}

#[test]
fn malformed_xml_has_precise_reasons() {
    let root = |found: &str| Malformed::XmlRoot { found: found.to_owned() };
    let cases = [
        (200, "<Error/>", root("Error")),
        (400, "<ListResourceSharesResponse/>", Malformed::MissingCode),
        (200, "<html></html>", root("html")),
        (200, "<ListResourceSharesResponse/><a/>", Malformed::TrailingData),
        (200, "<ListResourceSharesResponse/>x", Malformed::TrailingData),
        (200, "<ListResourceSharesResponse/>&amp;", Malformed::TrailingData),
        (200, "<ListResourceSharesResponse>x</ListResourceSharesResponse>", Malformed::NotAnObject),
        (400, "<Error/>", Malformed::MissingCode),
        (400, "<Error><Code>c</Code></Error>", Malformed::MissingMessage),
        (
            400,
            "<Error><Code>c</Code><Code>d</Code><Message/></Error>",
            Malformed::WrongType { member: "Code".to_owned() },
        ),
        (
            200,
            "<ListResourceSharesResponse><Code>c</Code></ListResourceSharesResponse>",
            Malformed::SuccessWithCode { code: Some("c".to_owned()) },
        ),
    ];
    for (status, body, reason) in cases {
        assert_eq!(read_xml(status, body), Err(reason), "{body}");
    }
    let deep = format!("<Error>{}", "<a>".repeat(100_000));
    assert_eq!(read_xml(400, deep), Err(Malformed::NestedTooDeep));
}

#[test]
fn dangerous_and_broken_xml_is_refused() {
    for body in [
        "",
        " ",
        "x",
        "{}",
        "<Error>",
        "</Error>",
        "<Error></error>",
        "<Error><Code>a</Error></Code>",
        "<Error>&unknown;</Error>",
        "<Error>&amp</Error>",
        "<Error>&#0;</Error>",
        "<Error>&#xD800;</Error>",
        "<Error>&#x1b;</Error>",
        "<Error>\u{1}</Error>",
        "<Error>a<Code>b</Code></Error>",
        "<Error>]]></Error>",
        "<Error a></Error>",
        "<Error a=\"1\" a=\"2\"></Error>",
        "<1Error/>",
        "<!DOCTYPE Error [<!ENTITY a \"b\">]><Error>&a;</Error>",
        "<!DOCTYPE Error><Error/>",
        "<Error/><?xml version=\"1.0\"?>",
        " <?xml version=\"1.0\"?><Error/>",
        "<?xml version=\"1.1\"?><Error/>",
        "<?xml version=\"1.0\" encoding=\"GBK\"?><Error/>",
        "<Error><!-- a -- b --></Error>",
        "<Error><![CDATA[a</Error>",
    ] {
        let found = read_xml(400, body);
        assert!(matches!(found, Err(Malformed::NotXml { .. })), "{body}: {found:?}");
    }
}

#[test]
fn ordinary_xml_is_understood() {
    let body = "\u{feff}<?xml version='1.0' encoding='utf-8' ?>\r\n<!-- c --><Error>\r\n\t\
        <Code>a&amp;b&#x41;&#10;</Code><Message><![CDATA[<m> & ]]>x</Message><RequestId/>\
        <A/><A> 1 </A>\n</Error>\t\r\n";
    let Reply { request_id, body, .. } = read_xml(500, body).unwrap();
    assert_eq!(request_id.as_deref(), Some(""));
    let Body::Error { code, message, extra } = body else { panic!("an error") };
    assert_eq!((code.as_str(), message.as_str()), ("a&bA\n", "<m> & x"));
    assert_eq!(extra, members(json!({"A": ["", " 1 "]})));
}

#[test]
fn reasons_are_data() {
    let reason = Malformed::MediaType { found: None };
    let text = serde_json::to_string(&reason).unwrap();
    assert_eq!(text, r#"{"media_type":{"found":null}}"#);
    assert_eq!(serde_json::from_str::<Malformed>(&text).unwrap(), reason);
}

/// Texts that XML can hold, awkward ones first.
fn text() -> impl Strategy<Value = String> {
    let awkward = ["<", "&", ">", "]]>", "\"", "'", "\r\n", "\t", " ", "&amp;", "<!--", "阿", "-"];
    let legal = any::<char>().prop_filter("legal in XML", |character| {
        let control = *character < ' ' && !"\t\n\r".contains(*character);
        !control && !matches!(character, '\u{fffe}' | '\u{ffff}')
    });
    let piece = prop_oneof![
        prop::sample::select(awkward.to_vec()).prop_map(str::to_owned),
        legal.prop_map(String::from),
        "[a-z0-9]{1,5}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Members as XML can hold them: texts, records, and lists of more than one entry.
fn tree() -> impl Strategy<Value = Map<String, Value>> {
    let name = "X[A-Za-z0-9]{0,6}";
    let leaf = text().prop_map(Value::String);
    let value = leaf.prop_recursive(3, 24, 4, move |inner| {
        let record = prop::collection::btree_map(name, inner.clone(), 1..4)
            .prop_map(|members| Value::Object(members.into_iter().collect()));
        let entry = prop_oneof![record.clone(), text().prop_map(Value::String)];
        prop_oneof![record, prop::collection::vec(entry, 2..4).prop_map(Value::Array)]
    });
    prop::collection::btree_map(name, value, 0..5).prop_map(|all| all.into_iter().collect())
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let request_id = || proptest::option::of(text());
    let failure = (400..600_u16, request_id(), text(), text(), tree()).prop_map(
        |(status, request_id, code, message, extra)| Reply {
            status,
            request_id,
            body: Body::Error { code, message, extra },
        },
    );
    let success = (200..300_u16, request_id(), tree()).prop_map(|(status, request_id, members)| {
        Reply { status, request_id, body: Body::Success(members) }
    });
    prop_oneof![failure, success]
}

proptest! {
    #[test]
    fn replies_survive_both_formats(reply in any_reply()) {
        for format in [Format::Json, Format::Xml] {
            let sent = encode_reply(&reply, OPERATION, format);
            prop_assert_eq!(decode_reply(&sent, OPERATION, format), Ok(reply.clone()));
        }
    }

    #[test]
    fn any_json_survives(text in any::<String>(), number in any::<f64>(), whole in any::<i64>()) {
        let reply = success(members(json!({"a": [text, number, whole, null, true, {}]})));
        let sent = encode_reply(&reply, OPERATION, Format::Json);
        prop_assert_eq!(decode_reply(&sent, OPERATION, Format::Json), Ok(reply));
    }
}
