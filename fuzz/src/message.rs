//! Requests as text: what seeds are written in, so that they outlive changes of this crate.

use sharespec_wire::http::Request;

/// Reads a request line, headers and, after an empty line, a body; lines end with `\n` or `\r\n`.
///
/// Nothing is required beyond a method and a target, so that most changes of a text leave a
/// request.
pub fn read(data: &[u8]) -> Option<Request> {
    let mut rest = data;
    let line = take_line(&mut rest);
    let (method, target) = line.split_once(' ')?;
    let target = target.strip_suffix(" HTTP/1.1").unwrap_or(target);
    let is_token = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_token || !target.starts_with('/') {
        return None;
    }
    let mut request =
        Request { method: method.to_owned(), target: target.to_owned(), ..Request::default() };
    while !rest.is_empty() {
        let line = take_line(&mut rest);
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    request.body = rest.to_vec();
    Some(request)
}

fn take_line(rest: &mut &[u8]) -> String {
    let mut halves = rest.splitn(2, |byte| *byte == b'\n');
    let line = halves.next().unwrap_or_default();
    *rest = halves.next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    String::from_utf8_lossy(line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_line_headers_and_body() {
        let request = read(b"POST /?a=b HTTP/1.1\r\nHost: x:1\nodd\n\na=b\n\nc").unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/?a=b"));
        let headers = [("host", "x:1"), ("odd", "")];
        assert!(request.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).eq(headers));
        assert_eq!(request.body, b"a=b\n\nc");
    }

    #[test]
    fn other_bytes_are_no_message() {
        for bytes in [&b""[..], b"POST", b"post /", b" /", b"POST *", b"\x00\xff /"] {
            assert_eq!(read(bytes), None);
        }
    }
}
