//! Calls, requests and replies as data and as bytes. Pure: no sockets, no clock, no randomness.

pub mod http;
