//! Any bytes to the FIT reader: as they are, mended, and as the choices of a writer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hardlegs_fuzz::run("fit", bytes));
