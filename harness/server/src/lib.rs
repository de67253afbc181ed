//! The reference implementation over HTTP, with hooks.
