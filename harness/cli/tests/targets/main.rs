//! Targets as data, by the binary as a user has it: `sharespec.toml`, and each key at work against
//! `sharespec serve`.

mod calling;
mod file;
mod process;
mod secrets;
mod support;
mod tls;
