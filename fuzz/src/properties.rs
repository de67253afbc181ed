//! What must hold for every request.

use sharespec_model::alibaba::conditions as c;
use sharespec_model::belief::Window;
use sharespec_model::call::Call;
use sharespec_model::condition::ConditionSet;
use sharespec_wire::alibaba::{
    Credentials, Form, Incoming, Keeper, Key, Naming, SignatureVersion, Stamp, decode, encode,
    format_asked, inspect,
};
use sharespec_wire::http::Request;
use sharespec_wire::{curl, redact};

use crate::sample::{NOW, SECRET, Sample};

/// A gateway that knows every operation and gives every key one secret.
pub(crate) struct OneSecret;

impl Keeper for OneSecret {
    fn key(&self, _: &str) -> Option<Key<'_>> {
        Some(Key { secret: SECRET, token: None })
    }

    fn is_operation(&self, _: &str) -> bool {
        true
    }

    fn was_used(&self, _: &str, _: &str) -> bool {
        false
    }

    fn now(&self) -> Window {
        Window::new(NOW, NOW)
    }
}

/// What is wrong with a request, but for its time and its token, which must not answer for the
/// signature.
fn wrong(request: &Request) -> ConditionSet {
    let others = [c::GATEWAY_EXPIRED, c::GATEWAY_LATE, c::GATEWAY_EARLY, c::GATEWAY_TOKEN_WRONG];
    let found = inspect(request, &OneSecret).map(|inspection| inspection.wrong.certain);
    let mut wrong = found.unwrap_or(ConditionSet::only(c::GATEWAY_SIGNATURE_MALFORMED));
    for other in others {
        wrong = wrong.without(ConditionSet::only(other));
    }
    wrong
}

/// What became of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// It was decoded.
    pub decoded: bool,
    /// How many parameters of an operation it had.
    pub arguments: usize,
    /// Its signature was accepted.
    pub verified: bool,
    /// It had been changed after it was signed, and its signature was accepted all the same.
    pub survived: bool,
}

/// Checks all properties on one request.
pub fn hold(sample: &Sample) -> Seen {
    let request = &sample.request;
    let _ = format_asked(request);
    let _ = curl(&redact(request, &[SECRET]), "http://127.0.0.1:1");
    let decoded = decode(request);
    if sample.untouched && sample.signed.is_some() {
        assert!(decoded.is_ok(), "what a client wrote is not decoded: {decoded:?}\n{request:?}");
    }
    let Ok(incoming) = decoded else { return Seen::default() };
    let verified = hold_signature(sample, &incoming);
    for (name, form) in Form::presets() {
        hold_form(&incoming, name, &form());
    }
    Seen {
        decoded: true,
        arguments: incoming.arguments.len(),
        verified,
        survived: verified && !sample.untouched,
    }
}

/// Only what the holder signed is accepted, and it means what the holder meant.
fn hold_signature(sample: &Sample, incoming: &Incoming) -> bool {
    let request = &sample.request;
    let accepted = wrong(request).is_empty();
    match &sample.signed {
        None => assert!(!accepted, "accepted without the secret: {request:?}"),
        Some(call) if accepted => {
            assert!(same(incoming, call), "accepted, but not {call:?}: {request:?}");
        }
        Some(_) => {
            assert!(!sample.untouched, "what the holder signed is refused: {request:?}");
        }
    }
    accepted
}

/// What was decoded is decoded again from the form of a client, and its signature holds there.
fn hold_form(incoming: &Incoming, name: &str, form: &Form) {
    if !carries(form, &incoming.action) {
        return;
    }
    let call = Call {
        operation: incoming.action.clone(),
        caller: String::new(),
        arguments: incoming.arguments.clone(),
    };
    let again = write(&call, form);
    let read = decode(&again);
    assert!(read.as_ref().is_ok_and(|read| same(read, &call)), "{name}: {read:?} for {call:?}");
    let wrong = wrong(&again);
    assert!(wrong.is_empty(), "{name}: {wrong:?} for {again:?}");
}

fn write(call: &Call, form: &Form) -> Request {
    let credentials = Credentials {
        access_key_id: "LTAIOWNER0000001".to_owned(),
        access_key_secret: SECRET.to_owned(),
        security_token: None,
    };
    encode(call, form, &credentials, &Stamp { now_millis: NOW, nonce: "n", host: "localhost:1" })
}

/// Nothing but a second `Signature`, which no signature can cover, may have been added.
fn same(incoming: &Incoming, call: &Call) -> bool {
    incoming.action == call.operation
        && incoming.arguments == call.arguments
        && incoming.irregular.iter().all(|key| key == "Signature")
}

/// Whether a form can carry the name: a header loses the space around its value.
fn carries(form: &Form, action: &str) -> bool {
    let in_parameters = match form.signature {
        SignatureVersion::V3 => form.naming == Naming::Parameters,
        SignatureVersion::V2 | SignatureVersion::None => form.naming != Naming::Headers,
    };
    in_parameters || action.trim() == action
}
