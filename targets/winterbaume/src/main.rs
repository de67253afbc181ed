//! winterbaume's AWS RAM over HTTP, on the loopback interface.
//!
//! Takes a port, or any free one, and prints `listening on http://127.0.0.1:PORT`. Nothing is added to what winterbaume answers,
//! and nothing is taken away.

use std::sync::Arc;

use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use winterbaume_core::service::{MockRequest, MockService};
use winterbaume_ram::RamService;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let service = Arc::new(RamService::new());
    let port: u16 = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let service = Arc::clone(&service);
        tokio::spawn(async move {
            let answer = service_fn(move |request| answer(Arc::clone(&service), request));
            // A client that goes away is no failure of the server.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

async fn answer(
    service: Arc<RamService>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Failure> {
    let (head, body) = request.into_parts();
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    // It takes the region from the host.
    let uri = format!("https://ram.us-east-1.amazonaws.com{target}");
    let (method, headers) = (head.method.to_string(), head.headers);
    let body = body.collect().await?.to_bytes();
    let reply = service.handle(MockRequest { method, uri, headers, body }).await;
    let mut response = Response::builder().status(reply.status).body(Full::new(reply.body))?;
    *response.headers_mut() = reply.headers;
    Ok(response)
}
