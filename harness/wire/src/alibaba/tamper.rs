//! Requests that are wrong on purpose, in exactly one thing each.

use serde::{Deserialize, Serialize};

use super::form::{Form, SignatureVersion};

/// One thing that is deliberately wrong with a request. Everything else, the signature too, is
/// made as if nothing were wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tamper {
    /// Signed with a secret that is not the caller's.
    WrongSecret,
    /// Signed as if there were one more parameter.
    OtherContentSigned,
    /// Signed as if sent with the other method.
    OtherMethodSigned,
    /// No `Signature`: neither as a parameter nor in the `authorization` header.
    MissingSignature,
    /// No access key: no parameter, or an empty `Credential`.
    MissingAccessKeyId,
    /// An access key that nobody has.
    UnknownAccessKeyId,
    /// No time.
    MissingTimestamp,
    /// A time that is off by so many milliseconds; negative is in the past.
    ShiftedTimestamp {
        /// What is added to the time.
        millis: i64,
    },
    /// A time that is not in the API's format.
    MalformedTimestamp,
    /// No nonce.
    MissingNonce,
    /// No operation.
    MissingAction,
    /// An operation that does not exist.
    UnknownAction,
    /// No API version.
    MissingVersion,
    /// An API version that does not exist.
    WrongVersion,
    /// A signature method that does not exist.
    UnknownSignatureMethod,
    /// `SignatureVersion` 2.0 (`V2` only).
    WrongSignatureVersion,
    /// An HTTP method that the API does not take.
    UnsupportedMethod,
    /// A `Format` that does not exist.
    UnsupportedFormat,
    /// `x-acs-content-sha256` of another body, signed so (`V3` only).
    WrongContentHash,
    /// A header that is signed but not sent (`V3` only).
    AbsentSignedHeader,
    /// An `authorization` header without its members (`V3` only).
    MalformedAuthorization,
}

impl Tamper {
    /// Every kind, with a time that is two hours old.
    pub const ALL: [Tamper; 21] = [
        Self::WrongSecret,
        Self::OtherContentSigned,
        Self::OtherMethodSigned,
        Self::MissingSignature,
        Self::MissingAccessKeyId,
        Self::UnknownAccessKeyId,
        Self::MissingTimestamp,
        Self::ShiftedTimestamp { millis: -7_200_000 },
        Self::MalformedTimestamp,
        Self::MissingNonce,
        Self::MissingAction,
        Self::UnknownAction,
        Self::MissingVersion,
        Self::WrongVersion,
        Self::UnknownSignatureMethod,
        Self::WrongSignatureVersion,
        Self::UnsupportedMethod,
        Self::UnsupportedFormat,
        Self::WrongContentHash,
        Self::AbsentSignedHeader,
        Self::MalformedAuthorization,
    ];

    /// Whether a request of `form` can be wrong in this thing. If not, it changes nothing.
    pub fn applies(self, form: &Form) -> bool {
        match self {
            Self::WrongContentHash | Self::AbsentSignedHeader | Self::MalformedAuthorization => {
                form.signature == SignatureVersion::V3
            }
            Self::WrongSignatureVersion => form.signature == SignatureVersion::V2,
            Self::MissingAccessKeyId
            | Self::UnknownAccessKeyId
            | Self::MissingAction
            | Self::UnknownAction
            | Self::MissingVersion
            | Self::WrongVersion
            | Self::UnsupportedMethod
            | Self::UnsupportedFormat => true,
            Self::WrongSecret
            | Self::OtherContentSigned
            | Self::OtherMethodSigned
            | Self::MissingSignature
            | Self::MissingTimestamp
            | Self::ShiftedTimestamp { .. }
            | Self::MalformedTimestamp
            | Self::MissingNonce
            | Self::UnknownSignatureMethod => form.signature != SignatureVersion::None,
        }
    }

    /// The code that the gateway's table has for this thing, where it has one, for a request of
    /// `form`. A shifted time is taken to be out of the window.
    pub fn gateway_code(self, form: &Form) -> &'static str {
        let header = form.signature == SignatureVersion::V3;
        match self {
            Self::MissingSignature if header => "IncompleteSignature",
            Self::MissingSignature => "MissingSignature",
            Self::AbsentSignedHeader | Self::MalformedAuthorization => "IncompleteSignature",
            Self::WrongSecret
            | Self::OtherContentSigned
            | Self::OtherMethodSigned
            | Self::WrongContentHash => "SignatureDoesNotMatch",
            Self::MissingAccessKeyId => "MissingAccessKeyId",
            Self::UnknownAccessKeyId => "InvalidAccessKeyId.NotFound",
            Self::MissingTimestamp => "MissingTimestamp",
            Self::ShiftedTimestamp { .. } => "InvalidTimeStamp.Expired",
            Self::MalformedTimestamp => "InvalidTimeStamp.Format",
            Self::MissingNonce => "MissingSignatureNonce",
            Self::MissingAction => "MissingAction",
            Self::UnknownAction => "InvalidAction.NotFound",
            Self::MissingVersion => "MissingVersion",
            Self::WrongVersion => "InvalidVersion",
            Self::UnknownSignatureMethod => "InvalidSignatureMethod",
            Self::WrongSignatureVersion => "InvalidSignatureVersion",
            Self::UnsupportedMethod => "UnsupportedHTTPMethod",
            Self::UnsupportedFormat => "InvalidParameter.Format",
        }
    }
}
