//! Is a load made of nothing? What has too few points, or positions or heights too coarse for any
//! hill, is refused with the reason; what has just enough is scored with a range that says so.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so")]

#[path = "../fixtures/mod.rs"]
mod fixtures;

use fixtures::recording::{Outing, Recording};
use fixtures::terrain::Terrain;
use fixtures::{formats, gpx};
use hardlegs::activity::{Activity, Sample};
use hardlegs::error::{Error, Kind};
use hardlegs::profile::Treadmill;
use hardlegs::read::{self, NoticeKind};
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;

/// Two hills of 200 m, 12 km.
fn mountain() -> Terrain {
    let hill = |terrain: Terrain| terrain.ease(3000.0, 200.0).ease(3000.0, -200.0);
    hill(hill(Terrain::at(800.0)))
}

fn hike() -> Recording {
    Outing { speed_m_per_s: 1.2, ..Outing::hike() }.record(&mountain())
}

/// Every so many seconds of a hike, and no distance of a device.
fn tracked(every_s: usize) -> Recording {
    hike().without_distance().keeping(move |index| index % every_s == 0)
}

fn scored(bytes: &[u8]) -> Result<Report, Error> {
    let reading = read::bytes(bytes).unwrap();
    let settings = Settings { sport: Some(Sport::Hike), ..Settings::default() };
    Report::of(&reading.activities[0], &settings)
}

/// Says that it was refused as too little, for a reason that has these words.
fn assert_refused(what: &str, scored: Result<Report, Error>, words: &str) {
    let error = scored.expect_err(what);
    let message = error.to_string();
    assert_eq!(
        (error.kind(), error.kind().code()),
        (Kind::TooLittle, "too_little"),
        "{what}"
    );
    assert!(
        message.contains("too little to score") && message.contains(words),
        "{message}"
    );
    assert!(!message.contains('\n') && message.contains("Hint: "), "{message}");
    assert!(!message.contains("-0"), "{message}");
}

#[test]
fn refuses_routes_and_recordings_of_a_few_points() {
    let whole = hike().points.len();
    for points in [2, 12, 25, 29] {
        let thin = hike().keeping(|index| index % (whole / points + 1) == 0);
        let points = thin.points.len();
        assert!((2..30).contains(&points), "{points}");
        let words = format!("{points} points");
        let drawn = thin.clone().without_times();
        let route = gpx::write(&drawn, gpx::Style::Garmin);
        assert_refused("a planner's route", scored(&route), &words);
        for (format, bytes) in formats(&thin) {
            assert_refused(format, scored(&bytes), &words);
        }
    }
    // it says what it has: 12 km, and no summit of it
    let three = hike().keeping(|index| index % (whole / 3) == 0).without_times();
    assert_refused("km", scored(&gpx::write(&three, gpx::Style::Garmin)), " km, +");
    let seconds = hike().keeping(|index| index < 25);
    for (format, bytes) in formats(&seconds) {
        assert_refused(format, scored(&bytes), "25 points");
    }
}

#[test]
fn refuses_a_tracker_of_a_point_each_ten_minutes_and_tells_what_a_long_day_of_it_hides() {
    // three hours of it are 20 points, however long it lay in camp before
    assert_refused(
        "ten minutes",
        scored(&gpx::write(&tracked(600), gpx::Style::Garmin)),
        " points, where 30 are needed",
    );
    let mut camp = tracked(900);
    let rest = camp.points[0];
    let nights = (0..100).map(|quarter| {
        let mut point = rest;
        point.time_s = Some(900.0 * f64::from(quarter));
        point
    });
    for point in &mut camp.points {
        point.time_s = point.time_s.map(|s| s + 90_000.0);
    }
    camp.points = nights.chain(camp.points).collect();
    let words = "points on the way";
    assert_refused("camp", scored(&gpx::write(&camp, gpx::Style::Garmin)), words);
    // a longer day has enough, and a range that reaches the truth
    let truth =
        scored(&gpx::write(&hike().without_distance(), gpx::Style::Garmin)).unwrap();
    for every_s in [60, 120, 300] {
        let report = scored(&gpx::write(&tracked(every_s), gpx::Style::Garmin)).unwrap();
        let sparse =
            report.notices.iter().any(|notice| notice.kind == NoticeKind::Sparse);
        assert!(sparse, "{every_s}");
        let range = report.gain_range_m;
        assert!(range.contains(truth.gain_m), "{every_s}: {} in {range:?}", truth.gain_m);
        let load = report.range.eccentric_load;
        assert!(load.contains(truth.load.eccentric_load), "{every_s}: {load:?}");
        assert!(range.high > 1.02 * truth.gain_range_m.high, "{every_s}: {range:?}");
    }
}

#[test]
fn scores_a_short_way_of_many_points_and_a_belt_whose_grade_is_given() {
    let short = hike().keeping(|index| index < 60);
    assert!(scored(&gpx::write(&short, gpx::Style::Garmin)).is_ok());
    // ten records of a treadmill: its grade makes the heights, and nothing lies between
    let mut belt = Activity::default();
    for record in 0..10 {
        let time_s = 60.0 * f64::from(record);
        belt.push(Sample { time_s, distance_m: 2.5 * time_s, ..Sample::default() });
    }
    let mut settings = Settings { sport: Some(Sport::Run), ..Settings::default() };
    settings.sampling.treadmill = Some(Treadmill::Constant(0.1));
    let report = Report::of(&belt, &settings).unwrap();
    assert!((report.gain_m - 135.0).abs() < 2.0, "{}", report.gain_m);
}

#[test]
fn refuses_heights_that_are_a_step_of_what_rounded_them() {
    // 40 m of hill, rounded to 30 m or 50: two values, which any hill or none may make
    let gentle = Terrain::at(512.0).ease(3000.0, 40.0).ease(3000.0, -40.0);
    let rounded = |step_m: f64| {
        let mut recording = Outing::run().record(&gentle);
        for point in &mut recording.points {
            let round = |height_m: f64| (height_m / step_m).round() * step_m;
            point.elevation_m = point.elevation_m.map(round);
        }
        recording
    };
    for step_m in [30.0, 50.0] {
        for (format, bytes) in formats(&rounded(step_m)) {
            assert_refused(format, scored(&bytes), "too coarse for any hill");
        }
    }
    for step_m in [0.2, 1.0, 10.0] {
        for (format, bytes) in formats(&rounded(step_m)) {
            let report = scored(&bytes).unwrap();
            let range = report.gain_range_m;
            assert!(range.contains(40.0), "{format} {step_m}: {range:?}");
        }
    }
    // heights of whole metres on a track are no coarse ones
    let flat = Terrain::at(400.4).ease(2000.0, 0.4).ease(2000.0, -0.4);
    let mut track = Outing::run().record(&flat);
    for point in &mut track.points {
        point.elevation_m = point.elevation_m.map(f64::round);
    }
    assert!(scored(&gpx::write(&track, gpx::Style::Garmin)).is_ok());
}
