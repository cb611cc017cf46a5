//! The person's profile from outside: shown with origins, set without losing anything, and
//! held in the scores of the right day.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::path::Path;
use std::process::{Command, Output};

/// Runs with a athlete file in a folder of its own.
fn hardlegs(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .envs(environment.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = hardlegs(folder, arguments, &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn makes_the_athlete_file_and_keeps_its_comments() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| hardlegs(folder.path(), arguments, &[]);
    assert!(run(&["athlete", "set", "mass_kg=159lb", "pack.hike=8"]).status.success());
    let file = folder.path().join("hardlegs/config.toml");
    let path = run(&["athlete", "path"]);
    assert_eq!(text(&path.stdout).trim_end(), file.to_str().unwrap());

    let mine = "# weighed in the morning\n".to_owned()
        + &std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, &mine).unwrap();
    let dated =
        run(&["athlete", "set", "--from", "2026-03-01", "mass_kg=71", "ftp_w=268"]);
    assert!(dated.status.success(), "{}", text(&dated.stderr));
    let now = std::fs::read_to_string(&file).unwrap();
    assert!(now.starts_with("# weighed in the morning\n"), "{now}");
    assert!(
        now.contains("mass_kg = 72.121") && now.contains("from = 2026-03-01"),
        "{now}"
    );

    for wrong in ["mass_kg=710", "mas_kg=71", "sex=other", "time_zone=Mars", "mass_kg"] {
        let refused = run(&["athlete", "set", "hr_max=190", wrong]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert_eq!(text(&refused.stderr).lines().count(), 1, "{wrong}");
        assert_eq!(
            std::fs::read_to_string(&file).unwrap(),
            now,
            "{wrong} changed the file"
        );
    }
    assert!(run(&["athlete", "set", "ftp_w="]).status.success());
    assert!(!std::fs::read_to_string(&file).unwrap().contains("ftp_w"));
}

#[test]
fn shows_where_each_value_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    let set = ["athlete", "set", "mass_kg=71", "hr_rest=50"];
    assert!(hardlegs(folder.path(), &set, &[]).status.success());
    let shown = hardlegs(
        folder.path(),
        &["athlete", "show", "--json", "--ftp", "268"],
        &[("HARDLEGS_HRREST", "47")],
    );
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let of = |key: &str| {
        let rows = shown["athlete"].as_array().unwrap();
        let row = rows.iter().find(|row| row["key"] == key).unwrap();
        (
            row["value"].as_str().map(str::to_owned),
            row["origin"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(of("mass_kg"), (Some("71".into()), "athlete file".into()));
    assert_eq!(of("hr_rest"), (Some("47".into()), "HARDLEGS_HRREST".into()));
    assert_eq!(of("ftp_w"), (Some("268".into()), "--ftp".into()));
    assert_eq!(of("hr_max"), (None, "not set".into()));
    assert_eq!(of("week_starts"), (Some("monday".into()), "built in".into()));
}

#[test]
fn takes_the_row_of_the_day_unless_a_flag_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = "fixtures/fit/ridge.fit";
    let start =
        json(folder.path(), &["--json", fixture])["activities"][0]["start"].clone();
    let day: jiff::Timestamp = start.as_str().unwrap().parse().unwrap();
    let day = day.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let file = folder.path().join("hardlegs/config.toml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let (before, after) = (day.yesterday().unwrap(), day.tomorrow().unwrap());
    std::fs::write(
        &file,
        format!(
            "[[athlete]]\nfrom = {after}\nmass_kg = 60\n\
             [[athlete]]\nfrom = {before}\nmass_kg = 80\n[pack]\nrun = 4\n"
        ),
    )
    .unwrap();
    let used = |arguments: &[&str]| {
        let settings =
            json(folder.path(), arguments)["activities"][0]["settings"].clone();
        (settings["mass_kg"].as_f64().unwrap(), settings["pack_kg"].as_f64().unwrap())
    };
    assert_eq!(used(&["--json", fixture]), (80.0, 4.0));
    assert_eq!(used(&["--json", fixture, "--mass", "75", "--pack", "0"]), (75.0, 0.0));
    // a course has no day: the newest row
    assert!((used(&["--json", "fixtures/gpx/course.gpx"]).0 - 60.0).abs() < 1e-9);
}

#[test]
fn reports_a_bad_athlete_file_once_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "[[athlete]]\nmas_kg = 71\n").unwrap();
    let file = file.to_str().unwrap();
    let output =
        hardlegs(folder.path(), &["fixtures/fit/loop.fit", "--config", file], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!(
            "error: {file}: line 2, column 1: unknown key mas_kg. Hint: did you mean mass_kg?\n"
        )
    );
    assert!(output.stdout.is_empty());
    let missing = hardlegs(
        folder.path(),
        &["fixtures/fit/loop.fit"],
        &[("HARDLEGS_CONFIG", "/no/such")],
    );
    assert_eq!(missing.status.code(), Some(2));
}
