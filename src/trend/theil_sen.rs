//! The slope of Theil (1950) and Sen (1968): the middle of the slopes of all pairs, and an
//! interval by the places that the test of Mann and Kendall leaves.

use crate::trend::mann_kendall::Kendall;

/// Returns the slopes of all pairs of points of different and rising times.
pub(super) fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
    for (at, early) in points.iter().enumerate() {
        for late in points.get(at + 1..).unwrap_or_default() {
            slopes.push((late.1 - early.1) / (late.0 - early.0));
        }
    }
    slopes
}

/// Returns the middle of slopes.
pub(super) fn middle(slopes: &mut [f64]) -> f64 {
    at_place(slopes, f64::midpoint(slopes.len() as f64, 1.0))
}

/// Returns the ends of the interval that the true slope lies below, and above, with a chance of
/// `outside` each.
pub(super) fn range(slopes: &mut [f64], kendall: &Kendall, outside: f64) -> (f64, f64) {
    let low = kendall.lower_place(outside);
    let last = slopes.len() as f64 + 1.0;
    (at_place(slopes, low), at_place(slopes, last - low))
}

/// Returns the value at a place from 1 on in the order of all, between two by its share; only
/// as much is put in order as that needs.
fn at_place(values: &mut [f64], place: f64) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place from 1 on, held within the values"
    )]
    let below = (place.floor().max(1.0) as usize).min(values.len()) - 1;
    let (_, low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*low);
    *low + place.fract() * (high - *low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(points: &[(f64, f64)]) -> (f64, (f64, f64)) {
        let values: Vec<f64> = points.iter().map(|point| point.1).collect();
        let mut slopes = slopes(points);
        (middle(&mut slopes), range(&mut slopes, &Kendall::of(&values), 0.025))
    }

    #[test]
    fn one_wild_value_does_not_move_it() {
        let line = |n: i32| (f64::from(n), 3.0 * f64::from(n) + 0.1 * f64::from(n % 3));
        let mut points: Vec<(f64, f64)> = (0..20).map(line).collect();
        let before = of(&points);
        points[4].1 = 1e6;
        let after = of(&points);
        assert!((before.0 - 3.0).abs() < 0.01 && (after.0 - 3.0).abs() < 0.02);
        assert!(after.1.0 < 3.0 && after.1.1 > 3.0, "{after:?}");
    }

    #[test]
    fn a_straight_line_has_its_slope_and_no_doubt() {
        let points: Vec<(f64, f64)> =
            (0..8).map(|n| (f64::from(n * n), -2.0 * f64::from(n * n))).collect();
        assert_eq!(of(&points), (-2.0, (-2.0, -2.0)));
    }
}
