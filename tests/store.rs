//! Is what was scored remembered, whole, whatever happens meanwhile?

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A folder of files and a store beside it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("files")).unwrap();
        Home { folder }
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("history.sqlite")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.files().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn copy(&self, fixture: &str, name: &str) {
        self.put(name, &fixture_bytes(fixture));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hardlegs"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("TZ", "UTC")
            .arg("history")
            .args(arguments)
            .arg("--store")
            .arg(self.store());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(arguments);
        let output = self.run(&all);
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }

    fn export(&self) -> String {
        let output = self.run(&["--export", "jsonl"]);
        String::from_utf8(output.stdout).unwrap()
    }
}

fn fixture_bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The loop as GPX, some hours later by its clock, by another creator.
fn loop_gpx(hours: i64, creator: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture_bytes("gpx/loop.gpx")).unwrap();
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<time>") {
        let (head, tail) = rest.split_at(at + 6);
        out.push_str(head);
        let end = tail.find("</time>").unwrap();
        let time: jiff::Timestamp = tail[..end].parse().unwrap();
        let later = time + jiff::SignedDuration::from_hours(hours);
        out.push_str(&later.to_string());
        rest = &tail[end..];
    }
    out.push_str(rest);
    let from = out.find("creator=\"").unwrap() + 9;
    let end = from + out[from..].find('"').unwrap();
    out.replace_range(from..end, creator);
    out.into_bytes()
}

/// Counts of a run: they must add up.
fn tally(json: &Value) -> [u64; 7] {
    let tally = &json["intake"];
    let count = |key: &str| tally[key].as_u64().unwrap();
    let all = ["scored", "noticed", "skipped", "failed", "duplicate"].map(count);
    assert_eq!(count("found"), all.iter().sum::<u64>(), "{tally}");
    for (number, named) in [("failed", "failures"), ("skipped", "skips")] {
        assert_eq!(count(number), tally[named].as_array().unwrap().len() as u64);
    }
    [count("found"), all[0], all[1], all[2], all[3], all[4], count("new")]
}

#[test]
fn counts_one_outing_in_every_form_once() {
    let home = Home::new();
    home.copy("fit/loop.fit", "watch.fit");
    home.copy("gpx/loop.gpx", "garmin.gpx");
    home.copy("tcx/loop.tcx", "garmin.tcx");
    home.put("strava.gpx", &loop_gpx(0, "StravaGPX"));
    // its creator is that of the copy beside it, but not the watch's
    home.put("wrong_zone.gpx", &loop_gpx(2, "StravaGPX"));
    home.copy("fit/loop.fit", "copy/of/watch.fit");
    let json = home.json(&["files"]);
    assert_eq!(tally(&json), [6, 1, 0, 0, 0, 5, 5]);
    assert!(json["sessions"][0]["origin"].as_str().unwrap().contains("Hardlegs Fixture"));
    let sessions = json["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 1);
    let duplicates = json["duplicates"].as_array().unwrap();
    assert_eq!(duplicates.len(), 4);
    let shifts: Vec<i64> =
        duplicates.iter().map(|double| double["shift_s"].as_i64().unwrap()).collect();
    assert_eq!(shifts.iter().filter(|s| **s == 0).count(), 3, "{shifts:?}");
    assert!(shifts.contains(&7200), "{shifts:?}");
}

/// The same way to work every day, hill repeats and the same race a week later are no doubles.
#[test]
fn counts_the_same_route_again_as_another_session() {
    let home = Home::new();
    for hours in [0, 10, 24, 34, 168] {
        home.put(&format!("{hours}.gpx"), &loop_gpx(hours, "StravaGPX"));
    }
    let json = home.json(&["files"]);
    assert_eq!(tally(&json), [5, 5, 0, 0, 0, 0, 5]);
    assert_eq!(json["sessions"].as_array().unwrap().len(), 5);
}

#[test]
fn sessions_of_a_multisport_file_stay_apart() {
    let home = Home::new();
    home.copy("fit/multisport.fit", "triathlon.fit");
    let json = home.json(&["files"]);
    assert!(json["sessions"].as_array().unwrap().len() >= 2);
    assert!(json["duplicates"].as_array().unwrap().is_empty());
}

#[test]
fn scores_nothing_twice() {
    let home = Home::new();
    home.copy("fit/loop.fit", "a.fit");
    home.copy("gpx/hike_pack.gpx", "b.gpx");
    home.copy("gpx/no_elevation.gpx", "c.gpx");
    home.copy("gpx/not_gpx.gpx", "d.gpx");
    home.copy("gpx/course.gpx", "e.gpx");
    let first = home.json(&["files"]);
    assert_eq!(tally(&first), [5, 2, 0, 2, 1, 0, 2]);
    assert_eq!(home.run(&["files"]).status.code(), Some(1), "one failed");
    let second = home.json(&["files"]);
    assert_eq!(tally(&second), [5, 2, 0, 2, 1, 0, 0], "nothing new");
    assert_eq!(first["sessions"], second["sessions"]);
    // a failed file that changes is tried again, a moved one is not scored again
    home.copy("gpx/cable_car.gpx", "c.gpx");
    std::fs::rename(home.files().join("a.fit"), home.files().join("z.fit")).unwrap();
    let third = home.json(&["files"]);
    // the lift of the third is told
    assert_eq!(tally(&third), [5, 2, 1, 2, 0, 0, 1]);
    // other settings score everything anew, and only once
    let heavy = home.json(&["files", "--mass", "90"]);
    assert_eq!(tally(&heavy)[6], 3);
    assert_eq!(tally(&home.json(&["files", "--mass", "90"]))[6], 0);
    let note = home.run(&["--quiet"]);
    assert!(note.stderr.is_empty());
    let note = String::from_utf8(home.run(&[]).stderr).unwrap();
    assert!(note.contains("3 activities were scored with other settings"), "{note}");
    assert_eq!(tally(&home.json(&["--rescore"]))[6], 3);
    // a changed file replaces what it was
    home.copy("fit/ridge.fit", "z.fit");
    home.json(&["files"]);
    assert_eq!(home.export().lines().filter(|l| l.contains("Ridge")).count(), 1);
    assert_eq!(home.export().lines().count(), 4, "a.fit still stands for the loop");
    // and what is forgotten is gone
    let gone = home.run(&["--forget", "files/a.fit", "files/b.gpx"]);
    let words = String::from_utf8(gone.stdout).unwrap();
    assert_eq!(words.lines().count(), 2, "{words}");
    assert_eq!(home.export().lines().count(), 2);
    assert_eq!(home.run(&["--forget", "elsewhere"]).status.code(), Some(1));
}

#[test]
fn keeps_a_correction_through_rescoring() {
    let home = Home::new();
    home.copy("fit/loop.fit", "a.fit");
    home.copy("gpx/hike_pack.gpx", "b.gpx");
    home.json(&["files"]);
    let id = |home: &Home, at: usize| {
        let json = home.json(&[]);
        json["sessions"][at]["id"].as_str().unwrap()[..8].to_owned()
    };
    let (a, points) = {
        let json = home.json(&[]);
        let run =
            json["sessions"].as_array().unwrap().iter().position(|s| s["sport"] == "run");
        let at = run.unwrap();
        (id(&home, at), json["sessions"][at]["climb_volume_m"].as_f64().unwrap())
    };
    let set = home.run(&["set", &a, "--sport", "hike", "--pack", "14"]);
    let words = String::from_utf8_lossy(&set.stdout).into_owned();
    assert!(words.contains("hike"), "{words} {}", String::from_utf8_lossy(&set.stderr));
    let of = |home: &Home| {
        let json = home.json(&["--rescore"]);
        let sessions = json["sessions"].as_array().unwrap().clone();
        sessions.into_iter().find(|s| s["id"].as_str().unwrap().starts_with(&a)).unwrap()
    };
    let corrected = of(&home);
    assert_eq!(corrected["sport"], "hike");
    let ratio = corrected["climb_volume_m"].as_f64().unwrap() / points;
    assert!((ratio - 84.0 / 70.0).abs() < 0.01, "14 kg on 70: {ratio}");
    home.run(&["set", &a, "--exclude"]);
    assert_eq!(home.json(&[])["excluded"], 1);
    home.run(&["set", &a, "--include", "--sport", "auto"]);
    assert_eq!(home.json(&[])["excluded"], 0);
    assert_eq!(of(&home)["sport"], "run");
    let nobody = home.run(&["set", "ffffffff", "--exclude"]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn reads_a_strava_export_in_its_zip() {
    let home = Home::new();
    let path = home.files().join("export.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    };
    put("activities.csv", b"Activity ID,Activity Name,Activity Type,Filename\n1,Over the pass,Hike,activities/1.gpx\n");
    put("activities/1.gpx", &fixture_bytes("gpx/hike_pack.gpx"));
    put("activities/2.fit", &fixture_bytes("fit/loop.fit"));
    put("routes/3.gpx", &fixture_bytes("gpx/loop.gpx"));
    zip.finish().unwrap();
    let json = home.json(&["files/export.zip"]);
    assert_eq!(tally(&json), [2, 2, 0, 0, 0, 0, 2]);
    assert_eq!(tally(&home.json(&["files/export.zip"]))[6], 0, "nothing new");
    let hike = home.json(&[])["sessions"][0]["id"].as_str().unwrap()[..8].to_owned();
    let set = home.run(&["set", &hike, "--sport", "walk"]);
    assert!(String::from_utf8_lossy(&set.stdout).contains("walk"));
}

#[test]
fn leaves_alone_what_is_no_store() {
    let home = Home::new();
    home.copy("fit/loop.fit", "a.fit");
    std::fs::write(home.store(), b"this is somebody's diary, not a database at all")
        .unwrap();
    let output = home.run(&["files"]);
    assert_eq!(output.status.code(), Some(3));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("not a SQLite file") && words.lines().count() == 1, "{words}");
    assert!(std::fs::read(home.store()).unwrap().starts_with(b"this is somebody"));
    // another program's database
    std::fs::remove_file(home.store()).unwrap();
    let other = rusqlite::Connection::open(home.store()).unwrap();
    other.execute_batch("create table songs (name)").unwrap();
    drop(other);
    let output = home.run(&["files"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("another program"));
    // a newer version's
    std::fs::remove_file(home.store()).unwrap();
    assert_eq!(home.run(&["files"]).status.code(), Some(0));
    let newer = rusqlite::Connection::open(home.store()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let output = home.run(&[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("newer hardlegs"));
    // no home, no store, no history
    let nothing = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .env_clear()
        .arg("history")
        .output()
        .unwrap();
    assert!(nothing.stdout.is_empty());
}

#[test]
fn refuses_a_store_that_another_program_changed() {
    let home = Home::new();
    home.copy("fit/loop.fit", "loop.fit");
    assert!(home.run(&["files"]).status.success());
    let sound = std::fs::read(home.store()).unwrap();
    let forever = "with recursive n(x) as (select 1 union all select x + 1 from n)
        select * from n";
    for (change, told) in [
        (
            format!("alter table activities rename column day to {}", "x".repeat(5000)),
            "no such column",
        ),
        (
            format!("drop table traces; create view traces as {forever}"),
            "changed by another program",
        ),
        (
            "create trigger t after insert on files begin delete from hills; end"
                .to_owned(),
            "changed by another program",
        ),
    ] {
        std::fs::write(home.store(), &sound).unwrap();
        let db = rusqlite::Connection::open(home.store()).unwrap();
        db.execute_batch(&change).unwrap();
        drop(db);
        let output = home.run(&["--on", "2026-11-01"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{change}: {said}");
        assert!(said.contains(told) && said.lines().count() == 1, "{change:.90}: {said}");
        assert!(said.len() < 1000, "{} bytes", said.len());
    }
}

/// A row that nobody can read is named and left out, the rest is shown, and scoring repairs it.
#[test]
fn loses_nothing_else_to_one_bad_row() {
    let home = Home::new();
    home.copy("fit/loop.fit", "loop.fit");
    home.copy("fit/ridge.fit", "ridge.fit");
    assert!(home.run(&["files"]).status.success());
    let sound = std::fs::read(home.store()).unwrap();
    let whole = home.export();
    assert_eq!(whole.lines().count(), 2);
    for change in [
        "gain_m = 9e999",
        "elapsed_s = 1.7e9",
        "loss_m = 'many'",
        "concentric_intensity = x'00'",
        "day = 'tomorrow'",
        "start = 'once'",
        "sport = 'chess'",
        "samples = -1",
        "origin = x'ff'",
        // and what is longer than anything that is written
        "name = hex(zeroblob(2049))",
        "name = hex(zeroblob(8000000))",
        "origin = hex(zeroblob(2049))",
        "sport = hex(zeroblob(8000000))",
        "start = hex(zeroblob(1000000))",
        "day = hex(zeroblob(8000000))",
    ] {
        std::fs::write(home.store(), &sound).unwrap();
        let db = rusqlite::Connection::open(home.store()).unwrap();
        let of_the_loop = "where id = (select id from files where path like '%loop.fit')";
        db.execute_batch(&format!("update activities set {change} {of_the_loop}"))
            .unwrap();
        drop(db);
        let output = home.run(&["--on", "2026-11-01"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{change}: {said}");
        let line = said.lines().find(|line| line.starts_with("error")).unwrap();
        assert!(line.contains("loop.fit") && line.contains("--rescore"), "{said}");
        assert_eq!(home.export().lines().count(), 1, "{change}");
        for arguments in [&["--rescore"][..], &["files"]] {
            let broken = std::fs::read(home.store()).unwrap();
            let rescored = home.run(arguments);
            assert_eq!(rescored.status.code(), Some(0), "{change} {arguments:?}");
            assert_eq!(home.export(), whole, "{change} {arguments:?}");
            std::fs::write(home.store(), broken).unwrap();
        }
        let path = home.files().join("loop.fit").to_string_lossy().into_owned();
        assert_eq!(home.run(&["--forget", &path]).status.code(), Some(0));
        assert_eq!(home.run(&[]).status.code(), Some(0), "{change}");
    }
}

/// A key that is too long even to be taken out is told in a line, and everything stays.
#[test]
fn refuses_a_key_of_any_length_in_a_line() {
    let home = Home::new();
    home.copy("fit/loop.fit", "loop.fit");
    assert!(home.run(&["files"]).status.success());
    let db = rusqlite::Connection::open(home.store()).unwrap();
    db.execute_batch("update activities set start = hex(zeroblob(8000000))").unwrap();
    drop(db);
    let output = home.run(&["files"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("a value is longer than any that is written"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// A file of which more would be kept than can be read fails alone, however often it is met.
#[test]
fn loses_nothing_else_to_a_file_with_an_impossible_time() {
    let home = Home::new();
    home.copy("fit/loop.fit", "loop.fit");
    let text = String::from_utf8(fixture_bytes("gpx/loop.gpx")).unwrap();
    let times: Vec<usize> = text.match_indices("<time>").map(|(at, _)| at + 6).collect();
    for (name, years) in [("first.gpx", ["1970", "2024"]), ("last.gpx", ["2024", "2099"])]
    {
        let mut far = text.clone();
        for (number, at) in times.iter().enumerate() {
            let late = number * 2 > times.len();
            far.replace_range(at..&(at + 4), years[usize::from(late)]);
        }
        home.put(name, far.as_bytes());
    }
    for _ in 0..2 {
        home.run(&["files"]);
        let output = home.run(&[]);
        assert_eq!(output.status.code(), Some(0));
        assert!(home.export().contains("\"elapsed_s\""));
    }
}

#[test]
fn matches_every_document_with_its_schema() {
    let home = Home::new();
    home.copy("fit/loop.fit", "a.fit");
    home.copy("fit/ride_power.fit", "b.fit");
    home.copy("gpx/no_elevation.gpx", "c.gpx");
    let schema = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .args(["schema", "history"])
        .output()
        .unwrap();
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for arguments in [&["files"][..], &[], &["--by", "month"], &["--since", "2024-06-01"]]
    {
        let json = home.json(arguments);
        let wrong: Vec<String> =
            validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// A course and pictures from the store, from outside.
#[test]
fn makes_plan_and_charts_from_the_store() {
    let home = Home::new();
    many(&home, 30);
    home.run(&["files"]);
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_hardlegs"))
            .current_dir(home.folder.path())
            .env_clear()
            .env("HARDLEGS_STORE", home.store())
            .args(arguments)
            .output()
            .unwrap()
    };
    home.copy("fit/ridge.fit", "../course.fit");
    let days = ["--from", "2024-07-10", "--on", "2024-11-02"];
    let plan = run(&[&["plan", "course.fit", "--json"][..], &days].concat());
    let json: Value = serde_json::from_slice(&plan.stdout).unwrap();
    assert!(json["largest_eccentric_load"].as_f64().unwrap() > 5.0);
    assert!(json["nearest_own_descent"]["id"].is_string());
    let schema = run(&["schema", "plan"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json));
    let words =
        String::from_utf8(run(&[&["plan", "course.fit"][..], &days].concat()).stdout);
    assert!(words.unwrap().contains("the last big descent, about Sat 19 Oct"));
    let pictures = [
        run(&[&["chart", "course.fit", "--kind", "plan"][..], &days].concat()),
        run(&["chart", "--kind", "history"]),
    ];
    for picture in pictures {
        assert_eq!(picture.status.code(), Some(0));
        let svg = String::from_utf8(picture.stdout).unwrap();
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }
    // a ride is planned by its uphill load, from the climbs of one's own rides
    home.copy("fit/ride_power.fit", "../ride.fit");
    home.copy("fit/ride_power.fit", "files/ride.fit");
    home.run(&["files"]);
    let plan = run(&[&["plan", "ride.fit", "--json"][..], &days].concat());
    let json: Value = serde_json::from_slice(&plan.stdout).unwrap();
    assert!(validator.is_valid(&json), "{json}");
    assert!(json["target_concentric_load"].as_f64().unwrap() > 10.0);
    assert!(json["target_eccentric_load"].is_null() && json["gait"].is_null());
    let climbing = &json["climbing"];
    assert_eq!(climbing["rides"], 1, "{climbing}");
    let (own, course) = (&climbing["nearest_own"], &climbing["climbs"]);
    let largest =
        course.as_array().unwrap().iter().map(|c| c["rise_m"].as_f64().unwrap());
    let off = own["rise_m"].as_f64().unwrap() - largest.fold(0.0, f64::max);
    assert!(off.abs() < 0.11, "{climbing}");
    // what cannot be planned says why, in one line
    for (arguments, code, words) in [
        (&["plan", "nowhere.gpx"][..], 1, "nowhere.gpx"),
        (&["chart"], 2, "a file is needed"),
        (&["chart", "--kind", "history", "--store", "none.sqlite"], 1, "no history yet"),
    ] {
        let output = run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {error}");
        assert!(error.contains(words) && error.lines().count() == 1, "{error}");
    }
}

/// Many small files: the loop, each on its own day with its own name.
fn many(home: &Home, count: i64) {
    for n in 0..count {
        let bytes = loop_gpx(26 * n, &format!("watch {n}"));
        home.put(&format!("{n:05}.gpx"), &bytes);
    }
}

/// Killed at any moment it loses nothing that was finished, and the next run goes on.
#[cfg(unix)]
#[test]
fn survives_kills_at_random_moments() {
    const FILES: i64 = 400;
    const KILLS: u64 = 25;
    let undisturbed = Home::new();
    many(&undisturbed, FILES);
    undisturbed.run(&["files", "--threads", "2"]);
    let home = Home::new();
    many(&home, FILES);
    let (mut kept, mut killed) = (0, 0);
    for turn in 0..KILLS {
        let mut child = home
            .command(&["files", "--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(30 + turn * 7919 % 300));
        killed += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if !home.store().exists() {
            continue;
        }
        let now = home.export().lines().count();
        assert!(now >= kept, "{now} after {kept}");
        kept = now;
    }
    let last = home.json(&["files"]);
    let new = tally(&last)[6];
    eprintln!("{killed} kills in mid-run; {new} of {FILES} files left for the last run");
    assert!(killed >= 3);
    let here = home.folder.path().to_string_lossy().into_owned();
    let there = undisturbed.folder.path().to_string_lossy().into_owned();
    assert_eq!(
        home.export().replace(&here, ""),
        undisturbed.export().replace(&there, "")
    );
}

#[test]
fn keeps_the_store_in_two_runs_at_once() {
    const FILES: i64 = 60;
    let home = Home::new();
    many(&home, FILES);
    let runs: Vec<_> = (0..4)
        .map(|_| {
            home.command(&["files", "--json"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{words}");
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(tally(&json)[0], FILES.unsigned_abs());
    }
    assert_eq!(home.export().lines().count(), usize::try_from(FILES).unwrap());
}

/// An interruption keeps what is finished, says how to go on, and ends with 130.
#[cfg(unix)]
#[test]
fn ends_cleanly_when_interrupted() {
    let home = Home::new();
    many(&home, 600);
    let child = home
        .command(&["files", "--threads", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(400));
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
    let output = child.wait_with_output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{words}");
    assert!(words.contains("the same command goes on"), "{words}");
    let kept = home.export().lines().count();
    assert!(kept > 0 && kept < 600, "{kept}");
    assert_eq!(tally(&home.json(&["files"]))[6], 600 - kept as u64);
}

#[test]
fn documents_every_table_of_the_store() {
    let home = Home::new();
    home.copy("fit/loop.fit", "a.fit");
    home.run(&["files"]);
    let db = rusqlite::Connection::open(home.store()).unwrap();
    let mut tables =
        db.prepare("select sql from sqlite_schema where type = 'table'").unwrap();
    let sql: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(sql.len(), 9);
    assert!(sql.iter().all(|sql| sql.contains("--")), "each with comments");
    let gain: f64 =
        db.query_row("select gain_m from activities", [], |row| row.get(0)).unwrap();
    assert!((gain - 150.0).abs() < 5.0);
    assert!(Path::new(&home.store()).exists());
}

#[test]
fn reports_an_activity_of_the_future_and_shifts_nothing() {
    let home = Home::new();
    home.copy("gpx/loop.gpx", "past.gpx");
    let before = home.json(&["files"]);
    home.put("2053.gpx", &loop_gpx(29 * 8766, "a watch of another time"));
    let output = home.run(&["--json", "files"]);
    let after: Value = serde_json::from_slice(&output.stdout).unwrap();
    for key in ["on", "usual", "rest", "sessions", "days"] {
        assert_eq!(before[key], after[key], "{key}");
    }
    assert_eq!((&before["undated"], &after["undated"]), (&0.into(), &1.into()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("dated after today or before 1990, left out: 1."), "{said}");
    // a day in the past is asked for on purpose
    let said = home.run(&["--on", "2024-01-01"]).stderr;
    assert!(said.is_empty(), "{}", String::from_utf8_lossy(&said));
}

/// An older store by today's program: everything is there, with what was said of it; and since
/// its files are gone, it counts as it was scored, and that is said.
#[test]
fn reads_a_store_of_any_version_and_says_which_sources_are_gone() {
    let folder = format!("{}/fixtures/stores", env!("CARGO_MANIFEST_DIR"));
    let mut versions = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let sql = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let home = Home::new();
        let db = rusqlite::Connection::open(home.store()).unwrap();
        db.execute_batch(&sql).unwrap();
        // a model of long ago
        db.execute_batch("update activities set model = 1").unwrap();
        drop(db);
        versions += 1;
        let json = home.json(&[]);
        assert_eq!(json["excluded"], 1);
        let sports: Vec<&str> = json["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|session| session["sport"].as_str().unwrap())
            .collect();
        assert_eq!(sports, ["run", "walk"]);
        let gone: Vec<&str> = json["source_gone"]
            .as_array()
            .unwrap()
            .iter()
            .map(|gone| gone["path"].as_str().unwrap())
            .collect();
        let named = ["hike_pack.gpx", "loop.fit", "ride_power.fit"];
        assert_eq!(gone, named.map(|name| format!("/home/anna/tours/{name}")));
        for arguments in [&[][..], &["--rescore"], &[]] {
            let said = String::from_utf8(home.run(arguments).stderr).unwrap();
            assert!(said.contains("note: 3 scored by an earlier model"), "{said}");
            assert!(
                said.contains("source gone: /home/anna/tours/hike_pack.gpx, "),
                "{said}"
            );
            assert!(!said.contains("hardlegs history --rescore"), "{said}");
        }
        assert_eq!(home.export().lines().count(), 3);
    }
    assert!(versions >= 1);
}

/// What can be scored again is, and what cannot is named after every run.
#[test]
fn offers_only_what_is_still_there_to_be_scored_again() {
    let home = Home::new();
    for (fixture, name) in [
        ("fit/loop.fit", "a.fit"),
        ("gpx/hike_pack.gpx", "b.gpx"),
        ("fit/ridge.fit", "c.fit"),
    ] {
        home.copy(fixture, name);
    }
    let zip = |members: &[&str]| {
        let file = std::fs::File::create(home.files().join("export.zip")).unwrap();
        let mut zip = zip::ZipWriter::new(file);
        for name in members {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            let bytes = fixture_bytes(&format!("fit/{name}"));
            std::io::Write::write_all(&mut zip, &bytes).unwrap();
        }
        zip.finish().unwrap();
    };
    zip(&["treadmill.fit", "ride_power.fit"]);
    home.json(&["files"]);
    let old = || {
        let db = rusqlite::Connection::open(home.store()).unwrap();
        db.execute_batch("update activities set model = 1").unwrap();
    };
    let counts = |arguments: &[&str]| {
        let said = String::from_utf8(home.run(arguments).stderr).unwrap();
        let number = |before: &str, after: &str| -> usize {
            let at = said.find(after).map(|end| &said[..end]).unwrap_or_default();
            at.rsplit(before).next().and_then(|n| n.trim().parse().ok()).unwrap_or(0)
        };
        (
            number("note: ", " activities were scored"),
            number("note: ", " scored by an earlier model"),
            said,
        )
    };
    old();
    let all = home.export().lines().count();
    let (again, gone, said) = counts(&[]);
    assert_eq!((again, gone), (all, 0), "{said}");
    // one file and one member of an archive go
    std::fs::remove_file(home.files().join("a.fit")).unwrap();
    zip(&["treadmill.fit"]);
    let (again, gone, said) = counts(&[]);
    assert_eq!((again, gone), (all - 2, 2), "{said}");
    assert!(
        said.contains("a.fit, ") && said.contains("export.zip/ride_power.fit"),
        "{said}"
    );
    for arguments in [&["--rescore"][..], &[], &["files"], &["files"]] {
        let (again, gone, said) = counts(arguments);
        assert_eq!((again, gone), (0, 2), "{arguments:?}: {said}");
    }
    assert_eq!(home.export().lines().count(), all, "what is gone counts");
    // until it comes back
    home.copy("fit/loop.fit", "elsewhere.fit");
    let (again, gone, said) = counts(&["files"]);
    assert_eq!((again, gone), (0, 1), "{said}");
}
