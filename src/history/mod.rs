//! Many sessions: days, weeks, what the legs are used to, and what was new for them.

pub mod against;
pub mod baseline;
pub mod discipline;
pub mod duplicates;
mod mechanisms;
mod neighbours;
pub mod next;
mod outing;
mod parts;
pub mod period;
pub mod ramp;
pub mod recent;
pub mod repeated_bout;
pub mod session;
pub mod spike;
mod totals;

use jiff::civil::{Date, date};

use crate::evidence::Parameter;
use crate::history::duplicates::Deduplicated;
use crate::settings::Weekday;
pub use against::Against;
pub use baseline::Baseline;
pub use discipline::Discipline;
pub use duplicates::{Duplicate, Trace, Traces};
pub use mechanisms::MechanismRecord;
pub use next::Next;
pub use period::{Period, PeriodSummary};
pub use ramp::{FirstDescents, Gait};
pub use recent::Recent;
pub use repeated_bout::Rest;
pub use session::Session;
pub use spike::Comparison;
pub use totals::Totals;

/// A watch whose clock was never set counts from 1970 or 1989: before this day a date says
/// nothing (our choice; the epoch of FIT is 1989-12-31).
pub const FIRST_DAY: Date = date(1990, 1, 1);

/// So many days of a history are needed before anything is held against it (our choice: the
/// six weeks of [`baseline`]).
pub(crate) const BUILDING_DAYS: i32 = 42;

/// One day on which something was done.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Day {
    /// The athlete's own day.
    pub date: Date,
    /// On foot.
    pub foot: Totals,
    /// On a bicycle.
    pub ride: Totals,
    /// How most of its descents were taken.
    pub gait: Gait,
    /// Eccentric load that is new for these legs, whatever came before.
    pub new_load: f64,
    /// Eccentric load of this day and the two before.
    pub three_day_load: f64,
    /// How long the legs need after it.
    pub rest: Option<Rest>,
    /// Where it asked for far more descent than the weeks before.
    pub first_descents: Option<FirstDescents>,
}

/// A history as of the end of a day.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct History {
    /// Its last day: later sessions are left out.
    pub on: Date,
    /// First day of a week.
    pub week_starts: Weekday,
    /// What counts, in order of time.
    pub sessions: Vec<Session>,
    /// Each session held against those before it, in the same order.
    pub comparisons: Vec<Comparison>,
    /// Recorded twice, whole or in part, and left out.
    pub duplicates: Vec<Duplicate>,
    /// Not held against all that could be their doubles, as there were too many: some may
    /// count twice.
    pub uncompared: usize,
    /// Left out by the athlete.
    pub excluded: usize,
    /// Left out as nothing moved: kept in the store, and no session of the legs.
    pub still: usize,
    /// Left out as after [`History::on`], or before [`FIRST_DAY`].
    pub undated: usize,
    /// Days with sessions, in order.
    pub days: Vec<Day>,
}

impl History {
    /// Puts sessions in order. `traces` is asked for the few that overlap, or whose clocks differ by
    /// hours.
    ///
    /// ```
    /// use hardlegs::history::History;
    /// let none = History::of(Vec::new(), &|_| None, jiff::civil::date(2026, 5, 1), Default::default());
    /// assert!(none.days.is_empty() && none.baseline().is_none());
    /// ```
    pub fn of(
        sessions: Vec<Session>,
        traces: &Traces<'_>,
        on: Date,
        week_starts: Weekday,
    ) -> History {
        let all = sessions.len();
        let mut sessions: Vec<Session> =
            sessions.into_iter().filter(|s| (FIRST_DAY..=on).contains(&s.day)).collect();
        let undated = all - sessions.len();
        sessions.retain(|session| !session.excluded);
        let excluded = all - undated - sessions.len();
        sessions.retain(|session| session.distance_m > 0.0);
        let still = all - undated - excluded - sessions.len();
        let Deduplicated { counting: mut sessions, duplicates, uncompared } =
            parts::without_parts(duplicates::deduplicated(sessions, traces), traces);
        // the athlete's own days in order, whatever zones they were in
        sessions.sort_by_key(|session| (session.day, session.start));
        let comparisons = spike::comparisons(&sessions);
        let days = days(&sessions);
        History {
            on,
            week_starts,
            sessions,
            comparisons,
            duplicates,
            uncompared,
            excluded,
            still,
            undated,
            days,
        }
    }

    /// Returns the first day on which something was done.
    pub fn begins(&self) -> Option<Date> {
        self.days.first().map(|day| day.date)
    }

    /// Returns whether there is too little history on a day to hold anything against it.
    pub fn building_on(&self, day: Date) -> bool {
        self.begins().is_none_or(|first| age(first, day) < BUILDING_DAYS)
    }

    /// Returns the first day with a session of a discipline.
    pub fn begins_with(&self, discipline: Discipline) -> Option<Date> {
        let trained = |day: &&Day| discipline.totals(day).sessions > 0;
        self.days.iter().find(trained).map(|day| day.date)
    }

    /// Returns what the legs are used to; `None` where there is nothing.
    pub fn baseline(&self) -> Option<Baseline> {
        self.begins().map(|first| Baseline::of(&self.days, first, self.on))
    }

    /// Returns until when the legs are probably not recovered, where that lies ahead, and the day
    /// that did it.
    pub fn resting(&self) -> Option<(Rest, &Day)> {
        self.days
            .iter()
            .filter_map(|day| Some((day.rest?, day)))
            .filter(|(rest, _)| rest.until >= self.on)
            .max_by_key(|(rest, _)| rest.until)
    }

    /// Returns the history's part of the five mechanisms.
    pub fn recent(&self) -> Recent {
        Recent::of(&self.days, self.on, self.week_starts)
    }

    /// Stretches of the calendar from the first session, or a day, to the last; empty ones
    /// too.
    pub fn by(&self, period: Period, since: Option<Date>) -> Vec<PeriodSummary> {
        period::summaries(self, period, since)
    }

    /// Returns the weeks that began on a day or later and are over, empty ones too.
    pub fn whole_weeks(&self, since: Date) -> Vec<PeriodSummary> {
        let mut weeks = self.by(Period::Week, Some(since));
        weeks.retain(|week| week.from >= since && week.to <= self.on);
        weeks
    }

    /// Returns the share of own sessions of the same kind in the 90 days before with less, and
    /// half of the equal ones; `None` below 10.
    pub fn share_below(
        &self,
        session: &Session,
        figure: fn(&Session) -> Option<f64>,
    ) -> Option<f64> {
        recent::share_below(&self.sessions, session, figure)
    }
}

/// Returns the days from one to another; negative where the other is before.
pub(crate) fn age(from: Date, to: Date) -> i32 {
    const HOURS_A_DAY: i64 = 24;
    let days = from.duration_until(to).as_hours() / HOURS_A_DAY;
    i32::try_from(days).unwrap_or(i32::MAX)
}

fn days(sessions: &[Session]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for of_day in sessions.chunk_by(|a, b| a.day == b.day) {
        let Some(first) = of_day.first() else { continue };
        let mut day = Day {
            date: first.day,
            foot: Totals::default(),
            ride: Totals::default(),
            gait: Gait::of_day(of_day.iter()),
            new_load: 0.0,
            three_day_load: 0.0,
            rest: None,
            first_descents: None,
        };
        for session in of_day {
            let foot = session.sport.on_foot();
            let sums = if foot { &mut day.foot } else { &mut day.ride };
            sums.add(session);
        }
        days.push(day);
    }
    for at in 0..days.len() {
        let (before, rest) = days.split_at(at);
        let Some(day) = rest.first() else { continue };
        let load = day.foot.eccentric_load;
        let earlier = |day: &Day| (day.date, day.foot.eccentric_load);
        let doses: Vec<(f64, f64)> = before
            .iter()
            .rev()
            .map(earlier)
            .map(|(date, load)| (f64::from(age(date, day.date)), load))
            .take_while(|(days, _)| *days <= repeated_bout::LAST_DAY)
            .collect();
        let new_load = repeated_bout::new_load(load, &doses);
        let recent = doses.iter().filter(|(days, _)| *days <= 2.0).map(|(_, load)| load);
        let three_day_load = load + recent.sum::<f64>();
        let rest = Rest::after(day.date, new_load);
        let first_descents = ramp::first_descents(before, day, day.gait);
        let day = &mut days[at];
        day.new_load = new_load;
        day.three_day_load = three_day_load;
        day.rest = rest;
        day.first_descents = first_descents;
    }
    days
}

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    let mut all = repeated_bout::PARAMETERS.to_vec();
    all.extend(spike::PARAMETERS);
    all.extend(ramp::PARAMETERS);
    all.extend(next::PARAMETERS);
    all.extend(recent::PARAMETERS);
    all.extend(baseline::PARAMETERS);
    all.extend(against::PARAMETERS);
    all.extend(duplicates::PARAMETERS);
    all.extend(parts::PARAMETERS);
    all
}
