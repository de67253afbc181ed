//! The header `authorization` of Signature Version 4.

use super::sign::{ALGORITHM, Scope, TERMINATOR};

/// The members of an `authorization` header, each empty if it is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Authorization<'a> {
    /// The algorithm, not necessarily a known one.
    pub algorithm: &'a str,
    /// The access key.
    pub access_key_id: &'a str,
    /// What follows the access key in the credential.
    scope: &'a str,
    /// The names of the signed headers, joined by semicolons.
    pub signed_headers: &'a str,
    /// The signature.
    pub signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Reads the header: members in any order, separated by commas and any space.
    pub(super) fn read(value: &'a str) -> Self {
        let (algorithm, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        let mut found = Self { algorithm, ..Self::default() };
        for member in rest.split(',') {
            match member.trim().split_once('=') {
                Some(("Credential", credential)) => {
                    let halves = credential.split_once('/').unwrap_or((credential, ""));
                    (found.access_key_id, found.scope) = halves;
                }
                Some(("SignedHeaders", names)) => found.signed_headers = names,
                Some(("Signature", signature)) => found.signature = signature,
                _ => {}
            }
        }
        found
    }

    /// Whether the algorithm is the known one.
    pub(super) fn is_known(&self) -> bool {
        self.algorithm == ALGORITHM
    }

    /// Whether no member is missing.
    pub(super) fn is_whole(&self) -> bool {
        let credential = !(self.access_key_id.is_empty() && self.scope.is_empty());
        credential && !self.signed_headers.is_empty() && !self.signature.is_empty()
    }

    /// What the signature is good for, if the credential is of the documented form.
    pub(super) fn scope(&self) -> Option<Scope<'a>> {
        let mut parts = self.scope.split('/');
        let scope = Scope { date: parts.next()?, region: parts.next()?, service: parts.next()? };
        (parts.next() == Some(TERMINATOR) && parts.next().is_none()).then_some(scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_in_any_order() {
        for value in [
            "AWS4-HMAC-SHA256 Credential=K/20150830/r/ram/aws4_request, SignedHeaders=a;b, Signature=s",
            " AWS4-HMAC-SHA256 Signature=s,SignedHeaders=a;b,Credential=K/20150830/r/ram/aws4_request",
        ] {
            let read = Authorization::read(value);
            assert!(read.is_known() && read.is_whole());
            assert_eq!(
                (read.access_key_id, read.signed_headers, read.signature),
                ("K", "a;b", "s")
            );
            let scope = Scope { date: "20150830", region: "r", service: "ram" };
            assert_eq!(read.scope(), Some(scope));
        }
    }

    #[test]
    fn what_is_missing_is_empty() {
        for value in ["", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=K/d/r/s/aws4_request"] {
            assert!(!Authorization::read(value).is_whole(), "{value}");
        }
        for scope in ["", "K", "K/d/r/s", "K/d/r/s/other", "K/d/r/s/aws4_request/more"] {
            let value =
                format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=a, Signature=s");
            assert_eq!(Authorization::read(&value).scope(), None, "{scope}");
        }
    }
}
