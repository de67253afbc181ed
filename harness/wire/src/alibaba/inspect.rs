//! Everything that is wrong with a request before its operation is looked at: who signed it, what
//! of it, and when.

use super::authorization::Authorization;
use super::decode::{Incoming, SignatureKind, Source};
use super::encode::VERSION;
use super::gateway::GatewayError;
use super::parameters::{find, read, read_query, split_target};
use super::sign::{
    CanonicalRequest, PARAMETER_METHOD, content_hash, header_signature, parameter_signature,
    parameter_string_to_sign,
};
use super::timestamp;
use crate::http::{Request, header};
use sharespec_model::alibaba::conditions as c;
use sharespec_model::belief::Window;
use sharespec_model::condition::Condition;
use sharespec_model::prediction::Wrong;

/// How late a request may be at least, in milliseconds: what every document allows.
pub const LATE_AT_LEAST: i64 = 15 * 60_000;

/// How late a request may be at most, in milliseconds: what no document allows any more.
pub const LATE_AT_MOST: i64 = 31 * 60_000;

/// How far ahead the time of a request may be because clocks differ, in milliseconds.
const AHEAD: i64 = 1000;

/// The letters of a `V2` signature: 20 bytes in base64.
const PARAMETER_LENGTH: usize = 28;

/// The letters of a `V3` signature: 32 bytes in hexadecimal.
const HEADER_LENGTH: usize = 64;

/// An access key as its gateway knows it.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    /// The secret.
    pub secret: &'a str,
    /// The token, if the credentials are temporary.
    pub token: Option<&'a str>,
}

/// What a gateway knows when a request comes.
pub trait Keeper {
    /// The access key of this name.
    fn key(&self, access_key_id: &str) -> Option<Key<'_>>;
    /// Whether there is an operation of this name.
    fn is_operation(&self, action: &str) -> bool;
    /// Whether an access key came with a nonce before.
    fn was_used(&self, access_key_id: &str, nonce: &str) -> bool;
    /// The time, in milliseconds since 1970, as far as it is known.
    fn now(&self) -> Window;
    /// The region that credentials must be scoped to, where they are and it is known.
    fn region(&self) -> Option<&str> {
        None
    }
}

/// What was found in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The request as far as it can be understood.
    pub incoming: Incoming,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// What its signature should have been made of, if it is that of something else.
    pub string_to_sign: Option<String>,
}

/// Looks at a request as `keeper` does.
///
/// Without a known access key nothing else of the signature is looked at. A `V3` signature must
/// cover `host` and every `x-acs-*` header.
///
/// # Errors
/// `InvalidApi.NotFound` for a path other than `/`, `InvalidParameter` for what cannot be decoded:
/// no condition is about them.
pub fn inspect<K: Keeper + ?Sized>(
    request: &Request,
    keeper: &K,
) -> Result<Inspection, GatewayError> {
    if !matches!(split_target(&request.target).0, "/" | "") {
        return Err(GatewayError::api_not_found());
    }
    let parameters = read(request)?;
    let source = Source::new(request, &parameters);
    let inspection =
        Inspection { incoming: source.incoming(), wrong: Wrong::default(), string_to_sign: None };
    let mut inspector = Inspector { source, keeper, inspection };
    inspector.names();
    match inspector.source.kind {
        SignatureKind::Unsigned | SignatureKind::V4 => inspector.unsigned(),
        SignatureKind::V2 => inspector.parameters(),
        SignatureKind::V3 => inspector.headers()?,
    }
    Ok(inspector.inspection)
}

struct Inspector<'a, K: ?Sized> {
    source: Source<'a>,
    keeper: &'a K,
    inspection: Inspection,
}

impl<'a, K: Keeper + ?Sized> Inspector<'a, K> {
    fn holds(&mut self, condition: Condition) {
        self.inspection.wrong.holds(condition);
    }

    fn holds_if(&mut self, holds: bool, condition: Condition) {
        if holds {
            self.holds(condition);
        }
    }

    /// Operation, version, format and method.
    fn names(&mut self) {
        let (action, version) =
            (self.inspection.incoming.action.clone(), self.inspection.incoming.version.clone());
        let known = self.keeper.is_operation(&action);
        self.holds_if(action.is_empty(), c::GATEWAY_ACTION_MISSING);
        self.holds_if(!action.is_empty() && !known, c::GATEWAY_ACTION_UNKNOWN);
        self.holds_if(version.is_empty(), c::GATEWAY_VERSION_MISSING);
        self.holds_if(!version.is_empty() && version != VERSION, c::GATEWAY_VERSION_UNKNOWN);
        self.holds_if(self.source.format().is_err(), c::GATEWAY_FORMAT_UNKNOWN);
        let method = matches!(self.source.request.method.as_str(), "GET" | "POST");
        self.holds_if(!method, c::GATEWAY_HTTP_METHOD);
    }

    /// The key of the request; none if it is not named or not known.
    fn key(&mut self) -> Option<Key<'a>> {
        let named = &self.inspection.incoming.access_key_id;
        let found = self.keeper.key(named);
        match (named.is_empty(), found) {
            (true, _) => self.holds(c::GATEWAY_KEY_MISSING),
            (false, None) => self.holds(c::GATEWAY_KEY_UNKNOWN),
            (false, Some(_)) => return found,
        }
        None
    }

    fn unsigned(&mut self) {
        if self.key().is_some() {
            self.holds(c::GATEWAY_SIGNATURE_MISSING);
        }
    }

    /// Token, time and nonce.
    fn stamp(&mut self, key: Key<'_>) {
        let incoming = &self.inspection.incoming;
        let token = incoming.security_token.as_deref();
        let token = match (key.token, token) {
            (Some(_), None) => Some(c::GATEWAY_TOKEN_MISSING),
            (wanted, found) => (wanted != found).then_some(c::GATEWAY_TOKEN_WRONG),
        };
        let header = self.source.kind == SignatureKind::V3;
        let nonce = incoming
            .nonce
            .as_deref()
            .map(|nonce| self.keeper.was_used(&incoming.access_key_id, nonce));
        let nonce = match (nonce, header) {
            (None, false) => Some(c::GATEWAY_NONCE_MISSING),
            (None, true) => Some(c::GATEWAY_NONCE_HEADER_MISSING),
            (Some(true), false) => Some(c::GATEWAY_NONCE_USED),
            (Some(true), true) => Some(c::GATEWAY_NONCE_HEADER_USED),
            (Some(false), _) => None,
        };
        let time = incoming.timestamp.as_deref().map(timestamp::read);
        token.into_iter().chain(nonce).for_each(|condition| self.holds(condition));
        match time {
            None => self.holds(c::GATEWAY_TIME_MISSING),
            Some(None) => self.holds(c::GATEWAY_TIME_MALFORMED),
            Some(Some(time)) => self.age(time),
        }
    }

    /// How late a request is, by a clock that may be known roughly.
    fn age(&mut self, time: i64) {
        let now = self.keeper.now();
        let age = Window::new(now.from.saturating_sub(time), now.to.saturating_sub(time));
        let bands = [
            (c::GATEWAY_EXPIRED, Window::new(LATE_AT_MOST + 1, i64::MAX)),
            (c::GATEWAY_LATE, Window::new(LATE_AT_LEAST + 1, LATE_AT_MOST)),
            (c::GATEWAY_EARLY, Window::new(i64::MIN, -LATE_AT_LEAST - 1)),
        ];
        for (condition, band) in bands {
            match age.meet(band) {
                met if met == age => self.holds(condition),
                met if !met.is_empty() => self.inspection.wrong.may_hold(condition),
                _ => {}
            }
        }
        if age.from < -AHEAD {
            self.inspection.wrong.may_hold(c::GATEWAY_EARLY);
        }
    }

    fn mismatch(&mut self, string_to_sign: String) {
        self.holds(c::GATEWAY_SIGNATURE);
        self.inspection.string_to_sign = Some(string_to_sign);
    }

    /// A signature in parameters.
    fn parameters(&mut self) {
        let Some(key) = self.key() else { return };
        self.stamp(key);
        let parameters = self.source.parameters;
        let said = |name: &str| find(parameters, name).filter(|value| !value.is_empty());
        match said("SignatureMethod") {
            None => return self.holds(c::GATEWAY_SIGNATURE_MALFORMED),
            Some(PARAMETER_METHOD) => {}
            Some(_) => return self.holds(c::GATEWAY_METHOD_UNKNOWN),
        }
        match said("SignatureVersion") {
            None => return self.holds(c::GATEWAY_SIGNATURE_MALFORMED),
            Some("1.0") => {}
            Some(_) => self.holds(c::GATEWAY_SIGNATURE_VERSION),
        }
        let Some(signature) = said("Signature") else {
            return self.holds(c::GATEWAY_SIGNATURE_MISSING);
        };
        if signature.len() != PARAMETER_LENGTH {
            return self.holds(c::GATEWAY_SIGNATURE_MALFORMED);
        }
        let mut signed: Vec<(&str, &str)> = parameters
            .iter()
            .filter(|(key, _)| key != "Signature")
            .map(|(key, value)| (key.as_ref(), value.as_ref()))
            .collect();
        signed.sort_unstable();
        let string_to_sign = parameter_string_to_sign(&self.source.request.method, &signed);
        if parameter_signature(key.secret, &string_to_sign) != signature {
            self.mismatch(string_to_sign);
        }
    }

    /// A signature in the header `authorization`.
    fn headers(&mut self) -> Result<(), GatewayError> {
        let Ok(Some(authorization)) = self.source.authorization() else {
            self.holds(c::GATEWAY_SIGNATURE_MALFORMED);
            return Ok(());
        };
        let Some(key) = self.key() else { return Ok(()) };
        self.stamp(key);
        if !authorization.is_known() {
            self.holds(c::GATEWAY_ALGORITHM_UNKNOWN);
            return Ok(());
        }
        match authorization.signature.len() {
            0 => self.holds(c::GATEWAY_SIGNATURE_MISSING),
            HEADER_LENGTH => self.canonical(key, &authorization)?,
            _ => self.holds(c::GATEWAY_SIGNATURE_MALFORMED),
        }
        Ok(())
    }

    fn canonical(
        &mut self,
        key: Key<'_>,
        authorization: &Authorization<'_>,
    ) -> Result<(), GatewayError> {
        let request = self.source.request;
        let Some(headers) = signed_headers(request, authorization) else {
            self.holds(c::GATEWAY_SIGNATURE_MALFORMED);
            return Ok(());
        };
        self.holds_if(!covers_what_is_due(request, &headers), c::GATEWAY_HEADER_UNSIGNED);
        let parameters = read_query(request)?;
        let mut query: Vec<(&str, &str)> =
            parameters.iter().map(|(key, value)| (key.as_ref(), value.as_ref())).collect();
        query.sort_unstable();
        let hash = content_hash(&request.body);
        let said = self.source.header("x-acs-content-sha256").unwrap_or(&hash);
        let canonical = CanonicalRequest {
            method: &request.method,
            path: "/",
            query: &query,
            headers: &headers,
            content_hash: said,
        };
        let string_to_sign = canonical.string_to_sign();
        if header_signature(key.secret, &string_to_sign) != authorization.signature {
            self.mismatch(string_to_sign);
        }
        self.holds_if(said != hash, c::GATEWAY_CONTENT_HASH);
        Ok(())
    }
}

/// The signed headers with their values, in the order in which they are named; none if one is not
/// there, or named otherwise than it must be.
fn signed_headers<'a>(
    request: &'a Request,
    authorization: &Authorization<'a>,
) -> Option<Vec<(&'a str, &'a str)>> {
    let mut signed: Vec<(&str, &str)> = Vec::with_capacity(16);
    for name in authorization.signed_headers.split(';') {
        let value = header(&request.headers, name);
        let lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let in_order = signed.last().is_none_or(|(before, _)| *before < name);
        signed.push((name, value.filter(|_| lower && in_order)?));
    }
    Some(signed)
}

fn covers_what_is_due(request: &Request, signed: &[(&str, &str)]) -> bool {
    let covers = |name: &str| signed.binary_search_by(|(known, _)| (*known).cmp(name)).is_ok();
    let mut sent = request.headers.iter().map(|(name, _)| name.as_str());
    covers("host")
        && covers("x-acs-content-sha256")
        && sent.all(|name| !name.starts_with("x-acs-") || covers(name))
}
