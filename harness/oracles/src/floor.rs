//! The floor: every answer is in time, whole, well-formed, in the format asked for, with a request
//! id not seen before, and no 5xx.

use crate::finding::{Check, Finding};
use serde_json::Value;
use sharespec_model::call::Reply;
use sharespec_model::spec::{OperationSpec, Spec};
use sharespec_wire::alibaba::Malformed;
use sharespec_wire::exchange::{Exchange, Silence};
use sharespec_wire::form::Format;
use sharespec_wire::http::{Response, header};
use sharespec_wire::protocol::Protocol;

/// What the floor makes of an exchange.
#[derive(Clone, Debug, PartialEq)]
pub enum Floor {
    /// A whole, well-formed answer.
    Reply(Reply, Vec<Finding>),
    /// An answer that is lawful for any call: it is to be sent again.
    Transient(Transient),
    /// No answer that could be judged.
    Broken(Finding),
    /// The target could not be reached.
    Unreachable(String),
}

/// Why a request is to be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transient {
    /// What was answered.
    pub reason: String,
    /// How long the target asks to wait, in milliseconds.
    pub retry_after: Option<u64>,
    /// Whether the answer, if it is given again and again, is a failure of the target.
    pub blames: bool,
}

/// Judges the floor of an exchange. `is_new` takes a request id down, and says whether it is new.
pub fn judge(
    protocol: &dyn Protocol,
    operation: &OperationSpec,
    exchange: &Exchange,
    asked: Format,
    is_new: impl FnOnce(&str) -> bool,
) -> Floor {
    let spec = protocol.spec();
    let response = match &exchange.response {
        Ok(response) => response,
        Err(Silence::Unreachable(reason)) => return Floor::Unreachable(reason.clone()),
        Err(silence) => return Floor::Broken(silent(spec, silence)),
    };
    let mut findings = Vec::new();
    let reply = read(protocol, operation, response, asked).map(|(reply, misnamed)| {
        findings.extend(misnamed.map(|malformed| unreadable(spec, response, &malformed)));
        reply
    });
    match reply {
        Ok(reply) => {
            if let Some(transient) = transient(response, Some(&reply)) {
                return Floor::Transient(transient);
            }
            findings.extend(request_id(spec, &reply, is_new));
            findings.extend(error_type(spec, response, &reply));
            Floor::Reply(reply, findings)
        }
        Err(malformed) => match transient(response, None) {
            Some(transient) => Floor::Transient(transient),
            None => Floor::Broken(unreadable(spec, response, &malformed)),
        },
    }
}

/// Reads a response, and says if it has another media type than it should: what is only named
/// wrongly can be judged beyond that.
///
/// # Errors
/// The first other thing that is found wrong.
pub fn read(
    protocol: &dyn Protocol,
    operation: &OperationSpec,
    response: &Response,
    asked: Format,
) -> Result<(Reply, Option<Malformed>), Malformed> {
    let decode = |response: &Response| protocol.decode_reply(response, operation, asked);
    match decode(response) {
        Err(misnamed @ Malformed::MediaType { .. }) => match decode(&renamed(response, asked)) {
            Ok(reply) => Ok((reply, Some(misnamed))),
            Err(_) => Err(misnamed),
        },
        other => other.map(|reply| (reply, None)),
    }
}

/// The response with the media type of the format asked for.
fn renamed(response: &Response, asked: Format) -> Response {
    let media_type = match asked {
        Format::Json => "application/json",
        Format::Xml => "text/xml",
    };
    let mut renamed = response.clone();
    renamed.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    renamed.headers.push(("content-type".to_owned(), media_type.to_owned()));
    renamed
}

/// `Throttling.*`, 429 and 503 are lawful for any call; other 5xx are, once.
fn transient(response: &Response, reply: Option<&Reply>) -> Option<Transient> {
    let code = reply.and_then(Reply::code).unwrap_or_default();
    let throttled = code.starts_with("Throttling") || code.starts_with("ServiceUnavailable");
    let lawful = throttled || response.status == 429 || response.status == 503;
    if !lawful && response.status < 500 {
        return None;
    }
    let seconds =
        header(&response.headers, "retry-after").and_then(|text| text.trim().parse::<u64>().ok());
    let millis = header(&response.headers, "x-acs-retry-after")
        .and_then(|text| text.trim().parse::<u64>().ok());
    let mut reason = format!("{} {code}", response.status);
    reason.truncate(reason.trim_end().len());
    Some(Transient {
        reason,
        retry_after: millis.or(seconds.map(|seconds| seconds.saturating_mul(1000))),
        blames: !lawful,
    })
}

/// The finding against a target that answers with a 5xx again and again.
pub fn server_error(spec: &Spec, transient: &Transient) -> Finding {
    let rule = spec.floor("floor/server-error");
    Finding::new(spec, Check::Floor, rule, format!("{} again and again", transient.reason))
        .expected(["an answer below 500".to_owned()])
}

fn silent(spec: &Spec, silence: &Silence) -> Finding {
    let observed = match silence {
        Silence::Unreachable(_) => "no connection",
        Silence::NoAnswer(_) => "the connection ended before the answer began",
        Silence::TimedOut(_) => "no whole answer in time",
        Silence::Cut(_) => "the answer was cut off",
        Silence::TooLarge(_) => "the answer is larger than 4 MiB",
        Silence::NotHttp(_) => "what came is not HTTP",
    };
    let rule = match silence {
        Silence::TooLarge(_) => spec.floor("floor/well-formed"),
        _ => spec.floor("floor/answered"),
    };
    Finding::new(spec, Check::Floor, rule, observed)
        .expected(["a whole answer".to_owned()])
        .actual(silence.to_string())
}

fn unreadable(spec: &Spec, response: &Response, malformed: &Malformed) -> Finding {
    let (rule, observed) = match malformed {
        Malformed::MissingCode | Malformed::MissingMessage => {
            ("floor/error-body", "an error without Code and Message")
        }
        Malformed::SuccessWithCode { .. } => ("floor/success-body", "a success with a Code"),
        Malformed::MediaType { .. } => ("floor/well-formed", "another media type"),
        Malformed::TooLarge { .. } => ("floor/well-formed", "an answer larger than 4 MiB"),
        _ => ("floor/well-formed", "a body that cannot be read"),
    };
    Finding::new(spec, Check::Floor, spec.floor(rule), observed)
        .expected(["a well-formed body in the format asked for".to_owned()])
        .actual(format!("{}: {malformed}", response.status))
}

/// The header that names the type of an error, where the protocol has one.
fn error_type(spec: &Spec, response: &Response, reply: &Reply) -> Option<Finding> {
    let rule = spec.floor("floor/error-type")?;
    let named = header(&response.headers, "x-amzn-errortype");
    let missing = reply.code().is_some() && named.is_none_or(|named| named.trim().is_empty());
    missing.then(|| {
        let observed = "an error whose type stands in the body alone";
        let finding = Finding::new(spec, Check::Floor, Some(rule), observed);
        finding.expected(["the header x-amzn-errortype".to_owned()])
    })
}

fn request_id(spec: &Spec, reply: &Reply, is_new: impl FnOnce(&str) -> bool) -> Vec<Finding> {
    let Some(rule) = spec.floor("floor/request-id") else { return Vec::new() };
    let id = reply.request_id.as_deref().unwrap_or_default();
    let finding = |observed: &str| {
        vec![
            Finding::new(spec, Check::Floor, Some(rule), observed)
                .expected(["a RequestId that was not seen before".to_owned()])
                .actual(format!("RequestId {}", Value::from(id))),
        ]
    };
    if id.trim().is_empty() {
        return finding("no RequestId");
    }
    match is_new(id) {
        true => Vec::new(),
        false => finding("a RequestId that was seen before"),
    }
}
