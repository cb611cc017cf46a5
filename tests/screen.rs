//! The first screen: the loads first, within the terminal's width, with nothing that did not
//! happen.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/program.rs"]
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;

use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::write::text::{Rows, Style, text};
use hardlegs::{activity::Activity, read};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn activities() -> Vec<(String, Activity)> {
    let names = [
        "fit/ridge.fit",
        "fit/ride_power.fit",
        "fit/multisport.fit",
        "gpx/hike_pack.gpx",
        "gpx/course.gpx",
        "gpx/ride_plain.gpx",
        "gpx/cable_car.gpx",
    ];
    let read = |name: &str| {
        let reading = read::path(fixture(name)).unwrap();
        reading.activities.into_iter().map(|a| (name.to_owned(), a)).collect::<Vec<_>>()
    };
    names.into_iter().flat_map(read).collect()
}

#[test]
fn keeps_lines_within_the_terminal() {
    let mut asked = 0;
    for (name, activity) in activities() {
        let report = Report::of(&activity, &Settings::default()).unwrap();
        for columns in [40, 52, 60, 63, 64, 72, 80, 100, 140, 300] {
            for rows in [Rows::Largest, Rows::All, Rows::Laps] {
                let style = Style { columns, rows, with_more: true, ..Style::default() };
                let screen = text(&report, &style);
                // the muscle work of --all is as wide as a page
                let most = if rows == Rows::All { columns.max(80) } else { columns };
                for line in screen.lines() {
                    assert!(line.chars().count() <= most, "{name} at {columns}: {line}");
                    assert_eq!(line, line.trim_end(), "{name} at {columns}");
                }
                asked += 1;
            }
        }
    }
    assert!(asked >= 240, "{asked}");
}

#[test]
fn prints_loads_in_six_lines_and_all_in_twenty_five() {
    for (name, activity) in activities() {
        let report = Report::of(&activity, &Settings::default()).unwrap();
        let screen = text(&report, &Style { with_more: true, ..Style::default() });
        let lines: Vec<&str> = screen.lines().collect();
        assert!(lines.len() <= 25, "{name}: {} lines\n{screen}", lines.len());
        let first = lines[..8.min(lines.len())].join("\n");
        let load = format!("{:.0}", report.load.concentric_load);
        let uphill = first.lines().find(|line| line.contains("uphill load")).unwrap();
        assert!(uphill.contains(&load) || uphill.contains('–'), "{name}: {uphill}");
        assert!(first.contains("downhill load"), "{name}");
    }
}

#[test]
fn keeps_the_load_in_a_narrow_terminal_and_shows_sensors_in_a_wide_one() {
    let (_, ridge) = activities().remove(0);
    let report = Report::of(&ridge, &Settings::default()).unwrap();
    let heads = |columns: usize| {
        let screen = text(&report, &Style { columns, ..Style::default() });
        let head = screen.lines().find(|line| line.trim_end().ends_with("load"));
        head.unwrap().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(heads(40), ["height", "grade", "intensity", "load"]);
    assert!(heads(64).contains(&"steepest".to_owned()));
    let wide = heads(140).join(" ");
    for column in ["time", "min/km", "heart rate", "cadence"] {
        assert!(wide.contains(column), "{wide}");
    }
    // what no row has is no column
    let plain =
        activities().into_iter().find(|(name, _)| name == "gpx/course.gpx").unwrap();
    let report = Report::of(&plain.1, &Settings::default()).unwrap();
    let screen = text(&report, &Style { columns: 200, ..Style::default() });
    assert!(
        !screen.contains("heart rate  ") && !screen.contains("vert. speed"),
        "{screen}"
    );
}

fn hardlegs(store: &Path, arguments: &[&str]) -> String {
    String::from_utf8(program::hardlegs(store, arguments).stdout).unwrap()
}

#[test]
fn compares_an_outing_with_the_largest_and_leaves_the_store_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("history.sqlite");
    // a fortnight before the hike, and the hike itself
    hardlegs(
        &store,
        &["history", "fixtures/fit/ridge.fit", "fixtures/gpx/hike_pack.gpx"],
    );
    let before = std::fs::read(&store).unwrap();
    let hike = "fixtures/gpx/hike_pack.gpx";
    let screen = hardlegs(&store, &[hike]);
    let line = screen.lines().find(|line| line.contains("largest of 90 days")).unwrap();
    assert!(line.contains("270 on 15 Jun; −84 %"), "{line}");
    // the first is held against nothing, itself least of all
    assert!(!hardlegs(&store, &["fixtures/fit/ridge.fit"]).contains("largest"));
    assert!(!hardlegs(&store, &["--no-history", hike]).contains("largest"));
    for pure in [&["--json", hike][..], &["batch", hike]] {
        let with = hardlegs(&store, pure);
        assert_eq!(with, hardlegs(&folder.path().join("none.sqlite"), pure), "{pure:?}");
    }
    assert_eq!(std::fs::read(&store).unwrap(), before);
    // a store that is none is no fault of the hike
    let none = folder.path().join("note.txt");
    std::fs::write(&none, "no store").unwrap();
    assert!(hardlegs(&none, &[hike]).contains("downhill load"));
}

#[test]
fn names_the_new_command_for_the_old() {
    let output = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .args(["profile", "show"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("hardlegs athlete") && said.lines().count() == 1, "{said}");
}
