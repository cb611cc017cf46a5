//! The test of Mann (1945) and Kendall: are later values above earlier ones more often than
//! chance would have it?

use statrs::distribution::{ContinuousCDF as _, Normal};

/// Values up to so many are held against the exact distribution, more against the normal one:
/// from ten on the two hardly differ (Kendall 1975).
const EXACT: usize = 40;

/// How often later values are above earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kendall {
    /// Pairs that rise less pairs that fall.
    s: i64,
    pairs: i64,
    /// Variance of `s` by chance, equal values allowed for.
    variance: f64,
    /// Chance of each number of falling pairs where every order is equally likely; empty beyond
    /// [`EXACT`] values.
    falling: Vec<f64>,
}

impl Kendall {
    /// Counts the pairs of values in order of time.
    pub(super) fn of(values: &[f64]) -> Kendall {
        let n = values.len();
        let (mut s, mut pairs) = (0_i64, 0_i64);
        for (at, early) in values.iter().enumerate() {
            for late in values.get(at + 1..).unwrap_or_default() {
                s += i64::from(late > early) - i64::from(late < early);
                pairs += 1;
            }
        }
        Kendall {
            s,
            pairs,
            variance: variance(values),
            falling: if n <= EXACT { falling(n) } else { Vec::new() },
        }
    }

    /// Chance of an order as clear as this, either way, where there is none.
    pub(super) fn p(&self) -> f64 {
        if self.falling.is_empty() {
            let sure = self.variance.sqrt();
            // by one half of the step between two sums, towards none
            let z = (self.s.abs() - 1).max(0) as f64 / sure;
            return if sure > 0.0 {
                (2.0 * Normal::standard().sf(z)).min(1.0)
            } else {
                1.0
            };
        }
        let rising = self.pairs - self.s.abs();
        // equal values count as half: towards none
        let most = usize::try_from(rising.div_euclid(2) + rising.rem_euclid(2));
        let tail: f64 = self.falling.iter().take(most.unwrap_or(0) + 1).sum();
        (2.0 * tail).min(1.0)
    }

    /// Place among the slopes of all pairs, from 1 and between two of them, below which a
    /// share of `(1 - confidence) / 2` of the true slopes lies.
    pub(super) fn lower_place(&self, confidence: f64) -> f64 {
        let pairs = self.pairs as f64;
        if self.falling.is_empty() {
            let z = Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence));
            return ((pairs - z * self.variance.sqrt()) / 2.0).max(1.0);
        }
        let (mut outside, mut place) = (0.0, 0.0);
        let allowed = (1.0 - confidence) / 2.0;
        for chance in &self.falling {
            if outside + chance > allowed {
                // between two places by how much of the chance is left
                place += (allowed - outside) / chance;
                break;
            }
            outside += chance;
            place += 1.0;
        }
        place.max(1.0)
    }
}

/// Returns the variance of the sum where every order is equally likely (Kendall 1975, with ties).
fn variance(values: &[f64]) -> f64 {
    let term = |n: usize| (n * n.saturating_sub(1) * (2 * n + 5)) as f64;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted
        .chunk_by(|a, b| a.total_cmp(b).is_eq())
        .map(|equal| term(equal.len()))
        .sum();
    (term(values.len()) - ties) / 18.0
}

/// Chance of 0, 1, 2, ... falling pairs among so many values in an order by chance: the value
/// put in as the k-th falls against 0 to k - 1 of those before, each equally likely.
fn falling(n: usize) -> Vec<f64> {
    let mut chances = vec![1.0];
    for k in 2..=n {
        let mut next = vec![0.0; chances.len() + k - 1];
        for (at, chance) in chances.iter().enumerate() {
            for slot in next.iter_mut().skip(at).take(k) {
                *slot += chance / k as f64;
            }
        }
        chances = next;
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_distribution_is_that_of_the_tables() {
        // Kendall 1975, table 1: chance of a sum of at least 9, 11, 13 among six values
        let tail = |s: usize| -> f64 { falling(6).iter().take((15 - s) / 2 + 1).sum() };
        for (s, chance) in [(9, 0.068), (11, 0.028), (13, 0.0083), (15, 0.0014)] {
            assert!((tail(s) - chance).abs() < 5e-4, "{s}: {}", tail(s));
        }
        let sum: f64 = falling(EXACT).iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn exact_and_normal_agree_where_they_meet() {
        let values: Vec<f64> =
            (0..EXACT).map(|n| n as f64 + 60.0 * (n as f64 * 2.3).sin()).collect();
        let exact = Kendall::of(&values);
        let normal = Kendall { falling: Vec::new(), ..exact.clone() };
        assert!(exact.p() < 0.2 && exact.p() > 1e-4, "{}", exact.p());
        assert!(
            (exact.p() / normal.p() - 1.0).abs() < 0.1,
            "{} {}",
            exact.p(),
            normal.p()
        );
        let (a, b) = (exact.lower_place(0.95), normal.lower_place(0.95));
        assert!((a - b).abs() < 3.0, "{a} {b}");
    }

    #[test]
    fn equal_values_speak_for_no_trend() {
        assert!((Kendall::of(&[1.0; 12]).p() - 1.0).abs() < 1e-9);
        assert!((Kendall::of(&[1.0; 90]).p() - 1.0).abs() < 1e-9);
        let rising = Kendall::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).p();
        let steps = Kendall::of(&[1.0, 1.0, 2.0, 2.0, 3.0, 3.0]).p();
        assert!((rising - 2.0 / 720.0).abs() < 1e-12 && steps > rising);
    }
}
