//! Finds where a lift or a vehicle did the work.

use std::cell::OnceCell;
use std::ops::Range;

use crate::evidence::Parameter;
use crate::profile::track::Track;
use crate::sport::Sport;

/// Shortest carried stretch.
pub(crate) const LEAST_S: Parameter = Parameter::chosen(
    "profile.transport",
    30.0,
    "s",
    "20 to 60 s",
    "nobody sprints or climbs like a lift for so long",
);
/// On foot: mean speed above this.
pub(crate) const FOOT_SPEED: Parameter = Parameter::chosen(
    "profile.transport_on_foot",
    7.0,
    "m/s",
    "the 1500 m record is run at 7.3 m/s",
    "25 km/h for half a minute",
);
/// On foot: climbing faster than this.
pub(crate) const FOOT_CLIMB: Parameter = Parameter::chosen(
    "profile.transport_climb_on_foot",
    0.7,
    "m/s",
    "the vertical kilometre's best is about 0.58 m/s",
    "2520 m an hour",
);
/// Riding: mean speed above this.
pub(crate) const RIDE_SPEED: Parameter = Parameter::chosen(
    "profile.transport_riding",
    25.0,
    "m/s",
    "90 km/h for half a minute happens on few roads",
    "a car",
);
/// Riding without power: climbing faster than this.
pub(crate) const RIDE_CLIMB: Parameter = Parameter::chosen(
    "profile.transport_climb_riding",
    0.6,
    "m/s",
    "the best climb at 0.5 m/s for half an hour",
    "2160 m an hour without power at the crank",
);
/// A lift goes on up for so long ...
pub(crate) const CONFIRMED_S: Parameter = Parameter::chosen(
    "profile.transport_confirmed",
    120.0,
    "s",
    "60 to 180 s",
    "noise of a phone climbs 20 to 30 m in half a minute and goes back in the next",
);
/// ... at this share of the rate of climb that nobody reaches.
pub(crate) const CONFIRMED_SHARE: Parameter = Parameter::chosen(
    "profile.transport_confirmed_share",
    0.75,
    "1",
    "0.6 to 0.9",
    "a lift slows down at its stations",
);
/// ... and at most this share of its pieces of 10 s falls.
pub(crate) const CONFIRMED_FALLS: Parameter = Parameter::chosen(
    "profile.transport_falls",
    0.05,
    "1",
    "0 to 0.1",
    "noise that climbs 50 m in two minutes falls in a third of them",
);
/// The ends of a carried stretch are looked at in pieces so long.
const EDGE_S: f64 = 10.0;

/// Ranges of legs (by the sample each begins at) that were carried. Heights are filled.
pub(crate) fn stretches(track: &Track<'_>, sport: Sport) -> Vec<Range<usize>> {
    let last = track.len().saturating_sub(1);
    let mut found: Vec<Range<usize>> = Vec::new();
    let windows = Windows { track, sport, before: OnceCell::new() };
    let mut to = 0;
    for from in 0..last {
        to = to.max(from);
        while to < last && track.clock_s[to] - track.clock_s[from] < LEAST_S.value {
            to += 1;
        }
        if track.clock_s[to] - track.clock_s[from] < LEAST_S.value {
            break;
        }
        if windows.carried(from, to) {
            match found.last_mut() {
                Some(stretch) if stretch.end >= from => stretch.end = to,
                _ => found.push(from..to),
            }
        }
    }
    let sustained =
        |s: &Range<usize>| track.clock_s[s.end] - track.clock_s[s.start] >= LEAST_S.value;
    found
        .into_iter()
        .map(|stretch| windows.trim(stretch))
        .filter(sustained)
        .filter(|stretch| {
            fast(track, sport, stretch) || goes_on_up(track, sport, stretch)
        })
        .collect()
}

/// Returns whether a stretch was covered too fast, however it climbs.
fn fast(track: &Track<'_>, sport: Sport, stretch: &Range<usize>) -> bool {
    let seconds = track.clock_s[stretch.end] - track.clock_s[stretch.start];
    track.moving_m[stretch.end] - track.moving_m[stretch.start]
        > limits(sport).0 * seconds
}

/// Returns whether a stretch is a part of a long climb that is nearly as fast: a bump of noise
/// goes back at once.
fn goes_on_up(track: &Track<'_>, sport: Sport, stretch: &Range<usize>) -> bool {
    let Range { start, end } = *stretch;
    let (clock_s, height_m) = (&track.clock_s, &track.elevation_m);
    let long = |from: usize, to: usize| {
        let seconds = (clock_s[to] - clock_s[from]).max(CONFIRMED_S.value);
        height_m[to] - height_m[from] >= CONFIRMED_SHARE.value * limits(sport).1 * seconds
            && is_steady(track, from..to)
    };
    let missing_s = (CONFIRMED_S.value - (clock_s[end] - clock_s[start])).max(0.0);
    let earlier =
        |seconds: f64| clock_s.partition_point(|t| *t < clock_s[start] - seconds);
    let later = |seconds: f64| {
        let after = clock_s.partition_point(|t| *t <= clock_s[end] + seconds);
        (after - 1).min(track.len() - 1)
    };
    [0.0, 0.5, 1.0].iter().any(|share| {
        long(earlier(share * missing_s).min(start), later((1.0 - share) * missing_s))
    })
}

/// Returns whether hardly any piece of a stretch falls: a lift never does, noise half of the
/// time.
fn is_steady(track: &Track<'_>, stretch: Range<usize>) -> bool {
    let (mut pieces, mut falls, mut from) = (0_u32, 0_u32, stretch.start);
    for i in stretch.start + 1..=stretch.end {
        if track.clock_s[i] - track.clock_s[from] >= EDGE_S {
            pieces += 1;
            falls += u32::from(track.elevation_m[i] < track.elevation_m[from]);
            from = i;
        }
    }
    f64::from(falls) <= CONFIRMED_FALLS.value * f64::from(pieces)
}

/// Greatest speed and rate of climb, m/s.
fn limits(sport: Sport) -> (f64, f64) {
    if sport.on_foot() {
        (FOOT_SPEED.value, FOOT_CLIMB.value)
    } else {
        (RIDE_SPEED.value, RIDE_CLIMB.value)
    }
}

/// Windows of a track that may have been carried.
struct Windows<'t, 'a> {
    track: &'t Track<'a>,
    sport: Sport,
    /// Counted only where something is too fast: most recordings have nothing so.
    before: OnceCell<Before>,
}

/// How many samples there are up to each one: a clock that stands gives windows without end,
/// and each would be counted anew.
struct Before {
    /// Whose leg is not scored.
    unscored: Vec<u32>,
    /// With power.
    powered: Vec<u32>,
}

impl Before {
    fn of(track: &Track<'_>) -> Before {
        let counted = |counts: &dyn Fn(usize) -> bool| {
            let count = |sum: &mut u32, index| {
                *sum += u32::from(counts(index));
                Some(*sum)
            };
            (0..track.len()).scan(0, count).collect()
        };
        Before {
            unscored: counted(&|index| !track.scored[index]),
            powered: counted(&|index| track.sensors.power_w[index] > 0.0),
        }
    }
}

impl Windows<'_, '_> {
    /// Returns whether nobody can have done this themselves. Metres of a pause and legs whose
    /// height is a guess do not count: they say nothing of a speed.
    fn carried(&self, from: usize, to: usize) -> bool {
        let track = self.track;
        let seconds = track.clock_s[to] - track.clock_s[from];
        let speed = (track.moving_m[to] - track.moving_m[from]) / seconds;
        let climb = (track.elevation_m[to] - track.elevation_m[from]) / seconds;
        let (fastest, steepest) = limits(self.sport);
        if !(speed > fastest || climb > steepest) {
            return false;
        }
        let before = self.before.get_or_init(|| Before::of(track));
        let within = |counts: &[u32]| counts[to] > counts[from];
        let pedalling = !self.sport.on_foot() && within(&before.powered);
        (speed > fastest || !pedalling) && !within(&before.unscored)
    }

    /// Windows reach beyond both ends: legs there that were not carried stay in the route.
    fn trim(&self, stretch: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = stretch;
        let clock_s = &self.track.clock_s;
        let ahead = |from: usize, end: usize| {
            let near = |t: &f64| *t - clock_s[from] < EDGE_S;
            (from + 1 + clock_s[from + 1..end].partition_point(near)).min(end)
        };
        let behind = |to: usize, start: usize| {
            let far = |t: &f64| clock_s[to] - *t >= EDGE_S;
            (start + clock_s[start..to].partition_point(far)).saturating_sub(1).max(start)
        };
        while start < end && !self.carried(start, ahead(start, end)) {
            start += 1;
        }
        while end > start && !self.carried(behind(end, start), end) {
            end -= 1;
        }
        start..end
    }
}
