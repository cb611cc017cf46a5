//! FIT bytes to messages: headers, definitions, data, checksums; nothing of what they mean.
//!
//! A FIT file is a header, messages and a checksum, and several may follow each other. A
//! definition says which fields, of which size, the data messages of its local type carry;
//! it may be replaced at any time. Messages are lent one at a time; nothing is collected and
//! no size found in the file is allocated.

use super::crc::crc16;
use super::profile::TIMESTAMP;

/// A place in bytes; every read is checked, and a read that fails moves nothing.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn word(&mut self, big_endian: bool) -> Option<u16> {
        let two = *self.take(2)?.first_chunk()?;
        Some(if big_endian { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }
}

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

/// Whether the header told the right length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// It did, as far as can be seen here.
    Told,
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
    /// The part that begins at byte `at`.
    pub(super) fn at(file: &'a [u8], at: usize) -> Result<Part<'a>, NoHeader> {
        let bytes = file.get(at..).unwrap_or_default();
        let header = Header::of(bytes)?;
        let body = bytes.get(header.size..).ok_or(NoHeader::Short)?;
        let first = at.saturating_add(header.size);
        let told = header.data_size as usize;
        let length = if header.data_size == u32::MAX
            || (told == 0 && !is_empty_part(bytes, body, header.size))
        {
            Length::Unwritten
        } else if told > body.len() {
            Length::Short
        } else {
            Length::Told
        };
        if length == Length::Told {
            let (messages, after) = body.split_at_checked(told).unwrap_or((body, &[]));
            let end = first.saturating_add(told);
            let whole = bytes.get(..header.size.saturating_add(told)).unwrap_or(bytes);
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

    /// Bytes of all messages.
    pub(super) fn size(&self) -> usize {
        self.messages.len()
    }

    /// The messages, one at a time.
    pub(super) fn messages(&self) -> Messages<'a> {
        Messages {
            cursor: Cursor { bytes: self.messages, at: 0 },
            first: self.first,
            sizes: [None; LOCAL_TYPES],
            stamps: [None; LOCAL_TYPES],
        }
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

/// Local types a part may have defined at one time.
pub(super) const LOCAL_TYPES: usize = 16;

/// A field as a definition declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Number of the field in its message; of a developer field, its own number.
    pub(super) number: u8,
    /// Bytes.
    pub(super) size: u8,
    /// Base type; of a developer field, the index of the developer.
    pub(super) base: u8,
}

/// A definition message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Definition<'a> {
    /// Number of the message it defines.
    pub(super) global: u16,
    /// Byte order of the data.
    pub(super) big_endian: bool,
    /// An architecture other than 0 or 1, or a reserved bit that is set.
    pub(super) unusual: bool,
    fields: &'a [u8],
    developer_fields: &'a [u8],
}

impl<'a> Definition<'a> {
    /// The fields in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + use<'a> {
        triples(self.fields)
    }

    /// Where the data have their time.
    fn stamp(&self) -> Option<Stamp> {
        let mut at: usize = 0;
        for field in self.fields() {
            if field.number == TIMESTAMP && field.size == 4 {
                return Some(Stamp { at, big_endian: self.big_endian });
            }
            at = at.saturating_add(field.size.into());
        }
        None
    }

    /// The developer fields in order; their bytes follow those of the fields.
    pub(super) fn developer_fields(&self) -> impl Iterator<Item = Field> + use<'a> {
        triples(self.developer_fields)
    }
}

fn triples(bytes: &[u8]) -> impl Iterator<Item = Field> {
    bytes.as_chunks().0.iter().map(|&[number, size, base]| Field { number, size, base })
}

/// One message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Message<'a> {
    /// Local type `local` means this from now on.
    Defined {
        /// 0 to 15.
        local: usize,
        /// What it means.
        definition: Definition<'a>,
    },
    /// Data of a local type.
    Data {
        /// 0 to 15.
        local: usize,
        /// Exactly the bytes that its definition declares.
        body: &'a [u8],
        /// The low five bits of the time, where the header carries them.
        low_time: Option<u8>,
    },
}

/// Where and why the messages cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    /// Byte of the message's beginning, from the beginning of the file.
    pub(super) byte: usize,
    /// What is wrong.
    pub(super) cause: Cause,
}

/// What ends the reading of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The bytes end inside a message.
    Cut,
    /// Data of a local type that was not defined: its length is not known.
    Undefined(usize),
}

/// Where the time lies in a data message.
#[derive(Debug, Clone, Copy)]
struct Stamp {
    at: usize,
    big_endian: bool,
}

/// Walks through the messages of a part.
#[derive(Debug, Clone)]
pub(super) struct Messages<'a> {
    cursor: Cursor<'a>,
    /// Offset of the messages in the file.
    first: usize,
    /// Bytes of a data message of each local type.
    sizes: [Option<u32>; LOCAL_TYPES],
    /// Where each has its time, if it has one.
    stamps: [Option<Stamp>; LOCAL_TYPES],
}

impl<'a> Messages<'a> {
    /// The next message; `None` at the end. After a fault nothing follows, unless it is told where
    /// to go on.
    pub(super) fn next(&mut self) -> Option<Result<Message<'a>, Fault>> {
        let begin = self.cursor.at;
        let header = self.cursor.byte()?;
        let message = match header {
            0x80.. => self.data(usize::from((header >> 5) & 0x03), Some(header & 0x1F)),
            0x40.. => self.definition(header).ok_or(Cause::Cut),
            _ => self.data(usize::from(header & 0x0F), None),
        };
        Some(message.map_err(|cause| {
            self.cursor.at = self.cursor.bytes.len();
            Fault { byte: self.first.saturating_add(begin), cause }
        }))
    }

    /// Bytes of all messages.
    pub(super) fn size(&self) -> usize {
        self.cursor.bytes.len()
    }

    /// Bytes before a fault.
    pub(super) fn before(&self, fault: Fault) -> usize {
        fault.byte.saturating_sub(self.first)
    }

    /// Goes on so many bytes from the first message.
    pub(super) fn go_to(&mut self, at: usize) {
        self.cursor.at = at;
    }

    /// The same from the first message, and nothing is defined yet.
    pub(super) fn anew(&self) -> Messages<'a> {
        Messages {
            cursor: Cursor { at: 0, ..self.cursor },
            sizes: [None; LOCAL_TYPES],
            stamps: [None; LOCAL_TYPES],
            ..*self
        }
    }

    /// Whether data of a defined type or a sound definition may begin here.
    pub(super) fn may_begin_at(&self, at: usize) -> bool {
        let known = |local: u8| self.sizes.get(usize::from(local)).copied().flatten();
        match self.cursor.bytes.get(at..) {
            Some([0x40..=0x7F, 0, 0 | 1, ..]) => true,
            Some([header @ 0x80..=0xFF, ..]) => known((header >> 5) & 0x03).is_some(),
            Some([header @ 0..=0x3F, ..]) => known(header & 0x0F).is_some(),
            _ => false,
        }
    }

    /// The time in a data message.
    pub(super) fn stamp(&self, local: usize, body: &[u8]) -> Option<u32> {
        let Stamp { at, big_endian } = self.stamps.get(local).copied().flatten()?;
        let bytes = *body.get(at..)?.first_chunk()?;
        Some(if big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    /// How many messages of a local type may follow at the most, were there no others.
    pub(super) fn at_most(&self, local: usize) -> usize {
        let left = self.cursor.bytes.len().saturating_sub(self.cursor.at);
        let size = self.sizes.get(local).copied().flatten().unwrap_or(u32::MAX);
        left.checked_div((size as usize).saturating_add(1)).unwrap_or(0)
    }

    fn data(&mut self, local: usize, low_time: Option<u8>) -> Result<Message<'a>, Cause> {
        let size =
            self.sizes.get(local).copied().flatten().ok_or(Cause::Undefined(local))?;
        let body = self.cursor.take(size as usize).ok_or(Cause::Cut)?;
        Ok(Message::Data { local, body, low_time })
    }

    fn definition(&mut self, header: u8) -> Option<Message<'a>> {
        const DEVELOPER: u8 = 0x20;
        const RESERVED: u8 = 0x10;
        let local = usize::from(header & 0x0F);
        let _reserved = self.cursor.byte()?;
        let architecture = self.cursor.byte()?;
        let big_endian = architecture == 1;
        let global = self.cursor.word(big_endian)?;
        let fields = self.triples()?;
        let developer_fields =
            if header & DEVELOPER == 0 { &[] } else { self.triples()? };
        let unusual = architecture > 1 || header & RESERVED != 0;
        let definition =
            Definition { global, big_endian, unusual, fields, developer_fields };
        let sizes = definition.fields().chain(definition.developer_fields());
        // at most 510 fields of 255 bytes
        let size = sizes.fold(0_u32, |sum, field| sum.saturating_add(field.size.into()));
        *self.sizes.get_mut(local)? = Some(size);
        *self.stamps.get_mut(local)? = definition.stamp();
        Some(Message::Defined { local, definition })
    }

    fn triples(&mut self) -> Option<&'a [u8]> {
        let count = usize::from(self.cursor.byte()?);
        self.cursor.take(count.saturating_mul(3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn a_sound_part_is_walked_through() {
        let bytes = two_records().file();
        let part = Part::at(&bytes, 0).unwrap();
        assert_eq!((part.length, part.checksum), (Length::Told, Checksum::Right));
        assert_eq!(part.end, bytes.len());
        assert!(part.header.sound);
        assert_eq!(count(&bytes), (1, 2, None));
    }

    #[test]
    fn headers_of_no_known_size_are_refused() {
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
    fn every_cut_keeps_what_was_there() {
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
    fn data_before_its_definition_is_a_fault_with_its_place() {
        let mut writer = two_records();
        writer.data(5, &[0; 9]);
        let (_, data, fault) = count(&writer.file());
        assert_eq!(data, 2);
        let fault = fault.unwrap();
        assert_eq!(fault.cause, Cause::Undefined(5));
        assert_eq!(fault.byte, 14 + 12 + 12);
    }

    #[test]
    fn a_length_never_written_reads_to_the_end() {
        for stated in [0_u32, u32::MAX, 5_000_000] {
            let mut bytes = two_records().file();
            bytes[4..8].copy_from_slice(&stated.to_le_bytes());
            bytes.truncate(bytes.len() - 2);
            let part = Part::at(&bytes, 0).unwrap();
            assert_ne!(part.length, Length::Told);
            assert_eq!(count(&bytes), (1, 2, None), "{stated}");
        }
    }

    #[test]
    fn any_bytes_after_a_header_end_somewhere() {
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
