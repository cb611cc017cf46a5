//! The baseline of an athlete: the usual week, and exponential averages beside it.

use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::{BUILDING_DAYS, Day, Discipline, History, age};

/// Days of the usual load.
pub(crate) const USUAL_DAYS: Parameter = Parameter::chosen(
    "history.usual",
    42.0,
    "d",
    "4 to 8 weeks",
    "six weeks: the time constant most training logs use for what one is used to",
);
/// Days of the short exponential average.
const SHORT_DAYS: f64 = 7.0;
/// Training days of a week from which its monotony says something (MODEL section 11).
const LEAST_TRAINING_DAYS: usize = 4;
/// Rides of so many days tell what a metre of climbing loads, where six weeks do not.
const YEAR_DAYS: i32 = 365;
/// From so many metres on (our choice: two climbs of a hill).
const LEAST_GAIN_M: f64 = 200.0;

pub(super) const PARAMETERS: [Parameter; 1] = [USUAL_DAYS];

/// What the legs are used to, as of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Baseline {
    /// Whole weeks that the means are taken over: six, or as many as there are.
    pub weeks: f64,
    /// Mean eccentric load of a week, on foot.
    pub eccentric_load: f64,
    /// Mean concentric load of a week, on foot.
    pub concentric_load: f64,
    /// Mean concentric load of a week, on a bicycle.
    pub ride_concentric_load: f64,
    /// Mean horizontal metres of a week, on a bicycle.
    pub ride_distance_m: f64,
    /// Mean metres up of a week, on a bicycle.
    pub ride_gain_m: f64,
    /// Largest eccentric load of a day among them, and the day.
    pub largest: Option<(Date, f64)>,
    /// Largest concentric load of a day of riding among them, and the day.
    pub largest_ride: Option<(Date, f64)>,
    /// Exponential averages of the eccentric load of a day over 42 and 7 days.
    pub eccentric_averages: (f64, f64),
    /// The same of the concentric load, on foot and riding.
    pub concentric_averages: (f64, f64),
    /// Mean over deviation of the last 7 days' eccentric load, from 4 training days on.
    pub monotony: Option<f64>,
}

impl Baseline {
    pub(super) fn of(days: &[Day], first: Date, on: Date) -> Baseline {
        let known = f64::from(age(first, on) + 1);
        let window = USUAL_DAYS.value.min(known);
        let recent: Vec<&Day> =
            days.iter().filter(|day| f64::from(age(day.date, on)) < window).collect();
        // less than a week is a week
        let weeks = (window / 7.0).max(1.0);
        let mean = |load: fn(&Day) -> f64| {
            recent.iter().fold(0.0, |sum, day| sum + load(day)) / weeks
        };
        let eccentric = |day: &Day| day.foot.eccentric_load;
        let concentric = |day: &Day| day.foot.concentric_load + day.ride.concentric_load;
        let largest = |load: fn(&Day) -> f64| {
            recent
                .iter()
                .map(|day| (day.date, load(day)))
                .filter(|(_, load)| *load > 0.0)
                .max_by(|a, b| a.1.total_cmp(&b.1))
        };
        let averages = |load: fn(&Day) -> f64| {
            (
                exponential(days, on, USUAL_DAYS.value, load),
                exponential(days, on, SHORT_DAYS, load),
            )
        };
        Baseline {
            weeks,
            eccentric_load: mean(eccentric),
            concentric_load: mean(|day| day.foot.concentric_load),
            ride_concentric_load: mean(|day| day.ride.concentric_load),
            ride_distance_m: mean(|day| day.ride.distance_m),
            ride_gain_m: mean(|day| day.ride.gain_m),
            largest: largest(eccentric),
            largest_ride: largest(|day| day.ride.concentric_load),
            eccentric_averages: averages(eccentric),
            concentric_averages: averages(concentric),
            monotony: week_monotony(days, on, eccentric),
        }
    }
}

impl History {
    /// Concentric load of a metre of climbing as this person rides: of the rides of six weeks,
    /// else of a year; `None` where none of them climbs.
    pub fn ride_load_per_m(&self) -> Option<f64> {
        [BUILDING_DAYS, YEAR_DAYS].into_iter().find_map(|days| {
            let lately = self.days.iter().filter(|day| age(day.date, self.on) <= days);
            let (load, gain_m) = lately.fold((0.0, 0.0), |(load, gain_m), day| {
                (load + day.ride.concentric_load, gain_m + day.ride.gain_m)
            });
            (gain_m >= LEAST_GAIN_M && load > 0.0).then(|| load / gain_m)
        })
    }

    /// Leading load of a day that each of the last six weeks had: the least of their largest
    /// days.
    pub fn every_week(&self, discipline: Discipline) -> f64 {
        let mut weeks = [0.0_f64; 6];
        for day in &self.days {
            let week = usize::try_from(age(day.date, self.on) / 7).ok();
            if let Some(largest) = week.and_then(|week| weeks.get_mut(week)) {
                *largest = largest.max(discipline.load(day));
            }
        }
        weeks.into_iter().fold(f64::INFINITY, f64::min)
    }
}

/// `y += (x - y)(1 - exp(-1/tau))`, day by day; days without sessions in one step.
fn exponential(days: &[Day], on: Date, tau: f64, load: fn(&Day) -> f64) -> f64 {
    let keep = |days: i32| libm::exp(-f64::from(days) / tau);
    let (mut average, mut last) = (0.0, None);
    for day in days {
        let gap = last.map_or(1, |last| age(last, day.date));
        average = average * keep(gap) + load(day) * (1.0 - keep(1));
        last = Some(day.date);
    }
    average * last.map_or(1.0, |last| keep(age(last, on)))
}

fn week_monotony(days: &[Day], on: Date, load: fn(&Day) -> f64) -> Option<f64> {
    let mut week = [0.0; 7];
    for day in days {
        if let Some(slot) =
            usize::try_from(age(day.date, on)).ok().and_then(|at| week.get_mut(at))
        {
            *slot = load(day);
        }
    }
    let trained = week.iter().filter(|load| **load > 0.0).count();
    (trained >= LEAST_TRAINING_DAYS).then(|| monotony(&week)).flatten()
}

/// Returns the mean over sample deviation of seven days; `None` where all are alike.
///
/// ```
/// use hardlegs::history::baseline::monotony;
/// let week = [40.0, 0.0, 60.0, 0.0, 50.0, 100.0, 20.0];
/// assert!((monotony(&week).unwrap() - 1.0777).abs() < 1e-4);
/// assert_eq!(monotony(&[5.0; 7]), None);
/// ```
pub fn monotony(week: &[f64; 7]) -> Option<f64> {
    let mean = week.iter().sum::<f64>() / 7.0;
    let variance = week.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / 6.0;
    (variance > 0.0).then(|| mean / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Totals;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    fn day(date: Date, load: f64) -> Day {
        Day {
            date,
            foot: Totals { sessions: 1, eccentric_load: load, ..Totals::default() },
            ride: Totals::default(),
            gait: crate::history::Gait::Run,
            new_load: 0.0,
            three_day_load: 0.0,
            rest: None,
            first_descents: None,
        }
    }

    /// The worked row: 50 a day for 42 days.
    #[test]
    fn averages_equal_days_to_themselves() {
        let first = date(2026, 1, 1);
        let days: Vec<Day> =
            (0..42).map(|n| day(first.saturating_add(n.days()), 50.0)).collect();
        let on = days[41].date;
        let baseline = Baseline::of(&days, first, on);
        let (long, short) = baseline.eccentric_averages;
        assert!((long - 31.606).abs() < 1e-3 && (short - 49.8761).abs() < 1e-3);
        assert!((baseline.eccentric_load - 350.0).abs() < 1e-9);
        assert_eq!(baseline.monotony, None, "all days alike");
    }

    #[test]
    fn counts_an_empty_day() {
        let days = [day(date(2026, 1, 1), 50.0), day(date(2026, 1, 20), 10.0)];
        let mut by_day = 0.0;
        for n in 0..30 {
            let load = match n {
                0 => 50.0,
                19 => 10.0,
                _ => 0.0,
            };
            by_day += (load - by_day) * (1.0 - (-1.0_f64 / 42.0).exp());
        }
        let baseline = Baseline::of(&days, days[0].date, date(2026, 1, 30));
        assert!((baseline.eccentric_averages.0 - by_day).abs() < 1e-12);
    }
}
