//! Does every promise of the fuzz targets hold on what fuzzing found, on sound files, and on
//! seeded mutants of them?
//!
//! `SEEDS=FOLDER cargo test --test replay` also writes the sound files where a fuzzer looks for
//! them.

#![cfg(all(feature = "store", feature = "chart"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "../fixtures/mod.rs"]
mod fixtures;
#[path = "support/gzipped.rs"]
mod gzipped;
#[path = "fuzz/src/promises/mod.rs"]
mod promises;
#[path = "support/zipped.rs"]
mod zipped;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;

use fixtures::exact::Dice;
use fixtures::fit::Options;
use fixtures::gpx::Style;
use fixtures::recording::{Outing, Recording};
use fixtures::{fit, gpx, tcx, terrain};
use gzipped::gzip;
use hardlegs::inputs::Input;
use hardlegs::settings::Settings;
use hardlegs::store::{Store, import};
use promises::TARGETS;

/// A short outing: enough for a climb, and quick.
fn outing() -> Recording {
    Outing::run().every(4.0).named("short & steep").record(&terrain::hill_repeats(1))
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    zipped::zip(&files)
}

fn gpx_files() -> Vec<Vec<u8>> {
    let styles = [Style::Garmin, Style::Plain, Style::Bare, Style::Route];
    styles.into_iter().map(|style| gpx::write(&outing(), style)).collect()
}

fn fit_files() -> Vec<Vec<u8>> {
    let plain = Options::default();
    [
        plain,
        Options { big_endian: true, enhanced: true, ..plain },
        Options { compressed_timestamps: true, compressed_speed_distance: true, ..plain },
        Options { short_header: true, developer_field: true, ..plain },
    ]
    .iter()
    .map(|options| fit::write(&outing(), options))
    .chain([fit::multisport(&[outing(), outing()], &plain)])
    .collect()
}

/// An outing whose second half is a century after the first: more than a store reads.
fn far_apart() -> Vec<u8> {
    let text = String::from_utf8(gpx::write(&outing(), Style::Garmin)).unwrap();
    let (first, second) = text.split_at(text.len() / 2);
    [first.replace("<time>20", "<time>19"), second.to_owned()].concat().into_bytes()
}

const PROFILE: &str = "units = \"imperial\"\nweek_starts = \"sunday\"\n\
    time_zone = \"Europe/Zurich\"\n[[athlete]]\nmass_kg = 73.5\nhr_max = 189\nhr_rest = 48\n\
    sex = \"female\"\n[[athlete]]\nfrom = 2026-03-01\nmass_kg = 71\nftp_w = 240\nbike_kg = 8\n\
    crank_mm = 172.5\nposition = \"hoods\"\nsurface = \"gravel\"\n[pack]\nrun = 1.5\nhike = 8\n";

/// A small store with a few activities, in one file.
fn store_file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.sqlite");
    let mut store = Store::open(&path).unwrap();
    let names = ["fit/loop.fit", "gpx/no_elevation.gpx", "fit/cut_short.fit"];
    let inputs = names.map(|name| (String::new(), Input::file(fixture(name))));
    import(&mut store, inputs.into_iter(), &Settings::default(), (1, false), |_| true)
        .unwrap();
    drop(store);
    let db = rusqlite::Connection::open(&path).unwrap();
    let small = "pragma journal_mode = delete; pragma page_size = 512; vacuum;";
    db.execute_batch(small).unwrap();
    drop(db);
    std::fs::read(path).unwrap()
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Sound files for a target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let hill = include_bytes!("fuzz/src/promises/hill.gpx").to_vec();
    match target {
        "gpx" => [gpx_files(), vec![hill]].concat(),
        "shortcut" => [gpx_files(), vec![hill, tcx::write(&outing())]].concat(),
        "tcx" => vec![tcx::write(&outing())],
        "fit" => fit_files(),
        "lists" => {
            let table = "Activity ID;Activity Name;Activity Type;Filename\n\
                7;\"Up; and down\";Hike;activities/7.fit.gz\n";
            vec![b"a.fit\nb.gpx\r\n\n".to_vec(), b"a\0b\0".to_vec(), table.into()]
        }
        "gzip" => {
            let fit = fit_files().remove(0);
            let (head, rest) = hill.split_at(900);
            vec![gzip(&hill), gzip(&fit), [gzip(head), gzip(rest)].concat(), hill.clone()]
        }
        "zip" => {
            let table = "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n\
                1,today,Up and down,Hike,activities/1.gpx.gz\n";
            let inner = zip(&[("a/one.fit", fit_files().remove(0))]);
            let export = [
                ("activities.csv", table.as_bytes().to_vec()),
                ("activities/1.gpx.gz", gzip(&hill)),
                ("inner.zip", inner),
                ("readme.txt", b"none".to_vec()),
            ];
            let lines = b"one\t<gpx>\n../two\t\nthree.gpx\tnone\n".to_vec();
            vec![zip(&export), zip(&[("hill.gpx", hill)]), lines]
        }
        "archive" => archives(&hill),
        "profile" => vec![PROFILE.into(), b"[[athlete]]\nmass_kg = 71\n".to_vec()],
        "store" => vec![store_file()],
        "kept" => {
            let others = vec![far_apart(), hill, tcx::write(&outing())];
            [gpx_files(), others, fit_files()].concat()
        }
        "svg" => (0..48)
            .map(|choice| {
                let words =
                    "<b>&amp; ]]> \u{202e}\u{1b}[31m \u{fffe}\u{1f3d4} W\nwatch \"1\"";
                [&[choice], words.as_bytes()].concat()
            })
            .collect(),
        other => unreachable!("no seeds for {other}"),
    }
}

/// Archives in archives, tars, and such as share bytes, swell or end too early.
fn archives(hill: &[u8]) -> Vec<Vec<u8>> {
    let inner = zip(&[("a/one.fit", fit_files().remove(0)), ("b.zip", zip(&[]))]);
    let outer = zip(&[("inner.zip", inner), ("hill.gpx.gz", gzip(hill))]);
    let swells = vec![b' '; 1 << 20];
    let swelling = zip(&[("a.gpx", swells.clone()), ("b.gpx", swells.clone())]);
    // both lines of the directory lead to the first member
    let mut shared = zip(&[("a.gpx", hill.to_vec()), ("b.gpx", hill.to_vec())]);
    let lines = shared.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    shared[lines + 42..lines + 46].fill(0);
    let mut tar = tar::Builder::new(Vec::new());
    for name in ["hill.gpx".to_owned(), format!("{}/hill.gpx", "long".repeat(40))] {
        let mut header = tar::Header::new_gnu();
        header.set_size(hill.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, hill).unwrap();
    }
    tar.append_pax_extensions([("path", b"other.gpx".as_slice())]).unwrap();
    let tar = tar.into_inner().unwrap();
    let cut = outer[..outer.len() / 2].to_vec();
    vec![outer, swelling, shared, cut, gzip(&tar), tar]
}

/// Damage of a few kinds in a few places.
fn mutant(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    const TELLING: [u8; 10] = [0, 0xFF, 0x7F, 0x80, b'<', b'&', b'"', b'\n', b'-', b'9'];
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len().max(1));
        let to = (at + dice.below(60)).min(bytes.len());
        let Some(byte) = bytes.get_mut(at) else { return bytes };
        match dice.below(7) {
            0 | 1 => *byte ^= 1 << dice.below(8),
            2 | 3 => *byte = TELLING[dice.below(TELLING.len())],
            4 => drop(bytes.drain(at..to)),
            5 => {
                let again = bytes[at..to].to_vec();
                bytes.splice(at..at, again);
            }
            _ if dice.below(4) == 0 => bytes.truncate(at),
            _ => {
                let from = dice.below(bytes.len());
                let to = (from + dice.below(60)).min(bytes.len());
                let piece = bytes[from..to].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

/// Runs a promise; what breaks it is kept for the next who looks.
fn kept(target: &str, hold: fn(&[u8]), bytes: &[u8], what: &str) {
    if catch_unwind(|| hold(bytes)).is_err() {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken.{target}"));
        std::fs::write(&path, bytes).unwrap();
        panic!("{target}: {what} breaks a promise; it lies in {}", path.display());
    }
}

#[test]
fn keeps_every_promise_on_what_fuzzing_found() {
    let finds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/finds");
    let mut count = 0;
    for (target, hold) in TARGETS {
        let Ok(entries) = std::fs::read_dir(finds.join(target)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let what = path.display().to_string();
            kept(target, hold, &std::fs::read(path).unwrap(), &what);
            count += 1;
        }
    }
    assert!(count >= 7, "{count} finds");
}

#[test]
fn keeps_every_promise_on_sound_files() {
    for (target, hold) in TARGETS {
        let seeds = seeds(target);
        for (number, seed) in seeds.iter().enumerate() {
            kept(target, hold, seed, &format!("seed {number}"));
        }
        if let Some(folder) = std::env::var_os("SEEDS") {
            let folder = Path::new(&folder).join(target);
            std::fs::create_dir_all(&folder).unwrap();
            for (number, seed) in seeds.iter().enumerate() {
                std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
            }
        }
    }
}

#[test]
fn keeps_every_promise_on_seeded_mutants() {
    for (target, hold) in TARGETS {
        let (seeds, mut dice) = (seeds(target), Dice::new(2026));
        let (begun, mut count) = (Instant::now(), 0);
        for number in 0..MUTANTS {
            let seed = &seeds[number % seeds.len()];
            kept(target, hold, &mutant(seed, &mut dice), &format!("mutant {number}"));
            count += 1;
        }
        eprintln!("{target}: {count} mutants in {:.1} s", begun.elapsed().as_secs_f64());
    }
}

/// Of every target.
const MUTANTS: usize = 200;
