//! GPX 1.0 and 1.1 to one activity: tracks, or routes where there are none.

use std::borrow::Cow;

use crate::activity::{Activity, Nature, Sample};
use crate::error::{Error, Kind};
use crate::sport::{self, Labelled};

use super::Reading;
use super::content::resolved;
use super::line::Line;
use super::notice::NoticeKind;
use super::number::{HIGHEST_M, number, with_point};
use super::point::{Fault, Faults, Position, Sensor, position};
use super::stencil::{Piece, Slot, Stencils, Value};
use super::time::{Calendar, Moment, Zone, parse};
use super::xml::{Document, Step};

/// Where in the file we are: what the innermost elements mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Gpx,
    Metadata,
    FileName,
    Track,
    TrackName,
    TrackType,
    Segment,
    Route,
    RouteName,
    Point,
    Height,
    Time,
    Speed,
    Extensions,
    Sensor(Sensor),
    Waypoint,
    Other,
}

/// What an element means inside another. Names are local: prefixes and namespaces do not
/// matter. Whatever is not a sensor inside `extensions` is more extensions, whatever its name.
fn meaning(parent: Node, name: &str) -> Node {
    match (parent, name) {
        (Node::Segment | Node::Track, "trkpt") | (Node::Route, "rtept") => Node::Point,
        (Node::Point, "ele") => Node::Height,
        (Node::Point, "time") => Node::Time,
        (Node::Point, "speed") => Node::Speed,
        (Node::Point, "extensions") => Node::Extensions,
        (Node::Extensions | Node::Sensor(_), name) => {
            Sensor::named(name).map_or(Node::Extensions, Node::Sensor)
        }
        (Node::Track, "trkseg") => Node::Segment,
        (Node::Track, "name") => Node::TrackName,
        (Node::Track | Node::Route, "type") => Node::TrackType,
        (Node::Route, "name") => Node::RouteName,
        (Node::Gpx, "trk") => Node::Track,
        (Node::Gpx, "rte") => Node::Route,
        (Node::Gpx, "wpt") => Node::Waypoint,
        (Node::Gpx, "metadata") => Node::Metadata,
        (Node::Gpx | Node::Metadata, "name") => Node::FileName,
        _ => Node::Other,
    }
}

/// One point while its elements are read.
#[derive(Debug, Default)]
struct Point {
    sample: Sample,
    moment: Option<Moment>,
    states_time: bool,
    usable: bool,
    wrapped: bool,
}

impl Point {
    fn at(&mut self, position: Position) {
        self.usable = true;
        self.wrapped = position.wrapped;
        self.sample.latitude_deg = position.latitude_deg;
        self.sample.longitude_deg = position.longitude_deg;
    }

    /// `false` where it is no height.
    fn height(&mut self, text: &[u8]) -> bool {
        let height = number(text);
        self.sample.elevation_m = height.unwrap_or(self.sample.elevation_m);
        height.is_some()
    }

    /// What it says of its zone; `None` where it is no time.
    fn time(&mut self, text: &[u8], calendar: &mut Calendar) -> Option<Zone> {
        self.states_time = true;
        self.moment = parse(text, calendar);
        self.moment.map(|moment| moment.zone)
    }

    /// Becomes the point of these values; `false` where anything needs to be said of it.
    fn fill(&mut self, filled: &[Piece<'_>], calendar: &mut Calendar) -> bool {
        *self = Point::default();
        let (mut latitude, mut longitude) = (None, None);
        for Piece { slot, value: text, .. } in filled {
            let fine = match slot {
                Slot::Latitude => {
                    latitude = latitude.or(Some(*text));
                    true
                }
                Slot::Longitude => {
                    longitude = longitude.or(Some(*text));
                    true
                }
                Slot::Ignored => true,
                Slot::Height => self.height(text),
                Slot::Time => {
                    matches!(self.time(text, calendar), Some(Zone::Utc | Zone::Offset(_)))
                }
                Slot::Sensor(sensor) => sensor.take(text, &mut self.sample),
            };
            if !fine {
                return false;
            }
        }
        position(latitude, longitude).map(|position| self.at(position)).is_ok()
    }
}

/// The bytes of the point being read from which a stencil may be cut.
#[derive(Debug, Default)]
struct Mould<'a> {
    /// Where it begins in the document.
    offset: usize,
    values: Vec<Value<'a>>,
    /// Events of the library before it.
    library_events: u64,
    /// Something had to be said of it, or it is not plain enough to serve.
    spoilt: bool,
}

/// A file while it is read.
struct Gpx<'d, 'a> {
    document: &'d mut Document<'a>,
    tracks: Line,
    routes: Line,
    faults: Faults,
    point: Point,
    mould: Mould<'a>,
    stencils: Stencils<'a>,
    calendar: Calendar,
    in_route: bool,
    segment_points: u64,
    waypoints: u64,
    name: Option<String>,
    file_name: Option<String>,
    sport: Labelled,
}

/// Reads a document whose root, `gpx`, has just been opened.
pub(crate) fn read(mut document: Document<'_>) -> Result<Reading, Error> {
    let device = look_at_root(&mut document);
    let mut gpx = Gpx {
        document: &mut document,
        tracks: Line::default(),
        routes: Line::default(),
        faults: Faults::default(),
        point: Point::default(),
        mould: Mould::default(),
        stencils: Stencils::default(),
        calendar: Calendar::default(),
        in_route: false,
        segment_points: 0,
        waypoints: 0,
        name: None,
        file_name: None,
        sport: Labelled::Unknown,
    };
    gpx.walk()?;
    let mut activity = gpx.activity()?;
    activity.header.device = device;
    Ok(Reading {
        activities: vec![activity],
        shortcut: document.shortcut,
        notices: document.finish().into_vec(),
    })
}

/// Notes an unusual version or namespace; gives the creator.
fn look_at_root(document: &mut Document<'_>) -> Option<String> {
    let version = document.attribute("version").map(Cow::into_owned);
    if let Some(version) = version.filter(|v| !matches!(v.trim(), "1.0" | "1.1")) {
        let version: String = version.chars().take(40).collect();
        document.note(NoticeKind::Unusual, || format!("GPX version {version:?}"));
    }
    let known = |space: &str| space.contains("topografix.com/GPX/1");
    let spaces = |(key, _): &&(&str, &str)| key.starts_with("xmlns");
    let default = document.attribute("xmlns");
    let strange = match default {
        Some(space) => !known(&space),
        // prefixes for extensions may stand without one for GPX itself
        None => false,
    };
    if strange
        && !document.attributes().iter().filter(spaces).any(|(_, space)| known(space))
    {
        document.note(NoticeKind::Unusual, || "the namespace is not GPX's".to_owned());
    }
    let creator = document.attribute("creator")?;
    let creator: String = creator.trim().chars().take(200).collect();
    (!creator.is_empty()).then_some(creator)
}

impl Gpx<'_, '_> {
    fn walk(&mut self) -> Result<(), Error> {
        let mut nodes = vec![Node::Gpx];
        // the element that closes has no elements in it
        let mut leaf = false;
        loop {
            match self.document.next()? {
                Step::Open => {
                    let parent = nodes.last().copied().unwrap_or(Node::Other);
                    let node = meaning(parent, self.document.local());
                    self.enter(node)?;
                    nodes.push(node);
                    leaf = true;
                }
                Step::Close => {
                    let node = nodes.pop().unwrap_or(Node::Other);
                    self.mark(node, leaf);
                    self.leave(node);
                    self.document.after_close();
                    leaf = false;
                    if node == Node::Point {
                        self.take_alike()?;
                    }
                }
                Step::End => return Ok(()),
            }
        }
    }

    /// Remembers where a value stands that a stencil leaves open.
    fn mark(&mut self, node: Node, leaf: bool) {
        let slot = match node {
            Node::Point => return,
            Node::Height => Slot::Height,
            Node::Time => Slot::Time,
            Node::Speed => Slot::Sensor(Sensor::Speed),
            Node::Sensor(sensor) => Slot::Sensor(sensor),
            _ => Slot::Ignored,
        };
        match self.document.piece() {
            Some(text) if leaf => self.mould.values.push((slot, text)),
            // elements in it, or comments between: only what is not asked for may have them
            _ => self.mould.spoilt |= slot != Slot::Ignored,
        }
    }

    /// Takes the points that follow the one just read as long as they are written like one
    /// before them and nothing needs to be said of them.
    fn take_alike(&mut self) -> Result<(), Error> {
        let within = (self.in_route, self.document.depth());
        self.document.shortcut.declined += 1;
        if let Some(points) = self.document.points_to_come(self.mould.offset) {
            self.line().expect(points);
        }
        if !self.document.takes_shortcuts() {
            return Ok(());
        }
        // what the library was asked for is nothing that a stencil covers
        let plain = self.document.shortcut.library_events == self.mould.library_events;
        if plain && !self.mould.spoilt {
            let element = self.document.since(self.mould.offset);
            self.stencils.cut(element, &self.mould.values, within);
        }
        while self.document.has_room() {
            let rest = self.document.rest();
            let text = rest.trim_ascii_start();
            let blanks = rest.len() - text.len();
            let Some((length, filled)) = self.stencils.lay(text, within) else { break };
            if !self.point.fill(filled, &mut self.calendar)
                || !self.document.skip(blanks + length)
            {
                break;
            }
            self.document.count_point()?;
            self.segment_points += 1;
            self.document.shortcut.taken += 1;
            self.end_point();
        }
        Ok(())
    }

    fn line(&mut self) -> &mut Line {
        self.line_and_point().0
    }

    fn line_and_point(&mut self) -> (&mut Line, &Point) {
        let line = if self.in_route { &mut self.routes } else { &mut self.tracks };
        (line, &self.point)
    }

    fn enter(&mut self, node: Node) -> Result<(), Error> {
        match node {
            Node::Point => self.begin_point()?,
            Node::Segment => {
                self.tracks.segment();
                self.segment_points = 0;
            }
            Node::Track | Node::Route => {
                self.in_route = node == Node::Route;
                self.line().part();
            }
            Node::Waypoint => self.waypoints += 1,
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, node: Node) {
        match node {
            Node::Point => self.end_point(),
            Node::Height => self.height(),
            Node::Time => self.time(),
            Node::Speed => self.sensor(Sensor::Speed),
            Node::Sensor(sensor) => self.sensor(sensor),
            Node::Segment if self.segment_points == 0 => {
                self.document.note(NoticeKind::Structure, || {
                    "a segment without points".to_owned()
                });
            }
            Node::TrackName | Node::RouteName => {
                let name = self.document.name();
                self.name = self.name.take().or(name);
            }
            Node::FileName => {
                let name = self.document.name();
                self.file_name = self.file_name.take().or(name);
            }
            Node::TrackType if self.sport == Labelled::Unknown => {
                self.sport = sport::from_label(self.document.value());
            }
            _ => {}
        }
    }

    fn begin_point(&mut self) -> Result<(), Error> {
        self.document.count_point()?;
        self.segment_points += 1;
        self.point = Point::default();
        self.mould.offset = self.document.offset();
        self.mould.library_events = self.document.shortcut.library_events;
        self.mould.values.clear();
        let (mut latitude, mut longitude) = (None, None);
        for (name, value) in self.document.attributes() {
            let (place, slot) = match *name {
                "lat" => (&mut latitude, Slot::Latitude),
                "lon" => (&mut longitude, Slot::Longitude),
                _ => continue,
            };
            *place = Some(*value);
            self.mould.values.push((slot, value));
        }
        // a number holds no reference: what is none may hold some
        let place = position(latitude.map(str::as_bytes), longitude.map(str::as_bytes))
            .or_else(|_| resolved_position(latitude, longitude));
        self.mould.spoilt = place.is_err();
        match place {
            Ok(place) => self.point.at(place),
            Err(fault) => {
                self.faults.count(fault);
                self.document.note(NoticeKind::BadPosition, || fault.words().to_owned());
            }
        }
        Ok(())
    }

    fn end_point(&mut self) {
        let (line, point) = self.line_and_point();
        if point.usable {
            if !point.states_time {
                line.untimed();
            }
            line.push(&point.sample, point.moment, point.wrapped);
        }
    }

    fn height(&mut self) {
        let text = self.document.value().as_bytes();
        if self.point.height(text) {
            return;
        }
        self.mould.spoilt = true;
        match with_point(text, HIGHEST_M) {
            Some(text) if self.point.height(&text) => self.document.note_comma(),
            _ => self.document.note_value(NoticeKind::BadElevation, "height"),
        }
    }

    fn time(&mut self) {
        match self.point.time(self.document.value().as_bytes(), &mut self.calendar) {
            Some(Zone::Utc | Zone::Offset(_)) => return,
            Some(Zone::Unstated) => self.document.note(NoticeKind::NoZone, || {
                "time without a zone, read as UTC".to_owned()
            }),
            None => self.document.note_value(NoticeKind::BadTime, "time"),
        }
        self.mould.spoilt = true;
    }

    fn sensor(&mut self, sensor: Sensor) {
        let text = self.document.value().as_bytes();
        if sensor.take(text, &mut self.point.sample) {
            return;
        }
        self.mould.spoilt = true;
        match with_point(text, f64::INFINITY) {
            Some(text) if sensor.take(&text, &mut self.point.sample) => {
                self.document.note_comma();
            }
            _ => self.document.note_value(NoticeKind::BadValue, "sensor value"),
        }
    }

    /// The tracks, else the routes, else what is wrong.
    fn activity(self) -> Result<Activity, Error> {
        let is_route = self.tracks.is_empty();
        let line = if is_route { self.routes } else { self.tracks };
        if line.is_empty() {
            return Err(nothing(self.document, self.faults, self.waypoints));
        }
        let planned = is_route || !line.is_timed();
        let mut activity = line.finish(self.document);
        activity.header.nature = if planned { Nature::Course } else { Nature::Recording };
        activity.header.name = self.name.or(self.file_name);
        activity.header.sport = self.sport;
        Ok(activity)
    }
}

/// The position of two texts whose references are resolved.
#[cold]
fn resolved_position(
    latitude: Option<&str>,
    longitude: Option<&str>,
) -> Result<Position, Fault> {
    let (latitude, longitude) = (latitude.map(resolved), longitude.map(resolved));
    position(
        latitude.as_deref().map(str::as_bytes),
        longitude.as_deref().map(str::as_bytes),
    )
}

/// Why there is no point: damage before the first, positions, or nothing there.
fn nothing(document: &Document<'_>, faults: Faults, waypoints: u64) -> Error {
    if faults.any() {
        return faults.error();
    }
    if let Some(error) = document.broken() {
        return error;
    }
    if waypoints > 0 {
        let waypoints = format!("only waypoints ({waypoints}), no track and no route");
        return Error::new(Kind::NoPoints, waypoints)
            .hint("export the track, not the places");
    }
    Error::new(Kind::NoPoints, "no track points")
        .hint("the recording or the export is empty")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Break;
    use crate::sport::{Bike, Sport};

    fn reading(text: &str) -> Result<Reading, Error> {
        super::super::bytes(text.as_bytes())
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
    fn everything_a_point_may_hold() {
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
    fn segments_and_tracks_are_breaks_of_one_activity() {
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
    fn a_track_in_the_time_of_another_is_left_out() {
        let tracks: String =
            [walk(0, 5), walk(5, 5), walk(3, 4), walk(20, 2), walk(15, 3)]
                .iter()
                .map(|t| ["<trk><trkseg>", t, "</trkseg></trk>"].concat())
                .collect();
        let (activity, notices) = good(&format!("<gpx>{tracks}</gpx>"));
        assert_eq!(activity.len(), 15);
        assert_eq!(notices, [(NoticeKind::Structure, 1)]);
        let starts: Vec<usize> = activity.breaks().iter().map(|b| b.0).collect();
        assert_eq!(starts, [5, 10, 12]);
    }

    #[test]
    fn a_decimal_comma_is_read_and_said() {
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
    fn segments_of_one_point_are_joined_and_empty_ones_counted() {
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
    fn courses_are_routes_and_tracks_without_time() {
        let route = "<gpx><rte><name>R</name><rtept lat='47' lon='11'><ele>1</ele></rtept>\
                     <rtept lat='47.1' lon='11'/></rte></gpx>";
        let (activity, _) = good(route);
        assert_eq!((activity.len(), activity.header.nature), (2, Nature::Course));
        assert_eq!(activity.header.name.as_deref(), Some("R"));
        let (activity, _) = good(&track(&point("47", "11", "")));
        assert_eq!(activity.header.nature, Nature::Course);
        let both = route.replace(
            "</gpx>",
            &format!("<trk><trkseg>{}</trkseg></trk></gpx>", walk(0, 3)),
        );
        assert_eq!(good(&both).0.len(), 3);
    }

    #[test]
    fn bad_positions_are_dropped_and_counted() {
        let bad = [
            ("NaN", "1"),
            ("1", "inf"),
            ("91", "1"),
            ("1", "-181"),
            ("", ""),
            ("0", "0"),
        ];
        let points: String = bad.iter().map(|(lat, lon)| point(lat, lon, "")).collect();
        let (activity, notices) =
            good(&track(&format!("{points}<trkpt lat='1'/>{}", walk(0, 2))));
        assert_eq!(activity.len(), 2);
        assert_eq!(notices, [(NoticeKind::BadPosition, 7)]);
        assert_eq!(activity.time_s(), [0.0, 1.0]);
    }

    #[test]
    fn longitudes_that_all_lie_beyond_are_brought_back() {
        let points = [point("47", "371", ""), point("47", "190", "")].concat();
        let (activity, notices) = good(&track(&points));
        assert_eq!(activity.longitude_deg(), [11.0, -170.0]);
        assert_eq!(notices, [(NoticeKind::Unusual, 2)]);
    }

    #[test]
    fn hopeless_positions_hint_at_the_reason() {
        let hint =
            |lat, lon| reading(&track(&point(lat, lon, "").repeat(3))).unwrap_err();
        assert!(hint("-122.4", "37.7").message().contains("swapped"));
        assert!(hint("47,5", "11,5").message().contains("decimal comma"));
        assert_eq!(hint("NaN", "1").kind(), Kind::NoPoints);
        let waypoints = reading("<gpx><wpt lat='1' lon='1'/></gpx>").unwrap_err();
        assert!(waypoints.message().contains("only waypoints (1)"));
        assert_eq!(reading("<gpx/>").unwrap_err().kind(), Kind::NoPoints);
        assert_eq!(reading(&track("")).unwrap_err().kind(), Kind::NoPoints);
    }

    #[test]
    fn bad_values_are_missing() {
        let inside =
            "<ele> </ele><time>yesterday</time><extensions><hr>x</hr></extensions>";
        let (activity, notices) =
            good(&track(&(point("47", "11", inside) + &walk(0, 2))));
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
    fn what_is_cut_off_keeps_its_whole_points() {
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
    fn limits_hold() {
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
}
