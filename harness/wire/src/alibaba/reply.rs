//! Replies as responses and responses as replies, whatever the format.

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};

use super::form::Format;
use super::malformed::Malformed;
use super::{reply_json, reply_xml};
use crate::http::{Response, header};

/// How many bytes the body of a reply may have.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// How deep lists and records of a reply may be nested, the outermost one included.
pub const NESTING_LIMIT: usize = 64;

/// Writes `reply` to `operation` as the service would.
///
/// In JSON, the members of an error come in the order of the documents. XML has no types, no
/// nulls, no empty lists and no control characters: a null and an empty list leave nothing, and a
/// character that XML cannot hold becomes U+FFFD.
pub fn encode_reply(reply: &Reply, operation: &str, format: Format) -> Response {
    let (content_type, body) = match format {
        Format::Json => ("application/json;charset=utf-8", reply_json::write(reply)),
        Format::Xml => ("text/xml;charset=utf-8", reply_xml::write(reply, operation)),
    };
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    Response { status: reply.status, headers, body }
}

/// Reads a response to `operation`, for which the format `asked` was asked.
///
/// A status of 2xx has an object without `Code`, every other status has one with the texts `Code`
/// and `Message`. The values of XML are all texts: see [`super::shape_xml`].
///
/// # Errors
/// The first thing found wrong, in this order: size, content type, encoding, syntax, members.
pub fn decode_reply(
    response: &Response,
    operation: &str,
    asked: Format,
) -> Result<Reply, Malformed> {
    if response.body.len() > BODY_LIMIT {
        return Err(Malformed::TooLarge { bytes: response.body.len() });
    }
    check_content_type(response, asked)?;
    let text = std::str::from_utf8(&response.body).map_err(|_| Malformed::NotUtf8)?;
    let success = (200..300).contains(&response.status);
    let mut members = match asked {
        Format::Json => reply_json::read(text)?,
        Format::Xml => reply_xml::read(text, operation, success)?,
    };
    check_spelling(&members)?;
    let request_id = take_text(&mut members, "RequestId")?;
    let body = match success {
        true => read_success(members)?,
        false => read_error(members)?,
    };
    Ok(Reply { status: response.status, request_id, body })
}

fn check_content_type(response: &Response, asked: Format) -> Result<(), Malformed> {
    let found = header(&response.headers, "content-type");
    match found.and_then(format_of) {
        Some(format) if format == asked => Ok(()),
        Some(found) => Err(Malformed::FormatNotAsked { found }),
        None => Err(Malformed::MediaType { found: found.map(str::to_owned) }),
    }
}

/// The format that a content type names, if any.
pub fn format_of(content_type: &str) -> Option<Format> {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    match (kind, subtype) {
        ("application" | "text", "json") => Some(Format::Json),
        ("application" | "text", "xml") => Some(Format::Xml),
        (_, other) => match other.rsplit_once('+') {
            Some((name, "json")) if !name.is_empty() => Some(Format::Json),
            _ => None,
        },
    }
}

fn check_spelling(members: &Map<String, Value>) -> Result<(), Malformed> {
    for found in members.keys() {
        for expected in ["Code", "Message", "RequestId"] {
            if found != expected && found.eq_ignore_ascii_case(expected) {
                let (found, expected) = (found.clone(), expected.to_owned());
                return Err(Malformed::MisspelledMember { found, expected });
            }
        }
    }
    Ok(())
}

fn take_text(members: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Malformed> {
    match members.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Malformed::WrongType { member: name.to_owned() }),
    }
}

fn read_success(members: Map<String, Value>) -> Result<Body, Malformed> {
    match members.get("Code") {
        None => Ok(Body::Success(members)),
        Some(code) => Err(Malformed::SuccessWithCode { code: code.as_str().map(str::to_owned) }),
    }
}

fn read_error(mut members: Map<String, Value>) -> Result<Body, Malformed> {
    let code = take_text(&mut members, "Code")?.ok_or(Malformed::MissingCode)?;
    let message = take_text(&mut members, "Message")?.ok_or(Malformed::MissingMessage)?;
    Ok(Body::Error { code, message, extra: members })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_name_formats() {
        for text in ["application/json", "text/JSON; charset=GBK", "application/problem+json"] {
            assert_eq!(format_of(text), Some(Format::Json), "{text}");
        }
        for text in ["text/xml;charset=utf-8", "Application/XML"] {
            assert_eq!(format_of(text), Some(Format::Xml), "{text}");
        }
        for text in ["", "json", "text/html", "application/jsonp", "application/+json", "a/b+xml"] {
            assert_eq!(format_of(text), None, "{text}");
        }
    }
}
