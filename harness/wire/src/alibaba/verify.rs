//! Whether a request is signed by the holder of a secret, and when.

use super::authorization::Authorization;
use super::decode::{Incoming, SignatureKind};
use super::gateway::GatewayError;
use super::parameters::{find, read, read_query};
use super::sign::{
    CanonicalRequest, PARAMETER_METHOD, content_hash, header_signature, parameter_signature,
    parameter_string_to_sign,
};
use super::timestamp;
use crate::http::{Request, header};

/// Verifies the signature of `request`, which [`super::decode`] read as `incoming`, under
/// `secret`, and that its time is within `window_millis` of `now_millis`.
///
/// A `V3` signature must cover `host` and every `x-acs-*` header. Whether the nonce was used
/// before is for the caller to say.
///
/// # Errors
/// The gateway's answer: `MissingSignatureMethod`, `InvalidSignatureMethod`,
/// `MissingSignatureVersion`, `InvalidSignatureVersion`, `MissingSignature`,
/// `MissingSignatureNonce`, `MissingTimestamp`, `InvalidTimeStamp.Format`,
/// `InvalidTimeStamp.Expired`, `IncompleteSignature` and `SignatureDoesNotMatch`, in this order.
pub fn verify(
    request: &Request,
    incoming: &Incoming,
    secret: &str,
    now_millis: i64,
    window_millis: i64,
) -> Result<(), GatewayError> {
    match incoming.signature {
        SignatureKind::Unsigned => Err(GatewayError::missing("Signature")),
        SignatureKind::V2 => {
            verify_parameters(request, secret, || verify_stamp(incoming, now_millis, window_millis))
        }
        SignatureKind::V3 => {
            verify_headers(request, secret, || verify_stamp(incoming, now_millis, window_millis))
        }
    }
}

fn verify_stamp(incoming: &Incoming, now: i64, window: i64) -> Result<(), GatewayError> {
    if incoming.nonce.is_none() {
        return Err(GatewayError::missing("SignatureNonce"));
    }
    let Some(text) = &incoming.timestamp else { return Err(GatewayError::missing("Timestamp")) };
    let time = timestamp::read(text).ok_or_else(GatewayError::timestamp_format)?;
    match i128::from(time).abs_diff(i128::from(now)) <= u128::try_from(window).unwrap_or(0) {
        true => Ok(()),
        false => Err(GatewayError::timestamp_expired()),
    }
}

fn verify_parameters(
    request: &Request,
    secret: &str,
    stamp: impl FnOnce() -> Result<(), GatewayError>,
) -> Result<(), GatewayError> {
    let parameters = read(request)?;
    let need = |name: &str| {
        let value = find(&parameters, name).filter(|value| !value.is_empty());
        value.ok_or_else(|| GatewayError::missing(name))
    };
    if need("SignatureMethod")? != PARAMETER_METHOD {
        return Err(GatewayError::invalid("SignatureMethod"));
    }
    if need("SignatureVersion")? != "1.0" {
        return Err(GatewayError::invalid("SignatureVersion"));
    }
    let signature = need("Signature")?;
    stamp()?;
    let mut signed: Vec<(&str, &str)> = parameters
        .iter()
        .filter(|(key, _)| key != "Signature")
        .map(|(key, value)| (key.as_ref(), value.as_ref()))
        .collect();
    signed.sort_unstable();
    let string_to_sign = parameter_string_to_sign(&request.method, &signed);
    match parameter_signature(secret, &string_to_sign) == signature {
        true => Ok(()),
        false => Err(GatewayError::signature_mismatch(&string_to_sign)),
    }
}

fn verify_headers(
    request: &Request,
    secret: &str,
    stamp: impl FnOnce() -> Result<(), GatewayError>,
) -> Result<(), GatewayError> {
    let value = header(&request.headers, "authorization").unwrap_or_default();
    let authorization = Authorization::read(value)?;
    if !authorization.is_known() {
        return Err(GatewayError::invalid("SignatureMethod"));
    }
    stamp()?;
    let headers = signed_headers(request, &authorization)?;
    let parameters = read_query(request)?;
    let mut query: Vec<(&str, &str)> =
        parameters.iter().map(|(key, value)| (key.as_ref(), value.as_ref())).collect();
    query.sort_unstable();
    let hash = content_hash(&request.body);
    let canonical = CanonicalRequest {
        method: &request.method,
        path: "/",
        query: &query,
        headers: &headers,
        content_hash: &hash,
    };
    let string_to_sign = canonical.string_to_sign();
    let said = header(&request.headers, "x-acs-content-sha256").unwrap_or_default();
    let matches = header_signature(secret, &string_to_sign) == authorization.signature;
    match matches && said == hash {
        true => Ok(()),
        false => Err(GatewayError::signature_mismatch(&string_to_sign)),
    }
}

/// The signed headers with their values, in the order in which they are named.
fn signed_headers<'a>(
    request: &'a Request,
    authorization: &Authorization<'a>,
) -> Result<Vec<(&'a str, &'a str)>, GatewayError> {
    let mut signed = Vec::with_capacity(16);
    for name in authorization.signed_headers.split(';') {
        let value = header(&request.headers, name);
        let lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let in_order = signed.last().is_none_or(|(before, _)| *before < name);
        match value.filter(|_| lower && in_order) {
            Some(value) => signed.push((name, value)),
            None => return Err(GatewayError::incomplete_signature()),
        }
    }
    let covers = |name: &str| signed.binary_search_by(|(known, _)| (*known).cmp(name)).is_ok();
    let due = request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| *name == "host" || name.starts_with("x-acs-"));
    for name in due {
        if !covers(name) {
            return Err(GatewayError::incomplete_signature());
        }
    }
    match covers("host") && covers("x-acs-content-sha256") {
        true => Ok(signed),
        false => Err(GatewayError::incomplete_signature()),
    }
}
