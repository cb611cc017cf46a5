//! Bytes in gzip, as tests need them.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Packs bytes at the usual level.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}
