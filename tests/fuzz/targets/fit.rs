//! Any bytes to the FIT reader: as they are, and with sizes and checksums mended.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    hardlegs_fuzz::hold(bytes);
    hardlegs_fuzz::hold(&hardlegs_fuzz::mended_fit(bytes));
});
