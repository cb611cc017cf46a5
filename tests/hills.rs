//! Are the same hills found over the years, told in words that say no more than is known, and
//! counted once each?

#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "../fixtures/mod.rs"]
mod fixtures;
#[path = "support/program.rs"]
mod program;
#[path = "support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

use fixtures::fit::Options;
use fixtures::recording::{Outing, Recording};
use fixtures::terrain::Terrain;
use fixtures::{fit, gpx, tcx};
use serde_json::Value;

const DAY_S: i64 = 86_400;

/// A valley, a climb of 120 m, a top, and down the other side.
fn over_the_hill() -> Terrain {
    let there = Terrain::at(500.0).ramp(800.0, 0.0).ease(1400.0, 120.0);
    there.ramp(500.0, 0.0).ease(1500.0, -120.0).ramp(400.0, 0.0)
}

/// Somebody's folder of recordings, and a store.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("files")).unwrap();
        Home { folder }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("history.sqlite")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join("files").join(name), bytes).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = program::hardlegs(&self.store(), arguments);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn take_in(&self) {
        let files = self.folder.path().join("files");
        let (code, _, said) = self.run(&["history", &files.to_string_lossy()]);
        assert_eq!(code, 0, "{said}");
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let all = [&["hills", "--json", "--on", "2026-12-31"], arguments].concat();
        let (code, out, said) = self.run(&all);
        assert_eq!(code, 0, "{said}");
        serde_json::from_str(&out).unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        let all = [&["hills", "--on", "2026-12-31"], arguments].concat();
        let (code, out, said) = self.run(&all);
        assert_eq!(code, 0, "{said}");
        out
    }
}

/// An outing over the hill so many days after the first, this fast, with satellites that wander.
fn outing(day: i64, speed: f64, seed: u64) -> Recording {
    let mut run = Outing::run().steady(speed).every(2.0).named(&format!("Run {day}"));
    run.start_unix_s += day * DAY_S;
    run.record(&over_the_hill()).wandering(5.0, seed)
}

fn bytes(recording: &Recording) -> Vec<u8> {
    fit::write(recording, &Options::default())
}

/// Two years of one hill, faster by a tenth from the first to the last.
fn two_years(home: &Home) {
    for n in 0..16_u8 {
        let speed = 2.6 * (1.0 + 0.1 * f64::from(n) / 15.0) + 0.02 * f64::from(n % 3);
        home.put(
            &format!("{n:02}.fit"),
            &bytes(&outing(45 * i64::from(n), speed, n.into())),
        );
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn lists_a_hill_with_every_effort_and_its_trend() {
    let home = Home::new();
    two_years(&home);
    home.take_in();
    let json = home.json(&[]);
    let hills = json["hills"].as_array().unwrap();
    assert_eq!(hills.len(), 2, "up and down: {json:#}");
    let climb = hills.iter().find(|hill| hill["slope"] == "climb").unwrap();
    assert_eq!((&climb["times"], &climb["days"]), (&16.into(), &16.into()));
    assert!((number(&climb["rise_m"]) - 120.0).abs() < 8.0, "{climb:#}");
    let trend = &climb["trend"];
    assert_eq!(trend["direction"], "up");
    // a tenth in 675 days
    let share = number(&trend["share_per_year"]);
    assert!((share - 0.1 / 675.0 * 365.25 / 1.05).abs() < 0.01, "{share}");
    assert!(number(&trend["per_year_low"]) > 0.0);
    assert_eq!((&json["looked_at"], &json["with_trend"]), (&2.into(), &2.into()));
    assert_eq!(json["together"][0]["figure"], "climb_vertical_m_per_h");

    let id = climb["id"].to_string();
    let one = home.json(&[&id]);
    let efforts = one["hills"][0]["efforts"].as_array().unwrap();
    assert_eq!(efforts.len(), 16);
    for (effort, n) in efforts.iter().zip(0..) {
        let speed = 2.6 * (1.0 + 0.1 * f64::from(n) / 15.0) + 0.02 * f64::from(n % 3);
        let ratio = number(&effort["speed_m_per_s"]) / speed;
        assert!((ratio - 1.0).abs() < 0.03, "{ratio}: {effort:#}");
        assert!(effort["heart_rate_bpm"].is_number() && effort["w_per_kg"].is_number());
    }
    let years: Vec<u64> = one["hills"][0]["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|year| year["times"].as_u64().unwrap())
        .collect();
    assert_eq!(years.iter().sum::<u64>(), 16);
}

#[test]
fn says_it_within_80_columns_in_words_that_follow_the_interval() {
    let home = Home::new();
    two_years(&home);
    home.take_in();
    let list = home.text(&[]);
    assert!(list.contains("Climbs, run: faster by "), "{list}");
    assert!(list.contains("2 looked at, 2 with one; by chance"), "{list}");
    assert!(!list.contains("season"), "{list}");
    let id = home.json(&[])["hills"][0]["id"].to_string();
    let hill = home.text(&[&id]);
    assert!(hill.contains("Faster by ") && hill.contains("a year, between "), "{hill}");
    assert!(hill.contains("The last one was better than"), "{hill}");
    for text in [&list, &hill] {
        let wide = text.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None);
    }
    eprintln!("{list}\n{hill}");
}

#[test]
fn draws_three_weeks_out_to_no_year() {
    let home = Home::new();
    // faster by a sixth within 24 days, which were 200 % a year
    for n in 0..9_u8 {
        let speed = 2.4 + 0.05 * f64::from(n);
        home.put(&format!("{n}.fit"), &bytes(&outing(3 * i64::from(n), speed, n.into())));
    }
    home.take_in();
    let json = home.json(&[]);
    let trend = &json["hills"][0]["trend"];
    assert_eq!(trend["direction"], "up", "{trend:#}");
    let share = number(&trend["share_of_change"]);
    assert!((share - 0.4 / 2.6).abs() < 0.03, "{trend:#}");
    assert!(number(&trend["share_per_year"]) > 1.5);
    assert!(number(&trend["independent_days"]) < 9.0);
    let id = json["hills"][0]["id"].to_string();
    for text in [home.text(&[]), home.text(&[&id])] {
        assert!(!text.contains("% a year") && !text.contains("%/y"), "{text}");
        let together = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(together.contains("% within 3 weeks, between 1"), "{text}");
        assert!(together.contains("a year the season may do as much."), "{text}");
        eprintln!("{text}");
    }
}

#[test]
fn counts_an_outing_once_that_was_recorded_twice_or_left_out() {
    let home = Home::new();
    for n in 0..3 {
        home.put(&format!("{n}.fit"), &bytes(&outing(20 * n, 2.8, n.unsigned_abs())));
    }
    // another device, the same outing; and once more with its clock two hours off
    let again = outing(20, 2.8, 99).wandering(4.0, 7);
    home.put("again.tcx", &tcx::write(&again));
    let mut shifted = outing(40, 2.8, 2);
    shifted.start_unix_s += 7200;
    home.put("shifted.gpx", &gpx::write(&shifted, gpx::Style::Garmin));
    home.take_in();
    let json = home.json(&[]);
    let times: Vec<&Value> =
        json["hills"].as_array().unwrap().iter().map(|hill| &hill["times"]).collect();
    assert_eq!(times, [&Value::from(3), &Value::from(3)]);
    let id = json["hills"][0]["id"].to_string();
    let effort = home.json(&[&id])["hills"][0]["efforts"][0]["id"].to_string();
    let (code, _, said) =
        home.run(&["history", "set", &effort.trim_matches('"')[..8], "--exclude"]);
    assert_eq!(code, 0, "{said}");
    assert!(home.json(&[])["hills"].as_array().unwrap().is_empty(), "two are too few");
    assert_eq!(home.json(&[&id])["hills"][0]["times"], 2);
}

#[test]
fn tells_no_trend_of_one_effort_or_one_day() {
    let home = Home::new();
    home.put("one.fit", &bytes(&outing(0, 2.8, 1)));
    home.take_in();
    assert_eq!(home.text(&[]), "No hill was done three times yet.\n");
    let hill = home.text(&["1"]);
    assert!(hill.contains("1 effort on 1 day"), "{hill}");
    assert!(hill.contains("too few to say: 1 day with"), "{hill}");
    // eight times up and down on the same day, hours apart
    for n in 1..8 {
        let mut recording = outing(0, 2.8 + 0.05 * n as f64, n);
        recording.start_unix_s += 5400 * i64::try_from(n).unwrap();
        home.put(&format!("{n}.fit"), &bytes(&recording));
    }
    home.take_in();
    let json = home.json(&[]);
    for hill in json["hills"].as_array().unwrap() {
        assert_eq!((&hill["times"], &hill["days"]), (&8.into(), &1.into()));
        assert_eq!(hill["trend"]["direction"], "too_few_days");
    }
    assert_eq!(json["looked_at"], 0);
    assert!(home.text(&[]).contains("no trend of one"), "{}", home.text(&[]));
}

#[test]
fn finds_hills_across_the_date_line() {
    let home = Home::new();
    for n in 0..4 {
        let mut recording = outing(9 * n, 2.8, n.unsigned_abs());
        let first = recording.points[0].longitude_deg.unwrap();
        for point in &mut recording.points {
            let east = point.longitude_deg.unwrap() - first + 179.9918;
            point.longitude_deg = Some(if east > 180.0 { east - 360.0 } else { east });
        }
        home.put(&format!("{n}.gpx"), &gpx::write(&recording, gpx::Style::Garmin));
    }
    home.take_in();
    let json = home.json(&[]);
    let hills = json["hills"].as_array().unwrap();
    assert_eq!(hills.len(), 2, "{json:#}");
    assert!(hills.iter().all(|hill| hill["times"] == 4));
    let side = |hill: &Value, end: &str| number(&hill[end]["longitude_deg"]) > 0.0;
    let across = hills.iter().any(|hill| side(hill, "from") != side(hill, "to"));
    assert!(across, "{json:#}");
}

#[test]
fn an_older_store_says_what_it_does_not_know_and_is_completed_by_its_files() {
    let frozen = |version: u32| {
        let path =
            format!("{}/fixtures/stores/v{version}.sql", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    // the lines of 3 to 6 have seconds that were spread over a whole climb
    for (version, unknown) in [(1, 3), (2, 3), (3, 3), (6, 3), (7, 0)] {
        let home = Home::new();
        let db = rusqlite::Connection::open(home.store()).unwrap();
        db.execute_batch(&frozen(version)).unwrap();
        drop(db);
        let (code, out, said) = home.run(&["hills"]);
        assert_eq!((code, out.as_str()), (0, "No hill was done three times yet.\n"));
        assert_eq!(
            said.contains("the hills of 3 activities are not known"),
            unknown == 3
        );
        assert_eq!(home.json(&[])["activities_without"], unknown);
    }
    // taken in by an older version, as it were, and seen again
    let home = Home::new();
    for n in 0..3 {
        home.put(&format!("{n}.fit"), &bytes(&outing(20 * n, 2.8, n.unsigned_abs())));
    }
    home.take_in();
    let whole = home.json(&[]);
    let db = rusqlite::Connection::open(home.store()).unwrap();
    let before = "update activities set lines = null; delete from lines;
                  delete from efforts; delete from same_hills";
    db.execute_batch(before).unwrap();
    drop(db);
    assert_eq!(home.json(&[])["activities_without"], 3);
    let (_, _, said) = home.run(&["history"]);
    assert!(!said.contains("rescore"), "its scores hold: {said}");
    home.take_in();
    assert_eq!(home.json(&[]), whole);
}

/// The recording of an outing over the hill, with a mark at its top.
fn with_mark(day: i64, name: &str) -> Vec<u8> {
    let recording = outing(day, 2.8, day.unsigned_abs());
    let bytes = gpx::write(&recording, gpx::Style::Garmin);
    // where the climb of over_the_hill ends
    let top = recording.points.iter().find(|point| point.road_m >= 2200.0).unwrap();
    let (lat, lon) = (top.latitude_deg.unwrap(), top.longitude_deg.unwrap());
    let mark = format!("<wpt lat=\"{lat}\" lon=\"{lon}\"><name>{name}</name></wpt><trk>");
    String::from_utf8(bytes).unwrap().replacen("<trk>", &mark, 1).into_bytes()
}

#[test]
fn a_hill_bears_the_name_of_the_place_at_its_top_until_it_is_named_by_hand() {
    let home = Home::new();
    for (n, name) in
        [(0, "Col &#27;[31m"), (20, "Col de la Croix"), (40, "Col de la Croix")]
    {
        home.put(&format!("{n}.gpx"), &with_mark(n, name));
    }
    home.put("60.gpx", &with_mark(60, "Turn right onto Main St"));
    home.take_in();
    let json = home.json(&[]);
    let hills = json["hills"].as_array().unwrap();
    let climb = hills.iter().find(|hill| hill["slope"] == "climb").unwrap();
    assert_eq!((&climb["name"], &climb["times"]), (&"Col de la Croix".into(), &4.into()));
    let id = climb["id"].to_string();
    let (_, out, _) = home.run(&["hills", "--on", "2026-12-31"]);
    assert!(out.contains("Col de la Croix"), "{out}");
    assert_eq!(home.run(&["hills", "name", &id, "Our wall"]).0, 0);
    let named = |json: &Value| {
        let hills = json["hills"].as_array().unwrap();
        hills.iter().find(|hill| hill["id"] == climb["id"]).unwrap()["name"].clone()
    };
    assert_eq!(named(&home.json(&[])), "Our wall");
    assert_eq!(home.run(&["hills", "name", &id]).0, 0);
    assert_eq!(named(&home.json(&[])), "Col de la Croix");
}

#[test]
fn a_name_stays_through_scoring_anew_and_goes_when_it_is_taken_back() {
    let home = Home::new();
    for n in 0..3 {
        home.put(&format!("{n}.fit"), &bytes(&outing(20 * n, 2.8, n.unsigned_abs())));
    }
    home.take_in();
    let id = home.json(&[])["hills"][0]["id"].to_string();
    let (code, out, _) = home.run(&["hills", "name", &id, "Croix \u{1b}[31m"]);
    assert_eq!((code, out.contains("\\x1b")), (0, true), "{out}");
    assert_eq!(home.run(&["history", "--rescore", "--quiet"]).0, 0);
    assert!(home.text(&[]).contains("Croix \\x1b[31m"), "{}", home.text(&[]));
    assert_eq!(home.json(&[])["hills"].as_array().unwrap().len(), 2);
    assert_eq!(home.run(&["hills", "name", &id]).0, 0);
    assert!(!home.text(&[]).contains("Croix"));
    for arguments in [&["hills", "99"][..], &["hills", "name", "99", "x"]] {
        let (code, _, said) = home.run(arguments);
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
        assert!(said.contains("no hill 99"), "{said}");
    }
    let nothing = Home::new();
    let (code, _, said) = nothing.run(&["hills"]);
    assert_eq!((code, said.contains("no history yet")), (1, true));
}

#[test]
fn matches_every_document_with_its_schema() {
    let home = Home::new();
    two_years(&home);
    home.take_in();
    let schema: Value = serde_json::from_str(&home.run(&["schema", "hills"]).1).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let id = home.json(&[])["hills"][0]["id"].to_string();
    for arguments in [&[][..], &["--all"], &[&id]] {
        let json = home.json(arguments);
        let wrong: Vec<String> =
            validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn what_another_program_wrote_takes_nothing_else_away() {
    let home = Home::new();
    for n in 0..4 {
        home.put(&format!("{n}.fit"), &bytes(&outing(20 * n, 2.8, n.unsigned_abs())));
    }
    home.take_in();
    let sound = std::fs::read(home.store()).unwrap();
    for (change, left) in [
        (
            "update efforts set sport = 'chess' where id = (select min(id) from efforts)",
            3,
        ),
        (
            "update efforts set moving_s = 9e999 where id = (select min(id) from efforts)",
            3,
        ),
        (
            "update efforts set day = hex(zeroblob(8000000)) where id = (select min(id) from efforts)",
            3,
        ),
        (
            "update efforts set begun = 1 << 62 where id = (select min(id) from efforts)",
            3,
        ),
        ("update same_hills set points = x'00'", 0),
        ("update same_hills set points = zeroblob(4000000)", 0),
        ("update same_hills set name = x'ff'", 4),
        ("delete from same_hills", 0),
        ("update same_hills set south = 'x', north = 9e999", 4),
    ] {
        std::fs::write(home.store(), &sound).unwrap();
        let db = rusqlite::Connection::open(home.store()).unwrap();
        db.execute_batch(change).unwrap();
        drop(db);
        let (code, out, said) = home.run(&["hills", "--json", "--on", "2026-12-31"]);
        if code == 3 {
            // too long even to be skipped over
            assert_eq!(said.lines().count(), 1, "{said}");
            continue;
        }
        let json: Value = serde_json::from_str(&out).unwrap();
        let hills = json["hills"].as_array().unwrap();
        assert_eq!(hills.len(), if left == 0 { 0 } else { 2 }, "{change}");
        assert!(hills.iter().all(|hill| hill["times"] == left), "{change}: {json:#}");
        // and taking in goes on
        home.put("new.fit", &bytes(&outing(200, 2.9, 77)));
        home.take_in();
        std::fs::remove_file(home.folder.path().join("files/new.fit")).unwrap();
    }
}

#[test]
fn a_hill_is_drawn_and_stands_on_the_page_of_the_history() {
    let home = Home::new();
    two_years(&home);
    home.take_in();
    let (code, svg, said) = home.run(&["chart", "--kind", "hill", "--hill", "1"]);
    assert_eq!(code, 0, "{said}");
    let document = roxmltree::Document::parse(&svg).unwrap();
    let titles = document.descendants().filter(|node| node.has_tag_name("title"));
    let efforts = titles.filter(|title| title.text().unwrap().contains("m/h, "));
    assert_eq!(efforts.count(), 16);
    assert!(svg.contains("faster by ") && !svg.contains("NaN") && !svg.contains("inf"));
    let (code, page, said) = home.run(&["report", "history", "--on", "2026-12-31"]);
    assert_eq!(code, 0, "{said}");
    assert!(page.contains("Hills, again and again") && page.len() < 240_000);
    assert!(page.contains("Every effort on ▲ 1 "), "behind its name");
    // one effort is drawn, too; a number is needed, and one of a hill
    let one = Home::new();
    one.put("one.fit", &bytes(&outing(0, 2.8, 1)));
    one.take_in();
    assert_eq!(one.run(&["chart", "--kind", "hill", "--hill", "1"]).0, 0);
    for arguments in
        [&["chart", "--kind", "hill"][..], &["chart", "--kind", "hill", "--hill", "9"]]
    {
        let (code, _, said) = one.run(arguments);
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
    }
}

/// The same valley and the same climb, for half of which one goes straight on.
fn half_the_hill() -> Terrain {
    let there = Terrain::at(500.0).ramp(800.0, 0.0).ramp(700.0, 60.0);
    there.ramp(1900.0, 0.0).ramp(800.0, -60.0).ramp(400.0, 0.0)
}

#[test]
fn times_a_part_of_a_climb_by_its_own_seconds_whatever_happens_above() {
    let home = Home::new();
    let run = |day: i64, terrain: &Terrain, seed: u64| {
        let mut run = Outing::run().steady(2.5).every(2.0).named(&format!("Run {day}"));
        run.start_unix_s += day * DAY_S;
        run.record(terrain).wandering(3.0, seed)
    };
    for n in 0..3 {
        let recording = run(20 * n, &half_the_hill(), n.unsigned_abs());
        home.put(&format!("half{n}.fit"), &bytes(&recording));
    }
    // on the way to the top of all: a rest out of reach of satellites, short and long
    let whole = Terrain::at(500.0).ramp(800.0, 0.0).ramp(1400.0, 120.0).ramp(500.0, 0.0);
    for (n, rest_s) in [(0, 0.0), (1, 300.0), (2, 1500.0)] {
        let recording = run(100 + n, &whole, 7 + n.unsigned_abs());
        let (from, to) = (recording.index_at(1650.0), recording.index_at(2000.0));
        let recording = recording.later_from(from, rest_s);
        let recording = recording.keeping(|at| !(from..to).contains(&at));
        home.put(&format!("whole{n}.gpx"), &gpx::write(&recording, gpx::Style::Garmin));
    }
    home.take_in();
    let json = home.json(&["--all"]);
    let hills = json["hills"].as_array().unwrap();
    let climbs = hills.iter().filter(|hill| hill["slope"] == "climb");
    let half = climbs.max_by_key(|hill| hill["times"].as_u64()).unwrap();
    assert_eq!(half["times"], 6, "{json:#}");
    let one = home.json(&[&half["id"].to_string()]);
    for effort in one["hills"][0]["efforts"].as_array().unwrap() {
        let speed = number(&effort["speed_m_per_s"]);
        assert!((speed - 2.5).abs() < 0.12, "{effort:#}");
    }
}

#[test]
fn counts_an_effort_once_that_a_second_device_recorded_in_part() {
    for (from_m, to_m) in [(300.0, 4600.0), (700.0, 2400.0)] {
        let home = Home::new();
        for n in 0..3 {
            home.put(
                &format!("{n}.gpx"),
                &gpx::write(&outing(20 * n, 2.8, n.unsigned_abs()), gpx::Style::Garmin),
            );
        }
        let other = outing(20, 2.8, 99);
        let (from, to) = (other.index_at(from_m), other.index_at(to_m));
        let mut other = other.cut(from..to);
        // a point each 2 s
        other.start_unix_s += 2 * i64::try_from(from).unwrap();
        home.put("other.fit", &bytes(&other));
        home.take_in();
        let json = home.json(&[]);
        let hills = json["hills"].as_array().unwrap();
        let times: Vec<&Value> = hills.iter().map(|hill| &hill["times"]).collect();
        assert_eq!(times, [&Value::from(3), &Value::from(3)], "{json:#}");
        // nor does its load count twice
        let files = home.folder.path().join("files");
        let asked = ["history", &files.to_string_lossy(), "--json"];
        let (_, history, said) = home.run(&asked);
        let history: Value = serde_json::from_str(&history).unwrap();
        assert_eq!(history["sessions"].as_array().unwrap().len(), 3, "{said}");
        assert_eq!(history["duplicates"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn measures_a_hill_by_all_of_its_recordings_not_by_the_first_one() {
    let home = Home::new();
    // an old phone: heights that are too steep, positions that scatter
    let mut first = outing(0, 2.8, 1).wandering(20.0, 3);
    for point in &mut first.points {
        point.elevation_m =
            point.elevation_m.map(|height| 500.0 + 1.4 * (height - 500.0));
    }
    home.put("0.gpx", &gpx::write(&first, gpx::Style::Garmin));
    for n in 1..6 {
        home.put(&format!("{n}.fit"), &bytes(&outing(20 * n, 2.8, n.unsigned_abs())));
    }
    home.take_in();
    let json = home.json(&[]);
    let hills = json["hills"].as_array().unwrap();
    assert_eq!(hills.len(), 2);
    for hill in hills {
        assert_eq!(hill["times"], 6, "{hill:#}");
        assert!((number(&hill["rise_m"]).abs() - 120.0).abs() < 8.0, "{hill:#}");
        let one = home.json(&[&hill["id"].to_string()]);
        for effort in one["hills"][0]["efforts"].as_array().unwrap() {
            let speed = number(&effort["speed_m_per_s"]);
            assert!((speed / 2.8 - 1.0).abs() < 0.06, "{effort:#}");
        }
    }
}

#[test]
fn leaves_out_what_nobody_climbs_and_says_so() {
    let home = Home::new();
    // down before and after, so that the profile cannot tell the short climb for a lift's
    let ground = Terrain::at(520.0).ramp(1800.0, -20.0).ramp(600.0, 60.0);
    let ground = ground.ramp(1600.0, -60.0).ramp(600.0, 0.0);
    for n in 0..4 {
        let mut ride = Outing::ride().steady(5.0).named(&format!("Ride {n}"));
        ride.start_unix_s += 20 * n * DAY_S;
        if n == 3 {
            ride = ride.carried(1800.0, 2400.0, 33.0);
        }
        // a heart beats in a car, too, and no crank tells that it stands still
        let mut recording = ride.record(&ground).bare().wandering(3.0, n.unsigned_abs());
        for point in &mut recording.points {
            point.heart_rate_bpm = Some(140.0);
        }
        home.put(&format!("{n}.gpx"), &gpx::write(&recording, gpx::Style::Garmin));
    }
    home.take_in();
    let json = home.json(&[]);
    let hills = json["hills"].as_array().unwrap();
    let climb = hills.iter().find(|hill| hill["slope"] == "climb").unwrap();
    let known = (&climb["times"], &climb["too_fast"]);
    assert_eq!(known, (&3.into(), &1.into()), "{json:#}");
    // 0.5 m/s
    assert!(number(&climb["best"]) < 2200.0, "{climb:#}");
    let text = home.text(&[&climb["id"].to_string()]);
    assert!(text.contains("Left out, as nobody climbs so fast: 1 effort."), "{text}");
}

/// Recordings of others in one place, where they are at hand: which hills are in several.
#[test]
fn hills_of_the_corpus_that_lie_in_several_files() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        support::not_asked("no ../shared/corpus");
        return;
    }
    let home = Home::new();
    home.run(&["history", "--quiet", &corpus.to_string_lossy()]);
    let db = rusqlite::Connection::open(home.store()).unwrap();
    let (lines, hills): (u32, u32) = db
        .query_row(
            "select (select count(*) from lines), (select count(*) from same_hills)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    eprintln!("{lines} climbs and descents of 20 m and more on {hills} hills");
    let mut query = db
        .prepare(
            "select hill, count(*), count(distinct day), group_concat(distinct replace(path, ?1, ''))
             from efforts join files using (id) group by hill having count(distinct id) > 1
             order by hill",
        )
        .unwrap();
    let root = format!("{}/", corpus.to_string_lossy());
    let mut rows = query.query([root]).unwrap();
    let mut shared = 0;
    while let Some(row) = rows.next().unwrap() {
        let (hill, times, days): (i64, i64, i64) =
            (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        let paths: String = row.get(3).unwrap();
        eprintln!("hill {hill}: {times} efforts on {days} days: {paths}");
        shared += 1;
    }
    eprintln!("{shared} hills in several files");
    let json = home.json(&[]);
    for hill in json["hills"].as_array().unwrap() {
        eprintln!("listed: {} {} {} times", hill["id"], hill["slope"], hill["times"]);
    }
    assert!(hills > 0 && lines >= hills);
}

/// A ride over the hill with a power meter, of this type.
fn ridden(day: i64, speed: f64, kind: &str) -> Vec<u8> {
    let mut ride = Outing::ride().steady(speed).every(2.0).named(&format!("Ride {day}"));
    ride.start_unix_s += day * DAY_S;
    let mut recording = ride.record(&over_the_hill()).wandering(5.0, day.unsigned_abs());
    for (point, watts) in recording.points.iter_mut().zip((0..9_u8).cycle()) {
        point.power_w = Some(180.0 + 5.0 * f64::from(watts));
    }
    let text = String::from_utf8(gpx::write(&recording, gpx::Style::Garmin)).unwrap();
    let typed = text.replace("<type>cycling</type>", &format!("<type>{kind}</type>"));
    assert!(kind == "cycling" || typed != text);
    typed.into_bytes()
}

#[test]
fn compares_rides_with_a_motor_or_in_a_game_with_their_like_alone() {
    let home = Home::new();
    for n in 0..8_u8 {
        let (day, faster) = (60 * i64::from(n), 0.02 * f64::from(n % 2));
        let put = |name: &str, after: i64, speed: f64, kind: &str| {
            let bytes = ridden(day + after, speed + faster, kind);
            home.put(&format!("{name}{n}.gpx"), &bytes);
        };
        put("own", 0, 4.0, "cycling");
        // the later, the more the motor helps
        if n > 1 {
            put("motor", 1, 4.1 + f64::from(n) / 40.0, "e_bike_ride");
        }
        if n > 2 {
            put("game", 2, 4.05, "VirtualRide");
        }
    }
    home.take_in();
    let json = home.json(&[]);
    let climbs: Vec<(&Value, &Value, &Value)> = json["hills"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|hill| hill["slope"] == "climb")
        .map(|hill| (&hill["bicycle"], &hill["times"], &hill["trend"]["direction"]))
        .collect();
    let [unclear, motor, few] = ["unclear", "motor", "too_few_days"].map(Value::from);
    let [electric, game] = ["electric", "virtual"].map(Value::from);
    assert_eq!(
        climbs,
        [
            (&Value::Null, &8.into(), &unclear),
            (&electric, &6.into(), &motor),
            (&game, &5.into(), &few),
        ]
    );
    let together = json["together"].as_array().unwrap();
    assert_eq!(together[0]["efforts"], 8, "{together:?}");
    let id =
        json["hills"].as_array().unwrap().iter().find(|h| h["slope"] == "climb").unwrap()
            ["id"]
            .to_string();
    let text = home.text(&[&id]);
    assert!(text.contains("· e-bike · 6 efforts"), "{text}");
    assert!(text.contains("No trend of a hill with an e-bike"), "{text}");
    assert!(text.contains("· virtual · 5 efforts"), "{text}");
    // nor does a motor's trend have anything said of it
    assert!(!home.text(&[]).contains("season"), "{}", home.text(&[]));
    // and how fast a motor climbs is none of one's own bests: at 4 m/s it takes 350 s up
    let files = home.folder.path().join("files");
    let asked = ["history", &files.to_string_lossy(), "--json", "--on", "2025-09-30"];
    let (_, history, _) = home.run(&asked);
    let history: Value = serde_json::from_str(&history).unwrap();
    let outings = |figure: &str| {
        let mut rows = history["mechanisms"].as_array().unwrap().iter();
        rows.find(|row| row["figure"] == figure).unwrap()["outings"].clone()
    };
    assert_eq!(outings("best_5_min_up_m_per_h"), 6, "those of the last year");
    assert_eq!(outings("best_5_min_up_w_per_kg"), 17, "the power is the rider's");
}

#[test]
fn draws_a_hill_as_of_the_day_that_is_asked_for() {
    let home = Home::new();
    two_years(&home);
    home.take_in();
    let json = home.json(&[]);
    let id = json["hills"][0]["id"].to_string();
    let drawn = |more: &[&str]| {
        let chart = ["chart", "--kind", "hill", "--hill", &id];
        home.run(&[&chart, more].concat())
    };
    // one each 45 days from 2024-06-15 on
    for day in ["--on", "--from"] {
        let (code, svg, said) = drawn(&[day, "2025-06-14"]);
        assert!(code == 0 && svg.contains("9 efforts"), "{said}");
    }
    let (code, _, said) = drawn(&["--on", "2025-06-14", "--from", "2025-01-01"]);
    assert_eq!((code, said.starts_with("error: two days")), (2, true), "{said}");
}
