//! Does an outing come out as the same outing, however another watch, app or habit wrote it?
//!
//! One outing, recorded each second without noise, is the truth; what people report of their
//! recordings is done to it, in GPX, TCX and FIT alike. The figures stay, or what is left out is
//! told in metres and seconds.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "../fixtures/mod.rs"]
mod fixtures;

use fixtures::exact::Dice;
use fixtures::recording::{Outing, Recording};
use fixtures::terrain::{self, Terrain};
use fixtures::{formats, gpx};
use hardlegs::read::{self, NoticeKind};
use hardlegs::report::Report;
use hardlegs::settings::Settings;

/// Three hills, 9 km, 480 m up.
fn hills() -> Terrain {
    Terrain::at(600.0)
        .ease(2000.0, 200.0)
        .ease(1500.0, -180.0)
        .ease(1800.0, 160.0)
        .ease(1500.0, -170.0)
        .ease(1200.0, 120.0)
        .ease(1000.0, -130.0)
}

fn hike() -> Recording {
    Outing::hike().record(&hills())
}

fn run() -> Recording {
    Outing::run().record(&hills())
}

fn ride() -> Recording {
    let mut outing = Outing::ride();
    outing.power = true;
    outing.record(&hills())
}

fn reported(bytes: &[u8]) -> Report {
    let reading = read::bytes(bytes).unwrap();
    assert_eq!(reading.activities.len(), 1, "one activity");
    Report::of(&reading.activities[0], &Settings::default()).unwrap()
}

/// The truth and what another way of recording makes of it, in every format.
fn pairs(truth: &Recording, written: &Recording) -> Vec<(String, Report, Report)> {
    let truth = formats(truth).map(|(_, bytes)| reported(&bytes));
    let written = formats(written).map(|(format, bytes)| (format, reported(&bytes)));
    truth
        .into_iter()
        .zip(written)
        .map(|(truth, (format, report))| (format.to_owned(), truth, report))
        .collect()
}

/// How far two figures may be apart, as a share.
struct Apart {
    distance: f64,
    height: f64,
    moving: f64,
    load: f64,
}

/// Of a recording in which nothing is missing.
const SAME: Apart = Apart { distance: 0.01, height: 0.01, moving: 0.02, load: 0.02 };
/// Of one whose points are a minute apart.
const SPARSE: Apart = Apart { distance: 0.03, height: 0.04, moving: 0.02, load: 0.10 };

fn assert_alike(what: &str, truth: &Report, report: &Report, apart: &Apart) {
    let said = |name: &str, a: f64, b: f64, share: f64| {
        assert!(
            (a - b).abs() <= share * a.abs() + 0.5,
            "{what}: {name} {a:.1}, {b:.1}: {:?}",
            report.quality
        );
    };
    said("distance", truth.distance_m, report.distance_m, apart.distance);
    said("gain", truth.gain_m, report.gain_m, apart.height);
    said("loss", truth.loss_m, report.loss_m, apart.height);
    let moving = |r: &Report| r.moving_s.unwrap();
    said("moving", moving(truth), moving(report), apart.moving);
    said(
        "concentric",
        truth.load.concentric_load,
        report.load.concentric_load,
        apart.load,
    );
    said("eccentric", truth.load.eccentric_load, report.load.eccentric_load, apart.load);
}

fn told(report: &Report, kind: NoticeKind) -> bool {
    report.notices.iter().any(|notice| notice.kind == kind)
}

/// Indices of points that are at least so far apart, in whatever measure.
fn apart_by(
    recording: &Recording,
    of: impl Fn(usize) -> f64,
    mut least: impl FnMut() -> f64,
) -> Recording {
    let (mut last, mut wanted) = (of(0), least());
    let end = recording.points.len() - 1;
    let mut kept = vec![0];
    for i in 1..=end {
        if of(i) - last >= wanted - 1e-9 || i == end {
            kept.push(i);
            last = of(i);
            wanted = least();
        }
    }
    recording.clone().keeping(|index| kept.binary_search(&index).is_ok())
}

fn seconds(recording: &Recording) -> impl Fn(usize) -> f64 {
    let times: Vec<f64> =
        recording.points.iter().map(|point| point.time_s.unwrap()).collect();
    move |index| times[index]
}

fn metres(recording: &Recording) -> impl Fn(usize) -> f64 {
    let metres: Vec<f64> = recording.points.iter().map(|point| point.road_m).collect();
    move |index| metres[index]
}

#[test]
fn scores_a_recording_of_a_point_a_minute() {
    for every_s in [20.0, 45.0, 60.0, 61.0, 90.0, 120.0] {
        for (name, truth) in [("hike", hike()), ("run", run())] {
            let sparse = apart_by(&truth, seconds(&truth), || every_s);
            for (format, truth, report) in pairs(&truth, &sparse) {
                let what = format!("{name} each {every_s} s, {format}");
                assert_alike(&what, &truth, &report, &SPARSE);
                assert_eq!(told(&report, NoticeKind::Sparse), every_s > 30.0, "{what}");
                assert!(!told(&report, NoticeKind::Gap), "{what}");
            }
        }
    }
}

#[test]
fn a_logger_that_is_a_second_early_or_late_records_the_same() {
    let mut dice = Dice::new(7);
    let truth = hike();
    let sparse = apart_by(&truth, seconds(&truth), || 59.0 + dice.below(3) as f64);
    for (format, truth, report) in pairs(&truth, &sparse) {
        assert_alike(&format, &truth, &report, &SPARSE);
    }
}

#[test]
fn counts_every_metre_of_a_recording_by_distance() {
    for every_m in [20.0, 50.0, 75.0, 100.0, 150.0] {
        for (name, truth) in [("hike", hike()), ("ride", ride())] {
            let sparse = apart_by(&truth, metres(&truth), || every_m);
            for (format, truth, report) in pairs(&truth, &sparse) {
                let what = format!("{name} each {every_m} m, {format}");
                assert_alike(&what, &truth, &report, &SPARSE);
            }
        }
    }
}

#[test]
fn a_rest_between_two_points_by_distance_is_a_pause() {
    let truth = hike();
    let middle = truth.points.len() / 2;
    let rested = truth.clone().later_from(middle, 1200.0);
    let sparse = apart_by(&rested, metres(&rested), || 50.0);
    for (format, truth, report) in pairs(&truth, &sparse) {
        assert_alike(&format, &truth, &report, &SPARSE);
        let paused_s = report.quality.paused_s;
        assert!((paused_s - 1200.0).abs() < 60.0, "{format}: {:?}", report.quality);
        assert!(told(&report, NoticeKind::Pause), "{format}");
    }
}

#[test]
fn smart_recording_with_long_legs_loses_nothing() {
    for (seed, truth) in [(1, run()), (2, hike()), (3, ride())] {
        let mut dice = Dice::new(seed);
        let smart = apart_by(&truth, seconds(&truth), || 3.0 + dice.below(73) as f64);
        for (format, truth, report) in pairs(&truth, &smart) {
            assert_alike(&format!("{seed} {format}"), &truth, &report, &SPARSE);
        }
    }
}

#[test]
fn holes_in_a_forest_are_road() {
    for (hole_s, every_s) in [(65, 300), (90, 400), (120, 600)] {
        for (name, truth) in [("run", run()), ("hike", hike())] {
            let last = truth.points.len() - 1;
            let holes =
                truth.clone().keeping(|i| i % every_s >= hole_s || i == 0 || i == last);
            for (format, truth, report) in pairs(&truth, &holes) {
                let what = format!("{name}, {hole_s} s each {every_s} s, {format}");
                let apart =
                    Apart { distance: 0.12, height: 0.05, moving: 0.06, load: 0.12 };
                assert_alike(&what, &truth, &report, &apart);
                assert!(report.quality.cut_m < 1.0, "{what}");
            }
        }
    }
}

#[test]
fn a_segment_is_no_pause_by_itself() {
    let truth = run();
    let segmented = |recording: Recording, every: usize| {
        let points = recording.points.len();
        (every..points).step_by(every).fold(recording, Recording::segmented)
    };
    let each_5_s = truth.clone().thinned(5);
    let cases = [
        ("ten points a segment", segmented(truth.clone(), 10), truth.clone()),
        ("two points a segment", segmented(each_5_s.clone(), 2), each_5_s.clone()),
        ("two minutes a segment", segmented(truth.clone(), 120), truth.clone()),
        (
            "fifteen seconds lost each two minutes",
            segmented(truth.clone().keeping(|i| i % 120 >= 15 || i == 0), 105),
            truth.clone(),
        ),
    ];
    for (what, written, truth) in cases {
        for (format, truth, report) in pairs(&truth, &written) {
            assert_alike(&format!("{what}, {format}"), &truth, &report, &SAME);
            assert!(report.notices.is_empty(), "{what}, {format}: {:?}", report.notices);
        }
    }
}

#[test]
fn segments_without_times_go_on_where_the_last_one_ended() {
    let course = run().thinned(8).without_times();
    let points = course.points.len();
    let segmented = (9..points).step_by(9).fold(course.clone(), Recording::segmented);
    let whole = reported(&gpx::write(&course, gpx::Style::Garmin));
    let parts = reported(&gpx::write(&segmented, gpx::Style::Garmin));
    assert!((whole.distance_m - parts.distance_m).abs() < 1.0);
    assert!((whole.gain_m - parts.gain_m).abs() < 0.1);
    assert!((whole.load.eccentric_load - parts.load.eccentric_load).abs() < 0.1);
}

#[test]
fn keeps_an_automatic_pause_at_running_pace() {
    let truth = run();
    let paused: Vec<usize> = (200..truth.points.len()).step_by(400).collect();
    let stopped = paused.iter().fold(truth.clone(), |recording, at| {
        let mut recording = recording;
        recording.breaks.push((*at, fixtures::recording::Break::Pause));
        recording
    });
    for (format, truth, report) in pairs(&truth, &stopped) {
        assert_alike(&format, &truth, &report, &SAME);
    }
}

#[test]
fn reports_a_long_rest_that_changes_nothing() {
    for rest_s in [90.0, 600.0, 5400.0] {
        let truth = run();
        let middle = truth.points.len() / 2;
        let rested = truth.clone().later_from(middle, rest_s);
        for (format, truth, report) in pairs(&truth, &rested) {
            let what = format!("{rest_s} s, {format}");
            assert_alike(&what, &truth, &report, &SAME);
            let paused_s = report.quality.paused_s;
            assert!((paused_s - rest_s).abs() < 10.0, "{what}: {paused_s}");
            let long = rest_s > 0.011 * report.quality.elapsed_s;
            assert_eq!(told(&report, NoticeKind::Pause), long, "{what}");
        }
    }
}

#[test]
fn metres_that_a_device_does_not_count_in_a_pause_are_none() {
    let truth = run();
    let middle = truth.points.len() / 2;
    for moved_m in [0.0, 15.0, 60.0, 150.0, 900.0] {
        let mut paused = truth.clone().paused(middle, 200.0, moved_m);
        for point in &mut paused.points[middle..] {
            point.elevation_m =
                point.elevation_m.map(|height_m| height_m + 0.2 * moved_m);
        }
        for (format, truth, report) in pairs(&truth, &paused) {
            // GPX holds no distance: there the metres are
            if format == "gpx" {
                continue;
            }
            assert_alike(&format!("{moved_m} m, {format}"), &truth, &report, &SAME);
        }
    }
}

#[test]
fn cuts_and_reports_a_journey_between_two_parts_of_an_outing() {
    // by bus, by cable car, by train overnight
    for (seconds, east_m) in [(600.0, 6000.0), (1200.0, 9000.0), (3000.0, 30_000.0)] {
        let truth = hike();
        let middle = truth.points.len() / 2;
        let travelled =
            truth.clone().later_from(middle, seconds).teleported(middle, east_m);
        for (format, bytes) in formats(&travelled.without_distance()) {
            let report = reported(&bytes);
            let what = format!("{seconds} s, {east_m} m, {format}");
            let cut_m = report.quality.cut_m + report.quality.carried_m;
            assert!((cut_m - east_m).abs() < 20.0, "{what}: {cut_m}");
            assert!(
                report.quality.cut_s + report.quality.carried_s >= seconds - 1.0,
                "{what}"
            );
            assert!(told(&report, NoticeKind::Gap) || told(&report, NoticeKind::Carried));
            assert!((report.distance_m - truth.positions_m()).abs() < 50.0, "{what}");
        }
    }
}

#[test]
fn a_gondola_between_two_segments_is_no_climb() {
    let truth = hike();
    let middle = truth.points.len() / 2;
    for (seconds, east_m, up_m) in [(712.0, 1650.0, 440.0), (480.0, 900.0, 300.0)] {
        let mut lifted =
            truth.clone().later_from(middle, seconds).teleported(middle, east_m);
        for point in &mut lifted.points[middle..] {
            point.elevation_m = point.elevation_m.map(|height_m| height_m + up_m);
        }
        let lifted = lifted.without_distance().segmented(middle);
        for (format, bytes) in formats(&lifted) {
            let report = reported(&bytes);
            assert!((report.gain_m - 480.0).abs() < 10.0, "{format}: {}", report.gain_m);
            assert!(told(&report, NoticeKind::Gap), "{format}");
        }
    }
}

#[test]
fn counts_no_climb_for_a_barometer_that_drifts_in_a_rest() {
    let truth = run();
    let middle = truth.points.len() / 2;
    for moved_m in [0.0, 40.0] {
        let mut rested =
            truth.clone().later_from(middle, 3000.0).teleported(middle, moved_m);
        for point in &mut rested.points[middle..] {
            point.elevation_m = point.elevation_m.map(|height_m| height_m + 14.0);
        }
        for (format, bytes) in formats(&rested.without_distance()) {
            let report = reported(&bytes);
            assert!(
                (report.gain_m - 480.0).abs() < 4.0,
                "{moved_m} {format}: {} {:?}",
                report.gain_m,
                report.quality
            );
        }
    }
}

#[test]
fn heights_in_steps_of_ten_metres_are_slopes_again() {
    let gentle =
        Terrain::at(503.0).ramp(4000.0, 60.0).ramp(4000.0, -60.0).ramp(3000.0, 45.0);
    for truth in [Outing::run().record(&gentle), run()] {
        for step_m in [3.0, 5.0, 10.0] {
            let stairs = truth.clone().quantised(step_m);
            for (format, truth, report) in pairs(&truth, &stairs) {
                let what = format!("{step_m} m, {format}");
                let apart =
                    Apart { distance: 0.01, height: 0.08, moving: 0.02, load: 0.15 };
                assert_alike(&what, &truth, &report, &apart);
                assert!(told(&report, NoticeKind::Coarse), "{what}");
                for hill in &report.segments {
                    assert!(hill.max_grade.abs() < 0.25, "{what}: {}", hill.max_grade);
                }
            }
        }
    }
}

#[test]
fn smooths_or_refuses_rounded_positions() {
    let truth = run().without_distance();
    let rounded = |decimals: i32| {
        let scale = 10_f64.powi(decimals);
        let mut recording = truth.clone();
        for point in &mut recording.points {
            let round = |degrees: f64| (degrees * scale).round() / scale;
            point.latitude_deg = point.latitude_deg.map(round);
            point.longitude_deg = point.longitude_deg.map(round);
        }
        recording
    };
    let whole = reported(&gpx::write(&truth, gpx::Style::Garmin));
    let four = reported(&gpx::write(&rounded(4), gpx::Style::Garmin));
    let apart = Apart { distance: 0.05, height: 0.03, moving: 0.03, load: 0.10 };
    assert_alike("four decimals", &whole, &four, &apart);
    assert!(told(&four, NoticeKind::Coarse));
    for decimals in [2, 3] {
        let reading =
            read::bytes(&gpx::write(&rounded(decimals), gpx::Style::Garmin)).unwrap();
        let error = Report::of(&reading.activities[0], &Settings::default()).unwrap_err();
        assert!(error.message().contains("too coarse"), "{error}");
    }
}

#[test]
fn noise_of_a_phone_is_no_lift() {
    let climb = terrain::ramp(0.06, 12_000.0);
    let mut outing = Outing::ride().steady(3.5);
    outing.cadence = false;
    outing.heart_rate = false;
    for seed in 1..6 {
        let noisy = outing.record(&climb).drifting(9.0, 25.0, seed);
        for (format, bytes) in formats(&noisy) {
            let report = reported(&bytes);
            assert!(
                report.quality.carried_m <= 0.03 * report.quality.recorded_m,
                "{seed} {format}: {}",
                report.quality.carried_m
            );
        }
    }
}
