//! The hooks, on both transports.

use crate::support::{Event, HELLO, PLAIN, Running, expect, start_plain};

/// Calls a hook on a connection of its own: the status and the JSON.
async fn call(server: &Running, line: &str, body: &str) -> (u16, serde_json::Value) {
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let answer = server.ask(head + body).await;
    let (head, json) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/json"), "{head}");
    (head[9..12].parse().unwrap(), serde_json::from_str(json).unwrap())
}

/// The time that a hook reports.
async fn now_after(server: &Running, line: &str, body: &str) -> i64 {
    let (status, json) = call(server, line, body).await;
    assert_eq!((status, &json["ok"]), (200, &true.into()), "{line}: {json}");
    json["now"].as_i64().unwrap()
}

#[tokio::test]
async fn they_reach_the_service_in_order() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        for hook in ["hold", "release", "reset"] {
            now_after(&server, &format!("POST /_sharespec/{hook}"), "").await;
        }
        now_after(&server, "GET /_sharespec/health", "").await;
        assert_eq!(server.events(), [Event::Held, Event::Released, Event::Reset]);
    }
}

#[tokio::test]
async fn the_clock_goes_forward_for_the_service_too_and_survives_a_reset() {
    const DAY: i64 = 86_400_000;
    for raw in [false, true] {
        let server = start_plain(raw).await;
        let start = now_after(&server, "GET /_sharespec/health", "").await;
        let first = now_after(&server, "POST /_sharespec/advance-clock?millis=86400000", "").await;
        assert!(first >= start + DAY);
        let body = "{\"millis\": 86400000}";
        let second = now_after(&server, "POST /_sharespec/advance-clock", body).await;
        assert!(second >= first + DAY && second < first + DAY + 3_600_000);
        now_after(&server, "POST /_sharespec/reset", "").await;
        expect(&mut server.connect().await, PLAIN, HELLO).await;
        match server.events().as_slice() {
            [Event::Reset, Event::Handled(_, now)] => assert!(*now >= second),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn mistakes_are_told_what_exists() {
    for raw in [false, true] {
        let server = start_plain(raw).await;
        for (line, body, expected) in [
            ("POST /_sharespec/advance-clock", "", 400),
            ("POST /_sharespec/advance-clock?millis=-1", "", 400),
            ("POST /_sharespec/advance-clock?millis=9999999999999999", "", 400),
            ("POST /_sharespec/advance-clock", "{\"seconds\": 1}", 400),
            ("POST /_sharespec/health", "", 404),
            ("GET /_sharespec/reset", "", 404),
            ("POST /_sharespec/restart", "", 404),
            ("GET /_sharespec", "", 404),
        ] {
            let (status, json) = call(&server, line, body).await;
            assert_eq!((status, &json["ok"]), (expected, &false.into()), "{line}: {json}");
            let hooks = json["hooks"].as_array().unwrap();
            assert!(hooks.contains(&"POST /_sharespec/advance-clock?millis=N".into()), "{json}");
        }
        assert_eq!(server.events(), []);
    }
}
