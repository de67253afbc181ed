//! The conditions of AWS RAM, by name. The spec tables refer to the names; the positions mean
//! nothing outside a process.

use crate::condition::Condition;

macro_rules! conditions {
    ($($(#[$doc:meta])* $constant:ident = $name:literal,)*) => {
        #[expect(non_camel_case_types, reason = "only their order is used")]
        #[repr(u8)]
        enum Position { $($constant,)* }
        $($(#[$doc])* pub const $constant: Condition = Condition(Position::$constant as u8);)*
        /// The names, in the order of the positions.
        pub const NAMES: &[&str] = &[$($name,)*];
    };
}

conditions! {
    /// No operation has the path.
    GATEWAY_ACTION_UNKNOWN = "gateway/action-unknown",
    /// The operation has the path, but another method.
    GATEWAY_HTTP_METHOD = "gateway/http-method",
    /// The query has a parameter that the operation does not have.
    GATEWAY_QUERY_UNKNOWN = "gateway/query-unknown",
    /// The body is of another media type than JSON.
    GATEWAY_MEDIA_TYPE = "gateway/media-type",
    /// There is a body, and no media type.
    GATEWAY_MEDIA_TYPE_MISSING = "gateway/media-type-missing",
    /// JSON is not among what the caller accepts.
    GATEWAY_ACCEPT = "gateway/accept",
    /// The operation takes a body, and there is none.
    GATEWAY_BODY_EMPTY = "gateway/body-empty",
    /// The body is no JSON.
    GATEWAY_BODY_MALFORMED = "gateway/body-malformed",
    /// The body is JSON, but no object.
    GATEWAY_BODY_NOT_OBJECT = "gateway/body-not-object",
    /// A member comes twice.
    GATEWAY_MEMBER_TWICE = "gateway/member-twice",
    /// A member is null.
    GATEWAY_MEMBER_NULL = "gateway/member-null",
    /// A member has another type of JSON than the documented one.
    GATEWAY_MEMBER_TYPE = "gateway/member-type",
    /// An entry of a list is null.
    GATEWAY_ENTRY_NULL = "gateway/entry-null",
    /// The request is not signed at all.
    GATEWAY_SIGNATURE_MISSING = "gateway/signature-missing",
    /// The header `authorization` is there, but not whole.
    GATEWAY_SIGNATURE_INCOMPLETE = "gateway/signature-incomplete",
    /// The signature is that of another request, or of another secret.
    GATEWAY_SIGNATURE = "gateway/signature",
    /// The algorithm is none that exists.
    GATEWAY_ALGORITHM_UNKNOWN = "gateway/algorithm",
    /// The credential is no key with a scope of four parts.
    GATEWAY_SCOPE_MALFORMED = "gateway/scope-malformed",
    /// The scope names another day than the time of the request.
    GATEWAY_SCOPE_DATE = "gateway/scope-date",
    /// The scope names another region than that of the target.
    GATEWAY_SCOPE_REGION = "gateway/scope-region",
    /// The scope names another service.
    GATEWAY_SCOPE_SERVICE = "gateway/scope-service",
    /// The header `host` is not signed.
    GATEWAY_HOST_UNSIGNED = "gateway/host-unsigned",
    /// A header `x-amz-*` is not signed.
    GATEWAY_HEADER_UNSIGNED = "gateway/header-unsigned",
    /// A header is signed, but not there.
    GATEWAY_HEADER_ABSENT = "gateway/header-absent",
    /// The hash in `x-amz-content-sha256` is that of another body.
    GATEWAY_CONTENT_HASH = "gateway/content-hash",
    /// There is no time.
    GATEWAY_TIME_MISSING = "gateway/time-missing",
    /// The time is none.
    GATEWAY_TIME_MALFORMED = "gateway/time-malformed",
    /// The time is longer ago than the documents allow.
    GATEWAY_EXPIRED = "gateway/expired",
    /// The time is further ahead than the documents allow.
    GATEWAY_EARLY = "gateway/early",
    /// No access key is named.
    GATEWAY_KEY_MISSING = "gateway/key-missing",
    /// The access key does not exist.
    GATEWAY_KEY_UNKNOWN = "gateway/key-unknown",
    /// Temporary credentials come without their token.
    GATEWAY_TOKEN_MISSING = "gateway/token-missing",
    /// The token is not that of the access key.
    GATEWAY_TOKEN_WRONG = "gateway/token-wrong",
    /// No policy of the caller allows the call.
    GATEWAY_DENIED = "gateway/denied",
}

const _: () = assert!(NAMES.len() <= 256);
