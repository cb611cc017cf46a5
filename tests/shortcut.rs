//! Does a point that is read by template ever say anything else than one that is read element by
//! element?

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use hardlegs::read::{self, Limits, Shortcut};
use proptest::prelude::*;

/// Everything that a reading says but the way it took; `NaN` equals itself in words.
fn said(bytes: &[u8], limits: &Limits) -> (String, Shortcut) {
    match read::bytes_with(bytes, limits) {
        Ok(reading) => {
            (format!("{:?}\n{:?}", reading.activities, reading.notices), reading.shortcut)
        }
        Err(error) => (error.message(), Shortcut::default()),
    }
}

/// Both ways say the same; how many points took which.
fn same(bytes: &[u8]) -> Shortcut {
    same_within(bytes, Limits::default())
}

fn same_within(bytes: &[u8], mut limits: Limits) -> Shortcut {
    let (short, shortcut) = said(bytes, &limits);
    limits.shortcuts = false;
    let (general, none) = said(bytes, &limits);
    assert!(short == general, "the ways differ:\n{short:.2000}\n{general:.2000}");
    assert_eq!(none.taken, 0);
    shortcut
}

fn markup_under(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markup_under(&path, found);
        } else if path.extension().is_some_and(|e| {
            e.eq_ignore_ascii_case("gpx") || e.eq_ignore_ascii_case("tcx")
        }) {
            found.push(path);
        }
    }
    found.sort();
}

fn fixtures() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    markup_under(&root, &mut found);
    found
}

#[test]
fn reads_fixtures_alike_and_mostly_by_template() {
    let (mut taken, mut declined) = (0, 0);
    for path in fixtures() {
        let shortcut = same(&std::fs::read(&path).unwrap());
        taken += shortcut.taken;
        declined += shortcut.declined;
    }
    assert!(taken > 20 * declined, "{taken} the short way, {declined} not");
}

#[test]
fn reads_recordings_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let mut found = Vec::new();
    markup_under(&root, &mut found);
    assert!(found.len() > 50, "{} recordings", found.len());
    let (mut taken, mut declined, mut files) = (0, 0, 0);
    for path in &found {
        let shortcut = same(&std::fs::read(path).unwrap());
        taken += shortcut.taken;
        declined += shortcut.declined;
        files += usize::from(shortcut.taken > 0);
    }
    eprintln!(
        "{files} of {} files, {taken} of {} points the short way",
        found.len(),
        taken + declined
    );
    assert!(taken > 20 * declined);
}

/// A few points as makers write them.
fn styles() -> [String; 4] {
    let points =
        |point: &dyn Fn(i32) -> String| -> String { (0..9).map(point).collect() };
    let garmin = points(&|i| {
        format!(
            "\n   <trkpt lat=\"47.{i}\" lon=\"11.5\">\n    <ele>{}.25</ele>\n    \
             <time>2026-04-26T08:30:0{i}.000Z</time>\n    <extensions>\n     \
             <ns3:TrackPointExtension>\n      <ns3:hr>{}</ns3:hr>\n      \
             <ns3:cad>82</ns3:cad>\n     </ns3:TrackPointExtension>\n    \
             </extensions>\n   </trkpt>",
            700 + i,
            100 + i
        )
    });
    let strava = points(&|i| {
        format!(
            "<trkpt lon='11.0' lat='47.{i}'><ele>70{i}</ele>\
             <time>2026-04-26T08:30:0{i}+02:00</time><sat>{i}</sat></trkpt>"
        )
    });
    let bare = points(&|i| format!("<trkpt lat=\"47\" lon=\"11.{i}\"/>\n<!-- {i} -->\n"));
    let route = points(&|i| {
        format!("<rtept lat=\"47\" lon=\"11.{i}\"><name>{i}</name><ele>1</ele></rtept>")
    });
    [garmin, strava, bare, route].map(|points| {
        let (open, close) = if points.contains("<rtept") {
            ("<rte>", "</rte>")
        } else {
            ("<trk><name>x</name><trkseg>", "</trkseg></trk>")
        };
        format!(
            "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\">{open}{points}{close}</gpx>"
        )
    })
}

/// TCX, and GPX as nobody indents it: no point of that is like another.
fn others() -> [String; 2] {
    let points = |point: &dyn Fn(i32) -> String| (0..9).map(point).collect::<String>();
    let tcx = points(&|i| {
        format!(
            "<Trackpoint>\n <Time>2026-04-26T08:30:0{i}Z</Time><Position>\
             <LatitudeDegrees>47.{i}</LatitudeDegrees><LongitudeDegrees>11.5</LongitudeDegrees>\
             </Position><AltitudeMeters>70{i}</AltitudeMeters>\
             <HeartRateBpm xsi:type=\"HeartRateInBeatsPerMinute_t\"><Value>99</Value>\
             </HeartRateBpm><Extensions><ns3:TPX><ns3:RunCadence>82</ns3:RunCadence>\
             </ns3:TPX></Extensions></Trackpoint>"
        )
    });
    let odd = points(&|i| {
        let blanks = ["\n", "\t", "  ", "\r\n", " "]
            .iter()
            .cycle()
            .skip(i.unsigned_abs() as usize);
        let [a, b, c, d] = [0, 1, 2, 3].map(|at| *blanks.clone().nth(at).unwrap());
        format!(
            "<a:trkpt{a}lon = '11.{i}'{b}lat='47'{c}><ele {d}>1</ele{a}><!--{i}-->\
             <time>2026-04-26T08:30:0{i}Z<x{b}/></time></a:trkpt>"
        )
    });
    [
        format!(
            "<?xml version=\"1.0\"?>\n<TrainingCenterDatabase><Activities>\
             <Activity Sport=\"Running\"><Id>2026-04-26T08:30:00Z</Id>\
             <Lap StartTime=\"2026-04-26T08:30:00Z\"><TotalTimeSeconds>8</TotalTimeSeconds>\
             <Track>{tcx}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
        ),
        format!("<gpx><trk><trkseg>{odd}</trkseg></trk></gpx>"),
    ]
}

/// What damage, other makers and jokers put where it was not.
const PIECES: &[&str] = &[
    "<!-- c -->",
    "<![CDATA[5]]>",
    "<?pi x?>",
    "&amp;",
    "&#51;",
    "&",
    "<",
    ">",
    "/>",
    "\"",
    "'",
    " ",
    "\n",
    "\t",
    "\u{c}",
    "\0",
    "é",
    "]]>",
    "<x/>",
    "<ele>5</ele>",
    "</ele>",
    "<ele/>",
    "<time>2026-04-26T09:00:00</time>",
    "</trkpt>",
    "<trkpt lat=\"1\" lon=\"2\">",
    "<trkpt lat=\"1\" lon=\"2\"/>",
    "</trkseg><trkseg>",
    "</trkseg></trk><trk><trkseg>",
    "<trkseg>",
    "<rte><rtept lat=\"3\" lon=\"4\"/></rte>",
    "-9999",
    "NaN",
    "1e9",
    "0",
    "0,5",
    "lat=\"7\" ",
    " lon=\"7\"",
    "xmlns:q=\"u\" ",
    "<hr>5</hr>",
    "<q:hr>5</q:hr>",
    "<!DOCTYPE gpx>",
];

#[derive(Debug, Clone)]
enum Change {
    Insert(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    Flip(usize, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), 0..PIECES.len())
            .prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<usize>(), 1..400_usize)
            .prop_map(|(at, length)| Change::Repeat(at, length)),
        (any::<usize>(), 1..=255_u8).prop_map(|(at, mask)| Change::Flip(at, mask)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for change in changes {
        let length = bytes.len().max(1);
        match *change {
            Change::Insert(at, piece) => {
                let at = (at % length).min(bytes.len());
                bytes.splice(at..at, PIECES[piece].bytes());
            }
            Change::Remove(at, count) => {
                let at = at % length;
                bytes.drain(at.min(bytes.len())..(at + count).min(bytes.len()));
            }
            Change::Repeat(at, count) => {
                let at = (at % length).min(bytes.len());
                let again = bytes[at..(at + count).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
            Change::Flip(at, mask) => {
                if let Some(byte) = bytes.get_mut(at % length) {
                    *byte ^= mask;
                }
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn reads_damaged_files_alike(
        style in 0..6_usize,
        changes in prop::collection::vec(change(), 0..6),
    ) {
        let style = styles().into_iter().chain(others()).nth(style).unwrap();
        same(&changed(&style, &changes));
    }
}

#[test]
fn reads_every_style_by_template() {
    for style in styles() {
        let shortcut = same(style.as_bytes());
        // a comment between points is read element by element, and so is a place with a name
        let by_element = style.contains("<!--") || style.contains("<rtept");
        let expected = if by_element { 0 } else { 8 };
        assert_eq!(shortcut.taken, expected, "{style}");
        assert_eq!(shortcut.taken + shortcut.declined, 9);
    }
}

#[test]
fn reads_every_point_of_other_files() {
    for (file, taken) in others().into_iter().zip([8, 0]) {
        assert_eq!(same(file.as_bytes()).taken, taken, "{file}");
        let points = read::bytes(file.as_bytes()).unwrap().activities[0].len();
        assert_eq!(points, 9, "{file}");
    }
}

#[test]
fn takes_points_with_the_same_comment_in_each() {
    let commented = styles()[0].replace("</ele>", "</ele><!-- height -->");
    assert_eq!(same(commented.as_bytes()).taken, 8);
    let split = styles()[0].replace(".25</ele>", "<!-- point -->.25</ele>");
    assert_eq!(same(split.as_bytes()).taken, 0);
}

#[test]
fn meets_limits_at_the_same_point() {
    for style in styles().into_iter().chain(others()) {
        for points in 7..=10 {
            let mut limits = Limits::default();
            limits.points = points;
            same_within(style.as_bytes(), limits);
        }
        for token_bytes in 10..400 {
            let mut limits = Limits::default();
            limits.xml_token_bytes = token_bytes;
            same_within(style.as_bytes(), limits);
        }
    }
}

#[test]
fn reads_one_point_more_by_element_where_a_sensor_drops_out() {
    let with = "<trkpt lat='47' lon='11'><ele>1</ele><hr>5</hr></trkpt>";
    let without = "<trkpt lat='47' lon='11'><ele>1</ele></trkpt>";
    let points = [with, with, without, with, without, without, with].concat();
    let gpx = format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>");
    let shortcut = same(gpx.as_bytes());
    assert_eq!((shortcut.taken, shortcut.declined), (5, 2));
}
