//! Drops places that nobody can have reached.

use crate::evidence::Parameter;
use crate::profile::point::Point;
use crate::quantile::median;
use crate::sport::Sport;

/// A point is impossible on foot above this speed to both neighbours.
pub(crate) const FASTEST_ON_FOOT: Parameter = Parameter::chosen(
    "profile.fastest_on_foot",
    12.0,
    "m/s",
    "the world's best sprint peaks at 12.3 m/s",
    "nobody keeps it between two records",
);
/// And above this one riding.
pub(crate) const FASTEST_RIDING: Parameter = Parameter::chosen(
    "profile.fastest_riding",
    35.0,
    "m/s",
    "126 km/h; road descents reach 130 km/h at the very most",
    "nobody keeps it between two records",
);
/// Without times, a point is impossible whose both legs are longer than this ...
pub(crate) const DETOUR: Parameter = Parameter::chosen(
    "profile.detour",
    2000.0,
    "m",
    "1 to 5 km",
    "a hand-drawn route may go out to a summit and back in legs of a kilometre or two",
);
/// ... and this many times the middle leg of the file.
pub(crate) const DETOUR_LEGS: Parameter = Parameter::chosen(
    "profile.detour_legs",
    50.0,
    "1",
    "20 to 100",
    "legs of a route are of one kind",
);

/// Returns the fastest that anybody goes in this sport, m/s.
pub(crate) fn fastest_m_per_s(sport: Sport) -> f64 {
    if sport.on_foot() { FASTEST_ON_FOOT.value } else { FASTEST_RIDING.value }
}

/// Drops points that nobody can have reached from either neighbour: too fast, or without
/// times far from both. Returns their indices in the recording.
pub(super) fn drop_impossible(
    points: &mut Vec<Point>,
    timed: bool,
    fastest_m_per_s: f64,
) -> Vec<u32> {
    let far_m = if timed { f64::INFINITY } else { far_m(points) };
    let too_far = |a: &Point, b: &Point| {
        let seconds = b.time_s - a.time_s;
        let metres = a.metres_to(b);
        if seconds.is_nan() {
            metres > far_m
        } else {
            metres > fastest_m_per_s * seconds.max(0.5)
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
                too_far(&points[previous], point) && too_far(point, next)
            }
            _ => false,
        };
        if outlier {
            outliers.push(i);
        } else if point.has_position() {
            previous = Some(i);
        }
    }
    let impossible = outliers.iter().map(|i| points[*i].sample).collect();
    let (mut at, mut outliers) = (0, outliers.into_iter().peekable());
    let mut kept_break = None;
    points.retain_mut(|point| {
        let outlier = outliers.next_if_eq(&at).is_some();
        at += 1;
        if outlier {
            kept_break = kept_break.or(point.interruption);
        } else {
            point.interruption = point.interruption.or(kept_break.take());
        }
        !outlier
    });
    impossible
}

/// Returns the length of leg that no point of a route without times can have on both sides.
fn far_m(points: &[Point]) -> f64 {
    let located: Vec<&Point> = points.iter().filter(|p| p.has_position()).collect();
    let legs = located.windows(2).map(|p| p[0].metres_to(p[1]));
    let middle_m = median(legs).unwrap_or(0.0);
    DETOUR.value.max(DETOUR_LEGS.value * middle_m)
}
