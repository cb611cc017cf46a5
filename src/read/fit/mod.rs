//! FIT messages to activities: the fields we use, in one table a message.

mod sessions;
mod wire;

use crate::activity::{Activity, Header, Lap, Nature, Reported, Sample};
use crate::error::{Error, Kind, Place};
use crate::read::Reading;
use crate::read::clock::start_of;
use crate::read::limits::Limits;
use crate::read::notice::{NoticeKind, Notices};
use crate::sport;
use sessions::Session;
use wire::{Flaw, Message, Position, TIMESTAMP, Told, Type, Value};

/// 1989-12-31T00:00:00Z, from which FIT counts, in seconds since 1970.
const EPOCH_UNIX_S: f64 = 631_065_600.0;
/// Times below this are seconds since the device was switched on (FIT profile, `date_time`).
const SYSTEM_TIME: u32 = 0x1000_0000;

const U8: Type = Type::Unsigned(1);
const S8: Type = Type::Signed(1);
const U16: Type = Type::Unsigned(2);
const S16: Type = Type::Signed(2);
const U32: Type = Type::Unsigned(4);
const S32: Type = Type::Signed(4);

/// Whether this begins like a FIT file, damaged or not.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    let mark = bytes.get(8..12) == Some(b".FIT");
    let cut_off = bytes.len() < 12 && matches!(bytes.first(), Some(12 | 14));
    mark || cut_off
}

/// Reads a FIT file: chained files and sessions become activities.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    notices: Notices,
) -> Result<Reading, Error> {
    let mut fit = Fit::new(notices);
    let mut too_many = false;
    let read = wire::read(bytes, &mut |told, position| match told {
        Told::File => fit.next_file(),
        Told::Flaw(flaw) => fit.flaw(flaw, position),
        Told::Message(message) => {
            fit.last = position;
            if fit.points < limits.points {
                fit.message(message);
            } else {
                too_many = true;
            }
        }
    });
    read.map_err(|bad| {
        Error::new(Kind::Damaged, bad.cause)
            .hint("copy the file from the watch again")
            .at(Place::Binary { byte: bad.byte as u64, record: 0 })
    })?;
    if too_many {
        return Err(Error::new(
            Kind::TooLarge,
            format!("more than {} points", limits.points),
        )
        .hint("split the recording"));
    }
    fit.next_file();
    if fit.done.is_empty() {
        return Err(fit.nothing());
    }
    Ok(Reading { activities: fit.done, notices: fit.notices.into_vec() })
}

/// One chained file while it is read, and what came of the ones before it.
struct Fit {
    done: Vec<Activity>,
    notices: Notices,
    points: usize,
    last: Position,
    stopped_at: Option<(Flaw, Position)>,
    file_type: Option<i64>,
    session_without_records: bool,
    now: Activity,
    epoch_s: Option<u32>,
    created: Option<u32>,
    sessions: Vec<Session>,
    laps: Vec<Lap>,
    sport: sport::Labelled,
    compressed_distance: CompressedDistance,
    wheel: bool,
    pod: bool,
}

/// Sixteenths of a metre in twelve bits that roll over every 256 m.
#[derive(Default)]
struct CompressedDistance {
    last: Option<u16>,
    total: u64,
}

impl CompressedDistance {
    fn metres(&mut self, raw: u16) -> f64 {
        let step = raw.wrapping_sub(self.last.unwrap_or(0)) & 0x0fff;
        self.last = Some(raw);
        self.total += u64::from(step);
        self.total as f64 / 16.0
    }
}

impl Fit {
    fn new(notices: Notices) -> Fit {
        Fit {
            done: Vec::new(),
            notices,
            points: 0,
            last: Position::default(),
            stopped_at: None,
            file_type: None,
            session_without_records: false,
            now: Activity::default(),
            epoch_s: None,
            created: None,
            sessions: Vec::new(),
            laps: Vec::new(),
            sport: sport::Labelled::Unknown,
            compressed_distance: CompressedDistance::default(),
            wheel: false,
            pod: false,
        }
    }

    fn flaw(&mut self, flaw: Flaw, position: Position) {
        let (kind, words) = match flaw {
            Flaw::HeaderChecksum => {
                (NoticeKind::Checksum, "the header's checksum differs")
            }
            Flaw::Checksum => {
                (NoticeKind::Checksum, "the checksum differs: values may be off")
            }
            Flaw::ChecksumMissing => (NoticeKind::Checksum, "the checksum is missing"),
            Flaw::Short => (
                NoticeKind::Truncated,
                "shorter than its header says; what is there is used",
            ),
            Flaw::NoLength => {
                (NoticeKind::Truncated, "the header gives no length; read to the end")
            }
            Flaw::Undefined => (
                NoticeKind::Damaged,
                "data before their definition; what was before is used",
            ),
            Flaw::CutOff => (
                NoticeKind::Truncated,
                "cut off within a message; what was before is used",
            ),
            Flaw::Trailing => (NoticeKind::Trailing, "bytes after the end, left alone"),
            Flaw::NewProtocol => {
                (NoticeKind::Unusual, "a FIT protocol newer than 2, read all the same")
            }
            Flaw::Architecture => {
                (NoticeKind::Unusual, "an unknown byte order, read as little-endian")
            }
        };
        if matches!(flaw, Flaw::Undefined | Flaw::CutOff) {
            self.stopped_at = Some((flaw, position));
        }
        self.notices.note(kind, || format!("{}: {words}", place(position)));
    }

    fn message(&mut self, message: &Message<'_, '_>) {
        match message.global() {
            0 => {
                self.file_type = self.number(message, 0, U8).or(self.file_type);
                self.created = message_time(message, 4).or(self.created);
            }
            12 => {
                if let Some(sport) = self.sport_of(message, 0, 1) {
                    self.sport = sport;
                }
            }
            18 => self.session(message),
            19 => {
                if let (Some(start), Some(elapsed)) =
                    (message_time(message, 2), self.number(message, 7, U32))
                {
                    // seconds of the device until the epoch of the file is known
                    let start_s = f64::from(start);
                    let lap = Lap { start_s, end_s: start_s + elapsed as f64 / 1000.0 };
                    self.laps.push(lap);
                }
            }
            20 => self.record(message),
            21 => {
                let event = self.number(message, 0, U8);
                // timer: stop, stop_all, stop_disable, stop_disable_all
                if event == Some(0)
                    && matches!(self.number(message, 1, U8), Some(1 | 4 | 8 | 9))
                {
                    self.now.pause();
                }
            }
            23 => {
                // ANT+ device types: 121 speed and cadence, 123 speed of a bicycle; 124 foot pod
                match self.number(message, 1, U8) {
                    Some(121 | 123) => self.wheel = true,
                    Some(124) => self.pod = true,
                    _ => {}
                }
            }
            34 => {
                let local = message_time(message, 5);
                if let (Some(local), Some(utc)) = (local, message.timestamp) {
                    let offset = i64::from(local) - i64::from(utc);
                    let plausible = offset.abs() <= 15 * 3600;
                    self.now.header.utc_offset_s =
                        i32::try_from(offset).ok().filter(|_| plausible);
                }
            }
            _ => {}
        }
    }

    fn session(&mut self, message: &Message<'_, '_>) {
        let seconds = |raw: i64| raw as f64 / 1000.0;
        let session = Session {
            sport: self.sport_of(message, 5, 6),
            start: message_time(message, 2),
            reported: Reported {
                timer_s: self.number(message, 8, U32).map(seconds),
                distance_m: self.number(message, 9, U32).map(|cm| cm as f64 / 100.0),
                ascent_m: self.number(message, 22, U16).map(|m| m as f64),
                descent_m: self.number(message, 23, U16).map(|m| m as f64),
            },
        };
        self.sessions.push(session);
    }

    fn sport_of(
        &mut self,
        message: &Message<'_, '_>,
        sport: u8,
        sub: u8,
    ) -> Option<sport::Labelled> {
        let sport = u8::try_from(self.number(message, sport, U8)?).ok()?;
        let sub = self.number(message, sub, U8).and_then(|sub| u8::try_from(sub).ok());
        Some(sport::from_fit(sport, sub.unwrap_or(0)))
    }

    fn record(&mut self, message: &Message<'_, '_>) {
        let scaled = |raw: Option<i64>, scale: f64, offset: f64| {
            raw.map_or(f64::NAN, |raw| raw as f64 / scale - offset)
        };
        let mut sample = Sample::default();
        let semicircles = 180.0 / f64::from(1_u32 << 31);
        sample.latitude_deg =
            scaled(self.number(message, 0, S32), 1.0, 0.0) * semicircles;
        sample.longitude_deg =
            scaled(self.number(message, 1, S32), 1.0, 0.0) * semicircles;
        self.check_position(&mut sample);
        let height =
            self.number(message, 78, U32).or_else(|| self.number(message, 2, U16));
        if height == Some(0) {
            self.notices.note(NoticeKind::BadElevation, || {
                "a height of exactly -500 m, the sensor's zero: taken as missing"
                    .to_owned()
            });
        }
        sample.elevation_m = scaled(height.filter(|h| *h != 0), 5.0, 500.0);
        sample.distance_m = scaled(self.number(message, 5, U32), 100.0, 0.0);
        let speed =
            self.number(message, 73, U32).or_else(|| self.number(message, 6, U16));
        sample.speed_m_per_s = scaled(speed, 1000.0, 0.0);
        sample.heart_rate_bpm = scaled(self.number(message, 3, U8), 1.0, 0.0);
        let fraction = self.number(message, 53, U8).map_or(0.0, |f| f as f64 / 128.0);
        sample.cadence_per_min = scaled(self.number(message, 4, U8), 1.0, 0.0) + fraction;
        sample.power_w = scaled(self.number(message, 7, U16), 1.0, 0.0);
        sample.temperature_c = scaled(self.number(message, 13, S8), 1.0, 0.0);
        sample.stance_time_s = scaled(self.number(message, 41, U16), 10_000.0, 0.0);
        sample.grade = scaled(self.number(message, 9, S16), 10_000.0, 0.0);
        if let Some([a, b, c]) = message.raw(8).filter(|raw| *raw != [0xff; 3]) {
            let speed = u16::from(*a) | u16::from(b & 0x0f) << 8;
            let distance = u16::from(b >> 4) | u16::from(*c) << 4;
            let metres = self.compressed_distance.metres(distance);
            if sample.speed_m_per_s.is_nan() {
                sample.speed_m_per_s = f64::from(speed) / 100.0;
            }
            if sample.distance_m.is_nan() {
                sample.distance_m = metres;
            }
        }
        // what an app on the watch wrote stands in where the watch itself wrote nothing
        for (field, native) in [
            (&mut sample.heart_rate_bpm, 3),
            (&mut sample.cadence_per_min, 4),
            (&mut sample.power_w, 7),
        ] {
            if field.is_nan() {
                *field = message.developer(native).unwrap_or(f64::NAN);
            }
        }
        if sample.latitude_deg.is_nan() && sample.distance_m.is_nan() && height.is_none()
        {
            return;
        }
        if let Some(time) = message.timestamp {
            let epoch = *self.epoch_s.get_or_insert(time);
            sample.time_s = f64::from(time) - f64::from(epoch);
        } else {
            self.notices
                .note(NoticeKind::BadTime, || "a record without a time".to_owned());
        }
        self.now.push(sample);
        self.points += 1;
    }

    fn check_position(&mut self, sample: &mut Sample) {
        let (latitude, longitude) = (sample.latitude_deg, sample.longitude_deg);
        if latitude.is_nan() && longitude.is_nan() {
            return;
        }
        let nowhere = latitude == 0.0 && longitude == 0.0;
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && !nowhere {
            return;
        }
        (sample.latitude_deg, sample.longitude_deg) = (f64::NAN, f64::NAN);
        self.notices.note(NoticeKind::BadPosition, || {
            "a position that cannot be, taken as missing".to_owned()
        });
    }

    /// A field by the profile's type.
    fn number(
        &mut self,
        message: &Message<'_, '_>,
        number: u8,
        wanted: Type,
    ) -> Option<i64> {
        match message.number(number, wanted) {
            Value::Absent => None,
            Value::Unfit => {
                let global = message.global();
                self.notices.note(NoticeKind::BadField, || {
                    format!("field {number} of message {global} has a size or type that does not fit, skipped")
                });
                None
            }
            Value::Number { raw, first_of_many } => {
                if first_of_many {
                    let global = message.global();
                    self.notices.note(NoticeKind::BadField, || {
                        format!("field {number} of message {global} is a list, its first value used")
                    });
                }
                Some(raw)
            }
        }
    }

    /// Ends the chained file at hand: its sessions become activities.
    fn next_file(&mut self) {
        let mut activity = std::mem::take(&mut self.now);
        let mut sessions = std::mem::take(&mut self.sessions);
        let mut laps = std::mem::take(&mut self.laps);
        let epoch = self.epoch_s.take();
        let created = self.created.take();
        self.compressed_distance = CompressedDistance::default();
        let sport = std::mem::replace(&mut self.sport, sport::Labelled::Unknown);
        let wheel = std::mem::take(&mut self.wheel);
        let pod = std::mem::take(&mut self.pod);
        if activity.is_empty() {
            self.session_without_records |= !sessions.is_empty();
            return;
        }
        let mut start_unix_s = epoch.map(|epoch| EPOCH_UNIX_S + f64::from(epoch));
        if epoch.is_some_and(|epoch| epoch < SYSTEM_TIME) {
            start_unix_s = created
                .filter(|created| *created >= SYSTEM_TIME)
                .map(|created| EPOCH_UNIX_S + f64::from(created));
            self.notices.note(NoticeKind::BadTime, || {
                "times counted from when the device was switched on".to_owned()
            });
        }
        for lap in &mut laps {
            lap.start_s -= f64::from(epoch.unwrap_or(0));
            lap.end_s -= f64::from(epoch.unwrap_or(0));
        }
        let header = &mut activity.header;
        *header = Header {
            sport,
            start: start_unix_s.and_then(start_of),
            utc_offset_s: header.utc_offset_s,
            laps,
            ..Header::default()
        };
        if self.file_type == Some(6) {
            header.nature = Nature::Course;
            activity = activity.without_times();
        }
        sessions.sort_by_key(|session| session.start);
        let parts = sessions::split(activity, sessions, epoch);
        self.done
            .extend(parts.into_iter().map(|part| sessions::measured(part, wheel, pod)));
    }

    /// Why there is no activity.
    fn nothing(&self) -> Error {
        let what = match self.file_type {
            Some(1) => Some("a device description"),
            Some(2) => Some("settings"),
            Some(3) => Some("sport settings"),
            Some(5) => Some("a workout plan"),
            Some(7) => Some("a training schedule"),
            Some(9) => Some("weight measurements"),
            Some(10) => Some("totals"),
            Some(11) => Some("goals"),
            Some(14 | 20) => Some("blood pressure or activity summaries"),
            Some(15 | 28 | 32) => Some("daily monitoring"),
            Some(34) => Some("a segment"),
            _ => None,
        };
        let hint = "choose the file of the activity itself";
        if let Some(what) = what {
            return Error::new(
                Kind::NotAnActivity,
                format!("this FIT file holds {what}, no activity"),
            )
            .hint(hint);
        }
        if let Some((flaw, position)) = self.stopped_at {
            let cause = match flaw {
                Flaw::CutOff => "cut off before the first point",
                _ => "data before their definition, and no point before",
            };
            return Error::new(Kind::Damaged, cause)
                .hint("copy the file from the watch again")
                .at(binary(position));
        }
        let cause = if self.session_without_records {
            "a summary without records: a pool swim or a manual entry"
        } else {
            "no record with a position, a distance or a height"
        };
        Error::new(Kind::NoPoints, cause).hint(hint).at(binary(self.last))
    }
}

/// A time of the device, seconds since FIT's epoch.
fn message_time(message: &Message<'_, '_>, number: u8) -> Option<u32> {
    match message.number(number, U32) {
        Value::Number { raw, .. } => u32::try_from(raw).ok(),
        Value::Absent | Value::Unfit if number == TIMESTAMP => message.timestamp,
        Value::Absent | Value::Unfit => None,
    }
}

fn binary(position: Position) -> Place {
    Place::Binary { byte: position.byte as u64, record: position.messages }
}

fn place(position: Position) -> String {
    binary(position).to_string()
}
