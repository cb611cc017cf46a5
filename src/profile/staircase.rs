//! Heights that stand still and then leap: contour lines, whole tens of metres, a phone that
//! asks its sensor now and then. The route climbs evenly where the record climbs stairs.

use crate::evidence::Parameter;
use crate::profile::track::Track;
use crate::quantile::middle;

/// Heights are a staircase where at least this share of the legs rises by nothing at all ...
pub(crate) const LEVEL_SHARE: Parameter = Parameter::chosen(
    "profile.staircase_level",
    0.75,
    "1",
    "0.6 to 0.9",
    "a barometer moves with every other record on any slope",
);
/// ... and the middle one of the others by at least so much.
pub(crate) const LEAST_STEP: Parameter = Parameter::chosen(
    "profile.staircase_step",
    2.0,
    "m",
    "1.5 to 3 m",
    "whole metres are smoothed well enough as they are; a step of 2 m is above the least reversal",
);
/// Fewer steps are no staircase.
const LEAST_STEPS: usize = 3;

/// A tread: samples of one height in a row.
struct Tread {
    from: usize,
    to: usize,
    height_m: f64,
}

/// Replaces a staircase by the slope through the middle of its steps; returns the middle step,
/// m, and nothing where the heights are no staircase.
///
/// A height that is rounded says where the route passes from one rounded height to the next, and
/// nothing else: there it is half way between both.
pub(crate) fn straighten(track: &mut Track<'_>) -> Option<f64> {
    let (mut legs, mut risen) = (0_usize, 0_usize);
    let mut last: Option<usize> = None;
    for (i, height_m) in track.elevation_m.iter().enumerate() {
        if height_m.is_nan() {
            continue;
        }
        if let Some(last) = last.filter(|last| track.x_m[i] > track.x_m[*last]) {
            legs += 1;
            risen += usize::from((height_m - track.elevation_m[last]).abs() > 1e-6);
        }
        last = Some(i);
    }
    if legs == 0 || ((legs - risen) as f64) < LEVEL_SHARE.value * legs as f64 {
        return None;
    }
    let treads = treads(track);
    let steps: Vec<f64> = treads
        .windows(2)
        .map(|pair| (pair[1].height_m - pair[0].height_m).abs())
        .collect();
    if steps.len() < LEAST_STEPS {
        return None;
    }
    let step_m = middle(steps).filter(|step_m| *step_m >= LEAST_STEP.value)?;
    let knots = knots(track, &treads);
    interpolate(track, &knots);
    Some(step_m)
}

fn treads(track: &Track<'_>) -> Vec<Tread> {
    let mut treads: Vec<Tread> = Vec::new();
    for (i, &height_m) in track.elevation_m.iter().enumerate() {
        if height_m.is_nan() {
            continue;
        }
        match treads.last_mut() {
            Some(tread) if (tread.height_m - height_m).abs() <= 1e-6 => tread.to = i,
            _ => treads.push(Tread { from: i, to: i, height_m }),
        }
    }
    treads
}

/// Places and heights that the route is led through, metres rising strictly.
fn knots(track: &Track<'_>, treads: &[Tread]) -> Vec<(f64, f64)> {
    let x = &track.x_m;
    let length_m = |tread: &Tread| x[tread.to] - x[tread.from];
    let mut knots: Vec<(f64, f64)> = Vec::with_capacity(2 * treads.len());
    let mut add = |at_m: f64, height_m: f64| {
        if knots.last().is_none_or(|(last_m, _)| at_m > *last_m) {
            knots.push((at_m, height_m));
        }
    };
    for (n, tread) in treads.iter().enumerate() {
        let step_m = |n: usize| Some(treads.get(n + 1)?.height_m - treads[n].height_m);
        let arriving = n.checked_sub(1).and_then(step_m);
        let leaving = step_m(n);
        match (arriving, leaving) {
            (None, _) => add(x[tread.from], tread.height_m),
            (Some(up), Some(down)) if up * down < 0.0 => {
                // no higher than the slopes beside it go on; where those turn at once, too,
                // it is noise about the edge of a step
                let beside = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
                let grades = beside.filter_map(|n| {
                    let goes_on = n.checked_sub(1).and_then(step_m)? * step_m(n)? > 0.0;
                    goes_on.then(|| {
                        step_m(n).map(|step_m| step_m.abs() / length_m(&treads[n]))
                    })?
                });
                let grade = grades.filter(|grade| grade.is_finite()).fold(0.0, f64::max);
                let half_m = 0.5 * up.abs().min(down.abs());
                let top_m = half_m.min(grade * length_m(tread) / 2.0);
                let edge_m = tread.height_m - half_m * up.signum();
                add(
                    f64::midpoint(x[tread.from], x[tread.to]),
                    edge_m + top_m * up.signum(),
                );
            }
            _ => {}
        }
        match treads.get(n + 1) {
            Some(after) => add(
                f64::midpoint(x[tread.to], x[after.from]),
                f64::midpoint(tread.height_m, after.height_m),
            ),
            None => add(x[tread.to], tread.height_m),
        }
    }
    knots
}

fn interpolate(track: &mut Track<'_>, knots: &[(f64, f64)]) {
    let mut next = 0;
    for (at_m, height_m) in track.x_m.iter().zip(&mut track.elevation_m) {
        if height_m.is_nan() {
            continue;
        }
        while next + 1 < knots.len() && knots[next].0 < *at_m {
            next += 1;
        }
        let (to_m, to_height_m) = knots[next];
        *height_m = match next.checked_sub(1).map(|before| knots[before]) {
            Some((from_m, from_height_m)) if *at_m <= to_m => {
                let share = (at_m - from_m) / (to_m - from_m);
                from_height_m + share * (to_height_m - from_height_m)
            }
            _ => to_height_m,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::track::Sensors;

    /// Returns a route of 5 m legs whose heights are recorded in some way.
    fn straightened(heights: &[f64]) -> (Option<f64>, Vec<f64>) {
        let n = heights.len();
        let (times, sensor) = (vec![f64::NAN; n], vec![f32::NAN; n]);
        let samples: Vec<u32> = (0..u32::MAX).take(n).collect();
        let mut track = Track {
            x_m: (0..n).map(|i| 5.0 * i as f64).collect(),
            moving_m: vec![0.0; n],
            clock_s: vec![f64::NAN; n],
            time_s: &times,
            elevation_m: heights.to_vec(),
            scored: vec![true; n],
            sensors: Sensors {
                cadence_per_min: &sensor,
                power_w: &sensor,
                heart_rate_bpm: &sensor,
                stance_time_s: &sensor,
            },
            sample: &samples,
        };
        let step_m = straighten(&mut track);
        (step_m, track.elevation_m)
    }

    fn gain_m(heights: &[f64]) -> f64 {
        heights.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).sum()
    }

    #[test]
    fn a_slope_in_whole_tens_of_metres_is_a_slope_again() {
        let slope: Vec<f64> = (0..1000).map(|i| 503.0 + 0.075 * f64::from(i)).collect();
        let stairs: Vec<f64> = slope.iter().map(|h| (h / 10.0).round() * 10.0).collect();
        let (step_m, straight) = straightened(&stairs);
        assert_eq!(step_m, Some(10.0));
        for (i, (is, was)) in straight.iter().zip(&slope).enumerate().skip(30).take(900) {
            assert!((is - was).abs() < 0.2, "{i}: {is} {was}");
        }
    }

    #[test]
    fn finds_no_hill_in_flutter_about_a_step() {
        let stairs: Vec<f64> = (0..600)
            .map(|i: i32| match i {
                0..200 => 490.0,
                200..400 => 500.0 + 10.0 * f64::from((i / 7) % 2),
                _ => 510.0,
            })
            .collect();
        let (step_m, straight) = straightened(&stairs);
        assert_eq!(step_m, Some(10.0));
        // the ground rises by 20 m; as it is written, the flutter makes 160
        assert!(gain_m(&straight) <= 25.0, "{}", gain_m(&straight));
    }

    #[test]
    fn a_top_between_two_slopes_keeps_its_height() {
        let hill: Vec<f64> =
            (0..800).map(|i| 600.0 - 0.2 * (f64::from(i) - 400.0).abs()).collect();
        let stairs: Vec<f64> = hill.iter().map(|h| (h / 10.0).round() * 10.0).collect();
        let (_, straight) = straightened(&stairs);
        assert!((gain_m(&straight) - 80.0).abs() <= 5.0, "{}", gain_m(&straight));
    }

    #[test]
    fn what_moves_with_the_ground_is_left_alone() {
        let fine: Vec<f64> = (0..500).map(|i| 400.0 + 0.2 * f64::from(i / 3)).collect();
        let (step_m, same) = straightened(&fine);
        assert_eq!((step_m, same), (None, fine));
        let level = vec![400.0; 500];
        assert_eq!(straightened(&level), (None, level));
    }
}
