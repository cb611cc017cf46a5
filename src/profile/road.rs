//! Clean points to runs: where the road is cut, where the clock stops.

use std::ops::RangeInclusive;

use crate::evidence::Parameter;
use crate::profile::clean::{Clean, GAP_S, Point};
use crate::profile::standing;
use crate::profile::track::Track;

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
pub(crate) struct Road {
    pub(crate) tracks: Vec<Track>,
    pub(crate) standing_s: f64,
    pub(crate) paused_s: f64,
    pub(crate) sparse_legs: usize,
    /// Cuts without a pause: nobody can have covered them.
    pub(crate) jumps: usize,
}

/// What lies between two successive points.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Road,
    Pause { scored: bool },
    Cut,
}

/// The way from one point to the next.
#[derive(Clone, Copy)]
struct Leg {
    kind: Kind,
    length_m: f64,
}

/// Cuts clean points into runs.
pub(crate) fn runs(clean: &Clean, fastest_m_per_s: f64) -> Road {
    let mut road = Road::default();
    let points = &clean.points;
    let legs: Vec<Leg> = points
        .windows(2)
        .zip(&clean.lines_m)
        .map(|(pair, line_m)| leg(clean, fastest_m_per_s, (&pair[0], &pair[1]), *line_m))
        .collect();
    let mut from = 0;
    for i in 1..=points.len() {
        if legs.get(i - 1).is_none_or(|leg| leg.kind == Kind::Cut) {
            if i < points.len() && clean.timed {
                let seconds = points[i].time_s - points[i - 1].time_s;
                road.paused_s += seconds;
                road.jumps += usize::from(!stopped(&points[i], seconds));
            }
            run(clean, &points[from..i], &legs[from..i - 1], &mut road);
            from = i;
        }
    }
    road
}

/// Whether the recording paused for these seconds before a point.
fn stopped(point: &Point, seconds: f64) -> bool {
    point.interruption.is_some() || seconds > GAP_S.value
}

fn leg(clean: &Clean, fastest: f64, (a, b): (&Point, &Point), line_m: f64) -> Leg {
    let length_m = if clean.by_device { b.distance_m - a.distance_m } else { line_m };
    Leg { kind: kind(clean.timed, fastest, (a, b), (line_m, length_m)), length_m }
}

fn kind(
    timed: bool,
    fastest: f64,
    (a, b): (&Point, &Point),
    (line_m, length_m): (f64, f64),
) -> Kind {
    if !timed {
        let cut = b.interruption.is_some() || length_m > LONGEST_LEG.value;
        return if cut { Kind::Cut } else { Kind::Road };
    }
    let seconds = b.time_s - a.time_s;
    // the device's distance may jump where the positions do not
    let straight_m = line_m.max(length_m);
    let stopped = stopped(b, seconds);
    let impossible = straight_m > fastest * seconds;
    if straight_m > JUMP.value && (stopped || impossible) {
        Kind::Cut
    } else if stopped {
        Kind::Pause { scored: straight_m <= STRAIGHT.value }
    } else {
        Kind::Road
    }
}

/// One run of points as a track, if it has any length.
fn run(clean: &Clean, points: &[Point], legs: &[Leg], road: &mut Road) {
    if points.len() < 2 {
        return;
    }
    let standing = if !clean.timed {
        Vec::new()
    } else if clean.by_device {
        standing::by_distance(points)
    } else {
        standing::by_position(points)
    };
    let stops = stops(&standing, legs);
    let mut stands = vec![false; legs.len()];
    for stop in &standing {
        stands[*stop.start()..*stop.end()].fill(true);
    }
    let mut track = Track::with_capacity(points.len());
    let (mut x, mut moving, mut clock) =
        (0.0, 0.0, if clean.timed { 0.0 } else { f64::NAN });
    let mut stop = 0;
    for (i, point) in points.iter().enumerate() {
        let mut scored = true;
        if i > 0 {
            let seconds = point.time_s - points[i - 1].time_s;
            let Leg { kind, length_m: length } = legs[i - 1];
            match kind {
                Kind::Pause { .. } if stands[i - 1] => road.paused_s += seconds,
                Kind::Pause { scored: line } => {
                    road.paused_s += seconds;
                    x += length;
                    scored = line;
                }
                Kind::Road | Kind::Cut if stands[i - 1] => road.standing_s += seconds,
                Kind::Road | Kind::Cut => {
                    x += length;
                    moving += length;
                    clock += seconds;
                    road.sparse_legs +=
                        usize::from(!clean.timed && length > SPARSE.value);
                }
            }
        }
        while stop < stops.len() && *stops[stop].end() < i {
            stop += 1;
        }
        track.x_m.push(x);
        track.moving_m.push(moving);
        track.clock_s.push(clock);
        track.time_s.push(point.time_s);
        track.elevation_m.push(point.elevation_m);
        track.scored.push(scored);
        track.stop.push(
            stops
                .get(stop)
                .filter(|s| s.contains(&i))
                .map(|_| u32::try_from(stop).unwrap_or(0)),
        );
        track.sensors.push(point.sensors);
        track.sample.push(point.sample);
    }
    if track.length_m() > 0.0 {
        road.tracks.push(track);
    }
}

/// Stands and short pauses, those that touch joined: each is one place with one height.
fn stops(standing: &[RangeInclusive<usize>], legs: &[Leg]) -> Vec<RangeInclusive<usize>> {
    let pauses = legs
        .iter()
        .enumerate()
        .filter(|(_, leg)| leg.kind == Kind::Pause { scored: true })
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
