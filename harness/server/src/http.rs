//! The ordinary path: axum and hyper, HTTP/1 only.
//!
//! Hyper is driven directly and not by `axum::serve`, which would add a `Date` header of the
//! machine's time to answers whose own times come from a clock that tests put forward.

use crate::head::HEAD_LIMIT;
use crate::responder::{Refusal, Responder, trouble};
use crate::serve::Stop;
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::State;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use sharespec_reference::answer::{Answer, Delivery};
use sharespec_wire::http::{Request, Response};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use tokio::net::TcpStream;

/// How much of a body that is too large is read and thrown away. A client that is still writing
/// when the connection closes sees a broken pipe and not the answer that says why.
pub(crate) const DISCARD_LIMIT: usize = 16 * 1024 * 1024;

/// What the handler needs.
#[derive(Clone)]
struct Site {
    responder: Arc<Responder>,
    body_limit: usize,
}

/// One fallback for every method and path: routing is the service's own business.
pub(crate) fn router(responder: Arc<Responder>, body_limit: usize) -> Router {
    Router::new().fallback(handle).with_state(Site { responder, body_limit })
}

/// Serves one connection until either side ends it.
pub(crate) async fn serve_connection(stream: TcpStream, router: Router, mut stop: Stop) {
    let mut builder = http1::Builder::new();
    // A client that has sent all it wants may close its half and still read the answer.
    builder.auto_date_header(false).max_header_size(HEAD_LIMIT).half_close(true);
    let service = TowerToHyperService::new(router);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // How a connection ends is its client's business and already answered as far as it can be.
        _ = connection.as_mut() => return,
        () = stop.wait() => connection.as_mut().graceful_shutdown(),
    }
    connection.await.ok();
}

async fn handle(State(site): State<Site>, request: axum::extract::Request) -> HttpResponse {
    let (parts, mut body) = request.into_parts();
    match read_body(&mut body, site.body_limit).await {
        Ok(bytes) => {
            let request = to_request(&parts, bytes);
            to_http(site.responder.respond(&request))
        }
        Err(refusal) => {
            // One who asked before sending is answered before sending.
            if !parts.headers.contains_key(EXPECT) {
                discard(&mut body).await;
            }
            let mut response = compose(refusal.response()).unwrap_or_else(broken);
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    }
}

type HttpResponse = axum::response::Response;

/// The whole body, or why it is not accepted.
async fn read_body(body: &mut Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Refusal::BodyTooLarge(limit));
    }
    let mut whole = Vec::with_capacity(announced);
    while let Some(data) = next_data(body).await {
        let data = data?;
        if whole.len() + data.len() > limit {
            return Err(Refusal::BodyTooLarge(limit));
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole)
}

/// The next piece of the body; trailers count as an empty one.
async fn next_data(body: &mut Body) -> Option<Result<Bytes, Refusal>> {
    let frame = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await?;
    let data = frame.map(|frame| frame.into_data().unwrap_or_default());
    Some(data.map_err(|_| Refusal::Malformed("its body ended early or was not framed correctly")))
}

/// Reads what is left, within bounds.
async fn discard(body: &mut Body) {
    let mut read = 0;
    while let Some(Ok(data)) = next_data(body).await {
        read += data.len();
        if read > DISCARD_LIMIT {
            return;
        }
    }
}

fn to_request(parts: &Parts, body: Vec<u8>) -> Request {
    let target = match parts.uri.path_and_query() {
        Some(target) => target.as_str().to_owned(),
        None => parts.uri.to_string(),
    };
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let headers = parts.headers.iter().map(header).collect();
    Request { method: parts.method.as_str().to_owned(), target, headers, body }
}

fn to_http(answer: Answer) -> HttpResponse {
    let composed = match answer.delivery {
        Delivery::Whole => compose(answer.response),
        Delivery::Chunked(_)
        | Delivery::UntilClose
        | Delivery::LastOne
        | Delivery::Interim
        | Delivery::Trickle(_)
        | Delivery::CloseSilently
        | Delivery::Cut(_)
        | Delivery::Overrun(_)
        | Delivery::Nothing
        | Delivery::Reset
        | Delivery::Hang
        | Delivery::Endless
        | Delivery::BadStatusLine => {
            Err("the service said that it needs no raw connection, but this delivery does")
        }
    };
    composed.unwrap_or_else(broken)
}

/// The response with exactly its headers. The length is hyper's to add.
fn compose(response: Response) -> Result<HttpResponse, &'static str> {
    let mut composed = HttpResponse::new(Body::from(response.body));
    *composed.status_mut() = StatusCode::from_u16(response.status)
        .map_err(|_| "the service answered with a number that is not a status")?;
    let headers = composed.headers_mut();
    headers.reserve(response.headers.len() + 1);
    for (name, value) in response.headers {
        let name = HeaderName::try_from(name)
            .map_err(|_| "the service answered with a header name that is not a token")?;
        if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
            continue;
        }
        let value = HeaderValue::try_from(value)
            .map_err(|_| "the service answered with a header value that has control characters")?;
        headers.append(name, value);
    }
    Ok(composed)
}

/// The answer to a mistake of our own, so that it is not taken for one of the client.
fn broken(what: &'static str) -> HttpResponse {
    let error = format!("{what}: this is a bug in sharespec, please report it");
    let mut response = HttpResponse::new(Body::from(trouble(500, &error).body));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
