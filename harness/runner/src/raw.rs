//! Requests that no HTTP client sends: written to a socket as they are. Here, a POST with neither
//! length nor body, as one real client sends it.

use sharespec_wire::alibaba::BODY_LIMIT;
use sharespec_wire::exchange::Silence;
use sharespec_wire::http::{Request, Response, header};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends a request over a connection of its own and reads the answer until the server closes.
pub async fn send(
    addresses: &[SocketAddr],
    request: &Request,
    timeout: Duration,
) -> Result<Response, Silence> {
    match tokio::time::timeout(timeout, exchange(addresses, request)).await {
        Ok(result) => result,
        Err(_) => Err(Silence::TimedOut(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX))),
    }
}

async fn exchange(addresses: &[SocketAddr], request: &Request) -> Result<Response, Silence> {
    let mut stream = TcpStream::connect(addresses)
        .await
        .map_err(|error| Silence::Unreachable(error.to_string()))?;
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    let no_answer = |error: std::io::Error| Silence::NoAnswer(error.to_string());
    stream.write_all(head.as_bytes()).await.map_err(no_answer)?;
    stream.write_all(&request.body).await.map_err(no_answer)?;
    let mut bytes = Vec::new();
    let mut limited = stream.take(BODY_LIMIT as u64 + 65_536);
    let read = limited.read_to_end(&mut bytes).await;
    match (read, bytes.is_empty()) {
        (Err(error), true) => Err(Silence::NoAnswer(error.to_string())),
        (Ok(_), true) => Err(Silence::NoAnswer("closed".to_owned())),
        (_, false) if bytes.len() > BODY_LIMIT => Err(Silence::TooLarge(BODY_LIMIT)),
        (_, false) => parse(&bytes),
    }
}

fn parse(bytes: &[u8]) -> Result<Response, Silence> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut head = httparse::Response::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(Silence::Cut("in the head".to_owned())),
        Err(error) => return Err(Silence::NotHttp(error.to_string())),
    };
    let status = head.code.unwrap_or_default();
    let rest = bytes.get(length..).unwrap_or_default();
    if (100..200).contains(&status) {
        return parse(rest);
    }
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|each| {
            let value = String::from_utf8_lossy(each.value).into_owned();
            (each.name.to_ascii_lowercase(), value)
        })
        .collect();
    let chunked =
        header(&headers, "transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let announced = header(&headers, "content-length").and_then(|text| text.parse::<usize>().ok());
    let body = match (chunked, announced) {
        (true, _) => unchunk(rest)?,
        (false, Some(announced)) if rest.len() < announced => {
            return Err(Silence::Cut(format!("{} of {announced} bytes", rest.len())));
        }
        (false, Some(announced)) => rest.get(..announced).unwrap_or_default().to_vec(),
        (false, None) => rest.to_vec(),
    };
    Ok(Response { status, headers, body })
}

fn unchunk(mut bytes: &[u8]) -> Result<Vec<u8>, Silence> {
    let cut = || Silence::Cut("in a chunk".to_owned());
    let mut body = Vec::new();
    loop {
        let (start, length) = match httparse::parse_chunk_size(bytes) {
            Ok(httparse::Status::Complete((start, length))) => (start, length),
            Ok(httparse::Status::Partial) => return Err(cut()),
            Err(_) => return Err(Silence::NotHttp("a chunk without a size".to_owned())),
        };
        let length = usize::try_from(length).map_err(|_| cut())?;
        if length == 0 {
            return Ok(body);
        }
        let end = start.checked_add(length).ok_or_else(cut)?;
        body.extend_from_slice(bytes.get(start..end).ok_or_else(cut)?);
        bytes = bytes.get(end..).and_then(|rest| rest.strip_prefix(b"\r\n")).ok_or_else(cut)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_are_framed() {
        let plain = parse(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
        assert_eq!((plain.status, plain.body.as_slice()), (200, &b"{}"[..]));
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
        assert_eq!(parse(chunked).unwrap().body, b"{}");
        assert!(matches!(
            parse(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"),
            Err(Silence::Cut(_))
        ));
        assert!(matches!(parse(b"SSH-2.0-x\r\n"), Err(Silence::NotHttp(_))));
    }
}
