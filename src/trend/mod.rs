//! Whether a figure rises or falls over the years, by how much, and whether chance would do as
//! well.
//!
//! The slope is Theil and Sen's: the middle of the slopes of all pairs, which a few bad days do
//! not move. Its interval and the test of Mann and Kendall ask only in which order values come,
//! so that neither needs noise of a known shape. Both are made for days that are independent, and
//! form lasts for weeks: the interval is widened as far as the days show it, and a trend is called
//! only where form that lasts, as far as the days do not rule it out, would not do as well. What
//! that holds and what not: `hardlegs help accuracy`.

mod dependence;
mod mann_kendall;
mod theil_sen;
mod years;

use std::collections::BTreeMap;

use crate::evidence::{Evidence, Parameter};
use crate::quantile::median;
use dependence::{
    CLAIM, Dependence, INTERVAL, Inflation, Residuals, YEAR_DAYS, YEAR_SEEN_DAYS,
};
use jiff::civil::Date;
use mann_kendall::Kendall;
use statrs::distribution::{ContinuousCDF as _, Normal};
pub(crate) use years::alike;
pub use years::{LEAST_DAYS_OF_A_YEAR, YearAgainstLast, year_against_last};

/// Days with a figure that a trend needs.
pub const LEAST_DAYS: usize = 6;
/// Days from the first to the last that it needs.
pub const LEAST_SPAN_DAYS: i32 = 21;
/// Chance that is taken to call a trend where there is none, and to leave the true slope outside
/// the interval.
pub(crate) const SIGNIFICANCE: Parameter = Parameter {
    name: "trend.significance",
    value: 0.05,
    unit: "1",
    range: "0.01 to 0.1",
    evidence: Evidence::Replicated,
    source: "the convention of tests since Fisher 1925; an interval of 95 %",
};
/// Of the interval.
const CONFIDENCE: f64 = 1.0 - SIGNIFICANCE.value;
const LEAST: Parameter = Parameter::chosen(
    "trend.least_days",
    6.0,
    "d",
    "5 to 10",
    "of five days in a row all but one order are chance; and three weeks from first to last",
);
/// Days that a trend is taken over, the last ones where there are more: their pairs fill less
/// than a megabyte. Our choice.
const MOST_DAYS: usize = 400;
/// Values that differ by less than this share of the largest are alike: rounding does as much.
const ALIKE: f64 = 1e-9;
/// Smallest chance that is told: far from what a float can hold.
const LEAST_CHANCE: f64 = 1e-300;

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    vec![SIGNIFICANCE, LEAST, INTERVAL, CLAIM]
}

/// A figure of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// When it was.
    pub day: Date,
    /// How much it was; what is not finite is left out.
    pub value: f64,
}

/// A slope over the years.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Trend {
    /// Days that it is taken over, each with the middle of its figures.
    pub days: usize,
    /// The first of them.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// The middle of all days.
    pub middle: f64,
    /// Change a year; of less than a year it is drawn out, see [`Trend::over_span`].
    pub per_year: f64,
    /// Ends of the 95 % interval of the change a year, wider where days in a row are alike.
    pub per_year_range: (f64, f64),
    /// Figure on [`Trend::from`] by the slope.
    pub begins_at: f64,
    /// Chance of an order as clear as this where there is no trend and form lasts for weeks, as
    /// far as the days do not rule that out.
    pub p: f64,
    /// As many independent days would tell as much, by the same measure.
    pub independent_days: f64,
}

/// Why there is no trend to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TooLittle {
    /// So many days have a figure, fewer than [`LEAST_DAYS`].
    Days(usize),
    /// So many days lie between the first and the last, fewer than [`LEAST_SPAN_DAYS`].
    Span(i32),
}

/// What an interval says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More than chance does.
    Up,
    /// Less, the same.
    Down,
    /// No change that could be told from chance.
    Unclear,
}

impl Trend {
    /// Returns the trend of figures, in any order.
    ///
    /// # Errors
    /// [`TooLittle`] where a trend would be a guess.
    ///
    /// ```
    /// use hardlegs::trend::{Direction, Observation, Trend};
    /// use jiff::{civil::date, ToSpan};
    /// let day = |n: i32| date(2026, 1, 1).saturating_add((30 * n).days());
    /// let figures: Vec<Observation> = (0..12)
    ///     .map(|n| Observation { day: day(n), value: 900.0 + 5.0 * f64::from(n) })
    ///     .collect();
    /// let trend = Trend::of(&figures).unwrap();
    /// assert_eq!(trend.direction(), Direction::Up);
    /// assert!((trend.per_year - 60.875).abs() < 1e-6); // 5 in 30 days
    /// assert!(Trend::of(&figures[..5]).is_err());
    /// ```
    pub fn of(observations: &[Observation]) -> Result<Trend, TooLittle> {
        let mut all = by_day(observations);
        if all.len() < LEAST_DAYS {
            return Err(TooLittle::Days(all.len()));
        }
        let all = all.split_off(all.len().saturating_sub(MOST_DAYS));
        let (Some(first), Some(last)) = (all.first(), all.last()) else {
            return Err(TooLittle::Days(0));
        };
        let (from, to) = (first.day, last.day);
        let span = crate::history::age(from, to);
        if span < LEAST_SPAN_DAYS {
            return Err(TooLittle::Span(span));
        }
        let years = |day: Date| f64::from(crate::history::age(from, day)) / YEAR_DAYS;
        let points: Vec<(f64, f64)> =
            all.iter().map(|one| (years(one.day), one.value)).collect();
        let values: Vec<f64> = all.iter().map(|one| one.value).collect();
        let kendall = Kendall::of(&values);
        let mut slopes = theil_sen::slopes(&points);
        let per_year = theil_sen::middle(&mut slopes);
        let level: Vec<f64> =
            points.iter().map(|(years, value)| value - per_year * years).collect();
        let dependence = of_order(&points, &level);
        let claim = dependence.for_claim();
        let outside = (1.0 - CONFIDENCE) / 2.0;
        let outside =
            Normal::standard().sf(dependence.for_interval().deviations(outside));
        Ok(Trend {
            days: all.len(),
            from,
            to,
            middle: median(values).unwrap_or(f64::NAN),
            per_year,
            per_year_range: theil_sen::range(&mut slopes, &kendall, outside),
            begins_at: median(level).unwrap_or(f64::NAN),
            p: inflated(kendall.tail(), &claim),
            independent_days: all.len() as f64 / claim.mean(),
        })
    }

    /// Returns whether the figure rises or falls by more than chance and lasting form do: the test finds an
    /// order, and the interval holds no slope of the other sign.
    pub fn direction(&self) -> Direction {
        let (low, high) = self.per_year_range;
        match self.p <= SIGNIFICANCE.value {
            true if low > 0.0 => Direction::Up,
            true if high < 0.0 => Direction::Down,
            _ => Direction::Unclear,
        }
    }

    /// Returns whether it is no more than form that lasts for weeks may do, though days that are
    /// independent would not.
    pub fn may_be_lasting_form(&self) -> bool {
        let (low, high) = self.per_year_range;
        self.direction() == Direction::Unclear && (low > 0.0 || high < 0.0)
    }

    /// Returns the days from the first to the last.
    pub fn span_days(&self) -> i32 {
        crate::history::age(self.from, self.to)
    }

    /// Returns whether it can be spoken of by the year: the days come round the seasons. Of fewer,
    /// say [`Trend::over_span`].
    pub fn spans_a_year(&self) -> bool {
        self.span_days() >= YEAR_SEEN_DAYS
    }

    /// Returns the change from the first to the last day by the slope, and the ends of its
    /// interval.
    pub fn over_span(&self) -> (f64, (f64, f64)) {
        let years = f64::from(self.span_days()) / YEAR_DAYS;
        let (low, high) = self.per_year_range;
        (self.per_year * years, (low * years, high * years))
    }

    /// Returns the figure by the slope in the middle of its days, where all slopes of its interval
    /// cross.
    pub fn at_middle(&self) -> f64 {
        self.begins_at + self.over_span().0 / 2.0
    }

    /// Returns the first and the last day with the figures of a slope that changes by so much between
    /// them.
    pub fn ends(&self, change: f64) -> [(Date, f64); 2] {
        let (at_middle, by) = (self.at_middle(), change / 2.0);
        [(self.from, at_middle - by), (self.to, at_middle + by)]
    }

    /// Returns the change a year as a share of the middle, and the ends of its interval; `None`
    /// where the middle is not above 0.
    pub fn share_per_year(&self) -> Option<(f64, (f64, f64))> {
        self.share((self.per_year, self.per_year_range))
    }

    /// Returns [`Trend::over_span`] as a share of the middle; `None` where that is not above 0.
    pub fn share_over_span(&self) -> Option<(f64, (f64, f64))> {
        self.share(self.over_span())
    }

    fn share(
        &self,
        (change, (low, high)): (f64, (f64, f64)),
    ) -> Option<(f64, (f64, f64))> {
        let share = |change: f64| change / self.middle;
        (self.middle > 0.0).then(|| (share(change), (share(low), share(high))))
    }
}

/// Returns what the days of points in years depend on each other by, for the sum of Mann and
/// Kendall: the later a value comes the more its rank counts.
fn of_order(points: &[(f64, f64)], level: &[f64]) -> Dependence {
    let days: Vec<f64> = points.iter().map(|(years, _)| YEAR_DAYS * years).collect();
    let middle = (points.len() as f64 - 1.0) / 2.0;
    let contrast: Vec<f64> = (0..points.len()).map(|at| at as f64 - middle).collect();
    let largest = points.iter().fold(0.0, |most: f64, point| most.max(point.1.abs()));
    Dependence::of(&Residuals {
        days: &days,
        values: level,
        contrast: &contrast,
        smallest: ALIKE * largest,
    })
}

/// Returns the chance on both sides of what has the chance `tail` on one where days are
/// independent.
fn inflated(tail: f64, by: &Inflation) -> f64 {
    if tail >= 0.5 {
        return 1.0;
    }
    let z = -Normal::standard().inverse_cdf(tail.max(LEAST_CHANCE));
    (2.0 * by.tail(z)).min(1.0)
}

/// One figure a day, the middle of its figures, in order: efforts of one day are of one form.
fn by_day(observations: &[Observation]) -> Vec<Observation> {
    let mut days: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
    for one in observations.iter().filter(|one| one.value.is_finite()) {
        days.entry(one.day).or_default().push(one.value);
    }
    let middle = |(day, values)| Some(Observation { day, value: median(values)? });
    days.into_iter().filter_map(middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    /// Numbers of a fixed order: `SplitMix64`.
    struct Dice(u64);

    impl Dice {
        fn uniform(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }

        /// Of the normal distribution, by Box and Muller.
        fn normal(&mut self) -> f64 {
            let (radius, angle) = (self.uniform().max(1e-300), self.uniform());
            (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
        }

        /// Mostly of a narrow normal distribution, now and then of a wide one, above all slower.
        fn bad_days(&mut self) -> f64 {
            let one = self.normal();
            if self.uniform() < 0.1 { -5.0 * one.abs() } else { one }
        }
    }

    /// What a figure is made of beside its slope, from day to day.
    #[derive(Clone, Copy)]
    enum Noise {
        /// Each day for itself.
        Days(fn(&mut Dice) -> f64),
        /// Form that lasts so many days makes up a share of the variance.
        Lasting(f64, f64),
        /// Summer against winter in deviations of a day, and days by chance in the months of one
        /// half of the year.
        Season(f64),
    }

    /// So many efforts on days by chance within so many years, with this slope a year and noise.
    fn efforts(
        dice: &mut Dice,
        (count, years): (usize, f64),
        per_year: f64,
        noise: Noise,
    ) -> Vec<Observation> {
        let first = date(2024, 1, 1);
        let begin = if matches!(noise, Noise::Season(_)) { dice.uniform() } else { 0.0 };
        let mut days = std::collections::BTreeSet::new();
        while days.len() < count {
            let day = years * 365.0 * dice.uniform();
            let turn = std::f64::consts::TAU * (begin + day / YEAR_DAYS);
            // five efforts in the best month for one in the worst
            let rare = matches!(noise, Noise::Season(_))
                && turn.sin() < 3.0 * dice.uniform() - 2.0;
            #[expect(clippy::cast_possible_truncation, reason = "a day of some years")]
            if !rare {
                days.insert(day as i32);
            }
        }
        let (mut form, mut last) = (dice.normal(), 0);
        days.into_iter()
            .map(|n| {
                let scatter = match noise {
                    Noise::Days(of_day) => of_day(dice),
                    Noise::Lasting(share, lasting_d) => {
                        let kept = (f64::from(last - n) / lasting_d).exp();
                        form = kept * form + (1.0 - kept * kept).sqrt() * dice.normal();
                        last = n;
                        share.sqrt() * form + (1.0 - share).sqrt() * dice.normal()
                    }
                    Noise::Season(summer) => {
                        let turn = begin + f64::from(n) / YEAR_DAYS;
                        summer / 2.0 * (std::f64::consts::TAU * turn).cos()
                            + dice.normal()
                    }
                };
                let value = 900.0 + per_year * f64::from(n) / YEAR_DAYS + 30.0 * scatter;
                Observation { day: first.saturating_add(n.days()), value }
            })
            .collect()
    }

    /// Runs of each setting: of 2,000 at 5 % nineteen in twenty lie within one percent of it.
    const RUNS: usize = 2000;
    const NOISES: [(&str, Noise); 2] = [
        ("normal", Noise::Days(Dice::normal)),
        ("bad days", Noise::Days(Dice::bad_days)),
    ];
    const COUNTS: [usize; 6] = [6, 7, 8, 10, 20, 45];

    /// Share of runs that are called a trend.
    fn called(runs: usize, efforts: impl FnMut() -> Vec<Observation>) -> f64 {
        let trends = std::iter::repeat_with(efforts).take(runs);
        let called = trends.filter(|figures| {
            Trend::of(figures).unwrap().direction() != Direction::Unclear
        });
        called.count() as f64 / runs as f64
    }

    #[test]
    fn an_interval_holds_the_slope_in_19_of_20_runs_however_few_the_efforts() {
        for (name, noise) in NOISES {
            for count in COUNTS {
                let mut dice = Dice(100 + count as u64);
                // an interval of few is a hair wider, and as many more runs tell it from 97 %
                let runs = if count < 10 { 2 * RUNS } else { RUNS };
                let held = (0..runs).filter(|_| {
                    let trend = Trend::of(&efforts(&mut dice, (count, 2.0), 25.0, noise));
                    let (low, high) = trend.unwrap().per_year_range;
                    (low..=high).contains(&25.0)
                });
                let share = held.count() as f64 / runs as f64;
                eprintln!("{name}, {count} efforts: holds the slope in {share:.4}");
                assert!((0.93..=0.97).contains(&share), "{name} {count}: {share}");
            }
        }
    }

    #[test]
    fn at_most_one_run_in_20_without_a_trend_is_called_one() {
        for (name, noise) in NOISES {
            for count in COUNTS {
                let mut dice = Dice(1000 + count as u64);
                let share = called(RUNS, || efforts(&mut dice, (count, 2.0), 0.0, noise));
                eprintln!("{name}, {count} efforts: a trend in {share:.4} without one");
                assert!(share <= 0.05, "{name} {count}: {share}");
            }
        }
    }

    /// With the theorem about every order in `mann_kendall` no excess hides in the scatter of runs.
    #[test]
    fn no_figures_are_called_clearer_than_the_test_of_independent_days_calls_them() {
        let mut dice = Dice(5);
        for count in [6, 9, 17, 40, 41, 60] {
            for noise in [NOISES[0].1, Noise::Lasting(0.6, 42.0), Noise::Season(1.5)] {
                let figures = efforts(&mut dice, (count, 1.4), 10.0, noise);
                let trend = Trend::of(&figures).unwrap();
                let values: Vec<f64> = figures.iter().map(|one| one.value).collect();
                let kendall = Kendall::of(&values);
                let alone = (2.0 * kendall.tail()).min(1.0);
                assert!(trend.p >= alone * (1.0 - 1e-6), "{} {alone}", trend.p);
                let years = |one: &Observation| {
                    f64::from(crate::history::age(figures[0].day, one.day)) / YEAR_DAYS
                };
                let points: Vec<(f64, f64)> =
                    figures.iter().map(|one| (years(one), one.value)).collect();
                let mut slopes = theil_sen::slopes(&points);
                let (low, high) = theil_sen::range(&mut slopes, &kendall, 0.025);
                assert!(trend.per_year_range.0 <= low && trend.per_year_range.1 >= high);
                assert!((1.0..=count as f64).contains(&trend.independent_days));
            }
        }
    }

    /// Without a slope: form that lasts for two and six weeks, of half the variance. As many of
    /// these were called a trend before what lasts was asked for: 3 % (few) to 61 % (many).
    #[test]
    fn form_that_lasts_for_weeks_is_seldom_called_a_trend() {
        for (lasting_d, years, most) in [
            (14.0, 0.5, 0.06),
            (42.0, 1.3, 0.08),
            (42.0, 3.0, 0.08),
            // a quarter of a year of good form within half a year: no days can tell
            (84.0, 0.5, 0.16),
        ] {
            for count in [8, 20, 45, 120] {
                let mut dice = Dice(count as u64);
                let noise = Noise::Lasting(0.5, lasting_d);
                let share =
                    called(400, || efforts(&mut dice, (count, years), 0.0, noise));
                eprintln!("{lasting_d} d, {count} in {years} years: {share:.4}");
                assert!(share <= most, "{lasting_d} {count} {years}: {share}");
            }
        }
    }

    #[test]
    fn a_season_with_efforts_crowded_in_a_part_of_it_is_seldom_called_a_trend() {
        for years in [1.3, 2.0, 3.0] {
            for (count, summer) in [(8, 1.5), (20, 0.5), (20, 1.5), (45, 1.5), (120, 1.5)]
            {
                let mut dice = Dice(count as u64);
                let noise = Noise::Season(summer);
                let share =
                    called(400, || efforts(&mut dice, (count, years), 0.0, noise));
                eprintln!("season {summer}, {count} in {years} years: {share:.4}");
                assert!(share <= 0.06, "{summer} {count} {years}: {share}");
            }
        }
    }

    /// As hill sprints of a week are: few, many weeks without one, and more in weeks of good form.
    #[test]
    fn sums_of_weeks_many_of_them_none_are_seldom_called_a_trend() {
        for lasting in [0.0, 0.8] {
            let mut dice = Dice(52);
            let mut nothing = 0;
            let share = called(300, || {
                let (mut form, kept) = (dice.normal(), (-7.0_f64 / 42.0).exp());
                let week = |n: i32| {
                    form = kept * form + (1.0 - kept * kept).sqrt() * dice.normal();
                    // so many chances of a sprint, each as likely as form is good
                    let chance = 0.12 * (lasting * form).exp();
                    let sprints =
                        (0..10).filter(|_| dice.uniform() < chance).count() as f64;
                    nothing += usize::from(sprints < 1.0);
                    let day = date(2025, 1, 6).saturating_add((7 * n).days());
                    Observation { day, value: sprints }
                };
                (0..52).map(week).collect()
            });
            let nothing = nothing as f64 / (300.0 * 52.0);
            eprintln!("lasting {lasting}, {nothing:.2} of weeks none: {share:.4}");
            assert!(nothing > 0.2 && share <= 0.05, "{lasting}: {share}");
        }
    }

    #[test]
    fn a_clear_slope_is_found() {
        let found = |count, per_year, noise| {
            let mut dice = Dice(7);
            called(400, || efforts(&mut dice, (count, 2.0), per_year, noise))
        };
        // of days that scatter by 3 % in two years: 6.7 % a year, and 5 %
        let normal = NOISES[0].1;
        assert!(found(30, 60.0, normal) > 0.9);
        assert!(found(45, 45.0, normal) > 0.9);
        assert!(found(45, 45.0, Noise::Lasting(0.5, 42.0)) > 0.6);
    }

    #[test]
    fn less_than_a_year_is_no_year() {
        let on = |n: i32| Observation {
            day: date(2026, 1, 1).saturating_add((5 * n).days()),
            value: 1000.0 + 10.0 * f64::from(n),
        };
        let month: Vec<Observation> = (0..6).map(on).collect();
        let trend = Trend::of(&month).unwrap();
        assert!(!trend.spans_a_year() && trend.span_days() == 25);
        let (change, (low, high)) = trend.over_span();
        assert!((change - 50.0).abs() < 1e-9 && low <= change && change <= high);
        let share = trend.share_over_span().unwrap().0;
        assert!((share - 50.0 / 1025.0).abs() < 1e-12);
        let years: Vec<Observation> = (0..71).map(on).collect();
        let trend = Trend::of(&years).unwrap();
        assert!(trend.spans_a_year() && trend.span_days() == 350);
    }

    #[test]
    fn keeps_one_figure_a_day_and_wants_six_days_and_three_weeks() {
        let on = |day: i32, value: f64| Observation {
            day: date(2026, 1, 1).saturating_add(day.days()),
            value,
        };
        let one_day: Vec<Observation> = (0..40).map(|n| on(0, f64::from(n))).collect();
        assert_eq!(Trend::of(&one_day), Err(TooLittle::Days(1)));
        let three_weeks: Vec<Observation> =
            (0..6).map(|n| on(4 * n, f64::from(n))).collect();
        assert_eq!(Trend::of(&three_weeks), Err(TooLittle::Span(20)));
        let mut enough = three_weeks.clone();
        enough.push(on(21, f64::NAN));
        assert_eq!(Trend::of(&enough), Err(TooLittle::Span(20)), "a NaN is no day");
        enough.push(on(21, 6.0));
        assert_eq!(Trend::of(&enough).map(|trend| trend.days), Ok(7));
        assert_eq!(Trend::of(&[]), Err(TooLittle::Days(0)));
    }

    #[test]
    fn what_never_changes_is_no_trend() {
        let day = |n: i32| date(2026, 1, 1).saturating_add((9 * n).days());
        let same: Vec<Observation> =
            (0..700).map(|n| Observation { day: day(n), value: 5.0 }).collect();
        let trend = Trend::of(&same).unwrap();
        assert_eq!(trend.direction(), Direction::Unclear);
        assert_eq!((trend.per_year, trend.per_year_range), (0.0, (0.0, 0.0)));
        assert_eq!(trend.days, MOST_DAYS);
        assert_eq!(trend.independent_days.to_bits(), (MOST_DAYS as f64).to_bits());
    }
}
