//! Bytes from anyone: nothing panics, hangs or recurses without bound.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sharespec_wire::alibaba::{Form, Format, decode, decode_reply, format_asked, inspect};
use sharespec_wire::http::{Request, Response};
use sharespec_wire::{curl, redact};

use crate::support::{Gateway, SECRET, send};

fn use_everything(request: &Request) {
    let _ = format_asked(request);
    let _ = decode(request);
    let _ = inspect(request, &Gateway(None));
    let _ = curl(&redact(request, &[SECRET]), "http://127.0.0.1:1");
}

fn read_everything(body: &[u8]) {
    for (status, content_type, format) in [
        (200, "application/json", Format::Json),
        (400, "application/json", Format::Json),
        (200, "text/xml", Format::Xml),
        (400, "text/xml", Format::Xml),
    ] {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        let response = Response { status, headers, body: body.to_vec() };
        let _ = decode_reply(&response, "A", format);
    }
}

#[test]
fn large_inputs_take_no_more_than_linear_time() {
    let start = Instant::now();
    let mut request = send(&Form::preset("pop-core-post").unwrap());
    for piece in ["a&", "T.1=x&", "%41=%42&", "T.0=&", "R.1.F=&", "+"] {
        request.body = piece.repeat(1_000_000 / piece.len()).into_bytes();
        use_everything(&request);
    }
    request.body = (0..100_000).flat_map(|n| format!("T.{n}=&N{n}.1=&").into_bytes()).collect();
    use_everything(&request);
    let names: String = (0..100_000).map(|n| format!("<a{n}/>")).collect();
    let bodies = [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(200_000),
        "<A>".repeat(300_000),
        format!("<Error>{names}</Error>"),
        format!("<Error>{}</Error>", "<a/>".repeat(200_000)),
        format!("<Error>{}</Error>", "&amp;".repeat(200_000)),
        format!("<Error {}/>", "a='b' ".repeat(2_000)),
    ];
    for body in bodies {
        read_everything(body.as_bytes());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn every_prefix_and_every_flipped_byte_is_survived() {
    for (_, form) in Form::presets() {
        let request = send(&form());
        for position in 0..request.body.len() {
            let mut flipped = request.clone();
            flipped.body[position] ^= 0x25;
            use_everything(&flipped);
            flipped.body.truncate(position);
            use_everything(&flipped);
        }
        for (position, _) in request.target.char_indices() {
            let mut cut = request.clone();
            cut.target.truncate(position);
            use_everything(&cut);
            cut.target.push('%');
            use_everything(&cut);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn arbitrary_requests_are_survived(
        method in prop::sample::select(vec!["GET", "POST", "", "\0"]),
        target in "(/?\\?)?[ -~é]{0,80}",
        headers in prop::collection::vec(
            (prop::sample::select(vec![
                "content-type", "authorization", "x-acs-date", "host", "", "accept", "X-Acs-Action",
            ]), prop_oneof![
                "[ -~]{0,40}",
                Just("application/x-www-form-urlencoded".to_owned()),
                Just("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=;;host,Signature=b".to_owned()),
            ]), 0..5),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        use_everything(&Request { method: method.to_owned(), target, headers, body });
    }

    #[test]
    fn arbitrary_bodies_are_survived(body in prop::collection::vec(any::<u8>(), 0..200)) {
        read_everything(&body);
    }

    #[test]
    fn almost_xml_is_survived(body in "(<A>|</A>|<A/>|&|;|#|x|<!|\\[CDATA\\[|\\]\\]>|<\\?|\\?>|<|>|'|\"|--|a=|é){0,30}") {
        read_everything(body.as_bytes());
    }

    #[test]
    fn almost_json_is_survived(body in "(\\{|\\}|\\[|\\]|\"|a|:|,|1|e|-|\\\\u|null|é){0,30}") {
        read_everything(body.as_bytes());
    }
}
