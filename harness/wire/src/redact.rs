//! Requests without secrets, fit for reports.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::alibaba::{STRICT_ESCAPES, is_form_type};
use crate::http::{Request, header};

/// What stands in place of a secret.
const MASK: &str = "***";

/// The parameters whose values are secrets, in lower case.
const PARAMETERS: [&str; 2] = ["signature", "securitytoken"];

/// The headers whose values are secrets.
const HEADERS: [&str; 4] =
    ["cookie", "proxy-authorization", "x-acs-security-token", "x-amz-security-token"];

/// A copy of `request` in which `***` stands for the values of `Signature` and `SecurityToken`,
/// for the signature in `authorization`, for tokens in headers, and for every one of `secrets`
/// wherever it occurs, plain or escaped.
///
/// Of an `authorization` header without a signature, nothing is left.
pub fn redact(request: &Request, secrets: &[&str]) -> Request {
    let needles = spellings(secrets);
    let target = match request.target.split_once('?') {
        Some((path, query)) => Cow::Owned(format!("{path}?{}", mask_parameters(query))),
        None => Cow::Borrowed(request.target.as_str()),
    };
    let headers = request.headers.iter().map(|(name, value)| {
        let value = mask_header(name, value);
        (mask_text(name, &needles), mask_text(&value, &needles))
    });
    let form = header(&request.headers, "content-type").is_some_and(is_form_type);
    let body = match std::str::from_utf8(&request.body) {
        Ok(text) if form => mask_parameters(text).into_bytes(),
        _ => request.body.clone(),
    };
    Request {
        method: mask_text(&request.method, &needles),
        target: mask_text(&target, &needles),
        headers: headers.collect(),
        body: needles.iter().fold(body, |body, needle| mask_bytes(&body, needle.as_bytes())),
    }
}

/// The ways in which secrets may be written, longest first.
pub fn spellings(secrets: &[&str]) -> Vec<String> {
    let mut needles = Vec::new();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let escaped = utf8_percent_encode(secret, STRICT_ESCAPES).to_string();
        let twice = utf8_percent_encode(&escaped, STRICT_ESCAPES).to_string();
        let plus = escaped.replace("%20", "+");
        needles.extend([lower_escapes(&plus), lower_escapes(&escaped)]);
        needles.extend([(*secret).to_owned(), plus, escaped, twice]);
    }
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    needles.dedup();
    needles
}

/// The same escapes with small digits.
fn lower_escapes(escaped: &str) -> String {
    let mut digits = 0_u8;
    let lower = |character: char| {
        if character == '%' {
            digits = 2;
        } else if digits > 0 {
            digits -= 1;
            return character.to_ascii_lowercase();
        }
        character
    };
    escaped.chars().map(lower).collect()
}

fn mask_parameters(encoded: &str) -> String {
    let mut out = String::with_capacity(encoded.len());
    for (position, pair) in encoded.split('&').enumerate() {
        if position > 0 {
            out.push('&');
        }
        match pair.split_once('=') {
            Some((key, _)) if is_secret_parameter(key) => {
                out.push_str(key);
                out.push('=');
                out.push_str(MASK);
            }
            _ => out.push_str(pair),
        }
    }
    out
}

fn is_secret_parameter(key: &str) -> bool {
    let key = percent_decode_str(key).decode_utf8_lossy().to_ascii_lowercase();
    PARAMETERS.contains(&key.as_str())
}

fn mask_header(name: &str, value: &str) -> String {
    if HEADERS.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
        return MASK.to_owned();
    }
    match name.eq_ignore_ascii_case("authorization") {
        true => mask_authorization(value),
        false => value.to_owned(),
    }
}

fn mask_authorization(value: &str) -> String {
    match value.rsplit_once("Signature=") {
        Some((before, after)) if !before.contains("Signature=") => {
            let rest = after.split_once(',').map(|(_, rest)| rest);
            let rest = rest.map(|rest| format!(",{rest}")).unwrap_or_default();
            format!("{before}Signature={MASK}{rest}")
        }
        _ => MASK.to_owned(),
    }
}

fn mask_text(text: &str, needles: &[String]) -> String {
    needles.iter().fold(text.to_owned(), |text, needle| text.replace(needle, MASK))
}

fn mask_bytes(body: &[u8], needle: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        match rest.strip_prefix(needle) {
            Some(after) => {
                out.extend_from_slice(MASK.as_bytes());
                rest = after;
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}
