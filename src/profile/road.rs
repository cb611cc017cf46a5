//! Clean points to runs: where the road is cut, where the clock stops.

use std::ops::{Range, RangeInclusive};

use crate::evidence::Parameter;
use crate::profile::clean::Clean;
use crate::profile::mend::GAP_S;
use crate::profile::standing;
use crate::profile::track::Track;
use crate::profile::way::Way;

/// A jump further than this, with a stop or at an impossible speed, ends a run.
pub const JUMP: Parameter = Parameter::chosen(
    "profile.run_jump",
    100.0,
    "m",
    "50 to 200 m",
    "over less a straight line is close to the road",
);
/// The straight line of a pause longer than this is not scored.
pub const STRAIGHT: Parameter = Parameter::chosen(
    "profile.pause_straight",
    20.0,
    "m",
    "10 to 50 m",
    "scatter of two positions is less",
);
/// Legs longer than this in a track without times are counted as sparse.
pub const SPARSE: Parameter = Parameter::chosen(
    "profile.sparse_leg",
    200.0,
    "m",
    "100 to 500 m",
    "a hill fits in between",
);

/// Without times, a leg longer than this is no road: the run ends.
pub const LONGEST_LEG: Parameter = Parameter::chosen(
    "profile.longest_leg",
    20_000.0,
    "m",
    "10 to 50 km",
    "planners draw legs of a few km by hand; over 20 km nothing is known of the road",
);

/// Runs as tracks, and the seconds that are in none of them.
#[derive(Debug, Default)]
pub(crate) struct Road<'a> {
    /// Each with its stops: stands and short pauses, as ranges of its samples.
    pub(crate) tracks: Vec<(Track<'a>, Vec<RangeInclusive<usize>>)>,
    pub(crate) standing_s: f64,
    pub(crate) paused_s: f64,
    pub(crate) sparse_legs: usize,
    /// Cuts without a pause: nobody can have covered them.
    pub(crate) jumps: usize,
}

/// What lies between two successive points.
#[derive(Clone, Copy, PartialEq)]
enum Leg {
    Road,
    Pause { scored: bool },
    Cut,
}

/// Cuts clean points into runs.
pub(crate) fn runs<'a>(
    clean: &'a Clean<'_>,
    way: &Way<'_>,
    fastest_m_per_s: f64,
) -> Road<'a> {
    let mut road = Road::default();
    let points = clean.len();
    let leg = |to| leg(clean, way, fastest_m_per_s, to);
    let legs: Vec<Leg> = (1..points).map(leg).collect();
    let mut from = 0;
    for i in 1..=points {
        if legs.get(i - 1).is_none_or(|leg| *leg == Leg::Cut) {
            if i < points && clean.timed {
                let seconds = clean.time_s[i] - clean.time_s[i - 1];
                road.paused_s += seconds;
                road.jumps += usize::from(!stopped(clean, i, seconds));
            }
            run(clean, way, from..i, &legs[from..i - 1], &mut road);
            from = i;
        }
    }
    road
}

/// Whether the recording paused for these seconds before a point.
fn stopped(clean: &Clean<'_>, point: usize, seconds: f64) -> bool {
    clean.is_interrupted(point) || seconds > GAP_S.value
}

/// The way to a point from the one before it.
fn leg(clean: &Clean<'_>, way: &Way<'_>, fastest: f64, to: usize) -> Leg {
    let (line_m, length_m) = (way.lines_m[to - 1], way.leg_m(to - 1));
    if !clean.timed {
        let cut = clean.is_interrupted(to) || length_m > LONGEST_LEG.value;
        return if cut { Leg::Cut } else { Leg::Road };
    }
    let seconds = clean.time_s[to] - clean.time_s[to - 1];
    // the device's distance may jump where the positions do not
    let straight_m = line_m.max(length_m);
    let stopped = stopped(clean, to, seconds);
    let impossible = straight_m > fastest * seconds;
    if straight_m > JUMP.value && (stopped || impossible) {
        Leg::Cut
    } else if stopped {
        Leg::Pause { scored: straight_m <= STRAIGHT.value }
    } else {
        Leg::Road
    }
}

/// One run of points as a track, if it has any length.
fn run<'a>(
    clean: &'a Clean<'_>,
    way: &Way<'_>,
    points: Range<usize>,
    legs: &[Leg],
    road: &mut Road<'a>,
) {
    if points.len() < 2 {
        return;
    }
    let time_s = &clean.time_s[points.clone()];
    let standing = if !clean.timed {
        Vec::new()
    } else if way.by_device {
        standing::by_distance(time_s, &way.distance_m[points.clone()])
    } else {
        standing::by_position(time_s, &way.places[points.clone()])
    };
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
    let columns = columns.zip(&mut track.clock_s[1..]).zip(&mut track.scored[1..]);
    let ends = columns.zip(time_s.windows(2));
    for ((i, leg), ((((x_m, moving_m), clock_s), scored), time)) in
        legs.iter().enumerate().zip(ends)
    {
        let seconds = time[1] - time[0];
        let length = way.leg_m(points.start + i);
        while stands.next_if(|stand| *stand.end() <= i).is_some() {}
        let stood = stands.peek().is_some_and(|stand| *stand.start() <= i);
        match leg {
            Leg::Pause { .. } if stood => road.paused_s += seconds,
            Leg::Pause { scored: short } => {
                road.paused_s += seconds;
                x += length;
                *scored = *short;
            }
            Leg::Road | Leg::Cut if stood => road.standing_s += seconds,
            Leg::Road | Leg::Cut => {
                x += length;
                moving += length;
                clock += seconds;
                road.sparse_legs += usize::from(!clean.timed && length > SPARSE.value);
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
        .filter(|(_, leg)| **leg == Leg::Pause { scored: true })
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
