//! Signature Version 4, for both sides: what is signed and how, given what was sent.

use hmac::Hmac;
use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

use crate::alibaba::STRICT_ESCAPES;
use crate::alibaba::sign::{authenticate, content_hash, hexadecimal};

/// The algorithm, as the header `authorization` names it.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The service that credentials are scoped to.
pub const SERVICE: &str = "ram";

/// What ends a scope.
pub const TERMINATOR: &str = "aws4_request";

/// What canonical paths escape.
const PATH: &AsciiSet = &STRICT_ESCAPES.remove(b'/');

/// What a signature is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The day, such as `20150830`.
    pub date: &'a str,
    /// The region.
    pub region: &'a str,
    /// The service.
    pub service: &'a str,
}

impl Scope<'_> {
    /// The scope as it stands in credentials and is signed.
    pub fn text(&self) -> String {
        format!("{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }
}

/// A request as it is signed.
#[derive(Clone, Debug)]
pub struct CanonicalRequest<'a> {
    /// The method.
    pub method: &'a str,
    /// The path: see [`canonical_path`].
    pub path: &'a str,
    /// The query: see [`canonical_query`].
    pub query: &'a str,
    /// The signed headers: names in lower case and sorted, values as [`canonical_value`] has them.
    pub headers: &'a [(String, String)],
    /// The hexadecimal SHA-256 of the body.
    pub content_hash: &'a str,
}

impl CanonicalRequest<'_> {
    /// The canonical text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n{}\n{}\n", self.method, self.path, self.query);
        for (name, value) in self.headers {
            for piece in [name, ":", value, "\n"] {
                out.push_str(piece);
            }
        }
        out.push('\n');
        out.push_str(&self.signed_headers());
        out.push('\n');
        out.push_str(self.content_hash);
        out
    }

    /// The names of the signed headers, joined by semicolons.
    pub fn signed_headers(&self) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.join(";")
    }

    /// What is signed: the algorithm, the time, the scope and the hash of the canonical text.
    pub fn string_to_sign(&self, time: &str, scope: &Scope<'_>) -> String {
        let hash = content_hash(self.text().as_bytes());
        format!("{ALGORITHM}\n{time}\n{}\n{hash}", scope.text())
    }
}

/// The signature: hexadecimal HMAC-SHA256 under a key that is made of the secret and the scope.
pub fn signature(secret: &str, scope: &Scope<'_>, string_to_sign: &str) -> String {
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [scope.date, scope.region, scope.service, TERMINATOR, string_to_sign] {
        key = authenticate::<Hmac<Sha256>>(&key, part);
    }
    hexadecimal(&key)
}

/// The path as it is signed, given as it was sent: escaped once more. Where it is `normalized`,
/// dots and empty segments are resolved before.
pub fn canonical_path(path: &str, normalized: bool) -> String {
    let path = if path.is_empty() { "/" } else { path };
    let resolved = if normalized { resolve(path) } else { path.to_owned() };
    utf8_percent_encode(&resolved, PATH).to_string()
}

fn resolve(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let inner = segments.join("/");
    let ends_in_folder = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let end = if ends_in_folder && !inner.is_empty() { "/" } else { "" };
    format!("/{inner}{end}")
}

/// The query as it is signed, given as it was sent: parameters escaped anew and sorted. A broken
/// escape is taken as it stands, and what is not UTF-8 is replaced.
pub fn canonical_query(query: &str) -> String {
    let again = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        utf8_percent_encode(&decoded, STRICT_ESCAPES).to_string()
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (again(key), again(value)))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join("&")
}

/// The value of a header as it is signed: without space around it, with one space where there are
/// more.
pub fn canonical_value(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
