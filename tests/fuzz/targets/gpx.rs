//! Any bytes to the GPX reader and the whole road behind it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("gpx", bytes));
