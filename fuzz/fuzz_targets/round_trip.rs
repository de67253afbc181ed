//! Made-up calls as bytes and back: see [`sharespec_fuzz::round_trip`].
//!
//! Built and run by `fuzz/run round_trip SECONDS`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    sharespec_fuzz::round_trip(data);
});
