//! Any text in every chart.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("svg", bytes));
