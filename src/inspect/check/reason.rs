//! Why two readers may differ: what ours does on purpose, and known faults of the references.

use std::collections::BTreeMap;

use super::Explained;

/// A written reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// FIT records of one second become one.
    SameSecond,
    /// A FIT record that tells neither when nor where.
    NoPoint,
    /// `fitparser` scales `compressed_speed_distance` wrongly.
    Compressed,
    /// A developer field fills a native one.
    DeveloperFills,
    /// A position that is none.
    NoFix,
    /// Altitude is there twice.
    Enhanced,
    /// -500 m.
    SensorZero,
    /// A FIT stamp that is no date.
    SwitchedOn,
    /// Cadence carries its fraction.
    Fraction,
    /// The file declares another type than the profile.
    WireType,
    /// The reference ends early.
    Stops,
    /// A track or part that is left out.
    LeftOut,
    /// A number that is not finite or not possible.
    NotFinite,
    /// Longitudes from 180 to 540 degrees.
    Wrapped,
    /// Times that date nothing.
    BadTime,
    /// Bytes that are damaged, behind which the two go on at different places.
    Damaged,
}

impl Reason {
    /// Stable code.
    fn code(self) -> &'static str {
        match self {
            Reason::SameSecond => "same_second",
            Reason::NoPoint => "no_point",
            Reason::Compressed => "compressed_distance",
            Reason::DeveloperFills => "developer_field",
            Reason::NoFix => "no_fix",
            Reason::Enhanced => "enhanced_altitude",
            Reason::SensorZero => "sensor_zero",
            Reason::SwitchedOn => "switched_on",
            Reason::Fraction => "fractional_cadence",
            Reason::WireType => "declared_type",
            Reason::Stops => "reference_stops",
            Reason::LeftOut => "left_out",
            Reason::NotFinite => "not_possible",
            Reason::Wrapped => "wrapped_longitude",
            Reason::BadTime => "bad_time",
            Reason::Damaged => "damaged",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Reason::SameSecond => {
                "records of one second are one here: the first value, the mean height"
            }
            Reason::NoPoint => {
                "a record without time, position, height and distance is no point here"
            }
            Reason::Compressed => {
                "fitparser scales compressed_speed_distance wrongly: counted from its bytes"
            }
            Reason::DeveloperFills => {
                "a developer field stands in for a native one that says nothing"
            }
            Reason::NoFix => {
                "0/0, off the earth or one coordinate alone is no position here"
            }
            Reason::Enhanced => "altitude is there twice: the enhanced one is read here",
            Reason::SensorZero => "-500 m, a sensor's zero, is no height here",
            Reason::SwitchedOn => {
                "a stamp below 2^28 counts from when the device was switched on"
            }
            Reason::Fraction => "cadence carries its fraction here",
            Reason::WireType => {
                "the file declares another type than the profile: the profile's is read here"
            }
            Reason::Stops => "the reference ends here, our reader goes on",
            Reason::LeftOut => {
                "a part that repeats another, or a plan beside a recording, is left out here"
            }
            Reason::NotFinite => "a value that no sensor measures is missing here",
            Reason::Wrapped => "longitudes from 180 to 540 degrees are brought back here",
            Reason::BadTime => {
                "a time far from the rest, or none at all, dates nothing here"
            }
            Reason::Damaged => "behind damaged bytes the two go on at different places",
        }
    }
}

/// How often each reason holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Reasons(BTreeMap<Reason, u64>);

impl Reasons {
    pub(super) fn count(&mut self, reason: Reason, times: u64) {
        if times > 0 {
            *self.0.entry(reason).or_default() += times;
        }
    }

    pub(super) fn told(&self) -> Vec<Explained> {
        let told = self.0.iter().map(|(reason, count)| Explained {
            code: reason.code().to_owned(),
            reason: reason.words().to_owned(),
            count: *count,
        });
        told.collect()
    }
}
