//! What a sensible next step would be, from the rules of this module alone.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::ramp::{self, Gait, Step};
use crate::history::{BUILDING_DAYS, Discipline, History, Period, age, period};

/// A week's largest day may grow by so much load.
pub(crate) const GROWTH_LOAD: Parameter = Parameter::chosen(
    "history.next.growth",
    15.0,
    "load a week",
    "10 to 20; a tenth where that is more",
    "no trial tested a rate; the step of the run ramp",
);
/// Or by this share, where that is more.
const GROWTH_SHARE: f64 = 0.10;
/// What is left of an easier week, every fourth.
pub(crate) const EASIER: Parameter = Parameter::chosen(
    "history.next.easier_week",
    0.60,
    "of the usual load",
    "0.5 to 0.7, every fourth week",
    "custom of coaches",
);
pub(super) const PARAMETERS: [Parameter; 2] = [GROWTH_LOAD, EASIER];

/// A sensible next step.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Next {
    /// The history is too young to say more than what it holds.
    Building {
        /// First day on which it is not.
        until: Date,
    },
    /// The legs are probably not recovered: level, uphill or none until after this day.
    Rest {
        /// The last day.
        until: Date,
        /// Largest eccentric load of a day afterwards.
        then_up_to: f64,
    },
    /// The legs know no descents: the first step of a ramp, or the next.
    FirstDescents(Step),
    /// An easier week.
    EasierWeek {
        /// Eccentric load of the week; riding its concentric load.
        load: f64,
        /// Why.
        because: Reason,
    },
    /// Room to grow.
    Grow {
        /// Largest eccentric load of a day that is a step, not a leap; riding concentric.
        up_to: f64,
        /// Largest of the last six weeks.
        from: f64,
        /// Not before this day: one such day a week.
        after: Option<Date>,
    },
}

/// Why a week should be easier.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// Each of the last three weeks was a tenth above the usual.
    ThreeAbove,
    /// The last seven days were so many times the usual week, and at least twice.
    MuchAtOnce(f64),
}

/// Returns a day one step above the largest before.
pub fn grown(largest: f64) -> f64 {
    largest + GROWTH_LOAD.value.max(GROWTH_SHARE * largest)
}

impl History {
    /// Returns a sensible next step on foot; `None` for a history without feet.
    pub fn next(&self) -> Option<Next> {
        let first = self.begins()?;
        let on_foot = self.days.iter().any(|day| day.foot.sessions > 0);
        if !on_foot {
            return None;
        }
        let tomorrow = self.on.saturating_add(1.day());
        let largest = ramp::largest_before(&self.days, tomorrow);
        if let Some((rest, day)) = self.resting() {
            // what made the legs sore is no step to grow from
            let before: Vec<_> =
                self.days.iter().filter(|d| d.date < day.date).cloned().collect();
            let usual = ramp::largest_before(&before, day.date);
            let then_up_to = day.foot.eccentric_load.min(grown(usual));
            return Some(Next::Rest { until: rest.until, then_up_to });
        }
        if self.building_on(self.on) {
            let until = first.saturating_add(super::BUILDING_DAYS.days());
            return Some(Next::Building { until });
        }
        let last = self.sessions.iter().rev().find(|s| s.sport.on_foot());
        let gait = last.map_or(Gait::Walked, |session| Gait::of(session.sport));
        if largest < ramp::LEAST_LOAD {
            let done = ramp::done_before(&self.days, tomorrow);
            return ramp::step_above(done, gait).map(Next::FirstDescents);
        }
        if let Some((because, usual)) = self.too_much(Discipline::Foot) {
            return Some(Next::EasierWeek { load: EASIER.value * usual, because });
        }
        Some(self.growth(Discipline::Foot))
    }

    /// Returns a sensible next step on a bicycle, by the concentric load of a day; `None` for a
    /// history without rides. Downhill the legs freewheel, so no day asks for rest.
    pub fn next_ride(&self) -> Option<Next> {
        let first = self.begins_with(Discipline::Ride)?;
        if age(first, self.on) < BUILDING_DAYS {
            return Some(Next::Building {
                until: first.saturating_add(BUILDING_DAYS.days()),
            });
        }
        if let Some((because, usual)) = self.too_much(Discipline::Ride) {
            return Some(Next::EasierWeek { load: EASIER.value * usual, because });
        }
        Some(self.growth(Discipline::Ride))
    }

    /// Returns how far the largest day may grow, and not before which day.
    fn growth(&self, discipline: Discipline) -> Next {
        // a day like the largest
        const SUCH: f64 = 0.7;
        let tomorrow = self.on.saturating_add(1.day());
        let largest = ramp::largest_of(discipline, &self.days, tomorrow);
        let such = |day: &&super::Day| {
            let load = discipline.load(day);
            load > 0.0 && load >= SUCH * largest
        };
        let last = self.days.iter().rev().find(such);
        let after = last
            .map(|day| day.date.saturating_add(7.days()))
            .filter(|day| *day > tomorrow && largest > 0.0);
        Next::Grow { up_to: grown(largest), from: largest, after }
    }

    /// Returns why an easier week is due, and the leading load of a usual one.
    fn too_much(&self, discipline: Discipline) -> Option<(Reason, f64)> {
        const ABOVE: f64 = 1.1;
        const MUCH: f64 = 2.0;
        let from = self.on.saturating_sub(6.days());
        let usual = period::usual_of(discipline, self, from);
        let lately = self.days.iter().rev().take_while(|day| day.date >= from);
        let week = lately.fold(0.0, |sum, day| sum + discipline.load(day));
        // where little is usual there is nothing to be easier than
        if usual < ramp::LEAST_LOAD {
            return None;
        }
        if week >= MUCH * usual {
            return Some((Reason::MuchAtOnce(week / usual), usual));
        }
        let weeks = self.by(Period::Week, Some(self.on.saturating_sub(28.days())));
        let whole: Vec<_> =
            weeks.iter().rev().filter(|week| week.to <= self.on).take(3).collect();
        let above = whole.len() == 3
            && whole.iter().all(|week| {
                let (usual, sums) = match discipline {
                    Discipline::Foot => (week.usual.map(|(down, _)| down), &week.foot),
                    Discipline::Ride => (week.usual_ride, &week.ride),
                };
                usual.is_some_and(|usual| discipline.leading_load(sums) > ABOVE * usual)
            });
        above.then_some((Reason::ThreeAbove, usual))
    }
}
