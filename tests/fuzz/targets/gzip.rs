//! Any bytes as gzip, and what gzip holds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("gzip", bytes));
