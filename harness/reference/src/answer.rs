//! What the pipeline hands to a transport: a response and what the connection does with it.

use sharespec_wire::http::Response;

/// An answer of the reference implementation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The response as it would be sent.
    pub response: Response,
    /// How the connection treats it.
    pub delivery: Delivery,
}

/// What a connection does with a response. Everything but `Whole` needs a raw TCP loop: HTTP
/// libraries refuse to send most of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Sent whole, with a length, on a connection that is kept.
    Whole,
    /// Lawful: sent whole in chunks of at most this many bytes (`Transfer-Encoding: chunked`).
    Chunked(usize),
    /// Lawful: sent whole without a length; the end of the connection ends it.
    UntilClose,
    /// Lawful: sent whole and announced as the last one (`Connection: close`).
    LastOne,
    /// Lawful: an interim `100 Continue` comes first.
    Interim,
    /// Lawful: sent whole in several small writes with pauses of this many milliseconds.
    Trickle(u64),
    /// Lawful: sent whole; then the connection is closed although nothing announced it.
    CloseSilently,
    /// The announced length is that of the whole body, but only this many bytes are sent.
    Cut(usize),
    /// The announced length is shorter than the body by this many bytes, and all is sent.
    Overrun(usize),
    /// Not one byte is sent, and the connection is closed.
    Nothing,
    /// The connection is reset before the first byte.
    Reset,
    /// Nothing is sent and the connection stays open until the client gives up.
    Hang,
    /// The head is sent, then chunks of the same filler for ever, until the client gives up.
    Endless,
    /// The status line is not one.
    BadStatusLine,
}

impl Delivery {
    /// Whether the whole answer reaches the client, in one way or another.
    pub fn is_whole(self) -> bool {
        !matches!(
            self,
            Self::Cut(_)
                | Self::Overrun(_)
                | Self::Nothing
                | Self::Reset
                | Self::Hang
                | Self::Endless
                | Self::BadStatusLine
        )
    }
}
