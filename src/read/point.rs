//! What GPX and TCX both know of one point: positions and the names of sensors.

use std::ops::RangeInclusive;

use crate::activity::Sample;
use crate::error::{Error, Kind};

use super::number::number;

/// Greatest sensor value that is believed: a column of sensors is single precision.
pub(crate) const SENSOR_MAX: f64 = 1e6;

/// Power that is believed, W. Ours: the strongest sprinters on a track peak near 2500 W.
pub(crate) const POWER_W: RangeInclusive<f64> = 0.0..=3_000.0;

/// Why a point has no usable position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Latitude or longitude is absent or empty.
    Missing,
    /// Not a number.
    Unreadable,
    /// A number if its comma were a point.
    Comma,
    /// A number, but beyond 90 degrees.
    Latitude,
    /// A number, but beyond 540 degrees.
    Longitude,
    /// Exactly 0, 0: what devices write while they have no fix.
    NoFix,
}

impl Fault {
    /// The words of a notice.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Fault::Missing => "latitude or longitude is missing, point left out",
            Fault::Unreadable => "latitude or longitude is not a number, point left out",
            Fault::Comma => "latitude or longitude has a decimal comma, point left out",
            Fault::Latitude => "latitude beyond 90 degrees, point left out",
            Fault::Longitude => "longitude beyond 180 degrees, point left out",
            Fault::NoFix => "position 0, 0 means no fix, point left out",
        }
    }
}

/// A position that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Position {
    /// Degrees north, -90..=90.
    pub(crate) latitude_deg: f64,
    /// Degrees east, -180..=180.
    pub(crate) longitude_deg: f64,
    /// The file counts longitudes from 180 to 540 degrees; brought back.
    pub(crate) wrapped: bool,
}

/// Judges the two texts of a position.
pub(crate) fn position(
    latitude: Option<&[u8]>,
    longitude: Option<&[u8]>,
) -> Result<Position, Fault> {
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        return Err(Fault::Missing);
    };
    let (Some(latitude_deg), Some(longitude_deg)) = (number(latitude), number(longitude))
    else {
        return Err(unreadable(latitude, longitude));
    };
    if latitude_deg.abs() > 90.0 {
        return Err(Fault::Latitude);
    }
    if latitude_deg == 0.0 && longitude_deg == 0.0 {
        return Err(Fault::NoFix);
    }
    if longitude_deg.abs() <= 180.0 {
        return Ok(Position { latitude_deg, longitude_deg, wrapped: false });
    }
    if (180.0..=540.0).contains(&longitude_deg) {
        return Ok(Position {
            latitude_deg,
            longitude_deg: longitude_deg - 360.0,
            wrapped: true,
        });
    }
    Err(Fault::Longitude)
}

fn unreadable(latitude: &[u8], longitude: &[u8]) -> Fault {
    if latitude.trim_ascii().is_empty() || longitude.trim_ascii().is_empty() {
        return Fault::Missing;
    }
    let with_point = |text: &[u8]| {
        let mut text = text.to_owned();
        if let Some(comma) = text.iter_mut().find(|byte| **byte == b',') {
            *comma = b'.';
        }
        number(&text).is_some()
    };
    if with_point(latitude) && with_point(longitude) {
        Fault::Comma
    } else {
        Fault::Unreadable
    }
}

/// How many points had which fault: asked only when none was left.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    all: u64,
    commas: u64,
    latitudes: u64,
    no_fix: u64,
}

impl Faults {
    /// Counts one.
    pub(crate) fn count(&mut self, fault: Fault) {
        self.all += 1;
        match fault {
            Fault::Comma => self.commas += 1,
            Fault::Latitude => self.latitudes += 1,
            Fault::NoFix => self.no_fix += 1,
            _ => {}
        }
    }

    /// Whether any point was refused.
    pub(crate) fn any(self) -> bool {
        self.all > 0
    }

    /// The error of a file whose every point was refused.
    pub(crate) fn error(self) -> Error {
        let error = Error::new(
            Kind::NoPoints,
            format!("none of the {} points has a usable position", self.all),
        );
        if self.latitudes == self.all {
            error.hint("every latitude is beyond 90 degrees: are latitude and longitude swapped?")
        } else if self.commas == self.all {
            error.hint("numbers are written with a decimal comma; export them with a decimal point")
        } else if self.no_fix == self.all {
            error.hint("every position is 0, 0: the receiver had no fix; indoors, export FIT or TCX with the distance")
        } else {
            error.hint("export the activity again")
        }
    }
}

/// A sensor value beside position, height and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sensor {
    /// 1/min.
    HeartRate,
    /// 1/min.
    Cadence,
    /// W.
    Power,
    /// Degrees Celsius.
    Temperature,
    /// m/s.
    Speed,
    /// m since the start.
    Distance,
}

/// Local names of sensor elements as Garmin, Cluetrust, Strava, Suunto, Polar and others
/// write them, lower case; those of so many bytes.
fn sensors(name_bytes: usize) -> &'static [(&'static str, Sensor)] {
    match name_bytes {
        2 => &[("hr", Sensor::HeartRate)],
        3 => &[("cad", Sensor::Cadence)],
        4 => &[("temp", Sensor::Temperature)],
        5 => &[
            ("power", Sensor::Power),
            ("atemp", Sensor::Temperature),
            ("speed", Sensor::Speed),
            ("watts", Sensor::Power),
        ],
        7 => &[("cadence", Sensor::Cadence)],
        8 => &[("distance", Sensor::Distance)],
        9 => &[("heartrate", Sensor::HeartRate)],
        10 => &[("heart_rate", Sensor::HeartRate), ("runcadence", Sensor::Cadence)],
        11 => &[("temperature", Sensor::Temperature)],
        12 => &[("powerinwatts", Sensor::Power)],
        _ => &[],
    }
}

impl Sensor {
    /// The sensor of a local name, case ignored.
    pub(crate) fn named(name: &str) -> Option<Sensor> {
        let mut known = sensors(name.len()).iter();
        // nearly all are written in small letters
        let as_written = known.clone().find(|(known, _)| *known == name);
        as_written
            .or_else(|| known.find(|(known, _)| known.eq_ignore_ascii_case(name)))
            .map(|(_, s)| *s)
    }

    /// Where its value goes.
    pub(crate) fn slot(self, sample: &mut Sample) -> &mut f64 {
        match self {
            Sensor::HeartRate => &mut sample.heart_rate_bpm,
            Sensor::Cadence => &mut sample.cadence_per_min,
            Sensor::Power => &mut sample.power_w,
            Sensor::Temperature => &mut sample.temperature_c,
            Sensor::Speed => &mut sample.speed_m_per_s,
            Sensor::Distance => &mut sample.distance_m,
        }
    }

    /// Whether it measures somebody who moves: zero says little.
    fn is_of_a_body(self) -> bool {
        matches!(self, Sensor::HeartRate | Sensor::Cadence | Sensor::Power)
    }

    fn believes(self, value: f64) -> bool {
        match self {
            Sensor::Distance => true,
            Sensor::Power => POWER_W.contains(&value),
            _ => value.abs() <= SENSOR_MAX,
        }
    }

    /// Puts a text into its slot unless the slot is taken; `false` where it is no number.
    /// An empty element says nothing and is no fault.
    pub(crate) fn take(self, text: &[u8], sample: &mut Sample) -> bool {
        match number(text) {
            Some(value) if self.believes(value) => {
                let slot = self.slot(sample);
                // a zero beside another value of the same sensor is a field nobody filled
                let unfilled = *slot == 0.0 && self.is_of_a_body();
                if slot.is_nan() || unfilled {
                    *slot = value;
                }
                true
            }
            Some(_) => false,
            None => text.trim_ascii().is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let fault =
            |lat, lon| position(Some(str::as_bytes(lat)), Some(str::as_bytes(lon))).err();
        assert_eq!(position(None, Some(b"1")), Err(Fault::Missing));
        assert_eq!(fault("", "1"), Some(Fault::Missing));
        assert_eq!(fault("x", "1"), Some(Fault::Unreadable));
        assert_eq!(fault("47,5", "11"), Some(Fault::Comma));
        assert_eq!(fault("90.001", "11"), Some(Fault::Latitude));
        assert_eq!(fault("9", "541"), Some(Fault::Longitude));
        assert_eq!(fault("9", "-180.1"), Some(Fault::Longitude));
        assert_eq!(fault("0", "0.0"), Some(Fault::NoFix));
        for lon in ["180", "-180"] {
            assert!(
                position(Some(b"-90"), Some(str::as_bytes(lon)))
                    .is_ok_and(|p| !p.wrapped)
            );
        }
        let wrapped = position(Some(b"47"), Some(b"371")).unwrap();
        assert!(wrapped.wrapped && (wrapped.longitude_deg - 11.0).abs() < 1e-12);
    }

    #[test]
    fn sensors() {
        let mut sample = Sample::default();
        let hr = Sensor::named("HR").unwrap();
        assert!(hr.take(b"", &mut sample) && sample.heart_rate_bpm.is_nan());
        assert!(!hr.take(b"many", &mut sample));
        assert!(!hr.take(b"1e300", &mut sample));
        let power = Sensor::named("watts").unwrap();
        assert!(!power.take(b"-1", &mut sample) && !power.take(b"3001", &mut sample));
        assert!(power.take(b"3000", &mut sample));
        assert!(hr.take(b"140", &mut sample) && hr.take(b"150", &mut sample));
        assert!((sample.heart_rate_bpm - 140.0).abs() < f64::EPSILON);
        let (cadence, steps) =
            (Sensor::named("cadence").unwrap(), Sensor::named("RunCadence").unwrap());
        assert!(cadence.take(b"0", &mut sample) && steps.take(b"85", &mut sample));
        assert!(cadence.take(b"0", &mut sample));
        assert!((sample.cadence_per_min - 85.0).abs() < f64::EPSILON);
        assert_eq!(Sensor::named("hrv"), None);
        for bytes in 0..40 {
            for (name, sensor) in super::sensors(bytes) {
                assert_eq!(name.len(), bytes);
                assert_eq!(Sensor::named(name), Some(*sensor));
                assert_eq!(Sensor::named(&name.to_uppercase()), Some(*sensor));
            }
        }
    }
}
