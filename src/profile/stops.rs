//! Finds stops: metres and seconds in which nobody moved on.

use std::ops::RangeInclusive;

use crate::evidence::Parameter;
use crate::profile::distance::Place;

/// A point so near the anchor belongs to it.
pub(crate) const RADIUS: Parameter = Parameter::chosen(
    "profile.stop_radius",
    10.0,
    "m",
    "5 to 20 m",
    "scatter of a watch at rest; at 0.3 m/s nobody stands",
);
/// If that lasts so long.
pub(crate) const LEAST_S: Parameter = Parameter::chosen(
    "profile.stop",
    40.0,
    "s",
    "30 to 60 s",
    "shorter stops change nothing; longer ones collect noise as road",
);
/// With the device's own distance, standing is slower than this over the same time.
pub(crate) const SLOWEST: Parameter = Parameter::chosen(
    "profile.slowest",
    0.1,
    "m/s",
    "0.05 to 0.2 m/s",
    "nobody walks at 360 m/h; a device at rest still counts some centimetres",
);
/// Legs faster than this at a stop's ends belong to the route.
pub(crate) const MOVING: Parameter = Parameter::chosen(
    "profile.moving",
    0.3,
    "m/s",
    "0.2 to 0.5 m/s",
    "0.3 m/s on a 40 % slope is 400 m of climb an hour",
);
/// A trip outside the radius and back within so long is scatter.
pub(crate) const EXCURSION_S: Parameter = Parameter::chosen(
    "profile.stop_excursion",
    15.0,
    "s",
    "5 to 30 s",
    "a watch at rest throws single positions beyond the radius",
);

/// Until a stop has lasted long enough every point belongs to it. The mean of n points, each
/// within 10 m of the mean before it, lies within 10 m (1/2 + ... + 1/n) of the first: 37 m for
/// 60 points. Who is further away after that time than that and 10 m more did not stand.
const REACH_POINTS: usize = 59;
const REACH_M: f64 = 50.0;

/// Ranges of points of one run that stand still, by position.
pub(crate) fn by_position(
    time_s: &[f64],
    places: &[Place],
) -> Vec<RangeInclusive<usize>> {
    let mut stops = Vec::new();
    let (mut anchor, mut ahead) = (0, 0);
    while anchor < time_s.len() {
        while ahead < time_s.len() && time_s[ahead] - time_s[anchor] < LEAST_S.value {
            ahead += 1;
        }
        let Some(later) = places.get(ahead) else { break };
        if ahead - anchor <= REACH_POINTS && places[anchor].metres_to(later) > REACH_M {
            anchor += 1;
            continue;
        }
        match stop_from(time_s, places, anchor) {
            Some(last) => {
                stops.push(anchor..=last);
                anchor = last + 1;
            }
            None => anchor += 1,
        }
    }
    stops
}

/// Returns the last point of a stop that begins at `first`, if one does. The anchor is the mean
/// of the points that belong to it, so that one scattered position does not end the stop.
fn stop_from(time_s: &[f64], places: &[Place], first: usize) -> Option<usize> {
    let mut anchor = places[first];
    let (mut last, mut members) = (first, 1.0);
    for (i, place) in places.iter().enumerate().skip(first + 1) {
        if anchor.metres_to(place) <= RADIUS.value {
            members += 1.0;
            anchor = anchor.towards(place, 1.0 / members);
            last = i;
        } else if time_s[i] - time_s[last] > EXCURSION_S.value
            || time_s[last] - time_s[first] < LEAST_S.value
        {
            break;
        }
    }
    (time_s[last] - time_s[first] >= LEAST_S.value).then_some(last)
}

/// Ranges of points of one run that stand still, by the device's own distance.
pub(crate) fn by_distance(
    time_s: &[f64],
    distance_m: &[f64],
) -> Vec<RangeInclusive<usize>> {
    let mut stops: Vec<RangeInclusive<usize>> = Vec::new();
    let mut to = 0;
    for from in 0..time_s.len() {
        while to + 1 < time_s.len() && time_s[to] - time_s[from] < LEAST_S.value {
            to += 1;
        }
        let seconds = time_s[to] - time_s[from];
        if seconds < LEAST_S.value {
            break;
        }
        if distance_m[to] - distance_m[from] < SLOWEST.value * seconds {
            match stops.last_mut() {
                Some(stop) if *stop.end() >= from => *stop = *stop.start()..=to,
                _ => stops.push(from..=to),
            }
        }
    }
    stops.into_iter().filter_map(|stop| trim(time_s, distance_m, stop)).collect()
}

/// Returns a window reaches into the route on both sides: what moved there belongs to the route.
fn trim(
    time_s: &[f64],
    distance_m: &[f64],
    stop: RangeInclusive<usize>,
) -> Option<RangeInclusive<usize>> {
    let moves = |i: usize| {
        distance_m[i] - distance_m[i - 1] >= MOVING.value * (time_s[i] - time_s[i - 1])
    };
    let (mut from, mut to) = stop.into_inner();
    while from < to && moves(from + 1) {
        from += 1;
    }
    while from < to && moves(to) {
        to -= 1;
    }
    (to > from).then_some(from..=to)
}
