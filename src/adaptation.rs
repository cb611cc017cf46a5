//! Whether training shows: what changed in six months, and how descents went after hard ones.

use std::cmp::Ordering;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::hills::{HillEfforts, Hills};
use crate::history::recent::HARD_DESCENT_M;
use crate::history::{History, PeriodSummary, age, repeated_bout};
use crate::quantile::median;
use crate::segment::Slope;
use crate::trend::{Direction, Observation, SIGNIFICANCE, TooLittle, Trend, alike};

/// Weeks that a change is looked for in.
pub const WEEKS: i32 = 26;
/// Days in which legs show what a hard descent did to them.
pub(crate) const AFTER_DAYS: Parameter = Parameter::chosen(
    "adaptation.after",
    10.0,
    "d",
    "7 to 14 d",
    "force and soreness are back within 4 to 10 days in trials of unaccustomed descents",
);

/// Efforts of either kind that are compared, the newest ones: each is held against each. Our
/// choice.
const MOST_COMPARED: usize = 2000;

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    vec![AFTER_DAYS]
}

/// What of the training may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Metres down on foot, a week.
    Volume,
    /// Downhill load on foot, a week.
    EccentricLoad,
    /// Uphill load on foot, a week.
    ConcentricLoad,
    /// Uphill load of rides, a week.
    RideConcentricLoad,
    /// Steepest five minutes down of a session on foot.
    Steepness,
    /// Work of a step down over that of an easy level one, of a session on foot.
    Intensity,
}

/// A figure of a week.
type OfWeek = fn(&PeriodSummary) -> f64;

/// What changes from week to week.
const OF_A_WEEK: [(Changed, OfWeek); 4] = [
    (Changed::Volume, |week| week.foot.loss_m),
    (Changed::EccentricLoad, |week| week.foot.eccentric_load),
    (Changed::ConcentricLoad, |week| week.foot.concentric_load),
    (Changed::RideConcentricLoad, |week| week.ride.concentric_load),
];

/// Returns what changed in the last [`WEEKS`] weeks; the week that goes on is not yet one. Of what
/// was in none of them no day has a figure.
pub fn six_months(history: &History) -> Vec<(Changed, Result<Trend, TooLittle>)> {
    let since = history.on.saturating_sub((7 * WEEKS).days());
    let weeks = history.whole_weeks(since);
    let of_weeks = |figure: OfWeek| {
        let figures = weeks.iter().map(figure);
        if figures.clone().all(|value| value <= 0.0) {
            return Err(TooLittle::Days(0));
        }
        let observed = weeks.iter().zip(figures);
        let figures: Vec<Observation> =
            observed.map(|(week, value)| Observation { day: week.from, value }).collect();
        Trend::of(&figures)
    };
    let sessions = |figure: fn(&crate::history::Session) -> Option<f64>| {
        let on_foot =
            history.sessions.iter().filter(|s| s.sport.on_foot() && s.day >= since);
        let figures: Vec<Observation> = on_foot
            .filter_map(|s| Some(Observation { day: s.day, value: figure(s)? }))
            .collect();
        Trend::of(&figures)
    };
    let mut changed: Vec<_> =
        OF_A_WEEK.map(|(what, figure)| (what, of_weeks(figure))).into();
    changed.push((Changed::Steepness, sessions(|s| s.steepest_5_min_down)));
    changed.push((Changed::Intensity, sessions(|s| s.eccentric_intensity)));
    changed
}

/// How descents on known hills went within ten days of a hard one, against all others.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct AfterHard {
    /// Days with 200 m of hard descent and more.
    pub hard_days: usize,
    /// Efforts within ten days of one, and all others.
    pub efforts: (usize, usize),
    /// The middle of their speeds over that of the others, each against the usual one on its
    /// hill: the same hill is the same grade.
    pub speed: f64,
    /// Chance of a difference as large where there is none.
    pub p: f64,
}

impl AfterHard {
    /// Compares the descents of hills; `None` where there are too few of either kind.
    pub fn of(history: &History, hills: &Hills) -> Option<AfterHard> {
        let hard: Vec<Date> = history
            .days
            .iter()
            .filter(|day| day.foot.hard_descent_volume_m >= HARD_DESCENT_M.value)
            .map(|day| day.date)
            .collect();
        let descents =
            |hill: &&HillEfforts| hill.slope == Slope::Descent && hill.sport.on_foot();
        let against_usual = |hill: &HillEfforts| -> Vec<(Date, f64)> {
            let usual = hill.usual();
            let speeds =
                hill.efforts.iter().map(|e| (e.figures.day, hill.figure(e) / usual));
            speeds.collect()
        };
        let efforts = hills.all.iter().filter(descents).flat_map(against_usual);
        AfterHard::compared(&hard, efforts.collect())
    }

    /// Compares speeds of days, given the hard days in order.
    fn compared(hard: &[Date], mut efforts: Vec<(Date, f64)>) -> Option<AfterHard> {
        efforts.retain(|(_, speed)| speed.is_finite());
        // the newest first
        efforts.sort_by(|a, b| {
            (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap_or(Ordering::Equal)
        });
        let (mut after, mut others) = (Vec::new(), Vec::new());
        for (day, speed) in efforts {
            let before = hard.partition_point(|hard| *hard < day);
            let last = before.checked_sub(1).and_then(|at| hard.get(at));
            let soon =
                last.is_some_and(|hard| f64::from(age(*hard, day)) <= AFTER_DAYS.value);
            let effort = Observation { day, value: speed };
            if soon { after.push(effort) } else { others.push(effort) }
        }
        after.truncate(MOST_COMPARED);
        others.truncate(MOST_COMPARED);
        let p = alike(&after, &others)?;
        let efforts = (after.len(), others.len());
        let usual = |group: &[Observation]| median(group.iter().map(|one| one.value));
        let speed = usual(&after)? / usual(&others)?;
        Some(AfterHard { hard_days: hard.len(), efforts, speed, p })
    }

    /// Returns whether they were faster or slower than chance makes them.
    pub fn direction(&self) -> Direction {
        match self.p <= SIGNIFICANCE.value {
            true if self.speed > 1.0 => Direction::Up,
            true if self.speed < 1.0 => Direction::Down,
            _ => Direction::Unclear,
        }
    }
}

/// Returns the share of its protection that the last hard descent still gives, and how many
/// days ago that was (the repeated-bout effect).
pub fn protection(history: &History) -> Option<(f64, i32)> {
    let days = history.recent().days_since_hard_descent?;
    Some((repeated_bout::protection(f64::from(days)), days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Returns a hard day each 30, and a descent each 3, slower by a share within ten days of
    /// one.
    fn year(slower: f64) -> Option<AfterHard> {
        let day = |n: i32| date(2026, 1, 1).saturating_add(n.days());
        let hard: Vec<Date> = (0..12).map(|n| day(30 * n)).collect();
        let efforts = (1..120).map(|n| {
            let wobble = 0.01 * f64::from((7 * n) % 5 - 2);
            let after = (3 * n) % 30;
            let soon = (1..=10).contains(&after);
            (day(3 * n), 1.0 + wobble - if soon { slower } else { 0.0 })
        });
        AfterHard::compared(&hard, efforts.collect())
    }

    #[test]
    fn tells_slower_descents_after_hard_ones_and_no_others() {
        let slower = year(0.05).unwrap();
        assert_eq!((slower.direction(), slower.hard_days), (Direction::Down, 12));
        assert!((slower.speed - 0.95).abs() < 0.01, "{slower:?}");
        assert_eq!(slower.efforts.0 + slower.efforts.1, 119);
        assert_eq!(year(0.0).unwrap().direction(), Direction::Unclear);
        assert_eq!(year(-0.05).unwrap().direction(), Direction::Up);
        assert_eq!(AfterHard::compared(&[], vec![(date(2026, 1, 1), 1.0); 50]), None);
    }
}
