//! Inflating, within limits, as far as it goes.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::error::{Error, Kind};
use crate::read::limits::Limits;
use crate::read::notice::{NoticeKind, Notices};

/// Below this size the ratio is not asked.
const RATIO_FROM: u64 = 8 << 20;
/// Small reads: what was inflated before a fault is kept.
const CHUNK: usize = 16 << 10;

/// Inflates all members. What a damaged stream gave before its fault is used, with a notice.
pub(crate) fn inflate(
    bytes: &[u8],
    limits: &Limits,
    notices: &mut Notices,
) -> Result<Vec<u8>, Error> {
    if bytes.get(2).is_some_and(|method| *method != 8) {
        return Err(Error::new(
            Kind::NotAnActivity,
            "gzip with an unknown compression method",
        )
        .hint("unpack it with the program that made it"));
    }
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut out = Vec::new();
    let mut chunk = [0; CHUNK];
    loop {
        match decoder.read(&mut chunk) {
            Ok(0) => return Ok(out),
            Ok(n) => out.extend_from_slice(&chunk[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if out.is_empty() => {
                return Err(Error::new(Kind::Damaged, "gzip that cannot be inflated")
                    .hint("copy or download the file again"));
            }
            Err(error) => {
                notices.note(NoticeKind::Container, || {
                    format!(
                        "gzip: {error}; the {} bytes inflated before are used",
                        out.len()
                    )
                });
                return Ok(out);
            }
        }
        let size = out.len() as u64;
        let bomb = size > RATIO_FROM && size / limits.inflated_ratio > bytes.len() as u64;
        if size > limits.inflated_bytes || bomb {
            return Err(Error::new(
                Kind::TooLarge,
                format!("gzip that inflates to more than {size} bytes"),
            )
            .hint("no activity is so large; unpack it and look inside"));
        }
    }
}
