//! Does a history of very many files stay small, quick and within few open files?
//!
//! `cargo test` takes in a few hundred, `tests/scale/run` a hundred thousand: `SCALE_FILES` says
//! how many, `SCALE_PROGRAM` by which program.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "../fixtures/mod.rs"]
mod fixtures;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fixtures::fit::Options;
use fixtures::gpx::Style;
use fixtures::recording::{Outing, Recording};
use fixtures::terrain::Terrain;
use fixtures::{fit, gpx, tcx};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

/// What a run may have open, and how much memory it may fill.
const OPEN_FILES: u64 = 64;
const MOST_MIB: u64 = 512;
/// What a summary may be long.
const MOST_LINES: usize = 40;
/// Long form: seconds of CPU for a run that finds nothing new, and for one that finds ten
/// files. On a machine of its own a run takes no longer than its CPU.
const NOTHING_NEW_S: f64 = 10.0;
const TEN_NEW_S: f64 = 12.0;

/// A bad file in so many, and one that another is a hard link of.
const BAD_EVERY: usize = 50;
const TWICE_EVERY: usize = 100;
/// A file of 2 MB in so many.
const LARGE_EVERY: usize = 1000;

const SECONDS_A_DAY: i64 = 86_400;
/// 2010-01-01.
const FIRST_DAY: &str = "2010-01-01";
const FIRST_DAY_UNIX_S: i64 = 14_610 * SECONDS_A_DAY;

#[derive(Debug, Clone, Copy)]
enum Form {
    Gpx(Style),
    Fit,
    Tcx,
}
use Form::{Fit, Gpx, Tcx};

/// Outings of somebody's day, by how much they write: 2 KB to 400 KB. Form, metres, seconds
/// between points.
const OUTINGS: [(Form, f64, f64); 18] = [
    (Gpx(Style::Bare), 500.0, 5.0),
    (Gpx(Style::Bare), 620.0, 5.0),
    (Gpx(Style::Bare), 760.0, 5.0),
    (Gpx(Style::Bare), 930.0, 5.0),
    (Fit, 1500.0, 5.0),
    (Fit, 1800.0, 5.0),
    (Fit, 2200.0, 5.0),
    (Fit, 2700.0, 5.0),
    (Gpx(Style::Plain), 3000.0, 10.0),
    (Gpx(Style::Plain), 3600.0, 10.0),
    (Gpx(Style::Plain), 4300.0, 10.0),
    (Fit, 5200.0, 2.0),
    (Fit, 6200.0, 2.0),
    (Gpx(Style::Garmin), 3300.0, 5.0),
    (Gpx(Style::Garmin), 4700.0, 5.0),
    (Tcx, 4000.0, 5.0),
    (Tcx, 5700.0, 5.0),
    (Gpx(Style::Garmin), 9000.0, 2.0),
];
/// And the day of a long race.
const LARGE: (Form, f64, f64) = (Gpx(Style::Garmin), 19_000.0, 1.0);

/// An outing on the first day, to be moved to others.
struct Template {
    form: Form,
    recording: Recording,
    /// As it is written, where other days are other digits in it.
    text: Option<String>,
}

impl Template {
    fn new(number: usize, (form, length_m, every_s): (Form, f64, f64)) -> Template {
        let mut outing = Outing::run().every(every_s).named("an outing");
        // another place and another hour: none is a copy of another
        outing.latitude_deg += 0.2 * number as f64;
        outing.start_unix_s = FIRST_DAY_UNIX_S + 2400 * i64::try_from(number).unwrap();
        let recording = outing.record(&Terrain::at(500.0).hills(length_m, 60.0, 1));
        let text = match form {
            Gpx(style) => Some(gpx::write(&recording, style)),
            Tcx => Some(tcx::write(&recording)),
            Fit => None,
        };
        let text = text.map(|bytes| String::from_utf8(bytes).unwrap());
        Template { form, recording, text }
    }

    /// The file of the day so many days later.
    fn on(&self, days: i64) -> (&'static str, Vec<u8>) {
        let Some(text) = &self.text else {
            let mut recording = self.recording.clone();
            recording.start_unix_s += days * SECONDS_A_DAY;
            return ("fit", fit::write(&recording, &Options::default()));
        };
        let moved = jiff::Timestamp::from_second(FIRST_DAY_UNIX_S + days * SECONDS_A_DAY);
        let day = moved.unwrap().to_string();
        let bytes = text.replace(FIRST_DAY, &day[..FIRST_DAY.len()]).into_bytes();
        if !matches!(self.form, Tcx) {
            return ("gpx", bytes);
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&bytes).unwrap();
        ("tcx.gz", encoder.finish().unwrap())
    }
}

/// How many files of each fate a folder holds.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    good: u64,
    bad: u64,
    twice: u64,
}

/// Files from one number to another, spread over folders.
fn generate(folder: &Path, numbers: std::ops::Range<usize>) -> Counts {
    let mut templates: Vec<Template> = (0..)
        .zip(OUTINGS)
        .map(|(number, outing)| Template::new(number, outing))
        .collect();
    let large = Template::new(templates.len(), LARGE);
    templates.push(large);
    let mut counts = Counts::default();
    let mut before: Option<PathBuf> = None;
    for number in numbers {
        let below = folder.join(format!("{:03}", number / 1000));
        std::fs::create_dir_all(&below).unwrap();
        let day = i64::try_from(number / OUTINGS.len()).unwrap();
        let large = number % LARGE_EVERY == LARGE_EVERY / 2 + 1;
        let nth = if large { OUTINGS.len() } else { number % OUTINGS.len() };
        let (suffix, mut bytes) = templates[nth].on(day);
        let path = below.join(format!("{number:06}.{suffix}"));
        match (&before, number % TWICE_EVERY, number % BAD_EVERY) {
            (Some(before), 7, _) => {
                std::fs::hard_link(before, path.with_extension("again.gpx")).unwrap();
                counts.twice += 1;
                continue;
            }
            (_, _, 0) => {
                // nothing, or a head and nothing else
                bytes.truncate([0, 30][number / BAD_EVERY % 2]);
                counts.bad += 1;
            }
            _ => {
                before = Some(path.clone());
                counts.good += 1;
            }
        }
        std::fs::write(path, bytes).unwrap();
    }
    counts
}

/// What a run printed, and what it cost.
struct Run {
    out: String,
    wall_s: f64,
    cpu_s: f64,
    mib: u64,
}

/// Runs under a limit of open files, and looks at it while it runs.
fn run(folder: &Path, arguments: &[&str]) -> Run {
    let program = std::env::var("SCALE_PROGRAM")
        .unwrap_or_else(|_| env!("CARGO_BIN_EXE_hardlegs").to_owned());
    let begun = Instant::now();
    let printed = folder.join("printed");
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n $0 && exec \"$@\"", &OPEN_FILES.to_string(), &program])
        .arg("history")
        .args(arguments)
        .args(["--store", "history.sqlite", "--on", "2026-11-01"])
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&printed).unwrap())
        .stderr(std::fs::File::create(folder.join("said")).unwrap())
        .spawn()
        .unwrap();
    let (mut cpu_s, mut mib) = (0.0_f64, 0);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        let (now_s, now_mib) = costs(child.id());
        (cpu_s, mib) = (cpu_s.max(now_s), mib.max(now_mib));
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = std::fs::read_to_string(folder.join("said")).unwrap();
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}: {said:.2000}");
    let out = std::fs::read_to_string(printed).unwrap();
    Run { out, wall_s: begun.elapsed().as_secs_f64(), cpu_s, mib }
}

/// CPU seconds and the most MiB of a process until now; nothing once it has ended.
fn costs(id: u32) -> (f64, u64) {
    const TICKS_A_SECOND: f64 = 100.0;
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{id}/{name}"));
    let ticks = read("stat").ok().and_then(|stat| {
        let (_, fields) = stat.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(11);
        let (user, system) = (fields.next()?, fields.next()?);
        Some(user.parse::<f64>().ok()? + system.parse::<f64>().ok()?)
    });
    let kib = read("status").ok().and_then(|status| {
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    (ticks.unwrap_or(0.0) / TICKS_A_SECOND, kib.unwrap_or(0) / 1024)
}

fn counted(run: &Run, what: &str, files: usize) -> Value {
    eprintln!("{what}: {:.1} s, {:.1} s of CPU, {} MiB", run.wall_s, run.cpu_s, run.mib);
    assert!(run.mib > 0 && run.mib < MOST_MIB, "{what}: {} MiB", run.mib);
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let tally = document["intake"].clone();
    assert_eq!(tally["found"], files, "{what}");
    tally
}

#[test]
fn stays_small_on_a_history_of_very_many_files() {
    let asked = std::env::var("SCALE_FILES").ok().map(|files| files.parse().unwrap());
    let files: usize = asked.unwrap_or(300);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (here, below) = (folder.path(), folder.path().join("files"));
    let counts = generate(&below, 0..files);
    eprintln!("{files} files: {counts:?}");

    let first = run(here, &["files", "--json"]);
    let tally = counted(&first, "all new", files);
    assert_eq!(tally["scored"], counts.good, "{tally:.3000}");
    assert_eq!(tally["new"], counts.good);
    assert_eq!(tally["duplicate"], counts.twice);
    // a head and nothing else may be a head of anything: skipped
    let [failed, skipped] = ["failed", "skipped"].map(|key| tally[key].as_u64().unwrap());
    assert_eq!(failed + skipped, counts.bad, "{tally:.3000}");
    assert!(failed >= counts.bad / 2, "{failed} failed");

    // what a person sees
    let told = |run: &Run, what: &str, files: usize, scored: u64, new: u64| {
        eprintln!(
            "{what}: {:.1} s, {:.1} s of CPU, {} MiB",
            run.wall_s, run.cpu_s, run.mib
        );
        assert!(run.mib > 0 && run.mib < MOST_MIB, "{what}: {} MiB", run.mib);
        let begins = format!("{files} files: {scored} scored ({new} new)");
        assert!(run.out.starts_with(&begins), "{what}: {:.200}", run.out);
        let lines = run.out.lines().count();
        assert!((5..=MOST_LINES).contains(&lines), "{lines} lines: {}", run.out);
    };
    let again = run(here, &["files"]);
    told(&again, "nothing new", files, counts.good, 0);

    // numbers that are neither bad nor large nor twice there
    let ten = files.next_multiple_of(1000) + 10;
    assert_eq!(generate(&below, ten..ten + 10).good, 10);
    let more = run(here, &["files"]);
    told(&more, "ten new", files + 10, counts.good + 10, 10);
    if asked.is_some() {
        assert!(again.cpu_s < NOTHING_NEW_S, "nothing new: {:.1} s", again.cpu_s);
        assert!(more.cpu_s < TEN_NEW_S, "ten new: {:.1} s", more.cpu_s);
    }
}
