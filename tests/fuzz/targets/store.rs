//! Any bytes where the store's file lies.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("store", bytes));
