//! A GPX document in a plain walk with `quick-xml`: every event, no shortcut, one point after the
//! other.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{EMPTY, Point, column};

/// Bytes of a text that are kept.
const TEXT_BYTES: usize = 200;

/// Names of sensors in extensions, in small letters, by column.
const SENSORS: [(&str, usize); 10] = [
    ("hr", column::HEART_RATE),
    ("heartrate", column::HEART_RATE),
    ("heart_rate", column::HEART_RATE),
    ("cad", column::CADENCE),
    ("cadence", column::CADENCE),
    ("runcadence", column::CADENCE),
    ("power", column::POWER),
    ("watts", column::POWER),
    ("powerinwatts", column::POWER),
    ("distance", column::DISTANCE),
];

/// Points of tracks, points of routes, and why they end early.
#[derive(Default)]
pub(super) struct Plain {
    pub(super) tracks: Vec<Point>,
    pub(super) routes: Vec<Point>,
    pub(super) stopped: Option<String>,
}

fn reader(text: &str) -> Reader<&[u8]> {
    let begin = text.find('<').unwrap_or(text.len());
    let mut reader = Reader::from_str(text.get(begin..).unwrap_or_default());
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}

/// Returns the local name of the first element.
pub(super) fn root(text: &str) -> Option<&'static str> {
    const ROOTS: [&str; 3] = ["gpx", "TrainingCenterDatabase", "Activities"];
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = local(&tag);
                return ROOTS.into_iter().find(|root| *root == name);
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Attributes of one element that reference crates are given, and namespaces of a document: some
/// take the square of their number in time.
const MOST_ATTRIBUTES: usize = 256;

/// Returns why a document is not given to reference crates: what takes them without end.
pub(super) fn too_much(text: &str, most_depth: usize) -> Option<&'static str> {
    let mut reader = reader(text);
    let (mut depth, mut namespaces) = (0_usize, 0_usize);
    loop {
        let tag = match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > most_depth {
                    return Some("elements are nested too deeply");
                }
                tag
            }
            Ok(Event::Empty(tag)) => tag,
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(Event::DocType(doctype)) if doctype.contains("<!ENTITY") => {
                return Some("it declares entities");
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => continue,
        };
        let mut attributes = 0;
        for attribute in tag.attributes().with_checks(false).flatten() {
            attributes += 1;
            namespaces += usize::from(attribute.key.as_ref().starts_with("xmlns"));
            if attributes.max(namespaces) > MOST_ATTRIBUTES {
                return Some("it has too many attributes or namespaces");
            }
        }
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// Returns the points of a GPX document.
pub(super) fn points(text: &str) -> Plain {
    let mut reader = reader(text);
    let mut plain = Plain::default();
    let mut path: Vec<String> = Vec::new();
    let mut point: Option<(Point, usize)> = None;
    let mut said = String::new();
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(why) => {
                plain.stopped = Some(why.to_string());
                return plain;
            }
        };
        let (tag, empty) = match event {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(_) => {
                let name = path.pop().unwrap_or_default();
                end(&name, &said, path.len(), &mut point, &mut plain);
                said.clear();
                continue;
            }
            Event::Text(content) => {
                if said.len() < TEXT_BYTES {
                    said.extend(content.chars().take(TEXT_BYTES));
                }
                continue;
            }
            Event::Eof => return plain,
            _ => continue,
        };
        said.clear();
        let name = local(&tag);
        if matches!(name.as_str(), "trkpt" | "rtept") && point.is_none() {
            point = Some((begun(&tag), path.len()));
        }
        path.push(name);
        if empty {
            let name = path.pop().unwrap_or_default();
            end(&name, "", path.len(), &mut point, &mut plain);
        }
    }
}

/// Returns a point with its position.
fn begun(tag: &BytesStart<'_>) -> Point {
    let mut row = EMPTY;
    for attribute in tag.attributes().with_checks(false).flatten() {
        let number = position(&attribute.value);
        match attribute.key.as_ref() {
            "lat" => row[column::LATITUDE] = number,
            "lon" => row[column::LONGITUDE] = number,
            _ => {}
        }
    }
    Point::new(row)
}

/// An element ends: a value of the point, or the point itself.
fn end(
    name: &str,
    text: &str,
    depth: usize,
    point: &mut Option<(Point, usize)>,
    plain: &mut Plain,
) {
    let Some((here, begun)) = point else { return };
    if depth == *begun {
        if let Some((point, _)) = point.take() {
            if name == "trkpt" {
                plain.tracks.push(point);
            } else {
                plain.routes.push(point);
            }
        }
        return;
    }
    match name {
        "ele" if depth == *begun + 1 => here.row[column::HEIGHT] = number(text),
        "time" if depth == *begun + 1 => here.row[column::TIME] = instant(text),
        name => {
            let name = name.to_lowercase();
            let sensor = SENSORS.iter().find(|(known, _)| *known == name);
            if let Some((_, column)) = sensor
                && let Some(value) = here.row.get_mut(*column)
            {
                // a zero beside another value is a field that nobody filled
                let unfilled = *value == 0.0 && *column != super::column::DISTANCE;
                if value.is_nan() || unfilled && !number(text).is_nan() {
                    *value = number(text);
                }
            }
        }
    }
}

/// Bytes of a longer number are none to our reader.
const NUMBER_BYTES: usize = 128;

/// Returns a coordinate, which has no comma.
fn position(text: &str) -> f64 {
    if text.len() > NUMBER_BYTES || text.contains(',') { f64::NAN } else { number(text) }
}

/// Returns a number, as Rust reads it; with a comma in the place of the point, too.
pub(super) fn number(text: &str) -> f64 {
    let text = text.trim();
    let with_point = || text.replacen(',', ".", 1).parse();
    text.parse().or_else(|_| with_point()).unwrap_or(f64::NAN)
}

/// Returns the seconds since 1970 of a time as XML Schema has it; UTC where it names no zone.
pub(super) fn instant(text: &str) -> f64 {
    let text = text.trim();
    let with_zone = text.parse::<jiff::Timestamp>().ok();
    let instant = with_zone.or_else(|| {
        let local = text.parse::<jiff::civil::DateTime>().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(local).ok()
    });
    #[expect(clippy::cast_precision_loss, reason = "a microsecond is what is compared")]
    instant.map_or(f64::NAN, |instant| instant.as_nanosecond() as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_through_points_and_their_extensions() {
        let plain = points(
            "<gpx><trk><trkseg><trkpt lat='47.5' lon='11'><ele> 700 </ele>\
             <time>2026-04-26T10:30:00+02:00</time><extensions><a:hr>90</a:hr><x><hr>1</hr></x>\
             </extensions></trkpt><trkpt lat='1' lon='2'/></trkseg></trk>\
             <rte><rtept lat='3' lon='4'/></rte></gpx>",
        );
        assert_eq!((plain.tracks.len(), plain.routes.len()), (2, 1));
        let row = plain.tracks[0].row;
        assert_eq!(row[..5], [1_777_192_200.0, 47.5, 11.0, 700.0, 90.0]);
        assert!(row[column::CADENCE].is_nan() && plain.stopped.is_none());
        assert_eq!(root("<?xml version='1.0'?><a:gpx/>"), Some("gpx"));
        assert_eq!(too_much("<a><b><c/></b><b/></a>", 2), None);
        assert!(too_much("<a><b><c/></b><b/></a>", 1).is_some());
        let many: Vec<_> = (0..300).map(|i| format!("<b xmlns:n{i}='u'/>")).collect();
        assert!(too_much(&many.concat(), 2).is_some());
    }
}
