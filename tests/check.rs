//! Does every file of a corpus read as reference crates read it, but for written reasons?
//!
//! Without the corpus nothing is compared, and that is said.

#![cfg(feature = "inspect")]
#![allow(clippy::unwrap_used, reason = "a corpus that cannot be read is a failed test")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hardlegs::inspect::Check;
use hardlegs::read::{self, Limits};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

fn corpus() -> PathBuf {
    std::env::var_os("HARDLEGS_CORPUS")
        .map_or_else(|| PathBuf::from(CORPUS), PathBuf::from)
}

/// All recordings below, plain or in gzip.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let lower = path.to_string_lossy().to_lowercase();
        let name = lower.strip_suffix(".gz").unwrap_or(&lower);
        if path.is_dir() {
            files(&path, found);
        } else if [".fit", ".gpx", ".tcx"].iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

#[test]
fn reads_every_value_of_the_corpus_as_the_references_do() {
    let corpus = corpus();
    let mut found = Vec::new();
    files(&corpus, &mut found);
    if found.is_empty() {
        support::not_asked(&format!("no corpus at {}", corpus.display()));
        return;
    }
    found.sort();
    let (mut verdicts, mut reasons) = (BTreeMap::new(), BTreeMap::new());
    let (mut points, mut values) = (0, 0);
    let mut differing = Vec::new();
    for path in &found {
        let bytes = std::fs::read(path).unwrap();
        let check = Check::of(&read::bytes(&bytes), &bytes, &Limits::default());
        *verdicts.entry(check.verdict.clone()).or_insert(0) += 1;
        for reason in &check.reasons {
            *reasons.entry(reason.code.clone()).or_insert(0) += reason.count;
        }
        points += check.paired;
        values += check.columns.iter().map(|column| column.agreed).sum::<u64>();
        if check.differs() {
            differing.push(format!("{}: {check:#?}", path.display()));
        }
    }
    println!(
        "{} files: {verdicts:?}, {points} points, {values} values equal",
        found.len()
    );
    println!("{reasons:?}");
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(points > 0);
}

/// The run whose distance two well-known decoders read as 93.7 km.
#[test]
fn adds_up_compressed_distance() {
    let path = corpus()
        .join("dtcooper+python-fitparse/tests/files/compressed-speed-distance.fit");
    let Ok(bytes) = std::fs::read(&path) else {
        support::not_asked(&format!("no corpus at {CORPUS}"));
        return;
    };
    let reading = read::bytes(&bytes).unwrap();
    let last_m =
        reading.activities[0].distance_m().iter().rfind(|d| !d.is_nan()).unwrap();
    assert!((last_m - 10_250.0).abs() < 10.0, "{last_m} m");
}
