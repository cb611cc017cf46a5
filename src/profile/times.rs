//! Puts the times of points in order: those that go back, that come twice, or that are none.

use crate::activity::Break;
use crate::evidence::Parameter;
use crate::profile::point::Point;
use crate::profile::untimed::Untimed;

/// Most points whose times went back that are given times between their neighbours.
pub(crate) const FEW_BACKWARD: Parameter = Parameter::chosen(
    "profile.few_backward",
    60.0,
    "records",
    "10 to 100",
    "more than a minute of records with times of the past is another recording",
);
/// More points of one stamp, on average over a recording, come from a clock that stands.
pub(crate) const MOST_ALIKE: Parameter = Parameter::chosen(
    "profile.most_alike",
    120.0,
    "records",
    "60 to 600",
    "stamps in whole minutes at a point or two a second",
);
/// And more in a second than this.
pub(crate) const MOST_A_SECOND: Parameter = Parameter::chosen(
    "profile.most_a_second",
    100.0,
    "records",
    "20 to 1000",
    "receivers reach 25 positions a second",
);
/// Longest silence of the recorder that is still part of the route.
pub(crate) const GAP_S: Parameter = Parameter::chosen(
    "profile.gap",
    60.0,
    "s",
    "25 to 120 s",
    "smart recording is silent for some tens of seconds at most",
);

/// Returns whether every point is later than the one before it: nothing to repair, as nearly
/// always.
pub(super) fn in_order(time_s: &[f64]) -> bool {
    time_s.len() >= 2 && time_s.windows(2).all(|pair| pair[1] > pair[0])
}

/// Returns the seconds from the first of these times to the last.
pub(super) fn elapsed_s<'a>(mut time_s: impl DoubleEndedIterator<Item = &'a f64>) -> f64 {
    let first = time_s.next();
    time_s.next_back().zip(first).map_or(0.0, |(last, first)| last - first)
}

/// Why the times of these points are not believed, if they have any and anything is wrong.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
pub(super) fn untimed(points: &[Point]) -> Option<Untimed> {
    let timed = points.iter().map(|p| p.time_s).filter(|t| t.is_finite());
    let timed: Vec<f64> = timed.collect();
    if timed.is_empty() {
        return None;
    }
    // several points of one stamp are one step of the clock
    let mut stamps = timed.clone();
    stamps.dedup();
    let forward = stamps.windows(2).filter(|t| t[1] > t[0]).count();
    let (earliest, latest) = timed
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), t| (a.min(*t), b.max(*t)));
    if timed.len() * 2 < points.len() {
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

/// Puts the times in order; returns how many were repaired.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
pub(super) fn repair_times(points: &mut Vec<Point>) -> usize {
    let few = FEW_BACKWARD.value as usize;
    let mut repaired = 0;
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
        repaired += 1;
        if before_last.is_some_and(|before| leapt_ahead(points, before, previous, t)) {
            // this one goes on where time was
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
            repaired += back - 1;
            i += back;
        } else {
            // another recording: its own route, its times laid behind what was before
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
    repaired
}

/// Returns whether the time of a point lies far ahead of the point before it and of a time
/// after it.
fn leapt_ahead(points: &[Point], before: usize, point: usize, after_s: f64) -> bool {
    let before_s = points[before].time_s;
    after_s > before_s && points[point].time_s - before_s > GAP_S.value
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

/// Points of one stamp that nobody can have passed in a second have times of their own: a
/// clock of whole minutes, or points that waited for the recorder. They are spread over the
/// longer of the silences before and after them.
pub(super) fn spread_equal_times(points: &mut [Point], fastest_m_per_s: f64) {
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
            if length_m > fastest_m_per_s {
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

/// Merges points of one time; returns how many are no point of their own any more.
pub(super) fn merge_equal_times(points: &mut Vec<Point>) -> usize {
    let mut heights = 1.0;
    let before = points.len();
    points.dedup_by(|point, last| {
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
    before - points.len()
}

/// Takes what is missing from elsewhere.
fn fill<T: Copy + Into<f64>>(a: &mut T, b: T) {
    if (*a).into().is_nan() {
        *a = b;
    }
}
