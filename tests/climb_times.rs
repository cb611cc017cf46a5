//! Does the power that a history tells of a ride give back the times of its climbs?
//!
//! A history keeps no seconds of a climb: only its length and grade, and the minutes of all long
//! climbs together. Recordings have the seconds. They lie outside this repository; where they
//! are not, this says so and asks nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use hardlegs::history::session::HillRecord;
use hardlegs::history::{History, Session};
use hardlegs::plan::{ClimbingPower, OwnHill};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::segment::Slope;
use hardlegs::settings::{Settings, Weekday};

/// Every file under the folders of recordings.
fn recordings() -> Vec<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut folders: Vec<PathBuf> =
        ["corpus", "cases"].map(|name| shared.join(name)).into_iter().collect();
    folders.retain(|folder| folder.is_dir());
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Share by which each long climb of a ride was missed, and whether it lay within the range.
fn missed(report: &Report, session: Session) -> Vec<(f64, bool)> {
    let hills = HillRecord::all(report);
    let own: Vec<OwnHill> = hills
        .iter()
        .map(|hill| OwnHill { activity: (session.id.clone(), session.part), hill: *hill })
        .collect();
    let on = session.day;
    let history = History::of(vec![session], &|_| None, on, Weekday::default());
    let power = ClimbingPower::of(&history, &own);
    if power.is_assumed() {
        return Vec::new();
    }
    let recorded = report.segments.iter().filter(|hill| hill.slope == Some(Slope::Climb));
    let recorded: Vec<(f64, f64)> = recorded
        .filter(|hill| hill.rise_m > 0.0)
        .map(|hill| (hill.from_m, hill.moving_s.unwrap_or(f64::NAN)))
        .collect();
    power
        .times(&hills)
        .climbs
        .iter()
        .filter_map(|climb| {
            let (_, took_s) = recorded
                .iter()
                .find(|(from_m, _)| (from_m - climb.hill.from_m).abs() < 1e-9)?;
            let (fast, slow) = climb.range_s;
            (*took_s >= 240.0)
                .then(|| (climb.time_s / took_s - 1.0, (fast..=slow).contains(took_s)))
        })
        .collect()
}

#[test]
fn times_of_recorded_climbs_are_met_without_their_seconds() {
    let (mut all, mut rides) = (Vec::new(), 0);
    for path in recordings() {
        let Ok(reading) = read::path(&path) else { continue };
        for activity in &reading.activities {
            let Ok(report) = Report::of(activity, &Settings::default()) else { continue };
            let id = ("0123456789abcdef", 1);
            if report.sport.on_foot() {
                continue;
            }
            let Some(session) = Session::of(&report, activity, id, 0) else { continue };
            let of_ride = missed(&report, session);
            rides += usize::from(!of_ride.is_empty());
            all.extend(of_ride);
        }
    }
    if all.len() < 20 {
        support::not_asked(&format!(
            "only {} climbs of {rides} recorded rides",
            all.len()
        ));
        return;
    }
    all.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    let (median, most) = (all[all.len() / 2].0.abs(), all[all.len() * 9 / 10].0.abs());
    let within =
        all.iter().filter(|(_, within)| *within).count() as f64 / all.len() as f64;
    eprintln!(
        "{} climbs of {rides} rides: missed by {:.0} % in the middle, {:.0} % at nine tenths; {:.0} % in the range",
        all.len(),
        100.0 * median,
        100.0 * most,
        100.0 * within
    );
    assert!(median < 0.10 && most < 0.40, "{median} {most}");
    assert!(within > 0.7, "{within}");
}
