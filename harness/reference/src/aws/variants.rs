//! Variants of AWS RAM: lawful ways of answering. A variant follows the readings that it names by
//! that alone; effects do what is no reading.

use crate::answer::Delivery;
use crate::change::{Change, Effect, Moment, Nature, Trigger};
use crate::edit::{each_row, list, members, pretty, reversed, rewrite, set_header};
use crate::faults::tools::{caller, error, handle, is_own, removes, share};
use crate::policy::Policy;
use crate::state::State;
use crate::variants::{FAILS_NOW_AND_THEN, INVITATIONS_LATER, every, reads, with};
use serde_json::{Map, Value};
use sharespec_model::belief::AWS_INVITATION_VALID;
use sharespec_model::call::Reply;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;
use sharespec_wire::http::{Response, header};

macro_rules! readings {
    ($($name:literal = $reading:literal;)*) => {
        [$(reads($name, concat!("Follows ", $reading, "."), &[$reading])),*]
    };
}

/// Every reading of every open point that is not the default one.
const READINGS: &[Change] = &readings! {
    "reverse-order" = "precedence:reverse-order";
    "by-name" = "precedence:by-name";
    "scattered-errors" = "precedence:scattered";
    "empty-call-accepted" = "empty-call:accepted";
    "empty-call-other" = "empty-call:other";
    "unassociated-parameter" = "unassociated-entity:parameter";
    "unassociated-state" = "unassociated-entity:state";
    "unassociated-not-permitted" = "unassociated-entity:not-permitted";
    "unassociated-accepted" = "unassociated-entity:accepted";
    "leaving-not-permitted" = "leaving:not-permitted";
    "leaving-parameter" = "leaving:parameter";
    "leaving-unknown" = "leaving:unknown";
    "malformed-principal-malformed" = "malformed-principal:malformed";
    "malformed-principal-unknown" = "malformed-principal:unknown";
    "malformed-resource-unknown" = "malformed-resource:unknown";
    "missing-share-arn-malformed" = "missing-share-arn:malformed";
    "missing-share-arn-required" = "missing-share-arn:required";
    "missing-share-arn-other" = "missing-share-arn:other";
    "empty-share-arn-parameter" = "empty-share-arn:parameter";
    "empty-share-arn-other" = "empty-share-arn:other";
    "other-arn-malformed" = "other-arn:malformed";
    "other-arn-parameter" = "other-arn:parameter";
    "other-arn-not-permitted" = "other-arn:not-permitted";
    "foreign-share-not-permitted" = "foreign-share:not-permitted";
    "deleting-share-unknown" = "deleting-share:unknown";
    "deleting-share-not-permitted" = "deleting-share:not-permitted";
    "deleting-share-other" = "deleting-share:other";
    "deleted-share-state" = "deleted-share:state";
    "deleted-share-not-permitted" = "deleted-share:not-permitted";
    "deleted-share-other" = "deleted-share:other";
    "deleting-again-unknown" = "deleting-again:unknown";
    "deleting-again-not-permitted" = "deleting-again:not-permitted";
    "deleting-again-accepted" = "deleting-again:accepted";
    "deleting-again-other" = "deleting-again:other";
    "busy-share-state" = "busy-share:state";
    "associating-entity-accepted" = "associating-entity:accepted";
    "ended-entity-state" = "ended-entity:state";
    "ended-entity-parameter" = "ended-entity:parameter";
    "ended-entity-not-permitted" = "ended-entity:not-permitted";
    "ended-entity-accepted" = "ended-entity:accepted";
    "invited-entity-state" = "invited-entity:state";
    "invited-entity-unknown" = "invited-entity:unknown";
    "invited-entity-parameter" = "invited-entity:parameter";
    "invited-entity-not-permitted" = "invited-entity:not-permitted";
    "outsider-parameter" = "outsider:parameter";
    "outsider-unknown" = "outsider:unknown";
    "unknown-organization-parameter" = "unknown-organization:parameter";
    "unknown-organization-other" = "unknown-organization:other";
    "odd-token-refused" = "odd-token:token";
    "odd-token-parameter" = "odd-token:parameter";
    "odd-token-other" = "odd-token:other";
    "token-of-another-operation-mismatch" = "token-of-another-operation:mismatch";
    "token-of-a-refusal-mismatch" = "token-of-a-refusal:mismatch";
    "missing-name-other" = "missing-name:other";
    "odd-name-parameter" = "odd-name:parameter";
    "odd-name-other" = "odd-name:other";
    "empty-name-accepted" = "empty-name:accepted";
    "empty-name-other" = "empty-name:other";
    "unfinished-share-state" = "unfinished-share:state";
    "unfinished-share-not-permitted" = "unfinished-share:not-permitted";
    "update-nothing-parameter" = "update-nothing:parameter";
    "update-nothing-accepted" = "update-nothing:accepted";
    "update-nothing-other" = "update-nothing:other";
    "missing-owner-other" = "missing-owner:other";
    "missing-type-other" = "missing-type:other";
    "invalid-enum-validation" = "invalid-enum:validation";
    "malformed-filter-empty" = "malformed-filter:empty";
    "malformed-filter-other" = "malformed-filter:other";
    "unknown-filter-empty" = "unknown-filter:empty";
    "unknown-filter-invitation" = "unknown-filter:invitation";
    "unknown-filter-other" = "unknown-filter:other";
    "page-size-own" = "page-size:own";
    "page-size-other" = "page-size:other";
    "wrong-token-parameter" = "wrong-token:parameter";
    "missing-invitation-parameter" = "missing-invitation:parameter";
    "missing-invitation-other" = "missing-invitation:other";
    "foreign-invitation-not-permitted" = "foreign-invitation:not-permitted";
    "ended-invitation-not-permitted" = "ended-invitation:not-permitted";
    "ended-invitation-rejected" = "ended-invitation:rejected";
    "ended-invitation-expired" = "ended-invitation:expired";
    "ended-invitation-other" = "ended-invitation:other";
    "invited-share-kept" = "invitation-of-deleted:other";
    "deleting-share-counted" = "quota-of-deleting:counted";
    "denied-otherwise" = "gateway-denied:older";
    "already-enabled-other" = "already-enabled:other";
    "rows-reversed" = "row-order:reversed";
    "rows-principals-first" = "row-order:targets-first";
    "rows-scattered" = "row-order:scattered";
    "removed-at-once" = "answer-status:at-once";
    "associated-at-once" = "associate-status:at-once";
    "share-active-later" = "creation-status:later";
    "deleted-at-once" = "deletion-status:at-once";
    "transition-updates" = "update-time:transition";
    "message-empty" = "message-without-failure:empty";
    "message-null" = "message-without-failure:null";
    "row-reused" = "re-association:reused-row";
    "row-reused-keeping-time" = "re-association:reused-keeping-time";
    "invited-row-absent" = "invited-row:absent";
    "rejected-row-disassociated" = "rejected-row:disassociated";
    "rejected-row-absent" = "rejected-row:absent";
    "rejected-row-associating" = "rejected-row:associating";
    "whole-seconds" = "time-precision:seconds";
    "repeat-shows-now" = "repeat-answer:now";
    "list-absent" = "list-empty-form:absent";
    "lonely-hidden" = "shared-without-target:hidden";
};

/// What is more than a reading.
const OTHERS: &[Change] = &[
    reads(
        "gateway-forbidden",
        "The front refuses with 403 whatever it may.",
        &[
            "gateway-signature:forbidden",
            "gateway-content-hash:forbidden",
            "gateway-key:forbidden",
            "gateway-unsigned:forbidden",
            "gateway-incomplete:forbidden",
            "gateway-header-unsigned:forbidden",
            "gateway-scope:forbidden",
            "gateway-time:forbidden",
            "gateway-action:forbidden",
            "gateway-lenient:media",
            "gateway-media:media",
        ],
    ),
    reads(
        "gateway-bad-request",
        "The front refuses with 400 whatever it may.",
        &[
            "gateway-signature:bad-request",
            "gateway-content-hash:bad-request",
            "gateway-key:bad-request",
            "gateway-unsigned:bad-request",
            "gateway-incomplete:bad-request",
            "gateway-header-unsigned:bad-request",
            "gateway-scope:bad-request",
            "gateway-time:bad-request",
            "gateway-action:bad-request",
            "gateway-body:bad-request",
            "gateway-lenient:bad-request",
            "gateway-media:bad-request",
        ],
    ),
    reads(
        "gateway-one-signature-error",
        "The front has one error for all that is wrong with a signature, and takes what is odd.",
        &[
            "gateway-content-hash:mismatch",
            "gateway-unsigned:incomplete",
            "gateway-header-unsigned:accepted",
            "gateway-scope:accepted",
            "gateway-time:mismatch",
            "gateway-action:not-allowed",
            "gateway-media:unacceptable",
        ],
    ),
    reads(
        "pending-share-state",
        "A share is pending at first, and its state forbids that it is changed.",
        &["creation-status:later", "pending-share:state"],
    ),
    reads(
        "pending-share-other",
        "A share is pending at first, and may not be changed.",
        &["creation-status:later", "pending-share:other"],
    ),
    with(
        "odd-values-accepted",
        "What is open is taken wherever it can be.",
        &[],
        &[Effect::Policy(|policy| policy.accepts_odd_values = true)],
    ),
    Change {
        name: "left-again-unknown",
        text: "Whoever has left a share has nothing to do with it, though its record is kept.",
        nature: Nature::Variant(&[]),
        trigger: Trigger::If(has_left),
        effects: &[Effect::Refuse(|| error(400, "UnknownResourceException", "It is not found."))],
    },
    with(
        "record-gone",
        "What ended is forgotten at once.",
        &["record-kept:gone"],
        &[Effect::Policy(|policy| policy.kept = Some(0))],
    ),
    with(
        "record-hidden-and-revived",
        "What ended is not listed, and is the row of what is associated again, with its time of creation.",
        &["record-kept:gone"],
        &[Effect::Policy(remember), Effect::Reply(hide_ended)],
    ),
    with(
        "steps-update",
        "Each step of a transition is an update.",
        &["update-time:transition"],
        &[Effect::Policy(|policy| policy.stamps_steps = true)],
    ),
    with(
        "at-once",
        "Nothing is ever under way.",
        &["answer-status:at-once", "associate-status:at-once", "deletion-status:at-once"],
        &[Effect::Policy(|policy| policy.transition = None)],
    ),
    with(
        "slow",
        "Transitions take seconds.",
        &[],
        &[Effect::Policy(|policy| policy.transition = Some(4000))],
    ),
    with(
        "varying",
        "Each transition takes a time of its own.",
        &[],
        &[Effect::Policy(|policy| policy.transition_varies = true)],
    ),
    with(
        "clock-ahead",
        "The clock that is shown is ahead.",
        &[],
        &[Effect::Policy(|policy| policy.clock = 47_123)],
    ),
    with(
        "short-pages",
        "No page has more than two rows.",
        &["page-filling:short"],
        &[Effect::Policy(|policy| policy.page_limit = 2)],
    ),
    INVITATIONS_LATER,
    FAILS_NOW_AND_THEN,
    every(
        7,
        "internal-error-now-and-then",
        "Every seventh request fails with an internal error, and nothing is done.",
        &[Effect::Refuse(|| error(500, "ServerInternalException", "Something went wrong."))],
    ),
    every(
        5,
        "unavailable-now-and-then",
        "Every fifth request finds the service unavailable.",
        &[Effect::Refuse(|| error(503, "ServiceUnavailableException", "Come again."))],
    ),
    every(
        5,
        "throttled-now-and-then",
        "Every fifth request is throttled.",
        &[Effect::Refuse(|| error(429, "ThrottlingException", "Come again."))],
    ),
    every(
        6,
        "throttled-with-400",
        "Every sixth request is throttled, as the common errors have it.",
        &[Effect::Refuse(|| error(400, "ThrottlingException", "Come again."))],
    ),
    every(
        7,
        "answer-lost-in-an-internal-error",
        "Of every seventh request the answer is an internal error, whatever was done.",
        &[Effect::Bytes(|response, _| {
            response.status = 500;
            set_header(response, "x-amzn-errortype", "ServerInternalException");
            response.body = br#"{"message":"Something went wrong."}"#.to_vec();
        })],
    ),
    with(
        "invitations-half-a-day",
        "An invitation that is not answered expires after twelve hours.",
        &[],
        &[Effect::Policy(|policy| policy.stands = AWS_INVITATION_VALID)],
    ),
    with(
        "tokens-forgotten-in-an-hour",
        "Tokens are remembered for an hour.",
        &[],
        &[Effect::After(forget_tokens)],
    ),
    with(
        "share-updated-with-its-rows",
        "What is done to what is in a share is an update of the share.",
        &[],
        &[Effect::After(|state, moment| {
            let names = moment.list("principals").len() + moment.list("resourceArns").len();
            if let (true, Some(at)) = (moment.accepted && names > 0, handle(moment))
                && let Some(share) = state.share_mut(at)
            {
                share.updated = moment.now;
            }
        })],
    ),
    with(
        "rows-updated-with-the-name",
        "A new name of a share is an update of what is in it.",
        &[],
        &[Effect::After(|state, moment| {
            let renamed = moment.accepted && moment.text("name").is_some();
            if let (true, Some(at)) = (renamed, handle(moment))
                && let Some(share) = state.share_mut(at)
            {
                share.rows.iter_mut().for_each(|row| row.updated = moment.now);
            }
        })],
    ),
    with(
        "withdrawn-invitation-pending",
        "An invitation stays open whose principal was removed, or whose share is deleted; who accepts it joins nothing.",
        &[],
        &[Effect::After(keep_pending)],
    ),
    with(
        "rows-end-with-the-share",
        "What is in a share that is being deleted stays associated until it is deleted.",
        &[],
        &[Effect::After(keep_rows)],
    ),
    with(
        "rows-move",
        "Rows go from page to page while transitions end, and what ended is on none.",
        &["page-filling:short", "row-order:scattered", "record-kept:gone"],
        &[
            Effect::Policy(|policy| policy.page_limit = 2),
            Effect::Policy(|policy| policy.transition = Some(4000)),
            Effect::Policy(remember),
            Effect::Reply(hide_ended),
        ],
    ),
    with(
        "empty-pages",
        "Every other page is empty.",
        &["page-filling:short"],
        &[Effect::Policy(|policy| policy.empty_pages = true)],
    ),
    with("type-in-body", "The type of an error stands in __type.", &[], &[Effect::Bytes(in_type)]),
    with("code-in-body", "The type of an error stands in code.", &[], &[Effect::Bytes(in_code)]),
    with(
        "type-with-namespace",
        "The type of an error comes with its namespace.",
        &[],
        &[Effect::Bytes(|response, _| {
            retype(response, |code| format!("com.amazonaws.ram#{code}"))
        })],
    ),
    with(
        "type-with-link",
        "The type of an error comes with a link after it.",
        &[],
        &[Effect::Bytes(|response, _| retype(response, |code| format!("{code}:http://a/b#c")))],
    ),
    with(
        "members-reversed",
        "Members come the other way round.",
        &[],
        &[Effect::Bytes(|response, _| rewrite(response, reversed))],
    ),
    with(
        "spacious",
        "JSON is written over many lines.",
        &[],
        &[Effect::Bytes(|response, _| rewrite(response, pretty))],
    ),
    with(
        "charset",
        "The media type names its charset.",
        &[],
        &[Effect::Bytes(|response, _| {
            set_header(response, "content-type", "application/json; charset=utf-8");
        })],
    ),
    with(
        "no-request-id",
        "No header names the request.",
        &[],
        &[Effect::Bytes(|response, _| {
            response.headers.retain(|(name, _)| !name.starts_with("x-amzn-requestid"));
        })],
    ),
    with(
        "members-beyond",
        "Rows have members that no document has.",
        &[],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                drop(row.insert("resourceRegionScope".into(), "REGIONAL".into()))
            });
        })],
    ),
    with(
        "made-token-hidden",
        "Of a call without a token the answer has none.",
        &["made-token:hidden"],
        &[Effect::Reply(hide_made)],
    ),
    with(
        "message-with-capital",
        "The message of an error stands in Message.",
        &[],
        &[Effect::Bytes(capital_message)],
    ),
    with(
        "page-token-null",
        "The last page has a null for the token of the next one.",
        &[],
        &[Effect::Reply(|reply, _| last_token(reply, Value::Null))],
    ),
    with(
        "page-token-empty",
        "The last page has an empty token of the next one.",
        &[],
        &[Effect::Reply(|reply, _| last_token(reply, "".into()))],
    ),
    with(
        "sparse-with-nulls",
        "What need not be shown is null.",
        &[],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| {
                for name in optional(row) {
                    row.insert(name.to_owned(), Value::Null);
                }
            })
        })],
    ),
    with(
        "times-in-exponents",
        "Times are written with exponents.",
        &[],
        &[Effect::Bytes(exponents)],
    ),
    with("sparse", "What need not be shown is not.", &[], &[Effect::Reply(sparse)]),
    with("chunked", "Answers come in chunks.", &[], &[Effect::Connection(Delivery::Chunked(7))]),
    with(
        "until-close",
        "The end of the connection ends it.",
        &[],
        &[Effect::Connection(Delivery::UntilClose)],
    ),
];

const COUNT: usize = READINGS.len() + OTHERS.len();

/// Every variant.
pub(super) const VARIANTS: &[Change] = &joined();

#[expect(clippy::indexing_slicing, reason = "at build time, where iterators are not to be had")]
const fn joined() -> [Change; COUNT] {
    let mut all = [OTHERS[0]; COUNT];
    let mut filled = 0;
    while filled < COUNT {
        all[filled] = match filled < OTHERS.len() {
            true => OTHERS[filled],
            false => READINGS[filled - OTHERS.len()],
        };
        filled += 1;
    }
    all
}

/// Whether the caller removes itself from the share of another account, and has left it before.
fn has_left(moment: &Moment<'_>) -> bool {
    let own = caller(moment).map(|caller| moment.world.principal_of(caller));
    let row = own.as_ref().and_then(|own| share(moment)?.row(own));
    removes(moment) && !is_own(moment) && row.is_some_and(|row| !row.status.is_live())
}

/// Forgets the tokens that came an hour ago and before.
fn forget_tokens(state: &mut State, moment: &Moment<'_>) {
    let old = moment.now - 3_600_000;
    let count = state.spent.iter().take_while(|each| each.at < old).count();
    state.spent.drain(..count);
    state.answers.drain(..count);
}

/// Keeps invitations open that a call ended, and lets nobody join who accepts one of them.
fn keep_pending(state: &mut State, moment: &Moment<'_>) {
    if !moment.accepted {
        return;
    }
    if removes(moment) || moment.is("DeleteResourceShare") {
        for (each, before) in state.invitations.iter_mut().zip(&moment.state.invitations) {
            if before.status == InvitationStatus::Pending {
                each.status = InvitationStatus::Pending;
            }
        }
    }
    if !moment.is("AcceptResourceShareInvitation") {
        return;
    }
    let arn = moment.text("resourceShareInvitationArn");
    let found = moment.state.invitations.iter().find(|each| Some(each.id.as_str()) == arn);
    let Some(invitation) = found else { return };
    let Some(before) = moment.state.shares.get(invitation.share) else { return };
    let row = before.row(&Entity::Principal(u32::from(invitation.receiver.0)));
    let waits = row.is_some_and(|row| row.status == AssociationStatus::Associating);
    if let (false, Some(share)) = (waits, state.share_mut(invitation.share)) {
        share.rows.clone_from(&before.rows);
    }
}

/// Leaves the rows of a share as they are that is being deleted.
fn keep_rows(state: &mut State, moment: &Moment<'_>) {
    let Some(position) = handle(moment).filter(|_| moment.is("DeleteResourceShare")) else {
        return;
    };
    let Some(before) = moment.state.shares.get(position) else { return };
    if let Some(share) = state.share_mut(position)
        && before.status != ShareStatus::Deleting
        && share.status == ShareStatus::Deleting
    {
        share.rows.clone_from(&before.rows);
    }
}

/// What ended is remembered, though no list has it.
fn remember(policy: &mut Policy) {
    policy.follow("re-association", "reused-keeping-time");
    policy.follow("ended-entity", "state");
}

/// Takes what ended out of a list.
fn hide_ended(reply: &mut Reply, moment: &Moment<'_>) {
    if !moment.is("GetResourceShareAssociations") {
        return;
    }
    let ended = |row: &Value| {
        let status = row.get("status").and_then(Value::as_str);
        matches!(status, Some("DISASSOCIATED" | "FAILED"))
    };
    list(reply).into_iter().for_each(|rows| rows.retain(|row| !ended(row)));
}

/// The type of an error as it stands in the header, taken out.
fn take_type(response: &mut Response) -> Option<String> {
    let found = header(&response.headers, "x-amzn-errortype")?.to_owned();
    response.headers.retain(|(name, _)| name != "x-amzn-errortype");
    Some(found)
}

fn in_member(response: &mut Response, name: &str) {
    let Some(code) = take_type(response) else { return };
    let Ok(Value::Object(mut members)) = serde_json::from_slice(&response.body) else { return };
    members.insert(name.to_owned(), code.into());
    response.body = Value::Object(members).to_string().into_bytes();
}

fn in_type(response: &mut Response, _: &Moment<'_>) {
    in_member(response, "__type");
}

fn in_code(response: &mut Response, _: &Moment<'_>) {
    in_member(response, "code");
}

fn retype(response: &mut Response, write: impl Fn(&str) -> String) {
    if let Some(code) = take_type(response) {
        response.headers.push(("x-amzn-errortype".to_owned(), write(&code)));
    }
}

fn hide_made(reply: &mut Reply, moment: &Moment<'_>) {
    if moment.text("clientToken").is_none()
        && let Some(members) = members(reply)
    {
        members.remove("clientToken");
    }
}

fn sparse(reply: &mut Reply, _: &Moment<'_>) {
    each_row(reply, |row| optional(row).into_iter().for_each(|name| drop(row.remove(name))));
}

/// The members that a row need not have.
fn optional(row: &Map<String, Value>) -> Vec<&'static str> {
    let more: &[&str] = match () {
        () if row.contains_key("associatedEntity") => &["resourceShareName", "statusMessage"],
        () if row.contains_key("arn") => &["status", "creationTime", "lastUpdatedTime"],
        () if row.contains_key("id") => &["creationTime", "lastUpdatedTime"],
        () if row.contains_key("senderAccountId") => &["resourceShareName", "receiverAccountId"],
        () => &[],
    };
    ["external", "featureSet", "type"].iter().chain(more).copied().collect()
}

fn capital_message(response: &mut Response, _: &Moment<'_>) {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(&response.body) else { return };
    if let (true, Some(message)) = (response.status >= 400, members.remove("message")) {
        members.insert("Message".to_owned(), message);
        response.body = Value::Object(members).to_string().into_bytes();
    }
}

/// What a list has for the token of the next page where there is none.
fn last_token(reply: &mut Reply, token: Value) {
    if list(reply).is_some()
        && let Some(members) = members(reply)
    {
        members.entry("nextToken").or_insert(token);
    }
}

/// Writes times as products with a power of ten.
fn exponents(response: &mut Response, _: &Moment<'_>) {
    let mut text = String::from_utf8_lossy(&response.body).into_owned();
    for name in ["\"creationTime\":", "\"lastUpdatedTime\":", "\"invitationTimestamp\":"] {
        let parts: Vec<String> = text.split(name).map(exponent).collect();
        text = parts.join(name);
    }
    response.body = text.into_bytes();
}

/// A text that may begin with a number, which then has an exponent.
fn exponent(text: &str) -> String {
    let (number, rest) = text.split_at(text.find([',', '}']).unwrap_or(text.len()));
    number.parse().map_or_else(|_| text.to_owned(), |number: f64| format!("{number:e}{rest}"))
}
