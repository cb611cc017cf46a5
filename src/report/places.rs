//! Where on the map: recorded positions along each segment, with the heights that were
//! scored.

use std::ops::Range;

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::profile::Profile;
use crate::report::{Peak, Silhouette};
use crate::segment::Segment;

/// A place on the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Degrees north.
    pub latitude_deg: f64,
    /// Degrees east.
    pub longitude_deg: f64,
    /// Height as it was scored, mended and smoothed, m.
    pub elevation_m: f64,
    /// Seconds since the activity's start; NaN without times.
    pub time_s: f64,
    /// Seconds in motion since then, as they were counted: of a gap those that its way takes; NaN
    /// without times.
    pub moving_s: f64,
    /// Horizontal distance from the start, as it was scored, m.
    pub distance_m: f64,
}

/// Segments and peaks on the map.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Places {
    /// One line for each of [`Report::segments`](crate::report::Report::segments): the place where it begins, every recorded
    /// position in it, the place where it ends.
    pub segments: Vec<Vec<Place>>,
    /// The peaks of [`Silhouette::peaks`], in the order of
    /// the road.
    pub peaks: Vec<Place>,
}

impl Places {
    pub(super) fn of(
        activity: &Activity,
        profile: &Profile,
        segments: &[Segment],
        silhouette: &Silhouette,
    ) -> Result<Places, Error> {
        let survey = Survey::of(activity, profile).ok_or_else(|| {
            Error::new(Kind::NoPositions, "no positions were recorded")
                .hint("an indoor activity has no place on the map")
        })?;
        Ok(Places {
            segments: segments.iter().map(|s| survey.line(&s.cells)).collect(),
            peaks: silhouette.peaks().iter().map(|p| survey.peak(p)).collect(),
        })
    }
}

/// Samples with a position that is part of the road, in order.
fn located(activity: &Activity, profile: &Profile) -> Vec<usize> {
    let mut impossible = profile.impossible_samples().iter().peekable();
    (0..activity.len())
        .filter(|&sample| {
            while impossible.next_if(|i| (**i as usize) < sample).is_some() {}
            let dropped = impossible.peek().is_some_and(|i| **i as usize == sample);
            !dropped
                && activity.latitude_deg()[sample].is_finite()
                && activity.longitude_deg()[sample].is_finite()
        })
        .collect()
}

/// An activity's positions along its profile.
pub(super) struct Survey<'a> {
    activity: &'a Activity,
    profile: &'a Profile,
    located: Vec<usize>,
    /// Seconds in motion until each node.
    moving_s: Vec<f64>,
}

impl<'a> Survey<'a> {
    /// `None` where fewer than two positions are part of the road.
    pub(super) fn of(activity: &'a Activity, profile: &'a Profile) -> Option<Survey<'a>> {
        let located = located(activity, profile);
        let moving_s = moving_until(profile);
        (located.len() >= 2).then_some(Survey { activity, profile, located, moving_s })
    }
}

/// Returns the seconds in motion until each node.
fn moving_until(profile: &Profile) -> Vec<f64> {
    if !profile.timed() {
        return vec![f64::NAN; profile.time_s().len()];
    }
    let (mut until, mut until_s) = (Vec::with_capacity(profile.time_s().len()), 0.0);
    for run in profile.runs() {
        until.push(until_s);
        for cell in run.cells.clone() {
            until_s += if profile.moves(cell) { profile.duration_s()[cell] } else { 0.0 };
            until.push(until_s);
        }
    }
    until
}

impl Survey<'_> {
    /// From the beginning of the first cell to the end of the last.
    fn line(&self, cells: &Range<usize>) -> Vec<Place> {
        if cells.is_empty() {
            return Vec::new();
        }
        let first = self.profile.node_of(cells.start);
        let last = first + cells.len();
        let reached = &self.profile.sample()[first..=last];
        let (from, to) = (reached[0], reached[reached.len() - 1]);
        let inside = self.located.partition_point(|sample| *sample as f64 <= from)
            ..self.located.partition_point(|sample| (*sample as f64) < to);
        let mut line = Vec::with_capacity(inside.len() + 2);
        line.push(self.at_node(first));
        let mut node = first;
        for &sample in &self.located[inside.start..inside.end.max(inside.start)] {
            while node + 1 < last && self.profile.sample()[node + 1] <= sample as f64 {
                node += 1;
            }
            line.push(self.at_sample(sample, node));
        }
        line.push(self.at_node(last));
        line
    }

    fn peak(&self, peak: &Peak) -> Place {
        let run = &self.profile.runs()[peak.run];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a node of the run"
        )]
        let along = ((peak.top.distance_m - run.start_m) / run.step_m).round() as usize;
        self.at_node((run.nodes.start + along).min(run.nodes.end - 1))
    }

    /// Returns where a node is first reached.
    fn at_node(&self, node: usize) -> Place {
        let (latitude_deg, longitude_deg) = self.position(node);
        Place {
            latitude_deg,
            longitude_deg,
            elevation_m: self.profile.elevation_m()[node],
            time_s: self.profile.time_s()[node],
            moving_s: self.moving_s[node],
            distance_m: self.node_m(node),
        }
    }

    /// Returns the degrees north and east of a node.
    pub(super) fn position(&self, node: usize) -> (f64, f64) {
        let sample = self.profile.sample()[node];
        let after = self.located.partition_point(|located| (*located as f64) < sample);
        let after = after.min(self.located.len() - 1);
        let a = self.located[after.saturating_sub(1)];
        let b = self.located[after];
        let share = share(sample, a as f64, b as f64);
        let (latitude, longitude) =
            (self.activity.latitude_deg(), self.activity.longitude_deg());
        // the short way round, also where longitudes begin anew
        let east = longitude[b] - longitude[a];
        let east = east - 360.0 * (east / 360.0).round();
        let longitude_deg = longitude[a] + share * east;
        (
            latitude[a] + share * (latitude[b] - latitude[a]),
            longitude_deg - 360.0 * (longitude_deg / 360.0).round(),
        )
    }

    /// Returns the metres from the start to a node.
    fn node_m(&self, node: usize) -> f64 {
        let runs = self.profile.runs();
        let run = &runs[runs.partition_point(|run| run.nodes.end <= node)];
        run.start_m + (node - run.nodes.start) as f64 * run.step_m
    }

    /// Returns a sample between a node and the next. Its own time, where that fits between
    /// theirs: times that were mended do not.
    fn at_sample(&self, sample: usize, node: usize) -> Place {
        let p = self.profile;
        let share = share(sample as f64, p.sample()[node], p.sample()[node + 1]);
        let between =
            |column: &[f64]| column[node] + share * (column[node + 1] - column[node]);
        let recorded_s = self.activity.time_s()[sample];
        let fits = (p.time_s()[node]..=p.time_s()[node + 1]).contains(&recorded_s);
        Place {
            latitude_deg: self.activity.latitude_deg()[sample],
            longitude_deg: self.activity.longitude_deg()[sample],
            elevation_m: between(p.elevation_m()),
            time_s: if fits { recorded_s } else { between(p.time_s()) },
            moving_s: between(&self.moving_s),
            distance_m: self.node_m(node)
                + share * (self.node_m(node + 1) - self.node_m(node)),
        }
    }
}

/// Returns how far along from `a` to `b`, 0 to 1.
fn share(value: f64, a: f64, b: f64) -> f64 {
    if b > a { ((value - a) / (b - a)).clamp(0.0, 1.0) } else { 0.0 }
}
