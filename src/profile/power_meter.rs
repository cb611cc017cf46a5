//! Takes out of a ride's power what no meter measured: one value throughout, a value that stands
//! still for minutes, watts that nobody makes. Gaps of a few seconds are bridged.

use std::ops::RangeInclusive;

use crate::profile::sensors::Cleaned;

/// Power that somebody makes, W. Source: as the readers have it, a track sprinter's best is 2500 W.
const POSSIBLE_W: RangeInclusive<f32> = 0.0..=3000.0;
/// Power that is the same to the watt for so long stands still, s. Our choice: legs do not, and a
/// meter that lost its sensor repeats the last value.
const STUCK_S: f64 = 120.0;
/// Records that a value is repeated in at least: sparse recordings may repeat one by chance.
const STUCK_RECORDS: usize = 30;
/// Longest gap that is bridged, s. Our choice: a few turns of the crank.
const BRIDGED_S: f64 = 10.0;

/// Returns a ride's power without what no meter measured, and how many values that took; `None`
/// where there is nothing to change. `held` says that a trainer may hold one power for long.
pub(crate) fn clean(power_w: &[f32], time_s: &[f64], held: bool) -> Option<Cleaned> {
    let mut known = power_w.iter().copied().filter(|watts| !watts.is_nan());
    let first = known.next()?;
    let (mut kept, mut dropped) = (power_w.to_vec(), 0);
    let mut drop = |values: &mut [f32]| {
        for value in values.iter_mut().filter(|value| !value.is_nan()) {
            *value = f32::NAN;
            dropped += 1;
        }
    };
    if known.all(|watts| (watts - first).abs() < f32::EPSILON) {
        drop(&mut kept);
        return Some((kept, dropped));
    }
    for value in kept.iter_mut().filter(|value| !POSSIBLE_W.contains(value)) {
        drop(std::slice::from_mut(value));
    }
    let mut from = 0;
    while !held && from < kept.len() {
        let same = |value: &&f32| {
            **value > 0.0 && (**value - power_w[from]).abs() < f32::EPSILON
        };
        let records = kept[from..].iter().take_while(same).count();
        let to = from + records.max(1);
        if records >= STUCK_RECORDS && time_s[to - 1] - time_s[from] >= STUCK_S {
            drop(&mut kept[from..to]);
        }
        from = to;
    }
    let bridged = bridge(&mut kept, time_s);
    (dropped > 0 || bridged).then_some((kept, dropped))
}

/// Fills short gaps by straight lines; whether there was one.
fn bridge(power_w: &mut [f32], time_s: &[f64]) -> bool {
    let mut bridged = false;
    let mut last: Option<usize> = None;
    for at in 0..power_w.len() {
        if power_w[at].is_nan() {
            continue;
        }
        if let Some(before) = last.filter(|before| at - before > 1) {
            let span = time_s[at] - time_s[before];
            if span > 0.0 && span <= BRIDGED_S {
                let (from, to) = (power_w[before], power_w[at]);
                for i in before + 1..at {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "between 0 and 1"
                    )]
                    let share = ((time_s[i] - time_s[before]) / span) as f32;
                    power_w[i] = from + share * (to - from);
                }
                bridged = true;
            }
        }
        last = Some(at);
    }
    bridged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(count: usize) -> Vec<f64> {
        (0..count).map(|i| i as f64).collect()
    }

    /// Watts that change as legs do.
    fn pedalled(count: usize) -> Vec<f32> {
        (0..count).map(|i| 180.0 + (i * 37 % 50) as f32).collect()
    }

    #[test]
    fn drops_a_column_of_one_value() {
        for watts in [0.0, 200.0, 65_535.0] {
            let (kept, dropped) = clean(&vec![watts; 600], &seconds(600), true).unwrap();
            assert_eq!(dropped, 600, "{watts}");
            assert!(kept.iter().all(|watts| watts.is_nan()));
        }
        let mut alone = vec![f32::NAN; 600];
        alone[300] = 250.0;
        assert_eq!(clean(&alone, &seconds(600), false).unwrap().1, 1);
        assert_eq!(clean(&vec![f32::NAN; 600], &seconds(600), false), None);
    }

    #[test]
    fn drops_power_that_stands_still_but_on_a_trainer_that_holds_it() {
        let mut watts = pedalled(900);
        watts[200..500].fill(231.0);
        let (kept, dropped) = clean(&watts, &seconds(900), false).unwrap();
        assert_eq!(dropped, 300);
        assert!(kept[200..500].iter().all(|watts| watts.is_nan()));
        assert_eq!(clean(&watts, &seconds(900), true), None);
        // who coasts makes nothing for long
        watts[200..500].fill(0.0);
        assert_eq!(clean(&watts, &seconds(900), false), None);
    }

    #[test]
    fn drops_watts_that_nobody_makes_and_bridges_the_gap() {
        let mut watts = pedalled(60);
        (watts[20], watts[21], watts[40]) = (65_535.0, -4.0, 16_499.0);
        let (kept, dropped) = clean(&watts, &seconds(60), false).unwrap();
        assert_eq!(dropped, 3);
        let (low, high) = (kept[19].min(kept[22]), kept[19].max(kept[22]));
        assert!((low..=high).contains(&kept[20]) && (low..=high).contains(&kept[21]));
    }

    #[test]
    fn keeps_a_long_gap_open() {
        let mut watts = pedalled(100);
        watts[40..60].fill(f32::NAN);
        assert_eq!(clean(&watts, &seconds(100), false), None);
        watts[45] = 200.0;
        let (kept, dropped) = clean(&watts, &seconds(100), false).unwrap();
        assert_eq!((dropped, kept[42].is_nan(), kept[50].is_nan()), (0, false, true));
    }

    proptest! {
        #[test]
        fn what_is_left_is_power_that_somebody_makes(
            watts in prop::collection::vec(
                prop_oneof![Just(f32::NAN), Just(0.0), -10.0..4000.0_f32, Just(f32::INFINITY)], 0..80),
            held: bool,
        ) {
            if let Some((kept, dropped)) = clean(&watts, &seconds(watts.len()), held) {
                prop_assert_eq!(kept.len(), watts.len());
                prop_assert!(dropped <= watts.len());
                prop_assert!(kept.iter().all(|w| w.is_nan() || POSSIBLE_W.contains(w)));
            }
        }
    }
}
