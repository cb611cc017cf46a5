//! A FIT file as `fitparser` reads it, brought to points by our rules: each use of a rule is
//! counted as a reason.

use std::borrow::Cow;

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};

use super::guard::guarded;
use super::reason::Reason;
use super::{COLUMNS, Point, Row, Theirs, column, leave_out_impossible};
use crate::fit_names;

/// The crate, in the version that `Cargo.lock` has.
const AGAINST: [&str; 1] = ["fitparser 0.11"];
/// First instant that a stamp can name, s since 1970.
pub(super) const FIRST_DATE_UNIX_S: f64 = 631_065_600.0 + 268_435_456.0;
/// Most records that one second may hold, as in our reader.
const MOST_A_SECOND: u32 = 20;
/// Fields of all messages that are decoded. Ours: a week of records a second apart, in half a
/// minute; a made-up file may ask for thousands of millions.
const MOST_FIELDS: usize = 20_000_000;
/// Semicircles of a degree.
const DEGREES: f64 = 180.0 / 2_147_483_648.0;
/// Fields of `record` that are compared: number, base type and bytes in the profile, and the
/// column that they go into.
const RECORD: [(u8, u8, u8, usize); 11] = [
    (253, 0x86, 4, column::TIME),
    (0, 0x85, 4, column::LATITUDE),
    (1, 0x85, 4, column::LONGITUDE),
    (2, 0x84, 2, column::HEIGHT),
    (78, 0x86, 4, column::HEIGHT),
    (3, 0x02, 1, column::HEART_RATE),
    (4, 0x02, 1, column::CADENCE),
    (53, 0x02, 1, column::CADENCE),
    (5, 0x86, 4, column::DISTANCE),
    (8, 0x0D, 3, column::DISTANCE),
    (7, 0x84, 2, column::POWER),
];

/// Returns points as `fitparser` has them.
pub(super) fn read(bytes: &[u8]) -> Theirs {
    let mut theirs = Theirs::new(&AGAINST);
    let declared = Declared::of(bytes);
    theirs.odd = declared.odd;
    let mut processor = processor();
    let mut parts = Parts::new(theirs);
    let mut rest: &[u8] = &declared.bytes;
    let mut fields = 0_usize;
    while !rest.is_empty() {
        // it panics on some headers and values
        let step = guarded(|| {
            let (after, object) = processor.deserialize_next(rest)?;
            let record = match object {
                FitObject::DataMessage(message) => {
                    // also those without bytes take their time
                    fields +=
                        message.fields().len() + message.developer_fields().len() + 1;
                    Some(processor.decode_message(message)?)
                }
                FitObject::Crc(_) => {
                    processor.reset();
                    None
                }
                FitObject::Header(_) => {
                    parts.begin();
                    None
                }
                FitObject::DefinitionMessage(_) => None,
            };
            Ok::<_, fitparser::Error>((after, record))
        });
        match step {
            Some(Ok((after, record))) => {
                rest = after;
                if let Some(record) = record {
                    parts.take(&record);
                }
            }
            Some(Err(why)) => {
                parts.theirs.stopped = Some(why.to_string());
                break;
            }
            None => {
                parts.theirs.stopped = Some("fitparser panics".to_owned());
                break;
            }
        }
        if fields > MOST_FIELDS {
            parts.theirs.stopped = Some(format!("more than {MOST_FIELDS} fields"));
            break;
        }
    }
    parts.finish()
}

/// Returns a decoder that keeps what the file has, whatever its checksums say.
fn processor() -> FitStreamProcessor {
    let mut processor = FitStreamProcessor::new();
    for option in [
        DecodeOption::KeepCompositeFields,
        DecodeOption::SkipDataCrcValidation,
        DecodeOption::SkipHeaderCrcValidation,
    ] {
        processor.add_option(option);
    }
    processor
}

/// What the definitions declare: fields of another type than the profile's, and bytes on which
/// `fitparser` prints nothing.
struct Declared<'a> {
    bytes: Cow<'a, [u8]>,
    odd: [bool; COLUMNS],
}

impl<'a> Declared<'a> {
    /// Walks through the definitions as `fitparser` does: in order, and not past damage.
    fn of(bytes: &'a [u8]) -> Declared<'a> {
        let mut declared = Declared { bytes: bytes.into(), odd: [false; COLUMNS] };
        let mut at = 0;
        while let Some(end) = declared.part(at) {
            at = end;
        }
        // records of one second are told by their times: with other times all is another
        if declared.odd[column::TIME] {
            declared.odd = [true; COLUMNS];
        }
        declared
    }

    fn byte(&self, at: usize) -> Option<usize> {
        self.bytes.get(at).map(|byte| usize::from(*byte))
    }

    /// One part; where the next one begins.
    fn part(&mut self, begin: usize) -> Option<usize> {
        let header = self.byte(begin)?;
        let size = self.bytes.get(begin + 4..begin + 8)?.first_chunk::<4>()?;
        let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
        let mut at = begin.checked_add(header)?;
        let end = at.checked_add(size)?;
        let mut sizes: [Option<usize>; 16] = [None; 16];
        while at < end {
            let first = self.byte(at)?;
            at += 1;
            let local = if first & 0x80 == 0 { first & 0x0F } else { (first >> 5) & 3 };
            if first & 0xC0 != 0x40 {
                at += (*sizes.get(local)?)?;
                continue;
            }
            let mut bytes = 0;
            at = self.fields(at, first, &mut bytes)?;
            *sizes.get_mut(local)? = Some(bytes);
        }
        Some(at + 2)
    }

    /// Returns a definition behind its first byte; where it ends. `bytes` are those of its data.
    fn fields(&mut self, at: usize, first: usize, bytes: &mut usize) -> Option<usize> {
        const RECORD_MESSAGE: [usize; 2] = [20, 0];
        let big_endian = self.byte(at + 1)? == 1;
        let mut global = [self.byte(at + 2)?, self.byte(at + 3)?];
        if big_endian {
            global.reverse();
        }
        let count = self.byte(at + 4)?;
        let mut seen = Vec::new();
        for field in 0..count {
            let at = at + 5 + 3 * field;
            let [number, size, base] = *self.bytes.get(at..at + 3)?.first_chunk::<3>()?;
            *bytes += usize::from(size);
            if size % width(base) != 0 {
                // what it makes of such a field anyway, with a line on standard error
                const BYTES: u8 = 0x0D;
                *self.bytes.to_mut().get_mut(at + 2)? = BYTES;
            }
            let of_record = RECORD.iter().find(|(of, ..)| *of == number);
            if let Some((_, its_base, its_size, column)) = of_record
                && global == RECORD_MESSAGE
                && let Some(odd) = self.odd.get_mut(*column)
            {
                *odd |= (base, size) != (*its_base, *its_size) || seen.contains(&number);
            }
            seen.push(number);
        }
        let mut at = at + 5 + 3 * count;
        if first & 0x20 != 0 {
            let count = self.byte(at)?;
            for field in 0..count {
                *bytes += self.byte(at + 2 + 3 * field)?;
            }
            at += 1 + 3 * count;
        }
        Some(at)
    }
}

/// Returns bytes of a base type, as `fitparser` takes it.
fn width(base: u8) -> u8 {
    match base & 0x9F {
        0x83 | 0x84 | 0x8B => 2,
        0x85 | 0x86 | 0x88 | 0x8C => 4,
        0x89 | 0x8E..=0x90 => 8,
        _ => 1,
    }
}

/// The parts of a chained file, brought to points.
struct Parts {
    theirs: Theirs,
    /// Names of the native fields of `record`, by number.
    native: Vec<Option<String>>,
    is_course: Option<bool>,
    sixteenths: u32,
    last_sixteenths: u32,
    /// The second that is being gathered, records in it, and their heights.
    gathered: u32,
    heights: (u32, f64),
    /// Points before this part.
    first: usize,
}

impl Parts {
    fn new(theirs: Theirs) -> Parts {
        const RECORD_MESSAGE: u16 = 20;
        let named =
            |number| fit_names::field(RECORD_MESSAGE, number).map(|field| field.name);
        Parts {
            theirs,
            native: (0..=u8::MAX).map(named).collect(),
            is_course: None,
            sixteenths: 0,
            last_sixteenths: 0,
            gathered: 0,
            heights: (0, 0.0),
            first: 0,
        }
    }

    fn begin(&mut self) {
        self.is_course = None;
        (self.sixteenths, self.last_sixteenths) = (0, 0);
        self.first = self.theirs.points.len();
    }

    fn take(&mut self, record: &FitDataRecord) {
        match record.kind() {
            MesgNum::FileId if self.is_course.is_none() => {
                let kind = record.fields().iter().find(|field| field.number() == 0);
                let course = Value::String("course".to_owned());
                self.is_course = Some(kind.is_some_and(|kind| *kind.value() == course));
            }
            MesgNum::Record => self.record(record),
            _ => {}
        }
    }

    /// Returns a native field: name and number together, because a developer field may carry
    /// either.
    fn native(&self, record: &FitDataRecord, number: u8) -> f64 {
        let name = self.native.get(usize::from(number)).and_then(Option::as_deref);
        let mut fields = record.fields().iter();
        let found = fields.find(|f| f.number() == number && Some(f.name()) == name);
        found.and_then(|f| value(f.value())).unwrap_or(f64::NAN)
    }

    /// Returns the enhanced altitude: `fitparser` puts the plain one beside it, under the same
    /// name.
    fn enhanced_altitude(&self, record: &FitDataRecord) -> f64 {
        const ENHANCED_ALTITUDE: u8 = 78;
        let plain = self.native(record, 2);
        let fields = record.fields().iter().filter(|f| f.number() == ENHANCED_ALTITUDE);
        let named = fields.filter(|f| f.name() == "enhanced_altitude");
        let mut heights = named.filter_map(|f| value(f.value())).peekable();
        let first = heights.peek().copied().unwrap_or(f64::NAN);
        heights.find(|height| (height - plain).abs() > 1e-9).unwrap_or(first)
    }

    fn record(&mut self, record: &FitDataRecord) {
        let native = |number| self.native(record, number);
        let time = native(253);
        let position = [native(0), native(1)].map(degrees);
        let heights = [self.enhanced_altitude(record), native(2)];
        let sensors = [native(3), native(4), native(7)];
        let (fraction, distance) = (native(53), native(5));
        let compressed = compressed_distance(record);
        let reasons = &mut self.theirs.reasons;
        let mut note = |reason| reasons.count(reason, 1);
        let [mut latitude, mut longitude] = position;
        let alone = latitude.is_nan() != longitude.is_nan();
        let off = latitude.abs() > 90.0 || longitude.abs() > 180.0;
        if alone || off || latitude == 0.0 && longitude == 0.0 {
            note(Reason::NoFix);
            (latitude, longitude) = (f64::NAN, f64::NAN);
        }
        if (heights[0] - heights[1]).abs() > 1e-9 {
            note(Reason::Enhanced);
        }
        if heights.iter().any(|height| *height <= -500.0) {
            note(Reason::SensorZero);
        }
        let height =
            heights.into_iter().find(|height| *height > -500.0).unwrap_or(f64::NAN);
        let [heart_rate, mut cadence, power] = sensors;
        if fraction > 0.0 && !cadence.is_nan() {
            note(Reason::Fraction);
            cadence += fraction;
        }
        let mut distance = distance;
        if let Some(reading) = compressed {
            note(Reason::Compressed);
            self.sixteenths += (reading + 4096 - self.last_sixteenths) % 4096;
            self.last_sixteenths = reading;
            // whatever fitparser makes of it stands in the place of the distance
            distance = f64::from(self.sixteenths) / 16.0;
        }
        if [time, latitude, height, distance].iter().all(|v| v.is_nan()) {
            note(Reason::NoPoint);
            return;
        }
        let mut row: Row =
            [time, latitude, longitude, height, heart_rate, cadence, power, distance];
        let left_out = leave_out_impossible(&mut row);
        self.theirs.reasons.count(Reason::NotFinite, left_out);
        let developer = record.fields().iter().filter(|field| {
            let name = self.native.get(usize::from(field.number()));
            name.and_then(Option::as_deref) != Some(field.name())
        });
        let developer = developer.filter_map(|field| value(field.value())).collect();
        self.point(Point { row, developer });
    }

    /// Records of one second are one, but in a course.
    fn point(&mut self, next: Point) {
        let height = next.row[column::HEIGHT];
        let in_part = self.theirs.points.len() > self.first;
        let last = self.theirs.points.last_mut().filter(|_| in_part);
        let time = next.row[column::TIME];
        if self.is_course != Some(true)
            && self.gathered < MOST_A_SECOND
            && let Some(last) = last
            && last.row[column::TIME].to_bits() == time.to_bits()
            && !time.is_nan()
        {
            self.theirs.reasons.count(Reason::SameSecond, 1);
            self.gathered += 1;
            merge(&mut last.row, &next.row);
            last.developer.extend(next.developer);
            if !height.is_nan() {
                self.heights = (self.heights.0 + 1, self.heights.1 + height);
                last.row[column::HEIGHT] = self.heights.1 / f64::from(self.heights.0);
            }
            return;
        }
        self.gathered = 1;
        self.heights = if height.is_nan() { (0, 0.0) } else { (1, height) };
        self.theirs.points.push(next);
    }

    fn finish(self) -> Theirs {
        self.theirs
    }
}

/// What is missing is taken from the later record; a sensor's zero, too.
fn merge(into: &mut Row, from: &Row) {
    if into[column::LATITUDE].is_nan() {
        into[column::LATITUDE] = from[column::LATITUDE];
        into[column::LONGITUDE] = from[column::LONGITUDE];
    }
    for (at, (into, from)) in into.iter_mut().zip(from).enumerate() {
        let silent = match at {
            column::HEART_RATE | column::CADENCE | column::POWER => {
                into.is_nan() || *into == 0.0 && !from.is_nan()
            }
            column::DISTANCE => into.is_nan(),
            _ => false,
        };
        if silent {
            *into = *from;
        }
    }
}

/// Returns the number of a value, the first of an array.
fn value(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Timestamp(time) => {
            #[expect(clippy::cast_precision_loss, reason = "seconds stay below 2^53")]
            let seconds = time.timestamp() as f64;
            seconds
        }
        Value::Byte(v) | Value::Enum(v) | Value::UInt8(v) | Value::UInt8z(v) => {
            f64::from(*v)
        }
        Value::SInt8(v) => f64::from(*v),
        Value::UInt16(v) | Value::UInt16z(v) => f64::from(*v),
        Value::SInt16(v) => f64::from(*v),
        Value::UInt32(v) | Value::UInt32z(v) => f64::from(*v),
        Value::SInt32(v) => f64::from(*v),
        Value::Float32(v) => f64::from(*v),
        Value::Float64(v) => *v,
        Value::Array(values) => return values.first().and_then(self::value),
        _ => return None,
    })
}

/// Semicircles, also where the file calls them unsigned.
fn degrees(semicircles: f64) -> f64 {
    let wraps = if semicircles > f64::from(i32::MAX) { 4_294_967_296.0 } else { 0.0 };
    (semicircles - wraps) * DEGREES
}

/// Returns the twelve bits of distance in the three bytes.
fn compressed_distance(record: &FitDataRecord) -> Option<u32> {
    let mut fields = record.fields().iter();
    let field = fields.find(|f| f.name() == "compressed_speed_distance")?;
    let Value::Array(bytes) = field.value() else { return None };
    let [Value::Byte(low), Value::Byte(middle), Value::Byte(high)] = bytes.as_slice()
    else {
        return None;
    };
    let all = u32::from_le_bytes([*low, *middle, *high, 0]);
    (all != 0x00FF_FFFF).then_some(all >> 12)
}
