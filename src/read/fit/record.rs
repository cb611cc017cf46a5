//! One `record` message to a sample, field by field, whatever the types of the fields.

use super::layout::Layout;
use super::profile::{TIMESTAMP, record as f};
use crate::activity::Sample;
use crate::read::NoticeKind;
use crate::read::notice::Notices;
use crate::read::sensor::{POWER_W, SENSOR_MAX};

/// A sample whose time is still a stamp of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Record {
    /// The time as the file gives it.
    pub(super) stamp: Option<u32>,
    /// Everything else; `time_s` is not set yet.
    pub(super) sample: Sample,
}

impl Record {
    /// Whether it says when, where, how high or how far.
    pub(super) fn is_point(&self) -> bool {
        let Sample { latitude_deg, elevation_m, distance_m, .. } = self.sample;
        self.stamp.is_some()
            || !latitude_deg.is_nan()
            || !elevation_m.is_nan()
            || !distance_m.is_nan()
    }
}

/// Distance of `compressed_speed_distance`: 12 bits of 1/16 m that roll over every 256 m.
#[derive(Debug, Default)]
pub(super) struct Odometer {
    sixteenths: u64,
    last: Option<u32>,
}

impl Odometer {
    /// Returns the metres since the first reading's zero.
    fn metres(&mut self, reading: u32) -> f64 {
        let passed = reading.wrapping_sub(self.last.unwrap_or(0)) & 0xFFF;
        self.last = Some(reading);
        self.sixteenths = self.sixteenths.saturating_add(passed.into());
        self.sixteenths as f64 / 16.0
    }
}

/// Height at which a raw zero comes out: a sensor that says nothing, not a place.
const NO_HEIGHT_M: f64 = -500.0;

/// Reads a `record` message, field by field.
pub(super) fn read(
    layout: &Layout,
    body: &[u8],
    odometer: &mut Odometer,
    notices: &mut Notices,
) -> Record {
    let mut stamp = None;
    let mut sample = Sample::default();
    let (mut plain_m, mut plain_speed_m_per_s) = (f64::NAN, f64::NAN);
    let mut fraction_per_min = 0.0;
    let mut compressed = None;
    for field in layout.fields() {
        let Some(value) = field.read(body) else { continue };
        match field.number {
            TIMESTAMP => stamp = Some(to_stamp(value)),
            f::LATITUDE => sample.latitude_deg = value,
            f::LONGITUDE => sample.longitude_deg = value,
            f::ALTITUDE => plain_m = height(value, notices),
            f::ENHANCED_ALTITUDE => sample.elevation_m = height(value, notices),
            f::HEART_RATE => sample.heart_rate_bpm = value,
            f::CADENCE => sample.cadence_per_min = value,
            f::FRACTIONAL_CADENCE => fraction_per_min = value,
            f::DISTANCE => sample.distance_m = value,
            f::SPEED => plain_speed_m_per_s = value,
            f::ENHANCED_SPEED => sample.speed_m_per_s = value,
            f::POWER => sample.power_w = value,
            f::COMPRESSED_SPEED_DISTANCE => compressed = Some(to_stamp(value)),
            f::GRADE => sample.grade = value / 100.0,
            f::TEMPERATURE => sample.temperature_c = value,
            f::STANCE_TIME => sample.stance_time_s = value / 1000.0,
            f::VERTICAL_OSCILLATION => sample.vertical_oscillation_m = value / 1000.0,
            f::STEP_LENGTH => sample.step_length_m = value / 1000.0,
            _ => {}
        }
    }
    fill(&mut sample.elevation_m, plain_m);
    fill(&mut sample.speed_m_per_s, plain_speed_m_per_s);
    sample.cadence_per_min += fraction_per_min;
    if let Some(both) = compressed {
        let (speed, distance) = (both & 0xFFF, both >> 12);
        fill(&mut sample.distance_m, odometer.metres(distance));
        if speed != 0xFFF {
            fill(&mut sample.speed_m_per_s, f64::from(speed) / 100.0);
        }
    }
    read_developer_fields(layout, body, &mut sample);
    check_position(&mut sample, notices);
    check_sensors(&mut sample, notices);
    Record { stamp, sample }
}

/// Fills what the device has not by the developer fields that stand for it.
fn read_developer_fields(layout: &Layout, body: &[u8], sample: &mut Sample) {
    for field in layout.developer_fields() {
        let Some(value) = field.read(body) else { continue };
        match field.number {
            f::HEART_RATE => fill_zero(&mut sample.heart_rate_bpm, value),
            f::CADENCE => fill_zero(&mut sample.cadence_per_min, value),
            f::POWER => fill_zero(&mut sample.power_w, value),
            f::STANCE_TIME => fill(&mut sample.stance_time_s, value / 1000.0),
            f::VERTICAL_OSCILLATION => {
                fill(&mut sample.vertical_oscillation_m, value / 1000.0);
            }
            _ => {}
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "read from 32 bits or fewer; a float out of range is brought to the nearest"
)]
fn to_stamp(value: f64) -> u32 {
    value as u32
}

/// What is missing is taken from elsewhere.
pub(super) fn fill(value: &mut f64, from: f64) {
    if value.is_nan() {
        *value = from;
    }
}

/// The same of a sensor whose zero beside another value is a field nobody filled.
pub(super) fn fill_zero(value: &mut f64, from: f64) {
    if value.is_nan() || *value == 0.0 && !from.is_nan() {
        *value = from;
    }
}

#[inline]
pub(super) fn height(value_m: f64, notices: &mut Notices) -> f64 {
    if value_m > NO_HEIGHT_M {
        return value_m;
    }
    notices.note(NoticeKind::BadElevation, || {
        "heights of -500 m, a sensor's zero, taken as missing".to_owned()
    });
    f64::NAN
}

pub(super) fn check_position(sample: &mut Sample, notices: &mut Notices) {
    let (latitude_deg, longitude_deg) = (sample.latitude_deg, sample.longitude_deg);
    let fault = match (latitude_deg.is_nan(), longitude_deg.is_nan()) {
        (true, true) => return,
        (false, false) if latitude_deg == 0.0 && longitude_deg == 0.0 => {
            "positions of 0 degrees north, 0 degrees east, a receiver without a fix, left out"
        }
        (false, false) if latitude_deg.abs() <= 90.0 && longitude_deg.abs() <= 180.0 => {
            return;
        }
        (false, false) => "positions that are not on earth, left out",
        _ => "positions with one coordinate, left out",
    };
    notices.note(NoticeKind::BadPosition, || fault.to_owned());
    sample.latitude_deg = f64::NAN;
    sample.longitude_deg = f64::NAN;
}

/// Leaves out what no sensor measured: fields of a type that is not the profile's may hold
/// anything.
#[inline]
pub(super) fn check_sensors(sample: &mut Sample, notices: &mut Notices) {
    if !power_is_possible(sample) || others(sample).into_iter().any(|v| !is_possible(*v))
    {
        leave_out_sensors(sample, notices);
    }
}

#[cold]
fn leave_out_sensors(sample: &mut Sample, notices: &mut Notices) {
    if !power_is_possible(sample) {
        notices.note(NoticeKind::BadValue, || {
            "power that nobody makes, left out".to_owned()
        });
        sample.power_w = f64::NAN;
    }
    for value in others(sample).into_iter().filter(|value| !is_possible(**value)) {
        notices.note(NoticeKind::BadValue, || {
            "values that no sensor measures, left out".to_owned()
        });
        *value = f64::NAN;
    }
}

/// Whether somebody makes this power, or none was recorded.
fn power_is_possible(sample: &Sample) -> bool {
    sample.power_w.is_nan() || POWER_W.contains(&sample.power_w)
}

/// Whether a sensor measures this, or none did.
fn is_possible(value: f64) -> bool {
    value.is_nan() || value.abs() <= SENSOR_MAX
}

/// Returns the sensors beside power.
fn others(sample: &mut Sample) -> [&mut f64; 8] {
    [
        &mut sample.speed_m_per_s,
        &mut sample.heart_rate_bpm,
        &mut sample.cadence_per_min,
        &mut sample.temperature_c,
        &mut sample.stance_time_s,
        &mut sample.vertical_oscillation_m,
        &mut sample.step_length_m,
        &mut sample.grade,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rolls_the_odometer_over() {
        let mut odometer = Odometer::default();
        assert_eq!(odometer.metres(16).to_bits(), 1.0_f64.to_bits());
        assert_eq!(odometer.metres(4095).to_bits(), (4095.0_f64 / 16.0).to_bits());
        assert_eq!(odometer.metres(0).to_bits(), 256.0_f64.to_bits());
    }
}
