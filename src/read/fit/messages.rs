//! FIT bytes to messages: definitions and data; nothing of what they mean.
//!
//! A definition says which fields, of which size, the data messages of its local type carry; it
//! may be replaced at any time. Messages are lent one at a time; nothing is collected and no size
//! found in the file is allocated.

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
    /// Returns the fields in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + use<'a> {
        triples(self.fields)
    }

    /// Returns where the data have their time.
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

    /// Returns the developer fields in order; their bytes follow those of the fields.
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
    /// Begins at the first of these messages, which lies so many bytes into the file.
    pub(super) fn new(bytes: &'a [u8], first: usize) -> Messages<'a> {
        Messages {
            cursor: Cursor { bytes, at: 0 },
            first,
            sizes: [None; LOCAL_TYPES],
            stamps: [None; LOCAL_TYPES],
        }
    }

    /// Returns the next message; `None` at the end. After a fault nothing follows, unless it is
    /// told where to go on.
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

    /// Returns the bytes of all messages.
    pub(super) fn size(&self) -> usize {
        self.cursor.bytes.len()
    }

    /// Returns the bytes before a fault.
    pub(super) fn before(&self, fault: Fault) -> usize {
        fault.byte.saturating_sub(self.first)
    }

    /// Goes on so many bytes from the first message.
    pub(super) fn go_to(&mut self, at: usize) {
        self.cursor.at = at;
    }

    /// Returns the same from the first message, with nothing defined.
    pub(super) fn restarted(&self) -> Messages<'a> {
        Messages::new(self.cursor.bytes, self.first)
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

    /// Returns the time in a data message.
    pub(super) fn stamp(&self, local: usize, body: &[u8]) -> Option<u32> {
        let Stamp { at, big_endian } = self.stamps.get(local).copied().flatten()?;
        let bytes = *body.get(at..)?.first_chunk()?;
        Some(if big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    /// Returns how many messages of a local type may follow at the most, were there no others.
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
