//! Permissions: conditions that are overlooked or answered wrongly, and types that get another permission
//! than they should.

use super::sharing_tools::adds;
use super::tools;
use super::{addition, always, other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::{Share, State};
use serde_json::Value;
use sharespec_model::call::Reply;

const DUPLICATE: &[&str] = &[
    addition!("error/InvalidParameter.PermissionNames.Duplicate"),
    other!("CreateResourceShare/error/InvalidParameter.PermissionNames.Duplicate"),
];
const LENGTH: &[&str] = &[
    addition!("error/InvalidParameter.PermissionNames.Length"),
    other!("CreateResourceShare/error/InvalidParameter.PermissionNames.Length"),
];
const UNKNOWN: &[&str] = &[
    addition!("error/EntityNotExists.Permission"),
    other!("CreateResourceShare/error/EntityNotExists.Permission"),
];
const ALLOWED: &[&str] = &[
    addition!("parameter/PermissionNames"),
    other!("CreateResourceShare/parameter/PermissionNames"),
];

pub(super) const FAULTS: &[Change] = &[
    when(
        adds,
        "permissions-duplicate",
        "A permission may be given twice.",
        DUPLICATE,
        &[Effect::Overlook(&["permissions/duplicate"])],
    ),
    when(
        |moment| adds(moment) && apart(moment),
        "permissions-duplicate-apart",
        "Only a permission that follows itself is given twice.",
        DUPLICATE,
        &[Effect::Overlook(&["permissions/duplicate"])],
    ),
    when(
        adds,
        "permissions-unlimited",
        "Any number of permissions is taken.",
        LENGTH,
        &[Effect::Overlook(&["permissions/over-limit"])],
    ),
    when(
        adds,
        "permission-unchecked",
        "A permission that does not exist is taken.",
        UNKNOWN,
        &[Effect::Overlook(&["permissions/unknown"])],
    ),
    when(
        |moment| adds(moment) && moment.list("PermissionNames").len() > 1,
        "only-single-permission-checked",
        "Of several permissions none is looked up.",
        UNKNOWN,
        &[Effect::Overlook(&["permissions/unknown"])],
    ),
    always(
        "unknown-permission-as-bad-request",
        "A permission that does not exist is a bad request.",
        &[addition!("error/EntityNotExists.Permission")],
        &[Effect::Spec(|spec| {
            let code = "EntityNotExists.Permission";
            tools::edit_row(spec, "AssociateResourceShare", code, |row| row.status = 400);
        })],
    ),
    when(
        |moment| adds(moment) && moment.list("PermissionNames").iter().any(is_further),
        "only-default-permissions",
        "Only default permissions exist.",
        ALLOWED,
        &[Effect::Refuse(|| {
            let message = "The resource share permission does not exist.";
            tools::error(404, "EntityNotExists.Permission", message)
        })],
    ),
    when(
        |moment| adds(moment) && moment.list("PermissionNames").is_empty(),
        "no-default-permission",
        "A type of which no permission is named gets none.",
        GOT,
        &[Effect::After(forget)],
    ),
    when(
        |moment| adds(moment) && !moment.list("PermissionNames").is_empty(),
        "named-permission-ignored",
        "Every type gets its default permission, whatever is named.",
        GOT,
        &[Effect::Call(|call, _| drop(call.arguments.remove("PermissionNames")))],
    ),
    when(
        lists_permissions,
        "permissions-of-first-type",
        "The list of permissions ends after the first.",
        LISTED,
        &[Effect::Reply(|reply, _| rows(reply, |rows| rows.truncate(1)))],
    ),
    when(
        lists_permissions,
        "permission-listed-twice",
        "The first permission is listed for each resource.",
        LISTED,
        &[Effect::Reply(|reply, _| {
            rows(reply, |rows| rows.extend_from_within(..rows.len().min(1)))
        })],
    ),
    when(
        lists_permissions,
        "permission-of-nothing-listed",
        "The list of permissions shows one for a type that is not shared.",
        &[other!("ListResourceSharePermissions/list/isolation")],
        &[Effect::Reply(|reply, _| rows(reply, |rows| rows.extend(of_nothing(rows))))],
    ),
    when(
        lists_permissions,
        "permissions-shown-to-strangers",
        "Who is no principal of a share sees its permissions.",
        &[other!("ListResourceSharePermissions/error/EntityNotExists.ResourceShare")],
        &[Effect::Overlook(&["share/not-principal"])],
    ),
    when(
        lists_permissions,
        "every-permission-default",
        "Every permission is said to be the default one.",
        LISTED,
        &[Effect::Reply(|reply, _| rows(reply, |rows| rows.iter_mut().for_each(as_default)))],
    ),
];

const LISTED: &[&str] = &[other!("ListResourceSharePermissions/list/rows")];
const GOT: &[&str] =
    &[other!("ListResourceSharePermissions/list/rows"), addition!("effect/default-permission")];

fn lists_permissions(moment: &Moment<'_>) -> bool {
    moment.is("ListResourceSharePermissions")
}

/// The share that a call made or adds to, after the call.
fn last<'s>(state: &'s mut State, moment: &Moment<'_>) -> Option<&'s mut Share> {
    match moment.is("CreateResourceShare") {
        true => state.shares.last_mut(),
        false => tools::share_mut(state, moment),
    }
}

fn forget(state: &mut State, moment: &Moment<'_>) {
    last(state, moment).into_iter().for_each(|share| share.permissions.clear());
}

/// Changes the rows of a list.
fn rows(reply: &mut Reply, change: impl Fn(&mut Vec<Value>)) {
    let rows = edit::members(reply).and_then(|members| members.get_mut("Permissions"));
    rows.and_then(Value::as_array_mut).into_iter().for_each(change);
}

fn as_default(row: &mut Value) {
    let members = row.as_object_mut();
    members.into_iter().for_each(|row| drop(row.insert("DefaultPermission".into(), true.into())));
}

/// The row of a permission for a type that is not shared, made of another one.
fn of_nothing(rows: &[Value]) -> Option<Value> {
    let mut row = rows.first()?.clone();
    let members = row.as_object_mut()?;
    members.insert("ResourceType".into(), "ROSTemplate".into());
    members.insert("PermissionName".into(), "AliyunRSDefaultPermissionROSTemplate".into());
    Some(row)
}

/// Whether the first permission comes again, but not at once.
fn apart(moment: &Moment<'_>) -> bool {
    let names = moment.list("PermissionNames");
    names.first().is_some_and(|first| names.iter().skip(2).any(|each| each == first))
}

fn is_further(name: &Value) -> bool {
    name.as_str().is_some_and(|name| name.contains("ReadWrite"))
}
