//! Does power by speed and grade agree with a power meter that is hidden from it?
//!
//! Each ride with a power meter is scored twice, with its power and without. The load of every
//! climb, and of every level stretch that rises, is held against the measured one. The recordings
//! lie outside this repository; where they are not, this says so and asks nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use hardlegs::activity::{Activity, Break};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::{Labelled, Sport};

/// Riders whose mass the file's user profile tells, kg; the others are taken as 70 kg.
const MASS_KG: &[(&str, f64)] = &[
    ("4078723797.fit", 81.0),
    ("activity_4018408912.fit", 74.0),
    ("triathlon_summary_first.fit", 100.1),
];

/// A second copy of a ride, which would count twice.
const LEFT_OUT: &[&str] = &["4078723797_strava.gpx"];

/// Climb volume of a stretch from which it is compared, m: below it the noise of the heights
/// decides.
const LEAST_M: f64 = 5.0;

fn recordings(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        if path.is_dir() {
            recordings(&path, found);
        } else if [".gpx", ".tcx", ".fit"].iter().any(|end| name.ends_with(end))
            && !LEFT_OUT.contains(&name.as_str())
        {
            found.push(path);
        }
    }
}

/// The same ride without its power.
fn hidden(activity: &Activity) -> Activity {
    let mut without = Activity::default();
    without.header = activity.header.clone();
    let mut breaks = activity.breaks().iter().peekable();
    for at in 0..activity.len() {
        match breaks.next_if(|(index, _)| *index == at).map(|(_, kind)| *kind) {
            Some(Break::Pause) => without.pause(),
            Some(Break::Segment) => without.segment(),
            None => {}
        }
        let mut sample = activity.sample(at);
        sample.power_w = f64::NAN;
        without.push(sample);
    }
    without
}

/// A stretch of a ride: its mean grade, and its load measured and modelled.
struct Stretch {
    grade: f64,
    measured: f64,
    modelled: f64,
    low: f64,
    high: f64,
}

impl Stretch {
    fn error(&self) -> f64 {
        self.modelled / self.measured - 1.0
    }

    fn within(&self) -> bool {
        (self.low..=self.high).contains(&self.measured)
    }
}

/// Every stretch of the rides with a power meter, and the names of these.
fn stretches() -> (Vec<String>, Vec<Stretch>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let (mut rides, mut stretches, mut found) = (Vec::new(), Vec::new(), Vec::new());
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return (rides, stretches);
    }
    recordings(&root, &mut found);
    found.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    for path in found {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(reading) = read::path(&path) else { continue };
        for activity in &reading.activities {
            let ride =
                matches!(activity.header.sport, Labelled::Modelled(Sport::Ride, _));
            if !ride || !activity.power_w().iter().any(|watts| *watts > 0.0) {
                continue;
            }
            let mut settings = Settings::default();
            settings.athlete.mass_kg =
                MASS_KG.iter().find(|(file, _)| *file == name).map(|(_, kg)| *kg);
            let Ok(measured) = Report::of(activity, &settings) else { continue };
            let Ok(modelled) = Report::of(&hidden(activity), &settings) else { continue };
            if !measured.metered
                || measured.modelled_m > 0.05 * measured.rising_m
                || measured.segments.len() != modelled.segments.len()
            {
                eprintln!("left out: {name}");
                continue;
            }
            let before = stretches.len();
            for (with, without) in measured.segments.iter().zip(&modelled.segments) {
                if with.load.climb_volume_m < LEAST_M {
                    continue;
                }
                let range = without.range.unwrap().concentric_load;
                stretches.push(Stretch {
                    grade: with.rise_m / with.length_m,
                    measured: with.load.concentric_load,
                    modelled: without.load.concentric_load,
                    low: range.low,
                    high: range.high,
                });
            }
            if stretches.len() > before {
                let (ours, theirs) = (&modelled.load, &measured.load);
                let range = modelled.range.concentric_load;
                eprintln!(
                    "{:>3} stretches: measured {:.1}, modelled {:.1} ({:.1} to {:.1})  {name}",
                    stretches.len() - before,
                    theirs.concentric_load,
                    ours.concentric_load,
                    range.low,
                    range.high,
                );
                rides.push(name.clone());
            }
        }
    }
    (rides, stretches)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[test]
fn holds_the_measured_load_of_most_climbs_within_the_printed_range() {
    let (rides, stretches) = stretches();
    if stretches.is_empty() {
        return;
    }
    eprintln!("{} rides, {} stretches", rides.len(), stretches.len());
    for (class, from, to) in [
        ("below 3 %", f64::NEG_INFINITY, 0.03),
        ("3 to 6 %", 0.03, 0.06),
        ("above 6 %", 0.06, f64::INFINITY),
        ("all", f64::NEG_INFINITY, f64::INFINITY),
    ] {
        let some: Vec<&Stretch> =
            stretches.iter().filter(|s| s.grade >= from && s.grade < to).collect();
        let held = some.iter().filter(|s| s.within()).count() as f64;
        let share = held / some.len() as f64;
        let off = median(some.iter().map(|s| s.error().abs()).collect());
        eprintln!(
            "{class:>10}: {:>3} stretches, error {:+.0} %, off by {:.0} % in the median, \
             range ±{:.0} %, {:.0} % within",
            some.len(),
            100.0 * median(some.iter().map(|s| s.error()).collect()),
            100.0 * off,
            100.0
                * median(
                    some.iter().map(|s| (s.high - s.low) / 2.0 / s.modelled).collect()
                ),
            100.0 * share,
        );
        assert!(share >= 0.8, "{class}: {share}");
        assert!(off <= 0.25, "{class}: {off}");
    }
}
