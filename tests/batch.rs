//! The contract of `batch` from outside: a line an input, in order, the same from anywhere.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;
#[path = "support/zipped.rs"]
mod zipped;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use zipped::zip;

fn batch(arguments: &[&str], input: &[u8], environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .envs(environment.iter().copied())
        .arg("batch")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // a program that has seen enough closes its input
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every fixture, good and bad.
fn fixtures() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["fit", "gpx", "tcx"] {
        let path = format!("{}/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(path).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            found.push(format!("fixtures/{folder}/{name}"));
        }
    }
    found.sort();
    found
}

#[test]
fn writes_a_line_an_input_in_order_with_any_threads() {
    let mut list = String::new();
    let fixtures = fixtures();
    for turn in 0..200 {
        list.push_str(&fixtures[turn * 7 % fixtures.len()]);
        list.push_str(if turn % 3 == 0 { "\r\n" } else { "\n" });
        if turn % 11 == 0 {
            list.push_str("no/such/file.fit\n");
        }
    }
    let one = batch(&["-"], list.as_bytes(), &[]);
    assert_eq!(one.status.code(), Some(0));
    assert!(one.stderr.is_empty(), "{}", String::from_utf8_lossy(&one.stderr));
    let named: Vec<&str> = list.lines().collect();
    let answered = lines(&one);
    assert_eq!(answered.len(), named.len());
    for (line, name) in answered.iter().zip(&named) {
        assert_eq!(line["path"], *name);
        assert_eq!(line["error"].is_object(), line["activities"].is_null(), "{name}");
    }
    for threads in ["2", "8"] {
        let many = batch(&["-", "--threads", threads], list.as_bytes(), &[]);
        assert!(many.stdout == one.stdout, "{threads} threads");
    }
}

#[test]
fn writes_the_same_lines_in_any_surroundings() {
    let plain = batch(&["fixtures"], b"", &[]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("hardlegs")).unwrap();
    let config = folder.path().join("hardlegs/config.toml");
    std::fs::write(&config, "[[athlete]]\nmass_kg = 50\nhr_max = 200\n").unwrap();
    let home = folder.path().to_str().unwrap();
    let surroundings = [
        ("HOME", home),
        ("XDG_CONFIG_HOME", home),
        ("HARDLEGS_MASS", "60"),
        ("HARDLEGS_SPORT", "hike"),
        ("TZ", "Asia/Tokyo"),
        ("LANG", "tr_TR.UTF-8"),
    ];
    let around = batch(&["fixtures"], b"", &surroundings);
    assert!(plain.stdout == around.stdout);
    let named = batch(&["fixtures", "--config", config.to_str().unwrap()], b"", &[]);
    assert!(plain.stdout != named.stdout, "a file that is named does count");
}

#[test]
fn matches_every_line_with_its_schema() {
    let schema =
        Command::new(env!("CARGO_BIN_EXE_hardlegs")).args(["schema", "batch"]).output();
    let schema: serde_json::Value =
        serde_json::from_slice(&schema.unwrap().stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let output = batch(&["fixtures", "no/such/file"], b"", &[]);
    for line in lines(&output) {
        let wrong: Vec<String> =
            validator.iter_errors(&line).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", line["path"]);
    }
}

#[test]
fn separates_streams_and_exit_codes() {
    let bad = ["fixtures/gpx/not_gpx.gpx"];
    assert_eq!(batch(&bad, b"", &[]).status.code(), Some(0));
    assert_eq!(batch(&[bad[0], "--fail"], b"", &[]).status.code(), Some(1));
    assert_eq!(batch(&[], b"", &[]).status.code(), Some(2));
    assert_eq!(batch(&["--files0-from", "/no/list"], b"", &[]).status.code(), Some(2));
    assert_eq!(batch(&["-"], b"", &[]).stdout, b"");
    // somebody who reads one line and goes
    let mut child = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["batch", "--threads", "4"])
        .args(std::iter::repeat_n("fixtures", 50))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut byte = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut byte).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn writes_the_same_lines_for_three_ways_in() {
    let fixtures = fixtures();
    let list = fixtures.join("\n");
    let by_list = batch(&["-"], list.as_bytes(), &[]);
    let nul = fixtures.join("\0");
    let by_nul = batch(&["--files0-from", "-"], nul.as_bytes(), &[]);
    assert!(by_list.stdout == by_nul.stdout);
    let mut tar = tar::Builder::new(Vec::new());
    for name in &fixtures {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        tar.append_path_with_name(path, name).unwrap();
    }
    let by_tar = batch(&["--tar", "-"], &tar.into_inner().unwrap(), &[]);
    assert!(by_list.stdout == by_tar.stdout);
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn expands_a_pattern_that_no_shell_expanded() {
    let output = batch(&["fixtures/*/loop.*"], b"", &[]);
    let paths: Vec<String> =
        lines(&output).iter().map(|l| l["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        paths,
        ["fixtures/fit/loop.fit", "fixtures/gpx/loop.gpx", "fixtures/tcx/loop.tcx"]
    );
    let nothing = lines(&batch(&["fixtures/*/nothing.*"], b"", &[]));
    assert_eq!((nothing.len(), &nothing[0]["error"]["code"]), (1, &"io".into()));
}

#[test]
fn reads_an_export_in_its_zip() {
    let (hill, ride) = (fixture("fit/loop.fit"), fixture("gpx/ride_plain.gpx"));
    let table = b"Activity ID,Activity Date,Activity Name,Activity Type,Filename\n\
        1,x,\"To work, fast\",Ride,activities/2.gpx\n";
    let inner = zip(&[("deep/3.fit", &hill), ("notes.txt", b"x")]);
    let blanks = [b"\n\n  ".as_slice(), &ride].concat();
    let export = zip(&[
        ("activities/1.fit", &hill),
        ("activities/2.gpx", &ride),
        ("activities/4.gpx", &blanks),
        ("activities/broken.fit", b"nothing"),
        ("routes/9.gpx", &ride),
        ("media/photo.jpg", b"\xff\xd8"),
        ("part1.zip", &inner),
        ("part2.zip", b"PK\x03\x04 cut"),
        ("activities.csv", table),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.bin");
    std::fs::write(&path, export).unwrap();
    let output = batch(&[path.to_str().unwrap(), "--threads", "3"], b"", &[]);
    let lines = lines(&output);
    let short = |line: &serde_json::Value| {
        let name = line["path"].as_str().unwrap().split("export.bin/").nth(1).unwrap();
        (name.to_owned(), line["error"]["code"].as_str().unwrap_or("ok").to_owned())
    };
    let seen: Vec<(String, String)> = lines.iter().map(short).collect();
    let ok = |name: &str| (name.to_owned(), "ok".to_owned());
    assert_eq!(
        seen,
        [
            ok("activities/1.fit"),
            ok("activities/2.gpx"),
            ok("activities/4.gpx"),
            ("activities/broken.fit".to_owned(), "not_an_activity".to_owned()),
            ok("part1.zip/deep/3.fit"),
            ("part2.zip".to_owned(), "damaged".to_owned()),
        ]
    );
    assert_eq!(lines[0]["id"], lines[4]["id"], "the same bytes, wherever they lie");
    assert_eq!(lines[1]["activities"][0]["name"], "To work, fast");
    assert_eq!(lines[1]["activities"][0]["sport"], "ride");
    let assumed = lines[1]["activities"][0]["assumed"].as_array().unwrap();
    assert!(!assumed.iter().any(|a| a == "sport"), "the table says the sport");
    let left: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [path], "nothing is unpacked");
}

#[cfg(unix)]
#[test]
fn walks_folders_with_loops_and_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    std::os::unix::fs::symlink(folder.path(), inside.join("loop")).unwrap();
    std::os::unix::fs::symlink("/no/where", inside.join("dangling.gpx")).unwrap();
    let strange = std::ffi::OsStr::from_bytes(b"caf\xe9.fit");
    std::fs::write(inside.join(strange), fixture("fit/loop.fit")).unwrap();
    let output = batch(&[folder.path().to_str().unwrap()], b"", &[]);
    let lines = lines(&output);
    let scored: Vec<_> = lines.iter().filter(|l| l["error"].is_null()).collect();
    assert_eq!(scored.len(), 1, "{lines:?}");
    assert!(scored[0]["path"].as_str().unwrap().contains("caf\u{fffd}.fit"));
    assert_eq!(lines.len(), 2, "a link to nowhere is said once: {lines:?}");
}

#[cfg(unix)]
#[test]
fn follows_no_link_out_of_a_folder_and_says_so() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let outer = outside.path().join("outer.fit");
    std::fs::write(&outer, fixture("fit/loop.fit")).unwrap();
    std::fs::write(folder.path().join("own.fit"), fixture("fit/loop.fit")).unwrap();
    for (target, link) in [
        (outer.as_path(), "a_file.fit"),
        (outside.path(), "b_folder"),
        (&folder.path().join("own.fit"), "c_inside.fit"),
        (folder.path(), "d_loop"),
    ] {
        symlink(target, folder.path().join(link)).unwrap();
    }
    let output = batch(&[folder.path().to_str().unwrap()], b"", &[]);
    let said: Vec<(String, bool)> = lines(&output)
        .iter()
        .map(|line| {
            let path = line["path"].as_str().unwrap().rsplit('/').next().unwrap();
            let refused = line["error"]["message"].as_str().unwrap_or_default();
            (path.to_owned(), refused.contains("a link out of the folder"))
        })
        .collect();
    let expected = [
        ("a_file.fit", true),
        ("b_folder", true),
        ("c_inside.fit", false),
        ("own.fit", false),
    ];
    assert_eq!(said, expected.map(|(name, refused)| (name.to_owned(), refused)));
    // who names the link means it
    let named = batch(&[folder.path().join("a_file.fit").to_str().unwrap()], b"", &[]);
    assert!(lines(&named)[0]["error"].is_null());
}

#[test]
fn writes_a_csv_row_an_activity_that_equals_the_json() {
    let schema =
        Command::new(env!("CARGO_BIN_EXE_hardlegs")).args(["schema", "csv"]).output();
    let schema: serde_json::Value =
        serde_json::from_slice(&schema.unwrap().stdout).unwrap();
    let csv = batch(&["fixtures", "--format", "csv"], b"", &[]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let described = schema["fields"].as_array().unwrap().iter();
    assert!(described.map(|f| f["name"].as_str().unwrap()).eq(reader.headers().unwrap()));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut rows = rows.iter();
    let (mut scored, mut failed) = (0, 0);
    for line in lines(&batch(&["fixtures"], b"", &[])) {
        let none = Vec::new();
        for activity in line["activities"].as_array().unwrap_or(&none) {
            let row = rows.next().unwrap();
            for (cell, field) in row.iter().zip(schema["fields"].as_array().unwrap()) {
                let name = field["name"].as_str().unwrap();
                let value = activity.get(name).unwrap_or(&line[name]);
                let same = match (name, value) {
                    (_, serde_json::Value::Null) => cell.is_empty(),
                    ("assumed", serde_json::Value::Array(codes)) => codes
                        .iter()
                        .map(|c| c.as_str().unwrap())
                        .eq(cell.split_whitespace()),
                    (_, serde_json::Value::Array(all)) => cell == all.len().to_string(),
                    (_, serde_json::Value::String(text)) => {
                        cell == hardlegs::write::cell::cell(text)
                    }
                    (_, number) => cell.parse::<f64>().ok() == number.as_f64(),
                };
                assert!(same, "{}: {name}: {cell} {value}", line["path"]);
            }
            scored += 1;
        }
        if line["error"].is_object() {
            let row = rows.next().unwrap();
            assert_eq!(row[0], line["path"]);
            assert_eq!(
                (&row[20], &row[21]),
                (
                    line["error"]["code"].as_str().unwrap(),
                    line["error"]["message"].as_str().unwrap(),
                )
            );
            assert!(row.iter().skip(1).take(19).all(str::is_empty), "{row:?}");
            failed += 1;
        }
    }
    assert!(rows.next().is_none() && scored >= 10 && failed >= 2, "{scored} {failed}");
}

#[test]
fn writes_the_corpus_alike_with_one_thread_and_eight() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let root = root.to_str().unwrap();
    let one = batch(&[root], b"", &[]);
    let eight = batch(&[root, "--threads", "8"], b"", &[("HOME", "/root")]);
    assert!(one.stdout == eight.stdout);
    let lines = lines(&one);
    let scored = lines.iter().filter(|line| line["error"].is_null()).count();
    eprintln!("{} lines, {scored} scored", lines.len());
    // a fifth of them are examples of a few points, too little to score
    assert!(lines.len() > 100 && scored > 60);
}

/// The program fed from a device that never ends; it must end by itself.
#[cfg(unix)]
fn fed_by(device: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(arguments)
        .stdin(std::fs::File::open(device).unwrap())
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn refuses_lists_and_settings_without_an_end() {
    for arguments in [&["batch", "-"][..], &["batch", "--files0-from", "/dev/zero"]] {
        let output = fed_by("/dev/zero", arguments);
        let lines = lines(&output);
        assert_eq!(lines.len(), 1, "{arguments:?}: {lines:?}");
        assert_eq!(lines[0]["error"]["code"], "too_large", "{arguments:?}");
    }
    for arguments in [
        &["fixtures/fit/loop.fit", "--config", "/dev/zero"][..],
        &["batch", "fixtures/fit/loop.fit", "--config", "/dev/zero"],
    ] {
        let output = fed_by("/dev/null", arguments);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {words}");
        assert!(
            words.contains("larger than 1 MiB") && words.lines().count() == 1,
            "{words}"
        );
    }
}

#[test]
fn refuses_a_recording_as_a_list_of_paths() {
    let fixture = |name: &str| {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name))
            .unwrap()
    };
    for name in ["fit/loop.fit", "gpx/loop.gpx", "tcx/loop.tcx"] {
        let output = batch(&["-"], &fixture(name), &[]);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}: {words}");
        assert!(words.contains("a recording, not a list") && output.stdout.is_empty());
    }
}

#[test]
fn keeps_names_in_a_table_inert() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gpx/loop.gpx"),
    )
    .unwrap();
    let (from, to) = (text.find("<name>").unwrap() + 6, text.find("</name>").unwrap());
    let path = folder.path().join("loop.gpx");
    for (name, cell) in [
        ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
        ("+1 \u{9b}31m\u{202e}", "'+1 \\u{9b}31m\\u{202e}"),
        ("'quoted'", "''quoted'"),
        ("Ridge \u{2013} loop", "Ridge \u{2013} loop"),
    ] {
        std::fs::write(&path, format!("{}{name}{}", &text[..from], &text[to..])).unwrap();
        let path = path.to_str().unwrap();
        let output = batch(&[path, "--format", "csv"], b"", &[]);
        let mut rows = csv::Reader::from_reader(output.stdout.as_slice());
        let row = rows.records().next().unwrap().unwrap();
        assert_eq!(&row[5], cell);
        // JSON holds it as it is
        assert_eq!(lines(&batch(&[path], b"", &[]))[0]["activities"][0]["name"], name);
    }
}
