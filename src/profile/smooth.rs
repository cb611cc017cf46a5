//! A local linear fit over metres: a fixed row of weights on the even grid.

use crate::evidence::Parameter;

/// Seconds of travel on either side that the window spans.
pub(crate) const WINDOW_S: Parameter = Parameter::chosen(
    "profile.window",
    10.0,
    "s",
    "5 to 20 s",
    "settled by experiment on 88 sessions: a barometer's lag and noise are in seconds",
);
/// Narrowest half-width.
pub(crate) const NARROWEST: Parameter = Parameter::chosen(
    "profile.narrowest_half_width",
    25.0,
    "m",
    "12.5 to 50 m",
    "settled by experiment on 88 sessions",
);
/// Widest half-width that speed alone asks for.
pub(crate) const WIDEST: Parameter = Parameter::chosen(
    "profile.widest_half_width",
    80.0,
    "m",
    "50 to 100 m",
    "rolling hills of 300 m must survive",
);
/// Widest half-width that noise may ask for.
pub(crate) const WIDEST_NOISY: Parameter = Parameter::chosen(
    "profile.widest_half_width_noisy",
    100.0,
    "m",
    "80 to 150 m",
    "beyond it hills are lost faster than noise",
);
/// Standard error of a smoothed height that noise is brought down to.
pub(crate) const WANTED_ERROR: Parameter = Parameter::chosen(
    "profile.wanted_height_error",
    0.30,
    "m",
    "0.2 to 0.5 m",
    "a sixth of the least reversal",
);
/// Sum of squared tricube weights over the squared sum, times half-width over spacing.
pub(crate) const TRICUBE_VARIANCE: Parameter = Parameter {
    name: "profile.tricube_variance",
    value: 0.7085,
    unit: "1",
    range: "175/247, the integral of the squared kernel",
    evidence: crate::evidence::Evidence::Replicated,
    source: "kernel constant of the tricube (Cleveland 1979, J Am Stat Assoc 74:829)",
};

/// Half-width for a speed and a white noise of the heights, m.
pub(crate) fn half_width_m(speed_m_per_s: f64, noise_m: f64, spacing_m: f64) -> f64 {
    let by_speed = (WINDOW_S.value * speed_m_per_s).clamp(NARROWEST.value, WIDEST.value);
    let by_noise = TRICUBE_VARIANCE.value * noise_m * noise_m * spacing_m
        / (WANTED_ERROR.value * WANTED_ERROR.value);
    by_speed.max(by_noise.min(WIDEST_NOISY.value))
}

/// Smooths node heights `step_m` apart with a window of `half_width_m` on either side.
///
/// The fit at a node is linear, its weights tricube. Beyond both ends the heights go on as
/// an odd reflection, so that every window is whole; a linear fit in a symmetric window is
/// the weighted mean, which makes it one fixed row of weights.
pub(crate) fn local_linear(node_m: &[f64], step_m: f64, half_width_m: f64) -> Vec<f64> {
    let last = node_m.len().saturating_sub(1);
    let length_m = last as f64 * step_m;
    let half = if length_m < 2.0 * half_width_m { length_m / 4.0 } else { half_width_m };
    let mut weights = Vec::new();
    for k in 0.. {
        let u = k as f64 * step_m / half;
        if u >= 1.0 || k > last {
            break;
        }
        let w = 1.0 - u * u * u;
        weights.push(w * w * w);
    }
    if weights.len() < 2 {
        return node_m.to_vec();
    }
    let total = 2.0 * weights.iter().sum::<f64>() - weights[0];
    let reflected = |i: isize| -> f64 {
        let n = last.cast_signed();
        if i < 0 {
            2.0 * node_m[0] - node_m[i.unsigned_abs().min(last)]
        } else if i > n {
            2.0 * node_m[last] - node_m[(2 * n - i).max(0).unsigned_abs()]
        } else {
            node_m[i.unsigned_abs()]
        }
    };
    // weight by weight rather than node by node: each node's sum is added up in the same order,
    // and its neighbours' beside it
    let mut sums: Vec<f64> = node_m.iter().map(|node| weights[0] * node).collect();
    let nodes = node_m.len();
    for (k, w) in weights.iter().enumerate().skip(1) {
        let inside = k.min(nodes)..nodes.saturating_sub(k).max(k.min(nodes));
        for i in (0..inside.start).chain(inside.end..nodes) {
            let (at, k) = (i.cast_signed(), k.cast_signed());
            sums[i] += w * (reflected(at - k) + reflected(at + k));
        }
        let beside = node_m.iter().zip(&node_m[(2 * k).min(nodes)..]);
        for (sum, (before, after)) in sums[inside].iter_mut().zip(beside) {
            *sum += w * (before + after);
        }
    }
    sums.into_iter().map(|sum| sum / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the weighted mean of one node's window, as it is written.
    fn plain(node_m: &[f64], at: usize, step_m: f64, half_m: f64) -> f64 {
        let (last, i) = ((node_m.len() - 1).cast_signed(), at.cast_signed());
        let height = |i: isize| match i {
            ..0 => 2.0 * node_m[0] - node_m[i.unsigned_abs()],
            i if i > last => {
                2.0 * node_m[last.unsigned_abs()] - node_m[(2 * last - i).unsigned_abs()]
            }
            i => node_m[i.unsigned_abs()],
        };
        let (mut sum, mut weights) = (0.0, 0.0);
        for k in -last..=last {
            let u = (k as f64 * step_m / half_m).abs();
            if u < 1.0 {
                let weight = (1.0 - u.powi(3)).powi(3);
                sum += weight * height(i + k);
                weights += weight;
            }
        }
        sum / weights
    }

    proptest! {
        #[test]
        fn it_is_the_weighted_mean_of_each_window(
            nodes in prop::collection::vec(-50.0..900.0_f64, 12..90), half_m in 6.0..130.0_f64,
        ) {
            let step_m = 5.0;
            let length_m = (nodes.len() - 1) as f64 * step_m;
            let half = if length_m < 2.0 * half_m { length_m / 4.0 } else { half_m };
            for (at, smooth) in local_linear(&nodes, step_m, half_m).into_iter().enumerate() {
                let plain = plain(&nodes, at, step_m, half);
                prop_assert!((smooth - plain).abs() < 1e-9, "{at}: {smooth} {plain}");
            }
        }
    }

    #[test]
    fn a_straight_slope_stays_what_it_is_to_its_very_ends() {
        let nodes: Vec<f64> = (0..100).map(|k| 700.0 + 0.4 * f64::from(k)).collect();
        for (a, b) in nodes.iter().zip(local_linear(&nodes, 5.0, 60.0)) {
            assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn the_kernel_constant_is_the_one_stated() {
        let n = 20_000_i32;
        let weights = (-n..=n).map(|k| {
            let u = (f64::from(k) / f64::from(n)).abs();
            (1.0 - u * u * u).powi(3)
        });
        let (sum, squares) = weights.fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
        let constant = squares / (sum * sum) * f64::from(n);
        assert!((constant - TRICUBE_VARIANCE.value).abs() < 2e-4, "{constant}");
    }

    #[test]
    fn a_run_of_one_cell_is_left_alone() {
        assert_eq!(local_linear(&[1.0, 2.0], 5.0, 25.0), [1.0, 2.0]);
    }
}
