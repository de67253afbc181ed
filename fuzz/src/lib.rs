//! The bodies of the fuzz targets.
//!
//! Each target is one function from bytes to nothing that panics if a property does not hold. The
//! engine calls it with bytes that it made up; the tests call it with the seeds and with bytes of
//! a seeded generator, on any toolchain.

mod dictionary;
mod message;
mod properties;
mod readers;
mod replies;
mod round_trip;
mod sample;
mod sequences;

pub use dictionary::dictionary;
pub use properties::Seen;
pub use readers::readers;
pub use replies::reply_decoder;
pub use round_trip::round_trip;
pub use sample::Sample;
pub use sequences::{case_of, changed, sequences};

/// Decodes bytes as a request, whatever they are.
///
/// - Nothing panics.
/// - A signature without the secret is never accepted.
/// - What was signed with the secret and then changed is either refused, or still means the same.
/// - What was decoded is decoded again from every known client's form of it.
pub fn request_decoder(data: &[u8]) {
    examine(data);
}

/// As [`request_decoder`], and says what the bytes were good for.
pub fn examine(data: &[u8]) -> Seen {
    properties::hold(&Sample::from_bytes(data))
}
