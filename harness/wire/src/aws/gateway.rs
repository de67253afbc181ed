//! Errors of the front of every AWS service, before the service sees a request.

use serde_json::Map;
use sharespec_model::call::{Body, Reply};

use crate::alibaba::GatewayError;

/// The codes of the pages of common errors, of every age, with what services say beside them. They
/// need not come with a message.
const COMMON: &[(&str, &str)] = &[
    ("AccessDeniedException", "User is not authorized to perform this action."),
    ("ExpiredTokenException", "The security token included in the request is expired"),
    ("IncompleteSignature", "The request signature does not conform to AWS standards."),
    ("InternalFailure", "The request processing has failed because of an unknown error."),
    ("InvalidAction", "The action or operation requested is invalid."),
    ("InvalidClientTokenId", "The security token included in the request is invalid."),
    ("InvalidSignatureException", MISMATCH),
    ("MalformedHttpRequestException", "The request could not be read."),
    ("MissingAuthenticationToken", "Missing Authentication Token"),
    ("NotAcceptableException", "JSON is not accepted."),
    ("NotAuthorized", "You do not have permission to perform this action."),
    ("OptInRequired", "The AWS access key ID needs a subscription for the service."),
    ("RequestExpired", "Signature expired."),
    ("SerializationException", "The body could not be read."),
    ("ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
    ("SignatureDoesNotMatch", MISMATCH),
    ("ThrottlingException", "Rate exceeded"),
    ("UnknownOperationException", "The operation does not exist."),
    ("UnrecognizedClientException", "The security token included in the request is invalid."),
    ("UnsupportedMediaTypeException", "The media type is not supported."),
    ("ValidationError", "The input fails to satisfy the constraints of the service."),
    ("ValidationException", "The input fails to satisfy the constraints of the service."),
];

/// What services say of a signature that is not theirs.
const MISMATCH: &str = "The request signature we calculated does not match the signature you \
    provided. Check your AWS Secret Access Key and signing method. Consult the service \
    documentation for details.";

/// What services say beside a common error, if `code` is one.
pub fn common_message(code: &str) -> Option<&'static str> {
    COMMON.iter().find(|(known, _)| *known == code).map(|(_, message)| *message)
}

/// An error of the front as a reply.
pub fn refusal(error: GatewayError, request_id: &str) -> Reply {
    let (code, message) = (error.code.into_owned(), error.message.into_owned());
    Reply {
        status: error.status,
        request_id: Some(request_id.to_owned()),
        body: Body::Error { code, message, extra: Map::new() },
    }
}
