//! Do the examples run, and do they print what is true of the fixtures?

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Where the examples are built, by the cargo and for the profile of this very test.
fn examples() -> &'static PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let profile = test.ancestors().nth(2).unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.current_dir(env!("CARGO_MANIFEST_DIR")).args([
            "build",
            "--quiet",
            "--locked",
            "--examples",
        ]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        let built = build.arg("--target-dir").arg(profile.parent().unwrap()).status();
        assert!(built.unwrap().success());
        profile.join("examples")
    })
}

/// Lines that an example prints.
fn printed(example: &str, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(examples().join(example))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{example}: {output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The numbers of a line.
fn numbers(line: &str) -> Vec<f64> {
    line.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// Within so large a share of what is known.
fn near(found: f64, known: f64, share: f64) -> bool {
    (found - known).abs() <= share * known
}

#[test]
fn scores_one_file() {
    // the ridge: 30 210 m, 1841 m up and down (fixtures/README.md)
    let lines = printed("score_one", &[]);
    assert!(near(numbers(&lines[0])[0], 30.21, 0.01), "{lines:?}");
    let climbed = numbers(&lines[1]);
    assert!(
        near(climbed[0], 1841.0, 0.01) && near(climbed[1], 1841.0, 0.01),
        "{lines:?}"
    );
    let braked = numbers(&lines[3]);
    let intensity = numbers(&lines[4])[0];
    // points times intensity over two, and inside of its range
    assert!(near(braked[0], climbed[1] / 10.0 * intensity / 2.0, 0.03), "{lines:?}");
    assert!(braked[1] < braked[0] && braked[0] < braked[2], "{lines:?}");

    let cut = printed("score_one", &["fixtures/fit/cut_short.fit"]);
    assert!(cut[0].starts_with("repaired: "), "{cut:?}");
    let both = printed("score_one", &["fixtures/fit/multisport.fit"]);
    assert!(both[0].starts_with("ride 6.0 km") && both.iter().any(|l| l == "run 3.0 km"));
}

#[test]
fn counts_parameters_of_ones_own() {
    let lines = printed("own_parameters", &[]);
    let (ours, yours) = (numbers(&lines[0]), numbers(&lines[1]));
    // a pack of 5 kg on a body of 62 kg
    assert!(near(yours[0] / ours[0], 67.0 / 62.0, 0.01), "{lines:?}");
    // with less handed back muscles do more, and more than the pack's share
    assert!(yours[1] / ours[1] > 67.0 / 62.0, "{lines:?}");
    assert!(yours[3] < ours[3], "what rises less than 30 m is no segment: {lines:?}");
}

#[cfg(feature = "batch")]
#[test]
fn makes_a_table_of_a_history() {
    let lines = printed("history_table", &["fixtures"]);
    let weeks: Vec<Vec<f64>> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("2024-06-").map(numbers))
        .collect();
    assert_eq!(weeks.len(), 3, "{lines:?}");
    // every day of the fixtures: two rides and the cable car beside the runs and the hike
    let sessions: f64 = weeks.iter().map(|week| week[1]).sum();
    let down: f64 = weeks.iter().map(|week| week[2]).sum();
    let (ridge, hill, hike, cable_car, multisport_run) =
        (1841.0, 150.0, 716.0, 275.0, 65.0);
    let known = ridge + hill + hike + cable_car + multisport_run;
    assert!((sessions, near(down, known, 0.03)) == (8.0, true), "{known} {lines:?}");
    // the hill run as GPX, TCX, FIT, FIT once more, and cut short
    assert_eq!(numbers(lines.last().unwrap()), [4.0]);
}
