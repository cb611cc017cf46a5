//! FIT bytes to messages: headers, definitions, both endiannesses, compressed timestamps,
//! checksums, chained files. It knows no field's meaning and lends one message at a time.

#![deny(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::collections::HashMap;

/// Number of the timestamp field in every message.
pub(crate) const TIMESTAMP: u8 = 253;
/// The message that describes developer fields.
const FIELD_DESCRIPTION: u16 = 206;

/// One field of a definition.
#[derive(Debug, Clone, Copy)]
struct Field {
    offset: usize,
    size: u8,
    base: u8,
}

/// A developer field that stands for a native one.
#[derive(Debug, Clone, Copy)]
struct Stand {
    native: u8,
    field: Field,
}

/// How data messages of one local type are laid out; fields are found by number at once.
#[derive(Debug)]
struct Definition {
    global: u16,
    big_endian: bool,
    size: usize,
    fields: Vec<Field>,
    /// Index into `fields` by field number, `u8::MAX` where absent.
    by_number: Box<[u8; 256]>,
    stands: Vec<Stand>,
}

/// What a wire value is read as: the profile's type, whatever the wire declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// Unsigned, of this many bytes.
    Unsigned(u8),
    /// Signed, of this many bytes.
    Signed(u8),
}

/// How a field came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    /// Not in the message, or the invalid sentinel.
    Absent,
    /// Declared with a size or type that does not fit; nothing was read.
    Unfit,
    /// The raw number; `first_of_many` where the field is an array.
    Number { raw: i64, first_of_many: bool },
}

/// One data message, lent.
pub(crate) struct Message<'d, 'b> {
    definition: &'d Definition,
    bytes: &'b [u8],
    /// Time from a compressed header, else from field 253.
    pub(crate) timestamp: Option<u32>,
}

impl Message<'_, '_> {
    /// Global message number.
    pub(crate) fn global(&self) -> u16 {
        self.definition.global
    }

    fn field(&self, number: u8) -> Option<Field> {
        let at = *self.definition.by_number.get(usize::from(number))?;
        self.definition.fields.get(usize::from(at)).copied()
    }

    /// Bytes of a field as they are.
    pub(crate) fn raw(&self, number: u8) -> Option<&[u8]> {
        let field = self.field(number)?;
        self.bytes.get(field.offset..field.offset.checked_add(usize::from(field.size))?)
    }

    /// A number by the profile's type. Smaller integers on the wire are legal.
    pub(crate) fn number(&self, number: u8, wanted: Type) -> Value {
        let Some(field) = self.field(number) else {
            return Value::Absent;
        };
        let (Type::Unsigned(full) | Type::Signed(full)) = wanted;
        let Some(element) = integer_size(field.base) else {
            return Value::Unfit;
        };
        if element > full || field.size == 0 || field.size.checked_rem(element) != Some(0)
        {
            return Value::Unfit;
        }
        let Some(unsigned) = self.integer(field.offset, element) else {
            return Value::Unfit;
        };
        let bits = u32::from(element).saturating_mul(8);
        let all = u64::MAX.checked_shr(64_u32.saturating_sub(bits)).unwrap_or(u64::MAX);
        let (raw, invalid) = match wanted {
            Type::Unsigned(_) => (i64::try_from(unsigned).unwrap_or(i64::MAX), all),
            Type::Signed(_) => {
                let shift = 64_u32.saturating_sub(bits);
                let high = unsigned.checked_shl(shift).unwrap_or(0).cast_signed();
                (high.checked_shr(shift).unwrap_or(0), all.checked_shr(1).unwrap_or(0))
            }
        };
        if unsigned == invalid {
            return Value::Absent;
        }
        Value::Number { raw, first_of_many: field.size > element }
    }

    fn integer(&self, offset: usize, size: u8) -> Option<u64> {
        let bytes = self.bytes.get(offset..offset.checked_add(usize::from(size))?)?;
        let fold =
            |value: u64, byte: &u8| value.checked_shl(8).unwrap_or(0) | u64::from(*byte);
        Some(if self.definition.big_endian {
            bytes.iter().fold(0, fold)
        } else {
            bytes.iter().rev().fold(0, fold)
        })
    }

    /// The value of a developer field that declares itself to stand for native `number`.
    pub(crate) fn developer(&self, number: u8) -> Option<f64> {
        let stand = self.definition.stands.iter().find(|s| s.native == number)?;
        let field = stand.field;
        let float = match field.base & 0x1f {
            8 if field.size == 4 => {
                let bits = u32::try_from(self.integer(field.offset, 4)?).ok()?;
                Some(f64::from(f32::from_bits(bits)))
            }
            9 if field.size == 8 => Some(f64::from_bits(self.integer(field.offset, 8)?)),
            _ => None,
        };
        if let Some(value) = float {
            return value.is_finite().then_some(value);
        }
        let size = integer_size(field.base).filter(|size| *size == field.size)?;
        let value = self.integer(field.offset, size)?;
        let bits = u32::from(size).saturating_mul(8);
        let all = u64::MAX.checked_shr(64_u32.saturating_sub(bits)).unwrap_or(u64::MAX);
        (value < all).then_some(value as f64)
    }
}

/// Bytes of an integer base type (also of encoders that leave out the endian bit); `None`
/// for strings, floats and numbers nobody knows.
fn integer_size(base: u8) -> Option<u8> {
    match base & 0x1f {
        0 | 1 | 2 | 10 | 13 => Some(1),
        3 | 4 | 11 => Some(2),
        5 | 6 | 12 => Some(4),
        14..=16 => Some(8),
        _ => None,
    }
}

/// Something that was survived, at a byte after so many data messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    HeaderChecksum,
    Checksum,
    ChecksumMissing,
    /// The file is shorter than its header says.
    Short,
    /// The header gives no length; read to the end.
    NoLength,
    /// A data message of a type that was never defined: reading stops.
    Undefined,
    /// The data end within a message.
    CutOff,
    /// Bytes after the last checksum that are no FIT file.
    Trailing,
    NewProtocol,
    Architecture,
}

/// What is told while reading.
pub(crate) enum Told<'m, 'd, 'b> {
    /// A chained file begins.
    File,
    Message(&'m Message<'d, 'b>),
    Flaw(Flaw),
}

/// Where the reader stands, for messages about faults.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) byte: usize,
    pub(crate) messages: u64,
}

/// A header that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadHeader {
    pub(crate) cause: &'static str,
    pub(crate) byte: usize,
}

struct Header {
    size: usize,
    data_size: usize,
    protocol_major: u8,
}

fn header(bytes: &[u8], at: usize) -> Result<Header, BadHeader> {
    let no = |cause| Err(BadHeader { cause, byte: at });
    let Some(size) = bytes.get(at).map(|size| usize::from(*size)) else {
        return no("the FIT header is cut off");
    };
    if size < 12 || size == 13 {
        return no("a FIT header of an impossible size");
    }
    let end = at.saturating_add(size);
    let Some(head) = bytes.get(at..end) else {
        return no("the FIT header is cut off");
    };
    match head {
        [_, protocol, _, _, a, b, c, d, b'.', b'F', b'I', b'T', ..] => Ok(Header {
            size,
            data_size: usize::try_from(u32::from_le_bytes([*a, *b, *c, *d]))
                .unwrap_or(usize::MAX),
            protocol_major: protocol >> 4,
        }),
        _ => no("not a FIT header: the mark .FIT is missing"),
    }
}

/// Reads all chained files and tells what it meets. The error is of the first header; later
/// ones are told as flaws.
pub(crate) fn read(
    bytes: &[u8],
    tell: &mut impl FnMut(Told<'_, '_, '_>, Position),
) -> Result<(), BadHeader> {
    let mut position = Position::default();
    let mut at = 0_usize;
    loop {
        let head = match header(bytes, at) {
            Ok(head) => head,
            Err(bad) if at == 0 => return Err(bad),
            Err(_) => {
                tell(Told::Flaw(Flaw::Trailing), Position { byte: at, ..position });
                return Ok(());
            }
        };
        tell(Told::File, Position { byte: at, ..position });
        if head.protocol_major > 2 {
            tell(Told::Flaw(Flaw::NewProtocol), Position { byte: at, ..position });
        }
        let data = at.saturating_add(head.size);
        let stored_head_crc = bytes.get(at.saturating_add(12)..at.saturating_add(14));
        if let (true, Some([low, high])) = (head.size >= 14, stored_head_crc) {
            let stored = u16::from_le_bytes([*low, *high]);
            let computed = crc(bytes.get(at..at.saturating_add(12)).unwrap_or_default());
            if stored != 0 && stored != computed {
                tell(Told::Flaw(Flaw::HeaderChecksum), Position { byte: at, ..position });
            }
        }
        let end = end_of_data(bytes, at, &head, position, tell);
        position.byte = data;
        let whole = messages(bytes, data..end, &mut position, tell);
        if !whole {
            return Ok(());
        }
        let after = end.saturating_add(2);
        match bytes.get(end..after) {
            Some([low, high]) => {
                let stored = u16::from_le_bytes([*low, *high]);
                if stored != crc(bytes.get(at..end).unwrap_or_default()) {
                    tell(Told::Flaw(Flaw::Checksum), Position { byte: end, ..position });
                }
            }
            _ => {
                tell(
                    Told::Flaw(Flaw::ChecksumMissing),
                    Position { byte: end, ..position },
                );
                return Ok(());
            }
        }
        at = after;
        if at >= bytes.len() {
            return Ok(());
        }
    }
}

/// Where the data end: as the header says, or at the end of the file where it cannot be so.
fn end_of_data(
    bytes: &[u8],
    at: usize,
    head: &Header,
    position: Position,
    tell: &mut impl FnMut(Told<'_, '_, '_>, Position),
) -> usize {
    let data = at.saturating_add(head.size);
    let here = Position { byte: at, ..position };
    if head.data_size == 0 {
        let next = data.saturating_add(2);
        if next >= bytes.len() || header(bytes, next).is_ok() {
            return data;
        }
        tell(Told::Flaw(Flaw::NoLength), here);
        return bytes.len();
    }
    let end = data.saturating_add(head.data_size);
    if end > bytes.len() {
        tell(Told::Flaw(Flaw::Short), here);
        return bytes.len();
    }
    end
}

/// Reads the messages of one file; false where reading had to stop.
fn messages(
    bytes: &[u8],
    data: std::ops::Range<usize>,
    position: &mut Position,
    tell: &mut impl FnMut(Told<'_, '_, '_>, Position),
) -> bool {
    let mut cursor =
        Cursor { bytes: bytes.get(..data.end).unwrap_or(bytes), at: data.start };
    let mut definitions: [Option<Definition>; 16] = std::array::from_fn(|_| None);
    let mut developers: HashMap<(u8, u8), (u8, u8)> = HashMap::new();
    let mut last_timestamp: Option<u32> = None;
    while cursor.at < cursor.bytes.len() {
        position.byte = cursor.at;
        let left = cursor.bytes.len().saturating_sub(cursor.at);
        let Some(head) = cursor.byte() else { return false };
        if head & 0xc0 == 0x40 {
            let Some((definition, odd)) =
                define(&mut cursor, head & 0x20 != 0, &developers)
            else {
                tell(Told::Flaw(Flaw::CutOff), *position);
                return false;
            };
            if odd {
                tell(Told::Flaw(Flaw::Architecture), *position);
            }
            if let Some(slot) = definitions.get_mut(usize::from(head & 0x0f)) {
                *slot = Some(definition);
            }
            continue;
        }
        let compressed = head & 0x80 != 0;
        let local = if compressed { head >> 5 & 0x03 } else { head & 0x0f };
        let Some(definition) =
            definitions.get(usize::from(local)).and_then(Option::as_ref)
        else {
            // the last bytes of a file cut short may be its checksum
            if left > 2 {
                tell(Told::Flaw(Flaw::Undefined), *position);
            }
            return false;
        };
        let Some(content) = cursor.take(definition.size) else {
            if left > 2 {
                tell(Told::Flaw(Flaw::CutOff), *position);
            }
            return false;
        };
        let mut message = Message { definition, bytes: content, timestamp: None };
        if compressed {
            // five bits that roll over every 32 s
            message.timestamp = last_timestamp.map(|last| {
                let step = u32::from(head & 0x1f).wrapping_sub(last) & 0x1f;
                last.wrapping_add(step)
            });
        } else if let Value::Number { raw, .. } =
            message.number(TIMESTAMP, Type::Unsigned(4))
        {
            message.timestamp = u32::try_from(raw).ok();
        }
        last_timestamp = message.timestamp.or(last_timestamp);
        if definition.global == FIELD_DESCRIPTION {
            describe(&message, &mut developers);
        }
        tell(Told::Message(&message), *position);
        position.messages = position.messages.saturating_add(1);
    }
    position.byte = cursor.at;
    true
}

/// Notes which developer field stands for which native field of a record.
fn describe(message: &Message<'_, '_>, developers: &mut HashMap<(u8, u8), (u8, u8)>) {
    const RECORD: i64 = 20;
    let byte = |number| match message.number(number, Type::Unsigned(1)) {
        Value::Number { raw, .. } => u8::try_from(raw).ok(),
        Value::Absent | Value::Unfit => None,
    };
    let native_message = match message.number(14, Type::Unsigned(2)) {
        Value::Number { raw, .. } => raw,
        Value::Absent | Value::Unfit => RECORD,
    };
    if let (Some(index), Some(number), Some(base), Some(native)) =
        (byte(0), byte(1), byte(2), byte(15))
        && native_message == RECORD
    {
        developers.insert((index, number), (native, base));
    }
}

/// Reads a definition; whether its architecture byte is odd beside it.
fn define(
    cursor: &mut Cursor<'_>,
    with_developer: bool,
    developers: &HashMap<(u8, u8), (u8, u8)>,
) -> Option<(Definition, bool)> {
    cursor.byte()?;
    let architecture = cursor.byte()?;
    let big_endian = architecture == 1;
    let global = [cursor.byte()?, cursor.byte()?];
    let global =
        if big_endian { u16::from_be_bytes(global) } else { u16::from_le_bytes(global) };
    let count = cursor.byte()?;
    let mut definition = Definition {
        global,
        big_endian,
        size: 0,
        fields: Vec::with_capacity(usize::from(count)),
        by_number: Box::new([u8::MAX; 256]),
        stands: Vec::new(),
    };
    for at in 0..count {
        let (number, size, base) = (cursor.byte()?, cursor.byte()?, cursor.byte()?);
        definition.fields.push(Field { offset: definition.size, size, base });
        definition.size = definition.size.saturating_add(usize::from(size));
        // of two fields with one number the first wins
        if let Some(slot) = definition.by_number.get_mut(usize::from(number))
            && *slot == u8::MAX
        {
            *slot = at;
        }
    }
    if with_developer {
        for _ in 0..cursor.byte()? {
            let (number, size, index) = (cursor.byte()?, cursor.byte()?, cursor.byte()?);
            if let Some((native, base)) = developers.get(&(index, number)) {
                let field = Field { offset: definition.size, size, base: *base };
                definition.stands.push(Stand { native: *native, field });
            }
            definition.size = definition.size.saturating_add(usize::from(size));
        }
    }
    Some((definition, architecture > 1))
}

/// Named reads that cannot run over the end.
struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }

    fn take(&mut self, size: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(size)?;
        let content = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(content)
    }
}

/// CRC-16 with the reversed polynomial 0xA001, byte by byte from a table.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 256] = table();
    bytes.iter().fold(0, |crc: u16, byte| {
        let low = crc.to_le_bytes()[0] ^ byte;
        (crc >> 8) ^ TABLE.get(usize::from(low)).copied().unwrap_or(0)
    })
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
#[expect(clippy::cast_possible_truncation, reason = "i stays below 256")]
const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xa001 } else { crc >> 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_checksum_is_crc_16_arc() {
        // the check value of CRC-16/ARC in every catalogue
        assert_eq!(crc(b"123456789"), 0xbb3d);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(mut bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = read(&bytes, &mut |_, _| {});
            if bytes.len() > 14 {
                bytes[0] = 14;
                bytes[8..12].copy_from_slice(b".FIT");
                let _ = read(&bytes, &mut |told, _| if let Told::Message(m) = told {
                    for number in 0..=255 {
                        let _ = (m.number(number, Type::Signed(4)), m.developer(number), m.raw(number));
                    }
                });
            }
        }
    }
}
