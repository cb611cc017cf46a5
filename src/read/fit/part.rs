//! One FIT file of a chain: its header, its length, its checksum, and the bytes of its messages.

use super::crc::crc16;
use super::messages::Messages;

/// The header of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of the header.
    pub(super) size: usize,
    /// Major version of the protocol.
    pub(super) protocol: u8,
    /// Bytes of messages, as the header claims.
    pub(super) data_size: u32,
    /// Whether its own checksum is right, absent or zero.
    pub(super) sound: bool,
}

/// Why a header is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoHeader {
    /// The file ends inside it.
    Short,
    /// The signature `.FIT` is not there.
    Signature,
    /// A size that no header has.
    Size(u8),
}

/// Bytes of the shortest header.
const HEADER_BYTES: usize = 12;
/// Bytes of a header with a checksum of its own.
const CHECKED_HEADER_BYTES: usize = 14;
/// Bytes of the checksum at the end of a part.
const CHECKSUM_BYTES: usize = 2;

impl Header {
    /// Reads the header at the beginning of `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Result<Header, NoHeader> {
        let stated = bytes.first().copied().ok_or(NoHeader::Short)?;
        let size = usize::from(stated);
        if size < HEADER_BYTES || size == 13 {
            return Err(NoHeader::Size(stated));
        }
        let short = bytes.first_chunk::<HEADER_BYTES>().ok_or(NoHeader::Short)?;
        let [_, protocol, _, _, d0, d1, d2, d3, b'.', b'F', b'I', b'T'] = *short else {
            return Err(NoHeader::Signature);
        };
        let data_size = u32::from_le_bytes([d0, d1, d2, d3]);
        let mut sound = true;
        if size > HEADER_BYTES {
            let full =
                bytes.first_chunk::<CHECKED_HEADER_BYTES>().ok_or(NoHeader::Short)?;
            let [.., low, high] = *full;
            let stored = u16::from_le_bytes([low, high]);
            sound = stored == 0 || stored == crc16(short);
        }
        if size > CHECKED_HEADER_BYTES {
            // longer headers are allowed but unseen: believed only if the file is as long as
            // they say, or a damaged first byte would skip into the messages
            let whole = size.checked_add(data_size as usize);
            if whole.is_none_or(|whole| whole > bytes.len()) {
                return Err(NoHeader::Size(stated));
            }
        }
        Ok(Header { size, protocol: protocol >> 4, data_size, sound })
    }
}

/// What the checksum at the end of a part says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checksum {
    /// It is right.
    Right,
    /// It is another.
    Wrong,
    /// It is not there, or only half of it.
    Missing,
}

/// Whether the header stated the right length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// It did, as far as can be seen here.
    Stated,
    /// It says zero or the largest number: the device never came to write it.
    Unwritten,
    /// The file ends before.
    Short,
}

/// One FIT file of the chain: its messages, and where it ends.
#[derive(Debug)]
pub(super) struct Part<'a> {
    /// The header.
    pub(super) header: Header,
    /// Whether the length in it holds.
    pub(super) length: Length,
    /// The checksum at its end.
    pub(super) checksum: Checksum,
    /// Offset of the first byte after it, from the beginning of the file.
    pub(super) end: usize,
    messages: &'a [u8],
    first: usize,
}

impl<'a> Part<'a> {
    /// Returns the part that begins at byte `at`.
    pub(super) fn at(file: &'a [u8], at: usize) -> Result<Part<'a>, NoHeader> {
        let bytes = file.get(at..).unwrap_or_default();
        let header = Header::of(bytes)?;
        let body = bytes.get(header.size..).ok_or(NoHeader::Short)?;
        let first = at.saturating_add(header.size);
        let stated = header.data_size as usize;
        let length = if header.data_size == u32::MAX
            || (stated == 0 && !is_empty_part(bytes, body, header.size))
        {
            Length::Unwritten
        } else if stated > body.len() {
            Length::Short
        } else {
            Length::Stated
        };
        if length == Length::Stated {
            let (messages, after) = body.split_at_checked(stated).unwrap_or((body, &[]));
            let end = first.saturating_add(stated);
            let whole = bytes.get(..header.size.saturating_add(stated)).unwrap_or(bytes);
            let (checksum, end) = match after.first_chunk::<CHECKSUM_BYTES>() {
                Some(stored) if u16::from_le_bytes(*stored) == crc16(whole) => {
                    (Checksum::Right, end.saturating_add(CHECKSUM_BYTES))
                }
                // a checksum never written, and the next part begins in its place
                Some(_) if begins_part(after) => (Checksum::Missing, end),
                Some(_) => (Checksum::Wrong, end.saturating_add(CHECKSUM_BYTES)),
                None => (Checksum::Missing, file.len()),
            };
            return Ok(Part { header, length, checksum, end, messages, first });
        }
        // to the end of the file; its last two bytes are a checksum only if they are right
        let (checksum, messages) =
            match (bytes.split_last_chunk(), body.split_last_chunk::<CHECKSUM_BYTES>()) {
                (Some((whole, stored)), Some((messages, _)))
                    if u16::from_le_bytes(*stored) == crc16(whole) =>
                {
                    (Checksum::Right, messages)
                }
                _ => (Checksum::Missing, body),
            };
        Ok(Part { header, length, checksum, end: file.len(), messages, first })
    }

    /// Returns the bytes of all messages.
    pub(super) fn size(&self) -> usize {
        self.messages.len()
    }

    /// Returns the messages, one at a time.
    pub(super) fn messages(&self) -> Messages<'a> {
        Messages::new(self.messages, self.first)
    }
}

/// Whether a part begins with these bytes.
pub(super) fn begins_part(bytes: &[u8]) -> bool {
    bytes.get(8..HEADER_BYTES) == Some(b".FIT".as_slice())
}

/// Whether a part that claims no messages really has none: only a checksum follows, or a
/// right one, or the next part.
fn is_empty_part(bytes: &[u8], body: &[u8], header_bytes: usize) -> bool {
    let right = || {
        let stored = body.first_chunk().map(|stored| u16::from_le_bytes(*stored));
        stored == bytes.get(..header_bytes).map(crc16)
    };
    body.len() <= CHECKSUM_BYTES
        || begins_part(body)
        || body.get(CHECKSUM_BYTES..).is_some_and(begins_part)
        || right()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fit::messages::{Cause, Fault, Message};
    use crate::read::fit::writer::Writer;

    fn count(bytes: &[u8]) -> (usize, usize, Option<Fault>) {
        let part = Part::at(bytes, 0).unwrap();
        let (mut definitions, mut data) = (0, 0);
        let mut messages = part.messages();
        while let Some(message) = messages.next() {
            match message {
                Ok(Message::Defined { .. }) => definitions += 1,
                Ok(Message::Data { .. }) => data += 1,
                Err(fault) => return (definitions, data, Some(fault)),
            }
        }
        (definitions, data, None)
    }

    fn two_records() -> Writer {
        let mut writer = Writer::default();
        writer.define(0, 20, &[(253, 4, 0x86), (3, 1, 2)]);
        writer.data(0, &[1, 0, 0, 0, 99]).data(0, &[2, 0, 0, 0, 98]);
        writer
    }

    #[test]
    fn reads_a_sound_part() {
        let bytes = two_records().file();
        let part = Part::at(&bytes, 0).unwrap();
        assert_eq!((part.length, part.checksum), (Length::Stated, Checksum::Right));
        assert_eq!(part.end, bytes.len());
        assert!(part.header.sound);
        assert_eq!(count(&bytes), (1, 2, None));
    }

    #[test]
    fn rejects_headers_of_unknown_size() {
        let bytes = two_records().file();
        for size in [0, 1, 11, 13, 255] {
            let mut bad = bytes.clone();
            bad[0] = size;
            assert_eq!(Header::of(&bad), Err(NoHeader::Size(size)), "size {size}");
        }
        assert_eq!(Header::of(&bytes[..10]), Err(NoHeader::Short));
        let mut other = bytes;
        other[9] = b'G';
        assert_eq!(Header::of(&other), Err(NoHeader::Signature));
    }

    #[test]
    fn keeps_messages_before_every_cut() {
        let bytes = two_records().file();
        for length in 14..bytes.len() {
            let (definitions, data, fault) = count(&bytes[..length]);
            assert!(definitions <= 1 && data <= 2);
            assert!(data == 2 || length == 14 || fault.is_some() || length < bytes.len());
        }
        // without the checksum both records are there
        let (_, data, fault) = count(&bytes[..bytes.len() - 2]);
        assert_eq!((data, fault), (2, None));
    }

    #[test]
    fn reports_data_before_its_definition() {
        let mut writer = two_records();
        writer.data(5, &[0; 9]);
        let (_, data, fault) = count(&writer.file());
        assert_eq!(data, 2);
        let fault = fault.unwrap();
        assert_eq!(fault.cause, Cause::Undefined(5));
        assert_eq!(fault.byte, 14 + 12 + 12);
    }

    #[test]
    fn reads_to_the_end_without_a_length() {
        for stated in [0_u32, u32::MAX, 5_000_000] {
            let mut bytes = two_records().file();
            bytes[4..8].copy_from_slice(&stated.to_le_bytes());
            bytes.truncate(bytes.len() - 2);
            let part = Part::at(&bytes, 0).unwrap();
            assert_ne!(part.length, Length::Stated);
            assert_eq!(count(&bytes), (1, 2, None), "{stated}");
        }
    }

    #[test]
    fn ends_on_any_bytes() {
        // a walk through pseudo-random bytes: no panic, no endless loop
        let mut state = 1_u32;
        for _ in 0..200 {
            let mut bytes = Writer::default().file();
            bytes.truncate(14);
            for _ in 0..300 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                bytes.push((state >> 24) as u8);
            }
            count(&bytes);
        }
    }
}
