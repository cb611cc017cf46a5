//! The history's part of the five mechanisms, and where a session stands among one's own.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::period::week_begin;
use crate::history::session::Session;
use crate::history::{Day, age};
use crate::settings::Weekday;

/// Either load of a day, on foot or riding, from which it is a hill day.
pub(crate) const HILL_DAY_LOAD: Parameter = Parameter::chosen(
    "history.hill_day",
    25.0,
    "load",
    "15 to 40",
    "250 m of climb or descent at twice an easy step",
);
/// Hard descent of a day, m of volume, from which it counts as a hard descent.
pub(crate) const HARD_DESCENT_M: Parameter = Parameter::chosen(
    "history.hard_descent",
    200.0,
    "m",
    "100 to 300 m",
    "what a long hard descent takes",
);
/// Weeks looked back on for hill weeks.
const WEEKS: i32 = 12;
/// Hill days that make a hill week.
const HILL_DAYS: usize = 2;
/// Days of sessions that one is held against.
const COMPARED_DAYS: i32 = 90;
/// Sessions that are needed for it.
const LEAST_SESSIONS: usize = 10;

pub(super) const PARAMETERS: [Parameter; 2] = [HILL_DAY_LOAD, HARD_DESCENT_M];

/// What of the five mechanisms only a history can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recent {
    /// Of the last 12 weeks those with two hill days or more.
    pub hill_weeks: usize,
    /// Days since a day with 200 m of hard descent and more; `None`: never.
    pub days_since_hard_descent: Option<i32>,
}

impl Day {
    /// Returns whether either load is that of hills.
    pub fn is_hill_day(&self) -> bool {
        let concentric = self.foot.concentric_load + self.ride.concentric_load;
        concentric.max(self.foot.eccentric_load) >= HILL_DAY_LOAD.value
    }
}

impl Recent {
    pub(super) fn of(days: &[Day], on: Date, starts: Weekday) -> Recent {
        let this_week = week_begin(on, starts);
        let hill_weeks = (0..WEEKS)
            .filter(|back| {
                let from = this_week.saturating_sub((7 * back).days());
                let inside = |day: &&Day| (0..7).contains(&age(from, day.date));
                let hills =
                    days.iter().rev().filter(inside).filter(|day| day.is_hill_day());
                hills.count() >= HILL_DAYS
            })
            .count();
        let hard = |day: &&Day| day.foot.hard_descent_volume_m >= HARD_DESCENT_M.value;
        let last = days.iter().rev().find(hard);
        Recent { hill_weeks, days_since_hard_descent: last.map(|day| age(day.date, on)) }
    }
}

/// Returns the share of own sessions of the same kind in the 90 days before with less of a
/// figure, and half of the equal ones; `None` below 10 sessions.
pub(super) fn share_below(
    sessions: &[Session],
    session: &Session,
    figure: fn(&Session) -> Option<f64>,
) -> Option<f64> {
    let value = figure(session)?;
    // in order of their days; by the clocks of the world a day lasts less than two
    let since = sessions.partition_point(|s| age(s.day, session.day) > COMPARED_DAYS);
    let until = sessions.partition_point(|s| age(session.day, s.day) <= 2);
    let near = sessions.get(since..until).unwrap_or_default();
    let others: Vec<f64> = near
        .iter()
        .filter(|other| {
            other.sport.on_foot() == session.sport.on_foot()
                && other.start < session.start
                && age(other.day, session.day) <= COMPARED_DAYS
        })
        .filter_map(figure)
        .collect();
    if others.len() < LEAST_SESSIONS {
        return None;
    }
    let below = others.iter().filter(|other| **other < value).count() as f64;
    let equal = others.iter().filter(|other| **other <= value).count() as f64 - below;
    Some((below + 0.5 * equal) / others.len() as f64)
}
