//! One language: does any output still speak of pushes, brakes, points or severity?

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

/// Words that were given up, and what is said instead.
const RETIRED: [(&str, &str); 15] = [
    ("push", "uphill load, step"),
    ("brak", "downhill load"),
    ("severit", "intensity"),
    ("points up", "metres"),
    ("points down", "metres"),
    ("points ×", "volume"),
    ("climb points", "volume"),
    ("descent points", "volume"),
    ("climb_points", "climb_volume_m"),
    ("descent_points", "descent_volume_m"),
    ("blurred", "smoothed away"),
    ("mended", "repaired"),
    ("an easy one", "intensity"),
    ("steeper than ever", "beyond the laboratory"),
    ("hardlegs profile", "hardlegs athlete"),
];
/// What holds one of them and means something else.
const MEANT: [&str; 2] = ["recommended", "pushchair"];

fn retired(text: &str) -> Vec<String> {
    let mut lower = text.to_lowercase();
    for word in MEANT {
        lower = lower.replace(word, "");
    }
    let mut found = Vec::new();
    for line in lower.lines() {
        for (word, instead) in RETIRED {
            if line.contains(word) {
                let line: String = line.trim().chars().take(160).collect();
                found.push(format!("{word} (say {instead}): {line}"));
            }
        }
    }
    found
}

fn said(store: &Path, arguments: &[&str]) -> String {
    let output = program::hardlegs(store, arguments);
    assert!(output.status.code().is_some_and(|code| code <= 1), "{arguments:?}");
    assert!(!output.stdout.is_empty(), "{arguments:?}");
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).unwrap()
}

const RIDGE: &str = "fixtures/fit/ridge.fit";
const HIKE: &str = "fixtures/gpx/hike_pack.gpx";
const RIDE: &str = "fixtures/fit/ride_power.fit";
const COURSE: &str = "fixtures/gpx/course.gpx";

#[test]
fn writes_no_retired_word() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("history.sqlite");
    let all = ["history", RIDGE, HIKE, RIDE, "fixtures/fit/multisport.fit"];
    let mut texts = vec![said(&store, &all)];
    for file in [RIDGE, HIKE, RIDE, COURSE, "fixtures/gpx/ride_plain.gpx"] {
        for flags in [&[][..], &["--all"], &["--laps"], &["--json"]] {
            texts.push(said(&store, &[&[file], flags].concat()));
        }
        texts.push(said(&store, &["explain", file]));
        texts.push(said(&store, &["inspect", file, "--all", "--check"]));
        texts.push(said(&store, &["batch", file]));
        texts.push(said(&store, &["batch", "--format", "csv", file]));
        texts.push(said(&store, &["report", file, "-o", "-"]));
        for kind in ["elevation", "load", "grade", "mechanisms", "map"] {
            texts.push(said(&store, &["chart", file, "--kind", kind, "-o", "-"]));
        }
    }
    texts.push(said(&store, &["explain", RIDGE, "D5"]));
    texts.push(said(&store, &["explain", RIDGE, "U3"]));
    texts.push(said(&store, &["explain", RIDE, "U5"]));
    texts.push(said(&store, &["explain"]));
    for topic in
        ["history", "plan", "load", "profile", "segment", "hills", "trend", "curve"]
    {
        texts.push(said(&store, &["explain", topic]));
    }
    for flags in
        [&[][..], &["--json"], &["--csv"], &["--by", "month"], &["--by", "activity"]]
    {
        texts
            .push(said(&store, &[&["history", "--since", "2024-06-01"], flags].concat()));
    }
    for flags in [&[][..], &["--json"], &["--sport", "ride"]] {
        texts.push(said(&store, &[&["history", "--curve"], flags].concat()));
    }
    texts.push(said(&store, &["chart", "--kind", "curve", "-o", "-"]));
    texts.push(said(&store, &["history", "--export", "csv"]));
    texts.push(said(&store, &["history", "--export", "jsonl"]));
    for flags in [&[][..], &["--json"], &["--sport", "ride"]] {
        texts.push(said(
            &store,
            &[&["plan", COURSE, "--on", "2027-06-12"], flags].concat(),
        ));
    }
    for flags in [&[][..], &["--all"], &["--json"], &["1"], &["1", "--json"]] {
        texts.push(said(&store, &[&["hills"], flags].concat()));
    }
    for of in ["foot", "ride"] {
        texts.push(said(&store, &["history", "--sport", of]));
    }
    texts.push(said(&store, &["chart", "--kind", "hill", "--hill", "1", "-o", "-"]));
    texts.push(said(&store, &["chart", "--kind", "history", "-o", "-"]));
    texts.push(said(&store, &["report", "history", "-o", "-"]));
    texts.push(said(
        &store,
        &["chart", COURSE, "--kind", "plan", "--on", "2027-06-12", "-o", "-"],
    ));
    texts.push(said(&store, &["export", RIDGE, "-o", "-"]));
    for of in ["analyze", "batch", "csv", "curve", "hills", "history", "inspect", "plan"]
    {
        texts.push(said(&store, &["schema", of]));
    }
    texts.push(said(&store, &["--help"]));
    for topic in [
        "model",
        "formats",
        "accuracy",
        "exit-status",
        "history",
        "hills",
        "plan",
        "chart",
    ] {
        texts.push(said(&store, &["help", topic]));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    texts.push(read(&root.join("README.md")));
    texts.push(read(&root.join("docs/ridge.svg")));
    for entry in std::fs::read_dir(root.join("tests/golden")).unwrap() {
        texts.push(read(&entry.unwrap().path()));
    }
    let mut found: Vec<String> = texts.iter().flat_map(|text| retired(text)).collect();
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} lines: {found:#?}", found.len());
    assert!(texts.len() >= 100, "{}", texts.len());
}

#[test]
fn finds_a_retired_word() {
    assert_eq!(retired("each push 1.6x an easy one\nnot recommended").len(), 2);
}
