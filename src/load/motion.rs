//! What a sensor of running dynamics says of the range of a step's motion, by class of grade: how far
//! the trunk rises and falls, how long steps are, and how long a foot is on the ground.
//!
//! The angles of joints, which "range of motion" means, are in no recording.

use std::ops::RangeInclusive;

use crate::activity::Activity;
use crate::load::by_grade::{CLASSES, class_of};
use crate::profile::{Profile, stops};
use crate::sport::Sport;

/// What steps do: our choices, wide around walking and sprinting. Zeros, which devices write while
/// somebody stands, are outside, as are centimetres that were written for millimetres.
const OSCILLATION_M: RangeInclusive<f64> = 0.015..=0.25;
const STEP_M: RangeInclusive<f64> = 0.15..=3.0;
const STANCE_S: RangeInclusive<f64> = 0.05..=1.5;
/// Share of values that must be what steps do, or their unit is in doubt. Our choice.
const LEAST_POSSIBLE: f64 = 0.5;
/// Longest time for which one record speaks, s.
const HOLD_S: f64 = 10.0;
/// Least seconds of a class that is shown. Our choice.
pub(crate) const LEAST_S: f64 = 30.0;

/// A mean over seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TimedMean {
    sum: f64,
    /// Seconds that it is taken over.
    pub seconds: f64,
}

impl TimedMean {
    fn add(&mut self, value: f64, seconds: f64) {
        self.sum += value * seconds;
        self.seconds += seconds;
    }

    /// Returns the mean of half a minute and more.
    pub fn mean(&self) -> Option<f64> {
        (self.seconds >= LEAST_S).then(|| self.sum / self.seconds)
    }
}

/// The motion of steps in one class of grade.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Motion {
    /// Rise and fall of the trunk, m.
    pub vertical_oscillation_m: TimedMean,
    /// Length of a step, m.
    pub step_length_m: TimedMean,
    /// Time of a foot on the ground, s.
    pub stance_time_s: TimedMean,
}

impl Motion {
    /// Returns whether any of it is known.
    pub fn is_known(&self) -> bool {
        let all = [self.vertical_oscillation_m, self.step_length_m, self.stance_time_s];
        all.iter().any(|mean| mean.mean().is_some())
    }
}

/// The motion of steps by class of grade, from the steepest descent to the steepest climb
/// ([`by_grade::grade_of`](crate::load::by_grade::grade_of) says which is which).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RangeOfMotion {
    /// Each class.
    pub classes: [Motion; CLASSES],
    /// Values that no step has, but zeros: left out.
    pub left_out: usize,
    /// Quantities of which most values are so: the unit is in doubt, and none is told.
    pub in_doubt: usize,
}

impl RangeOfMotion {
    /// Sums the records of what is scored and moves; nothing of a ride or without times.
    pub fn of(activity: &Activity, profile: &Profile, sport: Sport) -> RangeOfMotion {
        let mut motion = RangeOfMotion::default();
        if !sport.on_foot() || !profile.timed() {
            return motion;
        }
        let columns = [
            (activity.vertical_oscillation_m(), OSCILLATION_M),
            (activity.step_length_m(), STEP_M),
            (activity.stance_time_s(), STANCE_S),
        ];
        let columns = columns.map(|(values, possible)| {
            let wrong = |value: &&f32| {
                **value != 0.0
                    && !value.is_nan()
                    && !possible.contains(&f64::from(**value))
            };
            let told = values.iter().filter(|value| !value.is_nan() && **value != 0.0);
            let (wrong, told) = (values.iter().filter(wrong).count(), told.count());
            motion.left_out += wrong;
            let sure = (told - wrong) as f64 >= LEAST_POSSIBLE * told as f64;
            motion.in_doubt += usize::from(!sure);
            let values = if sure && told > 0 { values } else { &[] };
            (values, possible)
        });
        if columns.iter().all(|(values, _)| values.is_empty()) {
            return motion;
        }
        for run in profile.runs() {
            for cell in run.cells.clone() {
                let seconds = profile.duration_s()[cell];
                let moves = profile.slope_m()[cell] >= stops::MOVING.value * seconds;
                if !profile.scored()[cell] || !moves {
                    continue;
                }
                let class = &mut motion.classes[class_of(profile.grade()[cell])];
                let means = [
                    &mut class.vertical_oscillation_m,
                    &mut class.step_length_m,
                    &mut class.stance_time_s,
                ];
                let node = profile.node_of(cell);
                let records = records(profile, node);
                for (mean, (values, possible)) in means.into_iter().zip(&columns) {
                    for at in records.clone() {
                        let held_s = held_s(activity.time_s(), at);
                        let value = values.get(at).map_or(f64::NAN, |v| f64::from(*v));
                        if possible.contains(&value) && held_s > 0.0 {
                            mean.add(value, held_s);
                        }
                    }
                }
            }
        }
        motion
    }
}

/// Returns the records that are reached from a node to the next.
fn records(profile: &Profile, node: usize) -> std::ops::Range<usize> {
    let sample = profile.sample();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index with a share"
    )]
    let first_after = |at: f64| at.ceil().max(0.0) as usize;
    first_after(sample[node])..first_after(sample[node + 1])
}

/// Returns the time for which a record speaks: since the one before, s.
fn held_s(times: &[f64], at: usize) -> f64 {
    let before = at.checked_sub(1).and_then(|before| times.get(before));
    match (before, times.get(at)) {
        (Some(before), Some(time)) if time > before => (time - before).min(HOLD_S),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use crate::load::by_grade::grade_of;
    use crate::profile::Sampling;

    /// Returns half an hour up 10 % and half an hour down, with what a sensor saw a second.
    fn outing(seen: impl Fn(usize, Sample) -> Sample) -> RangeOfMotion {
        let mut activity = Activity::default();
        for second in 0..3600_usize {
            let x = 2.5 * second as f64;
            let up = if second < 1800 { x } else { 9000.0 - x };
            let sample = Sample {
                time_s: second as f64,
                distance_m: x,
                elevation_m: 500.0 + 0.1 * up,
                ..Sample::default()
            };
            activity.push(seen(second, sample));
        }
        let profile = Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap();
        RangeOfMotion::of(&activity, &profile, Sport::Run)
    }

    #[test]
    fn tells_the_mean_of_each_class_of_grade_and_counts_no_zeros() {
        let motion = outing(|second, sample| Sample {
            // standing, as some devices write it
            vertical_oscillation_m: match second {
                second if second % 10 == 0 => 0.0,
                second if second < 1800 => 0.060,
                _ => 0.090,
            },
            step_length_m: if second < 1800 { 0.80 } else { 1.10 },
            stance_time_s: 0.260,
            ..sample
        });
        let at = |grade: f64| motion.classes[class_of(grade)];
        let (up, down) = (at(0.10), at(-0.10));
        assert!((up.vertical_oscillation_m.mean().unwrap() - 0.060).abs() < 1e-3);
        assert!((down.vertical_oscillation_m.mean().unwrap() - 0.090).abs() < 1e-3);
        assert!((up.step_length_m.mean().unwrap() - 0.80).abs() < 1e-3);
        assert!((down.stance_time_s.mean().unwrap() - 0.260).abs() < 1e-6);
        assert!(up.step_length_m.seconds > 1600.0 && motion.left_out == 0);
        assert!((grade_of(class_of(0.10)) - 0.10).abs() < 1e-9);
        assert!(!at(0.30).is_known());
    }

    #[test]
    fn tells_nothing_of_a_quantity_whose_unit_is_in_doubt() {
        // centimetres written for millimetres, beside steps that are right
        let motion = outing(|_, sample| Sample {
            vertical_oscillation_m: 0.0088,
            step_length_m: 1.0,
            ..sample
        });
        let up = motion.classes[class_of(0.10)];
        assert_eq!((motion.left_out, motion.in_doubt), (3600, 1));
        assert_eq!(up.vertical_oscillation_m.mean(), None);
        assert!(up.step_length_m.mean().is_some());
        assert_eq!(outing(|_, sample| sample), RangeOfMotion::default());
    }
}
