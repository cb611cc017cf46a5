//! This year's figures against last year's: the test of Mann, Whitney and Wilcoxon.

use jiff::civil::Date;
use statrs::stats_tests::Alternative;
use statrs::stats_tests::mannwhitneyu::{MannWhitneyUMethod, mannwhitneyu};

use crate::quantile::median;
use crate::trend::{Direction, Observation, SIGNIFICANCE, by_day};

/// Days that each of two years needs: of three and three even the clearest order is chance.
pub const LEAST_DAYS_OF_A_YEAR: usize = 4;

/// A year against the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct YearAgainstLast {
    /// The year.
    pub year: i16,
    /// The middle of its days.
    pub middle: f64,
    /// The middle of the days of the year before.
    pub middle_before: f64,
    /// Chance of two years as different as these where they are alike.
    pub p: f64,
}

impl YearAgainstLast {
    /// Returns whether the year is above or below the one before by more than chance does.
    pub fn direction(&self) -> Direction {
        match self.p <= SIGNIFICANCE.value {
            true if self.middle > self.middle_before => Direction::Up,
            true if self.middle < self.middle_before => Direction::Down,
            _ => Direction::Unclear,
        }
    }
}

/// Holds the year of a day against the one before; `None` where either has fewer than
/// [`LEAST_DAYS_OF_A_YEAR`] days with a figure.
pub fn year_against_last(
    observations: &[Observation],
    on: Date,
) -> Option<YearAgainstLast> {
    let days = by_day(observations);
    let of = |year: i16| -> Vec<f64> {
        days.iter().filter(|one| one.day.year() == year).map(|one| one.value).collect()
    };
    let (now, before) = (of(on.year()), of(on.year().checked_sub(1)?));
    if now.len().min(before.len()) < LEAST_DAYS_OF_A_YEAR {
        return None;
    }
    let p = alike(&now, &before)?;
    Some(YearAgainstLast {
        year: on.year(),
        middle: median(now)?,
        middle_before: median(before)?,
        p,
    })
}

/// Chance of two groups of figures as different as these where they are alike; `None` where
/// either has fewer than [`LEAST_DAYS_OF_A_YEAR`].
pub(crate) fn alike(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len().min(b.len()) < LEAST_DAYS_OF_A_YEAR {
        return None;
    }
    // the exact method of `statrs` 0.19 tells the chance of the other side where the first
    // sample is the smaller; the normal one holds from four on, within half a percent
    let method = MannWhitneyUMethod::AsymptoticInclContinuityCorrection;
    let (_, p) = mannwhitneyu(a, b, method, Alternative::TwoSided).ok()?;
    Some(if p.is_finite() { p } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    fn two_years(now: &[f64], before: &[f64]) -> Option<YearAgainstLast> {
        let on = |year: i16, values: &[f64]| -> Vec<Observation> {
            (0..)
                .zip(values)
                .map(|(n, value)| Observation {
                    day: date(year, 3, 1).saturating_add((5 * n).days()),
                    value: *value,
                })
                .collect()
        };
        let all = [on(2026, now), on(2025, before)].concat();
        year_against_last(&all, date(2026, 12, 31))
    }

    #[test]
    fn tells_years_apart_that_differ_and_no_others() {
        let low = [900.0, 910.0, 920.0, 930.0, 905.0];
        let high = [950.0, 960.0, 970.0, 980.0, 955.0];
        assert_eq!(two_years(&high, &low).unwrap().direction(), Direction::Up);
        assert_eq!(two_years(&low, &high).unwrap().direction(), Direction::Down);
        assert_eq!(two_years(&low, &low).unwrap().direction(), Direction::Unclear);
        assert_eq!(
            two_years(&[1.0; 9], &[1.0; 9]).unwrap().p.to_bits(),
            1.0_f64.to_bits()
        );
        assert_eq!(two_years(&high, &low[..3]), None);
    }
}
