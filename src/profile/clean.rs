//! Samples with times in order and without impossible points.

use crate::activity::{Activity, Break, DistanceSource};
use crate::evidence::Parameter;
use crate::profile::distance::{Place, Places};
use crate::profile::heights;
use crate::profile::track::Sensors;
use crate::sport::Sport;

/// A point is impossible on foot above this speed to both neighbours.
pub const FASTEST_ON_FOOT: Parameter = Parameter::chosen(
    "profile.fastest_on_foot",
    12.0,
    "m/s",
    "the world's best sprint peaks at 12.3 m/s",
    "nobody keeps it between two records",
);
/// And above this one riding.
pub const FASTEST_RIDING: Parameter = Parameter::chosen(
    "profile.fastest_riding",
    35.0,
    "m/s",
    "126 km/h; road descents reach 130 km/h at the very most",
    "nobody keeps it between two records",
);
/// Most points whose times went back that are given times between their neighbours.
pub const FEW_BACKWARD: Parameter = Parameter::chosen(
    "profile.few_backward",
    60.0,
    "points",
    "10 to 100",
    "more than a minute of records with times of the past is another recording",
);
/// The device's distance is believed within this share of the positions' distance.
pub const DISTANCE_AGREES: Parameter = Parameter::chosen(
    "profile.distance_agrees",
    0.20,
    "1",
    "0.1 to 0.3",
    "a foot pod out of tune is 5 % off; positions in a gorge 10 %",
);

/// Without times, a point is impossible whose both legs are longer than this ...
pub const DETOUR: Parameter = Parameter::chosen(
    "profile.detour",
    2000.0,
    "m",
    "1 to 5 km",
    "a hand-drawn route may go out to a summit and back in legs of a kilometre or two",
);
/// ... and this many times the middle leg of the file.
pub const DETOUR_LEGS: Parameter = Parameter::chosen(
    "profile.detour_legs",
    50.0,
    "1",
    "20 to 100",
    "legs of a route are of one kind",
);

/// A sample that survived. Place, distance and height are NaN where missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    /// Its index in the recording.
    pub(crate) sample: u32,
    pub(crate) time_s: f64,
    pub(crate) place: Place,
    pub(crate) distance_m: f64,
    pub(crate) elevation_m: f64,
    pub(crate) grade: f32,
    pub(crate) sensors: Sensors,
    /// An interruption before this point.
    pub(crate) interruption: Option<Break>,
}

impl Point {
    /// Straight line to another point, NaN without positions.
    pub(crate) fn metres_to(&self, other: &Point) -> f64 {
        self.place.metres_to(&other.place)
    }

    fn has_position(&self) -> bool {
        self.place.is_somewhere()
    }
}

/// Samples in order, and what it took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clean {
    pub(crate) points: Vec<Point>,
    /// Straight lines from each point to the next, m; NaN where a position is missing.
    pub(crate) lines_m: Vec<f64>,
    pub(crate) timed: bool,
    /// Metres come from the device's distance, not from the positions.
    pub(crate) by_device: bool,
    /// The device measured along the slope.
    pub(crate) along_slope: bool,
    /// Indices in the recording of points that nobody can have reached.
    pub(crate) impossible: Vec<u32>,
    pub(crate) merged: usize,
    pub(crate) times_mended: usize,
    pub(crate) zeros: usize,
    pub(crate) elapsed_s: f64,
}

/// The fastest that anybody goes in this sport, m/s.
pub(crate) fn fastest_m_per_s(sport: Sport) -> f64 {
    if sport.on_foot() { FASTEST_ON_FOOT.value } else { FASTEST_RIDING.value }
}

/// Cleans the samples of an activity.
pub(crate) fn clean(activity: &Activity, sport: Sport) -> Clean {
    let mut clean = Clean { points: points(activity), ..Clean::default() };
    let in_order = in_order(activity.time_s());
    clean.timed = in_order || mend_times(&mut clean);
    if clean.timed {
        if !in_order {
            merge_equal_times(&mut clean);
        }
        let first = clean.points.first().map_or(0.0, |p| p.time_s);
        clean.elapsed_s = clean.points.last().map_or(0.0, |p| p.time_s) - first;
    } else {
        for point in &mut clean.points {
            point.time_s = f64::NAN;
        }
    }
    measure_lines(&mut clean);
    if !all_possible(&clean, fastest_m_per_s(sport)) {
        drop_impossible_points(&mut clean, fastest_m_per_s(sport));
        measure_lines(&mut clean);
    }
    choose_distance(&mut clean, fastest_m_per_s(sport));
    measure_lines(&mut clean);
    clean.along_slope =
        clean.by_device && activity.header.distance_source == DistanceSource::Slope;
    // means of heights at one time may be what no height was
    if !(in_order && activity.elevation_m().iter().all(|h| heights::is_possible(*h))) {
        let mut heights: Vec<f64> = clean.points.iter().map(|p| p.elevation_m).collect();
        clean.zeros = heights::drop_impossible(&mut heights);
        for (point, height) in clean.points.iter_mut().zip(heights) {
            point.elevation_m = height;
        }
    }
    clean
}

fn points(activity: &Activity) -> Vec<Point> {
    let mut breaks = activity.breaks().iter().peekable();
    let mut places = Places::default();
    (0..activity.len())
        .map(|i| Point {
            sample: u32::try_from(i).unwrap_or(u32::MAX),
            time_s: activity.time_s()[i],
            place: places.at(activity.latitude_deg()[i], activity.longitude_deg()[i]),
            distance_m: activity.distance_m()[i],
            elevation_m: activity.elevation_m()[i],
            grade: activity.grade()[i],
            sensors: Sensors {
                cadence_per_min: activity.cadence_per_min()[i],
                power_w: activity.power_w()[i],
                heart_rate_bpm: activity.heart_rate_bpm()[i],
                stance_time_s: activity.stance_time_s()[i],
            },
            interruption: breaks.next_if(|(at, _)| *at == i).map(|(_, kind)| *kind),
        })
        .collect()
}

/// Whether every point is later than the one before it: nothing to mend, as nearly always.
fn in_order(time_s: &[f64]) -> bool {
    time_s.len() >= 2 && time_s.windows(2).all(|pair| pair[1] > pair[0])
}

/// Puts the times in order where that is possible; false where the file has none to use.
fn mend_times(clean: &mut Clean) -> bool {
    let points = &mut clean.points;
    let timed: Vec<f64> =
        points.iter().map(|p| p.time_s).filter(|t| t.is_finite()).collect();
    let forward = timed.windows(2).filter(|t| t[1] > t[0]).count();
    if timed.len() < 2 || timed.len() * 2 < points.len() || forward * 2 < timed.len() - 1
    {
        return false;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count"
    )]
    let few = FEW_BACKWARD.value as usize;
    let mut last: Option<usize> = None;
    let mut before_last: Option<usize> = None;
    let mut shift_s = 0.0;
    let mut i = 0;
    while i < points.len() {
        points[i].time_s += shift_s;
        let t = points[i].time_s;
        let Some(previous) = last else {
            if t.is_finite() {
                last = Some(i);
            }
            i += 1;
            continue;
        };
        if t.is_nan() || t >= points[previous].time_s {
            if t.is_finite() {
                (before_last, last) = (last, Some(i));
            }
            i += 1;
            continue;
        }
        clean.times_mended += 1;
        let jumped = before_last.is_some_and(|b| {
            t > points[b].time_s
                && points[previous].time_s - points[b].time_s > GAP_S.value
        });
        if jumped {
            // the record before leapt ahead, this one goes on where time was
            points[previous].time_s = f64::NAN;
            last = Some(i);
            i += 1;
            continue;
        }
        let limit = points[previous].time_s - shift_s;
        let back = 1 + points[i + 1..]
            .iter()
            .take(few)
            .take_while(|p| p.time_s.is_nan() || p.time_s <= limit)
            .count();
        if back <= few && i + back < points.len() {
            for point in &mut points[i..i + back] {
                point.time_s = f64::NAN;
            }
            clean.times_mended += back - 1;
            i += back;
        } else {
            // another recording: its own road, its times laid behind what was before
            let onward = points[previous].time_s - t;
            shift_s += onward;
            points[i].time_s += onward;
            points[i].interruption = Some(Break::Segment);
            last = Some(i);
            i += 1;
        }
    }
    fill_times(points);
    points.retain(|p| p.time_s.is_finite());
    true
}

/// Times of points between two timed ones, evenly.
fn fill_times(points: &mut [Point]) {
    let timed: Vec<usize> =
        (0..points.len()).filter(|&i| points[i].time_s.is_finite()).collect();
    for pair in timed.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (from, step) =
            (points[a].time_s, (points[b].time_s - points[a].time_s) / (b - a) as f64);
        for (k, point) in points[a..b].iter_mut().enumerate().skip(1) {
            point.time_s = from + k as f64 * step;
        }
    }
}

/// What is missing is taken from elsewhere.
fn fill<T: Copy + Into<f64>>(a: &mut T, b: T) {
    if (*a).into().is_nan() {
        *a = b;
    }
}

fn merge_equal_times(clean: &mut Clean) {
    let mut heights = 1.0;
    let before = clean.points.len();
    clean.points.dedup_by(|point, last| {
        if last.time_s < point.time_s {
            heights = 1.0;
            return false;
        }
        if last.elevation_m.is_finite() && point.elevation_m.is_finite() {
            heights += 1.0;
            last.elevation_m += (point.elevation_m - last.elevation_m) / heights;
        }
        fill(&mut last.elevation_m, point.elevation_m);
        if !last.has_position() {
            last.place = point.place;
        }
        fill(&mut last.distance_m, point.distance_m);
        fill(&mut last.grade, point.grade);
        fill(&mut last.sensors.cadence_per_min, point.sensors.cadence_per_min);
        fill(&mut last.sensors.power_w, point.sensors.power_w);
        fill(&mut last.sensors.heart_rate_bpm, point.sensors.heart_rate_bpm);
        fill(&mut last.sensors.stance_time_s, point.sensors.stance_time_s);
        last.interruption = last.interruption.or(point.interruption);
        true
    });
    clean.merged += before - clean.points.len();
}

/// Measures the lines anew where points were dropped since.
fn measure_lines(clean: &mut Clean) {
    let lines = clean.points.windows(2);
    if clean.lines_m.len() != lines.len() {
        clean.lines_m = lines.map(|pair| pair[0].metres_to(&pair[1])).collect();
    }
}

/// Whether every line between two points can have been covered in its time: none is dropped.
fn all_possible(clean: &Clean, fastest: f64) -> bool {
    clean.timed
        && clean.points.windows(2).zip(&clean.lines_m).all(|(pair, metres)| {
            *metres <= fastest * (pair[1].time_s - pair[0].time_s).max(0.5)
        })
}

/// Drops points that no one can have reached from either neighbour: too fast, or without
/// times far from both.
fn drop_impossible_points(clean: &mut Clean, fastest: f64) {
    let points = &mut clean.points;
    let far_m = if clean.timed { f64::INFINITY } else { far_m(points) };
    let impossible = |a: &Point, b: &Point| {
        let seconds = b.time_s - a.time_s;
        let metres = a.metres_to(b);
        if seconds.is_nan() {
            metres > far_m
        } else {
            metres > fastest * seconds.max(0.5)
        }
    };
    let mut previous: Option<usize> = None;
    let mut following = 0;
    let mut outliers = Vec::new();
    for (i, point) in points.iter().enumerate() {
        following = following.max(i + 1);
        while points.get(following).is_some_and(|next| !next.has_position()) {
            following += 1;
        }
        let outlier = match (previous, points.get(following)) {
            (Some(previous), Some(next)) => {
                impossible(&points[previous], point) && impossible(point, next)
            }
            _ => false,
        };
        if outlier {
            outliers.push(i);
        } else if point.has_position() {
            previous = Some(i);
        }
    }
    clean.impossible.extend(outliers.iter().map(|i| points[*i].sample));
    let (mut at, mut outliers) = (0, outliers.into_iter().peekable());
    let mut carried_break = None;
    points.retain_mut(|point| {
        let outlier = outliers.next_if_eq(&at).is_some();
        at += 1;
        if outlier {
            carried_break = carried_break.or(point.interruption);
        } else {
            point.interruption = point.interruption.or(carried_break.take());
        }
        !outlier
    });
}

/// The length of leg that no point of a route without times can have on both sides.
fn far_m(points: &[Point]) -> f64 {
    let located: Vec<&Point> = points.iter().filter(|p| p.has_position()).collect();
    let mut legs: Vec<f64> = located.windows(2).map(|p| p[0].metres_to(p[1])).collect();
    legs.sort_by(f64::total_cmp);
    let middle_m = legs.get(legs.len() / 2).copied().unwrap_or(0.0);
    DETOUR.value.max(DETOUR_LEGS.value * middle_m)
}

/// Decides where metres come from, and completes the device's distance where it is used.
fn choose_distance(clean: &mut Clean, fastest: f64) {
    let (mut device_m, mut last, mut measured) = (0.0, f64::NAN, 0);
    let (mut position_m, mut located) = (0.0, 0);
    let mut before: Option<usize> = None;
    for (i, point) in clean.points.iter().enumerate() {
        if point.distance_m.is_finite() {
            if point.distance_m > last {
                device_m += point.distance_m - last;
            }
            last = point.distance_m;
            measured += 1;
        }
        if !point.has_position() {
            continue;
        }
        if let Some(before) = before {
            let from = &clean.points[before];
            let next = before + 1 == i;
            let metres = if next { clean.lines_m[before] } else { from.metres_to(point) };
            let seconds = point.time_s - from.time_s;
            if metres <= fastest * seconds.max(1.0) || seconds.is_nan() {
                position_m += metres;
            }
        }
        before = Some(i);
        located += 1;
    }
    let agrees = (device_m - position_m).abs() <= DISTANCE_AGREES.value * position_m;
    let mostly_located = located * 2 > clean.points.len();
    clean.by_device = device_m > 0.0 && (agrees || !mostly_located);
    if clean.by_device {
        complete_distance(&mut clean.points);
        if measured < clean.points.len() {
            bridge_distance(&mut clean.points);
            clean.points.retain(|p| p.distance_m.is_finite());
        }
    } else if located < clean.points.len() {
        clean.points.retain(Point::has_position);
    }
}

/// Device distance that never falls, from nothing on.
fn complete_distance(points: &mut [Point]) {
    let (mut total, mut raw) = (0.0, f64::NAN);
    for point in points.iter_mut() {
        if point.distance_m.is_finite() {
            if raw.is_finite() {
                total += (point.distance_m - raw).max(0.0);
            }
            raw = point.distance_m;
            point.distance_m = total;
        }
    }
}

/// Straight lines of distance over points that lack it.
fn bridge_distance(points: &mut [Point]) {
    let known: Vec<usize> =
        (0..points.len()).filter(|&i| points[i].distance_m.is_finite()).collect();
    for pair in known.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (from, step) = (
            points[a].distance_m,
            (points[b].distance_m - points[a].distance_m) / (b - a) as f64,
        );
        for (k, point) in points[a..b].iter_mut().enumerate().skip(1) {
            point.distance_m = from + k as f64 * step;
        }
    }
}

/// Longest silence of the recorder that is still part of the road.
pub const GAP_S: Parameter = Parameter::chosen(
    "profile.gap",
    60.0,
    "s",
    "25 to 120 s",
    "smart recording is silent for some tens of seconds at most",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    /// A route without times: points 20 m apart going north.
    fn route(points: usize) -> Vec<Sample> {
        (0..points)
            .map(|i| Sample {
                latitude_deg: 46.0 + i as f64 * 20.0 / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0,
                ..Sample::default()
            })
            .collect()
    }

    fn cleaned(samples: &[Sample]) -> Clean {
        let mut activity = Activity::default();
        for sample in samples {
            activity.push(*sample);
        }
        clean(&activity, Sport::Hike)
    }

    #[test]
    fn one_point_of_a_route_elsewhere_on_earth_is_dropped() {
        let mut samples = route(50);
        samples[20].latitude_deg = 9.0;
        let clean = cleaned(&samples);
        assert_eq!((clean.points.len(), &clean.impossible[..]), (49, &[20][..]));
    }

    #[test]
    fn a_route_of_three_far_points_is_kept() {
        let mut samples = route(3);
        samples[1].latitude_deg += 0.05;
        assert_eq!(cleaned(&samples).points.len(), 3);
    }
}
