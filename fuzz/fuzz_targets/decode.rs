//! Nothing but the decoding of what `sequences` plays: what that target is measured against.
//!
//! Built and run by `fuzz/run decode SECONDS`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    std::hint::black_box(sharespec_fuzz::case_of(data));
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let input = data.get(..size).unwrap_or_default();
    let most = max_size.min(data.len());
    match sharespec_fuzz::changed(input, most, seed) {
        Some(changed) => {
            data.iter_mut().zip(&changed).for_each(|(to, from)| *to = *from);
            changed.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
});
