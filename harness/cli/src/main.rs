//! The `sharespec` binary.
fn main() {}
