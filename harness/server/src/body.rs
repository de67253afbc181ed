//! The body of a request, collected from bytes as they arrive.

use crate::head::{Framing, HEAD_LIMIT};
use crate::responder::Refusal;
use bytes::{Buf as _, Bytes, BytesMut};

/// The longest line between chunks.
const LINE_LIMIT: usize = 8 * 1024;

/// Collects one body.
#[derive(Debug)]
pub(crate) struct BodyReader {
    state: State,
    body: Vec<u8>,
    limit: usize,
    /// Bytes of trailers so far. They are read and dropped, but not without end.
    trailers: usize,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
enum State {
    /// This many bytes, and that is all.
    Sized(usize),
    /// A line with the size of a chunk.
    ChunkSize,
    /// This many bytes of a chunk.
    Chunk(usize),
    /// The end of the line after a chunk.
    ChunkEnd,
    /// Trailers up to an empty line.
    Trailers,
    Done,
}

impl BodyReader {
    /// A reader of a body of at most `limit` bytes. An announcement of more is refused right away.
    pub(crate) fn new(framing: Framing, limit: usize) -> Result<Self, Refusal> {
        let state = match framing {
            Framing::Sized(length) if length > limit => return Err(Refusal::BodyTooLarge(limit)),
            Framing::Sized(length) => State::Sized(length),
            Framing::Chunked => State::ChunkSize,
        };
        Ok(Self { state, body: Vec::new(), limit, trailers: 0 })
    }

    /// Takes from `buffer` what belongs to the body. Whether it is complete now.
    pub(crate) fn feed(&mut self, buffer: &mut BytesMut) -> Result<bool, Refusal> {
        loop {
            let next = match self.state {
                State::Sized(left) => self.take(left, buffer).map(|left| match left {
                    0 => State::Done,
                    left => State::Sized(left),
                }),
                State::ChunkSize => self.chunk_size(buffer)?,
                State::Chunk(left) => self.take(left, buffer).map(|left| match left {
                    0 => State::ChunkEnd,
                    left => State::Chunk(left),
                }),
                State::ChunkEnd => chunk_end(buffer)?,
                State::Trailers => self.trailer(buffer)?,
                State::Done => return Ok(true),
            };
            match next {
                Some(state) => self.state = state,
                None => return Ok(false),
            }
        }
    }

    /// The body. Meaningful once `feed` said that it is complete.
    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Moves up to `left` bytes; how many are left then, or `None` if more must arrive first.
    fn take(&mut self, left: usize, buffer: &mut BytesMut) -> Option<usize> {
        let count = left.min(buffer.len());
        if count == 0 && left > 0 {
            return None;
        }
        self.body.extend(buffer.split_to(count));
        Some(left - count)
    }

    fn chunk_size(&self, buffer: &mut BytesMut) -> Result<Option<State>, Refusal> {
        let Some(line) = take_line(buffer)? else { return Ok(None) };
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let size = hexadecimal(digits).ok_or(Refusal::Malformed("a chunk has no size"))?;
        if size > self.limit.saturating_sub(self.body.len()) {
            return Err(Refusal::BodyTooLarge(self.limit));
        }
        Ok(Some(if size == 0 { State::Trailers } else { State::Chunk(size) }))
    }

    fn trailer(&mut self, buffer: &mut BytesMut) -> Result<Option<State>, Refusal> {
        let Some(line) = take_line(buffer)? else { return Ok(None) };
        self.trailers += line.len();
        if self.trailers > HEAD_LIMIT {
            return Err(Refusal::HeadTooLarge);
        }
        Ok(Some(if line.is_empty() { State::Done } else { State::Trailers }))
    }
}

fn chunk_end(buffer: &mut BytesMut) -> Result<Option<State>, Refusal> {
    match take_line(buffer)? {
        None => Ok(None),
        Some(line) if line.is_empty() => Ok(Some(State::ChunkSize)),
        Some(_) => Err(Refusal::Malformed("a chunk is longer than its size")),
    }
}

/// The next line without its end, or `None` if it has not arrived whole.
fn take_line(buffer: &mut BytesMut) -> Result<Option<Bytes>, Refusal> {
    let at = buffer.iter().take(LINE_LIMIT).position(|byte| *byte == b'\n');
    let Some(at) = at else {
        let endless = buffer.len() >= LINE_LIMIT;
        return if endless { Err(Refusal::Malformed("a line is too long")) } else { Ok(None) };
    };
    let mut line = buffer.split_to(at).freeze();
    buffer.advance(1);
    if line.ends_with(b"\r") {
        line.truncate(at - 1);
    }
    Ok(Some(line))
}

/// The number, or `None` if it is not one. A sign, which `from_str_radix` would take, is not one.
fn hexadecimal(digits: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(digits).ok()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Too many digits are a number all the same, and too large.
    is_number.then(|| usize::from_str_radix(text, 16).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `bytes` in pieces of `piece`: the body, and what is left of the bytes.
    fn read(
        framing: Framing,
        bytes: &[u8],
        piece: usize,
    ) -> Result<Option<(Vec<u8>, BytesMut)>, Refusal> {
        let mut reader = BodyReader::new(framing, 10)?;
        let mut buffer = BytesMut::new();
        let mut pieces = bytes.chunks(piece);
        while !reader.feed(&mut buffer)? {
            let Some(piece) = pieces.next() else { return Ok(None) };
            buffer.extend_from_slice(piece);
        }
        pieces.for_each(|piece| buffer.extend_from_slice(piece));
        Ok(Some((reader.into_body(), buffer)))
    }

    #[test]
    fn bodies_end_where_they_say_however_they_arrive() {
        let chunked = b"3;x=y\r\nabc\r\n 0A \r\n".as_slice();
        assert_eq!(read(Framing::Chunked, chunked, 4), Err(Refusal::BodyTooLarge(10)));
        let chunked = b"3;x=y\r\nabc\r\n02\r\nde\r\n0\r\nTrailer: t\r\n\r\nGET".as_slice();
        for piece in 1..=chunked.len() {
            let (body, rest) = read(Framing::Chunked, chunked, piece).unwrap().unwrap();
            assert_eq!((body.as_slice(), &rest[..]), (b"abcde".as_slice(), b"GET".as_slice()));
            let (body, rest) = read(Framing::Sized(3), b"abcGET", piece).unwrap().unwrap();
            assert_eq!((body.as_slice(), &rest[..]), (b"abc".as_slice(), b"GET".as_slice()));
        }
        assert_eq!(read(Framing::Sized(3), b"ab", 1), Ok(None));
        assert!(read(Framing::Sized(0), b"", 1).unwrap().is_some());
    }

    #[test]
    fn too_much_is_refused_and_exactly_enough_is_not() {
        assert!(read(Framing::Sized(10), &[b'a'; 10], 3).unwrap().is_some());
        assert_eq!(read(Framing::Sized(11), b"", 1), Err(Refusal::BodyTooLarge(10)));
        let huge = b"fffffffffffffffffff\r\n";
        assert_eq!(read(Framing::Chunked, huge, 5), Err(Refusal::BodyTooLarge(10)));
        let trailers = [b"0\r\n".as_slice(), &b"a: b\r\n".repeat(HEAD_LIMIT / 4 + 1)].concat();
        assert_eq!(read(Framing::Chunked, &trailers, 999), Err(Refusal::HeadTooLarge));
    }

    #[test]
    fn broken_chunks_are_refused() {
        let endless = [b'1'; LINE_LIMIT];
        for bytes in [b"\r\n".as_slice(), b"-1\r\n", b"x\r\n", b"1\r\nabc\r\n", &endless] {
            let refusal = read(Framing::Chunked, bytes, 7).unwrap_err();
            assert!(matches!(refusal, Refusal::Malformed(_)), "{refusal}");
        }
    }
}
