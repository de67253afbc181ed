//! Signatures, for both sides: what is signed and how, given decoded parameters and headers.
//!
//! `V2` signs parameters with HMAC-SHA1, `V3` signs a canonical request with HMAC-SHA256. Both
//! take parameters in byte order of their keys, and of their values where a key comes twice.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::utf8_percent_encode;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::parameters::{Escapes, STRICT};

/// The algorithm of `V3`, as the `authorization` header names it.
pub const HEADER_ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The method of `V2`, as the parameter `SignatureMethod` names it.
pub const PARAMETER_METHOD: &str = "HMAC-SHA1";

/// What `V2` signs: the method, the path `/` and all parameters but `Signature`, escaped twice.
///
/// `parameters` must be sorted.
pub fn parameter_string_to_sign(method: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(64 + parameters.len() * 56);
    out.push_str(method);
    out.push_str("&%2F&");
    for (position, (key, value)) in parameters.iter().enumerate() {
        if position > 0 {
            out.push_str("%26");
        }
        append_twice(&mut out, key);
        out.push_str("%3D");
        append_twice(&mut out, value);
    }
    out
}

/// Escapes twice at once: the second time only the percent signs of the first are left to escape.
fn append_twice(out: &mut String, text: &str) {
    for piece in utf8_percent_encode(text, STRICT) {
        match piece.strip_prefix('%') {
            Some(digits) => {
                out.push_str("%25");
                out.push_str(digits);
            }
            None => out.push_str(piece),
        }
    }
}

/// The `V2` signature: base64 of HMAC-SHA1 under the secret with `&` after it.
pub fn parameter_signature(secret: &str, string_to_sign: &str) -> String {
    let mut key = Vec::with_capacity(secret.len() + 1);
    key.extend_from_slice(secret.as_bytes());
    key.push(b'&');
    STANDARD.encode(authenticate::<Hmac<Sha1>>(&key, string_to_sign))
}

/// A request as `V3` signs it.
#[derive(Clone, Debug)]
pub struct CanonicalRequest<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path, `/` for every RPC service.
    pub path: &'a str,
    /// The decoded parameters of the query, sorted.
    pub query: &'a [(&'a str, &'a str)],
    /// The signed headers: names in lower case, sorted.
    pub headers: &'a [(&'a str, &'a str)],
    /// The hexadecimal SHA-256 of the body.
    pub content_hash: &'a str,
}

impl CanonicalRequest<'_> {
    /// The canonical text.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(640);
        out.push_str(self.method);
        out.push('\n');
        out.push_str(self.path);
        out.push('\n');
        Escapes::CANONICAL.write(&mut out, self.query.iter().copied());
        out.push('\n');
        for (name, value) in self.headers {
            out.push_str(name);
            out.push(':');
            out.push_str(value.trim());
            out.push('\n');
        }
        out.push('\n');
        self.append_signed_headers(&mut out);
        out.push('\n');
        out.push_str(self.content_hash);
        out
    }

    /// The names of the signed headers, joined by semicolons.
    pub fn signed_headers(&self) -> String {
        let mut out = String::with_capacity(160);
        self.append_signed_headers(&mut out);
        out
    }

    /// What is signed: the algorithm and the hash of the canonical text.
    pub fn string_to_sign(&self) -> String {
        format!("{HEADER_ALGORITHM}\n{}", content_hash(self.text().as_bytes()))
    }

    fn append_signed_headers(&self, out: &mut String) {
        for (position, (name, _)) in self.headers.iter().enumerate() {
            if position > 0 {
                out.push(';');
            }
            out.push_str(name);
        }
    }
}

/// The `V3` signature: hexadecimal HMAC-SHA256 under the secret.
pub fn header_signature(secret: &str, string_to_sign: &str) -> String {
    hexadecimal(&authenticate::<Hmac<Sha256>>(secret.as_bytes(), string_to_sign))
}

/// The hexadecimal SHA-256 of a body, as `x-acs-content-sha256` carries it.
pub fn content_hash(body: &[u8]) -> String {
    if body.is_empty() {
        return EMPTY_HASH.to_owned();
    }
    hexadecimal(&Sha256::digest(body))
}

/// The hash of nothing.
const EMPTY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The code of `text` under `key`.
pub(crate) fn authenticate<M: Mac + KeyInit>(key: &[u8], text: &str) -> Vec<u8> {
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of every length")
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// `bytes` in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(hexadecimal(&Sha256::digest(b"")), EMPTY_HASH);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(content_hash(b"abc"), abc);
    }

    #[test]
    fn header_values_are_signed_without_the_space_around_them() {
        let headers = [("host", " h \t"), ("x-acs-date", "a b")];
        let canonical = CanonicalRequest {
            method: "GET",
            path: "/",
            query: &[],
            headers: &headers,
            content_hash: EMPTY_HASH,
        };
        let expected = "GET\n/\n\nhost:h\nx-acs-date:a b\n\nhost;x-acs-date\n";
        assert_eq!(canonical.text(), format!("{expected}{EMPTY_HASH}"));
    }

    #[test]
    fn escaping_twice_equals_escaping_and_escaping_again() {
        let text = "a b*'()!~+&=/%é阿\n";
        let mut at_once = String::new();
        append_twice(&mut at_once, text);
        let once = utf8_percent_encode(text, STRICT).to_string();
        assert_eq!(at_once, utf8_percent_encode(&once, STRICT).to_string());
    }
}
