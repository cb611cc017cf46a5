//! What recordings hold that no outing is made of: a clock that stands or runs backwards,
//! seconds in a car or a plane, nobody who moves. Is it scored as far as it can be, and told?

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

#[path = "../fixtures/mod.rs"]
mod fixtures;

use fixtures::recording::{Outing, Recording};
use fixtures::terrain::Terrain;
use fixtures::{fit, formats, gpx};
use hardlegs::read::{self, NoticeKind};
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;
use hardlegs::write::{json, text};

/// Two hills, 6 km, 260 m up.
fn hills() -> Terrain {
    Terrain::at(600.0)
        .ease(2000.0, 140.0)
        .ease(1500.0, -120.0)
        .ease(1500.0, 120.0)
        .ease(1000.0, -140.0)
}

fn run() -> Recording {
    Outing::run().record(&hills())
}

fn reported(bytes: &[u8]) -> Report {
    let reading = read::bytes(bytes).unwrap();
    Report::of(&reading.activities[0], &Settings::default()).unwrap()
}

/// What is told of this kind.
fn told(report: &Report, kind: NoticeKind) -> Vec<&str> {
    let notices = report.notices.iter().filter(|notice| notice.kind == kind);
    notices.map(|notice| notice.detail.as_str()).collect()
}

/// The time of a point, of its true time and the whole.
type Stamp = fn(f64, f64) -> Option<f64>;

#[test]
fn reports_a_clock_that_tells_nothing() {
    let stamps: [(&str, Stamp); 3] = [
        ("stands", |_, _| Some(7.0)),
        ("run backwards", |at, whole| Some(whole - at)),
        ("fewer than half", |at, whole| (at < 0.2 * whole).then_some(at)),
    ];
    let plan = reported(&gpx::write(&run().without_times(), gpx::Style::Garmin));
    assert_eq!(told(&plan, NoticeKind::BadTime), [""; 0], "a plan has none");
    for (words, stamp) in stamps {
        let mut recording = run();
        let whole_s = recording.elapsed_s();
        for point in &mut recording.points {
            point.time_s = point.time_s.and_then(|at| stamp(at, whole_s));
        }
        // a FIT record without a time is part of the one before
        let formats =
            formats(&recording).into_iter().zip([true, true, words != "fewer than half"]);
        for ((format, bytes), _) in formats.filter(|(_, asked)| *asked) {
            let report = reported(&bytes);
            assert!(!report.timed, "{words}, {format}");
            let said = told(&report, NoticeKind::BadTime);
            assert!(said.len() == 1 && said[0].contains(words), "{format}: {said:?}");
            let apart = (report.gain_m / plan.gain_m - 1.0).abs();
            assert!(apart < 0.02, "{words}, {format}: {}", report.gain_m);
        }
    }
}

/// The recording with so many seconds at another speed, from a second on: everything after is
/// elsewhere, and the device counts it.
fn sped(recording: Recording, from: usize, seconds: usize, m_per_s: f64) -> Recording {
    let mut sped = recording;
    for second in 0..seconds {
        sped = sped.teleported(from + second, m_per_s);
    }
    for (index, point) in sped.points.iter_mut().enumerate().skip(from) {
        let more_m = m_per_s * (index + 1 - from).min(seconds) as f64;
        point.distance_m = point.distance_m.map(|metres| metres + more_m);
    }
    sped
}

#[test]
fn reports_seconds_faster_than_anybody_and_makes_no_ride_of_them() {
    let hike = Outing::hike().record(&hills());
    for (truth, longest) in [(run(), 12), (hike, 20)] {
        let alone = reported(&gpx::write(&truth.clone().bare(), gpx::Style::Bare));
        for m_per_s in [30.0, 60.0, 90.0, 150.0, 360.0] {
            for seconds in [3, 6, longest] {
                let sped = sped(truth.clone(), 900, seconds, m_per_s);
                let bare = gpx::write(&sped.clone().bare(), gpx::Style::Bare);
                let fit = fit::write(&sped, &fit::Options::default());
                for (format, bytes) in [("bare", bare), ("fit", fit)] {
                    let what = format!("{m_per_s} m/s for {seconds} s, {format}");
                    let report = reported(&bytes);
                    assert_ne!(report.sport, Sport::Ride, "{what}");
                    let fast = told(&report, NoticeKind::TooFast);
                    let cut = told(&report, NoticeKind::Gap);
                    assert!(fast.len() + cut.len() > 0, "{what}: {:?}", report.quality);
                    let apart = (report.gain_m / alone.gain_m - 1.0).abs();
                    assert!(apart < 0.02, "{what}: {}", report.gain_m);
                }
            }
        }
    }
    let truth = Outing::run().record(&hills());
    assert!(told(&reported(&formats(&truth)[0].1), NoticeKind::TooFast).is_empty());
}

#[test]
fn reports_or_refuses_what_no_rider_rides() {
    let road = Terrain::at(600.0).ramp(30_000.0, 150.0);
    for (m_per_s, scored) in [(12.0, Some(false)), (22.0, Some(true)), (60.0, None)] {
        let journey = Outing::ride().steady(m_per_s).record(&road);
        let bytes = gpx::write(&journey.bare(), gpx::Style::Bare);
        let reading = read::bytes(&bytes).unwrap();
        match (Report::of(&reading.activities[0], &Settings::default()), scored) {
            (Ok(report), Some(fast)) => {
                let told = told(&report, NoticeKind::TooFast);
                assert_eq!(told.len(), usize::from(fast), "{m_per_s} m/s: {told:?}");
            }
            (Err(error), None) => {
                let words = error.message();
                assert!(words.contains("faster than anybody"), "{words}");
            }
            (other, _) => panic!("{m_per_s} m/s: {other:?}"),
        }
    }
}

#[test]
fn heights_that_are_none_are_called_so() {
    for (height_m, words) in [(-2000.0, "outside"), (20_000.0, "outside")] {
        let mut recording = run();
        for point in &mut recording.points {
            point.elevation_m = Some(height_m + point.road_m / 100.0);
        }
        let bytes = gpx::write(&recording, gpx::Style::Garmin);
        let reading = read::bytes(&bytes).unwrap();
        let error = Report::of(&reading.activities[0], &Settings::default()).unwrap_err();
        assert!(error.message().contains(words), "{height_m}: {}", error.message());
    }
}

/// Two hours of somebody who stays: on the spot, with a fix that plays about it, indoors.
fn stays(jitter_m: f64) -> Recording {
    let mut recording = run().keeping(|index| index == 900);
    recording = recording.standing(0, 7200, jitter_m, 5);
    recording
}

#[test]
fn scores_nobody_who_moves_with_nothing() {
    for jitter_m in [0.0, 2.0] {
        let without_times = stays(jitter_m).without_times();
        for recording in [stays(jitter_m), without_times] {
            if recording.elapsed_s() <= 0.0 && jitter_m > 0.0 {
                // without times a fix that plays about is a way
                continue;
            }
            for (format, bytes) in formats(&recording) {
                let report = reported(&bytes);
                let what = format!("{jitter_m} m, {format}: {:?}", report.quality);
                assert_eq!(report.cells, 0, "{what}");
                assert!(report.distance_m <= 0.0 && report.gain_m <= 0.0, "{what}");
                let load = &report.load;
                assert!(load.concentric_load <= 0.0 && load.eccentric_load <= 0.0);
                let told = told(&report, NoticeKind::Still);
                assert_eq!(told.len(), 1, "{what}: {told:?}");
                if report.timed {
                    assert!(told[0].contains("7200 s"), "{what}: {told:?}");
                    assert!((report.quality.elapsed_s - 7200.0).abs() < 1.0, "{what}");
                }
                written(&report);
            }
        }
    }
    // a fix that leaves the place now and then goes some metres, and climbs nothing
    let report = reported(&formats(&stays(4.0))[0].1);
    assert!(report.distance_m < 0.01 * report.quality.recorded_m, "{report:?}");
    assert!(report.gain_m < 1.0 && report.load.eccentric_load < 1.0, "{report:?}");
}

/// Every writer has something to say, and no number that is none.
fn written(report: &Report) {
    let page = text::text(report, &text::Style::default());
    assert!(page.contains("Nothing moved") && !page.contains("NaN"), "{page}");
    let settings = Settings::default();
    let row = json::scored(report, "a file", 1, &settings, &[]);
    let row = serde_json::to_string(&row).unwrap();
    assert!(!row.contains("NaN"), "{row}");
}
