//! The raw path: HTTP/1.1 over a plain socket, with nothing between an answer and its bytes.

use crate::body::BodyReader;
use crate::deliver::{After, CONTINUE, Terms, deliver};
use crate::head::{self, Framing, HEAD_LIMIT, Head};
use crate::http::DISCARD_LIMIT;
use crate::responder::{Refusal, Responder, whole};
use crate::serve::{Options, Stop};
use bytes::BytesMut;
use sharespec_reference::answer::Answer;
use sharespec_wire::http::Request;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The room made for each read.
const READ_SIZE: usize = 8 * 1024;

/// How long a closed connection is still read from. Closing it with something unread would reset
/// it, and a reset may overtake what was sent last.
const LINGER: Duration = Duration::from_secs(1);

/// One raw connection.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What has arrived and is not yet part of a request.
    buffer: BytesMut,
    responder: Arc<Responder>,
    options: Options,
    stop: Stop,
}

/// Why no request came.
enum Silence {
    /// The client is gone, or the server stops: there is nobody to tell.
    Ended,
    /// Something came that is not served.
    Refused(Refusal),
}

impl From<Refusal> for Silence {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Connection {
    /// A connection that has just been accepted.
    pub(crate) fn new(
        stream: TcpStream,
        responder: Arc<Responder>,
        options: Options,
        stop: Stop,
    ) -> Self {
        Self { stream, buffer: BytesMut::new(), responder, options, stop }
    }

    /// Serves requests, each after the one before it, until either side ends the connection.
    pub(crate) async fn run(mut self) {
        loop {
            let after = match timeout(self.options.patience, self.read_request()).await {
                Ok(Ok((request, mut terms))) => {
                    let answer = self.responder.respond(&request);
                    terms.last |= self.stop.is_set();
                    self.deliver(&answer, terms).await
                }
                Ok(Err(Silence::Refused(refusal))) => self.refuse(refusal).await,
                Ok(Err(Silence::Ended)) | Err(_) => After::Close,
            };
            match after {
                After::Keep => {}
                After::Close => return self.close().await,
                After::Drop => return,
            }
        }
    }

    async fn deliver(&mut self, answer: &Answer, terms: Terms) -> After {
        let delivery = deliver(&mut self.stream, answer, terms, &mut self.stop);
        match timeout(self.options.patience, delivery).await {
            Ok(Ok(after)) => after,
            // The client is gone, or does not read: it has given up or we have.
            Ok(Err(_)) | Err(_) => After::Drop,
        }
    }

    async fn refuse(&mut self, refusal: Refusal) -> After {
        let terms = Terms { head_only: false, modern: true, last: true };
        self.deliver(&whole(refusal.response()), terms).await
    }

    /// The next request, whole.
    async fn read_request(&mut self) -> Result<(Request, Terms), Silence> {
        let head = self.read_head().await?;
        let mut body = BodyReader::new(head.framing, self.options.body_limit)?;
        if head.expects_continue && head.framing != Framing::Sized(0) && self.buffer.is_empty() {
            self.stream.write_all(CONTINUE).await.map_err(|_| Silence::Ended)?;
        }
        while !body.feed(&mut self.buffer)? {
            self.read_more(false).await?;
        }
        let Head { method, target, headers, modern, keep_alive, .. } = head;
        let terms = Terms { head_only: method == "HEAD", modern, last: !keep_alive };
        Ok((Request { method, target, headers, body: body.into_body() }, terms))
    }

    async fn read_head(&mut self) -> Result<Head, Silence> {
        let mut searched = 0;
        loop {
            if searched == 0 {
                self.skip_empty_lines();
            }
            if let Some(end) = head::end(&self.buffer, searched) {
                if end > HEAD_LIMIT {
                    return Err(Refusal::HeadTooLarge.into());
                }
                return Ok(head::parse(&self.buffer.split_to(end))?);
            }
            searched = self.buffer.len();
            if searched > HEAD_LIMIT {
                return Err(Refusal::HeadTooLarge.into());
            }
            self.read_more(searched == 0).await?;
        }
    }

    /// Old clients send an empty line after a body; HTTP asks servers to bear with it.
    fn skip_empty_lines(&mut self) {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let count = self.buffer.iter().take_while(|byte| is_end(byte)).count();
        drop(self.buffer.split_to(count));
    }

    /// Waits for more bytes. Between two requests, `idle`, the wait ends when the server stops.
    async fn read_more(&mut self, idle: bool) -> Result<(), Silence> {
        self.buffer.reserve(READ_SIZE);
        let read = tokio::select! {
            biased;
            read = self.stream.read_buf(&mut self.buffer) => read,
            () = self.stop.wait(), if idle => return Err(Silence::Ended),
        };
        match read {
            Err(_) => Err(Silence::Ended),
            Ok(0) if idle => Err(Silence::Ended),
            Ok(0) => Err(Refusal::Malformed("it ended early").into()),
            Ok(_) => Ok(()),
        }
    }

    /// Closes the connection so that what was sent arrives.
    async fn close(mut self) {
        if self.stream.shutdown().await.is_err() {
            return;
        }
        let discard = async {
            let mut read = 0;
            while read < DISCARD_LIMIT {
                self.buffer.clear();
                self.buffer.reserve(READ_SIZE);
                match self.stream.read_buf(&mut self.buffer).await {
                    Ok(0) | Err(_) => return,
                    Ok(count) => read += count,
                }
            }
        };
        timeout(LINGER, discard).await.ok();
    }
}
