//! Any bytes as a list of paths, and as the table of an export.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("lists", bytes));
