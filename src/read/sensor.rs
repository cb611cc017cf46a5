//! Sensor values of a point: the names that GPX and TCX have for them, and which are believed.

use std::ops::RangeInclusive;

use crate::activity::Sample;

use super::number::number;

/// Greatest sensor value that is believed: a column of sensors is single precision.
pub(crate) const SENSOR_MAX: f64 = 1e6;

/// Power that is believed, W. Ours: the strongest sprinters on a track peak near 2500 W.
pub(crate) const POWER_W: RangeInclusive<f64> = 0.0..=3_000.0;

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

/// Returns the local names of sensor elements that are so many bytes long, lower case, as Garmin,
/// Cluetrust, Strava, Suunto, Polar and others write them.
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
    /// Returns the sensor of a local name, case ignored.
    pub(crate) fn named(name: &str) -> Option<Sensor> {
        let mut known = sensors(name.len()).iter();
        // nearly all are written in small letters
        let as_written = known.clone().find(|(known, _)| *known == name);
        as_written
            .or_else(|| known.find(|(known, _)| known.eq_ignore_ascii_case(name)))
            .map(|(_, s)| *s)
    }

    /// Returns the place of its value.
    fn value_of(self, sample: &mut Sample) -> &mut f64 {
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

    fn is_possible(self, value: f64) -> bool {
        match self {
            Sensor::Distance => true,
            Sensor::Power => POWER_W.contains(&value),
            _ => value.abs() <= SENSOR_MAX,
        }
    }

    /// Reads a text into the sample unless that has a value; `false` where it is no number.
    /// An empty element says nothing and is no fault.
    pub(crate) fn read(self, text: &[u8], sample: &mut Sample) -> bool {
        match number(text) {
            Some(value) if self.is_possible(value) => {
                let value_before = self.value_of(sample);
                // a zero beside another value of the same sensor is a field nobody filled
                let unfilled = *value_before == 0.0 && self.is_of_a_body();
                if value_before.is_nan() || unfilled {
                    *value_before = value;
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
    fn reads_possible_values_of_known_names() {
        let mut sample = Sample::default();
        let hr = Sensor::named("HR").unwrap();
        assert!(hr.read(b"", &mut sample) && sample.heart_rate_bpm.is_nan());
        assert!(!hr.read(b"many", &mut sample));
        assert!(!hr.read(b"1e300", &mut sample));
        let power = Sensor::named("watts").unwrap();
        assert!(!power.read(b"-1", &mut sample) && !power.read(b"3001", &mut sample));
        assert!(power.read(b"3000", &mut sample));
        assert!(hr.read(b"140", &mut sample) && hr.read(b"150", &mut sample));
        assert!((sample.heart_rate_bpm - 140.0).abs() < f64::EPSILON);
        let (cadence, steps) =
            (Sensor::named("cadence").unwrap(), Sensor::named("RunCadence").unwrap());
        assert!(cadence.read(b"0", &mut sample) && steps.read(b"85", &mut sample));
        assert!(cadence.read(b"0", &mut sample));
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
