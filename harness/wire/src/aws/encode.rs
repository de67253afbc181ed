//! The client's side: a call in the form of some client, signed, as a request.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;
use serde_json::Value;
use sharespec_model::call::Call;

use super::form::{Form, Order, SignatureVersion, SignedHeaders};
use super::json;
use super::operations::Operation;
use super::sign::{
    ALGORITHM, CanonicalRequest, SERVICE, Scope, canonical_path, canonical_query, canonical_value,
    signature,
};
use super::tamper::Tamper;
use super::timestamp;
use crate::alibaba::sign::content_hash;
use crate::alibaba::{Credentials, STRICT_ESCAPES, Stamp};
use crate::http::Request;

/// The body that is signed, or hashed, in place of the one that is sent.
const OTHER_BODY: &[u8] = b"another body";

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Writes `call` in `form`, signed with `credentials` at `stamp`.
///
/// The header `host` is part of the request. Equal inputs make equal requests.
pub fn encode(call: &Call, form: &Form, credentials: &Credentials, stamp: &Stamp<'_>) -> Request {
    let tamper = form.tamper.filter(|tamper| tamper.applies(form, &call.operation));
    let draft = Draft { call, form, tamper, credentials, stamp };
    let mut request = draft.write();
    if form.signature == SignatureVersion::V4 {
        draft.sign(&mut request);
    }
    request
}

/// A request that takes shape.
struct Draft<'a> {
    call: &'a Call,
    form: &'a Form,
    tamper: Option<Tamper>,
    credentials: &'a Credentials,
    stamp: &'a Stamp<'a>,
}

impl Draft<'_> {
    fn has(&self, tamper: Tamper) -> bool {
        self.tamper == Some(tamper)
    }

    /// Writes method, target, body and the headers that no signature needs.
    fn write(&self) -> Request {
        let operation = Operation::named(&self.call.operation);
        let mut method = operation.map_or("POST", |operation| operation.method);
        let mut target = match operation {
            _ if self.has(Tamper::UnknownAction) => "/sharespecunknownaction".to_owned(),
            Some(operation) => operation.path.to_owned(),
            None => format!("/{}", self.call.operation.to_lowercase()),
        };
        if self.has(Tamper::UnsupportedMethod) {
            method = "PUT";
        }
        let in_query = operation.is_some_and(Operation::is_in_query);
        let unknown = self.has(Tamper::UnknownParameter).then_some("sharespecUnknown=1");
        let query = if in_query { self.query() } else { String::new() };
        let queries = [query.as_str(), unknown.unwrap_or(""), self.extra_query()];
        let queries: Vec<&str> = queries.into_iter().filter(|query| !query.is_empty()).collect();
        if !queries.is_empty() {
            target.push('?');
            target.push_str(&queries.join("&"));
        }
        let has_body = operation.is_none_or(Operation::has_body);
        let body = if has_body { self.body(operation) } else { Vec::new() };
        let headers = self.headers(has_body);
        Request { method: method.to_owned(), target, headers, body }
    }

    fn extra_query(&self) -> &str {
        self.form.extra_query.as_deref().unwrap_or_default()
    }

    fn query(&self) -> String {
        let escape = |text: &str| utf8_percent_encode(text, STRICT_ESCAPES).to_string();
        let mut pairs = Vec::new();
        for (name, value) in &self.call.arguments {
            let entries = match value {
                Value::Array(entries) => entries.as_slice(),
                value => std::slice::from_ref(value),
            };
            for entry in entries {
                let text = entry.as_str().map_or_else(|| entry.to_string(), str::to_owned);
                pairs.push(format!("{}={}", escape(name), escape(&text)));
            }
        }
        pairs.join("&")
    }

    fn body(&self, operation: Option<&Operation>) -> Vec<u8> {
        let null = Value::Null;
        let mut members: Vec<(&str, &Value)> =
            self.call.arguments.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let absent = self.form.nulls.iter().filter(|name| !self.call.arguments.contains_key(*name));
        members.extend(absent.map(|name| (name.as_str(), &null)));
        if let (Order::Documented, Some(operation)) = (self.form.order, operation) {
            members.sort_by_key(|(name, _)| {
                operation.input.iter().position(|(known, _)| known == name).unwrap_or(usize::MAX)
            });
        }
        if self.has(Tamper::MemberTwice) {
            let first = members.first().copied().unwrap_or(("clientToken", &null));
            members.resize(members.len().max(1) + 1, first);
        }
        let mut out = String::with_capacity(256);
        json::write_object(&mut out, members, self.form.json);
        match self.tamper {
            Some(Tamper::EmptyBody) => out.clear(),
            Some(Tamper::CutBody) => drop(out.pop()),
            Some(Tamper::TrailingData) => out.push_str("{}"),
            Some(Tamper::NotAnObject) => out = format!("[{out}]"),
            Some(Tamper::NotUtf8) => {
                let mut bytes = out.into_bytes();
                bytes.splice(1..1, *b"\"\xff\":1,");
                return bytes;
            }
            _ => {}
        }
        out.into_bytes()
    }

    fn headers(&self, has_body: bool) -> Vec<(String, String)> {
        let mut headers = Vec::with_capacity(12);
        push(&mut headers, "host", self.stamp.host);
        let accept = match self.has(Tamper::UnsupportedAccept) {
            true => Some("application/xml"),
            false => self.form.accept.as_deref(),
        };
        let content_type = match self.tamper {
            Some(Tamper::UnsupportedMediaType) => Some("application/x-www-form-urlencoded"),
            Some(Tamper::MissingMediaType) => None,
            _ => self.form.content_type.as_deref(),
        };
        if let Some(accept) = accept {
            push(&mut headers, "accept", accept);
        }
        if let Some(content_type) = content_type.filter(|_| has_body) {
            push(&mut headers, "content-type", content_type);
        }
        headers
    }

    /// The time of the request in milliseconds since 1970.
    fn now(&self) -> i64 {
        match self.tamper {
            Some(Tamper::ShiftedTimestamp { millis }) => {
                self.stamp.now_millis.saturating_add(millis)
            }
            _ => self.stamp.now_millis,
        }
    }

    /// Adds what is signed, and the signature.
    fn sign(&self, request: &mut Request) {
        let time = match self.tamper {
            Some(Tamper::MalformedTimestamp) => "no time".to_owned(),
            _ => timestamp::write(self.now()),
        };
        self.push_signed(request, &time);
        if self.has(Tamper::MissingAuthorization) {
            return;
        }
        let day = if self.has(Tamper::OtherDate) { self.now() - DAY } else { self.now() };
        let date = timestamp::write(day);
        let scope = Scope {
            date: date.split('T').next().unwrap_or_default(),
            region: match self.tamper {
                Some(Tamper::OtherRegion) => "sharespec-other-1",
                _ => &self.form.region,
            },
            service: if self.has(Tamper::OtherService) { "sts" } else { SERVICE },
        };
        let headers = self.signed_headers(request);
        let (path, query) = self.signed_target(&request.target);
        let other = self.has(Tamper::OtherBodySigned) || self.has(Tamper::OtherBodyHashed);
        let body = if other { OTHER_BODY } else { &request.body };
        let canonical = CanonicalRequest {
            method: match self.tamper {
                Some(Tamper::OtherMethodSigned) => "PATCH",
                _ => &request.method,
            },
            path: &canonical_path(&path, true),
            query: &canonical_query(&query),
            headers: &headers,
            content_hash: &content_hash(body),
        };
        let signature = signature(&self.secret(), &scope, &canonical.string_to_sign(&time, &scope));
        let authorization = self.authorization(&scope, &canonical.signed_headers(), signature);
        push(&mut request.headers, "authorization", &authorization);
    }

    /// Path and query as they are signed.
    fn signed_target(&self, target: &str) -> (String, String) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = match self.has(Tamper::OtherActionSigned) {
            true => "/listresourcetypes",
            false => path,
        };
        let changed = if self.has(Tamper::ParameterChanged) { "-tampered" } else { "" };
        (path.to_owned(), format!("{query}{changed}"))
    }

    fn secret(&self) -> Cow<'_, str> {
        let secret = &self.credentials.access_key_secret;
        match self.has(Tamper::WrongSecret) {
            true => Cow::Owned(format!("{secret}x")),
            false => Cow::Borrowed(secret),
        }
    }

    fn push_signed(&self, request: &mut Request, time: &str) {
        let headers = &mut request.headers;
        if self.form.signed_headers == SignedHeaders::Wide {
            push(headers, "x-amz-user-agent", "aws-sdk-js/3.1048.0");
            push(headers, "amz-sdk-invocation-id", self.stamp.nonce);
            push(headers, "amz-sdk-request", "attempt=1; max=3");
        }
        if !self.has(Tamper::MissingTimestamp) {
            push(headers, "x-amz-date", time);
        }
        let token = self.credentials.security_token.as_deref();
        match (self.tamper, token) {
            (Some(Tamper::WrongToken), _) => {
                push(headers, "x-amz-security-token", "sharespec-unknown-token");
            }
            (Some(Tamper::MissingToken), _) | (_, None) => {}
            (_, Some(token)) => push(headers, "x-amz-security-token", token),
        }
        if self.has(Tamper::WrongContentHash) || self.has(Tamper::OtherBodyHashed) {
            push(headers, "x-amz-content-sha256", &content_hash(OTHER_BODY));
        } else if self.form.content_hash {
            push(headers, "x-amz-content-sha256", &content_hash(&request.body));
        }
    }

    /// The signed headers, sorted, with their values as they are signed.
    fn signed_headers(&self, request: &Request) -> Vec<(String, String)> {
        let wanted = self.form.signed_headers;
        let is_signed = |name: &str| match name {
            "host" => !self.has(Tamper::UnsignedHost),
            "x-amz-date" => !self.has(Tamper::UnsignedHeader),
            "content-type" => wanted != SignedHeaders::Minimal,
            "accept" => false,
            name if name.starts_with("x-amz-") => true,
            _ => wanted == SignedHeaders::Wide,
        };
        let mut signed: Vec<(String, String)> = request
            .headers
            .iter()
            .filter(|(name, _)| is_signed(name))
            .map(|(name, value)| match (name.as_str(), self.tamper) {
                ("host", Some(Tamper::OtherHostSigned)) => (name.clone(), "other.example".into()),
                _ => (name.clone(), canonical_value(value)),
            })
            .collect();
        if wanted == SignedHeaders::Wide && !request.body.is_empty() {
            signed.push(("content-length".to_owned(), request.body.len().to_string()));
        }
        if self.has(Tamper::AbsentSignedHeader) {
            signed.push(("x-amz-sharespec-absent".to_owned(), "1".to_owned()));
        }
        signed.sort_unstable();
        signed
    }

    fn authorization(&self, scope: &Scope<'_>, names: &str, mut signature: String) -> String {
        let algorithm = match self.has(Tamper::UnknownAlgorithm) {
            true => "AWS4-HMAC-MD5",
            false => ALGORITHM,
        };
        if self.has(Tamper::MalformedAuthorization) {
            return format!("{algorithm} malformed");
        }
        let key = match self.tamper {
            Some(Tamper::MissingAccessKeyId) => "",
            Some(Tamper::UnknownAccessKeyId) => "AKIASHARESPECUNKNOWN",
            _ => &self.credentials.access_key_id,
        };
        let scope = match self.has(Tamper::MalformedScope) {
            true => format!("{}/{}", scope.date, scope.region),
            false => scope.text(),
        };
        match self.tamper {
            Some(Tamper::EmptySignature) => signature.clear(),
            Some(Tamper::TruncatedSignature) => signature.truncate(signature.len() - 4),
            _ => {}
        }
        let members = [
            (Tamper::MissingCredential, format!("Credential={key}/{scope}")),
            (Tamper::MissingSignedHeaders, format!("SignedHeaders={names}")),
            (Tamper::MissingSignature, format!("Signature={signature}")),
        ];
        let members = members.into_iter().filter(|(without, _)| !self.has(*without));
        let members: Vec<String> = members.map(|(_, member)| member).collect();
        format!("{algorithm} {}", members.join(", "))
    }
}

fn push(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.push((name.to_owned(), value.to_owned()));
}
