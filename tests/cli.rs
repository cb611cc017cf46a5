//! The program from outside: words, exit codes, streams.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn hardlegs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("HARDLEGS_CONFIG", "/dev/null")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn prints_an_activity_in_25_lines_of_80_columns() {
    let output = hardlegs(&["fixtures/fit/ridge.fit"]);
    assert!(output.status.success(), "{}", err(&output));
    let text = out(&output);
    assert!((20..=25).contains(&text.lines().count()), "{} lines", text.lines().count());
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    assert!(text.contains("downhill load  270") && text.contains("D5"));
    assert_eq!(err(&output), "");
}

#[test]
fn goes_on_after_a_bad_file() {
    let output =
        hardlegs(&["fixtures/gpx/not_gpx.gpx", "no/such.fit", "fixtures/fit/loop.fit"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("4.1 km"));
    let errors = err(&output);
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), 2, "{errors}");
    assert!(lines[0].contains("not_gpx.gpx") && lines[0].contains("HTML"), "{errors}");
    assert!(
        lines.iter().all(|l| l.starts_with("error: ") && l.contains("Hint: ")),
        "{errors}"
    );
}

#[test]
fn says_why_something_cannot_be_scored() {
    for (file, cause) in [
        ("fixtures/gpx/no_elevation.gpx", "no height"),
        ("fixtures", "is a directory"),
        ("Cargo.toml", "not an activity"),
    ] {
        let output = hardlegs(&[file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(err(&output).contains(cause), "{}", err(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn scores_a_damaged_file_with_a_notice_and_refuses_it_when_strict() {
    let output = hardlegs(&["fixtures/fit/cut_short.fit"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).starts_with("note: fixtures/fit/cut_short.fit: "));
    let strict = hardlegs(&["--strict", "fixtures/fit/cut_short.fit"]);
    assert_eq!(strict.status.code(), Some(1));
    assert_eq!(out(&strict), "");
    assert_eq!(err(&hardlegs(&["-q", "fixtures/fit/cut_short.fit"])), "");
}

#[test]
fn exits_2_on_usage_errors_and_says_what_to_type() {
    let output = hardlegs(&["--mass", "7,2", "fixtures/fit/loop.fit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("72.5kg or 159lb"), "{}", err(&output));
    assert_eq!(hardlegs(&[]).status.code(), Some(2));
}

#[test]
fn reads_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let fit =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/fit/loop.fit"))
            .unwrap();
    child.stdin.take().unwrap().write_all(&fit).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(out(&output).contains("4.1 km"));
}

#[test]
fn ends_silently_at_a_closed_pipe() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .args(["--json", concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/fit/ridge.fit")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output), "");
}

#[test]
fn matches_real_output_with_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&out(&hardlegs(&["schema"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let files = [
        "fixtures/fit/ridge.fit",
        "fixtures/fit/ride_power.fit",
        "fixtures/gpx/course.gpx",
        "fixtures/gpx/cable_car.gpx",
        "fixtures/fit/multisport.fit",
    ];
    let mut arguments = vec!["--json"];
    arguments.extend(files);
    let output = hardlegs(&arguments);
    assert!(output.status.success(), "{}", err(&output));
    let document: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&document)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(document["activities"].as_array().unwrap().len(), 6);
    // the schema refuses what it does not know
    let mut strange = document.clone();
    strange["surprise"] = 1.into();
    assert!(!validator.is_valid(&strange));
    let mut strange = document;
    strange["activities"][0]["gain_m"] = "high".into();
    assert!(!validator.is_valid(&strange));
}

#[test]
fn explains_every_constant_and_every_decision() {
    let constants = out(&hardlegs(&["explain"]));
    assert!(constants.contains("load.run_bounce = 1.35 J/kg/m"));
    assert_eq!(
        constants.matches("source: ").count(),
        constants.matches("range: ").count()
    );
    assert!(out(&hardlegs(&["explain", "ride."])).contains("ride.efficiency = 0.977"));
    let file = out(&hardlegs(&["explain", "fixtures/fit/ridge.fit"]));
    assert!(file.contains("dropped: ") && file.contains("merged into"), "{file}");
    let one = out(&hardlegs(&["explain", "fixtures/fit/ridge.fit", "D5"]));
    assert!(one.contains("D5 downhill load (eccentric): 683 m ×"), "{one}");
}

#[test]
fn takes_the_grade_of_a_treadmill_from_the_command_line() {
    let scored = |grade: &str| -> (f64, f64, f64) {
        let arguments = ["--json", "fixtures/fit/treadmill.fit", "--grade", grade];
        let output = hardlegs(&arguments);
        assert!(output.status.success(), "{}", err(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let of = |key: &str| json["activities"][0][key].as_f64().unwrap();
        (of("distance_m"), of("gain_m"), of("loss_m"))
    };
    let (distance_m, gain_m, loss_m) = scored("10%");
    assert!((gain_m / distance_m - 0.10).abs() < 0.001 && loss_m < 0.1, "{gain_m}");
    let (_, gain_m, loss_m) = scored("-8%");
    assert!((loss_m / distance_m - 0.08).abs() < 0.001 && gain_m < 0.1, "{loss_m}");
    let (_, half_m, _) = scored("0:00-5:00=10%");
    assert!(half_m > 0.0 && half_m < 0.09 * distance_m, "{half_m}");
}

#[test]
fn laps_give_the_same_table_by_the_watch() {
    let text = out(&hardlegs(&["--laps", "fixtures/fit/ridge.fit"]));
    let laps = text.lines().filter(|line| line.starts_with(" lap ")).count();
    assert_eq!(laps, 7, "six of a whole length and a rest: {text}");
}

#[test]
fn names_the_new_chart_for_its_former_name() {
    let output = hardlegs(&["chart", "fixtures/fit/ridge.fit", "--kind", "profile"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(out(&output), "");
    assert_eq!(err(&output), "error: --kind profile is now --kind elevation\n");
    let help = hardlegs(&["chart", "--help"]);
    assert!(out(&help).contains("elevation") && !out(&help).contains("profile,"));
}

#[test]
fn writes_a_chart_whole_and_over_nothing_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let chart = |arguments: &[&str]| {
        hardlegs(&[&["chart", "fixtures/fit/loop.fit"], arguments].concat())
    };
    let printed = chart(&[]);
    assert!(printed.status.success(), "{}", err(&printed));
    assert!(out(&printed).starts_with("<svg "));

    let target = path("loop.svg");
    assert!(chart(&["-o", &target]).status.success());
    assert_eq!(std::fs::read_to_string(&target).unwrap(), out(&printed));
    assert!(
        chart(&["-o", &target, "--kind", "load"]).status.success(),
        "ours is replaced"
    );
    assert!(std::fs::read_to_string(&target).unwrap().contains("load-title"));

    let letter = path("letter.txt");
    std::fs::write(&letter, "dear diary").unwrap();
    let refused = chart(&["-o", &letter]);
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    assert!(err(&refused).contains("--force"));
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "dear diary");
    assert!(chart(&["-o", &letter, "--force"]).status.success());

    let copy = path("copy.fit");
    std::fs::copy("fixtures/fit/loop.fit", &copy).unwrap();
    let same = hardlegs(&["chart", &copy, "-o", &copy, "--force"]);
    assert_eq!(same.status.code(), Some(2));
    assert!(err(&same).contains("the input itself"), "{}", err(&same));

    let nowhere = chart(&["-o", "/proc/no/such/folder/x.svg"]);
    assert_eq!(nowhere.status.code(), Some(3), "{}", err(&nowhere));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing half-written is left");
    assert_eq!(chart(&["--size", "10x10"]).status.code(), Some(2));
    let swim = hardlegs(&["chart", "fixtures/fit/multisport.fit", "--part", "9"]);
    assert_eq!(swim.status.code(), Some(1), "{}", err(&swim));
}

#[test]
fn colours_only_terminals() {
    let plain = out(&hardlegs(&["fixtures/fit/ridge.fit"]));
    assert!(!plain.contains('\u{1b}'));
    let coloured = out(&hardlegs(&["--color", "always", "fixtures/fit/ridge.fit"]));
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn completes_in_every_shell_and_documents_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = out(&hardlegs(&["completions", shell]));
        for word in ["hardlegs", "history", "files0-from"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = out(&hardlegs(&["man"]));
    assert!(page.contains(".TH hardlegs") && page.contains("EXIT STATUS"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages");
    assert_eq!(hardlegs(&["man", "-o", path.to_str().unwrap()]).status.code(), Some(0));
    let mut pages: Vec<String> = std::fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    for name in ["hardlegs.1", "hardlegs-batch.1", "hardlegs-history-set.1"] {
        assert!(pages.iter().any(|page| page == name), "{pages:?}");
    }
    let chart = std::fs::read_to_string(path.join("hardlegs-chart.1")).unwrap();
    assert!(chart.contains(".TH hardlegs-chart 1"), "{chart}");
    assert!(chart.contains("EXAMPLES") && chart.contains("Factor on the smoothing"));
    assert!(pages.iter().all(|page| !page.contains("help")), "{pages:?}");
}

#[test]
fn writes_exports_and_pages_like_charts() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (command, ours, begins) in
        [("export", "a.gpx", "<?xml "), ("report", "a.html", "<!DOCTYPE html>")]
    {
        let run = |arguments: &[&str]| {
            hardlegs(&[&[command, "fixtures/fit/loop.fit"], arguments].concat())
        };
        let printed = out(&run(&[]));
        assert!(printed.starts_with(begins), "{printed:.80}");
        assert_eq!(out(&run(&["-o", "-"])), printed);
        let target = path(ours);
        for _ in 0..2 {
            assert!(run(&["-o", &target]).status.success(), "ours is replaced");
        }
        assert_eq!(std::fs::read_to_string(&target).unwrap(), printed);
        let letter = path("letter");
        std::fs::write(&letter, "dear diary").unwrap();
        let refused = run(&["-o", &letter]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("of ours. Hint: --force"), "{}", err(&refused));
        assert_eq!(std::fs::read_to_string(&letter).unwrap(), "dear diary");
        let same = hardlegs(&[command, &target, "-o", &target, "--force"]);
        assert_eq!(same.status.code(), Some(2), "{}", err(&same));
        assert!(err(&same).contains("the input itself"));
        assert_eq!(run(&["-o", "/proc/no/such/x"]).status.code(), Some(3));
        assert_eq!(run(&["--part", "2"]).status.code(), Some(1));
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 3, "nothing half-written is left");
    let indoors = hardlegs(&["export", "fixtures/fit/treadmill.fit", "--grade", "5%"]);
    assert_eq!(indoors.status.code(), Some(1));
    assert_eq!(err(&indoors).lines().count(), 1);
    assert!(err(&indoors).contains("no positions were recorded"), "{}", err(&indoors));
    let none = hardlegs(&["report", "history", "--store", &path("none")]);
    assert_eq!(none.status.code(), Some(1));
    assert!(err(&none).contains("no history yet"), "{}", err(&none));
}

/// Every command, and those below a command.
const COMMANDS: [&[&str]; 19] = [
    &[],
    &["analyze"],
    &["chart"],
    &["report"],
    &["export"],
    &["batch"],
    &["history"],
    &["history", "set"],
    &["plan"],
    &["explain"],
    &["inspect"],
    &["athlete"],
    &["athlete", "show"],
    &["athlete", "set"],
    &["athlete", "path"],
    &["completions"],
    &["man"],
    &["schema"],
    &["help"],
];

#[test]
fn fits_short_help_on_one_screen_with_three_examples_first() {
    for command in COMMANDS {
        let output = hardlegs(&[command, &["-h"]].concat());
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        let text = out(&output);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() <= 40, "{command:?}: {} lines", lines.len());
        for line in &lines {
            assert!(line.chars().count() <= 80, "{command:?}: {line}");
        }
        let (before, after) = text.split_once("Usage:").unwrap();
        let examples = before.lines().filter(|line| line.starts_with("  ")).count();
        assert_eq!(examples, 3, "{command:?}: {before}");
        assert!(after.contains("hardlegs help TOPIC"), "{command:?}");
    }
    let listed = out(&hardlegs(&["-h"]));
    for command in COMMANDS.iter().filter(|command| command.len() == 1) {
        assert!(listed.contains(&format!("\n  {}", command[0])), "{command:?}");
    }
}

#[test]
fn explains_topics_and_commands_and_lists_them() {
    for (topic, words) in [
        ("model", "So load = volume × intensity / 20"),
        ("formats", "cut short"),
        ("accuracy", "No literature supports"),
        ("safety", "Dark urine, swelling or weakness"),
        ("exit-status", "130: interrupted"),
    ] {
        let output = hardlegs(&["help", topic]);
        assert_eq!(output.status.code(), Some(0));
        let text = out(&output);
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("```") && !text.contains("**"), "{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{topic}: {line}");
        }
    }
    let chart = out(&hardlegs(&["help", "chart"]));
    assert_eq!(chart, out(&hardlegs(&["chart", "--help"])));
    assert!(out(&hardlegs(&["help", "history", "set"])).contains("hardlegs history set"));
    assert!(out(&hardlegs(&["help"])).contains("accuracy"));
    let unknown = hardlegs(&["help", "weather"]);
    assert_eq!(unknown.status.code(), Some(2));
    let line = err(&unknown);
    assert_eq!(line.lines().count(), 1);
    for word in ["weather", "model", "formats", "accuracy", "safety", "exit-status"] {
        assert!(line.contains(word), "{line}");
    }
}

/// One thing has one name, wherever it is explained.
#[test]
fn speaks_one_language_in_topics_explanations_and_schemas() {
    const RETIRED: [&str; 6] =
        ["push", "brak", "severity", "points", "blurred", "mended"];
    let retired = |line: &&str| {
        line.split(|c: char| !c.is_alphanumeric())
            .any(|word| RETIRED.iter().any(|begins| word.starts_with(begins)))
    };
    let ridge = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/fit/ridge.fit");
    for args in [
        &["help", "model"][..],
        &["help", "formats"],
        &["help", "accuracy"],
        &["help", "safety"],
        &["help", "exit-status"],
        &["help", "history"],
        &["help", "plan"],
        &["explain"],
        &["explain", "history"],
        &["explain", ridge],
        &["explain", ridge, "D5"],
        &["schema", "history"],
        &["schema", "plan"],
        &["export", ridge, "--only", "climbs"],
    ] {
        let output = hardlegs(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        let text = out(&output);
        let line = text.lines().find(retired);
        assert_eq!(line, None, "{args:?}");
        let wide = text.lines().find(|line| line.chars().count() > 80);
        assert!(wide.is_none() || args[0] == "schema" || args[0] == "export", "{wide:?}");
    }
}

#[test]
fn gives_shells_completions_that_they_accept() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = Vec::new();
    for shell in ["bash", "zsh", "fish"] {
        if Command::new(shell).arg("--version").output().is_err() {
            support::not_asked(&format!(
                "completions of {shell}, which is not installed"
            ));
            continue;
        }
        let script = folder.path().join(shell);
        std::fs::write(&script, out(&hardlegs(&["completions", shell]))).unwrap();
        let checked = Command::new(shell).arg("-n").arg(&script).output().unwrap();
        assert!(checked.status.success(), "{shell}: {}", err(&checked));
        asked.push(shell);
    }
    eprintln!("completions checked by {asked:?}");
}

#[test]
fn takes_an_empty_variable_as_not_set() {
    let plain = hardlegs(&["fixtures/fit/loop.fit", "--json"]);
    for name in ["HARDLEGS_MASS", "HARDLEGS_UNITS", "HARDLEGS_SPORT", "HARDLEGS_HRMAX"] {
        let output = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_clear()
            .env(name, "")
            .args(["fixtures/fit/loop.fit", "--json"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        assert!(output.stdout == plain.stdout, "{name}");
    }
}

#[test]
fn keeps_what_was_typed_inert() {
    for arguments in [
        &["explain", "fixtures/fit/loop.fit", "x\u{1b}[31m"][..],
        &["schema", "x\u{1b}]0;y\u{7}"],
        &["chart", "--kind", "\u{9b}31m"],
        &["help", "\u{202e}x"],
    ] {
        let output = hardlegs(arguments);
        assert_ne!(output.status.code(), Some(0), "{arguments:?}");
        let words = err(&output);
        let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!words.contains(steers), "{arguments:?}: {words:?}");
    }
}

#[test]
fn writes_over_no_input_of_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.gpx");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/gpx/loop.gpx");
    std::fs::copy(&fixture, &path).unwrap();
    for command in ["chart", "export", "report"] {
        let output = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
            .env_clear()
            .args([command, "-", "--force", "-o"])
            .arg(&path)
            .stdin(std::fs::File::open(&path).unwrap())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(
            err(&output).contains("is the input itself"),
            "{command}: {}",
            err(&output)
        );
    }
    assert!(std::fs::read(&path).unwrap() == std::fs::read(&fixture).unwrap());
}

/// A quarter of an hour uphill, in a folder that goes with it.
fn uphill(file: &str, write: impl Fn(&str) -> String) -> (tempfile::TempDir, String) {
    let points: Vec<String> = (0..180_u32)
        .map(|n| {
            let (latitude, height) = (f64::from(n) * 1e-4, f64::from(n) * 1.5);
            let time = format!("2024-06-15T08:{:02}:{:02}Z", n * 5 / 60, n * 5 % 60);
            if file.ends_with("tcx") {
                format!(
                    "<Trackpoint><Time>{time}</Time><Position><LatitudeDegrees>{:.7}\
                     </LatitudeDegrees><LongitudeDegrees>8</LongitudeDegrees></Position>\
                     <AltitudeMeters>{:.1}</AltitudeMeters></Trackpoint>",
                    46.000_012_3 + latitude,
                    500.0 + height
                )
            } else {
                format!(
                    "<trkpt lat=\"{:.7}\" lon=\"8\"><ele>{:.1}</ele><time>{time}</time></trkpt>",
                    46.000_012_3 + latitude,
                    500.0 + height
                )
            }
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, write(&points.concat())).unwrap();
    (folder, path.to_str().unwrap().to_owned())
}

fn gpx(name: &str, kind: &str) -> (tempfile::TempDir, String) {
    uphill("a.gpx", |points| {
        format!(
            "<gpx version=\"1.1\"><trk>{name}{kind}<trkseg>{points}</trkseg></trk></gpx>"
        )
    })
}

#[test]
fn reports_an_unknown_sport_and_refuses_it_when_strict() {
    let (_folder, path) = gpx("", "<type>xyzzy</type>");
    let output = hardlegs(&[&path]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("the file says \"xyzzy\""), "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("The file says \"xyzzy\", which is not known here"), "{text}");
    assert!(text.contains("Taken as run by its speed: --sport"), "{text}");
    assert!(text.contains("assumed: the sport (by its speed)"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert_eq!(hardlegs(&["--strict", &path]).status.code(), Some(1));
    // the person knows it
    let said = hardlegs(&["--strict", "--sport", "hike", &path]);
    assert_eq!((said.status.code(), err(&said).as_str()), (Some(0), ""));
    // who says nothing says nothing wrong
    for kind in ["", "<type>Other</type>", "<type></type>"] {
        let (_folder, path) = gpx("", kind);
        let output = hardlegs(&["--strict", &path]);
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
        assert!(out(&output).contains("The file names no sport"));
    }
}

#[test]
fn takes_the_sport_of_the_name_where_none_is_stated() {
    for (name, kind, first) in [
        ("Cycling 9/15/12 8:41 am", "", "ride?"),
        ("Hike to the hut", "", "hike?"),
        ("Morning Ride", "<type>running</type>", "run ·"),
        ("Ride to the run", "", "run?"),
    ] {
        let (_folder, path) = gpx(&format!("<name>{name}</name>"), kind);
        let text = out(&hardlegs(&[&path]));
        assert!(text.starts_with(&format!("{name} · {first}")), "{text}");
    }
    let (_folder, path) = gpx("<name>Morning Ski</name>", "");
    let output = hardlegs(&[&path]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(err(&output).contains("Morning Ski") && err(&output).contains("--sport"));
    assert_eq!(hardlegs(&["--sport", "hike", &path]).status.code(), Some(0));
}

#[test]
fn the_notes_of_a_tcx_are_its_name() {
    for (sport, notes, expected) in [
        ("Other", "Hike to the hut\nwith Anna", Some("Hike to the hut · hike?")),
        ("Other", "", Some("run?")),
        ("Biking", "Hike to the hut", Some("Hike to the hut · ride ·")),
        ("Other", "Kayak trip", None),
    ] {
        let (_folder, path) = uphill("a.tcx", |points| {
            format!(
                "<TrainingCenterDatabase><Activities><Activity Sport=\"{sport}\">\
                 <Lap><Track>{points}</Track></Lap><Notes>{notes}</Notes>\
                 </Activity></Activities></TrainingCenterDatabase>"
            )
        });
        let output = hardlegs(&["--strict", &path]);
        match expected {
            Some(first) => assert!(out(&output).starts_with(first), "{}", out(&output)),
            None => assert_eq!(output.status.code(), Some(1)),
        }
    }
}

#[test]
fn scores_the_rest_of_a_file_in_every_command() {
    let track = |kind: &str, hour: u32| {
        let points: Vec<String> = (0..240_u32)
            .map(|n| {
                format!(
                    "<trkpt lat=\"{:.7}\" lon=\"8.0000123\"><ele>{:.1}</ele>\
                     <time>2024-06-{:02}T08:{:02}:{:02}Z</time></trkpt>",
                    46.000_012_3 + f64::from(n) * 1.3e-4,
                    500.0 + f64::from(n) * 1.5,
                    hour,
                    n * 10 / 60,
                    n * 10 % 60
                )
            })
            .collect();
        format!("<trk><type>{kind}</type><trkseg>{}</trkseg></trk>", points.concat())
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("month.gpx");
    let text = format!("<gpx>{}{}</gpx>", track("Car", 1), track("walking", 2));
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let output = hardlegs(&[path]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(
        out(&output).contains("activity 2 of 2")
            && err(&output).contains("Car has no model")
    );
    for command in ["chart", "report", "export"] {
        let output = hardlegs(&[command, path]);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", err(&output));
        assert!(err(&output).contains("activity 2 of 2"), "{command}: {}", err(&output));
        let car = hardlegs(&[command, path, "--part", "1"]);
        assert_eq!(car.status.code(), Some(1), "{command}");
    }
}
