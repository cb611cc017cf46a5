//! Any file into a store.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("kept", bytes));
