//! The bodies of the fuzz targets.
//!
//! Each target is one function from bytes to nothing that panics if a property does not hold. The
//! engine calls it with bytes that it made up; the tests call it with the seeds and with bytes of
//! a seeded generator, on any toolchain.

mod message;
mod properties;
mod sample;

pub use properties::Seen;
pub use sample::Sample;

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
