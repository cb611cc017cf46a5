//! How noisy the heights are, measured on the heights themselves.

use crate::evidence::Parameter;

/// Longest span of the five records that a residual is taken over.
pub const LONGEST_SPAN: Parameter = Parameter::chosen(
    "profile.noise_span",
    240.0,
    "m",
    "100 to 400 m",
    "beyond it terrain is no longer a cubic",
);
/// From the mean of the lower 95 % of absolute residuals to a standard deviation.
pub const TRIMMED_MEAN_TO_SD: Parameter = Parameter {
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

/// White noise of a height, m: residuals of records to the cubic through two records on
/// either side. `tracks` are (metres, heights) of runs, metres rising strictly.
pub(crate) fn white_noise_m<'a>(
    tracks: impl Iterator<Item = (&'a [f64], &'a [f64])>,
) -> f64 {
    let mut residuals: Vec<f64> = Vec::new();
    for (x, h) in tracks {
        for i in 2..x.len().saturating_sub(2) {
            let at = [i - 2, i - 1, i + 1, i + 2];
            if x[i + 2] - x[i - 2] > LONGEST_SPAN.value {
                continue;
            }
            let (mut fit, mut squares) = (0.0, 0.0);
            for &j in &at {
                let mut weight = 1.0;
                for &k in &at {
                    if k != j {
                        weight *= (x[i] - x[k]) / (x[j] - x[k]);
                    }
                }
                fit += weight * h[j];
                squares += weight * weight;
            }
            let residual = (h[i] - fit).abs() / libm::sqrt(1.0 + squares);
            if residual.is_finite() {
                residuals.push(residual);
            }
        }
    }
    if residuals.is_empty() {
        return 0.0;
    }
    residuals.sort_by(f64::total_cmp);
    let keep = (residuals.len() * 95).div_ceil(100);
    TRIMMED_MEAN_TO_SD.value * residuals[..keep].iter().sum::<f64>() / keep as f64
}
