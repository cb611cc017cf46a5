//! What a GPX file becomes: points, tracks, routes, names, and what is told of flaws.

use super::*;
use crate::activity::Break;
use crate::sport::{Bike, Sport};

fn reading(text: &str) -> Result<Reading, Error> {
    crate::read::bytes(text.as_bytes())
}

/// One activity and its notices.
fn good(text: &str) -> (Activity, Vec<(NoticeKind, u64)>) {
    let mut reading = reading(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(reading.activities.len(), 1);
    let notices = reading.notices.iter().map(|n| (n.kind, n.count)).collect();
    (reading.activities.remove(0), notices)
}

/// A document around points.
fn track(points: &str) -> String {
    format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")
}

fn point(lat: &str, lon: &str, inside: &str) -> String {
    format!("<trkpt lat=\"{lat}\" lon=\"{lon}\">{inside}</trkpt>")
}

/// Points one second apart from a second of the hour on.
fn walk(from_s: u32, count: u32) -> String {
    (from_s..from_s + count)
        .map(|s| {
            let time = format!("2026-04-26T08:{:02}:{:02}Z", s / 60, s % 60);
            point("47.5", "11.5", &format!("<ele>700</ele><time>{time}</time>"))
        })
        .collect()
}

#[test]
fn reads_everything_a_point_may_hold() {
    let extensions = "<extensions><g:TPX><g:hr>140</g:hr><g:cad>84</g:cad>\
        <g:atemp>21</g:atemp></g:TPX><power>250</power><speed>2.5</speed>\
        <x:distance>1234.5</x:distance><trkpt lat='1' lon='1'><ele>1</ele></trkpt>\
        <time>1999-01-01T00:00:00Z</time></extensions>";
    let inside = format!(
        "<ele>7<!-- -->00.5</ele><time>2026-04-26T10:30:00+02:00</time>{extensions}"
    );
    let text = format!(
        "<gpx version='1.1' creator='A &amp; B'><metadata><name>file</name></metadata>\
         <trk><name>Ridge</name><type>trail_running</type><trkseg>{}</trkseg></trk></gpx>",
        point("47.5", "11.25", &inside)
    );
    let (activity, notices) = good(&text);
    assert_eq!(notices, []);
    assert_eq!(activity.elevation_m(), [700.5]);
    assert_eq!(activity.heart_rate_bpm(), [140.0]);
    assert_eq!(activity.cadence_per_min(), [84.0]);
    assert_eq!(activity.temperature_c(), [21.0]);
    assert_eq!(activity.power_w(), [250.0]);
    assert_eq!(activity.speed_m_per_s(), [2.5]);
    assert_eq!(activity.distance_m(), [1234.5]);
    let header = activity.header;
    assert_eq!(header.name.as_deref(), Some("Ridge"));
    assert_eq!(header.device.as_deref(), Some("A & B"));
    assert_eq!(header.sport, Labelled::Modelled(Sport::Run, Bike::Road));
    assert_eq!(header.utc_offset_s, Some(7_200));
    assert_eq!(header.start.unwrap().to_string(), "2026-04-26T08:30:00Z");
    assert_eq!(header.nature, Nature::Recording);
}

#[test]
fn takes_segments_and_tracks_as_breaks_of_one_activity() {
    let (a, b) = (walk(0, 3), walk(60, 3));
    let segments =
        format!("<gpx><trk><trkseg>{a}</trkseg><trkseg>{b}</trkseg></trk></gpx>");
    let tracks = format!(
        "<gpx><trk><trkseg>{a}</trkseg></trk><trk><trkseg>{b}</trkseg></trk></gpx>"
    );
    for text in [segments, tracks] {
        let (activity, notices) = good(&text);
        assert_eq!(activity.breaks(), [(3, Break::Segment)]);
        assert_eq!(notices, []);
    }
}

#[test]
fn leaves_out_a_track_in_the_time_of_another() {
    let tracks: String = [walk(0, 5), walk(5, 5), walk(3, 4), walk(20, 2), walk(15, 3)]
        .iter()
        .map(|t| ["<trk><trkseg>", t, "</trkseg></trk>"].concat())
        .collect();
    let (activity, notices) = good(&format!("<gpx>{tracks}</gpx>"));
    assert_eq!(activity.len(), 15);
    assert_eq!(notices, [(NoticeKind::Structure, 1)]);
    let starts: Vec<usize> = activity.breaks().iter().map(|b| b.0).collect();
    // in the order of time
    assert_eq!(starts, [5, 10, 13]);
}

/// What is read of several activities: name, points and start of each, and the notices.
fn dealt(inside: &str) -> (Vec<(String, usize, String)>, Vec<String>) {
    let reading = reading(&format!("<gpx>{inside}</gpx>")).unwrap();
    let told = |activity: &Activity| {
        let header = &activity.header;
        let start = header.start.map(|start| start.to_string()).unwrap_or_default();
        (header.name.clone().unwrap_or_default(), activity.len(), start)
    };
    let notices = reading.notices.iter().map(ToString::to_string).collect();
    (reading.activities.iter().map(told).collect(), notices)
}

/// A track of so many points from a place on, 3 m and a second apart, without times unless
/// a day of June 2024 and a second of it are given.
fn path(
    name: &str,
    kind: &str,
    north_m: u32,
    points: u32,
    from: Option<(u32, u32)>,
) -> String {
    let points: String = (0..points)
        .map(|i| {
            let lat = 46.0 + f64::from(north_m + 3 * i) / 111_195.0;
            let time = from.map_or(String::new(), |(day, second)| {
                let s = second + i;
                let (hour, minute, second) = (s / 3600, s / 60 % 60, s % 60);
                format!(
                    "<time>2024-06-{day:02}T{hour:02}:{minute:02}:{second:02}Z</time>"
                )
            });
            point(&format!("{lat:.6}"), "8", &format!("<ele>500</ele>{time}"))
        })
        .collect();
    format!("<trk><name>{name}</name><type>{kind}</type><trkseg>{points}</trkseg></trk>")
}

fn recorded(name: &str, north_m: u32, points: u32, day: u32, second: u32) -> String {
    path(name, "running", north_m, points, Some((day, second)))
}

fn planned(name: &str, north_m: u32, points: u32) -> String {
    path(name, "running", north_m, points, None)
}

fn named(name: &str, points: usize, start: &str) -> (String, usize, String) {
    (name.to_owned(), points, start.to_owned())
}

const EIGHT: u32 = 8 * 3600;

#[test]
fn makes_an_activity_of_each_day_in_order() {
    let days = |days: &[u32]| -> String {
        days.iter()
            .map(|day| recorded(&format!("day {day}"), 0, 50, *day, EIGHT))
            .collect()
    };
    let wanted = vec![
        named("day 15", 50, "2024-06-15T08:00:00Z"),
        named("day 16", 50, "2024-06-16T08:00:00Z"),
        named("day 17", 50, "2024-06-17T08:00:00Z"),
    ];
    assert_eq!(dealt(&days(&[15, 16, 17])), (wanted.clone(), Vec::new()));
    assert_eq!(dealt(&days(&[17, 15, 16])), (wanted, Vec::new()));
    // as segments of one track, too
    let one = days(&[15, 16]).replace(
        "</trkseg></trk><trk><name>day 16</name><type>running</type>",
        "</trkseg>",
    );
    assert_eq!(dealt(&one).0.len(), 2);
    let reading = reading(&format!("<gpx>{}</gpx>", days(&[15, 16]))).unwrap();
    assert_eq!(reading.activities[1].time_s()[..3], [0.0, 1.0, 2.0]);
    assert_eq!(reading.activities[1].header.nature, Nature::Recording);
}

#[test]
fn joins_tracks_that_go_on() {
    let first = recorded("a", 0, 50, 15, EIGHT);
    let apart = |second: &str| dealt(&[&first, second].concat()).0.len();
    assert_eq!(apart(&recorded("b", 150, 50, 15, EIGHT + 1800)), 1);
    // hours later, far away, another sport
    assert_eq!(apart(&recorded("b", 150, 50, 15, EIGHT + 5 * 3600)), 2);
    assert_eq!(apart(&recorded("b", 90_000, 50, 15, EIGHT + 1800)), 2);
    let kind = |kind| path("b", kind, 150, 50, Some((15, EIGHT + 100)));
    assert_eq!(apart(&kind("running")), 1);
    assert_eq!(apart(&kind("")), 1);
    assert_eq!(apart(&kind("cycling")), 2);
    assert_eq!(apart(&kind("car")), 2);
    // somebody else at the same time
    assert_eq!(apart(&recorded("b", 9_000, 50, 15, EIGHT)), 2);
    let reading = reading(&format!("<gpx>{first}{}</gpx>", kind("car"))).unwrap();
    let sports: Vec<_> = reading.activities.iter().map(|a| &a.header.sport).collect();
    assert_eq!(*sports[0], Labelled::Modelled(Sport::Run, Bike::Road));
    assert_eq!(*sports[1], Labelled::Unmodelled("car".to_owned()));
}

#[test]
fn leaves_out_a_plan_beside_a_recording() {
    let recording = recorded("went", 0, 50, 15, EIGHT);
    let route =
        "<rte><name>r</name><rtept lat='46' lon='8'/><rtept lat='46.1' lon='8'/></rte>";
    for points in [10, 50, 2000] {
        let plan = planned("plan", 0, points);
        for text in [[&*recording, &plan, route], [&plan, route, &recording]] {
            let (activities, notices) = dealt(&text.concat());
            assert_eq!(activities, [named("went", 50, "2024-06-15T08:00:00Z")]);
            assert_eq!(
                notices,
                ["a track or route without times beside a recording, a plan, left out \
                  (2 times)"]
            );
        }
        // a plan in a segment of the same track
        let inside = format!("<trk>{plan}{recording}</trk>")
            .replace("<trk><name>plan</name><type>running</type>", "")
            .replace("</trk><trk><name>went</name><type>running</type>", "")
            .replace("</trk></trk>", "</trk>");
        assert_eq!(dealt(&inside).0[0].1, 50);
    }
}

#[test]
fn offers_planned_tracks_as_courses_unless_they_continue() {
    let variants =
        [planned("long", 0, 900), planned("middle", 0, 500), planned("short", 0, 200)];
    let (courses, notices) = dealt(&variants.concat());
    let wanted =
        [named("long", 900, ""), named("middle", 500, ""), named("short", 200, "")];
    assert_eq!(courses, wanted);
    assert_eq!(
        notices,
        ["3 courses to choose from with --part: 1 long (2.7 km), 2 middle (1.5 km), \
          3 short (0.6 km)"]
    );
    let routes = variants.concat().replace("trkpt", "rtept").replace("trkseg>", "x>");
    let routes = routes.replace("<x>", "").replace("</x>", "").replace("trk>", "rte>");
    assert_eq!(dealt(&routes).0, wanted);
    let stages = [planned("one", 0, 300), planned("two", 900, 300)].concat();
    let (courses, notices) = dealt(&stages);
    assert_eq!(courses, [named("one", 600, "")]);
    assert_eq!(notices, ["2 tracks without times continue others: read as one course"]);
}

#[test]
fn counts_what_is_stored_again_once() {
    let whole = recorded("t", 0, 300, 15, EIGHT);
    let cumulative = [
        recorded("t", 0, 100, 15, EIGHT),
        recorded("t", 0, 200, 15, EIGHT),
        whole.clone(),
    ]
    .concat();
    let wanted = [named("t", 300, "2024-06-15T08:00:00Z")];
    let again = |times: u32| {
        let words = "a track or segment lies in the time of another, not counted twice";
        [if times > 1 { format!("{words} ({times} times)") } else { words.to_owned() }]
    };
    let as_segments =
        cumulative.replace("</trk><trk><name>t</name><type>running</type>", "");
    assert_eq!(dealt(&cumulative), (wanted.to_vec(), again(2).to_vec()));
    assert_eq!(dealt(&as_segments), (wanted.to_vec(), again(2).to_vec()));
    assert_eq!(dealt(&whole.repeat(2)), (wanted.to_vec(), again(1).to_vec()));
    // the end of one is the beginning of the next: nothing is stored again
    let shared =
        [recorded("t", 0, 101, 15, EIGHT), recorded("t", 300, 200, 15, EIGHT + 100)];
    assert_eq!(dealt(&shared.concat()).1, Vec::<String>::new());
    // half of it again, by another receiver
    let late =
        [recorded("t", 0, 200, 15, EIGHT), recorded("t", 450, 150, 15, EIGHT + 150)];
    assert_eq!(dealt(&late.concat()), (wanted.to_vec(), again(1).to_vec()));
    let plan = planned("p", 0, 300);
    let route = plan.replace("trkpt", "rtept").replace("<trkseg>", "");
    let route = route.replace("</trkseg>", "").replace("trk>", "rte>");
    for text in [plan.repeat(2), [&*route, &plan].concat(), route.repeat(3)] {
        assert_eq!(dealt(&text).0, [named("p", 300, "")]);
    }
    let grows = [planned("p", 0, 100), planned("p", 0, 200), plan].concat();
    let grows = grows.replace("</trk><trk><name>p</name><type>running</type>", "");
    assert_eq!(dealt(&grows).0, [named("p", 300, "")]);
}

#[test]
fn keeps_few_activities_of_many_tracks() {
    let one = point("47", "11", "<ele>1</ele>");
    let tracks = format!("<trk><trkseg>{one}</trkseg></trk>").repeat(20_000);
    assert_eq!(dealt(&tracks).0, [named("", 20_000, "")]);
    let hours: String =
        (0..600).map(|i| recorded("t", 0, 12, 1 + i / 24, i % 24 * 3600)).collect();
    let hours = hours.clone() + &hours.replace("2024-06", "2024-08");
    // an hour apart they go on, but by night: none is lost
    assert_eq!(
        dealt(&hours).0.iter().map(|(_, points, _)| points).sum::<usize>(),
        14_400
    );
    let days: String = (0..1_100_u32)
        .map(|i| {
            let year = format!("{}", 2000 + i / 336);
            let month = format!("-{:02}-", 1 + i / 28 % 12);
            let day = recorded("t", 0, 12, 1 + i % 28, EIGHT);
            day.replace("2024", &year).replace("-06-", &month)
        })
        .collect();
    let (activities, notices) = dealt(&days);
    assert_eq!(activities.len(), track_segment::MOST_ACTIVITIES);
    assert_eq!(notices, ["more than 1000 activities, the rest left out (100 times)"]);
    // a few points of another day
    let crumb = [recorded("t", 0, 100, 15, EIGHT), recorded("u", 0, 3, 16, EIGHT)];
    assert_eq!(dealt(&crumb.concat()).0, [named("t", 100, "2024-06-15T08:00:00Z")]);
}

#[test]
fn ignores_stamps_far_from_the_rest() {
    let whole = recorded("t", 0, 400, 15, EIGHT);
    let first = "2024-06-15T08:00:00Z";
    for stale in ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2024-06-14T08:00:00Z"]
    {
        let (activities, notices) = dealt(&whole.replace(first, stale));
        assert_eq!(activities, [named("t", 400, first)]);
        assert_eq!(notices, ["times far from the rest, placed beside their neighbours"]);
    }
    let (activities, notices) = dealt(&whole.replace("2024", "1970"));
    assert_eq!(activities, [named("t", 400, "")]);
    assert_eq!(notices, ["dated 1970-06-15, which no recording is: it has no date"]);
    let early = whole.replace("2024-06-15", "2004-10-30");
    let written = "<metadata><time>2024-06-15T08:10:00Z</time></metadata>";
    assert!(dealt(&early).1.is_empty());
    let (activities, notices) = dealt(&[written, &early].concat());
    assert_eq!(activities[0].2, "2004-10-30T08:00:00Z");
    assert!(notices[0].contains("1024 weeks too early"), "{notices:?}");
    assert!(dealt(&[written, &whole].concat()).1.is_empty());
}

#[test]
fn reads_and_notes_a_decimal_comma() {
    let inside = "<ele>500,5</ele><extensions><hr>140,5</hr></extensions>";
    let (activity, notices) = good(&track(&point("47", "11", inside).repeat(3)));
    assert_eq!(activity.elevation_m(), [500.5; 3]);
    assert_eq!(activity.heart_rate_bpm(), [140.5; 3]);
    assert_eq!(notices, [(NoticeKind::Unusual, 6)]);
    for thousands in ["1,234.5", "1,234"] {
        let inside = format!("<ele>{thousands}</ele>");
        let (activity, notices) = good(&track(&point("47", "11", &inside).repeat(3)));
        assert!(activity.elevation_m()[0].is_nan());
        assert_eq!(notices, [(NoticeKind::BadElevation, 3)]);
    }
}

#[test]
fn joins_segments_of_one_point_and_counts_empty_ones() {
    let one = point("47", "11", "");
    let text: String = format!("<trkseg>{one}</trkseg>").repeat(4);
    let (activity, notices) = good(&format!("<gpx><trk>{text}</trk></gpx>"));
    assert_eq!((activity.len(), activity.breaks().len()), (4, 0));
    assert_eq!(notices, [(NoticeKind::Structure, 1)]);
    let empty = "<trkseg/>".repeat(50_000);
    let (activity, notices) =
        good(&format!("<gpx><trk>{empty}<trkseg>{one}{one}</trkseg></trk></gpx>"));
    assert_eq!((activity.len(), activity.breaks().len()), (2, 0));
    assert_eq!(notices, [(NoticeKind::Structure, 50_000)]);
}

#[test]
fn takes_routes_and_tracks_without_time_as_courses() {
    let route = "<gpx><rte><name>R</name><rtept lat='47' lon='11'><ele>1</ele></rtept>\
                 <rtept lat='47.1' lon='11'/></rte></gpx>";
    let (activity, _) = good(route);
    assert_eq!((activity.len(), activity.header.nature), (2, Nature::Course));
    assert_eq!(activity.header.name.as_deref(), Some("R"));
    let (activity, _) = good(&track(&point("47", "11", "")));
    assert_eq!(activity.header.nature, Nature::Course);
    let both = route
        .replace("</gpx>", &format!("<trk><trkseg>{}</trkseg></trk></gpx>", walk(0, 3)));
    assert_eq!(good(&both).0.len(), 3);
}

#[test]
fn drops_and_counts_bad_positions() {
    let bad =
        [("NaN", "1"), ("1", "inf"), ("91", "1"), ("1", "-181"), ("", ""), ("0", "0")];
    let points: String = bad.iter().map(|(lat, lon)| point(lat, lon, "")).collect();
    let (activity, notices) =
        good(&track(&format!("{points}<trkpt lat='1'/>{}", walk(0, 2))));
    assert_eq!(activity.len(), 2);
    assert_eq!(notices, [(NoticeKind::BadPosition, 7)]);
    assert_eq!(activity.time_s(), [0.0, 1.0]);
}

#[test]
fn brings_longitudes_back_that_all_lie_beyond_180() {
    let points = [point("47", "371", ""), point("47", "190", "")].concat();
    let (activity, notices) = good(&track(&points));
    assert_eq!(activity.longitude_deg(), [11.0, -170.0]);
    assert_eq!(notices, [(NoticeKind::Unusual, 2)]);
}

#[test]
fn hints_at_the_reason_of_useless_positions() {
    let hint = |lat, lon| reading(&track(&point(lat, lon, "").repeat(3))).unwrap_err();
    assert!(hint("-122.4", "37.7").message().contains("swapped"));
    assert!(hint("47,5", "11,5").message().contains("decimal comma"));
    assert_eq!(hint("NaN", "1").kind(), Kind::NoPoints);
    let waypoints = reading("<gpx><wpt lat='1' lon='1'/></gpx>").unwrap_err();
    assert!(waypoints.message().contains("only waypoints (1)"));
    assert_eq!(reading("<gpx/>").unwrap_err().kind(), Kind::NoPoints);
    assert_eq!(reading(&track("")).unwrap_err().kind(), Kind::NoPoints);
}

#[test]
fn takes_bad_values_as_missing() {
    let inside = "<ele> </ele><time>yesterday</time><extensions><hr>x</hr></extensions>";
    let (activity, notices) = good(&track(&(point("47", "11", inside) + &walk(0, 2))));
    assert!(activity.elevation_m()[0].is_nan() && activity.time_s()[0].is_nan());
    assert_eq!(
        notices,
        [
            (NoticeKind::BadElevation, 1),
            (NoticeKind::BadTime, 1),
            (NoticeKind::BadValue, 1)
        ]
    );
}

#[test]
fn keeps_whole_points_before_a_cut() {
    let whole = track(&walk(0, 20));
    for end in whole.find("</trkpt>").unwrap() + 8..whole.len() {
        let (activity, notices) = good(&whole[..end]);
        assert_eq!(activity.len(), whole[..end].matches("</trkpt>").count(), "{end}");
        assert_eq!(notices, [(NoticeKind::Truncated, 1)]);
    }
    for end in 0..whole.find("</trkpt>").unwrap() {
        assert!(reading(&whole[..end]).is_err(), "{end}");
    }
    let error = reading(&whole.replacen("</ele>", "</el>", 1)).unwrap_err();
    assert!(error.message().starts_with("line 1, column "), "{error}");
}

#[test]
fn holds_limits() {
    let limits = crate::read::Limits { points: 3, ..crate::read::Limits::default() };
    let error =
        crate::read::bytes_with(track(&walk(0, 4)).as_bytes(), &limits).unwrap_err();
    assert_eq!(error.kind(), Kind::TooLarge);
    let long = format!("<gpx><trk><name>{}</name>", "é".repeat(5000));
    let (activity, notices) =
        good(&format!("{long}<trkseg>{}</trkseg></trk></gpx>", walk(0, 2)));
    assert_eq!(activity.header.name.unwrap().chars().count(), 200);
    assert_eq!(notices, [(NoticeKind::Text, 1)]);
}

#[test]
fn keeps_keywords_and_short_descriptions_and_learns_the_sport_of_the_file() {
    let file = |metadata: &str, inside: &str| {
        let points = walk(0, 3);
        let text = format!(
            "<gpx><metadata>{metadata}</metadata><trk>{inside}<trkseg>{points}</trkseg></trk></gpx>"
        );
        good(&text).0.header
    };
    let header = file("<keywords> hiking, Alps </keywords><desc>of the file</desc>", "");
    assert_eq!(header.keywords.as_deref(), Some("hiking, Alps"));
    assert_eq!(header.description.as_deref(), Some("of the file"));
    let header = file("<desc>of the file</desc>", "<cmt>of the track</cmt>");
    assert_eq!(header.description.as_deref(), Some("of the track"));
    assert_eq!(header.sport, Labelled::Unknown);
    let page = format!("<desc>{}</desc><keywords></keywords>", "a walk ".repeat(40));
    let header = file(&page, "");
    assert_eq!((header.description, header.keywords), (None, None));
    let hike = sport::from_label("hiking");
    for metadata in [
        "<extensions><osmand:activity>mountain_hiking</osmand:activity></extensions>",
        "<extensions><oa:oaCategory>hikingTourTrail</oa:oaCategory></extensions>",
        "<type>hike</type>",
    ] {
        assert_eq!(file(metadata, "").sport, hike, "{metadata}");
        // what the track says of itself outranks it
        let own = file(metadata, "<type>cycling</type>").sport;
        assert_eq!(own, sport::from_label("cycling"), "{metadata}");
    }
    let inside = "<extensions><osmand:activity>Hiking</osmand:activity></extensions>";
    assert_eq!(file("", inside).sport, hike);
}
