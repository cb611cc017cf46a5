//! How noisy the heights are, measured on the heights themselves.

use crate::evidence::Parameter;

/// Longest span of the five records that a residual is taken over.
pub(crate) const LONGEST_SPAN: Parameter = Parameter::chosen(
    "profile.noise_span",
    240.0,
    "m",
    "100 to 400 m",
    "beyond it terrain is no longer a cubic",
);
/// From the mean of the lower 95 % of absolute residuals to a standard deviation.
pub(crate) const TRIMMED_MEAN_TO_SD: Parameter = Parameter {
    name: "profile.noise_scale",
    value: 1.35,
    unit: "1",
    range: "1.41 for exactly normal noise; quantised heights lie below",
    evidence: crate::evidence::Evidence::Assumed,
    source: "settled by experiment on 88 sessions",
};
/// Heights above this noise are called noisy.
pub const NOISY: Parameter = Parameter::chosen(
    "profile.noisy_heights",
    0.25,
    "m",
    "real files: 0.04 / 0.07 / 0.22 m at 5 / 50 / 95 %",
    "above what 95 % of real recordings show",
);

/// Heights above this noise are fair, below it good.
pub(crate) const FAIR: Parameter = Parameter::chosen(
    "profile.fair_heights",
    0.15,
    "m",
    "between the middle of real files, 0.07 m, and their worst, 0.22 m",
    "a word for people; no figure depends on it",
);

/// White noise of a height, m: residuals of records to the cubic through two records on
/// either side. `tracks` are (metres, heights) of runs, metres rising strictly.
pub(crate) fn white_noise_m<'a>(
    tracks: impl Iterator<Item = (&'a [f64], &'a [f64])>,
) -> f64 {
    let mut residuals: Vec<f64> = Vec::new();
    for (x, h) in tracks {
        residuals.extend(x.windows(5).zip(h.windows(5)).map(residual_m));
    }
    residuals.retain(|residual| residual.is_finite());
    if residuals.is_empty() {
        return 0.0;
    }
    let keep = (residuals.len() * 95).div_ceil(100);
    residuals.select_nth_unstable_by(keep - 1, f64::total_cmp);
    TRIMMED_MEAN_TO_SD.value * residuals[..keep].iter().sum::<f64>() / keep as f64
}

/// Returns how far a record is from the cubic through two on either side, over how far noise
/// alone carries it; NaN where the five span too much.
fn residual_m((metres, heights): (&[f64], &[f64])) -> f64 {
    let (&[a, b, at, c, d], &[h_a, h_b, height, h_c, h_d]) = (metres, heights) else {
        return f64::NAN;
    };
    // Lagrange's weights at `at` of the cubic through the other four
    let weights = [
        (at - b) * (at - c) * (at - d) / ((a - b) * (a - c) * (a - d)),
        (at - a) * (at - c) * (at - d) / ((b - a) * (b - c) * (b - d)),
        (at - a) * (at - b) * (at - d) / ((c - a) * (c - b) * (c - d)),
        (at - a) * (at - b) * (at - c) / ((d - a) * (d - b) * (d - c)),
    ];
    let (mut fit, mut squares) = (0.0, 0.0);
    for (weight, h) in weights.into_iter().zip([h_a, h_b, h_c, h_d]) {
        fit += weight * h;
        squares += weight * weight;
    }
    let residual = (height - fit).abs() / (1.0_f64 + squares).sqrt();
    if d - a > LONGEST_SPAN.value { f64::NAN } else { residual }
}
