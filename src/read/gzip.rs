//! A gzip stream to its bytes, within limits, keeping what a damaged one still holds.

use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use crate::error::{Error, Kind};

use super::limits::Limits;
use super::notice::{NoticeKind, Notices};

/// Bytes inflated at once: what a broken stream inflates in the read that fails is lost.
const STEP_BYTES: usize = 1024;

/// Whether the bytes begin like a gzip member.
pub(crate) fn recognised(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

/// Inflates all members. The sizes that the stream states are never believed.
pub(crate) fn inflate(
    bytes: &[u8],
    limits: &Limits,
    notices: &mut Notices,
) -> Result<Vec<u8>, Error> {
    if let Some(method) = bytes.get(2).filter(|m| **m != 8) {
        return Err(Error::new(
            Kind::NotAnActivity,
            format!("gzip compression method {method} is not supported"),
        )
        .hint("only deflate exists in practice: is the file damaged?"));
    }
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut inflated = Vec::new();
    let mut step = [0; STEP_BYTES];
    loop {
        let length = match decoder.read(&mut step) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                survive(&error, inflated.is_empty(), notices)?;
                break;
            }
        };
        inflated.extend_from_slice(step.get(..length).unwrap_or_default());
        limits.inflating(inflated.len() as u64, bytes.len() as u64, "gunzip")?;
    }
    if inflated.is_empty() {
        return Err(Error::new(Kind::Empty, "nothing is in the gzip stream"));
    }
    Ok(inflated)
}

/// Returns a fault of the stream: an error where nothing was inflated before it.
fn survive(
    error: &std::io::Error,
    nothing: bool,
    notices: &mut Notices,
) -> Result<(), Error> {
    let words = match error.kind() {
        ErrorKind::UnexpectedEof if nothing => "the gzip stream is cut off".to_owned(),
        ErrorKind::UnexpectedEof => {
            "the gzip stream is cut off, or a few other bytes follow it".to_owned()
        }
        _ => format!("the gzip stream is damaged or other bytes follow it ({error})"),
    };
    if nothing {
        return Err(Error::new(Kind::Damaged, words).hint("copy the file again"));
    }
    notices.note(NoticeKind::Container, || format!("{words}; what was inflated is used"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn inflated(bytes: &[u8]) -> (Result<Vec<u8>, Kind>, usize) {
        let mut notices = Notices::default();
        let inflated =
            inflate(bytes, &Limits::default(), &mut notices).map_err(|e| e.kind());
        (inflated, notices.into_vec().len())
    }

    #[test]
    fn joins_members_and_leaves_rubbish() {
        let two = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(inflated(&two), (Ok(b"one two".to_vec()), 0));
        let rubbish = [&two[..], b"rubbish"].concat();
        assert_eq!(inflated(&rubbish), (Ok(b"one two".to_vec()), 1));
    }

    #[test]
    fn keeps_what_precedes_damage() {
        let text: Vec<u8> = (0..40_000_u32)
            .flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let whole = gzip(&text);
        let (cut, notices) = inflated(&whole[..whole.len() / 2]);
        let cut = cut.unwrap();
        assert!(notices == 1 && cut.len() > text.len() / 3 && text.starts_with(&cut));
        let mut sum = whole.clone();
        let at = sum.len() - 6;
        sum[at] ^= 1;
        assert_eq!(inflated(&sum), (Ok(text), 1));
        assert_eq!(inflated(&whole[..10]).0, Err(Kind::Damaged));
        assert_eq!(inflated(&gzip(b"")).0, Err(Kind::Empty));
        assert_eq!(inflated(b"\x1f\x8b\x09\0\0\0\0\0\0\0").0, Err(Kind::NotAnActivity));
    }

    #[test]
    fn stops_a_bomb_early() {
        assert_eq!(inflated(&gzip(&vec![b' '; 9 << 20])).0, Err(Kind::TooLarge));
    }
}
