//! GPX text to one activity: its tracks, or its routes where there is no track.

use crate::activity::{Activity, Nature, Sample};
use crate::error::{Error, Kind};
use crate::read::Reading;
use crate::read::clock::Clock;
use crate::read::limits::Limits;
use crate::read::notice::{NoticeKind, Notices};
use crate::read::xml::{self, Handler, Tag, number};
use crate::sport;

/// Reads a GPX document of any version, with any prefix or none.
pub(crate) fn read(
    text: &str,
    limits: &Limits,
    mut notices: Notices,
) -> Result<Reading, Error> {
    let mut gpx = Gpx::new(limits);
    xml::walk(text, limits, &mut notices, &mut gpx)?;
    gpx.finish(notices)
}

/// What an open element is, as far as we care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Root,
    Metadata,
    Track,
    Segment,
    Route,
    Point,
    Waypoint,
    Extension,
    Leaf,
    Other,
}

struct Gpx<'l> {
    limits: &'l Limits,
    path: Vec<Element>,
    track: Activity,
    route: Activity,
    name: Option<String>,
    sample: Sample,
    usable: bool,
    clock: Clock,
    track_clock_end_s: f64,
    skipping: bool,
    skipped_points: u64,
    track_begins: bool,
    waypoints: usize,
    beyond_the_pole: u64,
    commas: u64,
    dropped: u64,
    longest_segment: usize,
    segment_points: usize,
}

impl Gpx<'_> {
    fn new(limits: &Limits) -> Gpx<'_> {
        Gpx {
            limits,
            path: Vec::new(),
            track: Activity::default(),
            route: Activity::default(),
            name: None,
            sample: Sample::default(),
            usable: false,
            clock: Clock::default(),
            track_clock_end_s: f64::NEG_INFINITY,
            skipping: false,
            skipped_points: 0,
            track_begins: false,
            waypoints: 0,
            beyond_the_pole: 0,
            commas: 0,
            dropped: 0,
            longest_segment: 0,
            segment_points: 0,
        }
    }

    fn element(&self, name: &str) -> Element {
        use Element::{
            Extension, Leaf, Metadata, Other, Point, Root, Route, Segment, Track,
            Waypoint,
        };
        let Some(parent) = self.path.last() else {
            return Root;
        };
        match (parent, name) {
            (Root, "trk") => Track,
            (Root, "rte") => Route,
            (Root, "wpt") => Waypoint,
            (Root, "metadata") => Metadata,
            (Track, "trkseg") => Segment,
            (Track | Segment, "trkpt") | (Route, "rtept") => Point,
            (Point, "extensions") | (Extension, _) => Extension,
            (Root | Metadata | Track | Route, "name")
            | (Track | Route, "type")
            | (Point, _) => Leaf,
            _ => Other,
        }
    }

    /// Takes latitude and longitude of a point; whether both can be.
    fn locate(&mut self, tag: &Tag<'_>, notices: &mut Notices) -> Result<(), Error> {
        self.sample = Sample::default();
        let (mut latitude, mut longitude) = (f64::NAN, f64::NAN);
        let mut comma = false;
        tag.attributes(|name, value| {
            let field = match name {
                "lat" => &mut latitude,
                "lon" => &mut longitude,
                _ => return,
            };
            comma |= value.contains(',');
            *field = number(value).unwrap_or(f64::NAN);
        })?;
        self.commas += u64::from(comma);
        self.beyond_the_pole += u64::from(
            latitude.abs() > 90.0 && latitude.abs() <= 180.0 && longitude.abs() <= 90.0,
        );
        let nowhere = latitude == 0.0 && longitude == 0.0;
        self.usable = latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && !nowhere;
        if self.usable {
            self.sample.latitude_deg = latitude;
            self.sample.longitude_deg = longitude;
        } else {
            self.dropped += 1;
            notices.note(NoticeKind::BadPosition, || {
                "a point without a usable position, dropped".to_owned()
            });
        }
        Ok(())
    }

    /// A value directly below a point, or anywhere below its extensions.
    fn value(&mut self, name: &str, text: &str, extension: bool, notices: &mut Notices) {
        let field = match (name, extension) {
            ("time", false) => {
                let header = &mut self.track.header;
                self.sample.time_s = self.clock.seconds(text, header, notices);
                return;
            }
            ("ele", false) => {
                let value = number(text);
                if value.is_none() {
                    notices.note(NoticeKind::BadElevation, || {
                        "a height that cannot be read, taken as missing".to_owned()
                    });
                }
                self.sample.elevation_m = value.unwrap_or(f64::NAN);
                return;
            }
            ("speed", _) => &mut self.sample.speed_m_per_s,
            ("hr" | "heartrate", true) => &mut self.sample.heart_rate_bpm,
            ("cad" | "cadence" | "RunCadence", true) => &mut self.sample.cadence_per_min,
            ("power" | "watts" | "PowerInWatts", true) => &mut self.sample.power_w,
            ("atemp" | "temp", true) => &mut self.sample.temperature_c,
            ("distance", true) => &mut self.sample.distance_m,
            _ => return,
        };
        match number(text) {
            Some(value) => *field = value,
            None if text.is_empty() => {}
            None => {
                notices.note(NoticeKind::BadValue, || {
                    format!("a {name} that cannot be read")
                });
            }
        }
    }

    fn finish_point(&mut self, notices: &mut Notices) -> Result<(), Error> {
        if !self.usable {
            return Ok(());
        }
        if self.points() >= self.limits.points {
            return Err(Error::new(
                Kind::TooLarge,
                format!("more than {} points", self.limits.points),
            )
            .hint("split the recording"));
        }
        if self.path.contains(&Element::Route) {
            self.route.push(self.sample);
            return Ok(());
        }
        if self.track_begins && self.sample.time_s.is_finite() {
            self.track_begins = false;
            self.skipping = self.sample.time_s >= 0.0
                && self.sample.time_s < self.track_clock_end_s
                && !self.track.is_empty();
            if self.skipping {
                notices.note(NoticeKind::Structure, || {
                    "a track that overlaps the one before in time, left out".to_owned()
                });
            }
        }
        if self.skipping {
            self.skipped_points += 1;
            return Ok(());
        }
        if self.sample.time_s.is_finite() {
            self.track_clock_end_s = self.track_clock_end_s.max(self.sample.time_s);
        }
        self.segment_points += 1;
        self.longest_segment = self.longest_segment.max(self.segment_points);
        self.track.push(self.sample);
        Ok(())
    }

    fn finish(mut self, mut notices: Notices) -> Result<Reading, Error> {
        let track = !self.track.is_empty();
        if !track && self.route.is_empty() {
            return Err(self.nothing());
        }
        let mut activity = if track { self.track } else { self.route };
        if track
            && self.longest_segment == 1
            && activity.breaks().len() + 1 == activity.len()
        {
            activity = activity.without_breaks();
            notices.note(NoticeKind::Structure, || {
                "every point in a segment of its own, joined".to_owned()
            });
        }
        let untimed = activity.time_s().iter().all(|t| t.is_nan());
        if !track || untimed {
            activity.header.nature = Nature::Course;
        }
        if activity.header.name.is_none() {
            activity.header.name = self.name.take();
        }
        Ok(Reading { activities: vec![activity], notices: notices.into_vec() })
    }

    fn nothing(&self) -> Error {
        if self.dropped > 0 && self.commas == self.dropped {
            return Error::new(
                Kind::Damaged,
                "coordinates with decimal commas, which is no GPX",
            )
            .hint("export it again with decimal points");
        }
        if self.dropped > 0 && self.beyond_the_pole * 2 > self.dropped {
            return Error::new(
                Kind::Damaged,
                "latitudes beyond the poles in every point",
            )
            .hint("are latitude and longitude swapped? export it again");
        }
        if self.dropped > 0 {
            return Error::new(
                Kind::NoPoints,
                format!("none of {} points has a usable position", self.dropped),
            )
            .hint("export it again from the watch's own site");
        }
        let cause = if self.waypoints > 0 {
            format!("{} waypoints, but no track or route", self.waypoints)
        } else {
            "no track or route inside".to_owned()
        };
        Error::new(Kind::NoPoints, cause)
            .hint("export the activity itself, as a GPX track")
    }

    fn kept_name(&self, text: &str) -> Option<String> {
        let name: String = text.chars().take(self.limits.name_chars).collect();
        (!name.is_empty()).then_some(name)
    }
}

impl Handler for Gpx<'_> {
    fn open(
        &mut self,
        name: &str,
        tag: &Tag<'_>,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        let element = self.element(name);
        match element {
            Element::Root => {
                let mut creator = None;
                tag.attributes(|attribute, value| match attribute {
                    "creator" => creator = Some(value.to_owned()),
                    "version" if !matches!(value, "1.0" | "1.1") => {
                        notices.note(NoticeKind::Unusual, || {
                            format!("GPX version \"{value}\"")
                        });
                    }
                    _ => {}
                })?;
                self.track.header.device = creator.and_then(|c| self.kept_name(&c));
                self.route.header.device.clone_from(&self.track.header.device);
            }
            Element::Track => {
                self.track.segment();
                (self.track_begins, self.skipping) = (true, false);
                self.segment_points = 0;
            }
            Element::Segment => {
                self.track.segment();
                self.segment_points = 0;
            }
            Element::Route => self.route.segment(),
            Element::Waypoint => self.waypoints += 1,
            Element::Point => self.locate(tag, notices)?,
            Element::Metadata | Element::Extension | Element::Leaf | Element::Other => {}
        }
        self.path.push(element);
        Ok(())
    }

    fn close(
        &mut self,
        name: &str,
        text: &str,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        let element = self.path.pop();
        let parent = self.path.last();
        match (element, parent) {
            (Some(Element::Point), _) => self.finish_point(notices)?,
            (Some(Element::Leaf), Some(Element::Point)) => {
                self.value(name, text, false, notices);
            }
            (Some(Element::Extension), _) => self.value(name, text, true, notices),
            (Some(Element::Leaf), Some(Element::Track | Element::Route)) => {
                let header = if parent == Some(&Element::Track) {
                    &mut self.track.header
                } else {
                    &mut self.route.header
                };
                if name == "type" {
                    if header.sport == sport::Labelled::Unknown {
                        header.sport = sport::from_label(text);
                    }
                } else if header.name.is_none() && !text.is_empty() {
                    header.name =
                        Some(text.chars().take(self.limits.name_chars).collect());
                }
            }
            (Some(Element::Leaf), _) => {
                self.name = self.name.take().or(self.kept_name(text));
            }
            _ => {}
        }
        Ok(())
    }

    fn points(&self) -> usize {
        self.track.len() + self.route.len()
    }
}
