//! Where a lift or a vehicle did the work.

use std::ops::Range;

use crate::evidence::Parameter;
use crate::profile::track::Track;
use crate::sport::Sport;

/// Shortest carried stretch.
pub const LEAST_S: Parameter = Parameter::chosen(
    "profile.carried",
    30.0,
    "s",
    "20 to 60 s",
    "nobody sprints or climbs like a lift for so long",
);
/// On foot: mean speed above this.
pub const FOOT_SPEED: Parameter = Parameter::chosen(
    "profile.carried_on_foot",
    7.0,
    "m/s",
    "the 1500 m record is run at 7.3 m/s",
    "25 km/h for half a minute",
);
/// On foot: climbing faster than this.
pub const FOOT_CLIMB: Parameter = Parameter::chosen(
    "profile.carried_climb_on_foot",
    0.7,
    "m/s",
    "the vertical kilometre's best is about 0.58 m/s",
    "2520 m an hour",
);
/// Riding: mean speed above this.
pub const RIDE_SPEED: Parameter = Parameter::chosen(
    "profile.carried_riding",
    25.0,
    "m/s",
    "90 km/h for half a minute happens on few roads",
    "a car",
);
/// Riding without power: climbing faster than this.
pub const RIDE_CLIMB: Parameter = Parameter::chosen(
    "profile.carried_climb_riding",
    0.6,
    "m/s",
    "the best climb at 0.5 m/s for half an hour",
    "2160 m an hour without power at the crank",
);
/// The ends of a carried stretch are looked at in pieces so long.
const EDGE_S: f64 = 10.0;

/// Ranges of legs (by the sample each begins at) that were carried. Heights are filled.
pub(crate) fn stretches(track: &Track<'_>, sport: Sport) -> Vec<Range<usize>> {
    let last = track.len().saturating_sub(1);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut to = 0;
    for from in 0..last {
        to = to.max(from);
        while to < last && track.clock_s[to] - track.clock_s[from] < LEAST_S.value {
            to += 1;
        }
        if track.clock_s[to] - track.clock_s[from] < LEAST_S.value {
            break;
        }
        if carried(track, sport, from, to) {
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
        .map(|stretch| trim(track, sport, stretch))
        .filter(sustained)
        .collect()
}

fn carried(track: &Track<'_>, sport: Sport, from: usize, to: usize) -> bool {
    let seconds = track.clock_s[to] - track.clock_s[from];
    let speed = (track.x_m[to] - track.x_m[from]) / seconds;
    let climb = (track.elevation_m[to] - track.elevation_m[from]) / seconds;
    if sport.on_foot() {
        return speed > FOOT_SPEED.value || climb > FOOT_CLIMB.value;
    }
    let pedalling = || {
        let watts = track.sensors.power_w[from + 1..=to].iter().map(|p| f64::from(*p));
        watts.filter(|p| p.is_finite()).sum::<f64>() > 0.0
    };
    speed > RIDE_SPEED.value || climb > RIDE_CLIMB.value && !pedalling()
}

/// Windows reach beyond both ends: legs there that were not carried stay in the road.
fn trim(track: &Track<'_>, sport: Sport, stretch: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = stretch;
    let ahead = |from: usize, end: usize| {
        (from + 1..end)
            .find(|&i| track.clock_s[i] - track.clock_s[from] >= EDGE_S)
            .unwrap_or(end)
    };
    let behind = |to: usize, start: usize| {
        (start..to)
            .rfind(|&i| track.clock_s[to] - track.clock_s[i] >= EDGE_S)
            .unwrap_or(start)
    };
    while start < end && !carried(track, sport, start, ahead(start, end)) {
        start += 1;
    }
    while end > start && !carried(track, sport, behind(end, start), end) {
        end -= 1;
    }
    start..end
}
