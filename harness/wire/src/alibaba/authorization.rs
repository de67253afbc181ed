//! The `authorization` header of `V3`.

use super::gateway::GatewayError;
use super::sign::HEADER_ALGORITHM;

/// The members of an `authorization` header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Authorization<'a> {
    /// The algorithm, not necessarily a known one.
    pub algorithm: &'a str,
    /// The access key.
    pub credential: &'a str,
    /// The names of the signed headers, joined by semicolons.
    pub signed_headers: &'a str,
    /// The signature; empty if there is none.
    pub signature: &'a str,
}

/// Whether an `authorization` header is one of `V3`, of any algorithm.
pub(super) fn is_header_signature(value: &str) -> bool {
    value.trim_start().starts_with("ACS3-")
}

impl<'a> Authorization<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// `IncompleteSignature` if a member other than the signature lacks, if one comes twice or is
    /// unknown.
    pub(super) fn read(value: &'a str) -> Result<Self, GatewayError> {
        Self::members(value).ok_or_else(GatewayError::incomplete_signature)
    }

    fn members(value: &'a str) -> Option<Self> {
        let (algorithm, rest) = value.trim().split_once(' ')?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for member in rest.split(',') {
            let (name, value) = member.trim().split_once('=')?;
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return None,
            };
            if place.replace(value).is_some() {
                return None;
            }
        }
        Some(Self {
            algorithm,
            credential: credential?,
            signed_headers: signed_headers?,
            signature: signature.unwrap_or_default(),
        })
    }

    /// Whether the algorithm is the known one.
    pub(super) fn is_known(&self) -> bool {
        self.algorithm == HEADER_ALGORITHM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_members_in_any_order() {
        let read =
            Authorization::read("ACS3-HMAC-SHA256 Signature=ab, Credential=id,SignedHeaders=a;b")
                .unwrap();
        assert_eq!((read.credential, read.signed_headers, read.signature), ("id", "a;b", "ab"));
        assert!(read.is_known());
        for value in ["", ",Signature="] {
            let value = format!("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a{value}");
            assert_eq!(Authorization::read(&value).unwrap().signature, "");
        }
    }

    #[test]
    fn refuses_what_is_incomplete() {
        for value in [
            "",
            "ACS3-HMAC-SHA256",
            "ACS3-HMAC-SHA256 ",
            "ACS3-HMAC-SHA256 Credential=id,Signature=a",
            "ACS3-HMAC-SHA256 SignedHeaders=a,Signature=b",
            "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a,Signature=b,Signature=b",
            "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a,Signature=b,Other=c",
            "ACS3-HMAC-SHA256 Credential=id,SignedHeaders=a,Signature=b,",
        ] {
            assert_eq!(Authorization::read(value).unwrap_err().code, "IncompleteSignature");
        }
    }
}
