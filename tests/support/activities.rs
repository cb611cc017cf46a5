//! Small recordings, each of its own day and place, a folder of them, a store beside it, and
//! the program called in known surroundings.
#![allow(dead_code, reason = "whoever takes this in uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::fixtures::recording::{Outing, Recording};
use crate::fixtures::terrain::Terrain;
use crate::fixtures::{fit, gpx};

/// Seconds between two outings: a hundred thousand of them fit between 2001 and 2024.
const APART_S: i64 = 2 * 3600;

/// The n-th outing, up and down a hill, as FIT or every third as GPX: its name and 2 to 10 kB.
pub(crate) fn outing(n: u32) -> (String, Vec<u8>) {
    let mut recording = hill().clone();
    recording.name = format!("Outing {n}");
    recording.start_unix_s = 1_000_000_000 + i64::from(n) * APART_S;
    let (east, north) = (f64::from(n % 300) * 0.01, f64::from(n / 300) * 0.01);
    for point in &mut recording.points {
        point.latitude_deg = point.latitude_deg.map(|lat| lat + north);
        point.longitude_deg = point.longitude_deg.map(|lon| lon + east);
    }
    if n.is_multiple_of(3) {
        (format!("{n:06}.gpx"), gpx::write(&recording, gpx::Style::Garmin))
    } else {
        (format!("{n:06}.fit"), fit::write(&recording, &fit::Options::default()))
    }
}

/// Two kilometres, a record every so often that a file stays small.
fn hill() -> &'static Recording {
    static HILL: OnceLock<Recording> = OnceLock::new();
    HILL.get_or_init(|| {
        let ground = Terrain::at(600.0).ease(900.0, 90.0).ease(900.0, -90.0);
        let outing = Outing { heart_rate: false, ..Outing::run() };
        outing.every(18.0).record(&ground)
    })
}

/// Whether everything is asked that there is to ask.
pub(crate) fn long() -> bool {
    std::env::var_os("HARDLEGS_LONG").is_some()
}

/// So many in the long form, so many in the short one.
pub(crate) fn turns(long_form: usize, short_form: usize) -> usize {
    if long() { long_form } else { short_form }
}

/// The program that is asked: a release build where one is named.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("HARDLEGS_PROGRAM")
        .map_or_else(|| env!("CARGO_BIN_EXE_hardlegs").into(), PathBuf::from)
}

/// Whether a tool is there.
pub(crate) fn has(tool: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(tool).is_file())
}

/// A folder of recordings and a store beside it.
pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
}

impl Home {
    /// With so many outings.
    pub(crate) fn of(outings: u32) -> Home {
        let home = Home { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(home.path("files")).unwrap();
        std::fs::write(home.path("config.toml"), "").unwrap();
        for n in 0..outings {
            let (name, bytes) = outing(n);
            std::fs::write(home.path("files").join(name), bytes).unwrap();
        }
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program in this folder, with this store.
    pub(crate) fn command(&self, store: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("TZ", "UTC")
            .env("HARDLEGS_STORE", store)
            .env("HARDLEGS_CONFIG", self.path("config.toml"))
            .args(arguments);
        command
    }

    pub(crate) fn run(&self, store: &Path, arguments: &[&str]) -> Output {
        self.command(store, arguments).output().unwrap()
    }

    /// Everything that a store holds, as words.
    pub(crate) fn export(&self, store: &Path) -> String {
        let output = self.run(store, &["history", "--export", "jsonl", "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// What was said on standard error.
pub(crate) fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
