//! Medians and quantiles, one kind for the whole program.
//!
//! They are those of `statrs`: Hyndman and Fan's type 8 (1996, Am Stat 50:361), which is unbiased
//! for the median whatever the distribution; a median of an even number lies between its middle
//! two. What is NaN is no value. Windows that move along with each sample keep code of their own.

use statrs::statistics::{Data, OrderStatistics as _};

/// Returns the median; `None` of no value.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    known(values).map(|mut values| values.median())
}

/// Returns the value below which a share of the values lies, 0 to 1; `None` of no value.
pub(crate) fn quantile(values: impl IntoIterator<Item = f64>, share: f64) -> Option<f64> {
    known(values).map(|mut values| values.quantile(share))
}

/// Returns the middle value, the upper of two; `None` of no value. For columns of whole recordings,
/// where the two are next to each other and a median costs two selections, and where what lies
/// between two values is none that occurs.
pub(crate) fn middle(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    known(values).map(|mut values| values.order_statistic(values.len() / 2 + 1))
}

/// Returns the values that are numbers, if any.
fn known(values: impl IntoIterator<Item = f64>) -> Option<Data<Vec<f64>>> {
    let known: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
    (!known.is_empty()).then(|| Data::new(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn upto(n: u32) -> impl Iterator<Item = f64> {
        (1..=n).map(f64::from)
    }

    #[test]
    fn takes_what_is_not_a_number_for_no_value() {
        assert_eq!(median([f64::NAN, 1.0, 2.0, 3.0, 4.0]), Some(2.5));
        assert_eq!(median([4.0, f64::NAN, 1.0, -f64::NAN, 3.0, 2.0]), Some(2.5));
        assert_eq!(quantile([f64::NAN, 7.0], 0.95), Some(7.0));
        assert_eq!(middle([2.0, f64::NAN, 1.0]), Some(2.0));
    }

    #[test]
    fn has_no_figure_without_values() {
        for nothing in [vec![], vec![f64::NAN; 3]] {
            assert_eq!(median(nothing.clone()), None);
            assert_eq!(quantile(nothing.clone(), 0.5), None);
            assert_eq!(middle(nothing), None);
        }
    }

    #[test]
    fn is_of_the_eighth_type() {
        // Hyndman and Fan: place (n + 1/3) p + 1/3; type 7 would give 19.05
        let p95 = quantile(upto(20), 0.95).unwrap();
        assert!((p95 - 19.65).abs() < 1e-12, "{p95}");
        // a tail beyond the outermost place is the outermost value
        assert_eq!(quantile(upto(5), 0.95), Some(5.0));
        assert_eq!(quantile(upto(5), 0.05), Some(1.0));
    }

    #[test]
    fn gives_a_value_that_occurs_where_it_must() {
        assert_eq!(median([1.0, 60.0, 1.0, 60.0]), Some(30.5));
        assert_eq!(middle([1.0, 60.0, 1.0, 60.0]), Some(60.0));
    }

    proptest! {
        #[test]
        fn has_as_many_values_above_as_below(values in prop::collection::vec(-9.0..9.0_f64, 1..60)) {
            let median = median(values.clone()).unwrap();
            let below = values.iter().filter(|value| **value < median).count();
            let above = values.iter().filter(|value| **value > median).count();
            prop_assert!(below <= values.len() / 2 && above <= values.len() / 2);
            let half = quantile(values.clone(), 0.5).unwrap();
            prop_assert!((half - median).abs() < 1e-9, "{} {}", half, median);
            let quantiles: Vec<f64> =
                (0..=20).map(|n| quantile(values.clone(), f64::from(n) / 20.0).unwrap()).collect();
            prop_assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9));
        }
    }
}
