//! Least squares under an order: values that rise to an optimum and fall from there on.

/// Returns the values nearest to these, by weighted squares, that never fall: pool adjacent
/// violators (Ayer et al. 1955, Ann Math Stat 26:641).
pub(super) fn never_falling(values: &[f64], weights: &[f64]) -> Vec<f64> {
    // (mean, weight, count) of each pool
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(values.len());
    for (value, weight) in values.iter().zip(weights) {
        let mut pool = (*value, *weight, 1);
        while let Some(before) = pools.pop_if(|before| before.0 > pool.0) {
            let weight = before.1 + pool.1;
            let mean = (before.0 * before.1 + pool.0 * pool.1) / weight;
            pool = (mean, weight, before.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|(mean, _, count)| std::iter::repeat_n(*mean, *count)).collect()
}

/// Returns the values nearest to these that rise up to an index and fall after it. It keeps
/// order: what lies nowhere below before lies nowhere below after.
pub(super) fn with_peak(values: &[f64], weights: &[f64], peak: usize) -> Vec<f64> {
    let split = (peak + 1).min(values.len());
    let mut fitted = never_falling(&values[..split], &weights[..split]);
    let backwards = |part: &[f64]| part.iter().rev().copied().collect::<Vec<f64>>();
    let falling =
        never_falling(&backwards(&values[split..]), &backwards(&weights[split..]));
    fitted.extend(falling.iter().rev());
    fitted
}

/// Returns the index up to which values rise, so that the least has to be changed.
pub(super) fn peak(
    values: &[f64],
    weights: &[f64],
    among: std::ops::RangeInclusive<usize>,
) -> usize {
    let squares = |peak: usize| -> f64 {
        let fitted = with_peak(values, weights, peak);
        let cells = fitted.iter().zip(values).zip(weights);
        cells.map(|((fit, value), weight)| weight * (fit - value) * (fit - value)).sum()
    };
    let first = *among.start();
    among.min_by(|a, b| squares(*a).total_cmp(&squares(*b))).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rises_and_falls_and_keeps_order(
            cells in proptest::collection::vec((-3.0..3.0_f64, 0.0..1.0_f64, 0.1..9.0_f64), 1..30),
            peak in 0_usize..30,
        ) {
            let peak = peak % cells.len();
            let weights: Vec<f64> = cells.iter().map(|cell| cell.2).collect();
            let lower: Vec<f64> = cells.iter().map(|cell| cell.0).collect();
            let upper: Vec<f64> = cells.iter().map(|cell| cell.0 + cell.1).collect();
            let (low, high) =
                (with_peak(&lower, &weights, peak), with_peak(&upper, &weights, peak));
            prop_assert!(low.iter().zip(&high).all(|(low, high)| low <= &(high + 1e-12)));
            prop_assert!(low[..=peak].is_sorted());
            prop_assert!(low[peak + 1..].iter().rev().is_sorted());
        }

        #[test]
        fn leaves_what_rises_and_falls_as_it_is(mut values in proptest::collection::vec(-3.0..3.0_f64, 3..20)) {
            values.sort_by(f64::total_cmp);
            let top = values.len() - 1;
            let falling: Vec<f64> = values.iter().rev().copied().collect();
            values.extend(falling);
            let weights = vec![1.0; values.len()];
            prop_assert_eq!(&with_peak(&values, &weights, top), &values);
            prop_assert_eq!(&with_peak(&values, &weights, peak(&values, &weights, 0..=values.len() - 1)), &values);
        }
    }
}
