//! What HTTP leaves to a server: headers, framing, connections.

use super::{every, with};
use crate::answer::Delivery;
use crate::change::{Change, Effect, Moment};
use crate::edit;
use sharespec_wire::http::Response;

/// One variant for each freedom.
pub(super) const VARIANTS: &[Change] = &[
    with("content-type-bare", "A content type has no charset.", &[], &[Effect::Bytes(bare)]),
    with("content-type-upper", "A content type is in upper case.", &[], &[Effect::Bytes(upper)]),
    with(
        "content-type-other",
        "JSON is text/json, and XML is application/xml.",
        &[],
        &[Effect::Bytes(other)],
    ),
    // The names are written as they stand by the raw server only.
    with(
        "header-names-capital",
        "The names of headers have capitals.",
        &[],
        &[Effect::Bytes(capital), Effect::Connection(Delivery::Whole)],
    ),
    with(
        "extra-headers",
        "Answers have headers that no document names.",
        &[],
        &[Effect::Bytes(more)],
    ),
    with("chunked", "Bodies come in chunks.", &[], &[Effect::Connection(Delivery::Chunked(37))]),
    with(
        "chunked-bytewise",
        "Bodies come in chunks of three bytes, which part letters.",
        &[],
        &[Effect::Connection(Delivery::Chunked(3))],
    ),
    with(
        "until-close",
        "The end of the connection ends a body.",
        &[],
        &[Effect::Connection(Delivery::UntilClose)],
    ),
    with(
        "connection-close",
        "Every answer is announced as the last of its connection.",
        &[],
        &[Effect::Connection(Delivery::LastOne)],
    ),
    with(
        "interim-answer",
        "An interim answer comes before the answer.",
        &[],
        &[Effect::Connection(Delivery::Interim)],
    ),
    with(
        "trickle",
        "Answers come in small pieces with pauses.",
        &[],
        &[Effect::Connection(Delivery::Trickle(2))],
    ),
    every(
        3,
        "silent-close",
        "Every third answer is the last of its connection, and nothing says so.",
        &[Effect::Connection(Delivery::CloseSilently)],
    ),
];

pub(super) fn bare(response: &mut Response, _: &Moment<'_>) {
    let json = edit::is_json(response);
    let content_type = if json { "application/json" } else { "text/xml" };
    edit::set_header(response, "content-type", content_type);
}

fn upper(response: &mut Response, _: &Moment<'_>) {
    let json = edit::is_json(response);
    let content_type =
        if json { "APPLICATION/JSON; Charset=UTF-8" } else { "TEXT/XML; Charset=UTF-8" };
    edit::set_header(response, "content-type", content_type);
}

fn other(response: &mut Response, _: &Moment<'_>) {
    let json = edit::is_json(response);
    let content_type = if json { "text/json; charset=utf-8" } else { "application/xml" };
    edit::set_header(response, "content-type", content_type);
}

fn capital(response: &mut Response, _: &Moment<'_>) {
    for (name, _) in &mut response.headers {
        let parts = name.split('-').map(|part| {
            let (first, rest) = part.split_at(part.len().min(1));
            format!("{}{rest}", first.to_ascii_uppercase())
        });
        *name = parts.collect::<Vec<_>>().join("-");
    }
}

fn more(response: &mut Response, _: &Moment<'_>) {
    edit::set_header(response, "server", "gateway/7.1");
    edit::set_header(response, "cache-control", "no-store");
    edit::set_header(response, "x-acs-trace-id", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    edit::set_header(response, "access-control-allow-origin", "*");
}
