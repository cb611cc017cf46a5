//! Any bytes as an archive as a whole: bounded memory and work, whatever it says of itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("archive", bytes));
