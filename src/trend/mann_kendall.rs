//! The test of Mann (1945) and Kendall: are later values above earlier ones more often than
//! chance would have it?

use statrs::distribution::{ContinuousCDF as _, Normal};

/// Values up to so many are held against the exact distribution, more against the normal one, which
/// calls a trend in at most 5 % of the orders of any greater number (Kendall 1975; asked below).
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

    /// Returns the chance of an order as clear as this and in its direction, where every order is
    /// equally likely.
    pub(super) fn tail(&self) -> f64 {
        if self.falling.is_empty() {
            let sure = self.variance.sqrt();
            // by one half of the step between two sums, towards none
            let z = (self.s.abs() - 1).max(0) as f64 / sure;
            return if sure > 0.0 { Normal::standard().sf(z) } else { 1.0 };
        }
        let rising = self.pairs - self.s.abs();
        // equal values count as half: towards none
        let most = usize::try_from(rising.div_euclid(2) + rising.rem_euclid(2));
        self.falling.iter().take(most.unwrap_or(0) + 1).sum()
    }

    /// Returns place among the slopes of all pairs, from 1 and between two of them, below which
    /// the true slope lies with a chance of `outside`.
    pub(super) fn lower_place(&self, outside: f64) -> f64 {
        let pairs = self.pairs as f64;
        if self.falling.is_empty() {
            let z = -Normal::standard().inverse_cdf(outside);
            return ((pairs - z * self.variance.sqrt()) / 2.0).max(1.0);
        }
        let (mut passed, mut place) = (0.0, 0.0);
        for chance in &self.falling {
            if passed + chance > outside {
                // between two places by how much of the chance is left
                place += (outside - passed) / chance;
                break;
            }
            passed += chance;
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

    /// Returns as [`falling`] does, quickly and with the last digits lost.
    fn falling_of_many(n: usize) -> Vec<f64> {
        let mut chances = vec![1.0];
        for k in 2..=n {
            let mut within = 0.0;
            let mut next = Vec::with_capacity(chances.len() + k - 1);
            for at in 0..chances.len() + k - 1 {
                within += chances.get(at).copied().unwrap_or(0.0);
                next.push(within / k as f64);
                within -=
                    at.checked_sub(k - 1).and_then(|at| chances.get(at)).unwrap_or(&0.0);
            }
            chances = next;
        }
        chances
    }

    /// Of all orders of so many values that are equally likely: the share that the normal
    /// distribution calls a trend at 5 %, and that of intervals of 95 % that hold the slope. Neither
    /// depends on the noise, as both ask for the order alone.
    #[test]
    fn the_normal_distribution_calls_no_more_than_5_percent_beyond_the_exact_one() {
        for n in [41, 42, 43, 44, 45, 46, 50, 60, 80, 100, 150] {
            let exact = falling_of_many(n);
            let values: Vec<f64> = (0..n).map(|at| at as f64).collect();
            let kendall = Kendall::of(&values);
            assert!(kendall.falling.is_empty());
            let called: f64 = (0_i64..)
                .zip(&exact)
                .take_while(|(falls, _)| {
                    let s = kendall.pairs - 2 * falls;
                    Kendall { s, ..kendall.clone() }.tail() <= 0.025 && s > 0
                })
                .map(|(_, chance)| 2.0 * chance)
                .sum();
            assert!((0.047..=0.05).contains(&called), "{n}: {called}");
            let place = kendall.lower_place(0.025);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "above 1"
            )]
            let whole = place.floor() as usize;
            let outside: f64 =
                exact[..whole].iter().sum::<f64>() + place.fract() * exact[whole];
            assert!((0.0241..=0.025).contains(&outside), "{n}: {outside}");
        }
        let (quick, whole) = (falling_of_many(30), falling(30));
        assert!(quick.iter().zip(&whole).all(|(a, b)| (a - b).abs() < 1e-15));
        assert_eq!(quick.len(), whole.len());
    }

    #[test]
    fn exact_and_normal_agree_where_they_meet() {
        let values: Vec<f64> =
            (0..EXACT).map(|n| n as f64 + 60.0 * (n as f64 * 2.3).sin()).collect();
        let exact = Kendall::of(&values);
        let normal = Kendall { falling: Vec::new(), ..exact.clone() };
        assert!(exact.tail() < 0.1 && exact.tail() > 5e-5, "{}", exact.tail());
        assert!(
            (exact.tail() / normal.tail() - 1.0).abs() < 0.1,
            "{} {}",
            exact.tail(),
            normal.tail()
        );
        let (a, b) = (exact.lower_place(0.025), normal.lower_place(0.025));
        assert!((a - b).abs() < 3.0, "{a} {b}");
    }

    #[test]
    fn equal_values_speak_for_no_trend() {
        assert!(Kendall::of(&[1.0; 12]).tail() >= 0.5);
        assert!((Kendall::of(&[1.0; 90]).tail() - 1.0).abs() < 1e-9);
        let rising = Kendall::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).tail();
        let steps = Kendall::of(&[1.0, 1.0, 2.0, 2.0, 3.0, 3.0]).tail();
        assert!((rising - 1.0 / 720.0).abs() < 1e-12 && steps > rising);
    }
}
