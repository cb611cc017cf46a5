//! TCX to activities: one for each `Activity`, and courses.

use crate::activity::{Activity, Lap, Nature, Sample};
use crate::error::{Error, Kind};
use crate::sport::{self, Labelled};

use super::Reading;
use super::dates::{self, is_far};
use super::line::{Line, REPEATED, is_repeated};
use super::notice::NoticeKind;
use super::number::{HIGHEST_M, number, with_point};
use super::point::{Faults, Sensor, position};
use super::time::{Calendar, Moment, Zone, parse};
use super::xml::{Document, Step};

/// A new `Track` within a lap is a pause where this much time passed before it.
const PAUSE_NS: i64 = 2_000_000_000;

/// No TCX is older: 2004-01-01, s since 1970. Source: the first schema of Garmin's Training
/// Center, v1, is of 2004.
const OLDEST_UNIX_S: f64 = 1_072_915_200.0;

/// Where in the file we are: what the innermost elements mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Database,
    /// Any element that only holds activities or courses.
    Folder,
    Activity,
    Id,
    Course,
    CourseName,
    Notes,
    Creator,
    CreatorName,
    Lap,
    LapSeconds,
    LapMetres,
    Track,
    Point,
    Time,
    Position,
    Latitude,
    Longitude,
    Height,
    /// Holds the `Value` of the heart rate.
    HeartRate,
    Extensions,
    Sensor(Sensor),
    Other,
}

/// What an element means inside another, by local names.
fn meaning(parent: Node, name: &str) -> Node {
    match (parent, name) {
        (Node::Track, "Trackpoint") => Node::Point,
        (Node::Point, "Time") => Node::Time,
        (Node::Point, "Position") => Node::Position,
        (Node::Position, "LatitudeDegrees") => Node::Latitude,
        (Node::Position, "LongitudeDegrees") => Node::Longitude,
        (Node::Point, "AltitudeMeters") => Node::Height,
        (Node::Point, "DistanceMeters") => Node::Sensor(Sensor::Distance),
        (Node::Point, "HeartRateBpm") => Node::HeartRate,
        (Node::HeartRate, "Value") => Node::Sensor(Sensor::HeartRate),
        (Node::Point, "Cadence") => Node::Sensor(Sensor::Cadence),
        (Node::Point, "Extensions") => Node::Extensions,
        (Node::Extensions | Node::Sensor(_), name) => {
            Sensor::named(name).map_or(Node::Extensions, Node::Sensor)
        }
        (Node::Lap | Node::Course | Node::Activity, "Track") => Node::Track,
        (Node::Activity, "Id") => Node::Id,
        (Node::Activity | Node::Course, "Lap") => Node::Lap,
        (Node::Lap, "TotalTimeSeconds") => Node::LapSeconds,
        (Node::Lap, "DistanceMeters") => Node::LapMetres,
        (Node::Activity | Node::Course, "Creator") => Node::Creator,
        (Node::Creator, "Name") => Node::CreatorName,
        (Node::Course, "Name") => Node::CourseName,
        (Node::Activity, "Notes") => Node::Notes,
        (Node::Folder, "Activity") => Node::Activity,
        (Node::Folder, "Course") => Node::Course,
        (Node::Database, "Activities" | "Courses")
        | (Node::Folder, "MultiSportSession" | "FirstSport" | "NextSport") => {
            Node::Folder
        }
        _ => Node::Other,
    }
}

/// One point while its elements are read.
#[derive(Debug, Default)]
struct Point {
    /// Where it begins in the document.
    offset: usize,
    sample: Sample,
    moment: Option<Moment>,
    has_position: bool,
    latitude: String,
    longitude: String,
}

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
    line: Line,
    faults: Faults,
    sport: Option<Labelled>,
    name: Option<String>,
    device: Option<String>,
    /// When it began, as its `Id` says.
    id: Option<Moment>,
    laps: Vec<OpenLap>,
    metres: Option<f64>,
    /// A `Track` has begun and has no point yet; the first one of a lap is no pause.
    track_begins: bool,
    lap_begins: bool,
    last_point: Option<Moment>,
}

/// A file while it is read.
struct Tcx<'d, 'a> {
    document: &'d mut Document<'a>,
    draft: Draft,
    point: Point,
    calendar: Calendar,
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
        document: &mut document,
        draft: Draft::default(),
        point: Point::default(),
        calendar: Calendar::default(),
        activities: Vec::new(),
        faults: Faults::default(),
    };
    tcx.walk(root)?;
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
    Ok(Reading {
        activities,
        shortcut: document.shortcut,
        notices: document.finish().into_vec(),
    })
}

impl Tcx<'_, '_> {
    fn walk(&mut self, root: Node) -> Result<(), Error> {
        let mut nodes = vec![root];
        loop {
            match self.document.next()? {
                Step::Open => {
                    let parent = nodes.last().copied().unwrap_or(Node::Other);
                    let node = meaning(parent, self.document.local());
                    self.enter(node)?;
                    nodes.push(node);
                }
                Step::Close => {
                    let node = nodes.pop().unwrap_or(Node::Other);
                    self.leave(node);
                    self.document.after_close();
                }
                Step::End => {
                    // cut off inside: what was read of the innermost activity is used
                    let course = nodes.contains(&Node::Course);
                    self.end_activity(course);
                    return Ok(());
                }
            }
        }
    }

    fn enter(&mut self, node: Node) -> Result<(), Error> {
        match node {
            Node::Point => {
                self.document.count_point()?;
                self.point.offset = self.document.offset();
                self.point.sample = Sample::default();
                self.point.moment = None;
                self.point.has_position = false;
                self.point.latitude.clear();
                self.point.longitude.clear();
            }
            Node::Position => self.point.has_position = true,
            Node::Track => self.draft.track_begins = true,
            Node::Lap => {
                self.draft.lap_begins = true;
                let start = self.document.attribute("StartTime");
                let start =
                    start.and_then(|text| parse(text.as_bytes(), &mut self.calendar));
                self.draft.laps.push(OpenLap { start, ..OpenLap::default() });
            }
            Node::Activity | Node::Course => {
                let sport =
                    self.document.attribute("Sport").map(|s| sport::from_label(&s));
                self.draft = Draft { sport, ..Draft::default() };
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, node: Node) {
        match node {
            Node::Point => self.end_point(),
            Node::Time => self.time(),
            Node::Latitude => self.point.latitude.push_str(self.document.value()),
            Node::Longitude => self.point.longitude.push_str(self.document.value()),
            Node::Height => self.height(),
            Node::Sensor(sensor) => self.sensor(sensor),
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
                let text = self.document.value().as_bytes();
                self.draft.id = parse(text, &mut self.calendar);
            }
            Node::Notes => self.draft.name = title(self.document.value()),
            Node::CourseName => self.draft.name = self.document.name(),
            Node::CreatorName => self.draft.device = self.document.name(),
            Node::Activity | Node::Course => self.end_activity(node == Node::Course),
            _ => {}
        }
    }

    fn height(&mut self) {
        let text = self.document.value().as_bytes();
        if let Some(height_m) = number(text) {
            self.point.sample.elevation_m = height_m;
            return;
        }
        match with_point(text, HIGHEST_M).and_then(|text| number(&text)) {
            Some(height_m) => {
                self.point.sample.elevation_m = height_m;
                self.document.note_comma();
            }
            None => self.document.note_value(NoticeKind::BadElevation, "height"),
        }
    }

    fn sensor(&mut self, sensor: Sensor) {
        let text = self.document.value().as_bytes();
        if sensor.take(text, &mut self.point.sample) {
            return;
        }
        match with_point(text, f64::INFINITY) {
            Some(text) if sensor.take(&text, &mut self.point.sample) => {
                self.document.note_comma();
            }
            _ => self.document.note_value(NoticeKind::BadValue, "sensor value"),
        }
    }

    /// A total of a lap.
    fn total(&mut self) -> Option<f64> {
        let text = self.document.value().as_bytes();
        let value = number(text).or_else(|| number(&with_point(text, f64::INFINITY)?));
        value.filter(|value| *value >= 0.0)
    }

    fn time(&mut self) {
        let text = self.document.value().as_bytes();
        self.point.moment = parse(text, &mut self.calendar);
        match self.point.moment.map(|m| m.zone) {
            None => self.document.note_value(NoticeKind::BadTime, "time"),
            Some(Zone::Unstated) => self.document.note(NoticeKind::NoZone, || {
                "time without a zone, read as UTC".to_owned()
            }),
            Some(Zone::Utc | Zone::Offset(_)) => {}
        }
    }

    fn end_point(&mut self) {
        let mut wrapped = false;
        let mut sample = self.point.sample;
        if self.point.has_position {
            let (latitude, longitude) = (&self.point.latitude, &self.point.longitude);
            match position(Some(latitude.as_bytes()), Some(longitude.as_bytes())) {
                Ok(position) => {
                    wrapped = position.wrapped;
                    sample.latitude_deg = position.latitude_deg;
                    sample.longitude_deg = position.longitude_deg;
                }
                Err(fault) => {
                    self.draft.faults.count(fault);
                    self.document
                        .note(NoticeKind::BadPosition, || fault.words().to_owned());
                    // without a distance there is nothing that says where it was
                    if sample.distance_m.is_nan() {
                        return;
                    }
                }
            }
        }
        // a point of nothing but a time is how some devices mark a pause
        if is_blank(&sample) {
            return;
        }
        let moment = self.point.moment;
        if let Some(points) = self.document.points_to_come(self.point.offset) {
            self.draft.line.expect(points);
        }
        self.begin_stretch(moment);
        self.draft.line.push(&sample, moment, wrapped);
        if moment.is_some() {
            self.draft.last_point = moment;
            if let Some(lap) = self.draft.laps.last_mut() {
                lap.last_point = moment;
            }
        }
    }

    /// The first point of a `Track`: was there a pause before it?
    fn begin_stretch(&mut self, moment: Option<Moment>) {
        let draft = &mut self.draft;
        if !std::mem::take(&mut draft.track_begins) {
            return;
        }
        let same_lap = !std::mem::take(&mut draft.lap_begins);
        let gap =
            |(last, now): (Moment, Moment)| now.unix_ns.saturating_sub(last.unix_ns);
        let paused = same_lap && draft.last_point.zip(moment).map(gap) >= Some(PAUSE_NS);
        draft.line.stretch(paused);
    }

    fn end_activity(&mut self, course: bool) {
        let mut draft = std::mem::take(&mut self.draft);
        if draft.line.is_empty() {
            if draft.faults.any() {
                self.faults = draft.faults;
            }
            return;
        }
        let timer_s = draft.laps.iter().fold(None, |sum, lap| add(sum, lap.seconds));
        let mut laps = Vec::new();
        for lap in &draft.laps {
            let Some(start_s) = lap.start.and_then(|m| draft.line.seconds(m)) else {
                continue;
            };
            let last_s = lap.last_point.and_then(|m| draft.line.seconds(m));
            let end_s =
                last_s.unwrap_or(start_s + lap.seconds.unwrap_or(0.0)).max(start_s);
            laps.push(Lap { start_s, end_s });
        }
        let (mut activity, zero_s) =
            draft.line.finish(self.document).whole(self.document);
        let laps = within(laps, zero_s, &activity);
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
            self.document.note_apart(NoticeKind::BadTime, 1, words);
        }
        if is_repeated(&activity, &self.activities) {
            self.document.note_apart(NoticeKind::Structure, 1, REPEATED);
            return;
        }
        self.activities.push(activity);
    }
}

/// Laps by the clock of their activity, whose second 0 is this one of theirs. What was marked
/// before the clock was set begins with the activity, or lies outside of it.
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

/// The first line of notes: what sites write there is the activity's name.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Break;
    use crate::sport::{Bike, Sport};

    fn reading(inside: &str) -> Result<Reading, Error> {
        let text = format!("<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>");
        super::super::bytes(text.as_bytes())
    }

    fn point(second: u32, inside: &str) -> String {
        format!(
            "<Trackpoint><Time>2026-04-26T08:00:{second:02}Z</Time>{inside}</Trackpoint>"
        )
    }

    const POSITION: &str = "<Position><LatitudeDegrees>47</LatitudeDegrees>\
        <LongitudeDegrees>11</LongitudeDegrees></Position>";

    fn track(seconds: std::ops::Range<u32>) -> String {
        let points: String = seconds.map(|s| point(s, POSITION)).collect();
        format!("<Track>{points}</Track>")
    }

    #[test]
    fn the_outermost_element_may_be_missing() {
        let inside = format!(
            "<Activities><Activity Sport=\"Running\"><Lap>{}</Lap></Activity></Activities>",
            track(0..3)
        );
        let bare = super::super::bytes(inside.as_bytes()).unwrap();
        let whole = reading(&inside).unwrap();
        assert_eq!(bare.activities[0].header, whole.activities[0].header);
        assert_eq!(bare.activities[0].latitude_deg(), [47.0; 3]);
    }

    #[test]
    fn everything_a_point_may_hold() {
        let inside = format!(
            "{POSITION}<AltitudeMeters>700.5</AltitudeMeters><DistanceMeters>12.5</DistanceMeters>\
             <HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><n:TPX><n:Speed>2.5</n:Speed>\
             <n:RunCadence>84</n:RunCadence><n:Watts>250</n:Watts></n:TPX></Extensions>"
        );
        let lap = format!(
            "<Lap StartTime='2026-04-26T08:00:00Z'><TotalTimeSeconds>60.5</TotalTimeSeconds>\
             <DistanceMeters>100</DistanceMeters><Track>{}{}</Track></Lap>",
            point(0, &inside),
            point(5, POSITION),
        );
        let reading = reading(&format!(
            "<Activities><Activity Sport='Running'><Id>x</Id>{lap}\
             <Creator><Name>Watch</Name></Creator></Activity></Activities>"
        ))
        .unwrap();
        assert_eq!(reading.notices, []);
        let activity = &reading.activities[0];
        assert_eq!(activity.time_s(), [0.0, 5.0]);
        assert_eq!(activity.elevation_m()[0].to_bits(), 700.5_f64.to_bits());
        assert_eq!(activity.distance_m()[0].to_bits(), 12.5_f64.to_bits());
        assert_eq!(activity.heart_rate_bpm()[0].to_bits(), 140.0_f32.to_bits());
        assert_eq!(activity.speed_m_per_s()[0].to_bits(), 2.5_f32.to_bits());
        assert_eq!(activity.cadence_per_min()[0].to_bits(), 84.0_f32.to_bits());
        assert_eq!(activity.power_w()[0].to_bits(), 250.0_f32.to_bits());
        let header = &activity.header;
        assert_eq!(header.sport, Labelled::Modelled(Sport::Run, Bike::Road));
        assert_eq!(header.device.as_deref(), Some("Watch"));
        assert_eq!(header.laps, [Lap { start_s: 0.0, end_s: 5.0 }]);
        assert_eq!(
            (header.reported.distance_m, header.reported.timer_s),
            (Some(100.0), Some(60.5))
        );
    }

    #[test]
    fn a_new_track_in_a_lap_is_a_pause_if_time_passed() {
        let lap = format!(
            "<Lap>{}{}{}</Lap><Lap>{}</Lap>",
            track(0..3),
            track(3..5),
            track(20..23),
            track(30..33)
        );
        let reading =
            reading(&format!("<Activities><Activity>{lap}</Activity></Activities>"))
                .unwrap();
        assert_eq!(reading.activities[0].breaks(), [(5, Break::Pause)]);
    }

    #[test]
    fn several_sports_and_courses() {
        let activity = |sport: &str| {
            format!("<Activity Sport='{sport}'><Lap>{}</Lap></Activity>", track(0..2))
        };
        let text = format!(
            "<Activities><MultiSportSession><FirstSport>{}</FirstSport><NextSport><Transition/>{}\
             </NextSport></MultiSportSession></Activities>\
             <Courses><Course><Name>Loop</Name>{}</Course></Courses>",
            activity("Running"),
            activity("Biking"),
            track(0..2)
        );
        let activities = reading(&text).unwrap().activities;
        assert_eq!(activities.len(), 3);
        assert_eq!(
            activities[1].header.sport,
            Labelled::Modelled(Sport::Ride, Bike::Road)
        );
        assert_eq!(activities[2].header.nature, Nature::Course);
        assert_eq!(activities[2].header.name.as_deref(), Some("Loop"));
    }

    /// An activity of a position each second, whose points are changed.
    fn minutes(start: &str, change: impl Fn(u32, String) -> String) -> Reading {
        let points: String = (0..600_u32)
            .map(|i| {
                let time = format!("2026-04-26T08:{:02}:{:02}Z", i / 60, i % 60);
                let north = 47.0 + f64::from(i) * 3.0 / 111_195.0;
                let position = POSITION.replace("47", &format!("{north:.6}"));
                let text =
                    format!("<Trackpoint><Time>{time}</Time>{position}</Trackpoint>");
                change(i, text)
            })
            .collect();
        reading(&format!(
            "<Activities><Activity Sport='Running'><Id>2026-04-26T08:00:00Z</Id>\
             <Lap StartTime='{start}'><Track>{points}</Track></Lap></Activity></Activities>"
        ))
        .unwrap()
    }

    #[test]
    fn points_before_the_clock_was_set_date_nothing() {
        let stale = "1989-12-31T00:00:00Z";
        for (few, start) in [(1, "2026-04-26T08:00:00Z"), (30, stale)] {
            let reading = minutes(start, |i, text| {
                let (time, rest) = text.split_once("</Time>").unwrap();
                if i < few {
                    format!("<Trackpoint><Time>{stale}</Time>{rest}")
                } else {
                    format!("{time}</Time>{rest}")
                }
            });
            let activity = &reading.activities[0];
            let header = &activity.header;
            assert_eq!(header.start.unwrap().to_string(), "2026-04-26T08:00:00Z");
            assert_eq!(activity.time_s()[..2], [0.0, 1.0]);
            assert_eq!(header.laps, [Lap { start_s: 0.0, end_s: 599.0 }]);
            let [notice] = &reading.notices[..] else { panic!("{:?}", reading.notices) };
            assert_eq!(
                (notice.kind, notice.count),
                (NoticeKind::BadTime, u64::from(few))
            );
        }
    }

    #[test]
    fn a_date_that_its_id_denies_is_doubted() {
        let early = minutes("2026-04-26T08:00:00Z", |_, text| {
            // 1024 weeks before
            text.replace("2026-04-26", "2006-09-10")
        });
        let [notice] = &early.notices[..] else { panic!("{:?}", early.notices) };
        assert!(notice.detail.ends_with("then it was 2026-04-26"), "{notice}");
    }

    #[test]
    fn an_activity_stored_twice_counts_once() {
        let activity =
            format!("<Activity Sport='Running'><Lap>{}</Lap></Activity>", track(0..5));
        let other = activity.replace("Running", "Biking");
        let text = format!("<Activities>{}{other}</Activities>", activity.repeat(3));
        let reading = reading(&text).unwrap();
        assert_eq!(reading.activities.len(), 2);
        let [notice] = &reading.notices[..] else { panic!("{:?}", reading.notices) };
        assert_eq!((notice.kind, notice.count), (NoticeKind::Structure, 2));
    }

    #[test]
    fn decimal_commas_are_read() {
        let inside = "<AltitudeMeters>700,5</AltitudeMeters><DistanceMeters>12,25</DistanceMeters>";
        let points = [point(0, inside), point(1, inside)].concat();
        let reading = reading(&format!(
            "<Activities><Activity><Lap><TotalTimeSeconds>60,5</TotalTimeSeconds>\
             <Track>{points}</Track></Lap></Activity></Activities>"
        ))
        .unwrap();
        let activity = &reading.activities[0];
        assert_eq!(activity.elevation_m(), [700.5; 2]);
        assert_eq!(activity.distance_m(), [12.25; 2]);
        assert_eq!(activity.header.reported.timer_s, Some(60.5));
        assert_eq!(reading.notices[0].count, 4);
    }

    #[test]
    fn without_positions_the_distance_is_kept() {
        let metres = |m: u32| format!("<DistanceMeters>{m}</DistanceMeters>");
        let bad = POSITION.replace("47", "147") + &metres(9);
        let points =
            [point(0, &metres(0)), point(1, &metres(3)), point(2, ""), point(3, &bad)]
                .concat();
        let reading =
            reading(&format!("<Activities><Activity><Lap><Track>{points}</Track></Lap></Activity></Activities>"))
                .unwrap();
        let activity = &reading.activities[0];
        assert_eq!(activity.distance_m(), [0.0, 3.0, 9.0]);
        assert!(activity.latitude_deg().iter().all(|d| d.is_nan()));
        assert_eq!(reading.notices.len(), 1);
    }

    #[test]
    fn nothing_and_broken_off() {
        assert_eq!(reading("<Activities/>").unwrap_err().kind(), Kind::NoPoints);
        let text = format!(
            "<TrainingCenterDatabase><Activities><Activity><Lap>{}",
            track(0..5).replace("</Track>", "<Trackpoint>")
        );
        let reading = super::super::bytes(text.as_bytes()).unwrap();
        assert_eq!(reading.activities[0].len(), 5);
        assert_eq!(reading.notices[0].kind, NoticeKind::Truncated);
    }
}
