//! A history by weeks, months or years.

use std::ops::Range;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday as Named};

use crate::history::{BUILDING_DAYS, Discipline, History, Totals, age};
use crate::settings::Weekday;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Seven days.
    #[default]
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    /// All.
    pub const ALL: [Period; 3] = [Period::Week, Period::Month, Period::Year];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }

    /// Returns the first day of the stretch that a day lies in.
    fn begin(self, day: Date, starts: Weekday) -> Date {
        match self {
            Period::Week => week_begin(day, starts),
            Period::Month => day.first_of_month(),
            Period::Year => day.first_of_year(),
        }
    }

    /// Returns the first day of the next stretch.
    fn after(self, begin: Date) -> Date {
        match self {
            Period::Week => begin.saturating_add(7.days()),
            Period::Month => begin.saturating_add(1.month()),
            Period::Year => begin.saturating_add(1.year()),
        }
    }
}

/// Returns the first day of the week that a day lies in.
pub fn week_begin(day: Date, starts: Weekday) -> Date {
    let first = match starts {
        Weekday::Monday => Named::Monday,
        Weekday::Sunday => Named::Sunday,
        Weekday::Saturday => Named::Saturday,
    };
    let since = day.weekday().since(first);
    day.saturating_sub(i32::from(since).days())
}

/// One stretch of a history.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PeriodSummary {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// On foot.
    pub foot: Totals,
    /// On a bicycle.
    pub ride: Totals,
    /// Weeks: mean eccentric and concentric load of the six weeks before; `None` while the
    /// history is building.
    pub usual: Option<(f64, f64)>,
    /// Weeks: mean concentric load of rides of the six weeks before; `None` while the history
    /// is building.
    pub usual_ride: Option<f64>,
    /// Its days, in [`History::days`].
    pub days: Range<usize>,
    /// Its sessions, in [`History::sessions`].
    pub sessions: Range<usize>,
}

pub(super) fn summaries(
    history: &History,
    period: Period,
    since: Option<Date>,
) -> Vec<PeriodSummary> {
    let Some(first) = history.begins() else { return Vec::new() };
    let mut from =
        period.begin(since.map_or(first, |s| s.max(first)), history.week_starts);
    let mut all = Vec::new();
    while from <= history.on {
        let next = period.after(from);
        let days = between(&history.days, |day| day.date, from, next);
        let sessions = between(&history.sessions, |s| s.day, from, next);
        let (mut foot, mut ride) = (Totals::default(), Totals::default());
        for day in &history.days[days.clone()] {
            foot = foot.plus(&day.foot);
            ride = ride.plus(&day.ride);
        }
        let known = age(first, from) >= BUILDING_DAYS && period == Period::Week;
        all.push(PeriodSummary {
            from,
            to: next.saturating_sub(1.day()),
            foot,
            ride,
            usual: known.then(|| usual(history, from)),
            usual_ride: known.then(|| usual_of(Discipline::Ride, history, from)),
            days,
            sessions,
        });
        if next <= from {
            break;
        }
        from = next;
    }
    all
}

/// Returns the mean eccentric and concentric load of the six weeks before a day.
pub(super) fn usual(history: &History, day: Date) -> (f64, f64) {
    let from = day.saturating_sub(BUILDING_DAYS.days());
    let days = &history.days[between(&history.days, |d| d.date, from, day)];
    let weeks = f64::from(BUILDING_DAYS) / 7.0;
    let concentric = |d: &super::Day| d.foot.concentric_load + d.ride.concentric_load;
    (
        days.iter().fold(0.0, |sum, d| sum + d.foot.eccentric_load) / weeks,
        days.iter().fold(0.0, |sum, d| sum + concentric(d)) / weeks,
    )
}

/// Returns the mean leading load of the six weeks before a day.
pub(super) fn usual_of(discipline: Discipline, history: &History, day: Date) -> f64 {
    let from = day.saturating_sub(BUILDING_DAYS.days());
    let days = &history.days[between(&history.days, |d| d.date, from, day)];
    let weeks = f64::from(BUILDING_DAYS) / 7.0;
    days.iter().fold(0.0, |sum, day| sum + discipline.load(day)) / weeks
}

/// Returns the indices of what lies in `from..to`, of something in order.
fn between<T>(all: &[T], day: fn(&T) -> Date, from: Date, to: Date) -> Range<usize> {
    all.partition_point(|one| day(one) < from)..all.partition_point(|one| day(one) < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn begins_a_week_where_the_athlete_does() {
        let monday = date(2026, 11, 23);
        for day in 0..7 {
            let day = monday.saturating_add(day.days());
            assert_eq!(week_begin(day, Weekday::Monday), monday);
        }
        assert_eq!(week_begin(monday, Weekday::Sunday), date(2026, 11, 22));
        assert_eq!(week_begin(monday, Weekday::Saturday), date(2026, 11, 21));
    }
}
