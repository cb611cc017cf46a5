//! The repeated-bout effect: how much of a day's eccentric load is new for the legs, and how long
//! they may need after.
//!
//! One bout of descents protects against the next for weeks (the repeated-bout effect). The
//! curve is ours, fitted to what trials of it found; it is no measurement of anybody.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::evidence::{Evidence, Parameter};

/// Protection halves at this age.
pub(crate) const HALF_LIFE: Parameter = fitted(
    "history.repeated_bout.half_life",
    56.0,
    "d",
    "42 to 63 d",
    "protection seen at 3 and 6 weeks, none at 9 (repeated-bout trials)",
);
/// How steeply it falls there.
pub(crate) const STEEPNESS: Parameter = fitted(
    "history.repeated_bout.steepness",
    4.0,
    "1",
    "3 to 5",
    "protection seen at 3 and 6 weeks, none at 9 (repeated-bout trials)",
);
/// So much of a day's load, done before, gives the full effect of one bout.
pub(crate) const FULL_DOSE: Parameter = fitted(
    "history.repeated_bout.full_dose",
    1.0 / 8.0,
    "of the day's load",
    "1/8 to 1/2",
    "5 min downhill a week before 40 min cut the response by 47 to 64 % (Maeo 2017)",
);
/// What is left of the newness after each full bout.
pub(crate) const LEFT: Parameter = fitted(
    "history.repeated_bout.left_after_a_bout",
    0.4,
    "1",
    "0.36 to 0.53",
    "one bout, of half the dose too, cut the response by 47 to 64 % (Maeo 2017)",
);
/// Most that any number of bouts takes away.
pub(crate) const MOST: Parameter = fitted(
    "history.repeated_bout.most_protection",
    0.85,
    "1",
    "0.8 to 0.95",
    "a ramp of 10, 30, 50, 70 min left no damage; no load leaves nothing",
);
/// The same where the day is more than twice the largest before.
pub(crate) const MOST_BEYOND: Parameter = Parameter::chosen(
    "history.repeated_bout.most_protection_beyond_twice",
    0.60,
    "1",
    "0.5 to 0.7",
    "one bout protects against more than itself, but not without limit",
);
/// Days before this age do not protect yet.
const FIRST_DAY: f64 = 5.0;
/// Days beyond this age count no more: 1.5 half-lives, where a sixth is left (our choice).
pub(super) const LAST_DAY: f64 = 84.0;

/// New load from which rest is spoken of, and for how many days up to which load.
pub(crate) const REST: [(f64, i32); 3] = [(50.0, 4), (100.0, 7), (300.0, 14)];
const REST_FROM: Parameter = Parameter::chosen(
    "history.rest.from_new_load",
    REST[0].0,
    "load",
    "40 to 70",
    "4 d after 30 min at -20 %, 9 to 16 d after a race of 166 km (published); the steps are ours",
);

/// What `explain` lists of this module.
pub(super) const PARAMETERS: [Parameter; 7] =
    [HALF_LIFE, STEEPNESS, FULL_DOSE, LEFT, MOST, MOST_BEYOND, REST_FROM];

const fn fitted(
    name: &'static str,
    value: f64,
    unit: &'static str,
    range: &'static str,
    source: &'static str,
) -> Parameter {
    Parameter { name, value, unit, range, evidence: Evidence::Plausible, source }
}

/// Returns protection left after so many days, 0 to 1.
pub fn protection(days: f64) -> f64 {
    1.0 / (1.0 + (days / HALF_LIFE.value).powi(4))
}

/// Returns the part of an eccentric load that is new, given earlier doses as (days ago, load).
///
/// ```
/// use hardlegs::history::repeated_bout::new_load;
/// assert_eq!(new_load(99.0, &[]), 99.0);
/// assert!((new_load(99.0, &[(28.0, 49.5)]) - 43.1).abs() < 0.1);
/// ```
pub fn new_load(load: f64, doses: &[(f64, f64)]) -> f64 {
    if load <= 0.0 {
        return 0.0;
    }
    let (mut best, mut bouts, mut largest) = (0.0_f64, 0.0, 0.0_f64);
    for (days, dose) in doses {
        if (FIRST_DAY..=LAST_DAY).contains(days) && *dose > 0.0 {
            let share = (dose / (FULL_DOSE.value * load)).min(1.0);
            best = best.max(protection(*days) * share);
            bouts += share;
            largest = largest.max(*dose);
        }
    }
    let most = if load > 2.0 * largest { MOST_BEYOND } else { MOST };
    let taken = most.value.min(1.0 - libm::pow(LEFT.value, bouts));
    load * (1.0 - best * taken)
}

/// How long the legs probably need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Days after the one that did it.
    pub days: i32,
    /// The last of them.
    pub until: Date,
}

impl Rest {
    /// After a day with so much new load; `None` where it is little.
    pub fn after(day: Date, new_load: f64) -> Option<Rest> {
        if new_load < REST[0].0 {
            return None;
        }
        let (_, longest) = REST[2];
        let days = match new_load {
            load if load <= REST[1].0 => REST[0].1,
            load if load <= REST[2].0 => REST[1].1,
            _ => longest,
        };
        Some(Rest { days, until: day.saturating_add(days.days()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn keeps_new_load_between_a_part_and_the_whole() {
        for load in [1.0, 30.0, 99.0, 250.0, 900.0] {
            for days in [1.0, 5.0, 20.0, 60.0, 84.0, 85.0] {
                for dose in [0.1, 10.0, 99.0, 2000.0] {
                    let new = new_load(load, &[(days, dose), (days, dose)]);
                    assert!(new <= load && new >= load * (1.0 - MOST.value) - 1e-9);
                }
            }
        }
    }

    #[test]
    fn gives_no_more_new_load_after_more_before() {
        let mut doses = Vec::new();
        let mut last = f64::INFINITY;
        for week in 1..=12 {
            doses.push((7.0 * f64::from(week), 40.0));
            let new = new_load(75.0, &doses);
            assert!(new <= last);
            last = new;
        }
    }

    #[test]
    fn gives_rest_in_three_steps() {
        let until = |load| Rest::after(date(2026, 11, 1), load).map(|rest| rest.days);
        assert_eq!(until(49.9), None);
        assert_eq!(until(50.0), Some(4));
        assert_eq!(until(100.0), Some(4));
        assert_eq!(until(100.1), Some(7));
        assert_eq!(until(300.1), Some(14));
    }
}
