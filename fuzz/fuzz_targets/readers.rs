//! Any bytes as a file: see [`sharespec_fuzz::readers`].
//!
//! Built and run by `fuzz/run readers SECONDS`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    sharespec_fuzz::readers(data);
});
