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

#[path = "fuzz/src/promises/mod.rs"]
#[allow(dead_code, reason = "the promises of activities alone are asked here")]
mod promises;
mod support;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

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
fn fixtures_agree_with_themselves() {
    assert!(hold(&root().join("fixtures")) >= 12);
}

#[test]
fn real_recordings_agree_with_themselves() {
    hold_beside("corpus", 100);
}

#[test]
fn reported_traits_agree_with_themselves() {
    hold_beside("cases", 30);
}

#[test]
fn damaged_files_agree_with_themselves() {
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
