//! What is unusual in a recording, mended point by point: times that go back or come twice,
//! and places that nobody can have reached.

use crate::activity::{Activity, Break};
use crate::evidence::Parameter;
use crate::profile::distance::{Place, Places};
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

/// Longest silence of the recorder that is still part of the road.
pub const GAP_S: Parameter = Parameter::chosen(
    "profile.gap",
    60.0,
    "s",
    "25 to 120 s",
    "smart recording is silent for some tens of seconds at most",
);

/// The fastest that anybody goes in this sport, m/s.
pub(crate) fn fastest_m_per_s(sport: Sport) -> f64 {
    if sport.on_foot() { FASTEST_ON_FOOT.value } else { FASTEST_RIDING.value }
}

/// A sample on its own. Place, distance, height and sensors are NaN where missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// Its index in the recording.
    pub(super) sample: u32,
    pub(super) time_s: f64,
    pub(super) place: Place,
    pub(super) distance_m: f64,
    pub(super) elevation_m: f64,
    pub(super) grade: f32,
    pub(super) cadence_per_min: f32,
    pub(super) power_w: f32,
    pub(super) heart_rate_bpm: f32,
    pub(super) stance_time_s: f32,
    /// An interruption before this point.
    pub(super) interruption: Option<Break>,
}

impl Point {
    /// Straight line to another point, NaN without positions.
    fn metres_to(&self, other: &Point) -> f64 {
        self.place.metres_to(&other.place)
    }

    fn has_position(&self) -> bool {
        self.place.is_somewhere()
    }
}

/// Points in order, and what it took.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub(super) points: Vec<Point>,
    /// Without, the times of the points mean nothing.
    pub(super) timed: bool,
    /// Indices in the recording of points that nobody can have reached.
    pub(super) impossible: Vec<u32>,
    pub(super) merged: usize,
    /// Times that went back.
    pub(super) times: usize,
    /// From the first point to the last, before any was dropped.
    pub(super) elapsed_s: f64,
}

/// Puts the samples of an activity in order and drops what is impossible.
pub(super) fn mend(activity: &Activity, sport: Sport) -> Mended {
    let mut mended = Mended { points: points(activity), ..Mended::default() };
    mended.timed = in_order(activity.time_s()) || mend_times(&mut mended);
    if mended.timed {
        merge_equal_times(&mut mended);
        mended.elapsed_s = elapsed_s(mended.points.iter().map(|p| &p.time_s));
    } else {
        for point in &mut mended.points {
            point.time_s = f64::NAN;
        }
    }
    drop_impossible_points(&mut mended, fastest_m_per_s(sport));
    mended
}

/// Whether every point is later than the one before it: nothing to mend, as nearly always.
pub(super) fn in_order(time_s: &[f64]) -> bool {
    time_s.len() >= 2 && time_s.windows(2).all(|pair| pair[1] > pair[0])
}

/// Seconds from the first of these times to the last.
pub(super) fn elapsed_s<'a>(mut time_s: impl DoubleEndedIterator<Item = &'a f64>) -> f64 {
    let first = time_s.next();
    time_s.next_back().zip(first).map_or(0.0, |(last, first)| last - first)
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
            cadence_per_min: activity.cadence_per_min()[i],
            power_w: activity.power_w()[i],
            heart_rate_bpm: activity.heart_rate_bpm()[i],
            stance_time_s: activity.stance_time_s()[i],
            interruption: breaks.next_if(|(at, _)| *at == i).map(|(_, kind)| *kind),
        })
        .collect()
}

/// Puts the times in order where that is possible; false where the file has none to use.
fn mend_times(mended: &mut Mended) -> bool {
    let points = &mut mended.points;
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
        mended.times += 1;
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
            mended.times += back - 1;
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

fn merge_equal_times(mended: &mut Mended) {
    let mut heights = 1.0;
    let before = mended.points.len();
    mended.points.dedup_by(|point, last| {
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
        fill(&mut last.cadence_per_min, point.cadence_per_min);
        fill(&mut last.power_w, point.power_w);
        fill(&mut last.heart_rate_bpm, point.heart_rate_bpm);
        fill(&mut last.stance_time_s, point.stance_time_s);
        last.interruption = last.interruption.or(point.interruption);
        true
    });
    mended.merged += before - mended.points.len();
}

/// Drops points that no one can have reached from either neighbour: too fast, or without
/// times far from both.
fn drop_impossible_points(mended: &mut Mended, fastest: f64) {
    let points = &mut mended.points;
    let far_m = if mended.timed { f64::INFINITY } else { far_m(points) };
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
    mended.impossible.extend(outliers.iter().map(|i| points[*i].sample));
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
