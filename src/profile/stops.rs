//! Finds stops: metres and seconds in which nobody moved on.

use std::ops::RangeInclusive;

use crate::evidence::Parameter;
use crate::profile::distance::Place;
use crate::profile::heights::{DRIFT, DRIFT_RATE};
use crate::quantile::middle;

/// A point so near the anchor belongs to it.
pub(crate) const RADIUS: Parameter = Parameter::chosen(
    "profile.stop_radius",
    10.0,
    "m",
    "5 to 20 m",
    "scatter of a watch at rest; at 0.3 m/s nobody stands, nor who climbs on slower",
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

/// Heights at either end and in the middle of a stop of which the middle one counts: one that is
/// far off moves nobody.
const HEIGHTS: usize = 5;

/// Ranges of points of one run that stand still, by position. Who hardly leaves a place but climbs
/// steadily moves: on steep rock 300 m of climb an hour are 0.2 m/s on the map and less.
pub(crate) fn by_position(
    time_s: &[f64],
    places: &[Place],
    elevation_m: &[f64],
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
                if !climbs(&time_s[anchor..=last], &elevation_m[anchor..=last]) {
                    stops.push(anchor..=last);
                }
                anchor = last + 1;
            }
            None => anchor += 1,
        }
    }
    stops
}

/// Returns whether heights rise or fall from the beginning over the middle to the end, by more
/// than those of somebody at rest drift.
fn climbs(time_s: &[f64], elevation_m: &[f64]) -> bool {
    let points = time_s.len();
    let shown = HEIGHTS.min(points / 3);
    let around = |from: usize| {
        let near = elevation_m.iter().skip(from).take(shown).copied();
        middle(near.filter(|height| height.is_finite()))
    };
    let ends = (around(0), around((points - shown) / 2), around(points - shown));
    let (Some(first_m), Some(middle_m), Some(last_m)) = ends else { return false };
    let drift_m = DRIFT.value + DRIFT_RATE.value * (time_s[points - 1] - time_s[0]);
    let (before_m, after_m) = (middle_m - first_m, last_m - middle_m);
    // as much in one half as in the other, within a factor of three
    let steady = before_m * after_m > 0.0
        && before_m.abs().min(after_m.abs()) * 3.0 >= before_m.abs().max(after_m.abs());
    // from the middle of the first heights to that of the last
    let share = (points - shown) as f64 / (points - 1) as f64;
    steady && (last_m - first_m).abs() > share * drift_m
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::distance::Places;

    /// Metres that a sensor adds to the height at a second.
    type Sensor = fn(f64) -> f64;

    /// Returns the seconds that count as standing of so many, a record each `step_s`, of somebody
    /// at so many metres a second on the map and up, with a height that the sensor adds.
    fn stood_s(
        (along_m_per_s, up_m_per_s): (f64, f64),
        step_s: f64,
        sensor_m: impl Fn(f64) -> f64,
    ) -> f64 {
        let time_s: Vec<f64> = (0..400).map(|i| step_s * f64::from(i)).collect();
        let mut known = Places::default();
        let places: Vec<Place> = time_s
            .iter()
            .map(|s| known.at(46.0 + along_m_per_s * s / 111_195.0, 8.0))
            .collect();
        let elevation_m: Vec<f64> =
            time_s.iter().map(|s| 1500.0 + up_m_per_s * s + sensor_m(*s)).collect();
        let stops = by_position(&time_s, &places, &elevation_m);
        stops.iter().map(|stop| time_s[*stop.end()] - time_s[*stop.start()]).sum()
    }

    #[test]
    fn takes_nobody_for_standing_who_climbs_on_slowly() {
        for step_s in [1.0, 3.0, 8.0] {
            let whole_s = 399.0 * step_s;
            // steep grass, scree, a ladder; as slow on the level
            for (along, up) in [(0.25, 0.1), (0.2, 0.083), (0.15, 0.083), (0.02, 0.1)] {
                for sign in [1.0, -1.0] {
                    let pace = (along, sign * up);
                    let stood = stood_s(pace, step_s, |_| 0.0);
                    assert!(stood < 0.15 * whole_s, "{pace:?} {step_s}: {stood}");
                }
                let level = stood_s((along, 0.0), step_s, |_| 0.0);
                assert!(level > 0.5 * whole_s, "{along} {step_s}: {level}");
            }
        }
    }

    #[test]
    fn keeps_a_rest_in_which_the_height_drifts_or_leaps() {
        // a front of 3 hPa an hour; a gust; a fix that wanders for minutes; one wrong height
        let sensors: [(&str, Sensor); 4] = [
            ("front", |s| 0.007 * s),
            ("gust", |s| if s > 200.0 { 8.0 } else { 0.0 }),
            ("wander", |s| 5.0 * libm::sin(s / 60.0)),
            ("spike", |s| if (s - 390.0).abs() < 2.0 { 90.0 } else { 0.0 }),
        ];
        for (what, sensor_m) in sensors {
            for step_s in [1.0, 3.0, 8.0] {
                let stood = stood_s((0.0, 0.0), step_s, sensor_m);
                assert!((stood - 399.0 * step_s).abs() < 1.0, "{what} {step_s}: {stood}");
            }
        }
    }
}
