//! Any bytes as an answer: see [`sharespec_fuzz::reply_decoder`].
//!
//! Built and run by `fuzz/run reply_decoder SECONDS`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    sharespec_fuzz::reply_decoder(data);
});
