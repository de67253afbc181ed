//! The head of a request, parsed from bytes: small, bounded and strict where leniency would leave
//! it unclear where a request ends.

use crate::responder::Refusal;

/// The largest head of a request, on both transports.
pub(crate) const HEAD_LIMIT: usize = 64 * 1024;

/// The most headers of a request: what hyper allows, so that both transports agree.
const HEADER_LIMIT: usize = 100;

/// A parsed head.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) method: String,
    /// Path and query; of an absolute URI only these.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) framing: Framing,
    /// Whether the client speaks HTTP/1.1 and not 1.0: it knows chunks and interim answers.
    pub(crate) modern: bool,
    /// Whether the client may send another request on this connection.
    pub(crate) keep_alive: bool,
    /// Whether the client waits for `100 Continue` before it sends the body.
    pub(crate) expects_continue: bool,
}

/// How long the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// This many bytes; none if nothing was announced, as of a `POST` without a length.
    Sized(usize),
    /// Chunks up to an empty one.
    Chunked,
}

/// Where the head in `buffer` ends: after its empty line. Bytes before `searched` are known not to
/// hold the end.
pub(crate) fn end(buffer: &[u8], searched: usize) -> Option<usize> {
    // The end is at most `\n\r\n`, so it may have begun two bytes earlier.
    let from = searched.saturating_sub(2);
    let mut rest = buffer.get(from..)?;
    let mut offset = from;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
        let (_, after) = rest.split_at(at + 1);
        offset += at + 1;
        if after.starts_with(b"\n") {
            return Some(offset + 1);
        }
        if after.starts_with(b"\r\n") {
            return Some(offset + 2);
        }
        rest = after;
    }
    None
}

/// Parses a whole head, its empty line included.
pub(crate) fn parse(bytes: &[u8]) -> Result<Head, Refusal> {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(without_return);
    let line = lines.next().unwrap_or_default();
    let (method, target, modern) = request_line(line)?;
    let mut headers = Vec::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        if headers.len() == HEADER_LIMIT {
            return Err(Refusal::HeadTooLarge);
        }
        headers.push(header(line)?);
    }
    let framing = framing(&headers, modern)?;
    let has = |wanted: &str, token: &str| {
        headers.iter().any(|(name, value)| name == wanted && lists(value, token))
    };
    let keep_alive = modern && !has("connection", "close");
    let expects_continue = modern && has("expect", "100-continue");
    Ok(Head { method, target, headers, framing, modern, keep_alive, expects_continue })
}

/// Whether a comma-separated list has `token`.
pub(crate) fn lists(value: &str, token: &str) -> bool {
    value.split(',').any(|item| item.trim().eq_ignore_ascii_case(token))
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn request_line(line: &[u8]) -> Result<(String, String, bool), Refusal> {
    let mut parts = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::Malformed("the request line is not `METHOD TARGET HTTP/1.1`"));
    };
    if !is_token(method) {
        return Err(Refusal::Malformed("the method is not a token"));
    }
    if target.is_empty() || target.iter().any(u8::is_ascii_control) {
        return Err(Refusal::Malformed("the target is empty or has control characters"));
    }
    let modern = match version {
        b"HTTP/1.1" => true,
        b"HTTP/1.0" => false,
        _ => return Err(Refusal::Malformed("the version is neither HTTP/1.1 nor HTTP/1.0")),
    };
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(method), origin_form(text(target)), modern))
}

/// Path and query of a target that may be an absolute URI, as clients send it to a proxy.
fn origin_form(target: String) -> String {
    let Some((scheme, rest)) = target.split_once("://") else { return target };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return target;
    }
    match rest.find(['/', '?']) {
        Some(at) if rest.split_at(at).1.starts_with('/') => rest.split_at(at).1.to_owned(),
        Some(at) => format!("/{}", rest.split_at(at).1),
        None => "/".to_owned(),
    }
}

fn header(line: &[u8]) -> Result<(String, String), Refusal> {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return Err(Refusal::Malformed("a header has no colon"));
    };
    let (name, value) = line.split_at(colon);
    if !is_token(name) {
        return Err(Refusal::Malformed("the name of a header is not a token"));
    }
    let value = value.get(1..).unwrap_or_default();
    if value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return Err(Refusal::Malformed("the value of a header has control characters"));
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    Ok((name, String::from_utf8_lossy(value.trim_ascii()).into_owned()))
}

fn is_token(bytes: &[u8]) -> bool {
    let is_token_byte =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !bytes.is_empty() && bytes.iter().all(is_token_byte)
}

/// What is ambiguous here would let two readers of one connection disagree about where the next
/// request begins; so it is refused.
fn framing(headers: &[(String, String)], modern: bool) -> Result<Framing, Refusal> {
    let mut length = None;
    let mut chunked = false;
    for (name, value) in headers {
        match name.as_str() {
            "content-length" => {
                let announced = content_length(value)?;
                if length.is_some_and(|other| other != announced) {
                    return Err(Refusal::Malformed("it has two lengths"));
                }
                length = Some(announced);
            }
            "transfer-encoding" => {
                if chunked || !modern || !value.eq_ignore_ascii_case("chunked") {
                    return Err(Refusal::Malformed("its transfer encoding is not `chunked`"));
                }
                chunked = true;
            }
            _ => {}
        }
    }
    match (chunked, length) {
        (false, length) => Ok(Framing::Sized(length.unwrap_or(0))),
        (true, None) => Ok(Framing::Chunked),
        (true, Some(_)) => Err(Refusal::Malformed("it has a length and is chunked")),
    }
}

fn content_length(value: &str) -> Result<usize, Refusal> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Malformed("its length is not a number"));
    }
    // All digits and yet no number: too many, and so too large in any case.
    Ok(value.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_request_is_taken_apart() {
        let bytes =
            b"POST /?A=%20b&c HTTP/1.1\r\nHost:  x \r\nX-Name:a\tb\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(end(bytes, 0), Some(bytes.len()));
        let head = parse(bytes).unwrap();
        assert_eq!((head.method.as_str(), head.target.as_str()), ("POST", "/?A=%20b&c"));
        let pairs = [("host", "x"), ("x-name", "a\tb"), ("content-length", "3")];
        let expected = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(head.headers, expected);
        assert_eq!(head.framing, Framing::Sized(3));
        assert!(head.modern && head.keep_alive && !head.expects_continue);
    }

    #[test]
    fn the_end_is_found_wherever_a_read_stopped() {
        for bytes in [b"GET / HTTP/1.1\r\na: b\r\n\r\n".as_slice(), b"GET / HTTP/1.1\na: b\n\n"] {
            for stopped in 0..bytes.len() {
                assert_eq!(end(&bytes[..stopped], 0), None);
                assert_eq!(end(bytes, stopped), Some(bytes.len()), "{stopped}");
            }
        }
    }

    #[test]
    fn a_missing_length_is_an_empty_body() {
        let head = parse(b"POST / HTTP/1.1\r\n\r\n").unwrap();
        assert_eq!(head.framing, Framing::Sized(0));
    }

    #[test]
    fn absolute_targets_lose_their_host() {
        for (sent, target) in [
            ("http://x:1/a?b", "/a?b"),
            ("HTTPS://x?b=/", "/?b=/"),
            ("http://x", "/"),
            ("/a?u=http://x/y", "/a?u=http://x/y"),
            ("*", "*"),
        ] {
            assert_eq!(origin_form(sent.to_owned()), target);
        }
    }

    #[test]
    fn old_clients_and_closing_ones_are_told_apart() {
        let head = |text: &str| parse(text.as_bytes()).unwrap();
        assert!(!head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
        assert!(!head("GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n").keep_alive);
        assert!(head("PUT / HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n").expects_continue);
    }

    #[test]
    fn what_is_not_http_or_is_ambiguous_is_refused() {
        for text in [
            "\r\n\r\n",
            "GET /\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "G(T / HTTP/1.1\r\n\r\n",
            "GET / HTTP/2.0\r\n\r\n",
            "GET /\u{1} HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\na : b\r\n\r\n",
            "GET / HTTP/1.1\r\na: b\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\na: b\rc\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
            "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        ] {
            let refusal = parse(text.as_bytes()).unwrap_err();
            assert!(matches!(refusal, Refusal::Malformed(_)), "{text:?} gave {refusal}");
        }
    }

    #[test]
    fn too_many_headers_are_too_large() {
        let head = |count| format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(count));
        assert!(parse(head(100).as_bytes()).is_ok());
        assert_eq!(parse(head(101).as_bytes()), Err(Refusal::HeadTooLarge));
    }
}
