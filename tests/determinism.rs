//! Do the same bytes give the same bytes out, whoever runs the program, where and when?

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// What lies around a run: variables, and what its new files may be read by.
struct Around {
    name: String,
    variables: Vec<(&'static str, String)>,
    umask: &'static str,
}

impl Around {
    fn plain() -> Around {
        Around { name: "nothing".to_owned(), variables: Vec::new(), umask: "022" }
    }

    fn with(variables: &[(&'static str, &str)]) -> Around {
        let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
        let variables: Vec<_> = variables.iter().map(owned).collect();
        Around { name: format!("{variables:?}"), variables, ..Around::plain() }
    }
}

/// A clock of another time, where the library for it is installed.
fn other_clocks() -> Vec<Around> {
    let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];
    let library = folders
        .iter()
        .map(|folder| format!("{folder}/faketime/libfaketime.so.1"))
        .find(|path| Path::new(path).exists());
    let Some(library) = library else {
        support::not_asked("other clocks, for which libfaketime is not installed");
        return Vec::new();
    };
    // the dates of files lie half a century around, too: see `Place::new`
    ["1976-02-29 23:59:59", "2076-11-01 00:00:00"]
        .iter()
        .map(|time| {
            Around::with(&[("LD_PRELOAD", &library), ("FAKETIME", time), ("TZ", "UTC")])
        })
        .collect()
}

/// All that may lie around a run.
fn arounds(folder: &Path) -> Vec<Around> {
    let home = folder.join("home");
    std::fs::create_dir_all(&home).unwrap();
    let (home, nowhere) = (home.to_str().unwrap(), folder.join("no/such"));
    let file = folder.join("a file");
    std::fs::write(&file, "").unwrap();
    let mut all = vec![
        Around::with(&[("LANG", "C"), ("LC_ALL", "C")]),
        Around::with(&[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
        Around::with(&[
            ("LANG", "de_DE@euro"),
            ("LC_NUMERIC", "de_DE"),
            ("LANGUAGE", "de"),
        ]),
        Around::with(&[("LC_ALL", "no such locale \u{1b}[31m")]),
        Around::with(&[("TZ", "Asia/Kathmandu")]),
        Around::with(&[("TZ", "America/St_Johns")]),
        Around::with(&[("TZ", "no/such zone")]),
        Around::with(&[("TZ", ":/etc/passwd")]),
        Around::with(&[("TZ", "")]),
        Around::with(&[("HOME", home)]),
        Around::with(&[("HOME", nowhere.to_str().unwrap()), ("TMPDIR", "/no/such")]),
        Around::with(&[("HOME", file.to_str().unwrap())]),
        Around { name: "umask 077".to_owned(), umask: "077", ..Around::plain() },
        Around { name: "umask 000".to_owned(), umask: "000", ..Around::plain() },
    ];
    all.extend(other_clocks());
    all
}

/// A folder with recordings, good and bad, whose dates lie half a century before and after.
struct Place {
    folder: tempfile::TempDir,
}

const TWENTY_YEARS: Duration = Duration::from_secs(20 * 365 * 86_400);

const RECORDINGS: [&str; 6] = [
    "fit/loop.fit",
    "fit/multisport.fit",
    "gpx/not_gpx.gpx",
    "gpx/no_elevation.gpx",
    "gpx/course.gpx",
    "tcx/loop.tcx",
];

impl Place {
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        let files = place.path("files");
        std::fs::create_dir(&files).unwrap();
        for (nth, name) in (0_i64..).zip(RECORDINGS) {
            let (_, last) = name.split_once('/').unwrap();
            let to = files.join(last);
            std::fs::copy(fixture(name), &to).unwrap();
            let dated =
                SystemTime::UNIX_EPOCH + TWENTY_YEARS * u32::try_from(nth).unwrap();
            File::options().write(true).open(&to).unwrap().set_modified(dated).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a run prints on both streams, and how it ends.
    fn run(&self, around: &Around, arguments: &[&str]) -> (String, String, Option<i32>) {
        let output = Command::new("sh")
            .args(["-c", "umask $0 && exec \"$@\"", around.umask])
            .arg(env!("CARGO_BIN_EXE_hardlegs"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(around.variables.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code())
    }

    /// Everything that is asked of these recordings, one after the other, with so many threads.
    fn everything(&self, around: &Around, threads: &str) -> Vec<(String, String)> {
        let (chart, store) = (self.path("chart.svg"), self.path("history.sqlite"));
        for made in [&chart, &store] {
            let _ = std::fs::remove_file(made);
        }
        let one = "files/loop.fit";
        let kept: &[&str] = &["--store", "history.sqlite", "--on", "2026-11-01"];
        let history = |more: &[&'static str]| [&["history"], more, kept].concat();
        let asked: Vec<Vec<&str>> = vec![
            vec!["analyze", "files/loop.tcx", one, "files/not_gpx.gpx", "--all"],
            vec!["analyze", "--json", one, "files/course.gpx"],
            vec!["batch", "files", "--threads", threads],
            vec!["batch", "files", "--format", "csv", "--threads", threads],
            vec!["chart", one, "-o", "chart.svg"],
            [&history(&["files", "--json"])[..], &["--threads", threads]].concat(),
            history(&["--export", "jsonl"]),
            history(&["--export", "csv"]),
            history(&["--by", "activity"]),
            vec!["explain", one],
        ];
        let mut said = Vec::new();
        for arguments in asked {
            let (out, err, status) = self.run(around, &arguments);
            let name = arguments.join(" ");
            assert!(!out.is_empty() || arguments[0] == "chart", "{name}: {err}");
            said.push((name.clone(), format!("{out}{err}{status:?}")));
        }
        said.push(("the chart".to_owned(), std::fs::read_to_string(chart).unwrap()));
        said
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

#[test]
fn writes_the_same_bytes_in_any_surroundings() {
    let place = Place::new();
    let plain = place.everything(&Around::plain(), "1");
    let mut asked = 0;
    for around in arounds(place.folder.path()) {
        let said = place.everything(&around, "1");
        for ((name, plain), (_, said)) in plain.iter().zip(&said) {
            assert!(plain == said, "{}: {name}:\n{plain}\n{said}", around.name);
            asked += 1;
        }
    }
    eprintln!("{asked} answers equal to the byte");
    assert!(asked >= 14 * 11);
}

#[test]
fn writes_the_same_bytes_with_any_threads() {
    let place = Place::new();
    let plain = place.everything(&Around::plain(), "1");
    for threads in ["2", "8"] {
        let said = place.everything(&Around::plain(), threads);
        for ((name, plain), (_, said)) in plain.iter().zip(&said) {
            assert!(plain == said, "{threads} threads: {name}:\n{plain}\n{said}");
        }
    }
}

#[test]
fn answers_alike_in_any_order_of_inputs() {
    let place = Place::new();
    let names: Vec<String> = RECORDINGS
        .iter()
        .map(|name| format!("files/{}", name.split_once('/').unwrap().1))
        .collect();
    let sorted = |text: &str| -> Vec<String> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let answers = |order: &[usize], threads: &str| {
        let files: Vec<&str> = order.iter().map(|nth| names[*nth].as_str()).collect();
        let batch = [&["batch", "--threads", threads][..], &files].concat();
        let (lines, _, _) = place.run(&Around::plain(), &batch);
        let store = place.path("shuffled.sqlite");
        let _ = std::fs::remove_file(&store);
        let kept = ["--store", "shuffled.sqlite", "--on", "2026-11-01"];
        let history =
            [&["history", "--json", "--threads", threads], &files[..], &kept].concat();
        let (history, _, _) = place.run(&Around::plain(), &history);
        let export = [&["history", "--export", "jsonl"], &kept[..]].concat();
        let (export, _, _) = place.run(&Around::plain(), &export);
        (sorted(&lines), history, export)
    };
    let plain = answers(&[0, 1, 2, 3, 4, 5], "1");
    assert!(plain.0.len() == 6 && !plain.1.is_empty() && plain.2.lines().count() >= 3);
    for order in [[5, 4, 3, 2, 1, 0], [2, 5, 1, 0, 4, 3], [3, 0, 5, 4, 2, 1]] {
        for threads in ["1", "8"] {
            let shuffled = answers(&order, threads);
            assert!(plain.0 == shuffled.0, "{order:?}, {threads} threads: batch");
            assert!(
                plain.1 == shuffled.1,
                "{order:?}, {threads} threads: {}\n{}",
                plain.1,
                shuffled.1
            );
            assert!(plain.2 == shuffled.2, "{order:?}, {threads} threads: export");
        }
    }
}
