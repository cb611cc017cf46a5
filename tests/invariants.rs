//! Do the figures of every recording at hand agree with each other: heading, table, climbs and
//! laps, metres and seconds, loads and their ranges?
//!
//! The promises of the fuzz targets, asked of whole recordings. What lies outside this
//! repository is asked where it is; where it is not, this says so.

#![cfg(all(feature = "store", feature = "chart"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "../fixtures/mod.rs"]
mod fixtures;
#[path = "fuzz/src/promises/mod.rs"]
#[allow(dead_code, reason = "the promises of activities alone are asked here")]
mod promises;
mod support;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use fixtures::exact::Dice;
use fixtures::gpx::{self, Style};
use fixtures::recording::Outing;
use fixtures::terrain::Terrain;
use hardlegs::inputs::under;
use hardlegs::read::{self, Limits};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Holds the promises against every recording below a folder; how many were read.
fn hold(folder: &Path) -> usize {
    let limits = Limits::default();
    let (mut held, mut broken) = (0, Vec::new());
    for input in under(folder) {
        let path = input.path.clone();
        let Ok(bytes) = input.into_bytes(&limits) else { continue };
        let Ok(reading) = read::bytes_with(&bytes, &limits) else { continue };
        held += 1;
        if catch_unwind(|| promises::activity::scored(&reading)).is_err() {
            broken.push(path);
        }
    }
    assert!(broken.is_empty(), "{} of {held}: {broken:#?}", broken.len());
    held
}

/// The same of a folder beside this repository.
fn hold_beside(name: &str, least: usize) {
    let folder = root().join("../shared").join(name);
    if !folder.is_dir() {
        support::not_asked(&format!("no {}", folder.display()));
        return;
    }
    let held = hold(&folder);
    eprintln!("{held} recordings of {name}");
    assert!(held >= least, "{held} recordings of {name}");
}

#[test]
fn keeps_fixtures_consistent() {
    assert!(hold(&root().join("fixtures")) >= 12);
}

#[test]
fn keeps_real_recordings_consistent() {
    hold_beside("corpus", 100);
}

#[test]
fn keeps_reported_traits_consistent() {
    hold_beside("cases", 30);
}

#[test]
fn keeps_damaged_files_consistent() {
    let maker = root().join("../shared/hostile/make_bad.py");
    let folder = tempfile::tempdir().unwrap();
    let made =
        std::process::Command::new("python3").arg(&maker).arg(folder.path()).output();
    match made {
        Ok(output) if output.status.success() && maker.is_file() => {
            let held = hold(folder.path());
            eprintln!("{held} damaged files");
            assert!(held >= 100, "{held} damaged files");
        }
        _ => support::not_asked("nothing makes damaged files here"),
    }
}

/// What sensors were seen to write, beside what they should: cadence, heart rate, power.
fn lies(sound: [f64; 3], index: usize, kind: usize, dice: &mut Dice) -> [f64; 3] {
    let [cadence, heart, power] = sound;
    match kind {
        0 => [0.0; 3],
        1 => [255.0, 255.0, 3_000.0],
        2 => [2.0, 31.0, 3_000.0],
        3 => [219.0, 229.0, 1_500.0],
        4 => [61.0, 30.0, 1.0],
        5 if index.is_multiple_of(50) => [254.0, 240.0, 2_999.0],
        6 if (index / 60).is_multiple_of(2) => [f64::NAN; 3],
        7 => [heart, power, cadence],
        8 => [-cadence, -heart, -power],
        9 => [dice.below(256) as f64, dice.below(256) as f64, dice.below(3_001) as f64],
        10 => [cadence * 2.0, heart * 2.0, power * 10.0],
        _ => sound,
    }
}

#[test]
fn keeps_load_within_the_model_whatever_sensors_say() {
    let hills = Terrain::at(600.0)
        .ease(2000.0, 140.0)
        .ease(1500.0, -160.0)
        .ramp(1500.0, 150.0)
        .ramp(1000.0, -130.0);
    for outing in [Outing::run(), Outing::hike(), Outing::ride().steady(4.5)] {
        let file = gpx::write(&outing.record(&hills), Style::Garmin);
        let reading = read::bytes(&file).unwrap();
        for kind in 0..=11 {
            let mut dice = Dice::new(11);
            let sensed: Vec<[f64; 3]> = (0..reading.activities[0].len())
                .map(|index| lies([85.0, 150.0, 220.0], index, kind, &mut dice))
                .collect();
            promises::sensors::hold(&reading.activities[0], |index| sensed[index]);
        }
    }
}
