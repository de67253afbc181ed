//! The gateway: signatures, times, nonces, keys and names that are not looked at as they should be.

use super::{always, common, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::gate;
use sharespec_model::alibaba::conditions as c;
use sharespec_model::belief::Window;
use sharespec_model::call::{Body, Reply};
use sharespec_model::condition::Condition;
use sharespec_model::world::World;
use sharespec_wire::alibaba::{GatewayError, Keeper, Key, SignatureKind, inspect};
use sharespec_wire::http::Request;

/// The rules that a signature of something else breaks.
const SIGNED: &[&str] = &[common!("error/SignatureDoesNotMatch"), common!("gateway/signed")];

const ANY_SIGNATURE: &[Effect] = &[Effect::Overlook(&["gateway/signature"])];

pub(super) const FAULTS: &[Change] = &[
    always(
        "signature-not-checked",
        "Signatures are not checked.",
        SIGNED,
        &[Effect::Overlook(&[
            "gateway/signature",
            "gateway/signature-missing",
            "gateway/signature-malformed",
            "gateway/content-hash",
            "gateway/header-unsigned",
            "gateway/signature-method",
            "gateway/algorithm",
            "gateway/signature-version",
        ])],
    ),
    when(
        |moment| is_signed(moment, SignatureKind::V2),
        "older-signature-not-checked",
        "A signature in a parameter is not checked.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| is_signed(moment, SignatureKind::V3),
        "header-signature-not-checked",
        "A signature in a header is not checked.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| moment.request.method == "GET",
        "signature-of-get-not-checked",
        "The signature of a GET is not checked.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| action(moment).starts_with("List"),
        "signature-of-lists-not-checked",
        "The signature of what only reads is not checked.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| action(moment).starts_with("Delete"),
        "signature-of-deletion-not-checked",
        "The signature of a deletion is not checked.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| moment.number > 3,
        "signature-checked-at-first-only",
        "Signatures are checked of the first requests.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    always(
        "missing-signature-accepted",
        "A request without a signature is accepted.",
        &[common!("error/MissingSignature"), common!("error/IncompleteSignature")],
        &[Effect::Overlook(&["gateway/signature-missing"])],
    ),
    always(
        "broken-signature-accepted",
        "A signature that is not whole is not compared.",
        &[common!("error/IncompleteSignature")],
        &[Effect::Overlook(&["gateway/signature-malformed"])],
    ),
    always(
        "unknown-algorithm-accepted",
        "With an unknown algorithm no signature is compared.",
        &[common!("error/InvalidSignatureMethod")],
        &[Effect::Overlook(&["gateway/algorithm", "gateway/signature-method"])],
    ),
    when(
        |moment| holds_instead(moment, |request| request.method = other_method(request)),
        "method-not-signed",
        "The method is not compared with the signed one.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| holds_instead(moment, |request| set_header(request, "host", "other.example")),
        "host-not-signed",
        "A signature for another host is accepted.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| holds_instead(moment, rename_action),
        "operation-not-signed",
        "A signature for another operation is accepted.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        holds_without_a_parameter,
        "unknown-parameter-not-signed",
        "A parameter that was not signed is read.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    when(
        |moment| !moment.request.body.is_empty(),
        "body-not-signed",
        "Of a request with a body the signature is not compared.",
        SIGNED,
        &[Effect::Overlook(&["gateway/signature", "gateway/content-hash"])],
    ),
    always(
        "content-hash-believed",
        "The hash of the body is taken from its header.",
        &[common!("error/SignatureDoesNotMatch"), common!("error/IncompleteSignature")],
        &[Effect::Overlook(&["gateway/content-hash"])],
    ),
    when(
        holds_with_another_secret,
        "secret-of-anyone-accepted",
        "A signature of any account is accepted.",
        SIGNED,
        ANY_SIGNATURE,
    ),
    always(
        "unknown-key-accepted",
        "An access key that nobody has is accepted.",
        &[common!("error/InvalidAccessKeyId.NotFound")],
        &[Effect::Overlook(&["gateway/key-unknown"])],
    ),
    always(
        "missing-key-accepted",
        "A request without an access key is accepted.",
        &[common!("error/MissingAccessKeyId")],
        &[Effect::Overlook(&["gateway/key-missing"])],
    ),
    always(
        "old-requests-answered",
        "The time of a request is not looked at.",
        &[common!("error/InvalidTimeStamp.Expired")],
        &[Effect::Overlook(&["gateway/expired"])],
    ),
    when(
        |moment| late(moment) < 3_600_000,
        "requests-answered-for-an-hour",
        "A request may be late by an hour.",
        &[common!("error/InvalidTimeStamp.Expired")],
        &[Effect::Overlook(&["gateway/expired"])],
    ),
    when(
        |moment| late(moment) < 30 * 24 * 3_600_000,
        "requests-answered-for-a-month",
        "A request may be late by a month.",
        &[common!("error/InvalidTimeStamp.Expired")],
        &[Effect::Overlook(&["gateway/expired"])],
    ),
    when(
        |moment| late(moment) > 5 * 60_000,
        "late-requests-refused",
        "A request may be late by five minutes.",
        &[common!("gateway/in-time")],
        &[Effect::Refuse(GatewayError::timestamp_expired)],
    ),
    always(
        "malformed-time-accepted",
        "A text that is no time is accepted as one.",
        &[common!("error/InvalidTimeStamp.Format")],
        &[Effect::Overlook(&["gateway/time-malformed"])],
    ),
    always(
        "missing-time-accepted",
        "A request without a time is accepted.",
        &[common!("error/MissingTimestamp")],
        &[Effect::Overlook(&["gateway/time-missing"])],
    ),
    always(
        "requests-answered-twice",
        "A nonce may be used again.",
        &[common!("error/SignatureNonceUsed")],
        &[Effect::Overlook(&["gateway/nonce-used"])],
    ),
    always(
        "missing-nonce-accepted",
        "A request without a nonce is accepted.",
        &[common!("error/MissingSignatureNonce")],
        &[Effect::Overlook(&["gateway/nonce-missing"])],
    ),
    always(
        "unknown-version-accepted",
        "The version is not looked at.",
        &[common!("error/InvalidVersion"), common!("error/MissingVersion")],
        &[Effect::Overlook(&["gateway/version-unknown", "gateway/version-missing"])],
    ),
    always(
        "unknown-method-accepted",
        "Every HTTP method is taken.",
        &[common!("error/UnsupportedHTTPMethod")],
        &[Effect::Overlook(&["gateway/http-method"])],
    ),
    when(
        |moment| action(moment).starts_with("Sharespec"),
        "unknown-action-as-400",
        "An unknown operation is answered with status 400.",
        &[common!("error/InvalidAction.NotFound"), common!("error/InvalidApi.NotFound")],
        &[Effect::Reply(|reply, _| reply.status = 400)],
    ),
    when(
        |moment| action(moment).starts_with("Sharespec"),
        "unknown-action-succeeds",
        "An unknown operation does nothing, and succeeds.",
        &[common!("error/InvalidAction.NotFound"), common!("error/InvalidApi.NotFound")],
        &[Effect::Reply(|reply, _| {
            (reply.status, reply.body) = (200, Body::Success(serde_json::Map::new()));
        })],
    ),
    when(
        |moment| wire(moment).contains(&b'+'),
        "plus-kept",
        "A plus sign is signed as one, though it stands for a space.",
        &[common!("gateway/encoding")],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        |moment| wire(moment).iter().any(|letter| b"*'()!".contains(letter)),
        "punctuation-signed-as-sent",
        "Punctuation is signed as it stands on the wire.",
        &[common!("gateway/encoding")],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        is_mismatched,
        "refused-request-acts",
        "A request with a wrong signature is refused, but done.",
        &[removal!("effect/rejected")],
        &[
            Effect::Overlook(&["gateway/signature"]),
            Effect::Reply(|reply, _| refuse(reply, mismatch())),
        ],
    ),
    always(
        "gateway-messages-short",
        "The messages of the gateway are other ones.",
        &[common!("gateway/message")],
        &[Effect::Reply(|reply, _| {
            if let Body::Error { code, message, .. } = &mut reply.body
                && code.as_str() == "InvalidTimeStamp.Expired"
            {
                *message = "Request expired.".to_owned();
            }
        })],
    ),
];

fn mismatch() -> GatewayError {
    GatewayError::signature_mismatch("")
}

/// Answers with an error in place of what the answer was.
pub(super) fn refuse(reply: &mut Reply, error: GatewayError) {
    let id = reply.request_id.clone().unwrap_or_default();
    *reply = error.into_reply(&id, "");
}

fn is_signed(moment: &Moment<'_>, kind: SignatureKind) -> bool {
    moment.incoming.is_some_and(|incoming| incoming.signature == kind)
}

fn action<'a>(moment: &Moment<'a>) -> &'a str {
    moment.incoming.map_or("", |incoming| incoming.action.as_str())
}

/// The query and the body as they were sent.
fn wire(moment: &Moment<'_>) -> Vec<u8> {
    [moment.request.target.as_bytes(), b"&", &moment.request.body].concat()
}

/// How late the request is, in milliseconds.
fn late(moment: &Moment<'_>) -> i64 {
    let stamp = moment.incoming.and_then(|incoming| incoming.timestamp.as_deref());
    let time = stamp.and_then(|text| text.parse::<jiff::Timestamp>().ok());
    time.map_or(0, |time| moment.now.saturating_sub(time.as_millisecond()))
}

/// A gateway that knows the keys of a world, or one secret for all of them.
struct Secrets<'a>(&'a World, Option<&'a str>);

impl Keeper for Secrets<'_> {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        let own = gate::key(self.0, access_key_id)?;
        Some(Key { secret: self.1.unwrap_or(own.secret), ..own })
    }

    fn is_operation(&self, _: &str) -> bool {
        true
    }

    fn was_used(&self, _: &str, _: &str) -> bool {
        false
    }

    fn now(&self) -> Window {
        Window::new(0, 0)
    }
}

fn has(keeper: &Secrets<'_>, request: &Request, condition: Condition) -> bool {
    inspect(request, keeper).is_ok_and(|found| found.wrong.certain.has(condition))
}

/// Whether the signature is that of something else.
fn is_mismatched(moment: &Moment<'_>) -> bool {
    has(&Secrets(moment.world, None), moment.request, c::GATEWAY_SIGNATURE)
}

/// Whether the signature would hold of the request with a change.
fn holds_instead(moment: &Moment<'_>, change: fn(&mut Request)) -> bool {
    let mut request = moment.request.clone();
    change(&mut request);
    !has(&Secrets(moment.world, None), &request, c::GATEWAY_SIGNATURE)
}

fn holds_with_another_secret(moment: &Moment<'_>) -> bool {
    let secrets = moment.world.file.accounts.values().map(|file| file.access_key_secret.as_str());
    secrets.into_iter().any(|secret| {
        !has(&Secrets(moment.world, Some(secret)), moment.request, c::GATEWAY_SIGNATURE)
    })
}

fn holds_without_a_parameter(moment: &Moment<'_>) -> bool {
    let (path, query) = moment.request.target.split_once('?').unwrap_or(("/", ""));
    let pairs: Vec<&str> = query.split('&').collect();
    (0..pairs.len()).any(|left_out| {
        let kept = pairs.iter().enumerate().filter(|(position, _)| *position != left_out);
        let kept: Vec<&str> = kept.map(|(_, pair)| *pair).collect();
        let target = format!("{path}?{}", kept.join("&"));
        let request = Request { target, ..moment.request.clone() };
        let signed = [
            c::GATEWAY_SIGNATURE,
            c::GATEWAY_SIGNATURE_MISSING,
            c::GATEWAY_SIGNATURE_MALFORMED,
            c::GATEWAY_KEY_MISSING,
        ];
        let secrets = Secrets(moment.world, None);
        signed.iter().all(|condition| !has(&secrets, &request, *condition))
    })
}

fn other_method(request: &Request) -> String {
    if request.method == "GET" { "POST" } else { "GET" }.to_owned()
}

fn set_header(request: &mut Request, name: &str, value: &str) {
    for (_, found) in request.headers.iter_mut().filter(|(known, _)| known == name) {
        value.clone_into(found);
    }
}

fn rename_action(request: &mut Request) {
    let other = "DescribeRegions";
    set_header(request, "x-acs-action", other);
    let renamed = |text: &str| {
        let pairs = text.split('&').map(|pair| match pair.trim_start_matches("/?") {
            action if action.starts_with("Action=") => {
                pair.replacen(action, &format!("Action={other}"), 1)
            }
            _ => pair.to_owned(),
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    request.target = renamed(&request.target);
    request.body = renamed(&String::from_utf8_lossy(&request.body)).into_bytes();
}
