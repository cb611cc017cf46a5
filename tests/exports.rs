//! What an export's table says reaches each of its files, however the export has been unpacked,
//! packed and carried about since; and one recording in a zip is a file.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/gzipped.rs"]
mod gzipped;
#[path = "support/zipped.rs"]
mod zipped;

use gzipped::gzip;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Ten minutes uphill that say nothing of their sport.
fn recording(seed: u32) -> Vec<u8> {
    let mut text = String::from("<gpx version=\"1.1\"><trk><name>x</name><trkseg>");
    for n in 0..120_u32 {
        let (latitude, height) = (f64::from(n + seed) * 1e-4, f64::from(n) * 1.5);
        let (minute, second) = (n * 5 / 60, n * 5 % 60);
        write!(
            text,
            "<trkpt lat=\"{:.4}\" lon=\"8\"><ele>{:.1}</ele>\
             <time>2024-06-{:02}T08:{minute:02}:{second:02}Z</time></trkpt>",
            46.0 + latitude,
            500.0 + height,
            1 + seed
        )
        .unwrap();
    }
    (text + "</trkseg></trk></gpx>").into_bytes()
}

const TABLE: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n\
    11,x,Up,Hike,activities/11.gpx.gz\n\
    12,x,Out,Ride,activities/12.gpx.gz\n\
    13,x,Snow,Nordic Ski,activities/13.gpx.gz\n";
const SPANISH: &str = "\u{feff}ID de actividad;Fecha;Nombre de la actividad;Tipo de actividad;Nombre de archivo\r\n\
    11;x;Up;Senderismo;activities/11.gpx.gz\r\n\
    12;x;Out;Vuelta ciclista;activities/12.gpx.gz\r\n\
    13;x;Snow;Esquí de fondo;activities/13.gpx.gz\r\n";
const ACTIVITIES: [u32; 3] = [11, 12, 13];

/// Files by path.
type Files = Vec<(String, Vec<u8>)>;

/// An export below a path, its files with an ending.
fn export(below: &str, table: &str, ending: &str) -> Files {
    let mut files: Files = ACTIVITIES
        .iter()
        .map(|id| {
            let bytes = recording(id - 10);
            let bytes = if ending.ends_with("gz") { gzip(&bytes) } else { bytes };
            (format!("{below}activities/{id}{ending}"), bytes)
        })
        .collect();
    files.push((format!("{below}activities.csv"), table.as_bytes().to_vec()));
    files
}

/// A Mac's companions of each file, beside it.
fn with_companions(files: Files) -> Files {
    let mut all = Files::new();
    for (path, bytes) in files {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let beside = format!("{folder}/._{name}");
        all.push((format!("__MACOSX/{beside}"), b"\0\x05\x16\x07\0\x02\0\0".to_vec()));
        all.push((beside.trim_start_matches('/').to_owned(), b"\0\x05\x16\x07".to_vec()));
        all.push((path, bytes));
    }
    all
}

fn lay(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn zip(files: &Files) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped::zip(&files)
}

fn hardlegs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .env_clear()
        .env("HARDLEGS_CONFIG", "/dev/null")
        .args(arguments)
        .output()
        .unwrap()
}

/// Each input of a batch, in order: its sport, or why there is none.
fn sports(path: &Path) -> Vec<String> {
    let output = hardlegs(&["batch", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    text.lines()
        .map(line)
        .map(|line| {
            let activity = &line["activities"][0];
            let assumed = activity["sport_from"].is_string();
            let sport = activity["sport"].as_str().map(str::to_owned);
            let code = || line["error"]["code"].as_str().unwrap().to_owned();
            let sport = sport.unwrap_or_else(code);
            if assumed { sport + "?" } else { sport }
        })
        .collect()
}

const TOLD: [&str; 3] = ["hike", "ride", "unsupported_sport"];

#[test]
fn finds_the_table_however_its_export_lies() {
    let ways: Vec<(&str, Files)> = vec![
        ("as it was", export("", TABLE, ".gpx.gz")),
        ("unpacked", export("", TABLE, ".gpx")),
        ("one folder down", export("export_123/", TABLE, ".gpx.gz")),
        ("three folders down", export("a/b/export/", TABLE, ".gpx")),
        ("in Spanish, by a spreadsheet", export("e/", SPANISH, ".gpx")),
        ("in capitals", export("e/", TABLE, ".GPX")),
        ("from a Mac", with_companions(export("export_123/", TABLE, ".gpx.gz"))),
    ];
    for (what, files) in &ways {
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path(), files);
        assert_eq!(sports(folder.path()), TOLD, "{what}, a folder");
        let packed = tempfile::tempdir().unwrap();
        let path = packed.path().join("export.zip");
        std::fs::write(&path, zip(files)).unwrap();
        assert_eq!(sports(&path), TOLD, "{what}, a zip");
        assert_eq!(sports(packed.path()), TOLD, "{what}, a zip in a folder");
    }
}

#[test]
fn applies_the_nearest_table_to_what_is_below_it() {
    let swapped = TABLE.replace("Hike", "Run").replace("Ride", "Walk");
    let mut files = export("anna/", TABLE, ".gpx");
    files.extend(export("ben/", &swapped, ".gpx"));
    files.push(("cleo/activities/11.gpx".to_owned(), recording(1)));
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), &files);
    let expected =
        ["hike", "ride", "unsupported_sport", "run", "walk", "unsupported_sport", "run?"];
    assert_eq!(sports(folder.path()), expected);
    let path = folder.path().join("both.zip");
    std::fs::write(&path, zip(&files)).unwrap();
    assert_eq!(sports(&path), expected);
    // who names the folder of the files is told what lies beside it
    assert_eq!(sports(&folder.path().join("ben/activities")), expected[3..6]);
}

#[test]
fn applies_the_table_of_an_export_to_a_file_named_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = export("export/", TABLE, ".gpx");
    files.push(("other/activities/11.gpx".to_owned(), recording(1)));
    files.push(("export/11.gpx".to_owned(), recording(1)));
    lay(folder.path(), &files);
    for (name, first) in [
        ("export/activities/11.gpx", "x · hike ·"),
        ("export/activities/12.gpx", "x · ride ·"),
        ("other/activities/11.gpx", "x · run?"),
        ("export/11.gpx", "x · run?"),
    ] {
        let path = folder.path().join(name);
        let text = hardlegs(&[path.to_str().unwrap()]).stdout;
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with(first), "{name}: {text}");
    }
    let skis = folder.path().join("export/activities/13.gpx");
    assert_eq!(sports(&skis), ["unsupported_sport"]);
    let pattern = folder.path().join("export/activities/*.gpx");
    assert_eq!(sports(&pattern), TOLD);
}

#[test]
fn applies_the_table_to_files_zipped_one_by_one() {
    let mut files = Files::new();
    for (path, bytes) in export("", TABLE, ".gpx") {
        match path.strip_prefix("activities/") {
            Some(name) => {
                let inside = zip(&vec![(name.to_owned(), bytes)]);
                files.push((format!("{path}.zip"), inside));
            }
            None => files.push((path, bytes)),
        }
    }
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), &files);
    assert_eq!(sports(folder.path()), TOLD);
    let path = folder.path().join("all.zip");
    std::fs::write(&path, zip(&files)).unwrap();
    assert_eq!(sports(&path), TOLD);
}

#[test]
fn planned_routes_are_none_only_beside_a_table_that_tells_of_activities() {
    for (table, expected) in [
        (TABLE, vec!["hike", "ride", "unsupported_sport"]),
        ("Favourites,Colour\nGarmin,blue\n", vec!["run?"; 4]),
    ] {
        let mut files = export("e/", table, ".gpx");
        files.push(("e/routes/1.gpx".to_owned(), recording(9)));
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path(), &files);
        assert_eq!(sports(folder.path()), expected);
        let path = folder.path().join("e.zip");
        std::fs::write(&path, zip(&files)).unwrap();
        assert_eq!(sports(&path), expected);
    }
}

#[test]
fn reports_a_type_that_nobody_knows() {
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), &export("", &TABLE.replace("Hike", "Xyzzy"), ".gpx"));
    let output = hardlegs(&["batch", folder.path().join("").to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    let first: serde_json::Value =
        serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let activity = &first["activities"][0];
    assert_eq!(activity["labelled"], "Xyzzy");
    assert_eq!(activity["notices"][0]["code"], "unknown_sport");
    assert!(activity["assumed"].as_array().unwrap().iter().any(|a| a == "sport"));
}

/// A zip in a folder of its own.
fn zipped(files: &Files) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("123.zip");
    std::fs::write(&path, zip(files)).unwrap();
    (folder, path)
}

#[test]
fn reads_a_zip_of_one_recording_as_that_recording() {
    let files: Files = vec![
        ("123_ACTIVITY.gpx".to_owned(), recording(1)),
        ("__MACOSX/._123_ACTIVITY.gpx".to_owned(), b"\0\x05\x16\x07".to_vec()),
        ("photo.jpg".to_owned(), b"\xff\xd8".to_vec()),
    ];
    let (folder, path) = zipped(&files);
    let plain = folder.path().join("plain.gpx");
    std::fs::write(&plain, recording(1)).unwrap();
    let of = |command: &str, path: &Path| {
        let output = hardlegs(&[command, path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{command}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.replace(path.to_str().unwrap(), "FILE")
    };
    for command in ["analyze", "chart", "report", "explain", "export"] {
        let (zipped, plain) = (of(command, &path), of(command, &plain));
        assert!(zipped == plain && !zipped.is_empty(), "{command}");
    }
}

#[test]
fn refuses_a_zip_of_several_or_none_and_says_where_to_go() {
    for (files, words) in [
        (export("", TABLE, ".gpx"), "3 recordings"),
        (vec![("a.txt".to_owned(), b"x".to_vec())], "without a GPX, FIT or TCX"),
    ] {
        let (_folder, path) = zipped(&files);
        for command in ["analyze", "chart", "report", "explain", "export"] {
            let output = hardlegs(&[command, path.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(1), "{command}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(said.contains(words) && said.contains("Hint: "), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
    let (_folder, path) = zipped(&export("", TABLE, ".gpx"));
    let said = hardlegs(&[path.to_str().unwrap()]).stderr;
    assert!(String::from_utf8(said).unwrap().contains("hardlegs batch"));
}

#[test]
fn reads_from_a_tar_of_a_mac_its_files_alone() {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, bytes) in with_companions(export("", TABLE, ".gpx")) {
        if path.contains(".gpx") {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            tar.append_data(&mut header, path, bytes.as_slice()).unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tar");
    std::fs::write(&path, tar.into_inner().unwrap()).unwrap();
    let output = hardlegs(&["batch", "--tar", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), ACTIVITIES.len(), "{text}");
    assert!(!text.contains("\"error\""), "{text}");
}
