//! Categories of climbs as riders know them.

/// Returns Strava's category of a climb: length in metres times mean grade in percent above 8000,
/// 16000, 32000, 64000, 80000 is 4, 3, 2, 1, HC. Source: Strava's support pages.
///
/// ```
/// use hardlegs::category::strava;
/// assert_eq!(strava(2000.0, 0.041), Some("4"));
/// assert_eq!(strava(13800.0, 0.081), Some("HC"));
/// assert_eq!(strava(1000.0, 0.03), None);
/// ```
pub fn strava(length_m: f64, grade: f64) -> Option<&'static str> {
    let score = length_m * grade * 100.0;
    [(80_000.0, "HC"), (64_000.0, "1"), (32_000.0, "2"), (16_000.0, "3"), (8_000.0, "4")]
        .into_iter()
        .find(|(least, _)| score > *least)
        .map(|(_, name)| name)
}

/// Returns the FIETS index: `H^2 / (10 D) + max(0, (T - 1000) / 1000)` with height H, length D
/// and top T in metres. Source: the Dutch magazine Fiets, as its readers pass it on.
///
/// ```
/// assert!((hardlegs::category::fiets(82.0, 2000.0, 500.0) - 0.3362).abs() < 1e-9);
/// ```
pub fn fiets(rise_m: f64, length_m: f64, top_m: f64) -> f64 {
    rise_m * rise_m / (10.0 * length_m) + ((top_m - 1000.0) / 1000.0).max(0.0)
}
