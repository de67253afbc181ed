//! Faults of what every answer stands on, and of the front of the service; and targets that answer
//! every call alike.

use crate::answer::Delivery;
use crate::change::{Change, Effect, Moment};
use crate::edit::{edit_text, set_header};
use crate::faults::times::dated;
use crate::faults::tools::{REMOVAL, error, removes};
use crate::faults::{always, when};
use serde_json::Value;
use sharespec_model::call::Call;
use sharespec_wire::alibaba::GatewayError;
use sharespec_wire::alibaba::sign::content_hash;
use sharespec_wire::http::{Response, header};

macro_rules! floor {
    ($($rule:literal),*) => { &[$(concat!("aws-gateway/floor/", $rule)),*] };
}

/// The faults.
pub(super) const FAULTS: &[Change] = &[
    always(
        "signature-unchecked",
        "Any signature will do.",
        &["aws-gateway/error/SignatureDoesNotMatch"],
        &[Effect::Overlook(&["gateway/signature"])],
    ),
    when(
        |moment| moment.request.method == "DELETE",
        "deletions-unchecked",
        "Any signature of a deletion will do.",
        &["aws-gateway/error/SignatureDoesNotMatch"],
        &[Effect::Overlook(&["gateway/signature"])],
    ),
    when(
        says_another_body,
        "hash-of-the-body-believed",
        "What a request says of its body is what its signature is held against.",
        &["aws-gateway/error/SignatureDoesNotMatch"],
        &[Effect::Overlook(&["gateway/signature"])],
    ),
    always(
        "unsigned-accepted",
        "Requests need no signature: they are the owner's.",
        &["aws-gateway/error/MissingAuthenticationToken"],
        &[Effect::Overlook(&["gateway/signature-missing"]), Effect::Call(as_owner)],
    ),
    always(
        "unknown-key-accepted",
        "Any access key will do: those of nobody are the owner's.",
        &["aws-gateway/error/InvalidClientTokenId"],
        &[Effect::Overlook(&["gateway/key-unknown"]), Effect::Call(as_owner)],
    ),
    always(
        "incomplete-signature-accepted",
        "Half a signature will do.",
        &["aws-gateway/error/IncompleteSignature"],
        &[Effect::Overlook(&["gateway/signature-incomplete", "gateway/scope-malformed"])],
    ),
    always(
        "old-request-accepted",
        "Requests of hours ago are taken.",
        &["aws-gateway/error/RequestExpired"],
        &[Effect::Overlook(&["gateway/expired"])],
    ),
    always(
        "early-request-accepted",
        "Requests of hours ahead are taken.",
        &["aws-gateway/error/RequestExpired"],
        &[Effect::Overlook(&["gateway/early"])],
    ),
    always(
        "malformed-body-accepted",
        "What is no JSON is taken for an empty object.",
        &["aws-gateway/error/SerializationException"],
        &[Effect::Overlook(&["gateway/body-malformed", "share-arn/missing", "lists/empty"])],
    ),
    when(
        |moment| !is_removal(moment),
        "malformed-body-accepted-elsewhere",
        "What is no JSON is taken for an empty object, but not by a removal.",
        &["aws-gateway/error/SerializationException"],
        &[Effect::Overlook(&["gateway/body-malformed"])],
    ),
    when(
        |moment| !is_removal(moment),
        "body-read-to-its-first-end",
        "What follows the object of a body is not looked at, but by a removal.",
        &["aws-gateway/error/SerializationException"],
        &[Effect::Overlook(&["gateway/body-malformed"]), Effect::Call(first_object)],
    ),
    when(
        |moment| !is_removal(moment),
        "list-accepted-as-body",
        "A list in place of an object is taken for an empty object, but not by a removal.",
        &["aws-gateway/error/SerializationException"],
        &[Effect::Overlook(&["gateway/body-not-object"])],
    ),
    always(
        "wrong-types-accepted",
        "Members of any type are taken.",
        &["aws-gateway/error/SerializationException"],
        &[Effect::Overlook(&["gateway/member-type"])],
    ),
    when(
        removes,
        "type-missing",
        "Errors name no type.",
        floor!("error-body"),
        &[Effect::Bytes(no_type)],
    ),
    always(
        "type-in-the-body-alone",
        "The type of an error stands in the body, not in a header.",
        floor!("error-type"),
        &[Effect::Bytes(type_in_body)],
    ),
    always(
        "times-of-another-zone",
        "Times count from 1970 in a zone five hours behind UTC.",
        floor!("clock"),
        &[Effect::Policy(|policy| policy.clock = -5 * 3_600_000)],
    ),
    always(
        "times-of-another-zone-beside-the-date",
        "Times count from 1970 in a zone half an hour ahead of UTC, which the date of the answer is in.",
        floor!("clock"),
        &[Effect::Policy(|policy| policy.clock = 1_800_000), Effect::Bytes(dated)],
    ),
    when(
        removes,
        "message-missing",
        "Errors have no message.",
        floor!("error-body"),
        &[Effect::Bytes(no_message)],
    ),
    when(
        removes,
        "message-as-list",
        "Messages are lists.",
        floor!("error-body"),
        &[Effect::Bytes(|response, _| {
            edit_text(response, |text| {
                text.replace("\"message\":\"", "\"message\":[\"").replace("\"}", "\"]}")
            })
        })],
    ),
    when(
        removes,
        "html-for-json",
        "Answers are announced as HTML.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| set_header(response, "content-type", "text/html"))],
    ),
    when(
        removes,
        "body-cut",
        "Bodies lack their last letter.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| _ = response.body.pop())],
    ),
    when(
        removes,
        "body-with-more",
        "Something follows the body.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| response.body.extend(b"{}"))],
    ),
    when(
        removes,
        "body-empty",
        "Bodies are empty.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| response.body.clear())],
    ),
    when(
        removes,
        "body-no-utf8",
        "Bodies are not UTF-8.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| response.body.extend(b"\xff"))],
    ),
    when(
        removes,
        "body-in-list",
        "Bodies are lists.",
        floor!("success-body", "well-formed"),
        &[Effect::Bytes(|response, _| edit_text(response, |text| format!("[{text}]")))],
    ),
    when(
        removes,
        "members-twice",
        "Members come twice.",
        floor!("well-formed"),
        &[Effect::Bytes(|response, _| {
            edit_text(response, |text| {
                text.replacen('{', "{\"clientToken\":\"x\",\"clientToken\":\"x\",", 1)
            })
        })],
    ),
    when(
        removes,
        "status-201",
        "A success has the status 201.",
        floor!("status"),
        &[Effect::Bytes(|response, _| {
            response.status = if response.status == 200 { 201 } else { response.status }
        })],
    ),
    when(
        removes,
        "status-202",
        "A success has the status 202.",
        floor!("status"),
        &[Effect::Bytes(|response, _| {
            response.status = if response.status == 200 { 202 } else { response.status }
        })],
    ),
    when(
        removes,
        "errors-with-200",
        "Errors have the status 200.",
        floor!("success-body", "status"),
        &[Effect::Bytes(|response, _| response.status = 200)],
    ),
    when(
        removes,
        "internal-error",
        "The operation fails for an internal reason.",
        floor!("server-error"),
        &[Effect::Refuse(internal)],
    ),
    when(
        removes,
        "undocumented-error",
        "The operation has an error of its own.",
        floor!("undocumented"),
        &[Effect::Refuse(own)],
    ),
    when(
        removes,
        "nothing-sent",
        "Nothing is answered.",
        floor!("answered"),
        &[Effect::Connection(Delivery::Nothing)],
    ),
    when(
        removes,
        "connection-reset",
        "The connection is reset.",
        floor!("answered"),
        &[Effect::Connection(Delivery::Reset)],
    ),
    when(
        removes,
        "answer-cut",
        "Answers are cut off.",
        floor!("answered"),
        &[Effect::Connection(Delivery::Cut(10))],
    ),
    when(
        removes,
        "answer-overrun",
        "The announced length is too short.",
        floor!("answered", "well-formed"),
        &[Effect::Connection(Delivery::Overrun(4))],
    ),
    when(
        removes,
        "hangs",
        "Nothing is answered, for ever.",
        floor!("answered"),
        &[Effect::Connection(Delivery::Hang)],
    ),
    when(
        removes,
        "endless",
        "Answers do not end.",
        floor!("well-formed"),
        &[Effect::Connection(Delivery::Endless)],
    ),
    when(
        removes,
        "no-http",
        "Answers are not HTTP.",
        floor!("answered"),
        &[Effect::Connection(Delivery::BadStatusLine)],
    ),
];

/// Targets that answer every call alike.
pub(in crate::aws) const DEGENERATE: &[Change] = &[
    always(
        "always-empty-object",
        "Every answer is 200 and {}.",
        floor!("undocumented"),
        &[Effect::Bytes(|response, _| say(response, 200, "{}"))],
    ),
    always(
        "always-400",
        "Every answer is the same 400.",
        floor!("undocumented"),
        &[Effect::Refuse(invalid)],
    ),
    always(
        "always-not-found",
        "Every answer is 404 and HTML.",
        floor!("well-formed"),
        &[Effect::Bytes(not_found)],
    ),
    always(
        "always-internal-error",
        "Every answer is an internal error.",
        floor!("server-error"),
        &[Effect::Refuse(internal)],
    ),
    always(
        "always-hang",
        "Nothing is ever answered.",
        floor!("answered"),
        &[Effect::Connection(Delivery::Hang)],
    ),
];

/// Whether the request goes to the removal, whether or not it gets there.
fn is_removal(moment: &Moment<'_>) -> bool {
    moment.incoming.is_some_and(|incoming| incoming.action == REMOVAL)
}

/// The members of the first object of a body.
fn first_object(call: &mut Call, moment: &Moment<'_>) {
    let mut values =
        serde_json::Deserializer::from_slice(&moment.request.body).into_iter::<Value>();
    if let Some(Ok(Value::Object(members))) = values.next() {
        call.arguments = members;
    }
}

/// Whether the header of the hash is not of the body.
fn says_another_body(moment: &Moment<'_>) -> bool {
    let said = header(&moment.request.headers, "x-amz-content-sha256");
    said.is_some_and(|said| said != content_hash(&moment.request.body))
}

/// Whoever is nobody is the owner.
fn as_owner(call: &mut Call, moment: &Moment<'_>) {
    let key = moment.incoming.map(|incoming| incoming.access_key_id.as_str());
    if key.and_then(|key| moment.world.caller_of_key(key)).is_none() {
        "owner".clone_into(&mut call.caller);
    }
}

fn say(response: &mut Response, status: u16, body: &str) {
    (response.status, response.body) = (status, body.as_bytes().to_vec());
    response.headers.retain(|(name, _)| !name.starts_with("x-amzn-errortype"));
}

fn not_found(response: &mut Response, _: &Moment<'_>) {
    say(response, 404, "<h1>Not found</h1>");
    set_header(response, "content-type", "text/html");
}

fn no_type(response: &mut Response, _: &Moment<'_>) {
    response.headers.retain(|(name, _)| !name.starts_with("x-amzn-errortype"));
}

fn type_in_body(response: &mut Response, _: &Moment<'_>) {
    let named = header(&response.headers, "x-amzn-errortype").map(str::to_owned);
    if let (Some(named), Ok(Value::Object(mut members))) =
        (named, serde_json::from_slice(&response.body))
    {
        members.insert("__type".into(), named.into());
        response.body = Value::Object(members).to_string().into();
        response.headers.retain(|(name, _)| !name.starts_with("x-amzn-errortype"));
    }
}

fn no_message(response: &mut Response, _: &Moment<'_>) {
    if response.status >= 400 {
        response.body = b"{}".to_vec();
    }
}

fn internal() -> GatewayError {
    error(500, "ServerInternalException", "A fault.")
}

fn own() -> GatewayError {
    error(400, "SharespecException", "A fault.")
}

fn invalid() -> GatewayError {
    error(400, "InvalidParameterException", "A fault.")
}
