//! A line of points while it is read, and the mending at its end.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::activity::{Activity, Break, Sample};

use super::notice::NoticeKind;
use super::time::{Clock, LONG_JUMP_S, Moment};
use super::xml::Document;

/// Points of one activity, with what only the whole of it can decide.
#[derive(Debug, Default)]
pub(crate) struct Line {
    activity: Activity,
    clock: Clock,
    /// Points whose longitude was brought back from beyond 180 degrees.
    wrapped: Vec<usize>,
    /// Points that state no time.
    untimed: u64,
    /// Time of the point before, s, and jumps ahead that no outing holds, days.
    last_s: Option<f64>,
    jumps_days: Vec<f64>,
    /// Tracks that have points.
    parts: Vec<Part>,
    part_begins: bool,
    /// Runs of points between two breaks.
    runs: usize,
    run_begins: bool,
    /// A run with more than one point exists.
    has_long_run: bool,
}

/// One track: its points, and the time it took.
#[derive(Debug)]
struct Part {
    first: usize,
    time_ns: Option<(i64, i64)>,
}

impl Line {
    /// A new track begins.
    pub(crate) fn part(&mut self) {
        self.part_begins = true;
        self.segment();
    }

    /// A new segment begins.
    pub(crate) fn segment(&mut self) {
        self.activity.segment();
        self.run_begins = true;
    }

    /// A new stretch begins that is interrupted by a pause only if `paused`.
    pub(crate) fn stretch(&mut self, paused: bool) {
        if paused {
            self.activity.pause();
        }
        self.run_begins = true;
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
            self.parts.push(Part { first: self.len(), time_ns: None });
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
            let ahead_s = time_s - self.last_s.unwrap_or(time_s);
            if ahead_s > LONG_JUMP_S {
                self.jumps_days.push(ahead_s / 86_400.0);
            }
            self.last_s = Some(time_s);
            if let Some(part) = self.parts.last_mut() {
                let begin = part.time_ns.map_or(moment.unix_ns, |(begin, _)| begin);
                part.time_ns = Some((begin, moment.unix_ns));
            }
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

    /// Number of points.
    pub(crate) fn len(&self) -> usize {
        self.activity.len()
    }

    /// Whether there is no point.
    pub(crate) fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }

    /// Whether any point had a time.
    pub(crate) fn is_timed(&self) -> bool {
        self.clock.start().is_some()
    }

    /// Seconds of this line's clock; the clock must have started.
    pub(crate) fn seconds(&mut self, moment: Moment) -> Option<f64> {
        self.is_timed().then(|| self.clock.seconds(moment))
    }

    /// The activity: longitudes decided, tracks recorded twice left out, segments of one point
    /// joined, start and zone set.
    pub(crate) fn finish(mut self, document: &mut Document<'_>) -> Activity {
        let mut dropped = self.overlapping(document);
        if !self.wrapped.is_empty() {
            let all = self.wrapped.len() == self.len();
            let (kind, words) = if all {
                (
                    NoticeKind::Unusual,
                    "all longitudes are beyond 180 degrees, 360 subtracted",
                )
            } else {
                (NoticeKind::BadPosition, "longitude beyond 180 degrees, point left out")
            };
            for index in std::mem::take(&mut self.wrapped) {
                document.note_whole(kind, || words.to_owned());
                if !all {
                    dropped.push(index..index + 1);
                }
            }
        }
        for days in std::mem::take(&mut self.jumps_days) {
            document.note_whole(NoticeKind::BadTime, || {
                format!("the clock jumps ahead by {days:.0} days")
            });
        }
        let joined = self.runs > 1 && !self.has_long_run;
        if joined {
            document.note_whole(NoticeKind::Structure, || {
                format!(
                    "each of the {} points is a segment of its own: joined",
                    self.runs
                )
            });
        }
        if self.is_timed() && self.untimed > 0 {
            for _ in 0..self.untimed {
                document.note_whole(NoticeKind::BadTime, || {
                    "points without a time".to_owned()
                });
            }
        }
        if joined || !dropped.is_empty() {
            dropped.sort_unstable_by_key(|range| range.start);
            self.activity = rebuilt(&self.activity, &dropped, !joined);
        }
        self.activity.header.start = self.clock.start();
        self.activity.header.utc_offset_s = self.clock.utc_offset_s();
        self.activity
    }

    /// Tracks that lie in the time of an earlier one: the same way recorded or stored twice.
    fn overlapping(&self, document: &mut Document<'_>) -> Vec<Range<usize>> {
        let mut dropped = Vec::new();
        // begin to end of the tracks kept, which never overlap
        let mut kept: BTreeMap<i64, i64> = BTreeMap::new();
        let ends = self.parts.iter().skip(1).map(|part| part.first).chain([self.len()]);
        for (part, end) in self.parts.iter().zip(ends) {
            let Some((a, b)) = part.time_ns else { continue };
            let (begin, finish) = (a.min(b), a.max(b));
            let before =
                kept.range(..=begin).next_back().is_some_and(|(_, end)| *end > begin);
            let after = kept.range(begin..finish).next().is_some();
            if before || after {
                document.note_whole(NoticeKind::Structure, || {
                    "a track lies in the time of an earlier one, not counted twice"
                        .to_owned()
                });
                dropped.push(part.first..end);
            } else {
                let end = kept.entry(begin).or_insert(finish);
                *end = finish.max(*end);
            }
        }
        dropped
    }
}

/// The activity without the points of `dropped` (sorted), and without breaks if asked.
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

fn sample(activity: &Activity, index: usize) -> Option<Sample> {
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
        grade: f64::from(*activity.grade().get(index)?),
    })
}
