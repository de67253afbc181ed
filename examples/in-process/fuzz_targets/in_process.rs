//! Made-up sequences against the implementation, driven by an engine that sees which of its code they reach.
//!
//! Built and run by `FUZZ_CRATE=examples/in-process fuzz/run in_process SECONDS`.

#![no_main]

#[path = "../tests/mine/mod.rs"]
mod mine;

use sharespec_runner::library::{Fuzz, Suite};
use std::sync::LazyLock;

static FUZZ: LazyLock<Fuzz> = LazyLock::new(|| Suite::alibaba(|| mine::mine(&[])).fuzz());
libfuzzer_sys::fuzz_target!(|data: &[u8]| FUZZ.judge(data));
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    FUZZ.mutate(data, size, most, seed)
});
