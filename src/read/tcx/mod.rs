//! TCX to activities: one for each `Activity`, and courses.

mod elements;
#[cfg(test)]
mod tests;

use crate::activity::{Activity, Lap, Nature, Sample};
use crate::error::{Error, Kind};
use crate::sport::{self, Labelled};

use super::Reading;
use super::dates::{self, is_far};
use super::notice::NoticeKind;
use super::number::{number, with_point};
use super::position::{Faults, position};
use super::time::{Moment, parse};
use super::track_builder::{REPEATED, TrackBuilder, is_repeated};
use super::trackpoint::PointReader;
use super::waypoints::{Told, Waypoints};
use super::xml::{Document, Elements, walk};

use elements::{Node, value_kind};

/// A new `Track` within a lap is a pause where this much time passed before it.
const PAUSE_NS: i64 = 2_000_000_000;

/// No TCX is older: 2004-01-01, s since 1970. Source: the first schema of Garmin's Training
/// Center, v1, is of 2004.
const OLDEST_UNIX_S: f64 = 1_072_915_200.0;

/// One lap while it is read.
#[derive(Debug, Default)]
struct OpenLap {
    start: Option<Moment>,
    seconds: Option<f64>,
    last_point: Option<Moment>,
}

/// One activity or course while it is read.
#[derive(Debug, Default)]
struct Draft {
    track: TrackBuilder,
    faults: Faults,
    sport: Option<Labelled>,
    name: Option<String>,
    device: Option<String>,
    /// When it began, as its `Id` says.
    id: Option<Moment>,
    laps: Vec<OpenLap>,
    metres: Option<f64>,
    /// Marks of a course, each with when it is passed.
    marks: Vec<(Told, Option<Moment>)>,
    /// A `Track` has begun and has no point yet; the first one of a lap is no pause.
    track_begins: bool,
    lap_begins: bool,
    last_point: Option<Moment>,
}

/// A file while it is read.
struct Tcx<'d, 'a> {
    points: PointReader<'d, 'a>,
    /// Of the point that is read: whether it states a position, and its texts.
    states_position: bool,
    latitude: String,
    longitude: String,
    /// Of the mark that is read.
    told: Told,
    passed: Option<Moment>,
    draft: Draft,
    activities: Vec<Activity>,
    faults: Faults,
}

/// Reads a document whose root, `TrainingCenterDatabase`, has just been opened.
pub(crate) fn read(document: Document<'_>) -> Result<Reading, Error> {
    read_inside(document, Node::Database)
}

/// Reads a document whose root is the folder `Activities`: some exports lose the outermost
/// element.
pub(crate) fn read_bare(document: Document<'_>) -> Result<Reading, Error> {
    read_inside(document, Node::Folder)
}

fn read_inside(mut document: Document<'_>, root: Node) -> Result<Reading, Error> {
    let mut tcx = Tcx {
        points: PointReader::new(&mut document),
        states_position: false,
        latitude: String::new(),
        longitude: String::new(),
        told: Told::default(),
        passed: None,
        draft: Draft::default(),
        activities: Vec::new(),
        faults: Faults::default(),
    };
    let still_open = walk(&mut tcx, root)?;
    // cut off inside: what was read of the innermost activity is used
    tcx.end_activity(still_open.contains(&Node::Course));
    let (activities, faults) = (tcx.activities, tcx.faults);
    if activities.is_empty() {
        if faults.any() {
            return Err(faults.error());
        }
        return Err(document.broken().unwrap_or_else(|| {
            Error::new(Kind::NoPoints, "no track points")
                .hint("the recording or the export is empty")
        }));
    }
    Ok(document.reading(activities))
}

impl<'a> Elements<'a> for Tcx<'_, 'a> {
    type Node = Node;

    fn document(&mut self) -> &mut Document<'a> {
        self.points.document
    }

    fn meaning(parent: Node, name: &str) -> Node {
        elements::meaning(parent, name)
    }

    fn enter(&mut self, node: Node) -> Result<(), Error> {
        match node {
            Node::Point => {
                self.points.begin()?;
                self.states_position = false;
                self.latitude.clear();
                self.longitude.clear();
            }
            Node::Position => self.states_position = true,
            Node::CoursePoint => {
                self.told = Told::default();
                self.passed = None;
                self.latitude.clear();
                self.longitude.clear();
            }
            Node::Track => self.draft.track_begins = true,
            Node::Lap => {
                self.draft.lap_begins = true;
                let start = self.document().attribute("StartTime");
                let start = start
                    .and_then(|text| parse(text.as_bytes(), &mut self.points.calendar));
                self.draft.laps.push(OpenLap { start, ..OpenLap::default() });
            }
            Node::Activity | Node::Course => {
                let sport =
                    self.document().attribute("Sport").map(|s| sport::from_label(&s));
                self.draft = Draft { sport, ..Draft::default() };
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, node: Node, is_leaf: bool) {
        match node {
            Node::Point => self.end_point(),
            Node::LapSeconds => {
                let seconds = self.total();
                if let Some(lap) = self.draft.laps.last_mut() {
                    lap.seconds = seconds;
                }
            }
            Node::LapMetres => {
                let metres = self.total();
                self.draft.metres = add(self.draft.metres, metres);
            }
            Node::Id => {
                let text = self.points.document.value().as_bytes();
                self.draft.id = parse(text, &mut self.points.calendar);
            }
            Node::Notes => self.draft.name = title(self.document().value()),
            Node::CourseName => self.draft.name = self.document().name(),
            Node::CreatorName => self.draft.device = self.document().name(),
            Node::Activity | Node::Course => self.end_activity(node == Node::Course),
            Node::CoursePoint => self.end_mark(),
            Node::PlaceName => self.told.name = self.document().name(),
            Node::PlaceNotes => self.told.notes = [self.document().first_line(), None],
            Node::PlaceType => self.told.words = [self.document().name(), None],
            Node::PlaceTime => {
                let text = self.points.document.value().as_bytes();
                self.passed = parse(text, &mut self.points.calendar);
            }
            Node::PlaceLatitude => self.latitude.push_str(self.points.document.value()),
            Node::PlaceLongitude => self.longitude.push_str(self.points.document.value()),
            _ => {
                self.end_coordinate(node);
                self.points.end_value(value_kind(node), is_leaf);
            }
        }
    }
}

impl Tcx<'_, '_> {
    /// Returns a total of a lap.
    fn total(&mut self) -> Option<f64> {
        let text = self.document().value().as_bytes();
        let value = number(text).or_else(|| number(&with_point(text, f64::INFINITY)?));
        value.filter(|value| *value >= 0.0)
    }

    /// Adds the text of a latitude or longitude to what was read before it.
    fn end_coordinate(&mut self, node: Node) {
        let coordinate = match node {
            Node::Latitude => &mut self.latitude,
            Node::Longitude => &mut self.longitude,
            _ => return,
        };
        if !coordinate.is_empty() {
            self.points.set_unlike_others();
        }
        coordinate.push_str(self.points.document.value());
    }

    /// Takes a mark of a course; a few more than can be kept, as turns are none.
    fn end_mark(&mut self) {
        const MARKS: usize = 20;
        let most = self.document().most_waypoints().saturating_mul(MARKS);
        let (latitude, longitude) = (self.latitude.as_bytes(), self.longitude.as_bytes());
        let position = position(Some(latitude), Some(longitude));
        let mut told = std::mem::take(&mut self.told);
        told.position = position.ok().map(|at| (at.latitude_deg, at.longitude_deg));
        if self.draft.marks.len() < most {
            self.draft.marks.push((told, self.passed));
        }
    }

    fn end_point(&mut self) {
        let position = self.states_position.then(|| {
            position(Some(self.latitude.as_bytes()), Some(self.longitude.as_bytes()))
        });
        let fault =
            position.and_then(|position| self.points.set_position(position).err());
        if let Some(fault) = fault {
            self.draft.faults.count(fault);
        }
        // without a position and a distance there is nothing that says where it was
        let is_lost = fault.is_some() && self.points.point.sample.distance_m.is_nan();
        // the same elements mean the same in every `Track`
        let context = (false, self.points.document.depth());
        if let Some(points) = self.points.end(context) {
            self.draft.track.expect(points);
        }
        if !is_lost {
            self.push_point();
        }
        while self.points.next_alike(context) {
            self.push_point();
        }
    }

    fn push_point(&mut self) {
        let point = &self.points.point;
        // a point of nothing but a time is how some devices mark a pause
        if is_blank(&point.sample) {
            return;
        }
        let moment = point.moment;
        self.begin_track(moment);
        let point = &self.points.point;
        self.draft.track.push(&point.sample, moment, point.wrapped);
        if moment.is_some() {
            self.draft.last_point = moment;
            if let Some(lap) = self.draft.laps.last_mut() {
                lap.last_point = moment;
            }
        }
    }

    /// The first point of a `Track`: was there a pause before it?
    fn begin_track(&mut self, moment: Option<Moment>) {
        let draft = &mut self.draft;
        if !std::mem::take(&mut draft.track_begins) {
            return;
        }
        let same_lap = !std::mem::take(&mut draft.lap_begins);
        let gap =
            |(last, now): (Moment, Moment)| now.unix_ns.saturating_sub(last.unix_ns);
        let paused = same_lap && draft.last_point.zip(moment).map(gap) >= Some(PAUSE_NS);
        draft.track.part_of_lap(paused);
    }

    /// Gives an activity the places among its marks; the second of their clock that is its second 0.
    fn place(
        &mut self,
        marks: Vec<(Told, Option<f64>)>,
        zero_s: f64,
        activity: &mut Activity,
    ) {
        if marks.is_empty() {
            return;
        }
        let document = &mut *self.points.document;
        let mut waypoints = Waypoints::at_most(document.most_waypoints());
        for (mut told, passed_s) in marks {
            told.distance_m = passed_s.and_then(|s| distance_at(activity, s - zero_s));
            waypoints.take(told);
        }
        let waypoints = waypoints
            .finish(|kind, count, words| document.note_apart(kind, count, words));
        activity.set_waypoints(&waypoints);
    }

    fn end_activity(&mut self, course: bool) {
        let mut draft = std::mem::take(&mut self.draft);
        if draft.track.is_empty() {
            if draft.faults.any() {
                self.faults = draft.faults;
            }
            return;
        }
        let timer_s = draft.laps.iter().fold(None, |sum, lap| add(sum, lap.seconds));
        let mut laps = Vec::new();
        for lap in &draft.laps {
            let Some(start_s) = lap.start.and_then(|m| draft.track.seconds(m)) else {
                continue;
            };
            let last_s = lap.last_point.and_then(|m| draft.track.seconds(m));
            let end_s =
                last_s.unwrap_or(start_s + lap.seconds.unwrap_or(0.0)).max(start_s);
            laps.push(Lap { start_s, end_s });
        }
        let marks: Vec<(Told, Option<f64>)> = draft
            .marks
            .into_iter()
            .map(|(told, passed)| (told, passed.and_then(|m| draft.track.seconds(m))))
            .collect();
        let (mut activity, zero_s) =
            draft.track.finish(self.points.document).whole(self.points.document);
        let laps = within(laps, zero_s, &activity);
        self.place(marks, zero_s, &mut activity);
        let header = &mut activity.header;
        header.nature = if course { Nature::Course } else { Nature::Recording };
        header.sport = draft.sport.unwrap_or(Labelled::Unknown);
        header.name = draft.name;
        header.device = draft.device;
        header.laps = laps;
        header.reported.distance_m = draft.metres;
        header.reported.timer_s = timer_s;
        let start_s = activity.header.start.map(|start| start.as_second() as f64);
        let witness = draft.id.or(draft.laps.first().and_then(|lap| lap.start));
        let doubt = start_s
            .filter(|_| !course)
            .and_then(|s| dates::doubt(s, witness.map(Moment::unix_s), OLDEST_UNIX_S));
        if let Some(words) = doubt {
            self.points.document.note_apart(NoticeKind::BadTime, 1, words);
        }
        if is_repeated(&activity, &self.activities) {
            self.points.document.note_apart(NoticeKind::Structure, 1, REPEATED);
            return;
        }
        self.activities.push(activity);
    }
}

/// Returns the distance that the first point from a time on states.
fn distance_at(activity: &Activity, time_s: f64) -> Option<f64> {
    let at = activity.time_s().partition_point(|time| *time < time_s);
    activity.distance_m().get(at).copied().filter(|metres| metres.is_finite())
}

/// Returns the laps by the clock of their activity, whose second 0 is this one of theirs. What was
/// marked before the clock was set begins with the activity, or lies outside of it.
fn within(laps: Vec<Lap>, zero_s: f64, activity: &Activity) -> Vec<Lap> {
    let last_s = activity.time_s().iter().rfind(|t| t.is_finite()).copied();
    let last_s = last_s.unwrap_or(0.0);
    let settled = |lap: Lap| {
        let (start_s, end_s) = (lap.start_s - zero_s, lap.end_s - zero_s);
        Lap {
            start_s: if is_far(start_s.min(0.0)) { 0.0 } else { start_s },
            end_s: if is_far((end_s - last_s).max(0.0)) { last_s } else { end_s },
        }
    };
    laps.into_iter().map(settled).filter(|lap| lap.end_s >= lap.start_s).collect()
}

/// Returns the first line of notes: what sites write there is the activity's name.
fn title(notes: &str) -> Option<String> {
    const TITLE_CHARS: usize = 200;
    let line = notes.trim().lines().next()?.trim();
    Some(line.chars().take(TITLE_CHARS).collect())
}

/// Whether nothing was measured.
fn is_blank(sample: &Sample) -> bool {
    [
        sample.latitude_deg,
        sample.elevation_m,
        sample.distance_m,
        sample.speed_m_per_s,
        sample.heart_rate_bpm,
        sample.cadence_per_min,
        sample.power_w,
    ]
    .iter()
    .all(|value| value.is_nan())
}

fn add(sum: Option<f64>, more: Option<f64>) -> Option<f64> {
    match (sum, more) {
        (Some(sum), Some(more)) => Some(sum + more),
        (sum, more) => sum.or(more),
    }
}
