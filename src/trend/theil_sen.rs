//! The slope of Theil (1950) and Sen (1968): the middle of the slopes of all pairs, and an
//! interval by the places that the test of Mann and Kendall leaves.

use crate::trend::mann_kendall::Kendall;

/// A slope and the ends of its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    pub(super) middle: f64,
    pub(super) range: (f64, f64),
}

/// Returns the slope through points of different and rising times, with its interval.
pub(super) fn slope(points: &[(f64, f64)], kendall: &Kendall, confidence: f64) -> Slope {
    let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
    for (at, early) in points.iter().enumerate() {
        for late in points.get(at + 1..).unwrap_or_default() {
            slopes.push((late.1 - early.1) / (late.0 - early.0));
        }
    }
    let low = kendall.lower_place(confidence);
    let last = slopes.len() as f64 + 1.0;
    Slope {
        middle: at_place(&mut slopes, last / 2.0),
        range: (at_place(&mut slopes, low), at_place(&mut slopes, last - low)),
    }
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

    fn of(points: &[(f64, f64)]) -> Slope {
        let values: Vec<f64> = points.iter().map(|point| point.1).collect();
        slope(points, &Kendall::of(&values), 0.95)
    }

    #[test]
    fn one_wild_value_does_not_move_it() {
        let line = |n: i32| (f64::from(n), 3.0 * f64::from(n) + 0.1 * f64::from(n % 3));
        let mut points: Vec<(f64, f64)> = (0..20).map(line).collect();
        let before = of(&points);
        points[4].1 = 1e6;
        let after = of(&points);
        assert!((before.middle - 3.0).abs() < 0.01 && (after.middle - 3.0).abs() < 0.02);
        assert!(after.range.0 < 3.0 && after.range.1 > 3.0, "{after:?}");
    }

    #[test]
    fn a_straight_line_has_its_slope_and_no_doubt() {
        let points: Vec<(f64, f64)> =
            (0..8).map(|n| (f64::from(n * n), -2.0 * f64::from(n * n))).collect();
        assert_eq!(of(&points), Slope { middle: -2.0, range: (-2.0, -2.0) });
    }
}
