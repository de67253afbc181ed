//! Any bytes as a request: see [`sharespec_fuzz::request_decoder`].
//!
//! Built and run by `fuzz/run request_decoder SECONDS`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    sharespec_fuzz::request_decoder(data);
});
