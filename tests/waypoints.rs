//! Do named places of a file come to lie where its way passes them, and do turns of a cue sheet stay
//! out?
//!
//! The way is made here: east over a hill of 300 m, its top at 3 km, 6 km long.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::fmt::Write as _;

use hardlegs::activity::Activity;
use hardlegs::curve::{Curve, Part, Stages};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::segment::Slope;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;
use hardlegs::write::Units;
use hardlegs::write::curve::{json, text};
use hardlegs::write::plan::text as plan_text;
use jiff::civil::date;

const TOP_M: f64 = 3000.0;

/// Degrees of a place so many metres along the way and to its left.
fn place(along_m: f64, left_m: f64) -> (f64, f64) {
    const DEGREE_M: f64 = 111_195.0;
    let latitude = 46.0 + left_m / DEGREE_M;
    (latitude, 7.0 + along_m / (DEGREE_M * 46.0_f64.to_radians().cos()))
}

fn height_m(along_m: f64) -> f64 {
    500.0 + 0.1 * (TOP_M - (TOP_M - along_m).abs())
}

/// Metres along the way there, or there and back.
fn way(back: bool) -> Vec<f64> {
    let there = (0..=300).map(|n| 20.0 * f64::from(n));
    let again: Vec<f64> =
        if back { there.clone().rev().skip(1).collect() } else { vec![] };
    there.chain(again).collect()
}

fn wpt(along_m: f64, left_m: f64, inner: &str) -> String {
    let (lat, lon) = place(along_m, left_m);
    format!("<wpt lat=\"{lat:.6}\" lon=\"{lon:.6}\">{inner}</wpt>\n")
}

fn named(along_m: f64, left_m: f64, name: &str) -> String {
    wpt(along_m, left_m, &format!("<name>{name}</name>"))
}

fn gpx(back: bool, marks: &str) -> Activity {
    let mut xml =
        format!("<gpx creator=\"test\">{marks}<trk><type>hiking</type><trkseg>");
    for along in way(back) {
        let ((lat, lon), ele) = (place(along, 0.0), height_m(along));
        let _ = write!(
            xml,
            "<trkpt lat=\"{lat:.6}\" lon=\"{lon:.6}\"><ele>{ele:.1}</ele></trkpt>"
        );
    }
    xml.push_str("</trkseg></trk></gpx>");
    read::bytes(xml.as_bytes()).unwrap().activities.remove(0)
}

fn report(activity: &Activity) -> Report {
    Report::of(activity, &Settings::default()).unwrap()
}

/// Names and kilometres of the passages.
fn passed(report: &Report) -> Vec<(&str, f64)> {
    let passages = report.passages.all.iter();
    passages.map(|one| (one.name.as_str(), (one.at_m / 10.0).round() / 100.0)).collect()
}

fn assert_passed(report: &Report, expected: &[(&str, f64)]) {
    let found = passed(report);
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((name, km), (expected, expected_km)) in found.iter().zip(expected) {
        assert_eq!(name, expected, "{found:?}");
        assert!((km - expected_km).abs() < 0.03, "{found:?}");
    }
}

#[test]
fn meets_places_in_the_order_of_the_way_and_counts_what_lies_off_it() {
    let marks = named(4500.0, -40.0, "Ravito 2")
        + &named(1500.0, 60.0, "Ravito 1")
        + &named(1000.0, 400.0, "Komoot's viewpoint")
        + &named(2000.0, 0.0, "Turn right onto Main St")
        + &wpt(2100.0, 0.0, "<cmt>Left</cmt><sym>Flag, Blue</sym>")
        + &wpt(2200.0, 0.0, "<name>Rue du Lac</name><type>Right</type>")
        + &wpt(2300.0, 0.0, "<name>017</name>")
        + &wpt(2400.0, 0.0, "<ele>3</ele>");
    let report = report(&gpx(false, &marks));
    assert_passed(&report, &[("Ravito 1", 1.5), ("Ravito 2", 4.5)]);
    assert_eq!(report.passages.off_route, 1);
    assert!(report.notices.is_empty(), "{:?}", report.notices);
}

#[test]
fn passes_a_place_twice_there_and_back_and_the_turning_point_once() {
    let marks = named(1500.0, 30.0, "Hut") + &named(6010.0, 0.0, "Lake");
    let report = report(&gpx(true, &marks));
    assert_passed(&report, &[("Hut", 1.5), ("Lake", 6.0), ("Hut", 10.5)]);
}

#[test]
fn knows_a_place_that_is_stored_twice_as_one() {
    let route = "<rte><rtept lat=\"46.0\" lon=\"7.0\"/></rte>";
    let (lat, lon) = place(1500.0, 10.0);
    let again = format!(
        "<rte><rtept lat=\"{lat:.6}\" lon=\"{lon:.6}\"><name>HUT</name></rtept></rte>"
    );
    let marks = named(1500.0, 30.0, "Hut") + &named(1560.0, 0.0, "Hut") + route + &again;
    assert_passed(&report(&gpx(false, &marks)), &[("Hut", 1.5)]);
}

#[test]
fn names_a_hill_by_the_place_at_its_top_and_never_by_water_or_turns() {
    let col = "<name>Col de &lt;b&gt; la Croix</name><sym>Summit</sym>";
    let water = "<name>Fontaine</name><sym>Drinking Water</sym>";
    let marks = wpt(TOP_M + 120.0, 20.0, col)
        + &wpt(TOP_M, 0.0, water)
        + &named(TOP_M, 5.0, "Shelter")
        + &named(TOP_M + 10.0, 0.0, "Sharp left");
    let report = report(&gpx(false, &marks));
    let hill = |slope| report.segments.iter().find(|hill| hill.slope == Some(slope));
    for slope in [Slope::Climb, Slope::Descent] {
        let name = hill(slope).unwrap().name.as_deref();
        assert_eq!(name, Some("Col de <b> la Croix"), "a pass before a shelter");
    }
    let far = self::report(&gpx(false, &named(TOP_M + 400.0, 0.0, "Hut")));
    assert!(far.segments.iter().all(|hill| hill.name.is_none()));
}

#[test]
fn tells_when_each_place_of_a_course_is_reached() {
    let marks = named(0.0, 0.0, "Village")
        + &named(1500.0, 0.0, "Ravito \u{1b}[31m1")
        + &named(4500.0, 0.0, "Ravito 2")
        + &named(6000.0, 0.0, "Church")
        + &named(900.0, 900.0, "Tower");
    let report = report(&gpx(false, &marks));
    let curve = Curve::of(&[], Sport::Hike, date(2026, 5, 1));
    let (parts, stages) = (Part::all(&report), Stages::of(&report));
    let time = curve.time_by_place(&parts, &stages).unwrap();
    let names: Vec<Option<&str>> =
        time.splits.iter().map(|split| split.name.as_deref()).collect();
    assert_eq!(names, [Some("Ravito \u{1b}[31m1"), Some("Ravito 2"), None]);
    let whole = time.moving_s.value;
    let last = time.splits.last().unwrap();
    assert!(
        (last.until_s.value / whole - 1.0).abs() < 0.002,
        "{} {whole}",
        last.until_s.value
    );
    assert!((last.at_m - report.distance_m).abs() < 1.0);
    let sum: f64 = time.splits.iter().map(|split| split.moving_s.value).sum();
    assert!((sum - last.until_s.value).abs() < 1e-6 * whole);
    // the half of the way in the middle: 1.5 km up, 1.5 km down
    let metres: Vec<f64> =
        stages.all.iter().map(|(_, part)| part.by_grade.length_m()).collect();
    assert!((metres[1] - 3000.0).abs() < 30.0, "{metres:?}");
    let page = text::splits(&time, Units::Metric);
    assert!(!page.contains('\u{1b}') && page.contains("Ravito"), "{page}");
    assert!(page.contains("1 waypoint of the file lies more than 100 m off"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let document = serde_json::to_value(json::course_time(&time, &curve)).unwrap();
    assert_eq!(document["splits"][1]["name"], "Ravito 2");
    assert_eq!(document["waypoints_off_course"], 1);
    // and in a plan
    let course = hardlegs::plan::Course::of(&report);
    let day = date(2026, 5, 1);
    let history = hardlegs::history::History::of(
        Vec::new(),
        &|_| None,
        day,
        hardlegs::settings::Weekday::default(),
    );
    let plan = hardlegs::plan::Plan::of(course, &history, &[], None).timed_by(curve);
    let said = plan_text::text(&plan, None, Units::Metric);
    assert!(said.contains("Ravito 2") && !said.contains('\u{1b}'), "{said}");
}

/// TCX of the same way, a second for each 2 m.
fn tcx(marks: &[(f64, &str, &str, &str)], back: bool) -> Activity {
    let at = |seconds: f64| {
        let seconds = seconds.round();
        let (h, m, s) = (seconds / 3600.0, seconds / 60.0 % 60.0, seconds % 60.0);
        format!("2026-05-01T{:02}:{:02}:{s:02}Z", h.floor(), m.floor())
    };
    let position = |along_m: f64| {
        let (lat, lon) = place(along_m, 0.0);
        format!(
            "<Position><LatitudeDegrees>{lat:.6}</LatitudeDegrees>\
             <LongitudeDegrees>{lon:.6}</LongitudeDegrees></Position>"
        )
    };
    let mut xml =
        "<TrainingCenterDatabase><Courses><Course><Name>Hill</Name><Track>".to_owned();
    for (n, along) in way(back).into_iter().enumerate() {
        let metres = 20.0 * n as f64;
        let _ = write!(
            xml,
            "<Trackpoint><Time>{}</Time>{}<AltitudeMeters>{:.1}</AltitudeMeters>\
             <DistanceMeters>{metres}</DistanceMeters></Trackpoint>",
            at(metres / 2.0),
            position(along),
            height_m(along)
        );
    }
    xml.push_str("</Track>");
    for (metres, name, kind, notes) in marks {
        let along = if *metres > 6000.0 { 12000.0 - metres } else { *metres };
        let _ = write!(
            xml,
            "<CoursePoint><Name>{name}</Name><Time>{}</Time>{}<PointType>{kind}</PointType>\
             <Notes>{notes}</Notes></CoursePoint>",
            at(metres / 2.0),
            position(along)
        );
    }
    xml.push_str("</Course></Courses></TrainingCenterDatabase>");
    read::bytes(xml.as_bytes()).unwrap().activities.remove(0)
}

#[test]
fn takes_places_of_a_course_of_tcx_and_no_turns_where_it_says_they_are_passed() {
    let marks = [
        (1500.0, "Col de la ", "Summit", "Col de la Croix"),
        (2000.0, "Left", "Left", "Left onto Main St"),
        (2500.0, "Head south", "Generic", "Head south on Am Planetarium"),
        (2600.0, "End of rou", "Generic", "End of route"),
        (10_500.0, "Water", "Water", "on the way back alone"),
    ];
    let activity = tcx(&marks, true);
    let names: Vec<&str> =
        activity.waypoints().iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["Col de la Croix", "Water"]);
    let settings = Settings { sport: Some(Sport::Hike), ..Settings::default() };
    let report = Report::of(&activity, &settings).unwrap();
    // both are passed twice; the file says which time is meant
    assert_passed(&report, &[("Col de la Croix", 1.5), ("Water", 10.5)]);
}
