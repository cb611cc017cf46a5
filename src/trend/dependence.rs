//! How much less days say that are not independent: form lasts for weeks and follows the season,
//! so that some days in a row are high or low together, as if there were a slope.
//!
//! Each of some hypotheses, from days that are independent to form that lasts for half a year, has
//! a chance before and is weighed by how well it fits what is left of the figures without their
//! slope (the restricted likelihood of Patterson and Thompson 1971; form is the process of Uhlenbeck
//! and Ornstein 1930, the season a sine of any phase). By it the variance of the sum that a test
//! is made of is so many times what it is of independent days, as Hamed and Rao (1998) correct it
//! for Mann and Kendall, here by days between figures instead of their number: hills are not
//! done each week. Averaged over hypotheses instead of taking the one that fits best, the test
//! stays wide where there are too few days to tell.

use statrs::distribution::{Continuous as _, ContinuousCDF as _, Normal};

use crate::evidence::Parameter;

/// Days in which form keeps 1/e of what it was. Our choice: two weeks, as fatigue of a hard block
/// lasts, to the half year of a break and a return.
const LASTING_D: [f64; 4] = [14.0, 42.0, 84.0, 168.0];
/// Share of the variance that lasts. Our choice: a third, most, nearly all.
const SHARES: [f64; 3] = [0.35, 0.6, 0.85];
/// Variance of a season over that of all else. Our choice: days that scatter by 4 %, of them a
/// summer faster than the winter by 3.5 % or by 7 %.
const SEASONS: [f64; 2] = [0.1, 0.4];
/// Days of a year.
pub(super) const YEAR_DAYS: f64 = 365.25;
/// Days from the first to the last from which on a season can be told from a slope, and a slope be
/// spoken of by the year. Our choice: of outings each week a year has 51 weeks between the ends.
pub(super) const YEAR_SEEN_DAYS: i32 = 350;

/// Chance before that days are independent, for an interval.
pub(super) const INTERVAL: Parameter = Parameter::chosen(
    "trend.independent_for_interval",
    0.9,
    "1",
    "0.8 to 0.95",
    "so that of days that are independent the interval holds the slope in at most 97 % of runs",
);
/// The same for the test that calls a trend.
pub(super) const CLAIM: Parameter = Parameter::chosen(
    "trend.independent_for_claim",
    0.2,
    "1",
    "0.1 to 0.4",
    "form that lasts is the rule: at most about 5 % are called a trend where it lasts six weeks",
);
/// Chance before that there is no season, for an interval and for the test.
const NO_SEASON: (f64, f64) = (0.9, 0.7);

/// Figures without their slope, and the sum whose variance is asked for.
pub(super) struct Residuals<'r> {
    /// Days from any first on, in order.
    pub(super) days: &'r [f64],
    /// What is left.
    pub(super) values: &'r [f64],
    /// Weight of each figure in the sum; together nothing.
    pub(super) contrast: &'r [f64],
    /// Values that differ by less are alike.
    pub(super) smallest: f64,
}

/// What the days may depend on each other by.
pub(super) struct Dependence {
    kinds: Vec<Kind>,
}

/// A hypothesis and how it fits.
struct Kind {
    lasts: bool,
    seasonal: bool,
    log_likelihood: f64,
    inflation: f64,
}

/// Times the variance of independent days, by the chance of each hypothesis.
pub(super) struct Inflation {
    parts: Vec<(f64, f64)>,
}

impl Dependence {
    /// Weighs the hypotheses.
    pub(super) fn of(residuals: &Residuals<'_>) -> Dependence {
        let span = residuals.days.last().zip(residuals.days.first());
        let span = span.map_or(0.0, |(last, first)| last - first);
        let seasons: &[f64] =
            if span >= f64::from(YEAR_SEEN_DAYS) { &SEASONS } else { &[] };
        let spread = residuals
            .values
            .iter()
            .fold(0.0, |most: f64, value| most.max((value - residuals.values[0]).abs()));
        if spread <= residuals.smallest {
            let alone = Kind {
                lasts: false,
                seasonal: false,
                log_likelihood: 0.0,
                inflation: 1.0,
            };
            return Dependence { kinds: vec![alone] };
        }
        let rows = rows(residuals);
        let lasting = SHARES.iter().flat_map(|share| {
            LASTING_D.iter().map(move |lasting_d| (*share, *lasting_d))
        });
        let mut kinds = Vec::new();
        for (share, lasting_d) in std::iter::once((0.0, 1.0)).chain(lasting) {
            let fit = Filtered::of(residuals.days, &rows, share, lasting_d);
            for season in std::iter::once(0.0).chain(seasons.iter().copied()) {
                kinds.push(Kind {
                    lasts: share > 0.0,
                    seasonal: season > 0.0,
                    log_likelihood: fit.log_likelihood(season, rows.len()),
                    inflation: fit.inflation(season),
                });
            }
        }
        Dependence { kinds }
    }

    /// Returns the variance for an interval.
    pub(super) fn for_interval(&self) -> Inflation {
        self.weighed(INTERVAL.value, NO_SEASON.0)
    }

    /// Returns the variance for a test that calls a trend.
    pub(super) fn for_claim(&self) -> Inflation {
        self.weighed(CLAIM.value, NO_SEASON.1)
    }

    fn weighed(&self, independent: f64, no_season: f64) -> Inflation {
        let count =
            |of: fn(&Kind) -> bool| self.kinds.iter().filter(|kind| of(kind)).count();
        let with_season = count(|kind| kind.seasonal && !kind.lasts).max(1) as f64;
        let lasting = count(|kind| kind.lasts && !kind.seasonal).max(1) as f64;
        let best = self
            .kinds
            .iter()
            .fold(f64::NEG_INFINITY, |best, kind| best.max(kind.log_likelihood));
        let parts: Vec<(f64, f64)> = self
            .kinds
            .iter()
            .map(|kind| {
                let form =
                    if kind.lasts { (1.0 - independent) / lasting } else { independent };
                let season = if kind.seasonal {
                    (1.0 - no_season) / with_season
                } else {
                    no_season
                };
                let fit = libm::exp(kind.log_likelihood - best);
                (form * season * fit, kind.inflation)
            })
            .collect();
        let all: f64 = parts.iter().map(|part| part.0).sum();
        Inflation {
            parts: parts.into_iter().map(|(weight, by)| (weight / all, by)).collect(),
        }
    }
}

impl Inflation {
    /// Returns the chance that a sum is as far above its middle as `z` deviations of independent
    /// days.
    pub(super) fn tail(&self, z: f64) -> f64 {
        let normal = Normal::standard();
        self.parts.iter().map(|(weight, by)| weight * normal.sf(z / by.sqrt())).sum()
    }

    /// Returns how far it is, in these deviations, with a chance below one half.
    pub(super) fn deviations(&self, tail: f64) -> f64 {
        let normal = Normal::standard();
        let mut z = -normal.inverse_cdf(tail);
        // Newton from below, as a tail is convex: each step falls short of the end, the last ones
        // by less than a place among slopes shows
        for _ in 0..20 {
            let density: f64 = self
                .parts
                .iter()
                .map(|(weight, by)| weight / by.sqrt() * normal.pdf(z / by.sqrt()))
                .sum();
            let step = (self.tail(z) - tail) / density;
            z += step;
            if step.abs() < 1e-9 {
                break;
            }
        }
        z
    }

    /// Returns the mean.
    pub(super) fn mean(&self) -> f64 {
        self.parts.iter().map(|(weight, by)| weight * by).sum()
    }
}

/// Columns of a row: what is fitted (a level, the contrast, a season) and the figure.
const COLUMNS: usize = 5;
/// The columns of a fit without a season, and the first ones of any.
const LEVEL_AND_CONTRAST: usize = 2;
const FIGURE: usize = 4;
type Square = [[f64; COLUMNS]; COLUMNS];

fn rows(residuals: &Residuals<'_>) -> Vec<[f64; COLUMNS]> {
    let norm = residuals.contrast.iter().map(|c| c * c).sum::<f64>().sqrt();
    let scores = normal_scores(residuals.values);
    let rows = residuals.days.iter().zip(residuals.contrast).zip(scores);
    rows.map(|((day, contrast), score)| {
        let turn = std::f64::consts::TAU * day / YEAR_DAYS;
        [1.0, contrast / norm, libm::cos(turn), libm::sin(turn), score]
    })
    .collect()
}

/// Returns what values of a normal distribution would be in their place (Blom 1958), so that a few
/// bad days weigh as any others; equal ones share theirs.
fn normal_scores(values: &[f64]) -> Vec<f64> {
    let normal = Normal::standard();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut scores = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let rank = before as f64 + f64::midpoint(equal.len() as f64, 1.0);
        let share = (rank - 0.375) / (values.len() as f64 + 0.25);
        for at in equal {
            scores[*at] = normal.inverse_cdf(share);
        }
        before += equal.len();
    }
    scores
}

/// Rows made independent under a hypothesis, by the filter of Kalman (1960): a step a row.
struct Filtered {
    /// Sums of products of columns, each with itself and those before it.
    products: Square,
    log_determinant: f64,
    /// Variance of the contrast, of squares that sum to 1.
    variance: f64,
    /// Square of what a season of any phase adds to it.
    seasonal: f64,
}

impl Filtered {
    /// `share` of the variance lasts for `lasting_d` days, the rest is of a day.
    fn of(days: &[f64], rows: &[[f64; COLUMNS]], share: f64, lasting_d: f64) -> Filtered {
        let mut products = Square::default();
        let (mut expected, mut unsure) = ([0.0; COLUMNS], share);
        let (mut log_determinant, mut carried, mut crossed) = (0.0, 0.0, 0.0);
        let (mut cosine, mut sine, mut squares) = (0.0, 0.0, 0.0);
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                let kept = libm::exp((days[at - 1] - days[at]) / lasting_d);
                expected = expected.map(|value: f64| kept * value);
                unsure = kept * kept * unsure + share * (1.0 - kept * kept);
                carried = kept * (carried + rows[at - 1][1]);
                crossed += 2.0 * row[1] * carried;
            }
            let variance = unsure + 1.0 - share;
            let gain = unsure / variance;
            let mut news = [0.0; COLUMNS];
            for column in 0..COLUMNS {
                news[column] = row[column] - expected[column];
                expected[column] += gain * news[column];
            }
            for a in 0..COLUMNS {
                for b in 0..=a {
                    products[a][b] += news[a] * news[b] / variance;
                }
            }
            log_determinant += libm::log(variance);
            unsure *= 1.0 - gain;
            squares += row[1] * row[1];
            cosine += row[1] * row[2];
            sine += row[1] * row[3];
        }
        Filtered {
            products,
            log_determinant,
            variance: squares + share * crossed,
            seasonal: cosine * cosine + sine * sine,
        }
    }

    /// Returns how often the variance of independent days that of the contrast is, never less:
    /// nothing is called clearer than it looks.
    fn inflation(&self, season: f64) -> f64 {
        ((self.variance + season * self.seasonal) / (1.0 + season)).max(1.0)
    }

    /// Returns the restricted log-likelihood, but for a constant; of the scale every one is as
    /// likely.
    fn log_likelihood(&self, season: f64, rows: usize) -> f64 {
        let fitted = if season > 0.0 { FIGURE } else { LEVEL_AND_CONTRAST };
        let column = |at: usize| if at == fitted { FIGURE } else { at };
        let (mut root, mut log_determinant) = (Square::default(), self.log_determinant);
        let mut left = 0.0;
        // Cholesky's root: the last of its squares is what no column fits
        for a in 0..=fitted {
            for b in 0..=a {
                let mut sum = self.products[column(a)][column(b)];
                if a == b && (LEVEL_AND_CONTRAST..fitted).contains(&a) {
                    sum += 1.0 / season;
                }
                let before = root[a].iter().zip(&root[b]).take(b);
                sum -= before.map(|(x, y)| x * y).sum::<f64>();
                let square = sum.max(f64::EPSILON);
                match (a == b, a == fitted) {
                    (false, _) => root[a][b] = sum / root[b][b],
                    (true, false) => {
                        log_determinant += libm::log(square);
                        root[a][a] = square.sqrt();
                    }
                    (true, true) => left = square,
                }
            }
        }
        if season > 0.0 {
            log_determinant += 2.0 * libm::log(season);
        }
        let free = rows.saturating_sub(LEVEL_AND_CONTRAST) as f64;
        -0.5 * (log_determinant + free * libm::log(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centred(n: u32) -> Vec<f64> {
        (0..n).map(|at| f64::from(at) - f64::from(n - 1) / 2.0).collect()
    }

    #[test]
    fn the_filter_gives_the_likelihood_of_the_whole_covariance() {
        // three days, half of the variance lasting: determinants by hand
        let (days, share, lasting_d) = ([0.0, 7.0, 40.0], 0.5, 42.0);
        let rows = [
            [1.0, -0.5, 1.0, 0.0, 0.3],
            [1.0, 0.0, 0.9, 0.1, -0.8],
            [1.0, 0.5, 0.5, 0.6, 0.4],
        ];
        let fit = Filtered::of(&days, &rows, share, lasting_d);
        let r = |a: usize, b: usize| {
            share * libm::exp(-f64::abs(days[a] - days[b]) / lasting_d)
        };
        let (p, q, s) = (r(0, 1), r(1, 2), r(0, 2));
        let determinant = 1.0 + 2.0 * p * q * s - p * p - q * q - s * s;
        assert!((fit.log_determinant - libm::log(determinant)).abs() < 1e-12);
        // x' V^-1 x of the level
        let inverse_sum = (3.0 - p * p - q * q - s * s + 2.0 * (p * q + q * s + p * s)
            - 2.0 * (p + q + s))
            / determinant;
        assert!((fit.products[0][0] - inverse_sum).abs() < 1e-12);
        // c' V c of the contrast
        assert!((fit.variance - (0.5 - 0.5 * s)).abs() < 1e-12);
    }

    #[test]
    fn days_far_apart_count_as_independent_and_days_close_together_as_few() {
        let inflation = |apart: f64| {
            let days: Vec<f64> = (0..30).map(|n| apart * f64::from(n)).collect();
            let contrast = centred(30);
            let values: Vec<f64> = vec![0.0; 30];
            let residuals = Residuals {
                days: &days,
                values: &values,
                contrast: &contrast,
                smallest: 0.0,
            };
            Filtered::of(&days, &rows(&residuals), 0.5, 42.0).inflation(0.0)
        };
        assert!((inflation(5000.0) - 1.0).abs() < 1e-9);
        eprintln!("{} {} {}", inflation(2.0), inflation(7.0), inflation(30.0));
        assert!(inflation(7.0) > 3.0 && inflation(30.0) > 1.5);
        assert!(inflation(7.0) < 15.5, "half of the variance is of a day");
        // form that all days share makes no slope
        assert_eq!(inflation(0.001).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn form_that_lasts_widens_and_what_jumps_from_day_to_day_hardly_does() {
        let days: Vec<f64> = (0..60).map(|n| 5.0 * f64::from(n)).collect();
        let contrast = centred(60);
        let mean = |value: &dyn Fn(f64) -> f64| {
            let values: Vec<f64> = days.iter().map(|day| value(*day)).collect();
            let residuals = Residuals {
                days: &days,
                values: &values,
                contrast: &contrast,
                smallest: 1e-9,
            };
            let dependence = Dependence::of(&residuals);
            (dependence.for_interval().mean(), dependence.for_claim().mean())
        };
        let slow = mean(&|day| libm::sin(day / 20.0));
        let fast = mean(&|day| libm::sin(2.0 * day + 0.1 * day * day));
        assert!(slow.0 > 4.0 && slow.1 > 4.0, "{slow:?}");
        assert!(fast.0 < 1.2 && fast.1 < 3.0 && fast.0 <= fast.1, "{fast:?}");
        assert_eq!(mean(&|_| 3.0), (1.0, 1.0));
    }

    #[test]
    fn is_the_normal_distribution_where_nothing_is_inflated() {
        let none = Inflation { parts: vec![(1.0, 1.0)] };
        assert!((none.tail(1.959_963_985) - 0.025).abs() < 1e-9);
        assert!((none.deviations(0.025) - 1.959_963_985).abs() < 1e-6);
        let wide = Inflation { parts: vec![(0.5, 1.0), (0.5, 4.0)] };
        let z = wide.deviations(0.025);
        assert!((1.96..3.92).contains(&z) && (wide.tail(z) - 0.025).abs() < 1e-9);
    }
}
