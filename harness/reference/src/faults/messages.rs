//! Errors that are wrong as a whole: their messages, and statuses and codes of all of them.

use super::tools::{REMOVAL, edit_row, removes};
use super::{always, common, other, removal, when};
use crate::change::{Change, Effect, Moment};
use sharespec_model::call::{Body, Reply};
use sharespec_model::spec::Spec;

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "removal-created",
        "A removal that is accepted has status 201.",
        &[common!("floor/status")],
        &[Effect::Reply(|reply, moment| {
            if moment.accepted {
                reply.status = 201
            }
        })],
    ),
    when(
        removes,
        "removal-taken",
        "A removal that is accepted has status 202.",
        &[common!("floor/status")],
        &[Effect::Reply(|reply, moment| {
            if moment.accepted {
                reply.status = 202
            }
        })],
    ),
    always(
        "errors-as-200",
        "Errors have status 200.",
        &[common!("floor/success-body"), common!("floor/status")],
        &[Effect::Reply(|reply, _| {
            if reply.code().is_some() {
                reply.status = 200
            }
        })],
    ),
    always(
        "errors-as-500",
        "Errors have status 500.",
        &[common!("floor/server-error"), common!("floor/status")],
        &[Effect::Reply(|reply, _| {
            if reply.code().is_some() {
                reply.status = 500
            }
        })],
    ),
    when(
        removes,
        "one-code-for-all",
        "Every wrong parameter has the general code.",
        &[
            removal!("error/InvalidParameter.Targets.Length"),
            removal!("error/InvalidParameter.Targets.Duplicate"),
            removal!("error/InvalidParameter.ResourceArns"),
        ],
        &[Effect::Reply(general)],
    ),
    always(
        "codes-in-lower-case",
        "Codes are in lower case.",
        &[common!("floor/undocumented"), removal!("error/DisassociateInvalid")],
        &[Effect::Reply(|reply, _| edit_code(reply, str::to_lowercase))],
    ),
    always(
        "codes-without-end",
        "Codes have no part behind the last dot.",
        &[common!("floor/undocumented"), removal!("error/InvalidParameter.Targets.Length")],
        &[Effect::Reply(|reply, _| edit_code(reply, first_parts))],
    ),
    always(
        "message-corrected-account",
        "The message of LeavingFailed.Account is spelled well.",
        &[removal!("error/LeavingFailed.Account")],
        &[Effect::Spec(|spec| message(spec, "LeavingFailed.Account", ACCOUNT))],
    ),
    always(
        "message-corrected-type",
        "The message of LeavingFailed.ResourceType is spelled well.",
        &[removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Spec(|spec| message(spec, "LeavingFailed.ResourceType", TYPE))],
    ),
    always(
        "message-other-limit",
        "The message of too many principals names another limit.",
        &[removal!("error/InvalidParameter.Targets.Length")],
        &[Effect::Spec(|spec| {
            message(
                spec,
                "InvalidParameter.Targets.Length",
                "The maximum number of Targets exceeds 20.",
            )
        })],
    ),
    always(
        "message-other-words",
        "The message of DisassociateInvalid has other words.",
        &[removal!("error/DisassociateInvalid")],
        &[Effect::Spec(|spec| {
            message(spec, "DisassociateInvalid", "The resource is not associated.")
        })],
    ),
    always(
        "message-of-another-row",
        "The message of DisassociateConflict is that of AssociateConflict.",
        &[removal!("error/DisassociateConflict")],
        &[Effect::Spec(|spec| message(spec, "DisassociateConflict", CONFLICT))],
    ),
    when(
        removes,
        "messages-empty",
        "Messages are empty.",
        &[removal!("error/DisassociateInvalid"), removal!("error/EntityNotExists.ResourceShare")],
        &[Effect::Reply(empty)],
    ),
    when(
        removes,
        "messages-are-codes",
        "The message is the code.",
        &[removal!("error/DisassociateInvalid"), removal!("error/InvalidParameter.Targets.Length")],
        &[Effect::Reply(message_is_code)],
    ),
    always(
        "other-unknown-share-as-400",
        "DeleteResourceShare answers an unknown share with status 400.",
        &[
            other!("DeleteResourceShare/error/EntityNotExists.ResourceShare"),
            common!("floor/status"),
        ],
        &[Effect::Spec(deletion_as_400)],
    ),
];

const ACCOUNT: &str =
    "The account was added to the resource share automatically by resource directory.";

const TYPE: &str = "The resource share contains resources of the resource types that don't support \
                    this action.";

const CONFLICT: &str =
    "You cannot perform the operation while disassociation operation is being performed.";

fn message(spec: &mut Spec, code: &str, message: &str) {
    edit_row(spec, REMOVAL, code, |row| row.message = Some(message.to_owned()));
}

fn deletion_as_400(spec: &mut Spec) {
    edit_row(spec, "DeleteResourceShare", "EntityNotExists.ResourceShare", |row| row.status = 400);
}

fn edit_code(reply: &mut Reply, edit: impl Fn(&str) -> String) {
    if let Body::Error { code, .. } = &mut reply.body {
        *code = edit(code);
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

fn empty(reply: &mut Reply, _: &Moment<'_>) {
    if let Body::Error { message, .. } = &mut reply.body {
        message.clear();
    }
}

fn message_is_code(reply: &mut Reply, _: &Moment<'_>) {
    if let Body::Error { code, message, .. } = &mut reply.body {
        message.clone_from(code);
    }
}
