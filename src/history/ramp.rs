//! First descents: legs that know none are led into them by steps.

use jiff::civil::Date;

use crate::evidence::{Evidence, Parameter};
use crate::history::session::Session;
use crate::history::{BUILDING_DAYS, Day, Discipline, age};
use crate::sport::Sport;

/// Eccentric load of each step of a walked ramp, a week apart.
pub(crate) const WALKED: [f64; 5] = [33.0, 66.0, 99.0, 132.0, 165.0];
/// Eccentric load of each step of a run ramp, a week apart.
pub const RUN: [f64; 6] = [25.0, 40.0, 55.0, 70.0, 85.0, 100.0];
const FIRST_WALKED: Parameter = Parameter {
    name: "history.ramp.walked",
    value: WALKED[0],
    unit: "load, more each week",
    range: "the trial's own ramp: 33, 99, 165, 231",
    evidence: Evidence::Plausible,
    source: "10, 30, 50, 70 min downhill a week apart left no damage; ours is slower",
};
const FIRST_RUN: Parameter = Parameter::chosen(
    "history.ramp.run",
    RUN[0],
    "load, 15 more each week",
    "15 to 33",
    "a running step down is harder than a walked one; below 2× for two weeks",
);
/// So many times the largest of six weeks is a first descent.
const TIMES: Parameter = Parameter::chosen(
    "history.ramp.first_descent",
    3.0,
    "times the largest of 42 d",
    "2 to 4, and a load of 25",
    "where nothing comparable was done, there is nothing to grow from",
);
/// Smaller days need no ramp.
pub(crate) const LEAST_LOAD: f64 = 25.0;
/// Days in which the largest is looked for.
const DAYS: i32 = 42;
/// A step may be so much overdone and still be that step (our choice).
const SLACK: f64 = 1.1;

pub(super) const PARAMETERS: [Parameter; 3] = [FIRST_WALKED, FIRST_RUN, TIMES];

/// How the descents are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gait {
    /// Walked.
    Walked,
    /// Run.
    Run,
}

impl Gait {
    /// As most of a day's eccentric load was done; walked where there was none.
    pub fn of_day<'a>(sessions: impl Iterator<Item = &'a Session>) -> Gait {
        sessions
            .max_by(|a, b| a.eccentric_load.total_cmp(&b.eccentric_load))
            .map_or(Gait::Walked, |session| Gait::of(session.sport))
    }

    /// As a sport takes them.
    pub fn of(sport: Sport) -> Gait {
        if sport == Sport::Run { Gait::Run } else { Gait::Walked }
    }

    /// Returns the steps of its ramp.
    pub fn steps(self) -> &'static [f64] {
        match self {
            Gait::Walked => &WALKED,
            Gait::Run => &RUN,
        }
    }

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Gait::Walked => "walked",
            Gait::Run => "run",
        }
    }
}

/// A day that asked for far more descent than the weeks before.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FirstDescents {
    /// Eccentric load of the day.
    pub load: f64,
    /// Largest of a day in the six weeks before.
    pub largest_before: f64,
    /// How they were taken.
    pub gait: Gait,
}

/// One step of a ramp.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Which, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// Eccentric load of its day.
    pub load: f64,
    /// How the descents are taken.
    pub gait: Gait,
}

/// Returns the largest eccentric load of a day in the six weeks before a date.
pub fn largest_before(days: &[Day], date: Date) -> f64 {
    most_before(days, date, |day| day.foot.eccentric_load)
}

/// Returns the largest that a day of the six weeks before a date may have been: a step of a
/// ramp within it counts as done.
pub fn done_before(days: &[Day], date: Date) -> f64 {
    most_before(days, date, |day| {
        day.foot.eccentric_load.max(day.foot.eccentric_load_high)
    })
}

/// Returns the largest leading load of a day in the six weeks before a date.
pub fn largest_of(discipline: Discipline, days: &[Day], date: Date) -> f64 {
    match discipline {
        Discipline::Foot => largest_before(days, date),
        Discipline::Ride => most_before(days, date, |day| day.ride.concentric_load),
    }
}

/// Returns the largest figure of a day in the six weeks before a date.
fn most_before(days: &[Day], date: Date, figure: fn(&Day) -> f64) -> f64 {
    days.iter()
        .rev()
        .map(|day| (age(day.date, date), figure(day)))
        .take_while(|(age, _)| *age <= DAYS)
        .filter(|(age, _)| *age > 0)
        .map(|(_, load)| load)
        .fold(0.0, f64::max)
}

/// Returns the first step above what was done, for a gait; `None` where the ramp is done.
pub fn step_above(largest: f64, gait: Gait) -> Option<Step> {
    let steps = gait.steps();
    let number = steps.iter().position(|load| *load > largest + 1e-9)?;
    Some(Step { number: number + 1, of: steps.len(), load: steps[number], gait })
}

/// Returns whether a day asked for first descents. Not where it took the next step of a ramp, nor
/// where the history is too young to know.
pub(super) fn first_descents(
    before: &[Day],
    day: &Day,
    gait: Gait,
) -> Option<FirstDescents> {
    let load = day.foot.eccentric_load;
    let first = before.first()?.date;
    let largest = largest_before(before, day.date);
    let step = step_above(largest, gait).is_some_and(|step| load <= SLACK * step.load);
    let first_descent = load >= LEAST_LOAD
        && load > TIMES.value * largest
        && age(first, day.date) >= BUILDING_DAYS
        && !step;
    first_descent.then_some(FirstDescents { load, largest_before: largest, gait })
}

/// Returns whether a session is the next step of a ramp that its legs are on: the descents of the
/// last six weeks are within the ramp, and before them there were none.
pub(super) fn is_step(before: &[Session], session: &Session) -> bool {
    if !session.sport.on_foot() {
        return false;
    }
    let (mut largest, mut older) = (0.0_f64, 0.0_f64);
    for earlier in before.iter().rev() {
        let load = earlier.eccentric_load;
        match age(earlier.day, session.day) {
            days if days <= DAYS => largest = largest.max(load),
            days if days <= 2 * DAYS => older = older.max(load),
            _ => break,
        }
    }
    let gait = Gait::of(session.sport);
    older < LEAST_LOAD
        && step_above(largest, gait)
            .is_some_and(|step| session.eccentric_load <= SLACK * step.load)
}
