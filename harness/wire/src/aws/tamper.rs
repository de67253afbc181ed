//! Requests that are wrong on purpose, in exactly one thing each.

use serde::{Deserialize, Serialize};

use super::form::{Form, SignatureVersion};
use super::operations::Operation;
use sharespec_model::aws::conditions as c;
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
    /// A parameter of the query was changed after signing.
    ParameterChanged,
    /// Signed for another operation.
    OtherActionSigned,
    /// Signed for another host.
    OtherHostSigned,
    /// Signed with another body.
    OtherBodySigned,
    /// Signed with another body, of which `x-amz-content-sha256` has the hash.
    OtherBodyHashed,
    /// Signed as if sent with another method.
    OtherMethodSigned,
    /// Scoped to another region, and signed so.
    OtherRegion,
    /// Scoped to another service, and signed so.
    OtherService,
    /// Scoped to the day before, and signed so.
    OtherDate,
    /// A credential that ends after the region.
    MalformedScope,
    /// No header `authorization`.
    MissingAuthorization,
    /// An `authorization` header without `Credential`.
    MissingCredential,
    /// An `authorization` header without `SignedHeaders`.
    MissingSignedHeaders,
    /// An `authorization` header without `Signature`.
    MissingSignature,
    /// An empty `Signature`.
    EmptySignature,
    /// A `Signature` without its end.
    TruncatedSignature,
    /// An `authorization` header without its members.
    MalformedAuthorization,
    /// An algorithm that does not exist.
    UnknownAlgorithm,
    /// An empty access key.
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
    /// Temporary credentials without their token.
    MissingToken,
    /// A token that nobody has, in place of that of temporary credentials.
    WrongToken,
    /// `x-amz-content-sha256` of another body.
    WrongContentHash,
    /// A header that is signed but not sent.
    AbsentSignedHeader,
    /// The header `host` is not signed.
    UnsignedHost,
    /// The header `x-amz-date` is not signed.
    UnsignedHeader,
    /// The path of an operation that does not exist.
    UnknownAction,
    /// An HTTP method that the operation does not have.
    UnsupportedMethod,
    /// A body that is said to be a form.
    UnsupportedMediaType,
    /// A body that is not said to be anything.
    MissingMediaType,
    /// Nothing but XML is accepted.
    UnsupportedAccept,
    /// A parameter in the query that no operation has.
    UnknownParameter,
    /// A body of nothing.
    EmptyBody,
    /// JSON that is cut off.
    CutBody,
    /// JSON with something after it.
    TrailingData,
    /// A body that is not UTF-8.
    NotUtf8,
    /// A list in place of an object.
    NotAnObject,
    /// The first member twice.
    MemberTwice,
}

impl Tamper {
    /// Every kind that needs nothing but the request, with a time that is two hours old.
    pub const ALL: [Tamper; 40] = [
        Self::WrongSecret,
        Self::ParameterChanged,
        Self::OtherActionSigned,
        Self::OtherHostSigned,
        Self::OtherBodySigned,
        Self::OtherMethodSigned,
        Self::OtherRegion,
        Self::OtherService,
        Self::OtherDate,
        Self::MalformedScope,
        Self::MissingAuthorization,
        Self::MissingCredential,
        Self::MissingSignedHeaders,
        Self::MissingSignature,
        Self::EmptySignature,
        Self::TruncatedSignature,
        Self::MalformedAuthorization,
        Self::UnknownAlgorithm,
        Self::MissingAccessKeyId,
        Self::UnknownAccessKeyId,
        Self::MissingTimestamp,
        Self::ShiftedTimestamp { millis: -7_200_000 },
        Self::MalformedTimestamp,
        Self::WrongContentHash,
        Self::AbsentSignedHeader,
        Self::UnsignedHost,
        Self::UnsignedHeader,
        Self::UnknownAction,
        Self::UnsupportedMethod,
        Self::UnsupportedMediaType,
        Self::MissingMediaType,
        Self::UnsupportedAccept,
        Self::UnknownParameter,
        Self::EmptyBody,
        Self::CutBody,
        Self::TrailingData,
        Self::NotUtf8,
        Self::NotAnObject,
        Self::MemberTwice,
        Self::ShiftedTimestamp { millis: 7_200_000 },
    ];

    /// Whether a call of `operation`, written in `form`, can be wrong in this thing. If not, it
    /// changes nothing.
    pub fn applies(self, form: &Form, operation: &str) -> bool {
        let operation = Operation::named(operation);
        let signed = form.signature == SignatureVersion::V4;
        match self {
            Self::ParameterChanged => signed && operation.is_some_and(Operation::is_in_query),
            Self::UnsupportedMediaType
            | Self::MissingMediaType
            | Self::EmptyBody
            | Self::CutBody
            | Self::TrailingData
            | Self::NotUtf8
            | Self::NotAnObject
            | Self::MemberTwice => operation.is_none_or(Operation::has_body),
            Self::UnknownAction
            | Self::UnsupportedMethod
            | Self::UnsupportedAccept
            | Self::UnknownParameter => true,
            _ => signed,
        }
    }

    /// The condition that a request fulfils for this thing. A shifted time is taken to be further
    /// off than the documents allow.
    pub fn condition(self) -> Condition {
        match self {
            Self::WrongSecret
            | Self::ForeignSecret
            | Self::ParameterChanged
            | Self::OtherActionSigned
            | Self::OtherHostSigned
            | Self::OtherBodySigned
            | Self::OtherBodyHashed
            | Self::OtherMethodSigned
            | Self::TruncatedSignature => c::GATEWAY_SIGNATURE,
            Self::OtherRegion => c::GATEWAY_SCOPE_REGION,
            Self::OtherService => c::GATEWAY_SCOPE_SERVICE,
            Self::OtherDate => c::GATEWAY_SCOPE_DATE,
            Self::MalformedScope => c::GATEWAY_SCOPE_MALFORMED,
            Self::MissingAuthorization => c::GATEWAY_SIGNATURE_MISSING,
            Self::MissingCredential
            | Self::MissingSignedHeaders
            | Self::MissingSignature
            | Self::EmptySignature
            | Self::MalformedAuthorization => c::GATEWAY_SIGNATURE_INCOMPLETE,
            Self::UnknownAlgorithm => c::GATEWAY_ALGORITHM_UNKNOWN,
            Self::MissingAccessKeyId => c::GATEWAY_KEY_MISSING,
            Self::UnknownAccessKeyId => c::GATEWAY_KEY_UNKNOWN,
            Self::MissingTimestamp => c::GATEWAY_TIME_MISSING,
            Self::ShiftedTimestamp { millis } if millis > 0 => c::GATEWAY_EARLY,
            Self::ShiftedTimestamp { .. } => c::GATEWAY_EXPIRED,
            Self::MalformedTimestamp => c::GATEWAY_TIME_MALFORMED,
            Self::MissingToken => c::GATEWAY_TOKEN_MISSING,
            Self::WrongToken => c::GATEWAY_TOKEN_WRONG,
            Self::WrongContentHash => c::GATEWAY_CONTENT_HASH,
            Self::AbsentSignedHeader => c::GATEWAY_HEADER_ABSENT,
            Self::UnsignedHost => c::GATEWAY_HOST_UNSIGNED,
            Self::UnsignedHeader => c::GATEWAY_HEADER_UNSIGNED,
            Self::UnknownAction => c::GATEWAY_ACTION_UNKNOWN,
            Self::UnsupportedMethod => c::GATEWAY_HTTP_METHOD,
            Self::UnsupportedMediaType => c::GATEWAY_MEDIA_TYPE,
            Self::MissingMediaType => c::GATEWAY_MEDIA_TYPE_MISSING,
            Self::UnsupportedAccept => c::GATEWAY_ACCEPT,
            Self::UnknownParameter => c::GATEWAY_QUERY_UNKNOWN,
            Self::EmptyBody => c::GATEWAY_BODY_EMPTY,
            Self::CutBody | Self::TrailingData | Self::NotUtf8 => c::GATEWAY_BODY_MALFORMED,
            Self::NotAnObject => c::GATEWAY_BODY_NOT_OBJECT,
            Self::MemberTwice => c::GATEWAY_MEMBER_TWICE,
        }
    }
}
