//! This year's figures against last year's, of the same part of both: the test of Mann, Whitney and
//! Wilcoxon.

use jiff::civil::Date;
use statrs::stats_tests::Alternative;
use statrs::stats_tests::mannwhitneyu::{MannWhitneyUMethod, mannwhitneyu};

use crate::quantile::median;
use crate::trend::dependence::{Dependence, Residuals};
use crate::trend::{ALIKE, Direction, Observation, SIGNIFICANCE, by_day, inflated};

/// Days that two parts of years may begin or end apart. Our choice: the same hills are not done on
/// the same days.
const APART_DAYS: i16 = 14;
/// Days that each of two years needs: of three and three even the clearest order is chance.
pub const LEAST_DAYS_OF_A_YEAR: usize = 4;

/// A year against the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct YearAgainstLast {
    /// The year.
    pub year: i16,
    /// First and last day of the part of it that is compared, with the same part of the year before:
    /// both years have figures from about the first to about the last.
    pub part: (Date, Date),
    /// Days that are compared, of the year and of the one before.
    pub days: (usize, usize),
    /// Whether days of either year were left out, as the other has none at that time of it.
    pub is_part: bool,
    /// The middle of its days.
    pub middle: f64,
    /// The middle of the days of the year before.
    pub middle_before: f64,
    /// Chance of two years as different as these where they are alike and form lasts for weeks, as
    /// far as the days do not rule that out.
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

/// Holds the year of a day, up to that day, against the same part of the one before: a spring
/// against a whole year would be a season against others. `None` where either has fewer than
/// [`LEAST_DAYS_OF_A_YEAR`] days with a figure in it.
pub fn year_against_last(
    observations: &[Observation],
    on: Date,
) -> Option<YearAgainstLast> {
    let days = by_day(observations);
    let of = |year: i16| -> Vec<Observation> {
        let of_year = |one: &&Observation| one.day.year() == year && one.day <= on;
        days.iter().filter(of_year).copied().collect()
    };
    let (now, before) = (of(on.year()), of(on.year().checked_sub(1)?));
    let at = |one: &Observation| one.day.day_of_year();
    let from = at(now.first()?).max(at(before.first()?)).saturating_sub(APART_DAYS);
    let to = at(now.last()?).min(at(before.last()?)).saturating_add(APART_DAYS);
    let (from, to) = (from.max(1), to.min(on.day_of_year()));
    let within = |year: &[Observation]| -> Vec<Observation> {
        year.iter().filter(|one| (from..=to).contains(&at(one))).copied().collect()
    };
    let all = now.len() + before.len();
    let (now, before) = (within(&now), within(&before));
    let p = alike(&now, &before)?;
    let values = |year: &[Observation]| median(year.iter().map(|one| one.value));
    let day = |of_year: i16| on.with().day_of_year(of_year).build().ok();
    Some(YearAgainstLast {
        year: on.year(),
        part: (day(from)?, day(to)?),
        days: (now.len(), before.len()),
        is_part: now.len() + before.len() < all,
        middle: values(&now)?,
        middle_before: values(&before)?,
        p,
    })
}

/// Returns the chance of two groups of figures as different as these where they are alike and form
/// lasts for weeks, as far as the days do not rule that out; `None` where either has fewer than
/// [`LEAST_DAYS_OF_A_YEAR`].
pub(crate) fn alike(a: &[Observation], b: &[Observation]) -> Option<f64> {
    if a.len().min(b.len()) < LEAST_DAYS_OF_A_YEAR {
        return None;
    }
    let values = |group: &[Observation]| -> Vec<f64> {
        group.iter().map(|one| one.value).collect()
    };
    // the exact method of `statrs` 0.19 tells the chance of the other side where the first
    // sample is the smaller; the normal one holds from four on, within half a percent
    let method = MannWhitneyUMethod::AsymptoticInclContinuityCorrection;
    let (_, p) =
        mannwhitneyu(&values(a), &values(b), method, Alternative::TwoSided).ok()?;
    let p = if p.is_finite() { p } else { 1.0 };
    Some(inflated(p / 2.0, &of_groups(a, b)?.for_claim()))
}

/// Returns what the days of two groups depend on each other by, for the difference of the groups.
fn of_groups(a: &[Observation], b: &[Observation]) -> Option<Dependence> {
    let first = a.iter().chain(b).map(|one| one.day).min()?;
    let mut rows: Vec<(f64, f64, f64)> = Vec::with_capacity(a.len() + b.len());
    for (group, sign) in [(a, 1.0), (b, -1.0)] {
        let middle = median(group.iter().map(|one| one.value))?;
        rows.extend(group.iter().map(|one| {
            let day = f64::from(crate::history::age(first, one.day));
            (day, one.value - middle, sign / group.len() as f64)
        }));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let column =
        |of: fn(&(f64, f64, f64)) -> f64| -> Vec<f64> { rows.iter().map(of).collect() };
    let largest = a.iter().chain(b).fold(0.0, |most: f64, one| most.max(one.value.abs()));
    Some(Dependence::of(&Residuals {
        days: &column(|row| row.0),
        values: &column(|row| row.1),
        contrast: &column(|row| row.2),
        smallest: ALIKE * largest,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    /// Figures of two years, each so many days.
    fn two_years(each_d: i32, now: &[f64], before: &[f64]) -> Option<YearAgainstLast> {
        let on = |year: i16, values: &[f64]| -> Vec<Observation> {
            (0..)
                .zip(values)
                .map(|(n, value)| Observation {
                    day: date(year, 3, 1).saturating_add((each_d * n).days()),
                    value: *value,
                })
                .collect()
        };
        let all = [on(2026, now), on(2025, before)].concat();
        year_against_last(&all, date(2026, 12, 31))
    }

    /// A year with efforts each so many days that follow a season, the year before likewise.
    fn season(until: i32, on: Date) -> Option<YearAgainstLast> {
        let of = |year: i16, days: i32| -> Vec<Observation> {
            (0..days / 6)
                .map(|n| {
                    let day = date(year, 1, 1).saturating_add((6 * n + 2).days());
                    let turn =
                        std::f64::consts::TAU * f64::from(day.day_of_year()) / 365.25;
                    let scatter = f64::from((7 * n + i32::from(year)) % 5 - 2);
                    Observation { day, value: 900.0 - 30.0 * turn.cos() + 4.0 * scatter }
                })
                .collect()
        };
        year_against_last(&[of(2025, 365), of(2026, until)].concat(), on)
    }

    #[test]
    fn a_spring_is_held_against_the_spring_before_and_not_against_a_year() {
        let spring = season(90, date(2026, 3, 31)).unwrap();
        assert_eq!(spring.direction(), Direction::Unclear, "{spring:?}");
        assert!((spring.middle / spring.middle_before - 1.0).abs() < 0.005, "{spring:?}");
        assert_eq!(spring.part, (date(2026, 1, 1), date(2026, 3, 31)));
        assert!(spring.is_part && spring.days.0 == 15 && spring.days.1 == 15);
        // who stopped in spring and asks in winter is held against a spring all the same
        let stopped = season(90, date(2026, 12, 1)).unwrap();
        assert!(stopped.part.1 < date(2026, 4, 12), "{stopped:?}");
        assert_eq!(stopped.direction(), Direction::Unclear);
        let whole = season(365, date(2026, 12, 31)).unwrap();
        assert!(!whole.is_part && whole.days == (60, 60));
        assert_eq!(season(12, date(2026, 1, 20)), None, "two days");
    }

    #[test]
    fn what_is_later_than_the_day_is_not_yet_compared() {
        let early = season(365, date(2026, 6, 30)).unwrap();
        assert_eq!(early.part.1, date(2026, 6, 30));
        assert_eq!(season(365, date(2027, 3, 1)), None, "nothing in that year");
    }

    /// Without a difference of the years, half of the variance lasting six weeks, each second
    /// effort within a week of the one before.
    #[test]
    fn form_that_lasts_is_seldom_called_another_year() {
        let mut seed = 1_u64;
        let mut uniform = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        let called = (0..600).filter(|_| {
            let mut form = normal();
            let kept = libm::exp(-9.0 / 42.0);
            let figures: Vec<Observation> = (0..80)
                .map(|n| {
                    form = kept * form + (1.0 - kept * kept).sqrt() * normal();
                    Observation {
                        day: date(2025, 1, 3).saturating_add((9 * n).days()),
                        value: 900.0 + 20.0 * (form + normal()),
                    }
                })
                .collect();
            let year = year_against_last(&figures, date(2026, 12, 31)).unwrap();
            year.direction() != Direction::Unclear
        });
        let share = called.count() as f64 / 600.0;
        eprintln!("another year in {share:.4} without one");
        assert!(share <= 0.06, "{share}");
    }

    #[test]
    fn tells_years_apart_that_differ_and_no_others() {
        let low = [900.0, 910.0, 920.0, 930.0, 905.0, 915.0, 925.0];
        let high = low.map(|value| value + 50.0);
        let direction =
            |now: &[f64], before: &[f64]| two_years(40, now, before).unwrap().direction();
        assert_eq!(direction(&high, &low), Direction::Up);
        assert_eq!(direction(&low, &high), Direction::Down);
        assert_eq!(direction(&low, &low), Direction::Unclear);
        let same = two_years(40, &[1.0; 7], &[1.0; 7]).unwrap();
        assert_eq!(same.p.to_bits(), 1.0_f64.to_bits());
        assert_eq!(two_years(40, &high, &low[..3]), None);
        // two weeks of each year are two forms, and no two years
        let weeks = two_years(2, &high, &low).unwrap();
        assert_eq!(weeks.direction(), Direction::Unclear, "{weeks:?}");
    }
}
