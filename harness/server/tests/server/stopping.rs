//! Starting and stopping.

use crate::support::{HELLO, PLAIN, expect, read_to_end, soon, start, start_plain};
use sharespec_reference::answer::Delivery;
use sharespec_server::{Options, ServeError, bind};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn an_address_in_use_is_said_to_be() {
    let listener = bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let error = bind(&address).await.unwrap_err();
    assert!(matches!(error, ServeError::AddressInUse { .. }));
    assert!(error.to_string().starts_with(&format!("{address} is already in use")), "{error}");
}

#[tokio::test]
async fn what_is_no_address_is_said_not_to_be() {
    for text in ["", "localhost", "127.0.0.1:http", "127.0.0.1:99999"] {
        let error = bind(text).await.unwrap_err();
        assert!(matches!(error, ServeError::NotAnAddress { .. }), "{text}: {error}");
    }
    let error = bind("192.0.2.1:0").await.unwrap_err();
    assert!(matches!(error, ServeError::NotLocal { .. }), "{error}");
}

#[tokio::test]
async fn idle_connections_are_closed_and_no_new_ones_accepted() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let address = server.address;
        let mut unused = server.connect().await;
        let mut used = server.connect().await;
        expect(&mut used, PLAIN, HELLO).await;
        let started = Instant::now();
        let stopping = server.tell_to_stop();
        assert_eq!(read_to_end(&mut used).await, "");
        assert_eq!(read_to_end(&mut unused).await, "");
        drop((used, unused));
        soon(stopping).await.unwrap().unwrap();
        assert!(started.elapsed() < Options::default().grace);
        assert!(TcpStream::connect(address).await.is_err());
    }
}

#[tokio::test]
async fn an_answer_under_way_is_finished() {
    let server = start(true, Delivery::Trickle(50), Options::default()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /any HTTP/1.1\r\n\r\n").await.unwrap();
    let mut first = [0; 1];
    soon(stream.read_exact(&mut first)).await.unwrap();
    let stopping = server.tell_to_stop();
    assert_eq!(format!("H{}", read_to_end(&mut stream).await), HELLO);
    drop(stream);
    soon(stopping).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_under_way_is_answered_and_is_the_last() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let mut stream = server.connect().await;
        // The second request has begun once the first is answered, as both were sent together.
        let begun = format!("{PLAIN}PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\na");
        expect(&mut stream, &begun, HELLO).await;
        let stopping = server.tell_to_stop();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stream.write_all(b"b").await.unwrap();
        let answer = read_to_end(&mut stream).await;
        assert!(answer.contains("connection: close\r\n") && answer.ends_with("\r\n\r\nab"));
        drop(stream);
        soon(stopping).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn nothing_holds_a_stop_up_for_longer_than_the_grace() {
    let options = Options { grace: Duration::from_millis(200), ..Options::default() };
    for raw in [false, true] {
        let server = start(raw, Delivery::Whole, options).await;
        let mut stream = server.connect().await;
        let begun = format!("{PLAIN}PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\na");
        expect(&mut stream, &begun, HELLO).await;
        let started = Instant::now();
        server.stop().await;
        assert!(started.elapsed() >= options.grace);
    }
}

#[tokio::test]
async fn deliveries_without_an_end_end_with_the_server() {
    for delivery in [Delivery::Hang, Delivery::Endless] {
        let server = start(true, delivery, Options::default()).await;
        let mut stream = server.connect().await;
        stream.write_all(b"GET /any HTTP/1.1\r\n\r\n").await.unwrap();
        while server.events().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let started = Instant::now();
        server.stop().await;
        assert!(started.elapsed() < Options::default().grace, "{delivery:?}");
    }
}
