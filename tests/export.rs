//! Do exported hills read back: by our reader and by the `gpx` crate, with the names, counts,
//! heights and times that they had?

#![cfg(feature = "export")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use hardlegs::activity::Activity;
use hardlegs::error::Kind;
use hardlegs::profile::Treadmill;
use hardlegs::read;
use hardlegs::report::{Hill, Report};
use hardlegs::segment::Slope;
use hardlegs::settings::Settings;
use hardlegs::write::gpx::{Choice, document};
use hardlegs::write::numbered;

/// Points of a track are samples, the scored rise is of cells of 5 m: where a hill has a dip
/// inside, it may lie between two samples. Our bound: 1 m and 2 %.
const GAIN_M: f64 = 1.0;
const GAIN_SHARE: f64 = 0.02;

fn exported(activity: &Activity, only: Option<Slope>) -> (Report, String) {
    let (report, places) = Report::with_places(activity, &Settings::default()).unwrap();
    let choice = Choice { only, ..Choice::default() };
    let text = document(&report, &places, &choice).unwrap();
    (report, text)
}

fn fixture(name: &str) -> Activity {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    read::path(path).unwrap().activities.remove(0)
}

/// Metres up and down through the heights of a track.
fn rises(track: &gpx::Track) -> (f64, f64) {
    let heights: Vec<f64> =
        track.segments[0].points.iter().map(|p| p.elevation.unwrap()).collect();
    heights.windows(2).map(|h| h[1] - h[0]).fold((0.0, 0.0), |(up, down), rise| {
        (up + rise.max(0.0), down + (-rise).max(0.0))
    })
}

/// Holds a document against the report it came from; tracks and points in it.
fn agrees(report: &Report, text: &str, name: &str) -> (usize, usize) {
    let theirs = gpx::read(text.as_bytes()).unwrap();
    let hills = numbered(&report.segments);
    assert_eq!(theirs.tracks.len(), hills.len(), "{name}");
    assert_eq!(theirs.waypoints.len(), report.silhouette.peaks().len(), "{name}");
    let mut points = 0;
    for ((hill_name, hill), track) in hills.iter().zip(&theirs.tracks) {
        let named = track.name.as_deref().unwrap();
        assert!(named.starts_with(&format!("{hill_name} ")), "{name}: {named}");
        let (up, down) = rises(track);
        // a dip between two points that are far apart has no point of its own
        let between_m = if report.quality.hiding_m > 0.0 { GAIN_M } else { 0.0 };
        let near = |found: f64, wanted: f64| {
            (found - wanted).abs() <= GAIN_M + between_m + GAIN_SHARE * wanted
        };
        let unscored = report.quality.not_scored_m > 0.0;
        assert!(
            unscored || near(up, hill.gain_m) && near(down, hill.loss_m),
            "{name} {hill_name}: +{up:.2} −{down:.2}, scored +{:.2} −{:.2}",
            hill.gain_m,
            hill.loss_m
        );
        points += track.segments[0].points.len();
    }
    let ours = read::bytes(text.as_bytes()).unwrap();
    assert!(ours.activities[0].len() <= points, "{name}");
    let timed = ours.activities[0].time_s().iter().all(|t| t.is_finite());
    assert_eq!(timed, report.timed, "{name}");
    (theirs.tracks.len(), points)
}

#[test]
fn reads_back_hills_as_they_were() {
    for name in [
        "fit/ridge.fit",
        "fit/loop.fit",
        "gpx/loop.gpx",
        "tcx/loop.tcx",
        "gpx/cable_car.gpx",
        "gpx/hike_pack.gpx",
        "fit/ride_power.fit",
    ] {
        let activity = fixture(name);
        let (report, text) = exported(&activity, None);
        let (tracks, points) = agrees(&report, &text, name);
        eprintln!("{name}: {tracks} tracks, {points} points");
        assert!(tracks > 0 && points > 10 * tracks, "{name}");
    }
}

#[test]
fn a_hill_begins_and_ends_where_its_segment_does_and_keeps_what_was_recorded() {
    let activity = fixture("fit/ridge.fit");
    let (report, places) = Report::with_places(&activity, &Settings::default()).unwrap();
    let positions: Vec<(f64, f64)> = activity
        .latitude_deg()
        .iter()
        .copied()
        .zip(activity.longitude_deg().iter().copied())
        .collect();
    for (hill, line) in report.segments.iter().zip(&places.segments) {
        let (first, last) = (line[0], line[line.len() - 1]);
        let rise_m = last.elevation_m - first.elevation_m;
        assert!((rise_m - hill.rise_m).abs() < 1e-6, "{rise_m} m");
        for place in &line[1..line.len() - 1] {
            let recorded = (place.latitude_deg, place.longitude_deg);
            assert!(positions.contains(&recorded), "{recorded:?}");
        }
        assert!(line.windows(2).all(|pair| pair[0].time_s <= pair[1].time_s), "times");
        let metres: f64 = line
            .windows(2)
            .map(|p| {
                let north = (p[1].latitude_deg - p[0].latitude_deg) * 111_195.0;
                let east = (p[1].longitude_deg - p[0].longitude_deg)
                    * 111_195.0
                    * p[0].latitude_deg.to_radians().cos();
                north.hypot(east)
            })
            .sum();
        // longer by what positions scatter while somebody stands
        let bounds = hill.length_m - 10.0..1.1 * hill.length_m + 25.0;
        assert!(bounds.contains(&metres), "{metres:.1} m, {:.1} m", hill.length_m);
    }
    let ends = places.segments.windows(2).all(|pair| pair[0].last() == pair[1].first());
    assert!(ends, "a run without a break: each segment begins where the last one ended");
}

#[test]
fn exports_all_hills_as_climbs_and_descents() {
    let activity = fixture("fit/ridge.fit");
    let (report, _) = exported(&activity, None);
    let count = |only: Slope| {
        let (_, text) = exported(&activity, Some(only));
        let letter = if only == Slope::Climb { 'U' } else { 'D' };
        let gpx = gpx::read(text.as_bytes()).unwrap();
        let named = |t: &gpx::Track| t.name.as_deref().unwrap().starts_with(letter);
        assert!(gpx.tracks.iter().all(named));
        gpx.tracks.len()
    };
    let (climbs, descents) = (count(Slope::Climb), count(Slope::Descent));
    assert_eq!(climbs + descents, numbered(&report.segments).len());
    assert!(climbs > 0 && descents > 0);
}

#[test]
fn a_course_has_no_times_and_a_cleft_of_longitudes_is_crossed_the_short_way() {
    let (_, text) = exported(&fixture("gpx/course.gpx"), None);
    assert!(text.contains("<ele>") && !text.contains("<time>"));

    let mut activity = Activity::default();
    for k in 0..400 {
        let east = 179.99 + f64::from(k) * 10.0 / 111_195.0;
        activity.push(hardlegs::activity::Sample {
            time_s: f64::from(k) * 4.0,
            latitude_deg: 0.0,
            longitude_deg: if east > 180.0 { east - 360.0 } else { east },
            elevation_m: 100.0 + f64::from(k),
            ..hardlegs::activity::Sample::default()
        });
    }
    let (_, text) = exported(&activity, None);
    let gpx = gpx::read(text.as_bytes()).unwrap();
    let points = &gpx.tracks[0].segments[0].points;
    assert!(points.len() > 390);
    assert!(points.iter().all(|p| p.point().x().abs() > 179.9));
}

#[test]
fn leaves_out_an_impossible_position_and_a_spike() {
    let clean = fixture("gpx/loop.gpx");
    let mut odd = Activity::default();
    odd.header = clean.header.clone();
    for k in 0..clean.len() {
        let mut sample = clean.sample(k);
        if k == clean.len() / 3 {
            sample.latitude_deg += 1.0;
        }
        if k == clean.len() / 2 {
            sample.elevation_m += 500.0;
        }
        odd.push(sample);
    }
    let (report, text) = exported(&odd, None);
    agrees(&report, &text, "odd loop");
    let gpx = gpx::read(text.as_bytes()).unwrap();
    let far = clean.latitude_deg()[clean.len() / 3] + 0.5;
    let highest = clean.elevation_m().iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for point in gpx.tracks.iter().flat_map(|t| &t.segments[0].points) {
        assert!(point.point().y() < far);
        assert!(point.elevation.unwrap() < highest + 20.0);
    }
}

#[test]
fn without_positions_there_is_one_clear_line() {
    let mut settings = Settings::default();
    settings.sampling.treadmill = Some(Treadmill::Constant(0.05));
    let activity = fixture("fit/treadmill.fit");
    assert!(Report::of(&activity, &settings).is_ok());
    let error = Report::with_places(&activity, &settings).unwrap_err();
    assert_eq!(error.kind(), Kind::NoPositions);
    assert!(error.to_string().contains("no positions"), "{error}");
}

#[test]
fn keeps_a_hostile_name_text() {
    let mut activity = fixture("fit/loop.fit");
    for name in [
        "<script>alert(1)</script>",
        "]]><trk><name>x</name></trk>",
        "\"'&amp;&#x1;",
        "a\u{1b}[31mb\u{0}c\u{202e}gpx\u{7f}\u{85}",
        "{{7*7}}${x}",
    ] {
        activity.header.name = Some(name.to_owned());
        let (report, text) = exported(&activity, None);
        agrees(&report, &text, name);
        let document = roxmltree::Document::parse(&text).unwrap();
        let known = [
            "gpx", "metadata", "name", "desc", "wpt", "ele", "time", "sym", "trk", "src",
            "type", "trkseg", "trkpt",
        ];
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&node.tag_name().name()), "{name}: {node:?}");
        }
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{name}");
        assert!(!text.contains('\u{202e}'));
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn reads_back_hills_of_real_recordings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let mut paths = Vec::new();
    files(&root, &mut paths);
    paths.sort();
    let (mut exported, mut nowhere, mut level, mut tracks, mut points) = (0, 0, 0, 0, 0);
    for path in paths {
        let Ok(reading) = read::path(&path) else { continue };
        for activity in &reading.activities {
            let name = path.display().to_string();
            match Report::with_places(activity, &Settings::default()) {
                Ok((report, places)) => {
                    match document(&report, &places, &Choice::default()) {
                        Ok(text) => {
                            let (t, p) = agrees(&report, &text, &name);
                            exported += 1;
                            tracks += t;
                            points += p;
                        }
                        Err(error) => {
                            assert_eq!(error.kind(), Kind::NoPoints, "{name}");
                            let hill = |h: &&Hill| h.slope != Some(Slope::Level);
                            assert_eq!(report.segments.iter().filter(hill).count(), 0);
                            level += 1;
                        }
                    }
                }
                Err(error) if error.kind() == Kind::NoPositions => nowhere += 1,
                Err(_) => {}
            }
        }
    }
    eprintln!(
        "{exported} activities, {tracks} tracks, {points} points; {level} level, {nowhere} without positions"
    );
    assert!(exported >= 50);
}
