//! Each delivery, observed from outside.

use crate::support::{HELLO, PLAIN, expect, read_to_end, soon, start};
use sharespec_reference::answer::Delivery;
use sharespec_server::Options;
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const REQUEST: &str = "GET /any HTTP/1.1\r\nHost: x\r\n\r\n";

/// A head with this line, and what follows.
fn answer(line: &str, rest: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nx-a: 1\r\n{line}\r\n{rest}")
}

/// The answer has exactly these bytes, and the connection takes another request.
async fn is_kept(delivery: Delivery, expected: &str) {
    let server = start(true, delivery, Options::default()).await;
    let mut stream = server.connect().await;
    expect(&mut stream, REQUEST, expected).await;
    expect(&mut stream, PLAIN, HELLO).await;
    expect(&mut stream, REQUEST, expected).await;
}

/// The answer has exactly these bytes, and then the connection ends.
async fn is_closed(delivery: Delivery, expected: &str) {
    let server = start(true, delivery, Options::default()).await;
    assert_eq!(server.ask(REQUEST).await, expected, "{delivery:?}");
    // What the client sent beyond does not turn the end into a reset.
    assert_eq!(server.ask(format!("{REQUEST}{PLAIN}")).await, expected, "{delivery:?}");
}

#[tokio::test]
async fn lawful_deliveries_that_keep_the_connection() {
    is_kept(Delivery::Whole, HELLO).await;
    let chunks = "4\r\nhell\r\n4\r\no wo\r\n3\r\nrld\r\n0\r\n\r\n";
    is_kept(Delivery::Chunked(4), &answer("transfer-encoding: chunked\r\n", chunks)).await;
    let chunks = "b\r\nhello world\r\n0\r\n\r\n";
    is_kept(Delivery::Chunked(99), &answer("transfer-encoding: chunked\r\n", chunks)).await;
    is_kept(Delivery::Interim, &format!("HTTP/1.1 100 Continue\r\n\r\n{HELLO}")).await;
    is_kept(Delivery::Trickle(1), HELLO).await;
}

#[tokio::test]
async fn lawful_deliveries_that_end_the_connection() {
    is_closed(Delivery::UntilClose, &answer("connection: close\r\n", "hello world")).await;
    let head = "content-length: 11\r\nconnection: close\r\n";
    is_closed(Delivery::LastOne, &answer(head, "hello world")).await;
    is_closed(Delivery::CloseSilently, HELLO).await;
}

#[tokio::test]
async fn unlawful_deliveries_that_end_the_connection() {
    is_closed(Delivery::Cut(4), &answer("content-length: 11\r\n", "hell")).await;
    is_closed(Delivery::Cut(0), &answer("content-length: 11\r\n", "")).await;
    is_closed(Delivery::Nothing, "").await;
    let bad = HELLO.replace("HTTP/1.1 200 OK", "HTTP/1.1 TWO-HUNDRED OK");
    is_closed(Delivery::BadStatusLine, &bad).await;
}

#[tokio::test]
async fn an_overrun_is_sent_whole_and_announced_short() {
    is_kept(Delivery::Overrun(3), &answer("content-length: 8\r\n", "hello world")).await;
    is_kept(Delivery::Overrun(99), &answer("content-length: 0\r\n", "hello world")).await;
}

#[tokio::test]
async fn a_trickle_takes_its_time() {
    let server = start(true, Delivery::Trickle(30), Options::default()).await;
    let mut stream = server.connect().await;
    let started = Instant::now();
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    let mut first = [0; 256];
    let count = soon(stream.read(&mut first)).await.unwrap();
    assert!(count < HELLO.len(), "it came at once");
    let mut rest = vec![0; HELLO.len() - count];
    soon(stream.read_exact(&mut rest)).await.unwrap();
    assert_eq!([&first[..count], &rest].concat(), HELLO.as_bytes());
    assert!(started.elapsed() >= Duration::from_millis(7 * 30));
}

#[tokio::test]
async fn a_reset_is_one() {
    let server = start(true, Delivery::Reset, Options::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    let error = soon(stream.read(&mut [0; 1])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_hang_says_nothing_until_its_time_is_over() {
    let patience = Duration::from_millis(400);
    let options = Options { patience, ..Options::default() };
    let server = start(true, Delivery::Hang, options).await;
    let started = Instant::now();
    assert_eq!(server.ask(REQUEST).await, "");
    assert!(started.elapsed() >= patience);
}

#[tokio::test]
async fn an_endless_answer_goes_on_until_the_client_gives_up() {
    let server = start(true, Delivery::Endless, Options::default()).await;
    let mut stream = server.connect().await;
    expect(&mut stream, REQUEST, &answer("transfer-encoding: chunked\r\n", "")).await;
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
    for _ in 0..50 {
        expect(&mut stream, "", &chunk).await;
    }
    drop(stream);
    // A client that never goes away is cut off.
    let options = Options { patience: Duration::from_millis(200), ..Options::default() };
    let server = start(true, Delivery::Endless, options).await;
    let mut stream = server.connect().await;
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // Whether by an end or by a reset.
    soon(stream.read_to_end(&mut bytes)).await.ok();
    assert!(bytes.len() > chunk.len());
    assert!(!bytes.ends_with(b"0\r\n\r\n"));
}

#[tokio::test]
async fn a_client_of_http_1_0_gets_nothing_that_it_does_not_know() {
    let request = "GET /any HTTP/1.0\r\n\r\n";
    let server = start(true, Delivery::Chunked(4), Options::default()).await;
    assert_eq!(server.ask(request).await, answer("connection: close\r\n", "hello world"));
    let server = start(true, Delivery::Interim, Options::default()).await;
    let head = "content-length: 11\r\nconnection: close\r\n";
    assert_eq!(server.ask(request).await, answer(head, "hello world"));
}

#[tokio::test]
async fn answers_that_may_not_have_a_body_have_none() {
    let no_content = "HTTP/1.1 204 No Content\r\nx-a: 1\r\n\r\n";
    for delivery in [Delivery::Whole, Delivery::Chunked(4)] {
        let server = start(true, delivery, Options::default()).await;
        let mut stream = server.connect().await;
        expect(&mut stream, "GET /empty HTTP/1.1\r\n\r\n", no_content).await;
        let head = HELLO.strip_suffix("hello world").unwrap();
        expect(&mut stream, "HEAD /plain HTTP/1.1\r\n\r\n", head).await;
        expect(&mut stream, PLAIN, HELLO).await;
    }
}

#[tokio::test]
async fn the_ordinary_path_refuses_what_it_cannot_deliver() {
    let server = start(false, Delivery::Hang, Options::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /any HTTP/1.1\r\nConnection: close\r\n\r\n").await.unwrap();
    let text = read_to_end(&mut stream).await;
    assert!(text.starts_with("HTTP/1.1 500 "), "{text}");
    assert!(text.contains("bug in sharespec"), "{text}");
}
