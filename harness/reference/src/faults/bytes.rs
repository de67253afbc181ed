//! Bodies and headers that are not what they should be.

use super::tools::removes;
use super::{always, common, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use sharespec_wire::http::Response;

/// More than any answer may have.
const TOO_MUCH: usize = 5 * 1024 * 1024;

pub(super) const FAULTS: &[Change] = &[
    always(
        "content-type-missing",
        "Answers have no content type.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| response.headers.retain(|(name, _)| name != "content-type"))],
    ),
    always(
        "content-type-plain",
        "Answers are announced as plain text.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::set_header(response, "content-type", "text/plain;charset=utf-8")
        })],
    ),
    always(
        "content-type-html",
        "Answers are announced as HTML.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::set_header(response, "content-type", "text/html;charset=utf-8")
        })],
    ),
    when(
        |moment| !moment.accepted,
        "errors-announced-as-text",
        "Errors are announced as plain text.",
        &[common!("floor/well-formed"), common!("floor/error-body")],
        &[Effect::Bytes(|response, _| edit::set_header(response, "content-type", "text/plain"))],
    ),
    when(
        |moment| !moment.accepted,
        "errors-in-html",
        "Errors are pages for people.",
        &[common!("floor/well-formed"), common!("floor/error-body")],
        &[Effect::Bytes(html)],
    ),
    when(
        |moment| !moment.accepted,
        "errors-without-body",
        "Errors have no body.",
        &[common!("floor/well-formed"), common!("floor/error-body")],
        &[Effect::Bytes(|response, _| response.body.clear())],
    ),
    when(
        |moment| !moment.accepted,
        "errors-in-small-members",
        "Errors have code, message and requestId.",
        &[common!("floor/error-body")],
        &[Effect::Bytes(|response, _| edit::edit_text(response, small))],
    ),
    when(
        |moment| !moment.accepted,
        "errors-in-an-envelope",
        "Errors stand in a member of their own.",
        &[common!("floor/error-body")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| format!("{{\"Error\":{text}}}"))
        })],
    ),
    when(
        |moment| !moment.accepted,
        "errors-without-code",
        "Errors have no Code.",
        &[common!("floor/error-body")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| {
                text.replace("\"Code\"", "\"ErrorCode\"")
                    .replace("<Code>", "<ErrorCode>")
                    .replace("</Code>", "</ErrorCode>")
            })
        })],
    ),
    when(
        |moment| !moment.accepted,
        "errors-without-message",
        "Errors have no Message.",
        &[common!("floor/error-body")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| {
                text.replace("\"Message\"", "\"Description\"")
                    .replace("<Message>", "<Description>")
                    .replace("</Message>", "</Description>")
            })
        })],
    ),
    always(
        "xml-for-json",
        "XML comes where JSON is asked for.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(xml)],
    ),
    always(
        "body-truncated",
        "Bodies lack their last letter.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            response.body.truncate(response.body.len().saturating_sub(1))
        })],
    ),
    always(
        "body-halved",
        "Bodies end in the middle.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| response.body.truncate(response.body.len() / 2))],
    ),
    always(
        "body-empty",
        "Bodies are empty.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| response.body.clear())],
    ),
    always(
        "body-with-garbage",
        "Something follows the body.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| response.body.extend_from_slice(b"\n{}"))],
    ),
    always(
        "body-in-a-list",
        "The body is a list of one answer.",
        &[common!("floor/well-formed"), common!("floor/success-body")],
        &[Effect::Bytes(|response, _| edit::edit_text(response, |text| format!("[{text}]")))],
    ),
    always(
        "body-as-text",
        "The body is a text that holds JSON.",
        &[common!("floor/well-formed"), common!("floor/success-body")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| serde_json::Value::from(text).to_string())
        })],
    ),
    always(
        "body-not-utf8",
        "Bodies are not UTF-8.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(not_utf8)],
    ),
    always(
        "member-twice",
        "RequestId comes twice.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| text.replacen('{', "{\"RequestId\":\"A\",", 1))
        })],
    ),
    always(
        "not-a-number",
        "A member is NaN, which JSON does not have.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            edit::edit_text(response, |text| text.replacen('{', "{\"Elapsed\":NaN,", 1))
        })],
    ),
    always(
        "comma-too-many",
        "The last member of an object is followed by a comma.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| edit::edit_text(response, |text| text.replace('}', ",}")))],
    ),
    always(
        "single-quotes",
        "Texts stand in single quotes.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| edit::edit_text(response, |text| text.replace('"', "'")))],
    ),
    when(
        removes,
        "body-too-large",
        "The answer of a removal has five mebibytes.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(fill)],
    ),
    when(
        removes,
        "body-nested-too-deep",
        "The answer of a removal is nested beyond all measure.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(nest)],
    ),
    when(
        removes,
        "removal-empty-object",
        "The answer of a removal is an empty object.",
        &[common!("floor/request-id"), removal!("effect/rows")],
        &[Effect::Bytes(|response, _| {
            if response.status == 200 {
                response.body = b"{}".to_vec()
            }
        })],
    ),
    when(
        removes,
        "removal-no-content",
        "A removal is answered 204 and nothing.",
        &[common!("floor/status"), removal!("effect/rows")],
        &[Effect::Bytes(no_content)],
    ),
    when(
        removes,
        "removal-redirected",
        "A removal is sent elsewhere.",
        &[common!("floor/status")],
        &[Effect::Bytes(redirect)],
    ),
];

fn html(response: &mut Response, _: &Moment<'_>) {
    edit::set_header(response, "content-type", "text/html");
    response.body = b"<html><body><h1>Bad Request</h1></body></html>".to_vec();
}

fn small(text: &str) -> String {
    let names = [("Code", "code"), ("Message", "message"), ("RequestId", "requestId")];
    names.iter().fold(text.to_owned(), |text, (name, small)| {
        text.replace(&format!("\"{name}\""), &format!("\"{small}\""))
            .replace(&format!("<{name}>"), &format!("<{small}>"))
            .replace(&format!("</{name}>"), &format!("</{small}>"))
    })
}

fn xml(response: &mut Response, _: &Moment<'_>) {
    if edit::is_json(response) {
        edit::set_header(response, "content-type", "text/xml;charset=utf-8");
        response.body = b"<Response><RequestId>0</RequestId></Response>".to_vec();
    }
}

fn not_utf8(response: &mut Response, _: &Moment<'_>) {
    if let Some(position) = response.body.iter().position(|byte| *byte == b'-') {
        response.body.insert(position, 0xE9);
    }
}

fn fill(response: &mut Response, _: &Moment<'_>) {
    response.body.resize(TOO_MUCH.max(response.body.len()), b' ');
}

fn nest(response: &mut Response, _: &Moment<'_>) {
    let (open, close) = ("[".repeat(5000), "]".repeat(5000));
    edit::edit_text(response, |text| {
        text.replacen('{', &format!("{{\"Detail\":{open}{close},"), 1)
    });
}

fn no_content(response: &mut Response, _: &Moment<'_>) {
    if response.status == 200 {
        response.status = 204;
        response.body.clear();
    }
}

fn redirect(response: &mut Response, _: &Moment<'_>) {
    response.status = 302;
    edit::set_header(response, "location", "/login");
}
