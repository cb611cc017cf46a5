//! Tracks while their points are read, and what only the whole of them can decide: longitudes, dates,
//! segments of one point.

use std::ops::Range;

use crate::activity::{Activity, Break, Sample};
use crate::sport::Labelled;

use super::dates::{self, LONG_JUMP_S};
use super::notice::NoticeKind;
use super::time::{Clock, Moment};
use super::xml::Document;

/// Points of one activity or of several tracks, with what only the whole of it can decide.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct TrackBuilder {
    activity: Activity,
    clock: Clock,
    /// Points whose longitude was brought back from beyond 180 degrees.
    wrapped: Vec<usize>,
    /// Points that state no time.
    untimed: u64,
    /// Time of the point before, s.
    last_s: Option<f64>,
    /// Stamps lie far apart within a track.
    far_apart: bool,
    is_route: bool,
    /// Tracks that have points.
    parts: Vec<Track>,
    part_begins: bool,
    /// What is said of the track whose first point is still to come.
    labels: Labels,
    /// Runs of points between two breaks.
    runs: usize,
    run_begins: bool,
    /// A run with more than one point exists.
    has_long_run: bool,
}

/// What a file says of one track.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Labels {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    /// Its sport as written, and what that means.
    pub(crate) kind: Option<String>,
    pub(crate) sport: Option<Labelled>,
}

impl Labels {
    /// Takes what is not said from another.
    #[must_use]
    pub(crate) fn or(self, other: Labels) -> Labels {
        let sport_known = self.sport.is_some();
        Labels {
            name: self.name.or(other.name),
            description: self.description.or(other.description),
            kind: if sport_known { self.kind } else { other.kind },
            sport: self.sport.or(other.sport),
        }
    }
}

/// One track.
#[derive(Debug)]
pub(crate) struct Track {
    /// Its points.
    pub(crate) points: Range<usize>,
    pub(crate) labels: Labels,
}

/// Tracks that were read to their end: times are settled track by track, and still count from the first stamp
/// of the file.
#[derive(Debug)]
pub(crate) struct TrackSet {
    pub(crate) activity: Activity,
    pub(crate) parts: Vec<Track>,
    pub(crate) clock: Clock,
    /// Points that state no time.
    untimed: u64,
}

impl TrackBuilder {
    /// A new track begins.
    pub(crate) fn part(&mut self) {
        self.part_begins = true;
        self.labels = Labels::default();
        self.segment();
    }

    /// A new segment begins.
    pub(crate) fn segment(&mut self) {
        self.activity.segment();
        self.run_begins = true;
    }

    /// A new `Track` of a lap begins, after a pause only if `paused`.
    pub(crate) fn part_of_lap(&mut self, paused: bool) {
        if paused {
            self.activity.pause();
        }
        self.run_begins = true;
    }

    /// Returns what is said of the track being read.
    pub(crate) fn labels(&mut self) -> &mut Labels {
        match self.parts.last_mut() {
            Some(part) if !self.part_begins => &mut part.labels,
            _ => &mut self.labels,
        }
    }

    /// Appends a point; its time is found here.
    pub(crate) fn push(
        &mut self,
        sample: &Sample,
        moment: Option<Moment>,
        wrapped: bool,
    ) {
        if wrapped {
            self.wrapped.push(self.len());
        }
        if self.part_begins || self.parts.is_empty() {
            let labels = std::mem::take(&mut self.labels);
            self.parts.push(Track { points: self.len()..self.len(), labels });
            self.part_begins = false;
            // tracks may well be weeks apart
            self.last_s = None;
        }
        if self.run_begins || self.runs == 0 {
            self.runs += 1;
            self.run_begins = false;
        } else {
            self.has_long_run = true;
        }
        let mut time_s = sample.time_s;
        if let Some(moment) = moment {
            time_s = self.clock.seconds(moment);
            self.far_apart |= dates::is_far(time_s - self.last_s.unwrap_or(time_s));
            self.last_s = Some(time_s);
        }
        self.activity.push_at(time_s, sample);
    }

    /// So many points may follow.
    pub(crate) fn expect(&mut self, points: usize) {
        self.activity.reserve(points);
    }

    /// The next point states no time at all.
    pub(crate) fn untimed(&mut self) {
        self.untimed += 1;
    }

    /// Returns the number of points.
    pub(crate) fn len(&self) -> usize {
        self.activity.len()
    }

    /// Whether there is no point.
    pub(crate) fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }

    /// Returns the seconds of its clock; the clock must have started.
    pub(crate) fn seconds(&mut self, moment: Moment) -> Option<f64> {
        self.clock.start().is_some().then(|| self.clock.seconds(moment))
    }

    /// Ends a route, whose times are when its places were stored: no clock wrote them.
    pub(crate) fn finish_route(mut self, document: &mut Document<'_>) -> TrackSet {
        self.is_route = true;
        self.finish(document)
    }

    /// Decides about longitudes and dates, and joins segments of one point.
    pub(crate) fn finish(mut self, document: &mut Document<'_>) -> TrackSet {
        let points = self.len();
        let firsts: Vec<usize> =
            self.parts.iter().map(|part| part.points.start).collect();
        let ends = firsts.into_iter().skip(1).chain([points]);
        for (part, end) in self.parts.iter_mut().zip(ends) {
            part.points.end = end;
        }
        let dropped = self.beyond_180(document);
        let joined = self.runs > 1 && !self.has_long_run;
        if joined {
            document.note_whole(NoticeKind::Structure, || {
                format!(
                    "each of the {} points is a segment of its own: joined",
                    self.runs
                )
            });
            // steps from track to track were not looked at
            self.far_apart |= self.parts.len() > 1;
            let parts = std::mem::take(&mut self.parts).into_iter();
            let labels = parts.map(|part| part.labels).reduce(Labels::or);
            self.parts =
                vec![Track { points: 0..points, labels: labels.unwrap_or_default() }];
        }
        if joined || !dropped.is_empty() {
            self.activity = rebuilt(&self.activity, &dropped, !joined);
            let left = |at: usize| at - dropped.partition_point(|range| range.start < at);
            for part in &mut self.parts {
                part.points = left(part.points.start)..left(part.points.end);
            }
            self.parts.retain(|part| !part.points.is_empty());
        }
        if self.far_apart && !self.is_route {
            self.settle_dates(document);
        }
        TrackSet {
            activity: self.activity,
            parts: self.parts,
            clock: self.clock,
            untimed: self.untimed,
        }
    }

    /// Points with longitudes that only some count beyond 180 degrees, which is said.
    fn beyond_180(&mut self, document: &mut Document<'_>) -> Vec<Range<usize>> {
        let all = self.wrapped.len() == self.len();
        let (kind, words) = if all {
            (NoticeKind::Unusual, "all longitudes are beyond 180 degrees, 360 subtracted")
        } else {
            (NoticeKind::BadPosition, "longitude beyond 180 degrees, point left out")
        };
        let wrapped = std::mem::take(&mut self.wrapped);
        for _ in &wrapped {
            document.note_whole(kind, || words.to_owned());
        }
        if all {
            return Vec::new();
        }
        wrapped.into_iter().map(|index| index..index + 1).collect()
    }

    #[cold]
    fn settle_dates(&mut self, document: &mut Document<'_>) {
        for part in &self.parts {
            for (count, words) in dates::settle_within(
                &mut self.activity,
                part.points.clone(),
                self.clock.unix_s(),
            ) {
                document.note_apart(NoticeKind::BadTime, count, words);
            }
            let times = self.activity.time_s().get(part.points.clone());
            let mut last_s = f64::NAN;
            for time_s in times.unwrap_or_default().iter().filter(|t| t.is_finite()) {
                let ahead_s = time_s - last_s;
                if ahead_s > LONG_JUMP_S {
                    document.note_whole(NoticeKind::BadTime, || {
                        format!("the clock jumps ahead by {:.0} days", ahead_s / 86_400.0)
                    });
                }
                last_s = *time_s;
            }
        }
    }
}

impl TrackSet {
    /// Whether any point had a time.
    pub(crate) fn is_timed(&self) -> bool {
        self.clock.start().is_some()
    }

    /// Returns all of it as one activity, and the second of the file's clock that is its second 0.
    pub(crate) fn whole(mut self, document: &mut Document<'_>) -> (Activity, f64) {
        if self.is_timed() {
            let words = "points without a time";
            document.note_apart(NoticeKind::BadTime, self.untimed, words);
        }
        let zero_s = begin(&mut self.activity, &self.clock, document);
        (self.activity, zero_s)
    }
}

/// Activities of a file before one with which it is compared: what is stored twice is stored
/// close together. Ours.
const COMPARED: usize = 16;

/// Whether a file holds this activity already.
pub(crate) fn is_repeated(activity: &Activity, before: &[Activity]) -> bool {
    before.iter().rev().take(COMPARED).any(|other| activity.repeats(other))
}

/// The words for one that is.
pub(crate) const REPEATED: &str = "an activity is stored again, not counted twice";

/// Lets an activity begin at its first time: second 0, start and zone; the second of the file's
/// clock that became second 0.
pub(crate) fn begin(
    activity: &mut Activity,
    clock: &Clock,
    document: &mut Document<'_>,
) -> f64 {
    let zero_s = dates::begin_at_first(activity);
    let is_timed = activity.time_s().iter().any(|t| t.is_finite());
    let header = &mut activity.header;
    header.start = if is_timed { clock.after(zero_s) } else { None };
    header.utc_offset_s = clock.utc_offset_s();
    if let Some(start) = header.start.filter(|t| !dates::is_date(t.as_second() as f64)) {
        let day = dates::day(start.as_second() as f64);
        let words = format!("dated {day}, which no recording is: it has no date");
        document.note_apart(NoticeKind::BadTime, 1, words);
        header.start = None;
    }
    zero_s
}

/// Returns the activity without the points of `dropped` (sorted), and without breaks if asked.
fn rebuilt(old: &Activity, dropped: &[Range<usize>], with_breaks: bool) -> Activity {
    let mut new = Activity::default();
    new.header.clone_from(&old.header);
    let mut dropped = dropped.iter().peekable();
    let mut breaks = old.breaks().iter().peekable();
    for index in 0..old.len() {
        while let Some((_, kind)) = breaks.next_if(|(at, _)| *at <= index) {
            match kind {
                Break::Pause if with_breaks => new.pause(),
                Break::Segment if with_breaks => new.segment(),
                Break::Pause | Break::Segment => {}
            }
        }
        while dropped.next_if(|range| range.end <= index).is_some() {}
        if dropped.peek().is_none_or(|range| !range.contains(&index))
            && let Some(sample) = sample(old, index)
        {
            new.push(sample);
        }
    }
    new
}

pub(super) fn sample(activity: &Activity, index: usize) -> Option<Sample> {
    // columns that no activity has which holds none of it
    let rare = |column: &[f32]| column.get(index).map_or(f64::NAN, |v| f64::from(*v));
    Some(Sample {
        time_s: *activity.time_s().get(index)?,
        latitude_deg: *activity.latitude_deg().get(index)?,
        longitude_deg: *activity.longitude_deg().get(index)?,
        elevation_m: *activity.elevation_m().get(index)?,
        distance_m: *activity.distance_m().get(index)?,
        speed_m_per_s: f64::from(*activity.speed_m_per_s().get(index)?),
        heart_rate_bpm: f64::from(*activity.heart_rate_bpm().get(index)?),
        cadence_per_min: f64::from(*activity.cadence_per_min().get(index)?),
        power_w: f64::from(*activity.power_w().get(index)?),
        temperature_c: f64::from(*activity.temperature_c().get(index)?),
        stance_time_s: f64::from(*activity.stance_time_s().get(index)?),
        vertical_oscillation_m: rare(activity.vertical_oscillation_m()),
        step_length_m: rare(activity.step_length_m()),
        grade: f64::from(*activity.grade().get(index)?),
    })
}
