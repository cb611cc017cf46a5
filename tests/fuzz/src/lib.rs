//! What must hold for any bytes: no panic, and whatever is scored is finite, adds up and lies
//! within its range.

use hardlegs::load::LegLoad;
use hardlegs::read::{self, Limits};
use hardlegs::report::Report;
use hardlegs::settings::Settings;

/// Reads and scores; panics where a promise is broken.
pub fn hold(bytes: &[u8]) {
    let Ok(reading) = read::bytes(bytes) else { return };
    assert!(!reading.activities.is_empty(), "a reading has an activity");
    for activity in &reading.activities {
        if let Ok(report) = Report::of(activity, &Settings::default()) {
            adds_up(&report);
        }
    }
}

/// Reads with and without the short way through GPX; panics where they say different things.
pub fn same_either_way(bytes: &[u8]) {
    let said = |limits: &Limits| match read::bytes_with(bytes, limits) {
        Ok(reading) => format!("{:?}\n{:?}", reading.activities, reading.notices),
        Err(error) => error.message(),
    };
    let mut general = Limits::default();
    general.shortcuts = false;
    assert_eq!(said(&Limits::default()), said(&general));
}

fn adds_up(report: &Report) {
    let sum = |of: fn(&LegLoad) -> f64| -> f64 {
        report.segments.iter().map(|segment| of(&segment.load)).sum()
    };
    for of in [
        (|l| l.climb_points) as fn(&LegLoad) -> f64,
        |l| l.descent_points,
        |l| l.concentric_load,
        |l| l.eccentric_load,
        |l| l.con_j_per_kg,
        |l| l.ecc_j_per_kg,
    ] {
        let (whole, parts) = (of(&report.load), sum(of));
        assert!(whole.is_finite() && whole >= 0.0, "{whole}");
        assert!((whole - parts).abs() <= 1e-6 * whole.max(1.0), "{whole} {parts}");
    }
    let metres: f64 = report.segments.iter().map(|s| s.length_m).sum();
    assert!((metres - report.distance_m).abs() <= 1e-6 * metres.max(1.0));
    let gain: f64 = report.segments.iter().map(|s| s.gain_m).sum();
    assert!((gain - report.gain_m).abs() <= 1e-6 * gain.max(1.0));
    let (low, high) =
        (report.range.eccentric_load.low, report.range.eccentric_load.high);
    let load = report.load.eccentric_load;
    assert!(low <= load && load <= high, "{load} outside {low} to {high}");
}

/// A FIT file whose sizes and checksums are right again, so that mutations reach the records.
pub fn mended_fit(bytes: &[u8]) -> Vec<u8> {
    const HEADER: usize = 14;
    let body = bytes.get(HEADER..bytes.len().saturating_sub(2)).unwrap_or_default();
    let mut fit = vec![14, 0x20, 0x54, 0x08];
    fit.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    fit.extend(b".FIT");
    fit.extend(crc16(&fit).to_le_bytes());
    fit.extend(body);
    fit.extend(crc16(&fit).to_le_bytes());
    fit
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 }
        })
    })
}
