//! The highest heart rate that a whole history knows of.

use crate::evidence::Parameter;
use crate::quantile::quantile;

/// Days with a clean heart rate from which a history knows the highest.
pub(crate) const LEAST_DAYS: Parameter = Parameter::chosen(
    "heart.least_days",
    10.0,
    "d",
    "5 to 30",
    "of fewer outings none may have been hard",
);
/// Share of the days that are below the highest heart rate.
pub(crate) const BELOW: Parameter = Parameter::chosen(
    "heart.below",
    0.995,
    "1",
    "0.98 to 1",
    "one bad day in some hundreds does not set it",
);

/// The highest heart rate of a history: the 99.5th percentile of its days, each with the 99.5th
/// percentile of its clean seconds. Who never went all out has a higher one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct HighestHeartRate {
    /// 1/min.
    pub bpm: f64,
    /// Days that it is taken over.
    pub days: usize,
}

impl HighestHeartRate {
    /// Returns that of days in any order; `None` below ten.
    ///
    /// ```
    /// use hardlegs::settings::HighestHeartRate;
    /// let days: Vec<f64> = (0..20).map(|day| 165.0 + f64::from(day)).collect();
    /// let highest = HighestHeartRate::of(days.clone()).unwrap();
    /// assert!(highest.bpm > 183.0 && highest.bpm <= 184.0 && highest.days == 20);
    /// assert_eq!(HighestHeartRate::of(days[..9].to_vec()), None);
    /// ```
    pub fn of(mut days: Vec<f64>) -> Option<HighestHeartRate> {
        days.retain(|bpm| bpm.is_finite());
        if (days.len() as f64) < LEAST_DAYS.value {
            return None;
        }
        let (count, bpm) = (days.len(), quantile(days, BELOW.value)?);
        Some(HighestHeartRate { bpm, days: count })
    }
}
