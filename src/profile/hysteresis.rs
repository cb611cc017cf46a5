//! Counts reversals of height by hysteresis: those above a threshold, with one monotone profile
//! between them.

use crate::evidence::Parameter;

/// Least reversal that counts.
pub(crate) const LEAST_REVERSAL: Parameter = Parameter::chosen(
    "profile.least_reversal",
    1.75,
    "m",
    "1 to 3 m: smaller counts noise as hills, larger loses small hills",
    "settled by experiment on 88 sessions against what devices reported",
);

/// Factor on the standard error of a smoothed height, for noisy recordings.
pub(crate) const REVERSAL_PER_NOISE: Parameter = Parameter::chosen(
    "profile.reversal_per_noise",
    6.5,
    "1",
    "5 to 8",
    "white noise alone makes a reversal of this many standard errors less than once in 10 km",
);

/// Returns the indices of the turning points of `height_m`: successive extremes at least
/// `reversal_m` apart, the first and the last included. Empty where nothing rises or falls so
/// much.
pub(crate) fn points(height_m: &[f64], reversal_m: f64) -> Vec<usize> {
    let mut turns = Vec::new();
    let (mut low, mut high) = (0, 0);
    let mut rising = None;
    for (i, &h) in height_m.iter().enumerate() {
        match rising {
            None => {
                if h < height_m[low] {
                    low = i;
                }
                if h > height_m[high] {
                    high = i;
                }
                if h - height_m[low] >= reversal_m {
                    turns.push(low);
                    (rising, high) = (Some(true), i);
                } else if height_m[high] - h >= reversal_m {
                    turns.push(high);
                    (rising, low) = (Some(false), i);
                }
            }
            Some(true) => {
                if h > height_m[high] {
                    high = i;
                } else if height_m[high] - h >= reversal_m {
                    turns.push(high);
                    (rising, low) = (Some(false), i);
                }
            }
            Some(false) => {
                if h < height_m[low] {
                    low = i;
                } else if h - height_m[low] >= reversal_m {
                    turns.push(low);
                    (rising, high) = (Some(true), i);
                }
            }
        }
    }
    match rising {
        Some(true) => turns.push(high),
        Some(false) => turns.push(low),
        None => {}
    }
    turns
}

/// Returns the sum of the rises between turning points, m.
pub(crate) fn gain_m(height_m: &[f64], turns: &[usize]) -> f64 {
    turns.windows(2).map(|t| (height_m[t[1]] - height_m[t[0]]).max(0.0)).sum()
}

/// Returns rise of every cell on the nearest profile (least squares) that is monotone between
/// successive `turns` and constant outside them. `up_first` is the direction of the first
/// leg: legs alternate.
pub(crate) fn monotone_rises(
    height_m: &[f64],
    turns: &[usize],
    up_first: bool,
) -> Vec<f64> {
    let mut rises = vec![0.0; height_m.len().saturating_sub(1)];
    let mut blocks = Vec::with_capacity(height_m.len());
    let mut up = up_first;
    for leg in turns.windows(2) {
        let sign = if up { 1.0 } else { -1.0 };
        pool_adjacent_violators(&height_m[leg[0]..=leg[1]], sign, &mut blocks);
        let mut node = leg[0];
        for pair in blocks.windows(2) {
            node += pair[0].1;
            rises[node - 1] = sign * (pair[1].0 - pair[0].0);
        }
        up = !up;
    }
    rises
}

/// Isotonic regression of `sign * values`: blocks of (mean, count) with rising means.
fn pool_adjacent_violators(values: &[f64], sign: f64, blocks: &mut Vec<(f64, usize)>) {
    blocks.clear();
    for &value in values {
        let mut block = (sign * value, 1_usize);
        while let Some(&(mean, count)) = blocks.last() {
            if mean < block.0 {
                break;
            }
            blocks.pop();
            let total = count + block.1;
            block =
                ((mean * count as f64 + block.0 * block.1 as f64) / total as f64, total);
        }
        blocks.push(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ignores_a_dent_below_the_reversal_threshold() {
        let h = [0.0, 5.0, 4.0, 10.0, 3.0, 3.5, 0.0];
        assert_eq!(points(&h, 2.0), [0, 3, 6]);
        assert_eq!(points(&h, 0.9), [0, 1, 2, 3, 6]);
        assert!(points(&h, 11.0).is_empty());
        assert!(points(&[], 1.0).is_empty());
    }

    proptest! {
        #[test]
        fn the_rises_are_the_gain_and_monotone_between_turns(
            h in prop::collection::vec(-20.0..20.0_f64, 2..200), z in 0.5..8.0_f64,
        ) {
            let turns = points(&h, z);
            let up_first = turns.len() > 1 && h[turns[1]] > h[turns[0]];
            let rises = monotone_rises(&h, &turns, up_first);
            let gain: f64 = rises.iter().map(|r| r.max(0.0)).sum();
            prop_assert!((gain - gain_m(&h, &turns)).abs() < 1e-9);
            for leg in turns.windows(2) {
                let up = h[leg[1]] > h[leg[0]];
                let monotone = rises[leg[0]..leg[1]].iter().all(|r| if up { *r >= 0.0 } else { *r <= 0.0 });
                prop_assert!(monotone);
                prop_assert!((h[leg[1]] - h[leg[0]]).abs() >= z);
            }
        }
    }
}
