//! Plays cases against targets and turns exchanges into events.

pub mod builtin;
pub mod cleanup;
pub mod client;
pub mod connection;
pub mod coverage;
mod crash;
pub mod footprint;
pub mod fuzz;
mod gatekeeper;
pub mod hold;
pub mod hooks;
pub mod in_process;
pub mod known;
pub mod ledger;
pub mod library;
pub mod life;
mod locks;
pub mod manner;
pub mod needs;
mod player;
pub mod preflight;
pub mod process;
mod raw;
mod record;
pub mod run;
pub mod seeds;
pub mod selection;
pub mod selftest;
mod settling;
pub mod setup;
pub mod snapshots;
pub mod symbols;
mod trace;
pub mod url;
mod verdict;

pub use verdict::rules_of;
