//! What of a request reaches the service, and what does not get that far; on both transports.

use crate::support::{HELLO, PLAIN, expect, read_to_end, soon, start, start_plain};
use sharespec_reference::answer::Delivery;
use sharespec_server::Options;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// What `Whole` looks like with this body.
fn echo(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nx-a: 1\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_request_arrives_as_it_was_sent() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let head = "PATCH /a%20b/?A=%2F&a=+ HTTP/1.1\r\nHost: x\r\nX-Two: 1\r\nX-NAME: ä b\r\n\
                    x-two: 2\r\nContent-Length: 3\r\n\r\n";
        expect(&mut server.connect().await, &format!("{head}a\r\n"), &echo("a\r\n")).await;
        let request = server.request();
        assert_eq!(request.method, "PATCH");
        assert_eq!(request.target, "/a%20b/?A=%2F&a=+");
        assert_eq!(request.body, b"a\r\n");
        let mut headers = request.headers;
        // Hyper moves headers of one name together.
        headers.sort();
        let expected = [
            ("content-length", "3"),
            ("host", "x"),
            ("x-name", "ä b"),
            ("x-two", "1"),
            ("x-two", "2"),
        ];
        assert_eq!(headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}

#[tokio::test]
async fn absolute_targets_are_taken_for_what_they_mean() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let request = "GET http://x:80/a?b HTTP/1.1\r\nHost: x\r\n\r\n";
        expect(&mut server.connect().await, request, HELLO).await;
        assert_eq!(server.request().target, "/a?b");
    }
}

#[tokio::test]
async fn a_post_without_a_length_has_an_empty_body() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let mut stream = server.connect().await;
        expect(&mut stream, "POST /?Action=X HTTP/1.1\r\nHost: x\r\n\r\n", HELLO).await;
        assert_eq!(server.request().body, b"");
        expect(&mut stream, PLAIN, HELLO).await;
    }
}

#[tokio::test]
async fn requests_follow_each_other_on_one_connection() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let mut stream = server.connect().await;
        let request = |text: &str| {
            let length = text.len();
            format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{text}")
        };
        for index in 0..50 {
            let text = format!("request {index}");
            expect(&mut stream, &request(&text), &echo(&text)).await;
        }
        // Several at once are answered in their order.
        let texts: Vec<String> = (0..20).map(|index| format!("pipelined {index}")).collect();
        let requests: String = texts.iter().map(|text| request(text)).collect();
        let answers: String = texts.iter().map(|text| echo(text)).collect();
        expect(&mut stream, &requests, &answers).await;
        let last = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
        stream.write_all(last.as_bytes()).await.unwrap();
        assert!(read_to_end(&mut stream).await.contains("connection: close\r\n"));
    }
}

#[tokio::test]
async fn a_request_may_arrive_byte_by_byte_and_in_chunks() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let mut stream = server.connect().await;
        let request = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
                       3;a=b\r\nabc\r\n02\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n";
        for byte in request.bytes() {
            stream.write_all(&[byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        expect(&mut stream, PLAIN, &format!("{}{HELLO}", echo("abcde"))).await;
    }
}

#[tokio::test]
async fn a_client_that_asks_before_it_sends_is_answered() {
    for raw in [false, true] {
        let options = Options { body_limit: 10, ..Options::default() };
        let server = start(raw, Delivery::Whole, options).await;
        let head = |length| {
            format!("PUT / HTTP/1.1\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n")
        };
        let mut stream = server.connect().await;
        expect(&mut stream, &head(5), "HTTP/1.1 100 Continue\r\n\r\n").await;
        expect(&mut stream, "abcde", &echo("abcde")).await;
        expect(&mut stream, &head(11), "HTTP/1.1 413 Payload Too Large\r\n").await;
        assert_eq!(server.request().body, b"abcde");
    }
}

#[tokio::test]
async fn bodies_have_a_limit_that_the_client_is_told() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let limit = Options::default().body_limit;
        let fits = "a".repeat(limit);
        let head = format!("PUT / HTTP/1.1\r\nContent-Length: {limit}\r\n\r\n");
        expect(&mut server.connect().await, &format!("{head}{fits}"), &echo(&fits)).await;
        // Most of it is still on its way when the server has seen enough.
        let size = 4 * limit;
        let body = "a".repeat(size);
        for request in [
            format!("PUT / HTTP/1.1\r\nContent-Length: {size}\r\n\r\n{body}"),
            format!(
                "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n0\r\n\r\n"
            ),
        ] {
            let answer = server.ask(request).await;
            assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
            assert!(answer.contains("connection: close\r\n"), "{answer}");
            assert!(answer.contains("send at most 1048576 bytes"), "{answer}");
        }
        assert_eq!(server.events().len(), 1);
    }
}

#[tokio::test]
async fn heads_have_a_limit() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let head = |size| format!("GET / HTTP/1.1\r\nX-Long: {}\r\n\r\n", "a".repeat(size));
        expect(&mut server.connect().await, &head(60_000), HELLO).await;
        for request in [head(70_000), format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(101))] {
            let answer = server.ask(request).await;
            assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
        }
        assert_eq!(server.events().len(), 1);
    }
}

#[tokio::test]
async fn what_is_not_http_is_refused_and_the_connection_closed() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        for request in
            ["GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "G\u{1}T / HTTP/1.1\r\n\r\n"]
        {
            let answer = server.ask(format!("{request}{PLAIN}")).await;
            assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
            assert_eq!(answer.matches("HTTP/1.1 400 ").count(), 1, "{answer}");
            assert!(!answer.contains("hello world"), "{answer}");
        }
        assert_eq!(server.events(), []);
    }
}

#[tokio::test]
async fn a_request_that_ends_early_never_reaches_the_service() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        for request in ["GET / HT", "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"] {
            let mut stream = server.connect().await;
            stream.write_all(request.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            soon(stream.read_to_end(&mut Vec::new())).await.ok();
        }
        assert_eq!(server.events(), []);
    }
}

#[tokio::test]
async fn a_client_may_close_its_half_and_still_read() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let mut stream = server.connect().await;
        stream.write_all(PLAIN.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        assert_eq!(read_to_end(&mut stream).await, HELLO);
    }
}

#[tokio::test]
async fn a_panic_of_the_service_costs_one_connection() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        assert_eq!(server.ask("GET /panic HTTP/1.1\r\n\r\n").await, "");
        expect(&mut server.connect().await, PLAIN, HELLO).await;
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_are_served_at_once() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let address = server.address;
        let clients: Vec<_> = (0..32)
            .map(|client| {
                tokio::spawn(async move {
                    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
                    for index in 0..25 {
                        let text = format!("{client:02} {index:02}");
                        let head = "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n";
                        expect(&mut stream, &format!("{head}{text}"), &echo(&text)).await;
                    }
                })
            })
            .collect();
        for client in clients {
            client.await.unwrap();
        }
        assert_eq!(server.events().len(), 32 * 25);
        server.stop().await;
    }
}
