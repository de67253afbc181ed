//! Targets that answer every call alike. They are no faults of an implementation but the lack of
//! one: what a suite passes with them it passes for nothing.

use super::{always, common};
use crate::answer::Delivery;
use crate::change::{Change, Effect, Moment};
use crate::edit;
use sharespec_wire::alibaba::GatewayError;
use sharespec_wire::http::Response;

const RULES: &[&str] =
    &[common!("floor/undocumented"), common!("floor/answered"), common!("floor/well-formed")];

/// Targets that answer every call alike.
pub const DEGENERATE: &[Change] = &[
    always(
        "always-empty-object",
        "Every answer is 200 and {}.",
        RULES,
        &[Effect::Bytes(|response, _| say(response, 200, "{}"))],
    ),
    always(
        "always-request-id",
        "Every answer is 200 and has a RequestId alone.",
        RULES,
        &[Effect::Bytes(request_id)],
    ),
    always(
        "always-400",
        "Every answer is the same 400.",
        RULES,
        &[Effect::Refuse(invalid), Effect::Bytes(|response, _| say(response, 400, SAME))],
    ),
    always(
        "always-invalid-parameter",
        "Every answer is InvalidParameter with a RequestId of its own.",
        RULES,
        &[Effect::Refuse(invalid)],
    ),
    always("always-not-found", "Every answer is 404 and HTML.", RULES, &[Effect::Bytes(not_found)]),
    always(
        "always-internal-error",
        "Every answer is an internal error.",
        RULES,
        &[Effect::Refuse(GatewayError::internal_error)],
    ),
    always(
        "always-throttling",
        "Every answer is that there were too many requests.",
        RULES,
        &[Effect::Refuse(GatewayError::throttling_user)],
    ),
    always(
        "always-echo",
        "Every answer is the body of the request.",
        RULES,
        &[Effect::Bytes(echo)],
    ),
    always(
        "always-hang",
        "Nothing is ever answered.",
        RULES,
        &[Effect::Connection(Delivery::Hang)],
    ),
    always(
        "always-reset",
        "Every connection is reset.",
        RULES,
        &[Effect::Connection(Delivery::Reset)],
    ),
];

const SAME: &str = "{\"RequestId\":\"6F1B2A3C-0D4E-4F5A-8B6C-7D8E9F0A1B2C\",\"Code\":\"InvalidParameter\",\"Message\":\"The specified parameter is invalid.\"}";

fn invalid() -> GatewayError {
    super::tools::error(400, "InvalidParameter", "The specified parameter is invalid.")
}

fn say(response: &mut Response, status: u16, body: &str) {
    response.status = status;
    edit::set_header(response, "content-type", "application/json");
    response.body = body.as_bytes().to_vec();
}

fn request_id(response: &mut Response, moment: &Moment<'_>) {
    say(response, 200, &format!("{{\"RequestId\":\"{:016X}\"}}", moment.luck));
}

fn not_found(response: &mut Response, _: &Moment<'_>) {
    say(response, 404, "<html><body>404 Not Found</body></html>");
    edit::set_header(response, "content-type", "text/html");
}

fn echo(response: &mut Response, moment: &Moment<'_>) {
    response.status = 200;
    edit::set_header(response, "content-type", "application/json");
    response.body.clone_from(&moment.request.body);
}
