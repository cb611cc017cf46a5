//! Recordings: read, scored and written, whatever they are.

use hardlegs::load::LegLoad;
use hardlegs::read::{self, Limits, Reading};
use hardlegs::report::{Hill, Report};
use hardlegs::settings::Settings;
use hardlegs::write::{json, text};
use serde_json::Value;

use super::{inert, one_line};

/// Reads, scores and writes.
pub fn hold(bytes: &[u8]) {
    match read::bytes(bytes) {
        Ok(reading) => scored(&reading),
        Err(error) => one_line(&error.message()),
    }
}

/// Scores every activity of a reading.
pub fn scored(reading: &Reading) {
    assert!(!reading.activities.is_empty(), "a reading has an activity");
    for notice in &reading.notices {
        one_line(&notice.to_string());
    }
    let settings = Settings::default();
    for activity in &reading.activities {
        match Report::of(activity, &settings) {
            Ok(report) => {
                adds_up(&report);
                let notices = &reading.notices;
                reads_again(&json::scored(&report, "a file", 1, &settings, notices));
                inert(&text::text(&report, &text::Style::default()), &['\n']);
            }
            Err(error) => one_line(&error.message()),
        }
    }
}

/// Reads points by template and element by element: both must say the same.
pub fn same_either_way(bytes: &[u8]) {
    let said = |limits: &Limits| match read::bytes_with(bytes, limits) {
        Ok(reading) => format!("{:?}\n{:?}", reading.activities, reading.notices),
        Err(error) => error.message(),
    };
    let mut general = Limits::default();
    general.shortcuts = false;
    assert_eq!(said(&Limits::default()), said(&general));
}

/// The parts of a report are finite, follow each other without a gap and sum up to the whole,
/// and what is uncertain lies within its range.
pub fn adds_up(report: &Report) {
    let near = |whole: f64, parts: f64| {
        assert!(whole.is_finite() && whole >= 0.0, "{whole}");
        assert!((whole - parts).abs() <= 1e-6 * whole.max(1.0), "{whole} {parts}");
    };
    let sum = |of: &dyn Fn(&Hill) -> f64| -> f64 { report.segments.iter().map(of).sum() };
    let loads: [fn(&LegLoad) -> f64; 6] = [
        |l| l.climb_volume_m,
        |l| l.descent_volume_m,
        |l| l.concentric_load,
        |l| l.eccentric_load,
        |l| l.con_j_per_kg,
        |l| l.ecc_j_per_kg,
    ];
    for of in loads {
        near(of(&report.load), sum(&|hill| of(&hill.load)));
    }
    near(report.distance_m, sum(&|hill| hill.length_m));
    near(report.gain_m, sum(&|hill| hill.gain_m));
    near(report.loss_m, sum(&|hill| hill.loss_m));
    tables_agree(report);
    every_metre_is_told(report);
    let quality = &report.quality;
    // between the lowest road and the highest mountain
    assert!((0.0..10_000.0).contains(&quality.height_noise_m), "{quality:?}");
    // a multiple of that noise, which records far apart raise: no bound but this
    assert!(quality.turning_m.is_finite() && quality.turning_m > 0.0, "{quality:?}");
    let mut at_m = 0.0;
    let most = hardlegs::load::model::GREATEST_RATIO;
    for hill in &report.segments {
        let load = &hill.load;
        for (load, volume_m) in [
            (load.concentric_load, load.climb_volume_m),
            (load.eccentric_load, load.descent_volume_m),
        ] {
            // no push is beyond what legs do
            assert!(
                load <= volume_m * most / 20.0 * (1.0 + 1e-9),
                "{load} of {volume_m}"
            );
        }
        near(hill.from_m, at_m);
        assert!(hill.mean_grade.is_finite() && hill.rise_m.is_finite());
        at_m += hill.length_m;
    }
    for (load, range) in [
        (report.load.concentric_load, report.range.concentric_load),
        (report.load.eccentric_load, report.range.eccentric_load),
    ] {
        assert!(range.low.is_finite() && range.high.is_finite());
        assert!(range.low <= load && load <= range.high, "{load} outside its range");
    }
}

/// The heading, the table by grade and the laps tell of the same metres and seconds.
fn tables_agree(report: &Report) {
    let near = |one: f64, other: f64| {
        let apart = (one - other).abs();
        assert!(apart <= 1e-6 * one.abs().max(other.abs()).max(1.0), "{one} {other}");
    };
    let (up, level, down) =
        (&report.terrain.up, &report.terrain.level, &report.terrain.down);
    near(report.distance_m, up.length_m + level.length_m + down.length_m);
    near(report.gain_m - report.loss_m, up.rise_m + level.rise_m + down.rise_m);
    // what rises by less than a percent is neither up nor down in the table
    let little_m = 0.01 * level.length_m + 1e-6;
    assert!((report.gain_m - up.rise_m).abs() <= little_m, "{report:?}");
    assert!((report.loss_m + down.rise_m).abs() <= little_m, "{report:?}");
    if let Some(moving_s) = report.moving_s {
        near(moving_s, up.moving_s + level.moving_s + down.moving_s);
    }
    let energy = up.con_j_per_kg + level.con_j_per_kg + down.con_j_per_kg;
    near(report.load.con_j_per_kg, energy);
    let mut end_s = f64::NEG_INFINITY;
    if report.header.laps.iter().all(|lap| {
        let in_order = lap.start_s >= end_s;
        end_s = lap.end_s;
        in_order
    }) {
        let gain_m: f64 = report.laps.iter().map(|lap| lap.gain_m).sum();
        assert!(gain_m <= report.gain_m + 1e-6, "{gain_m} {}", report.gain_m);
    }
}

/// Whatever was recorded is scored, or told to be left out.
fn every_metre_is_told(report: &Report) {
    let q = &report.quality;
    let told_m = [report.scored_m, q.not_scored_m, q.cut_m, q.carried_m, q.standing_m];
    assert!(told_m.iter().all(|metres| metres.is_finite() && *metres >= -1e-6), "{q:?}");
    let told_m: f64 = told_m.iter().sum();
    let apart = (told_m - q.recorded_m).abs();
    assert!(apart <= 1e-6 * q.recorded_m.max(1.0), "{told_m} of {}: {q:?}", q.recorded_m);
    assert!(report.scored_m <= report.distance_m + 1e-6);
    let seconds = [q.cut_s, q.carried_s, q.standing_s, q.paused_s, q.paused_untold_s];
    assert!(seconds.iter().all(|s| s.is_finite() && *s >= -1e-6), "{q:?}");
    if let Some(moving_s) = report.moving_s {
        let told_s = moving_s + q.cut_s + q.carried_s + q.standing_s + q.paused_s;
        assert!(told_s <= q.elapsed_s + 1e-6 * q.elapsed_s.max(1.0), "{told_s}: {q:?}");
    }
}

/// A document is JSON that says the same after it was read.
pub fn reads_again(document: &impl serde::Serialize) {
    let written = serde_json::to_string(document).unwrap();
    let read: serde_json::Value = serde_json::from_str(&written).unwrap();
    let said = serde_json::to_value(document).unwrap();
    assert!(alike(&said, &read), "{said}\n{read}");
}

/// Equal, but for the last bit of a number, which a reader of JSON may round.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| alike(a, b)))
        }
        (Value::Number(a), Value::Number(b)) => {
            let (Some(a), Some(b)) = (a.as_f64(), b.as_f64()) else { return false };
            (a - b).abs() <= 1e-15 * a.abs()
        }
        _ => a == b,
    }
}
