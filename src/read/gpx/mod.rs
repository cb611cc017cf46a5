//! GPX 1.0 and 1.1 to activities: tracks, or routes where there are none.

mod courses;
mod elements;
mod outings;
mod root;
#[cfg(test)]
mod tests;
mod track_segment;
mod tracks;

use crate::activity::{Activity, Nature};
use crate::error::{Error, Kind};
use crate::sport::{self, Labelled};

use super::Reading;
use super::dates;
use super::notice::NoticeKind;
use super::position::{Fault, Faults, Position, position};
use super::template::ValueKind;
use super::time::{Moment, parse};
use super::track_builder::TrackBuilder;
use super::trackpoint::PointReader;
use super::waypoints::{Told, Waypoints};
use super::xml::{Document, Elements, resolved, walk};

use elements::{Node, value_kind};

/// Longest text that is kept of what describes a track, characters. Ours: a line or two.
const SHORT_CHARS: usize = 200;

/// A file while it is read.
struct Gpx<'d, 'a> {
    points: PointReader<'d, 'a>,
    tracks: TrackBuilder,
    routes: TrackBuilder,
    faults: Faults,
    in_route: bool,
    segment_points: u64,
    /// Marks, places or not.
    marks: u64,
    /// The mark that is read.
    told: Told,
    waypoints: Waypoints,
    file_name: Option<String>,
    /// What the file says of the sport of all it holds.
    file_sport: Labelled,
    keywords: Option<String>,
    file_description: Option<String>,
    /// When the file says that it was written, s since 1970.
    written_s: Option<f64>,
}

/// Reads a document whose root, `gpx`, has just been opened.
pub(crate) fn read(mut document: Document<'_>) -> Result<Reading, Error> {
    let device = root::creator(&mut document);
    let most = document.most_waypoints();
    let mut gpx = Gpx {
        points: PointReader::new(&mut document),
        tracks: TrackBuilder::default(),
        routes: TrackBuilder::default(),
        faults: Faults::default(),
        in_route: false,
        segment_points: 0,
        marks: 0,
        told: Told::default(),
        waypoints: Waypoints::at_most(most),
        file_name: None,
        file_sport: Labelled::Unknown,
        keywords: None,
        file_description: None,
        written_s: None,
    };
    walk(&mut gpx, Node::Gpx)?;
    let written_s = gpx.written_s;
    let (keywords, description) = (gpx.keywords.take(), gpx.file_description.take());
    let file_sport = std::mem::replace(&mut gpx.file_sport, Labelled::Unknown);
    let waypoints = std::mem::take(&mut gpx.waypoints);
    let mut activities = gpx.activities()?;
    let waypoints =
        waypoints.finish(|kind, count, words| document.note_apart(kind, count, words));
    let is_recent = device.as_deref().is_some_and(root::is_recent_recorder);
    let oldest_s = if is_recent { dates::FIRST_FIT_UNIX_S } else { 0.0 };
    for activity in &mut activities {
        let header = &mut activity.header;
        header.device.clone_from(&device);
        header.keywords.clone_from(&keywords);
        header.description = header.description.take().or_else(|| description.clone());
        header.sport.learn(file_sport.clone());
        activity.set_waypoints(&waypoints);
        let start_s = activity.header.start.map(|start| start.as_second() as f64);
        if let Some(words) = start_s.and_then(|s| dates::doubt(s, written_s, oldest_s)) {
            document.note_apart(NoticeKind::BadTime, 1, words);
        }
    }
    Ok(document.reading(activities))
}

impl<'a> Elements<'a> for Gpx<'_, 'a> {
    type Node = Node;

    fn document(&mut self) -> &mut Document<'a> {
        self.points.document
    }

    fn meaning(parent: Node, name: &str) -> Node {
        elements::meaning(parent, name)
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
                self.builder().part();
            }
            Node::Waypoint => {
                self.marks += 1;
                let position = self.stated_position();
                let place = position.map(|at| (at.latitude_deg, at.longitude_deg));
                self.told = Told { position: place.ok(), ..Told::default() };
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, node: Node, is_leaf: bool) {
        match node {
            Node::Point => self.end_point(),
            Node::Segment if self.segment_points == 0 => {
                self.document().note(NoticeKind::Structure, || {
                    "a segment without points".to_owned()
                });
            }
            Node::TrackName | Node::RouteName => {
                let name = self.document().name();
                let labels = self.builder().labels();
                labels.name = labels.name.take().or(name);
            }
            Node::FileName => {
                let name = self.document().name();
                self.file_name = self.file_name.take().or(name);
            }
            Node::FileTime => {
                let text = self.points.document.value().as_bytes();
                let moment = parse(text, &mut self.points.calendar);
                self.written_s = moment.map(Moment::unix_s).or(self.written_s);
            }
            Node::TrackType => self.sport(),
            Node::TrackDescription => {
                let text = self.short_text();
                let labels = self.builder().labels();
                labels.description = labels.description.take().or(text);
            }
            Node::FileSport => {
                let said = sport::from_label(self.points.document.value());
                self.file_sport.learn(said);
            }
            Node::FileDescription => {
                self.file_description =
                    self.file_description.take().or(self.short_text());
            }
            Node::Keywords => self.keywords = self.keywords.take().or(self.short_text()),
            Node::Waypoint => self.waypoints.take(std::mem::take(&mut self.told)),
            Node::PlaceName
            | Node::PlaceComment
            | Node::PlaceDescription
            | Node::PlaceSymbol
            | Node::PlaceType => self.end_place_word(node, is_leaf),
            _ => self.points.end_value(value_kind(node), is_leaf),
        }
    }
}

impl<'a> Gpx<'_, 'a> {
    fn builder(&mut self) -> &mut TrackBuilder {
        if self.in_route { &mut self.routes } else { &mut self.tracks }
    }

    fn begin_point(&mut self) -> Result<(), Error> {
        self.points.begin()?;
        self.segment_points += 1;
        if self.in_route {
            self.told = Told::default();
        }
        let (latitude, longitude) = self.stated_texts();
        self.points.add_value(ValueKind::Latitude, latitude.unwrap_or_default());
        self.points.add_value(ValueKind::Longitude, longitude.unwrap_or_default());
        let position = self.stated_position();
        if let Err(fault) = self.points.set_position(position) {
            self.faults.count(fault);
        }
        Ok(())
    }

    /// Returns the texts of the latitude and longitude of the element that begins.
    fn stated_texts(&self) -> (Option<&'a str>, Option<&'a str>) {
        let attributes = self.points.document.attributes();
        let raw = |name| attributes.iter().find(|(key, _)| *key == name).map(|(_, v)| *v);
        (raw("lat"), raw("lon"))
    }

    fn stated_position(&self) -> Result<Position, Fault> {
        let (latitude, longitude) = self.stated_texts();
        // a number holds no reference: what is none may hold some
        position(latitude.map(str::as_bytes), longitude.map(str::as_bytes))
            .or_else(|_| resolved_position(latitude, longitude))
    }

    /// Takes a text of a waypoint, or of a point of a route: points of tracks have no names.
    fn end_place_word(&mut self, node: Node, is_leaf: bool) {
        let in_point = self.points.is_inside();
        if in_point {
            self.points.end_value(ValueKind::Ignored, is_leaf);
            if !self.in_route {
                return;
            }
            // its name is read element by element
            self.points.set_unlike_others();
        }
        let text = match node {
            Node::PlaceComment | Node::PlaceDescription => self.document().first_line(),
            _ => self.document().name(),
        };
        let [symbol, kind] = &mut self.told.words;
        let [comment, description] = &mut self.told.notes;
        let slot = match node {
            Node::PlaceName => &mut self.told.name,
            Node::PlaceComment => comment,
            Node::PlaceDescription => description,
            Node::PlaceSymbol => symbol,
            _ => kind,
        };
        *slot = slot.take().or(text);
    }

    /// Takes the point of a route that ends as a place, where it has a name.
    fn end_place_of_route(&mut self) {
        let told = std::mem::take(&mut self.told);
        let sample = &self.points.point.sample;
        if self.points.point.has_position && told.name.is_some() {
            let position = Some((sample.latitude_deg, sample.longitude_deg));
            self.waypoints.take(Told { position, ..told });
        }
    }

    fn end_point(&mut self) {
        if self.in_route {
            self.end_place_of_route();
        }
        let context = (self.in_route, self.points.document.depth());
        self.push_point();
        if let Some(points) = self.points.end(context) {
            self.builder().expect(points);
        }
        while self.points.next_alike(context) {
            self.segment_points += 1;
            self.push_point();
        }
    }

    fn push_point(&mut self) {
        let builder = if self.in_route { &mut self.routes } else { &mut self.tracks };
        let point = &self.points.point;
        if point.has_position {
            if !point.states_time {
                builder.untimed();
            }
            builder.push(&point.sample, point.moment, point.wrapped);
        }
    }

    /// Returns the text of an element; none of a page of prose.
    fn short_text(&self) -> Option<String> {
        let text = self.points.document.value().trim();
        let short = text.chars().nth(SHORT_CHARS).is_none();
        (short && !text.is_empty()).then(|| text.to_owned())
    }

    fn sport(&mut self) {
        let text = self.points.document.value();
        let sport = sport::from_label(text);
        let kind: String =
            text.trim().chars().take(64).flat_map(char::to_lowercase).collect();
        let labels = self.builder().labels();
        let known = labels.sport.as_ref().is_some_and(Labelled::is_known);
        // an empty element says nothing
        if !known && !kind.is_empty() {
            labels.sport.get_or_insert(Labelled::Unknown).learn(sport);
            labels.kind = labels.kind.take().or(Some(kind));
        }
    }

    /// Of the tracks, else of the routes, else what is wrong.
    fn activities(self) -> Result<Vec<Activity>, Error> {
        if self.tracks.is_empty() && self.routes.is_empty() {
            return Err(nothing(self.points.document, self.faults, self.marks));
        }
        let (tracks, routes) = (
            self.tracks.finish(self.points.document),
            self.routes.finish_route(self.points.document),
        );
        let single = match (&tracks.parts[..], &routes.parts[..]) {
            ([_], []) if tracks.activity.breaks().is_empty() => true,
            ([], [_]) => true,
            _ => false,
        };
        if !single {
            return Ok(tracks::activities(
                tracks,
                &routes,
                self.file_name.as_ref(),
                self.points.document,
            ));
        }
        let is_route = tracks.parts.is_empty();
        let mut set = if is_route { routes } else { tracks };
        let planned = is_route || !set.is_timed();
        let labels = set.parts.pop().map(|part| part.labels).unwrap_or_default();
        let (mut activity, _) = set.whole(self.points.document);
        activity.header.nature = if planned { Nature::Course } else { Nature::Recording };
        track_segment::set_labels(&mut activity, labels, self.file_name.as_ref());
        Ok(vec![activity])
    }
}

/// Returns the position of two texts whose references are resolved.
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

/// Returns why there is no point: damage before the first, positions, or nothing there.
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
