//! Replies as responses and responses as replies.

use serde_json::{Map, Value};
use sharespec_model::call::{Body, Reply};

use super::gateway::common_message;
use crate::alibaba::{BODY_LIMIT, Malformed, read_json};
use crate::http::{Response, header};

/// The header that names the type of an error.
const ERROR_TYPE: &str = "x-amzn-errortype";

/// The headers that may have the id of a request.
const REQUEST_IDS: [&str; 3] = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"];

/// How a service writes what the protocol lets it choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Where the type of an error stands.
    pub error_type: ErrorType,
    /// Whether the type of an error comes with its namespace.
    pub namespace: bool,
    /// Whether the type of an error comes with a link after it.
    pub link: bool,
    /// Whether the message of an error begins with a capital letter.
    pub capital_message: bool,
}

/// Where the type of an error stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorType {
    /// In the header `x-amzn-errortype`.
    #[default]
    Header,
    /// In the member `__type`.
    Type,
    /// In the member `code`.
    Code,
}

/// Writes `reply` as the service would.
pub fn encode_reply(reply: &Reply, style: Style) -> Response {
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    if let Some(request_id) = &reply.request_id {
        headers.push((REQUEST_IDS[0].to_owned(), request_id.clone()));
    }
    let members = match &reply.body {
        Body::Success(members) => members.clone(),
        Body::Error { code, message, extra } => {
            let mut members = extra.clone();
            let name = if style.capital_message { "Message" } else { "message" };
            members.insert(name.to_owned(), Value::from(message.as_str()));
            let namespace = if style.namespace { "com.amazonaws.ram#" } else { "" };
            let link = if style.link { ":http://internal.amazon.com/coral/" } else { "" };
            let written = format!("{namespace}{code}{link}");
            let mut insert = |name: &str| members.insert(name.to_owned(), written.clone().into());
            match style.error_type {
                ErrorType::Header => headers.push((ERROR_TYPE.to_owned(), written)),
                ErrorType::Type => drop(insert("__type")),
                ErrorType::Code => drop(insert("code")),
            }
            members
        }
    };
    Response { status: reply.status, headers, body: Value::Object(members).to_string().into() }
}

/// Reads a response.
///
/// A status of 2xx has an object without the type of an error, every other status has one with it:
/// in the header `x-amzn-errortype`, or else in the member `__type` or `code`; what comes up to a
/// `#` and from a `:` is no part of it. The message is `message` or `Message`; only common errors
/// may do without, and only errors may do without a body.
///
/// # Errors
/// The first thing found wrong, in this order: size, content type, encoding, syntax, members.
pub fn decode_reply(response: &Response) -> Result<Reply, Malformed> {
    if response.body.len() > BODY_LIMIT {
        return Err(Malformed::TooLarge { bytes: response.body.len() });
    }
    let success = (200..300).contains(&response.status);
    let named =
        header(&response.headers, ERROR_TYPE).map(sanitised).filter(|code| !code.is_empty());
    let members = match response.body.is_empty() && !success && named.is_some() {
        true => Map::new(),
        false => read(response, success)?,
    };
    let body = match success {
        true => read_success(members, named)?,
        false => read_error(members, named)?,
    };
    let id = REQUEST_IDS.iter().find_map(|name| header(&response.headers, name));
    Ok(Reply { status: response.status, request_id: id.map(str::to_owned), body })
}

fn read(response: &Response, success: bool) -> Result<Map<String, Value>, Malformed> {
    let found = header(&response.headers, "content-type");
    if !found.is_some_and(|found| is_json(found, success)) {
        return Err(Malformed::MediaType { found: found.map(str::to_owned) });
    }
    read_json(std::str::from_utf8(&response.body).map_err(|_| Malformed::NotUtf8)?)
}

/// Whether a body is said to be JSON. The documents print the media type of a success only.
fn is_json(content_type: &str, success: bool) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let named = essence.strip_prefix("application/");
    named.is_some_and(|name| {
        let other = name.ends_with("+json") || name.starts_with("x-amz-json-");
        name == "json" || (!success && other)
    })
}

/// The type of an error without its namespace and what follows it.
fn sanitised(written: &str) -> &str {
    let before = written.split(':').next().unwrap_or_default();
    before.rsplit('#').next().unwrap_or_default().trim()
}

fn read_success(members: Map<String, Value>, named: Option<&str>) -> Result<Body, Malformed> {
    let named = named.or_else(|| members.get("__type").and_then(Value::as_str).map(sanitised));
    match named {
        None => Ok(Body::Success(members)),
        Some(code) => Err(Malformed::SuccessWithCode { code: Some(code.to_owned()) }),
    }
}

fn read_error(mut members: Map<String, Value>, named: Option<&str>) -> Result<Body, Malformed> {
    let (typed, coded) = (members.remove("__type"), members.remove("code"));
    let said = [("__type", typed), ("code", coded)];
    let code = match named {
        Some(code) => code.to_owned(),
        None => {
            let mut said = said.into_iter().filter_map(|(name, value)| Some((name, value?)));
            let (name, value) = said.find(|(_, value)| !value.is_null()).unwrap_or_default();
            match value {
                Value::Null => return Err(Malformed::MissingCode),
                Value::String(text) => sanitised(&text).to_owned(),
                _ => return Err(Malformed::WrongType { member: name.to_owned() }),
            }
        }
    };
    if code.is_empty() {
        return Err(Malformed::MissingCode);
    }
    let message = ["message", "Message"]
        .into_iter()
        .find_map(|name| Some((name, members.remove(name).filter(|value| !value.is_null())?)));
    let message = match message {
        Some((_, Value::String(text))) => text,
        Some((name, _)) => return Err(Malformed::WrongType { member: name.to_owned() }),
        None if common_message(&code).is_some() => String::new(),
        None => return Err(Malformed::MissingMessage),
    };
    Ok(Body::Error { code, message, extra: members })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_cut_out_of_what_is_written() {
        for written in [
            "FooError",
            "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/",
            "aws.protocoltests.restjson#FooError",
            "aws.protocoltests.restjson#FooError:http://internal.amazon.com/coral/#x",
        ] {
            assert_eq!(sanitised(written), "FooError", "{written}");
        }
    }
}
