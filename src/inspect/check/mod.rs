//! The same file read by the crates that everybody in Rust uses, held against our reading value
//! by value: what agrees, what differs, and why where the reason is known.
//!
//! FIT is read by `fitparser`; positions, heights and times of GPX by `gpx`, its extensions, which
//! that crate does not read, by a plain walk with `quick-xml`; TCX by `quick-xml` and serde.
//!
//! ```
//! use hardlegs::inspect::Check;
//! use hardlegs::read::{self, Limits};
//! let file = std::fs::read("fixtures/fit/ridge.fit")?;
//! let check = Check::of(&read::bytes(&file), &file, &Limits::default());
//! assert!(!check.differs() && check.columns.iter().any(|column| column.agreed > 10_000));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compare;
mod fit;
mod gpx;
mod guard;
mod pair;
mod plain;
mod reason;
mod tcx;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::read::{Limits, Reading, raw};
use compare::Comparison;
pub use guard::is_reading;
use reason::Reasons;

/// Bytes of a file, unpacked, that reference crates are given. Ours: two days of records a second
/// apart in the wordiest style; the gpx crate takes ten times the bytes of a file.
const CHECKED_BYTES: usize = 64 << 20;

/// Time since 1970 in s, latitude, longitude, height, heart rate, cadence, power, distance; NaN
/// where there is none.
pub(super) type Row = [f64; COLUMNS];
pub(super) const COLUMNS: usize = 8;
/// Columns of a [`Row`].
mod column {
    pub(super) const TIME: usize = 0;
    pub(super) const LATITUDE: usize = 1;
    pub(super) const LONGITUDE: usize = 2;
    pub(super) const HEIGHT: usize = 3;
    pub(super) const HEART_RATE: usize = 4;
    pub(super) const CADENCE: usize = 5;
    pub(super) const POWER: usize = 6;
    pub(super) const DISTANCE: usize = 7;
}
const NAMES: [&str; COLUMNS] = [
    "time_s",
    "latitude_deg",
    "longitude_deg",
    "elevation_m",
    "heart_rate_bpm",
    "cadence_per_min",
    "power_w",
    "distance_m",
];
const EMPTY: Row = [f64::NAN; COLUMNS];

/// Our reading beside that of reference crates.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The crates, with their versions.
    pub against: Vec<String>,
    /// `agrees`; `explained`: differs, and every difference has a reason; `differs`: at least one
    /// has none; `not_compared`: there is nothing to compare with.
    pub verdict: String,
    /// Where the reference ends before the file does, or why it reads nothing.
    pub stopped: Option<String>,
    /// Points that both read.
    pub paired: u64,
    /// Points that only we read, without a reason.
    pub only_ours: u64,
    /// Points that only the reference reads, without a reason.
    pub only_theirs: u64,
    /// Values of the paired points, column by column.
    pub columns: Vec<Compared>,
    /// Why the two differ where they may.
    pub reasons: Vec<Explained>,
}

/// One column of the points that both read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// `elevation_m` and so on.
    pub name: String,
    /// Values that are the same.
    pub agreed: u64,
    /// Values that are not, without a reason.
    pub differed: u64,
    /// Values that only we have, without a reason.
    pub only_ours: u64,
    /// Values that only the reference has, without a reason.
    pub only_theirs: u64,
    /// Differences with a reason.
    pub explained: u64,
    /// The first places without a reason.
    pub first: Vec<Difference>,
}

/// A value that the two read differently.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Which of our points, from 0.
    pub point: u64,
    /// Our value.
    pub ours: Option<f64>,
    /// The reference's.
    pub theirs: Option<f64>,
}

/// A known reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// Stable.
    pub code: String,
    /// In words.
    pub reason: String,
    /// Points or values that it explains.
    pub count: u64,
}

/// What a reference reads of a file.
struct Theirs {
    against: Vec<String>,
    /// Why it ends early.
    stopped: Option<String>,
    points: Vec<Point>,
    reasons: Reasons,
    /// Columns whose values the file declares in another type than the profile.
    odd: [bool; COLUMNS],
    /// Whether points are brought together by place and time rather than by their order.
    by_place: bool,
}

/// A point of a reference.
#[derive(Debug, Clone)]
struct Point {
    row: Row,
    /// Values of developer fields, any of which may fill a native one.
    developer: Vec<f64>,
}

impl Point {
    fn new(row: Row) -> Point {
        Point { row, developer: Vec::new() }
    }
}

impl Theirs {
    fn new(against: &[&str]) -> Theirs {
        Theirs {
            against: against.iter().map(|name| (*name).to_owned()).collect(),
            stopped: None,
            points: Vec::new(),
            reasons: Reasons::default(),
            odd: [false; COLUMNS],
            by_place: false,
        }
    }

    fn stopped(against: &[&str], why: impl Into<String>) -> Theirs {
        Theirs { stopped: Some(why.into()), ..Theirs::new(against) }
    }
}

impl Check {
    /// Reads the bytes with reference crates and holds our reading against that.
    pub fn of(reading: &Result<Reading, Error>, bytes: &[u8], limits: &Limits) -> Check {
        if let Err(error) = reading
            && is_meant(error)
        {
            return Check::not_compared(&[], error.message());
        }
        let bytes = match unpacked(bytes, limits) {
            Ok(bytes) => bytes,
            Err(error) => return Check::not_compared(&[], error.message()),
        };
        if bytes.len() > CHECKED_BYTES {
            let words =
                format!("larger than the {} MiB that are checked", CHECKED_BYTES >> 20);
            return Check::not_compared(&[], words);
        }
        let theirs = if raw::is_fit(&bytes) {
            fit::read(&bytes)
        } else {
            let text = raw::decode(&bytes, &mut raw::Notices::default());
            if let Some(why) = plain::too_much(&text, limits.xml_depth) {
                return Check::not_compared(&[], why);
            }
            match plain::root(&text) {
                Some("gpx") => gpx::read(&text),
                Some("TrainingCenterDatabase" | "Activities") => tcx::read(&text),
                _ => return Check::not_compared(&[], "neither FIT, GPX nor TCX"),
            }
        };
        match reading {
            Ok(reading) => Check::held(reading, theirs),
            Err(error) => Check::unread(error, theirs),
        }
    }

    /// Returns whether something differs without a known reason.
    pub fn differs(&self) -> bool {
        let column = |c: &Compared| c.differed + c.only_ours + c.only_theirs > 0;
        self.only_ours + self.only_theirs > 0 || self.columns.iter().any(column)
    }

    fn not_compared(against: &[String], why: impl Into<String>) -> Check {
        Check {
            against: against.to_vec(),
            verdict: "not_compared".to_owned(),
            stopped: Some(why.into()),
            paired: 0,
            only_ours: 0,
            only_theirs: 0,
            columns: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// Returns what we do not read. Where the reference ends early it refuses the file, too,
    /// and what a lax walk makes of it is no point that we miss.
    fn unread(error: &Error, theirs: Theirs) -> Check {
        let Theirs { against, stopped, points, .. } = theirs;
        if points.is_empty() || stopped.is_some() {
            let why = stopped.unwrap_or_else(|| "neither reads a point".to_owned());
            return Check::not_compared(&against, why);
        }
        let mut check = Check::not_compared(&against, error.message());
        check.only_theirs = points.len() as u64;
        check.judge();
        check
    }

    fn held(reading: &Reading, theirs: Theirs) -> Check {
        if theirs.points.is_empty() {
            let why = theirs
                .stopped
                .unwrap_or_else(|| "the reference reads no point".to_owned());
            return Check::not_compared(&theirs.against, why);
        }
        let against = theirs.against.clone();
        let stopped = theirs.stopped.clone();
        let ours = Ours::of(&reading.activities);
        let done = Comparison::of(reading, &ours, theirs);
        let mut check = Check {
            against,
            verdict: String::new(),
            stopped,
            paired: done.paired,
            only_ours: done.only_ours,
            only_theirs: done.only_theirs,
            columns: done.columns,
            reasons: done.reasons.told(),
        };
        check.judge();
        check
    }

    fn judge(&mut self) {
        let verdict = if self.differs() {
            "differs"
        } else if self.reasons.is_empty() {
            "agrees"
        } else {
            "explained"
        };
        verdict.clone_into(&mut self.verdict);
    }
}

/// Returns whether we refuse on purpose what a reference reads: bounds, entities, what is no
/// activity.
fn is_meant(error: &Error) -> bool {
    matches!(error.kind(), Kind::TooLarge | Kind::NotAnActivity)
        || [
            "entity",
            "nested too deeply",
            "is too long",
            "too many attributes",
            "a FIT header of",
        ]
        .iter()
        .any(|words| error.message().contains(words))
}

/// Leaves out of a reference's point what our reader believes of no sensor; how many values.
fn leave_out_impossible(row: &mut Row) -> u64 {
    const SENSOR_MAX: f64 = 1e6;
    const POWER_W: std::ops::RangeInclusive<f64> = 0.0..=3_000.0;
    let mut left_out = 0;
    for (at, value) in row.iter_mut().enumerate().filter(|(_, value)| !value.is_nan()) {
        let possible = match at {
            column::HEIGHT => value.is_finite(),
            column::HEART_RATE | column::CADENCE => value.abs() <= SENSOR_MAX,
            column::POWER => POWER_W.contains(value),
            _ => true,
        };
        if !possible {
            *value = f64::NAN;
            left_out += 1;
        }
    }
    left_out
}

/// Returns the document itself.
fn unpacked<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, [u8]>, Error> {
    if !raw::is_gzip(bytes) {
        return Ok(bytes.into());
    }
    Ok(raw::inflate(bytes, limits, &mut raw::Notices::default())?.into())
}

/// Our points, activity after activity.
#[derive(Default)]
struct Ours {
    rows: Vec<Row>,
    /// Of each point of an activity that has no date, which activity: its times count from the
    /// first point.
    undated: Vec<Option<usize>>,
}

impl Ours {
    fn of(activities: &[Activity]) -> Ours {
        let mut ours = Ours::default();
        for (number, activity) in activities.iter().enumerate() {
            let start = activity.header.start;
            #[expect(clippy::cast_precision_loss, reason = "a microsecond is compared")]
            let start_s = start.map_or(0.0, |start| start.as_nanosecond() as f64 / 1e9);
            for at in 0..activity.len() {
                let s = activity.sample(at);
                ours.undated.push(start.is_none().then_some(number));
                ours.rows.push([
                    start_s + s.time_s,
                    s.latitude_deg,
                    s.longitude_deg,
                    s.elevation_m,
                    s.heart_rate_bpm,
                    s.cadence_per_min,
                    s.power_w,
                    s.distance_m,
                ]);
            }
        }
        ours
    }
}
