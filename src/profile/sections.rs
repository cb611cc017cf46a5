//! Cuts a recording into continuous sections, and stops the clock where nobody moves.

use std::ops::{Range, RangeInclusive};

use crate::evidence::Parameter;
use crate::profile::clean::Clean;
use crate::profile::distance_source::ChosenDistance;
use crate::profile::gaps::{Gaps, Leg, ONE_PLACE};
use crate::profile::repair::GAP_S;
use crate::profile::stops;
use crate::profile::track::Track;

/// Legs longer than this are counted as sparse: without times, and in a gap.
pub const SPARSE: Parameter = Parameter::chosen(
    "profile.sparse_leg",
    200.0,
    "m",
    "100 to 500 m",
    "a hill fits in between",
);

/// And legs that took longer than this, at whatever length.
pub const SPARSE_S: Parameter = Parameter::chosen(
    "profile.sparse_leg_time",
    30.0,
    "s",
    "20 to 60 s",
    "smart recording writes more often wherever the road turns or rises",
);

/// Runs as tracks, and the metres and seconds that are in none of them.
#[derive(Debug, Default)]
pub(crate) struct Sections<'a> {
    /// Each with its stops: stands and short pauses, as ranges of its samples.
    pub(crate) tracks: Vec<(Track<'a>, Vec<RangeInclusive<usize>>)>,
    /// Metres of all legs, cut ones included.
    pub(crate) recorded_m: f64,
    pub(crate) standing_m: f64,
    pub(crate) standing_s: f64,
    pub(crate) paused_s: f64,
    /// Of these, pauses that the recording does not tell of.
    pub(crate) paused_untold_s: f64,
    pub(crate) cut_m: f64,
    pub(crate) cut_s: f64,
    /// Legs longer than 200 m, or than half a minute: what lies between is not known.
    pub(crate) sparse_legs: usize,
    pub(crate) sparse_m: f64,
    /// Short legs that are covered faster than anybody goes, and their metres.
    pub(crate) hasty_legs: usize,
    pub(crate) hasty_m: f64,
    /// Cuts without a pause: nobody can have covered them.
    pub(crate) jumps: usize,
}

/// Cuts clean points into runs.
pub(crate) fn runs<'a>(
    clean: &'a Clean<'_>,
    way: &ChosenDistance<'_>,
    on_foot: bool,
    fastest_m_per_s: f64,
) -> Sections<'a> {
    let mut road = Sections::default();
    let points = clean.len();
    let gaps = Gaps::of(clean, way, on_foot, fastest_m_per_s);
    let legs: Vec<Leg> = (1..points).map(|to| gaps.leg(to)).collect();
    for (leg, _) in legs.iter().enumerate().filter(|(_, leg)| **leg == Leg::Hasty) {
        road.hasty_legs += 1;
        road.hasty_m += way.leg_m(leg);
    }
    let mut from = 0;
    for i in 1..=points {
        if legs.get(i - 1).is_none_or(|leg| *leg == Leg::Cut) {
            if i < points {
                road.cut(clean, way, i);
            }
            run(clean, way, from..i, &legs[from..i - 1], &mut road);
            from = i;
        }
    }
    road
}

impl Sections<'_> {
    /// Counts the leg to a point that is cut out.
    fn cut(&mut self, clean: &Clean<'_>, way: &ChosenDistance<'_>, to: usize) {
        let length_m = way.leg_m(to - 1);
        self.recorded_m += length_m;
        self.cut_m += length_m;
        if clean.timed {
            let seconds = clean.time_s[to] - clean.time_s[to - 1];
            // the device stopped its timer and counts no metre: a pause, as it says
            let told = clean.is_paused(to) && length_m <= ONE_PLACE.value;
            *(if told { &mut self.paused_s } else { &mut self.cut_s }) += seconds;
            let silent = clean.is_interrupted(to) || seconds > GAP_S.value;
            self.jumps += usize::from(!silent);
        }
    }
}

/// One run of points as a track, if it has any length.
fn run<'a>(
    clean: &'a Clean<'_>,
    way: &ChosenDistance<'_>,
    points: Range<usize>,
    legs: &[Leg],
    road: &mut Sections<'a>,
) {
    if points.len() < 2 {
        return;
    }
    let time_s = &clean.time_s[points.clone()];
    let mut standing = if !clean.timed {
        Vec::new()
    } else if way.by_device {
        stops::by_distance(time_s, &way.distance_m[points.clone()])
    } else {
        stops::by_position(time_s, &way.places[points.clone()])
    };
    // a single leg over more than one place is a rest on the way, not a place with points
    standing.retain(|stand| match legs[*stand.start()..*stand.end()] {
        [Leg::Pause { moving_s }] => moving_s == 0.0,
        _ => true,
    });
    let start_s = if clean.timed { 0.0 } else { f64::NAN };
    let mut track = Track {
        x_m: vec![0.0; points.len()],
        moving_m: vec![0.0; points.len()],
        clock_s: vec![start_s; points.len()],
        time_s,
        elevation_m: clean.elevation_m[points.clone()].to_vec(),
        scored: vec![true; points.len()],
        sensors: clean.sensors(points.clone()),
        sample: &clean.sample[points.clone()],
    };
    let (mut x, mut moving, mut clock) = (0.0, 0.0, start_s);
    let mut stands = standing.iter().peekable();
    // a leg ends with the sample behind its own
    let columns = track.x_m[1..].iter_mut().zip(&mut track.moving_m[1..]);
    let ends = columns.zip(&mut track.clock_s[1..]).zip(time_s.windows(2));
    for ((i, leg), (((x_m, moving_m), clock_s), time)) in
        legs.iter().enumerate().zip(ends)
    {
        let seconds = time[1] - time[0];
        let length = way.leg_m(points.start + i);
        road.recorded_m += length;
        while stands.next_if(|stand| *stand.end() <= i).is_some() {}
        let stood = stands.peek().is_some_and(|stand| *stand.start() <= i);
        let moved_s = match leg {
            _ if stood => 0.0,
            Leg::Covered | Leg::Hasty | Leg::Cut => seconds,
            Leg::Pause { moving_s } => *moving_s,
        };
        if let Leg::Pause { .. } = leg {
            road.paused_s += seconds - moved_s;
            if !clean.is_interrupted(points.start + i + 1) {
                road.paused_untold_s += seconds - moved_s;
            }
        } else if stood {
            road.standing_s += seconds;
        }
        if stood {
            road.standing_m += length;
        } else {
            x += length;
            moving += if moved_s == 0.0 && seconds > 0.0 { 0.0 } else { length };
            clock += moved_s;
            if length > SPARSE.value || length > 0.0 && moved_s > SPARSE_S.value {
                road.sparse_legs += 1;
                road.sparse_m += length;
            }
        }
        (*x_m, *moving_m, *clock_s) = (x, moving, clock);
    }
    if track.length_m() > 0.0 {
        road.tracks.push((track, stops(&standing, legs)));
    }
}

/// Stands and short pauses, those that touch joined: each is one place with one height.
fn stops(standing: &[RangeInclusive<usize>], legs: &[Leg]) -> Vec<RangeInclusive<usize>> {
    let pauses = legs
        .iter()
        .enumerate()
        .filter(|(_, leg)| **leg == Leg::Pause { moving_s: 0.0 })
        .map(|(i, _)| i..=i + 1);
    let mut all: Vec<RangeInclusive<usize>> =
        standing.iter().cloned().chain(pauses).collect();
    all.sort_by_key(|stop| *stop.start());
    let mut joined: Vec<RangeInclusive<usize>> = Vec::with_capacity(all.len());
    for stop in all {
        match joined.last_mut() {
            Some(last) if last.end() >= stop.start() => {
                *last = *last.start()..=*last.end().max(stop.end());
            }
            _ => joined.push(stop),
        }
    }
    joined
}
