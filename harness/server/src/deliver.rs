//! Writing an answer onto a raw connection in the way that its delivery says.

use crate::head::lists;
use crate::serve::Stop;
use axum::http::StatusCode;
use sharespec_reference::answer::{Answer, Delivery};
use sharespec_wire::http::{Response, header};
use std::io;
use std::io::Write as _;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// In how many writes `Delivery::Trickle` sends an answer.
const TRICKLE_WRITES: usize = 8;

/// The filler of `Delivery::Endless`: white space, which no parser of JSON or XML objects to.
const FILLER: [u8; 4096] = [b' '; 4096];

/// The pause between two chunks of filler: enough for a client to have all it cares to read in no
/// time, and for the rest of the machine to go on working.
const FILLER_PAUSE: Duration = Duration::from_millis(1);

/// In place of a status line: like one, so that no client takes it for another protocol.
const BAD_STATUS_LINE: &str = "HTTP/1.1 TWO-HUNDRED OK\r\n";

/// What the request before it allows an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// The request was a `HEAD`: its answer has a length and no body.
    pub(crate) head_only: bool,
    /// The client knows chunks and interim answers.
    pub(crate) modern: bool,
    /// No request follows: the client said so, or the server stops.
    pub(crate) last: bool,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// It takes the next request.
    Keep,
    /// It is closed, and what was sent arrives first.
    Close,
    /// It is dropped as it is.
    Drop,
}

/// How a head tells where its body ends.
#[derive(Clone, Copy)]
enum Ending {
    Length(usize),
    Chunks,
    EndOfConnection,
}

/// Delivers `answer`.
pub(crate) async fn deliver(
    stream: &mut TcpStream,
    answer: &Answer,
    terms: Terms,
    stop: &mut Stop,
) -> io::Result<After> {
    let response = &answer.response;
    let message = Message { response, terms };
    let whole = Ending::Length(response.body.len());
    let kept = if message.is_last() { After::Close } else { After::Keep };
    let (bytes, after) = match answer.delivery {
        Delivery::Whole => (message.bytes(whole, terms.last), kept),
        Delivery::Chunked(size) if terms.modern => (message.in_chunks(size), kept),
        // A client of HTTP/1.0 does not know chunks.
        Delivery::Chunked(_) | Delivery::UntilClose => {
            (message.bytes(Ending::EndOfConnection, true), After::Close)
        }
        Delivery::LastOne => (message.bytes(whole, true), After::Close),
        Delivery::Interim => (message.after_interim(whole), kept),
        Delivery::Trickle(pause) => {
            trickle(stream, &message.bytes(whole, terms.last), pause).await?;
            return Ok(kept);
        }
        Delivery::CloseSilently => (message.bytes(whole, false), After::Close),
        Delivery::Cut(sent) => (message.cut(sent), After::Close),
        Delivery::Overrun(excess) => {
            let announced = response.body.len().saturating_sub(excess);
            (message.bytes(Ending::Length(announced), terms.last), kept)
        }
        Delivery::Nothing => return Ok(After::Close),
        Delivery::Reset => {
            // Closing a socket that does not linger resets the connection.
            stream.set_zero_linger()?;
            return Ok(After::Drop);
        }
        Delivery::Hang => return hang(stream, stop).await,
        Delivery::Endless => return endless(stream, &message, stop).await,
        Delivery::BadStatusLine => (message.with_bad_status_line(whole), After::Close),
    };
    stream.write_all(&bytes).await?;
    Ok(after)
}

/// Sends `bytes` in a few small writes with pauses of `pause` milliseconds between them.
async fn trickle(stream: &mut TcpStream, bytes: &[u8], pause: u64) -> io::Result<()> {
    let size = bytes.len().div_ceil(TRICKLE_WRITES).max(1);
    for (index, piece) in bytes.chunks(size).enumerate() {
        if index > 0 {
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        stream.write_all(piece).await?;
    }
    Ok(())
}

/// Waits until the client closes. One that only closes its half counts: it cannot be told apart.
async fn hang(stream: &mut TcpStream, stop: &mut Stop) -> io::Result<After> {
    let mut ignored = [0; 1024];
    loop {
        tokio::select! {
            read = stream.read(&mut ignored) => if read? == 0 { return Ok(After::Drop) },
            () = stop.wait() => return Ok(After::Drop),
        }
    }
}

/// Sends filler until the client closes, which makes a write fail.
async fn endless(
    stream: &mut TcpStream,
    message: &Message<'_>,
    stop: &mut Stop,
) -> io::Result<After> {
    stream.write_all(&message.head(Ending::Chunks, false)).await?;
    let mut chunk = Vec::with_capacity(FILLER.len() + 16);
    write_chunk(&mut chunk, &FILLER);
    let send = async {
        loop {
            stream.write_all(&chunk).await?;
            tokio::time::sleep(FILLER_PAUSE).await;
        }
    };
    tokio::select! {
        ended = send => ended,
        () = stop.wait() => Ok(After::Drop),
    }
}

/// A response about to be written.
struct Message<'a> {
    response: &'a Response,
    terms: Terms,
}

impl Message<'_> {
    /// Whether the connection ends after it: the client said so, or the answer itself does.
    fn is_last(&self) -> bool {
        let announced = header(&self.response.headers, "connection");
        self.terms.last || announced.is_some_and(|value| lists(value, "close"))
    }

    /// The body, unless the request or the status forbids one.
    fn body(&self) -> &[u8] {
        if self.terms.head_only || !may_have_body(self.response.status) {
            return &[];
        }
        &self.response.body
    }

    fn head(&self, ending: Ending, announce_close: bool) -> Vec<u8> {
        let status = self.response.status;
        let reason = StatusCode::from_u16(status).ok().and_then(|code| code.canonical_reason());
        let start = format!("HTTP/1.1 {status} {}\r\n", reason.unwrap_or_default());
        self.head_after(&start, ending, announce_close)
    }

    fn head_after(&self, start: &str, ending: Ending, announce_close: bool) -> Vec<u8> {
        let mut head = Vec::with_capacity(256 + self.response.body.len());
        head.extend_from_slice(start.as_bytes());
        for (name, value) in &self.response.headers {
            // These two are the transport's; the service cannot know them.
            if name != "content-length" && name != "transfer-encoding" {
                push_header(&mut head, name, value);
            }
        }
        match ending {
            _ if !may_have_body(self.response.status) => {}
            Ending::Length(length) => push_header(&mut head, "content-length", &length.to_string()),
            Ending::Chunks => push_header(&mut head, "transfer-encoding", "chunked"),
            Ending::EndOfConnection => {}
        }
        if announce_close && header(&self.response.headers, "connection").is_none() {
            push_header(&mut head, "connection", "close");
        }
        head.extend_from_slice(b"\r\n");
        head
    }

    fn bytes(&self, ending: Ending, announce_close: bool) -> Vec<u8> {
        let mut bytes = self.head(ending, announce_close);
        bytes.extend_from_slice(self.body());
        bytes
    }

    fn in_chunks(&self, size: usize) -> Vec<u8> {
        let mut bytes = self.head(Ending::Chunks, self.terms.last);
        for piece in self.body().chunks(size.max(1)) {
            write_chunk(&mut bytes, piece);
        }
        if !self.terms.head_only && may_have_body(self.response.status) {
            bytes.extend_from_slice(b"0\r\n\r\n");
        }
        bytes
    }

    fn after_interim(&self, ending: Ending) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.terms.modern {
            bytes.extend_from_slice(CONTINUE);
        }
        bytes.extend(self.bytes(ending, self.terms.last));
        bytes
    }

    fn cut(&self, sent: usize) -> Vec<u8> {
        let mut bytes = self.head(Ending::Length(self.response.body.len()), false);
        bytes.extend(self.body().iter().take(sent));
        bytes
    }

    fn with_bad_status_line(&self, ending: Ending) -> Vec<u8> {
        let mut bytes = self.head_after(BAD_STATUS_LINE, ending, false);
        bytes.extend_from_slice(self.body());
        bytes
    }
}

/// The interim answer.
pub(crate) const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

fn may_have_body(status: u16) -> bool {
    !matches!(status, 100..=199 | 204 | 304)
}

fn push_header(head: &mut Vec<u8>, name: &str, value: &str) {
    for part in [name, ": ", value, "\r\n"] {
        head.extend_from_slice(part.as_bytes());
    }
}

fn write_chunk(bytes: &mut Vec<u8>, piece: &[u8]) {
    // Writing to memory does not fail.
    write!(bytes, "{:x}\r\n", piece.len()).ok();
    bytes.extend_from_slice(piece);
    bytes.extend_from_slice(b"\r\n");
}
