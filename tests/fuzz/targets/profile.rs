//! Any bytes as the person's own file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("profile", bytes));
