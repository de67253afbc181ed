//! Requests that are wrong on purpose, in exactly one thing each.

use serde::{Deserialize, Serialize};

use super::form::{Form, Naming, SignatureVersion};
use sharespec_model::alibaba::conditions as c;
use sharespec_model::condition::Condition;

/// One thing that is deliberately wrong with a request. Everything else, the signature too, is
/// made as if nothing were wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tamper {
    /// Signed with a secret that nobody has.
    WrongSecret,
    /// Signed with the secret of another caller. Whoever sends the request gives that secret.
    ForeignSecret,
    /// A parameter was taken away after signing.
    ParameterRemoved,
    /// A parameter was put in after signing.
    ParameterAdded,
    /// The value of a parameter was changed after signing.
    ParameterChanged,
    /// Signed for another operation.
    OtherActionSigned,
    /// Signed for another host (`V3` only).
    OtherHostSigned,
    /// Signed with another body (`V3` with a body only).
    OtherBodySigned,
    /// Signed as if sent with the other method.
    OtherMethodSigned,
    /// No `Signature`: neither as a parameter nor in the `authorization` header.
    MissingSignature,
    /// An empty `Signature`.
    EmptySignature,
    /// A `Signature` without its end.
    TruncatedSignature,
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
    /// A text in place of the time.
    MalformedTimestamp,
    /// No nonce.
    MissingNonce,
    /// A nonce that the caller used before. Whoever sends the request gives that nonce.
    ReusedNonce,
    /// Temporary credentials without their token.
    MissingToken,
    /// A token that nobody has, in place of that of temporary credentials.
    WrongToken,
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
    /// An `x-acs-*` header that is sent but not signed (`V3` only).
    UnsignedHeader,
    /// An `authorization` header without its members (`V3` only).
    MalformedAuthorization,
}

impl Tamper {
    /// Every kind that needs nothing but the request, with a time that is two hours old.
    pub const ALL: [Tamper; 29] = [
        Self::WrongSecret,
        Self::ParameterRemoved,
        Self::ParameterAdded,
        Self::ParameterChanged,
        Self::OtherActionSigned,
        Self::OtherHostSigned,
        Self::OtherBodySigned,
        Self::OtherMethodSigned,
        Self::MissingSignature,
        Self::EmptySignature,
        Self::TruncatedSignature,
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
        Self::UnsignedHeader,
        Self::MalformedAuthorization,
    ];

    /// Whether a request of `form` can be wrong in this thing. If not, it changes nothing.
    pub fn applies(self, form: &Form) -> bool {
        let header = form.signature == SignatureVersion::V3;
        match self {
            Self::WrongContentHash
            | Self::AbsentSignedHeader
            | Self::UnsignedHeader
            | Self::OtherHostSigned
            | Self::MalformedAuthorization => header,
            Self::OtherBodySigned => header && form.has_body(),
            Self::ParameterRemoved | Self::ParameterAdded | Self::ParameterChanged => {
                match header {
                    true => !form.has_body(),
                    false => form.signature == SignatureVersion::V2,
                }
            }
            Self::OtherActionSigned => match form.signature {
                SignatureVersion::V3 => form.naming != Naming::Parameters || !form.has_only_body(),
                SignatureVersion::V2 => form.naming != Naming::Headers,
                SignatureVersion::None => false,
            },
            Self::WrongSignatureVersion => form.signature == SignatureVersion::V2,
            Self::MissingAccessKeyId
            | Self::UnknownAccessKeyId
            | Self::MissingAction
            | Self::UnknownAction
            | Self::MissingVersion
            | Self::WrongVersion
            | Self::UnsupportedMethod
            | Self::UnsupportedFormat
            | Self::MissingToken
            | Self::WrongToken => true,
            Self::WrongSecret
            | Self::ForeignSecret
            | Self::OtherMethodSigned
            | Self::MissingSignature
            | Self::EmptySignature
            | Self::TruncatedSignature
            | Self::MissingTimestamp
            | Self::ShiftedTimestamp { .. }
            | Self::MalformedTimestamp
            | Self::MissingNonce
            | Self::ReusedNonce
            | Self::UnknownSignatureMethod => form.signature != SignatureVersion::None,
        }
    }

    /// The condition that a request of `form` fulfils for this thing. A shifted time is taken to
    /// be further off than any document allows.
    pub fn condition(self, form: &Form) -> Condition {
        let header = form.signature == SignatureVersion::V3;
        match self {
            Self::MissingSignature | Self::EmptySignature => c::GATEWAY_SIGNATURE_MISSING,
            Self::AbsentSignedHeader | Self::MalformedAuthorization | Self::TruncatedSignature => {
                c::GATEWAY_SIGNATURE_MALFORMED
            }
            Self::UnsignedHeader => c::GATEWAY_HEADER_UNSIGNED,
            Self::WrongSecret
            | Self::ForeignSecret
            | Self::ParameterRemoved
            | Self::ParameterAdded
            | Self::ParameterChanged
            | Self::OtherActionSigned
            | Self::OtherHostSigned
            | Self::OtherBodySigned
            | Self::OtherMethodSigned => c::GATEWAY_SIGNATURE,
            Self::WrongContentHash => c::GATEWAY_CONTENT_HASH,
            Self::MissingAccessKeyId => c::GATEWAY_KEY_MISSING,
            Self::UnknownAccessKeyId => c::GATEWAY_KEY_UNKNOWN,
            Self::MissingTimestamp => c::GATEWAY_TIME_MISSING,
            Self::ShiftedTimestamp { millis } if millis > 0 => c::GATEWAY_EARLY,
            Self::ShiftedTimestamp { .. } => c::GATEWAY_EXPIRED,
            Self::MalformedTimestamp => c::GATEWAY_TIME_MALFORMED,
            Self::MissingNonce if header => c::GATEWAY_NONCE_HEADER_MISSING,
            Self::MissingNonce => c::GATEWAY_NONCE_MISSING,
            Self::ReusedNonce if header => c::GATEWAY_NONCE_HEADER_USED,
            Self::ReusedNonce => c::GATEWAY_NONCE_USED,
            Self::MissingToken => c::GATEWAY_TOKEN_MISSING,
            Self::WrongToken => c::GATEWAY_TOKEN_WRONG,
            Self::MissingAction => c::GATEWAY_ACTION_MISSING,
            Self::UnknownAction => c::GATEWAY_ACTION_UNKNOWN,
            Self::MissingVersion => c::GATEWAY_VERSION_MISSING,
            Self::WrongVersion => c::GATEWAY_VERSION_UNKNOWN,
            Self::UnknownSignatureMethod if header => c::GATEWAY_ALGORITHM_UNKNOWN,
            Self::UnknownSignatureMethod => c::GATEWAY_METHOD_UNKNOWN,
            Self::WrongSignatureVersion => c::GATEWAY_SIGNATURE_VERSION,
            Self::UnsupportedMethod => c::GATEWAY_HTTP_METHOD,
            Self::UnsupportedFormat => c::GATEWAY_FORMAT_UNKNOWN,
        }
    }
}
