//! Errors that are wrong as a whole: their messages, and statuses and codes of all of them.

use super::tools::{REMOVAL, edit_row, removes};
use super::{always, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use sharespec_model::call::{Body, Reply};
use sharespec_model::spec::Spec;
use sharespec_wire::http::Response;

fn message(spec: &mut Spec, code: &str, message: &str) {
    edit_row(spec, REMOVAL, code, |row| row.message = Some(message.to_owned()));
}

fn ok(response: &mut Response, _: &Moment<'_>) {
    response.status = 200;
    // An error in XML has its own root, which stays.
    edit::set_header(response, "x-acs-status", "error");
}

fn edit_code(reply: &mut Reply, edit: impl Fn(&str) -> String) {
    if let Body::Error { code, .. } = &mut reply.body {
        *code = edit(code);
    }
}

fn edit_message(reply: &mut Reply, edit: impl Fn(&str) -> String) {
    if let Body::Error { message, .. } = &mut reply.body {
        *message = edit(message);
    }
}

fn general(reply: &mut Reply, _: &Moment<'_>) {
    let named = reply.code().is_some_and(|code| code.starts_with("InvalidParameter."));
    if named {
        edit_code(reply, |_| "InvalidParameter".to_owned());
    }
}

/// The code up to its last dot.
fn first_parts(code: &str) -> String {
    code.rsplit_once('.').map_or(code, |(first, _)| first).to_owned()
}

fn message_is_code(reply: &mut Reply, _: &Moment<'_>) {
    if let Body::Error { code, message, .. } = &mut reply.body {
        message.clone_from(code);
    }
}
