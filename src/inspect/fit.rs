//! Every message of a FIT file, by the names of the profile.

use std::collections::HashMap;

use jiff::Timestamp;

use super::developer;
use super::spread::Spread;
use super::{Application, Damaged, Device, Inspection, Kind};
use crate::fit_names::{self, Meaning};
use crate::read::raw::fit::{Event, RawField, device_name, walk};

/// Different messages, fields of all of them, devices and damaged places that are listed. Ours: a
/// watch of today writes some forty messages of five hundred fields.
const MOST_KINDS: usize = 500;
const MOST_FIELDS: usize = 5_000;
const MOST_DEVICES: usize = 30;
pub(super) const MOST_DAMAGED: usize = 50;

/// FIT counts seconds from 1989-12-31T00:00:00Z.
const EPOCH_UNIX_S: i64 = 631_065_600;
/// 2^31 semicircles are 180 degrees.
const DEGREES_PER_SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;

/// Messages that are looked into, by the number of the profile.
mod number {
    pub(super) const FILE_ID: u16 = 0;
    pub(super) const SPORT: u16 = 12;
    pub(super) const SESSION: u16 = 18;
    pub(super) const DEVICE_INFO: u16 = 23;
    pub(super) const FILE_CREATOR: u16 = 49;
    pub(super) const FIELD_DESCRIPTION: u16 = 206;
    pub(super) const DEVELOPER_DATA_ID: u16 = 207;
}

/// Returns what is written in a FIT file.
pub(super) fn listed(bytes: &[u8]) -> Inspection {
    let mut listing = Listing {
        found: Inspection::empty("FIT", bytes),
        kinds: Vec::new(),
        index: HashMap::new(),
        fields: 0,
        locals: Default::default(),
        described: HashMap::new(),
        creator_software: None,
    };
    walk(bytes, &mut |event| listing.take(event));
    listing.told()
}

/// A field, and what its values come to.
struct Column {
    number: u8,
    developer: Option<u8>,
    name: String,
    unit: String,
    meaning: Meaning,
    /// Of a developer field: its base type.
    base: Option<u8>,
    used: bool,
    spread: Spread,
}

/// A message, its fields, and where each of these stands.
struct Message {
    number: u16,
    count: u64,
    columns: Vec<Column>,
    index: HashMap<(Option<u8>, u8), usize>,
}

/// What a local type means: a message, and a column for each field of it.
#[derive(Default)]
struct Local {
    message: Option<usize>,
    number: u16,
    big_endian: bool,
    fields: Vec<(RawField, Option<usize>)>,
}

/// A developer field as the file describes it.
struct Described {
    base: u8,
    name: String,
    unit: String,
    scale: f64,
    offset: f64,
}

struct Listing {
    found: Inspection,
    kinds: Vec<Message>,
    index: HashMap<u16, usize>,
    /// Columns of all messages.
    fields: usize,
    locals: [Local; 16],
    described: HashMap<(u8, u8), Described>,
    creator_software: Option<String>,
}

impl Listing {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Part { protocol: (major, minor), profile } => {
                self.found.parts += 1;
                if self.found.parts == 1 {
                    self.found.version = Some(format!("{major}.{minor}"));
                    let profile = (profile > 0).then(|| profile_version(profile));
                    self.found.profile = profile;
                }
                self.described.clear();
            }
            Event::Defined { local, message, big_endian, fields } => {
                self.define(local, message, big_endian, fields);
            }
            Event::Data { local, body } => self.data(local, body),
            Event::Damaged { byte, cause, on } => self.damaged(byte, cause, on),
        }
    }

    fn damaged(&mut self, byte: usize, cause: String, on: Option<usize>) {
        if self.found.damaged.len() >= MOST_DAMAGED {
            self.found.more_damaged += 1;
            return;
        }
        self.found.damaged.push(Damaged {
            byte: byte as u64,
            line: None,
            cause,
            passed_bytes: on.map(|on| on.saturating_sub(byte) as u64),
        });
    }

    fn define(
        &mut self,
        local: usize,
        number: u16,
        big_endian: bool,
        fields: Vec<RawField>,
    ) {
        let message = self.message(number);
        // without bytes they hold nothing, and take time for every message
        let fields = fields.into_iter().filter(|field| field.size > 0).map(|field| {
            let column = message.and_then(|message| self.column(message, field));
            (field, column)
        });
        let fields = fields.collect();
        if let Some(place) = self.locals.get_mut(local) {
            *place = Local { message, number, big_endian, fields };
        }
    }

    /// Returns where a message stands; `None` beyond the bound.
    fn message(&mut self, number: u16) -> Option<usize> {
        if let Some(at) = self.index.get(&number) {
            return Some(*at);
        }
        if self.kinds.len() >= MOST_KINDS {
            return None;
        }
        self.kinds.push(Message {
            number,
            count: 0,
            columns: Vec::new(),
            index: HashMap::new(),
        });
        self.index.insert(number, self.kinds.len() - 1);
        Some(self.kinds.len() - 1)
    }

    /// Returns where a field stands in its message; `None` beyond the bound.
    fn column(&mut self, message: usize, field: RawField) -> Option<usize> {
        let kind = self.kinds.get_mut(message)?;
        let key = (field.developer, field.number);
        if let Some(at) = kind.index.get(&key) {
            if let Some(column) = kind.columns.get_mut(*at) {
                column.used |= field.used;
            }
            return Some(*at);
        }
        if self.fields >= MOST_FIELDS {
            return None;
        }
        self.fields += 1;
        let plain = Meaning::Number { scale: 1.0, offset: 0.0 };
        let unnamed = (format!("field {}", field.number), String::new(), plain);
        let described = field.developer.map(|d| self.described.get(&(d, field.number)));
        let (name, unit, meaning) = match described {
            Some(Some(Described { name, unit, scale, offset, .. })) => {
                let meaning = Meaning::Number { scale: *scale, offset: *offset };
                (name.clone(), unit.clone(), meaning)
            }
            Some(None) => unnamed,
            None => match fit_names::field(kind.number, field.number) {
                Some(fit_names::Field { name, unit, meaning }) => (name, unit, meaning),
                None => unnamed,
            },
        };
        kind.columns.push(Column {
            number: field.number,
            developer: field.developer,
            name,
            unit,
            meaning,
            base: described.flatten().map(|described| described.base),
            used: field.used,
            spread: Spread::default(),
        });
        kind.index.insert(key, kind.columns.len() - 1);
        Some(kind.columns.len() - 1)
    }

    fn data(&mut self, local: usize, body: &[u8]) {
        let Some(Local { message, number, big_endian, fields }) = self.locals.get(local)
        else {
            return;
        };
        let Some(kind) = message.and_then(|message| self.kinds.get_mut(message)) else {
            self.found.more_kinds += 1;
            return;
        };
        kind.count += 1;
        let mut at = 0_usize;
        for (field, column) in fields {
            let end = at.saturating_add(field.size.into());
            let bytes = body.get(at..end).unwrap_or_default();
            at = end;
            let Some(column) = column.and_then(|column| kind.columns.get_mut(column))
            else {
                continue;
            };
            let base =
                if field.developer.is_some() { column.base } else { Some(field.base) };
            let Some(base) = base else { continue };
            if base & 0x1F == TEXT {
                if let Some(text) = text(bytes) {
                    column.spread.text(&text);
                }
                continue;
            }
            numbers(base, *big_endian, bytes, |value| column.spread.number(value));
        }
        let values = Values { fields, body, big_endian: *big_endian };
        match *number {
            number::FILE_ID => file_id(&values, &mut self.found),
            number::SESSION => sport(&values, (5, 6), &mut self.found),
            number::SPORT => sport(&values, (0, 1), &mut self.found),
            number::DEVICE_INFO => device(&values, &mut self.found),
            number::FILE_CREATOR => {
                self.creator_software =
                    values.whole(0).map(|version| version.to_string());
            }
            number::DEVELOPER_DATA_ID => application(&values, &mut self.found),
            number::FIELD_DESCRIPTION => {
                if let Some((key, described)) = description(&values) {
                    self.described.insert(key, described);
                }
            }
            _ => {}
        }
    }

    fn told(mut self) -> Inspection {
        if let Some(first) = self.found.devices.first_mut() {
            first.software = first.software.take().or(self.creator_software);
        }
        let kinds = self.kinds.into_iter().filter(|message| message.count > 0);
        self.found.kinds = kinds
            .map(|message| Kind {
                name: fit_names::message(message.number)
                    .unwrap_or_else(|| format!("message {}", message.number)),
                number: Some(message.number),
                depth: 0,
                count: message.count,
                fields: message.columns.iter().map(|c| c.told(message.number)).collect(),
            })
            .collect();
        self.found
    }
}

impl Column {
    fn told(&self, message: u16) -> super::Field {
        let (mut unit, mut spread) = (self.unit.clone(), self.spread.clone());
        if let Some((low, high)) = self.spread.bounds() {
            let mut scaled = Spread::default();
            match self.meaning {
                Meaning::Number { scale, offset } => {
                    let degrees = unit == "semicircles";
                    let of = |raw: f64| {
                        if degrees {
                            raw * DEGREES_PER_SEMICIRCLE
                        } else {
                            raw / scale - offset
                        }
                    };
                    if degrees {
                        "deg".clone_into(&mut unit);
                    }
                    scaled.number(of(low));
                    scaled.number(of(high));
                }
                Meaning::Date | Meaning::LocalDate => {
                    unit.clear();
                    for raw in [low, high] {
                        scaled.text(&date(raw, self.meaning == Meaning::Date));
                    }
                }
                Meaning::Choice => self.words(message, (low, high), &mut scaled),
            }
            spread = scaled;
        }
        let mut field = spread.told(self.name.clone(), unit, self.used);
        field.count = self.spread.count();
        field.number = Some(self.number);
        field.application = self.developer;
        if self.developer.is_some() {
            field.meaning = developer::meaning(&self.name).map(str::to_owned);
        }
        field
    }

    /// The words that the smallest and the largest number stand for.
    fn words(&self, message: u16, (low, high): (f64, f64), into: &mut Spread) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "numbers of words are small and whole; others have no word"
        )]
        for raw in [low, high] {
            match fit_names::choice(message, self.number, raw as u32) {
                Some(word) => into.text(&word),
                None => into.text(&format!("{raw}")),
            }
        }
    }
}

/// 2140 is 21.40.
fn profile_version(profile: u16) -> String {
    format!("{}.{:02}", profile / 100, profile % 100)
}

/// Returns a stamp as a date; small ones count from when the device was switched on.
fn date(raw: f64, utc: bool) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a stamp has 32 bits")]
    let stamp = raw as i64;
    let instant = Timestamp::from_second(stamp.saturating_add(EPOCH_UNIX_S)).ok();
    match instant.filter(|_| stamp >= 1 << 28) {
        Some(instant) if utc => instant.to_string(),
        Some(instant) => instant.to_string().replace('Z', " local"),
        None => format!("{stamp} s"),
    }
}

/// Base type of texts.
const TEXT: u8 = 7;

/// Returns the text up to its end mark.
fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.split(|byte| *byte == 0).next()?;
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Every number of a field that is not the type's mark of "invalid". Source: FIT's base types.
fn numbers(base: u8, big_endian: bool, bytes: &[u8], mut each: impl FnMut(f64)) {
    let width = match base & 0x1F {
        0 | 1 | 2 | 10 | 13 => 1,
        3 | 4 | 11 => 2,
        5 | 6 | 8 | 12 => 4,
        9 | 14 | 15 | 16 => 8,
        _ => return,
    };
    for chunk in bytes.chunks_exact(width) {
        let mut raw = [0; 8];
        for (to, from) in raw.iter_mut().zip(chunk) {
            *to = *from;
        }
        if big_endian && let Some(raw) = raw.get_mut(..width) {
            raw.reverse();
        }
        let word = u64::from_le_bytes(raw);
        let value = match base & 0x1F {
            0 | 2 | 13 => (word != 0xFF).then(|| low(word)),
            4 => (word != 0xFFFF).then(|| low(word)),
            6 => (word != 0xFFFF_FFFF).then(|| low(word)),
            10..=12 | 16 => (word != 0).then(|| low(word)),
            15 => (word != u64::MAX).then(|| low(word)),
            1 => signed(word, 8),
            3 => signed(word, 16),
            5 => signed(word, 32),
            14 => signed(word, 64),
            8 => Some(f64::from(f32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]))),
            _ => Some(f64::from_le_bytes(raw)),
        };
        if let Some(value) = value.filter(|value| value.is_finite()) {
            each(value);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown, not computed with")]
fn low(word: u64) -> f64 {
    word as f64
}

/// Returns a number of so many bits with a sign; none where it is the largest.
#[expect(clippy::cast_precision_loss, reason = "shown, not computed with")]
fn signed(word: u64, bits: u32) -> Option<f64> {
    let value = word.wrapping_shl(64 - bits).cast_signed().wrapping_shr(64 - bits);
    let invalid = i64::MAX.wrapping_shr(64 - bits);
    (value != invalid).then_some(value as f64)
}

/// The fields of one data message, to be asked by number.
struct Values<'a> {
    fields: &'a [(RawField, Option<usize>)],
    body: &'a [u8],
    big_endian: bool,
}

impl Values<'_> {
    fn bytes(&self, number: u8) -> Option<(u8, &[u8])> {
        let mut at = 0_usize;
        for (field, _) in self.fields {
            let end = at.saturating_add(field.size.into());
            if field.developer.is_none() && field.number == number {
                return Some((field.base, self.body.get(at..end)?));
            }
            at = end;
        }
        None
    }

    fn number(&self, number: u8) -> Option<f64> {
        let (base, bytes) = self.bytes(number)?;
        let mut first = None;
        numbers(base, self.big_endian, bytes, |value| {
            first.get_or_insert(value);
        });
        first
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within u32"
    )]
    fn whole(&self, number: u8) -> Option<u32> {
        let value = self.number(number)?;
        (0.0..=f64::from(u32::MAX)).contains(&value).then_some(value as u32)
    }

    fn byte(&self, number: u8) -> Option<u8> {
        u8::try_from(self.whole(number)?).ok()
    }

    fn text(&self, number: u8) -> Option<String> {
        let (base, bytes) = self.bytes(number)?;
        if base & 0x1F == TEXT { text(bytes) } else { None }
    }
}

/// What the file says it is, and who wrote it.
fn file_id(values: &Values<'_>, found: &mut Inspection) {
    if found.holds.is_none() {
        let kind = values.whole(0);
        let word = kind.and_then(|kind| fit_names::choice(number::FILE_ID, 0, kind));
        found.holds = word.or_else(|| kind.map(|kind| format!("file type {kind}")));
    }
    let name = device_name(values.whole(1), values.whole(2), values.text(8));
    if let Some(name) = name
        && found.devices.is_empty()
    {
        found.devices.push(Device { name, software: None });
    }
}

/// A device beside the one that wrote the file: the same where it is the first by its index.
fn device(values: &Values<'_>, found: &mut Inspection) {
    const CREATOR: u32 = 0;
    let Some(name) = device_name(values.whole(2), values.whole(4), values.text(27))
    else {
        return;
    };
    let software = values.number(5).map(|version| format!("{:.2}", version / 100.0));
    if let Some(first) = found.devices.first_mut()
        && (values.whole(0) == Some(CREATOR) || first.name == name)
    {
        first.software = first.software.take().or(software);
        return;
    }
    let known = found.devices.iter().any(|device| device.name == name);
    if !known && found.devices.len() < MOST_DEVICES {
        found.devices.push(Device { name, software });
    }
}

/// A sport and what kind of it, in the words of the profile.
fn sport(values: &Values<'_>, (sport, sub_sport): (u8, u8), found: &mut Inspection) {
    let word = |field: u8, by: u8| {
        let number = values.whole(field)?;
        let word = fit_names::choice(number::SESSION, by, number);
        Some(word.unwrap_or_else(|| number.to_string()))
    };
    let Some(mut words) = word(sport, 5) else { return };
    if let Some(sub) = word(sub_sport, 6).filter(|sub| sub != "generic") {
        words = format!("{words}, {sub}");
    }
    if !found.sports.contains(&words) && found.sports.len() < MOST_DEVICES {
        found.sports.push(words);
    }
}

fn application(values: &Values<'_>, found: &mut Inspection) {
    let Some(index) = values.byte(3) else { return };
    let id = values.bytes(1).map(|(_, bytes)| bytes);
    let id = id.filter(|bytes| bytes.iter().any(|byte| !matches!(byte, 0 | 0xFF)));
    let id = id.and_then(|bytes| bytes.first_chunk::<16>());
    let id = id.map(|bytes| format!("{:032x}", u128::from_be_bytes(*bytes)));
    if !found.applications.iter().any(|known| known.index == index) {
        let name = id.as_deref().and_then(developer::application).map(str::to_owned);
        found.applications.push(Application { index, id, name });
    }
}

fn description(values: &Values<'_>) -> Option<((u8, u8), Described)> {
    let (developer, number) = (values.byte(0)?, values.byte(1)?);
    let described = Described {
        base: values.byte(2)?,
        name: values.text(3).unwrap_or_else(|| format!("field {number}")),
        unit: values.text(8).unwrap_or_default(),
        scale: values.number(6).filter(|scale| *scale > 0.0).unwrap_or(1.0),
        offset: values.number(7).unwrap_or(0.0),
    };
    Some(((developer, number), described))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(base: u8, big_endian: bool, bytes: &[u8]) -> Vec<f64> {
        let mut found = Vec::new();
        numbers(base, big_endian, bytes, |value| found.push(value));
        found
    }

    #[test]
    fn reads_every_base_type_and_skips_what_is_invalid() {
        assert_eq!(all(2, false, &[1, 255, 3]), [1.0, 3.0]);
        assert_eq!(all(1, false, &[0xFF, 0x7F, 1]), [-1.0, 1.0]);
        assert_eq!(all(0x84, true, &[1, 2, 255, 255]), [258.0]);
        assert_eq!(all(0x83, false, &[0xFE, 0xFF, 0xFF, 0x7F]), [-2.0]);
        assert_eq!(all(0x85, false, &(-7_i32).to_le_bytes()), [-7.0]);
        assert_eq!(all(0x8C, false, &[0, 0, 0, 0]), [0.0; 0]);
        assert_eq!(all(0x88, false, &2.5_f32.to_le_bytes()), [2.5]);
        assert_eq!(all(0x89, true, &(-2.5_f64).to_be_bytes()), [-2.5]);
        assert_eq!(all(0x8E, false, &i64::MAX.to_le_bytes()), [0.0; 0]);
        assert_eq!(all(0x8E, false, &(-1_i64).to_le_bytes()), [-1.0]);
        assert_eq!(all(0x9F, false, &[1]), [0.0; 0]);
        assert_eq!(all(0x86, false, &[1, 2]), [0.0; 0]);
    }
}
