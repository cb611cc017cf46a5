//! The highest heart rate that a recording vouches for: the 99.5th percentile of its clean
//! seconds, or why they are not clean.

use crate::activity::Activity;
use crate::evidence::Parameter;
use crate::profile::sensors;
use crate::sport::Sport;

/// Share of the clean seconds that are above the highest rate.
pub(super) const ABOVE: Parameter = Parameter::chosen(
    "heart.above",
    0.005,
    "1",
    "0.001 to 0.02",
    "18 s of an hour: a true peak of an effort lasts as long, an artefact of a second or two does not",
);
/// Seconds at the beginning that tell nothing.
pub(super) const SETTLING_S: Parameter = Parameter::chosen(
    "heart.settling",
    180.0,
    "s",
    "60 to 600 s",
    "a dry strap and a cold wrist show too much until sweat and blood come",
);
/// A heart rate that is so near the steps a minute ...
pub(super) const LOCK_BPM: Parameter = Parameter::chosen(
    "heart.lock",
    3.0,
    "1/min",
    "2 to 5",
    "an optical sensor that counts steps shows them to a beat or two",
);
/// ... for so long counts steps, not beats.
pub(super) const LOCK_S: Parameter = Parameter::chosen(
    "heart.lock_lasts",
    60.0,
    "s",
    "30 to 120 s",
    "a heart that passes by the cadence does not stay there",
);

/// Share of the time that may lie on the cadence, be without a value, or hold spikes: our choices.
const MOST_LOCKED: f64 = 0.05;
const MOST_MISSING: f64 = 0.10;
const MOST_SPIKES: f64 = 0.01;
/// Least seconds that are clean: our choice, of fewer 0.5 % are no seconds.
const LEAST_S: f64 = 600.0;
/// Longest time for which one record speaks, s.
const HOLD_S: f64 = 10.0;
/// Cadences below are strides, two steps each (the model's bound between the two).
const FEWEST_STEPS: f64 = 130.0;
/// One more than the highest rate of a byte.
const RATES: usize = 256;

/// The highest rate, or why there is none.
type Highest = Result<f64, &'static str>;

/// Seconds of a recording by what its heart rate is worth.
#[derive(Default)]
struct Seconds {
    known: f64,
    missing: f64,
    locked: f64,
    /// On the cadence without a break until now.
    near_cadence: f64,
}

impl Seconds {
    /// Ends a time on the cadence: only a long one is a lock.
    fn part_from_cadence(&mut self) {
        if self.near_cadence >= LOCK_S.value {
            self.locked += self.near_cadence;
        }
        self.near_cadence = 0.0;
    }
}

/// Returns the heart rate that is exceeded in [`ABOVE`] of the clean seconds, 1/min.
///
/// Not clean is a recording whose heart rate leaps by more than 30 within ten seconds and stays, as
/// where a sensor locks on or lets go, follows the cadence, has spikes or is missing for long.
pub(super) fn highest(activity: &Activity, sport: Sport) -> Highest {
    let (times, recorded) = (activity.time_s(), activity.heart_rate_bpm());
    if recorded.iter().all(|rate| rate.is_nan()) {
        return Err("no heart rate");
    }
    if times.windows(2).any(|pair| !matches!(pair, [a, b] if a <= b)) {
        return Err("times that are missing or go back");
    }
    let cleaned = sensors::heart_rate(recorded, times);
    let (rates, spikes) =
        cleaned.as_ref().map_or((recorded, 0), |(kept, spikes)| (kept, *spikes));
    if spikes as f64 > MOST_SPIKES * rates.len() as f64 {
        return Err("a heart rate with spikes");
    }
    let begin_s = times.first().map_or(0.0, |first| first + SETTLING_S.value);
    let (mut seconds, mut at_rate) = (Seconds::default(), [0.0; RATES]);
    let steps = activity.cadence_per_min();
    for at in 1..rates.len() {
        let dt = times[at] - times[at - 1];
        if times[at] < begin_s || !(dt > 0.0 && dt <= HOLD_S) {
            seconds.part_from_cadence();
            continue;
        }
        let (before, rate) = (rates[at - 1], f64::from(rates[at]));
        if !rate.is_finite() {
            seconds.missing += dt;
            seconds.part_from_cadence();
            continue;
        }
        if (rate - f64::from(before)).abs() > sensors::HEART_LEAP.value {
            return Err("a heart rate that leaps and stays");
        }
        seconds.known += dt;
        if sport.on_foot() && is_near(rate, f64::from(steps[at])) {
            seconds.near_cadence += dt;
        } else {
            seconds.part_from_cadence();
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cleaned rates are 30 to 230"
        )]
        let whole = rate.round() as usize;
        at_rate[whole.min(RATES - 1)] += dt;
    }
    seconds.part_from_cadence();
    judged(&seconds, &at_rate)
}

/// Returns whether a heart rate is what a sensor would show that counts steps.
fn is_near(rate: f64, cadence: f64) -> bool {
    let steps = if cadence < FEWEST_STEPS { 2.0 * cadence } else { cadence };
    (rate - steps).abs() <= LOCK_BPM.value
}

fn judged(seconds: &Seconds, at_rate: &[f64; RATES]) -> Highest {
    if seconds.known < LEAST_S {
        return Err("less than 10 min of heart rate");
    }
    if seconds.missing > MOST_MISSING * (seconds.known + seconds.missing) {
        return Err("a heart rate with gaps");
    }
    if seconds.locked > MOST_LOCKED * seconds.known {
        return Err("a heart rate that follows the cadence");
    }
    let mut above = 0.0;
    for (rate, lasted) in at_rate.iter().enumerate().rev() {
        above += lasted;
        if above > ABOVE.value * seconds.known {
            return Ok(rate as f64);
        }
    }
    Err("no heart rate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    /// Returns the highest rate of 40 minutes on foot, a record a second.
    fn highest_of(with: impl Fn(usize) -> (f64, f64)) -> Highest {
        let mut activity = Activity::default();
        for second in 0..2400 {
            let (heart_rate_bpm, cadence_per_min) = with(second);
            let time_s = second as f64;
            activity.push(Sample {
                time_s,
                heart_rate_bpm,
                cadence_per_min,
                ..Sample::default()
            });
        }
        highest(&activity, Sport::Run)
    }

    /// A minute in ten is hard: the heart climbs to 182 and falls.
    fn beats(second: usize) -> f64 {
        let within = (second % 600) as f64;
        if within < 120.0 {
            150.0 + 32.0 * (1.0 - (within / 60.0 - 1.0).abs())
        } else {
            150.0
        }
    }

    #[test]
    fn is_exceeded_for_half_a_percent_of_the_time_and_not_moved_by_a_spike() {
        let clean = highest_of(|s| (beats(s), 85.0)).unwrap();
        // 11 s of 37 min, 3 of each peak of four
        assert!((179.0..=181.0).contains(&clean), "{clean}");
        let spiked = highest_of(|s| (if s == 1000 { 225.0 } else { beats(s) }, 85.0));
        assert_eq!(spiked, Ok(clean));
        // a dry strap
        let dry = highest_of(|s| {
            (if s < 170 { 205.0 - s as f64 / 3.0 } else { beats(s) }, 85.0)
        });
        assert_eq!(dry, Ok(clean));
    }

    #[test]
    fn is_none_where_the_sensor_counts_steps_leaps_or_loses_the_heart() {
        let locked =
            |s: usize| if s > 1000 && s < 1300 { (170.0, 85.0) } else { (145.0, 85.0) };
        assert_eq!(highest_of(locked), Err("a heart rate that follows the cadence"));
        let ramped = |s: usize| (145.0 + (s as f64 / 10.0).min(25.0), 70.0);
        assert_eq!(highest_of(ramped), Ok(170.0));
        let leaps = |s: usize| (if s > 1000 { 185.0 } else { 140.0 }, 85.0);
        assert_eq!(highest_of(leaps), Err("a heart rate that leaps and stays"));
        let lost = |s: usize| (if s.is_multiple_of(5) { f64::NAN } else { 150.0 }, 85.0);
        assert_eq!(highest_of(lost), Err("a heart rate with gaps"));
        let brief = |s: usize| (if s < 700 { 150.0 } else { f64::NAN }, 85.0);
        assert_eq!(highest_of(brief), Err("less than 10 min of heart rate"));
        assert_eq!(highest_of(|_| (f64::NAN, 85.0)), Err("no heart rate"));
    }
}
