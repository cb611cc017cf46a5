//! What a file is by its first bytes: a zip, packed otherwise, or anything else.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::read::packed::{self, BEGINNING_BYTES, Packed};
use crate::read::{is_gzip, is_zip};

/// What a regular file begins like.
pub(super) enum Signature {
    Zip,
    /// A tar in gzip among them.
    Packed(&'static Packed),
    /// A recording, or something that its reader knows a word for.
    Other,
}

impl Signature {
    pub(super) fn of(path: &Path) -> Signature {
        // asked before opening: to open a pipe is to wait for its other end
        if !path.is_file() {
            return Signature::Other;
        }
        let start = File::open(path).map(first).unwrap_or_default();
        if is_zip(&start) {
            return Signature::Zip;
        }
        let packed = if is_gzip(&start) {
            packed::by_content(&first(GzDecoder::new(start.as_slice())))
        } else {
            packed::by_content(&start)
        };
        packed.map_or(Signature::Other, Signature::Packed)
    }
}

/// Returns the first bytes of a stream, as far as it can be read.
pub(super) fn first(stream: impl Read) -> Vec<u8> {
    let mut start = Vec::with_capacity(BEGINNING_BYTES);
    // what was read before a fault stays
    let _ = stream.take(BEGINNING_BYTES as u64).read_to_end(&mut start);
    start
}
