//! Any bytes as an archive, and as what an archive holds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("zip", bytes));
