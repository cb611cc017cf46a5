//! What sensors write while they measure nothing: zeros in motion, the byte for none, spikes.
//! It is missing, not data.

use crate::evidence::{Evidence, Parameter};
use crate::quantile::middle;
use crate::sport::Sport;

/// Nobody steps or turns faster.
pub(crate) const FASTEST_CADENCE: Parameter = Parameter::chosen(
    "profile.fastest_cadence",
    250.0,
    "1/min",
    "220 to 270: sprinters on a track take 4 to 4.5 steps a second",
    "255 is what a byte says for none",
);
/// Slower turns of the crank under power are a start, a stop or a fault, and a whole file of
/// them, on foot too, is a broken sensor.
pub(crate) const SLOWEST_CADENCE: Parameter = Parameter::chosen(
    "profile.slowest_cadence",
    30.0,
    "1/min",
    "20 to 40; the steepest walls are ridden at 35 to 45 a minute",
    "as strides, 30 are the 60 steps below which nobody is thought to walk",
);
/// The lowest heart rate of somebody who moves.
pub(crate) const SLOWEST_HEART: Parameter = Parameter::chosen(
    "profile.slowest_heart",
    30.0,
    "1/min",
    "25 to 40, asleep",
    "zero is a strap that lost the skin",
);
/// The highest heart rate.
pub(crate) const FASTEST_HEART: Parameter = Parameter {
    name: "profile.fastest_heart",
    value: 230.0,
    unit: "1/min",
    range: "220 to 240",
    evidence: Evidence::Assumed,
    source: "our choice; 208 - 0.7 x age with a deviation of 10, Tanaka et al. 2001, J Am Coll Cardiol 37:153, from memory",
};
/// A heart rate that leaps by more ...
pub(crate) const HEART_LEAP: Parameter = Parameter::chosen(
    "profile.heart_leap",
    30.0,
    "1/min",
    "20 to 40",
    "an all-out start raises it by some 5 a second at most",
);
/// ... and is back within this time was a spike.
pub(crate) const HEART_SPIKE_S: Parameter = Parameter::chosen(
    "profile.heart_spike",
    10.0,
    "s",
    "5 to 15 s",
    "no heart rises and falls so fast",
);
/// Shortest and longest time of a foot on the ground.
const STANCE_S: std::ops::RangeInclusive<f32> = 0.05..=1.5;
/// Records in which a spike must be over, whatever their times.
const SPIKE_RECORDS: usize = 60;

/// A column without what nobody measured, and how many values that took.
pub(crate) type Cleaned = (Vec<f32>, usize);

/// Heart rates without zeros and spikes; `None` where there is nothing to drop, as nearly
/// always.
pub(crate) fn heart_rate(rates: &[f32], time_s: &[f64]) -> Option<Cleaned> {
    #[expect(clippy::cast_possible_truncation, reason = "small")]
    let (slowest, fastest, leap) =
        (SLOWEST_HEART.value as f32, FASTEST_HEART.value as f32, HEART_LEAP.value as f32);
    let plain = |rate: f32| rate.is_nan() || (slowest..=fastest).contains(&rate);
    let leaps = |a: f32, b: f32| (a - b).abs() > leap;
    if rates.iter().all(|rate| plain(*rate))
        && !rates.windows(2).any(|pair| leaps(pair[0], pair[1]))
    {
        return None;
    }
    let (mut kept, mut dropped) = (rates.to_vec(), 0);
    for rate in kept.iter_mut().filter(|rate| !plain(**rate)) {
        *rate = f32::NAN;
        dropped += 1;
    }
    let mut drop = |rates: &mut [f32]| {
        for rate in rates.iter_mut().filter(|rate| !rate.is_nan()) {
            *rate = f32::NAN;
            dropped += 1;
        }
    };
    let brief = |from: usize, to: usize| time_s[to] - time_s[from] <= HEART_SPIKE_S.value;
    let end = kept.len();
    let mut first: Option<usize> = None;
    let mut last: Option<usize> = None;
    let mut at = 0;
    while at < end {
        if kept[at].is_nan() {
            at += 1;
            continue;
        }
        if let Some(last) = last.filter(|last| leaps(kept[at], kept[*last])) {
            let back = (at + 1..end)
                .take(SPIKE_RECORDS)
                .take_while(|i| brief(last, *i))
                .find(|i| !kept[*i].is_nan() && !leaps(kept[*i], kept[last]));
            if let Some(back) = back {
                drop(&mut kept[at..back]);
                at = back;
            } else if first.is_some_and(|first| brief(first, at)) {
                // it began with one
                drop(&mut kept[..at]);
            } else if brief(last, end - 1) {
                // or ended with one
                drop(&mut kept[at..]);
                break;
            }
        }
        first = first.or(Some(at));
        last = Some(at);
        at += 1;
    }
    (dropped > 0).then_some((kept, dropped))
}

/// Cadences without what no legs do. On foot whoever moves takes steps; on a bicycle zero is
/// rest while nothing drives, and missing where there is power. `moves` tells whether the leg
/// that ends at a sample was covered: a zero elsewhere is dropped, too, and not counted.
pub(crate) fn cadence(
    cadences: &[f32],
    power_w: &[f32],
    sport: Sport,
    moves: impl Fn(usize) -> bool,
) -> Option<Cleaned> {
    #[expect(clippy::cast_possible_truncation, reason = "small")]
    let (slowest, fastest) = (SLOWEST_CADENCE.value as f32, FASTEST_CADENCE.value as f32);
    let on_foot = sport.on_foot();
    let suspect = |cadence: f32, watts: f32| {
        let too_slow = if on_foot {
            cadence <= 0.0
        } else if cadence == 0.0 {
            watts > 0.0
        } else {
            cadence < slowest && (cadence < 0.0 || watts.is_nan() || watts > 0.0)
        };
        too_slow || cadence > fastest
    };
    let pairs = || cadences.iter().zip(power_w);
    if cadences.iter().all(|cadence| *cadence >= slowest && *cadence <= fastest)
        || cadences.iter().all(|cadence| cadence.is_nan())
    {
        return None;
    }
    let turning = cadences.iter().filter(|cadence| **cadence > 0.0);
    let broken = middle(turning.copied().map(f64::from))
        .is_some_and(|cadence| cadence < SLOWEST_CADENCE.value);
    if !broken && !pairs().any(|(cadence, watts)| suspect(*cadence, *watts)) {
        return None;
    }
    let (mut kept, mut dropped) = (cadences.to_vec(), 0);
    for (at, (cadence, watts)) in kept.iter_mut().zip(power_w).enumerate() {
        if cadence.is_finite() && (broken || suspect(*cadence, *watts)) {
            *cadence = f32::NAN;
            dropped += usize::from(moves(at));
        }
    }
    Some((kept, dropped))
}

/// Contact times without what is no step.
pub(crate) fn stance_time(stance_time_s: &[f32]) -> Option<Cleaned> {
    let plain = |seconds: f32| seconds.is_nan() || STANCE_S.contains(&seconds);
    if stance_time_s.iter().all(|seconds| plain(*seconds)) {
        return None;
    }
    let kept: Vec<f32> = stance_time_s
        .iter()
        .map(|seconds| if plain(*seconds) { *seconds } else { f32::NAN })
        .collect();
    let dropped = stance_time_s.iter().filter(|seconds| !plain(**seconds)).count();
    Some((kept, dropped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(count: usize) -> Vec<f64> {
        (0..count).map(|i| i as f64).collect()
    }

    /// Returns which samples are dropped.
    fn gone(cleaned: Option<Cleaned>) -> Vec<usize> {
        let kept = cleaned.map_or_else(Vec::new, |(kept, _)| kept);
        (0..kept.len()).filter(|i| kept[*i].is_nan()).collect()
    }

    #[test]
    fn a_heart_that_leaps_and_is_back_was_a_spike_and_one_that_stays_was_none() {
        let mut rates = vec![150.0; 40];
        rates[10] = 240.0;
        rates[20..23].fill(215.0);
        rates[30] = 0.0;
        assert_eq!(gone(heart_rate(&rates, &seconds(40))), [10, 20, 21, 22, 30]);
        let mut rates = vec![120.0; 40];
        rates[..3].fill(200.0);
        rates[38..].fill(200.0);
        assert_eq!(gone(heart_rate(&rates, &seconds(40))), [0, 1, 2, 38, 39]);
        let mut rates = vec![110.0; 40];
        rates[20..].fill(160.0);
        assert_eq!(heart_rate(&rates, &seconds(40)), None);
        // a minute apart a heart may do anything
        let minutes: Vec<f64> = (0..3).map(|i| f64::from(i) * 60.0).collect();
        assert_eq!(heart_rate(&[120.0, 170.0, 120.0], &minutes), None);
    }

    #[test]
    fn on_foot_zeros_are_missing_and_those_in_motion_count() {
        let none = [f32::NAN; 6];
        let cadences = [85.0, 0.0, 0.0, 86.0, 255.0, 85.0];
        let (kept, dropped) =
            cadence(&cadences, &none, Sport::Run, |at| at != 1).unwrap();
        assert_eq!((kept.iter().filter(|c| c.is_nan()).count(), dropped), (3, 2));
        let plain = [85.0, 60.0, 30.0, 45.0];
        assert_eq!(cadence(&plain, &none[..4], Sport::Walk, |_| true), None);
    }

    #[test]
    fn a_rider_who_coasts_turns_nothing_and_one_who_drives_turns_something() {
        let cadences = [90.0, 0.0, 0.0, 12.0, 12.0, 88.0];
        let watts = [200.0, 0.0, 210.0, 0.0, 220.0, 200.0];
        let cleaned = cadence(&cadences, &watts, Sport::Ride, |_| true);
        assert_eq!(gone(cleaned), [2, 4]);
        // without a meter a zero is rest
        let none = [f32::NAN; 6];
        assert_eq!(gone(cadence(&cadences, &none, Sport::Ride, |_| true)), [3, 4]);
        // a sensor that counts one turn a minute for an hour counts nothing
        let cleaned = cadence(&[1.0, 2.0, 1.0], &[0.0; 3], Sport::Ride, |_| true);
        assert_eq!(gone(cleaned), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn what_is_cleaned_needs_no_more_cleaning(
            rates in prop::collection::vec(
                prop_oneof![Just(0.0_f32), Just(f32::NAN), 20.0..250.0_f32, Just(150.0)], 0..60),
            watts in prop::collection::vec(prop_oneof![Just(0.0_f32), 1.0..400.0_f32], 60),
            sport in prop::sample::select(vec![Sport::Run, Sport::Ride]),
        ) {
            let watts = &watts[..rates.len()];
            if let Some((kept, dropped)) = cadence(&rates, watts, sport, |_| true) {
                prop_assert!(dropped <= rates.len());
                let same = |k: &f32, r: &f32| k.is_nan() || k.to_bits() == r.to_bits();
                prop_assert!(kept.iter().zip(&rates).all(|(k, r)| same(k, r)));
                let again = cadence(&kept, watts, sport, |_| true);
                prop_assert!(again.is_none_or(|(_, dropped)| dropped > 0));
            }
            if let Some((kept, dropped)) = heart_rate(&rates, &seconds(rates.len())) {
                let missing = |column: &[f32]| column.iter().filter(|r| r.is_nan()).count();
                prop_assert_eq!(missing(&kept), missing(&rates) + dropped);
                prop_assert!(kept.iter().all(|r| r.is_nan() || (30.0..=230.0).contains(r)));
            }
        }
    }
}
