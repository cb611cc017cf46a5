//! Values to the decimals that a key of a document states.

/// Rounds to so many decimals; `None` for what is not finite.
pub(super) fn round(value: f64, decimals: i32) -> Option<f64> {
    let scale = 10_f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    // no negative zero in the output
    rounded.is_finite().then_some(rounded + 0.0)
}

/// Rounds to so many decimals; zero for what is not finite.
pub(super) fn finite(value: f64, decimals: i32) -> f64 {
    round(value, decimals).unwrap_or(0.0)
}

/// Rounds what is known to so many decimals.
pub(super) fn maybe(value: Option<f64>, decimals: i32) -> Option<f64> {
    value.and_then(|v| round(v, decimals))
}
