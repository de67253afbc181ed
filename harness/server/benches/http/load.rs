//! One request again and again over some connections: by `wrk` if it is installed, else by a loop
//! that reads no more of an answer than it must.

use crate::IN_FLIGHT;
use crate::serving::pipeline;
use serde_json::{Value, json};
use sharespec_model::call::Call;
use sharespec_reference::pipeline::Pipeline;
use sharespec_reference::platform::Platform;
use sharespec_wire::alibaba::{Credentials, Form, Method, Stamp, encode};
use sharespec_wire::http::Request;
use std::io;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request and the body of its answer.
pub struct Prepared {
    pub request: Request,
    pub answer: Vec<u8>,
}

/// A service with one share in it.
pub fn service(api: &Arc<dyn Platform>) -> Pipeline {
    let mut pipeline = pipeline(api);
    let name = json!({ "ResourceShareName": "bench" });
    pipeline.handle(&request(api, "CreateResourceShare", name), now());
    pipeline
}

/// A read that succeeds, and a call that is refused.
pub fn calls(api: &Arc<dyn Platform>) -> Vec<(&'static str, Prepared)> {
    let calls = [
        ("a list of one share", "ListResourceShares", json!({ "ResourceOwner": "Self" })),
        (
            "a removal that is refused",
            "DisassociateResourceShare",
            json!({ "ResourceShareId": "rs-000000000000", "Targets": ["0000000000000000"] }),
        ),
    ];
    let prepare = |(name, operation, arguments): (_, &str, Value)| {
        let request = request(api, operation, arguments);
        let answer = service(api).handle(&request, now()).response.body;
        (name, Prepared { request, answer })
    };
    calls.into_iter().map(prepare).collect()
}

fn request(api: &Arc<dyn Platform>, operation: &str, arguments: Value) -> Request {
    let account = api.world().file.accounts.get("owner").unwrap();
    let credentials = Credentials {
        access_key_id: account.access_key_id.clone(),
        access_key_secret: account.access_key_secret.clone(),
        security_token: None,
    };
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    let call = Call { operation: operation.to_owned(), caller: "owner".to_owned(), arguments };
    // `wrk` sends GET unless a script says otherwise.
    let form = Form {
        method: Method::Get,
        naming: sharespec_wire::alibaba::Naming::Both,
        format: Some("JSON".to_owned()),
        ..Form::default()
    };
    let stamp = Stamp { now_millis: now(), nonce: "bench", host: "127.0.0.1" };
    encode(&call, &form, &credentials, &stamp)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn has_wrk() -> bool {
    Command::new("wrk").arg("-v").output().is_ok()
}

/// What loads.
pub fn name() -> &'static str {
    if has_wrk() { "wrk, 1 thread, 32 connections" } else { "a loop, 1 thread, 32 connections" }
}

/// Loads a server for so long and returns how many requests were answered.
pub fn load(url: &str, request: &Request, long: Duration) -> f64 {
    if has_wrk() { wrk(url, request, long) } else { by_loop(url, request, long) }
}

fn wrk(url: &str, request: &Request, long: Duration) -> f64 {
    let mut command = Command::new("wrk");
    command.arg("-t1").arg(format!("-c{IN_FLIGHT}")).arg(format!("-d{}s", long.as_secs()));
    for (name, value) in &request.headers {
        command.arg("-H").arg(format!("{name}: {value}"));
    }
    let output = command.arg(format!("{url}{}", request.target)).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    // Such as `12345 requests in 3.00s, 1.23MB read`.
    let line = text.lines().find(|line| line.contains(" requests in ")).expect("wrk counts");
    line.split_whitespace().next().unwrap().parse().unwrap()
}

fn by_loop(url: &str, request: &Request, long: Duration) -> f64 {
    let address = url.trim_start_matches("http://").to_owned();
    let mut head = format!("GET {} HTTP/1.1\r\nhost: {address}\r\n", request.target);
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "host") {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let head: Arc<[u8]> = head.into_bytes().into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connections = tokio::task::JoinSet::new();
        for _ in 0..IN_FLIGHT {
            connections.spawn(connection(address.clone(), Arc::clone(&head), long));
        }
        let answered = connections.join_all().await;
        answered.into_iter().map(|count| count.expect("every request is answered")).sum()
    })
}

async fn connection(address: String, request: Arc<[u8]>, long: Duration) -> io::Result<f64> {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut buffer, mut answered) = (Vec::with_capacity(16 * 1024), 0.0);
    while began.elapsed() < long {
        stream.write_all(&request).await?;
        buffer.clear();
        while !is_whole(&buffer) {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        answered += 1.0;
    }
    Ok(answered)
}

/// Whether an answer with a `content-length` is there whole.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    answer.len() >= end + 4 + length
}
