//! Sensors that lie: load and intensity stay within what the model allows.

use hardlegs::activity::Activity;
use hardlegs::athlete::{Athlete, Sex};
use hardlegs::load::range::Span;
use hardlegs::read::NoticeKind;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;

use super::activity::adds_up;

/// Cadence, heart rate and power of a sample.
pub type Sensed = [f64; 3];

/// A step of a valid cadence against one of the cadence that is taken without: a walker's default
/// lies within 70 and 140 a minute and 60 to 140 are valid, a runner's within 145 and 195 and 130
/// to 220 (MODEL, section 4).
const SHORTEST: f64 = 70.0 / 140.0;
const LONGEST: f64 = 140.0 / 60.0;
/// Strongest half minutes of twenty minutes, W, and the functional threshold power asked with.
const STRONGEST_W: f64 = 700.0;
const FTP_W: f64 = 250.0;
/// Training impulse of a minute at the highest heart rate, of the larger of both equations.
const GREATEST_IMPULSE: f64 = 4.6;
/// Rider and bicycle against the rider, and what a drive train loses.
const RIDDEN: f64 = 1.3 / 0.977;

fn settings(sport: Sport) -> Settings {
    let athlete = Athlete {
        mass_kg: Some(70.0),
        ftp_w: Some(FTP_W),
        hr_max: Some(190.0),
        hr_rest: Some(50.0),
        sex: Some(Sex::Female),
        ..Athlete::default()
    };
    Settings { sport: Some(sport), athlete, ..Settings::default() }
}

/// The same way with other sensors.
fn sensed(activity: &Activity, mut sensors: impl FnMut(usize) -> Sensed) -> Activity {
    let mut other = Activity::default();
    other.header = activity.header.clone();
    for index in 0..activity.len() {
        let [cadence_per_min, heart_rate_bpm, power_w] = sensors(index);
        let mut sample = activity.sample(index);
        (sample.cadence_per_min, sample.heart_rate_bpm) =
            (cadence_per_min, heart_rate_bpm);
        (sample.power_w, sample.stance_time_s) = (power_w, f64::NAN);
        other.push(sample);
    }
    other
}

/// Scores a way with these sensors and without any.
pub fn hold(activity: &Activity, sensors: impl Fn(usize) -> Sensed) {
    let lying = sensed(activity, &sensors);
    let bare = sensed(activity, |_| [f64::NAN; 3]);
    for sport in [Sport::Run, Sport::Hike, Sport::Ride] {
        let settings = settings(sport);
        let report = Report::of(&lying, &settings).unwrap();
        adds_up(&report);
        figures(&report);
        if sport.on_foot() {
            on_foot(&report, &Report::of(&bare, &settings).unwrap());
        } else {
            let most = report.gain_m * RIDDEN + 1e-6;
            assert!(
                report.load.climb_volume_m <= most,
                "{} {most}",
                report.load.climb_volume_m
            );
        }
    }
}

/// Points are the way's alone; load lies within the range without sensors, as far as a step may be
/// shorter or longer, or a notice tells.
fn on_foot(report: &Report, bare: &Report) {
    let (load, without) = (&report.load, &bare.load);
    for (one, other) in [
        (load.climb_volume_m, without.climb_volume_m),
        (load.descent_volume_m, without.descent_volume_m),
    ] {
        assert!((one - other).abs() <= 1e-9 * other.max(1.0), "{one} {other}");
    }
    let told = report.notices.iter().any(|n| n.kind == NoticeKind::BadValue);
    for (load, Span { low, high }) in [
        (load.concentric_load, bare.range.concentric_load),
        (load.eccentric_load, bare.range.eccentric_load),
    ] {
        let within = (SHORTEST * low - 1e-6..=LONGEST * high + 1e-6).contains(&load);
        assert!(within || told, "{load} of {low} to {high}: {:?}", report.quality);
    }
}

/// What sensors tell by themselves.
fn figures(report: &Report) {
    let m = &report.mechanisms;
    let minutes = report.quality.elapsed_s / 60.0;
    for (name, figure, most) in [
        ("intensity", m.intensity_factor, STRONGEST_W / FTP_W),
        ("normalized power", m.normalized_power_w, STRONGEST_W),
        ("best five seconds", m.best_5s_w, 3000.0),
        ("impulse", m.trimp, GREATEST_IMPULSE * minutes),
        ("hard minutes", m.long_climb_hard_min, minutes),
        ("slow minutes", m.low_cadence_min, minutes),
        ("hard pushes", m.hard_climb_share, 1.0),
        ("hard brakes", m.hard_descent_share, 1.0),
    ] {
        let Ok(value) = figure else { continue };
        assert!(
            (0.0..=most * (1.0 + 1e-9)).contains(&value),
            "{name}: {value} of {most}"
        );
    }
}
