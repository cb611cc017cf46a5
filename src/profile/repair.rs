//! What is unusual in a recording, repaired point by point: times that go back or come twice,
//! and places that nobody can have reached.

use crate::activity::{Activity, Break};
use crate::evidence::Parameter;
use crate::profile::distance::{Place, Places};
use crate::profile::untimed::Untimed;
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
    "records",
    "10 to 100",
    "more than a minute of records with times of the past is another recording",
);
/// More points of one stamp, on average over a recording, come from a clock that stands.
pub const MOST_ALIKE: Parameter = Parameter::chosen(
    "profile.most_alike",
    120.0,
    "records",
    "60 to 600",
    "stamps in whole minutes at a point or two a second",
);
/// And more in a second than this.
pub const MOST_A_SECOND: Parameter = Parameter::chosen(
    "profile.most_a_second",
    100.0,
    "records",
    "20 to 1000",
    "receivers reach 25 positions a second",
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
pub(super) struct Repaired {
    pub(super) points: Vec<Point>,
    /// Without, the times of the points mean nothing.
    pub(super) timed: bool,
    /// Why, where there are times.
    pub(super) untimed: Option<Untimed>,
    /// Indices in the recording of points that nobody can have reached.
    pub(super) impossible: Vec<u32>,
    pub(super) merged: usize,
    /// Times that went back.
    pub(super) times: usize,
    /// From the first point to the last, before any was dropped.
    pub(super) elapsed_s: f64,
}

/// Puts the samples of an activity in order and drops what is impossible.
pub(super) fn mend(activity: &Activity, sport: Sport) -> Repaired {
    let mut mended = Repaired { points: points(activity), ..Repaired::default() };
    let fastest = fastest_m_per_s(sport);
    let in_order = in_order(activity.time_s());
    mended.timed = in_order || mended.has_clock();
    if mended.timed {
        if !in_order {
            mend_times(&mut mended);
        }
        spread_equal_times(&mut mended.points, fastest);
        merge_equal_times(&mut mended);
        mended.elapsed_s = elapsed_s(mended.points.iter().map(|p| &p.time_s));
    } else {
        for point in &mut mended.points {
            point.time_s = f64::NAN;
        }
    }
    drop_impossible_points(&mut mended, fastest);
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

impl Repaired {
    /// Whether the points have times that can be put in order; notes why not.
    fn has_clock(&mut self) -> bool {
        let timed = self.points.iter().map(|p| p.time_s).filter(|t| t.is_finite());
        let timed: Vec<f64> = timed.collect();
        if timed.is_empty() {
            return false;
        }
        self.untimed = untimed(&timed, self.points.len());
        self.untimed.is_none()
    }
}

/// Why these times of so many points are not believed, if anything is wrong.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
fn untimed(timed: &[f64], points: usize) -> Option<Untimed> {
    // several points of one stamp are one step of the clock
    let mut stamps = timed.to_vec();
    stamps.dedup();
    let forward = stamps.windows(2).filter(|t| t[1] > t[0]).count();
    let (earliest, latest) = timed
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), t| (a.min(*t), b.max(*t)));
    if timed.len() * 2 < points {
        Some(Untimed::Few)
    } else if forward * 2 < stamps.len() - 1 {
        Some(Untimed::Backwards)
    } else if stamps.len() < 2
        || timed.len() > stamps.len() * MOST_ALIKE.value as usize
        || timed.len() as f64 > 2.0 + (latest - earliest) * MOST_A_SECOND.value
    {
        Some(Untimed::Stands)
    } else {
        None
    }
}

/// Puts the times in order.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
fn mend_times(mended: &mut Repaired) {
    let points = &mut mended.points;
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

/// Points of one stamp that nobody can have passed in a second have times of their own: a
/// clock of whole minutes, or points that waited for the recorder. They are spread over the
/// longer of the silences before and after them.
fn spread_equal_times(points: &mut [Point], fastest: f64) {
    let mut from = 0;
    let mut last_gap_s = f64::NAN;
    // the stamp before, which spreading has not moved
    let mut before_s = f64::NAN;
    while from < points.len() {
        let stamp_s = points[from].time_s;
        let alike = points[from..].iter().take_while(|p| p.time_s <= stamp_s).count();
        let to = from + alike;
        let ahead_s = points.get(to).map_or(last_gap_s, |next| next.time_s - stamp_s);
        let behind_s = stamp_s - before_s;
        if alike > 1 {
            let legs =
                points[from..to].windows(2).map(|pair| pair[0].metres_to(&pair[1]));
            let length_m: f64 = legs.filter(|leg| leg.is_finite()).sum();
            if length_m > fastest {
                let (share_s, first_s) = if behind_s > ahead_s {
                    // they end with their stamp
                    (behind_s / alike as f64, behind_s / alike as f64 - behind_s)
                } else {
                    (ahead_s / alike as f64, 0.0)
                };
                if share_s > 0.0 {
                    for (k, point) in points[from..to].iter_mut().enumerate() {
                        point.time_s = stamp_s + first_s + k as f64 * share_s;
                    }
                }
            }
        }
        (last_gap_s, before_s) = (ahead_s, stamp_s);
        from = to;
    }
}

fn merge_equal_times(mended: &mut Repaired) {
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
fn drop_impossible_points(mended: &mut Repaired, fastest: f64) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    /// So many points `step_s` apart at 3 m/s going north, with stamps as `stamp` makes them
    /// of the true seconds.
    fn walk(points: u32, step_s: f64, stamp: impl Fn(f64) -> f64) -> Activity {
        let mut activity = Activity::default();
        for i in 0..points {
            let t = f64::from(i) * step_s;
            activity.push(Sample {
                time_s: stamp(t),
                latitude_deg: 46.0 + 3.0 * t / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0 + t,
                ..Sample::default()
            });
        }
        activity
    }

    fn length_m(mended: &Repaired) -> f64 {
        mended.points.windows(2).map(|pair| pair[0].metres_to(&pair[1])).sum()
    }

    fn times(mended: &Repaired) -> Vec<f64> {
        mended.points.iter().map(|point| point.time_s).collect()
    }

    #[test]
    fn every_stamp_several_times_is_every_stamp_once() {
        let plain = walk(100, 1.0, |t| t);
        for (copies, left_out) in [(2, 0), (2, 1), (3, 0), (3, 2), (7, 0)] {
            let mut activity = Activity::default();
            let samples = (0..100).flat_map(|i| std::iter::repeat_n(i, copies));
            for i in samples.take(100 * copies - left_out) {
                activity.push(plain.sample(i));
            }
            let mended = mend(&activity, Sport::Run);
            assert!(mended.timed);
            assert_eq!(times(&mended), plain.time_s());
            assert_eq!(mended.merged, 100 * (copies - 1) - left_out);
        }
    }

    #[test]
    fn what_is_recorded_apart_at_one_stamp_comes_together() {
        let plain = walk(100, 1.0, |t| t);
        let mut activity = Activity::default();
        for i in 0..100 {
            let nothing = Sample::default();
            activity.push(plain.sample(i));
            let time_s = plain.time_s()[i];
            activity.push(Sample { time_s, heart_rate_bpm: 140.0, ..nothing });
        }
        let mended = mend(&activity, Sport::Run);
        assert_eq!((mended.timed, mended.points.len()), (true, 100));
        assert!(
            mended.points.iter().all(|p| p.has_position() && p.heart_rate_bpm > 139.0)
        );
    }

    #[test]
    fn five_points_of_a_second_are_its_road() {
        let mended = mend(&walk(5 * 600, 0.2, f64::floor), Sport::Run);
        let thinned = mend(&walk(600, 1.0, |t| t), Sport::Run);
        assert_eq!((mended.timed, times(&mended)), (true, times(&thinned)));
        assert!((length_m(&mended) / length_m(&thinned) - 1.0).abs() < 0.01);
    }

    #[test]
    fn whole_minutes_are_spread() {
        let mended = mend(&walk(3600, 1.0, |t| (t / 60.0).floor() * 60.0), Sport::Run);
        assert!(mended.timed);
        let plain: Vec<f64> = (0..3600).map(f64::from).collect();
        assert_eq!(times(&mended), plain);
    }

    #[test]
    fn points_that_waited_come_before_their_stamp() {
        let waited = |t: f64| if (100.0..150.0).contains(&t) { 149.0 } else { t };
        let mended = mend(&walk(300, 1.0, waited), Sport::Run);
        assert_eq!(mended.points.len(), 300);
        for (i, time_s) in times(&mended).into_iter().enumerate() {
            assert!((time_s - i as f64).abs() < 1e-9, "{i}: {time_s}");
        }
    }

    #[test]
    fn a_clock_that_stands_tells_no_time() {
        let untimed = |stamp: fn(f64) -> f64| {
            let mended = mend(&walk(300, 1.0, stamp), Sport::Run);
            assert_eq!(mended.timed, mended.untimed.is_none());
            mended.untimed
        };
        assert_eq!(untimed(|_| 7.0), Some(Untimed::Stands));
        assert_eq!(untimed(|t| t % 2.0 * 1e-4), Some(Untimed::Stands));
        assert_eq!(untimed(|t| f64::from(t > 150.0)), Some(Untimed::Stands));
        assert_eq!(untimed(|t| -t), Some(Untimed::Backwards));
        let few = |t: f64| if t < 20.0 { t } else { f64::NAN };
        assert_eq!(untimed(few), Some(Untimed::Few));
        // every second one missing, and a minute that goes back
        assert_eq!(untimed(|t| if t % 2.0 > 0.0 { f64::NAN } else { t }), None);
        assert_eq!(untimed(|t| if (90.0..150.0).contains(&t) { -t } else { t }), None);
        // no times are a plan, and nothing is wrong with them
        let plan = mend(&walk(300, 1.0, |_| f64::NAN), Sport::Run);
        assert_eq!((plan.timed, plan.untimed), (false, None));
    }
}
