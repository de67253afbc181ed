//! The errors of the gateway in front of every RPC service, before the service sees a request.

use std::borrow::Cow;

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};

/// An error of the gateway, with status, code and message as its table has them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the gateway answers {status} {code}: {message}")]
pub struct GatewayError {
    /// The HTTP status.
    pub status: u16,
    /// The error code.
    pub code: Cow<'static, str>,
    /// The message.
    pub message: Cow<'static, str>,
}

macro_rules! rows {
    ($($(#[$documentation:meta])* $name:ident: $status:literal, $code:literal, $message:literal;)*) => {
        impl GatewayError {
            $($(#[$documentation])* pub fn $name() -> Self {
                Self {
                    status: $status,
                    code: Cow::Borrowed($code),
                    message: Cow::Borrowed($message),
                }
            })*
        }
    };
}

rows! {
    /// No such API at this address.
    api_not_found: 404, "InvalidApi.NotFound",
        "Specified api is not found, please check your url and method.";
    /// No such operation.
    action_not_found: 404, "InvalidAction.NotFound",
        "Specified api is not found, please check your url and method.";
    /// No product at this host.
    product_not_found: 404, "InvalidProduct.NotFound",
        "Cannot find product according to your specified domain.";
    /// Only HTTPS is served.
    protocol_needs_tls: 400, "InvalidProtocol.NeedSsl",
        "Your request is denied as lack of ssl protect.";
    /// Nobody has this access key.
    access_key_not_found: 404, "InvalidAccessKeyId.NotFound",
        "Specified access key is not found.";
    /// The access key is switched off.
    access_key_inactive: 400, "InvalidAccessKeyId.Inactive",
        "Specified access key is disabled.";
    /// The time cannot be read.
    timestamp_format: 400, "InvalidTimeStamp.Format",
        "Specified time stamp or date value is not well formatted.";
    /// The time is outside the window.
    timestamp_expired: 400, "InvalidTimeStamp.Expired",
        "Specified time stamp or date value is expired.";
    /// The nonce was seen before.
    nonce_used: 400, "SignatureNonceUsed",
        "Specified signature nonce was used already.";
    /// `Format` is none of the known ones.
    format_unknown: 400, "InvalidParameter.Format",
        "Specified parameter format is not valid.";
    /// The HTTP method is neither GET nor POST. The message is the documented one.
    unsupported_method: 400, "UnsupportedHTTPMethod",
        "Specified signature is not matched with our calculation.";
    /// The signature is not in the documented form.
    incomplete_signature: 400, "IncompleteSignature",
        "The request signature does not conform to Aliyun standards.";
    /// Too many requests of one user.
    throttling_user: 400, "Throttling.User",
        "Request was denied due to user flow control.";
    /// The server failed.
    internal_error: 500, "InternalError",
        "The request processing has failed due to some unknown error, exception or failure.";
    /// The server cannot answer for the time being.
    service_unavailable: 503, "ServiceUnavailable",
        "The request has failed due to a temporary failure of the server.";
    /// The caller may not do this.
    forbidden: 403, "Forbidden.RAM",
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
}

impl GatewayError {
    /// `Missing{Param}`: a parameter that every request needs is not there.
    pub fn missing(parameter: &str) -> Self {
        Self {
            status: 400,
            code: format!("Missing{parameter}").into(),
            message: format!("{parameter} is mandatory for this action.").into(),
        }
    }

    /// `Invalid{Param}`: a parameter has a value that it cannot have.
    pub fn invalid(parameter: &str) -> Self {
        Self {
            status: 400,
            code: format!("Invalid{parameter}").into(),
            message: format!("Specified parameter {parameter} is not valid.").into(),
        }
    }

    /// `SignatureDoesNotMatch`, with the string that the server signed.
    pub fn signature_mismatch(string_to_sign: &str) -> Self {
        let message = format!(
            "Specified signature is not matched with our calculation. \
             server string to sign is:{string_to_sign}"
        );
        Self { status: 400, code: "SignatureDoesNotMatch".into(), message: message.into() }
    }

    /// `InvalidParameter`: a key or a value has a broken escape or is not UTF-8. No document has
    /// a row for it.
    pub fn undecodable(raw_key: &str) -> Self {
        let key: String = raw_key.chars().take(128).collect();
        Self {
            status: 400,
            code: "InvalidParameter".into(),
            message: format!("Specified parameter {key} is not valid.").into(),
        }
    }

    /// The reply that says so, with the members `HostId` and `Recommend` that the gateway adds.
    pub fn into_reply(self, request_id: &str, host: &str) -> Reply {
        let recommend = format!(
            "https://api.aliyun.com/troubleshoot?q={}&product=ResourceSharing&requestId={request_id}",
            self.code
        );
        let extra = Map::from_iter([
            ("HostId".to_owned(), Value::String(host.to_owned())),
            ("Recommend".to_owned(), Value::String(recommend)),
        ]);
        let (code, message) = (self.code.into_owned(), self.message.into_owned());
        Reply {
            status: self.status,
            request_id: Some(request_id.to_owned()),
            body: Body::Error { code, message, extra },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_code_and_message() {
        let missing = GatewayError::missing("Action");
        assert_eq!((missing.status, &*missing.code), (400, "MissingAction"));
        assert_eq!(missing.message, "Action is mandatory for this action.");
        let invalid = GatewayError::invalid("Version");
        assert_eq!(invalid.message, "Specified parameter Version is not valid.");
        let mismatch = GatewayError::signature_mismatch("GET&%2F&");
        assert!(mismatch.message.ends_with("server string to sign is:GET&%2F&"));
    }

    #[test]
    fn replies_carry_host_and_recommendation() {
        let reply = GatewayError::action_not_found().into_reply("R", "example.test");
        assert_eq!((reply.status, reply.code()), (404, Some("InvalidAction.NotFound")));
        let Body::Error { extra, .. } = reply.body else { panic!("an error") };
        assert_eq!(extra["HostId"], "example.test");
        assert!(extra["Recommend"].as_str().unwrap().contains("q=InvalidAction.NotFound&"));
    }
}
