//! Any bytes to the GPX reader with and without its short way: both must say the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("shortcut", bytes));
