//! What a target is and how it is called, as data: `[target.NAME]` of `sharespec.toml`, the
//! environment and flags, in this order of precedence over defaults.
//!
//! [`keys::KEYS`] is the one list of keys: reading, messages, `sharespec config`, `sharespec init` and
//! the check of `docs/targets.md` all go by it.

pub mod file;
pub mod keys;
mod merge;
mod problem;
pub mod show;
mod toml_value;
mod value;

pub use keys::{Takes, key};
pub use merge::{Asked, Settings};
pub use value::Hook;
