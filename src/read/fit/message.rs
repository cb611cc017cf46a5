//! The fields we use, in one table, and where a definition puts them.
//!
//! A field is read by the type the FIT profile gives it, not by the type the file declares:
//! files are met that call a signed position unsigned. Where the declared size cannot hold
//! the profile's type the field is left out, and said so.

use std::collections::HashMap;

use super::direct::Direct;
use super::wire::{Definition, Field};
use crate::read::NoticeKind;
use crate::read::notice::Notices;

/// Messages we use, by the number of the FIT profile.
pub(super) mod number {
    pub(in super::super) const FILE_ID: u16 = 0;
    pub(in super::super) const SPORT: u16 = 12;
    pub(in super::super) const SESSION: u16 = 18;
    pub(in super::super) const LAP: u16 = 19;
    pub(in super::super) const RECORD: u16 = 20;
    pub(in super::super) const EVENT: u16 = 21;
    pub(in super::super) const DEVICE_INFO: u16 = 23;
    pub(in super::super) const COURSE: u16 = 31;
    pub(in super::super) const ACTIVITY: u16 = 34;
    pub(in super::super) const FIELD_DESCRIPTION: u16 = 206;
}

/// Fields we use, by the number of the FIT profile.
pub(super) mod field {
    /// Of every message.
    pub(in super::super) const TIMESTAMP: u8 = 253;

    /// Of `file_id`.
    pub(in super::super) mod file_id {
        pub(in super::super::super) const KIND: u8 = 0;
        pub(in super::super::super) const MANUFACTURER: u8 = 1;
        pub(in super::super::super) const PRODUCT: u8 = 2;
        pub(in super::super::super) const TIME_CREATED: u8 = 4;
        pub(in super::super::super) const PRODUCT_NAME: u8 = 8;
    }

    /// Of `sport`.
    pub(in super::super) mod sport {
        pub(in super::super::super) const SPORT: u8 = 0;
        pub(in super::super::super) const SUB_SPORT: u8 = 1;
        pub(in super::super::super) const NAME: u8 = 3;
    }

    /// Of `session`, and the first two of `lap`.
    pub(in super::super) mod session {
        pub(in super::super::super) const START_TIME: u8 = 2;
        pub(in super::super::super) const ELAPSED: u8 = 7;
        pub(in super::super::super) const SPORT: u8 = 5;
        pub(in super::super::super) const SUB_SPORT: u8 = 6;
        pub(in super::super::super) const TIMER: u8 = 8;
        pub(in super::super::super) const DISTANCE: u8 = 9;
        pub(in super::super::super) const ASCENT: u8 = 22;
        pub(in super::super::super) const DESCENT: u8 = 23;
    }

    /// Of `record`.
    pub(in super::super) mod record {
        pub(in super::super::super) const LATITUDE: u8 = 0;
        pub(in super::super::super) const LONGITUDE: u8 = 1;
        pub(in super::super::super) const ALTITUDE: u8 = 2;
        pub(in super::super::super) const HEART_RATE: u8 = 3;
        pub(in super::super::super) const CADENCE: u8 = 4;
        pub(in super::super::super) const DISTANCE: u8 = 5;
        pub(in super::super::super) const SPEED: u8 = 6;
        pub(in super::super::super) const POWER: u8 = 7;
        pub(in super::super::super) const COMPRESSED_SPEED_DISTANCE: u8 = 8;
        pub(in super::super::super) const GRADE: u8 = 9;
        pub(in super::super::super) const TEMPERATURE: u8 = 13;
        pub(in super::super::super) const STANCE_TIME: u8 = 41;
        pub(in super::super::super) const FRACTIONAL_CADENCE: u8 = 53;
        pub(in super::super::super) const ENHANCED_SPEED: u8 = 73;
        pub(in super::super::super) const ENHANCED_ALTITUDE: u8 = 78;
    }

    /// Of `event`.
    pub(in super::super) mod event {
        pub(in super::super::super) const EVENT: u8 = 0;
        pub(in super::super::super) const KIND: u8 = 1;
    }

    /// Of `device_info`.
    pub(in super::super) mod device {
        pub(in super::super::super) const KIND: u8 = 1;
        pub(in super::super::super) const SOURCE: u8 = 25;
    }

    /// Of `course`.
    pub(in super::super) mod course {
        pub(in super::super::super) const SPORT: u8 = 4;
        pub(in super::super::super) const NAME: u8 = 5;
    }

    /// Of `activity`.
    pub(in super::super) mod activity {
        pub(in super::super::super) const LOCAL_TIMESTAMP: u8 = 5;
    }

    /// Of `field_description`.
    pub(in super::super) mod description {
        pub(in super::super::super) const DEVELOPER: u8 = 0;
        pub(in super::super::super) const NUMBER: u8 = 1;
        pub(in super::super::super) const BASE: u8 = 2;
        pub(in super::super::super) const SCALE: u8 = 6;
        pub(in super::super::super) const OFFSET: u8 = 7;
        pub(in super::super::super) const NATIVE_MESSAGE: u8 = 14;
        pub(in super::super::super) const NATIVE_FIELD: u8 = 15;
    }
}

/// How bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    U8,
    S8,
    U16,
    S16,
    U32,
    S32,
    F32,
    F64,
    /// Three bytes as one number, little-endian.
    Three,
    Text,
}

impl Form {
    fn bytes(self) -> u8 {
        match self {
            Form::U8 | Form::S8 | Form::Text => 1,
            Form::U16 | Form::S16 => 2,
            Form::Three => 3,
            Form::U32 | Form::S32 | Form::F32 => 4,
            Form::F64 => 8,
        }
    }

    /// The form of a base type; the bit that says "more than one byte" may be missing.
    fn of_base(base: u8) -> Option<Form> {
        if base & 0x60 != 0 {
            return None;
        }
        Some(match base & 0x1F {
            0 | 2 | 10 | 13 => Form::U8,
            1 => Form::S8,
            3 => Form::S16,
            4 | 11 => Form::U16,
            5 => Form::S32,
            6 | 12 => Form::U32,
            7 => Form::Text,
            8 => Form::F32,
            9 => Form::F64,
            _ => return None,
        })
    }
}

/// A field we use: its number, its type in the profile, and value = raw / scale - offset.
struct Wanted {
    number: u8,
    form: Form,
    scale: f64,
    offset: f64,
}

const fn plain(number: u8, form: Form) -> Wanted {
    scaled(number, form, 1.0, 0.0)
}

const fn scaled(number: u8, form: Form, scale: f64, offset: f64) -> Wanted {
    Wanted { number, form, scale, offset }
}

/// 2^31 semicircles are 180 degrees.
pub(super) const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;

const TIMESTAMP: Wanted = plain(field::TIMESTAMP, Form::U32);

/// The table. Source: FIT profile 21 (the types, scales and offsets of `Profile.xlsx`).
/// Every message may carry a time, and compressed times count from the last one.
fn wanted(message: u16) -> &'static [Wanted] {
    use field::{activity, course, description, device, event, file_id, record, session};
    match message {
        number::FILE_ID => {
            const {
                &[
                    plain(file_id::KIND, Form::U8),
                    plain(file_id::MANUFACTURER, Form::U16),
                    plain(file_id::PRODUCT, Form::U16),
                    plain(file_id::TIME_CREATED, Form::U32),
                    plain(file_id::PRODUCT_NAME, Form::Text),
                ]
            }
        }
        number::SPORT => {
            const {
                &[
                    plain(field::sport::SPORT, Form::U8),
                    plain(field::sport::SUB_SPORT, Form::U8),
                    plain(field::sport::NAME, Form::Text),
                ]
            }
        }
        number::SESSION => {
            const {
                &[
                    TIMESTAMP,
                    plain(session::START_TIME, Form::U32),
                    plain(session::SPORT, Form::U8),
                    plain(session::SUB_SPORT, Form::U8),
                    scaled(session::ELAPSED, Form::U32, 1000.0, 0.0),
                    scaled(session::TIMER, Form::U32, 1000.0, 0.0),
                    scaled(session::DISTANCE, Form::U32, 100.0, 0.0),
                    plain(session::ASCENT, Form::U16),
                    plain(session::DESCENT, Form::U16),
                ]
            }
        }
        number::LAP => const { &[TIMESTAMP, plain(session::START_TIME, Form::U32)] },
        number::RECORD => {
            const {
                &[
                    TIMESTAMP,
                    scaled(record::LATITUDE, Form::S32, SEMICIRCLES_PER_DEGREE, 0.0),
                    scaled(record::LONGITUDE, Form::S32, SEMICIRCLES_PER_DEGREE, 0.0),
                    scaled(record::ALTITUDE, Form::U16, 5.0, 500.0),
                    plain(record::HEART_RATE, Form::U8),
                    plain(record::CADENCE, Form::U8),
                    scaled(record::DISTANCE, Form::U32, 100.0, 0.0),
                    scaled(record::SPEED, Form::U16, 1000.0, 0.0),
                    plain(record::POWER, Form::U16),
                    plain(record::COMPRESSED_SPEED_DISTANCE, Form::Three),
                    scaled(record::GRADE, Form::S16, 100.0, 0.0),
                    plain(record::TEMPERATURE, Form::S8),
                    scaled(record::STANCE_TIME, Form::U16, 10.0, 0.0),
                    scaled(record::FRACTIONAL_CADENCE, Form::U8, 128.0, 0.0),
                    scaled(record::ENHANCED_SPEED, Form::U32, 1000.0, 0.0),
                    scaled(record::ENHANCED_ALTITUDE, Form::U32, 5.0, 500.0),
                ]
            }
        }
        number::EVENT => {
            const { &[TIMESTAMP, plain(event::EVENT, Form::U8), plain(event::KIND, Form::U8)] }
        }
        number::DEVICE_INFO => {
            const {
                &[
                    TIMESTAMP,
                    plain(device::KIND, Form::U8),
                    plain(device::SOURCE, Form::U8),
                ]
            }
        }
        number::COURSE => {
            const { &[plain(course::SPORT, Form::U8), plain(course::NAME, Form::Text)] }
        }
        number::ACTIVITY => {
            const { &[TIMESTAMP, plain(activity::LOCAL_TIMESTAMP, Form::U32)] }
        }
        number::FIELD_DESCRIPTION => {
            const {
                &[
                    plain(description::DEVELOPER, Form::U8),
                    plain(description::NUMBER, Form::U8),
                    plain(description::BASE, Form::U8),
                    plain(description::SCALE, Form::U8),
                    plain(description::OFFSET, Form::S8),
                    plain(description::NATIVE_MESSAGE, Form::U16),
                    plain(description::NATIVE_FIELD, Form::U8),
                ]
            }
        }
        _ => const { &[TIMESTAMP] },
    }
}

/// Where a field lies in a data message, and how it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Number of the field; of a developer field, of the native field it fills.
    pub(super) number: u8,
    form: Form,
    big_endian: bool,
    /// Bytes, of a text.
    size: u8,
    at: usize,
    scale: f64,
    offset: f64,
    /// Whether it is read as the profile says, in little-endian order.
    plain: bool,
}

impl Slot {
    /// Whether it has the profile's own type, in little-endian order.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// Bytes from the beginning of the message.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// The value; `None` where the file says "invalid".
    #[inline]
    pub(super) fn read(&self, body: &[u8]) -> Option<f64> {
        let bytes = body.get(self.at..)?;
        let raw = match self.form {
            Form::U8 => {
                let raw = *bytes.first()?;
                (raw != u8::MAX).then(|| f64::from(raw))
            }
            Form::S8 => {
                let raw = i8::from_le_bytes(*bytes.first_chunk()?);
                (raw != i8::MAX).then(|| f64::from(raw))
            }
            Form::U16 => {
                let raw = u16::from_le_bytes(self.ordered(bytes)?);
                (raw != u16::MAX).then(|| f64::from(raw))
            }
            Form::S16 => {
                let raw = i16::from_le_bytes(self.ordered(bytes)?);
                (raw != i16::MAX).then(|| f64::from(raw))
            }
            Form::U32 => {
                let raw = u32::from_le_bytes(self.ordered(bytes)?);
                (raw != u32::MAX).then(|| f64::from(raw))
            }
            Form::S32 => {
                let raw = i32::from_le_bytes(self.ordered(bytes)?);
                (raw != i32::MAX).then(|| f64::from(raw))
            }
            Form::F32 => Some(f64::from(f32::from_le_bytes(self.ordered(bytes)?))),
            Form::F64 => Some(f64::from_le_bytes(self.ordered(bytes)?)),
            Form::Three => {
                let &[low, middle, high] = bytes.first_chunk()?;
                let raw = u32::from_le_bytes([low, middle, high, 0]);
                (raw != 0x00FF_FFFF).then(|| f64::from(raw))
            }
            Form::Text => None,
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

/// A developer field as the file describes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Described {
    base: u8,
    scale: f64,
    offset: f64,
    /// The field of `record` that it stands for.
    native: Option<u8>,
}

/// The developer fields of a part, by developer and number.
pub(super) type Descriptions = HashMap<(u8, u8), Described>;

/// Takes down a `field_description` message.
pub(super) fn describe(
    layout: &Layout,
    body: &[u8],
    described: &mut Descriptions,
    notices: &mut Notices,
) {
    use field::{description, record};
    let (Some(developer), Some(number), Some(base)) = (
        layout.byte(body, description::DEVELOPER),
        layout.byte(body, description::NUMBER),
        layout.byte(body, description::BASE),
    ) else {
        return;
    };
    if Form::of_base(base).is_none() && !(0x8E..=0x90).contains(&base) {
        notices.note(NoticeKind::BadField, || {
            format!("a developer field of unknown type {base:#04x}, skipped")
        });
    }
    let of_record = layout.value(body, description::NATIVE_MESSAGE)
        == Some(f64::from(number::RECORD));
    let native = layout.byte(body, description::NATIVE_FIELD).filter(|native| {
        of_record
            && matches!(*native, record::HEART_RATE | record::CADENCE | record::POWER)
    });
    let scale = layout.value(body, description::SCALE).filter(|scale| *scale > 0.0);
    let offset = layout.value(body, description::OFFSET);
    described.insert(
        (developer, number),
        Described {
            base,
            scale: scale.unwrap_or(1.0),
            offset: offset.unwrap_or(0.0),
            native,
        },
    );
}

/// What a local type means: the message, and its fields that we use.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Number of the message.
    pub(super) message: u16,
    slots: Vec<Slot>,
    developer_slots: Vec<Slot>,
    /// Of a `record` that nothing needs to be asked of.
    direct: Option<Direct>,
}

impl Layout {
    /// Takes on a new definition, keeping the room of the old one.
    pub(super) fn redefine(
        &mut self,
        definition: &Definition<'_>,
        described: &Descriptions,
        notices: &mut Notices,
    ) {
        self.message = definition.global;
        self.slots.clear();
        self.developer_slots.clear();
        let table = wanted(definition.global);
        let mut at = 0_usize;
        for declared in definition.fields() {
            if let Some(wanted) = table.iter().find(|w| w.number == declared.number) {
                self.place(wanted, declared, at, definition.big_endian, notices);
            }
            at = at.saturating_add(declared.size.into());
        }
        for declared in definition.developer_fields() {
            self.place_developer(declared, at, definition.big_endian, described, notices);
            at = at.saturating_add(declared.size.into());
        }
        let is_record = self.message == number::RECORD && self.developer_slots.is_empty();
        self.direct = is_record.then(|| Direct::of(&self.slots)).flatten();
    }

    fn place(
        &mut self,
        wanted: &Wanted,
        declared: Field,
        at: usize,
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
        if self.slots.iter().any(|slot| slot.number == number) {
            return flaw("is declared twice, the first is used");
        }
        let (form, said) = match form_of(wanted.form, declared) {
            Ok(found) => found,
            Err(why) => return flaw(why),
        };
        if let Some(said) = said {
            flaw(said);
        }
        // a float needs no scale: nobody stores 3500.0 for 200 m
        let is_float = matches!(form, Form::F32 | Form::F64);
        let (scale, offset) =
            if is_float { (1.0, 0.0) } else { (wanted.scale, wanted.offset) };
        let plain = form == wanted.form && !big_endian;
        self.slots.push(Slot {
            number,
            form,
            big_endian,
            size,
            at,
            scale,
            offset,
            plain,
        });
    }

    fn place_developer(
        &mut self,
        declared: Field,
        at: usize,
        big_endian: bool,
        described: &Descriptions,
        notices: &mut Notices,
    ) {
        let Field { number, size, base: developer } = declared;
        let mut flaw = |what: &str| {
            notices.note(NoticeKind::BadField, || {
                format!(
                    "developer field {number} of developer {developer} {what}, skipped"
                )
            });
        };
        let Some(meaning) = described.get(&(developer, number)) else {
            return flaw("is not described");
        };
        if size == 0 {
            return flaw("has no bytes");
        }
        let Some(form) = Form::of_base(meaning.base) else { return };
        if size.checked_rem(form.bytes()) != Some(0) {
            return flaw("has a size that its type cannot have");
        }
        let Some(native) = meaning.native.filter(|_| self.message == number::RECORD)
        else {
            return;
        };
        let Described { scale, offset, .. } = *meaning;
        if !self.developer_slots.iter().any(|slot| slot.number == native) {
            self.developer_slots.push(Slot {
                number: native,
                form,
                big_endian,
                size,
                at,
                scale,
                offset,
                plain: false,
            });
        }
    }

    /// Where the fields of a `record` lie, if each is as the profile has it.
    pub(super) fn direct(&self) -> Option<&Direct> {
        self.direct.as_ref()
    }

    /// The fields we use that are there, in the order of the file.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Developer fields that stand for a native one.
    pub(super) fn developer_slots(&self) -> &[Slot] {
        &self.developer_slots
    }

    /// The value of one field.
    pub(super) fn value(&self, body: &[u8], number: u8) -> Option<f64> {
        self.slots.iter().find(|slot| slot.number == number)?.read(body)
    }

    /// The value of a field of one byte.
    pub(super) fn byte(&self, body: &[u8], number: u8) -> Option<u8> {
        u8::try_from(self.whole(body, number)?).ok()
    }

    /// The value of a field that counts or names: times, numbers of products.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within u32; a float with a fraction loses it"
    )]
    pub(super) fn whole(&self, body: &[u8], number: u8) -> Option<u32> {
        let value = self.value(body, number)?;
        (0.0..=f64::from(u32::MAX)).contains(&value).then_some(value as u32)
    }

    /// A text up to its end mark; bytes that are no UTF-8 are replaced.
    pub(super) fn text(
        &self,
        body: &[u8],
        number: u8,
        most_chars: usize,
    ) -> Option<String> {
        let slot =
            self.slots.iter().find(|s| s.number == number && s.form == Form::Text)?;
        let end = slot.at.checked_add(slot.size.into())?;
        let bytes = body.get(slot.at..end)?.split(|byte| *byte == 0).next()?;
        let text: String =
            String::from_utf8_lossy(bytes).chars().take(most_chars).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// How a declared field is read, and a remark; or why it is not.
fn form_of(
    wanted: Form,
    declared: Field,
) -> Result<(Form, Option<&'static str>), &'static str> {
    const BYTES: u8 = 0x0D;
    let Field { size, base, .. } = declared;
    if size == 0 {
        return Err("has no bytes, skipped");
    }
    let Some(found) = Form::of_base(base) else {
        return Err("has an unknown type, skipped");
    };
    if (wanted == Form::Text) != (found == Form::Text) {
        return Err("has a type that cannot be its own, skipped");
    }
    let several = |form: Form| size.checked_rem(form.bytes()) == Some(0);
    match found {
        Form::Text => Ok((Form::Text, None)),
        Form::F32 | Form::F64 if several(found) => {
            Ok((found, Some("is a float, read as it stands")))
        }
        _ if size == wanted.bytes() => {
            let endian_bit_missing =
                wanted.bytes() > 1 && base & 0x80 == 0 && base != BYTES;
            let remark =
                endian_bit_missing.then_some("lacks the endian bit, read all the same");
            Ok((wanted, remark))
        }
        _ if several(found) && found.bytes() == wanted.bytes() => {
            Ok((wanted, Some("is an array, its first value is used")))
        }
        Form::U8 if wanted == Form::Three || base == BYTES => {
            Err("has a size that its type cannot have, skipped")
        }
        _ if size == found.bytes() && wanted != Form::Three => {
            Ok((found, Some("has another width than the profile gives it")))
        }
        _ => Err("has a size that its type cannot have, skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(wanted: Form, base: u8, size: u8) -> Option<Form> {
        form_of(wanted, Field { number: 0, size, base }).ok().map(|(form, _)| form)
    }

    #[test]
    fn fields_are_read_by_the_type_of_the_profile() {
        // positions that a real file declares unsigned
        assert_eq!(form(Form::S32, 0x86, 4), Some(Form::S32));
        assert_eq!(form(Form::U32, 0x06, 4), Some(Form::U32));
        assert_eq!(form(Form::U16, 0x84, 8), Some(Form::U16));
        assert_eq!(form(Form::U16, 0x86, 4), Some(Form::U32));
        assert_eq!(form(Form::U16, 0x88, 4), Some(Form::F32));
    }

    #[test]
    fn sizes_that_cannot_be_are_skipped() {
        assert_eq!(form(Form::U16, 0x84, 1), None);
        assert_eq!(form(Form::U16, 0x84, 3), None);
        assert_eq!(form(Form::U16, 0x84, 0), None);
        assert_eq!(form(Form::U32, 0x86, 3), None);
        assert_eq!(form(Form::U32, 0x07, 4), None);
        assert_eq!(form(Form::U16, 0x9F, 2), None);
        assert_eq!(form(Form::U8, 0x3C, 1), None);
    }

    #[test]
    fn sentinels_are_absent() {
        let slot = |form, big_endian| Slot {
            number: 0,
            form,
            big_endian,
            size: 0,
            at: 0,
            scale: 1.0,
            offset: 0.0,
            plain: false,
        };
        assert_eq!(slot(Form::U8, false).read(&[0xFF]), None);
        assert_eq!(slot(Form::S8, false).read(&[0x7F]), None);
        assert_eq!(slot(Form::S8, false).read(&[0xFF]), Some(-1.0));
        assert_eq!(slot(Form::U16, false).read(&[0xFF, 0xFF]), None);
        assert_eq!(slot(Form::S32, true).read(&[0x7F, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(slot(Form::U16, true).read(&[1, 2]), Some(258.0));
        assert_eq!(slot(Form::U16, false).read(&[1]), None);
        assert_eq!(slot(Form::F32, false).read(&f32::NAN.to_le_bytes()), None);
        assert_eq!(slot(Form::F64, false).read(&f64::INFINITY.to_le_bytes()), None);
        assert_eq!(slot(Form::Three, false).read(&[0xFF, 0xFF, 0xFF]), None);
    }
}
