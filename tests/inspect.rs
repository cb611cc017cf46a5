//! What `inspect` tells of a file, and whether `--check` finds a reader that is wrong.

#![cfg(all(feature = "cli", feature = "inspect"))]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "../fixtures/mod.rs"]
mod fixtures;
#[path = "support/program.rs"]
mod program;

use std::io::Write as _;
use std::path::Path;
use std::process::Output;

use hardlegs::activity::{Activity, Break, Sample};
use hardlegs::inspect::{Check, Inspection};
use hardlegs::read::{self, Limits, Reading};
use hardlegs::settings::Settings;
use hardlegs::write::inspect::{json, text};

const FIXTURES: [&str; 14] = [
    "fit/compressed.fit",
    "fit/cut_short.fit",
    "fit/loop.fit",
    "fit/multisport.fit",
    "fit/ride_power.fit",
    "fit/ridge.fit",
    "fit/treadmill.fit",
    "gpx/cable_car.gpx",
    "gpx/course.gpx",
    "gpx/hike_pack.gpx",
    "gpx/loop.gpx",
    "gpx/no_elevation.gpx",
    "gpx/ride_plain.gpx",
    "tcx/loop.tcx",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("fixtures").join(name)).unwrap()
}

fn inspected(bytes: &[u8]) -> Inspection {
    Inspection::of(bytes, &Settings::default(), &Limits::default()).unwrap()
}

fn checked(bytes: &[u8]) -> Check {
    Check::of(&read::bytes(bytes), bytes, &Limits::default())
}

/// Returns a run of ten seconds with the fields that Stryd adds.
fn stryd() -> Vec<u8> {
    use fixtures::fit::{Encoder, Message, Options, Value};
    let application: Vec<u8> = (0..16)
        .map(|at| u8::from_str_radix(&STRYD[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    let mut encoder = Encoder::new(Options::default());
    encoder.write(&Message::new(0).fields([(0, Value::Enum(4))]));
    encoder.write(
        &Message::new(207).fields([(1, Value::Bytes(application)), (3, Value::U8(0))]),
    );
    for (number, name, unit) in [
        (0, "Power", "Watts"),
        (3, "Ground Time", "Milliseconds"),
        (8, "Form Power", "Watts"),
    ] {
        encoder.write(&Message::new(206).fields([
            (0, Value::U8(0)),
            (1, Value::U8(number)),
            (2, Value::U8(0x84)),
            (3, Value::Text(name.to_owned())),
            (8, Value::Text(unit.to_owned())),
            (14, Value::U16(20)),
            (15, Value::U8(if number == 0 { 7 } else { 0xFF })),
        ]));
    }
    for second in 0..10_u16 {
        let mut record = Message::new(20).fields([
            (253, Value::U32(1_068_934_400 + u32::from(second))),
            (2, Value::U16(5000 + 5 * second)),
            (5, Value::U32(300 * u32::from(second))),
        ]);
        record.developer =
            vec![(0, Value::U16(250)), (3, Value::U16(240)), (8, Value::U16(80))];
        encoder.write(&record);
    }
    encoder.finish()
}

/// Identifier of Stryd's application.
const STRYD: &str = "18fb2cf01a4b430dad66988c847421f4";

#[test]
fn names_the_fields_of_a_foot_pod_and_says_what_is_made_of_them() {
    let found = inspected(&stryd());
    let record = found.kinds.iter().find(|kind| kind.name == "record").unwrap();
    let of_pod = record.fields.iter().filter(|field| field.application == Some(0));
    let told: Vec<(&str, bool)> =
        of_pod.map(|field| (field.name.as_str(), field.used)).collect();
    assert_eq!(told, [("Power", false), ("Ground Time", true), ("Form Power", false)]);
    let columns = &found.recordings[0].columns;
    let count = |name: &str| columns.iter().find(|c| c.name == name).unwrap().count;
    assert_eq!((count("power_w"), count("stance_time_s")), (0, 10));
    let page = text::text(&found, false).replace("\n ", "");
    for words in ["app 0: Stryd Zones", "Form Power, Watts: ", "used for nothing"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

fn hardlegs(arguments: &[&str]) -> Output {
    program::hardlegs(Path::new("/nowhere/history.sqlite"), arguments)
}

/// `UPDATE_GOLDEN=1 cargo test --test inspect` writes them anew.
#[test]
fn tells_of_fixtures_what_it_told() {
    for name in
        ["fit/ridge.fit", "fit/cut_short.fit", "gpx/hike_pack.gpx", "tcx/loop.tcx"]
    {
        let mut found = inspected(&fixture(name));
        found.check = Some(checked(&fixture(name)));
        let told = text::text(&found, false);
        let file = format!("inspect-{}.txt", name.replace(['/', '.'], "-"));
        let golden = root().join("tests/golden").join(file);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &told).unwrap();
        }
        assert_eq!(told, std::fs::read_to_string(&golden).unwrap(), "{name}");
    }
}

#[test]
fn keeps_within_eighty_columns_and_lists_all_where_all_is_asked() {
    for name in FIXTURES {
        let mut found = inspected(&fixture(name));
        found.check = Some(checked(&fixture(name)));
        for all in [false, true] {
            let told = text::text(&found, all);
            for line in told.lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
                assert_eq!(line, line.trim_end(), "{name}");
            }
            let fields = found.kinds.iter().flat_map(|kind| &kind.fields);
            for field in fields.filter(|_| all) {
                assert!(told.contains(&field.name), "{name}: {}", field.name);
            }
        }
    }
}

#[test]
fn counts_every_message_and_marks_what_is_used() {
    let found = inspected(&fixture("fit/ridge.fit"));
    let record = found.kinds.iter().find(|kind| kind.name == "record").unwrap();
    let activity = &read::bytes(&fixture("fit/ridge.fit")).unwrap().activities[0];
    assert_eq!(record.count, activity.len() as u64);
    let field =
        |name: &str| record.fields.iter().find(|field| field.name == name).unwrap();
    let heart = field("heart_rate");
    let beats = activity.heart_rate_bpm().iter().map(|beats| f64::from(*beats));
    let (low, high) =
        beats.fold((f64::MAX, f64::MIN), |(low, high), v| (v.min(low), v.max(high)));
    assert_eq!((heart.smallest, heart.largest), (Some(low), Some(high)));
    assert!(heart.used && heart.unit == "bpm" && !heart.constant);
    assert_eq!(found.recordings[0].sampling.kind, "every_second");
    assert_eq!((found.recordings[0].pauses, found.damaged.len()), (1, 0));
    assert_eq!(found.sports, ["running, trail"]);
}

#[test]
fn names_what_is_missing_and_what_is_assumed_for_it() {
    let course = inspected(&fixture("gpx/course.gpx"));
    let missing = &course.recordings[0].missing;
    let times = missing.iter().find(|missing| missing.what == "no timestamps").unwrap();
    assert_eq!(times.assumed, ["speed"]);
    assert!(missing.iter().any(|m| m.what == "no cadence" && m.assumed == ["cadence"]));
    let cut = inspected(&fixture("fit/cut_short.fit"));
    assert!(cut.notices.iter().any(|notice| notice.code == "truncated"));
}

#[test]
fn agrees_with_the_references_on_every_fixture() {
    let mut values = 0;
    for name in FIXTURES {
        let check = checked(&fixture(name));
        assert!(!check.differs() && check.paired > 0, "{name}: {check:?}");
        values += check.columns.iter().map(|column| column.agreed).sum::<u64>();
    }
    assert!(values > 150_000, "{values}");
}

/// Our reading of a file with one value read wrongly.
fn made_wrong(bytes: &[u8], wrong: impl Fn(usize, &mut Sample)) -> Reading {
    let mut reading = read::bytes(bytes).unwrap();
    for activity in &mut reading.activities {
        let mut other = Activity::default();
        let mut breaks = activity.breaks().iter().peekable();
        for at in 0..activity.len() {
            while let Some((_, kind)) = breaks.next_if(|(first, _)| *first == at) {
                match kind {
                    Break::Pause => other.pause(),
                    Break::Segment => other.segment(),
                }
            }
            let mut sample = activity.sample(at);
            wrong(at, &mut sample);
            other.push(sample);
        }
        other.header = activity.header.clone();
        *activity = other;
    }
    reading
}

#[test]
fn finds_one_wrong_value_of_a_reader_that_is_made_wrong_on_purpose() {
    type Wrong = fn(&mut Sample);
    let wrongs: [(&str, Wrong); 6] = [
        ("elevation_m", |sample| sample.elevation_m += 0.01),
        ("time_s", |sample| sample.time_s += 0.001),
        ("heart_rate_bpm", |sample| sample.heart_rate_bpm += 1.0),
        ("cadence_per_min", |sample| sample.cadence_per_min = f64::NAN),
        ("elevation_m", |sample| sample.elevation_m = f64::NAN),
        ("latitude_deg", |sample| sample.latitude_deg += 1e-7),
    ];
    for name in ["fit/ridge.fit", "gpx/loop.gpx", "tcx/loop.tcx"] {
        let bytes = fixture(name);
        for (column, wrong) in wrongs {
            let reading = made_wrong(&bytes, |at, sample| {
                if at == 100 {
                    wrong(sample);
                }
            });
            let check = Check::of(&Ok(reading), &bytes, &Limits::default());
            assert!(check.differs() && check.verdict == "differs", "{name} {column}");
            let of =
                check.columns.iter().find(|compared| compared.name == column).unwrap();
            assert_eq!(of.first.len(), 1, "{name} {column}: {check:?}");
            assert_eq!(of.first[0].point, 100, "{name} {column}");
        }
        // and a point that is lost
        let mut short = made_wrong(&bytes, |_, _| {});
        let mut other = Activity::default();
        for at in 0..short.activities[0].len() - 1 {
            other.push(short.activities[0].sample(at));
        }
        other.header = short.activities[0].header.clone();
        short.activities[0] = other;
        let check = Check::of(&Ok(short), &bytes, &Limits::default());
        assert_eq!((check.only_theirs, check.differs()), (1, true), "{name}");
        // nothing wrong, nothing found
        let right = made_wrong(&bytes, |_, _| {});
        assert!(!Check::of(&Ok(right), &bytes, &Limits::default()).differs(), "{name}");
    }
}

#[test]
fn writes_what_its_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_slice(&hardlegs(&["schema", "inspect"]).stdout).unwrap();
    assert_eq!(schema, json::schema());
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in FIXTURES {
        let path = format!("fixtures/{name}");
        let output = hardlegs(&["inspect", "--json", "--check", &path]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let faults: Vec<_> = validator.iter_errors(&document).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        assert_eq!(document["path"], path.as_str());
    }
}

#[test]
fn refuses_what_is_no_activity_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.gpx");
    std::fs::write(&page, "<html><body>sign in</body></html>").unwrap();
    let empty = folder.path().join("empty.fit");
    std::fs::write(&empty, "").unwrap();
    let page = page.to_str().unwrap();
    let empty = empty.to_str().unwrap();
    for path in [page, empty, "fixtures/nothing.fit", "fixtures"] {
        let output = hardlegs(&["inspect", "--check", path]);
        assert_eq!(output.status.code(), Some(1), "{path}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.stdout.is_empty() && said.lines().count() == 1, "{path}: {said}");
        assert!(said.starts_with("error: "), "{said}");
    }
    // a file that ends before its first record is listed all the same
    let mut cut = fixture("fit/ridge.fit");
    cut.truncate(220);
    let path = folder.path().join("cut.fit");
    std::fs::write(&path, cut).unwrap();
    let output = hardlegs(&["inspect", path.to_str().unwrap()]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("file_id") && told.contains("not read: "), "{told}");
    assert_eq!(output.status.code(), Some(1));
}

/// Nothing that a byte more, less or other can do ends in more than a listing or an error.
#[test]
fn survives_seeded_mutants_and_lets_no_crate_panic() {
    let mut state = 7_u64;
    let mut dice = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let mut listed = 0;
    for name in
        ["fit/compressed.fit", "fit/treadmill.fit", "gpx/loop.gpx", "tcx/loop.tcx"]
    {
        let whole = fixture(name);
        for _ in 0..40 {
            let mut bytes = whole[..whole.len().min(20_000 + dice(8_000))].to_vec();
            for _ in 0..=dice(6) {
                let at = dice(bytes.len());
                match dice(3) {
                    0 => bytes[at] = u8::try_from(dice(256)).unwrap(),
                    1 => drop(bytes.remove(at)),
                    _ => bytes.truncate(at.max(40)),
                }
            }
            let found = Inspection::of(&bytes, &Settings::default(), &Limits::default());
            listed += usize::from(found.is_ok());
            let check = checked(&bytes);
            assert!(!check.verdict.is_empty());
            if let Ok(mut found) = found {
                found.check = Some(check);
                assert!(
                    text::text(&found, true).lines().all(|l| l.chars().count() <= 80)
                );
            }
        }
    }
    assert!(listed > 100, "{listed}");
}

#[test]
fn looks_into_gzip_and_a_zip_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("loop.gpx.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&fixture("gpx/loop.gpx")).unwrap();
    std::fs::write(&packed, gzip.finish().unwrap()).unwrap();
    let output = hardlegs(&["inspect", "--check", packed.to_str().unwrap()]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with("GPX 1.1 · 258 kB · in gzip\n"), "{told}");
    assert!(told.contains("every value agrees"), "{told}");
}

#[test]
fn a_name_that_steers_a_terminal_comes_out_inert() {
    let text = String::from_utf8(fixture("gpx/loop.gpx")).unwrap();
    let named = text.replace("Loop over the hill", "a&#27;[31m\u{202e}b");
    let found = inspected(named.as_bytes());
    let told = text::text(&found, true);
    assert!(!told.contains('\u{1b}') && !told.contains('\u{202e}'), "{told}");
    let wild = text.replace("ns3:hr", "ns3:hr\u{202e}");
    let told = text::text(&inspected(wild.as_bytes()), true);
    assert!(!told.contains('\u{202e}'), "{told}");
}
