//! Where a definition message puts the fields of the profile, and how each is read from there.
//!
//! A field is read by the type the FIT profile gives it, not by the type the file declares:
//! files are met that call a signed position unsigned. Where the declared size cannot hold
//! the profile's type the field is left out, and a notice says so.

use super::developer::{DeveloperField, DeveloperFields, is_foot_pod};
use super::messages::{Definition, Field};
use super::profile::{self, BaseType, ProfileField};
use crate::read::NoticeKind;
use crate::read::notice::Notices;

/// Where a field lies in a data message, and how it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldLayout {
    /// Number of the field; of a developer field, of the native field it stands for.
    pub(super) number: u8,
    base_type: BaseType,
    big_endian: bool,
    /// Size in bytes.
    size: u8,
    /// First byte within the message.
    start: usize,
    scale: f64,
    offset: f64,
    /// Whether the type is the profile's, in little-endian order.
    as_profile: bool,
}

impl FieldLayout {
    /// Whether it has the profile's own type, in little-endian order.
    pub(super) fn is_as_profile(&self) -> bool {
        self.as_profile
    }

    /// Returns its first byte within the message.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Returns the value; `None` where the file says "invalid".
    #[inline]
    pub(super) fn read(&self, body: &[u8]) -> Option<f64> {
        let bytes = body.get(self.start..)?;
        let raw = match self.base_type {
            BaseType::U8 => valid(u8::from_le_bytes(*bytes.first_chunk()?), u8::MAX),
            BaseType::S8 => valid(i8::from_le_bytes(*bytes.first_chunk()?), i8::MAX),
            BaseType::U16 => valid(u16::from_le_bytes(self.ordered(bytes)?), u16::MAX),
            BaseType::S16 => valid(i16::from_le_bytes(self.ordered(bytes)?), i16::MAX),
            BaseType::U32 => valid(u32::from_le_bytes(self.ordered(bytes)?), u32::MAX),
            BaseType::S32 => valid(i32::from_le_bytes(self.ordered(bytes)?), i32::MAX),
            BaseType::F32 => Some(f64::from(f32::from_le_bytes(self.ordered(bytes)?))),
            BaseType::F64 => Some(f64::from_le_bytes(self.ordered(bytes)?)),
            BaseType::U24 => {
                let &[low, middle, high] = bytes.first_chunk()?;
                valid(u32::from_le_bytes([low, middle, high, 0]), 0x00FF_FFFF)
            }
            BaseType::Text => None,
        }?;
        raw.is_finite().then_some(raw / self.scale - self.offset)
    }

    #[inline]
    fn ordered<const N: usize>(&self, bytes: &[u8]) -> Option<[u8; N]> {
        let mut value = *bytes.first_chunk::<N>()?;
        if self.big_endian {
            value.reverse();
        }
        Some(value)
    }
}

/// Returns the raw number, unless it is the one by which FIT says "invalid".
#[inline]
fn valid<T: Copy + PartialEq + Into<f64>>(raw: T, invalid: T) -> Option<f64> {
    (raw != invalid).then(|| raw.into())
}

/// The message a local type stands for, and its fields that are read.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Number of the message in the profile.
    pub(super) message: u16,
    fields: Vec<FieldLayout>,
    developer_fields: Vec<FieldLayout>,
}

impl Layout {
    /// Takes on a new definition, reusing the memory of the old one.
    pub(super) fn redefine(
        &mut self,
        definition: &Definition<'_>,
        described: &DeveloperFields,
        notices: &mut Notices,
    ) {
        self.message = definition.global;
        self.fields.clear();
        self.developer_fields.clear();
        let known = profile::fields_of(definition.global);
        let mut start = 0_usize;
        for declared in definition.fields() {
            if let Some(field) = known.iter().find(|f| f.number == declared.number) {
                self.add(field, declared, start, definition.big_endian, notices);
            }
            start = start.saturating_add(declared.size.into());
        }
        for declared in definition.developer_fields() {
            let found = described.get(&(declared.base, declared.number));
            match usable(found, declared) {
                // what a foot pod takes for power is no work of a crank
                Ok(Some((field, _)))
                    if field.native == Some(profile::record::POWER)
                        && is_foot_pod(described, declared.base) => {}
                Ok(Some((field, base_type))) => {
                    let at = (start, definition.big_endian);
                    self.add_developer(field, base_type, declared.size, at);
                }
                Ok(None) => {}
                Err(fault) => notices.note(NoticeKind::BadField, || {
                    let Field { number, base: developer, .. } = declared;
                    format!("developer field {number} of developer {developer} {fault}, skipped")
                }),
            }
            start = start.saturating_add(declared.size.into());
        }
    }

    fn add(
        &mut self,
        known: &ProfileField,
        declared: Field,
        start: usize,
        big_endian: bool,
        notices: &mut Notices,
    ) {
        let message = self.message;
        let Field { number, size, base } = declared;
        let mut flaw = |what: &str| {
            notices.note(NoticeKind::BadField, || {
                format!(
                    "field {number} of message {message} (type {base:#04x}, {size} bytes) {what}"
                )
            });
        };
        if self.fields.iter().any(|field| field.number == number) {
            return flaw("is declared twice, the first is used");
        }
        let (base_type, remark) = match type_of(known.base_type, declared) {
            Ok(found) => found,
            Err(fault) => return flaw(fault),
        };
        if let Some(remark) = remark {
            flaw(remark);
        }
        // a float needs no scale: nobody stores 3500.0 for 200 m
        let is_float = matches!(base_type, BaseType::F32 | BaseType::F64);
        let (scale, offset) =
            if is_float { (1.0, 0.0) } else { (known.scale, known.offset) };
        let as_profile = base_type == known.base_type && !big_endian;
        self.fields.push(FieldLayout {
            number,
            base_type,
            big_endian,
            size,
            start,
            scale,
            offset,
            as_profile,
        });
    }

    /// Adds a developer field that stands for one of `record`; the first of each counts.
    fn add_developer(
        &mut self,
        field: &DeveloperField,
        base_type: BaseType,
        size: u8,
        (start, big_endian): (usize, bool),
    ) {
        let native = field.native.filter(|_| self.message == profile::record::MESSAGE);
        let Some(number) = native else { return };
        if self.developer_fields.iter().all(|other| other.number != number) {
            let DeveloperField { scale, offset, .. } = *field;
            self.developer_fields.push(FieldLayout {
                number,
                base_type,
                big_endian,
                size,
                start,
                scale,
                offset,
                as_profile: false,
            });
        }
    }

    /// Returns the fields that are read, in the order of the message.
    pub(super) fn fields(&self) -> &[FieldLayout] {
        &self.fields
    }

    /// Returns the developer fields that stand for a native one.
    pub(super) fn developer_fields(&self) -> &[FieldLayout] {
        &self.developer_fields
    }

    /// Returns the value of one field.
    pub(super) fn value(&self, body: &[u8], number: u8) -> Option<f64> {
        self.fields.iter().find(|field| field.number == number)?.read(body)
    }

    /// Returns the value of a field of one byte.
    pub(super) fn byte(&self, body: &[u8], number: u8) -> Option<u8> {
        u8::try_from(self.whole(body, number)?).ok()
    }

    /// Returns the value of a field that counts or names: times, numbers of products.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within u32; a float with a fraction loses it"
    )]
    pub(super) fn whole(&self, body: &[u8], number: u8) -> Option<u32> {
        let value = self.value(body, number)?;
        (0.0..=f64::from(u32::MAX)).contains(&value).then_some(value as u32)
    }

    /// Returns a text up to its end mark; bytes that are not UTF-8 are replaced.
    pub(super) fn text(
        &self,
        body: &[u8],
        number: u8,
        most_chars: usize,
    ) -> Option<String> {
        let is_text =
            |f: &&FieldLayout| f.number == number && f.base_type == BaseType::Text;
        let field = self.fields.iter().find(is_text)?;
        let end = field.start.checked_add(field.size.into())?;
        let bytes = body.get(field.start..end)?.split(|byte| *byte == 0).next()?;
        let text: String =
            String::from_utf8_lossy(bytes).chars().take(most_chars).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Returns the developer field with its type; `None` where its type is one that is not read, and
/// a fault where its description and its declaration do not fit.
fn usable(
    described: Option<&DeveloperField>,
    declared: Field,
) -> Result<Option<(&DeveloperField, BaseType)>, &'static str> {
    let Some(field) = described else { return Err("is not described") };
    if declared.size == 0 {
        return Err("has no bytes");
    }
    let Some(base_type) = BaseType::declared(field.base) else { return Ok(None) };
    if declared.size.checked_rem(base_type.bytes()) != Some(0) {
        return Err("has a size that its type cannot have");
    }
    Ok(Some((field, base_type)))
}

/// Returns the type by which a declared field is read, and a remark; or why it is skipped.
fn type_of(
    known: BaseType,
    declared: Field,
) -> Result<(BaseType, Option<&'static str>), &'static str> {
    const BYTES: u8 = 0x0D;
    let Field { size, base, .. } = declared;
    if size == 0 {
        return Err("has no bytes, skipped");
    }
    let Some(found) = BaseType::declared(base) else {
        return Err("has an unknown type, skipped");
    };
    if (known == BaseType::Text) != (found == BaseType::Text) {
        return Err("has a type that cannot be its own, skipped");
    }
    let several = |of: BaseType| size.checked_rem(of.bytes()) == Some(0);
    match found {
        BaseType::Text => Ok((BaseType::Text, None)),
        BaseType::F32 | BaseType::F64 if several(found) => {
            Ok((found, Some("is a float, read as it stands")))
        }
        _ if size == known.bytes() => {
            let endian_bit_missing =
                known.bytes() > 1 && base & 0x80 == 0 && base != BYTES;
            let remark =
                endian_bit_missing.then_some("lacks the endian bit, read all the same");
            Ok((known, remark))
        }
        _ if several(found) && found.bytes() == known.bytes() => {
            Ok((known, Some("is an array, its first value is used")))
        }
        BaseType::U8 if known == BaseType::U24 || base == BYTES => {
            Err("has a size that its type cannot have, skipped")
        }
        _ if size == found.bytes() && known != BaseType::U24 => {
            Ok((found, Some("has another width than the profile gives it")))
        }
        _ => Err("has a size that its type cannot have, skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: BaseType, base: u8, size: u8) -> Option<BaseType> {
        type_of(known, Field { number: 0, size, base }).ok().map(|(found, _)| found)
    }

    #[test]
    fn reads_fields_by_the_type_of_the_profile() {
        // positions that a real file declares unsigned
        assert_eq!(found(BaseType::S32, 0x86, 4), Some(BaseType::S32));
        assert_eq!(found(BaseType::U32, 0x06, 4), Some(BaseType::U32));
        assert_eq!(found(BaseType::U16, 0x84, 8), Some(BaseType::U16));
        assert_eq!(found(BaseType::U16, 0x86, 4), Some(BaseType::U32));
        assert_eq!(found(BaseType::U16, 0x88, 4), Some(BaseType::F32));
    }

    #[test]
    fn skips_sizes_that_a_type_cannot_have() {
        assert_eq!(found(BaseType::U16, 0x84, 1), None);
        assert_eq!(found(BaseType::U16, 0x84, 3), None);
        assert_eq!(found(BaseType::U16, 0x84, 0), None);
        assert_eq!(found(BaseType::U32, 0x86, 3), None);
        assert_eq!(found(BaseType::U32, 0x07, 4), None);
        assert_eq!(found(BaseType::U16, 0x9F, 2), None);
        assert_eq!(found(BaseType::U8, 0x3C, 1), None);
    }

    #[test]
    fn takes_sentinels_as_absent() {
        let field = |base_type, big_endian| FieldLayout {
            number: 0,
            base_type,
            big_endian,
            size: 0,
            start: 0,
            scale: 1.0,
            offset: 0.0,
            as_profile: false,
        };
        assert_eq!(field(BaseType::U8, false).read(&[0xFF]), None);
        assert_eq!(field(BaseType::S8, false).read(&[0x7F]), None);
        assert_eq!(field(BaseType::S8, false).read(&[0xFF]), Some(-1.0));
        assert_eq!(field(BaseType::U16, false).read(&[0xFF, 0xFF]), None);
        assert_eq!(field(BaseType::S32, true).read(&[0x7F, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(field(BaseType::U16, true).read(&[1, 2]), Some(258.0));
        assert_eq!(field(BaseType::U16, false).read(&[1]), None);
        assert_eq!(field(BaseType::F32, false).read(&f32::NAN.to_le_bytes()), None);
        assert_eq!(field(BaseType::F64, false).read(&f64::INFINITY.to_le_bytes()), None);
        assert_eq!(field(BaseType::U24, false).read(&[0xFF, 0xFF, 0xFF]), None);
    }
}
