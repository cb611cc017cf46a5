//! TCX text to activities: one each `Activity` or course.

use crate::activity::{Activity, Lap, Nature, Sample};
use crate::error::{Error, Kind};
use crate::read::Reading;
use crate::read::clock::Clock;
use crate::read::limits::Limits;
use crate::read::notice::{NoticeKind, Notices};
use crate::read::xml::{self, Handler, Tag, number};
use crate::sport;

/// Reads a TCX document.
pub(crate) fn read(
    text: &str,
    limits: &Limits,
    mut notices: Notices,
) -> Result<Reading, Error> {
    let mut tcx = Tcx::new(limits);
    xml::walk(text, limits, &mut notices, &mut tcx)?;
    tcx.finish_activity();
    if tcx.done.is_empty() {
        return Err(Error::new(Kind::NoPoints, "no track point inside")
            .hint("export the activity itself; a workout or a history has no points"));
    }
    Ok(Reading { activities: tcx.done, notices: notices.into_vec() })
}

struct Tcx<'l> {
    limits: &'l Limits,
    done: Vec<Activity>,
    now: Activity,
    clock: Clock,
    sample: Sample,
    in_point: bool,
    in_creator: bool,
    /// `Value` of a heart rate, not of a lap's average.
    parent: Vec<Parent>,
    lap_start_s: f64,
    lap_seconds: f64,
    points_done: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parent {
    Lap,
    Point,
    HeartRate,
    Creator,
    Activity,
    Course,
    Other,
}

impl Tcx<'_> {
    fn new(limits: &Limits) -> Tcx<'_> {
        Tcx {
            limits,
            done: Vec::new(),
            now: Activity::default(),
            clock: Clock::default(),
            sample: Sample::default(),
            in_point: false,
            in_creator: false,
            parent: Vec::new(),
            lap_start_s: f64::NAN,
            lap_seconds: f64::NAN,
            points_done: 0,
        }
    }

    fn finish_activity(&mut self) {
        let mut activity = std::mem::take(&mut self.now);
        self.clock = Clock::default();
        if activity.is_empty() {
            return;
        }
        let seconds: f64 =
            activity.header.laps.iter().map(|lap| lap.end_s - lap.start_s).sum();
        activity.header.reported.timer_s = (seconds > 0.0).then_some(seconds);
        self.points_done += activity.len();
        self.done.push(activity);
    }

    fn finish_point(&mut self, notices: &mut Notices) -> Result<(), Error> {
        if self.points() >= self.limits.points {
            return Err(Error::new(
                Kind::TooLarge,
                format!("more than {} points", self.limits.points),
            )
            .hint("split the recording"));
        }
        let sample = &mut self.sample;
        let located =
            sample.latitude_deg.abs() <= 90.0 && sample.longitude_deg.abs() <= 180.0;
        let nowhere = sample.latitude_deg == 0.0 && sample.longitude_deg == 0.0;
        if !located || nowhere {
            if sample.latitude_deg.is_finite() || sample.longitude_deg.is_finite() {
                notices.note(NoticeKind::BadPosition, || {
                    "a position that cannot be, taken as missing".to_owned()
                });
            }
            (sample.latitude_deg, sample.longitude_deg) = (f64::NAN, f64::NAN);
        }
        let empty = sample.latitude_deg.is_nan()
            && sample.distance_m.is_nan()
            && sample.elevation_m.is_nan();
        if !empty {
            if self.now.header.nature == Nature::Course {
                // planned times are no measurement
                self.sample.time_s = f64::NAN;
            }
            self.now.push(self.sample);
        }
        Ok(())
    }

    fn point_value(&mut self, name: &str, text: &str, notices: &mut Notices) {
        let field = match name {
            "Time" => {
                self.sample.time_s =
                    self.clock.seconds(text, &mut self.now.header, notices);
                return;
            }
            "LatitudeDegrees" => &mut self.sample.latitude_deg,
            "LongitudeDegrees" => &mut self.sample.longitude_deg,
            "AltitudeMeters" => &mut self.sample.elevation_m,
            "DistanceMeters" => &mut self.sample.distance_m,
            "Cadence" | "RunCadence" => &mut self.sample.cadence_per_min,
            "Watts" => &mut self.sample.power_w,
            "Speed" => &mut self.sample.speed_m_per_s,
            "Value" if self.parent.last() == Some(&Parent::HeartRate) => {
                &mut self.sample.heart_rate_bpm
            }
            _ => return,
        };
        match number(text) {
            Some(value) => *field = value,
            None if name == "AltitudeMeters" => {
                notices.note(NoticeKind::BadElevation, || {
                    "a height that cannot be read, taken as missing".to_owned()
                });
            }
            None if text.is_empty() => {}
            None => {
                notices.note(NoticeKind::BadValue, || {
                    format!("a {name} that cannot be read")
                });
            }
        }
    }
}

impl Handler for Tcx<'_> {
    fn open(
        &mut self,
        name: &str,
        tag: &Tag<'_>,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        let parent = match name {
            "Activity" => {
                self.finish_activity();
                let header = &mut self.now.header;
                tag.attributes(|attribute, value| {
                    if attribute == "Sport" {
                        header.sport = sport::from_label(value);
                    }
                })?;
                Parent::Activity
            }
            "Course" => {
                self.finish_activity();
                self.now.header.nature = Nature::Course;
                Parent::Course
            }
            "Lap" => {
                (self.lap_start_s, self.lap_seconds) = (f64::NAN, f64::NAN);
                let (clock, header) = (&mut self.clock, &mut self.now.header);
                let mut start_s = f64::NAN;
                tag.attributes(|attribute, value| {
                    if attribute == "StartTime" {
                        start_s = clock.seconds(value, header, notices);
                    }
                })?;
                self.lap_start_s = start_s;
                Parent::Lap
            }
            // a track ends where the timer stopped
            "Track" => {
                self.now.pause();
                Parent::Other
            }
            "Trackpoint" => {
                self.sample = Sample::default();
                self.in_point = true;
                Parent::Point
            }
            "HeartRateBpm" => Parent::HeartRate,
            "Creator" => {
                self.in_creator = true;
                Parent::Creator
            }
            _ => Parent::Other,
        };
        self.parent.push(parent);
        Ok(())
    }

    fn close(
        &mut self,
        name: &str,
        text: &str,
        notices: &mut Notices,
    ) -> Result<(), Error> {
        self.parent.pop();
        match (name, self.parent.last()) {
            ("Trackpoint", _) => {
                self.in_point = false;
                self.finish_point(notices)?;
            }
            ("Activity" | "Course", _) => self.finish_activity(),
            ("Creator", _) => self.in_creator = false,
            _ if self.in_point => self.point_value(name, text, notices),
            ("Name", Some(Parent::Creator | Parent::Course))
            | ("Notes", Some(Parent::Activity)) => {
                let words: String = text.chars().take(self.limits.name_chars).collect();
                let words = (!words.is_empty()).then_some(words);
                if self.in_creator {
                    self.now.header.device = words;
                } else {
                    self.now.header.name = words;
                }
            }
            ("TotalTimeSeconds", Some(Parent::Lap)) => {
                self.lap_seconds = number(text).unwrap_or(f64::NAN);
            }
            ("Lap", _) => {
                let end_s = self.lap_start_s + self.lap_seconds;
                if end_s > self.lap_start_s {
                    let lap = Lap { start_s: self.lap_start_s, end_s };
                    self.now.header.laps.push(lap);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn points(&self) -> usize {
        self.points_done + self.now.len()
    }
}
